"""Footer and slide number of a slide: copies of the layout's placeholders that inherit everything. And its notes.

Slides do not inherit these by themselves: what is not on the slide is not shown.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lxml import etree
from lxml.etree import _Element
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from . import text
from .nodes import node, parsed
from .page import Paragraph
from .sheet import Sheet, joined
from .theme import A, P, R
from .values import Layout, Level

SHOWN = {"ftr": "footer", "sldNum": "slide number"}
NUMBER = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"  # any GUID: PowerPoint writes one for each field
NUMBER_TEXT = f"{P}txBody/{A}p/{A}fld/{A}t"
NOTES = Level(12.0, False, False, "", 0, 0, False, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)
NOTES_BODY = (
    '<p:sp><p:nvSpPr><p:cNvPr id="{0}" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" '
    'idx="1"/></p:nvPr></p:nvSpPr><p:spPr>{1}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>'
)
NOTES_FRAME = (  # in the lower half of a portrait page, where PowerPoint's own notes master has it
    '<a:xfrm><a:off x="685800" y="4400550"/><a:ext cx="5486400" cy="3600450"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
)
NOTES_PAGE = (
    '<p:notes><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp></p:spTree></p:cSld>'
    "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
)

NOTES_TEXT = f"{P}cSld/{P}spTree/{P}sp/{P}txBody"


class Furniture:
    """Footer and slide number of one layout, made once and copied to each slide. No footer without words."""

    def __init__(self, layout: Layout, footer: str, language: str) -> None:
        self._shapes = [_shape(layout, holder, footer, language) for holder in _holders(layout, footer)]

    def on(self, sheet: Sheet, number: int) -> Iterator[_Element]:
        """Yield the shapes for a slide; ``number`` is its own."""
        for shape in self._shapes:
            mine = copy.deepcopy(shape)
            mine[0][0].set("id", str(next(sheet.ids)))
            field = mine.find(NUMBER_TEXT)
            if field is not None:
                field.text = str(number)
            yield mine


def _holders(layout: Layout, footer: str) -> Iterator[_Element]:
    for holder in layout.layout._element.iterfind(f"{P}cSld/{P}spTree/{P}sp/{P}nvSpPr/{P}nvPr/{P}ph"):
        kind = holder.get("type")
        if kind in SHOWN and (kind != "ftr" or footer):
            yield holder


def _shape(layout: Layout, holder: _Element, footer: str, language: str) -> _Element:
    kind = holder.get("type")
    named = node("p:cNvPr", id="0", name=SHOWN[kind])
    holds = node("p:nvSpPr", named, node("p:cNvSpPr", node("a:spLocks", noGrp="1")), node("p:nvPr", copy.deepcopy(holder)))
    run = node("a:r") if kind == "ftr" else node("a:fld", id=NUMBER, type="slidenum")
    look, words = node("a:rPr", lang=language), node("a:t")
    if kind == "ftr" and layout.footer and layout.footer.levels[0].typeface == layout.families[1]:
        look.append(node("a:latin", typeface="+mn-lt"))  # else LibreOffice 7.4 sets it in Times
    words.text = footer
    run.extend([look, words])
    return node("p:sp", holds, node("p:spPr"), node("p:txBody", node("a:bodyPr"), node("a:lstStyle"), node("a:p", run)))


# ------------------------------------------------------------------------------------------------------- notes


class Notes:
    """Speaker notes of a deck: the notes master, made or mended where the template's has no place for text."""

    def __init__(self, presentation: Any) -> None:
        self.master = presentation.part.notes_master_part
        root = presentation.part._element
        if root.find(f"{P}notesMasterIdLst") is None:
            listed = node("p:notesMasterIdLst", node("p:notesMasterId"))
            listed[0].set(f"{R}id", self._id(presentation))
            root.find(f"{P}sldMasterIdLst").addnext(listed)
        self.page = parsed(NOTES_PAGE)
        place = parsed(NOTES_BODY.format(3, ""))
        place.find(f".//{P}ph").set("idx", self._body())
        self.page.find(f"{P}cSld/{P}spTree").append(place)

    def _id(self, presentation: Any) -> str:
        return str(presentation.part.relate_to(self.master, RT.NOTES_MASTER))

    def _body(self) -> str:
        """The idx of the master's place for text; one is added where there is none."""
        tree = self.master._element.find(f"{P}cSld/{P}spTree")
        holder = next((each for each in tree.iter(f"{P}ph") if each.get("type") == "body"), None)
        if holder is not None:
            return str(holder.get("idx", "1"))
        number = max((int(each.get("id", "0")) for each in tree.iter(f"{P}cNvPr")), default=1) + 1
        tree.append(parsed(NOTES_BODY.format(number, NOTES_FRAME)))
        return "1"

    def add(self, sheet: Sheet, paragraphs: Sequence[Paragraph], link: Callable[[Any, str], tuple[str, str] | None]) -> None:
        """Give a slide its notes. ``link`` relates a part to an address; notes have no links to slides."""
        page = copy.deepcopy(self.page)
        part = sheet.book.part("/ppt/notesSlides/notesSlide%d.xml", CT.PML_NOTES_SLIDE, b"")
        joined(part, RT.NOTES_MASTER, self.master)
        joined(part, RT.SLIDE, sheet.part)

        def outward(href: str) -> tuple[str, str] | None:
            return None if href.startswith("#") else link(part, href)

        setting = text.Setting(sheet.language, outward)
        text.paragraphs(page.find(NOTES_TEXT), paragraphs, (NOTES,), 1.0, setting)
        part.blob = xml(page)
        joined(sheet.part, RT.NOTES_SLIDE, part)


def xml(element: _Element) -> bytes:
    """Return a part's bytes."""
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))
