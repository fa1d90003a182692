"""A course that breaks no rule, and the same with one thing changed: what the examples of lint rules are tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from coursewright import lint
from coursewright.editions import edition_of, slots_of
from coursewright.lint.rule import Example
from coursewright.load import Loaded, load
from coursewright.model import Course, Edition
from coursewright.problems import Problem, located

FOLDER = Path(__file__).parent / "sound"


def course_with(folder: Path, example: Example | None) -> Loaded:
    """Write the sound course into a folder, with the example's keys in place of its own, and read it."""
    for path in sorted(path for path in FOLDER.rglob("*.*") if path.is_file()):
        name = path.relative_to(FOLDER).as_posix()
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".yaml":
            (folder / name).write_bytes(path.read_bytes())
            continue
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # every scalar stays the words it was
        if example is not None and example.at.partition("#")[0] == name:
            _put(data, example.at.partition("#")[2], yaml.load(example.yaml, yaml.BaseLoader))
        (folder / name).write_text(_written(data), "utf-8")
    return load(folder)


def _put(data: Any, pointer: str, keys: dict[str, Any]) -> None:
    for key in filter(None, pointer.split("/")):
        data = data[int(key)] if isinstance(data, list) else data[key]
    data.update(keys)
    for name in [name for name, value in keys.items() if value == "~"]:
        del data[name]


def _written(data: Any) -> str:
    """The data as YAML, numbers and truths without quotes."""
    return yaml.dump(_plain(data), allow_unicode=True, sort_keys=False, width=1000)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: value if key in ("version", "start") else _plain(value) for key, value in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return yaml.safe_load(value) if value in ("true", "false") or value.isdecimal() else value


def editions(course: Course) -> Iterator[Edition]:
    """Yield every edition on offer."""
    for audience in course.audiences:
        for slot in slots_of(course, audience.id):
            yield edition_of(course, audience.id, slot)[0]


def problems(loaded: Loaded) -> tuple[Problem, ...]:
    """Return what loader and rules say of a course, those of finished files left out."""
    if loaded.course is None:
        return tuple(loaded.problems)
    course = loaded.course
    found = (*loaded.problems, *lint.of_course(course), *lint.of_editions(editions(course)))
    return located(lint.judged(course, found, (lint.Scope.COURSE, lint.Scope.EDITION)), loaded.places)
