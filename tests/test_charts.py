"""Charts: numbers in YAML become native charts in the deck and vectors in print, and what cannot be read is refused."""

from __future__ import annotations

import html
import io
import itertools
import json
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from matplotlib.colors import to_rgb
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pydantic import ValidationError

import ooxml
import small
from clients import open_xml_sdk_findings, pdf_ua_findings
from coursewright import charting, editions, model
from coursewright.charting import CATEGORIES, Chart, cautions, chart, faults, ordered, written
from coursewright.documents import documents, find_document
from coursewright.load import complaints
from coursewright.outputs import charts, pdf
from coursewright.outputs import html as web
from coursewright.outputs.pptx import charts as native
from coursewright.outputs.pptx import page
from coursewright.outputs.pptx.brand import Brand
from coursewright.outputs.pptx.colours import LIGHT
from coursewright.outputs.pptx.sheet import Book, Sheet
from coursewright.outputs.pptx.values import Rect
from coursewright.problems import Problem, Severity
from coursewright.render import render
from coursewright.source import Plain, Written

TEMPLATES = Path(__file__).parents[1] / "templates"
PLACE = Rect(731_520, 1_691_640, 7_178_040, 4_023_360)  # the default brand's place for a chart
ALT = "Six in ten tasks arrive without a reason"
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri"]
WEEK = [
    {"name": "Interruptions", "values": [12, 18, 25, 19, 9]},
    {"name": "Planned talks", "values": [4, 5, None, 3, 2]},
    {"name": "Own work", "values": [20, 17, 12, 16, 26]},
]
REASONS = ["No reason given", "A reason, once", "Linked to a goal", "We drew the link"]
SHARES = [{"name": "Share of tasks", "values": [59, 21, 14, 6]}]
ROLES = ["Team leads", "Directors"]
HOURS = [{"name": "Leading", "values": [8, 21]}, {"name": "Managing", "values": [24, 12]}, {"name": "Own work", "values": [8, 7]}]
ASPECTS = ["Direction", "Trust", "Planning", "Delivery"]
KINDS: dict[str, dict[str, Any]] = {
    "column": {"categories": REASONS, "series": SHARES, "highlight": {"No reason given": "manage"}},
    "bar": {"categories": REASONS, "series": SHARES, "format": '0" %"', "sort": "ascending"},
    "stacked": {"categories": ROLES, "series": HOURS, "percent": True, "y_title": "Share of the week"},
    "line": {"categories": DAYS, "series": WEEK, "x_title": "Day", "y_title": "A day"},
    "pie": {"categories": REASONS, "series": SHARES},
    "doughnut": {"categories": REASONS, "series": SHARES, "highlight": {"We drew the link": "lead"}},
    "scatter": {"series": [{"name": "Leading", "points": [[1, 2.5], [3, 4]]}, {"name": "Managing", "points": [[1, 5], [7, 2]]}]},
    "radar": {
        "categories": ASPECTS,
        "series": [{"name": "Self", "values": [4, 5, 3, 4]}, {"name": "Team", "values": [3, 3, 4, 5]}],
    },
}
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def made(kind: str = "column", **changes: Any) -> Chart:
    return ordered(chart({"type": kind, **KINDS[kind], **changes}, ALT))


def wrong(kind: str = "column", **changes: Any) -> str:
    """Return the first thing that is wrong with a chart."""
    return next(faults(chart({"type": kind, **KINDS[kind], **changes}, ALT)), "")


def deck(*shown: Chart) -> bytes:
    """Return a deck with one chart a slide."""
    brand = Brand((TEMPLATES / "brand.pptx").read_bytes())
    layout, presentation = brand.find(("chart",)), brand.presentation
    book = Book(presentation.part.package)
    for number, each in enumerate(shown):
        slide = presentation.slides.add_slide(layout.layout)
        for holder in list(slide.placeholders)[1:]:
            holder._element.getparent().remove(holder._element)
        slide.shapes.title.text = f"Finding {number}"
        for run in slide.shapes.title._element.iter(qn("a:r")):
            run.get_or_add_rPr().set("lang", "en-GB")
        sheet = Sheet(book, slide.part, slide.shapes._spTree, itertools.count(100), "en-GB")
        slide.shapes._spTree.append(native.frame(each, layout.slots["chart"].rect, sheet, layout.ground))
    stream = io.BytesIO()
    presentation.save(stream)
    return stream.getvalue()


@cache
def package() -> Any:
    return Presentation(str(TEMPLATES / "brand.pptx")).part.package


def shape(shown: Chart, rect: Rect = PLACE) -> tuple[Any, Any]:
    """Return a chart's shape and its part, on a slide that is nowhere."""
    slide = Part(PackURI("/ppt/slides/slide1.xml"), CT.PML_SLIDE, package())
    sheet = Sheet(Book(package()), slide, None, itertools.count(2), "en-GB")
    frame = native.frame(shown, rect, sheet, LIGHT)
    (relation,) = slide.rels.values()
    return frame, relation.target_part


def drawing(shown: Chart) -> Any:
    """Return the native chart's XML."""
    return etree.fromstring(shape(shown)[1].blob)


def workbook(shown: Chart) -> dict[str, bytes]:
    (relation,) = shape(shown)[1].rels.values()
    with zipfile.ZipFile(io.BytesIO(relation.target_part.blob)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def figure(data: dict[str, Any], alt: str = ALT) -> str:
    return f'<figure class="chart" data-chart="{html.escape(json.dumps(data))}" data-alt="{html.escape(alt)}"></figure>'


def printed(*data: dict[str, Any], tokens: str = "--manage: #123456; --sans: Calibri, Carlito, sans-serif;") -> str:
    head = f"<head><title>Charts</title><style>:root {{ {tokens} }}</style></head>"
    body = "".join(map(figure, data))
    return f'<!DOCTYPE html><html lang="en-GB">{head}<body><h1>Charts</h1>{body}</body></html>'


def drawn(kind: str, **changes: Any) -> Any:
    """Return a chart's ``<svg>`` in print."""
    text, problems = charts.drawn(printed({"type": kind, **KINDS[kind], **changes}))
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]
    found = re.search(r"<svg.*</svg>", text, re.DOTALL)
    assert found
    return etree.fromstring(found[0])


def luminance(colour: tuple[float, float, float]) -> float:
    """Return how light a colour is as grey (ITU-R BT.601), from 0 to 1."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def words(svg: Any) -> list[str]:
    return [str(each.text) for each in svg.iter("{*}text")]


# ---------------------------------------------------------------------------------------------- in the deck


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_native_chart_that_can_be_edited(kind: str) -> None:
    shown = made(kind)
    presentation = Presentation(io.BytesIO(deck(shown)))
    found = next(each for each in presentation.slides[0].shapes if each.has_chart).chart
    plot = found.plots[0]
    assert [series.name for series in plot.series] == [series.name for series in shown.series]
    if kind != "scatter":
        assert list(plot.categories) == list(shown.categories)
        assert [series.values for series in plot.series] == [series.values for series in shown.series]
    assert found.part.chart_workbook.xlsx_part is not None


def test_decks_with_charts_have_nothing_to_repair(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    file.write_bytes(deck(*map(made, KINDS)))
    package = ooxml.opened(file)
    assert not [finding for check in ooxml.CHECKS for finding in check(package)]


@pytest.mark.client
def test_the_open_xml_sdk_finds_no_fault_in_any_kind_of_chart(tmp_path: Path) -> None:
    file = tmp_path / "deck.pptx"
    dressed = (made(kind, labels=labels) for kind in KINDS for labels in (True, False))
    file.write_bytes(deck(*dressed, made("line", categories=[f"{year}" for year in range(1990, 2030)], series=long_series())))
    assert not open_xml_sdk_findings(file)


def long_series() -> list[dict[str, Any]]:
    return [{"name": name, "values": [start + year / 2 for year in range(40)]} for name, start in (("A", 1), ("B", 1.2))]


@pytest.mark.parametrize("kind", KINDS)
def test_axis_ids_are_positive_and_radar_lines_are_not_smooth(kind: str) -> None:
    root = drawing(made(kind))
    assert all(int(each.get("val")) > 0 for each in root.iter(f"{C}axId", f"{C}crossAx"))
    assert kind != "radar" or root.find(f".//{C}smooth") is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chart_gives_the_same_bytes(kind: str) -> None:
    assert workbook(made(kind)) == workbook(made(kind))
    assert etree.tostring(drawing(made(kind))) == etree.tostring(drawing(made(kind)))
    page = printed({"type": kind, **KINDS[kind]})
    assert charts.drawn(page) == charts.drawn(page)


def test_the_workbook_carries_no_date_of_today() -> None:
    assert b"2000-01-01T00:00:00Z" in workbook(made())["docProps/core.xml"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_drawn_in_theme_colours_and_theme_fonts_of_a_size_that_can_be_read(kind: str) -> None:
    root = drawing(made(kind))
    assert root.find(f".//{qn('a:srgbClr')}") is None
    assert {face.get("typeface") for face in root.iter(qn("a:latin"))} == {"+mn-lt"}
    assert min(int(each.get("sz")) for each in root.iter(qn("a:defRPr"))) >= 1200
    assert all(int(size.get("sz")) >= 1400 for labels in root.iter(f"{C}dLbls") for size in labels.iter(qn("a:defRPr")))


def test_a_chart_says_its_finding_in_the_alt_text() -> None:
    about = shape(made())[0].find(f"*/{qn('p:cNvPr')}")
    assert (about.get("name"), about.get("descr")) == ("chart", ALT)


def test_a_missing_value_is_a_gap_and_not_a_nought() -> None:
    root = drawing(made("line"))
    assert root.find(f".//{C}dispBlanksAs").get("val") == "gap"
    second = root.findall(f".//{C}ser")[1]
    assert [point.get("idx") for point in second.find(f"{C}val").iter(f"{C}pt")] == ["0", "1", "3", "4"]
    assert second.find(f"{C}marker/{C}symbol").get("val") != "none"  # a point between two gaps would not be seen


def test_names_are_never_read_as_formulas_or_links() -> None:
    data = workbook(made(categories=["=1+1", "https://example.org", "2025", "+5"]))
    sheet = data["xl/worksheets/sheet1.xml"]
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    assert b"=1+1" in data["xl/sharedStrings.xml"]


def test_names_may_hold_the_characters_of_xml() -> None:
    root = drawing(made(categories=["a < b", "c & d", '"e"', "’f"]))
    assert "a < b" in [each.text for each in root.iter(f"{C}v")]


def test_a_legend_stands_only_where_names_cannot_stand_at_their_lines() -> None:
    assert drawing(made("column")).find(f".//{C}legend") is None
    assert drawing(made("stacked")).find(f".//{C}legend") is not None
    named = drawing(made("line"))
    assert named.find(f".//{C}legend") is None
    assert [each.find(f"{C}showSerName").get("val") for each in named.iter(f"{C}dLbl")] == ["1", "1", "1"]
    close = [{"name": "A", "values": [1, 2, 3, 4, 5.1]}, {"name": "B", "values": [9, 8, 7, 6, 5]}]
    assert drawing(made("line", series=close)).find(f".//{C}legend") is not None


def test_where_marks_carry_their_numbers_there_is_no_scale() -> None:
    with_labels, without = (drawing(made(labels=labels)).find(f".//{C}valAx") for labels in (True, False))
    assert with_labels.find(f"{C}tickLblPos").get("val") == "none"
    assert with_labels.find(f"{C}majorGridlines") is None
    assert without.find(f"{C}majorGridlines") is not None


def test_columns_begin_at_nought() -> None:
    root = drawing(made(series=[{"name": "A", "values": [97, 98, 99, 100]}]))
    assert root.find(f".//{C}valAx/{C}scaling/{C}min").get("val") == "0"


def test_what_stands_out_has_a_colour_and_the_rest_is_quiet() -> None:
    points = drawing(made()).findall(f".//{C}dPt")
    assert [point.find(f".//{qn('a:schemeClr')}").get("val") for point in points] == ["accent2", "bg1", "bg1", "bg1"]


def test_the_first_bar_stands_at_the_top() -> None:
    assert drawing(made("bar")).find(f".//{C}catAx/{C}scaling/{C}orientation").get("val") == "maxMin"


def test_long_lines_name_only_as_many_categories_as_have_room() -> None:
    years = [str(year) for year in range(1990, 2030)]
    assert int(drawing(made("line", categories=years, series=long_series())).find(f".//{C}tickLblSkip").get("val")) > 1
    assert drawing(made("line")).find(f".//{C}tickLblSkip") is None


# --------------------------------------------------------------------------------------------------- in print


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_vectors_and_text_in_print(kind: str) -> None:
    svg = drawn(kind)
    assert svg[0].tag.endswith("title")
    assert svg[0].text == ALT
    assert svg.find(".//{*}image") is None
    assert words(svg)
    assert svg.get("font-family") == "Calibri,Carlito,sans-serif"
    assert not [each for each in svg.iter() if "font-family" in each.attrib or "style" in each.attrib if each is not svg]
    if kind != "scatter":
        assert {name for name in made(kind).categories if " " not in name} <= set(words(svg))


def test_print_takes_the_colours_of_the_page() -> None:
    assert "#123456" in etree.tostring(drawn("bar", highlight={"No reason given": "manage"})).decode()


def test_a_gap_breaks_the_line_in_print() -> None:
    def moves(values: list[int | None]) -> int:
        data = [{"name": "A", "values": values}]
        return sum(each.get("d", "").count("M") for each in drawn("line", series=data, labels=False).iter("{*}path"))

    assert moves([1, 2, None, 3, 4]) == moves([1, 2, 2, 3, 4]) + 1


def test_print_writes_numbers_as_the_deck_does() -> None:
    assert "59 %" in words(drawn("bar"))
    assert "59 %" in words(drawn("bar", format="0 %", series=[{"name": "A", "values": [0.59, 0.21, 0.14, 0.06]}]))


def test_dollars_are_money_and_not_mathematics() -> None:
    assert "$5 to $10" in words(drawn("bar", categories=["$5 to $10", "a", "b", "c"]))


def test_ids_of_two_charts_on_a_page_differ() -> None:
    data = {"type": "stacked", **KINDS["stacked"]}
    text, _ = charts.drawn(printed(data, data))
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert ids
    assert len(ids) == len(set(ids))


def test_series_differ_in_black_and_white_too() -> None:
    four = [{"name": name, "values": [10, 10]} for name in "ABCD"]
    svg = charts.drawn(figure({"type": "stacked", "categories": ROLES, "series": four, "labels": False}))[0]
    greys = sorted({luminance(to_rgb(fill)) for fill in re.findall(r'<path[^>]*fill="(#\w+)"', svg)})
    assert len(greys) == 4
    assert min(after - before for before, after in itertools.pairwise(greys)) > 0.08
    dashes = {each.get("stroke-dasharray") for each in drawn("radar").iter("{*}path") if each.get("stroke-width") == "1.75"}
    assert len(dashes) == 2


def test_a_page_with_charts_prints_without_a_complaint() -> None:
    result = pdf.write(printed(*({"type": kind, **data} for kind, data in KINDS.items())), ())
    assert not result.problems
    assert b"/Subtype /Image" not in result.content


@pytest.mark.client
def test_charts_in_print_are_accessible(tmp_path: Path) -> None:
    file = tmp_path / "charts.pdf"
    file.write_bytes(pdf.write(printed(*({"type": kind, **data} for kind, data in KINDS.items())), ()).content)
    assert not pdf_ua_findings([file])


def test_charts_stand_in_the_page_for_a_screen() -> None:
    result = web.write(printed({"type": "pie", **KINDS["pie"]}))
    assert b"<svg" in result.content
    assert b"data-chart" not in result.content


def test_a_chart_that_cannot_be_drawn_is_an_error_and_not_silence() -> None:
    text, problems = charts.drawn(printed({"type": "pie", "series": []}), "workbook.pdf")
    assert problems == (Problem("the chart has no series", "workbook.pdf"),)
    assert "<svg" not in text


def test_matplotlib_is_loaded_only_where_a_chart_is_printed() -> None:
    code = "import sys, coursewright.outputs.charts, coursewright.outputs.pptx.charts; print('matplotlib' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


# ------------------------------------------------------------------------------------------ from YAML to the page


def test_slides_and_workbook_show_the_same_chart() -> None:
    course = small.course()
    module = course.modules[0]
    facts = {"kind": "chart", "chart": {"type": "bar", **KINDS["bar"]}, "alt": ALT, "source": "Made up."}
    slide = {**facts, "title": "Six in ten", "reading": "What it means."}
    segment = module.segments[0].replaced({"slides": [slide], "workbook": [facts]})
    changed = course.replaced({"modules": (module.replaced({"segments": (segment,)}), *course.modules[1:])})
    edition = editions.plan(changed, "managers")[0]
    pages = [
        render(edition, find_document(name, documents((TEMPLATES,))), {}, (TEMPLATES,)).text
        for name in ("deck.pptx", "workbook.pdf")
    ]
    found = next(slide for slide in page.read(pages[0]).slides if slide.layouts[0] == "chart")
    assert [type(fill.block).__name__ for fill in found.fills] == ["Text", "Chart", "Text", "Text"]
    assert found.fills[1].block == made("bar")
    assert ALT in charts.drawn(pages[1])[0]


def test_a_figure_whose_data_is_broken_is_an_error_with_its_place() -> None:
    section = (
        '<section data-at="modules/01.yaml#/segments/0"><h2>T</h2><figure data-chart="{nonsense" data-alt="x"></figure></section>'
    )
    (problem,) = page.read(f"<html><body>{section}</body></html>").problems
    assert (problem.severity, problem.where) == (Severity.ERROR, "modules/01.yaml#/segments/0")
    assert problem.message.startswith("the data of a chart cannot be read")


def test_a_chart_without_alternative_text_is_an_error() -> None:
    _, problems = charts.drawn(figure({"type": "bar", **KINDS["bar"]}, alt=""))
    assert problems[0].message.startswith("a chart tells nothing to those who cannot see it")


def test_numbers_may_stand_in_yaml_without_quotes() -> None:
    series = [{"name": Plain("2025"), "values": [Plain("0.59"), Plain("21"), None, Plain("-6")]}]
    read = model.Chart.model_validate({"type": "column", "categories": REASONS, "series": series})
    assert read.series[0].values == (0.59, 21.0, None, -6.0)


def test_a_word_where_a_number_should_be_is_named() -> None:
    raw = Written({"name": "A", "values": [Plain("12"), Plain("many")]}, "m#/series/0")
    with pytest.raises(ValidationError) as caught:
        model.Series.model_validate(raw)
    (problem,) = complaints.explained(caught.value, model.Series, raw, "m#/series/0")
    assert problem.message == 'entry 2 of values must be a number, here it is "many"'
    assert problem.where == "m#/series/0/values/1"


def test_the_model_refuses_what_no_format_could_show() -> None:
    with pytest.raises(ValidationError, match='series "A" has 2 values, there are 4 categories'):
        model.Chart.model_validate({"type": "bar", "categories": REASONS, "series": [{"name": "A", "values": [1, 2]}]})


# ---------------------------------------------------------------------------------------------------- the rules


@pytest.mark.parametrize("kind", KINDS)
def test_the_samples_have_no_faults(kind: str) -> None:
    assert not wrong(kind)


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("column", {"type": "area"}, 'there is no chart of type "area"; there are column, bar'),
        ("column", {"series": []}, "the chart has no series"),
        ("column", {"series": [{"name": "A", "points": [[1, 2]]}]}, 'series "A" has points, which are for scatter charts'),
        ("scatter", {"series": SHARES}, "a scatter chart has points [[x, y], …] in each series"),
        ("scatter", {"series": [{"name": "A"}]}, 'series "A" has no points'),
        ("column", {"categories": ["a", "b", "b", "c"]}, 'the category "b" is there 2 times'),
        ("column", {"categories": ["a", "b", " ", "c"]}, "a category has no name"),
        ("column", {"series": [*SHARES, *SHARES]}, 'the series "Share of tasks" is there 2 times'),
        ("pie", {"categories": list("abcdefg")}, "a pie chart has 2 to 6 categories, here there are 7; type: bar has room"),
        ("pie", {"series": [*SHARES, {"name": "B", "values": [1, 2, 3, 4]}]}, "a pie chart has at most 1 series"),
        ("column", {"categories": ["a"]}, 'series "Share of tasks" has 4 values, there are 1 categories'),
        ("column", {"series": [{"name": "A", "values": [None] * 4}]}, 'series "A" has no value at all'),
        ("column", {"series": [{"name": "A", "values": [1, 2, 3, float("nan")]}]}, "nan cannot be shown"),
        ("column", {"series": [{"name": "A", "values": [1, 2, 3, 1e300]}]}, "1e+300 cannot be shown"),
        ("scatter", {"series": [{"name": "A", "points": [[float("inf"), 1]]}]}, "inf cannot be shown"),
        ("pie", {"series": [{"name": "A", "values": [1, 2, 3, None]}]}, "a pie chart has no place for an empty value (null)"),
        ("pie", {"series": [{"name": "A", "values": [1, 2, 3, -4]}]}, "a pie chart shows parts of a whole: −4 is below 0"),
        ("pie", {"series": [{"name": "A", "values": [0, 0, 0, 0]}]}, "the values add up to 0"),
        ("line", {"sort": "ascending"}, "sort is not for line charts"),
        ("column", {"percent": True}, "percent makes stacked columns equally tall"),
        ("column", {"highlight": {"None": "lead"}}, 'highlight: there is no category "None"; there are No reason given'),
        ("line", {"highlight": {"Mon": "lead"}}, 'highlight: there is no series "Mon"; there are Interruptions'),
        ("column", {"highlight": {"No reason given": "red"}}, 'highlight: "No reason given" can be lead or manage'),
        ("column", {"format": "0.00E+00"}, "format 0.00E+00 is not understood"),
        ("column", {"format": "0 %"}, "format 0 % shows 59 as 5900 %: write 0.59 for 59 %, or format: 0"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(kind: str, changes: dict[str, Any], message: str) -> None:
    assert wrong(kind, **changes).startswith(message)


def test_too_wide_names_and_too_thin_parts_are_cautioned() -> None:
    long = [f"Responsibilities number {number}" for number in range(12)]
    (wide,) = cautions(chart({"type": "column", "categories": long, "series": [{"name": "A", "values": [1] * 12}]}))
    assert "is too wide to stand below a column" in wide[0]
    (thin,) = cautions(made("stacked", series=[{"name": "A", "values": [99, 99]}, {"name": "B", "values": [1, 50]}]))
    assert thin[0] == "“Team leads (B)” is too thin for its number"


def test_a_stack_leaves_out_the_number_that_has_no_room() -> None:
    series = [{"name": "A", "values": [99, 99]}, {"name": "B", "values": [1, 50]}]
    second = drawing(made("stacked", series=series, percent=False)).findall(f".//{C}ser")[1]
    assert [each.find(f"{C}idx").get("val") for each in second.iter(f"{C}dLbl")] == ["0"]


def test_categories_are_sorted_by_their_totals() -> None:
    shown = made("bar", sort="descending")
    assert shown.categories[0] == "No reason given"
    assert shown.series[0].values == (59, 21, 14, 6)
    assert made("bar").series[0].values == (6, 14, 21, 59)


@pytest.mark.parametrize(
    ("value", "form", "language", "shown"),
    [
        (0.59, "0 %", "en-GB", "59 %"),
        (59, '0" %"', "en-GB", "59 %"),
        (1234567.5, "#,##0", "en-GB", "1,234,568"),
        (1234567.5, "#,##0.0", "de-DE", "1.234.567,5"),
        (1234.5, "#,##0.0", "fr-FR", "1\u202f234,5"),
        (-2.345, "0.00", "en-GB", "−2.35"),
        (0.125, "0.00", "en-GB", "0.13"),
        (12, '"€ "0', "en-GB", "€ 12"),
        (-0.001, "0", "en-GB", "0"),
        (0.1 + 0.2, "", "en-GB", "0.3"),
        (1e14, "", "en-GB", "100000000000000"),
        (3.0, "", "de-DE", "3"),
    ],
)
def test_numbers_are_written_as_spreadsheets_do(value: float, form: str, language: str, shown: str) -> None:
    assert written(value, form, language) == shown


# --------------------------------------------------------------------------------------------- any data at all

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1, max_size=12).filter(
    lambda name: bool(name.strip())
)
NUMBERS = st.floats(-1e12, 1e12, allow_nan=False, allow_infinity=False).map(lambda value: round(value, 6))


@st.composite
def any_chart(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(CATEGORIES)))
    least, most = CATEGORIES[kind]
    names = draw(st.lists(NAMES, min_size=1, max_size=1 if kind in charting.ROUND else 4, unique=True))
    values = st.floats(0, 1e9).map(lambda value: round(value, 6)) if kind in charting.ADDED else NUMBERS
    if kind in charting.GAPPED:
        values = st.none() | values
    categories = draw(st.lists(NAMES, min_size=least, max_size=min(most, 12), unique=True))
    point = st.lists(NUMBERS, min_size=2, max_size=2)
    if kind == "scatter":
        series = [{"name": name, "points": draw(st.lists(point, min_size=1, max_size=8))} for name in names]
        return {"type": kind, "series": series}
    rows = st.lists(values, min_size=len(categories), max_size=len(categories))
    series = [{"name": name, "values": draw(rows)} for name in names]
    labels = draw(st.sampled_from([None, True, False]))
    return {"type": kind, "categories": categories, "series": series, "labels": labels}


@settings(max_examples=60, deadline=None)
@given(any_chart())
def test_whatever_has_no_fault_can_be_shown_everywhere(data: dict[str, Any]) -> None:
    shown = chart(data, ALT)
    if list(faults(shown)):
        return
    root = drawing(shown)
    values = [float(each.text) for cache in root.iter(f"{C}numCache") for each in cache.iter(f"{C}v")]
    across = [point[0] for series in shown.series for point in series.points]
    assert sorted(values) == pytest.approx(sorted([*shown.numbers, *across]))
    text, problems = charts.drawn(printed(data))
    assert not [problem for problem in problems if problem.severity is Severity.ERROR]
    assert "nan" not in re.sub(r">[^<]*<", "><", text[text.index("<svg") :])
    assert f"<title>{ALT}</title>" in text


def test_lines_that_never_differ_are_not_named_at_one_and_the_same_end() -> None:
    level = [{"name": name, "values": [0, 0]} for name in ("A", "B")]
    assert not made("line", categories=["a", "b"], series=level).named_at_end


@pytest.mark.parametrize("kind", ["column", "bar", "line", "radar"])
def test_a_chart_of_noughts_can_be_printed(kind: str) -> None:
    assert words(drawn(kind, series=[{"name": "A", "values": [0] * len(KINDS[kind]["categories"])}], highlight={}))
