"""From a folder to a course: reads every file, checks everything, reports every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from coursewright import drawings, model
from coursewright.load import changes, links, media, references
from coursewright.load.complaints import MOST, explained
from coursewright.load.shape import Spot, walk
from coursewright.model import Audience, Case, Course, Front, Module, Node, Sources
from coursewright.paths import bundled
from coursewright.problems import Broken, Place, Problem, did_you_mean, located, warning
from coursewright.source import Source, Written, child, read

FRONT = "course.yaml"
SOURCES = "sources.yaml"
_ID = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_NAMELESS = "nameless"  # stands in for an id that was refused

_HELD: dict[type[Node], tuple[str, ...]] = {  # what is looked up in files of which kind
    Front: ("slot", "outcome"),
    Module: ("module", "segment", "objective", "table", "card deck"),
    Audience: ("audience",),
    Case: ("case",),
    Sources: ("theme", "source document"),
}

SomeNode = TypeVar("SomeNode", bound=Node)


@dataclass(frozen=True)
class Loaded:
    """A course folder, read. ``course`` is None if anything in it is an error; ``places`` turns pointers into lines."""

    course: Course | None
    problems: tuple[Problem, ...]
    places: Mapping[str, Place]


@dataclass(frozen=True)
class _File:
    """One file with what the model makes of it; ``node`` is None if it is not valid, ``raw`` if it is not readable."""

    name: str
    kind: type[Node]
    raw: Written | None
    node: Node | None
    places: Mapping[str, Place] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def load(folder: Path) -> Loaded:
    """Return the course in a folder (or beside the ``course.yaml`` given). Nothing is raised: problems are values."""
    try:
        return _load(course_folder(folder))
    except Broken as broken:
        return Loaded(None, broken.problems, {})


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


def _load(root: Path) -> Loaded:
    front = _file(root, FRONT, Front)
    listed, listing = _listed(root, front)
    others = [_file(root, name, kind) for name, kind in chain(listed, _found(root))]
    files = [front, *others]
    places = {pointer: place for file in files for pointer, place in file.places.items()}
    found = chain(
        listing,
        _stray(root, front),
        chain.from_iterable(file.problems for file in files),
        _together(root, files, places, bool(listing)),
    )
    problems = _first_ones(located(found, places))
    course = None if any(problem.severity == "error" for problem in problems) else _course(front, others)
    return Loaded(course, problems, places)


def _course(front: _File, others: Iterable[_File]) -> Course:
    nodes = [file.node for file in others]
    return Course(
        front=_only(Front, [front.node])[0],
        modules=_only(Module, nodes),
        audiences=_only(Audience, nodes),
        cases=_only(Case, nodes),
        sources=next(iter(_only(Sources, nodes)), Sources()),
    )


def _only(kind: type[SomeNode], nodes: Iterable[Node | None]) -> tuple[SomeNode, ...]:
    return tuple(node for node in nodes if isinstance(node, kind))


# ------------------------------------------------------------------------------------------------ which files


def _listed(root: Path, front: _File) -> tuple[list[tuple[str, type[Node]]], list[Problem]]:
    """The modules to read, in order: those `course.yaml` lists, or all there are if it does not say."""
    written = front.raw.get("modules") if front.raw else None
    if not isinstance(written, list):
        return [(f"modules/{name}.yaml", Module) for name in _stems(root, "modules")], []
    problems = [
        problem for i, name in enumerate(written) for problem in _misnamed(root, name, written[:i], f"{FRONT}#/modules/{i}")
    ]
    refused = {problem.where for problem in problems}
    kept = [name for i, name in enumerate(written) if isinstance(name, str) and f"{FRONT}#/modules/{i}" not in refused]
    return [(f"modules/{name}.yaml", Module) for name in kept], problems


def _misnamed(root: Path, name: Any, before: list[Any], at: str) -> Iterator[Problem]:
    """What is wrong with the name of a module in `course.yaml`."""
    if not isinstance(name, str):
        return
    there = list(_stems(root, "modules"))
    if name in before:
        yield Problem(f'module "{name}" is listed twice', at, "each module runs once")
    elif not name or "/" in name or "\\" in name or name.startswith("."):
        yield Problem(
            f'"{name}" is no module: it would lie outside of modules/', at, "write the name of a file in modules/, without .yaml"
        )
    elif name not in there:
        plain = name.removesuffix(".yaml").removesuffix(".yml")
        hint = f'write "{plain}": names stand without .yaml' if plain in there else did_you_mean(name, there)
        yield Problem(f"there is no file modules/{plain}.yaml", at, hint or "modules/ is empty")


def _found(root: Path) -> Iterator[tuple[str, type[Node]]]:
    """All other files of the course that hold YAML."""
    yield from ((f"audiences/{name}.yaml", Audience) for name in _stems(root, "audiences"))
    yield from ((f"cases/{name}.yaml", Case) for name in _stems(root, "cases"))
    if _is_there(root / SOURCES):
        yield SOURCES, Sources


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True


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


def _stems(root: Path, folder: str) -> Iterator[str]:
    yield from (
        name.removesuffix(".yaml") for name in _names(root, folder) if name.endswith(".yaml") and not name.startswith(".")
    )


def _stray(root: Path, front: _File) -> Iterator[Problem]:
    """What lies in the folders of a course and is not read."""
    for folder in ("modules", "audiences", "cases"):
        place = Place((root / folder).as_posix())
        if reason := _unlistable(root / folder):
            yield Problem(reason, place)
        for name in _names(root, folder):
            if name.endswith(".yml"):
                yield warning("this file is not read", Place(f"{place}/{name}"), "its name must end in .yaml")
    listed: Any = front.raw.get("modules") if front.raw else None
    for name in _stems(root, "modules") if isinstance(listed, list) else ():
        if name not in listed and f"{name}.yaml" not in listed:
            hint = f"add it to modules in {FRONT}, or move it elsewhere"
            yield warning(f"no {FRONT} lists this module", Place((root / f"modules/{name}.yaml").as_posix()), hint)


# -------------------------------------------------------------------------------------------------- one file


def _file(root: Path, name: str, kind: type[Node]) -> _File:
    path = root / name
    if not media.inside(root, path):
        return _File(
            name, kind, None, None, problems=(Problem("this link leads out of the course folder", Place(path.as_posix())),)
        )
    source = read(path, name)
    if source.data is None:
        return _File(name, kind, None, None, source.places, source.problems)
    raw, problems = _named(source, name, kind, path)
    node = _valid(kind, raw, name)
    wrong = () if isinstance(node, Node) else tuple(node)
    return _File(name, kind, raw, node if isinstance(node, Node) else None, source.places, (*source.problems, *problems, *wrong))


def _named(source: Source, name: str, kind: type[Node], path: Path) -> tuple[Written, list[Problem]]:
    """Audiences and cases are named by their files."""
    raw = source.data or Written()
    if kind not in (Audience, Case):
        return raw, []
    problems = []
    if not _ID.fullmatch(path.stem):
        hint = "the name is the id: a letter, then letters, digits and hyphens"
        problems.append(Problem(f'"{path.stem}" cannot name a file here', Place(path.as_posix()), hint))
    elif raw.get("id", path.stem) != path.stem:
        problems.append(Problem(f'id is not "{path.stem}", the name of this file', f"{name}#/id", "leave id out"))
    return Written({**raw, "id": path.stem if _ID.fullmatch(path.stem) else _NAMELESS}, raw.origin), problems


def _valid(kind: type[Node], raw: Written, name: str) -> Node | list[Problem]:
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        return list(explained(error, kind, raw, f"{name}#"))


# --------------------------------------------------------------------------------------------- all together


def _together(root: Path, files: list[_File], places: Mapping[str, Place], gaps: bool) -> Iterator[Problem]:
    """What only shows with all files at hand; ``gaps`` tells that some module is not even there."""
    readable = [(file, file.raw) for file in files if file.raw is not None]
    audiences = frozenset(Path(file.name).stem for file in files if file.kind is Audience)
    roots = [Spot(file.kind, raw, f"{file.name}#", audiences) for file, raw in readable]
    spots = [spot for root_spot in roots for spot in walk(root_spot)]
    if not audiences:
        yield Problem("this course is for nobody", Place((root / "audiences").as_posix()), "add a file audiences/<id>.yaml")
    drawn, unreadable = _drawings(root)
    yield from unreadable
    yield from islice(references.check(spots, audiences, drawn, places, _blind(files, gaps)), 10 * MOST)
    yield from islice(chain.from_iterable(map(changes.check, spots)), 10 * MOST)
    yield from islice(links.check(spots, _blind(files, gaps)), 10 * MOST)
    yield from _media(root, spots)


def _drawings(root: Path) -> tuple[dict[str, drawings.Keys | None], list[Problem]]:
    """The drawings in the course's own templates and in ours with the data they take, and what says so unreadably."""
    found: dict[str, drawings.Keys | None] = {}
    problems: list[Problem] = []
    for name, path in drawings.find((root / "templates", bundled("templates"))).items():
        found[name] = None
        try:
            found[name] = drawings.needs(path)
        except Broken as broken:
            problems.extend(broken.problems)
    return found, problems


def _blind(files: list[_File], gaps: bool) -> frozenset[str]:
    """What cannot be looked up: names in files that could not be read, and themes without sources.yaml."""
    lost = {file.kind for file in files if file.raw is None} | ({Module} if gaps else set())
    lost |= set() if any(file.kind is Sources for file in files) else {Sources}
    return frozenset(chain.from_iterable(_HELD[kind] for kind in lost))


def _media(root: Path, spots: Iterable[Spot]) -> Iterator[Problem]:
    for spot in spots:
        if spot.kind in (model.Picture, model.PictureElement) and isinstance(name := spot.raw.get("file"), str):
            yield from media.picture(root, name, child(spot.at, "file"))
        if spot.kind is Front and isinstance(name := spot.raw.get("brand"), str) and name:
            yield from media.brand(root, name, child(spot.at, "brand"))


def _first_ones(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """At most ``MOST`` problems of each file, and one that says how many more there are."""
    return tuple(chain.from_iterable(_cut(file, list(group)) for file, group in groupby(problems, _file_of)))


def _file_of(problem: Problem) -> str:
    return problem.where.file if isinstance(problem.where, Place) else problem.where


def _cut(file: str, group: list[Problem]) -> list[Problem]:
    more = len(group) - MOST
    return group if more <= 0 else [*group[:MOST], Problem(f"and {more} more problems in this file", Place(file))]


__all__ = ["Loaded", "course_folder", "load"]
