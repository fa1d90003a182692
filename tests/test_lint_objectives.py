"""What lint reads from the words of an objective: its condition, its verbs, and what nobody can see done."""

from __future__ import annotations

import pytest

from coursewright.lint.verbs import DENIED, DENIED_LATER, LEVELS, SUGGESTED, levels, opened, verbs
from coursewright.model import Bloom


@pytest.mark.parametrize(
    "words",
    [
        "Understand why a week needs a direction",
        "You will be able to know the rules",
        "Be aware of your bias",
        "Become more familiar with the tool",
        "Gain a better understanding of leading",
        "A deeper understanding of conflict",
        "Knowing the rules",
        "By the end of the day, participants will learn to delegate",
    ],
)
def test_what_nobody_can_see_done_is_found_at_the_start(words: str) -> None:
    assert DENIED.match(opened(words)[1])


@pytest.mark.parametrize(
    "words",
    [
        "Explain why people learn",
        "Know-how transfer in three steps",
        "Describe what colleagues need and know",
        "Use the tool to get to know a colleague",
        "Apply what you learned in one meeting",
    ],
)
def test_what_is_only_spoken_of_is_no_verb_of_the_objective(words: str) -> None:
    assert not DENIED.match(opened(words)[1])
    assert not DENIED_LATER.search(opened(words)[1])


def test_what_nobody_can_see_done_is_found_behind_another_verb() -> None:
    assert DENIED_LATER.search("Name three risks and understand their causes")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Plan and run a meeting", ["Plan", "run"]),
        ("Plan, run and review a meeting within an hour", ["Plan", "run", "review"]),
        ("You can correctly classify 12 tasks", ["classify"]),
        ("Given an empty week, plan its hours", ["plan"]),
        ("In your own words, say what leading is", ["say"]),
        ("Draw up a budget and plan for the year", ["Draw"]),
        ("Describe the aim and design of a course", ["Describe"]),
        ("Compare leading and managing on six dimensions", ["Compare"]),
        ("Classify 12 tasks, and justify two choices", ["Classify", "justify"]),
        ("Reply to a complaint in three sentences", ["Reply"]),
    ],
)
def test_verbs_are_told_from_nouns(words: str, expected: list[str]) -> None:
    assert [verb for verb, _ in verbs(words)] == expected


def test_a_verb_may_belong_to_several_levels() -> None:
    assert levels("Plan") == (Bloom.APPLY, Bloom.CREATE)


def test_british_and_american_spelling_are_the_same() -> None:
    assert levels("Prioritise") == levels("prioritize") != ()
    assert levels("Analyse") == levels("analyze") != ()
    assert levels("Revise") != ()


def test_every_verb_a_hint_suggests_is_of_its_level() -> None:
    for level, words in SUGGESTED.items():
        assert all(each.split()[0] in LEVELS[level] for each in words.split(", "))
