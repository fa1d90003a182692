"""What of a deck is a trainer's work, as marks to compare: a backup that has them all need not be made again."""

from __future__ import annotations

from collections.abc import Iterator

from .charts import digest
from .deck import Deck, Leaf, Unreadable, read
from .plan import has_own_sections, is_moved, originals
from .prints import Prints
from .shows import shows
from .stamp import NONE, shared_looks


def traces(data: bytes) -> frozenset[str]:
    """Return a mark for each edit that a deck holds; of a file that is no deck of ours, one for all of it."""
    try:
        deck = read(data)
    except Unreadable:
        return frozenset({digest(data)})
    if deck.stamp is None:
        return frozenset({digest(data)})
    return frozenset(_traces(deck))


def _traces(deck: Deck) -> Iterator[str]:
    known = originals(deck.leaves)
    for at, leaf in enumerate(deck.leaves):
        yield from _of_slide(leaf, leaf.stamp.prints if leaf.stamp and at in known else NONE)
    stamps = deck.stamp.slides if deck.stamp else ()
    present = {stamp.identity for at in known if (stamp := deck.leaves[at].stamp)}
    yield from (f"deleted {stamp.identity}" for stamp in stamps if stamp.identity not in present)
    if is_moved(deck, known):
        yield f"order {digest(repr([leaf.title for leaf in deck.leaves]).encode())}"
    yield from _of_deck(deck)


def _of_slide(leaf: Leaf, base: Prints) -> Iterator[str]:
    if leaf.prints.face != base.face:
        yield f"face {leaf.prints.face}"
    if leaf.prints.notes != base.notes:
        yield f"notes {leaf.prints.notes}"
    if leaf.hidden:
        yield f"hidden {leaf.title}"


def _of_deck(deck: Deck) -> Iterator[str]:
    if has_own_sections(deck):
        yield f"sections {deck.sections}"
    if deck.has_own_looks:
        yield f"looks {shared_looks(deck.presentation)}"
    names = {leaf.part: leaf.title for leaf in deck.leaves}
    for name, parts in shows(deck.presentation).items():
        yield f"show {name}: {[names.get(part, '') for part in parts]}"
