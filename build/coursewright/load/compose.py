"""From a list of modules to the modules: files of the course, of its layers, and modules taken from other courses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coursewright.load import alter
from coursewright.load.reading import FRONT, File, Home, is_there, read_file, stems, tidy, way
from coursewright.load.trees import Tree
from coursewright.model import Front, Module
from coursewright.problems import Place, Problem, did_you_mean

_SAYS = ("title", "id", "segments", "override")  # what an entry of the list may have otherwise

Trail = tuple[tuple[Path, str], ...]  # courses and modules on the way to where a module is at home


@dataclass(frozen=True)
class Other:
    """Another course, as far as its modules need it."""

    home: Home
    front: File
    audiences: frozenset[str]

    def entries(self) -> dict[str, Tree]:
        """Return name → entry of its list of modules; what it does not list may be taken as well."""
        place = Place((self.home.root / "modules").as_posix())
        unlisted = {name: Tree(name, place, place) for name in stems(self.home.root, "modules")}
        listed = {name_of(entry).word: entry for entry in self.front.tree.find("modules").entries}
        return {**unlisted, **listed}


@dataclass(frozen=True)
class Found:
    """A module as a list of modules has it; ``others`` are the courses it comes through, the nearest first."""

    name: str
    file: File | None = None
    others: tuple[Other, ...] = ()
    problems: tuple[Problem, ...] = ()


class Desk:
    """The folders that lie open while a course is put together."""

    def __init__(self, own: Home, layers: Sequence[Home]) -> None:
        self.own = own
        self.layers = tuple(layers)  # the last one wins, so it stands first
        self._others: dict[Path, Other] = {}

    def open(self, base: Path, name: str) -> Other | None:
        """Return another course, by its folder as seen from ``base``; None if there is none."""
        root = tidy(base / name)
        if not is_there(root / FRONT):
            return None
        known = root.resolve()
        if known not in self._others:
            home = Home(root, way(root, self.own.root))
            self._others[known] = Other(home, read_file(home, FRONT, Front), frozenset(stems(root, "audiences")))
        return self._others[known]

    def others(self) -> tuple[Path, ...]:
        """Return the folders of the other courses, in the order in which they were first named."""
        return tuple(other.home.root for other in self._others.values())

    def names(self) -> tuple[str, ...]:
        """Return the names of all files of modules/ of the course and its layers."""
        return tuple(dict.fromkeys(name for home in (self.own, *self.layers) for name in stems(home.root, "modules")))

    def own_file(self, name: str) -> File:
        """Return a module of the course; a layer's file of the same name stands in for the course's own."""
        homes = (*self.layers, self.own)
        home = next((home for home in homes if is_there(home.root / f"modules/{name}.yaml")), self.own)
        return read_file(home, f"modules/{name}.yaml", Module)


def name_of(entry: Tree) -> Tree:
    """Return the name of a module's file that an entry of the list has, as a word or under its key."""
    return entry.find("module") if isinstance(entry.value, dict) else entry


def resolved(desk: Desk, entries: Sequence[Tree]) -> tuple[Found, ...]:
    """Return the modules of a list, in order; those that cannot be found have no file."""
    named = [(entry.find("from").word, name_of(entry).word) for entry in entries]
    twice = {index for index, key in enumerate(named) if key[1] and key in named[:index]}
    return tuple(_twice(entry) if index in twice else find(desk, entry) for index, entry in enumerate(entries))


def find(desk: Desk, entry: Tree) -> Found:
    """Return the module that an entry of the course's own list names, as it wants it."""
    return _found(desk, entry, None, ((desk.own.root.resolve(), name_of(entry).word),))


def _twice(entry: Tree) -> Found:
    name = name_of(entry)
    return Found(name.word, problems=(Problem(f'module "{name.word}" is listed twice', name.place, "each module runs once"),))


def _found(desk: Desk, entry: Tree, at: Other | None, trail: Trail) -> Found:
    """A module by an entry of the list of the course itself or of another one."""
    name = name_of(entry)
    if not name.word:
        return Found("")
    found = _taken(desk, entry, at, trail) if entry.find("from").word else _at_home(desk, name, at)
    if found.file is None or found.file.raw is None or not entry.fields.keys() & set(_SAYS):
        return found
    tree, problems = alter.altered(found.file.tree, entry)
    return replace(found, file=found.file.grown(tree), problems=(*found.problems, *problems))


def _at_home(desk: Desk, name: Tree, at: Other | None) -> Found:
    """A module that is a file of the course whose list names it."""
    there = stems(at.home.root, "modules") if at else desk.names()
    if problems := tuple(_misnamed(name, there)):
        return Found(name.word, problems=problems)
    return Found(name.word, read_file(at.home, f"modules/{name.word}.yaml", Module) if at else desk.own_file(name.word))


def _misnamed(name: Tree, there: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the name of a file of modules/."""
    word = name.word
    if "/" in word or "\\" in word or word.startswith("."):
        hint = "write the name of a file in modules/, without .yaml"
        yield Problem(f'"{word}" is no module: it would lie outside of modules/', name.place, hint)
    elif word not in there:
        bare = word.removesuffix(".yaml").removesuffix(".yml")
        hint = f'write "{bare}": names stand without .yaml' if bare in there else did_you_mean(word, there)
        yield Problem(f"there is no file modules/{bare}.yaml", name.place, hint or "modules/ is empty")


def _taken(desk: Desk, entry: Tree, at: Other | None, trail: Trail) -> Found:
    """A module of another course, as that course has it."""
    where, name = entry.find("from"), name_of(entry)
    other = desk.open((at.home if at else desk.own).root, where.word)
    if other is None:
        hint = f"name a folder that holds a {FRONT}, as seen from this file"
        return Found(name.word, problems=(Problem(f'there is no course in "{where.word}"', where.place, hint),))
    step, entries = (other.home.root.resolve(), name.word), other.entries()
    if step in trail:
        way_round = " from ".join(f'"{folder.name}"' for folder, _ in (*trail, step))
        return Found(name.word, problems=(Problem(f"this goes round in a circle: {way_round}", where.place),))
    if name.word not in entries:
        message = f'there is no module "{name.word}" in {where.word}'
        return Found(name.word, None, (other,), (*other.front.problems, Problem(message, name.place, _offer(name.word, entries))))
    found = _found(desk, entries[name.word], other, (*trail, step))
    return replace(
        _with_strangers(found, other), others=(other, *found.others), problems=(*other.front.problems, *found.problems)
    )


def _offer(name: str, entries: dict[str, Tree]) -> str:
    bare = name.removesuffix(".yaml").removesuffix(".yml")
    return f'write "{bare}": names stand without .yaml' if bare in entries else did_you_mean(name, entries)


def _with_strangers(found: Found, other: Other) -> Found:
    if found.file is None:
        return found
    return replace(found, file=replace(found.file, strangers=found.file.strangers | other.audiences))
