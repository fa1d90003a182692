"""Lint rules: objectives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, rule
from coursewright.lint.texts import bare, is_english, modules_of, quoted
from coursewright.lint.verbs import DENIED, DENIED_LATER, KNOWN, SUGGESTED, levels, listed, normal, opened, verbs
from coursewright.model import Bloom, Course, Edition, Objective
from coursewright.problems import Severity

RANK = {level: rank for rank, level in enumerate(Bloom)}
NO_VERB = listed(
    """a an the how what why who when where which this that these those your our their its some any all each every one two
    three"""
)
REASONS = listed("justify explain defend argue give say name state show tell support")
TAKEN_UP = listed("it them its their this these those that")
LITERAL = re.compile(r"\{\{[^}]*?[\"']([^}]*?)[\"'][^}]*\}\}")  # of an expression, the first of its own words
MEASURED = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|each|every|all|none|no|both|once|twice)\b"
    r"|\b(?:with|without|within|given|at least|at most|using|from|under|until|before|unless|according to|so that|such that|by)\b"
    r"|\b(?:in|on) (?:your|their|front|pairs|writing|paper|a|an)\b|\b(?:when|where|as|if) ",
    re.IGNORECASE,
)


def _objectives(course: Course) -> Iterator[tuple[Objective, str]]:
    """Yield the objectives of an English course, each with its words as they are read."""
    if is_english(course.front):
        for module in modules_of(course):
            for objective in module.objectives:
                yield objective, bare(LITERAL.sub(r"\1", objective.text))


@rule(
    "OBJ-01",
    "An objective starts with a verb that others can see done",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Mager (1962), Preparing Instructional Objectives; verbs to avoid as in Newton, Da Silva and Peters (2020)",
    why="Nobody can see whether somebody understands; what people say, write or do can be practised and checked.",
    mend="Start with what somebody beside them would see: “Explain …”, “Classify …”, “Plan …”.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/objectives/0", "text: Understand why a week needs a direction and free hours"),
    good=Example("modules/one.yaml#/objectives/0", "text: Given an empty week, plan its hours around one result"),
)
def observable_verb(course: Course, limits: Limits) -> Iterator[Finding]:
    """Verbs on the deny list are errors. A word that is on no list of verbs is only asked about: no list is complete."""
    for objective, text in _objectives(course):
        begin = opened(text)[1]
        denied = DENIED.match(begin) or DENIED_LATER.search(begin)
        word = next((verb for verb, _ in verbs(text)), "")
        if denied:
            what = quoted(denied[denied.lastindex or 0])
            hint = f"Say what they can then do that others see; for “{objective.bloom}”, say: {SUGGESTED[objective.bloom]}."
            yield Finding(objective.at("text"), f"{what} can be seen by nobody: {quoted(objective.text)}", hint=hint)
        elif word.lower() in NO_VERB:
            yield Finding(objective.at("text"), f"{quoted(objective.text)} does not start with a verb", Severity.WARNING)
        elif normal(word) not in KNOWN:
            said = f"“{word}” is no verb of our lists; can others see it done? {quoted(objective.text)}"
            yield Finding(objective.at("text"), said, Severity.INFO)


@rule(
    "OBJ-02",
    "The declared level fits the verb",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Anderson and Krathwohl (2001); that verb tables disagree: Stanny (2016), Newton, Da Silva and Peters (2020)",
    why="Practice and check are made for the level; verb tables contradict each other, so every verb counts for several levels.",
    mend="Change the level, or the verb, so that both say how demanding it is.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/objectives/0", "text: List three results that your week should have"),
    good=Example("modules/one.yaml#/objectives/0", "{text: Justify in one sentence what your week leaves out, bloom: evaluate}"),
)
def level_of_verb(course: Course, limits: Limits) -> Iterator[Finding]:
    """With several verbs, one that fits is enough: the level is that of the most demanding part."""
    for objective, text in _objectives(course):
        found = [verb for verb, _ in verbs(text) if levels(verb)]
        fitting = tuple(dict.fromkeys(level for verb in found for level in levels(verb)))
        if fitting and objective.bloom not in fitting:
            said = " and ".join(f"“{verb}”" for verb in found)
            yield Finding(
                objective.at("bloom"),
                f"the level is “{objective.bloom}”, but {said} says {_listed([level.value for level in fitting])}",
            )


@rule(
    "OBJ-03",
    "An objective promises one thing",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Quality Matters, guidance on measurable objectives; Mager (1962)",
    why="Two things in one promise cannot be practised and checked as one: who can do half of it has done neither.",
    mend="Make two objectives of it, or keep the verb that includes the other.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/objectives/0", "text: Plan one working week and run a meeting without an agenda"),
    good=Example("modules/one.yaml#/objectives/0", "text: Plan one working week and justify two of its gaps"),
    limits={"behaviours": 1},
)
def one_behaviour(course: Course, limits: Limits) -> Iterator[Finding]:
    """A second verb is let pass where it gives the reason ("and justify …") or takes up what was made ("and present it")."""
    for objective, text in _objectives(course):
        first, *others = verbs(text) or [("", "")]
        apart = [verb for verb, following in others if normal(verb) not in REASONS and following not in TAKEN_UP]
        if 1 + len(apart) > limits["behaviours"]:
            said = _listed([f"“{verb.lower()}”" for verb in (first[0], *apart)], "and")
            yield Finding(objective.at("text"), f"{said} are {1 + len(apart)} things to do: {quoted(objective.text)}")


@rule(
    "OBJ-04",
    "An objective says under what conditions, or how well",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source="Mager (1962); the ABCD form (audience, behaviour, condition, degree) of Heinich, Molenda and Russell",
    why="A number, a tool or a time limit lets people see for themselves when they are there.",
    mend="Add how many, how long, with what, or in which situation: “at least three …”, “within …”, “using …”.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/objectives/0", "text: Plan working weeks"),
    good=Example("modules/one.yaml#/objectives/0", "text: \"Plan {{ '3 weeks' if minutes > 90 else '1 week' }}\""),
)
def condition_or_criterion(course: Course, limits: Limits) -> Iterator[Finding]:
    """A pattern finds numbers and words such as "with"; "Use the gauge to …" names its tool in the verb."""
    for objective, text in _objectives(course):
        condition, begin = opened(text)
        if not condition and not MEASURED.search(begin) and not re.match(r"(?:use|apply)\b.* to ", begin, re.IGNORECASE):
            yield Finding(objective.at("text"), f"no condition and no measure: {quoted(objective.text)}")


_WHERE = "bloom: apply, taught: [M01-S2], practised: [M01-S3], assessed: [M01-S4]"
_FIRST = f"{{id: M01-O1, text: Plan one week, {_WHERE}}}"
_SECOND = f"{{id: M01-O2, text: Choose one result for a week, {_WHERE}}}"
_THIRD = f"{{id: M01-O3, text: Keep one hour in ten free, {_WHERE}}}"
_FOURTH = f"{{id: M01-O4, text: Refuse one meeting without an agenda, {_WHERE}}}"


@rule(
    "OBJ-05",
    "A session promises few things",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="practitioners’ advice; our own sum of what an objective takes",
    why="Each promise has to be taught, practised and checked; what has no minutes for that is a list and no promise.",
    mend="Join objectives that one exercise meets, leave some to another session, or divide the module.",
    scope=Scope.EDITION,
    bad=Example("modules/one.yaml#", f"objectives: [{_FIRST}, {_SECOND}, {_THIRD}, {_FOURTH}]"),
    good=Example("modules/one.yaml#", f"objectives: [{_FIRST}, {_SECOND}, {_THIRD}]"),
    limits={"per_module": 3, "per_hour": 3},
)
def few_objectives(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Counted are objectives that an edition claims; the hour is one of segments, without breaks and buffer.

    Three an hour, and not the two that some practitioners name: to teach, practise and check one takes twenty minutes, and
    well-made agendas of an hour have two or three. Nobody has measured it. The whole is counted only if no module is too full.
    """
    full = [module for module in edition.modules if len(module.objectives) > limits["per_module"]]
    for module in full:
        count = len(module.objectives)
        yield Finding(
            module.at("objectives"),
            f"“{module.title}” promises {count} things, more than {limits['per_module']:g}",
        )
    content = sum(module.given for module in edition.modules)
    if not full and len(edition.objectives) * 60 > limits["per_hour"] * content:
        what = f"{len(edition.objectives)} objectives in {content} minutes of work, more than {limits['per_hour']:g} an hour"
        yield Finding(edition.slot.origin, what)


@rule(
    "OBJ-06",
    "At least half of the objectives are about doing",
    severity=Severity.INFO,
    evidence=Evidence.CONSENSUS,
    source="practitioners’ advice for skills courses; levels of Anderson and Krathwohl (2001)",
    why="People come to a skills course to do something differently; a course that only explains can do without a room.",
    mend="Turn what they should know into what they do with it, at the level “apply” or above.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/objectives/0", "{text: Explain in one sentence what a week needs, bloom: understand}"),
    good=Example("modules/one.yaml#/objectives/0", "{text: Judge one working week by three signs, bloom: evaluate}"),
    limits={"share": 50},
)
def mostly_doing(course: Course, limits: Limits) -> Iterator[Finding]:
    """Counted are the declared levels; half and half is well for a course that has to explain what it practises."""
    every = [objective for module in course.modules for objective in module.objectives]
    low = [each for each in every if RANK[each.bloom] < RANK[Bloom.APPLY]]
    if low and 100 * (len(every) - len(low)) < limits["share"] * len(every):
        what = f"{len(low)} of {len(every)} objectives stop at remembering or understanding, first {quoted(low[0].text)}"
        yield Finding(low[0].at("bloom"), what)


def _listed(words: list[str], last: str = "or") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"
