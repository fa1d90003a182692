"""A finished file as it is audited: its sheets, and what of the edition stands on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from coursewright.finished import Sheet
from coursewright.outputs import Claim
from coursewright.problems import Problem, Severity
from coursewright.squashing import squashed

CUT = 12  # letters and digits of a sentence that stand before a page's end at least
REST = 6  # and of its end on the next one
CHANCE = 2  # how many may only seem to go on: a foot may begin as the rest of the sentence does
FOOT = 200  # letters and digits that may follow on the page where the sentence breaks off

Finding = tuple[str, Problem]  # the name of the file, and what is wrong in it


@dataclass(frozen=True)
class Audited:
    """A file of an edition. ``is_edited`` is whether somebody's own work is in it."""

    name: str
    reader: str
    sheets: tuple[Sheet, ...]
    claims: tuple[Claim, ...] = ()
    is_edited: bool = False

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The words of each sheet, with its notes, squashed."""
        return tuple(squashed(f"{sheet.text}\n{sheet.notes}") for sheet in self.sheets)

    @cached_property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        """Id, without regard to case → the numbers of the sheets it stands on."""
        found: dict[str, tuple[int, ...]] = {}
        for sheet in self.sheets:
            for part in sheet.parts:
                found[part] = (*found.get(part, ()), sheet.number)
        return found

    def of(self, part: str) -> tuple[int, ...]:
        """Return the numbers of the sheets that an id stands on."""
        return self.numbers.get(part.casefold(), ())

    def text(self, numbers: Iterable[int] | None = None) -> str:
        """Return the squashed words of some sheets, or of all."""
        return "\0".join(self.texts if numbers is None else (self.texts[number - 1] for number in numbers))

    def where(self, numbers: Collection[int] = ()) -> str:
        """Return how a message names sheets of this file: “deck.pptx, slide 7”."""
        unit = "slide" if self.name.endswith(".pptx") else "page"
        if not numbers or len(self.sheets) == 1:
            return self.name
        first, last = min(numbers), max(numbers)
        return f"{self.name}, {unit} {first}" if first == last else f"{self.name}, {unit}s {first} to {last}"

    def finding(self, numbers: Collection[int], message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
        """Return what is wrong on some sheets."""
        return self.name, Problem(message, self.where(numbers), hint, severity)


def stands(needle: str, text: str) -> bool:
    """Return whether squashed words stand in the text of sheets, one of which may go on where the other ends."""
    return find(needle, text, 0) >= 0


def find(needle: str, text: str, start: int) -> int:
    """Return where squashed words begin in the text of sheets, from a place on; -1 if they do not."""
    found = text.find(needle, start)
    return found if found >= 0 else next(_over_the_edge(needle, text, start), -1)


def _over_the_edge(needle: str, text: str, start: int) -> Iterator[int]:
    """Yield where a sentence begins that goes on on the next sheet; between its halves there may be feet and heads."""
    at = text.find(needle[:CUT], start) if len(needle) > CUT else -1
    while at >= 0:
        here, _, after = text[at:].partition("\0")
        same = next((size for size, (one, other) in enumerate(zip(needle, here, strict=False)) if one != other), len(here))
        if len(here) - same <= FOOT and _goes_on(needle, same, after.partition("\0")[0]):
            yield at
        at = text.find(needle[:CUT], at + 1)


def _goes_on(needle: str, same: int, following: str) -> bool:
    """Return whether what is left of a sentence, of which so much stood on the page before, stands on the next one."""
    least = max(same - CHANCE, CUT)
    return any(needle[size:] in following for size in range(least, min(same, len(needle) - REST) + 1))
