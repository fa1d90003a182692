"""What makes PowerPoint offer to repair a file, or leaves its reader with less than the outline promises.

Schemas see little of this and LibreOffice forgives all of it. Every check takes a :class:`Package` and yields findings
in words; none shares code with the engine.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
OFFICE_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CONTENT_TYPES = "[Content_Types].xml"
PROMPT = re.compile(r"click to (add|edit)|lorem ipsum|\{\{|\}\}|\{%|\bTODO\b|\bundefined\b", re.IGNORECASE)
FURNITURE = {"dt", "ftr", "hdr", "sldNum", "sldImg"}
Element = Any  # lxml gives its elements no public type


@dataclass(frozen=True)
class Package:
    """An Office file: ``names`` as the zip lists them (a name may stand there twice), ``parts`` by name."""

    names: tuple[str, ...]
    parts: dict[str, bytes]

    @cached_property
    def xml(self) -> dict[str, Element]:
        """Return the roots of all XML parts."""
        return {name: etree.fromstring(data) for name, data in self.parts.items() if name.endswith((".xml", ".rels"))}

    def matching(self, pattern: str) -> dict[str, Element]:
        """Return the XML parts whose whole name matches, such as ``ppt/slides/[^/]*``."""
        return {name: root for name, root in self.xml.items() if re.fullmatch(pattern, name)}

    @property
    def slides(self) -> dict[str, Element]:
        return self.matching(r"ppt/slides/[^/]+\.xml")

    @property
    def notes(self) -> dict[str, Element]:
        return self.matching(r"ppt/notesSlides/[^/]+\.xml")


def opened(path: Path) -> Package:
    """Read an Office file. Raises zipfile.BadZipFile or lxml's XMLSyntaxError for what is none."""
    with zipfile.ZipFile(path) as archive:
        names = tuple(archive.namelist())
        return Package(names, {name: archive.read(name) for name in names})


def same_name_twice(package: Package) -> Iterator[str]:
    counted = Counter(name.casefold() for name in package.names)
    yield from (f"{name} is in the file {count} times" for name, count in counted.items() if count > 1)


def content_types(package: Package) -> Iterator[str]:
    root = package.xml[CONTENT_TYPES]
    endings = {each.get("Extension").lower() for each in root if each.get("Extension")}
    named = {each.get("PartName").lstrip("/") for each in root if each.get("PartName")}
    yield from (f"content type for {name}, which is not there" for name in sorted(named - package.parts.keys()))
    for name in sorted(package.parts.keys() - named - {CONTENT_TYPES}):
        if name.rpartition(".")[2].lower() not in endings:
            yield f"no content type for {name}"
    yield from (f"content type {each.get('ContentType')}" for each in root if each.get("ContentType") == "image/jpg")


def relationships(package: Package) -> Iterator[str]:
    for name, root in package.matching(r".*\.rels").items():
        source = relation_source(name)
        if source and source not in package.parts:
            yield f"{name} belongs to no part"
        yield from (f"{name}: two relationships are called {twin}" for twin in twins(each.get("Id") for each in root))
        for each in root:
            if each.get("TargetMode") != "External" and target(source, each.get("Target")) not in package.parts:
                yield f"{name}: {each.get('Id')} leads to {each.get('Target')}, which is not there"


def relation_source(rels: str) -> str:
    """Return the part a .rels part belongs to, "" for the package itself."""
    folder, _, name = rels.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def target(source: str, written: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), written.partition("#")[0])).lstrip("/")


def twins(values: Any) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def relationship_ids(package: Package) -> Iterator[str]:
    """Yield the ids that XML uses and no relationship explains."""
    known = {relation_source(name): {each.get("Id") for each in root} for name, root in package.matching(r".*\.rels").items()}
    for name, root in package.matching(r".*\.xml").items():
        used = {value for each in root.iter() for key, value in each.attrib.items() if key.startswith(OFFICE_RELATION) and value}
        yield from (f"{name} uses {each}, which is no relationship of it" for each in sorted(used - known.get(name, set())))


def unreachable_parts(package: Package) -> Iterator[str]:
    """Yield the parts that no chain of relationships leads to: PowerPoint drops them, or repairs the file."""
    leads = {relation_source(name): [target(relation_source(name), each.get("Target")) for each in root
                                     if each.get("TargetMode") != "External"]
             for name, root in package.matching(r".*\.rels").items()}  # fmt: skip
    found, waiting = set(), [""]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += leads.get(part, [])
    parts = {name for name in package.parts if name != CONTENT_TYPES and not name.endswith(".rels")}
    yield from (f"nothing leads to {name}" for name in sorted(parts - found))


def shape_ids(package: Package) -> Iterator[str]:
    for name, root in package.matching(r"ppt/(slides|slideLayouts|slideMasters|notesSlides|notesMasters)/[^/]+\.xml").items():
        ids = [each.get("id") for each in root.iter(f"{P}cNvPr")]
        yield from (f"{name}: shape id {twin} is used twice" for twin in twins(ids))


def text_bodies(package: Package) -> Iterator[str]:
    for name, root in package.matching(r"ppt/.*\.xml").items():
        for body in root.iter(f"{P}txBody", f"{A}txBody"):
            if body.find(f"{A}p") is None:
                yield f"{name}: a text without a paragraph"
        yield from (f"{name}: a table cell without text body" for cell in root.iter(f"{A}tc") if cell.find(f"{A}txBody") is None)


def leftovers(package: Package) -> Iterator[str]:
    for name, root in {**package.slides, **package.notes}.items():
        yield from (f"{name}: “{text}”" for text in map(text_of, root.iter(f"{A}p")) if PROMPT.search(text))


def empty_placeholders(package: Package) -> Iterator[str]:
    """Yield placeholders nobody filled: they show their prompt while the deck is edited."""
    for name, root in package.slides.items():
        for shape in root.iter(f"{P}sp"):
            holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
            if holder is not None and holder.get("type") not in FURNITURE and not text_of(shape).strip():
                yield f"{name}: placeholder {shape.find(f'{P}nvSpPr/{P}cNvPr').get('name')} is empty"


def text_of(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{A}t"))


def languages(package: Package) -> Iterator[str]:
    for name, root in {**package.slides, **package.notes}.items():
        for run in root.iter(f"{A}r", f"{A}fld"):
            properties = run.find(f"{A}rPr")
            if properties is None or not properties.get("lang"):
                yield f"{name}: no language for “{text_of(run)}”"


def alternatives(package: Package) -> Iterator[str]:
    """Yield what shows something and does not say what: pictures, charts, tables, drawings at the top of a slide."""
    for name, root in package.slides.items():
        for shape in root.find(f"{P}cSld/{P}spTree"):
            about = shape.find(f"*/{P}cNvPr")
            if shape.tag in {f"{P}pic", f"{P}graphicFrame", f"{P}grpSp"} and not (about.get("descr") or decorative(about)):
                yield f"{name}: {about.get('name')} has no alternative text"


def decorative(about: Element) -> bool:
    return any(
        etree.QName(each).localname == "decorative" and each.get("val") in ("1", "true") for each in about.iter("{*}decorative")
    )


def titles(package: Package) -> Iterator[str]:
    named = {name: title(root) for name, root in package.slides.items()}
    yield from (f"{name} has no title" for name, text in named.items() if not text)
    yield from (f"two slides are called “{twin}”" for twin in twins(filter(None, named.values())))


def title(slide: Element) -> str:
    for shape in slide.iter(f"{P}sp"):
        holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if holder is not None and holder.get("type") in ("title", "ctrTitle"):
            return text_of(shape).strip()
    return ""


def numbers(package: Package) -> Iterator[str]:
    wrong = re.compile(r'="(NaN|-?[Ii]nf(inity)?|None)"')
    for name, data in package.parts.items():
        if name.endswith(".xml") and (found := wrong.search(data.decode("utf-8", "replace"))):
            yield f"{name}: a value is {found[1]}"


CHECKS: tuple[Callable[[Package], Iterator[str]], ...] = (
    same_name_twice,
    content_types,
    relationships,
    relationship_ids,
    unreachable_parts,
    shape_ids,
    text_bodies,
    leftovers,
    empty_placeholders,
    languages,
    alternatives,
    titles,
    numbers,
)
