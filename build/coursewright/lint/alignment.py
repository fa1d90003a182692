"""Lint rules: alignment of objectives, segments, checks and sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, always, rule
from coursewright.lint.texts import quoted
from coursewright.model import Bloom, Course, Edition, Kind, Objective, QuizItem, Segment
from coursewright.problems import Severity

RANK = {level: rank for rank, level in enumerate(Bloom)}
PARTS = {"taught": "teaches", "practised": "practises", "assessed": "checks"}
WELCOMING = frozenset({"agenda", "objectives"})  # slides of the segment that opens a course


def is_housekeeping(segment: Segment) -> bool:
    """Return whether a segment only opens or closes: a welcome, a close, what ends a day. Rules about content let it pass."""
    opens = segment.kind is Kind.TALK and any(slide.kind in WELCOMING for slide in segment.slides)
    return opens or segment.ending in ("close", "day")


@rule(
    "ALN-01",
    "What a session promises is taught, practised and checked in it",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Biggs (1996), constructive alignment; Quality Matters, alignment of objectives, activities and assessment",
    why="A promise that nobody practises is kept by chance, and without a check nobody knows.",
    mend="Name a segment in which people do it themselves, or one in which they show it.",
    scope=Scope.EDITION,
    bad=Example("modules/one.yaml#/segments/2", "{type: talk, steps: [{do: Show how a week is planned., minutes: 40}]}"),
    good=Example("modules/one.yaml#/segments/2", "{type: discussion, steps: [{do: Let tables plan one week., minutes: 40}]}"),
)
def kept_promise(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """What of an objective was cut is no longer claimed, so a missing part is a fault of the fit and an error.

    A talk practises and checks nothing, unless one of its steps gives people a task: that the author can mend, a warning.
    """
    segments = {segment.id: segment for module in edition.modules for segment in module.segments}
    for objective in edition.objectives:
        for part, does in PARTS.items():
            here = [segments[name] for name in getattr(objective, part) if name in segments]
            if not here:
                yield Finding(objective.at(part), f"nothing here {does} {quoted(objective.text)}, which is promised")
            elif part != "taught" and all(map(_only_heard, here)):
                where, said = objective.at(part), quoted(here[0].title)
                yield Finding(where, f"{said} {does} {objective.id}, but people only listen there", Severity.WARNING)


def _only_heard(segment: Segment) -> bool:
    return segment.kind is Kind.TALK and not segment.quiz and not any(step.task for step in segment.steps)


@rule(
    "ALN-02",
    "Every segment serves an objective or a theme",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="Biggs (1996), constructive alignment; Quality Matters, alignment of objectives, activities and assessment",
    why="Minutes are dear: what serves nothing that was promised is the first thing to do without.",
    mend="Name its themes, or name it in an objective (taught, practised, assessed), or leave it out.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/5", "themes: ~"),
    good=Example("modules/one.yaml#/segments/4", "themes: ~"),
)
def no_orphan(course: Course, limits: Limits) -> Iterator[Finding]:
    """Welcome and close need no theme, nor does a debrief: it has that of what comes before it."""
    named = {name for objective in _objectives(course) for part in PARTS for name in getattr(objective, part)}
    for module in course.modules:
        for segment in module.segments:
            exempt = is_housekeeping(segment) or segment.kind is Kind.DEBRIEF or segment.quiz
            if not (exempt or segment.themes or segment.id in named):
                yield Finding(segment.at("title"), f"{quoted(segment.title)} serves no objective and no theme")


@rule(
    "ALN-03",
    "A check is as demanding as the objective",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="Biggs (1996), constructive alignment; Quality Matters, assessments measure the stated objectives",
    why="Who names the steps of a talk has not held one: an easy question says nothing about a hard promise.",
    mend="Ask at least one question at the level of the objective, or let people make or show something.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/objectives/0", "{text: Judge one working week by three signs, bloom: evaluate, assessed: [M01-S5]}"
    ),
    good=Example("modules/one.yaml#/objectives/0", "{text: Judge one working week by three signs, bloom: evaluate}"),
)
def demanding_check(course: Course, limits: Limits) -> Iterator[Finding]:
    """Judged are objectives that a quiz alone assesses, by their most demanding question; easier ones beside it do no harm."""
    quizzes = {segment.id: segment for module in course.modules for segment in module.segments if segment.quiz}
    everything = {segment.id for module in course.modules for segment in module.segments}
    for objective in _objectives(course):
        assessed = [name for name in objective.assessed if name in everything]
        items = [item for name in assessed if name in quizzes for item in _items(quizzes[name], objective)]
        alone = all(name in quizzes and not _makes_something(quizzes[name]) for name in assessed)
        if items and alone and max(RANK[item.bloom] for item in items) < RANK[objective.bloom]:
            hardest = max(items, key=lambda item: RANK[item.bloom])
            what = f"{objective.id} promises “{objective.bloom}”, its questions stop at “{hardest.bloom}”"
            yield Finding(hardest.at("bloom"), f"{what}: {quoted(hardest.stem)}")


def _makes_something(segment: Segment) -> bool:
    """Whether people also write something of their own there: a product that can be seen."""
    return any(each.kind in ("lines", "table", "fill", "grid") for each in segment.workbook)


_DIRECTION = "{id: T01, title: Direction, text: A week needs a direction., kind: core, where: {D1: [L1]}}"
_ROOM = "{id: T02, title: Room, text: A full calendar leaves no room., kind: detail, where: {D1: [L2]}}"
_REST = "{id: T03, title: Rest, text: People who never rest plan badly., where: {D1: [L3]}"


@rule(
    "ALN-04",
    "The longest session takes up every theme of the sources",
    severity=Severity.ERROR,
    evidence=Evidence.HOUSE,
    source="our own rule: what the course was made from is in it, or somebody has said why not",
    why="Themes get lost between sources and sessions unnoticed, and then the course claims a basis that it leaves out.",
    mend="Name the theme in a segment, card or question, or waive it where it stands: waive: {ALN-04: why not}.",
    scope=Scope.EDITION,
    bad=Example("sources.yaml#", f"themes: [{_DIRECTION}, {_ROOM}, {_REST}, kind: core}}]"),
    good=Example(
        "sources.yaml#", f"themes: [{_DIRECTION}, {_ROOM}, {_REST}, kind: core, waive: {{ALN-04: it has its own course}}}}]"
    ),
)
def themes_covered(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Core themes are errors, all others notes. Shorter sessions leave out what they must; their receipts say it."""
    longest = max(edition.front.slots, key=lambda slot: slot.minutes)
    if edition.slot.id != longest.id:
        return
    themes = {theme.id: theme for theme in edition.sources.themes}
    for each in edition.receipt.uncovered:
        said = f"nothing takes up the {each.kind} theme {each.id}, {quoted(each.title)}"
        yield Finding(themes[each.id].at("id"), said, None if each.kind == "core" else Severity.INFO)


ALN_05 = always(
    "ALN-05",
    "Slides, workbook and guide list the same objectives",
    r"^it lists \d+ of the \d+ objectives of this edition",
    r"^it shows the objective \S+, which this edition does not claim",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="what trainers tell of copies that drift apart; read back from the finished files",
    why="People compare: a promise on the slide that the workbook does not know makes both look careless.",
    mend="List the objectives of the edition in your templates, all of them or none.",
    bad=None,
    good=None,
)


_PLACES = "bloom: apply, taught: [M01-S2], practised: [M01-S3]"
_ASKED = f"{{id: M01-O1, text: Plan one week, {_PLACES}, assessed: [M01-S4, M01-S5]}}"
_UNASKED = f"{{id: M01-O2, text: Keep one hour in ten free, {_PLACES}"


@rule(
    "ALN-06",
    "A quiz asks about each of its objectives, and about none too often",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source="common practice of test blueprints, such as Haladyna and Rodriguez (2013)",
    why="What is not asked is not checked, and five questions about one thing weigh it five times.",
    mend="Write one to three questions for each objective that is checked by questions.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#", f"objectives: [{_ASKED}, {_UNASKED}, assessed: [M01-S5]}}]"),
    good=Example("modules/one.yaml#", f"objectives: [{_ASKED}, {_UNASKED}, assessed: [M01-S4]}}]"),
    limits={"least": 1, "most": 3},
)
def even_quiz(course: Course, limits: Limits) -> Iterator[Finding]:
    """Counted are questions of the whole course. An objective that only a quiz assesses, and no question, is a warning."""
    segments = {segment.id: segment for module in course.modules for segment in module.segments}
    for objective in _objectives(course):
        asked = [item for segment in segments.values() for item in _items(segment, objective)]
        by_quiz = [segments[name].kind is Kind.QUIZ for name in objective.assessed if name in segments]
        if any(by_quiz) and len(asked) < limits["least"]:
            weight = Severity.WARNING if all(by_quiz) and not asked else None
            asks = f"only {len(asked)} of its questions name it" if asked else "none of its questions names it"
            said = f"a quiz is to check {objective.id}, but {asks}: {quoted(objective.text)}"
            yield Finding(objective.at("assessed"), said, weight)
        elif len(asked) > limits["most"]:
            said = f"{len(asked)} questions are about {objective.id}, more than {limits['most']:g}: {quoted(objective.text)}"
            yield Finding(asked[int(limits["most"])].at("objective"), said)


def _objectives(course: Course) -> Sequence[Objective]:
    return [objective for module in course.modules for objective in module.objectives]


def _items(segment: Segment, objective: Objective) -> Iterator[QuizItem]:
    return (item for item in segment.quiz if item.objective == objective.id)
