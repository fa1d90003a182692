"""The audit of an edition's finished files, once for each set of files: its outcome is kept as files are."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from .cache import Cache
from .digests import engine
from .documents import Document
from .model import Edition
from .outputs import Made
from .problems import Problem


@dataclass(frozen=True)
class Ready:
    """A finished file. ``is_edited`` is whether it holds a trainer's own work."""

    document: Document
    made: Made
    is_edited: bool


def audited(edition: Edition, files: Sequence[Ready], cache: Cache | None) -> tuple[Problem, ...]:
    """Return what does not agree in the files of an edition; each place begins with the name of the file it is in.

    Without a cache, the outcome is kept nowhere.
    """
    key = _key(edition, files) if cache else ""
    kept = cache.get(key) if cache else None
    if kept is not None:
        return kept.problems
    from .audit import audit, opened
    from .lint import Finished, of_files

    every = [
        opened(each.document.name, each.document.reader, each.made.content, each.made.claims, is_edited=each.is_edited)
        for each in files
    ]
    rules = of_files(Finished(edition, {each.name: each.sheets for each in every}))
    problems = (*audit(edition, every), *rules)
    if cache:
        cache.put(key, Made(b"", problems))
    return problems


def about(problem: Problem) -> str:
    """Return the name of the file that a problem of the audit is in."""
    return str(problem.where).partition(",")[0]


def _key(edition: Edition, files: Sequence[Ready]) -> str:
    """Return the hash of all that the audit looks at."""
    parts = [engine(), edition.model_dump_json()]
    for each in files:
        content = hashlib.sha256(each.made.content).hexdigest()
        parts += [each.document.name, each.document.reader, content, str(each.is_edited)]
        parts += [repr(asdict(claim)) for claim in each.made.claims]
    return hashlib.sha256("\0".join(["audit", *parts]).encode()).hexdigest()
