"""Text of SVG pictures set a line at a time: WeasyPrint sets every letter by itself.

So letters were not kerned, Arabic ones not joined, and a page of small slides took seconds (70.0, ``svg/text.py``). What moves
or turns single letters is left to WeasyPrint.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

import weasyprint.svg as pictures
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.draw.text import draw_emojis, draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.svg.bounding_box import extend_bounding_box
from weasyprint.svg.text import Style, TextBox
from weasyprint.svg.utils import normalize, size
from weasyprint.text.ffi import FROM_UNITS, pango
from weasyprint.text.line_break import create_layout, line_size

BY_LETTER = ("rotate", "textLength", "dominant-baseline", "alignment-baseline", "display-anchor")
PLACES = ("x", "y", "dx", "dy")
WEIGHTS = {"normal": 400, "bold": 700}
SETTERS = ("a", "text", "textPath", "tspan")


def mend() -> None:
    """Let WeasyPrint draw the text of pictures through :func:`_mended`; doing so twice changes nothing."""
    if not hasattr(pictures.text, "__wrapped__"):
        pictures.text = _mended(pictures.text)
        pictures.TAGS.update(dict.fromkeys(SETTERS, pictures.text))


def _mended(by_letter: Any) -> Any:
    @wraps(by_letter)
    def text(svg: Any, node: Any, font_size: float) -> None:
        if not node.text or any(node.get(name) for name in BY_LETTER) or any(" " in _place(node, name) for name in PLACES):
            by_letter(svg, node, font_size)
        else:
            _line(svg, node, font_size)

    return text


def _place(node: Any, name: str) -> str:
    return str(normalize(node.attrib.get(name, ""))).strip()


def _line(svg: Any, node: Any, font_size: float) -> None:
    """Draw the text of a node as one line, from the cursor or its own place on, and move the cursor behind it."""
    style = _style(svg, node, font_size)
    layout = create_layout(node.text, style, svg.context, None, 0)
    width, height = line_size(layout.get_first_line()[0], style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    x, y = _moved(svg, node, font_size)
    svg.cursor_position = (x + width, y)
    x, y = x + svg.cursor_d_position[0], y + svg.cursor_d_position[1]
    corners = (x, y - baseline), (x + width, y - baseline + height)
    node.text_bounding_box = extend_bounding_box(node.text_bounding_box, corners)
    svg.stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    svg.stream.begin_text()
    svg.fill_stroke(fill, stroke, text=True)
    box = TextBox(layout, style)
    box.baseline = baseline
    emoji = draw_first_line(svg.stream, box, "none", "none", Matrix(d=-1, e=x, f=y))
    svg.stream.end_text()
    svg.stream.pop_state()
    draw_emojis(svg.stream, style, x, y, emoji)


def _moved(svg: Any, node: Any, font_size: float) -> tuple[float, float]:
    """Return where the text begins, shifts apart, which add up from one piece of a line to the next."""
    at = list(svg.cursor_position)
    for index, (name, whole) in enumerate((("x", svg.inner_width), ("y", svg.inner_height))):
        if place := _place(node, name):
            at[index], svg.cursor_d_position[index] = size(place, font_size, whole), 0
        if shift := _place(node, f"d{name}"):
            svg.cursor_d_position[index] += size(shift, font_size, whole)
    return at[0], at[1]


def _style(svg: Any, node: Any, font_size: float) -> Any:
    style = Style()
    style.update(INITIAL_VALUES)
    style.font_config = svg.font_config
    weight = node.get("font-weight", "400")
    style.update(
        font_family=[name.strip().strip("\"'") for name in node.get("font-family", "sans-serif").split(",")],
        font_style=node.get("font-style", "normal"),
        font_weight=WEIGHTS.get(weight) or (int(weight) if weight.isdecimal() else 400),
        font_size=font_size,
        white_space="pre",
    )
    if spacing := svg.length(node.get("letter-spacing"), font_size):
        style["letter_spacing"] = spacing
    if node.get("direction") in ("ltr", "rtl"):
        style["direction"] = node.get("direction")
    return style
