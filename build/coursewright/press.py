"""What a print shop has to know: how each document is printed, as its template declares it, and how much of it an edition needs.

A template's first line says it in words, in any order: ``print: person, duplex, 200 g, cut``. Numbers of copies come from the
head count, so nobody counts on the morning of the session.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from . import staging
from .model import Edition
from .problems import Broken, Place, Problem, did_you_mean

Places = Mapping[str, Mapping[str, tuple[int, ...]]]  # document → id → numbers of its pages, from 1

PER = ("once", "person", "pair", "table", "trainer")
SIDES = ("duplex", "duplex short edge")
SIZES = {"A3": "Tabloid", "A4": "Letter", "A5": "Half Letter", "A6": "Quarter Letter"}  # and what stands in for it on Letter
FINISH = ("staple", "saddle stitch", "bind", "punch", "fold", "cut", "laminate", "tape", "hang")
NOTHING = "nothing"  # the id of what a template says instead when an edition leaves it empty
WORDS = {
    "per": "|".join(PER),
    "up": "([1-9][0-9]?) on a sheet",
    "sides": "|".join(SIDES),
    "colour": "colour",
    "size": "|".join(SIZES),
    "grams": "([1-9][0-9]{1,2}) g",
    "wanted": "if wanted",
    "instead": r"instead of ([\w-]+\.pdf)",
    "unless": r"unless ([\w-]+\.pdf)",
}  # what a template may say once, as patterns
KNOWN = (
    *PER,
    *SIDES,
    *SIZES,
    *FINISH,
    "colour",
    "if wanted",
    "4 on a sheet",
    "160 g",
    "instead of workbook.pdf",
    "unless certificates.pdf",
)


@dataclass(frozen=True)
class Printing:
    """How a document is printed.

    ``per`` is one of PER: *once* is the file as it is, which holds every copy already. A page holds ``up`` copies; ``grams``
    are those of a square metre of paper; ``size`` is empty for the course's own paper.
    ``instead`` names the document this is another form of: such a form, and one that is only ``wanted``, is not counted.
    ``unless`` names one that makes it needless where it is made.
    """

    per: str
    up: int = 1
    sides: str = ""
    is_colour: bool = False
    size: str = ""
    grams: int = 80
    finish: tuple[str, ...] = ()
    instead: str = ""
    unless: str = ""
    wanted: bool = False

    @property
    def is_choice(self) -> bool:
        """Whether somebody has to decide for it first."""
        return self.wanted or bool(self.instead)

    def paper(self, own: str) -> str:
        """Return the name of its paper in a course that is printed on ``own``, A4 or Letter."""
        size = self.size or "A4"
        return SIZES[size] if own == "Letter" else size


@dataclass(frozen=True)
class Order:
    """A line of the list: how many copies of a document, each of so many pages."""

    document: str
    printing: Printing
    copies: int
    pages: int

    @property
    def sheets(self) -> int:
        """The sheets of all copies."""
        return self.copies * (ceil(self.pages / 2) if self.printing.sides else self.pages)


def printing(words: Iterable[str], place: Place) -> Printing:
    """Return what a template declares after ``print:``. Raises Broken for a word that means nothing there, or is missing."""
    said: dict[str, str] = {}
    finish: list[str] = []
    for word in words:
        kind, value = _read(word, place)
        if kind in said:
            raise Broken([Problem(f'print: says both "{said[kind]}" and "{value}"', place, "one of them is right")])
        if kind:
            said[kind] = value
        else:
            finish.append(word)
    if "per" not in said:
        raise Broken([Problem("print: does not say how many", place, f"begin it with one of {', '.join(PER)}")])
    return _printing(said, tuple(finish))


def _read(word: str, place: Place) -> tuple[str, str]:
    """Return what kind of word it is and what it says; no kind for a finish, of which there may be several."""
    for kind, pattern in WORDS.items():
        if found := re.fullmatch(pattern, word):
            return kind, next(filter(None, found.groups()), word)
    if word not in FINISH:
        raise Broken([Problem(f'print: knows no "{word}"', place, did_you_mean(word, KNOWN))])
    return "", word


def _printing(said: Mapping[str, str], finish: tuple[str, ...]) -> Printing:
    return Printing(
        said["per"],
        up=int(said.get("up", 1)),
        sides=said.get("sides", ""),
        is_colour="colour" in said,
        size=said.get("size", ""),
        grams=int(said.get("grams", 80)),
        finish=finish,
        instead=said.get("instead", ""),
        unless=said.get("unless", ""),
        wanted="wanted" in said,
    )


# ------------------------------------------------------------------------------------------------ how much of it


def orders(
    edition: Edition, printings: Mapping[str, Printing | None], counts: Mapping[str, int], places: Places
) -> tuple[Order, ...]:
    """Return what to print for an edition. ``counts`` are the pages of the files that were made, ``places`` where things stand.

    A file in which :data:`NOTHING` stands has nothing for this edition.
    """
    made = {name for name in printings if name.endswith(".pdf") and counts.get(name) and NOTHING not in places.get(name, {})}
    return tuple(
        Order(name, how, ceil(copies(edition, how.per) / how.up), counts[name])
        for name, how in printings.items()
        if how is not None and name in made and how.unless not in made
    )


def copies(edition: Edition, per: str) -> int:
    """Return how many copies of what is printed ``per`` somebody or something an edition needs."""
    return staging.sharing(edition).get(per, 1)


def totals(ordered: Iterable[Order], own: str) -> dict[tuple[str, int], int]:
    """Return the sheets of what is printed in any case: by name of the paper and grams a square metre, the most first."""
    found: dict[tuple[str, int], int] = {}
    for order in ordered:
        if not order.printing.is_choice:
            stock = (order.printing.paper(own), order.printing.grams)
            found[stock] = found.get(stock, 0) + order.sheets
    return dict(sorted(found.items(), key=lambda each: -each[1]))


def printed_in(edition: Edition, ordered: Iterable[Order], places: Places) -> dict[str, str]:
    """Return thing to bring → the file it is printed in, for decks of cards and tables cut up; "" where no such file was made."""
    files = [order.document for order in ordered if not order.printing.is_choice]
    found: dict[str, str] = {}
    for module in edition.modules:
        for material in (each for segment in module.segments for each in segment.materials if each.deck or each.table):
            ids = {f"{module.id}-{material.deck or material.table}", material.deck or material.table}
            found[material.item] = next((file for file in files if ids & places.get(file, {}).keys()), "")
    return found
