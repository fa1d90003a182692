"""The layout a kept slide stands on in the new deck: the brand's of the same name, or its own, brought along.

Slides pasted with "keep source formatting" bring a master of their own. It is copied with all its layouts, so that the
slide looks as it did; a layout that the brand no longer has is brought along in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn

from .copying import Copier
from .deck import Deck
from .prints import name_of, related, root_of

FIRST = 2_147_483_648  # ids of masters and layouts begin here and are unique among both (ECMA-376, 19.7.10 and 19.7.13)


@dataclass
class Layouts:
    """Finds layouts in the new deck. ``brought`` names the designs it had to bring along, by the old layout."""

    old: Deck
    new: Deck
    copier: Copier
    brought: dict[Any, str] = field(default_factory=dict)

    def stand(self, layout: Any) -> Any:
        """Return the layout of the new deck that stands for one of the old."""
        master = _master(layout)
        if master in self._ours:
            named = self._named.get(name_of(layout), [])
            alike = [each for each in named if _theme(_master(each)) == _theme(master)]
            if named:
                return (alike or named)[0]
        self.brought[layout] = _theme(master)
        return self.copier.copy(layout)

    def register(self) -> None:
        """List the masters that were brought along, and give them and their layouts ids of their own."""
        presentation = self.new.presentation
        listed = presentation._element.find(qn("p:sldMasterIdLst"))
        numbers = count(max([FIRST, *self._numbers()]) + 1)
        for master in dict.fromkeys(_master(self.copier.copy(layout)) for layout in self.brought):
            entry = etree.SubElement(listed, qn("p:sldMasterId"), id=str(next(numbers)))
            entry.set(qn("r:id"), presentation.relate_to(master, RT.SLIDE_MASTER))
            root = root_of(master)
            for each in root.iter(qn("p:sldLayoutId")):
                each.set("id", str(next(numbers)))
            master.blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    @cached_property
    def _ours(self) -> set[Any]:
        """The old deck's masters that slides of the course stand on, or that are called like one of the brand's."""
        themes = {_theme(master) for master in related(self.new.presentation, "/slideMaster")}
        stamped = (layout for leaf in self.old.leaves if leaf.stamp for layout in related(leaf.part, "/slideLayout"))
        used = set(map(_master, stamped))
        return used | {master for master in related(self.old.presentation, "/slideMaster") if _theme(master) in themes}

    @cached_property
    def _named(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for master in related(self.new.presentation, "/slideMaster"):
            for layout in related(master, "/slideLayout"):
                found.setdefault(name_of(layout), []).append(layout)
        return found

    def _numbers(self) -> list[int]:
        roots = [self.new.presentation._element, *(root_of(each) for each in related(self.new.presentation, "/slideMaster"))]
        return [int(each.get("id", "0")) for root in roots for each in root.iter(qn("p:sldMasterId"), qn("p:sldLayoutId"))]


def _master(layout: Any) -> Any:
    return related(layout, "/slideMaster")[0]


def _theme(master: Any) -> str:
    return "".join(str(root_of(each).get("name", "")) for each in related(master, "/theme"))
