"""Problems are values: what is wrong, where, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error stops what depends on it, a warning does not (unless ``--strict``).

    A note never stops anything: it is advice.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, order=True)
class Place:
    """A spot in a file. Lines and columns count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    ``where`` is a :class:`Place`, or a pointer into the course (``modules/01.yaml#/segments/0``) that
    :func:`located` turns into one, or plain words ("deck.pptx, slide 7") for what has no line in any file. ``rule`` is the id
    of the lint rule it breaks, if it is one's.
    """

    message: str
    where: Place | str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    rule: str = ""

    def __str__(self) -> str:
        head = f"{self.where}: " if str(self.where) else ""
        label = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        name = f" [{self.rule}]" if self.rule else ""
        return f"{head}{label}{self.message}{name}" + (f"\n    {self.hint}" if self.hint else "")


class Broken(Exception):
    """Raised by a stage that cannot go on; carries every problem it found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def warning(message: str, where: Place | str = "", hint: str = "") -> Problem:
    """Return a problem that does not stop the build."""
    return Problem(message, where, hint, Severity.WARNING)


def located(problems: Iterable[Problem], places: Mapping[str, Place]) -> tuple[Problem, ...]:
    """Return the problems with pointers turned into places (the nearest known parent's), sorted, each once."""
    found = {replace(problem, where=_nearest(problem.where, places)) for problem in problems}
    return tuple(sorted(found, key=_order))


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return ``did you mean "…"?`` for a mistyped word, or the list of what there is."""
    known = sorted(set(candidates))
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return "known here: " + ", ".join(known) if known else ""


def failed(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Return whether these problems make a command fail."""
    return any(problem.severity is Severity.ERROR or (strict and problem.severity is Severity.WARNING) for problem in problems)


def record(problem: Problem) -> dict[str, str | int]:
    """Return a problem as JSON knows it; line and column count from 1, 0 means the file as a whole."""
    where = problem.where if isinstance(problem.where, Place) else Place(problem.where)
    place: dict[str, str | int] = {"file": where.file, "line": where.line, "column": where.column}
    return {**place, "severity": problem.severity.value, "message": problem.message, "hint": problem.hint, "rule": problem.rule}


def _nearest(where: Place | str, places: Mapping[str, Place]) -> Place | str:
    if isinstance(where, Place):
        return where
    pointer = where
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0] if "/" in pointer.partition("#")[2] else ""
    return places.get(pointer, where)


def _order(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.where if isinstance(problem.where, Place) else Place(problem.where)
    return (place.file, place.line, place.column, problem.severity, problem.message)
