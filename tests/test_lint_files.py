"""Lint rules about finished files: what writers and audit say carries the rule it breaks, and what is built breaks none."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation

import test_audit
import test_deck
import test_verify
from coursewright import editions, images, lint
from coursewright.finished import Sheet, sheets
from coursewright.lint.colours import by_colour
from coursewright.lint.rule import Example, Scope
from coursewright.lint.sentences import has_verb
from coursewright.model import Edition, TableElement
from coursewright.outputs import anchors
from coursewright.outputs.pptx import verify, writer
from coursewright.outputs.pptx.brand import Brand
from coursewright.problems import Problem
from sample import Sample, built, two_hats  # noqa: F401 (a fixture)
from sound import course_with

FRONT = two_hats().front


def rules(*problems: Problem) -> set[str]:
    """Return the rules that problems carry once the course has been asked; "" for those of none."""
    return {each.rule for problem in problems if (each := lint.named(problem, FRONT)) is not None}


# ---------------------------------------------------------------------------- what the deck's writer and its examiner say


def written(*sections: str) -> tuple[Problem, ...]:
    return test_deck.deck(*sections).problems


def examined(*edits: test_verify.Edit) -> tuple[Problem, ...]:
    return tuple(verify.examine(test_verify.deck(*edits)))


def linked(words: str) -> test_verify.Edit:
    def edit(slide: Any) -> None:
        test_verify.box(words)(slide)
        slide.shapes[-1].text_frame.paragraphs[0].runs[0].hyperlink.address = "https://example.org/a"

    return edit


def title_last(slide: Any) -> None:
    test_verify.box("first")(slide)
    slide.shapes._spTree.append(slide.shapes.title._element)


def two_slides_of_one_title() -> tuple[Problem, ...]:
    presentation = Presentation()
    for _ in range(2):
        presentation.slides.add_slide(presentation.slide_layouts[5]).shapes.title.text_frame.text = "Same"
    stream = io.BytesIO()
    presentation.save(stream)
    return tuple(verify.examine(stream.getvalue()))


def disagreeing() -> tuple[Problem, ...]:
    """Return what the audit says of a guide that was made for another deck."""
    deck, guide = test_audit.file("deck.pptx"), test_audit.file("guide.html")
    first, *more = guide.claims
    wrong = replace(first, numbers=tuple(number + 1 for number in first.numbers))
    return test_audit.audit(test_audit.edition(), (deck, test_audit.file("workbook.pdf"), replace(guide, claims=(wrong, *more))))


def moving() -> bytes:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (20, 10), colour) for colour in ("red", "blue")]
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:])
    return stream.getvalue()


def long_title(slide: Any) -> None:
    slide.shapes.title.text_frame.text = "A long title of words " * 6


def prompted(slide: Any) -> None:
    slide.shapes.title.text_frame.text = "Click to add title"


def merged(slide: Any) -> None:
    grid = next(shape.table for shape in slide.shapes if shape.has_table)
    grid.cell(0, 0).merge(grid.cell(0, 1))


def narrow_footer() -> tuple[Problem, ...]:
    body = f"<footer>{WALL}</footer>{section('content', 'T', '<p>a</p>')}"
    markup = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    return writer.write(markup, Brand(test_deck.BRAND, Brand(test_deck.BRAND)), test_deck.ROOT / "course").problems


section, box, picture, table = test_deck.section, test_verify.box, test_verify.picture, test_verify.table
WALL = "word " * 700
LONG = "Verantwortungsbewusstsein"
SMALL = '<svg viewBox="0 0 9000 4500"><title>A drawing</title><text x="10" y="90" font-size="12">tiny</text></svg>'
MERGED = '<table slot="body"><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'
TALL = f'<table slot="table"><tr><th>a</th></tr><tr><td>{WALL}</td></tr></table>'
BARS = '{"type": "bar", "categories": ["a", "b"], "series": [{"name": "s", "values": [1, 2]}]}'
CHART = f"<figure slot='chart' data-chart='{BARS}'/>"
WORDY = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text x="1" y="5">words</text></svg>'
LOST = '<p slot="body"><a href="#nowhere">there</a></p>'


@pytest.mark.parametrize(
    ("rule", "words", "problems"),
    [
        ("SLD-03", "a slide before is called", lambda: written(section("content", "Same", ""), section("content", "Same", ""))),
        ("SLD-03", "it has no title", lambda: written(section("content", "", "<p>c</p>"))),
        ("SLD-03", "has the same title", two_slides_of_one_title),
        ("SLD-05", "has text of", lambda: written(section("table", "Drawn", f'<figure slot="table">{SMALL}</figure>'))),
        ("SLD-08", "does not fit, even smaller", lambda: written(section("content", "Wall", f"<ul><li>{WALL}</li></ul>"))),
        ("SLD-08", "the title is too long", lambda: written(section("content", WALL, "<p>a</p>"))),
        ("SLD-08", "takes more than two lines", lambda: written(section("content", "A long title of words " * 9, ""))),
        (
            "SLD-08",
            "it stands in the notes",
            lambda: written(section("cover", "T", f'<p slot="details, notes">{WALL[:900]}</p>')),
        ),
        ("SLD-08", "higher than its place", lambda: examined(box("one two three " * 40, size=(2, 1)))),
        ("SLD-08", "wider than its place", lambda: examined(box("one two three four five", size=(1, 1), wrap=False))),
        ("SLD-08", "breaks between letters", lambda: examined(box(LONG, size=(1.2, 2)))),
        ("SLD-08", "over the edge", lambda: examined(picture("a square", at=(9, 4)))),
        ("SLD-08", "overlap by", lambda: examined(box("one two three"), box("four five six", at=(1.1, 2.05)))),
        ("SLD-08", "is taller than the slide", lambda: written(section("table", "T", TALL))),
        ("SLD-08", "the title takes", lambda: examined(long_title)),
        ("SLD-08", "the brand's footer is too short", narrow_footer),
        ("SLD-10", "own prompt, left on it", lambda: examined(prompted)),
        ("SLD-10", "the brand has no layout for", lambda: written(section("unheard-of", "Choice", "<p>kept</p>"))),
        ("SLD-10", "has no slot for", lambda: written(section("content", "Choice", '<p slot="nowhere">kept</p>'))),
        ("SLD-10", "is left on it", lambda: tuple(verify.examine(test_verify.deck(layout=1)))),
        ("A11-01", "has no alternative text", lambda: examined(picture(""))),
        ("A11-01", "the alternative text of the picture is", lambda: examined(picture("hat.png"))),
        ("A11-01", "a picture tells nothing", lambda: written(section("content", "P", '<img slot="body" src="no.png"/>'))),
        ("A11-01", "a chart tells nothing", lambda: written(section("chart", "C", CHART))),
        ("A11-01", "holds words", lambda: tuple(images.remarks(images.examine(WORDY, "a.svg"), "a.svg"))),
        ("A11-02", "is hard to read", lambda: examined(test_verify.panel("F0F0F0", text="pale words", ink="AAAAAA"))),
        ("A11-04", "has no language", lambda: tuple(verify.examine(test_verify.changed(test_verify.SLIDE, ' lang="en-GB"', "")))),
        ("A11-05", "has no header row", lambda: examined(table("Who|What", "Ada|Plans", head=False))),
        ("A11-05", "its table has merged cells", lambda: examined(table("Who|What", "Ada|Plans"), merged)),
        ("A11-05", "merged or missing cells", lambda: written(section("content", "Table", MERGED))),
        ("A11-06", "is not read first", lambda: examined(title_last)),
        ("A11-06", "but stands above it", lambda: examined(box("below", at=(1, 5)), box("above"))),
        ("A11-07", "does not say where it leads", lambda: examined(linked("Click here"))),
        ("A11-07", "is a bare address", lambda: examined(linked("https://example.org/a"))),
        ("A11-09", "moves", lambda: tuple(images.remarks(images.examine(moving(), "wave.png"), "wave.png"))),
        ("BLD-01", "which is on no slide", lambda: written(section("content", "Links", LOST))),
        ("BLD-01", "which this document does not show", lambda: anchors.settled('<a href="#M09">there</a>', "guide.pdf")[1]),
        ("BLD-01", "sends readers to", disagreeing),
    ],
)
def test_what_is_said_of_a_file_names_its_rule(rule: str, words: str, problems: Callable[[], tuple[Problem, ...]]) -> None:
    said = [problem for problem in problems() if words in problem.message]
    assert said, [problem.message for problem in problems()]
    assert rules(*said) == {rule}


def test_a_message_of_no_rule_stays_as_it_is() -> None:
    problem = Problem("the deck's file is not sound: nothing leads to “ppt/stray.png”")
    assert lint.named(problem, FRONT) == problem


LOADED = [
    ("A11-01", Example("modules/one.yaml#/segments/1/slides/1", "{kind: chart, title: T}"), 'missing key "alt"'),
    ("A11-01", Example("modules/one.yaml#/segments/1/slides/1", "picture: {file: a.png, alt: a}"), "at least 5 are needed"),
    (
        "A11-01",
        Example("modules/one.yaml#/segments/1/slides/1", "picture: {file: a.png, alt: a full week, decorative: 'true'}"),
        "side by side",
    ),
    ("A11-04", Example("course.yaml#", "language: english"), "language must be"),
    ("PRN-02", Example("modules/one.yaml#/segments/2/workbook/0", "tall: '5'"), "tall must be"),
]


@pytest.mark.parametrize(("rule", "example", "words"), LOADED)
def test_what_the_loader_refuses_names_its_rule(rule: str, example: Example, words: str, tmp_path: Path) -> None:
    said = [problem for problem in course_with(tmp_path, example).problems if words in problem.message]
    assert said
    assert rules(*said) == {rule}


def test_only_a_rule_that_knows_words_or_has_a_check_is_a_rule() -> None:
    assert all(each.says or each.check for each in lint.RULES)


# ---------------------------------------------------------------------------------------------------- finished files


@cache
def edition() -> Edition:
    return editions.plan(two_hats(), "newly-promoted-managers", slot="half-day")[0]


def finished(sample: Sample, *names: str) -> Iterator[lint.Finished]:
    """Yield every edition that was built, with its files of these names; with all of them, if none are given."""
    for folder in sorted(path for path in sample.folder.glob("*/*") if path.is_dir()):
        paths = [path for path in sorted(folder.iterdir()) if not names or path.name in names]
        files = {path.name: sheets(path.name, path.read_bytes()) for path in paths}
        yield lint.Finished(editions.plan(two_hats(), folder.parent.name, slot=folder.name)[0], files)


def found(rule: str, files: lint.Finished) -> list[Problem]:
    return [problem for problem in lint.of_files(files) if problem.rule == rule]


@pytest.mark.parametrize("rule", [each for each in lint.RULES if each.scope is Scope.FILES], ids=lambda rule: rule.id)
def test_the_sample_as_it_is_built_breaks_no_rule_of_files(rule: lint.Rule, sample: Sample) -> None:
    assert not [problem for each in finished(sample) for problem in found(rule.id, each)]


def changed(files: lint.Finished, name: str, number: int, **fields: Any) -> lint.Finished:
    """Return files with one sheet changed."""
    one = tuple(replace(each, **fields) if each.number == number else each for each in files.files[name])
    return lint.Finished(files.edition, {**files.files, name: one})


def test_a_slide_whose_notes_hold_its_time_alone_is_found_and_a_break_is_not(sample: Sample) -> None:
    files = next(each for each in finished(sample, "deck.pptx") if any(item.kind == "break" for item in each.edition.agenda))
    number = {part: sheet.number for sheet in files.files["deck.pptx"] for part in sheet.parts}
    title = next(item.title for item in files.edition.agenda if item.id == "M01-S2")

    def places(part: str, notes: str) -> list[str]:
        return [str(each.where) for each in found("SLD-07", changed(files, "deck.pptx", number[part], notes=notes))]

    for notes in ("", f"09:10–09:20 · {title} · Workbook p. 5–6"):
        assert f"deck.pptx, slide {number['m01-s2']}" in places("m01-s2", notes)
    assert f"deck.pptx, slide {number['break-1']}" not in places("break-1", "")


def test_silent_slides_of_one_segment_are_one_finding() -> None:
    title = edition().agenda[1].title
    silent = tuple(Sheet(number, f"Answer {number}", f"09:10–09:20 · {title}", ("m01-s2",)) for number in (3, 4))
    (problem,) = found("SLD-07", lint.Finished(edition(), {"deck.pptx": silent}))
    assert (problem.where, "“Answer 3”" in problem.message) == ("deck.pptx, slides 3, 4", True)


FOOT = "Two Hats · v1.0 · 22 November 2026 · CC BY 4.0"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (FOOT, ""),
        ("Version 1.0, 2026-11-22,\nCC BY\n4.0", ""),
        ("Ausgabe 1.0 vom 22.11.2026, CC BY 4.0", ""),
        ("v1.0, November 22, 2026, CC BY 4.0", ""),
        ("// version 1.0, 22 November 2026, CC BY 4.0", ""),
        (FOOT.replace("v1.0", "v1.01"), "version (“1.0”)"),
        (FOOT.replace("2026", "2025"), "date (“2026-11-22”)"),
        ("Two Hats · v1.0", "date (“2026-11-22”) and its licence (“CC BY 4.0”)"),
    ],
)
def test_a_file_says_version_date_and_licence(text: str, missing: str) -> None:
    said = [problem.message for problem in found("BLD-03", lint.Finished(edition(), {"handout.pdf": (Sheet(1, text),)}))]
    assert said == ([f"it does not say its {missing}"] if missing else [])


def test_a_worksheet_that_goes_on_overleaf_is_found_where_its_author_wrote_it() -> None:
    segment = next(each for each in edition().modules[0].segments if each.id == "M01-S4")
    sheet = segment.workbook[0]
    assert isinstance(sheet, TableElement)
    part = "m01-s4-1"
    head = "\n".join(sheet.columns)

    def split(*pages: str) -> list[Problem]:
        made = tuple(Sheet(at, f"{text}\n{FOOT} {at}", parts=(part,)) for at, text in enumerate(pages, 7))
        return found("PRN-03", lint.Finished(edition(), {"workbook.pdf": made}))

    (problem,) = split(head, head)
    assert problem.where == sheet.origin
    assert f"“{sheet.title}” begins on page 7 of workbook.pdf" in problem.message
    assert not split(head, "Notes")  # lines for notes on what is left of the module's pages
    assert not split(head)


# ---------------------------------------------------------------------------------------------------- words of titles


@pytest.mark.parametrize(
    "title",
    [
        "A week needs a direction",
        "Trust erodes slowly",
        "Managing sees to it that agreed work gets done.",
        "Both organise people; each has its own means",
        "An ordinary day keeps changing hats",
        "Rank is one question, behaviour another",
        "Start with the result",
        "What is yours for?",
        "It’s the plan that matters",
        "We planned, they carried it out",
    ],
)
def test_a_sentence_or_a_question_is_no_heading(title: str) -> None:
    assert has_verb(title)


@pytest.mark.parametrize(
    "title",
    [
        "The direction of a week",
        "Two kinds of work",
        "Leading and managing",
        "Our plan",
        "Five needs of every team",
        "An overview",
    ],
)
def test_a_heading_has_no_verb(title: str) -> None:
    assert not has_verb(title)


@pytest.mark.parametrize(
    ("words", "pointing"),
    [
        ("Write into the green cells.", ["green cells"]),
        ("Hold up a red or yellow card", ["red or yellow card"]),
        ("What is marked in **red** comes first", ["marked in red"]),
        ("Cut the red tape and stay out of grey areas", []),
        ("The green light came on Monday", []),
        ("Draw your red line", []),
    ],
)
def test_words_that_point_by_colour_are_told_from_those_that_do_not(words: str, pointing: list[str]) -> None:
    assert list(by_colour(words)) == pointing
