"""Fit a course to a slot: what is kept, how long it takes, where the breaks are.

The rules, in this order, are few enough for a trainer to predict:

1. Where the slot lists its segments, that list is taken as it is, with what the audience swaps.
2. Otherwise everything in the next shorter list stays, and what the next longer list has (or the whole course) may join.
   Without lists, a must is never dropped. What is marked as the ending (plan, close) is always kept.
3. Segments shrink before any is dropped, never below their minimum.
4. If that is not enough, could goes before should, from the end of the course; activity and debrief go together.
5. Minutes that are left go back, to the ending first, then to what matters most, in course order, in steps of five; what
   went last comes back if minutes would still be left over.
6. No stretch without a break is longer than the schedule says. Breaks fall at the ends of modules where they can, never
   between an activity and its debrief. A day that goes around the lunch window, or lasts six hours, has lunch.
7. What remains is the buffer, right before the ending. What no buffer needs is time in hand. The minutes add up exactly.
8. What is longer than a day is divided over as few days as will do, filled alike, rather at the ends of modules. Between
   two days runs the overnight module: what closes a day, and what opens the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..model import Audience, Course, Day, Edition, Objective, PlannedModule, Receipt, Session, Slot, Swapped
from ..problems import Broken, Problem, did_you_mean, warning
from ..times import minute
from .agenda import agenda, entries, modules, scaled
from .choice import Timetable, choose, least
from .day import DayPlan, missed
from .frame import Frame, by_rule, frame
from .pool import Pool, agendas, pools
from .receipt import missing, receipt

NOTHING = Session()  # a delivery of which nothing else is known
TRIES = 90  # lengths that hold what must stay by its minutes: one of the first does, or nothing helps
LONGEST = 2880  # minutes: what the search for a slot that is long enough goes up to


def fit(
    course: Course,
    audience: Audience,
    slot: Slot,
    session: Session = NOTHING,
    swapped: Iterable[Swapped] = (),
) -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition of a selected course that fills the slot exactly, and warnings.

    Raises Broken when the slot is too short (naming the shortest that works and what it leaves out), when it has more days
    than the course can fill, or when the session names what there is not.
    """
    if problems := tuple(_unknown(course, session)):
        raise Broken(problems)
    found = _fitted(course, audience, slot, session)
    if found is None:
        raise Broken([_misfit(course, audience, slot, session)])
    edition = _edition(course, audience, slot, session, found)
    told = receipt(course, found.pool, found.table, found.frame, edition.modules)
    gone = {cut.id for cut in told.cut}
    here = tuple(each for each in swapped if each.id not in gone)
    edition = edition.model_copy(update={"receipt": told.model_copy(update={"swapped": here})})
    return edition, tuple(_doubts(course, edition, found, session))


@dataclass(frozen=True)
class _Fitted:
    """A timetable, what it was chosen from, and the time it fills."""

    pool: Pool
    table: Timetable
    frame: Frame


def _fitted(course: Course, audience: Audience, slot: Slot, session: Session) -> _Fitted | None:
    own = frame(slot, course.front.schedule, session)
    for pool in pools(course, audience, slot, session):
        frame_ = own if pool.exact else by_rule(own)
        table = choose(pool, frame_, course.overnight)
        if table is not None:
            return _Fitted(pool, table, frame_)
    return None


def _edition(course: Course, audience: Audience, slot: Slot, session: Session, fitted: _Fitted) -> Edition:
    found = entries(fitted.table.days)
    planned = modules(found, course.modules, course.overnight, audience)
    segments = {segment.id: segment for module in planned for segment in module.segments}
    objectives = [objective for module in course.modules for objective in module.objectives]
    claimed = tuple(objective for objective in objectives if not missing(objective, segments))
    people = session.people or audience.people
    days = tuple(_day(day) for day in fitted.table.days)
    return Edition.model_construct(
        front=course.front,
        audience=audience,
        slot=slot,
        start=days[0].start,
        end=days[-1].end,
        days=days,
        people=people,
        tables=session.tables or max(1, -(-people // (session.table_size or audience.table_size))),
        online=session.online,
        modules=_with_claims(planned, claimed),
        agenda=agenda(found, {name: segment.title for name, segment in segments.items()}),
        objectives=claimed,
        receipt=Receipt(),
        cases=course.cases,
        sources=course.sources,
    )


def _day(day: DayPlan) -> Day:
    return Day(number=day.span.number, start=day.span.start, end=day.span.end, minutes=day.span.minutes)


def _with_claims(planned: Iterable[PlannedModule], claimed: Sequence[Objective]) -> tuple[PlannedModule, ...]:
    ids = {objective.id for objective in claimed}
    return tuple(m.model_copy(update={"objectives": tuple(o for o in m.objectives if o.id in ids)}) for m in planned)


# ------------------------------------------------------------------------------------------------ what is wrong


def _unknown(course: Course, session: Session) -> Iterator[Problem]:
    """Names the session asks for that the course does not have, or this audience does not see."""
    parts = [name for module in course.modules for name in (module.id, *(segment.id for segment in module.segments))]
    objectives = [objective.id for module in course.modules for objective in module.objectives]
    for names, known, what in (
        ((*session.include, *session.exclude), parts, "module or segment"),
        (session.wishes, objectives, "objective"),
    ):
        for name in names:
            if name not in known:
                yield Problem(f'this audience has no {what} "{name}"', hint=did_you_mean(name, known))


def _misfit(course: Course, audience: Audience, slot: Slot, session: Session) -> Problem:
    """Why no timetable fills the slot: it is too short, or it has more days than there is to do."""
    if _holds(course, audience, slot, session):
        days = len(frame(slot, course.front.schedule, session).days)
        whole = sum(segment.minutes.full for module in course.modules for segment in module.segments)
        message = f"the course cannot be divided over {days} days for {audience.name}"
        return Problem(
            message, slot.origin, f"the whole of it takes {whole} minutes without breaks: ask for fewer days or minutes"
        )
    message = f"{slot.minutes} minutes are too short for {audience.name}"
    longer = (_longer(slot, minutes) for minutes in range(slot.minutes + 1, LONGEST + 1))
    enough = (each for each in longer if _holds(course, audience, each, session))
    for each in islice(enough, TRIES):
        found = _fitted(course, audience, each, session)
        if found is not None:
            return Problem(message, slot.origin, f"the shortest that works is {each.minutes} minutes{_left_out(course, found)}")
    return Problem(message, slot.origin, "no length works: lower some priorities or minimums, or ask for fewer days")


def _longer(slot: Slot, minutes: int) -> Slot:
    return Slot(id=f"{minutes}-min", title=f"{minutes} minutes", minutes=minutes, days=slot.days)


def _holds(course: Course, audience: Audience, slot: Slot, session: Session) -> bool:
    """Whether what must stay fits by its minutes alone, however it is divided."""
    own = by_rule(frame(slot, course.front.schedule, session))
    space = sum(own.space(span) for span in own.days)
    return any(least(pool) <= space for pool in pools(course, audience, slot, session))


def _left_out(course: Course, fitted: _Fitted) -> str:
    """What even the shortest session that works does without."""
    everything = [segment.id for module in course.modules for segment in module.segments]
    gone = [each for each in everything if each in fitted.table.rules or each in fitted.pool.absent]
    return f"; even that leaves out {len(gone)} of {len(everything)} segments ({_listed(gone)})" if gone else ""


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return f"{shown} and {len(names) - 6} more" if len(names) > 6 else shown


def _doubts(course: Course, edition: Edition, fitted: _Fitted, session: Session) -> Iterator[Problem]:
    where = f"{edition.slot.title} for {edition.audience.name}"
    left = sum(item.minutes for item in edition.agenda if item.kind == "open")
    if left:
        hint = "the whole course at full length is shorter than this slot" if not edition.receipt.cut else ""
        yield warning(f"{where}: {left} minutes are left over and became time in hand", edition.slot.origin, hint)
    if edition.slot.segments and not fitted.pool.exact and session.changes_nothing():
        listed = agendas(course, edition.audience)[edition.slot.id]
        taken = f"they take {sum(listed.values())} of {edition.slot.minutes} minutes, without breaks and buffer"
        message = f"{where}: the listed segments do not fit, so the rules chose; {taken}"
        yield warning(message, edition.slot.origin, "mend the list, its breaks or its buffer")
    for day in fitted.table.days:
        yield from _late_lunch(day, edition, where)


def _late_lunch(day: DayPlan, edition: Edition, where: str) -> Iterator[Problem]:
    for item in edition.agenda:
        if item.kind == "lunch" and item.day == day.span.number and day.span.lunch and missed(minute(item.start), day.span):
            window = f"the schedule wants it between {day.span.lunch.earliest} and {day.span.lunch.latest}"
            yield warning(f"{where}: lunch is at {item.start}", edition.slot.origin, window)


__all__ = ["fit", "scaled"]
