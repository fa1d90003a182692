"""What the fit did and why, in words for those who pay for the session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model import (
    Course,
    Cut,
    Objective,
    PlannedModule,
    Receipt,
    Segment,
    Shrunk,
    Unclaimed,
    Uncovered,
)
from .choice import Timetable
from .day import DayPlan
from .frame import Frame, lunch_minutes
from .pool import Pool


def receipt(course: Course, pool: Pool, table: Timetable, frame: Frame, modules: Sequence[PlannedModule]) -> Receipt:
    """Return what was cut and shortened, with the rule that did each."""
    segments = {segment.id: segment for module in course.modules for segment in module.segments}
    given = {segment.id: segment.given for module in modules for segment in module.segments}
    rules = {**pool.absent, **table.rules}
    objectives = [objective for module in course.modules for objective in module.objectives]
    return Receipt(
        basis=pool.basis,
        cut=tuple(_cut(segment, rules[name]) for name, segment in segments.items() if name not in given),
        shrunk=tuple(
            _shrunk(segment, given[name], exact=pool.exact)
            for name, segment in segments.items()
            if name in given and given[name] < segment.minutes.full
        ),
        unclaimed=tuple(
            Unclaimed(id=each.id, text=each.text, missing=what) for each in objectives if (what := missing(each, given))
        ),
        uncovered=tuple(_uncovered(course, modules)),
        notes=(*_notes(table.days, frame), *_ahead([each for each in objectives if not missing(each, given)], modules)),
    )


def missing(objective: Objective, kept: Mapping[str, object]) -> str:
    """Return what the objective lost, in words; empty when it may be claimed."""
    parts = {"teaching": objective.taught, "practice": objective.practised, "assessment": objective.assessed}
    return ", ".join(f"{name} ({', '.join(ids)}) was cut" for name, ids in parts.items() if not any(each in kept for each in ids))


def _cut(segment: Segment, rule: str) -> Cut:
    return Cut(id=segment.id, title=segment.title, minutes=segment.minutes.full, rule=rule)


def _shrunk(segment: Segment, minutes: int, *, exact: bool) -> Shrunk:
    rule = "its length in the list for this slot" if exact else "shrinks before anything is dropped"
    rule = rule if exact else f"“{segment.priority}” {rule}; its minimum is {segment.minutes.min}"
    return Shrunk(id=segment.id, title=segment.title, full=segment.minutes.full, minutes=minutes, rule=rule)


def _uncovered(course: Course, modules: Sequence[PlannedModule]) -> Iterator[Uncovered]:
    """The themes that no segment, quiz item or card of this edition names."""
    segments = [segment for module in modules for segment in module.segments]
    named = {name for segment in segments for name in segment.themes}
    named |= {name for segment in segments for item in segment.quiz for name in item.themes}
    named |= {name for module in modules for deck in module.decks for card in deck.cards for name in card.themes}
    for theme in course.sources.themes:
        if theme.id not in named:
            yield Uncovered(id=theme.id, title=theme.title, kind=theme.kind)


def _notes(days: Sequence[DayPlan], frame: Frame) -> Iterator[str]:
    """What was decided about pauses, a sentence a day that has any."""
    for day in days:
        breaks = [pause.minutes for pause in day.pauses if pause.kind == "break"]
        which = f"Day {day.span.number}: " if len(days) > 1 else ""
        if breaks:
            many = f"{len(breaks)} breaks" if len(breaks) > 1 else "one break"
            yield _sentence(f"{which}{many}, so that nobody sits longer than {frame.stretch} minutes.")
        if any(part.kind == "open" for part in day.slices):
            meal = "" if day.span.lunch or not lunch_minutes(frame.days[day.span.number - 1]) else ", lunch included,"
            yield _sentence(f"{which}the course does not fill the day; what is left{meal} is the group’s own time.")


def _ahead(claimed: Sequence[Objective], modules: Sequence[PlannedModule]) -> Iterator[str]:
    """Say how many questions of the quiz belong to objectives that are not claimed: they stay, as texts count them."""
    ids = {objective.id for objective in claimed}
    items = [item for module in modules for segment in module.segments for item in segment.quiz]
    ahead = [item for item in items if item.objective not in ids]
    if ahead:
        what = f"{len(ahead)} of {len(items)} quiz questions {'looks' if len(ahead) == 1 else 'look'} ahead"
        yield f"{what} to objectives this session does not claim; the key says which."


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
