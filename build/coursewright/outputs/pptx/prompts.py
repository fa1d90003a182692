"""Prompts of the brand's own layouts ("Click to add text") that do not fit their own placeholder are set smaller.

Nobody sees a prompt in a show, but whoever adds a slide by hand does. Only the prompt's own runs change: what is typed
there is set as the brand says.
"""

from __future__ import annotations

from lxml.etree import _Element

from . import fit
from .page import Paragraph, Run
from .reading import Facts, slot
from .theme import A, P
from .values import Slot

SHARES = tuple(share / 100 for share in range(95, 25, -5))
SLACK = 1.1  # renderers differ by a few per cent; a prompt is no place to be exact


def settle(facts: Facts, defaults: _Element | None, families: tuple[str, str]) -> None:
    """Make the prompts of one layout fit, in place."""
    for place in facts.places:
        runs = list(place.element.iterfind(f"{P}txBody/{A}p/{A}r"))
        if runs and place.rect.size and not place.vertical:
            _settle(place.element, slot(facts, place, defaults), families)


def _settle(element: _Element, found: Slot, families: tuple[str, str]) -> None:
    paragraphs = [each for each in map(_paragraph, element.iterfind(f"{P}txBody/{A}p")) if each.runs]
    if fit.height(paragraphs, found, 1.0, families) * SLACK <= found.rect.height:
        return
    shares = (share for share in SHARES if fit.height(paragraphs, found, share, families) * SLACK <= found.rect.height)
    share = next(shares, SHARES[-1])
    for paragraph in element.iterfind(f"{P}txBody/{A}p"):
        settings = paragraph.find(f"{A}pPr")
        level = found.levels[min(int(settings.get("lvl", "0")) if settings is not None else 0, 4)]
        for properties in paragraph.iterfind(f"{A}r/{A}rPr"):
            properties.set("sz", str(int(level.size * share) * 100))


def _paragraph(element: _Element) -> Paragraph:
    settings = element.find(f"{A}pPr")
    words = "".join(str(node.text or "") for node in element.iterfind(f"{A}r/{A}t"))
    return Paragraph((Run(words),) if words else (), "bullet", int(settings.get("lvl", "0")) if settings is not None else 0)
