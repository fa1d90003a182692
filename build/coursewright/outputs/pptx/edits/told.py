"""What a trainer is told of a merge, in their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter

from ....problems import Problem, warning
from .deck import Deck
from .fates import Fate, Lot, Plan, Seat
from .graft import Grafted
from .prints import sayings

SHOWN = 8  # slides named in one message; more are counted
UNREADABLE = warning(
    "the earlier file could not be read as a presentation, so nothing could be taken over from it",
    hint="if it holds work of yours, open the backup and copy it from there",
)
LOOKS = warning(
    "the slide master, a layout or the slide size was changed in PowerPoint; the brand’s own are used again",
    hint="to keep such a change, save that deck as a template (.potx) and name it as the course’s brand",
)
ARRANGED = warning("your own order of slides and sections is kept; new slides stand behind those they follow in the course")

Numbers = Mapping[Seat, int]  # of slides in the merged deck, from 1

LASTING = {
    Lot.KEPT: ("{} edited in PowerPoint {} kept as edited", "build --overwrite takes the course’s slides instead"),
    Lot.NOTES: ("{} with notes edited in PowerPoint {} kept so", "build --overwrite takes the course’s notes instead"),
    Lot.HIDDEN: ("{} hidden in PowerPoint {} still hidden", ""),
    Lot.ADDED: ("{} added in PowerPoint {} kept", ""),
    Lot.ORPHAN: (
        "{} edited in PowerPoint {} kept, though no longer in the course",
        "what you do not need, delete in PowerPoint; build --overwrite takes the course’s deck as it is",
    ),
    Lot.DELETED: (
        "{} deleted in PowerPoint {} left out",
        "a slide comes back when the course changes what it says, or with build --overwrite",
    ),
}


def lasting(plan: Plan, numbers: Numbers) -> Iterator[Problem]:
    """Yield what holds as long as the edits do."""
    for lot, (message, hint) in LASTING.items():
        fates = [fate for fate in plan.fates if fate.lot is lot and fate.course is None]
        if fates:
            yield warning(f"{_counted(message, len(fates))}: {_named(fates, numbers)}", hint=hint)
    clashes = [(numbers[fate.seat], fate) for fate in plan.fates if fate.course is not None and fate.seat is not None]
    for number, fate in sorted(clashes, key=itemgetter(0)):
        yield _conflict(fate, number)
    if plan.arranged:
        yield ARRANGED


def once(plan: Plan, old: Deck, grafted: Grafted | None, numbers: Numbers) -> Iterator[Problem]:
    """Yield what happened in this merge; nothing was grafted where nothing was kept."""
    back = [fate for fate in plan.fates if fate.lot is Lot.BACK]
    if back:
        message = _counted("{} deleted in PowerPoint {} back, because the course says something else there now", len(back))
        yield warning(f"{message}: {_named(back, numbers)}")
    for seat, design in grafted.brought if grafted else ():
        message = f"slide {numbers[seat]} keeps a design of its own, “{design}”, because the brand has no such layout"
        yield warning(message, hint="choose one of the brand’s layouts for it in PowerPoint, if you like")
    for seat in grafted.unlinked if grafted else ():
        yield warning(f"slide {numbers[seat]} has lost a link, because the slide it led to is no longer in the deck")
    if old.has_own_looks:
        yield LOOKS


def overwritten(plan: Plan) -> Problem:
    """Return what --overwrite has replaced."""
    fates = [fate for fate in plan.fates if fate.lot is not Lot.BACK]
    what = ", ".join(f"“{fate.title}” ({fate.lot.value})" for fate in fates[:SHOWN]) or "the order of slides, or the master"
    return warning(f"--overwrite has replaced what was done in PowerPoint: {what}{_more(fates)}")


def foreign(old: Deck, new: Deck) -> Problem:
    """Return what is said of a deck without stamps, and which of its slides say what the new one does not."""
    known = frozenset(b"\n").union(*(sayings(leaf.root) for leaf in new.leaves))
    other = [(number, leaf.title) for number, leaf in enumerate(old.leaves, 1) if sayings(leaf.root) - known]
    slides = ", ".join(f"{number} “{title}”" for number, title in other[:SHOWN]) + _more(other)
    return warning(
        "the earlier deck was not made here, or another program than PowerPoint has saved it and dropped our marks; the new one "
        + (
            f"replaces it whole. These of its slides say something else: {slides}"
            if other
            else "replaces it, and says all it said"
        ),
        hint="copy what you need from the backup",
    )


def _conflict(fate: Fate, number: int) -> Problem:
    slide = f"slide {number} “{fate.title}”"
    if fate.lot is Lot.NOTES:
        return warning(
            f"the notes of {slide} were edited in PowerPoint and have changed in the course, too; yours are kept",
            hint="build --overwrite takes the course’s notes and slides instead",
        )
    return warning(
        f"{slide} was edited in PowerPoint and has changed in the course, too, where it is “{fate.course}”; yours is kept",
        hint="to take the course’s, delete yours in PowerPoint and build again; build --overwrite takes all of the course’s",
    )


def _counted(message: str, count: int) -> str:
    return message.format(f"{count} slide{'s' if count > 1 else ''}", "are" if count > 1 else "is")


def _named(fates: Sequence[Fate], numbers: Numbers) -> str:
    """Number and title of slides, in the order of the deck; those that are in it no longer come without a number."""
    pairs = sorted((numbers[fate.seat] if fate.seat else 0, fate.title) for fate in fates)
    return ", ".join(f"{number or ''} “{title}”".strip() for number, title in pairs[:SHOWN]) + _more(fates)


def _more(items: Sequence[object]) -> str:
    return f" and {len(items) - SHOWN} more" if len(items) > SHOWN else ""
