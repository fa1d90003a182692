"""The words of a paragraph: runs with what sets them apart from it, boxes to tick, gaps, pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from lxml.etree import _Element

from .blocks import Check, Gap, Picture, Piece, Reference, Setting, Words
from .cascade import Look
from .looks import LOOKS, Style
from .page import Page

BLANKS = re.compile(r"[ \t\r\n\f]+")
SPACES = re.compile(r"  +")
SEVERAL = re.compile(r"(?<=\n) +|  +")  # spaces of preformatted text that count
EDGE = re.compile(r" *([\t\n]) *")
SWATCH = "\u25ad "  # a rectangle to shade
LINES = {"u": "underline", "ins": "underline", "s": "strike", "del": "strike", "strike": "strike"}
SCRIPTS = {"sub": "subscript", "sup": "superscript"}
WEIGHTS = frozenset({"", "Strong", "Emphasis"})  # styles that only say how heavy words are
NONE = Style("")
NEAR = 0.4  # points of size that nobody sees
LONGEST = 60  # characters of what a box or a gap is called

Painter = Callable[[_Element, float], Picture | None]  # a picture that fits into some millimetres
Signer = Callable[[_Element, Look], Picture | None]  # the little picture that a style puts before words


@dataclass(frozen=True)
class Hand:
    """How words are being written: ``plain`` is what their paragraph's style gives them, the rest what is around them."""

    plain: Look
    room: float
    style: str = ""
    link: str = ""
    language: str = ""
    line: str = ""
    script: str = ""


@dataclass
class Writer:
    """Turns inline elements into pieces."""

    page: Page
    paint: Painter
    icon: Signer
    strange: Callable[[_Element], None] = field(default=lambda element: None)

    def text(self, text: str | None, element: _Element, hand: Hand) -> Iterator[Piece]:
        """Yield words that stand right in an element."""
        if text:
            look = self.page.look(element)
            shown = _kept(text) if look["white-space"].startswith("pre") else BLANKS.sub(" ", text)
            yield Words(shown, setting(look, hand), hand.link)

    def inside(self, element: _Element, hand: Hand) -> Iterator[Piece]:
        """Yield all that stands in an element, as part of one line of words."""
        yield from self.text(element.text, element, hand)
        for child in element:
            if isinstance(child.tag, str):
                yield from self.inline(child, hand)
            yield from self.text(child.tail, element, hand)

    def inline(self, element: _Element, hand: Hand) -> Iterator[Piece]:
        """Yield an inline element, and a tabulator after what stands before its text."""
        if self.page.look(element)["display"] == "none":
            return
        self.strange(element)
        yield from self.sign(element, hand)
        if self.page.rules.before.find(self.page.wrapper(element)):
            yield Words("\t")

    def sign(self, element: _Element, hand: Hand) -> Iterator[Piece]:
        """Yield what an element stands for: a box, a gap, a number, a picture, or its words."""
        match self.page.rules.signs.find(self.page.wrapper(element)):
            case "gap":
                yield Gap("Write here")
            case "check":
                yield Check(called(element))
            case "swatch":
                yield Words(SWATCH, Setting())
            case "page":
                yield Reference(element.get("data-to", "").removeprefix("#"))
            case "icon":
                picture = self.icon(element, self.page.look(element))
                yield from (picture, Words("\u00a0")) if picture else ()
                yield from self._phrase(element, hand)
            case _:
                yield from self._phrase(element, hand)

    def _phrase(self, element: _Element, hand: Hand) -> Iterator[Piece]:
        """Yield an element of HTML's own: a picture, a line break, or words."""
        match element.tag:
            case "br":
                yield Words("\n")
            case "wbr":
                yield Words("\u200b")
            case "img":
                picture = self.paint(element, hand.room)
                yield from (picture,) if picture else ()
            case _:
                yield from self.inside(element, self._within(element, hand))

    def _within(self, element: _Element, hand: Hand) -> Hand:
        tag = element.tag
        return replace(
            hand,
            style=self.page.rules.characters.find(self.page.wrapper(element)) or hand.style,
            link=element.get("href", hand.link) if tag == "a" else hand.link,
            language=element.get("lang", hand.language),
            line=LINES.get(tag, hand.line),
            script=SCRIPTS.get(tag, hand.script),
        )


def setting(look: Look, hand: Hand) -> Setting:
    """Return how words differ from what their paragraph's style gives them; a character style says it if it can."""
    plain = hand.plain
    bold = look.is_bold if look.is_bold != plain.is_bold else None
    italic = look.is_italic if look.is_italic != plain.is_italic else None
    style = hand.style if hand.style not in WEIGHTS else "Strong" if bold else "Emphasis" if italic else ""
    given = LOOKS.get(style, NONE)
    return Setting(
        style=style,
        bold=bold if given.bold is None else None,
        italic=italic if given.italic is None else None,
        colour=look.colour if look.colour != plain.colour and not given.colour else "",
        size=look.size if abs(look.size - plain.size) > NEAR and not given.size and not hand.script else 0.0,
        script=hand.script,
        line=hand.line,
        caps=look["text-transform"] == "uppercase" and plain["text-transform"] != "uppercase",
        language=hand.language,
    )


def settled(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces without needless spaces, and runs of one setting as one; nothing if there is nothing to see."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, Words) and isinstance(last, Words) and (last.setting, last.link) == (piece.setting, piece.link):
            joined[-1] = replace(last, text=last.text + piece.text)
        else:
            joined.append(piece)
    return _ended(_spaced(joined))


def _spaced(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with one space where several would meet, and none at the beginning of a line."""
    found: list[Piece] = []
    is_edge = True
    for piece in pieces:
        if isinstance(piece, Words):
            text = EDGE.sub(r"\1", SPACES.sub(" ", piece.text))
            text = text.lstrip(" ") if is_edge else text
            is_edge = text.endswith((" ", "\t", "\n")) if text else is_edge
            found += [replace(piece, text=text)] if text else []
        else:
            found.append(piece)
            is_edge = False
    return found


def _ended(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return pieces without the spaces and line breaks that end them."""
    while pieces and isinstance(last := pieces[-1], Words):
        text = last.text.rstrip(" \t\n")
        pieces[-1:] = [replace(last, text=text)] if text else []
        if text:
            break
    return tuple(pieces)


def called(element: _Element) -> str:
    """Return what a box to tick is about: the words of its list item, its row, or what it stands in."""
    around = next((each for each in element.iterancestors() if each.tag in ("li", "tr", "p", "label", "div")), element)
    words = " ".join("".join(around.itertext()).split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rsplit(' ', 1)[0]} …"


def words_of(element: _Element) -> str:
    """Return all words of an element as one line."""
    return " ".join("".join(element.itertext()).split())


def _kept(text: str) -> str:
    """Return preformatted text with the spaces that would be lost."""
    return SEVERAL.sub(lambda found: "\u00a0" * len(found[0]), text)
