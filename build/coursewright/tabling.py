"""What lies on tables or hangs on walls: which cards of an edition, how many sets of them, on which sheets, in which type.

Every set is printed, not one set that somebody has to copy: it is one job at the printer's, and each card carries the number
of its set, by which mixed sets are sorted again. What is made here knows no keys and no other private words, so that sheets
are safe in participants' hands. Sizes are millimetres, type is in points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain, groupby
from math import ceil

from . import markdown, staging
from .counting import in_play
from .drawings import Measure
from .model import CardDeck, Edition, Material, PlannedModule, PlannedSegment, Table
from .problems import Broken, Problem
from .wrapping import rows

AREA = (184.0, 240.0)  # of a sheet's cards: on A4 and on Letter, with room around them for marks and for what printers leave out
PADDING = 7.0  # around a card's words, so that a cut that is a little off cuts no letter
WRITE = 9.0  # from one write-on line to the next
GAP = 46.0  # of a space to write on inside a sentence: `.gap` in styles/sheets.css
HEAD = 8.5  # the line of a card's number
LEADING, TIGHT = 1.28, 1.16  # of text, of titles and posters
APART = 2.2  # from one paragraph to the next
TITLE, HEADER = 1.1, 1.7  # a title's type, and that of a column's header, to the type of the text
POINT = 25.4 / 72
GAPS = re.compile(r"_{3,}")
ASKED = re.compile(r"(?<=:)\s*_{3,}\s*")  # a prompt, and the space for its answer
NUMBER = 30.0  # the line of a poster's number
SHORT = 3  # characters of a title that is no more than a mark, such as 10: on a poster it fills the wall
WRITTEN = 14  # points: the largest type of a card that is written on, since the room belongs to who writes
STUMP, FEW = 8, 3  # letters of a word that looks lost on a line of its own; spaces in what is too short to care
SHARES = {"table": "for each table", "group": "for each group", "pair": "for each pair", "person": "for each person"}
LONGER = "shorten it, or say it in two cards; cards are read at a glance"


@dataclass(frozen=True)
class Cut:
    """How a sheet is cut: cards across and down, and their type, from the largest to the least that is still good."""

    name: str
    across: int
    down: int
    most: int
    least: int

    @property
    def width(self) -> float:
        """Of one card."""
        return AREA[0] / self.across

    @property
    def height(self) -> float:
        """Of one card."""
        return AREA[1] / self.down

    @property
    def room(self) -> int:
        """Cards on a sheet."""
        return self.across * self.down


EIGHTH, SIXTH = Cut("eighth", 2, 4, 20, 14), Cut("sixth", 2, 3, 22, 14)
QUARTER, HALF = Cut("quarter", 2, 2, 22, 13), Cut("half", 1, 2, 24, 11)
STRIP, TALL = Cut("strip", 1, 6, 24, 15), Cut("tall", 1, 4, 24, 13)
CUTS = (EIGHTH, SIXTH, QUARTER, HALF, STRIP, TALL)
# What each form is cut into: the first in which all its cards can be read well. The last one goes down to 11 points.
LADDERS = {
    "cards": (EIGHTH, SIXTH, QUARTER, HALF),
    "strips": (STRIP, TALL, HALF),
    "roles": (SIXTH, QUARTER, HALF),
    "messages": (QUARTER, HALF),
}
POSTER = (120, 32)  # the largest type of a poster, and the least that is read from three metres


@dataclass(frozen=True)
class Part:
    """A paragraph of a card; what is ``asked`` has a line below it for the answer."""

    words: str
    asked: bool = False


@dataclass(frozen=True)
class Face:
    """What stands on the front of a card. A column's header has a ``tone``, which may be "", and is a ``header``."""

    number: str
    title: str
    parts: tuple[Part, ...]
    at: str
    tone: str = ""
    header: bool = False


@dataclass(frozen=True)
class Use:
    """A segment that a pile is for: its title, and when it begins."""

    title: str
    day: int
    start: str


@dataclass(frozen=True)
class Pile:
    """All sets of one deck, or of a table cut into cards, in one form; ``id`` names it among all piles of an edition.

    ``number`` and ``module`` are of the module it belongs to, ``share`` says who gets a set, "" if it is the room or whoever
    runs it; ``ruled`` how many lines to write on stand below each card's words.
    """

    id: str
    title: str
    form: str
    number: int
    module: str
    faces: tuple[Face, ...]
    sets: int
    share: str
    uses: tuple[Use, ...]
    ruled: int = 0


@dataclass(frozen=True)
class Printed:
    """A card on a sheet; ``set`` counts from 1 and is 0 where sets cannot be mixed: one set, or sets of one card."""

    left: float
    top: float
    face: Face
    set: int


@dataclass(frozen=True)
class Sheet:
    """Both sides of a sheet, with what lies where; the back is as it has to be if the sheet is flipped on its long edge."""

    front: tuple[Printed, ...]
    back: tuple[Printed, ...]

    @property
    def sets(self) -> tuple[int, ...]:
        """The sets on it, without 0."""
        return tuple(dict.fromkeys(each.set for each in self.front if each.set))


@dataclass(frozen=True)
class Laid:
    """A pile on its sheets; ``size`` is the type of its text, ``answer`` the height of what is left for each answer."""

    pile: Pile
    cut: Cut
    size: int
    answer: float
    sheets: tuple[Sheet, ...]


# ------------------------------------------------------------------------------------------------------------- piles


def piles(edition: Edition, forms: Iterable[str]) -> tuple[Pile, ...]:
    """Return what an edition plays with and is printed in one of these forms, module by module.

    A deck that is shown and dealt but named by no material comes in one set. What several segments use is printed once, in
    the largest number of sets that one of them needs.
    """
    wanted = frozenset(forms)
    return tuple(pile for module in edition.modules for pile in _of_module(module, edition) if pile.form in wanted)


def _of_module(module: PlannedModule, edition: Edition) -> Iterator[Pile]:
    for deck in module.decks:
        users = [segment for segment in module.segments if segment.plays_with(deck.id)]
        named = [(segment, each) for segment in users for each in segment.materials if each.deck == deck.id]
        for form in dict.fromkeys(each.form or deck.form for _, each in named):
            own = [(segment, each) for segment, each in named if (each.form or deck.form) == form]
            yield _deck(module, deck, form, _shared(own, edition), _uses(segment for segment, _ in own))
        if users and not named:
            yield _deck(module, deck, deck.form, (1, ""), _uses(users))
    for table in module.tables:
        named = [(segment, each) for segment in module.segments for each in segment.materials if each.table == table.id]
        for form in dict.fromkeys(each.form or "cards" for _, each in named):
            own = [(segment, each) for segment, each in named if (each.form or "cards") == form]
            yield _table(module, table, form, _shared(own, edition), _uses(segment for segment, _ in own))


def _shared(named: Sequence[tuple[PlannedSegment, Material]], edition: Edition) -> tuple[int, str]:
    """Return how many sets are needed at a time, and who gets them."""
    counts = [
        sum(staging.quantity(material, edition, segment) for _, material in of_one)
        for segment, of_one in ((segment, list(each)) for segment, each in groupby(named, key=lambda pair: pair[0]))
    ]
    first = named[0][1]
    per = "group" if edition.online and first.per == "table" else first.per
    number = "one" if first.count == 1 else str(first.count)
    return max(counts), f"{number} {SHARES[per]}" if per in SHARES else ""


def _uses(segments: Iterable[PlannedSegment]) -> tuple[Use, ...]:
    return tuple(dict.fromkeys(Use(segment.title, segment.day, segment.start) for segment in segments))


def _deck(module: PlannedModule, deck: CardDeck, form: str, shared: tuple[int, str], uses: tuple[Use, ...]) -> Pile:
    cards = in_play(deck, module)
    numbered = len(cards) > 1 and (bool(deck.columns) or not all(card.title for card in cards))
    faces = [Face(str(card.number) if numbered else "", _whole(card.title), parts(card.text), card.at("text")) for card in cards]
    if form == "cards":
        faces += [Face("", _whole(each.title), (), each.at("title"), each.tone, header=True) for each in deck.columns]
    name = f"{module.id}-{deck.id}"
    return Pile(name, deck.title, form, module.number, module.title, tuple(faces), *shared, uses, deck.lines)


def _table(module: PlannedModule, table: Table, form: str, shared: tuple[int, str], uses: tuple[Use, ...]) -> Pile:
    """Rows are cards: the head of the row, then its cells, which say what column they are from if there are several."""
    heads = table.columns[1:]
    faces = [Face("", row[0], tuple(_cells(heads, row[1:])), table.at("rows", at)) for at, row in enumerate(table.rows)]
    return Pile(f"{module.id}-{table.id}", table.title, form, module.number, module.title, tuple(faces), *shared, uses)


def _cells(columns: Sequence[str], cells: Sequence[str]) -> Iterator[Part]:
    for column, cell in zip(columns, cells, strict=True):
        if cell:
            yield Part(cell if len(columns) == 1 else f"**{column}:** {cell}")


def parts(text: str) -> tuple[Part, ...]:
    """Return a card's paragraphs. A gap behind a colon asks for a line of its own; other gaps stay in their sentence."""
    return tuple(chain.from_iterable(_asked(each) for each in re.split(r"\n\s*\n", text.strip())))


def _asked(paragraph: str) -> Iterator[Part]:
    *prompts, rest = (_whole(each) for each in ASKED.split(paragraph))
    yield from (Part(prompt, asked=True) for prompt in prompts)
    if rest:
        yield Part(rest)


def _whole(words: str) -> str:
    """Return words whose last one, if it is short, does not stand alone on a line."""
    head, _, last = " ".join(words.split()).rpartition(" ")
    return f"{head}\u00a0{last}" if head.count(" ") >= FEW and len(last) <= STUMP else " ".join(words.split())


# ------------------------------------------------------------------------------------------------------------ sheets


def laid(pile: Pile, measure: Measure, language: str) -> Laid:
    """Return a pile's sheets: cut as large as its words need, in the largest type in which all its cards fit.

    Raises Broken with every card that has no room on half a sheet in 11 points.
    """
    for cut in LADDERS[pile.form]:
        spare = partial(_spare, pile, cut, measure, language)
        most = min(cut.most, WRITTEN) if pile.ruled or any(part.asked for face in pile.faces for part in face.parts) else cut.most
        size = next((size for size in range(most, cut.least - 1, -1) if all(spare(face, size) >= 0 for face in pile.faces)), 0)
        if size:
            return Laid(pile, cut, size, _answer(pile, partial(spare, size=size)), tuple(_sheets(pile, cut)))
    raise Broken(
        Problem(f"this is too long for a card of “{pile.title}”, even for half a page in {cut.least} points", face.at, LONGER)
        for face in pile.faces
        if spare(face, cut.least) < 0
    )


def _spare(pile: Pile, cut: Cut, measure: Measure, language: str, face: Face, size: float) -> float:
    """Return the millimetres that a card's words leave free, or lack if below 0."""
    head = HEAD if face.number else 0
    scale = HEADER if face.header else TITLE
    taken = head + height(face, cut.width - 2 * PADDING, (size * scale, size), measure, language) + pile.ruled * WRITE
    return cut.height - 2 * PADDING - taken


def _answer(pile: Pile, spare: Callable[[Face], float]) -> float:
    """Return the height of a space for an answer: what is free goes to the answers, up to that of two lines."""
    asked = [(face, sum(part.asked for part in face.parts)) for face in pile.faces]
    return round(min([2 * WRITE, *(WRITE + spare(face) / count for face, count in asked if count)]), 1)


def height(face: Face, width: float, type_: tuple[float, float], measure: Measure, language: str, serif: bool = False) -> float:
    """Return how high title and text stand, in millimetres, in type of these sizes: rather too high than too low."""

    def count(text: str, size: float, *, serif: bool) -> int:
        points = width / POINT / (measure.serif if serif else measure.sans)
        words = GAPS.sub("M" * ceil(GAP / POINT / size), _plain(text, language))
        return sum(rows(line, points, size, serif=serif) for line in words.splitlines())

    title, size = type_
    top = count(face.title, title, serif=True) * title * TIGHT * POINT + APART if face.title else 0
    row = size * (TIGHT if serif else LEADING) * POINT
    text = sum(count(part.words, size, serif=serif) * row + APART + part.asked * WRITE for part in face.parts)
    return top + text


_plain = lru_cache(maxsize=1000)(markdown.plain)  # the same words are measured in every type until they fit


def _sheets(pile: Pile, cut: Cut) -> Iterator[Sheet]:
    """A set that fills a sheet begins on one of its own; smaller sets share sheets."""
    counted = pile.sets > 1 and len(pile.faces) > 1
    cards = [[(face, number if counted else 0) for face in pile.faces] for number in range(1, pile.sets + 1)]
    runs = cards if len(pile.faces) >= cut.room else [list(chain.from_iterable(cards))]
    for run in runs:
        for start in range(0, len(run), cut.room):
            front = tuple(_placed(run[start : start + cut.room], cut))
            yield Sheet(front, tuple(replace(each, left=AREA[0] - cut.width - each.left) for each in front))


def _placed(cards: Sequence[tuple[Face, int]], cut: Cut) -> Iterator[Printed]:
    for index, (face, number) in enumerate(cards):
        down, across = divmod(index, cut.across)
        yield Printed(across * cut.width, down * cut.height, face, number)


# ----------------------------------------------------------------------------------------------------------- posters


def lettered(pile: Pile, room: tuple[float, float], measure: Measure, language: str) -> int:
    """Return the largest type in which all posters of a pile fit into a width and a height.

    Raises Broken with every poster that would need less than 32 points.
    """

    def fits(face: Face, size: int) -> bool:
        number = NUMBER if face.number else 0
        return number + height(face, room[0], (heading(face, size), size), measure, language, serif=True) <= room[1]

    most, least = POSTER
    for size in range(most, least - 1, -2):
        if all(fits(face, size) for face in pile.faces):
            return size
    raise Broken(
        Problem(f"this is too long for a poster of “{pile.title}” in {least} points", face.at, LONGER)
        for face in pile.faces
        if not fits(face, least)
    )


def heading(face: Face, size: int) -> float:
    """Return the type of a poster's title, in points: a mark such as 10 fills the wall, words stand above the text."""
    return size * 2.5 if len(face.title) <= SHORT else max(size * 0.75, POSTER[1])


# ------------------------------------------------------------------------------------------------------- table signs


@dataclass(frozen=True)
class Rooms:
    """When breakout rooms open, and how many people go into each of them, in order."""

    use: Use
    minutes: int
    sizes: tuple[int, ...]


def rooms(edition: Edition) -> tuple[Rooms, ...]:
    """Return the breakout rooms of a session in a video call; none in a room."""
    segments = (segment for module in edition.modules for segment in module.segments if edition.online)
    opened = ((segment, staging.rooms(segment, edition)) for segment in segments)
    return tuple(
        Rooms(Use(segment.title, segment.day, segment.start), segment.online.breakout.minutes, sizes)
        for segment, sizes in opened
        if segment.online and segment.online.breakout and sizes
    )
