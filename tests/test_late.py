"""What to do when behind: minutes named are really saved, and nothing protected is touched."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from coursewright import editions
from coursewright.late import Checkpoint, Measure, Rescue, checkpoints, rescue
from coursewright.model import Course, Edition, Kind, Priority
from coursewright.times import minute
from sample import two_hats

KINDS = [kind.value for kind in Kind]


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """A course of one to four modules, any kinds and priorities, that ends with a plan and a close."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=4))
    count = sum(sizes)
    made = [piece(draw, number) for number in range(count)]
    ends = [ending("plan", count), ending("close", count + 1)]
    modules = [module(at, [made.pop(0) for _ in range(size)]) for at, size in enumerate(sizes)]
    modules[-1]["segments"] += ends
    minutes = sum(each["minutes"]["full"] for part in modules for each in part["segments"]) + 5
    raw = small.course().model_dump(mode="json", by_alias=True, exclude={"modules", "front"})
    front = small.course().front.model_dump(mode="json", by_alias=True)
    front |= {"slots": [{"id": "all", "title": "all", "minutes": minutes, "days": 1}], "schedule": {"longest_stretch": 2000}}
    return Course.model_validate({**raw, "front": front, "modules": modules})


def piece(draw: st.DrawFn, number: int) -> dict[str, Any]:
    full = draw(st.integers(6, 40))
    late = draw(st.none() | st.builds(lambda saves: {"do": "Hurry.", "saves": saves}, st.integers(1, full - 5)))
    return {
        "id": f"S{number}",
        "title": f"Part {number}",
        "type": draw(st.sampled_from(KINDS)),
        "minutes": {"full": full, "min": full},
        "priority": draw(st.sampled_from([each.value for each in Priority])),
        "purpose": "To see.",
        "steps": [{"do": "Do it.", "minutes": full}],
        "if_short": late,
    }


def ending(which: str, number: int) -> dict[str, Any]:
    late = {"do": "Never.", "saves": 9}
    return small.segment(f"S{number}", which, "reflection", ending=which, if_short=late)


def module(number: int, segments: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": f"M{number}", "title": f"Module {number}", "idea": "x", "summary": "x", "segments": segments}


@cache
def sample(audience: str, minutes: int) -> Edition:
    return editions.plan(two_hats(), audience, minutes=minutes)[0]


SAMPLES = [(each.id, minutes) for each in two_hats().audiences for minutes in (90, 120, 210, 480)]


def left(edition: Edition, found: Rescue) -> dict[str, int]:
    """Return the minutes of each agenda item once a rescue has been carried out, worked out in another way."""
    minutes = {item.id: item.minutes for item in edition.agenda}
    for step in found.measures:
        assert step.saves > 0
        if step.how == "use":
            (item,) = [each for each in edition.agenda if each.start == step.start and each.kind in ("buffer", "open")]
            minutes[item.id] -= step.saves
        elif step.how == "shorten":
            (part,) = step.parts
            minutes[part.id] -= step.saves
        else:
            assert sum(minutes[part.id] for part in step.parts) == step.saves
            minutes |= {part.id: 0 for part in step.parts}
    return minutes


def rescues(edition: Edition) -> list[tuple[Checkpoint, int, Rescue]]:
    found = [each for day in edition.days for each in checkpoints(edition, day.number)]
    return [(each, behind, rescue(edition, each, behind)) for each in found for behind in (1, 5, 10, 20, 45)]


@settings(max_examples=40, deadline=None)
@given(courses())
def test_the_minutes_named_are_really_saved(course: Course) -> None:
    edition = editions.plan(course, "managers")[0]
    for _, behind, found in rescues(edition):
        after = left(edition, found)
        assert min(after.values()) >= 0
        assert sum(item.minutes for item in edition.agenda) - sum(after.values()) == found.saved
        assert found.short == max(0, behind - found.saved)
        assert minute(found.end) == minute(edition.end) + found.short


@settings(max_examples=40, deadline=None)
@given(courses())
def test_what_is_past_or_protected_is_never_touched(course: Course) -> None:
    edition = editions.plan(course, "managers")[0]
    order = [item.id for item in edition.agenda]
    protected = {s.id for m in edition.modules for s in m.segments if s.ending} | {"lunch-1", "break-1", "break-2"}
    for point, _, found in rescues(edition):
        after = left(edition, found)
        done = order[: order.index(point.after) + 1]
        touched = {item.id for item in edition.agenda if after[item.id] != item.minutes}
        assert not touched & (protected | set(done))
        assert not protected & {part.id for part in (found.instead.parts if found.instead else ())}


@settings(max_examples=40, deadline=None)
@given(courses())
def test_no_debrief_is_left_without_its_activity_and_no_activity_without_its_debrief(course: Course) -> None:
    edition = editions.plan(course, "managers")[0]
    segments = [segment for each in edition.modules for segment in each.segments]
    for point, _, found in rescues(edition):
        gone = {part.id for step in found.measures if step.how == "leave out" for part in step.parts}
        for before, after in pairwise(segments):
            together = any({before.id, after.id} <= {s.id for s in each.segments} for each in edition.modules)
            if together and before.kind in ("activity", "reflection") and after.kind == "debrief":
                assert (before.id in gone) == (after.id in gone)
                assert point.after != before.id


@settings(max_examples=40, deadline=None)
@given(courses())
def test_could_goes_before_should_before_must_and_nothing_is_left_out_while_shortening_is_enough(course: Course) -> None:
    edition = editions.plan(course, "managers")[0]
    for point, behind, found in rescues(edition):
        if any(step.how == "leave out" for step in found.measures):
            assert sum(step.saves for step in point.ladder) < behind
            assert {step.parts[0].priority for step in found.measures if step.how == "leave out"} == {"could"}
        elif found.saved >= behind:
            steps = (*point.ladder, *point.least)[: len(found.measures)]
            assert [step.title for step in found.measures] == [step.title for step in steps]
            assert sum(step.saves for step in found.measures[:-1]) < behind
    for point in {each.after: each for each, _, _ in rescues(edition)}.values():
        for steps in (point.ladder, point.least):
            assert [*map(rank, steps)] == sorted(map(rank, steps))


def rank(step: Measure) -> tuple[int, int]:
    if step.how == "use":
        return (0 if step.title == "Time in hand" else 2), 0
    return {"could": 1, "should": 3, "must": 4}[step.parts[0].priority], -step.saves


@settings(max_examples=40, deadline=None)
@given(courses())
def test_no_more_is_given_up_than_is_needed_where_something_is_left_out(course: Course) -> None:
    edition = editions.plan(course, "managers")[0]
    for _, behind, found in rescues(edition):
        if found.measures and found.measures[-1].how == "leave out":
            spare = [step.saves for step in found.measures if step.how != "leave out"]
            assert found.saved >= behind or found.short
            assert not spare or found.saved - min(spare) < behind


@settings(max_examples=40, deadline=None)
@given(courses())
def test_there_are_three_checkpoints_where_there_is_room_all_before_the_ending(course: Course) -> None:
    edition = editions.plan(course, "managers")[0]
    found = checkpoints(edition, 1)
    free = sum(1 for each in edition.modules for segment in each.segments if not segment.ending)
    assert len(found) <= min(3, free - 1)
    assert [point.number for point in found] == [1, 2, 3][: len(found)]
    assert sorted(minute(point.at) for point in found) == [minute(point.at) for point in found]
    plan = next(item for item in edition.agenda if item.title == "plan")
    assert all(point.at < plan.start for point in found)


@pytest.mark.parametrize(("audience", "minutes"), SAMPLES)
def test_the_sample_course_has_three_checkpoints_a_day_near_the_quarters_of_the_work(audience: str, minutes: int) -> None:
    edition = sample(audience, minutes)
    work = [item.minutes if item.module else 0 for item in edition.agenda]
    order = [item.id for item in edition.agenda]
    shares = [sum(work[: order.index(point.after) + 1]) / sum(work) for point in checkpoints(edition, 1)]
    assert len(shares) == 3
    if minutes >= 180:  # a shorter session has few places to stop at
        assert all(abs(share - wanted) <= 0.16 for share, wanted in zip(shares, (0.25, 0.5, 0.75), strict=True))


def test_a_checkpoint_rather_stands_at_the_end_of_a_module() -> None:
    edition = sample("newly-promoted-managers", 480)
    ends = {module.segments[-1].id for module in edition.modules}
    assert len(ends & {point.after for point in checkpoints(edition, 1)}) >= 2


def test_the_same_edition_gives_the_same_rescue() -> None:
    one, other = (editions.plan(two_hats(), "senior-executives", minutes=120)[0] for _ in range(2))
    assert rescues(one) == rescues(other)


def whole() -> Edition:
    """Return the small course at full length, with a break and a buffer of five minutes."""
    return small.edition(slots=[{"id": "whole", "title": "whole", "minutes": 115}])


def test_who_is_late_shortens_what_matters_least_first() -> None:
    edition = whole()
    third = edition.modules[1].segments[1].model_copy(update={"priority": Priority.COULD, "kind": Kind.TALK})
    second = edition.modules[1]
    changed = second.model_copy(update={"segments": (second.segments[0], third, *second.segments[2:])})
    point = checkpoints(edition.model_copy(update={"modules": (edition.modules[0], changed)}), 1)[0]
    assert [(step.how, step.title, step.saves) for step in point.ladder] == [
        ("shorten", "Walk-round", 6),
        ("use", "Buffer", 5),
        ("shorten", "Card sort", 6),
    ]


def test_where_not_enough_can_be_saved_the_true_end_is_named_and_what_should_stay_is_offered() -> None:
    edition = whole()
    second = edition.modules[1]
    pair = tuple(each.model_copy(update={"priority": Priority.SHOULD}) for each in second.segments[:2])
    changed = edition.model_copy(
        update={"modules": (edition.modules[0], second.model_copy(update={"segments": (*pair, *second.segments[2:])}))}
    )
    found = rescue(changed, checkpoints(changed, 1)[0], 45)
    assert (found.saved, found.short, found.end) == (17, 28, "11:23")
    assert found.instead is not None
    assert (found.instead.title, found.instead.saves) == ("Card sort", 48)


def test_time_in_hand_is_used_first_and_only_as_much_as_is_needed() -> None:
    edition = small.edition()
    point = checkpoints(edition, 1)[0]
    assert [step.title for step in point.ladder if step.how == "use"] == ["Time in hand", "Buffer"]
    assert [(step.title, step.saves) for step in rescue(edition, point, 10).measures] == [("Time in hand", 10)]


def test_a_minute_or_two_is_asked_for_last() -> None:
    edition = sample("newly-promoted-managers", 90)
    for _, behind, found in rescues(edition):
        small_ones = [step for step in found.measures if step.how == "shorten" and step.saves < 3]
        large = [step for step in found.measures if step not in small_ones]
        assert not small_ones or sum(step.saves for step in large) < behind
        assert found.measures == (*large, *small_ones)


def test_an_objective_that_loses_a_part_is_named() -> None:
    edition = whole()
    second = edition.modules[1]
    could = tuple(each.model_copy(update={"priority": Priority.COULD, "if_short": None}) for each in second.segments[:2])
    changed = edition.model_copy(
        update={"modules": (edition.modules[0], second.model_copy(update={"segments": (*could, *second.segments[2:])}))}
    )
    found = rescue(changed, checkpoints(changed, 1)[0], 20)
    assert [step.title for step in found.measures] == ["Card sort"]
    assert [objective.id for objective in found.lost] == ["O1"]
