"""Two finished files, page by page or slide by slide: which are the same, which are to be printed or replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .pairing import Pairs, aligned, counted, kinship

Verdict = Literal["same", "running", "notes", "changed", "new", "gone"]
KIN = 0.25  # pages that share fewer of their words are no two states of one page


@dataclass(frozen=True)
class Face:
    """A page or slide by what shows on it.

    ``body`` is the fingerprint of all but the running lines (footer and number), ``whole`` that with them, ``notes`` the
    speaker notes'. ``name`` is what people know it by; ``identity`` is what a slide is known by from build to build.
    """

    number: int
    name: str
    text: str
    body: str
    whole: str
    notes: str = ""
    identity: str = ""

    @cached_property
    def words(self) -> Counter[str]:
        """The words on it, with their numbers."""
        return counted(self.text)


@dataclass(frozen=True)
class Pair:
    """A page in both files; 0 is the number of one that is not there.

    ``running`` means that only footer or page number differ, ``notes`` that only the speaker notes do.
    """

    a: int
    b: int
    name: str
    verdict: Verdict


@dataclass(frozen=True)
class DocumentDifference:
    """A document of both sides. ``missing`` says which side has none, and why; then there are no pairs."""

    name: str
    a: int
    b: int
    pairs: tuple[Pair, ...] = ()
    missing: str = ""

    @property
    def unit(self) -> str:
        """What it consists of."""
        return {"pptx": "slide", "pdf": "page"}.get(self.name.rpartition(".")[2], "file")

    @property
    def is_same(self) -> bool:
        """Whether nothing in it differs."""
        return not self.missing and self.a == self.b and all(pair.verdict == "same" and pair.a == pair.b for pair in self.pairs)

    def of(self, *verdicts: Verdict) -> tuple[Pair, ...]:
        """Return the pairs of these kinds."""
        return tuple(pair for pair in self.pairs if pair.verdict in verdicts)

    @property
    def listed(self) -> tuple[Pair, ...]:
        """The pairs in which something differs that participants see, in order."""
        return self.of("changed", "new", "gone")

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What differs, in words, with the numbers it is about."""
        moved = tuple(pair for pair in self.of("same", "running") if pair.a != pair.b)
        footers = tuple(pair for pair in self.of("running") if pair.a == pair.b)
        found = {
            "changed": self.of("changed"),
            "new": self.of("new"),
            "taken out": self.of("gone"),
            "only the notes": self.of("notes"),
            "the same under another number": moved,
            "only the footer": footers,
        }
        return tuple((what, numbers(pairs)) for what, pairs in found.items() if pairs)


def numbers(pairs: Sequence[Pair]) -> str:
    """Return the numbers of pages as they are read: "5, 7–9", or "6–8 → 7–9" where they have new ones."""
    runs: list[list[Pair]] = []
    for pair in pairs:
        follows = runs and all(now == before + bool(now) for now, before in zip(_ends(pair), _ends(runs[-1][-1]), strict=True))
        if follows:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return ", ".join(_span(run[0], run[-1]) for run in runs)


def _ends(pair: Pair) -> tuple[int, int]:
    return pair.a, pair.b


def _span(first: Pair, last: Pair) -> str:
    old, new = (str(x) if x == y else f"{x}–{y}" for x, y in ((first.a, last.a), (first.b, last.b)))
    if not first.a or not first.b or old == new:
        return new if first.b else old
    return f"{old} → {new}"


def compare_faces(name: str, a: Sequence[Face], b: Sequence[Face]) -> DocumentDifference:
    """Return what differs between two files of one document."""
    pairs = _by_identity(a, b) if all(face.identity for face in (*a, *b)) else _by_words(a, b)
    return DocumentDifference(name, len(a), len(b), tuple(_judged(a, b, pairs)))


def _judged(a: Sequence[Face], b: Sequence[Face], pairs: Pairs) -> Iterable[Pair]:
    for i, j in pairs:
        if i is None and j is not None:
            yield Pair(0, b[j].number, b[j].name, "new")
        elif j is None and i is not None:
            yield Pair(a[i].number, 0, a[i].name, "gone")
        elif i is not None and j is not None:
            yield Pair(a[i].number, b[j].number, b[j].name, _verdict(a[i], b[j]))


def _verdict(a: Face, b: Face) -> Verdict:
    if a.body != b.body:
        return "changed"
    if a.notes != b.notes:
        return "notes"
    return "same" if a.whole == b.whole else "running"


def _by_words(a: Sequence[Face], b: Sequence[Face]) -> Pairs:
    """Pages in pairs: the same ones first from both ends, those between by what they say."""
    start = _common(a, b)
    end = _common(a[start:][::-1], b[start:][::-1])
    middle = aligned(a[start : len(a) - end], b[start : len(b) - end], _likeness)
    inner = ((i if i is None else i + start, j if j is None else j + start) for i, j in middle)
    tail = ((len(a) - end + each, len(b) - end + each) for each in range(end))
    return (*((each, each) for each in range(start)), *inner, *tail)


def _common(a: Sequence[Face], b: Sequence[Face]) -> int:
    """How many pages are the same from the start."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((at for at, (x, y) in pairs if x.body != y.body), min(len(a), len(b)))


def _likeness(a: Face, b: Face) -> float:
    if a.body == b.body:
        return 1.0
    kin = 0.99 * kinship(a.words, b.words)
    return kin if kin >= KIN else 0.0


def _by_identity(a: Sequence[Face], b: Sequence[Face]) -> Pairs:
    """Slides in pairs by what they were built as; one that is the same under another identity is found, too."""
    left, right = _named(a), _named(b)
    pairs = {right[name]: left[name] for name in right if name in left}
    free = {face.body: i for i, face in enumerate(a) if i not in pairs.values()}
    pairs |= {j: free.pop(face.body) for j, face in enumerate(b) if j not in pairs and face.body in free}
    gone = {i: (i, None) for i in range(len(a)) if i not in pairs.values()}
    found: list[tuple[int | None, int | None]] = []
    for j in range(len(b)):
        before = [i for i in gone if i < pairs.get(j, -1)]
        found += [*(gone.pop(i) for i in before), (pairs.get(j), j)]
    return (*found, *gone.values())


def _named(faces: Sequence[Face]) -> dict[str, int]:
    return {face.identity: at for at, face in enumerate(faces)}
