"""Bullets and numbers: real lists, each numbered one beginning anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .blocks import Series
from .nodes import node, twips

STEP = 5.0  # millimetres from level to level
BULLETS = ("•", "–", "·")
NUMBERS = ("decimal", "lowerLetter", "lowerRoman")
LEVELS: Mapping[str, tuple[int, int]] = {  # style → which of the two kinds of list it is, and its level
    "List Bullet": (1, 0), "List Bullet 2": (1, 1), "List Bullet 3": (1, 2),
    "List Number": (2, 0), "List Number 2": (2, 1), "List Number 3": (2, 2),
}  # fmt: skip
WRITTEN: Mapping[str, str] = {  # CSS → Word
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
}  # fmt: skip
FIRST = 10  # numbers of lists below this one belong to the styles


def definition(style: str) -> Any:
    """Return what a list style says about numbers."""
    kind, level = LEVELS[style]
    return node("w:numPr", node("w:ilvl", val=level) if level else None, node("w:numId", val=kind))


def fill(numbering: Any, series: Iterable[Series]) -> None:
    """Put the two kinds of list, and each numbered list of the document, into an empty ``w:numbering``."""
    numbering.append(_kind(1, [node("w:numFmt", val="bullet") for _ in BULLETS], BULLETS, "List Bullet"))
    numbering.append(_kind(2, [node("w:numFmt", val=each) for each in NUMBERS], ("%1.", "%2.", "%3."), "List Number"))
    numbering.append(node("w:num", node("w:abstractNumId", val=1), numId=1))
    numbering.append(node("w:num", node("w:abstractNumId", val=2), numId=2))
    for each in series:
        numbering.append(node("w:num", node("w:abstractNumId", val=2), *_levels(each), numId=number(each)))


def number(series: Series) -> int:
    """Return the identifier of a numbered list."""
    return FIRST + series.number


def _levels(series: Series) -> Iterable[Any]:
    """Yield how a list's numbers begin and are written, on every level it may have been put on."""
    for level in range(len(NUMBERS)):
        form = WRITTEN.get(series.kind, NUMBERS[level])
        own = _level(level, node("w:numFmt", val=form), f"%{level + 1}.", series.start) if form != NUMBERS[level] else None
        yield node("w:lvlOverride", node("w:startOverride", val=series.start), own, ilvl=level)


def _kind(identifier: int, forms: list[Any], texts: Iterable[str], style: str) -> Any:
    levels = [
        _level(number, form, text, style=f"{style.replace(' ', '')}{number + 1 if number else ''}")
        for number, (form, text) in enumerate(zip(forms, texts, strict=True))
    ]
    return node("w:abstractNum", node("w:multiLevelType", val="multilevel"), *levels, abstractNumId=identifier)


def _level(level: int, form: Any, text: str, start: int = 1, style: str = "") -> Any:
    indent = node("w:ind", left=twips(STEP * (level + 1)), hanging=twips(STEP))
    return node("w:lvl", node("w:start", val=start), form, node("w:pStyle", val=style) if style else None,
                node("w:lvlText", val=text), node("w:lvlJc", val="left"), node("w:pPr", indent), ilvl=level)  # fmt: skip
