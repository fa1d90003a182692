"""A trainer's custom shows: named choices of slides, taken over into the merged deck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

LIST = qn("p:custShowLst")
# What may stand behind the list of shows in a presentation (CT_Presentation).
AFTER = frozenset(map(qn, ("p:photoAlbum", "p:custDataLst", "p:kinsoku", "p:defaultTextStyle", "p:modifyVerifier", "p:extLst")))


def shows(presentation: Any) -> dict[str, list[Any]]:
    """Return a presentation's custom shows: by name, the parts of their slides."""
    found: dict[str, list[Any]] = {}
    for each in presentation._element.iterfind(f"{LIST}/{qn('p:custShow')}"):
        rids = (slide.get(qn("r:id"), "") for slide in each.iter(qn("p:sld")))
        found[each.get("name", "")] = [presentation.rels[rid].target_part for rid in rids if rid in presentation.rels]
    return found


def take_over(old: Any, new: Any, stands: Mapping[Any, Any]) -> None:
    """Write the old presentation's shows into the new one. ``stands`` says which part stands for a slide now, if any does."""
    kept = {name: [stands[part] for part in parts if part in stands] for name, parts in shows(old).items()}
    named = {name: parts for name, parts in kept.items() if parts}
    if not named:
        return
    rids = {relation.target_part: rid for rid, relation in new.rels.items() if not relation.is_external}
    listed = etree.Element(LIST)
    for number, (name, parts) in enumerate(named.items()):
        show = etree.SubElement(listed, qn("p:custShow"), name=name, id=str(number))
        slides = etree.SubElement(show, qn("p:sldLst"))
        for part in parts:
            etree.SubElement(slides, qn("p:sld")).set(qn("r:id"), rids[part])
    follower = next((child for child in new._element if child.tag in AFTER), None)
    new._element.append(listed) if follower is None else follower.addprevious(listed)
