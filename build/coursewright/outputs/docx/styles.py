"""The table of :mod:`.looks` as the styles of a Word document: built-in ones by their own names, all in terms of the theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .brand import Brand
from .lists import LEVELS, definition
from .looks import CHARACTERS, PARAGRAPHS, Rim, Style
from .nodes import halves, node, qn, twentieths, twips

# What Word itself calls its built-in styles; their identifiers hold no spaces.
BUILT_IN = {
    "Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Quote", "Caption", "List", "List Bullet",
    "List Bullet 2", "List Bullet 3", "List Number", "List Number 2", "List Number 3", "List Continue", "List Continue 2",
    "List Continue 3", "TOC Heading", "TOC 1", "TOC 2", "TOC 3", "Header", "Footer", "Strong", "Emphasis", "Hyperlink",
    "Page Number",
}  # fmt: skip
LOWER = ("Heading", "Caption", "TOC 1", "TOC 2", "TOC 3", "Header", "Footer", "Page Number")  # written so in the file
SHOWN = {"Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle", "Quote", "List Bullet", "List Number", "Strong", "Emphasis"}
FACES = {"serif": ("majorHAnsi", "majorEastAsia", "majorBidi"), "sans": ("minorHAnsi", "minorEastAsia", "minorBidi")}
HAIR, FIRM = 4, 10  # eighths of a point
SIDES = ("top", "left", "bottom", "right", "between")  # in the order of the schema
CELL = 1.1  # millimetres between a cell's edge and its words, above and below


def fill(styles: Any, brand: Brand, size: float, own: tuple[str, ...] = ()) -> None:
    """Put all styles into an empty ``w:styles``. ``size`` is that of ordinary text, ``own`` are styles that the page names."""
    for style in PARAGRAPHS:
        styles.append(_paragraph(style, brand, size))
    styles.append(node("w:style", node("w:name", val="Default Paragraph Font"), node("w:uiPriority", val=1), node("w:semiHidden"),
                       type="character", default=1, styleId="DefaultParagraphFont"))  # fmt: skip
    for style in CHARACTERS:
        styles.append(_character(style, brand))
    for table in _tables(brand):
        styles.append(table)
    known = {each.get(qn("w:styleId")) for each in styles}
    for name in own:
        if identity(name) not in known:
            styles.append(_paragraph(Style(name), brand, size))


def identity(name: str) -> str:
    """Return a style's identifier in the file."""
    return "".join(letter for letter in name if letter.isalnum() or letter == "-")


def colour(brand: Brand, name: str) -> Any:
    """Return the colour of words."""
    figures, place = brand.colour(name)
    return node("w:color", val=figures, themeColor=place or None)


def shade(brand: Brand, name: str) -> Any:
    """Return the ground of words, of a paragraph or of a cell."""
    figures, place = brand.colour(name)
    return node("w:shd", val="clear", color="auto", fill=figures, themeFill=place or None)


def _called(name: str) -> str:
    return name.lower() if name.startswith(LOWER) and name in BUILT_IN and name != "TOC Heading" else name


def _head(style: Style, kind: str) -> list[Any]:
    base = style.base or ("DefaultParagraphFont" if kind == "character" else "")
    rank = 9 if style.outline else 39 if style.name.startswith("TOC") else 1 if style.name not in BUILT_IN else 10
    return [
        node("w:name", val=_called(style.name)),
        node("w:basedOn", val=identity(base)) if base else None,
        node("w:next", val=identity(style.next)) if style.next and style.next != style.name else None,
        node("w:uiPriority", val=0 if style.name == "Normal" else rank),
        node("w:unhideWhenUsed") if style.name.startswith(("TOC", "List")) else None,
        node("w:qFormat") if style.name in SHOWN or style.name not in BUILT_IN or style.name == "Normal" else None,
    ]


def _paragraph(style: Style, brand: Brand, size: float) -> Any:
    extra = {"default": 1} if style.name == "Normal" else {} if style.name in BUILT_IN else {"customStyle": 1}
    own = size if style.name == "Normal" else style.size
    runs = node("w:rPr", *_run(style, brand, own))
    return node("w:style", *_head(style, "paragraph"), node("w:pPr", *_format(style, brand)), runs if len(runs) else None,
                type="paragraph", styleId=identity(style.name), **extra)  # fmt: skip


def _character(style: Style, brand: Brand) -> Any:
    extra = {} if style.name in BUILT_IN else {"customStyle": 1}
    return node("w:style", *_head(style, "character"), node("w:rPr", *_run(style, brand, style.size, shaded=True)),
                type="character", styleId=identity(style.name), **extra)  # fmt: skip


def _format(style: Style, brand: Brand) -> list[Any]:
    """Return what a paragraph style says, in the order of the schema."""
    tabs = sorted({*style.tabs, *((style.left,) if style.hanging else ())})
    rims = [_rim(rim, brand) for side in SIDES for rim in style.rims if rim.side == side]
    hanging = {"hanging": twips(style.hanging)} if style.hanging else {}
    return [
        node("w:keepNext") if style.keep_next else None,
        node("w:keepLines") if style.keep_lines else None,
        definition(style.name) if style.name in LEVELS else None,
        node("w:pBdr", *rims) if rims else None,
        shade(brand, style.fill) if style.fill else None,
        node("w:tabs", *(node("w:tab", val="left", pos=twips(each)) for each in tabs)) if tabs else None,
        _spacing(style),
        node("w:ind", left=twips(style.left), right=twips(style.right) or None, **hanging) if style.left or style.right else None,
        node("w:jc", val=style.align) if style.align else None,
        node("w:outlineLvl", val=style.outline - 1) if style.outline else None,
    ]


def _rim(rim: Rim, brand: Brand) -> Any:
    figures, place = brand.colour(rim.colour)
    return node(f"w:{rim.side}", val="single", sz=max(2, round(rim.thick * 8)), space=rim.gap, color=figures,
                themeColor=place or None)  # fmt: skip


def _spacing(style: Style) -> Any:
    line = twips(style.line) if style.exact else round(style.line * 240)
    return node(
        "w:spacing",
        before=None if style.before is None else twentieths(style.before),
        after=None if style.after is None else twentieths(style.after),
        line=line or None,
        lineRule=("exact" if style.exact else "auto") if line else None,
    )


def _run(style: Style, brand: Brand, size: float, *, shaded: bool = False) -> list[Any]:
    """Return how words of a style are set, in the order of the schema."""
    return [
        fonts(style.face) if style.face else None,
        *(switch(tag, style.bold) for tag in ("w:b", "w:bCs")),
        *(switch(tag, style.italic) for tag in ("w:i", "w:iCs")),
        node("w:caps") if style.caps else None,
        colour(brand, style.colour) if style.colour else None,
        node("w:spacing", val=twentieths(style.spacing)) if style.spacing else None,
        *(node(tag, val=halves(size)) if size else None for tag in ("w:sz", "w:szCs")),
        shade(brand, style.fill) if style.fill and shaded else None,
    ]


def switch(tag: str, value: bool | None) -> Any:
    """Return a property that is on, off or inherited."""
    return None if value is None else node(tag, val=None if value else 0)


def fonts(face: str) -> Any:
    """Return a font: the serif or the sans of the theme, or one by its name."""
    if face not in FACES:
        return node("w:rFonts", ascii=face, hAnsi=face, cs=face)
    latin, east, complex_ = FACES[face]
    return node("w:rFonts", asciiTheme=latin, eastAsiaTheme=east, hAnsiTheme=latin, cstheme=complex_)


def _tables(brand: Brand) -> Iterator[Any]:
    """Yield the styles of tables: ruled below each row, and, for worksheets, between columns, too."""
    plain = node("w:tblPr", node("w:tblInd", w=0, type="dxa"), _padding(0, 108))
    yield node("w:style", node("w:name", val="Normal Table"), node("w:uiPriority", val=99), node("w:semiHidden"),
               node("w:unhideWhenUsed"), plain, type="table", default=1, styleId="TableNormal")  # fmt: skip
    yield _ruled("Ruled", brand, _padding(twips(CELL), 57), {"bottom": "line", "insideH": "line"})
    yield _ruled("Worksheet", brand, _padding(twips(CELL), 113), {"bottom": "muted", "insideH": "line", "insideV": "line"})


def _ruled(name: str, brand: Brand, padding: Any, rules: Mapping[str, str]) -> Any:
    """Return a style of tables with a firm line below the head; ``rules`` are the colours of the others."""
    lines = (node(f"w:{side}", **_line(brand, colour, HAIR)) for side, colour in rules.items())
    body = node("w:tblPr", node("w:tblInd", w=0, type="dxa"), node("w:tblBorders", *lines), padding)
    firm = node("w:tcBorders", node("w:bottom", **_line(brand, "ink", FIRM)))
    head = node("w:tblStylePr", node("w:tblPr"), node("w:tcPr", firm, node("w:vAlign", val="bottom")), type="firstRow")
    return node("w:style", node("w:name", val=name), node("w:basedOn", val="TableNormal"), node("w:uiPriority", val=59),
                node("w:qFormat"), body, head, type="table", customStyle=1, styleId=name)  # fmt: skip


def _line(brand: Brand, name: str, eighths: int) -> dict[str, object]:
    figures, place = brand.colour(name)
    return {"val": "single", "sz": eighths, "space": 0, "color": figures, "themeColor": place or None}


def _padding(down: int, across: int) -> Any:
    sides = (("top", down), ("left", across), ("bottom", down), ("right", across))
    return node("w:tblCellMar", *(node(f"w:{side}", w=width, type="dxa") for side, width in sides))
