"""The fit to a slot: a trainer must be able to predict it, and it must add up."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from coursewright.editions import plan
from coursewright.model import Course, Edition, Kind, Priority, Session
from coursewright.problems import Broken
from coursewright.schedule import scaled
from coursewright.times import minute
from sample import by_priority, two_hats

AUDIENCES = ("newly-promoted-managers", "senior-executives")
LENGTHS = range(75, 260, 1)


def editions() -> list[Edition]:
    """Return every audience at every length that works."""
    found = []
    for audience in AUDIENCES:
        for minutes in LENGTHS:
            try:
                found.append(plan(two_hats(), audience, minutes=minutes)[0])
            except Broken:
                continue
    return found


@pytest.fixture(scope="module", name="editions")
def all_editions() -> list[Edition]:
    return editions()


def long_course(segments: int, **front: Any) -> Course:
    """Return a course of several modules, long enough for breaks and lunch."""
    course = small.course(**front)
    module = course.modules[0]
    modules = []
    for number in range(1, segments // 3 + 1):
        parts = [
            small.segment(f"A{number}", "Work", minutes=30),
            small.segment(f"D{number}", "Debrief", "debrief", 20),
            small.segment(f"T{number}", "Talk", "talk", 20, priority="should"),
        ]
        modules.append(
            {"id": f"N{number}", "title": f"Module {number}", "idea": "Idea.", "summary": "Summary.", "segments": parts}
        )
    built = [type(module).model_validate(each) for each in modules]
    return course.model_copy(update={"modules": tuple(built)})


def test_minutes_add_up_to_the_slot_exactly(editions: list[Edition]) -> None:
    assert len(editions) > 200
    for edition in editions:
        assert sum(item.minutes for item in edition.agenda) == edition.slot.minutes


def test_clock_times_follow_one_another_without_gaps(editions: list[Edition]) -> None:
    for edition in editions:
        assert edition.agenda[0].start == edition.start
        assert edition.agenda[-1].end == edition.end
        assert all(before.end == after.start for before, after in pairwise(edition.agenda))


def test_steps_add_up_to_their_segment(editions: list[Edition]) -> None:
    for segment in (s for edition in editions for module in edition.modules for s in module.segments):
        assert sum(step.minutes for step in segment.steps) == segment.given
        assert min(step.minutes for step in segment.steps) >= 1


def test_no_segment_is_below_its_minimum_or_above_its_full_length(editions: list[Edition]) -> None:
    for segment in (s for edition in editions for module in edition.modules for s in module.segments):
        assert segment.minutes.min <= segment.given <= segment.minutes.full


def test_running_late_never_saves_what_the_fit_has_taken_already(editions: list[Edition]) -> None:
    for segment in (s for edition in editions for module in edition.modules for s in module.segments):
        assert segment.if_short is None or segment.if_short.saves < segment.given


def test_no_stretch_without_a_break_exceeds_ninety_minutes(editions: list[Edition]) -> None:
    for edition in editions:
        stretch = 0
        for item in edition.agenda:
            stretch = 0 if item.kind in ("break", "lunch", "open") else stretch + item.minutes
            assert stretch <= 90


def test_a_break_never_parts_an_activity_from_its_debrief(editions: list[Edition]) -> None:
    for edition in editions:
        for before, pause, after in zip(edition.agenda, edition.agenda[1:], edition.agenda[2:], strict=False):
            assert not (
                pause.kind == "break" and before.module == after.module and before.kind == "activity" and after.kind == "debrief"
            )


def test_the_buffer_stands_right_before_the_ending(editions: list[Edition]) -> None:
    for edition in editions:
        ids = [item.id for item in edition.agenda]
        assert ids[ids.index("buffer") + 1] == "M10-S5"
        assert ids[-1] == "M10-S7"


def test_a_must_is_never_dropped(editions: list[Edition]) -> None:
    for edition in editions:
        course = {s.id: s.priority for module in edition.modules for s in module.segments}
        assert {"M01-S1", "M02-S1", "M10-S5", "M10-S7"} <= set(course)
        assert all(cut.rule for cut in edition.receipt.cut)


def test_could_goes_before_should_and_should_before_must() -> None:
    for minutes in LENGTHS:
        try:
            edition, _ = plan(by_priority(), AUDIENCES[0], minutes=minutes)
        except Broken:
            continue
        cut = {cut.id for cut in edition.receipt.cut}
        segments = {s.id: s for module in by_priority().modules for s in module.segments}
        dropped = {segments[name].priority for name in cut if "it goes with" not in _rule(edition, name)}
        if Priority.SHOULD in dropped:
            assert {name for name, s in segments.items() if s.priority is Priority.COULD} <= cut
        assert Priority.MUST not in dropped


def test_an_activity_and_its_debrief_go_together() -> None:
    edition, _ = plan(two_hats(), "senior-executives", minutes=90)
    kept = {s.id for module in edition.modules for s in module.segments}
    assert ("M02-S2" in kept) == ("M02-S3" in kept)


def _rule(edition: Edition, name: str) -> str:
    return next(cut.rule for cut in edition.receipt.cut if cut.id == name)


def test_an_objective_is_claimed_only_if_taught_practised_and_assessed(editions: list[Edition]) -> None:
    for edition in editions:
        kept = {s.id for module in edition.modules for s in module.segments}
        for objective in edition.objectives:
            assert all(kept & set(ids) for ids in (objective.taught, objective.practised, objective.assessed))
        assert all(entry.missing for entry in edition.receipt.unclaimed)


def test_too_short_a_slot_names_the_shortest_that_works() -> None:
    with pytest.raises(Broken) as caught:
        plan(two_hats(), AUDIENCES[0], minutes=45)
    hint = caught.value.problems[0].hint
    shortest = int(next(word for word in hint.split() if word.isdigit()))
    edition, _ = plan(two_hats(), AUDIENCES[0], minutes=shortest)
    assert sum(item.minutes for item in edition.agenda) == shortest
    with pytest.raises(Broken):
        plan(two_hats(), AUDIENCES[0], minutes=shortest - 1)


def test_a_slot_longer_than_the_course_says_that_minutes_are_left_over() -> None:
    _, warnings = plan(two_hats(), AUDIENCES[0], minutes=1080)
    assert any("left over" in problem.message for problem in warnings)


def test_a_day_has_lunch_in_its_window_and_breaks_between() -> None:
    edition, warnings = plan(long_course(15), "managers", minutes=480)
    lunch = [item for item in edition.agenda if item.kind == "lunch"]
    assert [item.minutes for item in lunch] == [60]
    assert minute("11:30") <= minute(lunch[0].start) <= minute("13:30")
    assert not [problem for problem in warnings if "lunch" in problem.message]
    for before, pause, after in zip(edition.agenda, edition.agenda[1:], edition.agenda[2:], strict=False):
        if pause.kind in ("break", "lunch"):
            assert (before.kind, after.kind) != (Kind.ACTIVITY, Kind.DEBRIEF)


def test_the_same_request_gives_the_same_edition() -> None:
    first, second = (plan(two_hats(), AUDIENCES[1], minutes=137)[0] for _ in range(2))
    assert first.model_dump_json() == second.model_dump_json()


def test_tables_and_end_follow_head_count_and_start() -> None:
    edition, _ = plan(two_hats(), AUDIENCES[0], minutes=120, session=Session(starts=("13:30",), people=18))
    assert (edition.people, edition.tables, edition.end) == (18, -(-18 // edition.audience.table_size), "15:30")


def test_a_short_card_sort_uses_the_first_half_of_the_deck() -> None:
    for minutes, cards, of in ((240, 24, "20 of 24"), (75, 12, "10 of 12")):
        edition, _ = plan(two_hats(), AUDIENCES[0], minutes=minutes)
        module = next(module for module in edition.modules if module.id == "M02")
        sort = next(segment for segment in module.segments if segment.id == "M02-S2")
        assert (len(module.decks[0].cards), sort.title.split()[2]) == (cards, str(cards))
        assert f" {cards} tasks" in next(item.title for item in edition.agenda if item.id == "M02-S2")
        assert any(of in objective.text for objective in edition.objectives)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=8), st.data())
def test_scaled_steps_add_up_and_keep_a_minute_each(lengths: list[int], data: st.DataObject) -> None:
    step = two_hats().modules[0].segments[0].steps[0]
    minutes = data.draw(st.integers(len(lengths), sum(lengths)))
    result = scaled([step.model_copy(update={"minutes": length}) for length in lengths], minutes)
    assert sum(each.minutes for each in result) == minutes
    assert all(1 <= each.minutes <= max(length, 1) + 1 for each, length in zip(result, lengths, strict=True))
