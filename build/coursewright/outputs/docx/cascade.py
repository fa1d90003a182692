"""What a page's own styles say: the little of CSS that a word processor can follow. Lengths are millimetres, sizes points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import cssselect2
import tinycss2

INHERITED = frozenset({
    "color", "font-family", "font-size", "font-style", "font-weight", "list-style-type", "text-align", "text-transform",
    "white-space",
})  # fmt: skip
TAKEN = INHERITED | {
    "background", "background-image", "break-after", "break-before", "break-inside", "continue", "display", "font", "height",
    "list-style", "margin", "max-height", "max-width", "page", "width",
}  # fmt: skip
USUAL = """
b, strong, th, h1, h2, h3, h4, h5, h6 { font-weight: bold }
em, i, cite, dfn, var { font-style: italic }
pre { white-space: pre }
ol { list-style-type: decimal }
ul { list-style-type: disc }
head, script, style, template, title, [hidden] { display: none }
"""
MILLIMETRES: Mapping[str, float] = {"mm": 1, "cm": 10, "in": 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6, "px": 25.4 / 96}
POINTS: Mapping[str, float] = {unit: size * 72 / 25.4 for unit, size in MILLIMETRES.items()}
LENGTH = re.compile(r"([-+]?[0-9]*\.?[0-9]+)(mm|cm|in|pt|pc|px)")
SHARE = re.compile(r"([0-9]*\.?[0-9]+)%")
RELATIVE = re.compile(r"([0-9]*\.?[0-9]+)(em|rem|%)")
VARIABLE = re.compile(r"var\(\s*--([\w-]+)\s*(?:,[^()]*)?\)")
SIZES: Mapping[str, tuple[float, float]] = {
    "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "A6": (105, 148), "LETTER": (215.9, 279.4), "LEGAL": (215.9, 355.6),
    "TABLOID": (279.4, 431.8),
}  # fmt: skip
BOLD = 600
MARGIN = 20.0


@dataclass(frozen=True)
class Sheet:
    """A page: its size, and its margins at top, right, bottom and left; the left one is the inner one if both sides differ."""

    width: float = 210.0
    height: float = 297.0
    margins: tuple[float, float, float, float] = (MARGIN,) * 4
    is_mirrored: bool = False
    has_footer: bool = True

    @property
    def room(self) -> float:
        """The width of its text."""
        return self.width - self.margins[1] - self.margins[3]

    @property
    def tall(self) -> float:
        """The height of its text."""
        return self.height - self.margins[0] - self.margins[2]


@dataclass(frozen=True)
class Look:
    """What the styles say about one element, by property."""

    values: Mapping[str, str] = field(default_factory=dict)
    size: float = 11.0

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def is_bold(self) -> bool:
        weight = self["font-weight"]
        return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= BOLD)

    @property
    def is_italic(self) -> bool:
        return self["font-style"] in ("italic", "oblique")

    @property
    def is_together(self) -> bool:
        """Whether a page may not end within."""
        return self["break-inside"].startswith("avoid")

    @property
    def colour(self) -> str:
        """The name of one of the page's colours, or six hexadecimal figures; "" for one that is neither."""
        value = self["color"]
        if found := VARIABLE.fullmatch(value):
            return found[1]
        return value[1:].upper() if re.fullmatch(r"#[0-9A-Fa-f]{6}", value) else ""


class Styles:
    """The styles of a page. ``tokens`` are its custom properties, such as colours and fonts."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.tokens: dict[str, str] = {}
        self._pages: dict[tuple[str, str], dict[str, str]] = {}
        self._bare: set[str] = set()
        self._matcher = cssselect2.Matcher()
        for rank, source in enumerate((USUAL, *sources)):
            for rule in tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True):
                self._take(rule, rank)
        self._known: dict[Any, Look] = {}

    def look(self, element: cssselect2.ElementWrapper) -> Look:
        """Return what the styles say of an element, what it inherits included."""
        node = element.etree_element
        if node not in self._known:
            above = self.look(element.parent) if element.parent is not None else Look()
            self._known[node] = self._look(element, above)
        return self._known[node]

    def sheet(self, page: str = "") -> Sheet:
        """Return what the styles say about pages of a name."""
        plain = {**self._pages.get(("", ""), {}), **self._pages.get((page, ""), {})}
        right, left = ({**plain, **self._pages.get(("", side), {})} for side in ("right", "left"))
        own = plain if page in {name for name, _ in self._pages if name} else right
        width, height = _size(plain.get("size", ""))
        is_mirrored = _margins(right) != _margins(left)
        return Sheet(width, height, _margins(own), is_mirrored, page not in self._bare)

    def token(self, name: str, default: str = "") -> str:
        """Return a custom property with what it refers to."""
        return self._plain(self.tokens.get(name, default))

    def _take(self, rule: Any, rank: int) -> None:
        if rule.type == "qualified-rule":
            self._take_rule(rule, rank)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
            self._take_page(rule)

    def _take_rule(self, rule: Any, rank: int) -> None:
        declared = dict(_declared(rule.content))
        self.tokens |= {name[2:]: value for name, value in declared.items() if name.startswith("--")}
        wanted = {name: value for name, value in declared.items() if name in TAKEN}
        if not wanted:
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return  # of a kind that no paragraph can be chosen by
        for selector in selectors:
            if selector.pseudo_element is None:
                self._matcher.add_selector(selector, (rank, wanted))

    def _take_page(self, rule: Any) -> None:
        name, _, side = tinycss2.serialize(rule.prelude).strip().partition(":")
        own = self._pages.setdefault((name.strip(), side.strip()), {})
        for item in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
            if item.type == "declaration":
                own[item.lower_name] = tinycss2.serialize(item.value).strip()
            elif item.type == "at-rule" and item.lower_at_keyword.startswith("bottom") and _is_none(item):
                self._bare.add(name.strip())

    def _look(self, element: cssselect2.ElementWrapper, above: Look) -> Look:
        values = {name: value for name, value in above.values.items() if name in INHERITED}
        found = sorted(self._matcher.match(element), key=lambda each: (each[3][0] > 0, each[0], each[1]))
        own: dict[str, str] = {}
        for *_, (_, wanted) in found:
            _overlay(own, wanted)
        _overlay(own, dict(_declared(tinycss2.parse_component_value_list(element.etree_element.get("style", "")))))
        own = {name: value if name == "color" else self._plain(value) for name, value in own.items()}
        return Look({**values, **own}, self._points(own.get("font-size", ""), above.size))

    def _plain(self, value: str) -> str:
        for _ in range(4):  # one token may stand for another
            if "var(" not in value:
                break
            value = VARIABLE.sub(lambda found: self.tokens.get(found[1], ""), value)
        return value

    def _points(self, value: str, above: float) -> float:
        if found := LENGTH.fullmatch(value):
            return float(found[1]) * POINTS[found[2]]
        if found := RELATIVE.fullmatch(value):
            return float(found[1]) * above / (100 if found[2] == "%" else 1)
        return above


def length(value: str, whole: float = 0.0) -> float | None:
    """Return millimetres of a CSS length, or of a share of ``whole``; None for any other value."""
    if found := LENGTH.fullmatch(value):
        return float(found[1]) * MILLIMETRES[found[2]]
    if (found := SHARE.fullmatch(value)) and whole:
        return float(found[1]) * whole / 100
    return None


def _is_none(rule: Any) -> bool:
    """Return whether a margin box is taken away."""
    return dict(_declared(rule.content or [])).get("content") == "none"


def _declared(content: Any) -> Iterator[tuple[str, str]]:
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            yield item.name if item.name.startswith("--") else item.lower_name, tinycss2.serialize(item.value).strip()


def _overlay(own: dict[str, str], wanted: Mapping[str, str]) -> None:
    for name, value in wanted.items():
        if name == "font":
            own |= _font(value)
        elif name == "list-style":
            own["list-style-type"] = value.split()[0]
        else:
            own[name] = value


def _font(value: str) -> Mapping[str, str]:
    """Return the longhands of ``font: bold 25pt/1 serif`` that count here."""
    found = {"font-style": "normal", "font-weight": "normal"}
    for number, word in enumerate(value.split()):
        if word in ("italic", "oblique"):
            found["font-style"] = word
        elif word in ("bold", "bolder") or (word.isdigit() and len(word) == 3):
            found["font-weight"] = word
        elif word != "normal":
            found["font-size"] = word.partition("/")[0]
            found["font-family"] = " ".join(value.split()[number + 1 :])
            break
    return MappingProxyType(found)


def _size(value: str) -> tuple[float, float]:
    words = value.split()
    lengths = [found for word in words if (found := length(word)) is not None]
    named = next((SIZES[word.upper()] for word in words if word.upper() in SIZES), SIZES["A4"])
    width, height = (lengths[0], lengths[-1]) if lengths else named
    return (height, width) if "landscape" in words and width < height else (width, height)


def _margins(values: Mapping[str, str]) -> tuple[float, float, float, float]:
    """Return margins at top, right, bottom and left, as CSS writes one to four of them."""
    found = [length(word) for word in values.get("margin", "").split()]
    top, *more = [MARGIN if each is None else each for each in found] or [MARGIN]
    right = more[0] if more else top
    return top, right, more[1] if len(more) > 1 else top, more[2] if len(more) > 2 else right
