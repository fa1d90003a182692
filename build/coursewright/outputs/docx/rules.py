"""Which element of a page becomes what in Word: tables of CSS selectors. Of several that fit an element, the first one counts.

An element may also name its style itself: ``data-word-style="My Style"``. What no line speaks of is ordinary text that looks
as its page's own styles say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

import cssselect2

Rule = TypeVar("Rule")

# A paragraph, by the element that holds its words.
PARAGRAPHS: tuple[tuple[str, str], ...] = (
    (".cover h1", "Title"),
    (".cover .subtitle", "Subtitle"),
    (".cover > .label", "Cover Label"),
    (".cover .facts p", "Cover Facts"),
    (".cover .name", "Name Line"),
    (".imprint", "Imprint"),
    (".logo", "Logo"),
    ("h1", "Heading 1"),
    ("h2", "Heading 2"),
    ("h3", "Heading 3"),
    ("h4, h5, h6", "Heading 4"),
    (".label", "Label"),
    (".morning", "Day"),
    (".segment ~ .pause, .pause:not(tr)", "Pause"),
    (".opener .idea", "Idea"),
    (".prompt", "Prompt"),
    (".sheet p.fill", "Fill-in Sentence"),
    (".item .stem", "Question"),
    (".item li", "Option"),
    (".cards li", "Card List"),
    (".objectives li", "Objective"),
    (".signs li", "Sign"),
    (".todo li", "To Do"),
    (".legend", "Legend"),
    (".line", "Write-on Line"),
    (".caption, caption, figcaption", "Caption"),
    (".dense, p.small", "Small Text"),
    ("dt", "Defined Word"),
    ("dd", "List Continue"),
    ("pre", "Preformatted"),
    ("thead th, thead td", "Table Head"),
)


NARROW = "\u00a0"  # a space that no line ends at


@dataclass(frozen=True)
class Box:
    """A part of a page whose paragraphs have a style of their own.

    What ``lead`` selects in it stands before the first of them, in the character style ``called``, ``after`` it
    a tabulator; ``around`` widens the ground it stands on. Of a part that ``is_line``
    all paragraphs are set in one line, ``between`` them a sign.
    """

    style: str
    lead: str = ""
    called: str = ""
    after: str = "\t"
    around: str = ""
    is_line: bool = False
    between: str = " · "


BOXES: tuple[tuple[str, Box], ...] = (
    (".step.bridge", Box("Bridge", ".cue", "Cue Bridge", around=NARROW)),
    (".step.do", Box("Do", ".cue", "Cue Do", around=NARROW)),
    (".step.say", Box("Say", ".cue", "Cue Say", around=NARROW)),
    (".step.ask", Box("Ask", ".cue", "Cue Ask", around=NARROW)),
    (".step.card", Box("Card", ".cue", "Cue Card", around=NARROW)),
    (".debrief .step", Box("Debrief", ".level", "Level")),
    (".step", Box("Do", ".cue, .level", "Cue Do", around=NARROW)),
    (".segment .row", Box("Aside", ".term", "Run-in", "  ")),
    (".row", Box("Row", ".term", "Term")),
    (".margin", Box("Margin", is_line=True)),
    (".thumbnails", Box("Thumbnails", is_line=True, between="   ")),
    (".counts", Box("Counts", is_line=True)),
    (".summary", Box("Summary")),
    (".sensitive", Box("With Care")),
    (".online", Box("Online")),
    (".purpose", Box("Purpose")),
    (".case", Box("Case")),
    (".hint", Box("Hint")),
    ("blockquote", Box("Quote")),
)

# Words in a paragraph.
CHARACTERS: tuple[tuple[str, str], ...] = (
    (".clock", "Clock"),
    (".opener .number", "Module Number"),
    (".quiet", "Quiet"),
    ("code, kbd, samp", "Code"),
    ("strong, b", "Strong"),
    ("em, i, cite, dfn, var", "Emphasis"),
)

TABLES: tuple[tuple[str, str], ...] = ((".sheet table", "Worksheet"), ("table", "Ruled"))

# Small elements that are more than words, and what they are.
SIGNS: tuple[tuple[str, str], ...] = (
    (".gap", "gap"),
    (".box, .item li > i, input[type=checkbox]", "check"),
    (".legend i", "swatch"),
    (".kind", "icon"),
    ("[data-to]", "page"),
)


@dataclass(frozen=True)
class Frame:
    """A picture with a thin line around it that is ``width`` millimetres wide, whatever it is on paper."""

    width: float


# A page in Word has no margin column, so small pictures stand in a row.
FRAMES: tuple[tuple[str, Frame], ...] = ((".thumbnail img", Frame(31.0)),)

# What a tabulator follows: numbers, letters and boxes that stand before their text.
BEFORE = (
    ".item .stem > b:first-child, .item li > b, .item li > i, .cards li > b:first-child, .pause > .clock, .opener .number,"
    " .signs .kind, .todo .box:first-child"
)
CONTENTS = "ol.contents, ul.contents"


class Table(Generic[Rule]):
    """A table of rules, ready to be asked."""

    def __init__(self, rules: tuple[tuple[str, Rule], ...]) -> None:
        self._matcher = cssselect2.Matcher()
        for rank, (selectors, rule) in enumerate(rules):
            for selector in cssselect2.compile_selector_list(selectors):
                self._matcher.add_selector(selector, (rank, rule))

    def find(self, element: cssselect2.ElementWrapper) -> Rule | None:
        """Return the rule of the first line that fits, if any does."""
        found = [each[-1] for each in self._matcher.match(element)]
        return min(found, key=lambda each: each[0])[1] if found else None


@dataclass(frozen=True)
class Rules:
    """All tables, ready to be asked."""

    paragraphs: Table[str]
    boxes: Table[Box]
    characters: Table[str]
    tables: Table[str]
    signs: Table[str]
    frames: Table[Frame]
    before: Table[bool]
    contents: Table[bool]


@cache
def rules() -> Rules:
    """Return the tables; they are the same for every page."""
    return Rules(
        Table(PARAGRAPHS),
        Table(BOXES),
        Table(CHARACTERS),
        Table(TABLES),
        Table(SIGNS),
        Table(FRAMES),
        Table(((BEFORE, True),)),
        Table(((CONTENTS, True),)),
    )
