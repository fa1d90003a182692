"""Three editions of the sample course as a user would build them: once for all tests, in processes of their own.

A test module that imports ``built`` has the fixture ``sample``.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from coursewright.load import load
from coursewright.model import Course

ROOT = Path(__file__).parents[1]
COURSE = ROOT / "course"
AUDIENCES = ("newly-promoted-managers", "senior-executives")  # whom most tests plan for
CORE = (
    "deck.pptx,workbook.pdf,guide.pdf,run-sheet.pdf,late-card.pdf,receipt.pdf,design.pdf,messages.pdf,certificate.pdf,quiz.gift"
)
EDITIONS = (  # what tests build, so that every module is in one of them, and every document; all of all thirty take many minutes
    ("newly-promoted-managers", "full-day", CORE),
    ("senior-executives", "ninety-minutes", CORE),
    ("hr-and-learning-partners", "half-day", ""),
)


@dataclass(frozen=True)
class Sample:
    """What ``coursewright build course`` made."""

    folder: Path

    def files(self, pattern: str) -> list[Path]:
        """Return the files of a name such as ``*.pdf`` in all editions; none at all is a failure."""
        found = sorted(self.folder.rglob(pattern))
        assert found, f"no {pattern} was built"
        return found


def call(*arguments: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own; it finds the checkout's engine."""
    inherited: Mapping[str, str] = {"PYTHONPATH": str(ROOT / "build"), **os.environ, "PYTHONWARNINGS": "default"}
    command = [sys.executable, "-m", "coursewright", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env={**inherited, **environment}, capture_output=True, text=True, timeout=900, check=False
    )


def build(out: Path, *arguments: str, editions: Iterable[tuple[str, str, str]] = EDITIONS) -> Sample:
    """Build editions of the sample course, with an empty cache; fail the test with all that was said if that fails.

    Each is an audience, a slot and the documents to make: all, if that is empty.
    """
    for audience, slot, documents in editions:
        wanted = ("--only", documents) if documents else ()
        chosen = ("--audience", audience, "--slot", slot, *wanted, "--out", out, *arguments)
        done = call("build", COURSE, *chosen, COURSEWRIGHT_CACHE=f"{out}-cache")
        assert done.returncode == 0, f"the sample course does not build:\n{done.stdout}\n{done.stderr}"
    return Sample(out)


@pytest.fixture(scope="session", name="sample")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """Return the sample course in three editions, built once however many workers run the tests."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return once(shared / "sample")


def once(out: Path) -> Sample:
    """Build into ``out`` unless another process has done so; the others wait, and fail for the same reason."""
    verdict = out.with_suffix(".verdict")
    with locked(out.with_suffix(".lock")):
        if not verdict.exists():
            verdict.write_text(attempt(out), "utf-8")
    failure = verdict.read_text("utf-8")
    if failure:
        pytest.fail(failure, pytrace=False)
    return Sample(out)


def attempt(out: Path) -> str:
    """Return why the build failed, "" if it did not."""
    try:
        build(out)
    except AssertionError as error:
        return str(error)
    return ""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes out of a stretch of code."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@cache
def two_hats() -> Course:
    """Return the sample course, read and checked."""
    loaded = load(COURSE)
    assert loaded.course is not None, "\n".join(map(str, loaded.problems))
    return loaded.course


@cache
def by_priority() -> Course:
    """Return the sample course without its listed agendas: what runs is chosen by priority alone."""
    course = two_hats()
    slots = tuple(each.model_copy(update={"segments": {}, "breaks": (), "buffer": None}) for each in course.front.slots)
    audiences = tuple(each.model_copy(update={"agendas": {}}) for each in course.audiences)
    return course.model_copy(update={"front": course.front.model_copy(update={"slots": slots}), "audiences": audiences})
