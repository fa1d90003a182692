"""Decks: editable, in placeholders, nothing lost, nothing over the edge."""

from __future__ import annotations

import gc
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as PH

from coursewright.outputs import Made
from coursewright.outputs.pptx import fit, page, writer
from coursewright.outputs.pptx.brand import Brand
from coursewright.outputs.pptx.values import Rect, Slot
from coursewright.problems import Broken, Severity

ROOT = Path(__file__).parents[1]
BRAND = (ROOT / "templates/brand.pptx").read_bytes()
FOREIGN = sorted((ROOT.parent / "shared/brands").glob("*.p*t*x"))


def deck(*sections: str, brand: bytes = BRAND, head: str = "") -> Made:
    """Return the deck of these sections."""
    head = f'<head><title>Trial</title><meta name="dcterms.created" content="2026-11-22"/>{head}</head>'
    markup = f'<!DOCTYPE html><html lang="en-GB">{head}<body><footer>Trial · v1</footer>{"".join(sections)}</body></html>'
    return writer.write(markup, Brand(brand, Brand(BRAND)), ROOT / "course")


def opened(made: Made) -> list[dict[str, str]]:
    """Return each slide as placeholder name → text, without furniture."""
    furniture = (PH.FOOTER, PH.SLIDE_NUMBER)
    slides = Presentation(io.BytesIO(made.content)).slides
    return [
        {s.name: s.text_frame.text for s in slide.placeholders if s.placeholder_format.type not in furniture} for slide in slides
    ]


def section(layout: str, title: str, body: str, **data: str) -> str:
    facts = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<section data-layout="{layout}"{facts}><h2>{title}</h2>{body}</section>'


def bullets(*items: str) -> str:
    return '<ul slot="body">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def test_text_stands_in_the_brands_own_placeholders() -> None:
    made = deck(section("two-content", "Two", '<p slot="left">here</p><p slot="right">there</p>'))
    assert opened(made) == [{"title": "Two", "left": "here", "right": "there"}]
    assert made.problems == ()


def test_the_first_layout_the_brand_has_is_used_and_the_first_slot() -> None:
    made = deck(section("unheard-of, content", "Choice", '<p slot="nowhere, body">kept</p>'))
    assert opened(made) == [{"title": "Choice", "body": "kept"}]
    assert made.problems == ()


def test_a_block_may_say_that_it_can_be_left_out_or_go_to_the_notes() -> None:
    made = deck(section("content", "Choice", '<p slot="nowhere, none">gone</p><p slot="nowhere, notes">to the notes</p>'))
    slide = Presentation(io.BytesIO(made.content)).slides[0]
    assert "gone" not in str(opened(made))
    assert slide.notes_slide.notes_text_frame.text == "to the notes"


def test_a_block_without_a_slot_is_kept_and_reported() -> None:
    made = deck(section("content", "Choice", '<p slot="nowhere">kept anyway</p>'))
    texts = [shape.text_frame.text for shape in Presentation(io.BytesIO(made.content)).slides[0].shapes if shape.has_text_frame]
    assert "kept anyway" in texts
    assert "no slot for “kept anyway…”" in made.problems[0].message


def test_a_missing_layout_is_reported() -> None:
    made = deck(section("unheard-of", "Choice", "<p>kept</p>"))
    assert made.problems[0].message == "the brand has no layout for unheard-of; “Content” is used"


def test_unused_placeholders_do_not_stay() -> None:
    made = deck(section("comparison", "Sides", '<p slot="left">one</p>'))
    assert opened(made) == [{"title": "Sides", "left": "one"}]


def test_nested_lists_become_levels_and_looks_become_runs() -> None:
    made = deck(
        section("content", "Levels", '<ul slot="body"><li>one <strong>bold</strong><ul><li><em>two</em></li></ul></li></ul>')
    )
    frame = next(s for s in Presentation(io.BytesIO(made.content)).slides[0].placeholders if s.name == "body").text_frame
    assert [(p.text, p.level) for p in frame.paragraphs] == [("one bold", 0), ("two", 1)]
    assert frame.paragraphs[0].runs[1].font.bold
    assert frame.paragraphs[1].runs[0].font.italic


def test_every_run_says_its_language() -> None:
    made = deck(
        section("content", "Words", '<p slot="body">Good <span lang="fr">jour</span></p><aside class="notes"><p>note</p></aside>')
    )
    slide = Presentation(io.BytesIO(made.content)).slides[0]
    for part in (slide, slide.notes_slide):
        runs = part._element.xpath(".//a:r/a:rPr")
        assert runs
        assert {run.get("lang") for run in runs} <= {"en-GB", "fr"}


def test_a_table_is_native_with_its_header_row_flagged_and_described() -> None:
    head = "<thead><tr><th>Who</th><th>What</th></tr></thead>"
    body = f'<table slot="body" title="Who does what">{head}<tr><td>Ada</td><td>Plans</td></tr></table>'
    slide = Presentation(io.BytesIO(deck(section("content", "Table", body)).content)).slides[0]
    frame = next(shape for shape in slide.shapes if shape.has_table)
    assert frame.table.first_row
    assert [[cell.text for cell in row.cells] for row in frame.table.rows] == [["Who", "What"], ["Ada", "Plans"]]
    assert frame._element.xpath(".//p:cNvPr/@descr") == ["Who does what"]


def test_a_table_with_merged_cells_is_refused() -> None:
    body = '<table slot="body"><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></table>'
    made = deck(section("content", "Table", body))
    assert made.problems[0].severity is Severity.ERROR
    assert "merged or missing cells" in made.problems[0].message


def test_a_long_list_goes_on_on_balanced_slides_at_readable_sizes() -> None:
    items = [
        f"Item {number} with enough words to need most of a line on the slide, and then some more of them" for number in range(14)
    ]
    made = deck(section("content", "Long", bullets(*items)))
    slides = opened(made)
    assert [slide["title"] for slide in slides] == ["Long (1/2)", "Long (2/2)"]
    assert [slide["body"].count("Item") for slide in slides] == [7, 7]
    bodies = [p for s in Presentation(io.BytesIO(made.content)).slides for p in s.placeholders if p.name == "body"]
    runs = [run for body in bodies for paragraph in body.text_frame.paragraphs for run in paragraph.runs]
    sizes = [run.font.size.pt for run in runs if run.font.size]
    assert all(size >= 18 for size in sizes)


def test_a_child_is_never_parted_from_its_parent() -> None:
    item = "<li>Parent with a fairly long line of text that goes on<ul><li>child one</li><li>child two</li></ul></li>"
    made = deck(section("content", "Tree", f'<ul slot="body">{item * 8}</ul>'))
    assert len(opened(made)) > 1
    assert all(slide["body"].startswith("Parent") for slide in opened(made))


def test_a_long_table_goes_on_by_rows_with_its_header_repeated() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>what happens in row {number}</td></tr>" for number in range(30))
    made = deck(
        section(
            "table, content", "Rows", f'<table slot="table, body"><thead><tr><th>No</th><th>What</th></tr></thead>{rows}</table>'
        )
    )
    tables = [shape.table for slide in Presentation(io.BytesIO(made.content)).slides for shape in slide.shapes if shape.has_table]
    assert len(tables) > 1
    assert {table.rows[0].cells[1].text for table in tables} == {"What"}
    assert [row.cells[0].text for table in tables for row in list(table.rows)[1:]] == [str(number) for number in range(30)]


def test_one_item_that_cannot_fit_is_an_error_with_its_place() -> None:
    made = deck(section("content", "Wall", bullets("word " * 700), at="modules/01.yaml#/segments/0/slides/0"))
    problem = next(problem for problem in made.problems if problem.severity is Severity.ERROR)
    assert "does not fit" in problem.message
    assert problem.where == "modules/01.yaml#/segments/0/slides/0"


def test_titles_are_made_unlike_and_a_missing_one_is_an_error() -> None:
    made = deck(
        section("content", "Same", "<p>a</p>"), section("content", "Same", "<p>b</p>"), section("content", "", "<p>c</p>")
    )
    messages = [problem.message for problem in made.problems]
    assert messages[0] == "a slide before is called “Same”, too; this one says “Same (2)”"
    assert "slide 3: it has no title" in messages
    assert [slide["title"] for slide in opened(made)] == ["Same", "Same (2)", ""]


def test_links_lead_to_the_first_slide_of_a_segment_and_out() -> None:
    made = deck(
        section(
            "content",
            "First",
            '<p slot="body"><a href="#M02-S1">there</a> <a href="https://example.org">out</a> <a href="#M09">nowhere</a></p>',
        ),
        section("content", "Second", "<p>a</p>", segment="M02-S1"),
    )
    slides = Presentation(io.BytesIO(made.content)).slides
    relations = {rel.reltype.rsplit("/", 1)[1]: rel.target_ref for rel in slides[0].part.rels.values()}
    assert (relations["slide"], relations["hyperlink"]) == ("slide2.xml", "https://example.org")
    assert [problem.message for problem in made.problems] == ["a link leads to “#M09”, which is on no slide"]


@pytest.mark.parametrize(("said", "count"), [("fade", 1), ("none", 0)])
def test_slides_follow_each_other_as_the_course_says(said: str, count: int) -> None:
    made = deck(section("content", "One", "<p>a</p>"), head=f'<meta name="transition" content="{said}"/>')
    root = Presentation(io.BytesIO(made.content)).slides[0]._element
    assert len(root.xpath("p:transition/p:fade")) == count


def test_what_a_layout_has_no_slot_for_may_go_to_a_slide_of_its_own() -> None:
    body = '<p slot="body">here</p><ul slot="nowhere, next, body"><li>there</li></ul>'
    facts = 'data-next="content" data-next-title="And then"'
    made = deck(f'<section data-layout="content" {facts}><h2>First</h2>{body}</section>')
    assert opened(made) == [{"title": "First", "body": "here"}, {"title": "And then", "body": "there"}]


def test_a_text_that_may_go_to_the_notes_goes_there_when_its_slot_is_too_small() -> None:
    made = deck(section("cover", "Title", f'<p slot="details, notes">{"who is meant and when " * 60}</p>'))
    slide = Presentation(io.BytesIO(made.content)).slides[0]
    assert opened(made) == [{"title": "Title"}]
    assert slide.notes_slide.notes_text_frame.text.startswith("who is meant")
    assert ["it stands in the notes" in problem.message for problem in made.problems] == [True]


def test_a_question_too_long_for_a_title_heads_the_content_under_a_short_one() -> None:
    long = "Which of these " + "very many words would nobody want to read in a title of two lines " * 4
    made = deck(f'<section data-layout="content" data-short-title="Question 1"><h2>{long}</h2><p slot="body">one</p></section>')
    assert [(slide["title"], slide["stem"], slide["body"]) for slide in opened(made)] == [("Question 1", long.strip(), "one")]
    assert made.problems == ()


def test_rows_that_need_more_room_than_theirs_share_the_stack_anew() -> None:
    rows = "".join(f'<p slot="row-{n}">{"words that fill the row and go on " * (9 if n == 2 else 1)}</p>' for n in (1, 2, 3))
    made = deck(section("rows", "Rows", rows))
    shapes = {s.name: s for s in Presentation(io.BytesIO(made.content)).slides[0].placeholders}
    assert made.count == 1
    assert shapes["row-2"].height > shapes["row-1"].height
    assert shapes["row-1"].top + shapes["row-1"].height <= shapes["row-2"].top
    assert shapes["row-3"].top >= shapes["row-2"].top + shapes["row-2"].height


def test_a_parent_with_more_children_than_a_slide_holds_is_repeated_and_leaves_no_orphan() -> None:
    children = "".join(f"<li>child {n} with some words to it</li>" for n in range(25))
    made = deck(section("content", "Tree", f'<ul slot="body"><li>Parent<ul>{children}</ul></li></ul>'))
    lines = [slide["body"].split("\n") for slide in opened(made)]
    assert len(lines) > 1
    assert {each[0] for each in lines} == {"Parent"}
    assert min(map(len, lines)) > 2
    assert sum(len(each) - 1 for each in lines) == 25


def test_places_are_the_slide_numbers_of_each_segment_continued_ones_too() -> None:
    items = bullets(*(["A line of text that is long enough to take some room on its slide, and a little more"] * 14))
    made = deck(
        section("content", "One", "<p>a</p>", segment="S1"),
        section("content", "Two", items, segment="S2"),
        section("content", "Three", "<p>b</p>", segment="S1"),
    )
    assert made.places == {"S1": (1, 4), "S2": (2, 3)}


def test_unknown_elements_keep_their_text_and_are_reported() -> None:
    made = deck(section("content", "Odd", '<details slot="body">hidden words</details>'))
    assert opened(made) == [{"title": "Odd", "body": "hidden words"}]
    assert "<details> is no part" in made.problems[0].message


def test_a_character_without_a_glyph_is_reported() -> None:
    made = deck(section("content", "Glyphs", "<p>Runes: \u16a0\u16a2</p>"))
    assert "no font on this machine has" in made.problems[0].message


def test_sections_name_the_modules() -> None:
    made = deck(section("content", "One", "<p>a</p>", section="1 Start"), section("content", "Two", "<p>b</p>", section="2 End"))
    root = Presentation(io.BytesIO(made.content)).part._element
    assert root.xpath("//*[local-name()='section']/@name") == ["1 Start", "2 End"]


def test_the_same_page_gives_the_same_bytes() -> None:
    one, two = (
        deck(
            section("content", "Same", bullets("a", "b")),
            section("table", "T", '<table slot="table"><tr><td>x</td></tr></table>'),
        )
        for _ in range(2)
    )
    assert one.content == two.content


def test_pythons_search_for_garbage_goes_on_after_a_deck() -> None:
    deck(section("content", "Last", bullets("a")))
    assert gc.isenabled()
    with pytest.raises(Broken):
        deck(section("content", "Last", '<svg slot="body"></svg>'))
    assert gc.isenabled()


WORDS = st.lists(
    st.text(
        st.characters(codec="utf-8", categories=("L", "Nd", "P"), max_codepoint=0x24F, exclude_characters="<>&\xad"),
        min_size=1,
        max_size=14,
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=14))
def test_no_word_is_lost_and_nothing_overflows_whatever_the_text(items: list[str]) -> None:
    made = deck(section("content", "Random", bullets(*items)))
    found = " ".join(slide.get("body", "") for slide in opened(made)).split()
    assert found == " ".join(items).split()
    assert not [problem for problem in made.problems if "does not fit" in problem.message]


@pytest.mark.parametrize(
    "path",
    FOREIGN or [pytest.param(None, marks=pytest.mark.skip("no foreign brands here: ../shared/brands"))],
    ids=lambda p: p.name if p else "none",
)
def test_a_foreign_brand_takes_the_deck_without_losing_a_word(path: Path) -> None:
    body = '<p slot="left, body">alpha</p><p slot="right, body">beta</p>'
    made = deck(
        section("two-content, content", "Sides", body),
        section("content", "List", bullets("gamma", "delta")),
        brand=path.read_bytes(),
    )
    slides = Presentation(io.BytesIO(made.content)).slides
    assert len(slides) == 2
    texts = [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
    assert all(word in texts[0] for word in ("Sides", "alpha", "beta"))
    assert all(word in texts[1] for word in ("List", "gamma", "delta"))


def test_white_space_is_folded_but_tabs_stay() -> None:
    read = page.read(
        '<html><body><section data-layout="content"><h2> A\n  title </h2>'
        '<p slot="body"><b>A</b>&#9;\n  word  <i> two</i></p></section></body></html>'
    )
    block = read.slides[0].fills[0].block
    assert isinstance(block, page.Text)
    assert block.paragraphs[0].text == "A\tword two"
    assert read.slides[0].title[0].text == "A title"


@pytest.mark.parametrize(
    ("inches", "shown"),
    [
        (9.0, "Two Hats · managers · v1.0 · May"),
        (2.2, "Two Hats · v1.0 · May"),
        (1.3, "Two Hats · v1.0"),
        (1.0, "Two Hats"),
        (0.2, ""),
    ],
)
def test_a_footer_that_is_too_long_loses_what_matters_least(inches: float, shown: str) -> None:
    level = fit.table_level(12.0, "Calibri")
    slot = Slot("footer", 11, None, Rect(0, 0, int(inches * 914_400), 200_000), (0, 0, 0, 0), (level,) * 5)
    assert fit.footer("Two Hats · managers · v1.0 · May", slot, ("Cambria", "Calibri")) == shown
