"""YAML that remembers the line of every value, read strictly.

Plain scalars stay the words the author wrote: ``no``, ``9:30``, ``1e3`` and ``2026-01-31`` are text until a field of
the model asks for a number, a date or a yes (:func:`scalar`). Only ``null``, ``~`` and nothing at all are empty.
Tags, merge keys, duplicate keys and keys that are no text are refused; anchors are allowed, within limits.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from coursewright.problems import Broken, Place, Problem

MOST_BYTES = 2_000_000  # of a file; a long module has 60,000
MOST_VALUES = 20_000  # of a file, before aliases; a long module has 2,000
MOST_REPEATED = 10_000  # values that aliases may add
DEEPEST = 40  # levels of nesting

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?[0-9]{0,18}\.[0-9]{1,18}")
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Plain(str):
    """A word written without quotes: text, unless the model wants a number, a date or a yes."""

    __slots__ = ()


class Written(dict[str, Any]):
    """A mapping as its author wrote it. ``origin`` points to where: ``modules/01.yaml#/segments/0``."""

    __slots__ = ("origin",)

    def __init__(self, items: Mapping[str, Any] = {}, origin: str = "") -> None:
        super().__init__(items)
        self.origin = origin


@dataclass(frozen=True)
class Source:
    """A file, read. ``data`` is None if it could not be; ``places`` knows every value by its pointer, and every key."""

    data: Written | None
    places: Mapping[str, Place]
    problems: tuple[Problem, ...] = ()


def read(path: Path, name: str) -> Source:
    """Return what a YAML file says; ``name`` begins its pointers (``modules/01.yaml``). Nothing is raised."""
    reader = _Reader(path.as_posix(), name)
    try:
        reader.take(_text(path))
    except Broken as broken:
        reader.problems.extend(broken.problems)
        reader.root = None
    return Source(reader.root, reader.places, tuple(reader.problems))


def scalar(value: Any) -> Any:
    """Return the number or truth a plain word stands for in YAML 1.2 (no exponents, no bases), or the value as it is."""
    if not isinstance(value, Plain):
        return value
    if value in _TRUTHS:
        return _TRUTHS[value]
    if _WHOLE.fullmatch(value):
        return int(value)
    return float(value) if _DECIMAL.fullmatch(value) else value


def scalars(value: Any) -> Any:
    """Return a value of no fixed shape with every plain word below it resolved as :func:`scalar` does."""
    if isinstance(value, Mapping):
        return {key: scalars(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [scalars(child) for child in value]
    return scalar(value)


def child(pointer: str, key: str | int) -> str:
    """Return the pointer to what stands below, escaped as RFC 6901 says."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def key_of(pointer: str) -> str:
    """Return the pointer to a value's key (a lone tilde stands in no other pointer)."""
    return f"{pointer}~"


# ------------------------------------------------------------------------------------------------ bytes to text


def _text(path: Path) -> str:
    """Return a file's text, without a byte order mark. Raises Broken."""
    place = Place(path.as_posix())
    try:
        _check_kind(path, place)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Broken([Problem(_why_unreadable(error), place)]) from None
    return _checked(_decoded(data, place), place)


def _why_unreadable(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case PermissionError():
            return "this file may not be read (permission denied)"
        case OSError():
            return f"this file cannot be read ({error.strerror})"
    return "this is no usable file name"


def _check_kind(path: Path, place: Place) -> None:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise Broken([Problem("this is a folder, a file is needed", place)])
    if not stat.S_ISREG(status.st_mode):
        raise Broken([Problem("this is no ordinary file", place)])
    if status.st_size > MOST_BYTES:
        size, most = status.st_size / 1e6, MOST_BYTES // 1_000_000
        raise Broken(
            [Problem(f"this file has {size:.1f} MB, at most {most} MB are read", place, "divide it into several modules")]
        )


def _decoded(data: bytes, place: Place) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        raise Broken([Problem("this file is saved as UTF-16 or is no text", place, "save it as UTF-8")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        before = error.object[: error.start].decode("utf-8", "replace").removeprefix("\ufeff")
        character = bytes([byte]).decode("cp1252", "replace")
        message = f'this file is not UTF-8: byte 0x{byte:02X} ("{character}" in Windows-1252 and Latin-1)'
        raise Broken([Problem(message, _end(before, place), "save the file as UTF-8")]) from None


def _checked(text: str, place: Place) -> str:
    if unfit := _UNFIT.search(text):
        where = _end(text[: unfit.start()], place)
        raise Broken([Problem(f"invisible control character U+{ord(unfit[0]):04X}", where, "delete it")])
    return text


def _end(text: str, place: Place) -> Place:
    """The place right after a text."""
    lines = re.split("\r\n|\r|\n", text)
    return Place(place.file, len(lines), len(lines[-1]) + 1)


# ----------------------------------------------------------------------------------------------- text to values


@dataclass
class _Frame:
    """A list or mapping that is being filled. ``size`` counts it and everything below, aliases written out."""

    value: Written | list[Any]
    pointer: str
    anchor: str | None
    key: str | None = None
    drops: bool = False  # the value to come, because its key is refused
    size: int = 1

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, Written) and self.key is None


@dataclass
class _Reader:
    """Builds values from the parser's events, with a stack of its own, so that no depth of nesting can exhaust Python's."""

    file: str
    name: str
    root: Any = None
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _frames: list[_Frame] = field(default_factory=list)
    _anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    _values: int = 0
    _repeated: int = 0
    _documents: int = 0

    def take(self, text: str) -> None:
        """Fill ``root`` and ``places``. Raises Broken where reading cannot go on."""
        try:
            for event in _events(text):
                self._event(event)
        except yaml.YAMLError as error:
            raise Broken([_in_plain_words(error, text, self.file)]) from None
        self._check_root()

    def _check_root(self) -> None:
        if self.root is None:
            raise Broken([Problem("this file is empty", Place(self.file), 'it needs keys with values, such as "title: …"')])
        if not isinstance(self.root, Written):
            where = self.places[f"{self.name}#"]
            raise Broken([Problem('this file must hold keys with values ("key: value") at its top level', where)])

    def _event(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent() if self._frames and self._frames[-1].wants_key:
                self._key(event)
            case yaml.ScalarEvent():
                self._refuse_tag(event)
                self._add(self._word(event), event.anchor, event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._open(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close()
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.DocumentStartEvent():
                self._document(event)

    def _key(self, event: yaml.ScalarEvent) -> None:
        frame, key, place = self._frames[-1], event.value, self._place(event)
        self._refuse_tag(event)
        pointer = child(frame.pointer, key)
        known = len(self.problems)
        if key == "<<" and _is_plain(event):
            self._problem('the merge key "<<" is not read here', place, "write the keys out, or use an alias for a whole value")
        elif not _is_text(event):
            hint = f'put it in quotes: "{key}"' if key else "write a key before the colon"
            self._problem("a key must be text" + (f", here it is {key}" if key else ", here it is missing"), place, hint)
        elif key in frame.value:
            first = self.places[key_of(pointer)].line
            self._problem(f'key "{key}" is here twice, first in line {first}', place, "keep one of the two")
        self.places.setdefault(key_of(pointer), place)
        frame.key, frame.drops = key, len(self.problems) > known

    def _word(self, event: yaml.ScalarEvent) -> str | None:
        if _is_plain(event):
            return None if event.value in _NULLS else Plain(event.value)
        if unfit := _UNFIT.search(event.value):
            self._problem(f"invisible control character U+{ord(unfit[0]):04X}", self._place(event), "take the escape out")
        return str(event.value)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        place = self._place(event)
        if self._frames and self._frames[-1].wants_key:
            raise Broken(
                [
                    Problem(
                        "a key must be text, here it is a list or mapping", place, 'put a value that begins with "{{" in quotes'
                    )
                ]
            )
        if len(self._frames) >= DEEPEST:
            raise Broken([Problem(f"nested deeper than {DEEPEST} levels", place)])
        self._refuse_tag(event)
        pointer = self._pointer()
        self._note(pointer, place)
        value: Written | list[Any] = Written(origin=pointer) if isinstance(event, yaml.MappingStartEvent) else []
        self._frames.append(_Frame(value, pointer, event.anchor))

    def _close(self) -> None:
        frame = self._frames.pop()
        self._put(frame.value, frame.anchor, frame.size)

    def _add(self, value: Any, anchor: str | None, event: yaml.NodeEvent) -> None:
        self._note(self._pointer(), self._place(event))
        self._put(value, anchor, 1)

    def _put(self, value: Any, anchor: str | None, size: int) -> None:
        """Put a finished value where it belongs."""
        if anchor:
            self._anchors[anchor] = (value, size)
        if not self._frames:
            self.root = value
            return
        frame = self._frames[-1]
        frame.size += size
        if isinstance(frame.value, list):
            frame.value.append(value)
        else:
            if not frame.drops:
                frame.value[frame.key or ""] = value
            frame.key = None

    def _alias(self, event: yaml.AliasEvent) -> None:
        place, name = self._place(event), event.anchor
        if self._frames and self._frames[-1].wants_key:
            raise Broken([Problem("a key must be text, here it is an alias", place)])
        if name not in self._anchors:
            inside = any(frame.anchor == name for frame in self._frames)
            message = (
                f'alias "*{name}" stands inside of what it repeats'
                if inside
                else f'there is no anchor "&{name}" before this alias'
            )
            raise Broken([Problem(message, place, 'put text that begins with "*" in quotes')])
        value, size = self._anchors[name]
        self._repeated += size
        if self._repeated > MOST_REPEATED:
            raise Broken([Problem(f"aliases repeat more than {MOST_REPEATED:,} values", place, "write out what is needed")])
        self._note(self._pointer(), place)
        self._put(value, None, size)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            raise Broken([Problem('a second document begins here ("---")', self._place(event), "each file holds one")])

    def _pointer(self) -> str:
        if not self._frames:
            return f"{self.name}#"
        frame = self._frames[-1]
        return child(frame.pointer, len(frame.value) if isinstance(frame.value, list) else frame.key or "")

    def _note(self, pointer: str, place: Place) -> None:
        self.places.setdefault(pointer, place)
        self._values += 1
        if self._values > MOST_VALUES:
            raise Broken([Problem(f"this file holds more than {MOST_VALUES:,} values", place, "divide it into several modules")])

    def _refuse_tag(self, event: yaml.NodeEvent) -> None:
        if tag := getattr(event, "tag", None):
            self._problem(f'the tag "{tag}" is not read here', self._place(event), "leave it out, or put the text in quotes")

    def _place(self, event: yaml.Event) -> Place:
        return _marked(event.start_mark, self.file)

    def _problem(self, message: str, place: Place, hint: str) -> None:
        self.problems.append(Problem(message, place, hint))


def _events(text: str) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=yaml.CSafeLoader)


def _is_plain(event: yaml.ScalarEvent) -> bool:
    return not event.style or event.style == " "


def _is_text(event: yaml.ScalarEvent) -> bool:
    return not _is_plain(event) or (event.value not in _NULLS and isinstance(scalar(Plain(event.value)), str))


# ---------------------------------------------------------------------------------------- the parser's complaints

_QUOTE = "put the whole text in quotes"
_LINED_UP = "line keys up under each other"
_SAYINGS = (  # what libyaml says, what we say, a hint, whether the complaint is about where its context began
    (
        "unknown escape character",
        "this backslash begins no known escape",
        "a backslash is just a backslash in 'single quotes'",
        False,
    ),
    ("quoted scalar: found unexpected end", "this quote is never closed", "", True),
    ("scanning an alias", 'text cannot begin with "*"', _QUOTE, True),
    ("scanning an anchor", 'text cannot begin with "&"', _QUOTE, True),
    (
        "mapping values are not allowed",
        "a colon too many, or the wrong indentation",
        f'put text that holds ": " in quotes; {_LINED_UP}',
        False,
    ),
    ("block sequence entries are not", "a list cannot begin here", 'begin it on a line of its own, with "- "', False),
    (
        "not find expected ':'",
        'this is neither "key: value" nor a list entry',
        'for long text write ">-" after the colon and indent its lines',
        True,
    ),
    (
        "expected '-' indicator",
        "a list entry is expected here",
        'begin it with "- "; if it stands there, check the quotes',
        False,
    ),
    (
        "expected ',' or",
        "this bracket is never closed, or a comma is missing",
        'put text that begins with "[" or "{" in quotes',
        True,
    ),
    ("expected comment or line break", 'text after ">" or "|" begins on the next line', "", False),
    ("expected <document start>", "the wrong indentation, or text outside of any key", _LINED_UP, False),
    (
        "expected key",
        "the wrong indentation, or text after a closing quote or bracket",
        f"{_LINED_UP}; quotes enclose a whole text",
        False,
    ),
)


def _in_plain_words(error: yaml.YAMLError, text: str, file: str) -> Problem:
    said = f"{getattr(error, 'context', '')}: {getattr(error, 'problem', error)}"
    mark = getattr(error, "problem_mark", None)
    if not mark:
        return Problem(f"this is not YAML: {getattr(error, 'reason', said)}", Place(file))
    if "cannot start any token" in said or "tab character" in said:
        return _bad_start(text[mark.index : mark.index + 1], _marked(mark, file))
    for needle, message, hint, at_context in _SAYINGS:
        if needle in said:
            spot = getattr(error, "context_mark", None) if at_context else None
            return Problem(message, _marked(spot or mark, file), _hint(hint, text, mark.line))
    return Problem(f"this is not YAML: {getattr(error, 'problem', error)}", _marked(mark, file))


def _bad_start(character: str, place: Place) -> Problem:
    if character == "\t":
        return Problem("a tab cannot indent", place, "indent with spaces")
    return Problem(f'text cannot begin with "{character}"', place, _QUOTE)


def _hint(hint: str, text: str, line: int) -> str:
    written = text.splitlines()[line : line + 1]
    return 'put a value that begins with "{{" in quotes' if written and ": {{" in written[0] else hint


def _marked(mark: Any, file: str) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)
