"""The page's colours and fonts as a Word theme: whoever changes the theme in Word changes the whole document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from .cascade import Styles

# A colour of the page → its place in the theme.
PLACES: Mapping[str, str] = {
    "ink": "dk1", "paper": "lt1", "muted": "dk2", "line": "lt2", "lead": "accent1", "manage": "accent2", "lead-tint": "accent3",
    "manage-tint": "accent4", "both": "accent5",
}  # fmt: skip
NAMES: Mapping[str, str] = {"dk1": "text1", "lt1": "background1", "dk2": "text2", "lt2": "background2"}  # what Word calls them
USUAL: Mapping[str, str] = {
    "ink": "1B2430", "paper": "FFFFFF", "muted": "5B6675", "line": "D3D9E0", "lead": "0F5C63", "manage": "A8480F",
    "lead-tint": "E5F0F0", "manage-tint": "F9ECE2", "both": "F1E6D8", "serif": "Cambria", "sans": "Calibri",
}  # fmt: skip
HEX = re.compile(r"#([0-9A-Fa-f]{6})")
SHORT = re.compile(r"#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])")
GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "inherit"})
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
LINE = '<a:ln w="{}"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>'
FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'


@dataclass(frozen=True)
class Brand:
    """Colours by name, six hexadecimal figures each, and the two fonts."""

    colours: Mapping[str, str]
    serif: str
    sans: str

    def colour(self, name: str) -> tuple[str, str]:
        """Return a colour's figures, and what Word calls its place in the theme: "" for one that is not of the theme."""
        if name not in PLACES:
            return name if re.fullmatch(r"[0-9A-F]{6}", name) else self.colours["ink"], ""
        place = PLACES[name]
        return self.colours[name], NAMES.get(place, place)


def brand(styles: Styles) -> Brand:
    """Return the brand of a page, as its custom properties tell it."""
    colours = {name: _figures(styles.token(name)) or USUAL[name] for name in PLACES}
    return Brand(colours, _family(styles.token("serif")) or USUAL["serif"], _family(styles.token("sans")) or USUAL["sans"])


def theme(own: Brand) -> bytes:
    """Return the theme part. Its third of effects is what every theme must hold, and nothing uses."""
    places = {place: own.colours[name] for name, place in PLACES.items()}
    places |= {"accent6": own.colours["muted"], "hlink": own.colours["lead"], "folHlink": own.colours["muted"]}
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
    colours = "".join(f'<a:{place}><a:srgbClr val="{places[place]}"/></a:{place}>' for place in order)
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface={quoteattr(font)}/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, font in (("major", own.serif), ("minor", own.sans))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{DRAWING}" name="Course"><a:themeElements>'
        f'<a:clrScheme name="Course">{colours}</a:clrScheme><a:fontScheme name="Course">{fonts}</a:fontScheme>'
        f'<a:fmtScheme name="Course"><a:fillStyleLst>{FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{''.join(LINE.format(width) for width in (6350, 12700, 19050))}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    ).encode()


def _figures(value: str) -> str:
    if found := SHORT.fullmatch(value):
        return "".join(each * 2 for each in found.groups()).upper()
    found = HEX.fullmatch(value)
    return found[1].upper() if found else ""


def _family(value: str) -> str:
    """Return the first font of a list that is one: Word takes no others."""
    names = (name.strip().strip("\"'").strip() for name in value.split(","))
    return next((name for name in names if name and name not in GENERIC), "")
