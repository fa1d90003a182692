"""Documents of sessions: several days, online, any head count; the client's papers, and the card for the lectern."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html import unescape
from itertools import chain

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from coursewright import editions, overview, staging
from coursewright.documents import documents, find_document
from coursewright.late import checkpoints
from coursewright.model import Edition, Session
from coursewright.outputs import pdf
from coursewright.readers import FOR_CLIENTS, Record, for_clients
from coursewright.render import Page, render
from sample import ROOT, two_hats
from test_readers import PRIVATE, told

FOLDERS = (ROOT / "templates",)
CLIENTS = ("receipt.pdf", "design.pdf")
MANAGERS = "newly-promoted-managers"


@cache
def two_days() -> Edition:
    """Return two days with more time than the course fills."""
    return editions.plan(two_hats(), MANAGERS, minutes=1060)[0]


@cache
def sample(minutes: int = 180, **session: int | bool) -> Edition:
    return editions.plan(two_hats(), MANAGERS, minutes=minutes, session=Session.model_validate(session))[0]


@cache
def page(edition: str, name: str) -> Page:
    made = {
        "two days": two_days,
        "sample": sample,
        "online": lambda: sample(online=True, people=15),
        "short": lambda: sample(90),
        "day": lambda: sample(480),
    }
    return render(made[edition](), find_document(name, documents(FOLDERS)), {}, FOLDERS)


def words(edition: str, name: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", page(edition, name).text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


# ------------------------------------------------------------------------------------------------ several days


@pytest.mark.parametrize("name", ["workbook.pdf", "guide.pdf", "run-sheet.pdf", "design.pdf", "receipt.pdf"])
def test_every_document_says_when_each_day_begins_and_ends(name: str) -> None:
    edition, text = two_days(), words("two days", name)
    assert len(edition.days) == 2
    for day in edition.days:
        assert f"Day {day.number}, {day.start} to {day.end}" in text


def test_every_document_of_one_day_says_nothing_of_days() -> None:
    for name in ("workbook.pdf", "guide.pdf", "run-sheet.pdf", "design.pdf", "receipt.pdf", "late-card.pdf", "deck.pptx"):
        assert not re.search(r"\bday 1\b", words("sample", name), re.IGNORECASE)


@pytest.mark.parametrize("name", ["workbook.pdf", "guide.pdf", "deck.pptx", "design.pdf", "run-sheet.pdf"])
def test_what_runs_between_two_days_goes_by_its_own_title(name: str) -> None:
    text = words("two days", name)
    assert not re.search(r"\bmodule 0\b", text, re.IGNORECASE)
    assert "What stayed overnight" in text or "One night between two days" in text


def test_the_run_sheet_has_a_line_for_every_item_of_every_day() -> None:
    edition = two_days()
    rows = re.findall(r'<th scope="row">(\d\d:\d\d)</th><td class="number">', page("two days", "run-sheet.pdf").text)
    expected = ([item.start for item in edition.agenda if item.day == day.number] + [day.end] for day in edition.days)
    assert rows == [*chain.from_iterable(expected)]


def test_the_workbook_shows_time_in_hand_like_a_break_and_hides_the_buffer() -> None:
    text = words("two days", "workbook.pdf")
    opens = [item for item in two_days().agenda if item.kind == "open"]
    assert opens
    assert all(f"{item.start} Time in hand {item.minutes}" in text for item in opens)
    assert "Buffer" not in text


def test_the_guide_says_when_the_second_day_begins_where_a_module_runs_over_night() -> None:
    assert "Day 2 begins at 09:00" in words("two days", "guide.pdf")


def test_a_day_of_the_deck_opens_with_what_it_holds() -> None:
    text = page("two days", "deck.pptx").text
    (opener,) = re.findall(r'<section[^>]*data-section="Day 2".*?</section>', text, re.DOTALL)
    assert "<h2>Day 2</h2>" in opener
    starts = re.findall(r'<td class="flush[^"]*">(\d\d:\d\d)</td>', opener)
    chapters = overview.chapters(two_days(), 2)
    assert starts[0] == "09:00"
    assert {chapter.start for chapter in chapters} <= set(starts)


@pytest.mark.parametrize("minutes", [960, 1440])
def test_no_two_sections_of_the_deck_share_a_name_even_with_a_break_inside_a_module(minutes: int) -> None:
    text = render(sample(minutes), find_document("deck.pptx", documents(FOLDERS)), {}, FOLDERS).text
    names = re.findall(r'data-section="([^"]*)"', text)
    runs = [name for before, name in zip(["", *names], names, strict=False) if name != before]
    assert [name for name, times in Counter(runs).items() if times > 1] == []


def test_each_agenda_slide_of_the_deck_shows_one_day() -> None:
    text = page("two days", "deck.pptx").text
    titles = re.findall(r"<h2>(What we do, and when we finish[^<]*)</h2>", text)
    assert titles[:2] == ["What we do, and when we finish: day 1", "What we do, and when we finish: day 2"]


def test_the_chapters_of_all_days_are_the_agenda() -> None:
    edition = two_days()
    items = [item for day in edition.days for chapter in overview.chapters(edition, day.number) for item in chapter.items]
    assert tuple(items) == edition.agenda


def test_a_module_that_goes_on_after_a_night_is_told_so() -> None:
    edition = two_days()
    night = next(module for module in edition.modules if not module.number)
    first, second = (next(chapter for chapter in overview.chapters(edition, day) if chapter.module == night.id) for day in (1, 2))
    assert (first.again, second.again) == (False, True)


# ------------------------------------------------------------------------------------------------------ online


def test_online_the_guide_puts_the_call_first_with_rooms_for_the_head_count() -> None:
    text = page("online", "guide.pdf").text
    segment = text[text.index('id="M02-S2"') :]
    assert segment.index("Online.") < segment.index("Purpose.") < segment.index("Handouts" if "Handouts" in segment else "Do</p>")
    assert "Breakout rooms:</strong> 3 of 4 and 1 of 3, for 15 minutes" in text


@pytest.mark.parametrize("name", ["guide.pdf", "run-sheet.pdf", "deck.pptx", "design.pdf", "receipt.pdf"])
def test_online_nobody_sits_at_a_table_and_nothing_is_printed(name: str) -> None:
    text = words("online", name)
    assert "15 people, online" in text or name == "deck.pptx"
    assert not re.search(r"\bat \d+ tables?\b|printed on both sides|per table", text)


def test_online_what_belongs_to_the_room_is_named_but_not_counted() -> None:
    text = words("online", "guide.pdf")
    assert re.search(r"Of the room only, and not needed in a call: .*visible clock", text)


# ------------------------------------------------------------------------------------------------------ groups


@given(st.integers(1, 500), st.integers(1, 12), st.integers(0, 12), st.none() | st.integers(1, 60))
def test_everybody_is_in_one_group_of_a_size_asked_for_whenever_there_is_such_a_division(
    people: int, least: int, more: int, wish: int | None
) -> None:
    sizes = staging.groups(people, least, least + more, wish)
    assert sum(sizes) == people
    assert max(sizes) <= least + more
    assert max(sizes) - min(sizes) <= 1
    assert sizes == tuple(sorted(sizes, reverse=True))
    if any(count * least <= people <= count * (least + more) for count in range(1, people + 1)):
        assert min(sizes) >= least


@pytest.mark.parametrize(
    ("people", "least", "most", "wish", "expected"),
    [
        (14, 4, 5, None, "2 of 5 and 1 of 4"),
        (14, 3, 5, 3, "2 of 5 and 1 of 4"),
        (14, 2, 3, None, "7 of 2"),
        (15, 2, 3, None, "1 of 3 and 6 of 2"),
        (7, 4, 5, None, "1 of 4 and 1 of 3"),
        (3, 4, 5, None, "1 of 3"),
    ],
)
def test_groups_read_as_a_facilitator_says_them(people: int, least: int, most: int, wish: int | None, expected: str) -> None:
    assert staging.counted(staging.groups(people, least, most, wish)) == expected


def test_who_works_at_tables_sits_as_the_tables_stand() -> None:
    edition = sample()
    sort = next(segment for module in edition.modules for segment in module.segments if segment.id == "M02-S2")
    assert len(staging.seated(sort, edition)) == edition.tables


def test_the_guide_and_the_notes_say_who_works_with_whom() -> None:
    assert "Tables: 2 of 5 and 1 of 4" in words("sample", "guide.pdf")
    assert "GROUPS Tables: 2 of 5 and 1 of 4" in words("sample", "deck.pptx")


# ------------------------------------------------------------------------------------------------------ clients


def test_a_secret_in_a_script_or_key_never_reaches_a_client() -> None:
    secretive = told(small.edition())
    for kind, name in PRIVATE:
        if (kind.__name__, name) in FOR_CLIENTS or any((base.__name__, name) in FOR_CLIENTS for base in kind.__mro__):
            continue
        for record in _records(for_clients(secretive)):
            assert name not in dir(record) or record._kind != kind.__name__


def _records(value: object) -> list[Record]:
    if isinstance(value, Record):
        return [value, *chain.from_iterable(_records(getattr(value, name)) for name in dir(value))]
    if isinstance(value, dict):
        return [*chain.from_iterable(map(_records, value.values()))]
    return [*chain.from_iterable(map(_records, value))] if isinstance(value, tuple) else []


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_reads_no_key_and_no_script(name: str) -> None:
    edition = sample(480)
    steps = [step for module in edition.modules for segment in module.segments for step in segment.steps]
    reasons = [option.reason for m in edition.modules for s in m.segments for item in s.quiz for option in item.options]
    text = words("day", name)
    assert reasons
    assert not [told for told in (*reasons, *(step.say for step in steps if step.say)) if told in text]


@pytest.mark.parametrize("name", [*CLIENTS, "guide.pdf"])
def test_the_receipt_names_everything_that_was_cut_shortened_and_not_promised(name: str) -> None:
    edition, text = sample(90), words("short", name)
    receipt = edition.receipt
    assert receipt.cut and receipt.shrunk and receipt.unclaimed and receipt.uncovered
    for cut in receipt.cut:
        assert f"{cut.title} {cut.minutes}" in text
    for shrunk in receipt.shrunk:
        assert f"{shrunk.title} {shrunk.full} → {shrunk.minutes}" in text
    for missed in receipt.unclaimed:
        assert missed.text in text
    for theme in receipt.uncovered:
        assert theme.title in text
    assert receipt.basis in text


def test_the_receipt_speaks_of_parts_by_their_titles() -> None:
    text = words("short", "receipt.pdf")
    assert not re.search(r"\bM\d\d-S\d\b", text)


def test_the_design_document_earns_every_objective_it_claims() -> None:
    edition = sample()
    for earned in overview.alignment(edition):
        assert earned.taught and earned.practised and earned.assessed
        assert earned.text.partition(" ")[2] in words("sample", "design.pdf")


@pytest.mark.parametrize("minutes", [90, 120, 180, 240])
def test_minutes_by_method_add_up_to_the_working_time_and_shares_to_a_hundred(minutes: int) -> None:
    edition = sample(minutes)
    shares = overview.methods(edition)
    assert sum(share.minutes for share in shares) == sum(item.minutes for item in edition.agenda if item.module)
    assert sum(share.percent for share in shares) == 100
    assert all(abs(share.percent - 100 * share.minutes / sum(s.minutes for s in shares)) < 1 for share in shares)


@pytest.mark.parametrize("minutes", [90, 120, 180])
def test_a_theme_that_is_taken_up_nowhere_is_one_the_receipt_names(minutes: int) -> None:
    edition = sample(minutes)
    nowhere = {theme.id for theme in overview.coverage(edition) if not theme.stops}
    assert nowhere == {theme.id for theme in edition.receipt.uncovered}


def test_core_themes_come_first() -> None:
    kinds = [theme.kind for theme in overview.coverage(sample())]
    assert kinds == sorted(kinds, key=("core", "detail", "contested", "context").index)


# --------------------------------------------------------------------------------------------------- late card


def made(edition: Edition, name: str) -> pypdfium2.PdfDocument:
    text = render(edition, find_document(name, documents(FOLDERS)), {}, FOLDERS).text
    finished = pdf.write(text, (*FOLDERS, ROOT / "course"), name)
    assert finished.problems == ()
    return pypdfium2.PdfDocument(finished.content)


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("minutes", [210, 480, 960, 1440])
def test_the_late_card_is_one_page_a_day(minutes: int, paper: str) -> None:
    edition = small.on(paper, sample(minutes))
    card = made(edition, "late-card.pdf")
    assert len(card) == len(edition.days)
    for day, sheet in zip(edition.days, card, strict=True):
        text = " ".join(sheet.get_textpage().get_text_range().split())
        assert f"{day.end}" in text
        assert all(f"{point.number} {point.at} next:" in text for point in checkpoints(edition, day.number))


@pytest.mark.slow
@pytest.mark.parametrize("audience", [each.id for each in two_hats().audiences])
def test_no_checkpoint_falls_off_the_card(audience: str) -> None:
    for minutes in (90, 480, 960):
        edition = small.on("Letter", editions.plan(two_hats(), audience, minutes=minutes)[0])
        sheets = [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in made(edition, "late-card.pdf")]
        assert len(sheets) == len(edition.days)
        missed = [
            (point.at, day.number)
            for day, text in zip(edition.days, sheets, strict=True)
            for point in checkpoints(edition, day.number)
            if f"{point.number} {point.at} next:" not in text
        ]
        assert missed == []


def test_card_and_run_sheet_look_at_the_clock_at_the_same_times() -> None:
    for edition in ("sample", "short", "two days"):
        sheet = re.findall(r'class="checkpoint"><th scope="row">(\d\d:\d\d)', page(edition, "run-sheet.pdf").text)
        card = re.findall(r'class="look"><th scope="row">(\d\d:\d\d)', page(edition, "late-card.pdf").text)
        assert sheet == card
        assert len(card) >= 3


def test_the_card_is_honest_when_not_enough_can_be_saved() -> None:
    text = words("short", "late-card.pdf")
    assert re.search(r"7 minutes stay: say now that you end at 10:37\.", text)
    assert re.search(r"1 minute stays: say now that you end at 10:31\.", text)


@pytest.mark.slow
@pytest.mark.parametrize("name", CLIENTS)
def test_what_a_client_gets_is_made_without_a_problem_on_either_paper(name: str) -> None:
    for paper in ("A4", "Letter"):
        assert len(made(small.on(paper, sample(90)), name)) >= 2


def test_the_receipt_of_the_sample_is_two_pages_at_most() -> None:
    assert len(made(sample(90), "receipt.pdf")) <= 2


def test_clients_have_readers_of_their_own() -> None:
    assert {find_document(name, documents(FOLDERS)).reader for name in CLIENTS} == {"client"}
    assert find_document("late-card.pdf", documents(FOLDERS)).reader == "facilitator"
