"""Two versions of a course: what was changed in its files, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coursewright.model import Audience, Case, Course, Message, Module, Segment

from .fields import Field, Lens, fields
from .pairing import by_key, has_moved

Fate = Literal["added", "removed", "moved", "changed"]
PARTS = Lens(frozenset({"segments"}))
WRITTEN = Lens()


@dataclass(frozen=True)
class Change:
    """A part of a course that is not as it was: what sort it is, its id, what became of it, and where it says something else."""

    sort: str
    id: str
    title: str
    fates: tuple[Fate, ...]
    fields: tuple[Field, ...] = ()


def changes(a: Course, b: Course) -> tuple[Change, ...]:
    """Return what was changed from one version of a course to another, in the order in which it is read."""
    return (
        *_one("course.yaml", "", b.front.title, tuple(fields(a.front, b.front, WRITTEN))),
        *_modules(_all(a), _all(b)),
        *_parts("audience", a.audiences, b.audiences),
        *_parts("case", a.cases, b.cases),
        *_parts("message", a.messages, b.messages),
        *_one("sources.yaml", "", "Sources", tuple(fields(a.sources, b.sources, WRITTEN))),
    )


def _all(course: Course) -> tuple[Module, ...]:
    return (*course.modules, *((course.overnight,) if course.overnight else ()))


def _one(sort: str, name: str, title: str, found: tuple[Field, ...]) -> Iterable[Change]:
    return (Change(sort, name, title, ("changed",), found),) if found else ()


def _modules(a: Sequence[Module], b: Sequence[Module]) -> Iterator[Change]:
    """What became of the modules, each followed by its segments."""
    pairs = by_key(a, b, lambda module: module.id)
    moved = has_moved(pairs)
    for i, j in pairs:
        old, new = (None if i is None else a[i]), (None if j is None else b[j])
        yield from _part("module", old, new, j in moved, PARTS)
        if old and new:
            yield from _segments(old.segments, new.segments)


def _segments(a: Sequence[Segment], b: Sequence[Segment]) -> Iterator[Change]:
    pairs = by_key(a, b, lambda segment: segment.id)
    moved = has_moved(pairs)
    for i, j in pairs:
        yield from _part("segment", None if i is None else a[i], None if j is None else b[j], j in moved, WRITTEN)


def _parts(sort: str, a: Sequence[Audience | Case | Message], b: Sequence[Audience | Case | Message]) -> Iterator[Change]:
    """What became of files whose order does not matter."""
    for i, j in by_key(a, b, lambda part: part.id):
        yield from _part(sort, None if i is None else a[i], None if j is None else b[j], False, WRITTEN)


Piece = Module | Segment | Audience | Case | Message


def _part(sort: str, old: Piece | None, new: Piece | None, moved: bool, lens: Lens) -> Iterator[Change]:
    shown = new or old
    assert shown is not None
    title = shown.name if isinstance(shown, Audience) else shown.title
    if old is None or new is None:
        yield Change(sort, shown.id, title, ("added" if old is None else "removed",))
        return
    found = tuple(fields(old, new, lens))
    fates: tuple[Fate, ...] = (*(("moved",) if moved else ()), *(("changed",) if found else ()))
    if fates:
        yield Change(sort, shown.id, title, fates, found)
