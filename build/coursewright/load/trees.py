"""Values as written with the place of each kept beside it, so that parts of several files can grow into one.

Whatever is moved, replaced or brought in from another file keeps its own line: :func:`written` gives back what the rest
of the engine reads, with pointers into the result and the places where its parts truly stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from coursewright.load import shape
from coursewright.model import Node, Part
from coursewright.problems import Place
from coursewright.source import Written, child, key_of, scalar


@dataclass(frozen=True, slots=True)
class Tree:
    """A mapping, a list or a word of a file; ``key`` is where its key stands, or the value itself where it has none."""

    value: Any  # dict[str, Tree], list[Tree], or what stands there
    place: Place
    key: Place

    @property
    def fields(self) -> dict[str, Tree]:
        """Key → value; empty if this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def entries(self) -> list[Tree]:
        """Values of a list; empty if this is none."""
        return self.value if isinstance(self.value, list) else []

    @property
    def word(self) -> str:
        """The text; empty if this is none."""
        return self.value if isinstance(self.value, str) else ""

    def find(self, key: str) -> Tree:
        """Return what stands under a key, or nothing at all at the place of the whole."""
        return self.fields.get(key, Tree(None, self.place, self.key))

    def holding(self, value: Any) -> Tree:
        """Return this with another value."""
        return replace(self, value=value)

    def having(self, fields: Mapping[str, Tree]) -> Tree:
        """Return this mapping with some fields replaced or added."""
        return self.holding({**self.fields, **fields})


def tree(value: Any, at: str, places: Mapping[str, Place], near: Place) -> Tree:
    """Return a value as written with its places; ``near`` serves where none is known, such as below an alias."""
    place = places.get(at, near)
    key = places.get(key_of(at), place)
    if isinstance(value, Written):
        return Tree({name: tree(inner, child(at, name), places, place) for name, inner in value.items()}, place, key)
    if isinstance(value, list):
        return Tree([tree(inner, child(at, index), places, place) for index, inner in enumerate(value)], place, key)
    return Tree(value, place, key)


def written(root: Tree, name: str) -> tuple[Written, dict[str, Place]]:
    """Return a mapping as if it had been read from one file, whose pointers begin with ``name``, and all its places."""
    places: dict[str, Place] = {}

    def grown(part: Tree, at: str) -> Any:
        places[at] = part.place
        if isinstance(part.value, dict):
            for key, inner in part.value.items():
                places[key_of(child(at, key))] = inner.key
            return Written({key: grown(inner, child(at, key)) for key, inner in part.value.items()}, at)
        if isinstance(part.value, list):
            return [grown(inner, child(at, index)) for index, inner in enumerate(part.value)]
        return part.value

    return grown(root, f"{name}#"), places


def plain(part: Tree) -> Any:
    """Return the bare value, numbers and truths as what they stand for, to be compared."""
    if isinstance(part.value, dict):
        return {key: plain(inner) for key, inner in part.value.items()}
    return [plain(inner) for inner in part.value] if isinstance(part.value, list) else scalar(part.value)


def standing(kind: type[Node], key: str) -> Any:
    """Return what a field is when nobody writes it, in the shape of :func:`plain`; ``...`` for one that must be written."""
    info = shape.fields(kind).get(key)
    if info is None or info.is_required():
        return ...
    return list(info.default) if isinstance(info.default, tuple) else info.default


# -------------------------------------------------------------------------------- with the model's classes

Change = Callable[[type[Node], Tree], Tree]


def mapped(kind: Any, part: Tree, change: Change) -> Tree:
    """Return a tree with every mapping that has a class of the model changed, from the leaves up.

    Variants and short forms are given to ``change`` as well, as mappings of their part's class with some of its fields.
    """
    if shape.nodes(kind):
        owner = owner_of(kind, part)
        return _changed(owner, part, change) if owner else part
    inner = shape.item(kind)
    return part if inner is None else each(part, lambda below: mapped(inner, below, change))


def _changed(owner: type[Node], part: Tree, change: Change) -> Tree:
    """A mapping of a class, or a variant or short form of one."""
    fields = {key: mapped(shape.annotation(owner, key), inner, change) for key, inner in part.fields.items()}
    if issubclass(owner, Part) and "variants" in fields:
        fields["variants"] = each(fields["variants"], lambda variant: _changed(owner, variant, change))
    if "short" in fields and "with" in fields["short"].fields:
        short = fields["short"]
        fields["short"] = short.having({"with": _changed(owner, short.find("with"), change)})
    return change(owner, part.holding(fields)) if isinstance(part.value, dict) else part


def each(part: Tree, change: Callable[[Tree], Tree]) -> Tree:
    """Return a list or mapping with every entry changed; anything else as it is."""
    if isinstance(part.value, dict):
        return part.holding({key: change(inner) for key, inner in part.value.items()})
    return part.holding([change(inner) for inner in part.value]) if isinstance(part.value, list) else part


def owner_of(kind: Any, part: Tree) -> type[Node] | None:
    """Return the class of a mapping where the model wants one of these; None if it has none."""
    choices = shape.nodes(kind) if isinstance(part.value, dict) else ()
    return next((choice for choice in choices if len(choices) == 1 or shape.tag(choice) == part.find("kind").word), None)


def parts(kind: Any, part: Tree) -> Iterator[tuple[type[Node], Tree]]:
    """Yield every mapping that has a class of the model, with the class; variants and short forms are not among them."""
    owner = owner_of(kind, part)
    if owner is not None:
        yield owner, part
        for key, inner in part.fields.items():
            yield from parts(shape.annotation(owner, key), inner)
    elif not shape.nodes(kind) and (entry := shape.item(kind)) is not None:
        for inner in part.fields.values() or part.entries:
            yield from parts(entry, inner)


def reworded(part: Tree, change: Callable[[str], str]) -> Tree:
    """Return a tree with every text changed; a text that stays the same stays what it was, quoted or not."""
    if isinstance(part.value, str):
        new = change(part.value)
        return part if new == part.value else part.holding(new)
    return each(part, lambda inner: reworded(inner, change))


def words(value: Any) -> Iterator[str]:
    """Yield every text of a value as written, wherever it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list)):
        inner: Iterable[Any] = value.values() if isinstance(value, Mapping) else value
        for entry in inner:
            yield from words(entry)
