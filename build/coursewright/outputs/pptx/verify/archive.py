"""The finished file as parts, relationships and parsed XML. Reads only; knows nothing of how the file was written."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from lxml import etree
from lxml.etree import _Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

T = TypeVar("T")
PRESENTATION = "ppt/presentation.xml"  # where the package does not say otherwise


class Relation(NamedTuple):
    """``kind`` is the last word of the relationship's type; ``target`` a part's name without slash, or an address."""

    kind: str
    target: str
    external: bool


@dataclass
class Archive:
    """The parts by name (no leading slash). Not frozen: it remembers what it has parsed, and what cannot be."""

    parts: Mapping[str, bytes]
    unreadable: dict[str, str] = field(default_factory=dict)
    _roots: dict[str, _Element] = field(default_factory=dict)
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)
    _shared: dict[str, Any] = field(default_factory=dict)

    def read(self, name: str) -> _Element | None:
        """Return a part's root without keeping it: for parts that are looked at once, slides above all."""
        data = self.parts.get(name)
        if data is None:
            return None
        try:
            return etree.fromstring(data)
        except etree.XMLSyntaxError as error:
            self.unreadable.setdefault(name, str(error))
            return None

    def root(self, name: str) -> _Element | None:
        """Return a part's root, parsed once: for what slides share."""
        if name not in self._roots:
            self._roots[name] = self.read(name)
        return self._roots[name]

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Return the relationships of a part (of the package itself for ""), by id."""
        if name not in self._relations:
            root = self.read(relations_name(name))
            folder = posixpath.dirname(name)
            found = root if root is not None else ()
            self._relations[name] = {each.get("Id", ""): _relation(each, folder) for each in found if isinstance(each.tag, str)}
        return self._relations[name]

    def related(self, name: str, kind: str) -> str:
        """Return the first part that a part is related to in this way, "" for none."""
        return next((each.target for each in self.relations(name).values() if each.kind == kind), "")

    def shared(self, name: str, make: Callable[[], T]) -> T:
        """Return what is made once for all that share the part of this name."""
        if name not in self._shared:
            self._shared[name] = make()
        made: T = self._shared[name]
        return made

    @property
    def presentation(self) -> str:
        return self.related("", "officeDocument") or PRESENTATION


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a finished file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def names_in(content: bytes) -> tuple[str, ...]:
    """Return the names of the archive's entries as often as they stand there."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return tuple(archive.namelist())


def relations_name(name: str) -> str:
    """Return the name of the part that holds a part's relationships."""
    folder, slash, base = name.rpartition("/")
    return f"{folder}{slash}_rels/{base}.rels"


def _relation(element: _Element, folder: str) -> Relation:
    kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, True)
    bare = target.partition("#")[0]
    path = bare.lstrip("/") if bare.startswith("/") else posixpath.normpath(posixpath.join(folder, bare))
    return Relation(kind, path, False)
