"""The smallest valid course, to be spoilt by tests.

A test module that imports ``writing`` has the fixture ``make_course``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

TINY = {
    "course.yaml": """\
title: Tiny
version: 1.0
date: 2026-01-15
licence: CC0
promise: Something small.
modules: [one]
slots:
  - {id: hour, title: A quarter of an hour, minutes: 15}
documents: [deck.pptx]
""",
    "modules/one.yaml": """\
id: M01
title: First
idea: Try it.
summary: You try it.
objectives:
  - {id: O1, text: Try it., bloom: apply, taught: [S1], practised: [S1], assessed: [S1]}
tables:
  - {id: sides, title: Sides, columns: [One, Other], rows: [[a, b]]}
segments:
  - id: S1
    title: Try
    type: talk
    minutes: {full: 10, min: 5}
    priority: must
    purpose: To try.
    steps:
      - {do: Talk., minutes: 10}
    slides:
      - {kind: statement, title: Try it}
""",
    "audiences/all.yaml": """\
name: All
who: Everybody.
arrive_with: Nothing.
promise: Something small.
""",
}

MakeCourse = Callable[..., Path]


@pytest.fixture(name="make_course")
def writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeCourse:
    """Write the tiny course, some files changed (text or bytes; None leaves one out), as ./course and return its path."""
    monkeypatch.chdir(tmp_path)

    def make(files: dict[str, str | bytes | None] | None = None) -> Path:
        for name, content in {**TINY, **(files or {})}.items():
            if content is not None:
                path = Path("course") / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Path("course")

    return make
