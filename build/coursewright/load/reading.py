"""Which files lie in a folder, and what one of them says, before anybody judges it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursewright.load import media, trees
from coursewright.load.trees import Tree, mapped
from coursewright.model import Audience, Case, Document, Message, Module, Node, Picture, PictureElement, Sources
from coursewright.problems import Broken, Place, Problem, warning
from coursewright.source import Source, Written, read

FRONT = "course.yaml"
SOURCES = "sources.yaml"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_NAMELESS = "nameless"  # stands in for an id that was refused


@dataclass(frozen=True)
class Home:
    """A folder that files come from: the course's own, a layer's, or that of another course.

    ``prefix`` is the way to it from the course's own folder (``../two-hats/``). It begins the names of its files, and of
    its pictures: those are looked up in ``shelves``, of which the first that has one wins, else in ``root`` itself.
    """

    root: Path
    prefix: str = ""
    shelves: tuple[Home, ...] = ()


@dataclass(frozen=True)
class File:
    """One file, or what has grown out of several. ``raw`` is None if it is not readable; ``name`` begins its pointers.

    ``strangers`` are audiences that the course it was written for has: it may name them wherever it is used.
    """

    name: str
    kind: type[Node]
    raw: Written | None
    places: Mapping[str, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    strangers: frozenset[str] = frozenset()

    @property
    def tree(self) -> Tree:
        """What it says, with the place of every value."""
        at = f"{self.name}#"
        return trees.tree(self.raw or Written(), at, self.places, self.places.get(at, Place(self.name)))

    def grown(self, tree: Tree) -> File:
        """Return this file as if it said what the tree says."""
        raw, places = trees.written(tree, self.name)
        return replace(self, raw=raw, places=places)


def way(folder: Path, root: Path) -> str:
    """Return the prefix of a folder as seen from another; links are followed, as a path with ``..`` in it follows them."""
    try:
        return f"{Path(os.path.relpath(folder.resolve(), root.resolve())).as_posix()}/"
    except ValueError:  # another drive
        return f"{folder.resolve().as_posix()}/"


def tidy(path: Path) -> Path:
    """Return a path without needless ``..`` in it, for people to read."""
    short = Path(os.path.normpath(path))
    return short if short.resolve() == path.resolve() else path


# ----------------------------------------------------------------------------------------------- one folder


def course_folder(folder: Path) -> Path:
    """Return the folder of a course. Raises Broken if there is none."""
    root = folder.parent if folder.name == FRONT else folder
    try:
        if root.is_dir():
            (root / FRONT).lstat()
            return root
        message = "this is no folder" if root.exists() else "there is no such folder"
    except FileNotFoundError:
        message = f"there is no {FRONT} in this folder"
    except (OSError, ValueError) as error:
        message = f"this folder cannot be read ({getattr(error, 'strerror', None) or 'unusable name'})"
    raise Broken([Problem(message, Place(root.as_posix()), "coursewright new DIR makes a course to begin with")])


def is_there(path: Path) -> bool:
    """Return whether there is anything of this name, if only a link that leads nowhere."""
    try:
        path.lstat()
    except (OSError, ValueError):
        return False
    return True


def stems(root: Path, folder: str) -> tuple[str, ...]:
    """Return the names of the YAML files in a folder, without .yaml, sorted."""
    return tuple(
        name.removesuffix(".yaml") for name in _names(root, folder) if name.endswith(".yaml") and not name.startswith(".")
    )


def unread(root: Path) -> Iterator[Problem]:
    """Yield what lies in the folders of a course or layer and is not read."""
    for folder in ("modules", "audiences", "cases", "messages"):
        place = Place((root / folder).as_posix())
        if reason := _unlistable(root / folder):
            yield Problem(reason, place)
        for name in _names(root, folder):
            if name.endswith(".yml"):
                yield warning("this file is not read", Place(f"{place}/{name}"), "its name must end in .yaml")


def _names(root: Path, folder: str) -> tuple[str, ...]:
    """Names in a folder of the course, sorted; none if it cannot be read."""
    try:
        return tuple(sorted(path.name for path in (root / folder).iterdir()))
    except OSError:
        return ()


def _unlistable(folder: Path) -> str:
    """Why the names in a folder cannot be read; nothing if they can, or if there is no such folder."""
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return ""
    except NotADirectoryError:
        return "this must be a folder"
    except OSError as error:
        return f"this folder cannot be read ({error.strerror})"
    return ""


# ------------------------------------------------------------------------------------------------- one file


def read_file(home: Home, name: str, kind: type[Node]) -> File:
    """Return a file of a folder; ``name`` is its path there."""
    path, full = home.root / name, f"{home.prefix}{name}"
    if not media.inside(home.root, path):
        return File(full, kind, None, problems=(Problem("this link leads out of the course folder", Place(path.as_posix())),))
    source = read(path, full)
    if source.data is None:
        return File(full, kind, None, source.places, source.problems)
    raw, problems = _identified(source, full, kind, path)
    file = File(full, kind, raw, source.places, (*source.problems, *problems))
    return _from_shelves(file, home) if kind in (Module, Sources) and (home.prefix or home.shelves) else file


def _identified(source: Source, name: str, kind: type[Node], path: Path) -> tuple[Written, list[Problem]]:
    """Audiences, cases and messages are named by their files."""
    raw = source.data or Written()
    if kind not in (Audience, Case, Message):
        return raw, []
    problems = []
    if not _ID.fullmatch(path.stem):
        hint = "the name is the id: a letter, then letters, digits and hyphens"
        problems.append(Problem(f'"{path.stem}" cannot name a file here', Place(path.as_posix()), hint))
    elif raw.get("id", path.stem) != path.stem:
        at = source.places.get(f"{name}#/id", Place(path.as_posix()))
        problems.append(Problem(f'id is not "{path.stem}", the name of this file', at, "leave id out"))
    return Written({**raw, "id": path.stem if _ID.fullmatch(path.stem) else _NAMELESS}, raw.origin), problems


def _from_shelves(file: File, home: Home) -> File:
    """A file whose pictures and source texts are named from the course's own folder, so that they are found from there."""

    def change(kind: type[Node], part: Tree) -> Tree:
        name = part.find("file")
        if not issubclass(kind, (Picture, PictureElement, Document)) or not name.word:
            return part
        return part.having({"file": name.holding(f"{_shelf(name.word, home).prefix}{name.word}")})

    return file.grown(mapped(file.kind, file.tree, change))


def _shelf(name: str, home: Home) -> Home:
    return next((shelf for shelf in home.shelves if is_there(shelf.root / name)), home)
