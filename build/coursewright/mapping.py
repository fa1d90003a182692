"""The mapping file of a brand: ``acme.brand.yaml`` beside ``acme.potx`` says which layout plays which role, and wins.

It names layouts and placeholders as ``coursewright brand`` shows them; :mod:`outputs.pptx.roles` looks them up.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .digests import beside
from .outputs.pptx.roles import BrandMapping, Wish
from .problems import Broken, Place, Problem, did_you_mean
from .source import Source, child, read, scalar

KEYS = ("roles", "logo")
WISH_KEYS = ("layout", "slots")
EXAMPLE = 'such as "content: {layout: Title and Content, slots: {body: 1}}"'


def read_mapping(brand: Path) -> BrandMapping:
    """Return what a brand's mapping file says; an empty mapping where there is none. Raises Broken, with file and line."""
    path = beside(brand)
    if not path.is_file():
        return BrandMapping()
    found = read(path, path.name)
    if found.data is None or found.problems:
        raise Broken(found.problems)
    problems = list(_unknown(found, found.data, "", KEYS))
    roles = found.data.get("roles") or {}
    if not isinstance(roles, dict):
        raise Broken([*problems, Problem("roles is no mapping", _place(found, "roles"), EXAMPLE)])
    wishes = tuple(_wishes(found, roles, problems))
    if problems:
        raise Broken(problems)
    return BrandMapping(wishes, str(found.data.get("logo") or ""), _place(found, "logo"))


def _wishes(found: Source, roles: dict[str, Any], problems: list[Problem]) -> Iterator[Wish]:
    for role, said in roles.items():
        place = _place(found, "roles", role)
        if not isinstance(said, dict) or not said.get("layout"):
            problems.append(Problem(f'role "{role}" names no layout', place, EXAMPLE))
            continue
        problems.extend(_unknown(found, said, role, WISH_KEYS))
        slots = said.get("slots") or {}
        numbers = {str(name): scalar(idx) for name, idx in slots.items()} if isinstance(slots, dict) else {"?": None}
        wrong = (name for name, idx in numbers.items() if not isinstance(idx, int))
        hint = "such as slots: {body: 1}"
        problems.extend(Problem(f'slot "{name}" of role "{role}" names no placeholder', place, hint) for name in wrong)
        layout = scalar(said["layout"])
        known = {name: idx for name, idx in numbers.items() if isinstance(idx, int)}
        yield Wish(role, layout if isinstance(layout, int) else str(layout), known, place)


def _unknown(found: Source, said: dict[str, Any], role: str, known: tuple[str, ...]) -> Iterator[Problem]:
    for key in said:
        if key not in known:
            place = _place(found, "roles", role, key) if role else _place(found, key)
            yield Problem(f'unknown key "{key}"', place, did_you_mean(key, known))


def _place(found: Source, *keys: str) -> Place:
    pointer = next(iter(found.places))  # the file as a whole
    for key in keys:
        pointer = child(pointer, key)
    return found.places.get(pointer, next(iter(found.places.values())))
