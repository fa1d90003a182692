"""What is more than words: places that links lead to, page numbers, boxes to tick, gaps to fill in, the table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from .blocks import Check, Entry, Gap
from .nodes import SPACES, node, parsed, qn

LONGEST = 40  # characters of a bookmark's name
UNTICKED, TICKED, FACE = "☐", "☒", "MS Gothic"  # what Word itself takes for a box to tick
BLANK = "_" * 22
UNKNOWN = "→"  # until Word counts pages: it leads there all the same


class Bookmarks:
    """The names of places: each id has one that Word takes, and no other id has the same."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._count = 0
        taken: set[str] = set()
        for each in dict.fromkeys(ids):
            plain = re.sub(r"\W", "_", each, flags=re.ASCII)
            plain = (plain if plain[:1].isalpha() else f"p_{plain}")[:LONGEST]
            name, number = plain, 1
            while name.casefold() in taken:
                number += 1
                name = f"{plain[: LONGEST - 4]}_{number}"
            taken.add(name.casefold())
            self._names[each] = name

    def name(self, target: str) -> str:
        """Return the bookmark of an id; "" for one that is not in the document."""
        return self._names.get(target, "")

    def marks(self, ids: Sequence[str]) -> tuple[list[Any], list[Any]]:
        """Return what begins and what ends the places of ids."""
        starts, ends = [], []
        for each in dict.fromkeys(ids):
            if each in self._names:
                self._count += 1
                starts.append(node("w:bookmarkStart", id=self._count, name=self._names[each]))
                ends.append(node("w:bookmarkEnd", id=self._count))
        return starts, ends


def field(code: str, shown: Sequence[Any]) -> list[Any]:
    """Return the runs of a field that Word works out, with what it shows until then."""
    instruction = node("w:instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    return [
        node("w:r", node("w:fldChar", fldCharType="begin")),
        node("w:r", instruction),
        node("w:r", node("w:fldChar", fldCharType="separate")),
        *shown,
        node("w:r", node("w:fldChar", fldCharType="end")),
    ]


def run(text: str, style: str = "") -> Any:
    """Return a run of words in a character style."""
    words = node("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return node("w:r", node("w:rPr", node("w:rStyle", val=style)) if style else None, words)


def link(inside: Sequence[Any], *, anchor: str = "", relation: str = "") -> Any:
    """Return runs that lead to a bookmark, or along a relationship."""
    element = node("w:hyperlink", *inside, anchor=anchor or None, history=1)
    if relation:
        element.set(qn("r:id"), relation)
    return element


def page(bookmark: str) -> Any:
    """Return the number of a bookmark's page, once Word has counted; a click leads there."""
    return link(field(f"PAGEREF {bookmark} \\h", [run(UNKNOWN)]), anchor=bookmark)


def check(piece: Check, number: int) -> Any:
    """Return a box that a click ticks."""
    states = "".join(
        f'<w14:{name} w14:val="{ord(sign):04X}" w14:font="{FACE}"/>'
        for name, sign in (("checkedState", TICKED), ("uncheckedState", UNTICKED))
    )
    fonts = f'<w:rFonts w:ascii="{FACE}" w:eastAsia="{FACE}" w:hAnsi="{FACE}" w:hint="eastAsia"/>'
    return parsed(
        f'<w:sdt {SPACES}><w:sdtPr><w:rPr>{fonts}</w:rPr><w:alias w:val={quoteattr(piece.label)}/><w:tag w:val="check"/>'
        f'<w:id w:val="{number}"/><w14:checkbox><w14:checked w14:val="0"/>{states}</w14:checkbox></w:sdtPr>'
        f"<w:sdtContent><w:r><w:rPr>{fonts}</w:rPr><w:t>{UNTICKED}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def gap(piece: Gap, number: int) -> Any:
    """Return room to write in a sentence: a line on paper, a field to fill in on a screen."""
    return parsed(
        f'<w:sdt {SPACES}><w:sdtPr><w:rPr><w:rStyle w:val="Gap"/></w:rPr><w:alias w:val={quoteattr(piece.label)}/>'
        '<w:tag w:val="gap"/>'
        f'<w:id w:val="{number}"/><w:showingPlcHdr/><w:text/></w:sdtPr>'
        f'<w:sdtContent><w:r><w:rPr><w:rStyle w:val="Gap"/></w:rPr><w:t>{BLANK}</w:t></w:r></w:sdtContent></w:sdt>'
    )


def contents(entries: Sequence[Entry], bookmarks: Bookmarks, number: int) -> Any:
    """Return the table of contents: Word's own, with its "Update Table" above it.

    Its lines lead to their places. They say no page until Word has counted: a number of our own would be a guess.
    """
    deepest = max((entry.level for entry in entries), default=1)
    lines = [node("w:p", node("w:pPr", node("w:pStyle", val=f"TOC{entry.level}")), _line(entry, bookmarks)) for entry in entries]
    begin, code, middle, end = field(f'TOC \\o "1-{deepest}" \\h \\z \\u', ())
    for place, part in enumerate((begin, code, middle), 1):
        lines[0].insert(place, part)
    lines[-1].append(end)
    gallery = node("w:docPartObj", node("w:docPartGallery", val="Table of Contents"), node("w:docPartUnique"))
    return node("w:sdt", node("w:sdtPr", node("w:id", val=number), gallery), node("w:sdtContent", *lines))


def _line(entry: Entry, bookmarks: Bookmarks) -> Any:
    name = bookmarks.name(entry.target)
    return link([run(entry.text)], anchor=name) if name else run(entry.text)
