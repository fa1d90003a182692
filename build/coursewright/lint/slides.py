"""Lint rules: slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from coursewright.lint.rule import Evidence, Example, Finding, Finished, Limits, Scope, always, rule
from coursewright.lint.sentences import has_verb
from coursewright.lint.shown import count, forms, shown
from coursewright.lint.texts import bare, is_english, modules_of, quoted
from coursewright.model import ActivitySlide, Course, Edition, Kind, Segment
from coursewright.problems import Severity
from coursewright.squashing import squashed

if TYPE_CHECKING:
    from coursewright.finished import Sheet

CONTENT = ("statement", "claim", "comparison", "diagram", "chart")  # kinds of slides that carry a point
WITH_WHOM = re.compile(
    r"\b(?:alone|on your own|in silence|yourself|pairs?|partners?|neighbou?rs?|tables?|threes|fours|triads?|trios?|groups?"
    r"|rooms?|teams?|everybody|everyone|all|together|each other|one another)\b",
    re.IGNORECASE,
)
CLOCK = re.compile(r"\d\d:\d\d")


@rule(
    "SLD-01",
    "A slide has few words",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Mayer, Multimedia Learning (redundancy and coherence); Garner and Alley (2013) on slides that make an assertion",
    why=(
        "People cannot read one text and hear another. No study gives a number of words: these are tripwires, higher where "
        "people read in silence."
    ),
    mend="Say it instead, move it to the workbook or the notes, or make two slides of it.",
    limits={
        "statement": 25,
        "claim": 40,
        "diagram": 40,
        "chart": 40,
        "reflection": 40,
        "close": 60,
        "activity": 60,
        "debrief": 60,
        "summary": 60,
        "comparison": 70,
        "poll": 70,
        "quiz": 70,
        "answer": 90,
        "example": 100,
        "case": 120,
    },
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/1/slides/1",
        """question: "Think of the last week that you planned, the hours that you gave to each result, and the surprise that took
        them from you again: what was the week for, and who knew?" """,
    ),
    good=Example("modules/one.yaml#/segments/1/slides/1", 'question: "Think of your last full week: what was it for?"'),
)
def few_words(course: Course, limits: Limits) -> Iterator[Finding]:
    """Count what the author wrote. A worked example, a story and reasons are read in silence, so they may be longer."""
    for slide in shown(course):
        words = sum(count(line.words) for line in slide.lines)
        if words > limits.get(slide.kind, words):
            what = f"{quoted(slide.title)} puts {words} words on the wall besides its title"
            yield Finding(slide.where, f"{what}; {_a(slide.kind)} slide carries {limits[slide.kind]:g}")


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


@rule(
    "SLD-02",
    "Lists are short, and so are their lines",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Advice of practitioners for slides: five or six points at most, each one line or two",
    why="A list is read to its end before anybody listens again; five short lines take a glance.",
    mend="Join or drop points; cut each line to what nobody would remember without it.",
    limits={"bullets": 5, "words": 12},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/6/slides/0",
        "dates: ['Day 2: one short question by mail about the one result that you wanted to reach']",
    ),
    good=Example("modules/one.yaml#/segments/6/slides/0", "dates: ['Day 2: a question by mail', 'Day 9: your partner']"),
)
def short_lists(course: Course, limits: Limits) -> Iterator[Finding]:
    """Points of summaries, closings, prompts, polls, steps of an activity, and lists in the words of a slide."""
    for slide in shown(course):
        bullets = [line for line in slide.lines if line.is_bullet]
        if len(bullets) > limits["bullets"]:
            what = f"{quoted(slide.title)} lists {len(bullets)} points, more than {limits['bullets']:g}"
            yield Finding(slide.where, what)
        for line in bullets:
            if count(line.words) > limits["words"]:
                what = f"{quoted(line.words)} has {count(line.words)} words, a line on a slide {limits['words']:g} at most"
                yield Finding(line.where, what)


SLD_03 = always(
    "SLD-03",
    "Every slide has a title of its own, in its placeholder",
    r"^slide \d+: it has no title$",
    r": slide \d+ has the same title$",
    r"^a slide before is called “.*”, too; this one says “",
    r": it has two title placeholders$",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 2.4.2 and 2.4.6, as EN 301 549 applies them to documents; Microsoft’s rules for accessible slides",
    why="Screen readers, the outline and links tell slides apart by their titles alone.",
    mend="Give each slide a title that no other slide has.",
    bad=None,
    good=None,
)


@rule(
    "SLD-04",
    "The title of a talk’s slide says something",
    severity=Severity.INFO,
    evidence=Evidence.EVIDENCE,
    source="Garner and Alley (2013): students who saw a sentence above a picture understood and remembered more",
    why="A sentence is what people take home; a heading such as “Two kinds of work” leaves it to them to find the point.",
    mend="Write the point as a sentence, with a verb, or as a question.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/1/slides/1", "title: The direction of a week"),
    good=Example("modules/one.yaml#/segments/1/slides/1", "title: A direction tells every day of the week what it is for"),
)
def title_says_something(course: Course, limits: Limits) -> Iterator[Finding]:
    """Look for a verb. Only in talks, where a slide carries a point: before a discussion, a title should not give it away."""
    for module in modules_of(course) if is_english(course.front) else ():
        for segment in module.segments:
            for slide in segment.slides if segment.kind is Kind.TALK else ():
                title = getattr(slide, "title", "")
                if slide.kind in CONTENT and not has_verb(title):
                    yield Finding(slide.at("title"), f"{quoted(title)} is a heading, no statement: it has no verb")


SLD_05 = always(
    "SLD-05",
    "No text is too small to read from the back",
    r'^drawing ".*" has text of [\d.]+ pt',
    r" stands in small type: this brand leaves it little room$",
    r" is set in [\d.]+ points, hard to read from the back of a room",
    severity=Severity.ERROR,
    evidence=Evidence.CONSENSUS,
    source="Advice on legibility for projection: 18 points for text, 14 for labels and feet; our look has the same numbers",
    why="Whoever cannot read it from the last row stops trying, and reads nothing else either.",
    mend="Use fewer or shorter words, or give them a larger place.",
    bad=None,
    good=None,
)


@rule(
    "SLD-06",
    "A talk has no more slides than minutes",
    severity=Severity.WARNING,
    evidence=Evidence.HOUSE,
    source="A rule of thumb among practitioners; there is no study behind the number",
    why="Who changes slides every few seconds reads them out; what people see should stay long enough to be thought about.",
    mend="Leave slides out of the short form, join some, or give the talk more minutes.",
    limits={"per_minute": 1.0},
    scope=Scope.EDITION,
    bad=Example(
        "modules/one.yaml#/segments/6", f"slides: [{', '.join(f'{{kind: statement, title: Go {n}}}' for n in range(6))}]"
    ),
    good=Example("modules/one.yaml#/segments/6", "slides: [{kind: close, title: Go}, {kind: statement, title: Thank you}]"),
)
def slides_per_minute(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Count in talks only: elsewhere a slide stands while people work."""
    for module in edition.modules:
        for segment in module.segments:
            count, most = len(segment.slides), limits["per_minute"] * segment.given
            if segment.kind is Kind.TALK and count > most:
                what = f"{quoted(segment.title)} shows {count} slides in {segment.given} minutes of talk"
                yield Finding(segment.at("slides"), what)


@rule(
    "SLD-07",
    "Every slide has its notes",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="What facilitators ask of a deck that somebody else wrote: what to say and do stands below the slide",
    why="Who takes over tomorrow has the deck open and nothing else: a slide without notes leaves them to guess.",
    mend="Name the steps that go with it (steps: [2]) or write notes.",
    scope=Scope.FILES,
    bad=None,
    good=None,
)
def notes_present(files: Finished, limits: Limits) -> Iterator[Finding]:
    """Notes that hold the time and the title alone are none. Breaks need none."""
    titles = {item.id.casefold(): item.title for item in files.edition.agenda}
    breaks = {item.id.casefold() for item in files.edition.agenda if not item.module}
    for name, sheets in files.files.items():
        silent = [sheet for sheet in sheets if name.endswith(".pptx") and not breaks & set(sheet.parts)]
        for _, group in groupby((each for each in silent if not _says_something(each, titles)), key=lambda each: each.parts):
            first, *more = group
            slides = ", ".join(str(each.number) for each in (first, *more))
            head = quoted(next(iter(first.text.splitlines()), ""))
            yield Finding(f"{name}, slide{'s' if more else ''} {slides}", f"the notes of {head} say no more than when it is")


def _says_something(sheet: Sheet, titles: Mapping[str, str]) -> bool:
    """Return whether notes hold more than the line that every slide of a segment has: times, title, pages."""
    rest = squashed(CLOCK.sub("", sheet.notes))
    for part in sheet.parts:
        rest = rest.replace(squashed(bare(titles.get(part, ""))), "", 1)
    return bool(re.sub(r"^workbookp|\d", "", rest))


SLD_08 = always(
    "SLD-08",
    "Everything fits its place",
    r" is \d+ pt (higher|wider) than its place$",
    r" is wider than its (place|column) and breaks between letters$",
    r": the title takes \d+ lines$",
    r"^the title “.*” takes more than two lines, or smaller type than titles should have$",
    r": the title is too long for its place$",
    r": “.*” does not fit, even smaller$",
    r": row \d+ of the table is taller than the slide$",
    r" reaches \d+ pt over the edge of the slide$",
    r" overlap by \d+ pt$",
    r" lies over a (picture|shape) of the brand, ",
    r"” has no room on “.*”; it stands in the notes$",
    r"^the brand's footer is too short for “",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Measured with the fonts themselves, once before the file is written and once in the finished file",
    why="Text that runs over its edge is the first thing everybody sees, and the last they forget.",
    mend="Shorten it, or split it into two slides.",
    bad=None,
    good=None,
)


@rule(
    "SLD-09",
    "The slide of an activity tells all that a group needs to begin",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Facilitators’ handbooks: an unclear set-up is what eats the minutes of an exercise",
    why="While groups work, the slide is all they have: what is not on it, they ask one after the other.",
    mend="Write task: in the steps, groups: in the segment, bring_back: in the slide.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/2/slides/0", "bring_back: ''"),
    good=Example("modules/one.yaml#/segments/2/slides/0", "bring_back: one free hour with its reason"),
)
def complete_activity(course: Course, limits: Limits) -> Iterator[Finding]:
    """Goal and minutes always stand there: the title, and the plan. With whom may be said by groups, or by a step."""
    for module in modules_of(course):
        for segment in module.segments:
            for form in forms(segment):
                for slide in form.slides:
                    if isinstance(slide, ActivitySlide) and (missing := tuple(_missing(slide, form))):
                        yield Finding(slide.origin, f"{quoted(slide.title)} does not say {' or '.join(missing)}")


def _missing(slide: ActivitySlide, segment: Segment) -> Iterator[str]:
    tasks = " ".join(step.task for step in segment.steps)
    if not tasks:
        yield "what to do"
    if segment.groups is None and segment.kind is not Kind.REFLECTION and not WITH_WHOM.search(tasks):
        yield "with whom"
    if not slide.bring_back:
        yield "what to bring back"


SLD_10 = always(
    "SLD-10",
    "Slides stand on the brand’s own layouts",
    r"^the brand has no layout for .*; “.*” is used$",
    r"^layout “.*” has no slot for .*; it stands in the content area$",
    r'^the brand has no layout "',
    r'^layout ".*" has no placeholder \d+ for ',
    r"^no layout was found for .*; ours is drawn on “",
    r": the empty placeholder “.*” is left on it$",
    r"” is the layout's own prompt, left on it$",
    r"^slide \d+ keeps a design of its own, “.*”, because the brand has no such layout$",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Brand guidelines, and Microsoft’s rules for accessible slides: text in placeholders is in outline and reading order",
    why="Text in boxes of its own is lost in the outline, and stays behind when the brand changes.",
    mend="Name the layout in the brand’s mapping file, or give the slide master what is missing.",
    bad=None,
    good=None,
)
