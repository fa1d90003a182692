"""Brand templates nobody has seen: made here, part by part, so that every fault real templates have can be had alone.

A :class:`Draft` is a template as plain values, a *quirk* a named function that spoils or furnishes it, and
:func:`written` turns it into the bytes of a .pptx, .potx, .pptm or .potm. ``alone(name)`` has one quirk, ``mixed(seed)``
several. Nothing here shares code with the engine. Lengths are EMU, rectangles of layouts are shares of the slide.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from struct import pack
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PRESENTATIONML = "application/vnd.openxmlformats-officedocument.presentationml"
MAIN = {
    "pptx": f"{PRESENTATIONML}.presentation.main+xml",
    "potx": f"{PRESENTATIONML}.template.main+xml",
    "pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    "potm": "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
}
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PROMPT = "Zzprompt"  # begins every prompt and sample text of these templates: none may show up in a deck

Box = tuple[float, float, float, float]  # left, top, width, height as shares of the slide


# ------------------------------------------------------------------------------------------------ a template as values


@dataclass(frozen=True)
class Holder:
    """A placeholder. Without ``box`` it inherits its place; ``style`` is the inside of its lstStyle."""

    kind: str
    idx: int
    name: str
    box: Box | None = None
    style: str = ""
    body: str = ""  # attributes of bodyPr
    fit: str = ""  # the inside of bodyPr
    turn: int = 0  # 60,000ths of a degree
    size: str = ""  # full, half, quarter


@dataclass(frozen=True)
class Shape:
    """Furniture: a picture, a filled rectangle, or a rectangle drawn as a line only. ``fill`` is the inside of spPr's fill."""

    name: str
    box: Box
    kind: str = "fill"  # fill, line, picture, group, words
    colour: str = '<a:schemeClr val="accent1"/>'


@dataclass(frozen=True)
class Page:
    """A layout. ``background`` and ``map`` replace the master's."""

    name: str
    type: str
    holders: tuple[Holder, ...]
    shapes: tuple[Shape, ...] = ()
    background: str = ""
    map: str = ""
    hidden: bool = False  # the master's own shapes are not shown
    extra: str = ""  # after the shape tree: timing, transition


@dataclass
class Master:
    """A slide master with its theme and its layouts."""

    layouts: list[Page]
    holders: list[Holder]
    shapes: list[Shape] = field(default_factory=list)
    background: str = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    map: str = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"'
    sizes: tuple[float, ...] = (44, 28, 24, 20, 18, 18)  # points: title, five levels of the body
    text: str = "tx1"
    title_text: str = ""
    paragraph: str = ""  # attributes of each level, such as rtl="1"
    spacing: str = '<a:lnSpc><a:spcPct val="90000"/></a:lnSpc><a:spcBef><a:spcPts val="1000"/></a:spcBef>'
    bullet: str = '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
    run: str = ""  # attributes of each level's run
    colours: dict[str, str] = field(default_factory=lambda: dict(OFFICE))
    fonts: tuple[str, str] = ("Calibri Light", "Calibri")


@dataclass
class Draft:
    """A whole template, to be changed by quirks until it is written."""

    width: int = 12_192_000
    height: int = 6_858_000
    masters: list[Master] = field(default_factory=list)
    suffix: str = "pptx"
    notes: str = "full"  # full, bare (no body), none
    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # name → content type, bytes
    package: list[tuple[str, str]] = field(default_factory=list)  # relationships of the package: type, target
    show: list[tuple[str, str]] = field(default_factory=list)  # of the presentation
    title: str = "Corporate Template 2019 – final (2)"
    view: bool = True  # without view properties PowerPoint may offer a repair
    samples: int = 0
    finish: list[Callable[[Any], None]] = field(default_factory=list)  # what python-pptx does to it at the end

    @property
    def layouts(self) -> list[Page]:
        return [page for master in self.masters for page in master.layouts]

    def pages(self, change: Callable[[Page], Page]) -> None:
        """Change every layout."""
        for master in self.masters:
            master.layouts = [change(page) for page in master.layouts]

    def holders(self, change: Callable[[Holder], Holder | None], *, master: bool = True) -> None:
        """Change every placeholder, or leave it out."""
        self.pages(lambda page: replace(page, holders=tuple(new for old in page.holders if (new := change(old)))))
        if master:
            for each in self.masters:
                each.holders = [new for old in each.holders if (new := change(old))]


OFFICE = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "4472C4", "accent2": "ED7D31",
    "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72",
}  # fmt: skip
TITLES = ("title", "ctrTitle")
FURNITURE = ("dt", "ftr", "sldNum")
TITLE_BOX: Box = (0.06875, 0.053, 0.8625, 0.193)
BODY_BOX: Box = (0.06875, 0.266, 0.8625, 0.634)
FEET: dict[str, Box] = {
    "dt": (0.06875, 0.927, 0.225, 0.053),
    "ftr": (0.33125, 0.927, 0.3375, 0.053),
    "sldNum": (0.70625, 0.927, 0.225, 0.053),
}
VERTICAL = 'vert="eaVert"'
LEFT: Box = (0.06875, 0.266, 0.425, 0.634)
RIGHT: Box = (0.50625, 0.266, 0.425, 0.634)
CAPTIONED: tuple[Box, Box, Box] = ((0.07, 0.067, 0.3225, 0.233), (0.425, 0.144, 0.506, 0.711), (0.07, 0.3, 0.3225, 0.556))
# What the Office Theme has: name, type, placeholders by kind and place; they are numbered from 0, from 1 without a title.
ELEVEN: tuple[tuple[str, str, tuple[tuple[str, Box | None], ...]], ...] = (
    ("Title Slide", "title", (("ctrTitle", (0.125, 0.163, 0.75, 0.348)), ("subTitle", (0.125, 0.525, 0.75, 0.241)))),
    ("Title and Content", "obj", (("title", None), ("", None))),
    ("Section Header", "secHead", (("title", (0.068, 0.249, 0.8625, 0.416)), ("body", (0.068, 0.669, 0.8625, 0.219)))),
    ("Two Content", "twoObj", (("title", None), ("", LEFT), ("", RIGHT))),
    (
        "Comparison",
        "twoTxTwoObj",
        (
            ("title", TITLE_BOX),
            ("body", (0.0703, 0.245, 0.423, 0.12)),
            ("", (0.0703, 0.365, 0.423, 0.537)),
            ("body", (0.50625, 0.245, 0.425, 0.12)),
            ("", (0.50625, 0.365, 0.425, 0.537)),
        ),
    ),
    ("Title Only", "titleOnly", (("title", None),)),
    ("Blank", "blank", ()),
    ("Content with Caption", "objTx", tuple(zip(("title", "", "body"), CAPTIONED, strict=True))),
    ("Picture with Caption", "picTx", tuple(zip(("title", "pic", "body"), CAPTIONED, strict=True))),
    ("Title and Vertical Text", "vertTx", (("title", None), ("body", None))),
    (
        "Vertical Title and Text",
        "vertTitleAndTx",
        (("title", (0.7156, 0.053, 0.2156, 0.847)), ("body", (0.06875, 0.053, 0.634, 0.847))),
    ),
)


def office(scale: float = 1.0) -> Master:
    """Return a master with the Office Theme's eleven layouts; ``scale`` is the slide's height over 540 points."""
    inset = _scaled_insets(scale)
    feet = [
        Holder(kind, 10 + number, f"{kind} Placeholder {number + 3}", box, body=inset)
        for number, (kind, box) in enumerate(FEET.items())
    ]
    layouts = [
        Page(name, type_, (*_numbered(type_, holders, scale), *(replace(foot, box=None, body="") for foot in feet)))
        for name, type_, holders in ELEVEN
    ]
    text = [Holder("title", 0, "Title 1", TITLE_BOX, body=inset), Holder("body", 1, "Text 2", BODY_BOX, body=inset)]
    master = Master(layouts, [*text, *feet])
    master.sizes = tuple(round(size * scale, 1) for size in master.sizes)
    return master


def _scaled_insets(scale: float) -> str:
    """On a slide of a few centimetres the usual insets are higher than a line: designers make them smaller."""
    return (
        " ".join(
            f'{side}Ins="{int(usual * scale)}"' for side, usual in (("l", 91_440), ("t", 45_720), ("r", 91_440), ("b", 45_720))
        )
        if scale < 0.5
        else ""
    )


def _numbered(type_: str, holders: Sequence[tuple[str, Box | None]], scale: float) -> Iterator[Holder]:
    for idx, (kind, box) in enumerate(holders):
        turned = type_ == "vertTitleAndTx" or (type_ == "vertTx" and kind == "body")
        size = {"title": 32, "body": 16}.get(kind) if type_ in ("objTx", "picTx") else None  # smaller beside a picture
        style = (
            f'<a:lvl1pPr marL="0" indent="0"><a:buNone/><a:defRPr sz="{int(size * scale) * 100}"/></a:lvl1pPr>' if size else ""
        )
        yield Holder(kind, idx, f"Placeholder {idx + 1}", box, style, VERTICAL if turned else "")


# ------------------------------------------------------------------------------------------------------------ quirks

Quirk = Callable[[Draft, random.Random], None]
QUIRKS: dict[str, Quirk] = {}
GROUPS: dict[str, list[str]] = {}
SIZES: dict[str, tuple[int, int]] = {
    "16x9": (12_192_000, 6_858_000),
    "4x3": (9_144_000, 6_858_000),
    "16x10": (10_972_800, 6_858_000),
    "a4-landscape": (9_906_000, 6_858_000),
    "a4-portrait": (6_858_000, 9_906_000),
    "on-screen-16x9": (9_144_000, 5_143_500),
    "tiny": (3_600_000, 2_016_000),  # 10 × 5.6 cm
    "huge": (36_576_000, 20_574_000),  # 40 × 22.5 in
    "square": (6_858_000, 6_858_000),
    "ultra-wide": (18_288_000, 6_858_000),
}


def quirk(group: str) -> Callable[[Quirk], Quirk]:
    """Register a quirk under its own name, with hyphens. Quirks of one group exclude each other in :func:`hands`."""

    def registered(function: Quirk) -> Quirk:
        name = function.__name__.replace("_", "-")
        QUIRKS[name] = function
        GROUPS.setdefault(group, []).append(name)
        return function

    return registered


# What an author's text can outgrow, however it is set: one item need not fit a slide there.
CRAMPED = {"huge-body-text", "huge-insets", "sixty-points-in-layouts", "exact-line-spacing"}

LANGUAGES = {
    "german": (
        "Titelfolie|Titel und Inhalt|Abschnittsüberschrift|Zwei Inhalte|Vergleich|Nur Titel|Leer|"
        "Inhalt mit Überschrift|Bild mit Überschrift|Titel und vertikaler Text|Vertikaler Titel und Text"
    ),
    "russian": (
        "Титульный слайд|Заголовок и объект|Заголовок раздела|Два объекта|Сравнение|Только заголовок|Пустой слайд|"
        "Объект с подписью|Рисунок с подписью|Заголовок и вертикальный текст|Вертикальный заголовок и текст"
    ),
    "korean": (
        "제목 슬라이드|제목 및 내용|구역 머리글|콘텐츠 2개|비교|제목만|빈 화면|"
        "캡션 있는 콘텐츠|캡션 있는 그림|제목 및 세로 텍스트|세로 제목 및 텍스트"
    ),
    "arabic": (
        "شريحة عنوان|عنوان ومحتوى|عنوان المقطع|محتويين|مقارنة|عنوان فقط|فارغ|محتوى ذو تسمية توضيحية|"
        "صورة ذات تسمية توضيحية|عنوان ونص عمودي|عنوان ونص عموديان"
    ),
    "polish": (
        "Slajd tytułowy|Tytuł i zawartość|Nagłówek sekcji|Dwa elementy zawartości|Porównanie|Tylko tytuł|Pusty|"
        "Zawartość z podpisem|Obraz z podpisem|Tytuł i tekst pionowy|Tytuł pionowy i tekst"
    ),
}


def _named(draft: Draft, names: list[str]) -> None:
    for master in draft.masters:
        master.layouts = [replace(page, name=name, type="") for page, name in zip(master.layouts, names * 9, strict=False)]


@quirk("layouts")
def localised_names_without_types(draft: Draft, rng: random.Random) -> None:
    _named(draft, LANGUAGES[rng.choice(sorted(LANGUAGES))].split("|"))


@quirk("layouts")
def nonsense_names(draft: Draft, rng: random.Random) -> None:
    _named(draft, ["".join(rng.choices("bcdfgklmnprstvz aeiou", k=rng.randint(3, 12))) + "x" for _ in range(11)])


@quirk("layouts")
def the_same_name_everywhere(draft: Draft, rng: random.Random) -> None:
    _named(draft, [rng.choice(("Custom Layout", "1_Benutzerdefiniertes Layout", "Title and Content"))])


@quirk("layouts")
def empty_names(draft: Draft, rng: random.Random) -> None:
    _named(draft, [""])


@quirk("layouts")
def names_that_lie(draft: Draft, rng: random.Random) -> None:
    """Our own role names, each on a layout that has nothing of the kind."""
    names = ["Content", "Blank", "Agenda", "Activity", "Rows", "Options", "Timer", "Two content", "Table", "Cover", "Statement"]
    for master in draft.masters:
        master.layouts = [replace(page, name=name) for page, name in zip(master.layouts, names * 9, strict=False)]


@quirk("layouts")
def no_types(draft: Draft, rng: random.Random) -> None:
    draft.pages(lambda page: replace(page, type=""))


@quirk("layouts")
def types_that_lie(draft: Draft, rng: random.Random) -> None:
    """As after years of copying: the type of a layout is that of the one it was copied from."""
    types = [page.type for page in draft.layouts]
    rng.shuffle(types)
    left = iter(types)
    draft.pages(lambda page: replace(page, type=next(left)))


@quirk("layouts")
def no_title_placeholders(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: None if holder.kind in TITLES else holder)


@quirk("layouts")
def no_titles_in_layouts(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: None if holder.kind in TITLES else holder, master=False)


@quirk("layouts")
def some_titles_missing(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: None if holder.kind in TITLES and rng.random() < 0.5 else holder, master=False)


@quirk("layouts")
def no_bodies(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: holder if holder.kind in (*TITLES, *FURNITURE) else None)


@quirk("layouts")
def no_bodies_in_layouts(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: holder if holder.kind in (*TITLES, *FURNITURE) else None, master=False)


@quirk("layouts")
def no_footers(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: None if holder.kind in FURNITURE else holder)


@quirk("layouts")
def one_layout(draft: Draft, rng: random.Random) -> None:
    number = rng.randrange(9)
    for master in draft.masters:
        master.layouts = master.layouts[number : number + 1] or master.layouts[:1]


@quirk("layouts")
def only_a_blank_layout(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.layouts = [Page("Blank", "blank", ())]


@quirk("layouts")
def only_a_picture_layout(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.layouts = [Page("Full bleed", "", (Holder("pic", 13, "Picture", (0, 0, 1, 1)),))]


@quirk("layouts")
def layouts_without_any_placeholder(draft: Draft, rng: random.Random) -> None:
    draft.pages(lambda page: replace(page, holders=()))


@quirk("layouts")
def sixty_layouts(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.layouts = [replace(page, name=f"{copy}_{page.name}") for copy in range(6) for page in master.layouts][:60]


@quirk("layouts")
def several_masters(draft: Draft, rng: random.Random) -> None:
    for fonts in (("Georgia", "Verdana"), ("Arial", "Arial")):
        master = office(draft.height / 6_858_000)
        master.fonts = fonts
        master.layouts = [replace(page, name=f"{page.name} {fonts[0]}") for page in master.layouts]
        draft.masters.append(master)


@quirk("layouts")
def a_first_master_with_a_blank_layout_only(draft: Draft, rng: random.Random) -> None:
    first = office(draft.height / 6_858_000)
    first.layouts = [Page("Leer", "blank", ())]
    draft.masters.insert(0, first)


@quirk("layouts")
def vertical_text_first(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.layouts = [replace(page, type="") for page in master.layouts[-2:]] + master.layouts[:-2]


@quirk("layouts")
def only_vertical_text(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.layouts = [page for page in master.layouts if "ert" in page.type or "ertical" in page.name] or master.layouts[-1:]


@quirk("layouts")
def placeholders_of_no_size(draft: Draft, rng: random.Random) -> None:
    flat = [(0.1, 0.3, 0.0, 0.0), (0.1, 0.3, 0.8, 0.0), (0.1, 0.3, 0.0, 0.5)]
    draft.holders(
        lambda holder: replace(holder, box=rng.choice(flat)) if holder.kind in ("", "body") and rng.random() < 0.5 else holder,
        master=False,
    )


@quirk("layouts")
def placeholders_off_the_slide(draft: Draft, rng: random.Random) -> None:
    away = [(1.05, 0.2, 0.5, 0.5), (-0.6, 0.2, 0.5, 0.5), (0.1, -0.5, 0.5, 0.4), (0.1, 1.1, 0.5, 0.3), (0.7, 0.5, 0.6, 0.8)]
    draft.holders(
        lambda holder: (
            replace(holder, box=rng.choice(away)) if holder.kind in ("", "body", "subTitle") and rng.random() < 0.5 else holder
        ),
        master=False,
    )


@quirk("layouts")
def placeholders_over_each_other(draft: Draft, rng: random.Random) -> None:
    draft.holders(
        lambda holder: replace(holder, box=(0.1, 0.15, 0.8, 0.7)) if holder.kind in ("", "body") else holder, master=False
    )


@quirk("layouts")
def placeholders_without_geometry(draft: Draft, rng: random.Random) -> None:
    """New ones that inherit from nothing: idx and type that the master does not have."""
    draft.holders(
        lambda holder: replace(holder, box=None, idx=holder.idx + 40) if holder.kind in ("", "body") else holder, master=False
    )


@quirk("layouts")
def a_master_without_geometry(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.holders = [replace(holder, box=None) for holder in master.holders]


@quirk("layouts")
def one_name_for_all_placeholders(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: replace(holder, name="Inhaltsplatzhalter 7"))


@quirk("layouts")
def our_slot_names_on_the_wrong_placeholders(draft: Draft, rng: random.Random) -> None:
    names = ("label", "body", "row-1", "option-1", "left", "minutes", "question", "number")
    draft.holders(lambda holder: replace(holder, name=rng.choice(names)))


@quirk("layouts")
def huge_placeholder_numbers(draft: Draft, rng: random.Random) -> None:
    draft.holders(
        lambda holder: replace(holder, idx=4_294_967_295 - holder.idx) if holder.kind in ("", "body") else holder, master=False
    )


@quirk("layouts")
def a_title_one_line_high(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: replace(holder, box=(0.06875, 0.06, 0.8625, 0.09)) if holder.kind in TITLES else holder)


def _around_the_title(draft: Draft, title: Box, room: Box, turn: int = 0) -> None:
    """Move the titles that stand above their content, and that content into the room it is left."""
    x, y, width, height = room

    def moved(holder: Holder) -> Holder:
        if holder.kind == "title":
            return replace(holder, box=title, turn=turn)
        if holder.kind in FURNITURE:
            return holder
        left, top, wide, tall = holder.box or BODY_BOX
        across, down = (left - BODY_BOX[0]) / BODY_BOX[2], (top - 0.245) / 0.66
        return replace(holder, box=(x + across * width, y + down * height, wide / BODY_BOX[2] * width, tall / 0.66 * height))

    def changed(page: Page) -> Page:
        above = any(holder.kind == "title" and holder.box in (None, TITLE_BOX) for holder in page.holders)
        return replace(page, holders=tuple(map(moved, page.holders))) if above else page

    draft.pages(changed)
    for master in draft.masters:
        master.holders = [moved(holder) for holder in master.holders]


@quirk("layouts")
def a_title_at_the_bottom(draft: Draft, rng: random.Random) -> None:
    _around_the_title(draft, (0.06875, 0.74, 0.8625, 0.16), (0.06875, 0.08, 0.8625, 0.62))


@quirk("layouts")
def a_title_in_the_left_column(draft: Draft, rng: random.Random) -> None:
    _around_the_title(draft, (0.05, 0.1, 0.27, 0.75), (0.36, 0.1, 0.58, 0.78))


@quirk("layouts")
def a_turned_title(draft: Draft, rng: random.Random) -> None:
    long = 0.8 * draft.height / draft.width
    deep = 0.2  # of the height: what is the title's height before it is turned
    _around_the_title(draft, (0.12 - long / 2, 0.48 - deep / 2, long, deep), (0.28, 0.1, 0.66, 0.78), turn=16_200_000)


# -- notes


@quirk("package")
def no_notes_master(draft: Draft, rng: random.Random) -> None:
    draft.notes = "none"


@quirk("package")
def a_notes_master_without_body(draft: Draft, rng: random.Random) -> None:
    draft.notes = "bare"


# -- backgrounds and colours


@quirk("ground")
def dark_by_colour_map(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.map = 'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"'


@quirk("ground")
def dark_by_fill(draft: Draft, rng: random.Random) -> None:
    """The text's white is written out; the colour map still says black on white."""
    for master in draft.masters:
        master.background = (
            f'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="{rng.choice(("101828", "5B0A2E", "003B2F"))}"/></a:solidFill>'
            "<a:effectLst/></p:bgPr></p:bg>"
        )
        master.text = "bg1"


@quirk("ground")
def dark_by_accent(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.background = (
            '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="accent1"><a:lumMod val="50000"/></a:schemeClr></a:solidFill>'
            "<a:effectLst/></p:bgPr></p:bg>"
        )
        master.text = "bg1"


@quirk("ground")
def dark_by_picture(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.background = (
            '<p:bg><p:bgPr><a:blipFill><a:blip r:embed="rIdDark"/><a:stretch><a:fillRect/></a:stretch></a:blipFill>'
            "<a:effectLst/></p:bgPr></p:bg>"
        )
        master.text = "bg1"


@quirk("ground")
def dark_by_a_picture_over_the_whole_slide(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.shapes.insert(0, Shape("Background picture", (0, 0, 1, 1), "picture", "rIdDark"))
        master.text = "bg1"


@quirk("ground")
def dark_by_a_rectangle_over_the_whole_slide(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.shapes.insert(0, Shape("Rectangle 9", (0, 0, 1, 1), colour='<a:schemeClr val="tx2"/>'))
        master.text = "bg1"


@quirk("ground")
def a_gradient_background(draft: Draft, rng: random.Random) -> None:
    stops = '<a:gs pos="0"><a:srgbClr val="0B1F3A"/></a:gs><a:gs pos="100000"><a:srgbClr val="274C77"/></a:gs>'
    for master in draft.masters:
        master.background = (
            f'<p:bg><p:bgPr><a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst><a:lin ang="5400000" scaled="0"/>'
            "</a:gradFill><a:effectLst/></p:bgPr></p:bg>"
        )
        master.text = "bg1"


@quirk("ground")
def some_layouts_dark(draft: Draft, rng: random.Random) -> None:
    dark = {
        "background": '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>',
        "map": 'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"',
    }
    draft.pages(lambda page: replace(page, **dark) if rng.random() < 0.5 else page)


@quirk("ground")
def fonts_that_are_not_installed(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.fonts = rng.choice(
            (
                ("Gotham Narrow Bold", "Gotham Narrow Book"),
                ("Frutiger LT Com 55", "Frutiger LT Com 45"),
                ("Meiryo UI", "メイリオ"),
            )
        )


def _coloured(draft: Draft, **colours: str) -> None:
    for master in draft.masters:
        master.colours |= colours


@quirk("ground")
def a_white_first_accent(draft: Draft, rng: random.Random) -> None:
    _coloured(draft, accent1="FFFFFF")


@quirk("ground")
def pale_accents(draft: Draft, rng: random.Random) -> None:
    _coloured(
        draft,
        **dict(
            zip((f"accent{n}" for n in range(1, 7)), ("FFF2CC", "FCE4D6", "E2EFDA", "DDEBF7", "FFFF00", "EDEDED"), strict=True)
        ),
    )


@quirk("ground")
def grey_accents(draft: Draft, rng: random.Random) -> None:
    _coloured(draft, **{f"accent{n}": "808080" for n in range(1, 7)})


@quirk("ground")
def grey_text(draft: Draft, rng: random.Random) -> None:
    _coloured(draft, dk1="404040", dk2="7F7F7F")


@quirk("ground")
def black_as_light_one(draft: Draft, rng: random.Random) -> None:
    """A dark theme made by giving dk1 the light colour and lt1 the dark one."""
    _coloured(draft, dk1="F5F5F5", lt1="121212", dk2="CCCCCC", lt2="2A2A2A")


# -- furniture


def _kept_clear(draft: Draft, left: float = 0.0, right: float = 0.0, top: float = 0.0, bottom: float = 0.0) -> None:
    """Move every placeholder into what is left of the slide, as a designer would."""

    def squeezed(holder: Holder) -> Holder:
        if holder.box is None:
            return holder
        x, y, width, height = holder.box
        return replace(
            holder,
            box=(
                left + x * (1 - left - right),
                top + y * (1 - top - bottom),
                width * (1 - left - right),
                height * (1 - top - bottom),
            ),
        )

    draft.holders(squeezed)


def _furnished(draft: Draft, *shapes: Shape) -> None:
    for master in draft.masters:
        master.shapes.extend(shapes)


@quirk("furniture")
def a_logo_top_right(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: replace(holder, box=(0.06875, 0.053, 0.74, 0.193)) if holder.box == TITLE_BOX else holder)
    _furnished(draft, Shape("Logo", (0.84, 0.05, 0.12, 0.1), "picture"))


@quirk("furniture")
def a_logo_over_the_title(draft: Draft, rng: random.Random) -> None:
    _furnished(draft, Shape("Grafik 12", (0.82, 0.07, 0.14, 0.12), "picture"))


@quirk("furniture")
def a_logo_bottom_left(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: None if holder.kind == "dt" else holder)
    _furnished(draft, Shape("Logo", (0.02, 0.9, 0.15, 0.08), "picture"))


@quirk("furniture")
def a_logo_in_the_layouts(draft: Draft, rng: random.Random) -> None:
    logo = Shape("Logo", (0.8, 0.86, 0.16, 0.06), "picture")
    draft.pages(lambda page: replace(page, shapes=(*page.shapes, logo)))
    draft.holders(lambda holder: replace(holder, box=(0.06875, 0.266, 0.8625, 0.58)) if holder.box == BODY_BOX else holder)


@quirk("furniture")
def a_sidebar_on_the_left(draft: Draft, rng: random.Random) -> None:
    wide = rng.uniform(0.15, 0.25)
    _kept_clear(draft, left=wide)
    _furnished(draft, Shape("Sidebar", (0, 0, wide, 1)))


@quirk("furniture")
def a_sidebar_on_the_right(draft: Draft, rng: random.Random) -> None:
    wide = rng.uniform(0.15, 0.25)
    _kept_clear(draft, right=wide)
    _furnished(draft, Shape("Sidebar", (1 - wide, 0, wide, 1)))


@quirk("furniture")
def a_grouped_sidebar_in_the_layouts(draft: Draft, rng: random.Random) -> None:
    _kept_clear(draft, left=0.18)
    draft.pages(lambda page: replace(page, shapes=(Shape("Group 3", (0, 0, 0.18, 1), "group"), *page.shapes)))


@quirk("furniture")
def a_title_band(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.title_text = "bg1"
    _furnished(draft, Shape("Band", (0, 0, 1, 0.25), colour='<a:schemeClr val="tx2"/>'))


@quirk("furniture")
def a_footer_band(draft: Draft, rng: random.Random) -> None:
    _kept_clear(draft, bottom=0.08)
    _furnished(draft, Shape("Footer band", (0, 0.92, 1, 0.08)))


@quirk("furniture")
def bands_above_and_below_without_room(draft: Draft, rng: random.Random) -> None:
    """The furniture eats into the master's own body."""
    _furnished(draft, Shape("Top", (0, 0, 1, 0.06)), Shape("Bottom", (0, 0.86, 1, 0.14)))


@quirk("furniture")
def a_frame_around_the_slide(draft: Draft, rng: random.Random) -> None:
    _furnished(draft, Shape("Frame", (0.01, 0.02, 0.98, 0.96), "line"))


@quirk("furniture")
def a_line_below_the_title(draft: Draft, rng: random.Random) -> None:
    _furnished(draft, Shape("Rule", (0.06875, 0.25, 0.8625, 0.003)))


@quirk("furniture")
def a_white_panel_under_the_content(draft: Draft, rng: random.Random) -> None:
    """Coloured ground, and a white rectangle on which the text stands."""
    for master in draft.masters:
        master.background = '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
    _furnished(draft, Shape("Panel", (0.04, 0.03, 0.92, 0.88), colour='<a:schemeClr val="bg1"/>'))


@quirk("furniture")
def words_of_the_designer(draft: Draft, rng: random.Random) -> None:
    """Advice as text boxes, on the layouts, where nobody can remove it but in the slide master."""
    note = Shape(f"{PROMPT} keep clear", (0.3, 0.005, 0.4, 0.035), "words")
    draft.pages(lambda page: replace(page, shapes=(*page.shapes, note)))


@quirk("furniture")
def hidden_master_shapes(draft: Draft, rng: random.Random) -> None:
    _kept_clear(draft, left=0.2)
    _furnished(draft, Shape("Sidebar", (0, 0, 0.2, 1)))
    draft.pages(lambda page: replace(page, hidden=rng.random() < 0.6))


# -- text


@quirk("text")
def huge_body_text(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.sizes = (60.0, 60.0, 54.0, 48.0, 44.0, 40.0)


@quirk("text")
def tiny_body_text(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.sizes = (12.0, 8.0, 8.0, 7.0, 7.0, 6.0)


@quirk("text")
def sixty_points_in_layouts(draft: Draft, rng: random.Random) -> None:
    style = '<a:lvl1pPr><a:defRPr sz="6000"/></a:lvl1pPr>'
    draft.holders(
        lambda holder: replace(holder, style=style) if holder.kind in ("", "body") and rng.random() < 0.5 else holder,
        master=False,
    )


@quirk("text")
def no_sizes_in_layouts(draft: Draft, rng: random.Random) -> None:
    """Titles beside a picture as large as those above a whole slide."""
    draft.holders(lambda holder: replace(holder, style=""), master=False)


@quirk("text")
def eight_points_in_layouts(draft: Draft, rng: random.Random) -> None:
    style = '<a:lvl1pPr><a:defRPr sz="800"/></a:lvl1pPr>'
    draft.holders(lambda holder: replace(holder, style=style) if holder.kind in ("", "body") else holder, master=False)


@quirk("text")
def huge_insets(draft: Draft, rng: random.Random) -> None:
    inset, above = draft.width // 12, draft.height // 14
    attributes = f'lIns="{inset}" rIns="{inset}" tIns="{above}" bIns="{above}"'

    def widened(holder: Holder) -> Holder:
        kept = re.sub(r'\w+Ins="\d+"', "", holder.body)
        return replace(holder, body=f"{kept} {attributes}") if holder.kind in ("", "body") else holder

    draft.holders(widened)


@quirk("text")
def shrinking_text(draft: Draft, rng: random.Random) -> None:
    fit = '<a:normAutofit fontScale="62500" lnSpcReduction="20000"/>'
    draft.holders(lambda holder: replace(holder, fit=fit) if holder.kind not in FURNITURE else holder)


@quirk("text")
def growing_shapes(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: replace(holder, fit="<a:spAutoFit/>") if holder.kind not in FURNITURE else holder)


@quirk("text")
def text_at_the_bottom(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: replace(holder, body=f'{holder.body} anchor="b"') if holder.kind not in FURNITURE else holder)


@quirk("text")
def text_in_two_columns(draft: Draft, rng: random.Random) -> None:
    draft.holders(
        lambda holder: (
            replace(holder, body=f'{holder.body} numCol="2" spcCol="180000"') if holder.kind in ("", "body") else holder
        )
    )


@quirk("text")
def text_that_does_not_wrap(draft: Draft, rng: random.Random) -> None:
    draft.holders(lambda holder: replace(holder, body=f'{holder.body} wrap="none"') if holder.kind not in FURNITURE else holder)


@quirk("text")
def right_to_left(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.paragraph = 'rtl="1" algn="r"'


@quirk("text")
def centred_capitals(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.paragraph, master.run = 'algn="ctr"', 'cap="all" spc="300" b="1"'


@quirk("text")
def exact_line_spacing(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        points = round(master.sizes[1] * 160)
        master.spacing = (
            f'<a:lnSpc><a:spcPts val="{points}"/></a:lnSpc><a:spcBef><a:spcPct val="80000"/></a:spcBef><a:spcAft>'
            '<a:spcPts val="600"/></a:spcAft>'
        )


@quirk("text")
def wide_line_spacing(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.spacing = '<a:lnSpc><a:spcPct val="150000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'


@quirk("text")
def no_bullets(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.bullet = "<a:buNone/>"


@quirk("text")
def numbers_as_bullets(draft: Draft, rng: random.Random) -> None:
    for master in draft.masters:
        master.bullet = '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'


# -- the package


@quirk("package")
def a_template_file(draft: Draft, rng: random.Random) -> None:
    draft.suffix = "potx"


@quirk("package")
def macros(draft: Draft, rng: random.Random) -> None:
    draft.suffix = rng.choice(("pptm", "potm"))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00" + bytes(480)
    draft.parts["/ppt/vbaProject.bin"] = ("application/vnd.ms-office.vbaProject", ole)
    draft.show.append(("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"))


@quirk("package")
def a_thumbnail_and_custom_parts(draft: Draft, rng: random.Random) -> None:
    draft.parts["/docProps/thumbnail.jpeg"] = ("image/jpeg", JPEG)
    draft.package.append(
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg")
    )
    draft.parts["/customXml/item1.xml"] = (
        "application/xml",
        b'<?xml version="1.0"?><brand xmlns="urn:example:brand"><owner>Zzprompt</owner></brand>',
    )
    draft.show.append((f"{RELATIONS}/customXml", "../customXml/item1.xml"))


@quirk("package")
def sample_slides(draft: Draft, rng: random.Random) -> None:
    draft.samples = 4


@quirk("package")
def sample_slides_with_sections_and_shows(draft: Draft, rng: random.Random) -> None:
    draft.samples = 3
    draft.finish.append(_sections_and_shows)


@quirk("package")
def sample_slides_with_comments(draft: Draft, rng: random.Random) -> None:
    draft.samples = 2
    draft.finish.append(_comments)


@quirk("package")
def no_view_properties(draft: Draft, rng: random.Random) -> None:
    draft.view = False


@quirk("package")
def moving_layouts(draft: Draft, rng: random.Random) -> None:
    draft.pages(lambda page: replace(page, extra='<p:transition spd="slow"><p:push dir="u"/></p:transition>'))


def alone(name: str, seed: int = 0) -> bytes:
    """Return a 16:9 template with this one quirk; "plain" has none, and a size's name that size."""
    draft = _fresh(SIZES.get(name, SIZES["16x9"]))
    if name in QUIRKS:
        QUIRKS[name](draft, random.Random(seed))
    return written(draft)


def mixed(seed: int) -> tuple[str, bytes]:
    """Return a template of a random size with two to six quirks, named after them."""
    rng = random.Random(seed)
    size = rng.choice(sorted(SIZES))
    names = rng.sample(sorted(QUIRKS), rng.randint(2, 6))
    return of(size, names, seed)


def of(size: str, names: Sequence[str], seed: int = 0) -> tuple[str, bytes]:
    """Return a template of a size with these quirks, in the order they have here, and its name."""
    draft = _fresh(SIZES[size])
    ordered = [name for name in QUIRKS if name in names]
    for name in ordered:
        QUIRKS[name](draft, random.Random(seed))
    return "+".join([size, *ordered]), written(draft)


def names() -> list[str]:
    """Return the names of everything :func:`alone` can make."""
    return ["plain", *(size for size in SIZES if size != "16x9"), *QUIRKS]


def hands() -> Iterator[tuple[str, bytes]]:
    """Yield the fewest templates in which every quirk and every size comes at least once: one of each group together."""
    count = max(map(len, GROUPS.values()))
    sizes = sorted(SIZES)
    for number in range(count):
        dealt = [group[(number + 3 * index) % len(group)] for index, group in enumerate(GROUPS.values())]
        yield of(sizes[number % len(sizes)], dealt, number)


def templates(count: int, seed: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield so many mixed templates, the same ones for the same seed."""
    return (mixed(seed * 100_000 + number) for number in range(count))


def cramped(name: str) -> bool:
    """Whether a template may be too small for a long item: it sets its own text far larger than its slide allows."""
    return bool(CRAMPED & set(name.split("+")))


Recipe = tuple[str, tuple[str, ...], int]  # size, quirks, seed


def recipes() -> st.SearchStrategy[Recipe]:
    """What :func:`of` makes a template from, for hypothesis: it shrinks to the fewest quirks that still break."""
    quirks = st.lists(st.sampled_from(sorted(QUIRKS)), max_size=5, unique=True).map(tuple)
    return st.tuples(st.sampled_from(sorted(SIZES)), quirks, st.integers(0, 99))


def _fresh(size: tuple[int, int]) -> Draft:
    scale = min(size[1] / 6_858_000, size[0] / 9_144_000)
    return Draft(*size, masters=[office(scale)])


# ----------------------------------------------------------------------------------------------------- how it is written


def written(draft: Draft) -> bytes:
    """Return the draft as a file; the same draft gives the same bytes, unless it holds sample charts."""
    parts: dict[str, tuple[str, bytes]] = dict(_document(draft))
    plain = _zipped(parts, draft)
    return _finished(plain, draft) if draft.samples else plain


def _zipped(parts: dict[str, tuple[str, bytes]], draft: Draft) -> bytes:
    types = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, (type_, _) in parts.items() if type_)
    defaults = "".join(
        f'<Default Extension="{end}" ContentType="{type_}"/>'
        for end, type_ in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("jpeg", "image/jpeg"),
            ("bin", "application/vnd.ms-office.vbaProject"),
        )
    )
    content = (
        f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}{types}</Types>'
    )
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("[Content_Types].xml"), content)
        for name, (_, data) in parts.items():
            archive.writestr(zipfile.ZipInfo(name[1:]), data)
    return result.getvalue()


def _document(draft: Draft) -> Iterator[tuple[str, tuple[str, bytes]]]:
    """Yield every part with its relationships: the package's, the presentation's, masters, layouts, themes, notes, rest."""
    office_document = [
        (f"{RELATIONS}/officeDocument", "ppt/presentation.xml"),
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
    ]
    yield _relations("/_rels/.rels", [*office_document, *draft.package])
    yield "/docProps/core.xml", ("application/vnd.openxmlformats-package.core-properties+xml", _core(draft).encode())
    masters = [
        (f"{RELATIONS}/slideMaster", f"slideMasters/slideMaster{number}.xml") for number in range(1, len(draft.masters) + 1)
    ]
    notes = [(f"{RELATIONS}/notesMaster", "notesMasters/notesMaster1.xml")] if draft.notes != "none" else []
    view = [(f"{RELATIONS}/viewProps", "viewProps.xml")] if draft.view else []
    rest = [(f"{RELATIONS}/presProps", "presProps.xml"), *view, (f"{RELATIONS}/theme", "theme/theme1.xml"), *draft.show]
    yield "/ppt/presentation.xml", (MAIN[draft.suffix], _presentation(draft).encode())
    yield _relations("/ppt/_rels/presentation.xml.rels", [*masters, *notes, *rest])
    yield "/ppt/presProps.xml", (f"{PRESENTATIONML}.presProps+xml", f"{DECLARATION}<p:presentationPr {NAMESPACES}/>".encode())
    if view:
        yield "/ppt/viewProps.xml", (f"{PRESENTATIONML}.viewProps+xml", f"{DECLARATION}<p:viewPr {NAMESPACES}/>".encode())
    yield "/ppt/media/image1.png", ("", png(48, 24, (200, 30, 60)))
    yield "/ppt/media/image2.png", ("", png(32, 18, (12, 20, 40)))
    number = 0
    for index, master in enumerate(draft.masters, 1):
        first = number + 1
        for page in master.layouts:
            number += 1
            yield (
                f"/ppt/slideLayouts/slideLayout{number}.xml",
                (f"{PRESENTATIONML}.slideLayout+xml", _layout(page, draft).encode()),
            )
            yield _relations(
                f"/ppt/slideLayouts/_rels/slideLayout{number}.xml.rels",
                [(f"{RELATIONS}/slideMaster", f"../slideMasters/slideMaster{index}.xml")],
                pictures=True,
            )
        layouts = [(f"{RELATIONS}/slideLayout", f"../slideLayouts/slideLayout{each}.xml") for each in range(first, number + 1)]
        yield (
            f"/ppt/slideMasters/slideMaster{index}.xml",
            (f"{PRESENTATIONML}.slideMaster+xml", _master(master, draft, index, first).encode()),
        )
        yield _relations(
            f"/ppt/slideMasters/_rels/slideMaster{index}.xml.rels",
            [*layouts, (f"{RELATIONS}/theme", f"../theme/theme{index}.xml")],
            pictures=True,
        )
        yield f"/ppt/theme/theme{index}.xml", ("application/vnd.openxmlformats-officedocument.theme+xml", _theme(master).encode())
    if notes:
        theme = len(draft.masters) + 1
        yield "/ppt/notesMasters/notesMaster1.xml", (f"{PRESENTATIONML}.notesMaster+xml", _notes(draft).encode())
        yield _relations("/ppt/notesMasters/_rels/notesMaster1.xml.rels", [(f"{RELATIONS}/theme", f"../theme/theme{theme}.xml")])
        yield (
            f"/ppt/theme/theme{theme}.xml",
            ("application/vnd.openxmlformats-officedocument.theme+xml", _theme(draft.masters[0]).encode()),
        )
    yield from draft.parts.items()


def _relations(name: str, targets: list[tuple[str, str]], *, pictures: bool = False) -> tuple[str, tuple[str, bytes]]:
    rows = [(f"rId{number}", type_, target) for number, (type_, target) in enumerate(targets, 1)]
    if pictures:
        rows += [
            (id_, f"{RELATIONS}/image", f"../media/{file}")
            for id_, file in (("rIdLogo", "image1.png"), ("rIdDark", "image2.png"))
        ]
    inside = "".join(f'<Relationship Id="{id_}" Type="{type_}" Target="{target}"/>' for id_, type_, target in rows)
    return name, (
        "",
        (
            f'{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}'
            "</Relationships>"
        ).encode(),
    )


def _presentation(draft: Draft) -> str:
    ids = _ids(draft)
    masters = "".join(f'<p:sldMasterId id="{ids[index]}" r:id="rId{index + 1}"/>' for index in range(len(draft.masters)))
    notes = (
        f'<p:notesMasterIdLst><p:notesMasterId r:id="rId{len(draft.masters) + 1}"/></p:notesMasterIdLst>'
        if draft.notes != "none"
        else ""
    )
    levels = "".join(
        f'<a:lvl{level}pPr marL="{(level - 1) * 457_200}"><a:defRPr sz="1800"/></a:lvl{level}pPr>' for level in range(1, 10)
    )
    return (
        f'{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1"><p:sldMasterIdLst>{masters}</p:sldMasterIdLst>{notes}'
        f'<p:sldSz cx="{draft.width}" cy="{draft.height}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f"<p:defaultTextStyle>{levels}</p:defaultTextStyle></p:presentation>"
    )


def _ids(draft: Draft) -> list[int]:
    """The ids of the masters; those of their layouts follow each: all are above 2³¹ and different."""
    found, following = [], 2_147_483_648
    for master in draft.masters:
        found.append(following)
        following += len(master.layouts) + 1
    return found


def _tree(holders: Iterator[str]) -> str:
    group = (
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm>'
        "</p:grpSpPr>"
    )
    return f"<p:spTree>{group}{''.join(holders)}</p:spTree>"


def _layout(page: Page, draft: Draft) -> str:
    kind = f' type="{page.type}"' if page.type else ' userDrawn="1"'
    hidden = ' showMasterSp="0"' if page.hidden else ""
    shapes = (_shape(shape, number, draft) for number, shape in enumerate(page.shapes, 100))
    holders = (_holder(holder, number, draft) for number, holder in enumerate(page.holders, 2))
    accents = " ".join(
        f'{name}="{name}"' for name in ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
    )
    override = f"<a:overrideClrMapping {page.map} {accents}/>" if page.map else "<a:masterClrMapping/>"
    tree = _tree(each for part in (shapes, holders) for each in part)
    return (
        f'{DECLARATION}<p:sldLayout {NAMESPACES}{hidden} preserve="1"{kind}><p:cSld name={quoteattr(page.name)}>'
        f"{page.background}{tree}</p:cSld>"
        f"<p:clrMapOvr>{override}</p:clrMapOvr>{page.extra}</p:sldLayout>"
    )


def _master(master: Master, draft: Draft, index: int, first: int) -> str:
    shapes = (_shape(shape, number, draft) for number, shape in enumerate(master.shapes, 100))
    holders = (_holder(holder, number, draft) for number, holder in enumerate(master.holders, 2))
    accents = " ".join(
        f'{name}="{name}"' for name in ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
    )
    base = _ids(draft)[index - 1]
    layouts = "".join(f'<p:sldLayoutId id="{base + number}" r:id="rId{number}"/>' for number in range(1, len(master.layouts) + 1))
    return (
        f"{DECLARATION}<p:sldMaster {NAMESPACES}><p:cSld>"
        f"{master.background}{_tree(each for part in (shapes, holders) for each in part)}</p:cSld>"
        f"<p:clrMap {master.map} {accents}/><p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst>{_styles(master)}</p:sldMaster>"
    )


def _styles(master: Master) -> str:
    def run(size: float, text: str, face: str) -> str:
        fill = f'<a:solidFill><a:schemeClr val="{text}"/></a:solidFill>'
        return (
            f'<a:defRPr sz="{int(size * 100)}" kern="1200" {master.run}>{fill}<a:latin typeface="+{face}-lt"/>'
            f'<a:ea typeface="+{face}-ea"/><a:cs typeface="+{face}-cs"/></a:defRPr>'
        )

    title = (
        f'<a:lvl1pPr {master.paragraph}><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
        f"{run(master.sizes[0], master.title_text or master.text, 'mj')}</a:lvl1pPr>"
    )
    step = int(master.sizes[1] * 12_700 * 0.64)
    body = "".join(
        f'<a:lvl{level}pPr marL="{step * (2 * level - 1)}" indent="-{step}" {master.paragraph}>'
        f"{master.spacing}{master.bullet}{run(size, master.text, 'mn')}</a:lvl{level}pPr>"
        for level, size in enumerate(master.sizes[1:], 1)
    )
    other = f'<a:lvl1pPr><a:defRPr sz="1800"><a:solidFill><a:schemeClr val="{master.text}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    return (
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle><p:otherStyle>{other}"
        "</p:otherStyle></p:txStyles>"
    )


def _holder(holder: Holder, number: int, draft: Draft) -> str:
    kind = f' type="{holder.kind}"' if holder.kind else ""
    idx = f' idx="{holder.idx}"' if holder.idx else ""
    size = f' sz="{holder.size}"' if holder.size else ""
    geometry = f"<p:spPr>{_frame(holder.box, draft, holder.turn)}</p:spPr>" if holder.box else "<p:spPr/>"
    text = {
        "sldNum": (
            '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
        ),
        "pic": "",
    }
    said = text.get(holder.kind, f'<a:r><a:rPr lang="en-US"/><a:t>{PROMPT} {escape(holder.kind or "content")} here</a:t></a:r>')
    style = holder.style or (_foot(draft) if holder.kind in FURNITURE and holder.box else "")
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(holder.name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{kind}{size}{idx}/></p:nvPr></p:nvSpPr>{geometry}"
        f"<p:txBody><a:bodyPr {holder.body}>{holder.fit}</a:bodyPr><a:lstStyle>{style}</a:lstStyle><a:p>{said}"
        "</a:p></p:txBody></p:sp>"
    )


def _foot(draft: Draft) -> str:
    scale = min(draft.height / 6_858_000, draft.width / 9_144_000)
    return f'<a:lvl1pPr><a:defRPr sz="{max(100, int(1200 * scale))}"/></a:lvl1pPr>'


def _frame(box: Box, draft: Draft, turn: int = 0) -> str:
    x, y, width, height = (round(share * side) for share, side in zip(box, (draft.width, draft.height) * 2, strict=True))
    rotated = f' rot="{turn}"' if turn else ""
    return f'<a:xfrm{rotated}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _shape(shape: Shape, number: int, draft: Draft) -> str:
    frame = _frame(shape.box, draft)
    about = f'<p:cNvPr id="{number}" name={quoteattr(shape.name)}/>'
    solid = f"<a:solidFill>{shape.colour}</a:solidFill>"
    box = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    if shape.kind == "picture":
        rid = shape.colour if shape.colour.startswith("rId") else "rIdLogo"
        return (
            f'<p:pic><p:nvPicPr>{about}<p:cNvPicPr/><p:nvPr userDrawn="1"/></p:nvPicPr><p:blipFill>'
            f'<a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{frame}{box}</p:spPr>'
            "</p:pic>"
        )
    if shape.kind == "group":
        inner = frame.replace("<a:ext ", "<a:ext ").replace("</a:xfrm>", "").replace("<a:xfrm>", "")
        child = inner.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
        bar = _shape(replace(shape, kind="fill", name="Bar"), number + 50, draft)
        return (
            f'<p:grpSp><p:nvGrpSpPr>{about}<p:cNvGrpSpPr/><p:nvPr userDrawn="1"/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
            f"{inner}{child}</a:xfrm></p:grpSpPr>{bar}</p:grpSp>"
        )
    paint = {"line": f'<a:noFill/><a:ln w="12700">{solid}</a:ln>', "words": "<a:noFill/>"}.get(shape.kind, solid)
    words = (
        f'<a:r><a:rPr lang="en-US" sz="600"/><a:t>{shape.name}</a:t></a:r>'
        if shape.kind == "words"
        else '<a:endParaRPr lang="en-US"/>'
    )
    return (
        f'<p:sp><p:nvSpPr>{about}<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>{frame}{box}{paint}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{words}</a:p></p:txBody></p:sp>"
    )


def _notes(draft: Draft) -> str:
    image = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr>'
        '<a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr>'
        '</p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="1143000"/><a:ext cx="5486400" cy="3086100"/></a:xfrm>'
        "</p:spPr></p:sp>"
    )
    body = (
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        '<p:ph type="body" sz="quarter" idx="1"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
        '<a:off x="685800" y="4400550"/><a:ext cx="5486400" cy="3600450"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/>'
        f'<a:lstStyle/><a:p><a:r><a:rPr lang="en-US"/><a:t>{PROMPT} notes</a:t></a:r></a:p></p:txBody></p:sp>'
    )
    tree = _tree(iter((image, body) if draft.notes == "full" else (image,)))
    accents = " ".join(
        f'{name}="{name}"' for name in ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
    )
    return (
        f'{DECLARATION}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/>'
        f'</p:bgRef></p:bg>{tree}</p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {accents}/>'
        "</p:notesMaster>"
    )


def _theme(master: Master) -> str:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in master.colours.items())
    faces = "".join(
        f'<a:{tag}><a:latin typeface={quoteattr(face)}/><a:ea typeface=""/><a:cs typeface=""/></a:{tag}>'
        for tag, face in zip(("majorFont", "minorFont"), master.fonts, strict=True)
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    scheme = (
        f"<a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}"
        f"</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst>"
    )
    return (
        f'{DECLARATION}<a:theme {NAMESPACES.split(" xmlns:r", maxsplit=1)[0]} name="Wild"><a:themeElements>'
        f'<a:clrScheme name="Wild">{colours}</a:clrScheme><a:fontScheme name="Wild">{faces}</a:fontScheme>'
        f'<a:fmtScheme name="Wild">{scheme}</a:fmtScheme></a:themeElements></a:theme>'
    )


def _core(draft: Draft) -> str:
    names = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    return (
        f"{DECLARATION}<cp:coreProperties {names}><dc:title>{escape(draft.title)}</dc:title>"
        "<dc:creator>Zzprompt Design GmbH</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2019-03-01T08:00:00Z</dcterms:created></cp:coreProperties>'
    )


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    """Return a picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@cache
def _jpeg() -> bytes:
    from PIL import Image

    result = io.BytesIO()
    Image.new("RGB", (16, 9), (90, 90, 90)).save(result, "JPEG")
    return result.getvalue()


JPEG = _jpeg()

# ------------------------------------------------------------------------------------------------- sample slides


def _finished(data: bytes, draft: Draft) -> bytes:
    """The template with sample slides: charts, notes, text, and what else its quirks put on them."""
    main = MAIN[draft.suffix].encode()
    presentation = Presentation(io.BytesIO(_retyped(data, main, MAIN["pptx"].encode())))
    layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    for number in range(draft.samples):
        slide = presentation.slides.add_slide(layouts[number % len(layouts)])
        for shape in slide.placeholders:
            if shape.has_text_frame:
                shape.text_frame.text = f"{PROMPT} sample {number}"
        slide.notes_slide.notes_placeholder  # noqa: B018  the notes page is made by asking for it
        if number % 2:
            chart = CategoryChartData()
            chart.categories = ["a", "b"]
            chart.add_series(PROMPT, (1, 2))
            slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, draft.width // 2, draft.height // 2, chart)
    for finish in draft.finish:
        finish(presentation)
    result = io.BytesIO()
    presentation.save(result)
    return _retyped(result.getvalue(), MAIN["pptx"].encode(), main)


def _retyped(data: bytes, old: bytes, new: bytes) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(zipfile.ZipInfo(name), content.replace(old, new) if name == "[Content_Types].xml" else content)
    return result.getvalue()


def as_presentation(data: bytes) -> bytes:
    """Return the template with the content type python-pptx opens."""
    for suffix in ("potx", "pptm", "potm"):
        data = _retyped(data, MAIN[suffix].encode(), MAIN["pptx"].encode())
    return data


def _sections_and_shows(presentation: Any) -> None:
    from lxml import etree

    root = presentation.part._element
    ids = [(each.get("id"), each.rId) for each in presentation.slides._sldIdLst]
    shows = "".join(f'<p:sld r:id="{rid}"/>' for _, rid in ids)
    show = etree.fromstring(
        f'<p:custShowLst {NAMESPACES}><p:custShow name="Short" id="0"><p:sldLst>{shows}</p:sldLst></p:custShow></p:custShowLst>'
    )
    sections = "".join(f'<p14:sldId id="{id_}"/>' for id_, _ in ids)
    extension = etree.fromstring(
        f'<p:extLst {NAMESPACES}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}"><p14:sectionLst '
        'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f'<p14:section name="{PROMPT} section" id="{{2B3C4D5E-0000-4000-8000-000000000001}}"><p14:sldIdLst>'
        f"{sections}</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
    )
    root.insert(list(root).index(root.find("{*}notesSz")) + 1, show)
    root.append(extension)


def _comments(presentation: Any) -> None:
    package = presentation.part.package
    authors = (
        f"{DECLARATION}<p:cmAuthorLst {NAMESPACES}>"
        f'<p:cmAuthor id="0" name="{PROMPT} Reviewer" initials="Z" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
    )
    part = Part(PackURI("/ppt/commentAuthors.xml"), f"{PRESENTATIONML}.commentAuthors+xml", package, authors.encode())
    presentation.part.relate_to(part, f"{RELATIONS}/commentAuthors")
    comment = (
        f'{DECLARATION}<p:cmLst {NAMESPACES}><p:cm authorId="0" dt="2019-03-01T08:00:00.000" idx="1">'
        f'<p:pos x="10" y="10"/><p:text>{PROMPT} please change</p:text></p:cm></p:cmLst>'
    )
    slide = presentation.slides[0].part
    slide.relate_to(
        Part(PackURI("/ppt/comments/comment1.xml"), f"{PRESENTATIONML}.comments+xml", package, comment.encode()),
        f"{RELATIONS}/comments",
    )
