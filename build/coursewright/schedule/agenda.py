"""A timetable becomes an agenda with clock times, and modules whose segments know theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from ..audience import inside
from ..model import AgendaItem, Audience, CardDeck, Late, Module, PlannedModule, PlannedSegment, Segment, Step
from ..sameness import Same
from ..times import clock
from .day import DayPlan
from .pool import Candidate

TITLES = {"break": "Break", "lunch": "Lunch", "buffer": "Buffer", "open": "Time in hand"}
SHORT_BREAK = 10  # minutes: a shorter one is time to stretch, not to leave the room


@dataclass(frozen=True)
class Entry:
    """What runs from when to when: a segment, or one of TITLES. ``home`` is the module it is shown in."""

    day: int
    kind: str
    start: str
    end: str
    minutes: int
    candidate: Candidate | None = None
    home: str = ""


def entries(days: Sequence[DayPlan]) -> tuple[Entry, ...]:
    """Return everything that runs, in order, day by day."""
    found = [entry for day in days for entry in _entries(day)]
    homes = _homes([entry.candidate.module for entry in found if entry.candidate])
    inside = iter(homes)
    return tuple(
        Entry(each.day, each.kind, each.start, each.end, each.minutes, each.candidate, next(inside) if each.candidate else "")
        for each in found
    )


def _entries(day: DayPlan) -> Iterator[Entry]:
    elapsed = 0
    for index, part in enumerate(day.slices):
        pauses = [(None, pause.kind, pause.minutes) for pause in day.pauses if pause.after == index]
        for candidate, kind, minutes in (*pauses, (part.candidate, part.kind, part.minutes)):
            times = clock(day.span.start, elapsed), clock(day.span.start, elapsed + minutes)
            yield Entry(day.span.number, candidate.segment.kind.value if candidate else kind, *times, minutes, candidate)
            elapsed += minutes


def _homes(modules: Sequence[str]) -> list[str]:
    """The module each segment is shown in: a night that divides a module is shown inside it."""
    last = {name: index for index, name in enumerate(modules)}
    homes: list[str] = []
    until, home = -1, ""
    for index, name in enumerate(modules):
        if index > until:
            until, home = last[name], name
        homes.append(home)
    return homes


def agenda(found: Iterable[Entry], titles: Mapping[str, str]) -> tuple[AgendaItem, ...]:
    """Return the lines of the agenda; ``titles`` are those that segments have in this edition."""
    counts = dict.fromkeys(TITLES, 0)
    return tuple(_item(entry, titles, counts) for entry in found)


def _item(entry: Entry, titles: Mapping[str, str], counts: dict[str, int]) -> AgendaItem:
    times = {"day": entry.day, "kind": entry.kind, "minutes": entry.minutes, "start": entry.start, "end": entry.end}
    if entry.candidate:
        return AgendaItem(id=entry.candidate.id, module=entry.home, title=titles[entry.candidate.id], **times)
    counts[entry.kind] += 1
    alone = entry.kind == "buffer" and counts[entry.kind] == 1
    title = "Stretch" if entry.kind == "break" and entry.minutes < SHORT_BREAK else TITLES[entry.kind]
    return AgendaItem(id=entry.kind if alone else f"{entry.kind}-{counts[entry.kind]}", title=title, **times)


# ------------------------------------------------------------------------------------------------------ modules


def modules(
    found: Iterable[Entry], known: Sequence[Module], overnight: Module | None, audience: Audience
) -> tuple[PlannedModule, ...]:
    """Return the modules as they run, numbered from 1; what runs between two days has number 0."""
    kept = [entry for entry in found if entry.candidate]
    groups = [(home, list(group)) for home, group in groupby(kept, key=lambda entry: entry.home)]
    sources = {module.id: module for module in known}
    numbers = {home: number for number, home in enumerate((home for home, _ in groups if home in sources), 1)}
    nights = {home: overnight.model_copy(update={"id": home}) for home, _ in groups if overnight and home not in sources}
    return tuple(_module((sources | nights)[home], numbers.get(home, 0), group, audience) for home, group in groups)


def _module(module: Module, number: int, group: Sequence[Entry], audience: Audience) -> PlannedModule:
    lengths = {entry.candidate.id: entry.minutes for entry in group if entry.candidate}
    segments = [entry.candidate.segment for entry in group if entry.candidate]
    return PlannedModule.model_construct(
        **{
            **dict(module),
            "number": number,
            "given": sum(entry.minutes for entry in group),
            "day": group[0].day,
            "start": group[0].start,
            "segments": tuple(_segment(entry.candidate.segment, entry, audience) for entry in group if entry.candidate),
            "decks": tuple(_dealt(deck, segments, lengths) for deck in module.decks),
        }
    )


def _dealt(deck: CardDeck, segments: Sequence[Segment], lengths: Mapping[str, int]) -> CardDeck:
    """The deck, or its first cards where a segment that plays with it runs in its short form."""
    players = [s for s in segments if s.plays_with(deck.id)]
    short = any(s.short and lengths[s.id] < s.short.below for s in players)
    return deck.model_copy(update={"cards": deck.cards[: deck.few]}) if short else deck


def _segment(segment: Segment, entry: Entry, audience: Audience) -> PlannedSegment:
    short = segment.short if segment.short and entry.minutes < segment.short.below else None
    segment = _short_form(Same(segment), Same(audience)) if short else segment
    late = segment.if_short if short and "if_short" in short.fields else _late(segment, entry.minutes)
    own = {**dict(segment), "steps": scaled(segment.steps, entry.minutes), "if_short": late}
    planned = {**own, "given": entry.minutes, "day": entry.day, "start": entry.start, "end": entry.end}
    return PlannedSegment.model_construct(**planned).moved(segment._moved)


@lru_cache(maxsize=1_000)
def _short_form(segment: Same[Segment], audience: Same[Audience]) -> Segment:
    """A segment with what its short form replaces, as the audience sees it: checked once for all editions that run it."""
    short = segment.value.short
    assert short is not None
    return inside(segment.value.replaced(short.fields, short.at("with")), audience.value)


def _late(segment: Segment, minutes: int) -> Late | None:
    """What running late can still save: a segment that was shortened has given part of it, or all, already."""
    late = segment.if_short
    left = late.saves - (segment.minutes.full - minutes) if late else 0
    return late.model_copy(update={"saves": left}) if late and left > 0 else None


def scaled(steps: Sequence[Step], minutes: int) -> tuple[Step, ...]:
    """Return the steps with minutes that add up to ``minutes``: in proportion, a minute at least, by largest remainder."""
    total = sum(step.minutes for step in steps)
    shares = [step.minutes * minutes / total for step in steps]
    lengths = [max(1, int(share)) for share in shares]
    while sum(lengths) < minutes:
        lengths[max(range(len(steps)), key=lambda i: shares[i] - lengths[i])] += 1
    while sum(lengths) > minutes:
        lengths[max((i for i in range(len(steps)) if lengths[i] > 1), key=lambda i: lengths[i] - shares[i])] -= 1
    return tuple(_lasting(step, length) for step, length in zip(steps, lengths, strict=True))


def _lasting(step: Step, minutes: int) -> Step:
    """The step with its minutes; the very same one where they stay, for what is kept by it."""
    return step if step.minutes == minutes else step.model_copy(update={"minutes": minutes})
