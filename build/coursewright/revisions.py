"""A course as it was: the files of a git revision in a folder that is gone when nobody needs it any more.

The whole tree is written out, for a course may take modules from others beside it. An index of its own is used, so neither
the repository nor the working tree notices.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .problems import Broken, Place, Problem, did_you_mean

NOW = "the working files"
SHOWN = 3  # folders with a course that a message names


@dataclass(frozen=True)
class Version:
    """A course folder at one time, with the layers on top of it.

    ``revision`` is as the user wrote it, "" for the working files; ``tree`` is where its files lie, ``date`` the commit's.
    """

    folder: Path
    layers: tuple[Path, ...] = ()
    revision: str = ""
    tree: Path | None = None
    commit: str = ""
    date: str = ""

    def __str__(self) -> str:
        return f"{self.revision} ({self.commit}, {self.date})" if self.revision else NOW


@contextmanager
def checked_out(course: Path, layers: tuple[Path, ...], revision: str) -> Iterator[Version]:
    """Give the course as it was in a revision; the course itself without one. Layers elsewhere have no revisions.

    Raises Broken where there is no git, no repository, no such revision, or no course in it.
    """
    if not revision:
        yield Version(course, layers)
        return
    root, below = _repository(course)
    commit = _commit(root, revision)
    with tempfile.TemporaryDirectory(prefix="coursewright-") as name:
        tree = Path(name) / "tree"
        own = {"GIT_INDEX_FILE": str(Path(name) / "index")}
        _git(root, "read-tree", commit, known=own)
        _git(root, "checkout-index", "--all", "--quiet", f"--prefix={tree}/", known=own)
        folder = tree / below
        if not (folder / "course.yaml").is_file():
            raise Broken([_absent(root, commit, revision, below)])
        short, date = _git(root, "log", "-1", "--format=%h %cs", commit).split()
        yield Version(folder, tuple(_as_then(layer, root, tree) for layer in layers), revision, tree, short, date)


def _as_then(layer: Path, root: Path, tree: Path) -> Path:
    """A layer as it was, if it lies in the same repository."""
    place = layer.resolve()
    return tree / place.relative_to(root) if place.is_relative_to(root) else layer


def _repository(course: Path) -> tuple[Path, Path]:
    """The root of the repository a course lies in, and the course's folder below it."""
    try:
        root, below = (_git(course, "rev-parse", f"--show-{what}") for what in ("toplevel", "prefix"))
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode(errors="replace").strip().removeprefix("fatal: ").splitlines()
        known = "without @… the course is read as it is now"
        hint = known if not words or words[0].startswith("not a git repository") else f"git says: {words[0]}"
        problem = Problem("this course is in no git repository, so it has no revisions", Place(str(course)), hint)
        raise Broken([problem]) from error
    return Path(root), Path(below)


def _commit(root: Path, revision: str) -> str:
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except subprocess.CalledProcessError as error:
        names = _git(root, "for-each-ref", "--format=%(refname:short)", "refs/tags", "refs/heads").split()
        raise Broken([Problem(f'no revision "{revision}" in this repository', hint=did_you_mean(revision, names))]) from error


def _absent(root: Path, commit: str, revision: str, below: Path) -> Problem:
    """That there was no course where there is one now, and where there was one."""
    listed = _git(root, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", commit).splitlines()
    others = [str(Path(name).parent) for name in listed if Path(name).name == "course.yaml"]
    hint = f"there was one in {', '.join(others[:SHOWN])}; a course is looked for where it is now" if others else ""
    return Problem(f"in {revision} there was no course in this folder", Place(f"{revision}:{below.as_posix()}"), hint)


def _git(folder: Path, *arguments: str, known: Mapping[str, str] | None = None) -> str:
    """What git answers. Raises CalledProcessError where it refuses, Broken where there is none.

    Variables such as GIT_DIR, which git sets for its hooks, would lead it elsewhere.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], env={**inherited, **(known or {})}, capture_output=True, check=True
        )
    except FileNotFoundError as error:
        hint = "install git, or leave @… away to read the course as it is now"
        raise Broken([Problem("git is not installed, and only git knows revisions", hint=hint)]) from error
    return done.stdout.decode().strip()
