"""What differs within a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"(?:\w+(?:[’'-]\w+)*|[^\w\s])\s*")
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
KINSHIP = 0.4  # texts less alike than this are marked as a whole: marks in every line are confetti, no comparison
ISLAND = 1  # so few words between two changes are marked with them
AROUND = 9  # words shown before and after a change where a text is clipped
GAP = "…"


@dataclass(frozen=True)
class Run:
    """A stretch of a text that is the same on both sides, or is not."""

    text: str
    differs: bool = False


@dataclass(frozen=True)
class Marked:
    """Two texts in runs. ``swaps`` are what stands for what, where they differ."""

    a: tuple[Run, ...]
    b: tuple[Run, ...]
    swaps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Block:
    a: str
    b: str
    differs: bool


def marked(a: str, b: str) -> Marked:
    """Return both texts with what differs marked in whole words; all of it where hardly anything is the same."""
    blocks = _joined(_blocks(TOKEN.findall(a.strip()), TOKEN.findall(b.strip())))
    left = tuple(_runs((block.a, block.differs) for block in blocks))
    right = tuple(_runs((block.b, block.differs) for block in blocks))
    return Marked(left, right, tuple((block.a.strip(), block.b.strip()) for block in blocks if block.differs))


def clipped(runs: Sequence[Run], around: int = AROUND) -> tuple[Run, ...]:
    """Return the runs with what is the same on both sides cut down to so many words beside each change."""
    last = len(runs) - 1
    return tuple(run if run.differs else Run(_cut(run.text, around, at > 0, at < last)) for at, run in enumerate(runs))


def _blocks(a: list[str], b: list[str]) -> list[_Block]:
    matcher = SequenceMatcher(None, [each.strip() for each in a], [each.strip() for each in b], autojunk=False)
    if matcher.ratio() < KINSHIP:
        return [_Block("".join(a), "".join(b), True)]
    return [_Block("".join(a[i:j]), "".join(b[k:m]), kind != "equal") for kind, i, j, k, m in matcher.get_opcodes()]


def _joined(blocks: list[_Block]) -> list[_Block]:
    """The blocks, with small islands between two changes marked as they are."""
    found: list[_Block] = []
    for at, block in enumerate(blocks):
        is_island = 0 < at < len(blocks) - 1 and len(WORD.findall(block.a)) <= ISLAND
        differs = block.differs or is_island
        if found and differs and found[-1].differs:
            found[-1] = _Block(found[-1].a + block.a, found[-1].b + block.b, True)
        else:
            found.append(_Block(block.a, block.b, differs))
    return found


def _runs(pieces: Iterable[tuple[str, bool]]) -> Iterator[Run]:
    """The pieces as runs; spaces at the ends of a change are not marked."""
    text = ""
    for piece, differs in pieces:
        if not differs:
            text += piece
            continue
        edges = EDGES.fullmatch(piece)
        before, inside, after = edges.groups() if edges else ("", piece, "")
        text += before
        if inside:
            yield from (Run(text),) if text else ()
            yield Run(inside, True)
            text = ""
        text += after
    if text:
        yield Run(text)


def _cut(text: str, around: int, after: bool, before: bool) -> str:
    """A stretch with its middle left out, or what is far from the change before or after which it stands."""
    found = list(WORD.finditer(text))
    if not after and not before:
        return text
    if len(found) <= around * (after + before) + 2:
        return text
    head = text[: found[around - 1].end()] + " " if after else ""
    tail = " " + text[found[-around].start() :] if before else ""
    return f"{head}{GAP}{tail}"
