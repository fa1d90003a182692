"""A course as one audience sees it: what is not meant for it is gone, what it gets in other words is replaced."""

from __future__ import annotations

from collections.abc import Iterator
from operator import is_
from typing import Any, TypeVar

from pydantic import BaseModel

from .model import Audience, Case, Course, Module, Part, Segment, Swapped
from .problems import Broken, Problem, did_you_mean

SomeModel = TypeVar("SomeModel", bound=BaseModel)


def find(course: Course, audience_id: str) -> Audience:
    """Return the audience of that id. Raises Broken, naming the ones there are."""
    for audience in course.audiences:
        if audience.id == audience_id:
            return audience
    hint = did_you_mean(audience_id, (audience.id for audience in course.audiences))
    raise Broken([Problem(f'no audience "{audience_id}"', hint=hint)])


def select(course: Course, audience: Audience) -> Course:
    """Return the course as one audience sees it: filtered and with its own variants. Modules left empty are gone."""
    modules = (_seen(module, audience) for module in course.modules if meant_for(module, audience))
    return course.model_copy(
        update={
            "front": _seen(course.front, audience),
            "modules": tuple(module for module in modules if module.segments),
            "overnight": _overnight(course.overnight, audience),
            "cases": _seen(course.cases, audience),
            "messages": _seen(course.messages, audience),
        }
    )


def _overnight(module: Module | None, audience: Audience) -> Module | None:
    """What this audience has between two days; nothing where nothing of it is meant for it."""
    seen = _seen(module, audience) if module is not None and meant_for(module, audience) else None
    return seen if seen is not None and seen.segments else None


def meant_for(part: Part, audience: Audience) -> bool:
    """Return whether this audience sees the part at all."""
    return audience.id not in part.not_for and (not part.only or audience.id in part.only)


def swaps(course: Course, audience: Audience) -> tuple[Swapped, ...]:
    """Return what the audience gets in another form than the rest, a line each segment or case."""
    segments = tuple(segment for module in course.modules for segment in module.segments)
    parts: tuple[Segment | Case, ...] = (*segments, *course.cases)
    return tuple(
        Swapped(id=part.id, title=part.title, what=", ".join(sorted(changed)))
        for part in parts
        if meant_for(part, audience) and (changed := set(_varied(part, audience)))
    )


def _seen(value: Any, audience: Audience) -> Any:
    """The value as the audience sees it; the very same one where nothing differs, since most of a course does not."""
    if isinstance(value, tuple):
        kept = tuple(_seen(item, audience) for item in value if not isinstance(item, Part) or meant_for(item, audience))
        return value if len(kept) == len(value) and all(map(is_, kept, value)) else kept
    if not isinstance(value, BaseModel):
        return value
    if isinstance(value, Part) and audience.id in value.variants:
        value = value.replaced(value.variants[audience.id], value.at("variants", audience.id))
    return inside(value, audience)


def inside(value: SomeModel, audience: Audience) -> SomeModel:
    """Return a part whose own form is settled, such as a short one, with all below it as the audience sees it."""
    seen = {name: _seen(child, audience) for name, child in vars(value).items() if isinstance(child, (tuple, BaseModel))}
    changed = {name: child for name, child in seen.items() if child is not getattr(value, name)}
    return value.model_copy(update=changed) if changed else value


def _varied(part: Part, audience: Audience) -> Iterator[str]:
    """The fields of a segment or case that differ for this audience, by the names an author knows."""
    yield from (name.replace("_", " ") for name in part.variants.get(audience.id, {}))
    for name, value in vars(part).items():
        if any(_differs(item, audience) for item in (value if isinstance(value, tuple) else (value,))):
            yield name.replace("_", " ")


def _differs(value: Any, audience: Audience) -> bool:
    if isinstance(value, Part) and (audience.id in value.variants or not meant_for(value, audience)):
        return True
    if isinstance(value, tuple):
        return any(_differs(item, audience) for item in value)
    return isinstance(value, BaseModel) and any(_differs(child, audience) for child in vars(value).values())
