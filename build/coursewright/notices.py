"""Problems as others read them: people on a terminal, programs, code-scanning services and continuous integration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from . import __version__
from .problems import Place, Problem, Severity, record

FORMATS = ("text", "json", "sarif", "github")
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}  # SARIF 2.1.0, 3.27.10
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}  # of GitHub's workflow log
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def notices(problems: Iterable[Problem], format_: str) -> str:
    """Return the problems in one of :data:`FORMATS`; nothing for people if there are none."""
    found = tuple(problems)
    if format_ == "json":
        return json.dumps({"problems": [record(problem) for problem in found]}, indent=2, ensure_ascii=False)
    if format_ == "sarif":
        return json.dumps(sarif(found), indent=2, ensure_ascii=False)
    if format_ == "github":
        return "\n".join(map(annotation, found))
    return "\n".join([*map(coloured, found), *([counted(found)] if found else [])])


def coloured(problem: Problem) -> str:
    """Return a problem for a terminal."""
    head, *hint = str(problem).split("\n")
    where = f"{problem.where}: "
    if head.startswith(where):
        head = click.style(where, bold=True) + click.style(head.removeprefix(where), fg=COLOURS[problem.severity])
    return "\n".join([head, *hint])


def counted(problems: Sequence[Problem]) -> str:
    """Return how many there are of each severity: “1 error, 3 warnings”."""
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    counts = [(sum(problem.severity is severity for problem in problems), name) for severity, name in names.items()]
    return ", ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in counts if number)


def annotation(problem: Problem) -> str:
    """Return a problem as a command of GitHub's workflow log, which shows it beside the line."""
    place = problem.where if isinstance(problem.where, Place) else Place(str(problem.where))
    where = {"file": place.file, "line": place.line, "col": place.column, "title": problem.rule}
    facts = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in where.items() if value)
    text = _escaped("\n".join(filter(None, (problem.message, problem.hint))))
    return f"::{COMMANDS[problem.severity]} {facts}::{text}"


def _escaped(text: str, marks: str = "") -> str:
    """Escape what GitHub reads as the end of a value (its runner's own table: %, CR, LF, and : and , in properties)."""
    for mark in ("%", "\r", "\n", *marks):
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


def sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the problems as a SARIF 2.1.0 log with one run, the rules that were broken with their stories in it."""
    from .lint import BY_ID

    names = sorted({problem.rule for problem in problems if problem.rule})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": BY_ID[name].title},
            "fullDescription": {"text": BY_ID[name].why},
            "help": {"text": BY_ID[name].mend},
            "properties": {"evidence": BY_ID[name].evidence.value, "source": BY_ID[name].source},
        }
        for name in names
    ]
    driver = {"name": "coursewright", "version": __version__, "rules": rules}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": [*map(_result, problems)]}]}


def _result(problem: Problem) -> dict[str, Any]:
    text = ". ".join(filter(None, (problem.message.rstrip("."), problem.hint)))
    found: dict[str, Any] = {"level": LEVELS[problem.severity], "message": {"text": text}}
    if problem.rule:
        found["ruleId"] = problem.rule
    if isinstance(problem.where, Place):
        region = {"startLine": problem.where.line, "startColumn": max(1, problem.where.column)} if problem.where.line else None
        physical = {"artifactLocation": {"uri": problem.where.file}, **({"region": region} if region else {})}
        found["locations"] = [{"physicalLocation": physical}]
    elif problem.where:
        found["locations"] = [{"logicalLocations": [{"name": str(problem.where)}]}]
    return found
