"""Finished files kept by the hash of everything they were made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .digests import beside, digest, engine, fonts, pictures
from .files import replace_file
from .make import Job
from .outputs import Claim, Made
from .problems import Place, Problem, Severity

KEPT = 2_000  # files; the oldest go first


class Cache:
    """A folder of finished files. A damaged or missing entry is simply not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Made | None:
        """Return the file kept under a key, or None."""
        try:
            facts = json.loads((self.folder / f"{key}.json").read_text("utf-8"))
            content = (self.folder / f"{key}.bin").read_bytes()
            if hashlib.sha256(content).hexdigest() != facts["digest"]:
                return None
            places = {name: tuple(numbers) for name, numbers in facts["places"].items()}
            problems = tuple(map(_problem, facts["problems"]))
            return Made(content, problems, places, facts["count"], tuple(map(_claim, facts["claims"])))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, made: Made) -> None:
        """Keep a file. A cache that cannot be written costs time, nothing else."""
        facts = {
            "digest": hashlib.sha256(made.content).hexdigest(),
            "problems": [asdict(problem) for problem in made.problems],
            "places": dict(made.places),
            "count": made.count,
            "claims": [asdict(claim) for claim in made.claims],
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_file(self.folder / f"{key}.bin", made.content)
            replace_file(self.folder / f"{key}.json", json.dumps(facts).encode())
        except OSError:
            return

    def trim(self) -> None:
        """Drop the oldest entries beyond the number that is kept."""
        entries = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in entries[KEPT:]:
            path.with_suffix(".bin").unlink(missing_ok=True)
            path.unlink(missing_ok=True)


def key(job: Job, edition: str) -> str:
    """Return the hash of everything that decides the file's bytes; ``edition`` is that of what the edition says."""
    parts = (
        job.document.name,
        engine(),
        fonts(),
        *(digest(folder) for folder in job.templates),
        digest(job.course / "assets"),
        *map(pictures, (job.course, *job.shelves)),
        digest(job.brand),
        digest(job.lender),
        digest(beside(job.brand)),
        str(job.own_brand),
        json.dumps({name: job.places.get(name, {}) for name in job.document.before}, sort_keys=True, default=list),
        json.dumps([{name: each.digest for name, each in job.taken.items()}, dict(job.counts)], sort_keys=True),
        edition,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _problem(facts: dict[str, object]) -> Problem:
    where = facts["where"]
    place = Place(**where) if isinstance(where, dict) else str(where)
    return Problem(str(facts["message"]), place, str(facts["hint"]), Severity(str(facts["severity"])), str(facts["rule"]))


def _claim(facts: Mapping[str, Any]) -> Claim:
    return Claim(facts["document"], facts["part"], tuple(facts["numbers"]), facts["text"], tuple(facts["at"]))
