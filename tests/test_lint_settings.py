"""What a course says about lint rules: other weights and numbers, and what it waives; and how others read the outcome."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from coursewright import lint
from coursewright.cli import main
from coursewright.lint.rule import Example
from coursewright.notices import annotation, notices, sarif
from coursewright.problems import Place, Problem, Severity, failed, warning
from sound import course_with, problems

TALK = "type: talk\nminutes: {full: 40, min: 30}\nsteps: [{do: Talk., minutes: 40}]"


def found(folder: Path, at: str, yaml: str, rule: str) -> list[Problem]:
    return [each for each in problems(course_with(folder, Example(at, yaml))) if each.rule == rule]


def bad(rule: str) -> Example:
    example = lint.BY_ID[rule].bad
    assert example is not None
    return example


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_course_weighs_a_rule_as_it_likes(tmp_path: Path) -> None:
    example = bad("OBJ-05")
    front = Example("course.yaml#", "lint: {OBJ-05: {severity: info}}")
    loaded = course_with(tmp_path, example)
    weights = [each.severity for each in problems(loaded) if each.rule == "OBJ-05"]
    assert weights == [Severity.WARNING]
    _also(tmp_path, front)
    assert [each.severity for each in problems(lint_again(tmp_path)) if each.rule == "OBJ-05"] == [Severity.INFO]
    _also(tmp_path, Example("course.yaml#", "lint: {OBJ-05: {severity: 'off'}}"))
    assert not [each for each in problems(lint_again(tmp_path)) if each.rule == "OBJ-05"]


def test_a_course_sets_the_numbers_of_a_rule(tmp_path: Path) -> None:
    course_with(tmp_path, None)
    _also(tmp_path, Example("course.yaml#", "lint: {OBJ-05: {limits: {per_module: 0}}}"))
    assert [each.rule for each in problems(lint_again(tmp_path))] == ["OBJ-05"]


def test_an_audience_may_weigh_it_otherwise(tmp_path: Path) -> None:
    course_with(tmp_path, None)
    _also(tmp_path, Example("audiences/managers.yaml#", "lint: {OBJ-05: {limits: {per_module: 0}, severity: error}}"))
    assert [each.severity for each in problems(lint_again(tmp_path))] == [Severity.ERROR]


def test_a_waiver_beside_the_thing_silences_the_rule_there(tmp_path: Path) -> None:
    example = bad("OBJ-05")
    waiver = "\nwaive: {OBJ-05: the client asked for all of them}"
    assert not found(tmp_path, example.at, example.yaml + waiver, "OBJ-05")


def test_a_waiver_that_waives_nothing_is_reported_at_its_line(tmp_path: Path) -> None:
    loaded = course_with(tmp_path, Example("modules/one.yaml#", "waive: {OBJ-05: once there were many}"))
    (only,) = problems(loaded)
    assert "waives nothing" in only.message
    assert isinstance(only.where, Place)
    assert "OBJ-05" in (tmp_path / "modules/one.yaml").read_text("utf-8").splitlines()[only.where.line - 1]


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("lint: {OBJ-99: {severity: info}}", 'there is no rule "OBJ-99"'),
        ("lint: {OBJ-05: {limits: {per_moduel: 1}}}", 'OBJ-05 has no limit "per_moduel"'),
        ("waive: {TIM-77: why not}", 'there is no rule "TIM-77"'),
        ("lint: {OBJ-05: {severity: loud}}", "severity must be one of error, warning, info, off"),
        ("waive: {timing: why not}", 'there is no rule "timing"'),
    ],
)
def test_what_names_no_rule_or_number_is_an_error_at_its_line(tmp_path: Path, yaml: str, message: str) -> None:
    told = problems(course_with(tmp_path, Example("course.yaml#", yaml)))
    assert any(message in str(each) and isinstance(each.where, Place) and each.where.line for each in told), told


def _also(folder: Path, example: Example) -> None:
    """Change one more thing in a course that is written already."""
    import yaml

    from sound import _put, _written

    path = folder / example.at.partition("#")[0]
    data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    _put(data, example.at.partition("#")[2], yaml.load(example.yaml, yaml.BaseLoader))
    path.write_text(_written(data), "utf-8")


def lint_again(folder: Path) -> Any:
    from coursewright.load import load

    return load(folder)


# ----------------------------------------------------------------------------------------------- the command line


def test_rules_lists_all_or_a_family() -> None:
    every, few = json.loads(run("rules", "--format", "json").output), json.loads(run("rules", "TIM", "--format", "json").output)
    assert len(every) == len(lint.RULES) >= 80
    assert {rule["id"].partition("-")[0] for rule in few} == {"TIM"}
    assert "TIM-02" in run("rules", "TIM").output


def test_explain_tells_the_whole_story() -> None:
    told = run("explain", "tim-02")
    assert told.exit_code == 0
    for words in ("TIM-02", "Why", "Rests on", "To mend", "Not so", "But so", "waive:"):
        assert words in told.output
    assert "did you mean" in run("explain", "TIM-2").output


def test_check_selects_and_ignores_rules(tmp_path: Path) -> None:
    course_with(tmp_path, bad("OBJ-05"))
    every = json.loads(run("check", str(tmp_path), "--format", "json").output)["problems"]
    assert "OBJ-05" in {each["rule"] for each in every}
    assert json.loads(run("check", str(tmp_path), "--ignore", "OBJ-05", "--format", "json").output)["problems"] == [
        each for each in every if each["rule"] != "OBJ-05"
    ]
    assert "no problems" in run("check", str(tmp_path), "--select", "QUZ").output
    assert run("check", str(tmp_path), "--select", "QUX").exit_code == 2


def test_a_note_never_fails_and_a_warning_only_when_strict() -> None:
    note, doubt = Problem("a", severity=Severity.INFO), warning("b")
    assert not failed([note], strict=True)
    assert failed([doubt], strict=True)
    assert not failed([doubt])


def test_github_shows_a_problem_beside_its_line() -> None:
    found = Problem("50 % off, really", Place("modules/one.yaml", 7, 3), "say: less", Severity.INFO, "TXT-05")
    assert annotation(found) == "::notice file=modules/one.yaml,line=7,col=3,title=TXT-05::50 %25 off, really%0Asay: less"


def test_sarif_names_the_rule_the_file_and_the_line() -> None:
    found = Problem("too much talk", Place("modules/one.yaml", 7, 3), "ask", Severity.WARNING, "TIM-02")
    log = sarif([found, Problem("deck", "deck.pptx, slide 7")])
    (run_,) = log["runs"]
    assert [rule["id"] for rule in run_["tool"]["driver"]["rules"]] == ["TIM-02"]
    first, second = run_["results"]
    assert (first["ruleId"], first["level"]) == ("TIM-02", "warning")
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 3}
    assert second["locations"][0]["logicalLocations"] == [{"name": "deck.pptx, slide 7"}]
    assert json.loads(notices([found], "sarif"))["version"] == "2.1.0"


def test_the_sample_and_the_starter_end_with_no_error_and_no_warning() -> None:
    root = Path(__file__).parents[1]
    for folder in ("course", "starter"):
        told = run("check", str(root / folder), "--strict")
        assert told.exit_code == 0, told.output
