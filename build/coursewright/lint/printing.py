"""Lint rules: printing, and what all files of a build must keep."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from coursewright.counting import NUMBERS
from coursewright.lint.colours import by_colour
from coursewright.lint.rule import Evidence, Example, Finding, Finished, Limits, Scope, always, rule
from coursewright.lint.texts import bare, everything, is_english, modules_of, quoted, texts
from coursewright.model import (
    Card,
    CardDeck,
    Column,
    Course,
    Element,
    Front,
    LinesElement,
    Material,
    Module,
    Option,
    PlannedModule,
    QuizItem,
    TableElement,
)
from coursewright.problems import Severity
from coursewright.squashing import squashed
from coursewright.wrapping import measured

if TYPE_CHECKING:
    from coursewright.finished import Sheet

# What styles/print.css and styles/workbook.css give: millimetres and points.
WIDTH = 167.0  # of the text on A4; Letter has 173
PADDING = 4.0  # of a cell, both sides
SIZE, SMALL = 11.0, 9.25  # of text, of a table's head
MILLIMETRE = 25.4 / 72  # to a point
LONG = ("quiz", "glossary", "text")  # worksheets to read, which may go on overleaf
PAPER = (Element, Material, QuizItem, Option, CardDeck, Card, Column)  # what people get in their hands
CELLS = ("columns", "rows", "prompts", "sentences", "parts", "text")  # of worksheets, tables and cards
LEAST = 4  # letters and digits that are looked for on a page

PIECES = re.compile(r"[\s/–—-]+")  # where a line may end
NUMBER = rf"({'|'.join(NUMBERS)}|[2-9])\b"
ASKED = re.compile(
    rf"^(?:(?:my|your|our|the|these|at least|about|up to) )*{NUMBER}"
    rf"|\b(?:name|list|write(?: down)?|note|give|find|collect|choose|pick|think of)\b[^.?!:]{{0,20}}? {NUMBER}",
    re.IGNORECASE,
)
UNIT = re.compile(r"^\W*(?:hour|minute|day|week|month|year|time|word|line|sentence)s?\b", re.IGNORECASE)
DICE = re.compile(r"\{[{%][^}]*(?:\|\s*(?:random|shuffle)\b|\blipsum\s*\()")


def _worksheets(modules: Sequence[Module | PlannedModule]) -> Iterator[tuple[Any, str, Module]]:
    """Yield the worksheets with the id that each has in print, and its module."""
    for module in modules:
        for segment in module.segments:
            for number, element in enumerate(segment.workbook, 1):
                yield element, f"{segment.id}-{number}", module


def _table(element: Any, module: Module) -> Any:
    """Return the table that a worksheet shows, its own or one of the module; None if it shows none."""
    if isinstance(element, TableElement):
        return element
    return next((each for each in module.tables if each.id == getattr(element, "table", "")), None)


@rule(
    "PRN-01",
    "Everything has room on A4 and on Letter",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="ISO 216 (A4, 210 mm wide) and ANSI Y14.1 (Letter, 279 mm high): what fits on the smaller side fits on both",
    why="A word that is wider than its column is broken between any two letters, and looks like a mistake.",
    mend="Use a shorter word, fewer columns, or give the column a larger share (widths).",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/2/workbook/0", "{columns: [Day, Result or task, Responsibilities], widths: ['2', '9', '1']}"
    ),
    good=Example("modules/one.yaml#/segments/2/workbook/0", "columns: [Day, Result or task, Responsibilities]"),
)
def room_on_paper(course: Course, limits: Limits) -> Iterator[Finding]:
    """Words wider than their column, which are broken and so no error; in height, all is held below a page."""
    for element, _, module in _worksheets(modules_of(course)):
        table = _table(element, module)
        if element.kind in ("table", "grid", "comparison") and (table or element.kind == "grid"):
            yield from _too_wide(element, table or element)


def _too_wide(element: Any, table: Any) -> Iterator[Finding]:
    for number, room in enumerate(_rooms(element, table)):
        held = [(table.columns[number], table.at("columns", number), SMALL)]
        rows = enumerate(getattr(table, "rows", ()))
        held += [(row[number], table.at("rows", at), SIZE) for at, row in rows if number < len(row)]
        for words, where, size in held:
            longest = max(PIECES.split(bare(words)), key=len, default="")
            if measured(longest, size) * MILLIMETRE > room - PADDING:
                yield Finding(where, f"“{longest}” is wider than its column of {room:.0f} mm in the workbook")


def _rooms(element: Any, table: Any) -> list[float]:
    """Return the width of each column, millimetres. Of a comparison, the open columns are twice as wide."""
    columns = len(table.columns)
    blank = getattr(element, "blank", ())
    shares = list(getattr(element, "widths", ())) or [1.0] * columns
    if element.kind == "comparison":
        shares = [4.0 if number in blank else 1.6 if number == 1 else 2.0 for number in range(1, columns + 1)]
    return [WIDTH * share / sum(shares) for share in shares]


@rule(
    "PRN-02",
    "There is room to write",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Advice on handouts: lines at least 8 mm apart for a grown-up hand; ours are 9 mm apart, cells 11 mm high",
    why="Where three answers are asked for and two lines stand there, two are given.",
    mend="Give it more lines (count), more rows (blank), or a wider column (widths).",
    limits={"column": 12},
    scope=Scope.COURSE,
    says=(r"^tall must be a whole number from (8|11) to ", r"^blank must be a whole number from 0 to "),
    bad=Example("modules/one.yaml#/segments/3/workbook/0", "{prompts: [Name four tasks that can wait …], count: '2'}"),
    good=Example("modules/one.yaml#/segments/3/workbook/0", "{prompts: [Name four tasks that can wait …], count: '4'}"),
)
def room_to_write(course: Course, limits: Limits) -> Iterator[Finding]:
    """Lines against the number a prompt asks for; the width of columns that are empty. Heights, the model sees to."""
    english = is_english(course.front)
    for element, _, _module in _worksheets(modules_of(course)):
        if isinstance(element, LinesElement) and english:
            yield from _too_few(element)
        elif isinstance(element, TableElement) and element.blank:
            for number, room in enumerate(_rooms(element, element)):
                if room < limits["column"]:
                    what = f"the column {quoted(element.columns[number])} is {room:.0f} mm wide, too narrow to write in"
                    yield Finding(element.at("columns", number), what)


def _too_few(element: LinesElement) -> Iterator[Finding]:
    for index, prompt in enumerate(element.prompts):
        words = bare(prompt)
        found = ASKED.search(words)
        if found and not UNIT.match(words[found.end() :]):
            asked = (found[1] or found[2]).lower()
            if NUMBERS.get(asked, 0) > element.count or (asked.isdecimal() and int(asked) > element.count):
                what = f"{quoted(prompt)} asks for {asked} and has {element.count} line{'s' if element.count > 1 else ''}"
                yield Finding(element.at("prompts", index), what)


@rule(
    "PRN-03",
    "A worksheet stands on one page",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Advice on workbooks: what is filled in together is seen together",
    why="People turn the page back and forth, lose the thread, and leave the second half empty.",
    mend="Give it fewer rows or lines, lower ones (tall), or make two worksheets of it.",
    scope=Scope.FILES,
    bad=None,
    good=None,
)
def worksheet_on_one_page(files: Finished, limits: Limits) -> Iterator[Finding]:
    """Look for a worksheet's own words on the pages it takes. Texts and quizzes are read, so they may go on overleaf."""
    for name, sheets in files.files.items():
        if name.endswith(".pdf"):
            for element, part, module in _worksheets(files.edition.modules):
                if element.kind not in LONG and len(found := _pages_of(part, element, module, sheets)) > 1:
                    what = f"{quoted(element.title or element.kind)} begins on page {found[0]} of {name} and goes on overleaf"
                    yield Finding(element.origin, what)


def _pages_of(part: str, element: Any, module: Module, sheets: Sequence[Sheet]) -> list[int]:
    """Return the pages on which a worksheet is, the later ones where some of its words stand."""
    there = [sheet for sheet in sheets if part.casefold() in sheet.parts]
    words = tuple(_words(element, module)) if len(there) > 1 else ()
    foot = _running(sheets) if words else frozenset()
    texts_of = {sheet.number: "".join(_body(sheet, foot)) for sheet in there[1:]}
    later = [number for number, text in texts_of.items() if any(word in text for word in words)]
    return [sheet.number for sheet in there[:1]] + later


def _running(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Return the lines that stand on most pages, without figures: heads and feet."""
    counts = Counter(line for sheet in sheets for line in set(_body(sheet, frozenset())))
    return frozenset(line for line, count in counts.items() if count > max(2, len(sheets) / 2))


def _body(sheet: Sheet, without: frozenset[str]) -> Iterator[str]:
    lines = (re.sub(r"\d", "", squashed(line)) for line in sheet.text.splitlines())
    return (line for line in lines if line not in without)


def _words(element: Any, module: Module) -> Iterator[str]:
    """Yield what stands in the cells, prompts and heads of a worksheet, without figures; heads come again overleaf."""
    names = (getattr(element, "table", ""), getattr(element, "deck", ""))
    tables = (each for each in module.tables if each.id in names)
    decks = (each for each in module.decks if each.id in names)
    for node in (element, *tables, *decks):
        for text in texts(node):
            word = re.sub(r"\d", "", squashed(bare(text.words)))
            if text.field in CELLS and len(word) >= LEAST:
                yield word


@rule(
    "PRN-04",
    "Nothing on paper needs colour",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="WCAG 2.2, 1.4.1 Use of Colour, for paper: most handouts are copied in black and white",
    why="In a copy, the red box and the green one are the same grey box.",
    mend="Name it by its words, its letter or its place; on cards and materials, write the word as well.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/2/workbook/0", "text: Write your free hours into the green cells."),
    good=Example("modules/one.yaml#/segments/2/workbook/0", "text: Write your free hours into the last column."),
)
def grey_scale(course: Course, limits: Limits) -> Iterator[Finding]:
    """Charts and tables tell their marks apart by lightness, pattern and letter; this is about the author's own words."""
    for text in everything(course) if is_english(course.front) else ():
        for words in by_colour(text.words) if isinstance(text.owner, PAPER) else ():
            yield Finding(text.where, f"“{words}” is grey in a black and white copy: {quoted(text.words)}")


BLD_01 = always(
    "BLD-01",
    "Numbers of pages and slides are true",
    r" points to \S+ in \S+, which is not there$",
    r"” sends readers to (slide|page) .* of \S+ for \S+, which is on ",
    r"” should stand here, to point to \S+ in \S+; it does not$",
    r"^it is older than the files just made, which give its slides or pages as they are now$",
    r"^a link leads to “#.*”, which (this document does not show|is on no slide)$",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Read back from the finished files: every number that points into another file is looked up there",
    why="One wrong page number in front of a group, and nobody trusts the others.",
    mend="Build all documents together; in a slide that was edited by hand, put the number right by hand.",
    bad=None,
    good=None,
)


@rule(
    "BLD-02",
    "The same course gives the same files",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Reproducible builds: no clock, no dice; the tests of the engine build twice and compare every byte",
    why="Who prints again next month must get what was approved, and a page number that moved would be found by nobody.",
    mend="Write the words that should stand there.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/1/steps/1", 'ask: [\'What had no place on {{ ["Monday", "Friday"] | random }}?\']'),
    good=Example("modules/one.yaml#/segments/1/steps/1", 'ask: [\'What had no place on {{ ["Monday", "Friday"] | first }}?\']'),
)
def no_dice(course: Course, limits: Limits) -> Iterator[Finding]:
    """Expressions that throw dice. All else that could differ from build to build, the engine itself keeps out."""
    for text in everything(course):
        if "{" in text.words and (found := DICE.search(text.words)):
            yield Finding(text.where, f"“{found[0]}” gives other words in every build")


@rule(
    "BLD-03",
    "Every file says its version, its date and its licence",
    severity=Severity.WARNING,
    evidence=Evidence.STANDARD,
    source="Document control, as in every quality system; Creative Commons licences ask to be named",
    why="Papers outlive folders: without version and date nobody can tell old from new, and without licence who may use it.",
    mend="Let the template show edition.front.version, date and licence, in a footer or on its first page.",
    scope=Scope.FILES,
    bad=None,
    good=None,
)
def imprint(files: Finished, limits: Limits) -> Iterator[Finding]:
    """Once in each file is enough; a date counts in any common notation."""
    wanted = tuple(_imprint(files.edition.front))
    for name, sheets in files.files.items():
        text = _plain(" ".join(f"{sheet.text} {sheet.notes}" for sheet in sheets))
        missing = [what for what, pattern in wanted if not re.search(pattern, text, re.IGNORECASE)]
        if missing:
            yield Finding(name, f"it does not say its {' and its '.join(missing)}")


def _imprint(front: Front) -> Iterator[tuple[str, str]]:
    day, month, year = front.date.day, front.date.month, front.date.year
    yield f"version (“{front.version}”)", rf"(?<![\d.]){re.escape(_plain(front.version))}(?!\.?\d)"
    written = rf"(?<!\d)0?{day}(?!\d).{{0,16}}?(?<!\d){year}(?!\d)|(?<!\d){year}-0?{month}-0?{day}(?!\d)"
    yield f"date (“{front.date}”)", written
    yield f"licence (“{front.licence}”)", re.escape(_plain(front.licence))


def _plain(text: str) -> str:
    """Return text in one line and one form of each letter, without the marks that escape signs in questions."""
    return " ".join(unicodedata.normalize("NFKC", text.replace("\\", "")).split())
