"""Which layout of a template plays which role, and why: pure geometry, kinds and names.

In this order: the brand's mapping file; our own names (the default brand's layouts are called after the roles); the
layout's ``type``, which does not depend on language; its name in two dozen languages; the kinds, sizes and order of its
placeholders. A layout that cannot do the job (no title, a title set vertically, no room for content) is passed over.
Roles nobody plays are left out: the writer then draws the arrangement on a layout that has a title and room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ...problems import Place as FilePlace
from ...problems import Problem, did_you_mean
from . import names
from .area import largest
from .reading import Facts, Place

TYPES = {  # ST_SlideLayoutType (ECMA-376 part 1, 19.7.15) → role
    "title": "cover",
    "obj": "content",
    "tx": "content",
    "secHead": "section",
    "twoObj": "two-content",
    "twoColTx": "two-content",
    "twoTxTwoObj": "comparison",
    "titleOnly": "title-only",
    "blank": "blank",
    "picTx": "picture",
    "tbl": "table",
    "chart": "chart",
}
STANDARD = (
    "cover",
    "section",
    "content",
    "two-content",
    "comparison",
    "title-only",
    "picture",
    "table",
    "chart",
    "statement",
    "blank",
)
OWN = frozenset({"agenda", "diagram", "activity", "timer", "case", "options", "answers", "columns", "rows", "closing"})
OWN_WITH_SLOTS = OWN - {"agenda", "closing"}  # what no other brand has
OWN_SLOTS = frozenset({
    "label", "body", "left", "details", "row-1", "option-1", "steps", "drawing", "table", "picture", "question", "agenda",
    "chart",
})  # fmt: skip
MAIN = ("content", "title-only", "two-content", "comparison", "picture", "table", "chart")  # all from one master
BIG = 0.18  # of the slide: the least room for content
HALF = 0.10  # of the slide: the least room for one of two columns
STRIP = 0.12  # of the slide's height: a place lower than that holds a line or two
WORDY = 0.02  # of the slide: words of the brand's own that take more room would stand below ours


@dataclass(frozen=True)
class Assigned:
    """What a mapping file says of a role: the layout's number, and the idx of slots it names."""

    layout: int
    slots: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Wish:
    """A line of a mapping file: which layout (its name, or its number from 1) plays a role, and which idx its slots have."""

    role: str
    layout: str | int
    slots: Mapping[str, int] = field(default_factory=dict)
    where: FilePlace | str = ""


@dataclass(frozen=True)
class BrandMapping:
    """What a mapping file says. ``logo`` names a picture of the template that print shows, too."""

    wishes: tuple[Wish, ...] = ()
    logo: str = ""
    logo_at: FilePlace | str = ""


def assigned(wishes: Sequence[Wish], layouts: Sequence[Facts]) -> tuple[dict[str, Assigned], tuple[Problem, ...]]:
    """Return the wishes with layouts and placeholders found, and a problem for each that names what is not there."""
    found: dict[str, Assigned] = {}
    problems: list[Problem] = []
    for wish in wishes:
        number = _number(wish.layout, layouts)
        if number is None:
            hint = did_you_mean(str(wish.layout), (facts.name for facts in layouts))
            problems.append(Problem(f'the brand has no layout "{wish.layout}"', wish.where, hint))
            continue
        known = {place.idx for place in layouts[number].places}
        for name, idx in wish.slots.items():
            if idx not in known:
                hint = "it has " + ", ".join(map(str, sorted(known)))
                problems.append(Problem(f'layout "{layouts[number].name}" has no placeholder {idx} for {name}', wish.where, hint))
        found[wish.role] = Assigned(number, {name: idx for name, idx in wish.slots.items() if idx in known})
    return found, tuple(problems)


def _number(layout: str | int, layouts: Sequence[Facts]) -> int | None:
    """A layout's index: by its number from 1, else by name (the first of that name). A name in quotes is no number."""
    if isinstance(layout, int) and 1 <= layout <= len(layouts):
        return layout - 1
    names = [facts.name for facts in layouts]
    return names.index(str(layout)) if str(layout) in names else None


@dataclass(frozen=True)
class Choice:
    """A layout in a role: ``why`` in words, ``slots`` → the places that take them (not the title)."""

    facts: Facts
    why: str
    slots: Mapping[str, Place]


def resolve(layouts: Sequence[Facts], mapping: Mapping[str, Assigned] | None = None) -> dict[str, Choice]:
    """Return the layout of each role that the template has one for."""
    chosen = {role: _mapped(role, layouts[each.layout], each) for role, each in (mapping or {}).items()}
    claims = [(facts, role, why, rank) for facts in layouts for role, why, rank in _claims(facts)]
    main = _main_master(claims, len(layouts))
    for rank in range(4):
        for facts, role, why, its in claims:
            if its == rank and role not in chosen and (facts.master == main or role not in MAIN) and suits(facts, role):
                chosen[role] = Choice(facts, why, slots(facts, role))
    return chosen


def _mapped(role: str, facts: Facts, assigned: Assigned) -> Choice:
    """A layout as the mapping file gives it a role. Slots it does not name are found as for any other layout."""
    by_idx = {place.idx: place for place in (*facts.places, *facts.content)}
    named = {name: by_idx[idx] for name, idx in assigned.slots.items() if name != "title"}
    usual = slots(facts, role if suits(facts, role) else "content")
    return Choice(facts, "the mapping file says so", named if assigned.slots else usual)


def _claims(facts: Facts) -> Iterator[tuple[str, str, int]]:
    """Yield the roles a layout may play: role, reason, rank (0 is the strongest)."""
    own = facts.name.strip().lower().replace(" ", "-")
    if own:
        yield own, "it is called so", 0
    if facts.type in TYPES:
        yield TYPES[facts.type], f"its type is {facts.type}", 1
    if role := names.role(facts.name):
        yield role, "its name says so", 2
    if role := signature(facts):
        yield role, "its placeholders say so", 3


def _main_master(claims: Sequence[tuple[Facts, str, str, int]], count: int) -> int:
    """The master with the most roles of content; the first of equals."""
    roles: dict[int, set[str]] = {}
    for facts, role, _, _ in claims:
        if role in MAIN and suits(facts, role):
            roles.setdefault(facts.master, set()).add(role)
    return max(sorted(roles), key=lambda master: len(roles[master]), default=0)


# --------------------------------------------------------------------------------------------------- what it can


def signature(facts: Facts) -> str:
    """Return the role that a layout's placeholders alone speak for, "" for none."""
    kinds = {place.kind for place in facts.places}
    columns = _columns(facts)
    big = [place for place in facts.content if _share(facts, place) >= BIG]
    if "ctrTitle" in kinds or ("subTitle" in kinds and facts.title):
        return "cover"
    if not facts.title:
        return "" if facts.content else "blank"
    if "pic" in kinds and len(big) <= 1:
        return "picture"
    if len(columns) == 2:
        return "comparison" if len(facts.content) >= 4 else "two-content"
    if len(big) == 1:
        return "content"
    return "" if big else "title-only"


def suits(facts: Facts, role: str) -> bool:
    """Whether a layout can do what a role asks."""
    if any(place.vertical for place in facts.places):
        return False
    if OWN_SLOTS & {place.name for place in facts.content}:
        return True
    if role in OWN_WITH_SLOTS:
        return False  # called like one of ours by chance
    big = [place for place in facts.content if _share(facts, place) >= BIG and place.kind != "pic"]
    titled = facts.title is not None
    needs = {
        "content": titled and bool(big),
        "agenda": titled and bool(big),
        "table": titled and bool(big),
        "chart": titled and bool(big),
        "two-content": titled and len(_columns(facts)) == 2,
        "comparison": titled and len(_columns(facts)) == 2 and len(facts.content) >= 4,
        "picture": _titled_across(facts) and any(place.kind == "pic" for place in facts.content),
        "statement": titled and bool(facts.content),
        "closing": titled and bool(big),
        "blank": True,
    }
    return needs.get(role, titled or not _wordy(facts)) and not (role in ("closing", "statement", "agenda") and _wordy(facts))


def _titled_across(facts: Facts) -> bool:
    """Whether the title has a line across the top. PowerPoint's own picture layout sets it small, beside or below."""
    title = facts.title
    return title is not None and title.rect.width > facts.size[0] / 2 and title.rect.y < facts.size[1] / 4


def _wordy(facts: Facts) -> bool:
    """Whether the layout shows words of its own where ours would go, such as “Title, no more than two lines”."""
    whole = facts.size[0] * facts.size[1]
    return any(each.words and each.rect.size > WORDY * whole for each in facts.fixtures)


def _share(facts: Facts, place: Place) -> float:
    return place.rect.size / (facts.size[0] * facts.size[1])


def _columns(facts: Facts) -> list[Place]:
    """The two large places that stand side by side, left first; none where there are not exactly two."""
    large = [place for place in facts.content if _share(facts, place) >= HALF and place.kind != "pic"]
    large.sort(key=lambda place: place.rect.x)
    if len(large) == 2 and large[0].rect.right <= large[1].rect.x + large[1].rect.width // 10:
        return large
    return []


# -------------------------------------------------------------------------------------------------- slot names


def slots(facts: Facts, role: str) -> dict[str, Place]:
    """Return the places of a layout under the names that templates use. Our own brand's are called so already."""
    own = {place.name: place for place in facts.content}
    if OWN_SLOTS & own.keys():
        return own
    return {**label(facts), **_named(facts, role)}


def _named(facts: Facts, role: str) -> dict[str, Place]:
    texts = sorted((place for place in facts.content if place.kind != "pic"), key=lambda place: (place.rect.y, place.rect.x))
    match role:
        case "cover":
            return _cover(facts, texts)
        case "two-content":
            return dict(zip(("left", "right"), _columns(facts), strict=False))
        case "comparison":
            return _comparison(facts)
        case "picture":
            picture = largest(place for place in facts.content if place.kind == "pic")
            caption = largest(texts)
            return {**({"picture": picture} if picture else {}), **({"caption": caption} if caption else {})}
    place = largest(texts)
    name = {"statement": "question", "agenda": "agenda", "table": "table", "chart": "chart"}.get(role, "body")
    return {name: place} if place else {}


def label(facts: Facts) -> dict[str, Place]:
    """A line above the title, which some brands have for a chapter's name."""
    if facts.title is None:
        return {}
    top, height = facts.title.rect.y, facts.size[1]
    above = (
        place for place in facts.content if place.rect.bottom <= top + height // 50 and place.rect.height < STRIP * height / 2
    )
    place = next((place for place in above if place.rect.width > facts.size[0] / 4), None)
    return {"label": place} if place else {}


def _cover(facts: Facts, texts: Sequence[Place]) -> dict[str, Place]:
    """The subtitle, and below it room for whom the course is and its date."""
    subtitle = next((place for place in texts if place.kind == "subTitle"), next(iter(texts), None))
    if subtitle is None:
        return {}
    rest = [place for place in texts if place is not subtitle and place.rect.width > facts.size[0] / 5]
    details = next(iter(rest), None)
    return {"subtitle": subtitle, **({"details": details} if details else {})}


def _comparison(facts: Facts) -> dict[str, Place]:
    left, right = _columns(facts)
    heads = {}
    for name, column in (("left-title", left), ("right-title", right)):
        above = [place for place in facts.content if place.rect.bottom <= column.rect.y + column.rect.height // 10]
        heads[name] = min(above, key=lambda place: abs(place.rect.x - column.rect.x), default=column)
    return {"left-title": heads["left-title"], "left": left, "right-title": heads["right-title"], "right": right}
