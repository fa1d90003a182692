"""The fingerprints of a slide: one of all that shows, one of what it says, one of its notes.

They are taken from the slide's XML by the same function when a deck is built and when it is read again. Lengths are
compared on a grid of a tenth of a millimetre whose lines keep as far as can be from every length of the slide as it was
built, so that rounding is no edit (on a slide with few shapes even LibreOffice's, to 360 EMU; on one with hundreds, a few
EMU), while the smallest step PowerPoint's size boxes take, 0.01 cm, is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree
from lxml.etree import _Element
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from .canon import PLACEHOLDER, SLIDE, Target, canon, related_ids, written
from .charts import chart, digest

STEP = 3_600  # EMU between two lines of the grid: 0.1 mm
SILENCE = digest(b"")
# Notes are read as they are written, without a tree: there are more words in them than on all the slides.
BODY = re.compile(rb'<p:ph [^>]*type="body"')
SPOKEN = re.compile(rb"<(?:(/a:p)>|a:rPr ([^>]*)|a:t>([^<]*))")
STRESS = re.compile(rb'\b[biu]="(?:1|true|sng)"')
TEXT = qn("a:t")
LOOKS: dict[str, str] = {}  # of masters and layouts met before, by the hash of their XML
LINK = "slide "  # begins what a link to a slide leads to

Names = Callable[[Any], str]  # a slide's part → its identity, "" for none


@dataclass(frozen=True)
class Prints:
    """``face`` is all that shows, ``core`` the words, pictures and data, ``notes`` the speaker notes; ``grid`` is in EMU."""

    face: str
    core: str
    notes: str
    grid: int


def prints(part: Any, root: _Element, names: Names, grid: int | None = None, xml: bytes = b"") -> Prints:
    """Return the fingerprints of a slide (its ``p:sld``, with its XML if at hand); without a grid, on one made to measure."""
    found = canon(root, _targets(part, names), xml)
    if grid is None:
        grid = _between(found.lengths)
    places = ",".join([str((length - grid) // STEP) for length in found.lengths])
    layouts, comments, spoken = _around(part)
    around = [*map(name_of, layouts), *sorted(digest(each.blob) for each in comments)]
    face = digest(b"\x1f".join([found.xml, found.furniture, places.encode(), *(each.encode() for each in around)]))
    leads = "\n".join([target for target in found.targets if not target.startswith(LINK)])
    return Prints(face, digest(found.words + leads.encode()), _notes(spoken), grid)


def _around(part: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """The parts of a slide by kind: layouts, comments, notes."""
    found: dict[str, list[Any]] = {"slideLayout": [], "comments": [], "notesSlide": []}
    for relation in part.rels.values():
        kind = found.get(relation.reltype.rpartition("/")[2])
        if kind is not None and not relation.is_external:
            kind.append(relation.target_part)
    return found["slideLayout"], found["comments"], found["notesSlide"]


def sayings(root: _Element) -> frozenset[bytes]:
    """Return what a slide says, paragraph by paragraph."""
    return frozenset(canon(root, lambda _: "").words.split(b"\n")) - {b""}


def title(root: _Element) -> str:
    """Return what the slide's title placeholder says, "" if it has none."""
    for each in root.iter(PLACEHOLDER):
        if each.get("type") in ("title", "ctrTitle"):
            said = (text.text or "" for text in each.getparent().getparent().getparent().iter(TEXT))
            return " ".join("".join(said).split())
    return ""


def _notes(parts: Iterable[Any]) -> str:
    """The fingerprint of a slide's notes: words, bold, italics. Missing notes and empty ones have the same."""
    for each in parts:
        spoken = [_spoken(shape) for shape in each.blob.split(b"<p:sp>") if BODY.search(shape)]
        return digest(b"".join(spoken)) if any(said.strip() for said in spoken) else SILENCE
    return SILENCE


def _spoken(shape: bytes) -> bytes:
    """The words of notes; where the look changes, a mark says so, however runs were split."""
    spoken: list[bytes] = []
    look = before = b""
    for end, attributes, text in SPOKEN.findall(shape):
        if end:
            spoken.append(b"\n")
        elif attributes:
            look = b"".join(STRESS.findall(attributes))
        elif text:
            said = unescape(text.decode()).encode() if b"&" in text else text
            spoken.append(said if look == before else b"\x1e" + look + b"\x1f" + said)
            look, before = b"", look
    return b"".join(spoken)


def looks(part: Any) -> str:
    """Return the fingerprint of a master's or layout's own shapes, background and name.

    It is kept in mind by the part's bytes: a brand has dozens of layouts, and they are the same in one deck after another.
    """
    root, target = root_of(part).find(SLIDE), _targets(part, lambda _: "")
    xml = written(root)
    key = digest(b"\x1f".join([name_of(part).encode(), xml, *(target(each).encode() for each in related_ids(xml))]))
    if key not in LOOKS:
        found = canon(root, target, xml)
        lengths = (str(length).encode() for length in found.lengths)
        LOOKS[key] = digest(b"\x1f".join([name_of(part).encode(), found.xml, *lengths]))
    return LOOKS[key]


def _between(lengths: Iterable[int]) -> int:
    """The middle of the widest stretch, from 0 to a step, in which no length lies: there the lines of the grid go."""
    taken = sorted({length % STEP for length in lengths}) or [0]
    gaps = [(after - before, before) for before, after in zip(taken, [*taken[1:], taken[0] + STEP], strict=True)]
    widest, before = max(gaps)
    return (before + widest // 2) % STEP


# ----------------------------------------------------------------------------------------------- relationships


def related(part: Any, ending: str) -> list[Any]:
    """Return the parts related by a type that ends so; Microsoft's newer types share the endings of the standard's."""
    return [each.target_part for each in part.rels.values() if not each.is_external and each.reltype.endswith(ending)]


def name_of(part: Any) -> str:
    """Return the name of a slide or layout as people see it."""
    return str(root_of(part).find(SLIDE).get("name", ""))


def root_of(part: Any) -> _Element:
    """Return the XML of a part, whether python-pptx has parsed it or not."""
    element = getattr(part, "_element", None)
    return element if element is not None else etree.fromstring(part.blob)


def _targets(part: Any, names: Names) -> Target:
    def target(rid: str) -> str:
        relation = part.rels.get(rid)
        if relation is None:
            return "nothing"
        if relation.is_external:
            return str(relation.target_ref).rstrip("/")
        return LINK + names(relation.target_part) if relation.reltype == RT.SLIDE else _content(relation.target_part)

    return target


def _content(part: Any) -> str:
    """What a part is known by: a chart by what it says and by its workbook, all else by its bytes."""
    if not part.content_type.endswith("drawingml.chart+xml"):
        return digest(part.blob)
    return digest("\x1e".join([chart(part.blob), *(digest(each.blob) for each in related(part, "/package"))]).encode())
