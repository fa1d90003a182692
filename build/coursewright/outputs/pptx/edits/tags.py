"""PowerPoint's own tags: names with values on a slide or a whole deck, in a part of their own (ECMA-376, 13.3.12 and 19.3.1.51).

PowerPoint gives tag names in capitals and promises as little for values, so what is compared is compared without case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree
from lxml.etree import _Element
from pptx.opc.package import Part
from pptx.oxml.ns import nsuri, qn

from ..sheet import Book, joined
from .prints import root_of

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/tags"
CONTENT = "application/vnd.openxmlformats-officedocument.presentationml.tags+xml"
PREFIX = "COURSEWRIGHT."
HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<p:tagLst xmlns:p="{nsuri("p")}">'
# What may stand after the list of tags in its parent (CT_CommonSlideData, CT_Presentation).
AFTER = frozenset(map(qn, ("p:controls", "p:kinsoku", "p:defaultTextStyle", "p:modifyVerifier", "p:extLst")))
LIST, TAGS, RID = qn("p:custDataLst"), qn("p:tags"), qn("r:id")
SPECIAL = re.compile(r"[&<>\"\n\r\t]")


def read(part: Any, parent: _Element) -> dict[str, str]:
    """Return our tags of a slide or deck, without their prefix, names in capitals. ``parent`` holds the list of tags."""
    found = _part(part, parent)
    if found is None:
        return {}
    pairs = ((each.get("name", "").upper(), each.get("val", "")) for each in root_of(found).iter(qn("p:tag")))
    return {name.removeprefix(PREFIX): value for name, value in pairs if name.startswith(PREFIX)}


def write(book: Book, part: Any, parent: _Element, values: Mapping[str, str]) -> None:
    """Put our tags on a slide or deck in place of those it has; other programs' tags stay. No values: none of ours are left."""
    found = _part(part, parent)
    others = [] if found is None else [each for each in root_of(found) if not each.get("name", "").upper().startswith(PREFIX)]
    if not values and found is None:
        return
    hang(book, part, parent).blob = content(values, others)


def hang(book: Book, part: Any, parent: _Element) -> Part:
    """Return an empty part for the tags of a slide or deck, hung in its place, and in place of one that hung there."""
    tags = book.part("/ppt/tags/tag%d.xml", CONTENT, b"")
    _relate(part, parent, tags)
    return tags


def content(values: Mapping[str, str], others: Iterable[_Element] = ()) -> bytes:
    """Return a part's bytes: other programs' tags, and ours."""
    kept = "".join([f"<p:tag name={quoteattr(each.get('name', ''))} val={quoteattr(each.get('val', ''))}/>" for each in others])
    ours = "".join([f'<p:tag name="{PREFIX}{name}" val={_quoted(value)}/>' for name, value in values.items()])
    return f"{HEAD}{kept}{ours}</p:tagLst>".encode()


def _quoted(value: str) -> str:
    return quoteattr(value) if SPECIAL.search(value) else f'"{value}"'


def _part(part: Any, parent: _Element) -> Any:
    for each in parent.iterfind(f"{LIST}/{TAGS}"):
        relation = part.rels.get(each.get(RID, ""))
        return relation.target_part if relation is not None and not relation.is_external else None
    return None


def _relate(part: Any, parent: _Element, tags: Part) -> None:
    """Let the list name these tags; there is one such part to a slide or deck."""
    listed = parent.find(LIST)
    if listed is None:
        listed = etree.Element(LIST)
        follower = next((child for child in parent if child.tag in AFTER), None)
        parent.append(listed) if follower is None else follower.addprevious(listed)
    named = listed.find(TAGS)
    if named is None:
        named = etree.SubElement(listed, TAGS)
    elif named.get(RID, "") in part.rels:
        part.rels.pop(named.get(RID))
    named.set(RID, joined(part, RELATION, tags))
