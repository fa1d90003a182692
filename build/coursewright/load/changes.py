"""Tries every variant and every short form on the part it changes, so that no audience meets an error later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from coursewright.load import shape
from coursewright.load.complaints import by_key, unknown
from coursewright.load.shape import Spot
from coursewright.problems import Problem
from coursewright.source import Written, child, key_of


def check(spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with the variants and the short form of a spot, and with the short form under each variant.

    Variants that nobody sees are not tried: that they are never used is reported elsewhere.
    """
    found = () if spot.partial else tuple(shape.changes_of(spot))
    if not found:
        return
    sound = not any(_errors(spot, spot.raw, spot.at))
    for change in found:
        yield from _keys(change)
        yield from _tried(spot, change, sound) if change.seen_by else ()
    if shape.short_form(spot.raw):
        for fields in (fields for name, fields in shape.variants(spot.raw).items() if name in spot.seen_by):
            varied = replace(spot, raw=_merged(spot, spot.raw, {key: value for key, value in fields.items() if key != "short"}))
            if not any(_errors(varied, varied.raw, varied.at)):
                yield from _tried(varied, list(shape.changes_of(varied))[-1], True)


def _keys(change: Spot) -> Iterator[Problem]:
    for key in change.raw:
        at = key_of(child(change.at, key))
        if key in shape.VARIANT_KEEPS:
            yield Problem(f'"{key}" cannot be replaced here', at, "write a second part with only: instead")
        elif key not in shape.fields(change.kind):
            yield Problem(*_swapped(unknown(key, change.kind, shape.VARIANT_KEEPS), at))


def _swapped(saying: tuple[str, str], at: str) -> tuple[str, str, str]:
    return saying[0], at, saying[1]


def _tried(spot: Spot, change: Spot, sound: bool) -> Iterator[Problem]:
    """Problems of the changed part that the change brings in: in its own fields, or in how they fit the others."""
    for key, problem in _errors(spot, _merged(spot, spot.raw, change.raw), change.at):
        if key in change.raw or (key is None and sound):
            yield problem


def _merged(spot: Spot, raw: Mapping[str, Any], fields: Mapping[str, Any]) -> Written:
    known = {key: value for key, value in fields.items() if key in shape.fields(spot.kind) and key not in shape.VARIANT_KEEPS}
    return Written({**raw, **known}, spot.at)


def _errors(spot: Spot, raw: Mapping[str, Any], at: str) -> Iterator[tuple[str | int | None, Problem]]:
    try:
        spot.kind.model_validate(raw)
    except ValidationError as error:
        yield from by_key(error, spot.kind, raw, at)
