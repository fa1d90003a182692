"""Our own examination of a saved deck, part of every build: is the file sound, can everybody read it, does all of it fit?

It starts again from the bytes, with readings and measures of its own, and shares no code with what wrote them: two
independent opinions are worth more than one that is asked twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ....problems import Problem
from . import accessibility, package, places
from .archive import Archive, names_in, parts_of
from .contrast import Contrasts
from .slide import slides

__all__ = ["examine", "parts_of"]


def examine(content: bytes | Mapping[str, bytes], where: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Return what is wrong with a finished deck.

    ``content`` is the file, or its parts by name for who has them at hand (saves unpacking them again; entries that
    stand twice in an archive are seen only in the file). ``where[i]`` points to the place of slide i + 1 in the course.
    """
    given = not isinstance(content, bytes)
    parts = {name.lstrip("/"): data for name, data in content.items()} if given else parts_of(content)  # type: ignore[union-attr, arg-type]
    names = tuple(parts) if given else names_in(content)  # type: ignore[arg-type]
    archive = Archive(parts)
    return tuple(_problems(archive, names, where))


def _problems(archive: Archive, names: Sequence[str], where: Sequence[str]) -> Iterator[Problem]:
    titles, contrasts = accessibility.Titles(), Contrasts(archive)
    yield from package.examine(archive, names)
    yield from accessibility.sections(archive)
    for slide in slides(archive, where):
        yield from package.of_slide(archive, slide)
        yield from titles.problems(slide)
        yield from accessibility.examine(slide)
        yield from places.examine(slide)
        contrasts.add(slide)
    yield from contrasts.problems()
    yield from package.unreadable(archive)
