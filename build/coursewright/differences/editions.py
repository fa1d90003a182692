"""Two editions side by side: their agendas, what they claim, the stories they tell, and their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from coursewright.model import AgendaItem, Audience, Case, Edition, PlannedModule, PlannedSegment, Term

from .fields import Field, Lens, fields
from .pairing import by_key, has_moved
from .words import Run, marked

Change = Literal["only a", "only b", "minutes", "clock", "moved", "title"]
PAUSES = frozenset({"break", "lunch", "buffer", "open"})  # of these, none is the same as another

# Passed over where words are compared: what the agenda shows, what only the planning knows, and raw variants.
PLANNED = frozenset({"variants", "short", "only", "not_for", "themes", "given", "start", "end", "day", "number", "priority",
                     "bloom", "taught", "practised", "assessed", "segments", "objectives"})  # fmt: skip
TIMES = frozenset({"minutes", "saves"})  # what changes with the segment's length
FRONT = frozenset({"version", "date", "modules", "overnight", "slots", "documents", "schedule", "terms", "brand", "transition"})
PROFILE = frozenset({"id", "name", "label", "people", "table_size", "terms", "vocabulary", "slots", "agendas"})


@dataclass(frozen=True)
class Head:
    """What an edition is, in numbers. ``minutes`` are those of the slot, ``taught`` those of its segments."""

    course: str
    audience: str
    slot: str
    version: str
    minutes: int
    taught: int
    start: str
    end: str
    days: int
    people: int
    tables: int
    segments: int
    objectives: int
    online: bool


@dataclass(frozen=True)
class Time:
    """When something is: ``day`` from 1, a clock time, minutes."""

    day: int
    start: str
    minutes: int


@dataclass(frozen=True)
class Line:
    """A line of both agendas. ``why`` says what became of it where only one side has it."""

    id: str
    title: str
    kind: str
    a: Time | None
    b: Time | None
    changes: frozenset[Change]
    why: str = ""
    other_title: str = ""


@dataclass(frozen=True)
class Claim:
    """An objective that at least one side promises; ``why`` the other does not."""

    id: str
    a: tuple[Run, ...]
    b: tuple[Run, ...]
    why: str = ""

    @property
    def differs(self) -> bool:
        """Whether both sides do not promise the same in the same words."""
        return not (self.a and self.b) or any(run.differs for run in (*self.a, *self.b))


@dataclass(frozen=True)
class Story:
    """A case that at least one side works on, with the segments that do."""

    id: str
    title: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Word:
    """A term with its forms, or a word to use or to avoid, on both sides."""

    name: str
    a: str
    b: str


@dataclass(frozen=True)
class Passage:
    """A part of the course whose words differ. ``terms`` are those fields in which only the audience's own terms do."""

    id: str
    title: str
    fields: tuple[Field, ...]
    terms: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Difference:
    """Everything in which two editions differ; lists hold what differs only, but for the agenda and the objectives."""

    a: Head
    b: Head
    agenda: tuple[Line, ...]
    objectives: tuple[Claim, ...]
    cases: tuple[Story, ...]
    terms: tuple[Word, ...]
    words: tuple[Passage, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the editions say and do the same."""
        lines = any(line.changes for line in self.agenda) or any(claim.differs for claim in self.objectives)
        return not (lines or self.cases or self.terms or self.words) and self.a == self.b


def compare(a: Edition, b: Edition) -> Difference:
    """Return what differs between two editions, whether for two audiences, two lengths or of two versions of a course."""
    return Difference(
        a=_head(a),
        b=_head(b),
        agenda=tuple(_agenda(a, b)),
        objectives=tuple(_objectives(a, b)),
        cases=tuple(_cases(a, b)),
        terms=tuple(_terms(a, b)),
        words=tuple(_words(a, b)),
    )


def _head(edition: Edition) -> Head:
    segments = [segment for module in edition.modules for segment in module.segments]
    return Head(
        course=edition.front.title,
        audience=edition.audience.name,
        slot=edition.slot.title,
        version=edition.front.version,
        minutes=edition.slot.minutes,
        taught=sum(segment.given for segment in segments),
        start=edition.start,
        end=edition.end,
        days=len(edition.days),
        people=edition.people,
        tables=edition.tables,
        segments=len(segments),
        objectives=len(edition.objectives),
        online=edition.online,
    )


# --------------------------------------------------------------------------------------------------- agenda


def _agenda(a: Edition, b: Edition) -> Iterator[Line]:
    """Both agendas in one order, the second's where they differ. Breaks are only paired where they stand alike."""
    pairs = by_key(a.agenda, b.agenda, _name, lambda item: item.kind not in PAUSES)
    moved = has_moved(pairs)
    for i, j in pairs:
        left, right = (None if i is None else a.agenda[i]), (None if j is None else b.agenda[j])
        yield _line(left, right, j in moved, _lost(left, b, a) if right is None else _lost(right, a, b) if left is None else "")


def _name(item: AgendaItem) -> str:
    return item.kind if item.kind in PAUSES else item.id


def _line(a: AgendaItem | None, b: AgendaItem | None, moved: bool, why: str) -> Line:
    shown = b or a
    assert shown is not None
    changes: set[Change] = {"moved"} if moved else set()
    if a is None or b is None:
        changes.add("only b" if a is None else "only a")
    else:
        changes |= {"minutes"} if a.minutes != b.minutes else set()
        changes |= {"clock"} if (a.day, a.start) != (b.day, b.start) else set()
        changes |= {"title"} if a.title != b.title else set()
    other = a.title if a and b and a.title != b.title else ""
    name = "" if shown.kind in PAUSES else shown.id
    return Line(name, shown.title, shown.kind, _time(a), _time(b), frozenset(changes), why, other)


def _time(item: AgendaItem | None) -> Time | None:
    return Time(item.day, item.start, item.minutes) if item else None


def _lost(item: AgendaItem | None, without: Edition, with_it: Edition) -> str:
    """Why an edition does not have what the other one has."""
    if item is None or item.kind in PAUSES:
        return ""
    rule = next((cut.rule for cut in without.receipt.cut if cut.id == item.id), "")
    if rule:
        return f"cut: {rule}"
    another = without.audience.id != with_it.audience.id
    return f"not for {without.audience.name}" if another and without.front.version == with_it.front.version else ""


# ---------------------------------------------------------------------------------------- objectives and cases


def _objectives(a: Edition, b: Edition) -> Iterator[Claim]:
    for i, j in by_key(a.objectives, b.objectives, lambda each: each.id):
        left, right = (a.objectives[i].text if i is not None else ""), (b.objectives[j].text if j is not None else "")
        name = b.objectives[j].id if j is not None else a.objectives[i or 0].id
        if left and right:
            found = marked(left, right)
            yield Claim(name, found.a, found.b)
        else:
            without = a if not left else b
            why = next((each.missing for each in without.receipt.unclaimed if each.id == name), "")
            alone = [(Run(text, True),) if text else () for text in (left, right)]
            yield Claim(name, alone[0], alone[1], why)


def _cases(a: Edition, b: Edition) -> Iterator[Story]:
    used = told(a), told(b)
    known = {**{case.id: case for case in a.cases}, **{case.id: case for case in b.cases}}
    for name in dict.fromkeys((*used[0], *used[1])):
        places = tuple(each.get(name, ()) for each in used)
        found = tuple(_retold(_case(a, name), _case(b, name), a.front.language)) if all(places) else ()
        if found or places[0] != places[1]:
            yield Story(name, known[name].title if name in known else name, places[0], places[1], found)


def told(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """Return the cases an edition works on, by id, each with the segments whose slides show it."""
    found: dict[str, tuple[str, ...]] = {}
    for module in edition.modules:
        for segment in module.segments:
            for slide in segment.slides:
                if slide.kind == "case" and segment.id not in found.get(slide.case, ()):
                    found[slide.case] = (*found.get(slide.case, ()), segment.id)
    return found


def _case(edition: Edition, name: str) -> Case | None:
    return next((case for case in edition.cases if case.id == name), None)


def _retold(a: Case | None, b: Case | None, language: str) -> Iterator[Field]:
    return fields(a, b, Lens(PLANNED, language))


# ----------------------------------------------------------------------------------------------------- words


def _terms(a: Edition, b: Edition) -> Iterator[Word]:
    left, right = _spoken(a), _spoken(b)
    for name in dict.fromkeys((*left, *right)):
        pair = tuple(_forms(each.get(name)) for each in (left, right))
        if pair[0] != pair[1]:
            yield Word(name.replace("_", " "), *pair)
    for name in ("use", "avoid"):
        one, other = getattr(a.audience.vocabulary, name), getattr(b.audience.vocabulary, name)
        if set(one) != set(other):
            lists = (", ".join(word for word in each if word not in rest) for each, rest in ((one, other), (other, one)))
            yield Word(f"words to {name}", *lists)


def _spoken(edition: Edition) -> Mapping[str, Term]:
    return {**edition.front.terms, **edition.audience.terms}


def _forms(term: Term | None) -> str:
    return ", ".join(dict.fromkeys(each for each in (term.one, term.many, term.a) if each)) if term else ""


def _swaps(a: Edition, b: Edition) -> frozenset[tuple[str, str]]:
    """What may stand for what because the audiences have other terms, in small letters."""
    left, right = _spoken(a), _spoken(b)
    both = [(left[name], right[name]) for name in left if name in right]
    forms = ((one, other) for x, y in both for one, other in zip(_each(x), _each(y), strict=True))
    return frozenset((one.casefold(), other.casefold()) for one, other in forms)


def _each(term: Term) -> tuple[str, str, str]:
    return term.one, term.many, term.a


def _words(a: Edition, b: Edition) -> Iterator[Passage]:
    swaps, language = _swaps(a, b), b.front.language
    yield from _passage("", "The course", fields(a.front, b.front, Lens(FRONT | PLANNED, language)), swaps)
    yield from _passage("", "The audience", _profiles(a.audience, b.audience, language), swaps)
    for i, j in by_key(a.modules, b.modules, lambda module: module.id):
        if i is not None and j is not None:
            yield from _module(a.modules[i], b.modules[j], language, swaps)


def _profiles(a: Audience, b: Audience, language: str) -> Iterator[Field]:
    return fields(a, b, Lens(PROFILE, language))


def _module(a: PlannedModule, b: PlannedModule, language: str, swaps: frozenset[tuple[str, str]]) -> Iterator[Passage]:
    yield from _passage(b.id, b.title, fields(a, b, Lens(PLANNED, language)), swaps)
    for i, j in by_key(a.segments, b.segments, lambda segment: segment.id):
        if i is not None and j is not None:
            found = _segment(a.segments[i], b.segments[j], language)
            yield from _passage(b.segments[j].id, b.segments[j].title, found, swaps)


def _segment(a: PlannedSegment, b: PlannedSegment, language: str) -> Iterator[Field]:
    """What a segment says otherwise; its minutes follow from the agenda's unless those are the same."""
    return fields(a, b, Lens(PLANNED if a.given == b.given else PLANNED | TIMES, language))


def _passage(name: str, title: str, found: Iterator[Field], swaps: frozenset[tuple[str, str]]) -> Iterator[Passage]:
    everything = tuple(found)
    terms = tuple(each for each in everything if _is_term(each, swaps))
    if everything:
        yield Passage(name, title, tuple(each for each in everything if each not in terms), terms)


def _is_term(found: Field, swaps: frozenset[tuple[str, str]]) -> bool:
    """Whether a field differs in nothing but the audience's own terms."""
    return bool(found.swaps) and all((a.casefold(), b.casefold()) in swaps for a, b in found.swaps)
