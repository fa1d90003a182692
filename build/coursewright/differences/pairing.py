"""What belongs together in two lists, in order: the pairs whose likenesses come to most (Needleman and Wunsch 1970)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from .words import WORD

Item = TypeVar("Item")
Pairs = tuple[tuple[int | None, int | None], ...]  # places in the first list and in the second; None where there is nothing


def aligned(a: Sequence[Item], b: Sequence[Item], likeness: Callable[[Item, Item], float]) -> Pairs:
    """Return the places of both lists in pairs, without crossings. A likeness is from 0 (never a pair) to 1."""
    scores = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    alike = [[likeness(x, y) for y in b] for x in a]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            paired = alike[i][j] + scores[i + 1][j + 1] if alike[i][j] else 0.0
            scores[i][j] = max(paired, scores[i + 1][j], scores[i][j + 1])
    return _walked(scores, alike)


def _walked(scores: list[list[float]], alike: list[list[float]]) -> Pairs:
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(scores) - 1 or j < len(scores[0]) - 1:
        if i < len(alike) and j < len(alike[i]) and alike[i][j] and scores[i][j] == alike[i][j] + scores[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif j == len(scores[0]) - 1 or (i < len(scores) - 1 and scores[i][j] == scores[i + 1][j]):
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return tuple(pairs)


def by_key(
    a: Sequence[Item], b: Sequence[Item], key: Callable[[Item], Hashable], may_move: Callable[[Item], bool] = lambda _: True
) -> Pairs:
    """Return the places in pairs of the same key. A pair that stands elsewhere appears at its place in the second list."""
    found = aligned(a, b, lambda x, y: float(key(x) == key(y)))
    left = {key(a[i]): i for i, j in found if i is not None and j is None and may_move(a[i])}
    elsewhere = {j: left[key(b[j])] for i, j in found if i is None and j is not None and may_move(b[j]) and key(b[j]) in left}
    moved = frozenset(elsewhere.values())
    return tuple((elsewhere.get(j, i) if j is not None else i, j) for i, j in found if j is not None or i not in moved)


def has_moved(pairs: Pairs) -> frozenset[int]:
    """Return the places in the second list of what stands elsewhere: the fewest whose removal leaves no crossing."""
    both = [(i, j) for i, j in pairs if i is not None and j is not None]
    kept: list[list[tuple[int, int]]] = []
    for i, j in both:
        best = max((run for run in kept if run[-1][0] < i), key=len, default=[])
        kept.append([*best, (i, j)])
    steady = max(kept, key=len, default=[])
    return frozenset(j for _, j in both) - {j for _, j in steady}


def kinship(a: Counter[str], b: Counter[str]) -> float:
    """Return how many of their words two texts share, from 0 to 1 (Dice 1945)."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def counted(text: str) -> Counter[str]:
    """Return the words of a text with their numbers."""
    return Counter(WORD.findall(text.casefold()))
