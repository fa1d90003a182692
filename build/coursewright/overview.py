"""An edition seen from above: the chapters of a day, minutes by method, where objectives are earned and themes taken up.

Nothing here is private: these values may stand in any reader's document.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from .model import AgendaItem, Edition, Kind, PlannedModule, PlannedSegment

THEMES = ("core", "detail", "contested", "context")  # kinds of theme, in the order in which they are shown
NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


@dataclass(frozen=True)
class Chapter:
    """A module as far as it runs on one day, pauses included; ``minutes`` are without them.

    ``number`` is 0 for what runs between two days. ``again`` says that the module began on an earlier day.
    """

    day: int
    module: str
    number: int
    title: str
    start: str
    minutes: int
    again: bool
    items: tuple[AgendaItem, ...]


@dataclass(frozen=True)
class Share:
    """The minutes that people spend in one way; the per cent of all shares add up to 100."""

    kind: str
    minutes: int
    percent: int


@dataclass(frozen=True)
class Stop:
    """A segment as others point to it; ``module`` is its number."""

    id: str
    title: str
    module: int
    day: int
    start: str
    minutes: int


@dataclass(frozen=True)
class Earned:
    """An objective, and where it is taught, practised and assessed."""

    id: str
    text: str
    taught: tuple[Stop, ...]
    practised: tuple[Stop, ...]
    assessed: tuple[Stop, ...]


@dataclass(frozen=True)
class Taken:
    """A theme of the sources, and the segments that take it up; none in this edition, if there are no stops."""

    id: str
    title: str
    kind: str
    stops: tuple[Stop, ...]


def chapters(edition: Edition, day: int) -> tuple[Chapter, ...]:
    """Return a day's chapters in order; a pause belongs to the chapter before it."""
    modules = {module.id: module for module in edition.modules}
    runs: list[list[AgendaItem]] = []
    for item in edition.agenda:
        if item.day == day and item.module and (not runs or runs[-1][0].module != item.module):
            runs.append([])
        if item.day == day and runs:
            runs[-1].append(item)
    return tuple(_chapter(modules[run[0].module], day, tuple(run)) for run in runs)


def _chapter(module: PlannedModule, day: int, items: tuple[AgendaItem, ...]) -> Chapter:
    minutes = sum(item.minutes for item in items if item.module)
    return Chapter(day, module.id, module.number, module.title, items[0].start, minutes, module.day < day, items)


def outcomes(edition: Edition, most: int) -> tuple[str, ...]:
    """Return what a long course's objectives add up to, where more of them than ``most`` would be a list that nobody reads.

    Of the course's outcomes those that a module leads to which claims objectives here; none, if the list is short enough.
    """
    if len(edition.objectives) <= most:
        return ()
    claiming = {module.id for module in edition.modules if module.objectives}
    return tuple(dict.fromkeys(each.text for each in edition.front.outcomes if claiming & set(each.modules)))


def methods(edition: Edition) -> tuple[Share, ...]:
    """Return the minutes of each method that is used, in the order of :class:`Kind`; per cent by largest remainder."""
    minutes = {kind: sum(segment.given for segment in _segments(edition) if segment.kind is kind) for kind in Kind}
    total = sum(minutes.values())
    percent = {kind: 100 * many // total for kind, many in minutes.items()}
    by_remainder = sorted(minutes, key=lambda kind: -(100 * minutes[kind] % total))
    for kind in by_remainder[: 100 - sum(percent.values())]:
        percent[kind] += 1
    return tuple(Share(kind.value, many, percent[kind]) for kind, many in minutes.items() if many)


def alignment(edition: Edition) -> tuple[Earned, ...]:
    """Return the objectives this edition claims, each with the segments that earn it."""
    return tuple(
        Earned(
            each.id,
            each.text,
            _stops(edition, each.taught),
            _stops(edition, each.practised),
            _stops(edition, each.assessed),
        )
        for each in edition.objectives
    )


def coverage(edition: Edition) -> tuple[Taken, ...]:
    """Return the themes of the sources, core ones first, each with the segments whose words, questions or cards name it."""
    where = {segment.id: set(_themes(module, segment)) for module in edition.modules for segment in module.segments}
    return tuple(
        Taken(theme.id, theme.title, theme.kind, _stops(edition, [name for name, themes in where.items() if theme.id in themes]))
        for theme in sorted(edition.sources.themes, key=lambda theme: THEMES.index(theme.kind))
    )


@dataclass(frozen=True)
class Waived:
    """A lint rule that need not hold of a part (``of``; the whole course, if empty), in words, and the author's reason."""

    rule: str
    asks: str
    of: str
    reason: str


def waived(edition: Edition) -> tuple[Waived, ...]:
    """Return what the author waives in this edition, rule by rule."""
    from .lint import BY_ID  # the rules bring their word lists along: only this document asks for them
    from .lint.settings import waivers

    found = dict.fromkeys(waivers(edition))
    known = (each for each in found if each.rule in BY_ID)
    return tuple(Waived(each.rule, BY_ID[each.rule].title, each.of if each.below else "", each.reason) for each in known)


def named(edition: Edition, text: str) -> str:
    """Return a text in which segments have their titles instead of their ids, such as a rule of the receipt."""
    titles = {segment.id: segment.title for segment in _segments(edition)}
    titles |= {cut.id: cut.title for cut in edition.receipt.cut}
    return NAME.sub(lambda found: f"“{titles[found[0]]}”" if found[0] in titles else found[0], text)


def _segments(edition: Edition) -> Iterator[PlannedSegment]:
    return (segment for module in edition.modules for segment in module.segments)


def _stops(edition: Edition, names: Container[str]) -> tuple[Stop, ...]:
    return tuple(
        Stop(segment.id, segment.title, module.number, segment.day, segment.start, segment.given)
        for module in edition.modules
        for segment in module.segments
        if segment.id in names
    )


def _themes(module: PlannedModule, segment: PlannedSegment) -> Iterator[str]:
    yield from segment.themes
    yield from (name for item in segment.quiz for name in item.themes)
    shown = (deck for deck in module.decks if segment.shows_deck(deck.id))
    yield from (name for deck in shown for card in deck.cards for name in card.themes)
