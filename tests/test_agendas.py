"""Every audience at any length: what the rules promise, tried on the whole course; and the thirty agendas it was designed for."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agendas import AUDIENCES, SLOTS, whole_course
from coursewright.editions import plan
from coursewright.model import AgendaItem, Course, Edition, Lunch, Session
from coursewright.problems import Broken
from coursewright.times import minute

PAUSES = ("break", "lunch", "open")
SHORTEST = 60  # minutes of the shortest list, which some audiences can shrink a little further
CLAIMED = {  # how many objectives the design of the course claims, by slot
    "senior-executives": (2, 3, 8, 14, 27),
    "newly-promoted-managers": (2, 3, 8, 15, 27),
    "aspiring-leaders": (2, 3, 7, 13, 27),
    "agency-project-managers": (2, 3, 8, 13, 27),
    "small-business-owners": (2, 4, 8, 14, 27),
    "hr-and-learning-partners": (2, 3, 8, 14, 27),
}
audiences = st.sampled_from(AUDIENCES)
lengths = st.integers(SHORTEST, 2880)
starts = st.sampled_from(("07:30", "08:15", "09:00", "10:00", "13:00", "16:30"))


@cache
def at(audience: str, minutes: int, session: Session = Session()) -> Edition:  # noqa: B008 (frozen)
    return plan(whole_course(), audience, minutes=minutes, session=session)[0]


def kept(edition: Edition) -> set[str]:
    return {segment.id for module in edition.modules for segment in module.segments}


def runs(edition: Edition, day: int) -> list[AgendaItem]:
    return [item for item in edition.agenda if item.day == day]


# -------------------------------------------------------------------------------------------- the thirty agendas


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("slot", SLOTS)
def test_a_listed_agenda_runs_as_its_author_gave_it(audience: str, slot: str) -> None:
    edition, warnings = plan(whole_course(), audience, slot=slot)
    listed = next(each for each in whole_course().front.slots if each.id == slot)
    swap = edition.audience.agendas.get(slot)
    given = {name: minutes for name, minutes in listed.segments.items() if not swap or name not in swap.drop}
    given |= swap.add if swap else {}
    here = {segment.id: segment.given for module in edition.modules for segment in module.segments if module.number}
    assert here == given
    assert not warnings


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_listed_agendas_claim_as_much_as_the_design(audience: str) -> None:
    claimed = tuple(len(plan(whole_course(), audience, slot=slot)[0].objectives) for slot in SLOTS)
    assert claimed == CLAIMED[audience]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_two_days_have_a_close_a_recap_and_the_ending_once(audience: str) -> None:
    edition, _ = plan(whole_course(), audience, slot="two-days")
    first, second = (runs(edition, day) for day in (1, 2))
    assert (first[-1].id, second[0].id) == ("X-CLOSE1", "X-RECAP")
    assert [item.id for item in second][-3:] == ["M10-S5", "M10-S6", "M10-S7"]
    assert first[-2].kind == "buffer"
    assert [day.minutes for day in edition.days] == [480, 480]
    night = next(module for module in edition.modules if module.id == "X")
    assert (night.number, [module.number for module in edition.modules if module.number]) == (0, list(range(1, 11)))


# ---------------------------------------------------------------------------------------- any audience, any length


@settings(max_examples=60, deadline=None)
@given(audiences, lengths, starts)
def test_the_minutes_of_every_day_add_up_and_follow_one_another(audience: str, minutes: int, start: str) -> None:
    edition = at(audience, minutes, Session(starts=(start,)))
    assert sum(day.minutes for day in edition.days) == minutes
    for day in edition.days:
        items = runs(edition, day.number)
        assert sum(item.minutes for item in items) == day.minutes
        assert (items[0].start, items[-1].end) == (day.start, day.end)
        assert all(before.end == after.start for before, after in pairwise(items))
        assert all(item.minutes > 0 for item in items)


@settings(max_examples=60, deadline=None)
@given(audiences, lengths, starts)
def test_nobody_sits_longer_than_ninety_minutes(audience: str, minutes: int, start: str) -> None:
    edition = at(audience, minutes, Session(starts=(start,)))
    for day in edition.days:
        stretch = 0
        for item in runs(edition, day.number):
            stretch = 0 if item.kind in PAUSES else stretch + item.minutes
            assert stretch <= 90


@settings(max_examples=60, deadline=None)
@given(audiences, lengths)
def test_every_segment_keeps_its_limits_and_the_ending_its_place(audience: str, minutes: int) -> None:
    edition = at(audience, minutes)
    for segment in (segment for module in edition.modules for segment in module.segments):
        assert segment.minutes.min <= segment.given <= segment.minutes.full
        assert sum(step.minutes for step in segment.steps) == segment.given
    last = [item for item in runs(edition, len(edition.days)) if item.kind != "buffer"]
    assert last[-1].id == "M10-S7"
    ids = [item.id for item in edition.agenda]
    assert edition.agenda[ids.index("M10-S5") - 1].kind == "buffer"


@settings(max_examples=60, deadline=None)
@given(audiences, lengths)
def test_nothing_parts_an_activity_from_its_debrief(audience: str, minutes: int) -> None:
    edition = at(audience, minutes)
    for before, pause, after in zip(edition.agenda, edition.agenda[1:], edition.agenda[2:], strict=False):
        parted = not pause.module and before.module == after.module
        assert not (parted and before.kind in ("activity", "reflection") and after.kind == "debrief")


@settings(max_examples=60, deadline=None)
@given(audiences, lengths)
def test_what_is_claimed_is_taught_practised_and_assessed(audience: str, minutes: int) -> None:
    edition = at(audience, minutes)
    here = kept(edition)
    for objective in edition.objectives:
        assert all(here & set(part) for part in (objective.taught, objective.practised, objective.assessed))
    known = {objective.id for module in whole_course().modules for objective in module.objectives}
    assert {each.id for each in edition.objectives} | {each.id for each in edition.receipt.unclaimed} == known


@settings(max_examples=60, deadline=None)
@given(audiences, st.lists(lengths, min_size=2, max_size=2))
def test_a_longer_slot_loses_nothing_unless_the_receipt_says_why(audience: str, both: list[int]) -> None:
    shorter, longer = (at(audience, minutes) for minutes in sorted(both))
    rules = {cut.id: cut.rule for cut in longer.receipt.cut}
    for name in kept(shorter) - kept(longer) - {"X-CLOSE1", "X-RECAP"}:
        assert name.startswith("X-") or "breaks" in rules[name] or "list for" in rules[name], (name, rules[name])


@settings(max_examples=40, deadline=None)
@given(audiences, lengths)
def test_the_receipt_accounts_for_every_segment(audience: str, minutes: int) -> None:
    edition = at(audience, minutes)
    segments = {segment.id: segment for module in whole_course().modules for segment in module.segments}
    cut = {each.id for each in edition.receipt.cut}
    assert cut | (kept(edition) & set(segments)) == set(segments)
    assert not cut & kept(edition)
    assert all(each.rule for each in (*edition.receipt.cut, *edition.receipt.shrunk))
    shrunk = {each.id: each.minutes for each in edition.receipt.shrunk}
    given_ = {segment.id: segment.given for module in edition.modules for segment in module.segments if segment.id in segments}
    assert shrunk == {name: length for name, length in given_.items() if length < segments[name].minutes.full}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_between_two_lists_nothing_of_the_shorter_one_is_lost(audience: str) -> None:
    for minutes in range(211, 480, 13):
        edition = at(audience, minutes)
        half = kept(plan(whole_course(), audience, slot="half-day")[0])
        assert half <= kept(edition)
        assert "“Half day”" in edition.receipt.basis


@pytest.mark.parametrize("audience", AUDIENCES)
def test_too_short_names_the_shortest_that_works(audience: str) -> None:
    with pytest.raises(Broken, match=r"shortest that works is \d+ minutes; even that leaves out \d+ of 56 segments") as caught:
        plan(whole_course(), audience, minutes=15)
    shortest = int(str(caught.value.problems[0].hint).split()[5])
    assert shortest <= SHORTEST
    assert sum(item.minutes for item in at(audience, shortest).agenda) == shortest
    with pytest.raises(Broken):
        plan(whole_course(), audience, minutes=shortest - 1)


def test_the_same_request_gives_the_same_edition() -> None:
    first, second = (plan(whole_course(), "aspiring-leaders", minutes=333)[0].model_dump_json() for _ in range(2))
    assert first == second


# ------------------------------------------------------------------------------------------- what is asked for


def test_days_begin_when_they_are_said_to_and_the_last_time_holds() -> None:
    edition = at(AUDIENCES[0], 1300, Session(starts=("09:00", "08:30")))
    assert [day.start for day in edition.days] == ["09:00", "08:30", "08:30"]


def test_two_half_days_are_two_days() -> None:
    edition = at("agency-project-managers", 420, Session(days=2))
    assert [day.minutes for day in edition.days] == [210, 210]
    assert not [item for item in edition.agenda if item.kind == "lunch"]
    assert runs(edition, 1)[-1].id == "X-CLOSE1"


@pytest.mark.parametrize(
    ("start", "minutes", "lunch"),
    [("09:00", 270, False), ("09:00", 330, True), ("10:00", 300, True), ("13:00", 300, False), ("08:00", 270, False)],
)
def test_a_day_around_the_lunch_window_has_lunch(start: str, minutes: int, lunch: bool) -> None:
    edition = at(AUDIENCES[1], minutes, Session(starts=(start,)))
    assert any(item.kind == "lunch" for item in edition.agenda) == lunch


def test_lunch_keeps_to_the_window_that_is_asked_for() -> None:
    edition = at(AUDIENCES[1], 480, Session(lunch=Lunch(earliest="11:30", latest="12:00", minutes=45)))
    lunch = next(item for item in edition.agenda if item.kind == "lunch")
    assert (lunch.minutes, "11:30" <= lunch.start <= "12:00") == (45, True)
    assert not [item for item in at(AUDIENCES[1], 480, Session(lunch=False)).agenda if item.kind == "lunch"]


def test_what_is_asked_for_stays_and_what_is_not_wanted_goes() -> None:
    edition = at("newly-promoted-managers", 240, Session(include=("M09-S4",), exclude=("M03",)))
    assert "M09-S4" in kept(edition)
    assert not [name for name in kept(edition) if name.startswith("M03")]
    assert {cut.rule for cut in edition.receipt.cut if cut.id.startswith("M03")} == {"left out on request"}


def test_a_wished_objective_is_claimed() -> None:
    assert "M09-O2" not in {each.id for each in at("small-business-owners", 210).objectives}
    edition = at("small-business-owners", 210, Session(wishes=("M09-O2",)))
    assert "M09-O2" in {each.id for each in edition.objectives}


@pytest.mark.parametrize("session", [Session(include=("M99",)), Session(exclude=("M1-S1",)), Session(wishes=("M01-O9",))])
def test_asking_for_what_there_is_not_says_so(session: Session) -> None:
    with pytest.raises(Broken, match=r"this audience has no (module or segment|objective)"):
        plan(whole_course(), AUDIENCES[0], minutes=210, session=session)


def test_tables_follow_head_count_and_table_size() -> None:
    edition = at(AUDIENCES[0], 210, Session(people=19, table_size=6))
    assert (edition.people, edition.tables) == (19, 4)


def test_online_sessions_may_have_shorter_stretches() -> None:
    course = whole_course()
    schedule = course.front.schedule.model_copy(update={"online_stretch": 60})
    course = course.model_copy(update={"front": course.front.model_copy(update={"schedule": schedule})})
    edition, _ = plan(course, AUDIENCES[0], minutes=240, session=Session(online=True))
    stretch = longest = 0
    for item in edition.agenda:
        stretch = 0 if item.kind in PAUSES else stretch + item.minutes
        longest = max(longest, stretch)
    assert (edition.online, longest <= 60) == (True, True)


# ------------------------------------------------------------------------------------------- lists that do not fit


def listed(**fields: object) -> Course:
    """Return the course with other fields in its half-day slot."""
    course = whole_course()
    slots = tuple(s.model_copy(update=fields) if s.id == "half-day" else s for s in course.front.slots)
    return course.model_copy(update={"front": course.front.model_copy(update={"slots": slots})})


def test_a_list_that_does_not_fit_its_slot_is_reported_and_the_rules_choose() -> None:
    edition, warnings = plan(listed(minutes=180), "newly-promoted-managers", slot="half-day")
    assert sum(item.minutes for item in edition.agenda) == 180
    assert "the listed segments do not fit" in warnings[0].message
    assert "190 of 180 minutes" in warnings[0].message


def test_minutes_that_a_list_leaves_over_are_reported() -> None:
    edition, warnings = plan(listed(minutes=270), "newly-promoted-managers", slot="half-day")
    assert sum(item.minutes for item in edition.agenda) == 270
    assert "60 minutes are left over" in warnings[0].message


def test_lunch_is_never_far_from_noon_without_a_word() -> None:
    for minutes in range(480, 2000, 37):
        edition, warnings = plan(whole_course(), AUDIENCES[2], minutes=minutes)
        outside = [i for i in edition.agenda if i.kind == "lunch" and not minute("11:30") <= minute(i.start) <= minute("13:30")]
        assert len(outside) == len([each for each in warnings if "lunch is at" in each.message])
