"""The workbook as a book, the guide's preparation, the run sheet: what stands where, on paper."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from coursewright import staging
from coursewright.documents import documents, find_document
from coursewright.editions import plan
from coursewright.model import Edition, Kind, Session
from coursewright.outputs import Made, pdf
from coursewright.render import render
from sample import ROOT, two_hats

FOLDERS = (ROOT / "templates",)
MANAGERS = "newly-promoted-managers"
SIGNS = {"talk", "activity", "discussion", "debrief", "reflection", "quiz", "plan", "pause"}


@cache
def edition(slot: str = "half-day", paper: str = "A4", *, online: bool = False) -> Edition:
    return small.on(paper, plan(two_hats(), MANAGERS, slot=slot, session=Session(online=online))[0])


def page(of: Edition, name: str) -> str:
    return render(of, find_document(name, documents(FOLDERS)), {}, FOLDERS).text


def words(html: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def end_of(of: Edition) -> Edition:
    """Return an edition with its last two modules only: the plan is in the last one, and the book is quickly laid out."""
    kept = of.modules[-2:]
    names = {module.id for module in kept}
    agenda = tuple(item for item in of.agenda if item.module in names)
    objectives = tuple(each for module in kept for each in module.objectives if each in of.objectives)
    return of.model_copy(update={"modules": kept, "agenda": agenda, "objectives": objectives})


@cache
def book(slot: str) -> Made:
    made = pdf.write(page(end_of(edition(slot)), "workbook.pdf"), (ROOT / "course", *FOLDERS), "workbook.pdf")
    assert made.problems == ()
    return made


def text_of(made: Made, number: int) -> str:
    return str(pypdfium2.PdfDocument(made.content)[number - 1].get_textpage().get_text_range())


# ----------------------------------------------------------------------------------------------------- the workbook


def test_a_book_of_half_a_day_opens_its_modules_on_right_hand_pages_unless_the_plan_faces_them() -> None:
    places, (before, last) = book("half-day").places, edition("half-day").modules[-2:]
    assert places[before.id][0] % 2 == 1
    assert places[last.id][0] % 2 == 0  # its opener faces the plan, which is the first thing to write on in it


@pytest.mark.parametrize("slot", ["ninety-minutes", "half-day"])
def test_the_plan_is_a_sheet_of_its_own_to_tear_out(slot: str) -> None:
    """It begins on a right-hand page, and so does what follows: nobody tears out half of something else."""
    segments = [segment for segment in edition(slot).modules[-1].segments if segment.workbook]
    (at,) = [index for index, segment in enumerate(segments) if segment.ending == "plan"]
    first, following = (book(slot).places[segment.id][0] for segment in segments[at : at + 2])
    assert (first % 2, following % 2) == (1, 1)
    assert following - first == 2
    assert "Tear out along the dashed line" in text_of(book(slot), first)
    assert "Tear out along the dashed line" not in text_of(book(slot), following)


def test_a_short_book_has_hardly_an_empty_page() -> None:
    made = book("ninety-minutes")
    empty = [number for number in range(1, made.count + 1) if len(text_of(made, number).split()) < 20]
    assert len(empty) <= 2  # the last one, for notes, and one that the plan needs


def test_every_page_without_text_of_its_own_says_that_it_is_for_notes() -> None:
    made = book("half-day")
    bare = [text_of(made, number) for number in range(1, made.count) if len(text_of(made, number).split()) < 20]
    assert all("notes" in text.lower() for text in bare)


@pytest.mark.parametrize(("slot", "paper"), [("ninety-minutes", "A4"), ("full-day", "A4"), ("two-days", "Letter")])
def test_contents_agenda_and_promises_keep_to_a_page_each(slot: str, paper: str) -> None:
    """Of two days each day has its page; nothing runs over into what follows."""
    of = edition(slot, paper)
    front, _, rest = page(of, "workbook.pdf").partition('<section class="module')
    targets = set(re.findall(r'(?:href|data-to)="#([^"]+)"', front)) - {"agenda", "objectives"}
    made = pdf.write(f"{front}{''.join(f'<i id={name!r}></i>' for name in sorted(targets))}</body></html>", FOLDERS)
    places = made.places
    assert (places["contents"], len(places["agenda"]), len(places["objectives"])) == ((2,), len(of.days), 1)
    assert max(places["agenda"]) <= min(places["objectives"])
    assert rest


def test_every_promise_is_ticked_twice() -> None:
    html = page(edition(), "workbook.pdf")
    table = re.search(r'<table class="objectives.*?</table>', html, re.DOTALL)
    assert table
    assert table[0].count('<span class="box">') == 2 * len(edition().objectives)


def test_no_summary_is_longer_than_a_spread_can_bear() -> None:
    for audience in two_hats().audiences:
        of, _ = plan(two_hats(), audience.id, slot="two-days")
        assert [module.id for module in of.modules if len(module.summary.split()) > 120] == []


def test_contents_have_no_leaders_of_dots_that_would_be_read_out() -> None:
    made = book("half-day")
    assert "...." not in text_of(made, 2).replace(" ", "")


def test_every_entry_of_the_contents_shows_the_page_it_leads_to() -> None:
    made = book("half-day")
    for module in end_of(edition()).modules:
        assert re.search(rf"{re.escape(module.title)}\s+{made.places[module.id][0]}\b", text_of(made, 2))


@pytest.mark.parametrize(("title", "bound"), [("When to lead", True), ("Check", False), ("All responsibilities", False)])
def test_the_last_short_word_of_a_title_does_not_stand_alone(title: str, bound: bool) -> None:
    first = small.edition().modules[0]
    of = small.edition().model_copy(update={"modules": (first.model_copy(update={"title": title}), *small.edition().modules[1:])})
    heads = re.findall(r"<h1><span class=\"number\">1</span> (.*?)</h1>", page(of, "workbook.pdf"))
    assert ["\u00a0" in head for head in heads] == [bound]


def test_a_job_aid_is_a_page_of_the_workbook() -> None:
    html = page(edition(), "workbook.pdf")
    (aid,) = [table for module in edition().modules for table in module.tables if table.job_aid]
    assert 'id="job-aid"' in html
    assert all(question in words(html) for question in aid.questions)
    assert 'id="job-aid"' not in page(small.edition(), "workbook.pdf")


def test_the_glossary_stands_at_the_end_unless_a_worksheet_shows_it() -> None:
    assert 'id="glossary"' not in page(small.edition(), "workbook.pdf")  # its first module has it
    assert 'id="glossary"' in page(edition(), "workbook.pdf")


# ------------------------------------------------------------------------------------------ the facilitator guide


def test_the_same_eight_signs_stand_in_guide_and_workbook() -> None:
    guide, workbook = (page(edition("two-days"), name) for name in ("guide.pdf", "workbook.pdf"))
    for html in (guide, workbook):
        drawn = re.findall(r'\.sign-(\w+) \{ background-image: url\("([^"]+)"', html)
        assert {name for name, _ in drawn} == SIGNS
        assert len({address for _, address in drawn}) == len(SIGNS)  # no two look alike
        used = set(re.findall(r'class="kind sign-(\w+)"', html))
        assert used <= SIGNS
    legend = re.search(r'<ul class="signs">.*?</ul>', guide, re.DOTALL)
    assert legend
    assert set(re.findall(r"sign-(\w+)", legend[0])) == SIGNS
    assert {kind.value for kind in Kind} < SIGNS


def test_the_preparation_names_every_mail_before_the_session_in_order() -> None:
    of = edition()
    before = sorted((each for each in of.messages if each.day < 0), key=lambda each: each.day)
    text = words(page(of, "guide.pdf"))
    found = [text.index(f"{-each.day} days before: send “{each.title}” to {each.to}") for each in before]
    assert found == sorted(found)
    assert found


def test_what_is_to_be_printed_and_cut_is_named_with_its_number() -> None:
    of = edition()
    printed = [thing for thing in staging.things(of) if thing.printed]
    text = words(page(of, "guide.pdf"))
    assert printed
    assert all(f"{thing.count}\u00a0× {thing.item}".replace("\u00a0", " ") in text.replace("\u00a0", " ") for thing in printed)


def test_a_thing_is_printed_when_any_segment_takes_it_from_the_course() -> None:
    decks = {m.item for module in edition().modules for s in module.segments for m in s.materials if m.deck or m.table}
    assert {thing.item for thing in staging.things(edition()) if thing.printed} == decks


def test_a_call_has_no_room_and_no_workbooks_on_chairs() -> None:
    text = words(page(edition(online=True), "guide.pdf"))
    assert "Room plan" not in text
    assert "breakout rooms for" in text
    assert "chair" not in text.partition("The training at a glance")[0].partition("Two weeks before")[2].partition("Materials")[0]


@settings(max_examples=8, deadline=None)
@given(people=st.integers(1, 60), tables=st.integers(1, 15))
def test_the_room_plan_has_a_chair_for_everybody_and_no_table_outside_the_walls(people: int, tables: int) -> None:
    tables = min(tables, people)
    of = small.edition().model_copy(update={"people": people, "tables": tables})
    (plan_,) = re.findall(r'<svg[^>]*class="room".*?</svg>', page(of, "guide.pdf"), re.DOTALL)
    assert plan_.count("transform=") == people
    seen = re.search(r'viewBox="0 0 (\d+) (\d+)"', plan_)
    assert seen
    width, depth = map(int, seen.groups())
    rounds = [tuple(map(float, each)) for each in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', plan_)]
    assert len(set(rounds)) == tables
    assert all(115 <= x <= width - 115 and 115 <= y <= depth - 115 for x, y in rounds)
    apart = [((x - u) ** 2 + (y - v) ** 2) ** 0.5 for x, y in rounds for u, v in rounds if (x, y) != (u, v)]
    assert min(apart, default=999) >= 240  # chairs do not meet


# -------------------------------------------------------------------------------------------------- the run sheet


@pytest.mark.parametrize("online", [False, True])
def test_the_run_sheet_leaves_room_for_who_leads_and_in_a_call_for_the_producer(online: bool) -> None:
    html = page(edition(online=online), "run-sheet.pdf")
    heads = re.findall(r'<th scope="col">([^<]+)</th>', html)
    assert ("Lead" in heads, "Producer" in heads) == (True, online)
    rows = [re.findall(r'<t[hd][^>]*?(?:colspan="(\d)")?>', row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)]
    assert {sum(int(span or 1) for span in row) for row in rows} == {len(heads)}


@pytest.mark.parametrize("online", [False, True])
def test_the_run_sheet_of_half_a_day_has_two_pages_at_most(online: bool) -> None:
    made = pdf.write(page(edition(online=online), "run-sheet.pdf"), FOLDERS, "run-sheet.pdf")
    assert made.count <= 2
    assert made.problems == ()
