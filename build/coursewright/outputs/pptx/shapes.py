"""Shapes of a slide as XML: placeholders, text on its own, panels and rules. Lengths are EMU, sizes points."""

from __future__ import annotations

import copy
from typing import Any

from lxml.etree import _Element

from .colours import Ground
from .nodes import DECORATIVE, node, parsed
from .theme import A, P
from .values import Art, Level, Rect, Slot

BLANK = parsed(  # a placeholder; a copy is made sooner than a new one
    '<p:sp><p:nvSpPr><p:cNvPr/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr/></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:lstStyle/></p:txBody></p:sp>"
)
SEATED = frozenset({"obj", "tbl", "chart", "pic", "dgm"})  # placeholders that hold a graphic, as PowerPoint itself seats it


def frame(rect: Rect) -> _Element:
    """Return ``a:xfrm``."""
    offset = node("a:off", x=str(rect.x), y=str(rect.y))
    return node("a:xfrm", offset, node("a:ext", cx=str(rect.width), cy=str(rect.height)))


def holder(slot: Slot, rect: Rect | None, number: int, ground: Ground) -> _Element:
    """Return an empty placeholder for a slot: the brand's own, or one that is set as the slot's levels say.

    ``rect`` is its place where that is not the layout's; a drawn slot always has one.
    """
    shape = _placeholder(slot, number)
    if slot.drawn:
        _dress(shape, slot, rect or slot.rect, ground)
        return shape
    if rect is not None:
        place(shape, rect)
    _as_measured(shape, slot)
    return shape


def _placeholder(slot: Slot, number: int) -> _Element:
    shape = copy.deepcopy(BLANK)
    named, _, properties = shape[0]
    named.set("id", str(number))
    named.set("name", slot.name)
    properties.append(seat(slot))
    return shape


def seat(slot: Slot) -> _Element:
    """Return the slot's ``p:ph``."""
    holder = node("p:ph")
    if slot.kind != "obj":
        holder.set("type", slot.kind)
    if slot.idx:
        holder.set("idx", str(slot.idx))
    return holder


def _dress(shape: _Element, slot: Slot, rect: Rect, ground: Ground) -> None:
    """Give a drawn slot its place, outline, insets and levels."""
    properties = shape.find(f"{P}spPr")
    place(shape, rect)
    properties.append(node("a:prstGeom", node("a:avLst"), prst="rect"))
    if slot.edge and slot.edge.side == "box":
        properties.append(node("a:noFill"))
        properties.append(node("a:ln", ground.solid(slot.edge.tone), w=str(slot.edge.width)))
    left, top, right, bottom = (str(inset) for inset in slot.insets)
    body = node(
        "a:bodyPr",
        node("a:normAutofit", fontScale="100000"),
        wrap="square",
        lIns=left,
        tIns=top,
        rIns=right,
        bIns=bottom,
        anchor=slot.anchor,
    )
    text = shape.find(f"{P}txBody")
    text.replace(text.find(f"{A}bodyPr"), body)
    text.find(f"{A}lstStyle").extend(_level(level, number, ground) for number, level in enumerate(slot.levels, 1))


def place(shape: _Element, rect: Rect) -> None:
    """Write a shape's rectangle instead of the layout's."""
    properties = shape.find(f"{P}spPr")
    for old in properties.findall(f"{A}xfrm"):
        properties.remove(old)
    properties.insert(0, frame(rect))


def _as_measured(shape: _Element, slot: Slot) -> None:
    """Say that text breaks its lines and needs no shrinking. LibreOffice would find out by itself, wrong by a size or two."""
    body = shape.find(f"{P}txBody/{A}bodyPr")
    if slot.unwrapped:
        body.set("wrap", "square")
    if slot.shrinks:
        body.append(node("a:normAutofit", fontScale="100000"))


def anchored(shape: _Element, slot: Slot) -> None:
    """Write where text stands in its frame, and its insets, instead of the layout's."""
    left, top, right, bottom = (str(inset) for inset in slot.insets)
    body = shape.find(f"{P}txBody/{A}bodyPr")
    for key, value in {"lIns": left, "tIns": top, "rIns": right, "bIns": bottom, "anchor": slot.anchor}.items():
        body.set(key, value)


def aligned(shape: _Element, align: str) -> None:
    """Write how a shape's paragraphs are aligned, instead of the layout's way."""
    for paragraph in shape.iter(f"{A}p"):
        settings = paragraph.find(f"{A}pPr")
        if settings is None:
            settings = node("a:pPr")
            paragraph.insert(0, settings)
        if settings.get("rtl") is None:
            settings.set("algn", align)


def _level(level: Level, number: int, ground: Ground) -> _Element:
    run = node("a:defRPr", ground.solid(level.tone or "ink"), sz=str(int(level.size * 100)))
    run.extend(_typefaces("+mj" if level.heading else "+mn"))
    run.set("b", str(int(level.bold)))
    run.set("i", str(int(level.italic)))
    run.set("cap", "all" if level.caps else "none")
    run.set("spc", str(round(level.spacing * 100)))
    spacing = [_spacing("a:lnSpc", 0.0, level.line), _spacing("a:spcBef", level.before, level.before_share)]
    spacing.append(_spacing("a:spcAft", level.after, level.after_share))
    bullet = node("a:buChar", char=level.bullet) if level.bullet else node("a:buNone")
    margins = {"marL": str(level.margin), "indent": str(level.indent), "algn": level.align}
    return node(f"a:lvl{number}pPr", *spacing, bullet, run, **margins)


def _typefaces(family: str) -> list[_Element]:
    return [node(f"a:{script}", typeface=f"{family}-{key}") for script, key in (("latin", "lt"), ("ea", "ea"), ("cs", "cs"))]


def _spacing(tag: str, points: float, share: float) -> _Element:
    size = node("a:spcPct", val=str(round(share * 100_000))) if share else node("a:spcPts", val=str(round(points * 100)))
    return node(tag, size)


def panel(art: Art, number: int, ground: Ground) -> _Element:
    """Return a filled rectangle that tells nothing."""
    shape = parsed(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="panel">{DECORATIVE}</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        "<p:spPr/></p:sp>"
    )
    properties = shape.find(f"{P}spPr")
    properties.extend([frame(art.rect), node("a:prstGeom", node("a:avLst"), prst="rect"), ground.solid(art.tone)])
    properties.append(node("a:ln", node("a:noFill")))
    return shape


def rule(slot: Slot, rect: Rect, number: int, ground: Ground) -> _Element | None:
    """Return the rule above or left of a drawn slot, None where it has none."""
    if not slot.drawn or slot.edge is None or slot.edge.side == "box":
        return None
    width, half = slot.edge.width, slot.edge.width // 2
    across = Rect(rect.x, rect.y + half, rect.width, 0)
    line = Rect(rect.x + half, rect.y, 0, rect.height) if slot.edge.side == "left" else across
    shape = parsed(
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="rule">{DECORATIVE}</p:cNvPr><p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>'
        "<p:spPr/></p:cxnSp>"
    )
    stroke = node("a:ln", ground.solid(slot.edge.tone), w=str(width))
    shape.find(f"{P}spPr").extend([frame(line), node("a:prstGeom", node("a:avLst"), prst="line"), stroke])
    return shape


def seated(graphic: _Element, slot: Slot) -> _Element:
    """Return a table, chart or picture as the content of the brand's own placeholder, as PowerPoint itself puts it."""
    if not slot.drawn and slot.kind in SEATED:
        properties: Any = next(graphic.iter(f"{P}nvPr"))
        properties.insert(0, seat(slot))
    return graphic
