"""From an edition and a template to a page: documents found, templates run, words made safe."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from coursewright import editions, markdown, staging
from coursewright.documents import documents, find_document
from coursewright.model import Edition, Material
from coursewright.problems import Broken, Problem
from coursewright.render import Page, dated, gift, ranges, render, typed
from sample import two_hats

TEMPLATES = Path(__file__).parents[1] / "templates"
FOLDERS = (TEMPLATES,)
PRINTED = ("workbook.pdf", "guide.pdf", "run-sheet.pdf", "late-card.pdf", "receipt.pdf", "design.pdf")
PLACES = {"deck.pptx": {"S1": (7,), "S2": (9, 10)}, "workbook.pdf": {"S2": (13, 14)}}


@pytest.fixture(scope="module")
def edition() -> Edition:
    return small.edition()


def page(edition: Edition, name: str, folders: tuple[Path, ...] = FOLDERS) -> Page:
    return render(edition, find_document(name, documents(folders)), PLACES, folders)


def text_of(page: Page) -> str:
    body = re.sub(r"<style>.*?</style>", "", page.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def template(folder: Path, name: str, text: str) -> tuple[Path, ...]:
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "documents" / name).write_text(text, "utf-8")
    return (folder, *FOLDERS)


def broken(edition: Edition, name: str, folders: tuple[Path, ...]) -> Problem:
    with pytest.raises(Broken) as caught:
        page(edition, name, folders)
    return caught.value.problems[0]


# -------------------------------------------------------------------------------------------------- documents


def test_a_document_is_a_template_and_a_format() -> None:
    document = find_document("guide.pdf", documents(FOLDERS))
    assert (document.template, document.reader, document.format) == ("documents/guide.html.j2", "facilitator", "pdf")
    assert document.after == ("deck.pptx", "workbook.pdf")


def test_an_unknown_document_names_what_there_is() -> None:
    with pytest.raises(
        Broken, match=r'no template makes "workbok\.pdf"\n.*did you mean "workbook\.pdf"\?; there are .*quiz\.gift'
    ):
        find_document("workbok.pdf", documents(FOLDERS))


def test_a_format_that_the_template_does_not_offer_is_refused() -> None:
    with pytest.raises(Broken, match="there are"):
        find_document("quiz.pptx", documents(FOLDERS))


def test_type_of_a_wide_face_is_set_smaller_and_lines_and_lengths_are_not() -> None:
    css = ":root { --size: 11pt; --hair: .4pt } h1 { font: bold 20pt/1.2 serif; margin: 9pt } p { font-size: 10pt }"
    assert typed(css, 1) == css
    assert typed(css, 16 ** (1 / 3)) == (
        ":root { --size: 5.5pt; --hair: .4pt } h1 { font: bold 10pt/1.2 serif; margin: 9pt } p { font-size: 5pt }"
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{#- reader: participants; formats: pdf -#}", "does not declare reader and formats"),
        ("<p>Hello</p>", "does not declare reader and formats"),
        ("{#- reader: participant; formats: pdf; tkes: workbook.pdf -#}", r'nothing called "tkes"\n.*did you mean "takes"'),
    ],
)
def test_a_first_line_that_says_nothing_to_us_is_named_with_its_place(line: str, words: str, tmp_path: Path) -> None:
    folders = template(tmp_path / "templates", "note.html.j2", f"{line}\n")
    with pytest.raises(Broken, match=f"templates/documents/note.html.j2:1: .*{words}"):
        find_document("workbook.pdf", documents(folders))


def test_a_template_beside_the_course_wins(edition: Edition, tmp_path: Path) -> None:
    folders = template(tmp_path, "workbook.html.j2", "{#- reader: participant; formats: pdf -#}\n<p>Ours</p>")
    assert page(edition, "workbook.pdf", folders).text == "<p>Ours</p>\n"


def test_a_template_without_a_declaration_is_told_how_to_write_one(edition: Edition, tmp_path: Path) -> None:
    problem = broken(edition, "note.pdf", template(tmp_path, "note.html.j2", "<p>Hello</p>"))
    assert str(problem.where).endswith("documents/note.html.j2:1")
    assert "reader: participant" in problem.hint


# ------------------------------------------------------------------------------------------- faults in templates

HEAD = "{#- reader: participant; formats: pdf -#}\n<p>one</p>\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{{ edition.frnt.title }}", "frnt"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ edition.front.title | shout }}", "No filter named 'shout'"),
        ("{% for x in %}", "Expected an expression"),
        ("{{ edition.modules[0].segments[0].purpose }}", 'must not read "purpose" of a PlannedSegment'),
        ("{{ edition.modules[0].segments[0].purpose is defined }}", 'must not read "purpose" of a PlannedSegment'),
        ("{{ checkpoints(1)[0].ladder }}", "'checkpoints' is undefined"),
        ("{{ named('S1') }}", "'named' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ('{{ diagram("vennn", {}, "x") }}', 'no drawing "vennn": did you mean "venn"?'),
        ('{% include "blocks/nothing.html.j2" %}', "blocks/nothing.html.j2"),
    ],
)
def test_a_fault_in_a_template_names_its_line(edition: Edition, tmp_path: Path, words: str, message: str) -> None:
    problem = broken(edition, "note.pdf", template(tmp_path, "note.html.j2", HEAD + words))
    assert message in problem.message
    assert str(problem.where) == f"{tmp_path.name}/documents/note.html.j2:3"


# ------------------------------------------------------------------------------------------------- documents


@pytest.mark.parametrize("name", PRINTED)
def test_a_page_is_well_formed(edition: Edition, name: str) -> None:
    root = ElementTree.fromstring(page(edition, name).text)
    assert root.get("lang") == "en-GB"
    assert root.find(".//{*}title").text.startswith("Two Hats · ")  # type: ignore[union-attr]


@pytest.mark.parametrize("name", PRINTED)
def test_headings_start_at_one_and_leave_no_level_out(edition: Edition, name: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page(edition, name).text)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_workbook_has_a_place_for_every_module_and_every_segment_written_in(edition: Edition) -> None:
    ids = set(re.findall(r'id="(\w+)"', page(edition, "workbook.pdf").text))
    assert {"M01", "M02", "S1", "S2"} <= ids
    assert "S3" not in ids


def test_the_workbook_holds_nothing_of_the_facilitators(edition: Edition) -> None:
    text = text_of(page(edition, "workbook.pdf"))
    assert small.SECRET not in text
    assert "Sort the cards in silence." in text


def test_participants_see_time_in_hand_but_not_the_buffer(edition: Edition) -> None:
    agenda = text_of(page(edition, "workbook.pdf"))
    pauses = {item.kind: f"{item.start} {item.title} {item.minutes}" for item in edition.agenda if not item.module}
    assert pauses["open"] in agenda
    assert pauses["buffer"] not in agenda


def test_every_kind_of_workbook_element_has_a_block() -> None:
    kinds = set(
        re.findall(
            r'kind: Literal\["(\w+)"\]',
            Path(staging.__file__).with_name("model.py").read_text("utf-8").partition("class Element")[2],
        )
    )
    assert {kind for kind in kinds if not (TEMPLATES / "blocks" / f"{kind}.html.j2").exists()} == set()


def test_a_gap_becomes_a_space_to_write_on(edition: Edition) -> None:
    assert page(edition, "workbook.pdf").text.count('<span class="gap"></span>') == 3


def test_a_column_left_blank_stays_empty(edition: Edition) -> None:
    text = text_of(page(edition, "workbook.pdf"))
    assert "Takes some on purpose" in text
    assert "Keeps it small" not in text


def test_a_hurried_segment_plays_with_the_short_deck() -> None:
    front = {"slots": [{"id": "short", "title": "short", "minutes": 100}]}
    cards = [
        re.findall(r"<li><b>\d+</b>", page(edition, "workbook.pdf").text) for edition in (small.edition(), small.edition(**front))
    ]
    assert [len(found) for found in cards] == [12, 6]


def test_a_brand_replaces_colours_and_type(edition: Edition) -> None:
    brand = {"lead": "#123456", "lead-tint": "#ABCDEF", "serif": "Georgia, serif"}
    text = render(edition, find_document("workbook.pdf", documents(FOLDERS)), PLACES, FOLDERS, brand).text
    assert all(
        words in text for words in ("--lead: #123456;", "--lead-tint: #ABCDEF;", "--serif: Georgia, serif;", 'fill="#123456"')
    )
    assert "#0F5C63" not in text


def test_the_guide_points_to_true_slides_and_pages(edition: Edition) -> None:
    text = text_of(page(edition, "guide.pdf"))
    assert "Slide 7 " in text
    assert "Slides 9–10 Workbook p. 13–14" in text


def test_the_guide_counts_what_to_bring(edition: Edition) -> None:
    assert "12 × Pens" in text_of(page(edition, "guide.pdf"))


def test_the_guide_shows_every_pause_of_the_agenda(edition: Edition) -> None:
    text = text_of(page(edition, "guide.pdf"))
    pauses = [item for item in edition.agenda if not item.module]
    assert pauses
    assert all(f"{item.start} {item.title}, {item.minutes} minutes" in text for item in pauses)


def test_the_run_sheet_has_a_line_for_every_item_of_the_agenda(edition: Edition) -> None:
    text = page(edition, "run-sheet.pdf").text
    assert re.findall(r'<th scope="row">(\d\d:\d\d)</th><td class="number">', text) == [item.start for item in edition.agenda] + [
        edition.end
    ]


def test_a_checkpoint_says_how_to_save_ten_minutes_and_twenty(edition: Edition) -> None:
    text = text_of(page(edition, "run-sheet.pdf"))
    assert "Checkpoint 1. 10 minutes behind: Use the time in hand at 10:20 (10&#160;min)." in text
    assert "20 minutes behind: Use the time in hand at 10:20 (20&#160;min)." in text


# ------------------------------------------------------------------------------------------------------ GIFT


def test_the_quiz_escapes_what_moodle_reads_as_its_own(edition: Edition) -> None:
    assert r"~[html]Both \{always\} \= \~never\##[html]Too wide\: nothing is." in page(edition, "quiz.gift").text


def test_every_question_of_the_quiz_has_one_right_answer_and_a_reason_for_each_option(edition: Edition) -> None:
    questions = re.findall(r"^::\w+::.*? \{\n(.*?)\n\}$", page(edition, "quiz.gift").text, re.DOTALL | re.MULTILINE)
    assert len(questions) == 2
    for options in (question.split("\n") for question in questions):
        assert sum(option.startswith("=") for option in options) == 1
        assert all(re.search(r"(?<!\\)#.", option) for option in options)


@given(st.text())
def test_escaped_text_comes_back_whole(words: str) -> None:
    escaped = gift(words)
    assert not re.search(r"(?<!\\)(?:\\\\)*[~=#{}:]", escaped)
    assert re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], escaped, flags=re.DOTALL) == words


# -------------------------------------------------------------------------------------------------- Markdown

PRINTABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"], include_characters="\n"), max_size=60)


@given(PRINTABLE)
def test_any_markdown_becomes_well_formed_html(text: str) -> None:
    for written in (markdown.block(text, "en-GB"), markdown.inline(text, "fr-FR"), markdown.gapped(text, "de-DE")):
        ElementTree.fromstring(f"<x>{written}</x>")


def test_raw_html_stays_words() -> None:
    assert markdown.inline("<script>x</script>", "en-GB") == "&lt;script&gt;x&lt;/script&gt;"


@pytest.mark.parametrize(
    ("language", "expected"), [("en-GB", "“word”"), ("de-AT", "„word“"), ("fr-FR", "«\u202fword\u202f»"), ("eo", "“word”")]
)
def test_quotation_marks_are_those_of_the_language(language: str, expected: str) -> None:
    assert markdown.plain('"word"', language) == expected


def test_a_link_holds_bare_text_so_that_its_pdf_tag_is_whole() -> None:
    assert markdown.inline("[**all** of `it`](https://example.org)", "en-GB") == '<a href="https://example.org">all of it</a>'


def test_a_heading_in_the_words_does_not_disturb_the_headings_of_the_page() -> None:
    assert "<h1>" not in markdown.block("# Loud", "en-GB")


def test_plain_words_have_no_marks_left() -> None:
    assert (
        markdown.plain("Two **hats**,\n*one* [head](https://example.org)\n\n- and `code`", "en-GB")
        == "Two hats, one head\nand code"
    )


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_words_are_joined_as_they_are_read(words: list[str], expected: str) -> None:
    assert markdown.joined(words) == expected


# --------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("numbers", "expected"), [((), ""), ((14,), "14"), ((14, 15), "14–15"), ((3, 14, 15), "3, 14–15"), ((2, 1, 1), "1–2")]
)
def test_page_numbers_read_as_in_print(numbers: tuple[int, ...], expected: str) -> None:
    assert ranges(numbers) == expected


def test_a_date_cannot_be_taken_for_another(edition: Edition) -> None:
    assert dated(edition.front.date) == "22 November 2026"


@pytest.mark.parametrize(
    ("per", "count", "expected"), [("room", 2, 2), ("table", 1, 3), ("pair", 1, 6), ("person", 2, 24), ("facilitator", 1, 1)]
)
def test_quantities_follow_people_and_tables(edition: Edition, per: str, count: int, expected: int) -> None:
    assert staging.quantity(Material.model_validate({"item": "x", "per": per, "count": count}), edition) == expected


def test_an_odd_head_count_needs_one_pair_more(edition: Edition) -> None:
    odd = edition.model_copy(update={"people": 13})
    assert staging.quantity(Material(item="x", per="pair"), odd) == 7


def test_a_thing_used_again_is_counted_once(edition: Edition) -> None:
    found = {thing.item: thing for thing in staging.things(edition)}
    assert found["Pens"].count == 12
    assert found["Pens"].segments == ("S1", "S2", "S3", "S4")


def test_the_notes_of_a_slide_carry_its_own_steps_and_no_others() -> None:
    """In the head of a Jinja loop, `loop` is the loop around it: notes once carried all steps or none."""
    edition = editions.plan(two_hats(), "newly-promoted-managers", minutes=180)[0]
    text = page(edition, "deck.pptx").text
    for segment in (segment for module in edition.modules for segment in module.segments):
        for slide in (slide for slide in segment.slides if slide.steps):
            found = "".join(each for each in text.split("<section ")[1:] if f'data-at="{slide.origin}"' in each)
            told = {at for at, step in enumerate(segment.steps, 1) if str(markdown.inline(step.do, "en-GB")) in found}
            assert told == set(slide.steps), (segment.id, slide.origin)


def test_templates_cannot_throw_dice(edition: Edition, tmp_path: Path) -> None:
    own = tmp_path / "documents"
    own.mkdir()
    (own / "dice.html.j2").write_text("{#- reader: facilitator; formats: html -#}{{ [1, 2] | random }}", "utf-8")
    with pytest.raises(Broken, match="random"):
        page(edition, "dice.html", (tmp_path, *FOLDERS))
