"""A finished deck, read: its package, and its slides with what is known of each."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml.etree import _Element
from pptx.opc.package import OpcPackage
from pptx.oxml.ns import qn

from .prints import Prints, prints, title
from .shows import shows
from .stamp import NONE, SECTION, DeckStamp, Stamp, deck_stamp_of, section_names, shared_looks, stamp_of

LISTED = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"


class Unreadable(Exception):
    """Raised for bytes that are no sound presentation."""


@dataclass(frozen=True)
class Leaf:
    """A slide. ``id`` is the presentation's number for it, ``section`` the id of its section.

    ``prints`` are what the slide comes to now, on its stamp's grid.
    """

    part: Any
    root: _Element
    id: str
    title: str
    hidden: bool
    section: str
    stamp: Stamp | None
    prints: Prints


@dataclass(frozen=True)
class Deck:
    """``stamp`` is None for a deck that another program has made or written anew."""

    package: Any
    leaves: tuple[Leaf, ...]
    stamp: DeckStamp | None

    @property
    def presentation(self) -> Any:
        """The presentation part."""
        return self.package.main_document_part

    @cached_property
    def sections(self) -> str:
        """The fingerprint of the names of its sections."""
        return section_names(self.presentation._element)

    @cached_property
    def section_names(self) -> dict[str, str]:
        """The names of its sections by their ids."""
        return {each.get("id", ""): each.get("name", "") for each in self.presentation._element.iter(SECTION)}

    @cached_property
    def has_shows(self) -> bool:
        """Whether somebody has put together custom shows."""
        return bool(shows(self.presentation))

    @cached_property
    def has_own_looks(self) -> bool:
        """Whether a master or layout, or the slide size, is no longer as it was built; new ones are no matter."""
        return self.stamp is not None and not set(self.stamp.looks) <= set(shared_looks(self.presentation))


def read(data: bytes) -> Deck:
    """Return the deck in a file. Raises Unreadable."""
    try:
        return _read(OpcPackage.open(io.BytesIO(data)))
    except Exception as error:  # whatever is wrong with a file that anybody may have written: it is kept, not understood
        raise Unreadable(str(error)) from error


def _read(package: Any) -> Deck:
    presentation = package.main_document_part
    listed = [(each.get("id"), presentation.rels[each.get(qn("r:id"))].target_part) for each in slide_ids(presentation)]
    sections = _sections(presentation._element)
    stamps = {part: stamp_of(part, part._element) for _, part in listed}
    leaves = (_leaf(part, id, sections.get(id, ""), stamps) for id, part in listed)
    return Deck(package, tuple(leaves), deck_stamp_of(presentation))


def slide_ids(presentation: Any) -> list[_Element]:
    """Return the entries of a presentation's list of slides, in order."""
    return list(presentation._element.iterfind(f"{qn('p:sldIdLst')}/{qn('p:sldId')}"))


def _leaf(part: Any, id: str, section: str, stamps: dict[Any, Stamp | None]) -> Leaf:
    stamp, root = stamps[part], part._element

    def name(other: Any) -> str:
        found = stamps.get(other)
        return found.identity if found else ""

    grid = stamp.prints.grid if stamp and stamp.prints != NONE else None
    hidden = root.get("show") in ("0", "false")
    return Leaf(part, root, id, title(root), hidden, section, stamp, prints(part, root, name, grid))


def _sections(presentation: _Element) -> dict[str, str]:
    """The id of each slide's section, by the slide's."""
    return {each.get("id", ""): section.get("id", "") for section in presentation.iter(SECTION) for each in section.iter(LISTED)}
