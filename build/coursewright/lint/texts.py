"""The words of a course, each with the place it stands at and who may read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, wraps
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin

from coursewright.model import Course, Front, Module, Node, Segment
from coursewright.readers import is_private

NAMES = frozenset(  # fields whose words name something, and are no prose
    {
        "id",
        "kind",
        "file",
        "source",
        "origin",
        "objective",
        "deck",
        "table",
        "diagram",
        "case",
        "type",
        "format",
        "language",
        "brand",
        "licence",
    }
)
SKIPPED = frozenset(
    {
        "variants",
        "short",
        "only",
        "not_for",
        "themes",
        "taught",
        "practised",
        "assessed",
        "waive",
        "lint",
        "where",
        "vocabulary",
        "words",
        "instead_of",
        "originals",
    }
)

Found = TypeVar("Found")


@dataclass(frozen=True)
class Text:
    """Words as their author wrote them (Markdown). ``private`` is whether participants never see them."""

    words: str
    where: str
    owner: Node
    field: str
    private: bool


def texts(value: Any, *, private: bool = False) -> Iterator[Text]:
    """Yield all prose of a node and below."""
    if isinstance(value, Node):
        private = private or bool(getattr(value, "private", False))
        for name, hidden in _fields(type(value)):
            yield from _held(getattr(value, name), value, name, (name,), private or hidden)


@cache
def _fields(kind: type[Node]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a class that hold prose, each with whether it is private."""
    names = (name for name in kind.model_fields if name not in SKIPPED and name not in NAMES and prose(kind, name))
    return tuple((name, is_private(kind, name)) for name in names)


def _held(value: Any, owner: Node, field: str, keys: tuple[str | int, ...], private: bool) -> Iterator[Text]:
    if isinstance(value, str):
        if value.strip():
            yield Text(value, owner.at(*keys), owner, field, private)
    elif isinstance(value, Node):
        yield from texts(value, private=private)
    elif isinstance(value, Mapping):
        yield from _each(value.items(), owner, field, keys, private)
    elif isinstance(value, (tuple, list)):
        yield from _each(enumerate(value), owner, field, keys, private)


def _each(
    items: Iterable[tuple[Any, Any]], owner: Node, field: str, keys: tuple[str | int, ...], private: bool
) -> Iterator[Text]:
    for key, item in items:
        yield from _held(item, owner, field, (*keys, key), private)


@cache
def prose(kind: type[Node], name: str) -> bool:
    """Return whether a field may hold prose: text that is not one of a few fixed words."""
    info = kind.model_fields.get(name)
    return info is not None and _is_free(info.annotation)


def _is_free(annotation: Any) -> bool:
    if get_origin(annotation) is Literal:
        return False
    if inner := get_args(annotation):
        return any(map(_is_free, inner))
    return isinstance(annotation, type) and not issubclass(annotation, (int, float, Enum, NoneType))


@cache
def bare(words: str) -> str:
    """Return words as they are read: without Markdown's marks, with one plain word for each expression, in one line."""
    said = re.sub(r"\{\{.*?\}\}", "word", words, flags=re.DOTALL)
    said = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", said)
    return " ".join(re.sub(r"(?m)\*+|`|(?<!\w)_+|_+(?!\w)|^\s*(?:[-+>#]+|\d+\.)\s", "", said).split())


def quoted(words: str, most: int = 60) -> str:
    """Return the author's own words in quotation marks, cut at ``most`` characters."""
    line = " ".join(words.split())
    return f"“{line}”" if len(line) <= most else f"“{line[:most].rsplit(' ', 1)[0]} …”"


def is_english(front: Front) -> bool:
    """Return whether the course is in English, the language that rules about words know."""
    return front.language.partition("-")[0] == "en"


def modules_of(course: Course) -> tuple[Module, ...]:
    """Return all modules of a course in order, the one between two days last."""
    return course.modules if course.overnight is None else (*course.modules, course.overnight)


def segments_of(course: Course) -> Iterator[Segment]:
    """Yield all segments of a course in order, those between two days last."""
    for module in modules_of(course):
        yield from module.segments


def once(function: Callable[[Course], Iterable[Found]]) -> Callable[[Course], tuple[Found, ...]]:
    """Keep what is found in a course until another one is asked about: rule after rule looks at the same."""
    held: list[tuple[Course, tuple[Found, ...]]] = []

    @wraps(function)
    def kept(course: Course) -> tuple[Found, ...]:
        if not held or held[0][0] is not course:
            held[:] = [(course, tuple(function(course)))]
        return held[0][1]

    return kept


@once
def parts(course: Course) -> Iterator[tuple[Node, tuple[Text, ...]]]:
    """Yield what a course is made of (course.yaml, modules, cases, messages, audiences, sources), each with its prose."""
    for part in (course.front, *modules_of(course), *course.cases, *course.messages, *course.audiences, course.sources):
        yield part, tuple(texts(part))


@once
def everything(course: Course) -> Iterator[Text]:
    """Yield all prose of a course: modules, cases, messages, sources, audiences and what stands in course.yaml."""
    for _, every in parts(course):
        yield from every
