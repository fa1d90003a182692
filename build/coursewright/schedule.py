"""Fit a course to a slot: what is kept, how long it takes, where the breaks are.

The rules, in this order, are few enough for a trainer to predict:

1. A must is never dropped, and what is marked as the ending (plan, close) is kept and comes after the buffer.
2. Segments shrink before any is dropped; could before should before must; never below their minimum.
3. If that is not enough, could goes before should, from the end of the course; activity and debrief go together.
4. Minutes that are left go back, to the ending first, then must, should, could in course order, in steps of five.
5. No stretch without a break is longer than the schedule says. Breaks fall at the ends of modules where they can, never
   between an activity and its debrief. A session of six hours or more has lunch.
6. What remains is the buffer, right before the ending. The minutes add up to the slot exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from .model import (
    AgendaItem,
    Audience,
    CardDeck,
    Course,
    Cut,
    Edition,
    Kind,
    Late,
    Module,
    Objective,
    PlannedModule,
    PlannedSegment,
    Priority,
    Receipt,
    Schedule,
    Segment,
    Shrunk,
    Slot,
    Step,
    Swapped,
    Unclaimed,
)
from .problems import Broken, Problem, warning
from .times import clock, minute

STEP = 5  # minutes: what people can read off a clock
LUNCH_FROM = 360  # minutes: shorter sessions end before or start after lunch
LONGEST_DAY = 600  # minutes
RANK = {Priority.COULD: 0, Priority.SHOULD: 1, Priority.MUST: 2}
OFF_MODULE_END = 40  # cost of a break inside a module, in the same coin as squared minutes of imbalance / 100
OUTSIDE_WINDOW = 1000  # cost of each minute that lunch misses its window by


@dataclass(frozen=True)
class Slice:
    """A segment and the minutes it gets; ``segment`` is None for the buffer."""

    module: str
    segment: Segment | None
    minutes: int


@dataclass(frozen=True)
class Pause:
    """A break after so many slices."""

    after: int
    kind: str
    minutes: int


def fit(
    course: Course,
    audience: Audience,
    slot: Slot,
    start: str,
    people: int | None = None,
    swapped: Iterable[Swapped] = (),
) -> tuple[Edition, tuple[Problem, ...]]:
    """Return the edition of a selected course that fills the slot exactly, and warnings.

    Raises Broken when the slot is too short (naming the shortest that works) or longer than a day.
    """
    schedule = course.front.schedule
    if slot.minutes > LONGEST_DAY:
        raise Broken(
            [
                Problem(
                    f"{slot.minutes} minutes are more than a day holds ({LONGEST_DAY})",
                    slot.origin,
                    "plan each day as a slot of its own",
                )
            ]
        )
    pool = [(module.id, segment) for module in course.modules for segment in module.segments]
    found = _timetable(pool, slot.minutes, schedule, start)
    if found is None:
        raise Broken([_too_short(pool, slot, schedule, start, audience)])
    slices, pauses, rules = found
    modules = _planned(course.modules, slices, pauses, start)
    agenda = _titled(_agenda(slices, pauses, start), modules)
    kept = {part.segment.id for part in slices if part.segment}
    objectives = [objective for module in course.modules for objective in module.objectives]
    claimed = tuple(objective for objective in objectives if not _missing(objective, kept))
    seats = people or audience.people
    edition = Edition.model_construct(
        front=course.front,
        audience=audience,
        slot=slot,
        start=start,
        end=clock(start, slot.minutes),
        people=seats,
        tables=max(1, -(-seats // audience.table_size)),
        modules=_with_claims(modules, claimed),
        agenda=agenda,
        objectives=claimed,
        receipt=Receipt(
            cut=tuple(Cut(id=s.id, title=s.title, minutes=s.minutes.full, rule=rules[s.id]) for _, s in pool if s.id not in kept),
            shrunk=tuple(
                _shrunk(part.segment, part.minutes)
                for part in slices
                if part.segment and part.minutes < part.segment.minutes.full
            ),
            swapped=tuple(entry for entry in swapped if entry.id not in {segment.id for _, segment in pool} - kept),
            unclaimed=tuple(Unclaimed(id=o.id, text=o.text, missing=_missing(o, kept)) for o in objectives if o not in claimed),
        ),
        cases=course.cases,
        sources=course.sources,
    )
    return edition, tuple(_doubts(edition, schedule))


# ---------------------------------------------------------------------------------------------- what is kept


Pool = Sequence[tuple[str, Segment]]


def _timetable(
    pool: Pool, minutes: int, schedule: Schedule, start: str
) -> tuple[tuple[Slice, ...], tuple[Pause, ...], dict[str, str]] | None:
    """Slices, pauses and the rule behind each cut, with as few breaks as the longest stretch allows; None if too short."""
    lunch = minutes >= LUNCH_FROM
    for breaks in range(minutes // STEP):
        pause_minutes = breaks * schedule.break_minutes + (schedule.lunch.minutes if lunch else 0)
        chosen = _choose(pool, minutes - schedule.buffer - pause_minutes)
        if chosen is None:
            return None
        lengths, rules = chosen
        slices = _with_buffer(pool, lengths, minutes - pause_minutes - sum(lengths.values()))
        pauses = _pauses(slices, breaks + lunch, lunch, schedule, start)
        if pauses is not None:
            return slices, pauses, rules
    return None


def _choose(pool: Pool, space: int) -> tuple[dict[str, int], dict[str, str]] | None:
    """Minutes for each segment that is kept, and why the others are not; None when the musts alone are too long."""
    kept = list(pool)
    rules: dict[str, str] = {}
    while sum(segment.minutes.min for _, segment in kept) > space:
        victims = [pair for pair in kept if not _protected(pair[1])]
        if not victims:
            return None
        victim = min(reversed(victims), key=lambda pair: RANK[pair[1].priority])
        partners = _partners(victim, kept)
        rules[victim[1].id] = f"“{victim[1].priority}” goes before what matters more, last first"
        rules.update({segment.id: f"it goes with {victim[1].id}" for _, segment in partners})
        kept = [pair for pair in kept if pair not in (victim, *partners)]
    return _grown([segment for _, segment in kept], space), rules


def _protected(segment: Segment) -> bool:
    return segment.priority is Priority.MUST or segment.ending is not None


def _partners(victim: tuple[str, Segment], kept: Pool) -> list[tuple[str, Segment]]:
    """The debrief of an activity that goes, or the activity of a debrief that goes, unless it matters more."""
    at = kept.index(victim)
    after = [pair for pair in kept[at + 1 : at + 2] if _belong(victim, pair)]
    before = [pair for pair in kept[max(0, at - 1) : at] if _belong(pair, victim)]
    rank = RANK[victim[1].priority]
    return [pair for pair in after if not _protected(pair[1])] + [pair for pair in before if RANK[pair[1].priority] <= rank]


def _belong(first: tuple[str, Segment], second: tuple[str, Segment]) -> bool:
    """Whether the second is the debrief of the first: nothing may come between."""
    works = (Kind.ACTIVITY, Kind.REFLECTION)
    return first[0] == second[0] and first[1].kind in works and second[1].kind is Kind.DEBRIEF


def _grown(kept: Sequence[Segment], space: int) -> dict[str, int]:
    lengths = {segment.id: segment.minutes.min for segment in kept}
    left = space - sum(lengths.values())
    for segment in sorted(kept, key=lambda s: (s.ending is None, -RANK[s.priority])):
        room = segment.minutes.full - segment.minutes.min
        given = room if room <= left else left // STEP * STEP
        lengths[segment.id] += given
        left -= given
    return lengths


def _with_buffer(pool: Pool, lengths: Mapping[str, int], buffer: int) -> tuple[Slice, ...]:
    parts = [Slice(module, segment, lengths[segment.id]) for module, segment in pool if segment.id in lengths]
    ending = next((index for index, part in enumerate(parts) if part.segment and part.segment.ending), len(parts))
    spare = [Slice("", None, buffer)] if buffer else []
    return (*parts[:ending], *spare, *parts[ending:])


# ------------------------------------------------------------------------------------------------- breaks


def _pauses(slices: Sequence[Slice], count: int, lunch: bool, schedule: Schedule, start: str) -> tuple[Pause, ...] | None:
    """The best places for so many pauses, one of them lunch if there is one; None when a stretch would be too long."""
    tries = [_placed(slices, count, index if lunch else -1, schedule, start) for index in range(max(count, 1) if lunch else 1)]
    found = [each for each in tries if each is not None]
    return min(found, key=lambda each: each[0])[1] if found else None


def _placed(
    slices: Sequence[Slice], count: int, lunch: int, schedule: Schedule, start: str
) -> tuple[float, tuple[Pause, ...]] | None:
    """Dynamic programme over the gaps between slices; pause number ``lunch`` (from 0, -1 for none) is lunch."""
    times = [0, *accumulate(part.minutes for part in slices)]
    ideal = times[-1] / (count + 1)

    @cache
    def best(begin: int, number: int) -> tuple[float, tuple[int, ...]] | None:
        if number == count:
            length = times[-1] - times[begin]
            return (_imbalance(length, ideal), ()) if length <= schedule.longest_stretch else None
        options = []
        for gap in range(begin + 1, len(slices)):
            length = times[gap] - times[begin]
            if length > schedule.longest_stretch:
                break
            rest = best(gap, number + 1)
            if rest is not None and _may_pause(slices[gap - 1], slices[gap]):
                at = minute(start) + times[gap] + number * schedule.break_minutes
                cost = _imbalance(length, ideal) + _gap_cost(slices, gap) + (_window_cost(at, schedule) if number == lunch else 0)
                options.append((cost + rest[0], (gap, *rest[1])))
        return min(options) if options else None

    found = best(0, 0)
    if found is None:
        return None
    return found[0], tuple(_pause(gap, number == lunch, schedule) for number, gap in enumerate(found[1]))


def _pause(gap: int, lunch: bool, schedule: Schedule) -> Pause:
    return Pause(gap, "lunch", schedule.lunch.minutes) if lunch else Pause(gap, "break", schedule.break_minutes)


def _may_pause(before: Slice, after: Slice) -> bool:
    if before.segment is None or before.segment.ending:  # buffer, plan and close are one
        return False
    return after.segment is None or not _belong((before.module, before.segment), (after.module, after.segment))


def _imbalance(length: int, ideal: float) -> float:
    return (length - ideal) ** 2 / 100


def _gap_cost(slices: Sequence[Slice], gap: int) -> float:
    before, after = slices[gap - 1], slices[gap]
    return 0 if before.module != after.module else OFF_MODULE_END


def _window_cost(at: int, schedule: Schedule) -> float:
    early, late = minute(schedule.lunch.earliest) - at, at - minute(schedule.lunch.latest)
    return OUTSIDE_WINDOW * max(0, early, late)


# ------------------------------------------------------------------------------------------ the edition's parts


def _agenda(slices: Sequence[Slice], pauses: Sequence[Pause], start: str) -> tuple[AgendaItem, ...]:
    items: list[AgendaItem] = []
    elapsed = 0
    numbers = {"break": 0, "lunch": 0}

    def add(name: str, module: str, title: str, kind: str, minutes: int) -> None:
        nonlocal elapsed
        items.append(
            AgendaItem(
                id=name,
                module=module,
                title=title,
                kind=kind,
                minutes=minutes,
                start=clock(start, elapsed),
                end=clock(start, elapsed + minutes),
            )
        )
        elapsed += minutes

    for index, part in enumerate(slices):
        for pause in pauses:
            if pause.after == index:
                numbers[pause.kind] += 1
                add(f"{pause.kind}-{numbers[pause.kind]}", "", pause.kind.capitalize(), pause.kind, pause.minutes)
        if part.segment:
            add(part.segment.id, part.module, part.segment.title, part.segment.kind.value, part.minutes)
        else:
            add("buffer", "", "Buffer", "buffer", part.minutes)
    return tuple(items)


def _titled(agenda: Iterable[AgendaItem], modules: Iterable[PlannedModule]) -> tuple[AgendaItem, ...]:
    """The agenda with the titles that segments have in this edition: a short form may have its own."""
    titles = {segment.id: segment.title for module in modules for segment in module.segments}
    return tuple(item.model_copy(update={"title": titles.get(item.id, item.title)}) for item in agenda)


def _planned(
    modules: Sequence[Module], slices: Sequence[Slice], pauses: Sequence[Pause], start: str
) -> tuple[PlannedModule, ...]:
    times = {item.id: item for item in _agenda(slices, pauses, start)}
    kept = [(module, [s for s in module.segments if s.id in times]) for module in modules]
    return tuple(
        PlannedModule.model_construct(
            **{
                **dict(module),
                "number": number,
                "given": sum(times[segment.id].minutes for segment in segments),
                "start": times[segments[0].id].start,
                "segments": tuple(_planned_segment(segment, times[segment.id]) for segment in segments),
                "decks": tuple(_dealt(deck, segments, times) for deck in module.decks),
            }
        )
        for number, (module, segments) in enumerate((pair for pair in kept if pair[1]), 1)
    )


def _dealt(deck: CardDeck, segments: Sequence[Segment], times: Mapping[str, AgendaItem]) -> CardDeck:
    """The deck, or its first cards where a segment that plays with it runs in its short form."""
    players = [s for s in segments if any(getattr(part, "deck", None) == deck.id for part in (*s.slides, *s.workbook))]
    short = any(s.short and times[s.id].minutes < s.short.below for s in players)
    return deck.model_copy(update={"cards": deck.cards[: deck.few]}) if short else deck


def _planned_segment(segment: Segment, item: AgendaItem) -> PlannedSegment:
    short = segment.short if segment.short and item.minutes < segment.short.below else None
    segment = segment.replaced(short.fields) if short else segment
    late = segment.if_short if short and "if_short" in short.fields else _late(segment, item.minutes)
    own = {**dict(segment), "steps": scaled(segment.steps, item.minutes), "if_short": late}
    return PlannedSegment.model_construct(**{**own, "given": item.minutes, "start": item.start, "end": item.end})


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
    return tuple(step.model_copy(update={"minutes": length}) for step, length in zip(steps, lengths, strict=True))


def _with_claims(modules: Iterable[PlannedModule], claimed: Sequence[Objective]) -> tuple[PlannedModule, ...]:
    ids = {objective.id for objective in claimed}
    return tuple(m.model_copy(update={"objectives": tuple(o for o in m.objectives if o.id in ids)}) for m in modules)


def _missing(objective: Objective, kept: set[str]) -> str:
    """What the objective lost, in words; empty when it may be claimed."""
    parts = {"teaching": objective.taught, "practice": objective.practised, "assessment": objective.assessed}
    return ", ".join(f"{name} ({', '.join(ids)}) was cut" for name, ids in parts.items() if not kept.intersection(ids))


def _shrunk(segment: Segment, minutes: int) -> Shrunk:
    rule = f"“{segment.priority}” shrinks before anything is dropped; its minimum is {segment.minutes.min}"
    return Shrunk(id=segment.id, title=segment.title, full=segment.minutes.full, minutes=minutes, rule=rule)


def _too_short(pool: Pool, slot: Slot, schedule: Schedule, start: str, audience: Audience) -> Problem:
    shortest = next((m for m in range(slot.minutes, LONGEST_DAY + 1) if _timetable(pool, m, schedule, start)), None)
    no_way = "lower some priorities or minimums: no day is long enough"
    hint = f"the shortest that works is {shortest} minutes" if shortest else no_way
    musts = sum(segment.minutes.min for _, segment in pool if _protected(segment))
    needs = f"what must stay takes {musts} minutes, buffer and breaks come on top"
    return Problem(f"{slot.minutes} minutes are too short for {audience.name}: {needs}", slot.origin, hint)


def _doubts(edition: Edition, schedule: Schedule) -> Iterable[Problem]:
    for item in edition.agenda:
        if item.kind == "buffer" and item.minutes > schedule.buffer + max(15, edition.slot.minutes // 8):
            message = f"{edition.slot.title} for {edition.audience.name}: {item.minutes} minutes are left over and became buffer"
            yield warning(message, edition.slot.origin, "the whole course at full length is shorter than this slot")
        if item.kind == "lunch" and _window_cost(minute(item.start), schedule):
            message = f"{edition.slot.title} for {edition.audience.name}: lunch is at {item.start}"
            yield warning(
                message,
                edition.slot.origin,
                f"the schedule wants it between {schedule.lunch.earliest} and {schedule.lunch.latest}",
            )
