"""What the model expects at each spot of the files: walks the author's values and the model's types side by side.

Working on the values as written, before they are valid, lets every check speak in the same run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from coursewright.model import Node, Part
from coursewright.source import Written, child

VARIANT_KEEPS = ("id", "only", "not", "variants")  # what no variant may replace


@dataclass(frozen=True)
class Spot:
    """A mapping of the files and the model's class for it.

    ``seen_by`` are the audiences that ever see it, ``hidden`` says that its own ``only`` and ``not`` leave none.
    ``partial`` marks what only replaces fields (a variant or a short form), ``changes`` that and everything below.
    """

    kind: type[Node]
    raw: Mapping[str, Any]
    at: str
    seen_by: frozenset[str] = frozenset()
    hidden: bool = False
    partial: bool = False
    changes: bool = False

    @property
    def file(self) -> str:
        """The file's name, as pointers begin with it."""
        return self.at.partition("#")[0]


def walk(spot: Spot) -> Iterator[Spot]:
    """Yield a spot and all below it, variants and short forms included, each with the audiences that see it."""
    seen_by = frozenset(audiences_of(spot))
    spot = replace(spot, seen_by=seen_by, hidden=bool(spot.seen_by) and not seen_by)
    yield spot
    for key, value in spot.raw.items():
        for kind, raw, at in below(annotation(spot.kind, key), value, child(spot.at, key)):
            yield from walk(replace(spot, kind=kind, raw=raw, at=at, partial=False))
    for change in changes_of(spot):
        yield from walk(change)


def changes_of(spot: Spot) -> Iterator[Spot]:
    """Yield the variants and the short form of a spot: mappings of the same class with some of its fields."""
    for audience, fields in variants(spot.raw).items():
        at = child(child(spot.at, "variants"), audience)
        yield replace(spot, raw=fields, at=at, seen_by=spot.seen_by & {audience}, partial=True, changes=True)
    if short := short_form(spot.raw):
        yield replace(spot, raw=short, at=f"{spot.at}/short/with", partial=True, changes=True)


def variants(raw: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return audience → fields, as far as they are written in the right shape."""
    written = raw.get("variants")
    return {key: value for key, value in written.items() if isinstance(value, Written)} if isinstance(written, Written) else {}


def short_form(raw: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the fields of a segment's short form, if it has one."""
    short = raw.get("short")
    fields = short.get("with") if isinstance(short, Written) else None
    return fields if isinstance(fields, Written) else None


def audiences_of(spot: Spot) -> Iterator[str]:
    """Yield the audiences that ``only`` and ``not`` leave."""
    only, left_out = names(spot.raw.get("only")), names(spot.raw.get("not"))
    if not issubclass(spot.kind, Part):
        only = left_out = ()
    yield from (name for name in spot.seen_by if (not only or name in only) and name not in left_out)


def names(value: Any) -> tuple[str, ...]:
    """Return the words of a list (or the keys of a mapping), as far as they are words."""
    if isinstance(value, Written):
        return tuple(value)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


# --------------------------------------------------------------------------------------------------- types


@cache
def fields(kind: type[Node]) -> dict[str, FieldInfo]:
    """Return key → field, by the names an author writes."""
    return {info.alias or name: info for name, info in kind.model_fields.items() if name != "origin"}


@cache
def annotation(kind: type[Node], key: str) -> Any:
    """Return the type of a field with its limits, or None for an unknown key."""
    info = fields(kind).get(key)
    if info is None:
        return None
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def bare(kind: Any) -> Any:
    """Return a type without limits and without "or nothing"."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind):
            kind = Union[tuple(part for part in get_args(kind) if part is not NoneType)]  # noqa: UP007 (made at run time)
        else:
            return kind


def limits(kind: Any) -> Iterator[Any]:
    """Yield whatever limits a type: annotated-types and pydantic constraints, outermost last."""
    while kind is not None:
        if get_origin(kind) is Annotated:
            inner, *metadata = get_args(kind)
            for item in metadata:
                yield from item.metadata if isinstance(item, FieldInfo) else [item]
            kind = inner
        elif get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind):
            kind = bare(kind)
        else:
            return


def nodes(kind: Any) -> tuple[type[Node], ...]:
    """Return the classes a value of this type may have: one, or several told apart by their ``kind``."""
    kind = bare(kind)
    if get_origin(kind) in (Union, UnionType):
        return tuple(part for part in get_args(kind) if is_node(part))
    return (kind,) if is_node(kind) else ()


def is_node(kind: Any) -> bool:
    """Return whether a type is a class of the model."""
    return isinstance(kind, type) and issubclass(kind, Node)


@cache
def tag(kind: type[Node]) -> str:
    """Return the ``kind`` that marks a class among several."""
    return str(get_args(kind.model_fields["kind"].annotation)[0])


def item(kind: Any) -> Any:
    """Return the type of a list's or mapping's entries, or None."""
    kind = bare(kind)
    position = {tuple: 0, dict: 1}.get(get_origin(kind))
    return None if position is None else get_args(kind)[position]


def is_list(kind: Any) -> bool:
    """Return whether a type is a list."""
    return get_origin(bare(kind)) is tuple


def below(kind: Any, raw: Any, at: str) -> Iterator[tuple[type[Node], Written, str]]:
    """Yield the nearest mappings that have a class of the model."""
    choices = nodes(kind)
    if choices and isinstance(raw, Written):
        yield from ((choice, raw, at) for choice in choices if len(choices) == 1 or tag(choice) == raw.get("kind"))
    elif item(kind) is not None and not choices:
        for key, value in _entries(kind, raw):
            yield from below(item(kind), value, child(at, key))


def _entries(kind: Any, raw: Any) -> Iterator[tuple[str | int, Any]]:
    wanted = get_origin(bare(kind))
    if wanted is tuple and isinstance(raw, list):
        yield from enumerate(raw)
    elif wanted is dict and isinstance(raw, Written):
        yield from raw.items()


def trace(kind: Any, location: Sequence[str | int]) -> tuple[tuple[str | int, ...], Any, type[Node] | None]:
    """Return pydantic's location as the author's keys (without union tags), the type there, and the class around it."""
    keys: list[str | int] = []
    owner: type[Node] | None = None
    for step in location:
        choices = nodes(kind)
        if len(choices) > 1:
            kind = next((choice for choice in choices if tag(choice) == step), None)
            continue
        if step == "[key]":
            continue
        keys.append(step)
        owner = choices[0] if choices else owner
        kind = annotation(choices[0], str(step)) if choices else item(kind)
    return tuple(keys), kind, owner
