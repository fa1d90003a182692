"""All files of an edition say the same: clock times, objectives, steps, cards, questions and rows of tables.

What is compared is words, wherever on the pages of a segment they stand, so it holds for templates of a customer's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from coursewright.counting import in_play
from coursewright.finished import sought
from coursewright.model import AgendaItem, CardDeck, Edition, PlannedModule, PlannedSegment, QuizItem, Table
from coursewright.problems import Severity
from coursewright.squashing import squashed

from .files import Audited, Finding, find, stands

SURE = 20  # letters and digits of a text that nobody writes by chance; of shorter ones, half must be there to count
LEAST = 4  # shorter texts are not looked for
ASIDE = ("receipt", "design")  # names of documents that tell what was left out, and the id of such a part of others
CLOCK = r"([01]\d|2[0-3]):([0-5]\d)\b"
SHOWN = re.compile(rf"^\s*{CLOCK}(?:\s*[–—-]\s*{CLOCK})?", re.MULTILINE)  # in running text, clock times belong to the text
TIME = "\x1d"  # stands before the four figures of a clock time in squashed text, and again before those of its end
TIMED = re.compile(f"{TIME}(\\d{{4}})(?:{TIME}(\\d{{4}}))?{TIME}(\\d{{0,3}})$")
AFTER = re.compile(f"{TIME}(\\d{{4}})(?:{TIME}(\\d{{4}}))?{TIME}()")
NEAR = 16  # characters before a title in which its clock times may stand

MEND = "show all of them, or none"


def agreement(edition: Edition, files: Sequence[Audited]) -> Iterator[Finding]:
    """Yield what is otherwise in a file than in the edition, and what it shows only in part."""
    for file in files:
        yield from _objectives(edition, file)
        yield from _times(edition, file)
        for module in edition.modules:
            for segment in module.segments:
                yield from _steps(edition, segment, file)
                yield from _quiz(segment, file)
            yield from _decks(module, file)
            yield from _tables(module, file)


# -------------------------------------------------------------------------------------------------------- objectives


def _objectives(edition: Edition, file: Audited) -> Iterator[Finding]:
    claimed = [sought(objective.text) for objective in edition.objectives]
    missing = _missing(claimed, file.text(), alone=False)  # one may be spoken of: “Then no longer earned: …”
    names = [each.id for index, each in enumerate(edition.objectives) if index in missing]
    if names and not _is_by_question(edition, names):
        shows = len(claimed) - len(missing)
        message = f"it lists {shows} of the {len(claimed)} objectives of this edition; {', '.join(names)} is not among them"
        yield file.finding((), message, MEND, Severity.WARNING)
    if file.name.partition(".")[0] in ASIDE:
        return
    shown = [sheet.number for sheet in file.sheets if not set(ASIDE) & set(sheet.parts)]
    for each in edition.receipt.unclaimed:
        needle = sought(each.text)
        for number in shown:
            if len(needle) >= SURE and needle in file.texts[number - 1] and not any(needle in text for text in claimed):
                message = f"it shows the objective {each.id}, which this edition does not claim: {each.missing}"
                yield file.finding((number,), message, "leave it out: part of its teaching is missing here")


def _is_by_question(edition: Edition, missing: Sequence[str]) -> bool:
    """Whether what is there are the objectives of the quiz's questions, no more and no fewer: a key says them one by one."""
    quizzes = (segment.quiz for module in edition.modules for segment in module.segments)
    asked = {item.objective for quiz in quizzes for item in quiz}
    return {each.id for each in edition.objectives} - asked == set(missing)


# ------------------------------------------------------------------------------------------------------------- steps


def _steps(edition: Edition, segment: PlannedSegment, file: Audited) -> Iterator[Finding]:
    pages = file.of(segment.id)
    if not pages:
        return
    text = file.text(pages)
    tasks = [step.task for step in segment.steps if step.task]
    for what, words in (("tasks", tasks), ("steps", [step.do for step in segment.steps])):
        yield from _listed(segment, file, what, [sought(each) for each in words])
    own = squashed(" ".join((*tasks, *(step.do for step in segment.steps))))
    for other in _of_others(segment, edition.audience.id):
        if len(other) >= SURE and other not in own and stands(other, text):
            yield file.finding(pages, f"{segment.id} shows a step that another audience takes", "build this file again")


def _listed(segment: PlannedSegment, file: Audited, what: str, needles: Sequence[str]) -> Iterator[Finding]:
    pages = file.of(segment.id)
    text = file.text(pages)
    missing = _missing(needles, text)
    if missing:
        shows, numbers = len(needles) - len(missing), ", ".join(str(index + 1) for index in missing)
        message = f"{segment.id} has {len(needles)} {what}; here stand {shows} of them, without number {numbers}"
        yield file.finding(pages, message, MEND, Severity.WARNING)
    elif _is_shown(needles, text) and not _in_order(needles, text):
        yield file.finding(pages, f"the {what} of {segment.id} stand in another order here than in the course", "put them right")


def _of_others(segment: PlannedSegment, audience: str) -> Iterator[str]:
    """Yield what other audiences do in a segment, as far as it is written out."""
    for part in (segment, *segment.steps):
        for name, fields in part.variants.items():
            steps = fields.get("steps", ()) if part is segment else (fields,)
            for step in steps if name != audience else ():
                yield from (sought(str(step[key])) for key in ("task", "do") if key in step and "{{" not in str(step[key]))


# ------------------------------------------------------------------------------------------- cards, questions, tables


def _decks(module: PlannedModule, file: Audited) -> Iterator[Finding]:
    for deck in module.decks:
        if not any(segment.shows_deck(deck.id) for segment in module.segments):
            continue  # the guide shows those cards that a step hands out
        cards = [sought(card.text) for card in deck.cards]
        text = file.text()
        used = len(in_play(deck, module))
        if not _is_shown(cards[:used], text, alone=False):
            continue
        here = [number for number, needle in enumerate(cards, 1) if len(needle) >= LEAST and stands(needle, text)]
        lasting = [number for number, needle in enumerate(cards, 1) if len(needle) >= LEAST]
        if here not in (lasting, [number for number in lasting if number <= used]):
            yield file.finding((), _cards(deck, len(here), used), MEND, Severity.WARNING)
        elif file.reader == "participant" and len(here) > used:
            yield file.finding((), _cards(deck, len(here), used), "list the cards that are played with")


def _cards(deck: CardDeck, here: int, used: int) -> str:
    return f"it shows {here} cards of “{deck.title}”; this edition plays with {used} of {len(deck.cards)}"


def _quiz(segment: PlannedSegment, file: Audited) -> Iterator[Finding]:
    stems = [sought(item.stem) for item in segment.quiz]
    text = file.text()
    missing = _missing(stems, text)
    if missing:
        message = f"it shows {len(stems) - len(missing)} of the {len(stems)} questions of {segment.id}"
        yield file.finding(file.of(segment.id), message, MEND, Severity.WARNING)
    for item, stem in zip(segment.quiz, stems, strict=True):
        if len(stem) >= LEAST and stands(stem, text):
            yield from _options(segment, item, file)


def _options(segment: PlannedSegment, item: QuizItem, file: Audited) -> Iterator[Finding]:
    options = [sought(option.text) for option in item.options]
    if missing := _missing(options, file.text()):
        message = f"question {item.id} of {segment.id} has {len(options)} options; {len(options) - len(missing)} stand here"
        yield file.finding(file.of(segment.id), message, MEND, Severity.WARNING)


def _tables(module: PlannedModule, file: Audited) -> Iterator[Finding]:
    for table in module.tables:
        for segment in module.segments:
            pages = file.of(segment.id)
            for rows in _uses(segment, table) if pages else ():
                if missing := _missing(rows, file.text(pages)):
                    shows = f"{len(rows) - len(missing)} of the {len(rows)} rows"
                    yield file.finding(pages, f"{shows} of “{table.title}” stand here", MEND, Severity.WARNING)


def _uses(segment: PlannedSegment, table: Table) -> Iterator[list[str]]:
    """Yield the rows of a table as slides and workbook of a segment show them: without the columns left open."""
    uses = (each for each in (*segment.slides, *segment.workbook) if getattr(each, "table", "") == table.id)
    for blank in dict.fromkeys(tuple(getattr(each, "blank", ())) for each in uses):
        rows = [[cell for number, cell in enumerate(row, 1) if number not in blank] for row in table.rows]
        needles = ["".join(map(sought, row)) for row in rows]
        if any(len(needle) >= SURE for needle in needles):
            yield needles


# -------------------------------------------------------------------------------------------------------- clock times


def _times(edition: Edition, file: Audited) -> Iterator[Finding]:
    """Yield clock times and minutes right beside a segment's title that are not those of the agenda."""
    timed = [_timed(f"{sheet.text}\n{sheet.notes}") for sheet in file.sheets]
    titles = {item.id: _timed(item.title) for item in edition.agenda if item.module}
    for item in edition.agenda:
        title = titles.get(item.id, "")
        others = (other for name, other in titles.items() if name != item.id)
        if len(title) >= 2 * LEAST and not title[0].isdigit() and not any(title in other for other in others):
            for number, text in enumerate(timed, 1):
                yield from _told(item, title, text, file, number)


def _told(item: AgendaItem, title: str, text: str, file: Audited, number: int) -> Iterator[Finding]:
    at = text.find(title)
    while at >= 0:
        before, after = TIMED.search(text[max(at - NEAR, 0) : at]), AFTER.match(text, at + len(title))
        if not any(found and _is_right(item, found) for found in (before, after)):
            # What follows may be the next line's start, unless it has an end, too.
            yield from _amiss(item, before or (after if after and after[2] else None), file, number)
        at = text.find(title, at + 1)


def _is_right(item: AgendaItem, told: re.Match[str]) -> bool:
    return told[1] == _figures(item.start) and told[2] in (None, _figures(item.end)) and told[3] in ("", str(item.minutes))


def _amiss(item: AgendaItem, told: re.Match[str] | None, file: Audited, number: int) -> Iterator[Finding]:
    if told is None:
        return
    start, end, minutes = told.groups()
    here = " to ".join(f"{clock[:2]}:{clock[2:]}" for clock in (start, end) if clock) + (
        f", {minutes} minutes," if minutes else ""
    )
    plan = f"the agenda has {item.start} to {item.end}, {item.minutes} minutes"
    yield file.finding((number,), f"it says {here} for “{item.title}”; {plan}", "show the times of this edition")


def _timed(text: str) -> str:
    """Return squashed words in which the clock times that begin a line still show."""
    marked = SHOWN.sub(_marked, unicodedata.normalize("NFKC", text).replace(TIME, ""))
    return TIME.join(map(squashed, marked.split(TIME)))


def _marked(found: re.Match[str]) -> str:
    hour, minute, last_hour, last_minute = found.groups()
    return f"{TIME}{hour}{minute}{TIME}" + (f"{last_hour}{last_minute}{TIME}" if last_hour else "")


def _figures(clock: str) -> str:
    return clock.replace(":", "")


# ------------------------------------------------------------------------------------------------------- what is there


def _missing(needles: Collection[str], text: str, *, alone: bool = True) -> list[int]:
    """Return the places, from 0, of what is missing where some is shown; nothing where all is there, or none."""
    if not _is_shown(needles, text, alone=alone):
        return []
    return [index for index, needle in enumerate(needles) if len(needle) >= LEAST and not stands(needle, text)]


def _is_shown(needles: Collection[str], text: str, *, alone: bool = True) -> bool:
    """Return whether a text shows these: half of them, or one ``alone`` that nobody writes by chance."""
    lasting = [needle for needle in needles if len(needle) >= LEAST]
    there = [needle for needle in lasting if stands(needle, text)]
    return (alone and any(len(needle) >= SURE for needle in there)) or (len(lasting) > 1 and 2 * len(there) >= len(lasting))


def _in_order(needles: Sequence[str], text: str) -> bool:
    at = 0
    for needle in needles:
        if len(needle) >= LEAST:
            at = find(needle, text, at)
            if at < 0:
                return False
            at += 1
    return True
