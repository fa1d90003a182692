"""What audiences get for being told apart: variants that change nothing, audiences that get the same, words that lack a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from coursewright.load import shape
from coursewright.load.shape import Spot
from coursewright.load.supplies import TERM
from coursewright.load.trees import standing, words
from coursewright.model import Audience, Front, Part
from coursewright.problems import Problem, did_you_mean, warning
from coursewright.source import Written, child, key_of, scalars

FORMS = ("many", "a")  # what a term may have besides itself

Uses = frozenset[tuple[str, str]]  # terms with the forms that some text uses; "" for the word itself


def check(spots: Sequence[Spot], templates: Callable[[], Iterable[str]]) -> Iterator[Problem]:
    """Yield what audiences say in vain, and what of their words is missing. ``templates`` are the course's own, as text."""
    yield from _idle(spots)
    yield from _alike(spots)
    yield from _terms(spots, templates)


# ------------------------------------------------------------------------------------------------- variants


def _idle(spots: Iterable[Spot]) -> Iterator[Problem]:
    """Variants that say what stands there anyway."""
    for spot in spots:
        for name, fields in _variants(spot):
            if not any(_differs(spot, key, value) for key, value in fields.items()):
                at = key_of(child(child(spot.at, "variants"), name))
                yield warning("this variant changes nothing", at, "say what is different, or leave it out")


def _variants(spot: Spot) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The variants of a part for audiences that see it."""
    if issubclass(spot.kind, Part) and not spot.partial:
        yield from ((name, fields) for name, fields in shape.variants(spot.raw).items() if name in spot.seen_by)


def _differs(spot: Spot, key: str, value: Any) -> bool:
    before = scalars(spot.raw[key]) if key in spot.raw else standing(spot.kind, key)
    return bool(scalars(value) != before)


# ------------------------------------------------------------------------------------------------ audiences


def _alike(spots: Sequence[Spot]) -> Iterator[Problem]:
    """Audiences that get the same course as one before them; that one of them gets it without changes is as it should be."""
    audiences = {Path(spot.file).stem: spot for spot in spots if spot.kind is Audience}
    own: dict[str, set[object]] = {name: set() for name in audiences}
    for spot in spots:
        for name, what in _differences(spot):
            if name in own:
                own[name].add(what)
    terms = next((_named(spot.raw.get("terms")) for spot in spots if spot.kind is Front), {})
    for name, spot in audiences.items():
        changed = [(term, _said(forms)) for term, forms in _named(spot.raw.get("terms")).items()]
        own[name].update((term, said) for term, said in changed if said != _said(terms.get(term)))
        if agendas := scalars(spot.raw.get("agendas")):
            own[name].add(("agendas", repr(agendas)))
    first: dict[frozenset[object], str] = {}
    for name, spot in audiences.items():
        other = first.setdefault(frozenset(own[name]), name)
        if other != name:
            plain = "" if own[name] else ", the course as it stands"
            hint = "give it words (terms), variants or parts of its own, or leave one of the two out"
            yield warning(f'this audience gets the same as "{other}"{plain}', spot.at, hint)


def _differences(spot: Spot) -> Iterator[tuple[str, object]]:
    """What a part does for some audiences only: audience, and something that is equal only if it does the same for another."""
    if issubclass(spot.kind, Part) and not spot.partial and spot.raw.keys() & {"only", "not"}:
        yield from ((name, (spot.at, "seen")) for name in spot.seen_by)
    for name, fields in _variants(spot):
        yield from ((name, (spot.at, key, repr(scalars(value)))) for key, value in fields.items() if _differs(spot, key, value))


def _named(terms: Any) -> Mapping[str, Any]:
    return terms if isinstance(terms, Written) else {}


def _said(term: Any) -> str:
    return repr(scalars({"one": term} if isinstance(term, str) else term))


# ---------------------------------------------------------------------------------------------------- terms


def _terms(spots: Sequence[Spot], templates: Callable[[], Iterable[str]]) -> Iterator[Problem]:
    """Terms that no text uses, and forms that a text uses or the course has and an audience lacks."""
    holders = [spot for spot in spots if spot.kind in (Front, Audience) and _named(spot.raw.get("terms"))]
    if not holders:
        return
    files = [text for spot in spots if spot.at.endswith("#") for text in words(spot.raw)]
    uses = _uses(files)
    if {name for spot in holders for name in spot.raw["terms"]} - {name for name, _ in uses}:
        uses |= _uses(templates())
    course = next((_named(spot.raw.get("terms")) for spot in holders if spot.kind is Front), {})
    for spot in holders:
        for name, term in spot.raw["terms"].items():
            yield from _of_term(spot, name, term, course, uses)


def _uses(texts: Iterable[str]) -> Uses:
    return frozenset((one or other, form) for text in texts if "terms" in text for one, other, form in TERM.findall(text))


def _of_term(spot: Spot, name: str, term: Any, course: Mapping[str, Any], uses: Uses) -> Iterator[Problem]:
    at = child(f"{spot.at}/terms", name)
    used = {form for each, form in uses if each == name}
    if not used:
        guess = did_you_mean(name, course.keys() - {name})
        hint = guess if guess.startswith("did") else f"write {{{{ terms.{name} }}}} where it belongs, or leave it out"
        yield warning(f'no text uses the term "{name}"', key_of(at), hint)
        return
    for form in FORMS:
        if form in _forms(term):
            continue
        if form in used:
            message = f'the term "{name}" has no form "{form}" here, so {{{{ terms.{name}.{form} }}}} would be empty'
            yield Problem(message, key_of(at), f"write {name}: {{one: …, many: …, a: …}}")
        elif spot.kind is Audience and form in _forms(course.get(name)):
            yield warning(f'the term "{name}" has no form "{form}" here, as the course’s has', key_of(at), f"add {form}: …")


def _forms(term: Any) -> frozenset[str]:
    return frozenset(key for key, value in term.items() if value) if isinstance(term, Written) else frozenset()
