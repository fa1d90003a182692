"""Lint rules: accessibility."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.lint.colours import by_colour
from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, always, rule
from coursewright.lint.texts import bare, everything, is_english, quoted
from coursewright.model import Breakout, Case, Course, Online, Questions, Slide, Step
from coursewright.problems import Severity

FILE_NAME = re.compile(r"\.(png|jpe?g|gif|svg|bmp|tiff?|webp|emf|wmf)$", re.IGNORECASE)
NOTHING = re.compile(  # "chart 3", "a picture of": alternative texts that name the kind and stop there
    r"^(an? |the )?(picture|image|photo|photograph|graphic|illustration|chart|graph|table|diagram|drawing|figure|icon|logo)"
    r"( of)?( ?\d+)?\W*$",
    re.IGNORECASE,
)
SEEN = (Slide, Step, Questions, Online, Breakout, Case)  # what people see on the wall, or are told
LINK = re.compile(r"\[(?P<words>[^\]]*)\]\((?P<to>[^)\s]+)[^)]*\)|<(?P<bare>(?:https?://|www\.)[^>\s]+)>")
ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
UNHELPFUL = frozenset(  # what Microsoft's and W3C's advice name first
    {
        "click here", "click", "here", "link", "this link", "the link", "more", "read more", "learn more", "find out more",
        "see more", "details", "more details", "more information", "this", "this page", "this site", "website", "source", "url",
    }
)  # fmt: skip


@rule(
    "A11-01",
    "Every picture, chart and drawing tells those who cannot see it what it shows",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 1.1.1 Non-text Content; Microsoft’s rules for accessible documents",
    why="A screen reader says the alternative text, and nothing else of a picture: a file’s name is no picture.",
    mend="Say in a sentence what it shows, not that it is a picture; decorative: true if it tells nothing.",
    limits={"longest": 150},
    scope=Scope.COURSE,
    says=(
        r'^missing key "alt"',
        r"^alt (is empty|has \d+ characters, )",
        r"^alt and decorative stand side by side",
        r"^a picture tells nothing to those who cannot see it$",
        r"^a chart tells nothing to those who cannot see it",
        r"^slide \d+.*: the \w+ has no alternative text$",
        r"^slide \d+.*: the alternative text of the \w+ is “",
        r'^".*" holds words: in a picture nobody can have them read aloud',
    ),
    bad=Example(
        "modules/one.yaml#/segments/1/slides/1",
        "{kind: diagram, diagram: rings, data: {centre: One, rings: [{name: Week}, {name: Month}]}, alt: rings-final.png}",
    ),
    good=Example(
        "modules/one.yaml#/segments/1/slides/1",
        "{kind: diagram, diagram: rings, data: {centre: One, rings: [{name: Week}, {name: Year}]}, alt: Two rings around a one.}",
    ),
)
def alternative_text(course: Course, limits: Limits) -> Iterator[Finding]:
    """What is missing or far too short, the model refuses; this is about words that are there and tell nothing."""
    for text in everything(course):
        words = bare(text.words) if text.field == "alt" else ""
        if FILE_NAME.search(words) or NOTHING.match(words):
            yield Finding(text.where, f"the alternative text {quoted(words)} does not say what is to be seen")
        elif len(words) > limits["longest"]:
            what = f"the alternative text {quoted(words)} has {len(words)} characters, more than {limits['longest']:g}"
            yield Finding(text.where, what, Severity.WARNING, "Say the point; put the details into the text beside it.")


A11_02 = always(
    "A11-02",
    "Text stands out from what lies behind it",
    r" is hard to read, #?\w+ on #?\w+ is a contrast of [\d.]+ : 1$",
    r"^the contrast of \d+ texts? could not be judged$",
    r"” has [\d.]+ : 1 on its background ",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 1.4.3 Contrast: 4.5 : 1, for large text 3 : 1",
    why="One in twelve men sees colours otherwise, and every projector is paler than the screen it was made on.",
    mend="Use a darker or lighter colour of the brand.",
    bad=None,
    good=None,
)


@rule(
    "A11-03",
    "Nothing is told by colour alone",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 1.4.1 Use of Colour and 1.3.3 Sensory Characteristics",
    why="Who sees no colours, or hears the words read out, cannot find “the red column”.",
    mend="Name the thing by its words, letter or place: “the column headed Room”.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/1/steps/1", "task: Name what was missing in the green column"),
    good=Example("modules/one.yaml#/segments/1/steps/1", "task: Name what was missing in the column of free hours"),
)
def not_by_colour(course: Course, limits: Limits) -> Iterator[Finding]:
    """Tables and charts carry letters, names and patterns by themselves; here it is the author's words that point by colour.

    A warning and not the error of the norm, as words are guessed at. What is written for paper is PRN-04's.
    """
    for text in everything(course) if is_english(course.front) else ():
        for words in by_colour(text.words) if isinstance(text.owner, SEEN) else ():
            yield Finding(text.where, f"“{words}” can be found by its colour alone: {quoted(text.words)}")


A11_04 = always(
    "A11-04",
    "The language of all text is set",
    r"^slide \d+.*: the text “.*” has no language$",
    r"^language must be a language such as en-GB",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 3.1.1 Language of Page; PDF/UA-1 for what is printed, which is written with language and title always",
    why="A screen reader speaks in the voice of a language; with the wrong one, nobody understands a word.",
    mend="Write language: in course.yaml, such as en-GB.",
    bad=Example("course.yaml#", "language: english"),
    good=Example("course.yaml#", "language: en-US"),
)

A11_05 = always(
    "A11-05",
    "Tables have a head and whole rows",
    r"^slide \d+.*: its table has no header row$",
    r"^slide \d+.*: its table has merged cells$",
    r"^a table on this slide has merged or missing cells$",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 1.3.1 Info and Relationships; headings cannot be skipped, because authors’ text has none",
    why="A screen reader says the head of its column with each cell; without one, or with merged cells, it loses count.",
    mend="Give the table a head, and each row as many cells as there are columns: repeat words instead of merging.",
    bad=None,
    good=None,
)

A11_06 = always(
    "A11-06",
    "A slide is read in the order in which it is seen",
    r"^slide \d+.*: “.*” is read after “.*”, but stands above it$",
    r"^slide \d+.*: its title is not read first$",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 1.3.2 Meaningful Sequence",
    why="A screen reader goes from shape to shape in the file’s own order: an answer before its question makes no sense.",
    mend="Change the order in PowerPoint’s selection pane, or the layout’s placeholders in the slide master.",
    bad=None,
    good=None,
)


@rule(
    "A11-07",
    "Links say where they lead",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 2.4.4 Link Purpose",
    why="Screen readers list the links of a page by their words alone: five times “here” leads nowhere.",
    mend="Use the name of the page as the link’s words.",
    scope=Scope.COURSE,
    says=(
        r"^slide \d+.*: the link “.*” does not say where it leads$",
        r"^slide \d+.*: the link “.*” is a bare address$",
    ),
    bad=Example("modules/one.yaml#", 'summary: "A week needs a direction before a list: read [more](https://example.org/list)."'),
    good=Example("modules/one.yaml#", 'summary: "A week needs a direction before a [list of tasks](https://example.org/list)."'),
)
def links_speak(course: Course, limits: Limits) -> Iterator[Finding]:
    """Words that say nothing, and addresses in the place of words."""
    for text in everything(course):
        for found in LINK.finditer(text.words) if "](" in text.words or "<" in text.words else ():
            words = found["bare"] or bare(found["words"])
            if words.casefold().strip(" .…›»→") in UNHELPFUL:
                yield Finding(text.where, f"the link “{words}” does not say where it leads ({found['to']})")
            elif ADDRESS.match(words):
                yield Finding(text.where, f"the link {quoted(words)} is a bare address")


A11_09 = always(
    "A11-09",
    "Nothing has to move to be understood",
    r'^".*" moves; slides and pages show its first picture only$',
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source="WCAG 2.2, 2.2.2 Pause, Stop, Hide; decks are made without animations, a fade between slides at most",
    why="What moves draws every eye from what is said, and on paper it stands still anyway.",
    mend="Save the one picture that tells it all, or put two pictures beside each other.",
    bad=None,
    good=None,
)
