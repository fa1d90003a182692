"""Where a page sends its reader to another file: “Slide 23”, “Workbook p. 14”, in whatever words a template has for it.

A template is given the numbers of pages and slides, and what it makes of them nobody knows: it may print all of them, the
first only, or none. So the page is rendered a second time with numbers that cannot be mistaken, each telling document, part
and number; what comes out wherever those stand is what the first page shows there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html

from coursewright.outputs import Claim
from coursewright.render import Places

BASE = 9 * 10**14  # no text has such a number; what is added tells which part, and the page or slide
EACH = 10**6  # pages or slides a part may have
MARKED = re.compile(r"(9\d{14})(?:(\s*[–-]\s*)(9\d{14}))?")
BLOCKS = frozenset(
    {"p", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "caption", "figcaption", "text", "div", "section", "body"}
)
APART = frozenset({"td", "th", "br"})  # what begins here does not continue the word before


@dataclass(frozen=True)
class _Key:
    """Which number stands for which part of which document."""

    parts: tuple[tuple[str, str], ...]

    def marked(self, places: Places) -> dict[str, dict[str, tuple[int, ...]]]:
        found: dict[str, dict[str, tuple[int, ...]]] = {document: {} for document in places}
        for index, (document, part) in enumerate(self.parts):
            found[document][part] = tuple(BASE + index * EACH + number for number in places[document][part])
        return found

    def read(self, mark: str) -> tuple[str, str, int] | None:
        index, number = divmod(int(mark) - BASE, EACH)
        return (*self.parts[index], number) if index < len(self.parts) else None


def claims(render: Callable[[Places], str], places: Places) -> tuple[Claim, ...]:
    """Return what a page claims of other files. ``render`` makes the page, HTML, for given places; ``places`` are true."""
    key = _Key(tuple((document, part) for document, parts in sorted(places.items()) for part in sorted(parts)))
    if not key.parts:
        return ()
    page = render(key.marked(places))
    if not MARKED.search(page):
        return ()
    root = html.document_fromstring(page)
    return tuple(claim for block in _blocks(root) for claim in _claims(block, key))


def _blocks(root: Any) -> Iterator[Any]:
    """Yield the innermost blocks whose text shows a number; what may be left out on some brands claims nothing."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("style", "script", "title") or element.tag not in BLOCKS:
            continue
        if MARKED.search("".join(_own(element))) and "none" not in element.get("slot", "").replace(",", " ").split():
            yield element


def _own(element: Any) -> Iterator[str]:
    """Yield the text of a block without that of blocks within."""
    yield element.text or ""
    for child in element:
        yield " " if child.tag in APART else ""
        if isinstance(child.tag, str) and child.tag not in BLOCKS and child.tag not in ("style", "script"):
            yield from _own(child)
        yield child.tail or ""


def _claims(block: Any, key: _Key) -> Iterator[Claim]:
    text = " ".join("".join(_own(block)).split())
    found: dict[tuple[str, str], set[int]] = {}
    for mark in MARKED.finditer(text):
        for document, part, numbers in _shown(mark, key):
            found.setdefault((document, part), set()).update(numbers)
    shown = MARKED.sub(lambda mark: _true(mark, key), text)
    for (document, part), told in found.items():
        yield Claim(document, part, tuple(sorted(told)), shown, tuple(_around(block)))


def _shown(mark: re.Match[str], key: _Key) -> Iterator[tuple[str, str, range]]:
    first = key.read(mark[1])
    last = key.read(mark[3]) if mark[3] else first
    if first and last:
        yield first[0], first[1], range(first[2], last[2] + 1)


def _true(mark: re.Match[str], key: _Key) -> str:
    first, last = key.read(mark[1]), key.read(mark[3] or mark[1])
    if not first or not last:
        return mark[0]
    return f"{first[2]}{mark[2]}{last[2]}" if mark[3] else str(first[2])


def _around(block: Any) -> Iterator[str]:
    """Yield the ids around a block from the inside; a section of a deck has its segment's."""
    for element in (block, *block.iterancestors()):
        name = element.get("id") or element.get("data-segment")
        if name:
            yield name
