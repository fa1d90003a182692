"""Word documents: real styles, lists, tables and fields, every word of the page, nothing that Word would repair."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import docx
import openxml_audit
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image

import small
from clients import open_xml_sdk_findings
from coursewright import finished
from coursewright.documents import documents, find_document
from coursewright.leaks import leaks
from coursewright.make import Job, make
from coursewright.outputs import Made
from coursewright.outputs.docx import looks, rules, writer
from coursewright.outputs.docx.styles import identity
from coursewright.render import render
from coursewright.squashing import squashed
from ooxml import CHECKS, opened
from sample import ROOT

TEMPLATES = ROOT / "templates"
FOLDERS = (TEMPLATES,)
DOCUMENTS = ("workbook.docx", "guide.docx")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">{}<rect width="200" height="100" class="a"/></svg>'
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"
)
TOKENS = ":root { --ink: #112233; --muted: #445566; --lead: #0F5C63; --serif: 'Tiempos Text', serif; --sans: Söhne, sans-serif }"


def page(body: str, style: str = "", head: str = "", footer: str = "") -> str:
    foot = f' data-footer="{footer}"' if footer else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>A title</title>{head}<style>{style}</style></head>'
        f"<body{foot}>{body}</body></html>"
    )


def written(body: str, style: str = "", **more: str) -> Any:
    """Return a page as python-docx opens it; a problem fails the test."""
    made = writer.write(page(body, style, **more), FOLDERS, "page.docx")
    assert not made.problems
    return docx.Document(io.BytesIO(made.content))


@cache
def source(name: str, **front: Any) -> str:
    return render(small.edition(**front), find_document(name, documents(FOLDERS)), {}, FOLDERS).text


@cache
def made(name: str, **front: Any) -> Made:
    return writer.write(source(name, **front), FOLDERS, name)


@cache
def document(name: str) -> Any:
    return docx.Document(io.BytesIO(made(name).content))


def part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body_of(text: str) -> Any:
    """Return the body of a page, without what no document shows in words."""
    body = html.document_fromstring(re.sub(r"<svg\b.*?</svg>", "", text, flags=re.DOTALL)).find("body")
    for hidden in list(body.iter("script", "style")):
        hidden.drop_tree()
    return body


def words(content: bytes) -> str:
    return finished.sheets("page.docx", content)[0].text


def headings(document: Any) -> list[tuple[int, str]]:
    styled = ((each.style.name, " ".join(each.text.split())) for each in document.paragraphs)
    return [(int(name[-1]), text) for name, text in styled if name.startswith("Heading")]


# --------------------------------------------------------------------------------------------------- every word


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_holds_every_word_of_its_page_once_and_in_order(name: str) -> None:
    assert not made(name).problems
    assert squashed(words(made(name).content)) == squashed(body_of(source(name)).text_content())


TEXT = st.text(st.sampled_from("abc äß€&<>“”—\u00a0中"), min_size=1, max_size=9).filter(lambda text: bool(squashed(text)))
MARKS = st.sampled_from([
    "{}", "<strong>{}</strong>", "<em>{}</em>", "<code>{}</code>", "<b><i>{}</i></b>", '<span class="quiet">{}</span>', "{}<br/>",
    "<sub>{}</sub>", '<a href="https://example.org/?a=1&amp;b=2">{}</a>', "<u>{}</u>", '<span lang="de">{}</span>',
    "<!-- no --> {}",
])  # fmt: skip
PHRASES = st.lists(st.builds(lambda mark, text: mark.format(escape(text)), MARKS, TEXT), min_size=1, max_size=4).map(" ".join)
SPANS = st.sampled_from(["", ' colspan="2"', ' rowspan="2"'])
CELLS = st.builds("<{0}{2}>{1}</{0}>".format, st.sampled_from(["td", "th"]), PHRASES, SPANS)
ROWS = st.lists(CELLS, max_size=4).map(lambda cells: f"<tr>{''.join(cells)}</tr>")
TABLES = st.builds("<table>{}<tbody>{}</tbody></table>".format, st.sampled_from(["", "<thead><tr><th>h</th></tr></thead>"]),
                   st.lists(ROWS, min_size=1, max_size=4).map("".join))  # fmt: skip
STEPS = st.builds('<div class="step {}"><p class="cue">{}</p><div class="text"><p>{}</p></div></div>'.format,
                  st.sampled_from(["do", "say", "ask", "card", ""]), TEXT.map(escape), PHRASES)  # fmt: skip
LEAVES = st.one_of(
    st.builds("<p>{}</p>".format, PHRASES), st.builds("<h{0}>{1}</h{0}>".format, st.integers(1, 4), PHRASES),
    PHRASES, TABLES, STEPS,
    st.sampled_from(['<div class="line"></div>', "<hr/>", '<p class="fill">a <span class="gap"></span> b</p>', "<div></div>"]),
)  # fmt: skip


def items(each: list[str]) -> str:
    return "".join(f"<li>{one}</li>" for one in each)


def wraps(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inside, min_size=1, max_size=3)
    return st.one_of(
        st.builds("<div>{}</div>".format, several.map("".join)),
        st.builds('<div class="{}">{}</div>'.format, st.sampled_from(["sheet", "summary", "case", "part", "anything", "lines"]),
                  several.map("".join)),
        st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["ul", "ol"]), several.map(items)),
        st.builds("<blockquote>{}</blockquote>".format, several.map("".join)),
        st.builds('<div class="row"><p class="term">t</p>{}</div>'.format, several.map("".join)),
        st.builds("<table><tr><td>{}</td><td>x</td></tr></table>".format, several.map("".join)),
    )  # fmt: skip


PAGES = st.lists(st.recursive(LEAVES, wraps, max_leaves=6), min_size=1, max_size=4).map("".join)


@settings(max_examples=30, deadline=None)
@given(PAGES)
def test_any_page_keeps_its_words_its_order_and_its_headings_and_its_tables_are_whole(body: str) -> None:
    document = written(body, style=".part { break-before: page } .sheet { break-inside: avoid } .lines { break-before: right }")
    stream = io.BytesIO()
    document.save(stream)
    tree = body_of(page(body))
    assert squashed(words(stream.getvalue())) == squashed(tree.text_content())
    wanted = [(int(each.tag[1]), squashed(each.text_content())) for each in tree.iter("h1", "h2", "h3", "h4")]
    styled = (
        (each.style or "", squashed("".join(text.text or "" for text in each.iter(qn("w:t"))))) for each in paragraphs(document)
    )
    assert [(int(style[-1]), text) for style, text in styled if style.startswith("Heading")] == wanted
    assert not list(irregular(document.element.body))


def paragraphs(document: Any) -> Iterator[Any]:
    """Yield all paragraphs in order, those in tables included."""
    yield from document.element.body.iter(qn("w:p"))


def irregular(body: Any) -> Iterator[str]:
    """Yield what is wrong with tables: rows of other widths than the grid, cells that do not end with a paragraph."""
    for table in body.iter(qn("w:tbl")):
        columns = len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"))
        for row in table.findall(qn("w:tr")):
            spans = (cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in row.findall(qn("w:tc")))
            if sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) != columns:
                yield "a row is not as wide as its table"
        yield from ("a cell ends with a table" for cell in table.iter(qn("w:tc")) if cell[-1].tag != qn("w:p"))
        after = table.getnext()
        if after is not None and after.tag == qn("w:tbl"):
            yield "two tables are one"


def test_what_is_not_shown_is_not_written() -> None:
    shown = written(
        '<p>one</p><p class="no">two</p><p hidden>three</p><script>four</script><style>five</style>', ".no { display: none }"
    )
    assert [each.text for each in shown.paragraphs] == ["one"]


def test_an_element_that_word_has_nothing_for_keeps_its_words_and_is_reported() -> None:
    made = writer.write(
        page('<section id="here"><p>a <blink>b</blink></p><marquee><p>c</p></marquee></section>'), (), "page.docx"
    )
    assert squashed(words(made.content)) == "abc"
    said = {(problem.where, problem.message) for problem in made.problems}
    assert said == {("page.docx, here", f"<{tag}> means nothing to a Word document") for tag in ("blink", "marquee")}


# ------------------------------------------------------------------------------------------------ what Word has


@pytest.mark.parametrize("name", DOCUMENTS)
def test_headings_are_words_own_and_those_of_the_page(name: str) -> None:
    tree = body_of(source(name))
    cover = tree.find('.//section[@class="cover"]//h1')
    wanted = [
        (int(each.tag[1]), " ".join(each.text_content().split())) for each in tree.iter("h1", "h2", "h3") if each is not cover
    ]
    assert headings(document(name)) == wanted
    titles = [each.text for each in document(name).paragraphs if each.style.name == "Title"]
    assert titles == [cover.text_content()]
    levels = {style.name: style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}") for style in document(name).styles}
    assert [int(levels[f"Heading {number}"].get(qn("w:val"))) for number in (1, 2, 3)] == [0, 1, 2]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_style_that_is_used_is_there_and_says_what_it_is_based_on(name: str) -> None:
    root = document(name).element
    known = {style.style_id: style for style in document(name).styles}
    for tag, kind in (
        ("w:pStyle", WD_STYLE_TYPE.PARAGRAPH),
        ("w:rStyle", WD_STYLE_TYPE.CHARACTER),
        ("w:tblStyle", WD_STYLE_TYPE.TABLE),
    ):
        used = {each.get(qn("w:val")) for each in root.iter(qn(tag))}
        assert used and all(known[each].type == kind for each in used)
    bases = {base.get(qn("w:val")) for style in known.values() for base in style.element.iter(qn("w:basedOn"))}
    assert bases <= known.keys()


def test_every_rule_leads_to_a_style_that_there_is() -> None:
    named = {style for _, style in (*rules.PARAGRAPHS, *rules.CHARACTERS)} | {box.style for _, box in rules.BOXES}
    named |= {box.called for _, box in rules.BOXES if box.called}
    assert named <= looks.LOOKS.keys()
    assert {style.base for style in looks.LOOKS.values() if style.base} <= looks.LOOKS.keys()
    assert len({identity(name) for name in looks.LOOKS}) == len(looks.LOOKS)


def test_what_to_do_say_and_ask_are_styles_with_their_cue_before_the_first_paragraph() -> None:
    guide = [(each.style.name, each.text.replace("\u00a0", " ")) for each in document("guide.docx").paragraphs]
    assert ("Say", " Say \tSort what the task asks for.") in guide
    assert ("Ask", " Ask \tWhich card took longest?") in guide
    assert {"Do", "Say", "Ask", "Bridge", "Margin", "Purpose", "Aside"} <= {style for style, _ in guide}
    two = written('<div class="step say"><p class="cue">Say</p><div class="text"><p>One.</p><p>Two.</p></div></div>').paragraphs
    assert [(each.style.name, each.text.replace("\u00a0", " "), each.paragraph_format.first_line_indent) for each in two] == [
        ("Say", " Say \tOne.", None), ("Say", "Two.", 0)
    ]  # fmt: skip


def test_each_numbered_list_begins_anew_and_lists_are_words_own() -> None:
    found = written("<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol><p>-</p><ol start='4'><li>d<p>more</p></li></ol>")
    styles = [each.style.name for each in found.paragraphs]
    assert styles == ["List Number", "List Number", "List Bullet 2", "Normal", "List Number", "List Continue"]
    numbers = [each._p.pPr.numPr.numId.val for each in found.paragraphs if each.text in "abd"]
    assert numbers[0] == numbers[1] != numbers[2]
    overrides = found.part.numbering_part.element.xpath("//w:num/w:lvlOverride[@w:ilvl='0']/w:startOverride/@w:val")
    assert overrides == ["1", "4"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_tables_are_regular_have_a_head_that_repeats_and_rows_that_stay_whole(name: str) -> None:
    body = document(name).element.body
    assert not list(irregular(body))
    for table in document(name).tables:
        heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert heads[0] and not any(heads[1:])
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)


def test_columns_are_as_wide_as_the_styles_say_and_fill_the_page() -> None:
    style = "@page { size: A4; margin: 20mm } .narrow { width: 30mm }"
    table = written('<table><colgroup><col class="narrow"/><col/><col style="width: 20%"/></colgroup>'
                    "<tr><td>a</td><td>b</td><td>c</td></tr></table>", style).tables[0]  # fmt: skip
    assert [round(column.width.mm) for column in table.columns] == [30, 106, 34]


def test_room_to_write_is_as_high_as_on_paper() -> None:
    table = written('<table><tr><td class="open" style="height: 11mm"></td></tr></table>').tables[0]
    assert round(table.rows[0].height.mm) == 11
    lines = [each for each in document("workbook.docx").paragraphs if each.style.name == "Write-on Line"]
    assert len(lines) > 8
    assert lines[0].style.paragraph_format.line_spacing.mm == pytest.approx(9, abs=0.1)


def test_room_for_notes_fills_a_page_that_it_begins_and_is_short_where_nobody_knows_how_much_is_left() -> None:
    rest = '<div class="rest"><p class="label">Notes</p>' + '<div class="line"></div>' * 40 + "</div>"
    style = "@page { size: A4; margin: 20mm } .new { break-before: page } .rest { continue: discard }"

    def lines(before: str) -> int:
        return [each.style.name for each in written(before + rest, style).paragraphs].count("Write-on Line")

    assert 22 <= lines('<p>a</p><h1 class="new">Notes</h1>') <= 26  # of 257 mm, 9 mm each
    assert 15 <= lines(f"<p>a</p><h1 class='new'>Notes</h1><p>{'word ' * 80}</p>") <= 21
    assert lines("<h1>a</h1><table><tr><td>b</td></tr></table>") == 0
    assert lines("<p>a</p>" * 40) == 0


def test_boxes_and_gaps_are_controls_with_names_of_their_own() -> None:
    root = document("workbook.docx").element
    assert len(list(root.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"))) == 6
    assert [each.get(qn("w:val")) for each in root.iter(qn("w:tag"))].count("gap") == 3
    ids = [each.get(qn("w:val")) for each in root.xpath("//w:sdtPr/w:id")]
    assert len(set(ids)) == len(ids)


# ---------------------------------------------------------------------------------------------------- links, fields


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_inside_leads_to_a_place_that_is_there_once(name: str) -> None:
    root = document(name).element
    places = [each.get(qn("w:name")) for each in root.iter(qn("w:bookmarkStart"))]
    assert len({place.casefold() for place in places}) == len(places)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", place) for place in places)
    targets = {each.get(qn("w:anchor")) for each in root.iter(qn("w:hyperlink"))} - {None}
    assert targets and targets <= set(places)
    ends = [each.get(qn("w:id")) for each in root.iter(qn("w:bookmarkEnd"))]
    assert sorted(ends) == sorted(each.get(qn("w:id")) for each in root.iter(qn("w:bookmarkStart")))


def test_links_outside_are_relationships_and_one_address_is_one() -> None:
    found = written(
        '<p><a href="https://example.org/?a=1&amp;b=2">here</a> and <a href="https://example.org/?a=1&amp;b=2">there</a></p>'
    )
    outside = [each.target_ref for each in found.part.rels.values() if each.is_external]
    assert outside == ["https://example.org/?a=1&b=2"]
    assert [link.text for link in found.paragraphs[0].hyperlinks] == ["here", "there"]


def test_contents_are_a_field_that_word_can_renew_and_say_no_page_that_nobody_knows() -> None:
    root = document("workbook.docx").element
    codes = [each.text.strip() for each in root.iter(qn("w:instrText"))]
    assert codes.count('TOC \\o "1-2" \\h \\z \\u') == 1
    assert sum(code.startswith("PAGEREF ") for code in codes) >= 2
    kinds = [each.get(qn("w:fldCharType")) for each in root.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(codes)
    lines = [each for each in root.iter(qn("w:p")) if (each.style or "").startswith("TOC")]
    assert ["".join(each.itertext(qn("w:t"))) for each in lines][:2] == ["Our session", "What you take away"]
    assert (
        part(made("workbook.docx").content, "word/settings.xml").find(qn("w:updateFields")) is None
    )  # it would ask at each start


# ------------------------------------------------------------------------------------------------------------ pages


def test_pages_have_the_papers_size_and_their_binding_side() -> None:
    a4, letter = document("workbook.docx"), docx.Document(io.BytesIO(made("workbook.docx", paper="Letter").content))
    assert {(round(each.page_width.mm), round(each.page_height.mm)) for each in a4.sections} == {(210, 297)}
    assert {(round(each.page_width.mm), round(each.page_height.mm)) for each in letter.sections} == {(216, 279)}
    assert (round(a4.sections[-1].left_margin.mm), round(a4.sections[-1].right_margin.mm)) == (25, 18)
    settings = part(made("workbook.docx").content, "word/settings.xml")
    assert settings.find(qn("w:mirrorMargins")) is not None
    assert part(made("guide.docx").content, "word/settings.xml").find(qn("w:mirrorMargins")) is None


def test_the_cover_has_no_foot_and_all_other_pages_say_version_date_licence_and_number() -> None:
    cover, *others = document("workbook.docx").sections
    assert cover.footer.is_linked_to_previous
    first = others[0]
    assert re.search(r"v1\.0 · 22 November 2026 · CC BY 4\.0\t1$", first.footer.paragraphs[0].text)
    assert re.search(r"^1\t.* · v1\.0 · 22 November 2026 · CC BY 4\.0$", first.even_page_footer.paragraphs[0].text)
    assert all(each.footer.is_linked_to_previous for each in others[1:])
    codes = [each.text.strip() for each in first.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE"]


def test_what_opens_on_a_right_hand_page_is_a_part_that_does_so_in_word() -> None:
    starts = [
        str(each.start_type) for each in written("<p>a</p><div class='x'>b</div><p>c</p>", ".x { break-before: right }").sections
    ]
    assert len(starts) == 2 and "ODD" in starts[1]


def test_a_page_in_landscape_is_a_part_of_its_own() -> None:
    style = "@page { size: A4 } @page wide { size: A4 landscape; margin: 10mm } .wide { page: wide }"
    found = written('<p>a</p><div class="wide"><table><tr><td>b</td></tr></table></div><p>c</p>', style).sections
    assert [round(each.page_width.mm) for each in found] == [210, 297, 210]
    assert round(found[1].left_margin.mm) == 10


# ------------------------------------------------------------------------------------------------------------ brand


def test_colours_and_fonts_are_the_pages_own_and_the_themes() -> None:
    made = writer.write(page("<h1>a</h1><p><span class='x'>b</span></p>", TOKENS + " .x { color: var(--lead) }"), FOLDERS)
    theme = part(made.content, "word/theme/theme1.xml")
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    fonts = [each.get("typeface") for each in theme.iter(f"{drawing}latin")]
    assert fonts == ["Tiempos Text", "Söhne"]
    assert theme.find(f".//{drawing}accent1/{drawing}srgbClr").get("val") == "0F5C63"
    assert theme.find(f".//{drawing}dk1/{drawing}srgbClr").get("val") == "112233"
    styles = docx.Document(io.BytesIO(made.content)).styles
    faces = {
        face for each in styles.element.iter(qn("w:rFonts")) for key, face in each.items() if not key.lower().endswith("theme")
    }
    assert faces == {"Courier New"}
    themed = [each.get(qn("w:themeColor")) for each in styles.element.iter(qn("w:color"))]
    assert themed and all(themed)
    run = docx.Document(io.BytesIO(made.content)).paragraphs[1].runs[0]
    assert run.font.color.theme_color is not None and str(run.font.color.rgb) == "0F5C63"


def test_a_brand_of_a_customer_colours_its_documents() -> None:
    found = find_document("guide.docx", documents(FOLDERS))
    job = Job(small.edition(), found, {}, FOLDERS, TEMPLATES, TEMPLATES / "brand.pptx", own_brand=True)
    content = make(job).content
    theme = part(content, "word/theme/theme1.xml")
    fonts = [each.get("typeface") for each in theme.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}latin")]
    assert fonts == ["Cambria", "Calibri"]


# ---------------------------------------------------------------------------------------------------------- pictures


def test_drawings_are_vectors_with_a_picture_that_stands_in_and_words_for_those_who_cannot_see() -> None:
    found = written(f"<figure>{SVG.format('<title>Two  rings</title><style>svg .a { fill: red }</style>')}</figure>")
    content = io.BytesIO()
    found.save(content)
    with zipfile.ZipFile(content) as archive:
        names = {name: archive.read(name) for name in archive.namelist() if "media/" in name}
    assert sorted(name.rpartition(".")[2] for name in names) == ["png", "svg"]
    drawing = etree.fromstring(next(data for name, data in names.items() if name.endswith("svg")))
    rect = drawing.find("{http://www.w3.org/2000/svg}rect")
    assert (rect.get("fill"), rect.get("class")) == ("red", None)
    shape = found.inline_shapes[0]
    assert shape._inline.docPr.get("descr") == "Two rings"
    assert shape.width / shape.height == pytest.approx(2, abs=0.01)


def test_a_photo_is_fitted_into_the_page_and_one_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    Image.new("RGB", (3000, 1500), "red").save(tmp_path / "wide.png")
    body = '<figure style="width: 50%"><img src="wide.png" alt="red"/></figure>'
    made = writer.write(page(body, "@page { size: A4; margin: 20mm }"), (tmp_path,), "page.docx")
    shape = docx.Document(io.BytesIO(made.content)).inline_shapes[0]
    assert not made.problems and round(shape.width.mm) == 85
    for source in ("none.png", "../secret.png", "https://example.org/a.png", "data:image/png;base64,!"):
        wrong = writer.write(page(f'<p id="p1">a<img src="{source}" alt="x"/></p>'), (tmp_path,), "page.docx")
        assert [problem.where for problem in wrong.problems] == ["page.docx, p1"]
        assert words(wrong.content) == "a"


def test_a_chart_is_drawn_with_its_words_for_those_who_cannot_see() -> None:
    chart = '{"type": "bar", "categories": ["a", "b"], "series": [{"name": "s", "values": [1, 2]}]}'
    found = written(f"<figure class='chart' data-chart='{chart}' data-alt='Two bars'></figure>")
    assert found.inline_shapes[0]._inline.docPr.get("descr") == "Two bars"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_picture_says_what_it_shows(name: str) -> None:
    shapes = list(document(name).inline_shapes)
    told = [shape for shape in shapes if not list(shape._inline.docPr.iter("{*}decorative"))]
    assert told and all(shape._inline.docPr.get("descr") for shape in told)
    assert all(shape.height.mm < 6 for shape in shapes if shape not in told)  # signs, whose word stands beside them


def test_a_sign_before_words_is_a_small_decoration_and_one_that_cannot_be_drawn_leaves_its_word() -> None:
    style = '.kind {{ background: no-repeat 0 0 }} .a {{ background-image: url("{}") }}'
    body = '<p><span class="kind a">Input</span> and <span class="kind">more</span></p>'
    found = written(body, style.format(PICTURE))
    assert found.paragraphs[0].text.replace("\u00a0", "") == "Input and more"
    assert [bool(list(shape._inline.docPr.iter("{*}decorative"))) for shape in found.inline_shapes] == [True]
    wrong = writer.write(page(body, style.format("data:image/svg+xml,nothing")), FOLDERS)
    assert words(wrong.content) == "Input and more" and len(wrong.problems) == 1


def test_contents_in_two_columns_are_one_field_with_numbers_and_remarks() -> None:
    one = '<ol class="contents half"><li><div class="entry"><span>1</span> <a href="#{0}">First</a></div>'
    nested = '<ol><li><a href="#{0}">Second</a> (to tear out)</li></ol></li></ol>'
    found = written((one + nested).format("x") * 2 + '<h1 id="x">x</h1>').element
    lines = ["".join(each.text for each in line.iter(qn("w:t"))) for line in found.iter(qn("w:p")) if "TOC" in (line.style or "")]
    assert lines == ["1 First", "Second (to tear out)"] * 2
    assert len(list(found.iter(qn("w:docPartGallery")))) == 1


def test_slides_beside_a_segment_are_a_row_of_framed_pictures_with_their_numbers() -> None:
    one = f'<p class="thumbnail" style="width: 15mm"><img style="width: 15mm" alt="A slide" src="{PICTURE}"/><br/>{{}}</p>'
    found = written(f'<div class="margin"><p>09:00</p><div class="thumbnails">{one.format(4)}{one.format(5)}</div></div>')
    assert [(each.style.name, " ".join(each.text.split())) for each in found.paragraphs] == [
        ("Margin", "09:00"),
        ("Thumbnails", "4 5"),
    ]
    assert [round(shape.width.mm) for shape in found.inline_shapes] == [31, 31]
    assert all(shape._inline.graphic.graphicData.pic.spPr[-1].tag == qn("a:ln") for shape in found.inline_shapes)


# ----------------------------------------------------------------------------------------------------- the file itself


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_page_gives_the_same_bytes_with_the_pages_own_date(name: str) -> None:
    assert writer.write(source(name), FOLDERS, name).content == made(name).content
    properties = document(name).core_properties
    assert properties.title.startswith("Two Hats · ") and properties.language == "en-GB"
    assert f"{properties.created:%Y-%m-%d} {properties.modified:%Y-%m-%d}" == "2026-11-22 2026-11-22"
    with zipfile.ZipFile(io.BytesIO(made(name).content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_words_in_another_language_say_so() -> None:
    found = written('<p>She said <span lang="de">Guten Tag</span>.</p>').element
    assert [each.get(qn("w:val")) for each in found.iter(qn("w:lang"))] == ["de"]
    language = part(made("guide.docx").content, "word/styles.xml").find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_can_be_edited_and_saved_by_others(name: str) -> None:
    edited = docx.Document(io.BytesIO(made(name).content))
    edited.add_paragraph("A last-minute line", style="List Bullet")
    edited.add_heading("One more", level=2)
    stream = io.BytesIO()
    edited.save(stream)
    again = docx.Document(io.BytesIO(stream.getvalue())).paragraphs
    assert [(each.style.name, each.text) for each in again[-2:]] == [
        ("List Bullet", "A last-minute line"),
        ("Heading 2", "One more"),
    ]


def test_a_document_is_read_back_as_one_sheet_and_a_leak_in_it_is_found() -> None:
    sheet = finished.sheets("workbook.docx", made("workbook.docx").content)[0]
    assert {"m01", "s1", "contents"} <= set(sheet.parts)
    assert "Stand on the line" in sheet.text.splitlines()
    assert not leaks("workbook.docx", made("workbook.docx").content, small.edition())
    found = leaks("workbook.docx", made("guide.docx").content, small.edition())
    assert any("Hand out the cards" in problem.message for problem in found)


def test_illegal_characters_and_odd_pages_still_make_a_document() -> None:
    assert [each.text for each in written("<p>a\x0bb\x00</p>").paragraphs] == ["ab"]
    assert written("").paragraphs[0].text == ""
    assert written("<table><tr></tr><tr><td rowspan='9'>a</td></tr></table>").tables


ODD = f"""<h1>a</h1><table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr></table>
<table><thead><tr><th>x</th></tr></thead><tr><td><table><tr><td>in</td></tr></table></td></tr></table>
<ol type="a"><li>a <input type="checkbox"/></li></ol><p class="fill"><span class="gap"></span></p><pre>a  b
 c</pre><p style="text-align: center">x<sup>2</sup></p><p class="mine" data-word-style="My Own">own</p>{SVG.format("")}
<dl><dt>a</dt><dd>b</dd></dl>"""


def content(name: str) -> bytes:
    return made(name).content if name in DOCUMENTS else writer.write(page(ODD, footer="a"), FOLDERS).content


@pytest.mark.parametrize("name", [*DOCUMENTS, "odd.docx"])
def test_a_document_breaks_no_rule_of_its_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content(name))
    package = opened(path)
    assert not [finding for check in CHECKS for finding in check(package)]
    assert not [str(error) for error in openxml_audit.OpenXmlValidator().validate(path).errors]


@pytest.mark.client
@pytest.mark.slow
@pytest.mark.parametrize("name", [*DOCUMENTS, "odd.docx"])
def test_the_open_xml_sdk_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content(name))
    assert not open_xml_sdk_findings(path)
