"""Where the choice begins: an author's list for the slot, or for the next shorter and longer one, or the whole course."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..model import Audience, Course, Kind, Objective, Priority, Segment, Session, Slot

COULD, SHOULD, MUST, KEPT = range(4)  # what goes first, up to what never goes
RANK = {Priority.COULD: COULD, Priority.SHOULD: SHOULD, Priority.MUST: MUST}
WORK = (Kind.ACTIVITY, Kind.REFLECTION)


@dataclass(frozen=True)
class Candidate:
    """A segment that may run, for ``low`` to ``high`` minutes; one of rank KEPT never goes. ``module`` is an id."""

    module: str
    segment: Segment
    low: int
    high: int
    rank: int

    @property
    def id(self) -> str:
        """The segment's id."""
        return self.segment.id


@dataclass(frozen=True)
class Pool:
    """The candidates in course order, what was left out of them and why, and in words where the choice began.

    ``floor`` is the title of the shorter list, all of which stays; ``exact`` says that its author gave each segment its minutes.
    """

    candidates: tuple[Candidate, ...]
    absent: Mapping[str, str] = field(default_factory=dict)  # id of a segment → why it is no candidate
    basis: str = ""
    floor: str = ""
    exact: bool = False


def debriefs(work: Candidate, debrief: Candidate) -> bool:
    """Return whether the second, right after the first, is its debrief: nothing may come between them."""
    return work.module == debrief.module and work.segment.kind in WORK and debrief.segment.kind is Kind.DEBRIEF


def agendas(course: Course, audience: Audience) -> dict[str, dict[str, int]]:
    """Return the listed slots as this audience has them: slot → segment → minutes, in course order."""
    return {slot.id: _agenda(course, slot, audience) for slot in course.front.slots if slot.segments}


def pools(course: Course, audience: Audience, slot: Slot, session: Session) -> Iterator[Pool]:
    """Yield where the choice may begin, the closest to the author's will first. The first that fits is taken."""
    lists = agendas(course, audience)
    asked = _Asked(course, session)
    if slot.id in lists and not asked.anything:
        yield _exact(course, lists[slot.id], slot)
    for floor, roof in _neighbours(course, slot, lists):
        if floor is not None:
            yield asked.of(_between(course, lists, floor, roof, slot, lengths=lists[floor.id]))
        yield asked.of(_between(course, lists, floor, roof, slot, lengths={}))


# ---------------------------------------------------------------------------------------------- authors' lists


def _agenda(course: Course, slot: Slot, audience: Audience) -> dict[str, int]:
    swap = audience.agendas.get(slot.id)
    given = dict(slot.segments)
    if swap:
        given = {name: minutes for name, minutes in given.items() if name not in swap.drop} | swap.add
    return {segment.id: given[segment.id] for _, segment in _all(course) if segment.id in given}


def _all(course: Course) -> list[tuple[str, Segment]]:
    return [(module.id, segment) for module in course.modules for segment in module.segments]


def _neighbours(course: Course, slot: Slot, lists: Mapping[str, object]) -> Iterator[tuple[Slot | None, Slot | None]]:
    """The longest listed slot that is no longer than this one and the shortest that is longer; then the pairs below.

    The pairs below are for a length that needs one more pause than the shorter list, and so cannot hold all of it.
    """
    listed = sorted((each for each in course.front.slots if each.id in lists), key=lambda each: each.minutes)
    shorter = [each for each in listed if each.minutes <= slot.minutes]
    longer = listed[len(shorter)] if len(shorter) < len(listed) else None
    for floor in reversed(shorter):
        yield floor, longer
        longer = floor
    yield None, longer


def _exact(course: Course, given: Mapping[str, int], slot: Slot) -> Pool:
    found = [
        Candidate(module, segment, given[segment.id], given[segment.id], KEPT)
        for module, segment in _all(course)
        if segment.id in given
    ]
    why = f"the list for “{slot.title}” leaves it out"
    return Pool(
        tuple(found), _absent(course, given, why), f"The course lists what runs in “{slot.title}”, and for how long.", exact=True
    )


def _absent(course: Course, given: Iterable[str], why: str) -> dict[str, str]:
    return {segment.id: why for _, segment in _all(course) if segment.id not in given}


def _between(
    course: Course,
    lists: Mapping[str, Mapping[str, int]],
    floor: Slot | None,
    roof: Slot | None,
    slot: Slot,
    lengths: Mapping[str, int],
) -> Pool:
    """What the shorter list has stays, at its ``lengths`` if they are given; what the longer one has may join."""
    low = lists[floor.id] if floor else {}
    top = lists[roof.id] if roof else {segment.id: 0 for _, segment in _all(course)}
    found = [
        _candidate(module, segment, lengths.get(segment.id, 0), stays=segment.id in low, droppable=bool(low))
        for module, segment in _all(course)
        if segment.id in low or segment.id in top
    ]
    why = f"neither the list for “{floor.title}” nor the one for “{roof.title}” has it" if floor and roof else ""
    why = why or (f"the list for “{roof.title}” leaves it out" if roof else "")
    return Pool(
        tuple(found), _absent(course, {each.id for each in found}, why), _basis(floor, roof, slot), floor.title if floor else ""
    )


def _candidate(module: str, segment: Segment, low: int, *, stays: bool, droppable: bool) -> Candidate:
    """A segment by its own minutes and priority; beside a shorter list that does without it, a must may go."""
    rank = KEPT if stays or segment.ending or (segment.priority is Priority.MUST and not droppable) else RANK[segment.priority]
    least = max(low, segment.minutes.min) if low <= segment.minutes.full else segment.minutes.min
    return Candidate(module, segment, least, segment.minutes.full, rank)


def _basis(floor: Slot | None, roof: Slot | None, slot: Slot) -> str:
    if floor and roof:
        return (
            f"Everything in the list for “{floor.title}” ({floor.minutes} minutes) stays; from the list for “{roof.title}” "
            f"({roof.minutes} minutes) joins what there is time for, what matters most first."
        )
    if floor and floor.minutes == slot.minutes:
        return f"Everything in the list for “{floor.title}” stays; what else there is time for joins, what matters most first."
    if floor:
        return (
            f"Everything in the list for “{floor.title}” ({floor.minutes} minutes) stays; from the rest of the course joins "
            "what there is time for, what matters most first."
        )
    if roof:
        return f"This is the list for “{roof.title}” ({roof.minutes} minutes), made shorter: what matters least goes first."
    return "No list is given for this length: what must stay stays, could goes before should."


# ------------------------------------------------------------------------------------------ wishes of one delivery


class _Asked:
    """What one delivery asks for: modules and segments in or out, objectives that must be claimed."""

    def __init__(self, course: Course, session: Session) -> None:
        self._course = course
        self._out = _named(course, session.exclude)
        self._in = _named(course, session.include) - self._out
        self._wishes = session.wishes

    @property
    def anything(self) -> bool:
        return bool(self._out or self._in or self._wishes)

    def of(self, pool: Pool) -> Pool:
        """Return the pool with what was asked for in it, never to go, and without what was asked to be left out."""
        if not self.anything:
            return pool
        here = {each.id: each for each in pool.candidates}
        kept = self._in | self._needed({name for name in here if name not in self._out})
        found = tuple(
            self._candidate(here.get(segment.id), module, segment, asked=segment.id in kept)
            for module, segment in _all(self._course)
            if segment.id not in self._out and (segment.id in here or segment.id in kept)
        )
        absent = {name: why for name, why in pool.absent.items() if name not in kept}
        return replace(pool, candidates=found, absent=absent | dict.fromkeys(self._out, "left out on request"))

    def _candidate(self, here: Candidate | None, module: str, segment: Segment, *, asked: bool) -> Candidate:
        each = here or Candidate(module, segment, segment.minutes.min, segment.minutes.full, RANK[segment.priority])
        return replace(each, rank=KEPT) if asked else each

    def _needed(self, here: set[str]) -> set[str]:
        """The segments that let the wished objectives be claimed: of each part one, rather one that may run anyway."""
        objectives = [each for module in self._course.modules for each in module.objectives if each.id in self._wishes]
        return {name for each in objectives for name in self._parts(each, here)}

    def _parts(self, objective: Objective, here: set[str]) -> Iterator[str]:
        for part in (objective.taught, objective.practised, objective.assessed):
            open_ = [name for name in part if name not in self._out]
            yield from ([name for name in open_ if name in here] or open_)[:1]


def _named(course: Course, names: Iterable[str]) -> set[str]:
    """The segments that ids of modules and segments stand for."""
    wanted = set(names)
    return {segment.id for module, segment in _all(course) if module in wanted or segment.id in wanted}
