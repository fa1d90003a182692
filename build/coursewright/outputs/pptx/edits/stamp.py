"""The stamp: what a slide knows of the one it was built as, and a deck of the slides it was built with.

A slide is known by its *identity*: the segment it shows, its kind, its number among that kind in the segment, and the part
of it where it was continued (``M01-S2/activity/1``). With it stand the fingerprints of the slide as it was built, so that
a slide whose fingerprint is another has been edited, and its title, by which people know it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from lxml.etree import _Element
from pptx.oxml.ns import qn

from ..sheet import Book
from . import tags
from .canon import SLIDE
from .charts import digest
from .prints import Names, Prints, looks, prints, related, title

VERSION = "1"  # of the fingerprints; a slide stamped with another cannot be compared, and so counts as edited
SIZE = qn("p:sldSz")
SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"
NONE = Prints("", "", "", 0)


@dataclass(frozen=True)
class Stamp:
    """``prints`` are those of the slide as it was built; ``title`` is the one it was built with."""

    identity: str
    title: str
    prints: Prints

    @property
    def kind(self) -> str:
        """The identity without its numbers: segment and kind."""
        return "/".join(self.identity.split("/")[:2])


@dataclass(frozen=True)
class DeckStamp:
    """``build`` tells builds apart, ``looks`` masters and layouts; then the sections and the stamps of all slides."""

    build: str
    looks: tuple[str, ...]
    sections: str
    slides: tuple[Stamp, ...]


def identities(slides: Iterable[tuple[str, str, int]]) -> tuple[str, ...]:
    """Return each slide's identity. A slide is given by its segment, its kind, and its part from 0 where it was continued."""
    counts: Counter[tuple[str, str]] = Counter()
    found = []
    for segment, kind, part in slides:
        counts[segment, kind] += part == 0
        number = max(counts[segment, kind], 1)
        name = f"{segment or 'deck'}/{kind}/{number}" + (f".{part + 1}" if part else "")
        found.append(name.replace(" ", "_").casefold())
    return tuple(found)


def stamp(book: Book, slides: Sequence[tuple[Any, _Element]], identities: Sequence[str]) -> None:
    """Stamp every slide of a finished deck, and the deck, sections and links made. A slide is its part and its ``p:sld``.

    A part that holds bytes is given those of its ``p:sld``, so a writer need not write it out before.
    """
    known = {part: identity for (part, _), identity in zip(slides, identities, strict=True)}

    def names(part: Any) -> str:
        return known.get(part, "")

    made = tuple(_stamped(book, part, root, names) for part, root in slides)
    presentation = book.package.main_document_part
    shared = shared_looks(presentation)
    sections = section_names(presentation._element)
    build = digest("\n".join(["\n".join(_values(each).values()) for each in made] + [*shared, sections]).encode())
    mark_deck(book, DeckStamp(build, shared, sections, made))


def _stamped(book: Book, part: Any, root: _Element, names: Names) -> Stamp:
    """Stamp one slide. It is written out once, and its fingerprints are taken from what is written."""
    slide, identity = root.find(SLIDE), names(part)
    slide.set("name", identity)
    hung = tags.hang(book, part, slide)
    xml = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if not hasattr(part, "_element"):
        part.blob = xml
    found = Stamp(identity, title(root), prints(part, root, names, xml=xml))
    hung.blob = tags.content(_values(found))
    return found


def mark(book: Book, part: Any, root: _Element, stamp: Stamp | None) -> None:
    """Write a slide's stamp, or take away the one it has."""
    if stamp is None:
        root.find(SLIDE).attrib.pop("name", None)
        tags.write(book, part, root.find(SLIDE), {})
        return
    root.find(SLIDE).set("name", stamp.identity)
    tags.write(book, part, root.find(SLIDE), _values(stamp))


def _values(stamp: Stamp) -> dict[str, str]:
    """A slide's stamp as tags."""
    found = stamp.prints
    taken = f"{VERSION} {found.face} {found.core} {found.notes} {found.grid}"
    return {"ID": stamp.identity, "PRINT": taken, "TITLE": stamp.title}


def stamp_of(part: Any, root: _Element) -> Stamp | None:
    """Return a slide's stamp. Where its tags are gone its name still tells its identity; its fingerprints are :data:`NONE`."""
    values = tags.read(part, root.find(SLIDE))
    version, *found = (*values.get("PRINT", "").lower().split(), "")[:6]
    if "ID" in values and version == VERSION and len(found) == 5:
        return Stamp(values["ID"].casefold(), values.get("TITLE", ""), Prints(found[0], found[1], found[2], int(found[3])))
    name = values.get("ID") or root.find(SLIDE).get("name", "")
    return Stamp(name.casefold(), values.get("TITLE", ""), NONE) if name.count("/") == 2 else None


def mark_deck(book: Book, stamp: DeckStamp) -> None:
    """Write a deck's stamp."""
    values = {"BUILD": stamp.build, "LOOKS": " ".join(stamp.looks), "SECTIONS": stamp.sections}
    for number, each in enumerate(stamp.slides, 1):
        values[f"SLIDE.{number:04}"] = f"{each.prints.core} {each.identity} {each.title}"
    part = book.package.main_document_part
    tags.write(book, part, part._element, values)


def deck_stamp_of(presentation: Any) -> DeckStamp | None:
    """Return a deck's stamp; None where it has none. Of its slides it knows identity, title and what they said."""
    values = tags.read(presentation, presentation._element)
    if "BUILD" not in values:
        return None
    listed = ((*value.split(" ", 2), "")[:3] for name, value in sorted(values.items()) if name.startswith("SLIDE."))
    slides = tuple(Stamp(identity.casefold(), name, replace(NONE, core=core.lower())) for core, identity, name in listed)
    return DeckStamp(
        values["BUILD"].lower(), tuple(values.get("LOOKS", "").lower().split()), values.get("SECTIONS", "").lower(), slides
    )


def shared_looks(presentation: Any) -> tuple[str, ...]:
    """Return the fingerprints of what slides stand on: the slide size, masters and layouts."""
    size = presentation._element.find(SIZE)
    masters = related(presentation, "/slideMaster")
    parts = [part for master in masters for part in (master, *related(master, "/slideLayout"))]
    return (f"{size.get('cx')}x{size.get('cy')}", *sorted(map(looks, parts)))


def section_names(presentation: _Element) -> str:
    """Return the fingerprint of the names of a deck's sections, in order."""
    return named(each.get("name", "") for each in presentation.iter(SECTION))


def named(names: Iterable[str]) -> str:
    """Return the fingerprint of these names of sections."""
    return digest("\n".join(names).encode())
