"""Says in plain words what the model refuses: one table from pydantic's error types to ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from coursewright import model
from coursewright.load import shape
from coursewright.model import Node
from coursewright.problems import Problem, did_you_mean
from coursewright.source import Plain, child, key_of

MOST = 100  # problems of one file; who has more wants to see the first ones

_PATTERNS = {
    r"^[A-Za-z][A-Za-z0-9-]*$": "an id (a letter, then letters, digits and hyphens)",
    r"^[A-Za-z0-9][A-Za-z0-9-]*$": "an id (letters, digits and hyphens)",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "a time such as 09:30",
    r"^[a-z]{2,3}(-[A-Z][A-Za-z]+)?$": "a language such as en-GB",
}
_WORDS = {bool: "true or false", float: "a number", date: "a date such as 2026-01-31"}
_SUMS = {  # class → the key that its own rules are about
    model.Segment: "minutes",
    model.Length: "min",
    model.Table: "rows",
    model.QuizItem: "options",
    model.CardDeck: "cards",
}


@dataclass(frozen=True)
class Complaint:
    """One error of pydantic with what is needed to explain it."""

    keys: tuple[str | int, ...]
    wanted: Any  # the type there
    owner: type[Node]  # the class that has the key
    raw: Any
    context: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the sentence is about: a key, or an entry of a list."""
        words = [f"entry {key + 1} of" if isinstance(key, int) else str(key) for key in self.keys]
        last = max((i for i, key in enumerate(self.keys) if isinstance(key, str)), default=-1)
        return " ".join([*reversed(words[last + 1 :]), words[last]]) if last >= 0 else "this file"


Saying = tuple[str, str]  # message and hint


def explained(error: ValidationError, kind: type[Node], raw: Any, at: str) -> Iterator[Problem]:
    """Yield the errors as problems; ``at`` is the pointer of the value that was refused."""
    yield from (problem for _, problem in by_key(error, kind, raw, at))


def by_key(error: ValidationError, kind: type[Node], raw: Any, at: str) -> Iterator[tuple[str | int | None, Problem]]:
    """Yield each problem with the key it is about; None for a rule that several keys break together."""
    for entry in error.errors(include_url=False, include_input=False)[:MOST]:
        keys, wanted, owner = shape.trace(kind, entry["loc"])
        complaint = Complaint(keys, wanted, owner or kind, found(raw, keys), entry.get("ctx", {}))
        if not _follows(entry["type"], complaint):
            message, hint = SAYINGS.get(entry["type"], _wrong)(complaint)
            yield keys[0] if keys else None, Problem(message, _pointer(at, keys, entry["type"], wanted), hint)


def _follows(type_: str, complaint: Complaint) -> bool:
    """Return whether a list only seems too short, because its entries were refused."""
    return type_ == "too_short" and isinstance(complaint.raw, list) and len(complaint.raw) >= complaint.context["min_length"]


def unknown(key: str, kind: type[Node], without: tuple[str, ...] = ()) -> Saying:
    """Return what to say about a key the model does not have."""
    known = [name for name in shape.fields(kind) if name not in without]
    aliased = {name: info.alias for name, info in kind.model_fields.items() if info.alias}
    hint = f'did you mean "{aliased[key]}"?' if key in aliased else did_you_mean(key, known)
    return f'unknown key "{_cut(key)}"', hint


def found(raw: Any, keys: tuple[str | int, ...]) -> Any:
    """Return the value the author wrote there, or None."""
    for key in keys:
        try:
            raw = raw[key]
        except (KeyError, IndexError, TypeError):
            return None
    return raw


def shown(raw: Any) -> str:
    """Return a value in a few words, for "here it is …"."""
    match raw:
        case None:
            return "empty"
        case Plain():
            return f'"{_cut(raw)}"'
        case str():
            return f'the text "{_cut(raw)}"' if raw else "an empty text"
        case list():
            return "a list"
    return "keys with values" if isinstance(raw, Mapping) else str(raw)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"


def _pointer(at: str, keys: tuple[str | int, ...], kind: str, wanted: Any) -> str:
    keys = keys[:-1] if kind == "missing" else keys
    for key in keys:
        at = child(at, key)
    if kind == "extra_forbidden":
        return key_of(at)
    owners = shape.nodes(wanted)
    return child(at, _SUMS[owners[0]]) if kind == "value_error" and owners and owners[0] in _SUMS else at


# ------------------------------------------------------------------------------------------------- sentences


def _missing(complaint: Complaint) -> Saying:
    info = shape.fields(complaint.owner).get(str(complaint.keys[-1]))
    return f'missing key "{complaint.keys[-1]}"', (info.description or "") if info else ""


def _unknown(complaint: Complaint) -> Saying:
    return unknown(str(complaint.keys[-1]), complaint.owner)


def _kind(complaint: Complaint) -> Saying:
    if not isinstance(complaint.raw, Mapping):
        return _wrong(complaint)
    kinds = [shape.tag(kind) for kind in shape.nodes(complaint.wanted)]
    written = found(complaint.raw, ("kind",))
    if not isinstance(written, str):
        return 'missing key "kind"' if written is None else f"kind must be a word, here it is {shown(written)}", _known(kinds)
    guess = did_you_mean(written, kinds)
    hint = f"{guess} {_known(kinds)}" if guess.startswith("did") else _known(kinds)
    return f'unknown kind "{written}"', hint


def _known(kinds: list[str]) -> str:
    return "there are " + ", ".join(sorted(kinds))


def _too_short(complaint: Complaint) -> Saying:
    least = complaint.context["min_length"]
    if not complaint.raw:
        return f"{complaint.name} is empty", ""
    if isinstance(complaint.raw, str):
        return f"{complaint.name} has {len(complaint.raw)} characters, at least {least} are needed", ""
    return f"{complaint.name} has {_count(len(complaint.raw))}, at least {least} are needed", ""


def _too_long(complaint: Complaint) -> Saying:
    most, length = complaint.context["max_length"], len(complaint.raw)
    what = f"{length} characters" if isinstance(complaint.raw, str) else _count(length)
    return f"{complaint.name} has {what}, at most {most} may be", ""


def _count(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _rule(complaint: Complaint) -> Saying:
    """A rule of the model itself: its message says all, unless it was the value's own type that refused."""
    if shape.nodes(complaint.wanted) or not complaint.keys:
        return str(complaint.context["error"]), ""
    return _wrong(complaint)


def _wrong(complaint: Complaint) -> Saying:
    wanted, raw = expected(complaint.wanted), complaint.raw
    message = f"{complaint.name} must be {wanted}, here it is {shown(raw)}"
    return message, _advice(complaint.wanted, raw)


def _advice(wanted: Any, raw: Any) -> str:
    kind = shape.bare(wanted)
    if kind in (int, float, bool) and isinstance(raw, str) and not isinstance(raw, Plain):
        return "leave out the quotes"
    if kind is str and raw is None:
        return 'leave the key out, or write "" for an empty text'
    if get_origin(kind) is tuple and isinstance(raw, str):
        return 'begin each entry on a line of its own, with "- "'
    if (choices := _choices(kind)) and isinstance(raw, str):
        guess = did_you_mean(raw, choices)
        return guess if guess.startswith("did") else ""
    return ""


def expected(wanted: Any) -> str:
    """Return what a type wants, as the end of "must be …"."""
    kind = shape.bare(wanted)
    if kind is int:
        return _whole(list(shape.limits(wanted)))
    if choices := _choices(kind):
        return "one of " + ", ".join(choices) if len(choices) > 1 else f'"{choices[0]}"'
    if kind is str:
        patterns = [getattr(limit, "pattern", None) for limit in shape.limits(wanted)]
        return next((_PATTERNS.get(pattern, f"text that fits {pattern}") for pattern in patterns if pattern), "text")
    if kind in _WORDS:
        return _WORDS[kind]
    return "a list" if get_origin(kind) is tuple else "keys with values"


def _whole(limits: list[Any]) -> str:
    least, most = (next((getattr(limit, name) for limit in limits if hasattr(limit, name)), None) for name in ("ge", "le"))
    return "a whole number" if least is None else f"a whole number from {least} to {most}"


def _choices(kind: Any) -> tuple[str, ...]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return tuple(str(member.value) for member in kind)
    return tuple(choice for choice in get_args(kind) if choice) if get_origin(kind) is Literal else ()


SAYINGS: dict[str, Callable[[Complaint], Saying]] = {  # all other types are about a wrong value
    "missing": _missing,
    "extra_forbidden": _unknown,
    "union_tag_invalid": _kind,
    "union_tag_not_found": _kind,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _too_short,
    "too_long": _too_long,
    "value_error": _rule,
}
