"""Lint rules about activities, facilitation and transfer, where one bad and one good example are not enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursewright import lint
from coursewright.lint.rule import Example, Finding
from coursewright.model import Course
from sound import course_with, editions

ACTIVITY = "modules/one.yaml#/segments/2"
DEBRIEF = "modules/one.yaml#/segments/3"
PLAN = "modules/one.yaml#/segments/5"
CLOSE = "modules/one.yaml#/segments/6"


def read(folder: Path, at: str, yaml: str) -> Course:
    course = course_with(folder, Example(at, yaml)).course
    assert course is not None
    return course


def found(name: str, course: Course) -> list[Finding]:
    rule = lint.BY_ID[name]
    assert rule.check is not None
    return list(rule.check(course, rule.limits))


def task(words: str) -> str:
    return f'steps: [{{do: Let people work., task: "{words}", minutes: 15}}]'


# ------------------------------------------------------------------------------------------------ activities


def test_an_activity_without_a_slide_says_with_whom_and_what_comes_of_it(tmp_path: Path) -> None:
    bare = """
        slides: ~
        groups: ~
        workbook: ~
        steps: [{do: Let people plan., task: Plan your week, minutes: 40}]
    """
    assert [each.what for each in found("ACT-01", read(tmp_path, ACTIVITY, bare))] == [
        "“Plan your week” leaves open who works with whom, and what comes of it"
    ]


def test_a_break_parts_two_segments_of_the_same_form(tmp_path: Path) -> None:
    rule = lint.BY_ID["ACT-03"]
    assert rule.bad is not None
    assert rule.check is not None
    edition = next(editions(read(tmp_path, rule.bad.at, rule.bad.yaml)))
    assert len(list(rule.check(edition, rule.limits))) == 1
    at = next(index for index, item in enumerate(edition.agenda) if item.id == "M01-S4")
    pause = edition.agenda[at].model_copy(update={"id": "break-1", "module": "", "kind": "break"})
    agenda = (*edition.agenda[:at], pause, *edition.agenda[at:])
    assert not list(rule.check(edition.model_copy(update={"agenda": agenda}), rule.limits))


def test_a_thing_the_steps_need_is_listed_somewhere_in_the_module(tmp_path: Path) -> None:
    words = task("Write one rule on a sticky note")
    assert [each.what for each in found("ACT-04", read(tmp_path / "none", DEBRIEF, words))] == [
        "people need “sticky note” here, and the materials of M01 list none"
    ]
    listed = f"{words}\nmaterials: [{{item: sticky notes, per: table, count: 8}}]"
    assert not found("ACT-04", read(tmp_path / "listed", DEBRIEF, listed))


@pytest.mark.parametrize("item", ["{item: some paper}", "{item: Pens for everybody}", "{item: Sheets with lines}"])
def test_a_quantity_that_nobody_can_pack_is_found(item: str, tmp_path: Path) -> None:
    assert len(found("ACT-04", read(tmp_path, DEBRIEF, f"materials: [{item}]"))) == 1


@pytest.mark.parametrize(
    "item", ["{item: a clear wall}", "{item: Flip chart with pens}", "{item: Pens, per: person}", "{item: Glass}"]
)
def test_a_quantity_that_can_be_packed_is_not(item: str, tmp_path: Path) -> None:
    assert not found("ACT-04", read(tmp_path, DEBRIEF, f"materials: [{item}]"))


@pytest.mark.parametrize(
    "words", ["Write down your rule", "Talk, then list three rules", "Draw your week", "In pairs: note down one rule"]
)
def test_who_is_asked_to_write_needs_a_page(words: str, tmp_path: Path) -> None:
    assert len(found("ACT-05", read(tmp_path, DEBRIEF, f"workbook: ~\n{task(words)}"))) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Draw a card and read it",
        "Type one word into the chat",
        "Write it on the flip chart",
        "Tick what was true for you",  # on the page of the activity before
        "Talk about what you would list",
    ],
)
def test_who_writes_elsewhere_or_not_at_all_needs_none(words: str, tmp_path: Path) -> None:
    assert not found("ACT-05", read(tmp_path, DEBRIEF, f"workbook: ~\n{task(words)}"))


def test_paper_among_the_materials_is_a_page(tmp_path: Path) -> None:
    words = f"workbook: ~\n{task('Write down your rule')}\nmaterials: [{{item: a sheet of paper, per: person}}]"
    assert not found("ACT-05", read(tmp_path, DEBRIEF, words))


# ---------------------------------------------------------------------------------------------- facilitation


def test_the_guide_need_not_expect_answers_where_nothing_is_asked(tmp_path: Path) -> None:
    silent = "steps: [{do: Let people plan., task: Plan your week, minutes: 40}]\nlikely_answers: ~"
    assert not found("FAC-01", read(tmp_path / "silent", ACTIVITY, silent))
    asking = "steps: [{do: Let people plan., task: Plan your week, minutes: 40, ask: ['What is free?']}]\nlikely_answers: ~"
    assert [each.what for each in found("FAC-01", read(tmp_path / "asking", ACTIVITY, asking))] == [
        "the guide to “Plan your week” has no likely_answers"
    ]


def test_what_cannot_be_shortened_needs_no_saving(tmp_path: Path) -> None:
    assert not found("FAC-01", read(tmp_path, ACTIVITY, "{minutes: {full: 40, min: 40}, if_short: ~}"))


def test_a_debrief_without_questions_is_found(tmp_path: Path) -> None:
    assert [each.what for each in found("FAC-03", read(tmp_path, DEBRIEF, "questions: ~"))] == [
        "the debrief “What the weeks show” asks nothing at the level what, so_what, now_what"
    ]


def test_a_case_that_may_touch_people_needs_a_note_where_it_is_shown(tmp_path: Path) -> None:
    course = read(tmp_path, "cases/full-calendar.yaml#", "text: On Tuesday Noor is laid off and has to tell the printers.")
    assert [(each.what, each.where) for each in found("FAC-04", course)] == [
        ("“laid off” may touch somebody, and “Direction before list” has no note (sensitive)", course.cases[0].at("text"))
    ]


@pytest.mark.parametrize(
    "words", ["Find a file you deleted by accident", "Name two goals in conflict", "Fire up your imagination"]
)
def test_words_that_touch_nobody_need_no_note(words: str, tmp_path: Path) -> None:
    assert not found("FAC-04", read(tmp_path, DEBRIEF, task(words)))


@pytest.mark.parametrize("words", ["Stand at the wall that fits", "Walk to your corner", "Visit one table and compare"])
def test_who_moves_is_told_how_to_do_so_sitting_down(words: str, tmp_path: Path) -> None:
    course = read(tmp_path, DEBRIEF, task(words))
    assert not found("FAC-05", course)  # the module's room says that every task can be done sitting down
    module = course.modules[0].model_copy(update={"room": "Tables for four.", "segments": course.modules[0].segments[3:4]})
    assert len(found("FAC-05", course.model_copy(update={"modules": (module,)}))) == 1


@pytest.mark.parametrize(
    "words", ["Discuss which hours you would move", "Decide where you stand", "Go through the list to its end"]
)
def test_moving_in_thought_is_no_moving(words: str, tmp_path: Path) -> None:
    course = read(tmp_path, DEBRIEF, task(words))
    module = course.modules[0].model_copy(update={"room": "Tables for four."})
    assert not found("FAC-05", course.model_copy(update={"modules": (module,)}))


# -------------------------------------------------------------------------------------- evaluation and transfer


@pytest.mark.parametrize(("row", "count"), [("A plan needs a free hour", 0), ("This session was useful", 1)])
def test_agreement_about_the_subject_is_an_exercise(row: str, count: int, tmp_path: Path) -> None:
    scale = f"workbook: [{{kind: scale, title: My place, low: disagree, high: agree, rows: [{row}]}}]"
    assert len(found("EVA-01", read(tmp_path, DEBRIEF, scale))) == count


def test_a_table_with_heads_of_agreement_is_found(tmp_path: Path) -> None:
    table = """
        workbook: [{kind: table, title: Before you go, columns: [Sentence, Strongly disagree, Disagree, Agree, Strongly agree],
          rows: [[I liked it, "", "", "", ""]]}]
    """
    assert [each.what for each in found("EVA-01", read(tmp_path, CLOSE, table))] == [
        "“Before you go” asks for agreement: “Strongly agree”"
    ]


@pytest.mark.parametrize(("prompt", "count"), [("I will …", 1), ("I will, if I can", 1), ("If …, I will …", 0)])
def test_a_wish_is_no_if_then_line(prompt: str, count: int, tmp_path: Path) -> None:
    plan = f"workbook: [{{kind: lines, title: My plan, prompts: ['{prompt}'], count: 2}}]"
    assert len(found("EVA-04", read(tmp_path, PLAN, plan))) == count


def test_a_plan_names_what_it_lacks(tmp_path: Path) -> None:
    plan = """
        steps: [{do: Let people write., task: Write what you will do, minutes: 15}]
        slides: ~
        workbook: [{kind: lines, title: My plan, prompts: ["I will …"], count: 2}]
    """
    assert [each.what for each in found("EVA-04", read(tmp_path, PLAN, plan))] == [
        "the plan “My first step” asks for no if-then line, no date, no partner"
    ]


def test_dates_in_one_week_are_no_follow_up(tmp_path: Path) -> None:
    days = "dates: ['Day 1: a mail', 'Day 2: a mail', 'Day 5: a call']"
    assert [each.what for each in found("EVA-05", read(tmp_path, f"{CLOSE}/slides/0", days))] == [
        "“Start your week on purpose” follows up for 4 days only"
    ]


def test_dates_of_a_calendar_are_counted_only(tmp_path: Path) -> None:
    days = "dates: ['12 March: a mail', 'Friday: a talk', 'Easter: a call']"
    assert not found("EVA-05", read(tmp_path, f"{CLOSE}/slides/0", days))


def test_a_close_without_dates_is_found(tmp_path: Path) -> None:
    assert [each.what for each in found("EVA-05", read(tmp_path, f"{CLOSE}/slides/0", "dates: ~"))] == [
        "“Start your week on purpose” names no date, 3 are asked for"
    ]
