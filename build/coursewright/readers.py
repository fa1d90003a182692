"""What a reader may see: for participants, the edition without keys, scripts and other private fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from .model import Edition, Node

RAW = frozenset({("Part", "variants"), ("Short", "fields")})  # unread words of the author's, which may hold private fields


class Private(Exception):
    """Raised when a participant's document asks for a field it must not have."""


class Record:
    """A read-only copy of a node in which private fields do not exist."""

    __slots__ = ("_kind", "_private", "_values")

    def __init__(self, kind: str, values: Mapping[str, Any], private: frozenset[str]) -> None:
        object.__setattr__(self, "_kind", kind)
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "_private", private)

    def __getattr__(self, name: str) -> Any:
        if name in self._private:
            raise Private(f'a participant’s document must not read "{name}" of a {self._kind}: it is private')
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f'a {self._kind} has no "{name}"') from None

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {self._kind} cannot be changed")

    def __dir__(self) -> list[str]:
        return sorted(self._values)

    def __str__(self) -> str:
        """A term stands for its word; everything else shows what it is."""
        return str(self._values.get("one", repr(self)))

    def __repr__(self) -> str:
        return f"<{self._kind} {self._values.get('id', '')}>".replace(" >", ">")

    def at(self, *keys: str | int) -> str:
        """Return the pointer to a value below this node, as :meth:`Node.at` does."""
        return "/".join([self._values["origin"], *map(str, keys)])


def for_participants(edition: Edition) -> Record:
    """Return the same tree as read-only records, without private fields and without what is marked private."""
    return _record(edition)


def _record(node: Node) -> Record:
    private = frozenset(name for name in type(node).model_fields if _is_private(type(node), name))
    values = {name: _open(getattr(node, name)) for name in type(node).model_fields if name not in private}
    return Record(type(node).__name__, values, private)


def _open(value: Any) -> Any:
    if isinstance(value, Node):
        return _record(value)
    if isinstance(value, tuple):
        return tuple(_open(item) for item in value if not getattr(item, "private", False))
    if isinstance(value, Mapping):
        return {key: _open(item) for key, item in value.items() if not getattr(item, "private", False)}
    return value


def _is_private(kind: type[Node], name: str) -> bool:
    extra = kind.model_fields[name].json_schema_extra
    marked = isinstance(extra, dict) and bool(extra.get("private"))
    return marked or any((parent.__name__, name) in RAW for parent in kind.__mro__)
