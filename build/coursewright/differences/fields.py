"""Two values of the model, field by field: what is said otherwise, and what only one of them has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from coursewright import markdown
from coursewright.model import Element, GlossaryEntry, Slide

from .pairing import aligned, by_key, counted, has_moved, kinship
from .words import Run, marked

Kind = Literal["changed", "only a", "only b", "moved"]
SAME_KIND = 0.1  # likeness of two things of one kind that share no word: still better compared than listed apart
NOUNS = {"quiz": "question", "workbook": "worksheet", "use": "word to use", "avoid": "word to avoid", "glossary": "glossary"}
NAMES = {"if_short": "if late", "if_long": "if early", "only": "only for", "not_for": "not for", "say": "to say", "ask": "to ask",
         "do": "to do", "kind": "type", "here": "meaning", "data": "drawing"}  # fmt: skip
# Lists that are read as one thing: ids, and numbers that belong together.
WHOLE = frozenset({"only", "not_for", "taught", "practised", "assessed", "themes", "modules", "slots", "steps", "blank", "widths",
                   "breaks", "documents", "drop"})  # fmt: skip
EXPRESSION = re.compile(r"\{[{%]-?\s*(.*?)\s*-?[%}]\}", re.DOTALL)
UNSAID = frozenset({"origin", "kind", "id", "objective", "bloom", "key", "diagram", "data", "file", "table", "deck", "case",
                    *WHOLE})  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One difference: where it is, in words, and what both sides say there, in runs. ``swaps`` is what stands for what."""

    path: str
    kind: Kind
    a: tuple[Run, ...] = ()
    b: tuple[Run, ...] = ()
    swaps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Lens:
    """How to look: fields passed over by name; the language to read Markdown with, "" to compare it as it is written."""

    skipped: frozenset[str] = frozenset()
    language: str = ""

    def plain(self, text: str) -> str:
        """Return a text as a reader has it; in one compared as written, what is worked out for an edition stands in ‹ ›."""
        return markdown.plain(text, self.language) if self.language else EXPRESSION.sub(r"‹\1›", text.strip())


def fields(a: Any, b: Any, lens: Lens, path: tuple[str, ...] = ()) -> Iterator[Field]:
    """Yield what differs between two values of one kind, in the order in which they say it.

    A row of a table, and whatever else is a thing of a list without being a part of the model, is read as one text.
    """
    if a == b:
        return
    if isinstance(a, BaseModel) and type(a) is type(b):
        for name in type(a).model_fields:
            if name not in lens.skipped and name != "origin":
                yield from _named(name, (getattr(a, name), getattr(b, name)), lens, path)
    elif isinstance(a, Mapping) and isinstance(b, Mapping):
        for name in dict.fromkeys((*a, *b)):
            yield from _named(str(name), (a.get(name), b.get(name)), lens, path)
    else:
        yield from _said(said(a), said(b), lens, path)


def only(value: Any, side: Literal["a", "b"], lens: Lens, path: tuple[str, ...]) -> Field:
    """Return the difference that only one side has this value."""
    runs = _whole(lens.plain(said(value)))
    return Field(_path(path), "only a", runs) if side == "a" else Field(_path(path), "only b", (), runs)


def said(value: Any) -> str:
    """Return all that a value says, in its order; of a node its words, without ids and numbers."""
    return " / ".join(_leaves(value))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, (BaseModel, Mapping, tuple, list)):
        for child in _children(value):
            yield from _leaves(child)
    elif value is not None and value != "":
        yield {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).strip()


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, BaseModel):
        return (child for name, child in value if name not in UNSAID and not isinstance(child, (bool, int, float)))
    return value.values() if isinstance(value, Mapping) else value


def _named(name: str, pair: tuple[Any, Any], lens: Lens, path: tuple[str, ...]) -> Iterator[Field]:
    """What a field of this name comes to: a list of things item by item, each called by its noun."""
    a, b = pair
    label = NAMES.get(name, name.replace("_", " "))
    if not (_is_list(a) and _is_list(b)):
        yield from fields(a, b, lens, (*path, label))
    elif name in WHOLE and not any(isinstance(each, BaseModel) for each in (*a, *b)):
        yield from _said(", ".join(map(str, a)), ", ".join(map(str, b)), lens, (*path, label))
    else:
        plural = label.endswith("s") and not label.endswith(("ss", "series"))
        yield from _listed(a, b, lens, path, NOUNS.get(name) or (label[:-1] if plural else label))


def _said(a: str, b: str, lens: Lens, path: tuple[str, ...]) -> Iterator[Field]:
    left, right = lens.plain(a), lens.plain(b)
    if left == right:  # only its marks differ, such as bold
        left, right = a, b
    if left == right:
        return
    if left and right:
        found = marked(left, right)
        yield Field(_path(path), "changed", found.a, found.b, found.swaps)
    else:
        yield Field(_path(path), "only a" if left else "only b", _whole(left), _whole(right))


def _whole(text: str) -> tuple[Run, ...]:
    return (Run(text, True),) if text else ()


def _path(parts: tuple[str, ...]) -> str:
    words = " · ".join(parts)
    return words[:1].upper() + words[1:]


# ---------------------------------------------------------------------------------------------------- lists


def _is_list(value: Any) -> bool:
    return isinstance(value, (tuple, list))


def _listed(a: Sequence[Any], b: Sequence[Any], lens: Lens, path: tuple[str, ...], noun: str) -> Iterator[Field]:
    """What differs in two lists: things with an id or a number go by it, the others by what they say."""
    has_keys = all(_key(item) is not None for item in (*a, *b))
    pairs = by_key(a, b, _key) if has_keys else aligned(a, b, _likeness)
    moved = has_moved(pairs)
    left, right = _labels(a, noun), _labels(b, noun)
    for i, j in pairs:
        if j is None and i is not None:
            yield only(a[i], "a", lens, (*path, left[i]))
        elif i is None and j is not None:
            yield only(b[j], "b", lens, (*path, right[j]))
        elif i is not None and j is not None:
            if j in moved:
                yield Field(_path((*path, right[j])), "moved", (Run(f"place {i + 1}"),), (Run(f"place {j + 1}"),))
            yield from _item(a[i], b[j], lens, (*path, right[j]))


def _item(a: Any, b: Any, lens: Lens, path: tuple[str, ...]) -> Iterator[Field]:
    return fields(a, b, lens, path) if isinstance(a, BaseModel) else _said(said(a), said(b), lens, path)


def _key(item: Any) -> Hashable:
    """What a thing in a list goes by; None where it has no name of its own."""
    names = (name for name in ("id", "number", "key", "term") if isinstance(item, BaseModel) and getattr(item, name, None))
    return next((getattr(item, name) for name in names), None)


def _likeness(a: Any, b: Any) -> float:
    if a == b:
        return 1.0
    if type(a) is not type(b) or getattr(a, "kind", None) != getattr(b, "kind", None):
        return 0.0
    return SAME_KIND + (0.99 - SAME_KIND) * kinship(counted(said(a)), counted(said(b)))


def _labels(items: Sequence[Any], noun: str) -> tuple[str, ...]:
    """What to call each thing in a list."""
    kinds = Counter(_kind(item) for item in items if isinstance(item, Slide))
    met: Counter[str] = Counter()
    found = []
    for number, item in enumerate(items, 1):
        if isinstance(item, Slide):
            kind = _kind(item)
            met[kind] += 1
            found.append(f"{kind} slide" + (f" {met[kind]}" if kinds[kind] > 1 else ""))
        elif isinstance(item, Element):
            found.append(f"{noun} “{item.title}”" if item.title else f"{noun} {number} ({_kind(item)})")
        elif isinstance(item, GlossaryEntry):
            found.append(f"{noun} “{item.term}”")
        else:
            named = _key(item)
            key = "" if named is None else str(named)
            found.append(f"{noun} {key or number}" if key or len(items) > 1 else noun)
    return tuple(found)


def _kind(item: Any) -> str:
    """What kind of slide or workbook element it is: every class that a course uses says so."""
    return str(item.kind)
