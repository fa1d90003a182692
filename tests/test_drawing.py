"""Drawings: the same SVG is vectors in print and native, editable shapes in the deck."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pytest
from lxml import etree, html
from lxml.etree import _Element

from coursewright.outputs.pptx import fonts
from coursewright.outputs.pptx.colours import LIGHT
from coursewright.outputs.pptx.drawing import Drawn, draw
from coursewright.outputs.pptx.lettering import stretch
from coursewright.outputs.pptx.svg import CLASSES, WIDTHS
from coursewright.outputs.pptx.values import Rect
from coursewright.problems import Broken, Severity
from coursewright.wrapping import lines, measured

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TEMPLATES = Path(__file__).parents[1] / "templates"
POINT, INCH = 12_700, 914_400
TWO_THIRDS = Rect(731_520, 1_691_640, 7_178_040, 4_389_120)  # the default brand's place for a drawing
WHOLE = Rect(731_520, 1_691_640, 10_728_960, 4_389_120)
ALT = "Leading & managing in one picture"
PALETTE = {
    "ink": "#1B2430", "muted": "#5B6675", "line": "#D3D9E0", "paper": "#FFFFFF", "lead": "#0F5C63", "manage": "#A8480F",
    "lead_tint": "#E5F0F0", "manage_tint": "#F9ECE2", "both": "#F1E6D8", "sand": "#F1E6D8",
    "serif": "Cambria, Caladea, serif", "sans": "Calibri, Carlito, sans-serif",
}  # fmt: skip
LABELS = ["leading", "managing", "both"]
OPTIONS = [
    {"title": "Separate", "form": "separate", "text": "two jobs, two people, two skills"},
    {"title": "One inside the other", "form": "nested", "text": "managing is one thing leaders do"},
    {"title": "Overlapping", "form": "overlapping", "text": "some tasks ask for both at once"},
]
STOPS = [
    {"time": f"{hour}:{minute:02}", "text": "Asks a colleague what she wants to learn", "hat": hat}
    for hour, minute, hat in zip(range(8, 17), itertools.cycle((5, 40)), "LMBLMBLMB", strict=False)
]
CELLS = [
    ["Says why we move north and asks who is coming", "Signs the rota"],
    ["Talks her shift into a new route", "Keeps the list"],
]
DRAWINGS: dict[str, tuple[str, dict[str, Any], Rect]] = {
    "role-grid": (
        "role-grid",
        {"axis": {"x": "What you do", "y": "Where you stand"},
         "columns": ["Leading", "Managing"], "rows": ["Senior role", "No title"], "tones": ["lead", "manage"], "cells": CELLS},
        TWO_THIRDS,
    ),
    "venn": ("venn", {"labels": LABELS, "options": OPTIONS}, TWO_THIRDS),
    "venn to draw in": ("venn", {"labels": LABELS[:2], "blank": True}, TWO_THIRDS),
    "day of nine": ("day", {"stops": STOPS}, WHOLE),
    "day of seven": ("day", {"stops": STOPS[:7]}, WHOLE),
}  # fmt: skip


@cache
def environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: bool(name) and str(name).endswith(".svg.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def drawing(svg: _Element, rect: Rect, name: str = "Picture", families: tuple[str, str] = ("Cambria", "Calibri")) -> Drawn:
    """Return a drawing on the default brand's ground, ids from ten on."""
    return draw(svg, rect, itertools.count(10), name, "en-GB", LIGHT, families)


def written(template: str, data: dict[str, Any], width: int = 800) -> str:
    known = {"lines": lines, "measured": measured, "palette": PALETTE}
    return environment().get_template(f"diagrams/{template}.svg.j2", globals=known).render(data=data, alt=ALT, width=width)


def shapes(inner: str, rect: Rect = TWO_THIRDS, view: str = "0 0 800 450") -> Drawn:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img"><title>Picture</title>{inner}</svg>'
    return drawing(etree.fromstring(svg), rect)


def only(inner: str, **how: Any) -> _Element:
    """Return the one shape that a piece of SVG becomes, and hold that nothing was amiss."""
    drawn = shapes(inner, **how)
    assert drawn.problems == ()
    (shape,) = drawn.shape[2:]
    return shape


def place(shape: _Element) -> tuple[int, int, int, int]:
    """Return left, top, width and height in EMU."""
    off, ext = next(shape.iter(f"{A}off")), next(shape.iter(f"{A}ext"))
    return int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))


def messages(drawn: Drawn) -> str:
    return "\n".join(problem.message for problem in drawn.problems)


@pytest.fixture(params=list(DRAWINGS))
def template(request: pytest.FixtureRequest) -> Drawn:
    name, data, rect = DRAWINGS[request.param]
    return drawing(etree.fromstring(written(name, data, 1170 if rect is WHOLE else 800)), rect)


# -------------------------------------------------------------------------------------------- every shape


@pytest.mark.parametrize(
    ("svg", "preset"),
    [
        ('<rect x="10" y="20" width="100" height="50" class="fill-lead"/>', "rect"),
        ('<rect x="10" y="20" width="100" height="50" rx="10" class="fill-lead"/>', "roundRect"),
        ('<circle cx="60" cy="45" r="25" class="fill-lead"/>', "ellipse"),
        ('<ellipse cx="60" cy="45" rx="50" ry="25" class="fill-lead"/>', "ellipse"),
        ('<line x1="10" y1="20" x2="110" y2="70" class="stroke-ink w1"/>', "line"),
    ],
)
def test_each_simple_shape_becomes_the_same_shape_of_powerpoint(svg: str, preset: str) -> None:
    shape = only(svg)
    assert next(shape.iter(f"{A}prstGeom")).get("prst") == preset
    assert etree.QName(shape).localname == ("cxnSp" if preset == "line" else "sp")


def test_a_round_corner_keeps_its_radius() -> None:
    shape = only('<rect x="0" y="0" width="200" height="50" rx="10" class="fill-lead"/>')
    assert next(shape.iter(f"{A}gd")).get("fmla") == "val 20000"


@pytest.mark.parametrize(
    "svg",
    [
        '<polyline points="10,20 60,70 110,20" class="fill-none stroke-ink w1"/>',
        '<polygon points="10 20 60 70 110 20" class="fill-lead"/>',
        '<path d="M10 20 L60 70 L110 20 Z" class="fill-lead"/>',
        '<path d="m10 20 50 50l50-50z" class="fill-lead"/>',
        '<path d="M10,20V70H110V20z" class="fill-lead"/>',
        '<path d="M10 20 Q60 120 110 20" class="fill-lead"/>',
        '<path d="M10 20 c0 66 100 66 100 0" class="fill-lead"/>',
    ],
)
def test_lines_and_curves_become_freeforms_over_the_same_width(svg: str) -> None:
    shape = only(svg, view="0 0 800 450", rect=Rect(0, 0, 800 * POINT, 450 * POINT))
    left, top, width, _ = place(shape)
    assert (left, top, width) == (10 * POINT, 20 * POINT, 100 * POINT)
    assert shape.find(f".//{A}custGeom") is not None


def test_a_path_says_the_same_in_absolute_and_in_relative_steps() -> None:
    absolute = only(
        '<path d="M100 100 L150 80 H200 V120 C210 130 220 140 230 100 Q240 90 250 100 Z L300 300" class="fill-lead"/>'
    )
    relative = only('<path d="m100 100 l50-20 h50 v40 c10 10 20 20 30-20 q10-10 20 0 z l200 200" class="fill-lead"/>')
    assert etree.tostring(next(absolute.iter(f"{A}path"))) == etree.tostring(next(relative.iter(f"{A}path")))


def test_a_line_that_rises_is_flipped() -> None:
    frames = [next(only(f'<line {ends} class="stroke-ink"/>').iter(f"{A}xfrm")) for ends in (
        'x1="0" y1="50" x2="50" y2="0"', 'x1="0" y1="0" x2="50" y2="50"')]  # fmt: skip
    assert [(frame.get("flipH"), frame.get("flipV")) for frame in frames] == [(None, "1"), (None, None)]


def test_a_group_moves_what_it_holds_and_hands_down_its_classes() -> None:
    inner = '<rect x="10" y="10" width="10" height="10"/>'
    moved = only(f'<g transform="translate(100 50)" class="fill-manage">{inner}</g>', rect=Rect(0, 0, 800 * POINT, 450 * POINT))
    assert place(moved)[:2] == (110 * POINT, 60 * POINT)
    assert next(moved.iter(f"{A}schemeClr")).get("val") == "accent2"


def test_strokes_keep_their_width_and_their_dashes() -> None:
    line = next(
        only('<line x1="0" y1="0" x2="9" y2="0" class="stroke-ink w2 dashed"/>', rect=Rect(0, 0, 800 * POINT, 450 * POINT)).iter(
            f"{A}ln"
        )
    )
    assert line.get("w") == str(3 * POINT)
    assert line.find(f"{A}prstDash").get("val") == "dash"


# ------------------------------------------------------------------------------------------------ colours


def test_colours_are_the_themes_so_that_a_brand_recolours_the_drawing(template: Drawn) -> None:
    fills = list(template.shape.iter(f"{A}solidFill"))
    assert fills
    assert all(child.tag == f"{A}schemeClr" for fill in fills for child in fill)


@pytest.mark.parametrize(
    ("name", "scheme"), [("ink", "tx1"), ("paper", "bg1"), ("lead", "accent1"), ("manage", "accent2"), ("line", "bg1")]
)
def test_each_colour_class_has_its_theme_colour(name: str, scheme: str) -> None:
    assert next(only(f'<circle r="5" class="fill-{name}"/>').iter(f"{A}schemeClr")).get("val") == scheme


def test_half_is_half_transparent_and_none_is_no_fill() -> None:
    assert only('<circle r="5" class="fill-lead half"/>').find(f".//{A}alpha").get("val") == "50000"
    assert only('<circle r="5" class="fill-none stroke-ink"/>').find(f"{P}spPr/{A}noFill") is not None


def test_stylesheet_and_deck_know_the_same_classes_and_widths() -> None:
    css = environment().get_template("diagrams/style.css.j2").render(palette=PALETTE)
    assert set(re.findall(r"svg \.([a-z0-9-]+)", css)) == CLASSES
    assert {name: float(width) for name, width in re.findall(r"\.(w\d) \{ stroke-width: ([\d.]+)", css)} == WIDTHS


# --------------------------------------------------------------------------------------------------- text


def test_text_stands_on_its_base_line_and_is_set_in_points() -> None:
    text = only(
        '<text x="100" y="200" font-size="20" class="t-text fill-ink">Why</text>', rect=Rect(0, 0, 800 * POINT, 450 * POINT)
    )
    left, top, _, _ = place(text)
    assert left == 100 * POINT
    assert top == (200 - 0.95 * 20) * POINT
    assert next(text.iter(f"{A}rPr")).get("sz") == "2000"


@pytest.mark.parametrize(("anchor", "aligned", "share"), [("start", "l", 0.0), ("middle", "ctr", 0.5), ("end", "r", 1.0)])
def test_text_is_anchored_where_the_drawing_says(anchor: str, aligned: str, share: float) -> None:
    svg = f'<text x="400" y="200" font-size="20" text-anchor="{anchor}" class="t-text">Where to</text>'
    text = only(svg, rect=Rect(0, 0, 800 * POINT, 450 * POINT))
    left, _, width, _ = place(text)
    assert left + width * share == pytest.approx(400 * POINT, abs=1)
    assert next(text.iter(f"{A}pPr")).get("algn") == aligned


def test_text_never_wraps_and_has_no_margins() -> None:
    body = next(only('<text x="0" y="20" font-size="26">A day</text>').iter(f"{A}bodyPr"))
    assert body.get("wrap") == "none"
    assert [body.get(key) for key in ("lIns", "tIns", "rIns", "bIns")] == ["0"] * 4


def test_lines_of_a_text_stay_one_text_box_with_line_breaks() -> None:
    svg = '<text x="0" y="20" font-size="26"><tspan x="0" dy="0">One</tspan>\n<tspan x="0" dy="31.2">two</tspan></text>'
    text = only(svg)
    assert [etree.QName(part).localname for part in next(text.iter(f"{A}p"))] == ["pPr", "r", "br", "r"]
    assert text.find(f".//{A}lnSpc") is None, "1.2 of the size is single spacing"
    assert only(svg.replace("31.2", "39")).find(f".//{A}spcPct").get("val") == "125000"


def test_words_within_a_line_may_be_bold_or_coloured() -> None:
    text = only('<text x="0" y="20" font-size="26" class="fill-muted"><tspan class="t-bold fill-lead">L</tspan> leading</text>')
    found = [
        (next(run.iter(f"{A}t")).text, run[0].get("b"), run.find(f".//{A}schemeClr").get("val")) for run in text.iter(f"{A}r")
    ]
    assert found == [("L", "1", "accent1"), (" leading", "0", "tx1")]


@pytest.mark.parametrize(
    ("kind", "font", "flags"),
    [("t-title", "+mj-lt", ("1", "0", None)), ("t-number", "+mj-lt", ("1", "0", None)), ("t-hand", "+mj-lt", ("0", "1", None)),
     ("t-text", "+mn-lt", ("0", "0", None)), ("t-label", "+mn-lt", ("1", "0", "160"))],
)  # fmt: skip
def test_type_is_the_themes(kind: str, font: str, flags: tuple[str | None, ...]) -> None:
    run = next(
        only(f'<text y="9" font-size="20" class="{kind}">Hat</text>', rect=Rect(0, 0, 800 * POINT, 450 * POINT)).iter(f"{A}rPr")
    )
    assert run.find(f"{A}latin").get("typeface") == font
    assert (run.get("b"), run.get("i"), run.get("spc")) == flags


def test_every_run_and_break_has_its_language(template: Drawn) -> None:
    assert {run.get("lang") for run in template.shape.iter(f"{A}rPr")} == {"en-GB"}


# ------------------------------------------------------------------------------- words, lines and their shapes


def named(group: _Element) -> dict[str, _Element]:
    """Return name → shape, as PowerPoint's selection pane lists them."""
    return {next(shape.iter(f"{P}cNvPr")).get("name"): shape for shape in group[2:]}


def test_a_word_in_the_middle_of_a_circle_is_the_circles_own() -> None:
    svg = '<circle cx="60" cy="60" r="30" class="fill-lead"/><text x="60" y="68.4" font-size="25.5" text-anchor="middle">7</text>'
    (name,) = found = named(shapes(svg).shape)
    assert name == "circle 7"
    assert [text.text for text in found[name].iter(f"{A}t")] == ["7"]
    assert next(found[name].iter(f"{A}bodyPr")).get("anchor") == "ctr"


@pytest.mark.parametrize(
    "text",
    ['<text x="60" y="88.4" font-size="25.5" text-anchor="middle">7</text>', '<text x="60" y="68.4" font-size="25.5">7</text>',
     '<text x="60" y="68.4" font-size="25.5" text-anchor="middle">far too many words</text>'],
)  # fmt: skip
def test_a_word_elsewhere_or_too_wide_is_a_text_of_its_own(text: str) -> None:
    assert len(shapes(f'<circle cx="60" cy="60" r="30" class="fill-lead"/>{text}').shape[2:]) == 2


def test_shapes_have_names_that_help_in_the_selection_pane() -> None:
    svg = (
        '<rect width="9" height="9" data-name="quarter Refuse"/><rect width="9" height="9"/><line x2="9" class="stroke-ink"/>'
        '<text y="30" font-size="26">What has to be true on the way to the goal</text>'
    )
    assert list(named(shapes(svg).shape)) == ["quarter Refuse", "rectangle 2", "line 1", "What has to be true on the way…"]


def test_a_line_that_ends_on_a_shape_is_connected_to_it() -> None:
    svg = (
        '<line x1="90" y1="60" x2="200" y2="60" class="stroke-ink"/><circle cx="60" cy="60" r="30"/>'
        '<rect x="200" y="40" width="50" height="40"/>'
    )
    group = shapes(svg).shape
    ids = {name: next(shape.iter(f"{P}cNvPr")).get("id") for name, shape in named(group).items()}
    ends = {etree.QName(end).localname: (end.get("id"), end.get("idx")) for end in group.iter(f"{A}stCxn", f"{A}endCxn")}
    assert ends == {"stCxn": (ids["circle 1"], "6"), "endCxn": (ids["rectangle 1"], "1")}
    assert next(named(group)["line 1"].iter(f"{A}prstGeom")).get("prst") == "straightConnector1"


def test_a_line_that_ends_nowhere_is_connected_to_nothing() -> None:
    group = shapes('<line x1="95" y1="60" x2="200" y2="60" class="stroke-ink"/><circle cx="60" cy="60" r="30"/>').shape
    assert not list(group.iter(f"{A}stCxn", f"{A}endCxn"))


def test_the_head_of_an_arrow_is_the_lines_own_and_its_tip_the_lines_end() -> None:
    svg = (
        '<line x1="0" y1="9" x2="92" y2="9" class="stroke-ink w2 arrow"/><path class="head fill-ink" d="M100 9 L91 4 L91 14 Z"/>'
    )
    line = only(svg, rect=Rect(0, 0, 800 * POINT, 450 * POINT))
    assert next(line.iter(f"{A}tailEnd")).get("type") == "triangle"
    assert place(line)[2] == 100 * POINT
    bent = '<path class="arrow fill-none stroke-ink w2" d="M5 5 V50 H92"/><path class="head fill-ink" d="M100 50 l-9 -4 v8 Z"/>'
    assert place(only(bent, rect=Rect(0, 0, 800 * POINT, 450 * POINT)))[2] == 95 * POINT


def test_text_gets_smaller_when_the_brands_font_is_wider_than_its_room() -> None:
    text = '<text x="0" y="30" font-size="26" class="t-text" data-room="250">planned a week ahead</text>'
    svg = etree.fromstring(f'<svg viewBox="0 0 800 450"><title>x</title>{text}{text.replace("planned a week ahead", "ok")}</svg>')
    rect = Rect(0, 0, 800 * POINT, 450 * POINT)
    calibri, wide = (drawing(svg, rect, families=(name, name)) for name in ("Calibri", "DejaVu Sans"))
    sizes = [{int(run.get("sz")) for run in drawn.shape.iter(f"{A}rPr")} for drawn in (calibri, wide)]
    assert sizes[0] == {2600}
    assert len(sizes[1]) == 1, "all text of a drawing, so that it still looks like one"
    (size,) = sizes[1]
    face = fonts.face("DejaVu Sans")
    assert face is not None
    assert 230 < fonts.width("planned a week ahead", face) * size / 100 <= 250
    assert wide.problems == ()


def test_text_that_gets_too_small_for_a_brands_font_is_a_warning_that_names_drawing_and_words() -> None:
    text = '<text x="0" y="30" font-size="18.5" class="t-text" data-room="165">planned a week ahead</text>'
    svg = etree.fromstring(f'<svg viewBox="0 0 800 450" data-name="cascade"><title>x</title>{text}</svg>')
    (problem,) = drawing(svg, Rect(0, 0, 800 * POINT, 450 * POINT), families=("DejaVu Sans", "DejaVu Sans")).problems
    assert problem.severity is Severity.WARNING
    assert problem.message.startswith('drawing "cascade" has text of 1')
    assert "“planned a week ahead” is too wide" in problem.message


def test_the_default_fonts_run_as_wide_as_the_templates_take_them_to() -> None:
    assert stretch(("Cambria", "Calibri")) == (1.0, 1.0)
    assert all(1.1 < share < 1.5 for share in stretch(("DejaVu Serif", "DejaVu Sans")))


# ------------------------------------------------------------------------------------------ the whole group


def test_the_title_is_the_alternative_text(template: Drawn) -> None:
    assert template.shape.find(f"{P}nvGrpSpPr/{P}cNvPr").get("descr") == ALT


def test_ids_come_from_the_slide_and_no_two_are_the_same(template: Drawn) -> None:
    ids = [int(node.get("id")) for node in template.shape.iter(f"{P}cNvPr")]
    assert sorted(ids) == list(range(10, 10 + len(ids)))


@pytest.mark.parametrize(("rect", "expected"), [
    (Rect(0, 0, 800, 1000), (0, 300, 800, 400)),
    (Rect(100, 50, 1000, 400), (100, 50, 800, 400)),
])  # fmt: skip
def test_a_drawing_is_fitted_at_the_left_edge_half_way_down_and_never_stretched(rect: Rect, expected: tuple[int, ...]) -> None:
    assert place(shapes("", rect=rect, view="0 0 80 40").shape) == expected


def test_a_view_box_may_begin_anywhere() -> None:
    shape = only(
        '<rect x="-50" y="-20" width="100" height="40" class="fill-lead"/>', view="-50 -20 100 40", rect=Rect(7, 9, 1000, 400)
    )
    assert place(shape) == (7, 9, 1000, 400)


def test_an_html_parser_that_lowers_the_case_changes_nothing(template: Drawn, request: pytest.FixtureRequest) -> None:
    name, data, rect = DRAWINGS[request.node.callspec.params["template"]]
    page = html.document_fromstring(
        f"<!DOCTYPE html><html><body><section>{written(name, data, 1170 if rect is WHOLE else 800)}</section></body></html>"
    )
    again = drawing(next(page.iter("svg")), rect)
    assert etree.tostring(again.shape) == etree.tostring(template.shape)


# -------------------------------------------------------------------------------------- nothing goes missing


@pytest.mark.parametrize(
    ("svg", "said"),
    [
        ('<image href="x.png"/>', "<image>"),
        ('<g><use href="#x"/></g>', "<use>"),
        ('<circle r="5" transform="rotate(45)"/>', 'transform="rotate(45)"'),
        ('<g transform="translate(5 5) rotate(45)"/>', "rotate(45)"),
        ('<rect width="50%" height="5"/>', 'width="50%"'),
        ('<path d="M0 0 A5 5 0 0 1 9 9"/>', 'd="M0 0 A5'),
        ('<path d="M0 0 L5"/>', 'd="M0 0 L5"'),
        ('<polyline points="0,0 5"/>', 'points="0,0 5"'),
        ('<circle r="5" style="fill: red"/>', 'style="fill: red"'),
        ('<circle r="5" class="fill-leed"/>', 'did you mean "fill-lead"?'),
        ('<text y="5" font-size="30"><textPath>round</textPath></text>', "<textPath>"),
        ('<text x="5" y="5" font-size="30"><tspan dy="0">one</tspan><tspan x="9" dy="36">two</tspan></text>', "different x"),
        (
            '<text x="5" y="5" font-size="30"><tspan>a</tspan><tspan dy="30">b</tspan><tspan dy="40">c</tspan></text>',
            "different distances",
        ),
    ],
)
def test_what_cannot_be_drawn_is_reported_with_what_it_is(svg: str, said: str) -> None:
    drawn = shapes(svg)
    assert said in messages(drawn) + "".join(problem.hint for problem in drawn.problems)
    assert 'drawing "Picture"' in messages(drawn)
    assert all(problem.severity is Severity.ERROR for problem in drawn.problems)


def test_a_drawing_without_a_title_is_a_problem() -> None:
    svg = etree.fromstring('<svg viewBox="0 0 8 4"><title> </title></svg>')
    assert "<title>" in messages(drawing(svg, TWO_THIRDS))


def test_a_drawing_without_a_view_box_cannot_be_placed() -> None:
    with pytest.raises(Broken, match="viewBox"):
        drawing(etree.fromstring('<svg viewBox="0 0 0 10"/>'), TWO_THIRDS)


def test_text_that_lands_too_small_to_read_is_a_warning() -> None:
    small = shapes(
        '<text x="0" y="20" font-size="20" class="t-text">tiny</text>', rect=Rect(0, 0, 800 * POINT * 3 // 4, INCH * 9)
    )
    assert [(str(problem.severity), "15 pt" in problem.message) for problem in small.problems] == [("warning", True)]
    label = '<text x="0" y="20" font-size="20" class="t-label">LABEL</text>'
    assert shapes(label, rect=Rect(0, 0, 800 * POINT * 3 // 4, INCH * 9)).problems == ()


# ------------------------------------------------------------------------------------------- the templates


def test_every_template_is_drawn_whole_with_text_of_eighteen_points_or_more(template: Drawn) -> None:
    assert template.problems == ()
    assert min(int(run.get("sz")) for run in template.shape.iter(f"{A}rPr")) >= 1800


def boxes(group: _Element) -> Iterator[tuple[int, int, int, int]]:
    for shape in group.iter(f"{P}sp"):
        if shape.find(f"{P}txBody") is not None:
            yield place(shape)


def test_no_text_of_a_template_touches_another_or_leaves_the_drawing(template: Drawn) -> None:
    left, top, width, height = place(template.shape)
    found = list(boxes(template.shape))
    for x, y, across, down in found:
        assert x >= left - INCH // 50
        assert x + across <= left + width + INCH // 5, "the box is a good deal wider than its text"
        assert top <= y + down // 6
        assert y + down <= top + height + INCH // 10
    for (x, y, across, down), (u, v, wide, deep) in itertools.combinations(found, 2):
        apart = x + across <= u or u + wide <= x or y + down * 9 // 10 <= v or v + deep * 9 // 10 <= y
        assert apart, "boxes overlap"


def test_letters_and_words_go_with_the_colours_of_the_day() -> None:
    svg = etree.fromstring(written("day", {"stops": STOPS[:7]}))
    said = ["".join(text.itertext()) for text in svg.iter("{*}text")]
    assert [word for word in said if word in "LMB"] == list("LMBLMBL")
    assert said[-3:] == ["L leading", "M managing", "B both"]


def test_both_hats_share_one_circle_in_halves() -> None:
    svg = etree.fromstring(written("day", {"stops": [STOPS[2]]}))
    assert len(list(svg.iter("{*}circle"))) == len(list(svg.iter("{*}path"))) == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [("venn", {"labels": LABELS, "options": [OPTIONS[0] | {"form": "nestled"}]}), ("day", {"stops": [STOPS[0] | {"hat": "X"}]}),
     ("role-grid", {"columns": []})],
)  # fmt: skip
def test_data_that_a_drawing_does_not_know_is_an_error_not_a_gap(name: str, data: dict[str, Any]) -> None:
    with pytest.raises(jinja2.UndefinedError):
        written(name, data)


def test_print_finds_the_colours_of_the_classes() -> None:
    """WeasyPrint resolves the drawing's own <style>, with no help from the page."""
    weasyprint = pytest.importorskip("weasyprint")
    page = f"<!DOCTYPE html><html lang='en'><title>x</title><body>{written('day', {'stops': STOPS})}</body></html>"
    pdf = weasyprint.HTML(string=page).write_pdf(uncompressed_pdf=True)
    lead = " ".join(f"{int(PALETTE['lead'][place : place + 2], 16) / 255:.3f}"[:4] for place in (1, 3, 5))
    found = {
        " ".join(number[:4] for number in match.split())
        for match in re.findall(r"([\d.]+ [\d.]+ [\d.]+) (?:rg|scn)", pdf.decode("latin-1"))
    }
    assert lead in found
