"""The slide being written, and the deck it belongs to: shape ids, relationships, and parts that are counted, not searched.

python-pptx looks through the whole package for each new part's name, which makes long decks quadratic; here names are
counted, and pictures with the same bytes share one part.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI


@dataclass
class Book:
    """The package that parts are added to. Not frozen: it counts."""

    package: Any  # python-pptx's Package
    _taken: set[str] = field(default_factory=set)
    _counts: Counter[str] = field(default_factory=Counter)
    _media: dict[str, Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._taken = {str(part.partname).lower() for part in self.package.iter_parts()}

    def part(self, pattern: str, content_type: str, blob: bytes) -> Part:
        """Return a new part named by a pattern such as ``/ppt/charts/chart%d.xml``, with the next number that is free."""
        while True:
            self._counts[pattern] += 1
            name = pattern % self._counts[pattern]
            if name.lower() not in self._taken:
                self._taken.add(name.lower())
                return Part(PackURI(name), content_type, self.package, blob)

    def media(self, blob: bytes, suffix: str, content_type: str) -> Part:
        """Return the part of a picture: the one there is for these bytes, or a new one. ``suffix`` has no dot."""
        key = hashlib.sha256(blob).hexdigest()
        if key not in self._media:
            self._media[key] = self.part(f"/ppt/media/image%d.{suffix}", content_type, blob)
        return self._media[key]


def joined(part: Any, kind: str, target: Part) -> str:
    """Relate a part to another that it is not related to yet; ``relate_to`` would look through all its relations first."""
    return str(part.rels._add_relationship(kind, target))


@dataclass
class Sheet:
    """One slide: ``part`` takes its relationships (``part.relate_to(…)``), ``tree`` its shapes in reading order."""

    book: Book
    part: Any
    tree: _Element
    ids: Iterator[int]
    language: str
