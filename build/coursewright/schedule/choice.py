"""What runs: candidates go, least important first, until the rest fits its days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from ..model import Module
from .day import OFF_MODULE_END, DayPlan, cheapest, opening, plan_day
from .frame import Frame, Span
from .pool import COULD, KEPT, MUST, RANK, SHOULD, Candidate, Pool, debriefs

NAMES = {COULD: "could", SHOULD: "should", MUST: "must"}


@dataclass(frozen=True)
class Timetable:
    """The days as they run, and for each candidate that does not, the rule that did it."""

    days: tuple[DayPlan, ...]
    rules: Mapping[str, str] = field(default_factory=dict)


def choose(pool: Pool, frame: Frame, overnight: Module | None) -> Timetable | None:
    """Return the timetable of the candidates that fit; None when not even those fit that never go.

    Once they fit, what went last comes back where minutes would be left over.
    """
    kept, gone = pool.candidates, []
    while (found := _days(kept, frame, overnight)) is None:
        group = _victims(kept) if not pool.exact else ()
        if not group:
            return None
        gone.append(group)
        kept = tuple(each for each in kept if each not in group)
    for group in reversed(gone) if any(map(opening, found)) else ():
        more = tuple(each for each in pool.candidates if each in kept or each in group)
        again = _days(more, frame, overnight)
        if again is not None:
            kept, found, gone = more, again, [other for other in gone if other is not group]
    return Timetable(found, _rules(gone, kept, found, frame, pool.floor))


def least(pool: Pool) -> int:
    """Return the minutes that what never goes takes at least."""
    return sum(each.low for each in pool.candidates if each.rank == KEPT)


def _rules(
    gone: Sequence[Sequence[Candidate]], kept: Sequence[Candidate], days: Sequence[DayPlan], frame: Frame, floor: str
) -> dict[str, str]:
    """Why each went, by id. Of what would have stayed without pauses it is said what these take.

    So a longer session that needs lunch or another break, and loses by it what a shorter one had, says so.
    """
    rules: dict[str, str] = {}
    free = sum(day.span.minutes for day in days) - frame.buffer - sum(each.low for each in kept)
    for group in reversed(gone):
        free -= sum(each.low for each in group)
        rules |= {each.id: f"{rule}{_pauses(days) if free >= 0 else ''}" for each, rule in _told(group, floor)}
    return rules


def _pauses(days: Sequence[DayPlan]) -> str:
    minutes = sum(pause.minutes for day in days for pause in day.pauses)
    lunch = " and lunch" if any(pause.kind == "lunch" for day in days for pause in day.pauses) else ""
    nights = f"; so does dividing the course over {len(days)} days" if len(days) > 1 else ""
    return f"; breaks{lunch} take {minutes} minutes{nights}" if minutes else ""


def _victims(kept: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What goes next: the last of the least important, and what would be pointless without it; nothing if all stay."""
    free = [each for each in kept if each.rank < KEPT]
    if not free:
        return ()
    victim = min(reversed(free), key=lambda each: each.rank)
    at = kept.index(victim)
    after = [each for each in kept[at + 1 : at + 2] if debriefs(victim, each) and each.rank < KEPT]
    before = [each for each in kept[max(0, at - 1) : at] if debriefs(each, victim) and each.rank <= victim.rank]
    return (victim, *after, *before)


def _told(group: Sequence[Candidate], floor: str) -> list[tuple[Candidate, str]]:
    victim, *partners = group
    rule = f"“{NAMES[victim.rank]}” goes before what matters more, last first"
    if floor:
        rule = f"the list for “{floor}” does without it, and {rule if victim.rank < MUST else 'there is no time for it yet'}"
    return [(victim, rule), *((each, f"it goes with {victim.id}") for each in partners)]


# --------------------------------------------------------------------------------------------------------- days


def _days(kept: Sequence[Candidate], frame: Frame, overnight: Module | None) -> tuple[DayPlan, ...] | None:
    """The candidates over the days, with what closes a day and opens the next."""
    nights = [_night(overnight, number) for number in range(1, len(frame.days))]
    fixed = [sum(each.low for each in parts) for parts in _fixed(nights, len(frame.days))]
    spaces = [frame.space(span) - low for span, low in zip(frame.days, fixed, strict=True)]
    if sum(each.low for each in kept) > sum(spaces):
        return None
    shares = _divided(kept, spaces)
    if shares is None:
        return None
    plans = [
        plan_day((*_morning(nights, span), *share, *_evening(nights, span)), span, frame)
        for share, span in zip(shares, frame.days, strict=True)
    ]
    found = tuple(plan for plan in plans if plan is not None)
    return found if len(found) == len(plans) else None


def _night(overnight: Module | None, number: int) -> tuple[Candidate, ...]:
    """What runs around a night; from the second on, its ids say which."""
    if overnight is None:
        return ()
    suffix = "" if number == 1 else f"-{number}"
    return tuple(
        Candidate(
            overnight.id + suffix,
            segment if number == 1 else segment.model_copy(update={"id": segment.id + suffix}),
            segment.minutes.min,
            segment.minutes.full,
            RANK[segment.priority],
        )
        for segment in overnight.segments
    )


def _evening(nights: Sequence[Sequence[Candidate]], span: Span) -> tuple[Candidate, ...]:
    night = nights[span.number - 1] if span.number <= len(nights) else ()
    return tuple(each for each in night if each.segment.ending)


def _morning(nights: Sequence[Sequence[Candidate]], span: Span) -> tuple[Candidate, ...]:
    night = nights[span.number - 2] if span.number > 1 else ()
    return tuple(each for each in night if not each.segment.ending)


def _fixed(nights: Sequence[Sequence[Candidate]], days: int) -> list[tuple[Candidate, ...]]:
    spans = [Span(number, "00:00", 0, None) for number in range(1, days + 1)]
    return [(*_morning(nights, span), *_evening(nights, span)) for span in spans]


def _divided(kept: Sequence[Candidate], spaces: Sequence[int]) -> tuple[tuple[Candidate, ...], ...] | None:
    """Divide candidates over days so that each is filled alike, days rather ending with a module; None if it cannot be.

    Plan and close stay together on the last day, an activity and its debrief on the same.
    """
    lows = [0, *accumulate(each.low for each in kept)]
    highs = [0, *accumulate(each.high for each in kept)]
    ending = next((index for index, each in enumerate(kept) if each.segment.ending), len(kept) - 1)
    part = highs[-1] / sum(spaces)

    def cost(begin: int, end: int, day: int) -> float | None:
        """What a day from ``begin`` to ``end`` costs; None where it may not be."""
        last = end == len(kept)
        if lows[end] - lows[begin] > spaces[day] or (not last and (end > ending or debriefs(kept[end - 1], kept[end]))):
            return None
        filled = (highs[end] - highs[begin] - spaces[day] * part) ** 2 / 100
        return filled + OFF_MODULE_END * (not last and kept[end - 1].module == kept[end].module)

    found = cheapest(len(kept), len(spaces) - 1, cost)
    return None if found is None else tuple(tuple(kept[begin:end]) for begin, end in pairwise((0, *found[1], len(kept))))
