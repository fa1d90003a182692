"""Expressions in the author's words, worked out once audience and slot are known: ``{{ terms.team }}``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from operator import is_
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from .model import AgendaItem, CardDeck, Edition, Node, PlannedMessage, PlannedModule, PlannedSegment, Receipt
from .problems import Broken, Problem, did_you_mean
from .sameness import Same

Reword = Callable[[str, str], str]


def worded(edition: Edition, segment_ids: frozenset[str]) -> Edition:
    """Return the edition with every expression worked out. ``segment_ids`` are all there are, kept or cut.

    Raises Broken with every expression that cannot be.
    """
    context = _context(edition, segment_ids)
    problems: list[Problem] = []

    def reword(text: str, pointer: str) -> str:
        try:
            return _template(text).render(context)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            problems.append(Problem(f"this expression does not work: {error}", pointer, _known(context, str(error))))
            return text

    result: Edition = _rebuilt(edition, reword, ("",))
    if problems:
        raise Broken(problems)
    return result


def _context(edition: Edition, segment_ids: frozenset[str]) -> dict[str, Any]:
    kept = {segment.id: segment for module in edition.modules for segment in module.segments}
    short = {name: name not in kept or _is_short(kept[name]) for name in segment_ids}
    return {
        "terms": {**edition.front.terms, **edition.audience.terms},
        "audience": edition.audience,
        "slot": edition.slot,
        "minutes": edition.slot.minutes,
        "people": edition.people,
        "short": short,
    }


def _is_short(segment: PlannedSegment) -> bool:
    return segment.given < (segment.short.below if segment.short else segment.minutes.full)


def _known(context: Mapping[str, Any], message: str) -> str:
    word = message.split("'")[-2] if message.count("'") >= 2 else ""
    return did_you_mean(word, (*context, *(f"terms.{name}" for name in context["terms"])))


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)


@cache
def _template(text: str) -> Template:
    return _environment().from_string(text)


def _rebuilt(value: Any, reword: Reword, spot: Spot) -> Any:
    """The value with its expressions worked out; the very same one where it has none, since most have not."""
    if isinstance(value, str):
        return reword(value, _pointer(spot)) if "{{" in value or "{%" in value else value
    if isinstance(value, (tuple, list)):
        items = [_rebuilt(item, reword, (*spot, index)) for index, item in enumerate(value)]
        return value if all(map(is_, items, value)) else type(value)(items)
    if isinstance(value, dict):
        held = {key: _rebuilt(item, reword, (*spot, key)) for key, item in value.items()}
        return value if all(held[key] is value[key] for key in value) else held
    return _reworded(value, reword, spot) if isinstance(value, BaseModel) else value


def _reworded(value: BaseModel, reword: Reword, spot: Spot) -> BaseModel:
    if not isinstance(value, _OWN) and _is_settled(Same(value)):
        return value
    spot = (value,) if isinstance(value, Node) and value.origin else spot
    held = ((name, child) for name, child in vars(value).items() if name not in _RAW and isinstance(child, _WORDY))
    new = {name: _rebuilt(child, reword, (*spot, name)) for name, child in held}
    changed = {name: child for name, child in new.items() if child is not getattr(value, name)}
    return value.model_copy(update=changed) if changed else value


@lru_cache(maxsize=20_000)
def _is_settled(same: Same[BaseModel]) -> bool:
    """Whether a part of the course has no expressions: looked up once for all editions that share it."""
    return not any(_has_expression(child) for name, child in vars(same.value).items() if name not in _RAW)


def _has_expression(value: Any) -> bool:
    if isinstance(value, str):
        return "{{" in value or "{%" in value
    if isinstance(value, (tuple, list)):
        return any(map(_has_expression, value))
    if isinstance(value, dict):
        return any(map(_has_expression, value.values()))
    return isinstance(value, BaseModel) and not _is_settled(Same(value))


def _pointer(spot: Spot) -> str:
    """Work out the pointer only where something is wrong, or to be reworded: most words are neither."""
    owner, *keys = spot
    return owner.at(*keys) if isinstance(owner, Node) else "/".join(map(str, spot))


Spot = tuple[Any, ...]  # the nearest node that knows where it stands, and the keys below it
_WORDY = (str, tuple, list, dict, BaseModel)
_OWN = (Edition, PlannedModule, PlannedSegment, PlannedMessage, CardDeck, AgendaItem, Receipt)  # made anew each time
_RAW = frozenset({"origin", "variants", "short"})  # not shown to anybody, or not chosen
