"""Tags of PDFs: one for each element of the page, however many pages it goes over, in the order in which it is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients import pdf_ua_findings
from coursewright.outputs import Made, pdf
from tagged import Element, orphans, structure

SMALL = """\
@page { size: 70mm 60mm; margin: 6mm }
body { margin: 0; font: 9pt/1.2 sans-serif }
table { table-layout: fixed; width: 100% }
"""
KINDS = {
    "p": "P",
    "table": "Table",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "thead": "THead",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "h2": "H2",
}
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
WORDS = (
    "amber",
    "birch",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "heath",
    "inlet",
    "juniper",
    "knoll",
    "larch",
    "mead",
    "north",
    "ochre",
)


def page(body: str, style: str = SMALL) -> str:
    head = f"<title>A page</title><style>{style}</style>"
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><h1>A page</h1>{body}</body></html>'


@cache
def written(body: str, style: str = SMALL) -> Made:
    return pdf.write(page(body, style), ())


def tags(body: str, style: str = SMALL) -> Element:
    return structure(written(body, style).content)


def spoken(html: str) -> str:
    """Return the words of a page without spaces."""
    body = html[html.index("<body>") :]
    return "".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


# ------------------------------------------------------------------------------------------------ any page at all


@st.composite
def words(draw: st.DrawFn, least: int = 1, most: int = 90) -> str:
    """Return words, some of them in bold, a link or another language."""
    count, start = draw(st.integers(least, most)), draw(st.integers(0, 14))
    said = [WORDS[(start + at) % len(WORDS)] for at in range(count)]
    form = draw(st.sampled_from(["{}", "<strong>{}</strong>", '<a href="https://example.org">{}</a>', '<em lang="de">{}</em>']))
    cut = draw(st.integers(0, count - 1))
    return " ".join(said[:cut]) + " " + form.format(" ".join(said[cut:]))


def listed(kind: str, items: list[str]) -> str:
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


@st.composite
def table(draw: st.DrawFn) -> str:
    columns, rows = draw(st.integers(1, 3)), draw(st.integers(1, 14))
    head = "".join(f'<th scope="col">column {at}</th>' for at in range(columns + 1))
    cells = "".join(f"<td>{draw(words(1, 6))}</td>" for _ in range(columns))
    body = "".join(f'<tr><th scope="row">row {at}</th>{cells}</tr>' for at in range(rows))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


BLOCKS = st.recursive(
    st.one_of(words().map("<p>{}</p>".format), words(1, 4).map("<h2>{}</h2>".format), table()),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"<section>{''.join(parts)}</section>"),
        st.lists(st.one_of(words(), inner.filter(lambda part: "<h2" not in part)), min_size=1, max_size=3).flatmap(
            lambda items: st.sampled_from(["ul", "ol"]).map(lambda kind: listed(kind, items))
        ),
    ),
    max_leaves=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCKS, min_size=1, max_size=3).map("".join))
def test_every_element_is_one_tag_and_is_read_where_it_stands(body: str) -> None:
    html = page(body)
    made = pdf.write(html, ())
    document = structure(made.content)
    expected = Counter(KINDS[tag] for tag in re.findall(r"<(\w+)", body) if tag in KINDS)
    assert Counter(each.kind for each in document.walk() if each.kind in KINDS.values()) == expected
    assert document.said("Lbl") == spoken(html)


LONG = "amber birch cedar delta " * 30
ROWS = "".join(f'<tr><th scope="row">row {at}</th><td>{LONG[:60]}</td><td>x</td></tr>' for at in range(8))
HEAD = "".join(f'<th scope="col">{letter}</th>' for letter in "ABC")
TABLE = f"<table><thead><tr>{HEAD}</tr></thead><tbody>{ROWS}</tbody></table>"
CASES: dict[str, str] = {
    "a paragraph": f"<p>{LONG}</p>",
    "a table": TABLE,
    "a table with a foot": TABLE.replace("<tbody>", "<tfoot><tr><td>f</td><td>f</td><td>f</td></tr></tfoot><tbody>"),
    "a table with a caption": TABLE.replace("<thead>", "<caption>What it is</caption><thead>"),
    "a link in a repeated header": TABLE.replace(">A<", '><a href="#end">A <b>bold</b></a><') + '<p id="end">end</p>',
    "spans of rows": f'<table><tbody>{"<tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr>" * 9}</tbody></table>',
    "lists in lists": f"<ul><li>{LONG}<ol><li>one</li><li>{LONG}</li></ol>after it</li><li><p>block</p><p>another</p></li></ul>",
    "numbers inside": f'<ol style="list-style-position: inside"><li>{LONG}</li><li>two</li></ol>',
    "no numbers": f'<ul style="list-style: none"><li>{LONG}</li><li>two</li></ul>',
    "terms": f"<dl><dt>term</dt><dd>{LONG}</dd></dl>",
    "links of all sorts": f'<p><a href="#last">{LONG}</a></p><p id="last"><a href="https://example.org"><strong>bold</strong></a></p>'
    f'<p><a href="#last"><img alt="a dot" src="{PIXEL}"/></a></p>',
    "words between blocks": f"<div>before<p>{LONG}</p>after <b>bold</b></div>",
    "columns": f'<div style="columns: 2"><p>{LONG}</p><ul><li>one</li><li>{LONG}</li></ul></div>',
    "floats and places": f'<p>{LONG}<span style="float: left">aside</span></p>'
    '<div style="position: relative"><p style="position: absolute">x</p></div>',
    "flex and grid": '<div style="display: flex"><p>a</p><p>b</p></div><div style="display: grid"><p>c</p><p>d</p></div>',
    "a drawing": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9"><title>Nine</title><rect width="9"/></svg>',
    "margins": f"<style>@page {{ @bottom-left {{ content: 'foot' }} }}</style><p>{LONG}</p>",
    "another language": f'<p>a <em lang="de">Wort</em></p><p lang="fr">{LONG}</p>',
}  # fmt: skip


def test_what_goes_over_pages_keeps_pdf_ua_1(tmp_path: Path) -> None:
    file = tmp_path / "all.pdf"
    file.write_bytes(written("".join(CASES.values())).content)
    assert pdf_ua_findings([file]) == []


@pytest.mark.parametrize("case", CASES)
def test_no_words_are_lost(case: str) -> None:
    content = written(CASES[case]).content
    assert orphans(content) == []
    assert len(structure(content).said("Lbl")) >= len("Apage")


# --------------------------------------------------------------------------------------------------------- tables


def test_a_table_over_pages_is_one_with_one_header() -> None:
    made = written(TABLE)
    document = structure(made.content)
    (found,) = document.all("Table")
    assert made.count > 2
    assert [each.kind for each in found.kids if isinstance(each, Element)] == ["THead", "TBody"]
    assert [each.said() for each in document.all("TR")][:3] == [
        "ABC",
        "row0" + "".join(LONG[:60].split()) + "x",
        "row1" + "".join(LONG[:60].split()) + "x",
    ]
    assert len(document.all("TR")) == 9


def test_cells_know_the_headers_of_their_row_and_column_on_every_page() -> None:
    document = tags(TABLE)
    ids = {str(each.entries["/ID"]): each.said() for each in document.all("TH")}
    assert len(ids) == 11
    for at, row in enumerate(document.all("TBody")[0].all("TR")):
        heads = [[ids[str(name)] for name in cell.entries["/A"].Headers] for cell in row.all("TD")]
        assert heads == [[f"row{at}", "B"], [f"row{at}", "C"]]


def test_a_header_within_the_body_heads_what_is_below_it() -> None:
    first, last = ('<tr><th scope="row">1</th><td>a</td></tr>', '<tr><th scope="row">2</th><td>b</td></tr>')
    group = f'{first}<tr><th scope="colgroup">Part</th><th>Of it</th></tr>{last}'
    document = tags(f"<table><tbody>{group}</tbody><tbody><tr><td>c</td><td>d</td></tr></tbody></table>")
    ids = {str(each.entries["/ID"]): each.said() for each in document.all("TH")}
    heads = {cell.said(): [ids[str(name)] for name in cell.entries["/A"].Headers] for cell in document.all("TD")}
    assert heads == {"a": ["1"], "b": ["2", "Ofit"], "c": [], "d": []}


def test_a_foot_is_read_last() -> None:
    (found,) = tags(CASES["a table with a foot"]).all("Table")
    assert [each.kind for each in found.kids if isinstance(each, Element)] == ["THead", "TBody", "TFoot"]


def test_a_cell_says_how_many_rows_and_columns_it_takes() -> None:
    first, *_ = tags('<table><tr><td rowspan="2" colspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>').all("TD")
    assert (first.entries["/A"].RowSpan, first.entries["/A"].ColSpan) == (2, 2)


# ------------------------------------------------------------------------------------------------ words and links


def test_what_follows_a_nested_list_is_read_after_it() -> None:
    assert tags("<ul><li>one<ul><li>two</li></ul>three</li></ul>").said("Lbl") == "Apageonetwothree"


def test_a_list_says_how_it_is_numbered() -> None:
    found = tags('<ol><li>a</li></ol><ul><li>b</li></ul><ul style="list-style: none"><li>c</li></ul>').all("L")
    assert [str(each.entries["/A"].ListNumbering) for each in found] == ["/Decimal", "/Disc", "/None"]


def test_words_in_another_language_say_so() -> None:
    spans = tags("<p>It is <em lang='de'>die Führung</em>, <b>not</b> the lead.</p>").all("Span")
    assert [(each.said(), str(each.entries["/Lang"])) for each in spans] == [("dieFührung", "de")]


def test_a_link_over_lines_and_pages_is_one_and_has_a_place_for_each_line() -> None:
    made = written(f'<p>see <a href="https://example.org">{LONG}<strong>end</strong></a></p>')
    (found,) = structure(made.content).all("Link")
    with pikepdf.open(BytesIO(made.content)) as opened:
        links = [each for each_page in opened.pages for each in each_page.get("/Annots", [])]
        assert len(links) == sum(kid == "" for kid in found.kids) > 5
        assert {str(link.Contents) for link in links} == {" ".join(f"{LONG}end".split())}
    assert found.said() == "".join(f"{LONG}end".split())


def test_a_linked_picture_says_what_it_shows() -> None:
    made = written(f'<p><a href="https://example.org"><img alt="a dot" src="{PIXEL}"/></a></p>')
    with pikepdf.open(BytesIO(made.content)) as opened:
        (link,) = opened.pages[0].Annots
        assert str(link.Contents) == "a dot"


def test_margins_and_repeated_headers_are_artifacts() -> None:
    made = written(TABLE, SMALL + "@page { @bottom-left { content: 'foot' } }")
    with pikepdf.open(BytesIO(made.content)) as opened:
        for number, each in enumerate(opened.pages):
            begun = [step.operands for step in pikepdf.parse_content_stream(each) if str(step.operator) == "BDC"]
            assert sum(str(tag) == "/Artifact" for tag, _ in begun) == (
                1 if number == 0 else 4
            )  # the foot, and three headers on later pages


def test_a_figure_stands_where_it_is_drawn() -> None:
    body = f'<p style="margin: 0"><img alt="a dot" style="display: block; width: 10mm; height: 5mm" src="{PIXEL}"/></p>'
    (figure,) = tags(
        body, "@page { size: 100mm 100mm; margin: 10mm } body { margin: 0 } h1 { position: absolute; top: 50mm }"
    ).all("Figure")
    millimetres = [round(float(side) * 25.4 / 72) for side in figure.entries["/A"].BBox]
    assert millimetres == [10, 85, 20, 90]


def test_a_page_without_a_language_is_a_problem() -> None:
    made = pdf.write("<!DOCTYPE html><html><head><title>x</title></head><body><h1>x</h1></body></html>", ())
    assert [problem.message for problem in made.problems] == ['Missing required "lang" attribute at the root of the document']


@pytest.mark.parametrize("way", [page, lambda body: page(f"<main>{body}</main>")])
def test_the_same_page_has_the_same_tags(way: Callable[[str], str]) -> None:
    html = way(TABLE + f"<p>{LONG}</p>")
    assert pdf.write(html, ()).content == pdf.write(html, ()).content
