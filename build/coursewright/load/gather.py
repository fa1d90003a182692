"""All files of a course put together as written: its own, its layers', and what its modules from elsewhere bring along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TypeVar

from coursewright.folders import Folders
from coursewright.load import compose, layers
from coursewright.load.compose import Desk, Found
from coursewright.load.layers import Sheet
from coursewright.load.reading import FRONT, SOURCES, File, Home, is_there, read_file, stems, unread
from coursewright.load.supplies import Supplies, supplied
from coursewright.load.trees import Tree
from coursewright.model import Audience, Case, Front, Message, Module, Node, Sources
from coursewright.problems import Place, Problem, warning

_HELD: dict[type[Node], tuple[str, ...]] = {  # what is looked up in files of which kind
    Front: ("slot", "outcome"),
    Module: ("module", "segment", "objective", "table", "card deck"),
    Audience: ("audience",),
    Case: ("case",),
    Message: ("message",),
    Sources: ("theme", "source document"),
}

Files = Mapping[str, File]
Base = TypeVar("Base")
Laid = tuple[Base, list[Problem]]


@dataclass(frozen=True)
class Gathered:
    """The files of a course. ``blind`` names what cannot be looked up in them, because something could not be read."""

    folders: Folders
    front: File
    modules: tuple[Found, ...]
    overnight: Found | None
    others: tuple[File, ...]  # audiences, cases, messages, sources, layers
    problems: tuple[Problem, ...]
    blind: frozenset[str]

    @property
    def files(self) -> tuple[File, ...]:
        """All files, in the order in which they count."""
        return (self.front, *_files_of(self.modules, self.overnight), *self.others)


def gathered(root: Path, above: Sequence[Path]) -> Gathered:
    """Return the files of a course with layers on top, the last of which wins. Raises Broken for what is no layer."""
    homes = layers.homes(root, above)
    own = Home(root, shelves=homes)
    desk, sheets = Desk(own, homes), [layers.sheet(home) for home in reversed(homes)]  # each lies on those before it
    front, problems = _folded(read_file(own, FRONT, Front), sheets, layers.over_front)
    modules, night, wrong = _modules(desk, front, sheets)
    had = Supplies(front, _own(own, "cases", Case), read_file(own, SOURCES, Sources) if is_there(root / SOURCES) else None)
    stock = supplied(modules if night is None else (*modules, night), had)
    cases, no_cases = _laid(stock.cases, sheets, "cases", Case)
    messages, no_messages = _laid(_own(own, "messages", Message), sheets, "messages", Message)
    audiences, nobody = _laid(_own(own, "audiences", Audience), sheets, "audiences", Audience)
    sources = stock.sources
    for home in reversed(homes):
        sources = layers.over_sources(sources, home)
    kits = (*audiences.values(), *cases.values(), *messages.values())
    others = (*kits, *([sources] if sources else []), *(each.file for each in sheets if each.file))
    return Gathered(
        folders=Folders(root, tuple(home.root for home in homes), desk.others()),
        front=stock.front,
        modules=modules,
        overnight=night,
        others=others,
        problems=(*problems, *wrong, *stock.problems, *no_cases, *no_messages, *nobody, *_stray(desk, front, modules, night)),
        blind=_blind([stock.front, *_files_of(modules, night), *others], (*modules, *([night] if night else [])), (own, *homes)),
    )


def _files_of(modules: Iterable[Found], night: Found | None) -> list[File]:
    return [found.file for found in (*modules, night) if found is not None and found.file is not None]


def _own(home: Home, folder: str, kind: type[Node]) -> dict[str, File]:
    return {name: read_file(home, f"{folder}/{name}.yaml", kind) for name in stems(home.root, folder)}


def _laid(files: Files, sheets: Iterable[Sheet], folder: str, kind: type[Node]) -> Laid[Files]:
    return _folded(files, sheets, lambda there, sheet: layers.over_files(there, sheet.home, folder, kind))


def _folded(base: Base, sheets: Iterable[Sheet], lay: Callable[[Base, Sheet], tuple[Base, list[Problem]]]) -> Laid[Base]:
    """Lay one layer after the other on something."""
    problems: list[Problem] = []
    for sheet in sheets:
        base, found = lay(base, sheet)
        problems += found
    return base, problems


# -------------------------------------------------------------------------------------------------- modules


def _modules(desk: Desk, front: File, sheets: Sequence[Sheet]) -> tuple[tuple[Found, ...], Found | None, list[Problem]]:
    """The modules that run, in order, or all there are if `course.yaml` does not say; and the one that runs overnight."""
    listed, night = front.tree.find("modules"), front.tree.find("overnight")
    all_there = [Tree(name, listed.place, listed.key) for name in desk.names()]
    found = compose.resolved(desk, listed.entries if isinstance(listed.value, list) else all_there)
    extra, problems = _overnight(desk, night, found)
    every, wrong = _folded((*found, *extra), sheets, layers.over_modules)
    return (
        every[: len(found)],
        next(iter(every[len(found) :]), None),
        [*problems, *chain.from_iterable(each.problems for each in every), *wrong],
    )


def _overnight(desk: Desk, name: Tree, found: Sequence[Found]) -> tuple[tuple[Found, ...], list[Problem]]:
    if not name.word:
        return (), []
    if name.word in {each.name for each in found if not each.others}:
        message = f'module "{name.word}" is in modules, too'
        return (), [Problem(message, name.place, "it runs between two days, and only there: take it out of modules")]
    return (compose.find(desk, name),), []


def _stray(desk: Desk, front: File, modules: Iterable[Found], night: Found | None) -> Iterator[Problem]:
    """What lies in the folders of the course and its layers and is not read."""
    for home in (desk.own, *desk.layers):
        yield from unread(home.root)
    found = [*modules, *([night] if night else [])]
    for home in desk.layers:
        yield from layers.unlisted(home, found)
    listed = front.raw.get("modules") if front.raw else None
    names = {each.name.removesuffix(".yaml") for each in found if not each.others}
    for name in stems(desk.own.root, "modules") if isinstance(listed, list) else ():
        if name not in names:
            place = Place((desk.own.root / f"modules/{name}.yaml").as_posix())
            yield warning(f"no {FRONT} lists this module", place, f"add it to modules in {FRONT}, or move it elsewhere")


def _blind(files: Iterable[File], found: Iterable[Found], homes: Iterable[Home]) -> frozenset[str]:
    """What cannot be looked up: names in files that could not be read, and themes without sources.yaml."""
    lost = {file.kind for file in files if file.raw is None}
    lost |= {Module} if any(each.file is None and each.name for each in found) else set()
    lost |= set() if any(is_there(home.root / SOURCES) for home in homes) else {Sources}
    return frozenset(chain.from_iterable(_HELD.get(kind, ()) for kind in lost))
