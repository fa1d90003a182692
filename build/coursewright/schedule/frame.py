"""The time there is: days, breaks, lunch, buffer. What a slot, a schedule and one delivery agree on, before any segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from ..model import Lunch, Schedule, Session, Slot
from ..times import clock, minute

STEP = 5  # minutes: what people can read off a clock
LUNCH_FROM = 360  # minutes: a day this long has lunch, wherever it lies
AROUND_LUNCH = 60  # minutes of work before and after the window that make a shorter day need lunch, too
SPARE = 15  # minutes: what a buffer may grow by before what is left is called time in hand


@dataclass(frozen=True)
class Span:
    """One day: ``number`` from 1, minutes from its start to its end, and lunch if it has one."""

    number: int
    start: str
    minutes: int
    lunch: Lunch | None

    @property
    def end(self) -> str:
        """The clock time at which it is over."""
        return clock(self.start, self.minutes)


@dataclass(frozen=True)
class Frame:
    """The days and the rules for each. ``breaks`` are an author's own, in order; None leaves them to the rules."""

    days: tuple[Span, ...]
    stretch: int
    break_minutes: int
    buffer: int
    breaks: tuple[int, ...] | None = None

    def pauses(self, span: Span) -> Iterator[tuple[int, ...]]:
        """Yield the lengths of a day's breaks to try, fewest first: without lunch."""
        if self.breaks is not None:
            yield self.breaks
            return
        yield from ((self.break_minutes,) * count for count in range(span.minutes // self.break_minutes))

    def space(self, span: Span) -> int:
        """Return the minutes that a full day leaves for segments, with as few breaks as may be."""
        fewest = next((breaks for breaks in self.pauses(span) if self._enough(span, breaks)), ())
        return span.minutes - self.buffer - sum(fewest) - lunch_minutes(span)

    def _enough(self, span: Span, breaks: tuple[int, ...]) -> bool:
        working = span.minutes - sum(breaks) - lunch_minutes(span)
        return self.breaks is not None or working <= (len(breaks) + 1 + bool(span.lunch)) * self.stretch


def lunch_minutes(span: Span) -> int:
    """Return how long a day's lunch is; 0 without."""
    return span.lunch.minutes if span.lunch else 0


def frame(slot: Slot, schedule: Schedule, session: Session) -> Frame:
    """Return the time a slot gives to one delivery."""
    lengths = _lengths(slot.minutes, _days(slot, schedule, session))
    starts = session.starts or (schedule.start,)
    starts = (*starts, *starts[-1:] * len(lengths))
    days = tuple(_span(number, starts[number - 1], minutes, schedule, session) for number, minutes in enumerate(lengths, 1))
    stretch = schedule.online_stretch if session.online and schedule.online_stretch else schedule.longest_stretch
    buffer = schedule.buffer if slot.buffer is None else slot.buffer
    return Frame(days, stretch, schedule.break_minutes, buffer, slot.breaks or None)


def by_rule(frame: Frame) -> Frame:
    """Return the frame with its breaks left to the rules."""
    return replace(frame, breaks=None)


def _days(slot: Slot, schedule: Schedule, session: Session) -> int:
    return session.days or slot.days or ceil(slot.minutes / schedule.longest_day)


def _lengths(minutes: int, days: int) -> Sequence[int]:
    """Divide minutes over days, in whole steps but for the last."""
    ends = [round(minutes * day / days / STEP) * STEP for day in range(1, days)]
    return [end - begin for begin, end in zip((0, *ends), (*ends, minutes), strict=True)]


def _span(number: int, start: str, minutes: int, schedule: Schedule, session: Session) -> Span:
    lunch = schedule.lunch if session.lunch is None else session.lunch or None
    return Span(number, start, minutes, lunch if lunch and _needs_lunch(start, minutes, lunch) else None)


def _needs_lunch(start: str, minutes: int, lunch: Lunch) -> bool:
    begin, end = minute(start), minute(start) + minutes
    around = begin <= minute(lunch.earliest) - AROUND_LUNCH and end >= minute(lunch.latest) + AROUND_LUNCH
    return around or minutes >= LUNCH_FROM
