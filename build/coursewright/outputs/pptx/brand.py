"""A brand is any .pptx or .potx: which of its layouts plays which role, where its slots are, how their text is set.

A role is found by the layout's name (the default brand names its layouts after the roles), then by the ``type``
attribute, which does not depend on language. Slots are found by placeholder name, then by kind and horizontal order.
Lengths are EMU (914,400 an inch, 12,700 a point).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lxml import etree
from lxml.etree import _Element
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.oxml.ns import qn

from ...problems import Broken, Problem

POTX = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
PPTX = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
FURNITURE = {PH.DATE, PH.FOOTER, PH.SLIDE_NUMBER, PH.HEADER}
TITLES = {PH.TITLE, PH.CENTER_TITLE, PH.VERTICAL_TITLE}
TYPES = {  # ST_SlideLayoutType → role
    "title": "cover",
    "obj": "content",
    "secHead": "section",
    "twoObj": "two-content",
    "twoTxTwoObj": "comparison",
    "titleOnly": "title-only",
    "blank": "blank",
    "picTx": "picture",
    "tbl": "table",
    "chart": "chart",
}
OWN = {
    "label",
    "body",
    "left",
    "details",
    "row-1",
    "option-1",
    "steps",
    "drawing",
    "table",
    "picture",
    "question",
}  # our slot names
LAST_RESORT = ("content", "title-only")


@dataclass(frozen=True)
class Rect:
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Level:
    """How a paragraph of one level is set. Sizes in points; margins in EMU; spacing as points, or share of the size."""

    size: float
    bold: bool
    italic: bool
    typeface: str
    margin: int
    indent: int
    caps: bool
    spacing: float  # points between letters
    line: float  # multiple of single line spacing
    before: float
    before_share: float
    after: float
    after_share: float


@dataclass(frozen=True)
class Slot:
    """A placeholder of a layout: its place, its insets (left, top, right, bottom, EMU), its levels."""

    name: str
    idx: int
    kind: Any
    rect: Rect
    insets: tuple[int, int, int, int]
    levels: tuple[Level, ...]
    is_title: bool = False


@dataclass(frozen=True)
class Layout:
    name: str
    role: str
    slots: Mapping[str, Slot]
    layout: Any = field(repr=False, compare=False)

    @property
    def title(self) -> Slot | None:
        return next((slot for slot in self.slots.values() if slot.is_title), None)


class Brand:
    """An opened template. Not frozen: it holds the presentation that the slides are added to."""

    def __init__(self, data: bytes) -> None:
        try:
            self.presentation = Presentation(io.BytesIO(_as_presentation(data)))
        except Exception as error:  # python-pptx, zipfile and lxml raise a dozen kinds for a file that is no deck
            raise Broken(
                [Problem(f"the brand is no PowerPoint file that can be read: {error}", hint="give a .pptx or .potx")]
            ) from error
        _empty(self.presentation)
        self._read: dict[str, Layout] = {}

    @property
    def size(self) -> tuple[int, int]:
        return int(self.presentation.slide_width or 0), int(self.presentation.slide_height or 0)

    @cached_property
    def fonts(self) -> dict[str, str]:
        """Theme fonts: +mj-lt and +mn-lt → family."""
        theme = self._theme
        tags = {"+mj-lt": "a:majorFont", "+mn-lt": "a:minorFont"}
        found = {key: theme.find(f".//{qn(tag)}/{qn('a:latin')}") for key, tag in tags.items()}
        return {key: latin.get("typeface", "") if latin is not None else "Calibri" for key, latin in found.items()}

    @cached_property
    def palette(self) -> dict[str, str]:
        """Theme colours: dk1 … accent6 → rrggbb."""
        scheme = self._theme.find(f".//{qn('a:clrScheme')}")
        return {child.tag.split("}")[1]: child[0].get("lastClr") or child[0].get("val") for child in scheme}

    @cached_property
    def _theme(self) -> _Element:
        master = self.presentation.slide_masters[0]
        part = next(rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme"))
        return etree.fromstring(part.blob)

    @cached_property
    def roles(self) -> dict[str, Any]:
        """Role → the brand's layout; the first layout that claims a role has it, names before types."""
        every = [layout for master in self.presentation.slide_masters for layout in master.slide_layouts]
        typed = {role: layout for layout in reversed(every) if (role := TYPES.get(layout._element.get("type", "")))}
        named = {_slug(layout.name): layout for layout in reversed(every)}
        return {**typed, **named}

    def find(self, roles: tuple[str, ...]) -> Layout:
        """Return the layout of the first role there is; else content, title only, or the first layout with a title."""
        for role in (*roles, *LAST_RESORT):
            if role in self.roles:
                return self._layout(role)
        every = map(self._layout, self.roles)
        return next((layout for layout in every if layout.title), self._layout(next(iter(self.roles))))

    def area(self, layout: Layout) -> Rect:
        """Return where free content may go: the master's body, else the slide below the title within the margins."""
        for placeholder in layout.layout.slide_master.placeholders:
            if placeholder.placeholder_format.type == PH.BODY:
                return Rect(placeholder.left, placeholder.top, placeholder.width, placeholder.height)
        width, height = self.size
        return Rect(width // 16, height // 4, width * 14 // 16, height * 5 // 8)

    def _layout(self, role: str) -> Layout:
        if role not in self._read:
            self._read[role] = self._reading(self.roles[role], role)
        return self._read[role]

    def _reading(self, layout: Any, role: str) -> Layout:
        slots = [slot for shape in layout.placeholders if (slot := self._slot(layout, shape))]
        return Layout(layout.name, role, {slot.name: slot for slot in _named(slots, role)}, layout)

    def footer(self, layout: Any) -> Slot | None:
        """Return the layout's footer, None where it has none."""
        shapes = (each for each in layout.placeholders if each.placeholder_format.type == PH.FOOTER and each.width)
        return next((self._slot_of(layout, each) for each in shapes), None)

    def _slot(self, layout: Any, shape: Any) -> Slot | None:
        if shape.placeholder_format.type in FURNITURE or shape.width is None:
            return None
        return self._slot_of(layout, shape)

    def _slot_of(self, layout: Any, shape: Any) -> Slot:
        kind = shape.placeholder_format.type
        parents = _ancestry(layout, shape)
        return Slot(
            name=shape.name,
            idx=shape.placeholder_format.idx,
            kind=kind,
            rect=Rect(shape.left, shape.top, shape.width, shape.height),
            insets=_insets(parents),
            levels=tuple(self._level(layout, shape, parents, number) for number in range(1, 6)),
            is_title=kind in TITLES,
        )

    def _level(self, layout: Any, shape: Any, parents: list[_Element], number: int) -> Level:
        sources = list(self._level_sources(layout, shape, parents, number))
        runs = [source.find(qn("a:defRPr")) for source in sources]
        run = _Chain([each for each in runs if each is not None])
        paragraph = _Chain(sources)
        before, before_share = paragraph.spacing("a:spcBef")
        after, after_share = paragraph.spacing("a:spcAft")
        _, line = paragraph.spacing("a:lnSpc", default_share=1.0)
        typeface = run.child("a:latin", "typeface") or "+mn-lt"
        return Level(
            size=float(run.get("sz") or 1800) / 100,
            bold=run.get("b") in ("1", "true"),
            italic=run.get("i") in ("1", "true"),
            typeface=self.fonts.get(typeface, typeface),
            margin=int(paragraph.get("marL") or 0),
            indent=int(paragraph.get("indent") or 0),
            caps=run.get("cap") in ("all", "small"),
            spacing=float(run.get("spc") or 0) / 100,
            line=line or 1.0,
            before=before,
            before_share=before_share,
            after=after,
            after_share=after_share,
        )

    def _level_sources(self, layout: Any, shape: Any, parents: list[_Element], number: int) -> Iterator[_Element]:
        """Where a level's settings may stand, nearest first: layout, master placeholder, text styles, defaults."""
        tag = qn(f"a:lvl{number}pPr")
        styles = layout.slide_master._element.find(qn("p:txStyles"))
        kind = shape.placeholder_format.type
        name = "p:titleStyle" if kind in TITLES else "p:otherStyle" if kind in FURNITURE else "p:bodyStyle"
        lists = [parent.find(f".//{qn('a:lstStyle')}") for parent in parents]
        lists.append(styles.find(qn(name)) if styles is not None else None)
        lists.append(self.presentation.part._element.find(qn("p:defaultTextStyle")))
        for each in lists:
            if each is not None and (found := each.find(tag)) is not None:
                yield found


class _Chain:
    """Elements that may hold a setting, the nearest first."""

    def __init__(self, elements: list[_Element]) -> None:
        self.elements = elements

    def get(self, name: str) -> str | None:
        return next((value for each in self.elements if (value := each.get(name)) is not None), None)

    def child(self, tag: str, name: str) -> str | None:
        return next((found.get(name) for each in self.elements if (found := each.find(qn(tag))) is not None), None)

    def spacing(self, tag: str, default_share: float = 0.0) -> tuple[float, float]:
        """Points and share of a spacing; the one that is not set is 0."""
        found = next((child for each in self.elements if (child := each.find(qn(tag))) is not None), None)
        if found is None or not len(found):
            return 0.0, default_share
        value = float(found[0].get("val", "0"))
        return (value / 100, 0.0) if found[0].tag == qn("a:spcPts") else (0.0, value / 100_000)


def _as_presentation(data: bytes) -> bytes:
    """A .potx with the content type of a .pptx; anything else as it is."""
    if POTX not in (types := zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml")):
        return data
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, types.replace(POTX, PPTX) if name == "[Content_Types].xml" else old.read(name))
    return result.getvalue()


def _empty(presentation: Any) -> None:
    """Remove the template's own slides, and the sections and custom shows that name them."""
    ids = presentation.slides._sldIdLst
    for each in list(ids):
        presentation.part.drop_rel(each.rId)
        ids.remove(each)
    root = presentation.part._element
    for tag in ("p:custShowLst",):
        for each in root.findall(qn(tag)):
            root.remove(each)
    for extension in root.xpath(".//p:extLst/p:ext[.//*[local-name()='sectionLst']]"):
        extension.getparent().remove(extension)


def _ancestry(layout: Any, shape: Any) -> list[_Element]:
    """The layout's placeholder and the master's it inherits from."""
    kind = shape.placeholder_format.type
    wanted = PH.TITLE if kind in TITLES else kind if kind in FURNITURE else PH.BODY
    master = next((each._element for each in layout.slide_master.placeholders if each.placeholder_format.type == wanted), None)
    return [shape._element] if master is None else [shape._element, master]


def _insets(parents: list[_Element]) -> tuple[int, int, int, int]:
    bodies = _Chain([body for each in parents if (body := each.find(f".//{qn('a:bodyPr')}")) is not None])
    defaults = {"lIns": 91440, "tIns": 45720, "rIns": 91440, "bIns": 45720}  # ECMA-376 part 1, 21.1.2.1.1
    left, top, right, bottom = (int(bodies.get(name) or 0) if bodies.get(name) else default for name, default in defaults.items())
    return left, top, right, bottom


def _slug(name: str) -> str:
    return name.strip().lower().replace(" ", "-")


def _named(slots: list[Slot], role: str) -> list[Slot]:
    """Slots under the names templates use. A foreign brand's placeholders are named by kind and horizontal order."""
    titles = [replace(slot, name="title") for slot in slots if slot.is_title][:1]
    others = [slot for slot in slots if not slot.is_title]
    if OWN & {slot.name for slot in others} or not others:
        return [*titles, *others]
    texts = sorted((slot for slot in others if slot.kind is not PH.PICTURE), key=lambda slot: (slot.rect.x, slot.rect.y))
    pictures = [replace(slot, name="picture") for slot in others if slot.kind is PH.PICTURE][:1]
    names = _foreign_names(texts, role)
    return [*titles, *pictures, *(replace(slot, name=name) for slot, name in zip(texts, names, strict=False))]


def _foreign_names(texts: list[Slot], role: str) -> tuple[str, ...]:
    if role == "cover":
        return ("subtitle",)
    if role == "comparison" and len(texts) >= 4:
        return ("left-title", "left", "right-title", "right")
    if role == "picture":
        return ("caption",)
    return ("left", "right") if len(texts) >= 2 else ("body",)
