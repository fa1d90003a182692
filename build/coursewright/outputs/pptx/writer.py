"""A page of the deck vocabulary becomes an editable PowerPoint deck in a brand's own layouts."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.etree import _Element
from PIL import Image as Pillow
from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import nsdecls, qn

from ...problems import Broken, Problem, warning
from .. import Made
from . import fit, package, page, text
from .brand import FURNITURE, Brand, Rect, Slot
from .colours import solid
from .drawing import draw
from .page import Drawing, Grid, Image, Text
from .slides import Placed, Planned, plan

BOX_LINE = 19_050  # EMU: 1.5 points


def write(markup: str, brand_data: bytes, folder: Path) -> Made:
    """Return the deck of a page. ``folder`` is where pictures are looked up. Raises Broken for an unreadable brand."""
    deck = page.read(markup)
    brand = Brand(brand_data)
    problems = list(deck.problems)
    planned: list[Planned] = []
    for slide in deck.slides:
        pages, found = plan(slide, brand)
        planned.extend(pages)
        problems.extend(found)
    problems.extend(_same_titles(planned))
    writer = _Writer(brand, deck, folder)
    for each in planned:
        writer.add(each)
    writer.link()
    problems.extend(dict.fromkeys(writer.problems))
    data = package.finish(
        brand.presentation, deck, [(each.section, slide) for each, slide in zip(planned, writer.slides, strict=True)]
    )
    return Made(data, tuple(problems), _places(planned), len(planned))


def _same_titles(slides: Sequence[Planned]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, slide in enumerate(slides, 1):
        title = "".join(run.text for run in slide.title)
        if not title:
            yield Problem(
                f"slide {number} has no title", slide.at, "every slide needs one, for the outline and for screen readers"
            )
        elif title in seen:
            yield warning(
                f"slides {seen[title]} and {number} are both called “{title}”", slide.at, "give each a title of its own"
            )
        seen.setdefault(title, number)


def _places(slides: Sequence[Planned]) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for number, slide in enumerate(slides, 1):
        if slide.segment:
            places[slide.segment] = (*places.get(slide.segment, ()), number)
    return places


class _Writer:
    """Adds slides to the brand's presentation. Links between slides wait until all slides are there."""

    def __init__(self, brand: Brand, deck: page.Deck, folder: Path) -> None:
        self.brand = brand
        self.deck = deck
        self.folder = folder
        self.slides: list[Any] = []
        self.starts: dict[str, Any] = {}
        self.waiting: list[tuple[Any, _Element, str]] = []
        self.problems: list[Problem] = []
        self.table_style = package.table_style(brand.presentation)

    def add(self, planned: Planned) -> None:
        slide = self.brand.presentation.slides.add_slide(planned.layout.layout)
        self.slides.append(slide)
        if planned.segment:
            self.starts.setdefault(planned.segment, slide)
        shapes = {shape.placeholder_format.idx: shape._element for shape in slide.placeholders}
        ids = count(max([shape.shape_id for shape in slide.shapes], default=1) + 1)
        self._title(slide, planned, shapes, ids)
        used = {planned.layout.title.idx} if planned.layout.title else set()
        for item in planned.placed:
            if item.slot is not None and item.slot.idx in shapes:
                self._fill(slide, shapes[item.slot.idx], item)
                used.add(item.slot.idx)
            else:
                self._shape(slide, planned, item, ids)
        for idx, element in shapes.items():
            if idx not in used:
                element.getparent().remove(element)
        _furniture(slide, planned.layout.layout, ids, self._footer(planned), self.deck.language, len(self.slides))
        _in_reading_order(slide, planned)
        self._notes(slide, planned)

    def link(self) -> None:
        """Give links to segments and modules their slides."""
        for slide, click, target in self.waiting:
            goal = self.starts.get(target)
            if goal is None:
                self.problems.append(warning(f"a link leads to “#{target}”, which is on no slide"))
                click.getparent().remove(click)
            else:
                click.set(qn("r:id"), slide.part.relate_to(goal.part, RT.SLIDE))
                click.set("action", "ppaction://hlinksldjump")

    def _setting(self, slide: Any) -> text.Setting:
        def link(href: str) -> tuple[str, str] | None:
            return (
                ("", f"#{href[1:]}") if href.startswith("#") else (slide.part.relate_to(href, RT.HYPERLINK, is_external=True), "")
            )

        return text.Setting(self.deck.language, link)

    def _collect(self, slide: Any, element: _Element) -> None:
        for click in element.iter(qn("a:hlinkClick")):
            if click.get("action", "").startswith("#"):
                self.waiting.append((slide, click, click.get("action")[1:]))

    def _title(self, slide: Any, planned: Planned, shapes: Mapping[int, _Element], ids: Iterator[int]) -> None:
        slot = planned.layout.title
        paragraph = page.Paragraph(planned.title)
        if slot is not None:
            element = shapes[slot.idx]
        else:  # a title that the layout has no place for still has to be one: a real title above the content
            slot = _title_slot(self.brand, planned)
            element = _new_title(next(ids), slot.rect)
            slide.shapes._spTree.append(element)
        _rename(element, "title")
        text.paragraphs(element.find(qn("p:txBody")), [paragraph], slot.levels, planned.title_scale, self._setting(slide))

    def _fill(self, slide: Any, element: _Element, item: Placed) -> None:
        assert isinstance(item.block, Text)
        assert item.slot is not None
        _rename(element, item.slot.name)
        body = element.find(qn("p:txBody"))
        text.paragraphs(body, item.block.paragraphs, item.slot.levels, item.scale, self._setting(slide))
        properties = element.find(qn("p:spPr"))
        if item.moved:
            _place(properties, item.rect)
        if "right" in item.block.classes:
            properties.append(solid("lead-tint"))
            line = etree.SubElement(properties, qn("a:ln"), w=str(BOX_LINE))
            line.append(solid("lead"))
        self._collect(slide, element)

    def _shape(self, slide: Any, planned: Planned, item: Placed, ids: Iterator[int]) -> None:
        tree = slide.shapes._spTree
        title = "".join(run.text for run in planned.title)
        match item.block:
            case Grid():
                assert item.table is not None
                level = fit.table_level(item.table.size, self.brand.fonts["+mn-lt"])
                grid = item.block if item.block.title else _titled(item.block, title)
                element = text.table(grid, item.table, item.rect, level, self.table_style, next(ids), self._setting(slide))
                tree.append(element)
                self._collect(slide, element)
            case Drawing():
                element, found = draw(item.block.svg, item.rect, ids, "drawing", self.deck.language)
                self.problems.extend(replace(problem, where=planned.at) for problem in found)
                tree.append(element)
            case Image():
                self._picture(slide, planned, item.block, item.rect)
            case Text():
                assert item.slot is not None
                element = _text_box(next(ids), item.rect)
                body = element.find(qn("p:txBody"))
                text.paragraphs(body, item.block.paragraphs, item.slot.levels, item.scale, self._setting(slide))
                tree.append(text.with_sizes(element, item.slot.levels[0].size * item.scale))
                self._collect(slide, element)

    def _picture(self, slide: Any, planned: Planned, image: Image, room: Rect) -> None:
        """Fitted into its rectangle, never stretched or cropped."""
        path = self.folder / image.source
        with Pillow.open(path) as opened:
            width, height = opened.size
        scale = min(room.width / width, room.height / height)
        wide, tall = int(width * scale), int(height * scale)
        picture = slide.shapes.add_picture(
            str(path), room.x + (room.width - wide) // 2, room.y + (room.height - tall) // 2, wide, tall
        )
        properties = picture._element.find(f".//{qn('p:cNvPr')}")
        properties.set("name", "picture")
        properties.set("descr", image.alt)

    def _footer(self, planned: Planned) -> str:
        slot = self.brand.footer(planned.layout.layout)
        if slot is None or not self.deck.footer:
            return ""
        shown = fit.footer(self.deck.footer, slot, (self.brand.fonts["+mj-lt"], self.brand.fonts["+mn-lt"]))
        if shown != self.deck.footer:
            message = f"the brand's footer is too short for “{self.deck.footer}”; it says “{shown}”"
            self.problems.append(warning(message))
        return shown

    def _notes(self, slide: Any, planned: Planned) -> None:
        if not planned.notes:
            return
        frame = slide.notes_slide.notes_text_frame
        if frame is None:
            raise Broken(
                [Problem("the brand's notes master has no place for text", hint="add a body placeholder to its notes master")]
            )
        level = fit.table_level(12.0, self.brand.fonts["+mn-lt"])
        text.paragraphs(frame._txBody, planned.notes, (level,), 1.0, text.Setting(self.deck.language, lambda href: None))


def _titled(grid: Grid, title: str) -> Grid:
    return replace(grid, title=title)


def _rename(element: _Element, name: str) -> None:
    element.find(f".//{qn('p:cNvPr')}").set("name", name)


def _place(properties: _Element, rect: Rect) -> None:
    for old in properties.findall(qn("a:xfrm")):
        properties.remove(old)
    frame = etree.Element(qn("a:xfrm"))
    etree.SubElement(frame, qn("a:off"), x=str(rect.x), y=str(rect.y))
    etree.SubElement(frame, qn("a:ext"), cx=str(rect.width), cy=str(rect.height))
    properties.insert(0, frame)


def _text_box(number: int, rect: Rect) -> _Element:
    element = etree.fromstring(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="text"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        '<p:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
        '<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0"/><a:lstStyle/><a:p/></p:txBody></p:sp>'
    )
    _place(element.find(qn("p:spPr")), rect)
    return element


def _title_slot(brand: Brand, planned: Planned) -> Slot:
    area = brand.area(planned.layout)
    level = fit.table_level(28.0, brand.fonts["+mj-lt"], bold=True)
    tall = min(area.y, 1_000_000)
    return Slot("title", 0, PH.TITLE, Rect(area.x, max(0, area.y - tall), area.width, tall), (0, 0, 0, 0), (level,) * 5, True)


def _new_title(number: int, rect: Rect) -> _Element:
    element = etree.fromstring(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>'
    )
    _place(element.find(qn("p:spPr")), rect)
    return element


def _furniture(slide: Any, layout: Any, ids: Iterator[int], footer: str, language: str, number: int) -> None:
    """Footer and slide number: python-pptx leaves them behind, so the layout's are copied, inheriting everything."""
    for shape in layout.placeholders:
        kind = shape.placeholder_format.type
        if kind not in FURNITURE or kind == PH.DATE or (kind == PH.FOOTER and not footer):
            continue
        element = copy.deepcopy(shape._element)
        properties = element.find(qn("p:spPr"))
        properties.clear()
        element.find(f".//{qn('p:cNvPr')}").set("id", str(next(ids)))
        _rename(element, "footer" if kind == PH.FOOTER else "slide number")
        body = element.find(qn("p:txBody"))
        style = body.find(qn("a:lstStyle"))
        if style is not None:
            style.clear()
        for old in body.findall(qn("a:p")):
            body.remove(old)
        body.append(_furniture_paragraph(kind, footer, language, number))
        slide.shapes._spTree.append(element)


def _furniture_paragraph(kind: Any, footer: str, language: str, number: int) -> _Element:
    paragraph = etree.Element(qn("a:p"))
    if kind == PH.FOOTER:
        run = etree.SubElement(paragraph, qn("a:r"))
    else:
        run = etree.SubElement(paragraph, qn("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    etree.SubElement(run, qn("a:rPr"), lang=language)
    etree.SubElement(run, qn("a:t")).text = footer if kind == PH.FOOTER else str(number)
    return paragraph


def _in_reading_order(slide: Any, planned: Planned) -> None:
    """Title first, then as on the page, furniture last: screen readers follow the tree."""
    tree = slide.shapes._spTree
    title = next(
        (shape._element for shape in slide.placeholders if shape.placeholder_format.type in (PH.TITLE, PH.CENTER_TITLE)), None
    )
    if title is not None:
        tree.remove(title)
        tree.insert(2, title)  # after nvGrpSpPr and grpSpPr
