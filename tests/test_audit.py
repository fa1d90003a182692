"""All files of an edition agree: with each other, as they are read back, and with the edition they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import small
from coursewright import build as edge
from coursewright import editions
from coursewright.audit import Audited, audit, opened
from coursewright.audit.claims import claims
from coursewright.audit.files import stands
from coursewright.build import Request, build
from coursewright.counting import counted, in_play
from coursewright.documents import documents, find_document
from coursewright.finished import Sheet
from coursewright.make import Job, make
from coursewright.model import Course, Edition, Node, Table
from coursewright.outputs import Claim, Made
from coursewright.problems import Problem, Severity
from coursewright.render import Places
from coursewright.squashing import squashed
from here import Here
from sample import ROOT, two_hats

TEMPLATES = ROOT / "templates"
MINUTES = {"S1": 20, "S2": 40, "S3": 20, "S4": 20}


SLIDES = [
    {"kind": "statement", "title": "Where do you stand?", "steps": [1]},
    {"kind": "activity", "title": "Sort it out", "steps": [2]},
]


@cache
def course() -> Course:
    """Return the small course with slides, and with a table that is called what it has: two rows, not six dimensions."""
    whole = small.course()
    first, second = whole.modules
    table = second.tables[0].model_copy(update={"title": "Dimensions"})
    sheets = [each.model_copy(update={"title": each.title.replace("Six d", "D")}) for each in second.segments[0].workbook]
    taught = first.segments[0].replaced({"slides": [{**SLIDES[0], "steps": [1, 2]}]})
    sorted_ = second.segments[0].replaced({"slides": SLIDES, "workbook": sheets})
    return whole.model_copy(
        update={
            "modules": (
                first.model_copy(update={"segments": (taught,)}),
                second.model_copy(update={"tables": (table,), "segments": (sorted_, *second.segments[1:])}),
            )
        }
    )


@cache
def edition() -> Edition:
    return editions.plan(course(), "managers")[0]


def job(name: str, places: Places) -> Job:
    return Job(
        edition(), find_document(name, documents((TEMPLATES,))), places, (TEMPLATES,), ROOT / "course", TEMPLATES / "brand.pptx"
    )


@cache
def made(name: str) -> Made:
    """Return a document of the small course, finished after those it points to."""
    after = {"deck.pptx": ("workbook.pdf",), "guide.html": ("deck.pptx", "workbook.pdf")}.get(name, ())
    return make(job(name, {other: made(other).places for other in after}))


def file(name: str, content: Made | None = None, **more: Any) -> Audited:
    finished = content or made(name)
    return opened(name, find_document(name, documents((TEMPLATES,))).reader, finished.content, finished.claims, **more)


def told(*files: Audited, of: Edition | None = None) -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in audit(of or edition(), files)]


# --------------------------------------------------------------------------------------- pages and slides of other files


def test_the_files_of_an_edition_agree() -> None:
    assert told(*map(file, ("workbook.pdf", "deck.pptx", "guide.html"))) == []


def test_what_a_page_says_of_other_files_is_known_in_its_own_words() -> None:
    (claim,) = [each for each in made("guide.html").claims if each.text.startswith("Slide") and each.part == "S2"]
    assert (claim.document, claim.at[0]) == ("deck.pptx", "S2")
    assert claim.numbers == made("deck.pptx").places["S2"]
    shown = {each.text for each in made("guide.html").claims if each.document == "workbook.pdf"}
    assert any(text.startswith("Workbook p. ") for text in shown)


def test_a_template_may_show_numbers_in_any_way_it_likes() -> None:
    def page(places: Places) -> str:
        pages = places["a.pdf"]["x"]
        return f"<section id='s'><div><p>from <b>{pages[0]}</b> on</p>no {pages[0]} – {pages[-1]}!</div></section><p>12345</p>"

    found = claims(page, {"a.pdf": {"x": (3, 4, 5), "y": (9,)}})
    assert found == (
        Claim("a.pdf", "x", (3, 4, 5), "no 3 – 5!", ("s",)),
        Claim("a.pdf", "x", (3,), "from 3 on", ("s",)),
    )


def test_numbers_that_lead_astray_are_errors_that_say_what_is_right() -> None:
    places = {name: tuple(number + 1 for number in pages) for name, pages in made("deck.pptx").places.items()}
    lying = make(job("guide.html", {"workbook.pdf": made("workbook.pdf").places, "deck.pptx": places}))
    found = audit(edition(), [file("deck.pptx"), file("workbook.pdf"), file("guide.html", lying)])
    assert len(found) >= len(MINUTES)
    assert {problem.severity for problem in found} == {Severity.ERROR}
    first, slides = next(problem for problem in found if "for S1" in problem.message), made("deck.pptx").places["S1"]
    assert f"sends readers to slide {slides[0] + 1}" in first.message and first.message.endswith(f"which is on {slides[0]}")


def test_a_number_for_what_is_not_there_is_an_error() -> None:
    claim = Claim("workbook.pdf", "S9", (4,), "Workbook p. 4")
    (problem,) = audit(
        edition(), [file("workbook.pdf"), Audited("a.html", "facilitator", (Sheet(1, "Workbook p. 4"),), (claim,))]
    )
    assert "points to S9 in workbook.pdf, which is not there" in problem.message


@pytest.mark.parametrize(("text", "is_there"), [("On Workbook\np. 4 you", True), ("Workbook p. 14", False), ("p. 4", False)])
def test_what_was_said_of_a_file_must_stand_on_its_page(text: str, is_there: bool) -> None:
    book = Audited(
        "workbook.pdf", "participant", tuple(Sheet(number, "", parts=("s2",) * (number == 4)) for number in range(1, 6))
    )
    claim = Claim("workbook.pdf", "S2", (4,), "Workbook p. 4", ("S2",))
    pages = (Sheet(1, "Workbook p. 4", parts=("s1",)), Sheet(2, text, parts=("s2",)))
    assert (told(book, Audited("a.pptx", "facilitator", pages, (claim,))) == []) is is_there


def test_what_somebody_edited_by_hand_is_warned_of_not_refused() -> None:
    claim = Claim("workbook.pdf", "S9", (4,), "Workbook p. 4")
    edited = Audited("a.pptx", "facilitator", (Sheet(1, "x"),), (claim,), is_edited=True)
    assert [problem.severity for problem in audit(edition(), [file("workbook.pdf"), edited])] == [Severity.WARNING]


# ------------------------------------------------------------------------------------------ the same things everywhere


def handout(reader: str = "participant", **changes: str) -> Audited:
    """Return a document of a customer's own that shows everything of the small course, some words replaced."""
    sheets = [Sheet(1, "\n".join(objective.text for objective in edition().objectives))]
    for module in edition().modules:
        cards = "\n".join(card.text for deck in module.decks for card in deck.cards)
        rows = "\n".join(" ".join(row) for table in module.tables for row in table.rows)
        for segment in module.segments:
            tasks = "\n".join(f"{step.do} {step.task}" for step in segment.steps)
            quiz = "\n".join("\n".join([item.stem, *(option.text for option in item.options)]) for item in segment.quiz)
            head = f"{segment.start} {segment.given} {segment.title}\n{segment.title}\n{segment.start}–{segment.end}"
            more = f"{cards}\n{rows}\n{quiz}" if segment.quiz else ""
            sheets.append(Sheet(len(sheets) + 1, f"{head}\n{tasks}\n{more}", parts=(segment.id.casefold(),)))
    for old, new in changes.items():
        sheets = [replace(sheet, text=sheet.text.replace(old, new)) for sheet in sheets]
    return Audited("handout.pdf", reader, tuple(sheets))


def spoilt(old: str, new: str) -> list[str]:
    whole = handout()
    assert any(old in sheet.text for sheet in whole.sheets)
    return told(handout(**{old: new}))


def test_a_document_that_shows_everything_agrees() -> None:
    assert told(handout()) == []


def test_a_document_that_shows_nothing_of_a_kind_is_no_problem() -> None:
    assert told(Audited("poster.pdf", "participant", (Sheet(1, "Two Hats"),))) == []


def test_a_wrong_start_beside_a_title_is_an_error() -> None:
    segment = edition().modules[1].segments[1]
    found = spoilt(f"{segment.start} {segment.given} {segment.title}", f"08:15 {segment.given} {segment.title}")
    plan = f"the agenda has {segment.start} to {segment.end}, {segment.given} minutes"
    assert found == [f"handout.pdf, page 4: it says 08:15, {segment.given} minutes, for “Walk-round”; {plan}"]


def test_a_wrong_end_behind_a_title_is_an_error() -> None:
    segment = edition().modules[1].segments[1]
    (found,) = spoilt(f"{segment.title}\n{segment.start}–{segment.end}", f"{segment.title}\n{segment.start}–23:55")
    assert f"it says {segment.start} to 23:55 for" in found


@pytest.mark.parametrize("before", ["You are done by 08:15.\n", "08:15 something else\n", "08:15\nand more\n"])
def test_clock_times_of_the_text_above_a_title_are_none_of_its_own(before: str) -> None:
    segment = edition().modules[1].segments[1]
    head = f"{segment.start} {segment.given} {segment.title}"
    assert spoilt(head, f"{before}{head}") == []
    assert spoilt(head, f"{before}{segment.title}") == []


def test_times_may_stand_below_the_titles_they_belong_to() -> None:
    lines = "\n".join(f"{item.title}\n{item.start}–{item.end}" for item in edition().agenda)
    starts = "\n".join(f"{item.title}\n{item.start}" for item in edition().agenda)
    assert told(Audited("agenda.pdf", "participant", (Sheet(1, lines), Sheet(2, starts)))) == []


def test_wrong_minutes_beside_a_title_are_an_error() -> None:
    segment = edition().modules[1].segments[1]
    (found,) = spoilt(f"{segment.start} {segment.given} {segment.title}", f"{segment.start} 99 {segment.title}")
    assert f"it says {segment.start}, 99 minutes, for “Walk-round”" in found


def test_a_step_that_is_missing_in_one_document_is_told() -> None:
    segment = edition().modules[0].segments[0]
    (found,) = spoilt(segment.steps[1].do, "")[:1]
    assert "S1 has 2 steps; here stand 1 of them, without number 2" in found


def test_steps_in_another_order_are_an_error() -> None:
    def swapped(sheet: Sheet) -> Sheet:
        first, second = (step.do for step in edition().modules[0].segments[0].steps)
        return replace(sheet, text=f"{second} {first}") if "s1" in sheet.parts else sheet

    whole = handout()
    (found,) = told(replace(whole, sheets=tuple(map(swapped, whole.sheets))))
    assert "the steps of S1 stand in another order" in found


def test_a_step_of_another_audience_is_an_error() -> None:
    segment = edition().modules[0].segments[0]
    other = "Walk to the wall and write your name on the poster"
    step = segment.steps[0].model_copy(update={"variants": {"others": {"task": other}}})
    spoilt_one = with_segment(edition(), segment.model_copy(update={"steps": (step, *segment.steps[1:])}))
    page = Audited("handout.pdf", "participant", (Sheet(1, other, parts=("s1",)),))
    assert "another audience takes" in told(page, of=spoilt_one)[0]


def test_a_missing_card_question_option_or_row_is_told() -> None:
    item = edition().modules[1].segments[0].quiz[0]
    card = edition().modules[1].decks[0].cards[0]
    row = edition().modules[1].tables[0].rows[0]
    for old, words in (
        (card.text, "it shows 11 cards of “Tasks”; this edition plays with 12 of 12"),
        (item.stem, "it shows 1 of the 2 questions of S2"),
        (" ".join(row), "1 of the 2 rows of “Dimensions” stand here"),
    ):
        found = spoilt(old + ("\n" if old is card.text else ""), "")
        assert [words in each for each in found] == [True], found


def test_participants_get_the_cards_that_are_played_with() -> None:
    short = with_segment(edition(), edition().modules[1].segments[0].model_copy(update={"given": 30}))
    assert len(in_play(short.modules[1].decks[0], short.modules[1])) == 6
    assert "it shows 12 cards of “Tasks”; this edition plays with 6 of 12" in " ".join(told(handout(), of=short))
    assert "cards" not in " ".join(told(handout("facilitator"), of=short))


def test_an_objective_left_out_is_told_and_one_that_is_not_claimed_is_an_error() -> None:
    first = edition().objectives[0]
    second = first.model_copy(update={"id": "O2", "text": "Plan a week of both kinds of work on purpose"})
    both = edition().model_copy(update={"objectives": (first, second)})
    page = Audited("poster.pdf", "participant", (Sheet(1, second.text),))
    assert told(page, of=both) == ["poster.pdf: it lists 1 of the 2 objectives of this edition; O1 is not among them"]
    missing = {"id": second.id, "text": second.text, "missing": "its practice was cut"}
    receipt = edition().receipt.model_copy(update={"unclaimed": (type_of("Unclaimed")(**missing),)})
    unclaimed = edition().model_copy(update={"receipt": receipt})
    assert "does not claim: its practice was cut" in told(page, of=unclaimed)[0]
    aside = (replace(page, name="receipt.pdf"), replace(page, sheets=(Sheet(1, second.text, parts=("receipt",)),)))
    assert told(*aside, of=unclaimed) == []


def test_a_key_that_says_what_its_questions_are_about_is_no_list_of_objectives() -> None:
    first = edition().objectives[0]
    asked = {item.objective for module in edition().modules for segment in module.segments for item in segment.quiz}
    assert asked == {first.id}
    second = first.model_copy(update={"id": "O2", "text": "Plan a week of both kinds of work on purpose"})
    both = edition().model_copy(update={"objectives": (first, second)})
    assert told(Audited("quiz-key.pdf", "facilitator", (Sheet(1, first.text),)), of=both) == []


def test_one_objective_spoken_of_is_no_list() -> None:
    first = edition().objectives[0]
    texts = ("Plan a week of both kinds of work on purpose", "Name the kind of work that a moment asks for, and say why")
    more = tuple(first.model_copy(update={"id": f"O{number}", "text": text}) for number, text in enumerate(texts, 2))
    late = Audited("late-card.pdf", "facilitator", (Sheet(1, f"Then no longer earned: {texts[0]}"),))
    assert told(late, of=edition().model_copy(update={"objectives": (first, *more)})) == []


@pytest.mark.parametrize("gap", ["", "Two Hats · v1.0 · 9"])
def test_a_sentence_that_goes_on_on_the_next_page_stands_there(gap: str) -> None:
    words = squashed("Explain with one example a problem that arises when the two are treated as the same thing")
    assert stands(words, f"before{words[:30]}{squashed(gap)}\0{words[30:]}after")
    assert not stands(words, f"before{words[:30]}\0{words[40:]}after")


def type_of(name: str) -> type[Node]:
    from coursewright import model

    found = getattr(model, name)
    assert issubclass(found, Node)
    return found


def with_segment(of: Edition, segment: Any) -> Edition:
    """Return the edition with one segment replaced by another of its id."""
    modules = tuple(
        module.model_copy(update={"segments": tuple(segment if each.id == segment.id else each for each in module.segments)})
        for module in of.modules
    )
    return of.model_copy(update={"modules": modules})


# ----------------------------------------------------------------------------------------------------- words that count


def counting(segment: str = "S2", **fields: Any) -> list[str]:
    """Return what is said of the small course when fields of a segment's first step, or of the segment, are these."""
    found = next(each for module in edition().modules for each in module.segments if each.id == segment)
    step = {name: value for name, value in fields.items() if name in ("do", "task", "say")}
    steps = (found.steps[0].model_copy(update=step), *found.steps[1:])
    rest = {name: value for name, value in fields.items() if name not in step}
    return [problem.message for problem in counted(with_segment(edition(), found.model_copy(update={"steps": steps, **rest})))]


def needs(rows: int) -> Course:
    """Return a course whose slide lists some needs and whose words speak of others."""
    whole = course()
    table = Table(id="needs", title="Needs", columns=("Need", "Sign"), rows=tuple((f"Need {n}", "x") for n in range(rows)))
    first = small.segment(
        "S1", "What people need", "talk", slides=[{"kind": "comparison", "title": "Four needs", "table": "needs"}]
    )
    first["slides"][0]["notes"] = "Go through the five needs, one after the other."
    first["steps"][0]["do"] = "Show the six needs."
    segment = type(whole.modules[0].segments[0]).model_validate(first)
    module = whole.modules[0].model_copy(update={"tables": (table,), "segments": (segment,)})
    return whole.model_copy(update={"modules": (module, *whole.modules[1:])})


def test_a_slide_of_four_needs_notes_of_five_and_a_guide_of_six_are_seen() -> None:
    found = [problem.message for problem in counted(editions.plan(needs(6), "managers")[0])]
    assert [message[: message.index("”") + 1] for message in found] == ["“five needs”", "“Four needs”"]
    assert all("the table “Needs” has 6 rows" in message for message in found)


def test_numbers_that_are_right_say_nothing() -> None:
    assert counting() == []
    assert counting(do="Hand out twelve cards. Ask both of the two questions.", title="Check (two questions)") == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Hand out 24 cards.", "“24 cards” stands here: “Tasks” is played with 12 here"),
        ("Hand out six cards.", "“six cards” stands here: “Tasks” is played with 12 here"),
        ("Answer all five questions.", "“five questions” stands here: S2 has 2 questions"),
        ("Tick one of four options.", "“four options” stands here: S2 has 2 or 4 options"),
        ("Fill the five columns.", "“five columns” stands here: S2 has 3 columns"),
    ],
)
def test_a_number_typed_by_hand_that_is_not_what_there_is_is_told(words: str, message: str) -> None:
    found = counting(do=words)
    assert found == ([] if message.endswith("4 options") else [message])


@pytest.mark.parametrize(
    "words",
    [
        "Choose two cards.",
        "Take three of the cards",
        "Talk for ten minutes.",
        "Twelve people, two tables.",
        "It says 1990 here.",
        "One question.",
    ],
)
def test_some_of_what_there_is_may_be_spoken_of(words: str) -> None:
    assert counting(do=words) == []


def test_a_warning_points_to_the_line_it_is_about() -> None:
    edition_ = with_segment(edition(), edition().modules[1].segments[0].model_copy(update={"transition": "Now 24 cards."}))
    assert [problem.severity for problem in counted(edition_)] == [Severity.WARNING]
    assert next(counted(edition_)).where.endswith("/transition")  # type: ignore[union-attr]


def test_another_language_counts_in_figures_only() -> None:
    front = edition().front.model_copy(update={"language": "de"})
    assert list(counted(edition().model_copy(update={"front": front}))) == []


def test_the_sample_course_counts_right() -> None:
    hats = two_hats()
    found = [
        problem
        for audience in hats.audiences
        for slot in editions.slots_of(hats, audience.id)
        for problem in counted(editions.edition_of(hats, audience.id, slot)[0])
    ]
    assert sorted({f"{problem.where} {problem.message}" for problem in found}) == []


# ------------------------------------------------------------------------------------------------------- in every build


def request(folder: Path, documents: Mapping[str, str], **more: Any) -> Request:
    """Return a request for documents of a test's own, each with its template's body."""
    own = folder / "own"
    (own / "documents").mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        stem, _, suffix = name.partition(".")
        (own / f"documents/{stem}.{suffix}.j2").write_text(text, "utf-8")
    return Request(
        course=small.course(documents=list(documents)),
        folder=ROOT / "course",
        templates=(own, TEMPLATES),
        brand=TEMPLATES / "brand.pptx",
        own_brand=False,
        out=folder / "out",
        places={},
        cache=folder / "cache",
        **more,
    )


def build_here(asked: Request) -> dict[str, tuple[Problem, ...]]:
    return {file.document: file.problems for file in build(asked, Here()).files}


WRONG = "{#- reader: facilitator; formats: html -#}\n<html><body><p id='x'>08:01 {{ edition.agenda[0].title }}</p></body></html>"


def test_a_build_tells_with_each_file_what_does_not_agree_there_and_writes_it(tmp_path: Path) -> None:
    right = WRONG.replace("08:01", "{{ edition.agenda[0].start }}")
    found = build_here(request(tmp_path, {"wrong.html": WRONG, "right.html": right}))
    assert ["it says 08:01" in problem.message for problem in found["wrong.html"] if not problem.rule] == [True]
    assert not [problem for problem in found["right.html"] if not problem.rule]
    assert (tmp_path / "out/managers/half-day/wrong.html").is_file()


def test_the_same_files_are_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = build_here(request(tmp_path, {"wrong.html": WRONG}))
    monkeypatch.setattr("coursewright.audit.audit", None)
    assert build_here(request(tmp_path, {"wrong.html": WRONG})) == first


def test_a_fault_of_the_comparison_does_not_take_the_files_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> Any:
        raise RuntimeError("no")

    monkeypatch.setattr(edge, "audited", fails)
    report = build(request(tmp_path, {"wrong.html": WRONG}), Here())
    assert report.files[0].path
    assert "a fault in coursewright itself: RuntimeError: no" in [problem.message for problem in report.problems]


def test_a_file_of_an_earlier_build_that_new_ones_point_into_is_told(tmp_path: Path) -> None:
    book = "{#- reader: participant; formats: html -#}\n<html><body><p id='x'>Book</p></body></html>"
    head = "{#- reader: facilitator; formats: html; after: book.html -#}"
    guide = f"{head}\n<html><body><p>p. {{{{ pages('book.html', 'x') }}}}</p></body></html>"
    build_here(request(tmp_path, {"book.html": book, "notes.html": guide}))
    (tmp_path / "out/managers/half-day/book.html").write_text("an earlier one", "utf-8")
    asked = request(tmp_path, {"book.html": book, "notes.html": guide})
    report = build(replace(asked, documents=("notes.html",)), Here())
    found = {str(problem.where): problem.message for problem in report.problems}
    assert "older than the files just made" in found["managers/half-day/book.html"]
