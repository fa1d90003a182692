"""One day: how many minutes each segment gets, where the breaks fall, what becomes buffer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from ..model import Segment
from ..times import minute
from .frame import SPARE, STEP, Frame, Span, lunch_minutes
from .pool import Candidate, debriefs

OFF_MODULE_END = 40  # cost of a break inside a module, in the same coin as squared minutes of imbalance / 100
OUTSIDE_WINDOW = 1000  # cost of each minute that lunch misses its window by
IN_THE_ENDING = 500  # cost of a break between plan and close: only where they alone are too long


@dataclass(frozen=True)
class Slice:
    """A segment and the minutes it gets; without a segment, ``kind`` is buffer or open."""

    candidate: Candidate | None
    minutes: int
    kind: str = ""

    @property
    def segment(self) -> Segment | None:
        """The segment, if it is one."""
        return self.candidate.segment if self.candidate else None


@dataclass(frozen=True)
class Pause:
    """A break after so many slices."""

    after: int
    kind: str
    minutes: int


@dataclass(frozen=True)
class DayPlan:
    """A day as it runs: its slices, and the pauses between them."""

    span: Span
    slices: tuple[Slice, ...]
    pauses: tuple[Pause, ...]


def plan_day(candidates: Sequence[Candidate], span: Span, frame: Frame) -> DayPlan | None:
    """Return the day that these candidates fill, with as few breaks as the longest stretch allows; None if they do not fit."""
    for breaks in frame.pauses(span):
        if sum(each.low for each in candidates) > _space(span, breaks, frame):
            return None
        found = _filled(candidates, span, breaks, frame)
        if span.lunch and (found is None or _misses(found)):
            found = _own_lunch(candidates, span, breaks, frame) or found
        if found is not None:
            return found
    return None


def _filled(candidates: Sequence[Candidate], span: Span, breaks: tuple[int, ...], frame: Frame) -> DayPlan | None:
    """The day with these breaks, and lunch if its span has one; None when a stretch would be too long."""
    space = _space(span, breaks, frame)
    slices = _slices(candidates, grown(candidates, space), space, frame.buffer)
    pauses = _pauses(slices, breaks, span, frame)
    return None if pauses is None else DayPlan(span, slices, pauses)


def _own_lunch(candidates: Sequence[Candidate], span: Span, breaks: tuple[int, ...], frame: Frame) -> DayPlan | None:
    """The day without a lunch of its own, if there is time in hand to have it in."""
    found = _filled(candidates, replace(span, lunch=None), breaks, frame)
    return found if found and opening(found) >= lunch_minutes(span) else None


def _space(span: Span, breaks: tuple[int, ...], frame: Frame) -> int:
    return span.minutes - frame.buffer - sum(breaks) - lunch_minutes(span)


def opening(day: DayPlan) -> int:
    """Return the minutes that nothing fills."""
    return sum(part.minutes for part in day.slices if part.kind == "open")


def _misses(day: DayPlan) -> bool:
    """Whether lunch is outside its window."""
    elapsed = 0
    for index, part in enumerate(day.slices):
        for pause in (pause for pause in day.pauses if pause.after == index):
            if pause.kind == "lunch" and missed(minute(day.span.start) + elapsed, day.span):
                return True
            elapsed += pause.minutes
        elapsed += part.minutes
    return False


def grown(candidates: Sequence[Candidate], space: int) -> dict[str, int]:
    """Return the minutes of each: the least, and what is left of the space to endings and what matters most first."""
    lengths = {each.id: each.low for each in candidates}
    left = space - sum(lengths.values())
    for each in sorted(candidates, key=lambda one: (one.segment.ending is None, -one.rank)):
        room = each.high - each.low
        given = room if room <= left else left // STEP * STEP
        lengths[each.id] += given
        left -= given
    return lengths


def _slices(candidates: Sequence[Candidate], lengths: dict[str, int], space: int, buffer: int) -> tuple[Slice, ...]:
    """The segments with the buffer before the ending; what no buffer needs is open time before that."""
    left = space - sum(lengths.values())
    spare = 0 if left <= SPARE else left // STEP * STEP
    parts = [Slice(each, lengths[each.id]) for each in candidates]
    ending = next((index for index, each in enumerate(candidates) if each.segment.ending), len(parts))
    between = [Slice(None, spare, "open"), Slice(None, buffer + left - spare, "buffer")]
    return (*parts[:ending], *(each for each in between if each.minutes), *parts[ending:])


# ------------------------------------------------------------------------------------------------------ breaks


def _pauses(slices: Sequence[Slice], breaks: tuple[int, ...], span: Span, frame: Frame) -> tuple[Pause, ...] | None:
    """The best places for these breaks and lunch; None when a stretch would be too long.

    Open time is a pause itself: the breaks fall before it.
    """
    gap = next((index for index, part in enumerate(slices) if part.kind == "open"), None)
    work, rest = (slices, ()) if gap is None else (slices[:gap], slices[gap + 1 :])
    if sum(part.minutes for part in rest) > frame.stretch:
        return None
    count = len(breaks) + bool(span.lunch)
    if sum(part.minutes for part in work) > (count + 1) * frame.stretch:
        return None
    places = range(count) if span.lunch else (-1,)
    found = [each for each in (_placed(work, breaks, place, span, frame) for place in places) if each is not None]
    return min(found, key=lambda each: each[0])[1] if found else None


Way = tuple[float, tuple[int, ...]]  # what it costs, and the gaps it takes


def _placed(
    slices: Sequence[Slice], breaks: tuple[int, ...], lunch: int, span: Span, frame: Frame
) -> tuple[float, tuple[Pause, ...]] | None:
    """The cheapest gaps for the breaks; pause number ``lunch`` (from 0, -1 for none) is lunch."""
    kinds = [("break", minutes) for minutes in breaks]
    if lunch >= 0:
        kinds.insert(lunch, ("lunch", lunch_minutes(span)))
    times = [0, *accumulate(part.minutes for part in slices)]
    paused = [0, *accumulate(minutes for _, minutes in kinds)]
    ideal = times[-1] / (len(kinds) + 1)

    def cost(begin: int, gap: int, number: int) -> float | None:
        """What pause ``number`` costs after a stretch from ``begin``; None where none may be."""
        length = times[gap] - times[begin]
        if length > frame.stretch or (gap < len(slices) and not may_pause(slices[gap - 1], slices[gap])):
            return None
        late = missed(minute(span.start) + times[gap] + paused[number], span) if number == lunch else 0
        return (length - ideal) ** 2 / 100 + _gap_cost(slices, gap) + late * OUTSIDE_WINDOW

    found = cheapest(len(slices), len(kinds), cost)
    if found is None:
        return None
    return found[0], tuple(Pause(gap, *kind) for gap, kind in zip(found[1], kinds, strict=True))


def cheapest(end: int, count: int, cost: Callable[[int, int, int], float | None]) -> Way | None:
    """Return the cheapest way to cut ``end`` things ``count`` times, by dynamic programming; None if there is none.

    ``cost`` says what part ``number`` costs from one cut to the next (None where it may not be).
    """

    @cache
    def best(begin: int, number: int) -> Way | None:
        gaps = range(begin + 1, end) if number < count else (end,)
        ways = [(here, gap) for gap in gaps if (here := cost(begin, gap, number)) is not None]
        if number == count:
            return (ways[0][0], ()) if ways and begin < end else None
        rests = [(here, gap, rest) for here, gap in ways if (rest := best(gap, number + 1)) is not None]
        return min(((here + rest[0], (gap, *rest[1])) for here, gap, rest in rests), default=None)

    return best(0, 0) if end else ((0, ()) if count == 0 else None)


def may_pause(before: Slice, after: Slice) -> bool:
    """Return whether a break may come between: not after the buffer, not between an activity and its debrief."""
    if before.candidate is None or after.candidate is None:
        return before.candidate is not None
    return not debriefs(before.candidate, after.candidate)


def _gap_cost(slices: Sequence[Slice], gap: int) -> float:
    if gap == len(slices):
        return 0
    before, after = slices[gap - 1].candidate, slices[gap].candidate
    if before and before.segment.ending:
        return IN_THE_ENDING
    return 0 if before is None or after is None or before.module != after.module else OFF_MODULE_END


def missed(at: int, span: Span) -> int:
    """Return by how many minutes a lunch at this minute of the day misses its window."""
    if span.lunch is None:
        return 0
    return max(0, minute(span.lunch.earliest) - at, at - minute(span.lunch.latest))
