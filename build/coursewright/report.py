"""What a build made, as values and as ``report.json``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from .problems import Place, Problem, Severity, failed, record

NAME = "report.json"


@dataclass(frozen=True)
class File:
    """One file of the build. ``count`` is its pages or slides; ``path`` is below the out folder, empty if not written.

    ``kept`` are slides that were edited by hand, and ``is_edited`` whether any work of that kind is in the file. ``events``
    (problems) and ``backup`` (a path) tell of this build alone: one that finds nothing changed does not repeat them.
    """

    audience: str
    slot: str
    document: str
    path: str
    problems: tuple[Problem, ...]
    count: int = 0
    seconds: float = 0.0
    cached: bool = False
    digest: str = ""
    events: tuple[Problem, ...] = ()
    kept: tuple[Mapping[str, int | str], ...] = ()
    is_edited: bool = False
    backup: str = ""


@dataclass(frozen=True)
class Report:
    """``inputs`` is the hash of all the build was made from."""

    course: str
    version: str
    inputs: str
    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    seconds: float

    def every_problem(self) -> tuple[Problem, ...]:
        """Return the problems of the plan and of all files, each once, saying which files it is about."""
        files: dict[Problem, list[str]] = {}
        for file in self.files:
            for problem in (*file.problems, *file.events):
                files.setdefault(problem, []).append(f"{file.audience}/{file.slot}/{file.document}")
        return (*self.problems, *(_about(problem, names) for problem, names in files.items()))

    def as_json(self) -> bytes:
        """Return the content of ``report.json``."""
        facts = {
            "course": self.course,
            "version": self.version,
            "inputs": self.inputs,
            "seconds": round(self.seconds, 3),
            "problems": [record(problem) for problem in self.problems],
            "files": [_facts(file) for file in self.files],
        }
        return json.dumps(facts, indent=2, ensure_ascii=False).encode() + b"\n"


def untouched(out: Path) -> dict[str, str]:
    """Return the hashes of the files that the last build into ``out`` wrote, by path, as far as they hold no work but ours."""
    try:
        report = _report(json.loads((out / NAME).read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {file.path: file.digest for file in report.files if file.path and not file.is_edited}


def unchanged(out: Path, inputs: str, *, overwrite: bool = False) -> Report | None:
    """Return the report of the build in ``out`` if the same inputs made it, all went well and every file is still the same.

    With ``overwrite``, a file that somebody has edited counts as changed.
    """
    try:
        report = _report(json.loads((out / NAME).read_text("utf-8")))
        edited = overwrite and any(file.is_edited for file in report.files)
        if report.inputs != inputs or edited or failed(report.every_problem()):
            return None
        same = all(hashlib.sha256((out / file.path).read_bytes()).hexdigest() == file.digest for file in report.files)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report if same else None


def _about(problem: Problem, files: Sequence[str]) -> Problem:
    more = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return replace(problem, message=f"{problem.message} (in {files[0]}{more})")


def _facts(file: File) -> dict[str, Any]:
    return {
        "path": file.path,
        "audience": file.audience,
        "slot": file.slot,
        "document": file.document,
        "slides" if file.document.endswith(".pptx") else "pages": file.count,
        "seconds": file.seconds,
        "cached": file.cached,
        "sha256": file.digest,
        "problems": [record(problem) for problem in file.problems],
        "events": [record(problem) for problem in file.events],
        "edited": file.is_edited,
        "kept": [*file.kept],
        "conflicts": [each for each in file.kept if each["course"]],
        "backup": file.backup,
    }


def _report(facts: Mapping[str, Any]) -> Report:
    files = tuple(
        File(
            audience=each["audience"],
            slot=each["slot"],
            document=each["document"],
            path=each["path"],
            problems=tuple(map(_problem, each["problems"])),
            count=each.get("slides", each.get("pages", 0)),
            cached=True,
            digest=each["sha256"],
            kept=tuple(each.get("kept", ())),
            is_edited=each.get("edited", False),
        )
        for each in facts["files"]
    )
    problems = tuple(map(_problem, facts["problems"]))
    return Report(facts["course"], facts["version"], facts["inputs"], files, problems, 0.0)


def _problem(facts: Mapping[str, Any]) -> Problem:
    place = Place(facts["file"], facts["line"], facts["column"])
    return Problem(facts["message"], place, facts["hint"], Severity(facts["severity"]), facts["rule"])
