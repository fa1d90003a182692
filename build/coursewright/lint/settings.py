"""What a course says about rules: other severities and limits, and what it waives with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coursewright.lint.rule import Limits, Rule
from coursewright.model import Audience, Front, Node, Setting
from coursewright.problems import Problem, Severity, did_you_mean, warning
from coursewright.source import key_of


@dataclass(frozen=True)
class Waiver:
    """A rule that need not hold below ``below`` (a pointer), and why.

    ``at`` points to where that is written; ``of`` is what the thing below is called.
    """

    rule: str
    reason: str
    below: str
    at: str
    of: str = ""

    def covers(self, problem: Problem) -> bool:
        """Return whether the problem is waived."""
        where = str(problem.where)
        return problem.rule == self.rule and (where == self.below or where.startswith((f"{self.below}/", f"{self.below}~")))


def limits(rule: Rule, front: Front, audience: Audience | None) -> Limits:
    """Return the numbers of a rule as the course, and its audience after it, set them."""
    found = dict(rule.limits)
    for setting in _settings(rule.id, front, audience):
        found |= setting.limits
    return found


def severity(rule: Rule, own: Severity | None, front: Front, audience: Audience | None) -> Severity | None:
    """Return how much a finding of the rule matters here; None if the rule is off. ``own`` is what the finding says."""
    for setting in reversed(_settings(rule.id, front, audience)):
        if setting.severity:
            return None if setting.severity == "off" else Severity(setting.severity)
    return own or rule.severity


def _settings(name: str, front: Front, audience: Audience | None) -> list[Setting]:
    return [held.lint[name] for held in (front, audience) if held is not None and name in held.lint]


def waivers(value: object) -> Iterator[Waiver]:
    """Yield every waiver of a node and below."""
    if isinstance(value, Node):
        for name, reason in getattr(value, "waive", {}).items():
            below = "" if isinstance(value, Front) else value.origin
            yield Waiver(name, reason, below, value.at("waive", name), _called(value))
        for child in vars(value).values():
            yield from waivers(child)
    elif isinstance(value, tuple):
        for item in value:
            yield from waivers(item)


def _called(node: Node) -> str:
    return next((str(name) for key in ("title", "name", "term", "id", "text", "item") if (name := getattr(node, key, ""))), "")


def waived(problems: Iterable[Problem], known: Sequence[Waiver]) -> tuple[tuple[Problem, ...], frozenset[Waiver]]:
    """Return the problems that nobody waives, and the waivers that were needed. A front's waiver covers the whole course."""
    kept: list[Problem] = []
    used: set[Waiver] = set()
    for problem in problems:
        covering = [each for each in known if each.rule == problem.rule and (not each.below or each.covers(problem))]
        used.update(covering)
        if not covering:
            kept.append(problem)
    return tuple(kept), frozenset(used)


def idle(known: Iterable[Waiver], used: frozenset[Waiver], tried: frozenset[str]) -> Iterator[Problem]:
    """Yield a warning for each waiver that waives nothing, of the rules that were tried."""
    for each in known:
        if each not in used and each.rule in tried:
            yield warning(f"this waives nothing: {each.rule} finds no fault here", key_of(each.at), "leave it out")


def misnamed(
    front: Front, audiences: Iterable[Audience], known: Sequence[Waiver], rules: Mapping[str, Rule]
) -> Iterator[Problem]:
    """Yield a problem for each rule or limit that is set or waived, and that there is not."""
    holders: list[Front | Audience] = [front, *audiences]
    for held in holders:
        for name, setting in held.lint.items():
            yield from _unknown(name, rules, held.at("lint", name))
            for limit in setting.limits if name in rules else ():
                if limit not in rules[name].limits:
                    hint = did_you_mean(limit, rules[name].limits) or f"{name} has no numbers to set"
                    yield Problem(f'{name} has no limit "{limit}"', key_of(held.at("lint", name, "limits", limit)), hint)
    for each in known:
        yield from _unknown(each.rule, rules, each.at)


def _unknown(name: str, rules: Mapping[str, Rule], at: str) -> Iterator[Problem]:
    if name not in rules:
        hint = did_you_mean(name, rules) if re.match(r"[A-Z0-9]{3}-", name) else "coursewright rules lists them"
        yield Problem(f'there is no rule "{name}"', key_of(at), hint)


def chosen(problems: Iterable[Problem], select: Sequence[str], ignore: Sequence[str]) -> tuple[Problem, ...]:
    """Return the problems of the rules or families selected (all, if none are) without those ignored.

    Problems that are no rule's are kept: a course that cannot be read has no rules to choose from.
    """

    def named(problem: Problem, names: Sequence[str]) -> bool:
        return any(problem.rule == name or problem.rule.startswith(f"{name}-") for name in names)

    return tuple(each for each in problems if not each.rule or ((not select or named(each, select)) and not named(each, ignore)))


def weighed(found: Problem, rule: Rule, front: Front) -> Problem | None:
    """Return a problem of loader or writers as the course weighs its rule; None if that rule is off."""
    weight = severity(rule, found.severity, front, None)
    return None if weight is None else replace(found, rule=rule.id, severity=weight)
