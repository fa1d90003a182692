"""When an edition takes place: the dates of its days and messages, its half days, and what a calendar file needs besides."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from .model import Day, Edition, PlannedMessage, Session
from .problems import Problem, Severity, warning

OURS = uuid.uuid5(uuid.NAMESPACE_URL, "https://coursewright.invalid/calendar")  # below it, the ids of events
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: none is taken for another when read aloud or typed
CHECKED = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of ISO 7064
ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})
SAME = timedelta()


@dataclass(frozen=True)
class Half:
    """A stretch of a day that people sign for: up to lunch, from lunch on, or a day without lunch."""

    day: Day
    title: str
    start: str
    end: str


@dataclass(frozen=True)
class ClockChange:
    """From ``at`` on, local time as clocks showed it until then, a zone is ``after`` instead of ``before`` ahead of UTC."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


# ------------------------------------------------------------------------------------------------ dates


def dated(edition: Edition, session: Session) -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition with what the session knows of when and where, and what is to be said of it.

    It comes in after the expressions of the course are worked out: a place is not the author's words.
    """
    where = {"place": session.place, "timezone": session.timezone}
    if not session.dates:
        return edition.model_copy(update=where), ()
    known = _each(session.dates, len(edition.days))
    days = tuple(day.model_copy(update={"date": date}) for day, date in zip(edition.days, known, strict=True))
    messages = tuple(_sent(message, known) for message in edition.messages)
    found = edition.model_copy(update={**where, "days": days, "messages": messages})
    return found, tuple(_doubts(found, session.dates))


def _each(dates: tuple[date, ...], days: int) -> tuple[date, ...]:
    """A date for each day: those given, then the days that follow."""
    more = (dates[-1] + timedelta(days=number) for number in range(1, days - len(dates) + 1))
    return (*dates[:days], *more)


def _sent(message: PlannedMessage, days: tuple[date, ...]) -> PlannedMessage:
    """A message with its date, counted from the first day backwards and from the last day on."""
    near = days[0] if message.day <= 0 else days[-1]
    return message.model_copy(update={"date": near + timedelta(days=message.day)}).moved(message._moved)


def _doubts(edition: Edition, given: tuple[date, ...]) -> Iterator[Problem]:
    where = f"{edition.slot.title} for {edition.audience.name}"
    if unused := given[len(edition.days) :]:
        count = f"{len(edition.days)} {'day' if len(edition.days) == 1 else 'days'}"
        yield warning(f"{where} has {count}: {', '.join(map(str, unused))} is not used", edition.slot.origin)
    if taken := edition.days[len(given) :]:
        said = ", ".join(f"day {day.number} is {day.date:%A} {day.date}" for day in taken)
        yield Problem(f"{where}: {said}", edition.slot.origin, "give --date a date for each day", Severity.INFO)


def halves(edition: Edition) -> tuple[Half, ...]:
    """Return what people sign for, in order."""
    return tuple(half for day in edition.days for half in _halves(edition, day))


def _halves(edition: Edition, day: Day) -> Iterator[Half]:
    lunch = next((item for item in edition.agenda if item.day == day.number and item.kind == "lunch"), None)
    if lunch is None:
        yield Half(day, "", day.start, day.end)
        return
    yield Half(day, "Morning", day.start, lunch.start)
    yield Half(day, "Afternoon", lunch.end, day.end)


# ------------------------------------------------------------------------------------------------ calendar files


def escaped(text: object) -> str:
    """Return text as a value of a calendar file (RFC 5545, 3.3.11)."""
    return str(text).translate(ESCAPED)


def moment(day: date, clock: str, more: int = 0) -> str:
    """Return a day and a clock time, ``more`` minutes later, as calendar files write local time: 20261201T090000."""
    return f"{datetime.combine(day, time.fromisoformat(clock)) + timedelta(minutes=more):%Y%m%dT%H%M%S}"


def days_from(day: date, number: int) -> date:
    """Return the date so many days later, or earlier where the number is below 0."""
    return day + timedelta(days=number)


def offset(ahead: timedelta) -> str:
    """Return how far a clock is ahead of UTC as calendar files write it: +0100, -0330, and seconds where there are any."""
    seconds = round(abs(ahead).total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{'-' if ahead < SAME else '+'}{hours:02}{minutes:02}" + (f"{rest:02}" if rest else "")


def event(edition: Edition, *parts: object) -> str:
    """Return the id of an event: the same in every build, so that a calendar replaces what it has of it.

    Another first day is another session, and two rooms on one day are two: sessions live side by side in a trainer's calendar.
    """
    return str(uuid.uuid5(OURS, "\0".join((*_identity(edition), *map(str, parts)))))


def clock_changes(zone: str, first: date, last: date) -> tuple[ClockChange, ...]:
    """Return what holds in a time zone at the beginning of the first day, and every change up to the end of the last one."""
    local = ZoneInfo(zone)
    begin = datetime.combine(first, time(), UTC) - timedelta(days=1)
    end = datetime.combine(last, time(), UTC) + timedelta(days=2)
    days = [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
    turns = [_turn(local, *pair) for pair in pairwise(days) if _state(local, pair[0]) != _state(local, pair[1])]
    return tuple(_change(local, before, at) for before, at in [(begin, begin), *turns])


def _turn(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[datetime, datetime]:
    """The last second of what held before, and the first of what holds after."""
    low, high = int(before.timestamp()), int(after.timestamp())
    while high - low > 1:
        middle = (low + high) // 2
        same = _state(zone, datetime.fromtimestamp(middle, UTC)) == _state(zone, before)
        low, high = (middle, high) if same else (low, middle)
    return datetime.fromtimestamp(low, UTC), datetime.fromtimestamp(high, UTC)


def _state(zone: ZoneInfo, at: datetime) -> tuple[timedelta, str, bool]:
    local = at.astimezone(zone)
    return local.utcoffset() or SAME, local.tzname() or "", bool(local.dst())


def _change(zone: ZoneInfo, before: datetime, at: datetime) -> ClockChange:
    ahead, name, is_summer = _state(zone, at)
    behind, *_ = _state(zone, before)
    return ClockChange((at + behind).replace(tzinfo=None), behind, ahead, name, is_summer)


# ------------------------------------------------------------------------------------------------ serial numbers


def serial(edition: Edition, number: int) -> str:
    """Return the number of a certificate, such as ``TH-20261201-4F7Q-007-K``. The same list gives the same numbers.

    It holds the first letters of the course's title, the first day, four characters that stand for the course and its version,
    audience, slot, days and place, the position on the list, and a check character over all letters and digits before it
    (ISO 7064 MOD 37,36), which finds every single mistyped one and every two neighbours exchanged but rarely.
    """
    initials = "".join(word[0] for word in edition.front.title.upper().split() if word[0].isascii() and word[0].isalnum())
    days = [str(day.date) for day in edition.days]
    facts = "\0".join((*_identity(edition), edition.front.version, edition.slot.id, *days))
    rest = int.from_bytes(hashlib.sha256(facts.encode()).digest()[:4], "big")
    code = "".join(LETTERS[rest >> shift & 31] for shift in (15, 10, 5, 0))
    first = f"{edition.days[0].date:%Y%m%d}" if edition.days[0].date else ""
    body = "-".join(filter(None, (initials[:4], first, code, f"{number:03}")))
    return f"{body}-{check_character(body)}"


def check_character(body: str) -> str:
    """Return the check character of ISO 7064 MOD 37,36 for letters A to Z and digits; all other signs are passed over."""
    size = len(CHECKED)
    rest = size
    for letter in filter(CHECKED.__contains__, body):
        rest = (rest + CHECKED.index(letter)) % size or size
        rest = rest * 2 % (size + 1)
    return CHECKED[(1 - rest) % size]


def _identity(edition: Edition) -> tuple[str, ...]:
    """What makes one session another than the next."""
    return (edition.front.title, edition.audience.id, edition.slot.id, str(edition.days[0].date), edition.place)


def functions(edition: Edition) -> dict[str, Callable[..., Any]]:
    """Return what templates can call."""
    return {
        "halves": partial(halves, edition),
        "event": partial(event, edition),
        "clock_changes": clock_changes,
        "moment": moment,
        "days_from": days_from,
        "offset": offset,
        "serial": partial(serial, edition),
    }
