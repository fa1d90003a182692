"""Frozen values as keys by what they are, not by what they say: to keep what was once worked out about a part of a course.

Comparing parts field by field would take longer than working it out again. Editions share most of their parts, the very same
objects, with the course they come from.
"""

from __future__ import annotations

from typing import Generic, TypeVar

Value = TypeVar("Value")


class Same(Generic[Value]):
    """A value that is equal to itself only."""

    __slots__ = ("value",)

    def __init__(self, value: Value) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value
