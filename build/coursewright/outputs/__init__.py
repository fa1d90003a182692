"""Formats: each writes a page as bytes. They know HTML and nothing of courses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coursewright.problems import Problem


@dataclass(frozen=True)
class Made:
    """A finished file: its bytes, its problems, and the numbers of the pages or slides each id landed on (from 1)."""

    content: bytes
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    count: int = 0
