"""Numbers of pages and slides in one file against where things stand in another, as both are read back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coursewright.outputs import Claim
from coursewright.render import ranges
from coursewright.squashing import squashed

from .files import Audited, Finding

EDGES = re.compile(r"^\W+|\W+$")
LONG = 5  # letters and digits of a word that may be broken over two lines and is looked for in the run of all words

AGAIN = "build the documents together: without --documents, every number is found anew"


def references(files: Sequence[Audited]) -> Iterator[Finding]:
    """Yield each number that leads a reader astray, and each that is not where its page was said to show it."""
    known = {file.name: file for file in files}
    for file in files:
        for claim in file.claims:
            if target := known.get(claim.document):
                yield from _compared(file, claim, target)


def _compared(file: Audited, claim: Claim, target: Audited) -> Iterator[Finding]:
    here = next((found for name in claim.at if (found := file.of(name))), tuple(sheet.number for sheet in file.sheets))
    shown, true = claim.numbers, target.of(claim.part)
    if not true:
        message = f"“{claim.text}” points to {claim.part} in {target.name}, which is not there"
        yield file.finding(here, message, AGAIN)
    elif not _agree(shown, true, whole=target.name.endswith(".pptx")):
        unit = "slide" if target.name.endswith(".pptx") else "page"
        goal = f"{unit} {ranges(shown)} of {target.name} for {claim.part}"
        yield file.finding(here, f"“{claim.text}” sends readers to {goal}, which is on {ranges(true)}", AGAIN)
    elif not any(_is_shown(claim.text, file, number) for number in here):
        message = f"“{claim.text}” should stand here, to point to {claim.part} in {target.name}; it does not"
        yield file.finding(here, message, "if this slide or page was edited by hand, put the number right by hand")


def _agree(shown: Sequence[int], true: Sequence[int], *, whole: bool) -> bool:
    """Return whether numbers are right: all there are, or the first alone.

    Only decks tell where a part ends; in print, pages after its first must be among those it takes with what follows it.
    """
    if len(shown) == 1 or not whole:
        return shown[0] == true[0] and set(shown) <= set(true)
    return tuple(shown) == tuple(true)


def _is_shown(text: str, file: Audited, number: int) -> bool:
    """Return whether all words of a text stand on a sheet, its numbers as words of their own."""
    sheet = file.sheets[number - 1]
    there = set(_tokens(f"{sheet.text}\n{sheet.notes}"))
    run = file.texts[number - 1]
    return all(word in there or (len(word) >= LONG and squashed(word) in run) for word in _tokens(text))


def _tokens(text: str) -> Iterable[str]:
    return (word for each in text.casefold().split() if (word := EDGES.sub("", each)))
