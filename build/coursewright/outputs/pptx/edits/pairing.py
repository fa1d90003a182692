"""Which slide of the earlier deck is which of the new one. Pure: knows stamps, not slides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from .stamp import Stamp

Key = Callable[[Stamp], Hashable]

# From the surest to the weakest. Where a slide was put in before others of its kind, or a segment was given another id,
# the numbers in identities have shifted: then what a slide says tells more than what it is called.
KEYS: tuple[Key, ...] = (
    lambda stamp: (stamp.identity, stamp.prints.core),
    lambda stamp: (stamp.kind, stamp.prints.core),
    lambda stamp: (stamp.identity, stamp.title.casefold()),
    lambda stamp: (stamp.kind, stamp.title.casefold()),
    lambda stamp: (stamp.kind.partition("/")[2], stamp.prints.core),
    lambda stamp: stamp.identity,
)


def pair(old: Sequence[Stamp], new: Sequence[Stamp]) -> dict[int, int]:
    """Return, by its place in ``new``, each slide's place in ``old``; a slide found nowhere is left out."""
    found: dict[int, int] = {}
    left = set(range(len(old)))
    for key in KEYS:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in sorted(left, reverse=True):
            waiting[key(old[at])].append(at)
        for at, stamp in enumerate(new):
            if at not in found and waiting.get(key(stamp)):
                found[at] = waiting[key(stamp)].pop()
                left.discard(found[at])
    return found
