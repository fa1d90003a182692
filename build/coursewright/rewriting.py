"""Writing over a file that somebody may have worked on: decks are merged, backed up, and left alone while they are open."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from .files import replace_file
from .outputs import Made
from .problems import Broken, Problem

if TYPE_CHECKING:
    from .outputs.pptx.edits import Kept

LOCKS = ("~${}", ".~lock.{}#")  # beside an open file: PowerPoint's owner file, LibreOffice's


@dataclass(frozen=True)
class Settled:
    """A file as it is to be written. ``events`` are problems told once; ``is_edited`` is whether it holds a trainer's work."""

    made: Made
    events: tuple[Problem, ...] = ()
    kept: tuple[Kept, ...] = ()
    is_edited: bool = False
    needs_backup: bool = False


def settled(path: Path, made: Made, built: str, *, overwrite: bool) -> Settled:
    """Return the deck to write at ``path``: the one made, with what was edited in the one that stands there.

    ``built`` is the hash of the file as the last build wrote it, "" if that is not known or held edits. With ``overwrite``
    nothing is taken over.
    """
    if not path.is_file():
        return Settled(made)
    old = path.read_bytes()
    if old == made.content or hashlib.sha256(old).hexdigest() == built:
        return Settled(made)
    from .outputs.pptx import edits

    merged = edits.merge(old, made.content, overwrite=overwrite)
    places = made.places if merged.numbers is None else _moved(made.places, merged.numbers)
    taken = Made(merged.content, (*made.problems, *merged.problems), places, merged.count, made.claims)
    return Settled(taken, merged.events, merged.kept, merged.content != made.content, merged.is_edited)


def _moved(places: Mapping[str, tuple[int, ...]], numbers: Mapping[int, int]) -> dict[str, tuple[int, ...]]:
    """The places of a merged deck; what has no slide any more has no place."""
    found = {name: tuple(sorted(numbers[each] for each in old if each in numbers)) for name, old in places.items()}
    return {name: new for name, new in found.items() if new}


def write(path: Path, content: bytes, *, backup: bool = False) -> str:
    """Put a file in its place, unless it is there already. Return the name of the backup that was made of an earlier one.

    Raises Broken while another program has the earlier one open: what is saved there later would undo this one.
    """
    old = path.read_bytes() if path.is_file() else None
    if old == content:
        return ""
    if old is not None and any(path.with_name(lock.format(path.name)).exists() for lock in LOCKS):
        raise Broken([_open(path)])
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        made = _backed_up(path, old) if backup and old is not None else ""
        replace_file(path, content)
    except PermissionError as error:  # Windows refuses to replace an open file
        raise Broken([_open(path)]) from error
    return made


def _open(path: Path) -> Problem:
    return Problem(
        f"{path.name} is open in another program, so it was left as it is",
        hint=f"save and close it, then build again (if it is not open, delete {LOCKS[0].format(path.name)} beside it)",
    )


def _backed_up(path: Path, old: bytes) -> str:
    """Keep the old file beside the new one; nothing to do where an earlier backup holds the same work."""
    from .outputs.pptx.edits import traces

    marks = traces(old)
    for name in _names(path):
        backup = path.with_name(name)
        if not backup.exists():
            replace_file(backup, old)
            return name
        if marks <= traces(backup.read_bytes()):
            return ""
    raise AssertionError("names never end")


def _names(path: Path) -> Iterator[str]:
    """``deck.bak.pptx``, ``deck.bak-2.pptx`` and so on."""
    yield f"{path.stem}.bak{path.suffix}"
    yield from (f"{path.stem}.bak-{number}{path.suffix}" for number in count(2))
