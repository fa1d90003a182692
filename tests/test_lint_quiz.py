"""Lint rules about quizzes, where one bad and one good example are not enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright import lint
from coursewright.leaks import leaks
from coursewright.lint.rule import Example, Finding, Rule
from coursewright.load import Loaded
from coursewright.model import Course
from coursewright.problems import Place, Problem, Severity
from sound import course_with, editions

SECOND = (
    "modules/one.yaml#/segments/4/quiz/1"  # its stem: “Lena plans thirty-six of her forty hours. Why is that a sound plan …?”
)


def read(folder: Path, at: str, yaml: str) -> Course:
    course = course_with(folder, Example(at, yaml)).course
    assert course is not None
    return course


def found(name: str, course: Course) -> list[Finding]:
    rule = lint.BY_ID[name]
    assert rule.check is not None
    return list(rule.check(course, rule.limits))


def named(loaded: Loaded, sound: Course) -> list[Problem]:
    return [each for problem in loaded.problems if (each := lint.named(problem, sound.front))]


@pytest.mark.parametrize("name", ["QUZ-03", "QUZ-10", "ACT-02"])
def test_what_the_loader_holds_is_named_after_its_rule(name: str, tmp_path: Path) -> None:
    rule: Rule = lint.BY_ID[name]
    sound = course_with(tmp_path / "sound", None).course
    refused, taken = course_with(tmp_path / "bad", rule.bad), course_with(tmp_path / "good", rule.good)
    assert sound is not None
    assert refused.course is None
    assert [problem.rule for problem in named(refused, sound)] == [name]
    place = refused.problems[0].where
    assert isinstance(place, Place)
    assert place.file.endswith("modules/one.yaml")
    assert place.line > 0
    assert taken.course is not None


@pytest.mark.parametrize("yaml", ["{themes: ~}", "{themes: []}", "{objective: M01-O9}"])
def test_an_item_without_objective_or_theme_is_refused(yaml: str, tmp_path: Path) -> None:
    sound = course_with(tmp_path / "sound", None).course
    assert sound is not None
    assert "QUZ-10" in [problem.rule for problem in named(course_with(tmp_path / "bad", Example(SECOND, yaml)), sound)]


def test_an_item_without_a_level_is_refused(tmp_path: Path) -> None:
    loaded = course_with(tmp_path, Example(SECOND, "{bloom: ~}"))
    assert loaded.course is None
    assert [problem.message for problem in loaded.problems] == ['missing key "bloom"']


@pytest.mark.parametrize("yaml", ["{reason: ~}", "{reason: ''}"])
def test_an_option_without_a_reason_is_refused(yaml: str, tmp_path: Path) -> None:
    sound = course_with(tmp_path / "sound", None).course
    assert sound is not None
    loaded = course_with(tmp_path / "bad", Example(f"{SECOND}/options/0", yaml))
    assert "QUZ-03" in [problem.rule for problem in named(loaded, sound)]


def test_a_reason_in_a_handout_is_named_after_its_rule(tmp_path: Path) -> None:
    course = course_with(tmp_path, None).course
    assert course is not None
    edition = next(editions(course))
    page = b"<html><body><p>A tenth of the hours can take what was not foreseen.</p></body></html>"
    leaked = leaks("handout.html", page, edition)
    assert len(leaked) == 1
    assert [each.rule for problem in leaked if (each := lint.named(problem, course.front))] == ["QUZ-11"]
    assert not leaks("handout.html", b"<html><body><p>My plan for the week</p></body></html>", edition)


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("All of the above", None),
        ("all of these are correct", None),
        ("Both A and C", None),
        ("A and B only", None),
        ("All three", None),
        ("None of the above", Severity.WARNING),
        ("None of them", Severity.WARNING),
    ],
)
def test_options_about_options_are_found(words: str, severity: Severity | None, tmp_path: Path) -> None:
    assert [each.severity for each in found("QUZ-01", read(tmp_path, f"{SECOND}/options/0", f"{{text: '{words}'}}"))] == [
        severity
    ]


@pytest.mark.parametrize(
    "words", ["Both of them asked why", "None of these people knows", "All three teams at once", "A and B met"]
)
def test_options_that_only_sound_like_it_are_not(words: str, tmp_path: Path) -> None:
    assert not found("QUZ-01", read(tmp_path, f"{SECOND}/options/0", f"{{text: '{words}'}}"))


def test_a_long_wrong_answer_betrays_nothing(tmp_path: Path) -> None:
    long = "{text: 'It looks modest to her colleagues, who plan each hour of the week and are proud of it'}"
    assert not found("QUZ-02", read(tmp_path, f"{SECOND}/options/0", long))


def quiz_of(*options: str) -> str:
    """Four questions with these options each; the right one begins with a star."""
    lines = ["quiz:"]
    for number in range(4):
        lines.append(f"  - {{id: P{number}, objective: M01-O1, bloom: apply, themes: [T01], stem: 'What is it?', options: [")
        for option in options:
            right = "right: true, " if option.startswith("*") else ""
            lines.append(f"     {{text: '{option.lstrip('*')}', {right}reason: Some reason.}},")
        lines[-1] = lines[-1].rstrip(",") + "]}"
    return "\n".join(lines)


def test_a_right_answer_that_is_mostly_the_longest_is_found(tmp_path: Path) -> None:
    course = read(tmp_path, "modules/one.yaml#/segments/4", quiz_of("short one", "*not quite as short", "a bit short"))
    assert [each.what for each in found("QUZ-02", course)] == [
        "in 4 of 4 questions of “Check what stayed” the right answer is the longest"
    ]


def test_positions_of_a_few_questions_say_nothing(tmp_path: Path) -> None:
    course = read(tmp_path, "modules/one.yaml#/segments/4", quiz_of("one", "*two", "six").rpartition("  - {id: P3")[0])
    assert not found("QUZ-05", course)
    assert lint.BY_ID["QUZ-05"].check is not None
    assert list(lint.BY_ID["QUZ-05"].check(course, {"share": 50, "items": 3}))


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is not a reason?",
        "Lena plans. Which task doesn’t belong to her?",
        "What is least likely to help?",
        "All of these help, except:",
        "Which sentence is incorrect?",
    ],
)
def test_negative_questions_are_found(stem: str, tmp_path: Path) -> None:
    assert len(found("QUZ-06", read(tmp_path, SECOND, f'{{stem: "{stem}"}}'))) == 1


@pytest.mark.parametrize(
    "stem",
    [
        "Lena cannot find the plan. What is missing?",
        "Which of these is NOT a reason?",
        "Which of these is *not* a reason?",
        "Which offer helps people who do not report to you?",
        "What needs at least two people?",
        "Why is it not enough to keep a list?",
        "What do you need, and not only want?",
    ],
)
def test_a_no_in_the_story_or_in_bold_is_not(stem: str, tmp_path: Path) -> None:
    assert not found("QUZ-06", read(tmp_path, SECOND, f'{{stem: "{stem}"}}'))


@pytest.mark.parametrize("words", ["It helps them all at once", "It says what is due at all", "It is not only modest"])
def test_idioms_are_no_absolutes(words: str, tmp_path: Path) -> None:
    assert not found("QUZ-07", read(tmp_path, f"{SECOND}/options/0", f"{{text: '{words}'}}"))


def test_an_absolute_that_the_question_is_about_gives_nothing_away(tmp_path: Path) -> None:
    course = read(tmp_path, f"{SECOND}/options/0", "{text: It always looks modest}")
    segment = course.modules[0].segments[4]
    item = segment.quiz[1].model_copy(update={"stem": "Is a full week always a good one?"})
    module = course.modules[0].model_copy(update={"segments": (segment.model_copy(update={"quiz": (item,)}),)})
    assert not found("QUZ-07", course.model_copy(update={"modules": (module,)}))


@pytest.mark.parametrize(
    "stem", ["A sound plan for the week is", "Which of the following statements about plans is true?", "Why so?"]
)
def test_a_question_that_asks_nothing_is_found(stem: str, tmp_path: Path) -> None:
    assert len(found("QUZ-08", read(tmp_path, SECOND, f'{{stem: "{stem}"}}'))) == 1


@pytest.mark.parametrize(
    "stem", ["Lena asks “why?” Which answer helps her most?", "Name the sentence in which Lena says what she saw."]
)
def test_a_question_or_an_order_asks(stem: str, tmp_path: Path) -> None:
    assert not found("QUZ-08", read(tmp_path, SECOND, f'{{stem: "{stem}"}}'))


def test_an_echo_is_heard_in_another_form_of_the_word(tmp_path: Path) -> None:
    course = read(tmp_path, f"{SECOND}/options/1", "{text: Planning ahead leaves room for a surprise}")
    assert [each.what for each in found("QUZ-09", course)] == [
        "of all options, only the right one repeats “planning” from the question"
    ]


def test_an_echo_in_a_wrong_answer_as_well_is_none(tmp_path: Path) -> None:
    options = """
        options:
          - {text: It plans for how it looks, reason: How it looks changes nothing.}
          - {text: It plans for a surprise, right: true, reason: A tenth of the hours can take it.}
    """
    assert not found("QUZ-09", read(tmp_path, SECOND, options))


def test_rules_about_words_let_other_languages_pass(tmp_path: Path) -> None:
    rules = [lint.BY_ID[name] for name in ("QUZ-01", "QUZ-06", "QUZ-07", "QUZ-08", "QUZ-09")]
    for rule in rules:
        assert rule.bad is not None
        course = course_with(tmp_path / rule.id, rule.bad).course
        assert course is not None
        german = course.model_copy(update={"front": course.front.model_copy(update={"language": "de-DE"})})
        assert found(rule.id, course)
        assert not found(rule.id, german)
