"""What slides will show, before they are made: each with its own words, and where its author wrote them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from coursewright.lint.texts import bare, modules_of, once
from coursewright.model import Case, Course, Module, Node, Segment, Table

WORD = re.compile(r"\S*[^\W_]\S*")  # what has a letter or figure in it
BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(.*)$", re.MULTILINE)
LABEL = re.compile(r"^\*\*[^*]+\*\*\s*(?=\S)")  # what a line begins with in bold, such as a date, is read by itself
MATERIALS = 2  # so many of a group's materials stand on an activity slide


@dataclass(frozen=True)
class Line:
    """Words on a slide besides its title. ``is_bullet`` is whether they are one entry of a list."""

    words: str
    where: str
    is_bullet: bool = False


@dataclass(frozen=True)
class Shown:
    """A slide as people will see it: its own words, without what the engine adds (label, times, pages).

    ``where`` is where its author would shorten it; a question of a quiz and a case are written elsewhere than the slide.
    """

    kind: str
    title: str
    where: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Desk:
    """What the words of a slide are looked up in."""

    module: Module
    segment: Segment
    cases: Mapping[str, Case]


@once
def shown(course: Course) -> Iterator[Shown]:
    """Yield the slides that an author writes, those of short forms too. What is made from the agenda is left out."""
    cases = {case.id: case for case in course.cases}
    for module in modules_of(course):
        for segment in module.segments:
            for form in forms(segment):
                desk = Desk(module, form, cases)
                for slide in form.slides:
                    yield from READERS.get(slide.kind, _nothing)(slide, desk)


def forms(segment: Segment) -> Iterator[Segment]:
    """Yield a segment at full length, then as it is in its short form if it has one."""
    yield segment
    if segment.short:
        yield segment.replaced(segment.short.fields, segment.short.at("with"))


def _nothing(slide: Any, desk: Desk) -> Iterator[Shown]:
    return iter(())


def _fields(*names: str) -> Callable[[Any, Desk], Iterator[Shown]]:
    """Return the reader of a kind that shows its own fields; an entry of a list is a bullet."""

    def read(slide: Any, desk: Desk) -> Iterator[Shown]:
        lines = tuple(line for name in names for line in _lines(slide, name))
        picture = getattr(slide, "picture", None)
        lines += tuple(_lines(picture, "caption")) if picture else ()
        yield Shown(slide.kind, slide.title, slide.origin, lines)

    return read


def _lines(node: Node, name: str) -> Iterator[Line]:
    value = getattr(node, name)
    if isinstance(value, tuple):
        yield from (Line(LABEL.sub("", words), node.at(name, index), True) for index, words in enumerate(value))
    elif value:
        bullets = BULLET.findall(value)
        yield from (Line(words, node.at(name), True) for words in bullets)
        yield Line(BULLET.sub("", value) if bullets else value, node.at(name))


def _table(slide: Any, desk: Desk) -> Iterator[Shown]:
    for table in desk.module.tables:
        if table.id == slide.table:
            yield Shown(slide.kind, slide.title, slide.origin, tuple(_cells(table, getattr(slide, "blank", ()))))


def _cells(table: Table, blank: tuple[int, ...]) -> Iterator[Line]:
    for number, column in enumerate(table.columns, 1):
        yield Line(column, table.at("columns", number - 1))
        if number not in blank:
            yield from (Line(row[number - 1], table.at("rows", at)) for at, row in enumerate(table.rows))


def _activity(slide: Any, desk: Desk) -> Iterator[Shown]:
    tasks = [Line(step.task, step.at("task"), True) for step in desk.segment.steps if step.task]
    handed = [each for each in desk.segment.materials if not each.private and each.per not in ("room", "facilitator")]
    things = [Line(each.item, each.at("item")) for each in handed[:MATERIALS]]
    yield Shown(slide.kind, slide.title, slide.origin, (*tasks, *things, *_lines(slide, "bring_back")))


def _case(slide: Any, desk: Desk) -> Iterator[Shown]:
    case = desk.cases.get(slide.case)
    if case:
        yield Shown(slide.kind, case.title, case.at("text"), (*_lines(case, "text"), *_lines(case, "question")))


def _quiz(slide: Any, desk: Desk) -> Iterator[Shown]:
    """A slide for each question. On the slides of the answers the right one is the title, and each has its reason."""
    for item in desk.segment.quiz if not getattr(slide, "deck", None) else ():
        texts = [Line(option.text, option.at("text")) for option in item.options]
        reasons = [Line(option.reason, option.at("reason")) for option in item.options]
        yield Shown(slide.kind, item.stem, item.origin, (*texts, *(reasons if slide.kind == "answer" else ())))


def _debrief(slide: Any, desk: Desk) -> Iterator[Shown]:
    asked = desk.segment.questions
    lines = [line for name in ("what", "so_what", "now_what") for line in _lines(asked, name)] if asked else []
    columns = tuple(Line(line.words, line.where) for line in lines)  # three of them, so no list
    yield Shown(slide.kind, slide.title, slide.origin, columns)


READERS: Mapping[str, Callable[[Any, Desk], Iterator[Shown]]] = {
    "statement": _fields("question"),
    "claim": _fields("source", "counter"),
    "diagram": _fields("reading", "question"),
    "chart": _fields("reading", "source"),
    "poll": _fields("options"),
    "reflection": _fields("prompts"),
    "summary": _fields("lines"),
    "close": _fields("dates"),
    "comparison": _table,
    "example": _table,
    "activity": _activity,
    "case": _case,
    "quiz": _quiz,
    "answer": _quiz,
    "debrief": _debrief,
}


@cache
def count(words: str) -> int:
    """Return how many words people read there."""
    return len(WORD.findall(bare(words)))
