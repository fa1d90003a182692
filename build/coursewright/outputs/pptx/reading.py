"""A template as values: its layouts with their places, what they show by themselves, and how text in them is set.

What is not said in a layout is inherited: from the master's placeholder of the same kind, from the master's text styles,
from the presentation's defaults (ECMA-376 part 1, 19.3.1.51). Lengths are EMU.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from lxml.etree import _Element
from PIL import Image

from . import theme as themes
from .theme import A, P, R, Rgb, Theme, typeface
from .values import Level, Rect, Slot

TITLES = frozenset({"title", "ctrTitle"})
FURNITURE = frozenset({"dt", "ftr", "sldNum", "hdr"})
INSETS = {"lIns": 91_440, "tIns": 45_720, "rIns": 91_440, "bIns": 45_720}  # ECMA-376 part 1, 21.1.2.1.1
STYLES = {**dict.fromkeys(TITLES, "titleStyle"), **dict.fromkeys(FURNITURE, "otherStyle")}
FILLS = frozenset(f"{A}{name}" for name in ("solidFill", "gradFill", "blipFill", "pattFill"))
COVERS = 0.9  # of a place must lie on a fixture for the fixture to be its ground
UPRIGHT = ("", "horz")


@dataclass(frozen=True)
class Place:
    """A placeholder as it stands in the layout. ``kind`` is its ``p:ph/@type``, ``obj`` where none is given."""

    name: str
    kind: str
    idx: int
    rect: Rect
    element: Any = field(repr=False, compare=False)
    master: Any = field(default=None, repr=False, compare=False)

    @cached_property
    def vertical(self) -> bool:
        """Whether its text does not run across the slide: set vertically, or in a turned frame."""
        return _setting(self, "vert") not in UPRIGHT or _turned(self.element) or _turned(self.master)


@dataclass(frozen=True)
class Fixture:
    """What a layout shows by itself, on every slide: a logo, a band, a line, words."""

    rect: Rect
    kind: str  # picture, shape, line or text
    colour: Rgb | None = None
    words: str = ""
    name: str = ""


@dataclass(frozen=True)
class Facts:
    """One layout of a template: ``number`` counts through all masters, ``type`` is its own word for what it is."""

    number: int
    name: str
    type: str
    master: int
    places: tuple[Place, ...]
    fixtures: tuple[Fixture, ...]
    theme: Theme
    size: tuple[int, int]
    layout: Any = field(repr=False, compare=False)

    @cached_property
    def content(self) -> tuple[Place, ...]:
        """Return the places for content: no titles, no furniture, nothing of no size, off the slide or set vertically."""
        return tuple(
            place
            for place in self.places
            if place.kind not in TITLES | FURNITURE and not place.vertical and self._on_slide(place.rect)
        )

    @cached_property
    def title(self) -> Place | None:
        """Return the place of the title, if there is one that can be used."""
        found = (place for place in self.places if place.kind in TITLES and not place.vertical and self._on_slide(place.rect))
        return next(found, None)

    @cached_property
    def furniture(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.kind in FURNITURE and self._on_slide(place.rect))

    @cached_property
    def paper(self) -> Rgb | None:
        """Return the background's colour; of a picture its mean; None where nothing says."""
        for owner in (self.layout, self.layout.slide_master):
            background = owner._element.find(f"{P}cSld/{P}bg")
            if background is not None:
                return _background(background, self.theme, owner.part)
        return self.theme.scheme("bg1")

    def ground(self, rect: Rect) -> Rgb | None:
        """Return the colour below a rectangle: of the topmost fixture it lies on, else of the background."""
        below = (each for each in reversed(self.fixtures) if each.kind in ("shape", "picture") and each.colour is not None)
        found = (each.colour for each in below if each.rect.shared(rect).size >= COVERS * rect.size)
        return next(found, self.paper)

    def _on_slide(self, rect: Rect) -> bool:
        return rect.shared(Rect(0, 0, *self.size)).size >= 0.75 * rect.size > 0


def layouts(presentation: Any) -> tuple[Facts, ...]:
    """Return every layout of a presentation, master by master."""
    size = int(presentation.slide_width or 0), int(presentation.slide_height or 0)
    found: list[Facts] = []
    for number, master in enumerate(presentation.slide_masters):
        theme = _theme(master)
        kinds = {place.kind: place for place in _places(master._element, {})}
        shown = tuple(_fixtures(master, theme))
        for layout in master.slide_layouts:
            found.append(_facts(layout, len(found), number, (kinds, shown, theme, size)))
    return tuple(found)


def _facts(
    layout: Any, number: int, master: int, common: tuple[Mapping[str, Place], tuple[Fixture, ...], Theme, tuple[int, int]]
) -> Facts:
    kinds, shown, theme, size = common
    element = layout._element
    override = element.find(f"{P}clrMapOvr/{A}overrideClrMapping")
    theme = theme if override is None else theme.mapped(themes.map_of(override))
    inherited = () if element.get("showMasterSp") in ("0", "false") else shown
    return Facts(
        number=number,
        name=layout.name or "",
        type=element.get("type", ""),
        master=master,
        places=tuple(_places(element, kinds)),
        fixtures=(*inherited, *_fixtures(layout, theme)),
        theme=theme,
        size=size,
        layout=layout,
    )


def _theme(master: Any) -> Theme:
    blob = next((rel.target_part.blob for rel in master.part.rels.values() if rel.reltype.endswith("/theme")), None)
    read = themes.read(blob) if blob else Theme({}, {}, {})
    return read.mapped(themes.map_of(master._element.find(f"{P}clrMap")))


# ------------------------------------------------------------------------------------------------------ places


def _places(element: _Element, masters: Mapping[str, Place]) -> Iterator[Place]:
    for shape in element.iterfind(f"{P}cSld/{P}spTree/{P}*"):
        holder = shape.find(f"./*/{P}nvPr/{P}ph")
        if holder is None:
            continue
        kind = holder.get("type", "obj")
        master = masters.get(_inherits(kind))
        rect = _frame(shape) or (master.rect if master else Rect(0, 0, 0, 0))
        name = shape.find(f".//{P}cNvPr").get("name", "")
        yield Place(name, kind, int(holder.get("idx", "0")), rect, shape, master.element if master else None)


def _inherits(kind: str) -> str:
    return "title" if kind in TITLES else kind if kind in FURNITURE else "body"


def _frame(shape: _Element) -> Rect | None:
    frame = shape.find(f"{P}spPr/{A}xfrm")
    if frame is None:
        frame = shape.find(f"{P}grpSpPr/{A}xfrm")
    if frame is None:
        frame = shape.find(f"{P}xfrm")
    offset = frame.find(f"{A}off") if frame is not None else None
    extent = frame.find(f"{A}ext") if frame is not None else None
    if offset is None or extent is None:
        return None
    return Rect(*(int(float(each.get(key, "0"))) for each, key in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))))


def _turned(shape: _Element | None) -> bool:
    """Whether a shape is turned by more than 45 degrees (60,000ths of one) from upright or upside down."""
    frame = shape.find(f"{P}spPr/{A}xfrm") if shape is not None else None
    degrees = int(frame.get("rot", "0")) / 60_000 % 180 if frame is not None else 0.0
    return 45 < degrees < 135


# ---------------------------------------------------------------------------------------------------- fixtures


def _fixtures(owner: Any, theme: Theme) -> Iterator[Fixture]:
    for shape in owner._element.iterfind(f"{P}cSld/{P}spTree/{P}*"):
        rect = _frame(shape)
        if rect is None or shape.find(f"./*/{P}nvPr/{P}ph") is not None:
            continue
        named = shape.find(f".//{P}cNvPr")
        if named is not None and named.get("hidden") in ("1", "true"):
            continue
        found = _fixture(shape, rect, theme, owner.part)
        if found is not None:
            yield found


def _fixture(shape: _Element, rect: Rect, theme: Theme, part: Any) -> Fixture | None:
    """A visible shape as a fixture; None for one that shows nothing."""
    name = shape.find(f".//{P}cNvPr").get("name", "")
    tag = str(shape.tag).removeprefix(P)
    if tag == "pic":
        return Fixture(rect, "picture", _mean(shape.find(f".//{A}blip"), part), name=name)
    if tag == "cxnSp":
        return Fixture(rect, "line", name=name)
    words = " ".join("".join(node.itertext()) for node in shape.iter(f"{A}t")).strip()
    filled, colour = _fill(shape, theme, part)
    if tag in ("grpSp", "graphicFrame") or filled:
        return Fixture(rect, "shape", colour, words, name)
    if words:
        return Fixture(rect, "text", None, words, name)
    return Fixture(rect, "line", name=name) if shape.find(f"{P}spPr/{A}ln/{A}solidFill") is not None else None


def _fill(shape: _Element, theme: Theme, part: Any) -> tuple[bool, Rgb | None]:
    """Whether a shape is filled, and in which colour if that can be said."""
    properties = shape.find(f"{P}spPr")
    if properties is not None and properties.find(f"{A}noFill") is not None:
        return False, None
    own = next((each for each in properties if each.tag in FILLS), None) if properties is not None else None
    if own is not None:
        return True, _filled(own, theme, part)
    reference = shape.find(f"{P}style/{A}fillRef")
    if reference is None or reference.get("idx", "0") == "0":
        return False, None
    return True, theme.colour(reference)


def _filled(fill: _Element, theme: Theme, part: Any) -> Rgb | None:
    """Return the colour of a fill; of a gradient or a picture its mean."""
    match str(fill.tag).removeprefix(A):
        case "gradFill":
            return themes.average(theme.colour(stop) for stop in fill.iter(f"{A}gs"))
        case "blipFill":
            return _mean(fill.find(f"{A}blip"), part)
        case "pattFill":
            return theme.colour(fill.find(f"{A}bgClr"))
    return theme.colour(fill)


def _background(background: _Element, theme: Theme, part: Any) -> Rgb | None:
    reference = background.find(f"{P}bgRef")
    if reference is not None:
        return theme.colour(reference)
    own = background.find(f"{P}bgPr")
    fill = next((each for each in own if each.tag in FILLS), None) if own is not None else None
    return theme.scheme("bg1") if fill is None else _filled(fill, theme, part)


def _mean(blip: _Element | None, part: Any) -> Rgb | None:
    """Return the mean colour of a picture, laid on white where it is clear; None for what Pillow cannot read (EMF, SVG)."""
    try:
        return _mean_of(part.related_part(blip.get(f"{R}embed")).blob) if blip is not None else None
    except KeyError:
        return None


@lru_cache(maxsize=32)
def _mean_of(blob: bytes) -> Rgb | None:
    """The same picture stands on many layouts, and large ones take long to open."""
    try:
        with Image.open(io.BytesIO(blob)) as opened:
            small = opened.convert("RGBA").resize((8, 8))
        pixels = [colour for colour in (small.getpixel((x, y)) for x in range(8) for y in range(8)) if isinstance(colour, tuple)]
    except (OSError, ValueError):
        return None
    if sum(colour[3] for colour in pixels) < 128 * len(pixels):
        return None  # mostly clear: what lies below is the ground
    return themes.average((red, green, blue) for red, green, blue, _ in pixels)


def dressed(element: _Element) -> bool:
    """Whether a placeholder has a fill or an outline of its own: a title on a band, say."""
    properties = element.find(f"{P}spPr")
    if properties is None:
        return False
    return any(each.tag in FILLS for each in properties) or properties.find(f"{A}ln/{A}solidFill") is not None


def body(facts: Facts) -> Rect | None:
    """Return where the master has its body text, None if it has none or it is out of use."""
    masters = (place for place in _places(facts.layout.slide_master._element, {}) if place.kind == "body")
    rect = next((place.rect for place in masters), None)
    return rect if rect and rect.size > facts.size[0] * facts.size[1] // 8 else None


# ------------------------------------------------------------------------------------------------------- text


def slot(facts: Facts, place: Place, defaults: _Element | None) -> Slot:
    """Return a place with its text settings. ``defaults`` is the presentation's ``p:defaultTextStyle``."""
    sources = _sources(facts, place, defaults)
    return Slot(
        name=place.name,
        idx=place.idx,
        kind=place.kind,
        rect=place.rect,
        insets=_insets(place),
        levels=tuple(_level(sources, number, facts.theme) for number in range(1, 6)),
        is_title=place.kind in TITLES,
        anchor=_setting(place, "anchor") or "t",
        shrinks=_autofit(place) == f"{A}normAutofit",
        unwrapped=_setting(place, "wrap") == "none",
    )


def ink(facts: Facts, place: Place, defaults: _Element | None) -> Rgb | None:
    """Return the colour of a place's text as it is shown, None where it is none that can be told (a gradient, a picture)."""
    settings = (each.find(f"{A}lvl1pPr/{A}defRPr") for each in _sources(facts, place, defaults))
    fills = (child for each in settings if each is not None for child in each if child.tag in FILLS)
    fill = next(fills, None)
    return facts.theme.scheme("tx1") if fill is None else facts.theme.colour(fill)


def _sources(facts: Facts, place: Place, defaults: _Element | None) -> tuple[_Element, ...]:
    """Where a level's settings may stand, nearest first: layout, master placeholder, text styles, defaults."""
    styles = facts.layout.slide_master._element.find(f"{P}txStyles")
    named = styles.find(f"{P}{STYLES.get(place.kind, 'bodyStyle')}") if styles is not None else None
    lists = [each.find(f"{P}txBody/{A}lstStyle") for each in (place.element, place.master) if each is not None]
    return tuple(each for each in (*lists, named, defaults) if each is not None)


def _level(sources: Iterable[_Element], number: int, theme: Theme) -> Level:
    tag = f"{A}lvl{number}pPr"
    chain = _Chain([found for each in sources if (found := each.find(tag)) is not None])
    runs = _Chain([found for each in chain.elements if (found := each.find(f"{A}defRPr")) is not None])
    before, before_share = chain.spacing("spcBef")
    after, after_share = chain.spacing("spcAft")
    exact, line = chain.spacing("lnSpc", default_share=1.0)
    latin = runs.child("latin") or "+mn-lt"
    return Level(
        size=float(runs.get("sz") or 1800) / 100,
        bold=runs.get("b") in ("1", "true"),
        italic=runs.get("i") in ("1", "true"),
        typeface=typeface(theme, latin) or "Calibri",
        margin=int(chain.get("marL") or 0),
        indent=int(chain.get("indent") or 0),
        caps=runs.get("cap") in ("all", "small"),
        spacing=float(runs.get("spc") or 0) / 100,
        line=line or 1.0,
        before=before,
        before_share=before_share,
        after=after,
        after_share=after_share,
        ea=typeface(theme, runs.child("ea") or f"{latin[:3]}-ea"),
        cs=typeface(theme, runs.child("cs") or f"{latin[:3]}-cs"),
        exact=exact,
        heading=latin.startswith("+mj"),
        colour=runs.colour(),
        align=chain.get("algn") or "l",
        bullet=chain.bullet(),
    )


class _Chain:
    """Elements that may hold a setting, the nearest first."""

    def __init__(self, elements: list[_Element]) -> None:
        self.elements = elements

    def get(self, name: str) -> str | None:
        return next((value for each in self.elements if (value := each.get(name)) is not None), None)

    def child(self, tag: str) -> str | None:
        found = (each.find(A + tag) for each in self.elements)
        return next((each.get("typeface") for each in found if each is not None and each.get("typeface")), None)

    def spacing(self, tag: str, default_share: float = 0.0) -> tuple[float, float]:
        """Points and share of a spacing; the one that is not set is 0."""
        found = next((child for each in self.elements if (child := each.find(A + tag)) is not None), None)
        if found is None or not len(found):
            return 0.0, default_share
        value = float(found[0].get("val", "0").rstrip("%"))
        return (value / 100, 0.0) if found[0].tag == f"{A}spcPts" else (0.0, value / 100_000)

    def colour(self) -> str:
        """Return the nearest colour if it is a plain scheme colour, else ""."""
        fill = next((found for each in self.elements if (found := each.find(f"{A}solidFill")) is not None), None)
        scheme = fill.find(f"{A}schemeClr") if fill is not None else None
        return str(scheme.get("val")) if scheme is not None and not len(scheme) else ""

    def bullet(self) -> str:
        """Return the bullet's character, "" for none and for pictures and numbers."""
        for each in self.elements:
            for child in each:
                if child.tag in (f"{A}buNone", f"{A}buBlip", f"{A}buAutoNum"):
                    return ""
                if child.tag == f"{A}buChar":
                    return str(child.get("char", ""))
        return ""


def _setting(place: Place, name: str) -> str:
    """Return a setting of the text body, from the layout or the master; "" where neither has it."""
    bodies = (each.find(f"{P}txBody/{A}bodyPr") for each in (place.element, place.master) if each is not None)
    return next((value for body in bodies if body is not None and (value := body.get(name)) is not None), "")


def _autofit(place: Place) -> str:
    """The tag of the nearest autofit setting, "" for none."""
    bodies = (each.find(f"{P}txBody/{A}bodyPr") for each in (place.element, place.master) if each is not None)
    found = (child.tag for body in bodies if body is not None for child in body if str(child.tag).endswith("utofit"))
    return str(next(found, ""))


def _insets(place: Place) -> tuple[int, int, int, int]:
    left, top, right, bottom = (int(_setting(place, name) or default) for name, default in INSETS.items())
    return left, top, right, bottom
