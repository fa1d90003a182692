"""What to do when behind: points at which to look at the clock, and for each what may still go, in order.

The order is the one by which a course is fitted to its slot (:mod:`coursewright.schedule`), so that who leads the room
can predict it:

1. time in hand is used, which nobody has planned anything for;
2. then what could go is shortened, as its author says, whatever saves most first;
3. then the buffer is used;
4. then what should stay is shortened, then what must stay;
5. last, what could go is left out, an activity with its debrief, a debrief never alone: the shortest that saves enough.
   What then needs no shortening after all is given back its minutes, what matters most first;
6. only then what saves no more than a minute or two.

Breaks are never cut, and neither is what ends the day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, combinations
from typing import Literal

from .model import AgendaItem, Edition, Kind, Objective, PlannedSegment, Priority
from .times import clock

COUNT = 3  # checkpoints a day: at a quarter, a half and three quarters of the working time
OFF_MODULE_END = 10  # per cent of a day's work by which a checkpoint may move to stand at the end of a module
WORTH = 3  # minutes: what saves less is no relief to a room that has to change its plan for it
ORDER = (Priority.COULD, Priority.SHOULD, Priority.MUST)  # what may go first
WORK = (Kind.ACTIVITY, Kind.REFLECTION)  # what a debrief that follows at once belongs to


@dataclass(frozen=True)
class Measure:
    """One thing to do, and the minutes it saves; leaving out comes on top of shortening the same parts.

    ``parts`` are the segments that it shortens or leaves out; ``do`` says how to shorten, in the author's words.
    """

    how: Literal["shorten", "use", "leave out"]
    start: str
    title: str
    saves: int
    do: str = ""
    parts: tuple[PlannedSegment, ...] = ()


@dataclass(frozen=True)
class Checkpoint:
    """A point of a day, right after the agenda item ``after``: its planned time, what comes next, and what may go.

    ``ladder`` is what to use and to shorten, in order; then comes what ``could`` be left out, then the ``least`` savings.
    What ``should`` stay goes only if the day must end on time.
    """

    number: int
    day: int
    after: str
    at: str
    next: AgendaItem
    ladder: tuple[Measure, ...]
    could: tuple[Measure, ...]
    least: tuple[Measure, ...]
    should: tuple[Measure, ...]


@dataclass(frozen=True)
class Rescue:
    """What to do when so many minutes behind, and the objectives that are then ``lost``.

    ``short`` minutes cannot be saved: the day ends at ``end``, or ``instead`` is left out, too.
    """

    measures: tuple[Measure, ...]
    saved: int
    short: int
    end: str
    instead: Measure | None
    lost: tuple[Objective, ...]


@dataclass(frozen=True)
class Further:
    """What is to be said of more minutes after fewer: ``measures`` to name, ``same`` if all of the earlier ones still hold."""

    measures: tuple[Measure, ...]
    same: bool


def further(found: Rescue, less: Rescue | None) -> Further:
    """Return what to say of a rescue after that for fewer minutes, if there was one."""
    earlier = less.measures if less else ()
    if not earlier or any(measure not in found.measures for measure in earlier):
        return Further(found.measures, same=False)
    return Further(tuple(measure for measure in found.measures if measure not in earlier), same=True)


def checkpoints(edition: Edition, day: int) -> tuple[Checkpoint, ...]:
    """Return a day's checkpoints in order: three where there are so many places, before the ending.

    They stand at the quarters of the working time, at the end of a module where one is near, and never between an activity
    and its debrief.
    """
    run = _Run(edition, day)
    return tuple(_checkpoint(run, number, index) for number, index in enumerate(_chosen(run), 1))


def rescue(edition: Edition, checkpoint: Checkpoint, minutes: int) -> Rescue:
    """Return what to do when so many minutes behind at a checkpoint."""
    steps = _steps(checkpoint, minutes)
    saved = sum(step.saves for step in steps)
    short = max(0, minutes - saved)
    enough = [step for step in checkpoint.should if step.saves >= short]
    gone = {part.id for step in steps if step.how == "leave out" for part in step.parts}
    return Rescue(
        measures=steps,
        saved=saved,
        short=short,
        end=clock(edition.days[checkpoint.day - 1].end, short),
        instead=min(enough, key=lambda step: step.saves) if short and enough else None,
        lost=tuple(each for each in edition.objectives if _is_lost(each, edition, gone)),
    )


def _steps(checkpoint: Checkpoint, minutes: int) -> tuple[Measure, ...]:
    """The first measures of the ladder that save enough; where none do, all of them, and what could be left out."""
    first = _first(checkpoint.ladder, minutes)
    left = minutes - sum(step.saves for step in first)
    if left <= 0:
        return first
    out = [replace(step, saves=sum(part.given for part in step.parts)) for step in _enough(checkpoint.could, left)]
    gone = {part.id for step in out for part in step.parts}
    kept = tuple(step for step in first if not gone & {part.id for part in step.parts})
    least = tuple(step for step in checkpoint.least if not gone & {part.id for part in step.parts})
    rest = _first(least, minutes - sum(step.saves for step in (*kept, *out)))
    return (*(_needed(kept, sum(step.saves for step in (*kept, *out)) - minutes) if out else kept), *out, *rest)


def _first(measures: tuple[Measure, ...], minutes: int) -> tuple[Measure, ...]:
    """The first measures that save so many minutes, no more of the last than is needed; all, if they do not."""
    chosen: list[Measure] = []
    for step in measures:
        if minutes <= 0:
            break
        chosen.append(_spared(step, step.saves - minutes))
        minutes -= step.saves
    return tuple(chosen)


def _needed(measures: tuple[Measure, ...], over: int) -> tuple[Measure, ...]:
    """The measures without those, from the last on, that are not needed where so many minutes are saved too many."""
    kept = list(measures)
    for step in reversed(measures):
        if step.saves <= over:
            over -= step.saves
            kept.remove(step)
    return tuple(kept)


def _spared(step: Measure, over: int) -> Measure:
    """The measure without the minutes that are not needed, where it can be taken in part."""
    return replace(step, saves=step.saves - over) if step.how == "use" and over > 0 else step


def _enough(measures: Iterable[Measure], minutes: int) -> list[Measure]:
    """The shortest measure that saves so many minutes; where none does, the longest, and so on for the rest."""
    chosen: list[Measure] = []
    left = sorted(measures, key=lambda measure: measure.saves)
    while left and minutes > 0:
        chosen.append(next((each for each in left if each.saves >= minutes), left[-1]))
        left.remove(chosen[-1])
        minutes -= chosen[-1].saves
    return chosen


@dataclass(frozen=True)
class _Run:
    """A day as it runs: the items of its agenda, each with its segment or None."""

    edition: Edition
    day: int

    @cached_property
    def items(self) -> tuple[tuple[AgendaItem, PlannedSegment | None], ...]:
        planned = {segment.id: segment for module in self.edition.modules for segment in module.segments}
        return tuple((item, planned.get(item.id)) for item in self.edition.agenda if item.day == self.day)

    def debrief(self, index: int) -> PlannedSegment | None:
        """The debrief of the item at an index, if it has one: nothing may come between the two."""
        pair = self.items[index : index + 2]
        if len(pair) < 2 or pair[0][0].module != pair[1][0].module:
            return None
        first, second = pair[0][1], pair[1][1]
        return second if first and second and first.kind in WORK and second.kind is Kind.DEBRIEF else None


# ---------------------------------------------------------------------------------------------------- where


def _chosen(run: _Run) -> tuple[int, ...]:
    """Indices of the agenda items after which to look at the clock."""
    places = list(_places(run))
    count = min(COUNT, len(places))
    if not count:
        return ()
    done = [*accumulate(item.minutes if segment else 0 for item, segment in run.items)]
    away = {
        (rank, index): abs(100 * done[index] / done[-1] - 100 * (rank + 1) / (count + 1)) + _off(run, index)
        for rank in range(count)
        for index in places
    }
    return min(combinations(places, count), key=lambda chosen: sum(away[pair] for pair in enumerate(chosen)))


def _places(run: _Run) -> Iterator[int]:
    """Where a checkpoint may stand: while something that is not protected is still to come."""
    free = [index for index, (_, segment) in enumerate(run.items) if segment and not segment.ending]
    first = next((index for index, (_, segment) in enumerate(run.items) if segment and segment.ending), len(run.items))
    yield from (index for index in free[:-1] if index < first and not run.debrief(index))


def _off(run: _Run, index: int) -> int:
    later = next((item.module for item, segment in run.items[index + 1 :] if segment), "")
    return OFF_MODULE_END if later == run.items[index][0].module else 0


def _checkpoint(run: _Run, number: int, index: int) -> Checkpoint:
    item = run.items[index][0]
    ahead = [segment for _, segment in run.items[index + 1 :] if segment and not segment.ending]
    could, should, must = (_shortened(ahead, priority) for priority in ORDER)
    spare, buffer = (_used(run, index + 1, kind) for kind in ("open", "buffer"))
    steps = (*spare, *could, *buffer, *should, *must)
    return Checkpoint(
        number,
        run.day,
        item.id,
        item.end,
        run.items[index + 1][0],
        ladder=tuple(step for step in steps if step.how == "use" or step.saves >= WORTH),
        could=tuple(_left_out(_going(run, index + 1, Priority.COULD), WORTH)),
        least=tuple(step for step in steps if step.how != "use" and step.saves < WORTH),
        should=tuple(_left_out(_going(run, index + 1, Priority.SHOULD), 1)),
    )


# ----------------------------------------------------------------------------------------------- what may go


def _going(run: _Run, begin: int, priority: Priority) -> Iterator[tuple[PlannedSegment, ...]]:
    """What of one priority can be left out from an index on: a segment, with its debrief if it has one."""
    for index, (_, segment) in enumerate(run.items):
        if index < begin or segment is None or segment.priority is not priority or segment.ending:
            continue
        after = run.debrief(index)
        if run.debrief(index - 1) is not segment and not (after and (after.ending or after.priority is Priority.MUST)):
            yield (segment, after) if after else (segment,)


def _shortened(segments: Iterable[PlannedSegment], priority: Priority) -> Sequence[Measure]:
    found = [
        Measure("shorten", segment.start, segment.title, _saving(segment), segment.if_short.do, (segment,))
        for segment in segments
        if segment.if_short and segment.priority is priority
    ]
    return sorted(found, key=lambda measure: -measure.saves)


def _used(run: _Run, begin: int, kind: str) -> Iterator[Measure]:
    return (Measure("use", item.start, item.title, item.minutes) for item, _ in run.items[begin:] if item.kind == kind)


def _left_out(going: Iterable[tuple[PlannedSegment, ...]], worth: int) -> Iterator[Measure]:
    """What leaving parts out saves on top of what shortening them has saved, if that was worth it."""
    for parts in going:
        shortened = [saving for part in parts if (saving := _saving(part)) >= worth]
        saves = sum(part.given for part in parts) - sum(shortened)
        if saves:
            yield Measure("leave out", parts[0].start, parts[0].title, saves, parts=parts)


def _saving(segment: PlannedSegment) -> int:
    """The minutes that the author's short way saves: never more than the segment has."""
    return min(segment.if_short.saves, segment.given) if segment.if_short else 0


def _is_lost(objective: Objective, edition: Edition, gone: Collection[str]) -> bool:
    kept = {item.id for item in edition.agenda if item.id not in gone}
    return bool(gone) and any(not kept.intersection(ids) for ids in (objective.taught, objective.practised, objective.assessed))
