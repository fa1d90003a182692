"""What only the whole course can tell: ids twice, ids that point nowhere, parts that nobody sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from coursewright import drawings, model
from coursewright.load import shape
from coursewright.load.complaints import unknown
from coursewright.load.shape import Spot
from coursewright.model import Node, Part
from coursewright.problems import Place, Problem, did_you_mean, warning
from coursewright.source import Written, child, key_of, scalars

NAMED: dict[type[Node], str] = {  # class → what its ids name
    model.Module: "module",
    model.Segment: "segment",
    model.Objective: "objective",
    model.QuizItem: "quiz item",
    model.Table: "table",
    model.CardDeck: "card deck",
    model.Slot: "slot",
    model.Outcome: "outcome",
    model.Document: "source document",
    model.Theme: "theme",
    model.Contradiction: "contradiction",
    model.Audience: "audience",
    model.Case: "case",
    model.Message: "message",
}
POINTING: tuple[tuple[type[Node], str, str], ...] = (  # class, key, what its words name
    (Part, "only", "audience"),
    (Part, "not", "audience"),
    (Part, "variants", "audience"),
    (model.Audience, "slots", "slot"),
    (model.Audience, "builds", "slot"),
    (model.Audience, "agendas", "slot"),
    (model.Swap, "drop", "segment"),
    (model.Swap, "add", "segment"),
    (model.Slot, "segments", "segment"),
    (model.Outcome, "modules", "module"),
    (model.Objective, "taught", "segment"),
    (model.Objective, "practised", "segment"),
    (model.Objective, "assessed", "segment"),
    (model.Module, "themes", "theme"),
    (model.Segment, "themes", "theme"),
    (model.QuizItem, "themes", "theme"),
    (model.Card, "themes", "theme"),
    (model.QuizItem, "objective", "objective"),
    (model.CaseSlide, "case", "case"),
    (model.CaseElement, "case", "case"),
    (model.ComparisonSlide, "table", "table"),
    (model.ExampleSlide, "table", "table"),
    (model.ComparisonElement, "table", "table"),
    (model.AnswerSlide, "deck", "card deck"),
    (model.CardsElement, "deck", "card deck"),
    (model.Material, "deck", "card deck"),
    (model.Material, "table", "table"),
    (model.Deal, "deck", "card deck"),
    (model.Message, "encloses", "segment"),
    (model.Message, "stands_in_for", "segment"),
    (model.Theme, "where", "source document"),
    (model.DiagramSlide, "diagram", "drawing"),
    (model.DiagramElement, "diagram", "drawing"),
)
LOCAL = frozenset({"table", "card deck"})  # known only inside their module
Known = Mapping[tuple[str, str], frozenset[str]]  # (what, file or "") → ids
Strangers = Mapping[str, frozenset[str]]  # file → audiences of the course it was written for


def check(
    spots: Sequence[Spot],
    audiences: frozenset[str],
    drawn: Mapping[str, drawings.Keys | None],
    places: Mapping[str, Place],
    blind: frozenset[str],
    strangers: Strangers,
) -> Iterator[Problem]:
    """Yield what does not fit together. ``drawn`` are the drawings there are, with what data each takes, if it says so.

    ``blind`` names what cannot be judged, because a file of it was not readable. ``strangers`` are the audiences that a
    file from another course may name besides, because they are that course's.
    """
    known = {**_known(spots), ("drawing", ""): frozenset(drawn)}
    whole = {spot.at: spot for spot in spots if not spot.partial}
    yield from _twice(spots, places, strangers)
    for spot in spots:
        yield from _misspelt(spot)
        yield from _nowhere(spot, known, blind, strangers)
        yield from _undrawable(spot, whole, drawn)
        yield from _unseen(spot, audiences, strangers)
        yield from _steps(spot)
    yield from _cards(spots)


def _known(spots: Iterable[Spot]) -> Known:
    ids: dict[tuple[str, str], set[str]] = {}
    for spot in spots:
        what, name = NAMED.get(spot.kind), spot.raw.get("id")
        if what and isinstance(name, str):
            ids.setdefault((what, spot.file if what in LOCAL else ""), set()).add(name)
    return {key: frozenset(names) for key, names in ids.items()}


def _twice(spots: Iterable[Spot], places: Mapping[str, Place], strangers: Strangers) -> Iterator[Problem]:
    """Ids of one kind are unique in the whole course; those of modules and segments also among each other."""
    first: dict[tuple[str, str], Spot] = {}
    for spot in spots:
        what, name = NAMED.get(spot.kind), spot.raw.get("id")
        if not what or spot.changes or not isinstance(name, str):
            continue
        group = "segment" if what == "module" else what
        other = first.setdefault((group, name), spot)
        if other is not spot:
            earlier = places.get(f"{other.at}/id", other.file)
            hint = f"{earlier} has it already; ids are unique in the whole course"
            rename = f"; override: {{{name}: {{id: …}}}} where the module is taken renames it" if spot.file in strangers else ""
            yield Problem(f'{what} id "{name}" is taken', f"{spot.at}/id", hint + rename)


def _misspelt(spot: Spot) -> Iterator[Problem]:
    """Keys that are names of the model's own but not the author's, such as ``not_for``; pydantic would take them."""
    for key in spot.raw:
        if not spot.partial and key in spot.kind.model_fields and key not in shape.fields(spot.kind):
            message, hint = unknown(key, spot.kind)
            yield Problem(message, key_of(child(spot.at, key)), hint)


def pointed(spot: Spot) -> Iterator[tuple[str, str, str]]:
    """Yield what a spot names: the kind of thing, its id, and where the id stands."""
    for kind, key, what in POINTING:
        if key in spot.raw and issubclass(spot.kind, kind):
            yield from ((what, name, at) for name, at in _names(spot.raw[key], f"{spot.at}/{key}"))


def _nowhere(spot: Spot, known: Known, blind: frozenset[str], strangers: Strangers) -> Iterator[Problem]:
    for what, name, at in pointed(spot):
        there = known.get((what, spot.file if what in LOCAL else ""), frozenset())
        others = strangers.get(spot.file, frozenset()) if what == "audience" else frozenset()
        if what not in blind and name not in there | others:
            where = " in this module" if what in LOCAL else ""
            hint = did_you_mean(name, there | others) or f"the course has no {what}s yet"
            yield Problem(f'there is no {what} "{name}"{where}', at, hint)


def _names(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """The words of a value, each with its pointer: of a text, of a list, or the keys of a mapping."""
    if isinstance(value, str):
        yield value, at
    elif isinstance(value, list):
        yield from ((name, child(at, i)) for i, name in enumerate(value) if isinstance(name, str))
    elif isinstance(value, Written):
        yield from ((name, key_of(child(at, name))) for name in value)


def _undrawable(spot: Spot, whole: Mapping[str, Spot], drawn: Mapping[str, drawings.Keys | None]) -> Iterator[Problem]:
    """What is wrong with the data of a drawing; a variant may replace the drawing, its data or both."""
    if not issubclass(spot.kind, (model.DiagramSlide, model.DiagramElement)) or not spot.raw.keys() & {"diagram", "data"}:
        return
    base = whole.get(spot.at.rpartition("/variants/")[0]) if spot.partial else None
    layers = (spot,) if base is None else (spot, base)
    name = next((layer.raw["diagram"] for layer in layers if "diagram" in layer.raw), None)
    wanted = drawn.get(name) if isinstance(name, str) else None
    if wanted is not None:
        holder = next((layer for layer in layers if "data" in layer.raw), spot)
        yield from drawings.amiss(str(name), wanted, scalars(holder.raw.get("data", {})), f"{holder.at}/data")


def _unseen(spot: Spot, audiences: frozenset[str], strangers: Strangers) -> Iterator[Problem]:
    if not issubclass(spot.kind, Part):
        return
    only, left_out = shape.names(spot.raw.get("only")), shape.names(spot.raw.get("not"))
    elsewhere = strangers.get(spot.file, frozenset()) - audiences
    if only and left_out:
        yield Problem('"only" and "not" stand side by side', key_of(f"{spot.at}/not"), '"only" says it all: leave "not" out')
    elif spot.hidden and audiences.issuperset(only):
        yield warning(
            "no audience ever sees this", key_of(f"{spot.at}/{'only' if only else 'not'}"), "those around it leave none"
        )
    elif spot.hidden and spot.kind in (model.Module, model.Segment) and elsewhere.intersection(only):
        hint = "leave it out where the module is taken, or give it to everybody there: override: {…: {only: []}}"
        yield warning(
            f"no audience of this course sees this: it is for {', '.join(only)} of the other one", key_of(f"{spot.at}/only"), hint
        )
    for name in shape.variants(spot.raw):
        if name in audiences - spot.seen_by and spot.seen_by:
            yield warning(f'"{name}" never sees this, so this variant is never used', key_of(f"{spot.at}/variants/{name}"))


def _cards(spots: Sequence[Spot]) -> Iterator[Problem]:
    """A step deals cards by their numbers."""
    there = {
        (spot.file, str(spot.raw.get("id"))): {str(card.get("number")) for card in cards if isinstance(card, Mapping)}
        for spot in spots
        if spot.kind is model.CardDeck and not spot.partial and isinstance(cards := spot.raw.get("cards"), list)
    }
    for spot in spots:
        if spot.kind is model.Deal and (numbers := there.get((spot.file, str(spot.raw.get("deck"))))) is not None:
            for number, at in _dealt(spot):
                if number not in numbers:
                    yield Problem(
                        f"that deck has no card {number}",
                        at,
                        f"it has {', '.join(sorted(numbers, key=lambda each: (len(each), each)))}",
                    )


def _dealt(spot: Spot) -> Iterator[tuple[str, str]]:
    """Yield the numbers that a step deals, one or a list of them, and where each stands. What is no number is told elsewhere."""
    written = spot.raw.get("card")
    several = enumerate(written) if isinstance(written, list) else [("", written)]
    for index, number in several:
        if isinstance(number, str) and number.isdecimal():
            yield number, f"{spot.at}/card/{index}".rstrip("/")


def _steps(spot: Spot) -> Iterator[Problem]:
    """Slides name steps of their segment by number; in a short form with fewer steps too."""
    if spot.kind is not model.Segment:
        return
    short = spot.raw.get("short")
    fields = short.get("with") if isinstance(short, Mapping) else None
    forms: list[tuple[Mapping[str, Any], str, str]] = [({}, spot.at, "")]
    if isinstance(fields, Mapping) and fields.keys() & {"steps", "slides"}:
        forms.append((fields, f"{spot.at}/short/with", "in its short form "))
    for changed, at, when in forms:
        steps = changed.get("steps", spot.raw.get("steps"))
        slides = (changed["slides"], f"{at}/slides") if "slides" in changed else (spot.raw.get("slides"), f"{spot.at}/slides")
        if isinstance(steps, list):
            yield from _beyond(len(steps), *slides, when)


def _beyond(count: int, slides: Any, at: str, when: str) -> Iterator[Problem]:
    for kind, raw, where in shape.below(shape.annotation(model.Segment, "slides"), slides, at):
        numbers = raw.get("steps") if issubclass(kind, model.Slide) else None
        for i, number in enumerate(numbers if isinstance(numbers, list) else []):
            if isinstance(number, str) and number.isdecimal() and int(number[:9]) > count:
                hint = f"{when}this segment has {count}, counted from 1"
                yield Problem(f"there is no step {number[:9]}", child(f"{where}/steps", i), hint)
