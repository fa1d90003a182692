"""Words that count: “six questions”, “24 cards”, typed by hand, against what there is of them in an edition.

A slide that lists four needs, notes that speak of five and a guide of six: numbers in words stay behind when a list changes,
and nobody sees it before the room does. So a number before a thing that a segment has is compared with how many there are.
A smaller number that plainly means some of them (“choose two cards”) is let pass.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .model import Card, CardDeck, Edition, Node, PlannedModule, PlannedSegment, Table
from .problems import Problem, warning
from .sameness import Same

SMALL = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty"""
NUMBERS = {name: number for number, name in enumerate(re.findall(r"\w+", SMALL), 2)} | {"twenty-four": 24, "thirty": 30}
# Words before a number, or after what is counted, that tell of some and not of all.
SOME = """about another any choose chose first hear last least less more most next only other over pick select show take than
to top under up write your"""
BEFORE = frozenset(re.findall(r"\w+", SOME))
AFTER = frozenset({"a", "each", "from", "more", "of", "per", "which", "who", "you"})
TIMES = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "times"})  # a title's own, not a list's length
NEAR = 3  # words before the number that are looked at
UNREAD = frozenset({"origin", "variants", "short", "id", "kind", "only", "not_for", "file", "minutes", "themes"})
NUMBER = re.compile(rf"\b(?:{'|'.join(NUMBERS)}|\d{{1,3}})\b(?= [^\W\d])", re.IGNORECASE)
WORD = re.compile(r"[\w’'-]+")
PART = re.compile(r"[^.,;:!?()“”]*")  # up to where something else is spoken of


@dataclass(frozen=True)
class Things:
    """What a segment has a number of: its names, and the numbers that are right. ``wrong`` are those of another form."""

    nouns: frozenset[str]
    right: frozenset[int]
    told: str
    wrong: frozenset[int] = frozenset()
    in_parts: bool = False  # it is common to speak of some of them


def counted(edition: Edition) -> Iterator[Problem]:
    """Yield a warning for each number, typed by hand, that is not the number of what there is in this edition."""
    words = edition.front.language.partition("-")[0] == "en"
    for module in edition.modules:
        tables = [thing for table in module.tables for thing in _of_table(table)]
        for name in ("title", "idea", "summary"):
            yield from _amiss(getattr(module, name), module.at(name), tables, words=words)
        for table in module.tables:
            yield from _amiss(table.title, table.at("title"), list(_of_table(table)), words=words)
        for segment in module.segments:
            yield from _in(segment, module, words=words)


def in_play(deck: CardDeck, module: PlannedModule) -> tuple[Card, ...]:
    """Return the cards a deck is played with: the first few of them where every segment that uses it runs in its short form."""
    users = [segment for segment in module.segments if segment.plays_with(deck.id)]
    return deck.cards[: deck.few] if deck.few and users and all(map(_is_short, users)) else deck.cards


def _is_short(segment: PlannedSegment) -> bool:
    return segment.given < (segment.short.below if segment.short else segment.minutes.full)


def _uses(segment: PlannedSegment, what: str, name: str) -> bool:
    return any(getattr(each, what, None) == name for each in (*segment.slides, *segment.workbook))


def _in(segment: PlannedSegment, module: PlannedModule, *, words: bool) -> Iterator[Problem]:
    things = [thing for table in module.tables if _uses(segment, "table", table.id) for thing in _of_table(table)]
    if words:
        decks = [deck for deck in module.decks if _uses(segment, "deck", deck.id)]
        things += [_of_deck(deck, module) for deck in decks]
        things += _of_segment(segment)
        things += _of_titles(segment, frozenset(noun for thing in things for noun in thing.nouns))
    if things:
        for text, where in _numbered(segment, segment.origin):
            yield from _amiss(text, where, things, words=words)


def _amiss(text: str, where: str, things: list[Things], *, words: bool) -> Iterator[Problem]:
    low = text.lower()
    if not any(noun in low for thing in things for noun in thing.nouns):
        return
    for found in NUMBER.finditer(text := " ".join(text.split())):
        number = NUMBERS.get(found[0].lower()) or int(found[0])
        if number < 2 or not (words or found[0].isdigit()):
            continue
        near = {word.lower() for word in WORD.findall(text[: found.start()])[-NEAR:]}
        for noun, after in _nouns(text[found.end() :]):
            of_it = [thing for thing in things if noun in thing.nouns]
            if of_it and not any(_is_right(number, thing, near, after) for thing in of_it):
                told = "; ".join(dict.fromkeys(thing.told for thing in of_it))
                yield warning(f"“{found[0]} {noun}” stands here: {told}", where, "let both say the same number")


def _nouns(text: str) -> Iterator[tuple[str, str]]:
    """Yield what may be counted, right after its number or with a word between, and the word after it."""
    following = [word.lower() for word in WORD.findall(PART.match(text)[0])[:3]]  # type: ignore[index]  # matches anything
    yield from itertools.pairwise([*following[:2], *(following[2:] or [""])])


def _is_right(number: int, thing: Things, near: set[str], after: str) -> bool:
    if number in thing.right:
        return True
    fewer = number < max(thing.right) and number not in thing.wrong
    return fewer and (thing.in_parts or bool(near & BEFORE) or after in AFTER)


# -------------------------------------------------------------------------------------------------- what there is


def _of_deck(deck: CardDeck, module: PlannedModule) -> Things:
    used = len(in_play(deck, module))
    forms = {len(deck.cards), deck.few or used}
    told = f"“{deck.title}” is played with {used} here"
    return Things(_plural("card"), frozenset({used}), told, frozenset(forms - {used}), in_parts=True)


def _of_table(table: Table) -> Iterator[Things]:
    """Yield what a table's rows are, as its title (“Six dimensions of …”) or the head of its first column calls them."""
    rows = len(table.rows)
    number = NUMBER.match(table.title)
    named = [noun for noun, _ in _nouns(table.title[number.end() :]) if noun.endswith("s")] if number else []
    nouns = set(named[:1])
    head = table.columns[0].strip().lower()
    nouns |= _plural(head) if head.isalpha() else set()
    if nouns:
        yield Things(frozenset(nouns), frozenset({rows}), f"the table “{table.title}” has {rows} rows")


def _of_segment(segment: PlannedSegment) -> list[Things]:
    options = {len(item.options) for item in segment.quiz} | {len(each.options) for each in segment.slides if each.kind == "poll"}
    options |= {sum(len(item.options) for item in segment.quiz)} - {0}
    columns = {len(each.columns) for each in segment.workbook if each.kind == "grid"}
    found = {
        "question": (_questions(segment), f"{segment.id} has {_listed(_questions(segment))} questions"),
        "option": (options, f"{segment.id} has {_listed(options)} options"),
        "column": (columns, f"{segment.id} has {_listed(columns)} columns"),
    }
    return [
        Things(_plural(noun), frozenset(numbers), told, in_parts=noun != "question")
        for noun, (numbers, told) in found.items()
        if numbers
    ]


def _of_titles(segment: PlannedSegment, known: frozenset[str]) -> Iterator[Things]:
    """Yield what titles of the segment's slides and worksheets count: “Four needs” makes four of them, and not five."""
    for each in (segment, *segment.slides, *segment.workbook):
        title = getattr(each, "title", "")
        for found in NUMBER.finditer(title) if title else ():
            number = NUMBERS.get(found[0].lower()) or int(found[0])
            noun = next((noun for noun, _ in _nouns(title[found.end() :]) if noun.endswith("s")), "")
            if number > 1 and noun and noun not in known | TIMES:
                yield Things(frozenset({noun}), frozenset({number}), f"a title of {segment.id} says “{found[0].lower()} {noun}”")


def _questions(segment: PlannedSegment) -> set[int]:
    """Return all numbers of questions that may be meant: of the check, of a debrief or one of its levels, of a step."""
    if segment.quiz:
        return {len(segment.quiz)}
    levels = [segment.questions.what, segment.questions.so_what, segment.questions.now_what] if segment.questions else []
    asked = [len(step.ask) for step in segment.steps if step.ask]
    numbers = {*map(len, levels), sum(map(len, levels)), sum(1 for level in levels if level), *asked, sum(asked)}
    return numbers - {0} if levels or asked else set()


def _listed(numbers: set[int]) -> str:
    return " or ".join(map(str, sorted(numbers)))


def _plural(noun: str) -> frozenset[str]:
    """Return the form in which more than one is counted."""
    if noun.endswith("y"):
        return frozenset({f"{noun[:-1]}ies"})
    return frozenset({f"{noun}es" if noun.endswith(("s", "x", "ch")) else f"{noun}s"})


def _numbered(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Yield every text with a number that somebody reads or speaks, with the pointer to it."""
    if isinstance(value, str):
        if _has_number(value):
            yield value, where
    elif isinstance(value, Node) and value.origin:
        yield from _within(value) if isinstance(value, PlannedSegment) else _kept(Same(value))
    else:
        for key, child in _inner(value):
            yield from _numbered(child, f"{where}/{key}")


@lru_cache(maxsize=50_000)
def _has_number(text: str) -> bool:
    return NUMBER.search(text) is not None


def _within(node: Node) -> Iterator[tuple[str, str]]:
    for key, child in _inner(node):
        yield from _numbered(child, f"{node.origin}/{key}")


@lru_cache(maxsize=20_000)
def _kept(node: Same[Node]) -> tuple[tuple[str, str], ...]:
    """The same of a part of the course, read once for all editions that share it."""
    return tuple(_within(node.value))


def _inner(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, Node):
        fields = type(value).model_fields
        return ((fields[name].alias or name, child) for name, child in value if name not in UNREAD)
    if isinstance(value, Mapping):
        return value.items()
    return ((str(index), child) for index, child in enumerate(value)) if isinstance(value, tuple) else ()
