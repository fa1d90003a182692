"""Lint rules about time, beyond their examples: what counts as talk, and what the fit and the audit say by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright import lint
from coursewright.audit import Audited
from coursewright.audit.agreement import agreement
from coursewright.editions import every
from coursewright.finished import Sheet
from coursewright.lint.rule import Example, Rule
from coursewright.load import load
from coursewright.model import Course
from sound import course_with, editions, problems

BY_THE_FIT = [lint.BY_ID[name] for name in ("TIM-01", "TIM-14")]


def course(folder: Path, example: Example | None) -> Course:
    found = course_with(folder, example).course
    assert found is not None
    return found


def rules_of_the_fit(folder: Path, example: Example | None) -> list[str]:
    found = course(folder, example)
    return [named.rule for each in every(found)[1] if (named := lint.named(each, found.front))]


def found(folder: Path, name: str, at: str, yaml: str) -> list[str]:
    return [each.message for each in problems(course_with(folder, Example(at, yaml))) if each.rule == name]


@pytest.mark.parametrize("rule", BY_THE_FIT, ids=lambda rule: rule.id)
def test_what_the_fit_says_of_the_bad_example_has_the_name_of_the_rule(rule: Rule, tmp_path: Path) -> None:
    assert rules_of_the_fit(tmp_path, rule.bad) == [rule.id]


@pytest.mark.parametrize("rule", BY_THE_FIT, ids=lambda rule: rule.id)
def test_the_fit_says_nothing_of_the_good_example(rule: Rule, tmp_path: Path) -> None:
    assert rules_of_the_fit(tmp_path, rule.good) == []


def test_the_fit_has_nothing_to_say_of_the_sound_course(tmp_path: Path) -> None:
    assert rules_of_the_fit(tmp_path, None) == []


@pytest.mark.parametrize("minutes", [40, 20])
def test_a_slot_that_is_too_short_does_not_add_up(minutes: int, tmp_path: Path) -> None:
    slots = f"slots: [{{id: short, title: Short, minutes: {minutes}}}]"
    assert rules_of_the_fit(tmp_path, Example("course.yaml#", slots)) == ["TIM-01"]


def test_a_file_that_lists_only_some_objectives_breaks_a_rule_of_alignment(tmp_path: Path) -> None:
    found = course(tmp_path, lint.BY_ID["OBJ-05"].good)
    edition = next(editions(found))
    text = "\n".join(objective.text for objective in edition.objectives[:2])
    _, problem = next(agreement(edition, [Audited("guide.pdf", "facilitator", (Sheet(1, text),))]))
    named = lint.named(problem, found.front)
    assert named is not None
    assert named.rule == "ALN-05"


TALK = "{{minutes: {{full: 18, min: 18}}, steps: [{{do: Tell it., minutes: 18{more}}}]}}"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", ["18 minutes of talk"]),
        (", task: Draw what you hear", []),
        (', ask: ["What is missing?"]', []),
    ],
)
def test_a_task_or_a_question_breaks_a_talk_up(more: str, said: list[str], tmp_path: Path) -> None:
    messages = found(tmp_path, "TIM-02", "modules/one.yaml#/segments/1", TALK.format(more=more))
    assert [message[:18] for message in messages] == said


def test_a_talk_goes_on_over_the_end_of_its_segment(tmp_path: Path) -> None:
    steps = "steps: [{do: Say hello., task: Sit down, minutes: 4}, {do: Tell the plan., minutes: 6}]"
    course_with(tmp_path, Example("modules/one.yaml#/segments/0", steps))
    module = tmp_path / "modules" / "one.yaml"
    words = module.read_text("utf-8")
    assert "    task: Name what was missing\n" in words
    module.write_text(words.replace("    task: Name what was missing\n", ""), "utf-8")
    assert [each.message[:18] for each in problems(load(tmp_path)) if each.rule == "TIM-02"] == ["13 minutes of talk"]


def test_a_talk_of_more_than_a_quarter_of_an_hour_is_an_error(tmp_path: Path) -> None:
    example = Example("modules/one.yaml#/segments/1", TALK.format(more=""))
    weights = [each.severity for each in problems(course_with(tmp_path, example)) if each.rule == "TIM-02"]
    assert weights == ["error"]


def test_a_session_without_an_ending_protects_nothing(tmp_path: Path) -> None:
    slots = "slots: [{id: short, title: Short, minutes: 60, segments: {M01-S3: 40, M01-S4: 15}}]"
    assert found(tmp_path, "TIM-10", "course.yaml#", slots) == [
        "nothing is marked as the ending, so the last thing may go: “What the weeks show”"
    ]


def test_a_swap_of_an_audience_below_the_minimum_is_found_where_it_stands(tmp_path: Path) -> None:
    slots = "slots: [{id: short, title: Short, minutes: 35, segments: {M01-S4: 15, M01-S6: 15}}]"
    course_with(tmp_path, Example("course.yaml#", slots))
    audience = tmp_path / "audiences" / "managers.yaml"
    audience.write_text(audience.read_text("utf-8") + "agendas: {short: {drop: [M01-S4], add: {M01-S3: 15}}}\n", "utf-8")
    places = [str(each.where) for each in problems(load(tmp_path)) if each.rule == "TIM-08"]
    assert len(places) == 1
    assert "audiences/managers.yaml" in places[0]
