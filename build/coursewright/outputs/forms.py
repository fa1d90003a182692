"""Fields to fill in on a screen: AcroForm, widgets and their looks, at the places that a page marks.

A template marks a place by attributes of an element, and the element's box is the room:

- ``data-field``: ``text`` (one line), ``multi`` (many lines), ``lines`` (one field over all ``.line`` elements inside),
  ``number``, ``check`` (the mark in a box that is drawn already), ``radio`` (the same, one of a group), ``scale`` (a radio that
  draws its own circle);
- ``data-name``: the field's name; radios of one name are one group, and ``data-value`` says which of them it is;
- ``data-label``: what a screen reader says and a pointer shows; ``data-group``: the same for a whole group of radios;
- ``data-blank`` on the body: the label of the field on every page that stays free before a right-hand one.

WeasyPrint's own forms are not used: they do not pass PDF/UA-1 (its issue #2726), embed whole fonts and leave the looks to the
viewer. Here every field has a tag at its place in the reading order (:mod:`.structure` adds it), a name for people, and looks
that use one small embedded font.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.logger import LOGGER

from .letters import Letters

MARK, BLANK = "data-field", "data-blank"
Area = tuple[float, float, float, float]  # left, top, width and height in CSS pixels, from the upper left corner of a page
POINT = 0.75  # points a CSS pixel
SIZE, SMALL = 10.5, 9.0  # points; the smaller type where a line of the other has no room
LEAD = 1.3  # room that a line of type needs, in sizes
FRAME = "0.50 0.54 0.60"  # of a field that stands on no line; grey, 3.6 : 1 on white
INK = "0.08 0.16 0.36"  # what is filled in, dark blue like a pen: 13 : 1 on white
MULTILINE, RADIO = 1 << 12, 1 << 15
PRINTED = 4
INSET, TALL, BELOW = 4, 24, 5  # pixels: from the rules of a table's cell, above a line for one line of type, below a prompt
BUTTONS = ("check", "radio", "scale")
LEAST = 6.0  # points a side: nothing smaller can be hit or written in
ROUND = 0.5523  # control points of a quarter circle, in radii


@dataclass(frozen=True)
class Place:
    """Where a field is wanted: page from 0, and left, bottom, right, top in points. ``lines`` are those drawn there, if any."""

    page: int
    kind: str
    name: str
    label: str
    group: str
    value: str
    rect: tuple[float, float, float, float]
    lines: int = 0

    @property
    def many(self) -> bool:
        """Whether it takes several lines."""
        return self.kind in ("multi", "notes") or self.lines > 1

    @property
    def framed(self) -> bool:
        """Whether it draws its own frame, for want of a line or a table's rules."""
        return self.kind in ("number", "notes") or self.lines > 1

    @cached_property
    def width(self) -> float:
        return self.rect[2] - self.rect[0]

    @cached_property
    def height(self) -> float:
        return self.rect[3] - self.rect[1]

    @property
    def there(self) -> bool:
        """Whether there is anything to fill in: the foot of a page may have been left without its lines."""
        return self.width > 0 and self.height > 0


def place(box: Any, number: int, page: Any) -> Place:
    """Return the place that a box of a marked element asks for."""
    element = box.element
    kind = element.get(MARK)
    lines = [each for each in box.descendants() if _is_line(each)] if kind == "lines" else []
    frame = _around([each.hit_area() for each in lines], BELOW) if kind == "lines" else _room(box)
    return Place(
        number,
        kind,
        element.get("data-name", "").replace(".", "-"),
        " ".join(element.get("data-label", "").split()),
        " ".join(element.get("data-group", "").split()),
        element.get("data-value", ""),
        _turned(frame, page.height),
        len(lines),
    )


def on_blank(page: Any, number: int) -> Place | None:
    """Return the place for notes on a page that has nothing on it, if the body asks for it."""
    box = page._page_box
    root = box.children[0].element if box.page_type.blank and box.children else None
    body = root.find("body") if root is not None else None
    if body is None or not body.get(BLANK):
        return None
    area = box.content_box_x(), box.content_box_y(), box.width, box.height
    return Place(number, "notes", "notes-page", body.get(BLANK), "", "", _turned(area, page.height))


def _room(box: Any) -> Area:
    """Return the room in a box: what is typed on a line stands close to it."""
    x, y, width, height = box.hit_area()
    if isinstance(box, boxes.TableCellBox):  # neighbours share their borders
        return x + INSET, y + INSET, width - 2 * INSET, height - 2 * INSET
    if box.element.get(MARK) == "text" and height > TALL:
        return x, y + height - TALL, width, TALL
    return x, y, width, height


def _is_line(box: Any) -> bool:
    element = getattr(box, "element", None)
    return element is not None and "line" in element.get("class", "").split() and box.element_tag == element.tag


def _around(areas: list[Area], below: float) -> Area:
    """Return the area around areas, a little lower than the first of them; nothing around none."""
    if not areas:
        return 0, 0, 0, 0
    left, top = min(x for x, *_ in areas), min(y for _, y, *_ in areas) + below
    right, foot = max(x + width for x, _, width, _ in areas), max(y + tall for _, y, _, tall in areas)
    return left, top, right - left, foot - top


def _turned(area: Area, height: float) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top in points, from the lower left corner of the page."""
    x, y, width, tall = area
    left, bottom, right, top = (round(side * POINT, 2) for side in (x, height - y - tall, x + width, height - y))
    return left, bottom, right, top


def widgets(places: list[Place], pdf: Any, document: Any) -> list[Any]:
    """Give the PDF its form, and return for each place its widget, or nothing where there is no room for one."""
    if not any(each.there for each in places):
        return [None for _ in places]
    return _Form(pdf, document).filled(places)


class _Form:
    """The form of one PDF while it is made."""

    def __init__(self, pdf: Any, document: Any) -> None:
        self._pdf = pdf
        self._font = Letters(document.fonts.values(), pdf.catalog["Lang"].string).add(pdf)
        self._fields = pydyf.Array()
        self._groups: dict[str, Any] = {}
        self._names: Counter[str] = Counter()
        self._looks: dict[Any, Any] = {}
        self._resources = pydyf.Dictionary({"Font": pydyf.Dictionary({"Write": self._font})})

    def filled(self, places: list[Place]) -> list[Any]:
        found = [self._widget(each) if each.there else None for each in places]
        self._pdf.catalog["AcroForm"] = pydyf.Dictionary(
            {"Fields": self._fields, "DR": self._resources, "DA": pydyf.String(_type(SIZE))}
        )
        return found

    def _widget(self, place: Place) -> Any:
        page = self._pdf.objects[self._pdf.pages["Kids"][3 * place.page]]
        widget = pydyf.Dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Widget",
                "F": PRINTED,
                "Rect": pydyf.Array(place.rect),
                "P": page.reference,
                "TU": pydyf.String(place.label),
            }
        )
        self._pdf.add_object(widget)
        page.setdefault("Annots", pydyf.Array()).append(widget.reference)
        if not place.name or not place.label:
            LOGGER.warning('A field to fill in needs a name and a label: "%s", "%s"', place.name, place.label)
        if min(place.width, place.height) < LEAST:
            LOGGER.warning('The field "%s" is too small to be filled in', place.name)
        if place.kind in BUTTONS:
            self._button(widget, place)
        else:
            self._text(widget, place)
        return widget

    def _name(self, name: str) -> Any:
        """Return a name that no other field has: a place that goes on over a page is a field on each."""
        self._names[name] += 1
        return pydyf.String(name if self._names[name] == 1 else f"{name}-{self._names[name]}")

    def _text(self, widget: Any, place: Place) -> None:
        size = SIZE if place.height >= SIZE * LEAD else SMALL
        widget.update({"FT": "/Tx", "T": self._name(place.name), "DA": pydyf.String(_type(size)), "V": pydyf.String()})
        if place.many:
            widget["Ff"] = MULTILINE
        if place.kind == "number":
            widget["Q"] = 1
        if place.framed:
            widget["MK"] = pydyf.Dictionary({"BC": pydyf.Array(FRAME.split())})
            widget["BS"] = pydyf.Dictionary({"W": 1, "S": "/S"})  # PDFium takes a whole number
        look = f"{FRAME} RG 1 w 0.5 0.5 {place.width - 1:.2f} {place.height - 1:.2f} re S " if place.framed else ""
        widget["AP"] = pydyf.Dictionary({"N": self._look(place, f"{look}/Tx BMC EMC")})
        self._fields.append(widget.reference)

    def _button(self, widget: Any, place: Place) -> None:
        """A check box, or one of several of which only one can be chosen."""
        on = f"/{_value(place.value)}" if place.kind != "check" else "/Yes"
        looks = {on.removeprefix("/"): self._look(place, _marked(place)), "Off": self._look(place, _open(place))}
        widget.update({"AS": "/Off", "AP": pydyf.Dictionary({"N": pydyf.Dictionary(looks)})})
        widget["MK"] = pydyf.Dictionary({"CA": pydyf.String("l" if place.kind == "scale" else "8")})
        if place.kind == "check":
            widget.update({"FT": "/Btn", "T": self._name(place.name), "V": "/Off"})
            self._fields.append(widget.reference)
        else:
            group = self._group(place)
            widget["Parent"] = group.reference
            group["Kids"].append(widget.reference)

    def _group(self, place: Place) -> Any:
        if place.name not in self._groups:
            told = pydyf.String(place.group or place.label)
            group = pydyf.Dictionary({"FT": "/Btn", "Ff": RADIO, "T": self._name(place.name), "TU": told, "V": "/Off"})
            group["Kids"] = pydyf.Array()
            self._pdf.add_object(group)
            self._fields.append(group.reference)
            self._groups[place.name] = group
        return self._groups[place.name]

    def _look(self, place: Place, drawing: str) -> Any:
        """Return an appearance; fields of one size share it."""
        key = (place.width, place.height, drawing)
        if key not in self._looks:
            frame = pydyf.Array((0, 0, round(place.width, 2), round(place.height, 2)))
            extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": frame, "Resources": self._resources}
            stream = pydyf.Stream([drawing], extra)
            self._pdf.add_object(stream)
            self._looks[key] = stream.reference
        return self._looks[key]


def _type(size: float) -> str:
    return f"/Write {size:g} Tf {INK} rg"


def _value(text: str) -> str:
    """Return a PDF name for a choice: letters and digits, as viewers hand it on."""
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum()) or "Yes"


def _marked(place: Place) -> str:
    """How a chosen button looks: a full circle on a scale, a cross in a box."""
    if place.kind == "scale":
        return f"{_open(place)} {INK} rg {_circle(place, 0.28)} f"
    side, x, y = 0.30 * min(place.width, place.height), place.width / 2, place.height / 2
    left, right, low, high = (f"{at:.2f}" for at in (x - side, x + side, y - side, y + side))
    return f"q {INK} RG 1.6 w 1 J {left} {low} m {right} {high} l {left} {high} m {right} {low} l S Q"


def _open(place: Place) -> str:
    """How a button looks that is not chosen: an empty circle on a scale; a box is on the page already."""
    return f"1 g {FRAME} RG 0.8 w {_circle(place, 0.44)} B" if place.kind == "scale" else ""


def _circle(place: Place, share: float) -> str:
    """Return the path of a circle in the middle, its radius a share of the place's shorter side."""
    x, y, r = place.width / 2, place.height / 2, share * min(place.width, place.height)
    c = ROUND * r
    curves: Iterable[tuple[float, ...]] = (
        (x + r, y + c, x + c, y + r, x, y + r),
        (x - c, y + r, x - r, y + c, x - r, y),
        (x - r, y - c, x - c, y - r, x, y - r),
        (x + c, y - r, x + r, y - c, x + r, y),
    )
    return f"{x + r:.2f} {y:.2f} m " + " ".join(" ".join(f"{number:.2f}" for number in curve) + " c" for curve in curves)
