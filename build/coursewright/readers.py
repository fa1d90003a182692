"""What a reader may see: participants and clients get the edition without keys, scripts and other private fields.

Clients see a little more than participants: what they decide on, and how the course was fitted to their session.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from .model import Edition, Node

RAW = frozenset({("Part", "variants"), ("Short", "fields")})  # unread words of the author's, which may hold private fields
FOR_CLIENTS = frozenset(
    {
        ("Edition", "receipt"),  # what was cut, and by which rule
        ("Audience", "who"),  # whom the course takes them for: for the client to confirm
        ("Audience", "arrive_with"),
        ("Module", "idea"),  # what a module is for
        ("Module", "room"),  # what the client's room must have
        ("Document", "note"),  # what the sources are worth
        ("Document", "condition"),
        ("Contradiction", "treatment"),  # how the course deals with what its sources disagree on
    }
)  # private fields that a client's document may hold: none is a key or a script

Fields = frozenset[tuple[str, str]]  # class and name of each


class Private(Exception):
    """Raised when a participant's or a client's document asks for a field it must not have."""


class Record:
    """A read-only copy of a node in which private fields do not exist."""

    __slots__ = ("_kind", "_private", "_reader", "_values")

    def __init__(self, kind: str, values: Mapping[str, Any], private: frozenset[str], reader: str = "participant") -> None:
        object.__setattr__(self, "_kind", kind)
        object.__setattr__(self, "_reader", reader)
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "_private", private)

    def __getattr__(self, name: str) -> Any:
        if name in self._private:
            raise Private(f'a {self._reader}’s document must not read "{name}" of a {self._kind}: it is private')
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
    return _record(edition, "participant", frozenset())


def for_clients(edition: Edition) -> Record:
    """Return what participants see, and of the private fields those of :data:`FOR_CLIENTS`."""
    return _record(edition, "client", FOR_CLIENTS)


def _record(node: Node, reader: str, shown: Fields) -> Record:
    kind = type(node)
    private = frozenset(name for name in kind.model_fields if is_private(kind, name) and not names(kind, name) & shown)
    values = {name: _open(getattr(node, name), reader, shown) for name in kind.model_fields if name not in private}
    return Record(kind.__name__, values, private, reader)


def _open(value: Any, reader: str, shown: Fields) -> Any:
    if isinstance(value, Node):
        return _record(value, reader, shown)
    if isinstance(value, tuple):
        return tuple(_open(item, reader, shown) for item in value if not getattr(item, "private", False))
    if isinstance(value, Mapping):
        return {key: _open(item, reader, shown) for key, item in value.items() if not getattr(item, "private", False)}
    return value


def names(kind: type[Node], name: str) -> Fields:
    """Return a field with its class, and with each class it is inherited from."""
    return frozenset((parent.__name__, name) for parent in kind.__mro__)


def is_private(kind: type[Node], name: str) -> bool:
    """Return whether no participant may see a field: it is marked so, or holds words that nobody has read yet."""
    extra = kind.model_fields[name].json_schema_extra
    marked = isinstance(extra, dict) and bool(extra.get("private"))
    return marked or bool(names(kind, name) & RAW)
