"""The comparison: reads both sides, makes their documents, puts them side by side, and writes the report."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import build as making
from .differences import Change, Difference, DocumentDifference, Pair, changes, compare, compare_faces
from .differences.words import clipped
from .editions import edition_of, slot_of, slots_of
from .faces import faces
from .files import replace_file
from .folders import Folders
from .load import load
from .model import Course, Edition, Front, Slot
from .paths import bundled
from .problems import Broken, Place, Problem, Severity, failed, located
from .render import dated, report
from .report import File
from .revisions import Version, checked_out

TEMPLATE = "reports/diff.html.j2"
SIDE = re.compile(r"(?P<audience>[A-Za-z][\w-]*)?(?:/(?P<length>[\w-]+))?(?:@(?P<revision>.+))?")
GRAMMAR = "write AUDIENCE/SLOT or AUDIENCE/MINUTES, with @REVISION if not as it is now; or @REVISION for the whole course"
SHORTEST, LONGEST = 15, 2880  # minutes of a slot

Progress = Callable[[str, int, int], None]
Key = tuple[str, str]  # ids of audience and slot
Files = Mapping[Key, Mapping[str, File]]  # edition → document → file
THE_ONE: Key = ("", "")  # stands for the edition asked for, which may be another on each side


@dataclass(frozen=True)
class Side:
    """What one side of a comparison asks for. ``length`` is a slot's id or minutes; without audience it is the whole course."""

    audience: str = ""
    length: str = ""
    revision: str = ""

    def __str__(self) -> str:
        return self.audience + (f"/{self.length}" if self.length else "") + (f"@{self.revision}" if self.revision else "")


@dataclass(frozen=True)
class Options:
    """How to compare: where the report lands (None for a folder of its own), layers and brand, whether documents are made."""

    out: Path | None = None
    layers: tuple[Path, ...] = ()
    brand: Path | None = None
    fast: bool = False
    progress: Progress = lambda *_: None


@dataclass(frozen=True)
class Documents:
    """The documents of one audience and slot on both sides. ``only`` names the side that alone has this edition."""

    audience: str
    slot: str
    documents: tuple[DocumentDifference, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class Comparison:
    """Both sides compared. ``names`` tell them apart in few words; ``edition`` is None between versions of a whole course."""

    course: str
    language: str
    names: tuple[str, str]
    versions: tuple[str, str]
    edition: Difference | None = None
    changes: tuple[Change, ...] = ()
    sets: tuple[Documents, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: tuple[Path, ...] = ()


@dataclass(frozen=True)
class _Read:
    """One side, read."""

    side: Side
    version: Version
    course: Course
    places: Mapping[str, Place]
    folders: Folders

    @property
    def front(self) -> Front:
        return self.course.front


def sides(a: str, b: str = "") -> tuple[Side, Side]:
    """Return what both sides ask for; without a second one, the first is compared with the same thing as it is now.

    Raises Broken for what cannot be read, and for an edition beside a whole course.
    """
    first = _side(a)
    if not b and not first.revision:
        raise Broken([Problem(f'"{a}" needs something to be compared with', hint="give a second one, or @REVISION with it")])
    second = _side(b) if b else replace(first, revision="")
    if bool(first.audience) != bool(second.audience):
        hint = "give an audience on both sides, or on neither"
        raise Broken([Problem(f'"{a}" and "{b}" cannot be compared: one is an edition, one a whole course', hint=hint)])
    return first, second


def _side(text: str) -> Side:
    found = SIDE.fullmatch(text)
    if not found or not text or (found["length"] and not found["audience"]):
        raise Broken([Problem(f'"{text}" names no edition', hint=GRAMMAR)])
    return Side(*(found[name] or "" for name in ("audience", "length", "revision")))


def contrast(course: Path, a: Side, b: Side, options: Options) -> Comparison:
    """Return what differs between two sides, and write it as diff.html and diff.pdf.

    Raises Broken for a revision, an audience or a slot that does not exist, and for a course that cannot be read. Warnings
    are left to ``check`` and ``build``.
    """
    with ExitStack() as open_:
        versions = [open_.enter_context(checked_out(course, options.layers, side.revision)) for side in (a, b)]
        old, new = (_read(side, version) for side, version in zip((a, b), versions, strict=True))
        found = _editions(old, new) if a.audience else _courses(old, new)
        if not options.fast:
            found = _with_documents(found, old, new, options)
        errors = (problem for problem in found.problems if problem.severity is Severity.ERROR)
        found = replace(found, problems=tuple(dict.fromkeys(_as_it_was(errors, versions))))
    return _written(found, options.out or Path("out") / f"diff-{_slug(a)}--{_slug(b)}")


def _slug(side: Side) -> str:
    return re.sub(r"[^\w.-]+", "-", str(side)).strip("-") or "now"


# ----------------------------------------------------------------------------------------------------- reading


def _read(side: Side, version: Version) -> _Read:
    loaded = load(version.folder, version.layers)
    if loaded.course is None or failed(loaded.problems):
        raise Broken(_as_it_was(loaded.problems, [version]))
    return _Read(side, version, loaded.course, loaded.places, loaded.folders)


def _as_it_was(problems: Iterable[Problem], versions: Iterable[Version]) -> Iterator[Problem]:
    """The problems; in files of a revision they stand at ``v1.0:course/course.yaml``, not in a folder that is gone by then."""
    trees = {f"{version.tree.as_posix()}/": f"{version.revision}:" for version in versions if version.tree}
    for problem in problems:
        where = problem.where
        for tree, name in trees.items():
            if isinstance(where, Place) and where.file.startswith(tree):
                where = replace(where, file=name + where.file.removeprefix(tree))
        yield replace(problem, where=where)


def _slot(read: _Read) -> Slot:
    """The slot a side asks for: by its id, in minutes, or the course's first."""
    length = read.side.length
    if length.isdecimal() and length not in {slot.id for slot in read.front.slots}:
        if not SHORTEST <= int(length) <= LONGEST:
            raise Broken([Problem(f"{length} minutes are no length of a session", hint=f"{SHORTEST} to {LONGEST} are")])
        return slot_of(read.course, minutes=int(length))
    return slot_of(read.course, slot=length or None)


def _edition(read: _Read) -> Edition:
    try:
        return edition_of(read.course, read.side.audience, _slot(read))[0]
    except Broken as broken:
        raise Broken(_as_it_was(located(broken.problems, read.places), [read.version])) from broken


def _editions(old: _Read, new: _Read) -> Comparison:
    a, b = _edition(old), _edition(new)
    return replace(_plain(old, new), names=_names(a, b, old, new), edition=compare(a, b))


def _courses(old: _Read, new: _Read) -> Comparison:
    return replace(_plain(old, new), changes=changes(old.course, new.course))


def _plain(old: _Read, new: _Read) -> Comparison:
    names = old.version.revision or "now", new.version.revision or "now"
    return Comparison(new.front.title, new.front.language, names, (str(old.version), str(new.version)))


def _names(a: Edition, b: Edition, old: _Read, new: _Read) -> tuple[str, str]:
    """What tells two editions apart: the audience, else the length, else the version."""
    if a.audience.name != b.audience.name:
        return a.audience.name, b.audience.name
    if a.slot.title != b.slot.title:
        return a.slot.title, b.slot.title
    return old.version.revision or "now", new.version.revision or "now"


# --------------------------------------------------------------------------------------------------- documents


def _with_documents(found: Comparison, old: _Read, new: _Read, options: Options) -> Comparison:
    """The comparison with the documents of both sides, made where nobody sees them and read again."""
    sets = _asked(found) if found.edition else _offered(old.course, new.course)
    both = tuple(key for key, documents in sets.items() if not documents.only)
    with tempfile.TemporaryDirectory(prefix="coursewright-") as name:
        outs = Path(name) / "a", Path(name) / "b"
        (a, wrong), (b, wrong_too) = (_built(read, both, out, options) for read, out in zip((old, new), outs, strict=True))
        marks = _running(old.front), _running(new.front)
        for number, key in enumerate(both, 1):
            options.progress(f"comparing {sets[key].audience}", number, len(both))
            pairs = _paired(a.get(key, {}), b.get(key, {}))
            compared = tuple(_compared(each, files, outs, marks) for each, files in pairs.items())
            sets[key] = replace(sets[key], documents=compared)
    return replace(found, sets=tuple(sets.values()), problems=(*found.problems, *wrong, *wrong_too))


def _asked(found: Comparison) -> dict[Key, Documents]:
    """The one edition that was asked for on each side."""
    return {THE_ONE: Documents(found.names[1], "")}


def _offered(a: Course, b: Course) -> dict[Key, Documents]:
    """Every edition that either version offers, in the order of the newer one."""
    old, new = _offers(a), _offers(b)
    found = {}
    for key in (*new, *(key for key in old if key not in new)):
        only = "" if key in old and key in new else "b" if key in new else "a"
        found[key] = Documents(*(new.get(key) or old[key]), only=only)
    return found


def _offers(course: Course) -> dict[Key, tuple[str, str]]:
    """The editions a course offers: ids of audience and slot → how people call them."""
    pairs = ((audience, slot) for audience in course.audiences for slot in slots_of(course, audience.id))
    return {(audience.id, slot.id): (audience.name, slot.title) for audience, slot in pairs}


def _built(read: _Read, wanted: tuple[Key, ...], out: Path, options: Options) -> tuple[Files, tuple[Problem, ...]]:
    """The files of one side by edition, and what went wrong with them."""
    if not wanted:
        return {}, ()
    course, known = _narrowed(read, wanted)
    request = making.request(course, read.folders, read.places, options.brand, {**known, "out": out})
    report_ = making.build(request, progress=options.progress)
    files: dict[Key, dict[str, File]] = {}
    for file in report_.files:
        key = THE_ONE if wanted == (THE_ONE,) else (file.audience, file.slot)
        files.setdefault(key, {})[file.document] = file
    return files, report_.every_problem()


def _narrowed(read: _Read, wanted: tuple[Key, ...]) -> tuple[Course, dict[str, Any]]:
    """The course, and what to ask of the build, so that hardly more is made than what can be compared."""
    if wanted == (THE_ONE,):
        slot = _slot(read)
        length = {"slot": slot.id, "minutes": None} if slot in read.front.slots else {"slot": None, "minutes": slot.minutes}
        return read.course, {"audiences": (read.side.audience,), **length}
    names = {name for _, name in wanted}
    front = read.front.model_copy(update={"slots": tuple(slot for slot in read.front.slots if slot.id in names)})
    audiences = tuple(dict.fromkeys(audience for audience, _ in wanted))
    return read.course.model_copy(update={"front": front}), {"audiences": audiences, "slot": None, "minutes": None}


Paired = dict[str, tuple[File | None, File | None]]  # document → its files on both sides


def _paired(a: Mapping[str, File], b: Mapping[str, File]) -> Paired:
    return {name: (a.get(name), b.get(name)) for name in dict.fromkeys((*b, *a))}


def _running(front: Front) -> tuple[str, str]:
    """What running lines print of the course's version."""
    return f"v{front.version}", dated(front.date)


def _compared(
    name: str, pair: tuple[File | None, File | None], outs: tuple[Path, Path], running: tuple[tuple[str, str], tuple[str, str]]
) -> DocumentDifference:
    a, b = pair
    counts = a.count if a else 0, b.count if b else 0
    if a is None or b is None:
        return DocumentDifference(name, *counts, missing=f"only {'b' if a is None else 'a'}")
    if not a.path or not b.path:
        return DocumentDifference(name, *counts, missing="failed")
    if a.digest == b.digest:
        same = (Pair(number, number, "", "same") for number in range(1, max(a.count, 1) + 1))
        return DocumentDifference(name, *counts, tuple(same))
    found = (faces(name, (out / file.path).read_bytes(), marks) for out, file, marks in zip(outs, (a, b), running, strict=True))
    return compare_faces(name, *found)


# ------------------------------------------------------------------------------------------------------ report


def _written(found: Comparison, folder: Path) -> Comparison:
    from .outputs import html, pdf  # WeasyPrint takes half a second to load

    folders = (bundled("templates"),)
    text = report(TEMPLATE, folders, {"found": found, "clipped": clipped})
    made = {"diff.html": html.write(text, folders, "diff.html"), "diff.pdf": pdf.write(text, folders, "diff.pdf")}
    folder.mkdir(parents=True, exist_ok=True)
    for name, each in made.items():
        replace_file(folder / name, each.content)
    told = dict.fromkeys(problem for each in made.values() for problem in each.problems)
    return replace(found, problems=(*found.problems, *told), files=tuple(folder / name for name in made))
