"""Every lint rule by its own examples: the bad one is found once and at the right place, the good one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright import lint
from coursewright.lint.rule import Rule, Scope
from coursewright.problems import Place, Problem
from sound import course_with, problems

SOURCE = [each for each in lint.RULES if each.scope in (Scope.COURSE, Scope.EDITION)]


def of(rule: Rule, found: tuple[Problem, ...]) -> list[Problem]:
    return [each for each in found if each.rule == rule.id]


def test_nothing_is_wrong_with_the_sound_course(tmp_path: Path) -> None:
    assert problems(course_with(tmp_path, None)) == ()


@pytest.mark.parametrize("rule", SOURCE, ids=lambda rule: rule.id)
def test_the_bad_example_is_found_once_and_where_it_stands(rule: Rule, tmp_path: Path) -> None:
    assert rule.bad is not None
    found = of(rule, problems(course_with(tmp_path, rule.bad)))
    assert len(found) == 1, found
    place = found[0].where
    assert isinstance(place, Place), place
    assert place.line > 0
    assert place.file.endswith(rule.bad.at.partition("#")[0]), (place, rule.bad.at)


@pytest.mark.parametrize("rule", SOURCE, ids=lambda rule: rule.id)
def test_the_good_example_breaks_nothing(rule: Rule, tmp_path: Path) -> None:
    assert rule.good is not None
    assert not of(rule, problems(course_with(tmp_path, rule.good)))


@pytest.mark.parametrize("rule", lint.RULES, ids=lambda rule: rule.id)
def test_a_rule_tells_its_whole_story(rule: Rule) -> None:
    for words in (rule.title, rule.source, rule.why, rule.mend):
        assert len(words) > 10 or words == rule.source
    assert (rule.scope is Scope.ALWAYS) == (rule.check is None)


def test_no_two_rules_share_a_name() -> None:
    assert len({each.id for each in lint.RULES}) == len(lint.RULES)
