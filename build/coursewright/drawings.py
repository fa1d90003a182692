"""What data each drawing takes: its template's first comment says so, and what an author gives is held against it.

    data: axis {x 28, y 28}, stops [2-9 of {time 8, text 40, hat L|M|B}], dots? [1-8 of {x 0..10}], blank? yes

reads: a mapping of two texts of at most 28 letters, a list of two to nine mappings, each with one of three words, and, if
wanted, numbers in a range and a yes or no. ``one [2 of 9] or other yes`` asks for at least one of the two. ``""`` is a
choice that may be left empty. The line ends where no comma follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from coursewright.problems import Broken, Place, Problem, did_you_mean
from coursewright.source import child, key_of

SUFFIX = ".svg.j2"
LEAST_WIDTH = 700  # user units: no drawing can be laid out in less
EXAMPLE = "such as data: axis {x 28, y 28}, columns [2 of 24], tones? [2 of lead|manage]"
_DATA = re.compile(r"\A\{#-?.*?\bdata:(?P<words>.*?)-?#\}", re.DOTALL)
_TOKEN = re.compile(r'\s*([A-Za-z_][\w-]*|\d+|\.\.|""|[][{},?|-])')


@dataclass(frozen=True)
class Measure:
    """What a brand gives its drawings: their room across a slide and beside a reading, in user units, and its type.

    A user unit is about 9,000 EMU: text of 25.5 units is of 18 points. ``serif`` and ``sans`` say how much wider the
    brand's faces of headings and of text run than Cambria and Calibri do; the numbers are those of the default brand.
    """

    across: int = 1170
    beside: int = 800
    serif: float = 1.0
    sans: float = 1.0


@dataclass(frozen=True)
class Words:
    """Text of at most so many letters; East Asian characters count twice."""

    most: int


@dataclass(frozen=True)
class Number:
    """A number in a range."""

    low: int
    high: int


@dataclass(frozen=True)
class Choice:
    """One of these words."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Yes:
    """true or false."""


@dataclass(frozen=True)
class Several:
    """A list of so many."""

    least: int
    most: int
    kind: Kind


@dataclass(frozen=True)
class Keys:
    """A mapping. Of each group in ``either`` at least one key is needed."""

    fields: Mapping[str, Kind]
    optional: frozenset[str] = frozenset()
    either: tuple[tuple[str, ...], ...] = ()


Kind = Words | Number | Choice | Yes | Several | Keys


def find(folders: Iterable[Path]) -> dict[str, Path]:
    """Return name → template of the drawings in these templates folders; the first folder that has one wins."""
    paths = [path for folder in folders for path in sorted((folder / "diagrams").glob(f"*{SUFFIX}"))]
    return {path.name.removesuffix(SUFFIX): path for path in reversed(paths)}


def needs(template: Path) -> Keys | None:
    """Return what data a drawing takes, None if its template does not say. Raises Broken if that cannot be read."""
    return declared(template.read_text("utf-8"), f"templates/diagrams/{template.name}")


@cache
def declared(text: str, name: str) -> Keys | None:
    """Return what the first comment of a template declares. Raises Broken naming the file."""
    head = _DATA.match(text)
    if head is None:
        return None
    try:
        return _Reader(_TOKEN.findall(head["words"])).keys()
    except (IndexError, ValueError) as fault:
        line = text[: head.start("words")].count("\n") + 1
        message = f"what this drawing takes cannot be read: {fault}"
        raise Broken([Problem(message, Place(name, line), EXAMPLE)]) from fault


class _Reader:
    """Reads a declaration, token by token."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = [*tokens, ""]

    def keys(self) -> Keys:
        fields: dict[str, Kind] = {}
        optional: set[str] = set()
        groups: list[list[str]] = []
        while True:
            name = self._name()
            fields[name] = self._kind(optional, name)
            if groups and groups[-1][-1] == "or":
                groups[-1][-1] = name
            else:
                groups.append([name])
            if self._skip("or"):
                groups[-1].append("or")
            elif not self._skip(","):
                break
        either = tuple(tuple(group) for group in groups if len(group) > 1)
        return Keys(fields, frozenset(optional).union(*either), either)

    def _name(self) -> str:
        name = self.tokens.pop(0)
        if not name[:1].isalpha():
            raise ValueError(f"a name belongs where “{name}” stands")
        return name

    def _kind(self, optional: set[str], name: str) -> Kind:
        if self._skip("?"):
            optional.add(name)
        return self.kind()

    def kind(self) -> Kind:
        if self._skip("{"):
            return self._closed(self.keys(), "}")
        if self._skip("["):
            least = self._number()
            most = self._number() if self._skip("-") else least
            self._expect("of")
            return self._closed(Several(least, most, self.kind()), "]")
        if self.tokens[0].isdecimal():
            number = self._number()
            return Number(number, self._number()) if self._skip("..") else Words(number)
        return self._choice()

    def _choice(self) -> Choice | Yes:
        if self._skip("yes"):
            return Yes()
        words = [self._word()]
        while self._skip("|"):
            words.append(self._word())
        return Choice(tuple(words))

    def _word(self) -> str:
        return "" if self._skip('""') else self._name()

    def _number(self) -> int:
        token = self.tokens.pop(0)
        if not token.isdecimal():
            raise ValueError(f"a number belongs where “{token}” stands")
        return int(token)

    def _skip(self, token: str) -> bool:
        if self.tokens[0] != token:
            return False
        self.tokens.pop(0)
        return True

    def _expect(self, token: str) -> None:
        if not self._skip(token):
            raise ValueError(f"“{token}” belongs where “{self.tokens[0]}” stands")

    def _closed(self, kind: Kind, token: str) -> Kind:
        self._expect(token)
        return kind


# ------------------------------------------------------------------------------------------- what is amiss


@dataclass(frozen=True)
class _At:
    """A value below a drawing's data: the drawing's name, a pointer to the value, and words for where it is."""

    drawing: str
    pointer: str
    words: str = ""

    def of(self, key: str) -> _At:
        return _At(self.drawing, child(self.pointer, key), f"{self.words}, {key}" if self.words else key)

    def entry(self, index: int) -> _At:
        return _At(self.drawing, child(self.pointer, index), f"{self.words} {index + 1}")

    def problem(self, message: str, hint: str = "") -> Problem:
        return Problem(f'diagram "{self.drawing}" {message}', self.pointer, hint)

    @property
    def here(self) -> str:
        """Where it is, after what is needed."""
        return f" in {self.words}" if self.words else ""


def amiss(name: str, wanted: Keys, data: Any, pointer: str) -> Iterator[Problem]:
    """Yield what is wrong with the data of a drawing; ``pointer`` is where that stands."""
    yield from _amiss(wanted, data, _At(name, pointer))


def _amiss(kind: Kind, value: Any, at: _At) -> Iterator[Problem]:
    match kind:
        case Keys():
            yield from _keys_amiss(kind, value, at)
        case Several():
            yield from _entries_amiss(kind, value, at)
        case Words(most):
            yield from _text_amiss(most, value, at)
        case Number() if not _in_range(kind, value):
            yield at.problem(f"needs a number from {kind.low} to {kind.high} at {at.words}, not {_said(value)}")
        case Choice(words) if value not in words:
            hint = did_you_mean(str(value), (word for word in words if word))
            yield at.problem(f"cannot take {_said(value)} at {at.words}", hint)
        case Yes() if not isinstance(value, bool):
            yield at.problem(f"needs true or false at {at.words}, not {_said(value)}")


def _in_range(kind: Number, value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and kind.low <= value <= kind.high


def _keys_amiss(kind: Keys, value: Any, at: _At) -> Iterator[Problem]:
    takes = f"it takes {_listed(kind)}"
    if not isinstance(value, Mapping):
        yield at.problem(f"needs {_listed(kind)}{at.here}, not {_said(value)}")
        return
    yield from (_unknown(kind, str(key), takes, at) for key in value if key not in kind.fields)
    yield from (at.problem(f'needs "{name}"{at.here}', takes) for name in kind.fields if name not in kind.optional | value.keys())
    for group in kind.either:
        if not value.keys() & set(group):
            yield at.problem("needs " + " or ".join(f'"{name}"' for name in group) + at.here, takes)
    for name, below in kind.fields.items():
        if name in value:
            yield from _amiss(below, value[name], at.of(name))


def _unknown(kind: Keys, key: str, takes: str, at: _At) -> Problem:
    close = did_you_mean(key, kind.fields)
    problem = at.problem(f'knows no "{key}"{at.here}', close if close.startswith("did") else takes)
    return replace(problem, where=key_of(child(at.pointer, key)))


def _entries_amiss(kind: Several, value: Any, at: _At) -> Iterator[Problem]:
    if not isinstance(value, (list, tuple)):
        yield at.problem(f"needs a list of {_range(kind)} at {at.words}, not {_said(value)}")
        return
    if not kind.least <= len(value) <= kind.most:
        yield at.problem(f"needs {_range(kind)} {at.words}, not {len(value)}")
    yield from chain.from_iterable(_amiss(kind.kind, each, at.entry(index)) for index, each in enumerate(value))


def _text_amiss(most: int, value: Any, at: _At) -> Iterator[Problem]:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        yield at.problem(f"needs words at {at.words}, not {_said(value)}", "put quotation marks around what is meant as words")
        return
    text = str(value)
    if "{{" in text or "{%" in text:  # how long it is shows when it is worded for an audience
        return
    long = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    if long > most:
        yield at.problem(f"has room for {most} letters at {at.words}, not for {long}", f"shorten “{text[:60]}”")


def _range(kind: Several) -> str:
    return str(kind.least) if kind.least == kind.most else f"{kind.least} to {kind.most}"


def _listed(kind: Keys) -> str:
    must = [name for name in kind.fields if name not in kind.optional]
    must += [" or ".join(group) for group in kind.either]
    may = [name for name in kind.fields if name in kind.optional and not any(name in group for group in kind.either)]
    return ", ".join(must) + (f"; if wanted {', '.join(may)}" if may else "")


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    return "nothing" if value is None else f'"{value}"'
