"""Pictures of the page, ready for Word: photos as on slides, drawings as SVG with a PNG that stands in for it."""

from __future__ import annotations

import base64
import binascii
import io
import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import cssselect2
import tinycss2
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu
from lxml import etree
from lxml.etree import _Element

from coursewright import images
from coursewright.problems import Broken, Problem, warning

from ..fetching import local
from ..pptx.pictures import HEAVY, SHARP, drawn, remade
from .blocks import Picture
from .cascade import Look, length
from .nodes import EMU, node, parsed
from .page import DRAWING, Page, near

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOTS = 96 / 25.4  # CSS pixels a millimetre
FINE = 200 / 25.4  # pixels a millimetre of the PNG that stands in for a drawing
LARGEST = 4_000  # pixels, its longer side
SVG = "{http://www.w3.org/2000/svg}"
DATA = re.compile(r"data:(?P<kind>[\w.+-]+/[\w.+-]+)?(?P<options>[^,]*),(?P<data>.*)", re.DOTALL)
NAMES = {"image/png": "picture.png", "image/jpeg": "picture.jpg", "image/svg+xml": "picture.svg"}
ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"  # MS-ODRAWXML 2.26.1
ASVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"  # MS-ODRAWXML 2.28
FRAME = f'<a:ln xmlns:a="{A[1:-1]}" w="6350"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:ln>'
URL = re.compile(r"url\((\"[^\"]*\"|'[^']*'|[^)]*)\)")
ICON = 1.2  # of the size of the words beside it
TALLEST = 0.86  # of a page's height: a heading stands above
HIGH = re.compile(r"\bvar\(--([\w-]+)\)")


@dataclass
class Gallery:
    """Makes the pictures of a page. What is wrong with one is a problem, and it is left out."""

    page: Page
    folders: tuple[Path, ...]
    tall: float
    name: str = ""
    problems: list[Problem] = field(default_factory=list)

    def paint(self, element: _Element, room: float) -> Picture | None:
        """Return the picture of an ``img`` that fits into some millimetres."""
        try:
            found = self._drawing(element, room) if element.get(DRAWING) else self._picture(element, room)
            return replace(found, is_framed=self.page.rules.frames.find(self.page.wrapper(element)) is not None)
        except Broken as broken:
            self.problems += [replace(problem, where=self._where(element)) for problem in broken.problems]
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            source = element.get("src", "")[:60]
            self.problems.append(Problem(f'the picture "{source}" cannot be read: {reason}', self._where(element)))
        return None

    def icon(self, element: _Element, look: Look) -> Picture | None:
        """Return the picture that styles put behind an element, as high as its words; the words say it, so it says nothing."""
        found = URL.search(look["background-image"]) or URL.search(look["background"])
        if not found:
            return None
        try:
            data, name = self._fetched(found[1].strip("\"'"))
            images.examine(data, name)
            root = _parsed(data)
            tall = look.size * ICON * 25.4 / 72
            return self._scaled(_plain(root), tall / _ratio(root), tall, "")
        except (Broken, OSError, ValueError, etree.XMLSyntaxError):
            self.problems.append(warning("the sign before some words cannot be drawn", self._where(element), "its word stays"))
            return None

    def _where(self, element: _Element) -> str:
        return ", ".join(filter(None, (self.name, near(element))))

    def _drawing(self, element: _Element, room: float) -> Picture:
        """Return an inline ``<svg>``: its title is what is read aloud."""
        markup = HIGH.sub(lambda found: self.page.styles.token(found[1]), self.page.drawings[int(element.get(DRAWING, "0"))])
        root = _parsed(markup.encode())
        title = root.find(f"{SVG}title")
        alt = " ".join("".join(title.itertext()).split()) if title is not None else ""
        return self._vector(_plain(root), (_room(root, room), 0.0), alt, element, room)

    def _picture(self, element: _Element, room: float) -> Picture:
        data, name = self._fetched(element.get("src", ""))
        found = images.examine(data, name)
        size = (found.width / DOTS, found.height / DOTS)
        alt = element.get("alt", "")
        if found.kind == "SVG":
            root = _parsed(data)
            return self._vector(_plain(root), size, alt, element, room)
        width, height = self._fitted(element, size, found.height / found.width, room)
        dots = found.width / (width / 25.4)
        share = SHARP / dots if len(data) > HEAVY and dots > SHARP else 1.0
        return Picture(remade(data, found, share) if found.turned or found.inks or share < 1 else data, width, height, alt)

    def _fetched(self, source: str) -> tuple[bytes, str]:
        if found := DATA.fullmatch(source):
            raw = unquote_to_bytes(found["data"])
            try:
                data = base64.b64decode(raw, validate=True) if found["options"].endswith(";base64") else raw
            except binascii.Error:
                raise ValueError("its data address is damaged") from None
            return data, NAMES.get(found["kind"] or "", "picture")
        path = local(source, self.folders)
        return path.read_bytes(), path.name

    def _vector(self, root: _Element, size: tuple[float, float], alt: str, element: _Element, room: float) -> Picture:
        return self._scaled(root, *self._fitted(element, size, _ratio(root), room), alt)

    def _scaled(self, root: _Element, width: float, height: float, alt: str) -> Picture:
        raster = etree.tostring(root, encoding="unicode")
        pixels = min(width * FINE, LARGEST, LARGEST * width / height)
        root.set("width", f"{width * DOTS:.2f}")
        root.set("height", f"{height * DOTS:.2f}")
        vector = etree.tostring(_first_fonts(root))
        return Picture(drawn(raster, max(1, round(pixels))), width, height, alt, vector)

    def _fitted(self, element: _Element, size: tuple[float, float], ratio: float, room: float) -> tuple[float, float]:
        """Return the size on paper: as the styles have it, never wider than its room or higher than a page."""
        look = self.page.look(element)
        around = _around(element, self.page, room)
        frame = self.page.rules.frames.find(self.page.wrapper(element))
        width = frame.width if frame else length(look["width"], around) or size[0]
        limits = [around, length(look["max-width"], around) or around, self.tall * TALLEST / ratio]
        if limit := length(look["max-height"]):
            limits.append(limit / ratio)
        width = min(width, *limits)
        return width, width * ratio


def _around(element: _Element, page: Page, room: float) -> float:
    """Return the width of what a picture stands in, which may be narrower than the text."""
    figure = next(element.iterancestors("figure"), None)
    return min(length(page.look(figure)["width"], room) or room, room) if figure is not None else room


def _room(root: _Element, room: float) -> float:
    """Return the width that a drawing asks for: its own, or all there is."""
    return length(root.get("width", "")) or room


def _ratio(root: _Element) -> float:
    """Return height by width."""
    box = [float(each) for each in re.findall(r"[-+]?[0-9]*\.?[0-9]+", root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[3] / box[2]
    width, height = (length(root.get(name, "")) or _number(root.get(name, "")) for name in ("width", "height"))
    if not width or not height:
        raise ValueError("it does not say how large it is")
    return height / width


def _number(value: str) -> float:
    return float(value) if re.fullmatch(r"[0-9]*\.?[0-9]+", value) else 0.0


# ------------------------------------------------------------------------------------------------------- drawings


def _parsed(svg: bytes) -> _Element:
    """Return a drawing; nothing is fetched for it."""
    return etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _plain(root: _Element) -> _Element:
    """Return a drawing whose styles are attributes: Word follows no selectors but the simplest."""
    sheets = list(root.iter(f"{SVG}style"))
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet("".join(text for sheet in sheets for text in sheet.itertext()), skip_comments=True):
        if rule.type == "qualified-rule":
            _take(matcher, rule)
    for each in list(cssselect2.ElementWrapper.from_xml_root(root).iter_subtree()):
        _dress(each, matcher)
    for sheet in sheets:
        sheet.getparent().remove(sheet)
    return root


def _dress(wrapper: cssselect2.ElementWrapper, matcher: cssselect2.Matcher) -> None:
    """Write what the styles say of an element on it, where it does not say so itself."""
    element = wrapper.etree_element
    own = _inline(element)
    for *_, declared in sorted(matcher.match(wrapper), key=lambda each: each[:2]):
        for name, value in declared.items():
            if name not in own:
                element.set(name, value)
    element.attrib.pop("class", None)


def _take(matcher: cssselect2.Matcher, rule: Any) -> None:
    declared = {
        item.lower_name: tinycss2.serialize(item.value).strip()
        for item in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        if item.type == "declaration"
    }
    try:
        selectors = cssselect2.compile_selector_list(rule.prelude)
    except cssselect2.SelectorError:
        return
    for selector in selectors:
        matcher.add_selector(selector, declared)


def _inline(element: _Element) -> set[str]:
    """Return the properties that an element's own ``style`` sets, which come before all others."""
    return {part.partition(":")[0].strip() for part in element.get("style", "").split(";")}


def _first_fonts(root: _Element) -> _Element:
    """Return a drawing that names one font where it named several: Word looks for one of the whole list's name."""
    for element in root.iter():
        if family := element.get("font-family"):
            element.set("font-family", family.split(",")[0].strip().strip("\"'"))
    return root


# ----------------------------------------------------------------------------------------------------------- parts


class Figures:
    """The pictures of one document; the same one is in it once."""

    def __init__(self, part: Any) -> None:
        self._part = part
        self._vectors: dict[bytes, str] = {}
        self._count = 0

    def run(self, picture: Picture) -> Any:
        """Return a run that shows a picture."""
        self._count += 1
        stream = io.BytesIO(picture.data)
        inline = self._part.new_pic_inline(stream, Emu(round(picture.width * EMU)), Emu(round(picture.height * EMU)))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # LibreOffice leaves 3 mm where nothing is said
        inline.docPr.id, inline.docPr.name = self._count, f"Picture {self._count}"
        named = inline.graphic.graphicData.pic.nvPicPr.cNvPr
        named.id, named.name = self._count, f"Picture {self._count}"
        if picture.alt:
            inline.docPr.set("descr", picture.alt)
        else:
            place = _extension(inline.docPr, DECORATIVE_URI)
            etree.SubElement(place, f"{{{DECORATIVE}}}decorative", val="1", nsmap={"adec": DECORATIVE})
        if picture.is_framed:
            inline.graphic.graphicData.pic.spPr.append(parsed(FRAME))
        if picture.vector:
            self._add_vector(inline, picture.vector)
        return node("w:r", node("w:drawing", inline))

    def _add_vector(self, inline: Any, data: bytes) -> None:
        blip = inline.graphic.graphicData.pic.blipFill.blip
        relation = self._vectors.get(data) or self._vectors.setdefault(data, self._related(data))
        svg = etree.SubElement(_extension(blip, ASVG_URI), f"{{{ASVG}}}svgBlip", nsmap={"asvg": ASVG})
        svg.set(f"{R}embed", relation)

    def _related(self, data: bytes) -> str:
        name = PackURI(f"/word/media/drawing{len(self._vectors) + 1}.svg")
        return str(self._part.relate_to(Part(name, "image/svg+xml", data, self._part.package), RT.IMAGE))


def _extension(element: Any, uri: str) -> Any:
    """Return where an element of a drawing says what only later programs know."""
    return etree.SubElement(etree.SubElement(element, f"{A}extLst", nsmap={"a": A[1:-1]}), f"{A}ext", uri=uri)
