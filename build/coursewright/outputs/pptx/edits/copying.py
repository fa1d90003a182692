"""Parts of one package copied into another, with everything they lead to.

A copy keeps the ids of its relationships, so its XML need not be touched. What the other package has already is not copied
but found: its masters and layouts, its notes master, pictures with the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pptx.opc.oxml import CT_Relationships
from pptx.opc.package import Part

from ..sheet import Book
from .charts import digest

MEDIA = ("image/", "audio/", "video/")

Link = tuple[str, str, Any]  # a relationship's id and type, and the part or URL it leads to
Stand = Callable[[Any], Any]  # a part of the other package → the one that stands for it here, None to leave the link out


@dataclass
class Copier:
    """Copies parts into a book. ``stands`` says, by relationship type, what is found rather than copied."""

    book: Book
    stands: dict[str, Stand]
    _copies: dict[Any, Any] = field(default_factory=dict)
    _media: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for part in self.book.package.iter_parts():
            if part.content_type.startswith(MEDIA):
                self._media.setdefault(digest(part.blob), part)

    def copy(self, part: Any) -> Any:
        """Return the copy of a part, made once however often it is asked for."""
        if part not in self._copies:
            known = self._media.get(digest(part.blob)) if part.content_type.startswith(MEDIA) else None
            self._copies[part] = known or self.bare(part)
            if known is None:
                links = (self.link(each) for each in part.rels.values())
                relate(self._copies[part], [link for link in links if link is not None])
        return self._copies[part]

    def bare(self, part: Any) -> Part:
        """Return a new part of the same kind and content, without relationships."""
        return self.book.part(_pattern(part.partname), part.content_type, part.blob)

    def link(self, relation: Any) -> Link | None:
        """Return a relationship as it is to be here; None where nothing stands for what it led to."""
        if relation.is_external:
            return relation.rId, relation.reltype, relation.target_ref
        stand = self.stands.get(relation.reltype, self.copy)(relation.target_part)
        return None if stand is None else (relation.rId, relation.reltype, stand)


def relate(part: Any, links: Iterable[Link]) -> None:
    """Give a part these relationships and no others."""
    listed, parts = CT_Relationships.new(), {}
    for rid, kind, target in links:
        external = isinstance(target, str)
        listed.add_rel(rid, kind, target if external else str(target.partname), external)
        if not external:
            parts[target.partname] = target
    part.load_rels_from_xml(listed, parts)


def links_of(part: Any) -> list[Link]:
    """Return a part's relationships as :func:`relate` takes them."""
    found = part.rels.values()
    return [(each.rId, each.reltype, each.target_ref if each.is_external else each.target_part) for each in found]


def _pattern(name: str) -> str:
    """The part's name with a place for its number: ``/ppt/charts/chart7.xml`` → ``/ppt/charts/chart%d.xml``."""
    head, dot, suffix = name.replace("%", "%%").rpartition(".")
    return re.sub(r"\d*$", "%d", head, count=1) + dot + suffix
