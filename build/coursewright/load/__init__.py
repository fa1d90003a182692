"""From a folder to a course: reads every file, checks everything, reports every problem at once.

Other courses that modules are taken from, and layers that lie on top, grow into the values as written before anything is
judged (:mod:`.compose`, :mod:`.supplies`, :mod:`.layers`). So one set of rules holds for all, and each value keeps its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from coursewright import drawings, model
from coursewright.folders import Folders
from coursewright.load import audiences, changes, links, media, references
from coursewright.load.complaints import MOST, explained
from coursewright.load.gather import Gathered, gathered
from coursewright.load.reading import File, course_folder
from coursewright.load.shape import Spot, walk
from coursewright.model import Audience, Case, Course, Front, Message, Module, Node, Sources
from coursewright.problems import Broken, Place, Problem, located
from coursewright.source import child

SomeNode = TypeVar("SomeNode", bound=Node)
Nodes = Mapping[str, Node]  # name of a file → what the model makes of it


@dataclass(frozen=True)
class Loaded:
    """A course folder, read. ``course`` is None if anything in it is an error; ``places`` turns pointers into lines."""

    course: Course | None
    problems: tuple[Problem, ...]
    places: Mapping[str, Place]
    folders: Folders


def load(folder: Path, layers: Sequence[Path] = ()) -> Loaded:
    """Return the course in a folder (or beside the ``course.yaml`` given) with layers on top, of which later ones win.

    Nothing is raised: problems are values.
    """
    try:
        return _load(course_folder(folder), layers)
    except Broken as broken:
        return Loaded(None, broken.problems, {}, Folders(folder))


def _load(root: Path, layers: Sequence[Path]) -> Loaded:
    found = gathered(root, layers)
    places = {pointer: place for file in found.files for pointer, place in file.places.items()}
    nodes, refused = _valid(found.files)
    of_files = chain.from_iterable(file.problems for file in found.files)
    problems = _first_ones(located(chain(found.problems, of_files, refused, _together(found, places)), places))
    is_sound = all(problem.severity != "error" for problem in problems)
    return Loaded(_course(found, nodes) if is_sound else None, problems, places, found.folders)


def _valid(files: Iterable[File]) -> tuple[Nodes, list[Problem]]:
    nodes: dict[str, Node] = {}
    problems: list[Problem] = []
    for file in files:
        if file.raw is not None:
            try:
                nodes[file.name] = file.kind.model_validate(file.raw)
            except ValidationError as error:
                problems += explained(error, file.kind, file.raw, f"{file.name}#")
    return nodes, problems


def _course(found: Gathered, nodes: Nodes) -> Course:
    modules = [nodes[each.file.name] for each in found.modules if each.file is not None]
    night = [nodes[each.file.name] for each in (found.overnight,) if each is not None and each.file is not None]
    others = [nodes[file.name] for file in found.others]
    sources = next(iter(_only(Sources, others)), Sources())
    home = found.folders.home
    return Course(
        front=_only(Front, [nodes[found.front.name]])[0],
        modules=_only(Module, modules),
        overnight=next(iter(_only(Module, night)), None),
        audiences=_only(Audience, others),
        cases=_only(Case, others),
        messages=tuple(sorted(_only(Message, others), key=lambda each: each.day)),
        sources=sources,
        originals={each.id: (home / each.file).read_text("utf-8") for each in sources.documents if each.file},
    )


def _only(kind: type[SomeNode], nodes: Iterable[Node]) -> tuple[SomeNode, ...]:
    return tuple(node for node in nodes if isinstance(node, kind))


# --------------------------------------------------------------------------------------------- all together


def _together(found: Gathered, places: Mapping[str, Place]) -> Iterator[Problem]:
    """What only shows with all files at hand."""
    files, folders = found.files, found.folders
    there = frozenset(Path(file.name).stem for file in files if file.kind is Audience)
    roots = [Spot(file.kind, file.raw, f"{file.name}#", there) for file in files if file.raw is not None]
    spots = [spot for root_spot in roots for spot in walk(root_spot)]
    if not there:
        yield Problem(
            "this course is for nobody", Place((folders.home / "audiences").as_posix()), "add a file audiences/<id>.yaml"
        )
    drawn, unreadable = _drawings(folders.templates)
    strangers = {file.name: file.strangers for file in files if file.strangers}
    yield from unreadable
    yield from islice(references.check(spots, there, drawn, places, found.blind, strangers), 10 * MOST)
    yield from islice(chain.from_iterable(map(changes.check, spots)), 10 * MOST)
    yield from islice(links.check(spots, found.blind), 10 * MOST)
    yield from islice(audiences.check(spots, lambda: _own_templates(folders)), 10 * MOST)
    yield from _media(folders.shelves, spots)


def _own_templates(folders: Folders) -> Iterator[str]:
    """The text of the templates that are not ours."""
    for folder in folders.templates[:-1]:
        yield from (path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*.j2")) if path.is_file())


def _drawings(templates: Sequence[Path]) -> tuple[dict[str, drawings.Keys | None], list[Problem]]:
    """The drawings in these templates folders with the data they take, and what says so unreadably."""
    found: dict[str, drawings.Keys | None] = {}
    problems: list[Problem] = []
    for name, path in drawings.find(templates).items():
        found[name] = None
        try:
            found[name] = drawings.needs(path)
        except Broken as broken:
            problems.extend(broken.problems)
    return found, problems


def _media(shelves: Sequence[Path], spots: Iterable[Spot]) -> Iterator[Problem]:
    for spot in spots:
        if spot.kind in (model.Picture, model.PictureElement) and isinstance(name := spot.raw.get("file"), str):
            yield from media.picture(shelves, name, child(spot.at, "file"))
        if spot.kind is model.Document and isinstance(name := spot.raw.get("file"), str) and name:
            yield from media.words(shelves, name, child(spot.at, "file"))
        if spot.kind is Front and isinstance(name := spot.raw.get("brand"), str) and name:
            yield from media.brand(shelves, name, child(spot.at, "brand"))


def _first_ones(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """At most ``MOST`` problems of each file, and one that says how many more there are."""
    return tuple(chain.from_iterable(_cut(file, list(group)) for file, group in groupby(problems, _file_of)))


def _file_of(problem: Problem) -> str:
    return problem.where.file if isinstance(problem.where, Place) else problem.where


def _cut(file: str, group: list[Problem]) -> list[Problem]:
    more = len(group) - MOST
    return group if more <= 0 else [*group[:MOST], Problem(f"and {more} more problems in this file", Place(file))]


__all__ = ["Loaded", "course_folder", "load"]
