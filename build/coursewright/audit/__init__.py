"""What is checked over the finished files of one edition, read back from their bytes: do they agree with each other?

- :mod:`.claims` finds where a page sends its reader to another file, by marking the numbers a template is given.
- :mod:`.references` compares those claims with where things stand in the finished files.
- :mod:`.agreement` compares clock times, objectives, steps and counts of all files with the edition.

What is false in a file is an error. What one file shows in part is a warning: a template of your own may mean it so. A deck
that somebody edited by hand is warned of, never refused: its words are theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from coursewright.finished import sheets
from coursewright.model import Edition
from coursewright.outputs import Claim
from coursewright.problems import Problem, Severity

from .agreement import agreement
from .files import Audited
from .references import references

__all__ = ["Audited", "audit", "opened"]


def opened(name: str, reader: str, content: bytes, claims: tuple[Claim, ...] = (), *, is_edited: bool = False) -> Audited:
    """Return a finished file, read."""
    return Audited(name, reader, sheets(name, content), claims, is_edited)


def audit(edition: Edition, files: Iterable[Audited]) -> tuple[Problem, ...]:
    """Return what does not agree in the files of an edition; each place begins with the name of the file it is in."""
    every = tuple(files)
    edited = {file.name for file in every if file.is_edited}
    found = (*references(every), *agreement(edition, every))
    return tuple(replace(each, severity=Severity.WARNING) if name in edited else each for name, each in found)
