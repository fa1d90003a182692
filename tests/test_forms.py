"""Forms: every place to write is a field on the screen, for eyes, hands and screen readers alike."""

from __future__ import annotations

import base64
import ctypes
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from PIL import ImageStat

import small
from clients import pdf_ua_findings
from coursewright import editions
from coursewright.documents import documents, find_document
from coursewright.outputs import Made, pdf
from coursewright.render import render
from tagged import structure

FOLDERS = (Path(__file__).parents[1] / "templates",)
PAPERS = ("A4", "Letter")
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # a sheet takes too long to be made smaller step by step
SHEET = """\
{#- reader: participant; formats: pdf; fillable: yes -#}
{% extends "blocks/page.html.j2" %}
{% set what, tones = "Sheet", {"lead": "L", "manage": "M", "both": "L + M", "": ""} %}
{% block styles %}{% include "styles/workbook.css" %}{% include "styles/fillable.css" %}{% endblock %}
{% block body %}<h1>Sheet</h1>
{% set module = edition.modules[0] %}{% set segment = module.segments[0] %}
{% for element in segment.workbook %}{% set sheet = "s" ~ loop.index %}
<div class="sheet">{% include "blocks/sheet.html.j2" %}</div>
{% endfor %}
{% endblock %}
"""


@cache
def workbook(paper: str = "A4", name: str = "workbook-fillable.pdf") -> Made:
    """Return a workbook, written in Polish on Letter paper."""
    language = "en-GB" if paper == "A4" else "pl"
    page = render(small.edition(paper=paper, language=language), find_document(name, documents(FOLDERS)), {}, FOLDERS)
    return pdf.write(page.text, FOLDERS, name)


def page(body: str, language: str = "en") -> str:
    return f'<!DOCTYPE html><html lang="{language}"><head><title>A page</title></head><body><h1>A page</h1>{body}</body></html>'


@dataclass(frozen=True)
class Field:
    """A widget as a viewer finds it: page from 0, left, bottom, right and top in points."""

    page: int
    name: str
    label: str
    rect: tuple[float, float, float, float]
    many: bool


def fields(content: bytes) -> list[Field]:
    with pikepdf.open(BytesIO(content)) as opened:
        return [_field(number, widget) for number, widget in widgets(opened)]


def widgets(opened: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    for number, each in enumerate(opened.pages):
        yield from ((number, note) for note in each.get("/Annots", []) if note.Subtype == "/Widget")


def _field(number: int, widget: Any) -> Field:
    left, bottom, right, top = (float(side) for side in widget.Rect)
    name = widget.T if "/T" in widget else widget.Parent.T
    return Field(number, str(name), str(widget.TU), (left, bottom, right, top), bool(int(widget.get("/Ff", 0)) & 4096))


def names(made: Made) -> list[str]:
    return list(dict.fromkeys(field.name for field in fields(made.content)))


# ------------------------------------------------------------------------------------------------------ workbook


def test_the_fillable_workbook_keeps_pdf_ua_1(tmp_path: Path) -> None:
    files = [tmp_path / f"{paper}.pdf" for paper in PAPERS]
    for file in files:
        file.write_bytes(workbook(file.stem).content)
    assert pdf_ua_findings(files) == []


def test_the_fillable_workbook_has_no_problem() -> None:
    assert [problem for paper in PAPERS for problem in workbook(paper).problems] == []


def test_every_place_to_write_is_a_field_with_a_telling_name() -> None:
    assert names(workbook()) == [
        "name", "O1-before", "O1-after",
        "S1-1-1", "S1-1-2", "S1-2-1", "S1-2-2", "notes-S1-3",
        "S1-3-r1-c3",
        *(f"S1-3-r{row}-c{column}" for row in (2, 3, 4, 5) for column in (1, 2, 3)),
        "S1-3-totals-c2", "S1-3-totals-c3",
        "S1-4-1", "S1-4-2", "S1-4-3", "S1-5-1-1", "S1-5-2-1", "S1-5-2-2",
        "S2-2-c1", "S2-2-c2", "S2-2-c3", "S2-3-r1-c3", "S2-3-r2-c3", "S2-4-q1", "S2-4-q2", "notes-M02", "notes-1",
    ]  # fmt: skip


def test_every_field_says_what_it_asks() -> None:
    told = {field.name: field.label for field in fields(workbook().content)}
    assert told["name"] == "My name"
    assert told["S1-1-1"] == "My reason for being here: I came because …"
    assert told["S1-2-1"] == "Before: 10 of 10, two jobs"
    assert told["S1-3-r1-c3"] == "Team meeting: L, M or both"
    assert told["S1-3-r3-c2"] == "A week of mine, row 3: Hours"
    assert told["S1-5-2-2"] == "Stand on the line: Managing is seeing to it that … gets done by …."
    assert told["S2-4-q1"] == "Question 1, B: It depends"
    assert all(told.values())


def test_both_forms_of_the_workbook_have_the_same_pages() -> None:
    printed, fillable = workbook(name="workbook.pdf"), workbook()
    assert fillable.places == printed.places
    assert fillable.count == printed.count


def test_the_printed_workbook_has_no_fields() -> None:
    with pikepdf.open(BytesIO(workbook(name="workbook.pdf").content)) as opened:
        assert "/AcroForm" not in opened.Root
    markup = render(small.edition(), find_document("workbook.pdf", documents(FOLDERS)), {}, FOLDERS).text
    assert "data-field" not in markup
    assert "on a screen" not in markup


def test_the_fillable_workbook_says_that_it_can_be_filled_in() -> None:
    words = pypdfium2.PdfDocument(workbook().content)[0].get_textpage().get_text_range()
    assert "then save the file" in words


def test_the_same_form_has_the_same_bytes() -> None:
    sheet = page('<p data-field="text" data-name="a" data-label="a" style="height: 9mm"></p>')
    assert pdf.write(sheet, ()).content == pdf.write(sheet, ()).content


# ------------------------------------------------------------------------------------------------------- geometry


def crossing(content: bytes) -> list[str]:
    """Return what is wrong with where fields stand: off the page, on words, or on each other."""
    wrong: list[str] = []
    document = pypdfium2.PdfDocument(content)
    found = fields(content)
    for number, each in enumerate(document):
        here = [field for field in found if field.page == number]
        text = each.get_textpage()
        words = [text.get_charbox(at) for at in range(text.count_chars())]
        wide, tall = each.get_size()
        wrong += [f"{field} is off the page" for field in here if meets(field.rect, (0, 0, wide, tall)) != area(field.rect)]
        wrong += [f"{field} is on words at {rect}" for field in here for rect in words if meets(field.rect, rect) > 1]
        wrong += [f"{one} is on {other}" for one, other in combinations(here, 2) if meets(one.rect, other.rect) > 0]
    return wrong


def meets(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return the area that two rectangles share."""
    wide, tall = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0) * max(tall, 0)


def area(rect: tuple[float, ...]) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


@pytest.mark.parametrize("paper", PAPERS)
def test_no_field_hides_words_or_another_field(paper: str) -> None:
    assert crossing(workbook(paper).content) == []


def test_fields_on_words_are_seen() -> None:
    field = '<p style="height: 9mm" data-field="multi" data-name="a" data-label="a">{}</p>'
    assert crossing(pdf.write(page(field.format("words")), ()).content)
    assert crossing(pdf.write(page(field.format("") + f'<div style="margin-top: -15mm">{field.format("")}</div>'), ()).content)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_field_is_large_enough_to_write_in(paper: str) -> None:
    for field in fields(workbook(paper).content):
        left, bottom, right, top = field.rect
        assert right - left >= 9, field
        assert top - bottom >= (25 if field.many else 9), field


WORDS = st.text("ab Éß–’, ", min_size=1, max_size=40).map(str.strip).filter(bool)
HOLED = st.tuples(WORDS, WORDS).map("{0[0]} ____ {0[1]} ____.".format)
ELEMENTS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "lines": {"count": st.integers(1, 6), "prompts": st.lists(WORDS | st.just(""), min_size=1, max_size=3)},
    "scale": {"low": WORDS, "high": WORDS, "steps": st.integers(1, 40), "rows": st.lists(WORDS, min_size=1, max_size=2)},
    "table": {
        "columns": st.lists(WORDS, min_size=2, max_size=2),
        "rows": st.lists(st.tuples(WORDS, WORDS | st.just("")), max_size=3),
        "blank": st.integers(0, 2),
        "totals": st.just("") | WORDS,
        "tall": st.integers(8, 40),
    },
    "grid": {"columns": st.lists(WORDS, min_size=2, max_size=5), "tall": st.integers(11, 90)},
    "bar": {"parts": st.lists(WORDS, min_size=1, max_size=4), "unit": st.sampled_from(["%", "hours"])},
    "fill": {"sentences": st.lists(HOLED, min_size=1, max_size=3)},
}
ANY = st.one_of([st.fixed_dictionaries({"kind": st.just(kind), **parts}) for kind, parts in ELEMENTS.items()])


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Return template folders of which the first makes one sheet of all elements."""
    folder = tmp_path_factory.mktemp("templates")
    (folder / "documents").mkdir()
    (folder / "documents" / "sheet.html.j2").write_text(SHEET, "utf-8")
    return (folder, *FOLDERS)


def sheets(elements: list[dict[str, Any]], paper: str, shelves: tuple[Path, ...]) -> Made:
    course = small.course(paper=paper)
    first = course.modules[0]
    segment = type(first.segments[0]).model_validate(small.segment("S1", "A segment", workbook=elements))
    modules = (first.model_copy(update={"segments": (segment,)}), *course.modules[1:])
    edition = editions.plan(course.model_copy(update={"modules": modules}), "managers")[0]
    return pdf.write(render(edition, find_document("sheet.pdf", documents(shelves)), {}, shelves).text, shelves)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@example(elements=[{"kind": "bar", "parts": ["a", "a", "a long name", "another name"], "unit": "hours"}], paper="A4")
@given(elements=st.lists(ANY, min_size=1, max_size=3), paper=st.sampled_from(PAPERS))
def test_whatever_a_sheet_asks_its_fields_stand_free(
    elements: list[dict[str, Any]], paper: str, shelves: tuple[Path, ...]
) -> None:
    made = sheets(elements, paper, shelves)
    with pikepdf.open(BytesIO(made.content)) as opened:
        roots = [str(field.T) for field in opened.Root.AcroForm.Fields] if "/AcroForm" in opened.Root else []
    assert crossing(made.content) == []
    assert made.problems == ()
    assert len(roots) == len(set(roots))
    said = structure(made.content).said()
    assert sorted(re.findall(r"\[([^\]]+)\]", said)) == sorted(field.name for field in fields(made.content))


def test_two_equal_elements_have_fields_of_their_own(shelves: tuple[Path, ...]) -> None:
    scale = {"kind": "scale", "low": "a", "high": "b", "steps": 2}
    assert names(sheets([scale, scale], "A4", shelves)) == ["s1-1", "s2-1"]


def test_a_scale_too_fine_to_hit_is_a_problem(shelves: tuple[Path, ...]) -> None:
    made = sheets([{"kind": "scale", "low": "a", "high": "b", "steps": 100}], "A4", shelves)
    assert made.problems[0].message == 'The field "s1-1" is too small to be filled in'


# -------------------------------------------------------------------------------------------------- reading order


def test_a_field_is_read_where_it_is_to_be_filled_in() -> None:
    said = structure(workbook().content).said("Lbl")
    assert "Icamebecause…[S1-1-1]Ileavecontentif…[S1-1-2]" in said
    assert "Leadingisgettingpeopleto[S1-5-1-1]adirection." in said
    assert "Teammeeting2[S1-3-r1-c3][S1-3-r2-c1]" in said
    assert "[S2-4-q1]ABoth{always}" in said


def test_the_tab_key_goes_in_reading_order() -> None:
    content = workbook().content
    read = re.findall(r"\[([^\]]+)\]", structure(content).said())
    assert read == [field.name for field in fields(content)]
    with pikepdf.open(BytesIO(content)) as opened:
        assert {str(each.Tabs) for each in opened.pages} == {"/S"}


def test_a_cell_of_a_table_holds_its_field() -> None:
    cells = structure(workbook().content).all("TD")
    assert [cell.said() for cell in cells if "S1-3-r2" in cell.said()] == ["[S1-3-r2-c1]", "[S1-3-r2-c2]", "[S1-3-r2-c3]"]


def test_a_field_is_found_from_its_place_in_the_tree_and_back() -> None:
    with pikepdf.open(BytesIO(workbook().content)) as opened:
        back = dict(
            zip(opened.Root.StructTreeRoot.ParentTree.Nums[::2], opened.Root.StructTreeRoot.ParentTree.Nums[1::2], strict=True)
        )
        for _, widget in widgets(opened):
            form = back[widget.StructParent]
            assert form.S == "/Form"
            assert form.K[0].Obj.objgen == widget.objgen


# ---------------------------------------------------------------------------------------------------------- looks


def test_every_field_brings_its_looks() -> None:
    with pikepdf.open(BytesIO(workbook().content)) as opened:
        assert "/NeedAppearances" not in opened.Root.AcroForm
        for _, widget in widgets(opened):
            looks = widget.AP.N
            assert isinstance(looks, pikepdf.Stream) or {"/Off", *looks.keys()} == set(looks.keys())
            assert int(widget.F) == 4


@pytest.mark.parametrize(
    ("language", "letters"), [("en-GB", "“Œuvre” – 12 €, naïve ß"), ("pl", "Łódź, świeży żółw"), ("el", "Καλημέρα")]
)
def test_the_form_is_typed_in_a_small_embedded_font_of_its_language(language: str, letters: str) -> None:
    field = '<p data-field="text" data-name="a" data-label="a" style="height: 9mm"></p>'
    with pikepdf.open(BytesIO(pdf.write(page(field, language), ()).content)) as opened:
        font = opened.Root.AcroForm.DR.Font.Write
        file = bytes(font.FontDescriptor.FontFile2.read_bytes())
        codes = dict(re.findall(r"<(..)> <(....)>", font.ToUnicode.read_bytes().decode()))
        assert len(font.FontDescriptor.FontFile2.read_raw_bytes()) < 100_000
        assert {f"{ord(letter):04x}" for letter in letters} <= set(codes.values())
        face = hb.Font(hb.Face(file))
        assert all(face.get_nominal_glyph(ord(letter)) for letter in letters)
        assert len(font.Widths) == 224


def test_a_brand_with_postscript_outlines_types_in_them_all_the_same(tmp_path: Path) -> None:
    face = f"@font-face {{ font-family: Brand; src: url(data:font/otf;base64,{base64.b64encode(postscript()).decode()}) }}"
    style = f"<style>{face} body {{ font-family: Brand }} h1 {{ font-weight: normal }}</style>"
    file = tmp_path / "brand.pdf"
    file.write_bytes(
        pdf.write(page(f'{style}<p data-field="text" data-name="a" data-label="a" style="height: 9mm"></p>'), ()).content
    )
    with pikepdf.open(file) as opened:
        font = opened.Root.AcroForm.DR.Font.Write
        assert str(font.BaseFont) == "/WRITER+Brand"
        typed = hb.Font(hb.Face(bytes(font.FontDescriptor.FontFile2.read_bytes())))
        assert typed.get_glyph_extents(typed.get_nominal_glyph(ord("A"))).width == 400
    assert pdf_ua_findings([file]) == []


def postscript() -> bytes:
    """Return an OpenType face with PostScript outlines: every letter is a block."""
    letters = {"space": 32, **{f"uni{code:04X}": code for code in (*range(33, 127), *range(161, 256))}}
    names = [".notdef", *letters]
    pen = T2CharStringPen(500, None)
    for move, point in zip((pen.moveTo, *[pen.lineTo] * 3), ((50, 0), (50, 700), (450, 700), (450, 0)), strict=True):
        move(point)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: name for name, code in letters.items()})
    builder.setupCFF("Brand", {}, dict.fromkeys(names, pen.getCharString()), {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Brand", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def test_a_place_without_a_name_or_label_is_a_problem() -> None:
    made = pdf.write(page('<p data-field="text" data-name="a" style="height: 9mm"></p>'), (), "sheet.pdf")
    assert [problem.message for problem in made.problems] == ['A field to fill in needs a name and a label: "a", ""']


def test_lines_that_were_never_drawn_have_no_field() -> None:
    made = pdf.write(page('<div data-field="lines" data-name="a" data-label="a"></div>'), ())
    assert fields(made.content) == []


def test_a_field_that_goes_on_over_the_page_is_two() -> None:
    lines = '<div class="line" style="height: 9mm"></div>' * 40
    made = pdf.write(page(f'<div data-field="lines" data-name="a" data-label="Notes">{lines}</div>'), ())
    assert [(field.page, field.name) for field in fields(made.content)] == [(0, "a"), (1, "a-2")]


# ------------------------------------------------------------------------------------------------------- filling


class Hand:
    """Somebody who fills in a form in PDFium, the viewer of Chromium."""

    def __init__(self, content: bytes) -> None:
        self.document = pypdfium2.PdfDocument(content)
        self.document.init_forms()
        self.places = {(field.name, field.label): field for field in fields(content)}

    def at(self, name: str, label: str = "") -> Field:
        return next(field for key, field in self.places.items() if key[0] == name and key[1].startswith(label))

    def click(self, field: Field, then: Callable[[Any, Any], None] = lambda form, page: None) -> None:
        page, form = self.document[field.page], self.document.formenv.raw
        x, y = (field.rect[0] + field.rect[2]) / 2, (field.rect[1] + field.rect[3]) / 2
        for act in (pdfium.FORM_OnMouseMove, pdfium.FORM_OnLButtonDown, pdfium.FORM_OnLButtonUp):
            act(form, page.raw, 0, x, y)
        then(form, page)
        pdfium.FORM_ForceToKillFocus(form)
        page.close()

    def type(self, field: Field, text: str) -> None:
        letters = (ctypes.c_ushort * (len(text) + 1))(*map(ord, text), 0)
        self.click(field, lambda form, page: pdfium.FORM_ReplaceSelection(form, page.raw, letters))

    def saved(self) -> bytes:
        buffer = BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()


@pytest.fixture(scope="module")
def filled() -> bytes:
    hand = Hand(workbook().content)
    hand.type(hand.at("name"), "Ada Lovelace")
    hand.type(hand.at("S1-1-1"), "I want to " + "know more " * 30)
    hand.type(hand.at("S1-3-r2-c2"), "12")
    hand.click(hand.at("S1-2-1", "Before: 3"))
    hand.click(hand.at("S1-2-1", "Before: 7"))
    hand.click(hand.at("S2-4-q2", "Question 2, B"))
    return hand.saved()


def values(content: bytes) -> dict[str, str]:
    with pikepdf.open(BytesIO(content)) as opened:
        return {str(field.T): str(field.get("/V", "")) for field in opened.Root.AcroForm.Fields}


def test_what_is_filled_in_is_in_the_saved_file(filled: bytes) -> None:
    found = values(filled)
    assert found["name"] == "Ada Lovelace"
    assert found["S1-1-1"].startswith("I want to know more know")
    assert found["S1-3-r2-c2"] == "12"
    assert found["S2-4-q2"] == "/B"


def test_of_a_scale_only_the_last_choice_stays(filled: bytes) -> None:
    assert values(filled)["S1-2-1"] == "/7"
    with pikepdf.open(BytesIO(filled)) as opened:
        chosen = [str(widget.TU) for _, widget in widgets(opened) if str(widget.get("/AS", "/Off")) != "/Off"]
    assert chosen == ["Before: 7 of 10", "Question 2, B: It depends"]


def test_a_choice_is_seen(filled: bytes) -> None:
    hand = Hand(filled)
    before, after = seen(Hand(workbook().content), "S1-2-1", "Before: 7"), seen(hand, "S1-2-1", "Before: 7")
    assert after < before - 20  # a dark dot where there was paper
    assert seen(hand, "S1-2-1", "Before: 3") > after + 20


def seen(hand: Hand, name: str, label: str) -> float:
    """Return how light a field is, from 0 to 255, as PDFium paints it."""
    field = hand.at(name, label)
    image = hand.document[field.page].render(scale=2, may_draw_forms=True, grayscale=True).to_pil()
    left, bottom, right, top = (side * 2 for side in field.rect)
    part = image.crop((int(left), int(image.height - top), int(right), int(image.height - bottom)))
    return float(ImageStat.Stat(part).mean[0])


def test_long_words_wrap_within_their_field(filled: bytes) -> None:
    with pikepdf.open(BytesIO(filled)) as opened:
        look = next(widget for _, widget in widgets(opened) if str(widget.get("/T", "")) == "S1-1-1").AP.N
        steps = [str(step.operator) for step in pikepdf.parse_content_stream(look)]
    assert sum(step in ("Td", "Tm", "T*", "'") for step in steps) > 2
