"""Formats: each writes a page as bytes. They know HTML and nothing of courses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coursewright.problems import Problem


@dataclass(frozen=True)
class Claim:
    """A place in a file that sends its reader to another one: ``text`` shows the ``numbers`` of pages or slides.

    There ``part`` of ``document`` should stand. ``at`` are the ids around the text, the nearest first.
    """

    document: str
    part: str
    numbers: tuple[int, ...]
    text: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """A finished file: its bytes, its problems, the numbers of the pages or slides each id landed on (from 1), its claims."""

    content: bytes
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    count: int = 0
    claims: tuple[Claim, ...] = ()
