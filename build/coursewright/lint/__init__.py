"""An instructional designer looking over the author's shoulder: rules about courses, editions and finished files.

A rule is one small function in the file of its family. :data:`RULES` are all of them; :func:`of_course`, :func:`of_editions`
and :func:`of_files` run those of each scope; :func:`judged` says which of what was found the course waives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from coursewright.audience import select
from coursewright.lint import (
    accessibility,
    activities,
    alignment,
    evaluation,
    language,
    objectives,
    printing,
    quiz,
    slides,
    sources,
    text,
    timing,
)
from coursewright.lint.rule import Finished, Rule, Scope
from coursewright.lint.settings import Waiver, chosen, idle, limits, misnamed, severity, waived, waivers, weighed
from coursewright.lint.texts import is_english
from coursewright.model import Audience, Course, Edition, Front
from coursewright.problems import Problem, Severity

FAMILIES = (
    objectives,
    alignment,
    timing,
    slides,
    text,
    quiz,
    activities,
    evaluation,
    accessibility,
    language,
    sources,
    printing,
)
RULES: tuple[Rule, ...] = tuple(each for family in FAMILIES for each in vars(family).values() if isinstance(each, Rule))
BY_ID: Mapping[str, Rule] = {each.id: each for each in RULES}


def of_course(course: Course) -> tuple[Problem, ...]:
    """Return what the rules find in the source, as each audience sees it; what several share is said once, of the first."""
    found: list[Problem] = []
    known: set[tuple[str, str]] = set()
    if not is_english(course.front):
        note = "the rules about words know English only, and were left out"
        found.append(Problem(note, course.front.at("language"), "all others hold", Severity.INFO))
    for audience in course.audiences:
        seen = select(course, audience).model_copy(update={"audiences": (audience,)})
        here = [each for rule in _rules(Scope.COURSE) for each in _found(rule, seen, course.front, audience)]
        found += [each for each in dict.fromkeys(here) if (each.rule, str(each.where)) not in known]
        known |= {(each.rule, str(each.where)) for each in here}
    return tuple(found)


def of_editions(editions: Iterable[Edition]) -> tuple[Problem, ...]:
    """Return what the rules find in editions; what several share is said once, of the one where it is worst."""
    shared: dict[tuple[str, str], dict[Problem, list[Edition]]] = {}
    every = tuple(editions)
    for edition in every:
        for each in _rules(Scope.EDITION):
            for problem in _found(each, edition, edition.front, edition.audience):
                alike = shared.setdefault((problem.rule, str(problem.where)), {})
                alike.setdefault(problem, []).append(edition)
    return tuple(_shared(alike, len(every)) for alike in shared.values())


def of_files(finished: Finished) -> tuple[Problem, ...]:
    """Return what the rules find in the finished files of an edition."""
    edition = finished.edition
    return tuple(problem for each in _rules(Scope.FILES) for problem in _found(each, finished, edition.front, edition.audience))


def judged(held: Course | Edition, problems: Iterable[Problem], tried: Iterable[Scope] = ()) -> tuple[Problem, ...]:
    """Return the problems that are not waived, weighed as the course says, and what is wrong with its waivers and settings.

    ``tried`` are the scopes that ran in full: only of their rules it can be said that a waiver waives nothing, and only a whole
    course is asked whether all that it sets and waives is there.
    """
    problems, tried = tuple(problems), frozenset(tried)
    if isinstance(held, Edition) and not problems and not tried:  # most files: nothing to waive is worth no walk
        return ()
    known = tuple(dict.fromkeys(waivers(held)))
    weighty = [each for problem in problems if (each := named(problem, held.front)) is not None]
    kept, used = waived(weighty, known)
    names = frozenset(each.id for each in RULES if {each.scope, *([Scope.ALWAYS] if each.says else [])} <= tried)
    wrong = misnamed(held.front, held.audiences, known, BY_ID) if isinstance(held, Course) else ()
    return (*kept, *idle(known, used, names), *wrong)


def named(problem: Problem, front: Front) -> Problem | None:
    """Return a problem of loader, writers or audit with the rule it breaks, weighed as the course says; None if that is off."""
    told = tagged(problem)
    return told if problem.rule or not told.rule else weighed(told, BY_ID[told.rule], front)


def tagged(problem: Problem) -> Problem:
    """Return a problem of loader, writers or audit with the rule it breaks, if it breaks one."""
    if problem.rule:
        return problem
    broken = (rule.id for rule in _saying() if any(re.search(words, problem.message) for words in rule.says))
    return replace(problem, rule=next(broken, ""))


def _found(rule: Rule, value: Any, front: Front, audience: Audience) -> Iterator[Problem]:
    assert rule.check is not None
    if severity(rule, None, front, audience) is None:
        return
    for finding in rule.check(value, limits(rule, front, audience)):
        weight = severity(rule, finding.severity, front, audience)
        if weight is not None:
            hint = f"{finding.hint or rule.mend} ({rule.evidence.value}: {rule.why})"
            yield Problem(finding.what, finding.where, hint, weight, rule.id)


def _shared(alike: Mapping[Problem, Sequence[Edition]], of: int) -> Problem:
    """One problem for all that a rule finds at one place: the gravest, with an edition it is in and how many more there are."""
    worst = min(alike, key=lambda problem: tuple(Severity).index(problem.severity))
    editions = {id(edition): edition for found in (alike[worst], *alike.values()) for edition in found}
    first, *others = editions.values()
    if of == 1:
        return worst
    more = f" and {len(others)} more of {of}" if others else ""
    return replace(worst, message=f"{worst.message} [{first.slot.title} for {first.audience.name}{more}]")


@cache
def _rules(scope: Scope) -> tuple[Rule, ...]:
    return tuple(each for each in RULES if each.scope is scope)


@cache
def _saying() -> tuple[Rule, ...]:
    """The rules that know the words of other stages' messages."""
    return tuple(each for each in RULES if each.says)


__all__ = [
    "BY_ID",
    "RULES",
    "Finished",
    "Rule",
    "Scope",
    "Waiver",
    "chosen",
    "judged",
    "of_course",
    "of_editions",
    "of_files",
    "tagged",
]
