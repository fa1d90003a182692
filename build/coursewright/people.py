"""Who comes: a list of participants, read as spreadsheets and sign-up forms write it, and where they sit.

A list is a table with any of four delimiters. Its first line names the columns, in English, German, French or Spanish; a
list of one column may do without. The encoding is decided by rule, because statistics fail on a dozen short names: a byte
order mark, else UTF-8 where the bytes are valid, else Windows-1252, and then with a warning. Messages give lines and columns
and never a person's own data, since they are kept in ``report.json``.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .model import Participant
from .problems import Broken, Place, Problem, Severity, did_you_mean, warning

MOST = 500  # people, as everywhere in a course
LARGEST = 1_000_000  # bytes of a list
LONGEST = 200  # characters of a cell
DELIMITERS = (",", ";", "\t", "|")
MARKS = {  # UTF-32 first: its mark begins like UTF-16's
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SAVE = "save it as UTF-8; in Excel: “CSV UTF-8”"
COMMA = "give first and last name in columns of their own; or this is not one name, and a column has no head"
HEAD = "name the columns in the first line: name, or first name and last name; also company, role, e-mail, table"
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))  # pasted along, and nobody sees them

# Signs inside or before a word: what Polish or Czech letters look like when they are read as Windows-1252.
STRAY = re.compile(r"[^\W\d_][¡-©«¬®-³µ¶¸¹»-¿×÷][^\W\d_]|(?<!\w)[£¥¯¼¾¿][^\W\d_]")
# Signs that turn the direction of writing, and so could make one name look like another.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# What a column is, by its head in small letters without accents, spaces and signs. “Name” beside “Vorname” is the family's.
HEADS: Mapping[str, str] = {
    head: field
    for field, heads in {
        "name": """name fullname participant participants participantname attendee attendees delegate displayname
            vollername vollstandigername teilnehmer teilnehmerin teilnehmende teilnehmerinnen vorundnachname vornamenachname
            nom nomcomplet nometprenom nomprenom prenomnom prenometnom participante participantes
            nombre nombrecompleto nombreyapellido nombreyapellidos""",
        "given": "firstname first forename givenname given vorname rufname prenom prenoms nombredepila nombres primernombre",
        "family": """lastname last surname familyname family secondname nachname familienname zuname
            nomdefamille apellido apellidos primerapellido""",
        "email": """email emails mail emailaddress mailaddress emailadresse mailadresse adressemail adresseemail courriel
            adressecourriel adresseelectronique correo correoelectronico""",
        "organisation": """company companyname organisation organization organisationname employer firm institution
            firma unternehmen firmenname betrieb arbeitgeber entreprise societe organisme employeur
            empresa organizacion entidad compania""",
        "role": """role function jobtitle job position jobrole funktion rolle stelle beruf stellenbezeichnung
            fonction poste cargo puesto funcion rol""",
        "table": "table tablenumber tableno tablenr seat tisch tischnummer tischnr tablenumero numerodetable mesa numerodemesa",
    }.items()
    for head in heads.split()
}


@dataclass(frozen=True)
class Row:
    """A line of the list; ``line`` is where it begins, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Seating:
    """A table and who sits there."""

    table: str
    people: tuple[Participant, ...]


def read(path: Path) -> tuple[tuple[Participant, ...], tuple[Problem, ...]]:
    """Return the people of a list in its order, and warnings.

    Raises Broken with everything that is wrong with it: nobody is to stand on no sheet, or under somebody else's company.
    """
    text, doubts = _text(path)
    return listed(text, str(path), doubts)


def listed(text: str, name: str, doubts: Iterable[Problem] = ()) -> tuple[tuple[Participant, ...], tuple[Problem, ...]]:
    """Return the people that the text of a list names; ``name`` is its file's, for messages. Raises Broken as :func:`read`."""
    rows = _rows(text, name)
    if not rows:
        raise Broken([Problem("there is nobody on this list", Place(name), HEAD)])
    columns, told = _columns(rows[0], name)
    named = rows[1:] if columns else rows
    reader = _Reader(columns or {0: "name"}, len(rows[0].cells), name)
    people = tuple(filter(None, map(reader.person, named)))
    if not people and not reader.problems:
        reader.problems.append(Problem("this list has a first line and nobody below it", Place(name, rows[0].line)))
    if len(people) > MOST:
        reader.problems.append(Problem(f"{len(people)} people are on this list, {MOST} at most", Place(name), "divide it"))
    if reader.problems:
        raise Broken([*doubts, *told, *reader.problems])
    return people, (*doubts, *told, *reader.warnings)


def tables(people: Iterable[Participant]) -> int | None:
    """Return how many tables a list names; None unless everybody on it has one."""
    named = [person.table for person in people]
    return len(set(named)) if named and all(named) else None


def seating(people: Sequence[Participant], count: int) -> tuple[Seating, ...]:
    """Return who sits where: at the table of the list, all others one by one where fewest sit, so that neighbours part.

    There are ``count`` tables, or as many as the list names if those are more. Tables without a name are numbered.
    """
    named = sorted({person.table for person in people if person.table}, key=_natural)
    free = (str(number) for number in range(1, count + len(named) + 1) if str(number) not in named)
    labels = sorted([*named, *(next(free) for _ in range(count - len(named)))], key=_natural)
    seats: dict[str, list[Participant]] = {label: [] for label in labels}
    for person in people:
        if person.table:
            seats[person.table].append(person)
    for person in people:
        if not person.table:
            seats[min(labels, key=lambda label: len(seats[label]))].append(person)
    return tuple(Seating(label, tuple(seats[label])) for label in labels)


def _natural(label: str) -> tuple[int, int, str]:
    return (0, int(label), "") if label.isdecimal() else (1, 0, label)


# ------------------------------------------------------------------------------------------------ bytes and rows


def _text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The list as text; with a warning where its encoding had to be taken for the likeliest."""
    content = path.read_bytes()
    place = Place(str(path))
    if len(content) > LARGEST:
        raise Broken([Problem(f"this list has more than {LARGEST:,} bytes", place, "is it a table of names, saved as CSV?")])
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Broken([Problem("this is a spreadsheet, not a CSV file", place, "save it as CSV; in Excel: “CSV UTF-8”")])
    encoding = next((encoding for mark, encoding in MARKS.items() if content.startswith(mark)), "") or _bare(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        named = {"cp1252": "neither UTF-8 nor Windows-1252"}.get(encoding, f"no text in {encoding.removesuffix('-sig').upper()}")
        raise Broken([Problem(f"this is {named}", Place(str(path), line), SAVE)]) from error
    return text, tuple(_doubts(text, place) if encoding == "cp1252" else ())


def _bare(content: bytes) -> str:
    """The encoding of a text without a mark. Every other byte of names in UTF-16 is zero, as no other text has it."""
    if content[:200].count(0) * 3 > len(content[:200]):
        return "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _doubts(text: str, place: Place) -> Iterator[Problem]:
    """Yield a warning that the letters may be others. Raises Broken where no name is written as Windows-1252 would have it."""
    lines = list(enumerate(text.splitlines(), 1))
    for number, line in lines:
        foreign = sum(not letter.isascii() for letter in line if letter.isalpha())
        if STRAY.search(line) or foreign > sum(map(str.isalpha, line)) / 2:
            raise Broken([Problem("this line is in an encoding that cannot be told", Place(place.file, number), SAVE)])
    first = next(number for number, line in lines if not line.isascii())
    message = "this list is not in UTF-8, and was read as Windows-1252: are the letters beyond A to Z right?"
    yield warning(message, Place(place.file, first), SAVE)


def _rows(text: str, name: str) -> list[Row]:
    """Return the rows that are not empty, in the delimiter that makes most sense of them. Raises Broken."""
    first, _, rest = text.partition("\n")
    if found := re.fullmatch(r"\s*sep=(.)\s*", first):  # Excel's own way to say it
        return _read(f"\n{rest}", found[1], name)
    return _read(text, max(DELIMITERS, key=lambda delimiter: _sense(text, delimiter)), name)


def _sense(text: str, delimiter: str) -> tuple[int, int, int]:
    """How well a delimiter fits: heads that are known, then rows as wide as the first one, if that has several cells.

    Where there is one column only, a comma may belong to a name; the other delimiters never do.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    heads = next(csv.reader([first], delimiter=delimiter, skipinitialspace=True), [])
    known = {_field(cell) for cell in heads} - {""}
    alike = sum(line.count(delimiter) == len(heads) - 1 for line in text.splitlines()) if len(heads) > 1 else 0
    often = text.count(delimiter)
    return len(known), alike, -often if delimiter == "," else often


def _read(text: str, delimiter: str, name: str) -> list[Row]:
    """Split the text into rows. Raises Broken where a quotation mark is left open."""
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    begun = 1
    try:
        for cells in reader:
            kept = tuple(map(_clean, cells))
            rows += [Row(begun, kept)] if any(kept) else []
            begun = reader.line_num + 1
    except csv.Error as error:
        hint = "a quotation mark inside a cell is written twice, and a cell that begins with one ends with one"
        raise Broken([Problem("this line cannot be divided into cells", Place(name, begun), hint)]) from error
    return rows


def _clean(cell: str) -> str:
    """A cell with one form of each letter and single spaces, as it is to be printed."""
    return " ".join(unicodedata.normalize("NFC", cell).translate(UNSEEN).split())


# ------------------------------------------------------------------------------------------------ columns and people


def _field(head: str) -> str:
    """What a column is, by its head; "" if that is not known."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", head.casefold()) if letter.isalnum())
    return HEADS.get(plain, "")


def _columns(row: Row, name: str) -> tuple[dict[int, str], list[Problem]]:
    """Return what the columns are, by their positions, and notes on those that are not used; nothing if the list has no head.

    Raises Broken if there are several columns and none of them is known to be a name.
    """
    found: dict[int, str] = {}
    told: list[Problem] = []
    for at, cell in enumerate(row.cells):
        field, where = _field(cell), Place(name, row.line)
        if field and field in found.values():
            told.append(warning(f"two columns hold the {field}: column {at + 1} is not used", where))
        elif field:
            found[at] = field
        elif cell:
            told.append(Problem(f'column "{cell[:30]}" is not used', where, severity=Severity.INFO))
    if not found and len([cell for cell in row.cells if cell]) <= 1:
        return {}, []
    found = _told_apart(found)
    if not {"name", "given", "family"} & set(found.values()):
        raise Broken([Problem("no column is called a name", Place(name, row.line), _offer(row))])
    return found, told


def _told_apart(found: dict[int, str]) -> dict[int, str]:
    """Read “name” beside a first name as the last name, and beside a last name as the first."""
    fields = set(found.values())
    other = {frozenset({"name", "given"}): "family", frozenset({"name", "family"}): "given"}
    meant = other.get(frozenset(fields & {"name", "given", "family"}), "name")
    return {at: meant if field == "name" else field for at, field in found.items()}


def _offer(row: Row) -> str:
    """A hint that quotes no cell: without known heads the first line may be a person."""
    strange = [cell for cell in row.cells if not _field(cell)] if any(map(_field, row.cells)) else []
    close = {did_you_mean(cell.casefold(), HEADS) for cell in strange}
    return next((each for each in sorted(close) if each.startswith("did")), HEAD)


class _Reader:
    """Makes people of rows; remembers what is wrong, and whom it has seen on which line. ``width`` is the first row's."""

    def __init__(self, columns: Mapping[int, str], width: int, name: str) -> None:
        self.columns = columns
        self.width = width
        self.name = name
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._seen: dict[str, int] = {}

    def person(self, row: Row) -> Participant | None:
        """Return who a row names; None where something is wrong, or where it repeats another."""
        where = Place(self.name, row.line)
        fields = {field: row.cells[at] for at, field in self.columns.items() if at < len(row.cells)}
        full = fields.get("name") or " ".join(filter(None, (fields.get("given"), fields.get("family"))))
        faults = [Problem(what, where, hint) for what, hint in (*self._faults(row), *_nameless(full))]
        self.problems += faults
        if faults:
            return None
        person = Participant(**{**fields, "name": full})
        first = self._seen.setdefault(person.model_dump_json(), row.line)
        if first != row.line:
            self.warnings.append(warning(f"this line is the same as line {first}, and counts once", where))
            return None
        if "," in full:
            self.warnings.append(warning("this name has a comma, and is printed with it", where, COMMA))
        return person

    def _faults(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with a row, and what to do."""
        if any(row.cells[self.width :]):
            hint = "a cell that holds the delimiter stands in quotation marks"
            yield f"this line has {len(row.cells)} cells, the first one has {self.width}", hint
        for at, cell in enumerate(row.cells, 1):
            if any(unicodedata.category(letter) == "Cc" or letter in TURNING for letter in cell):
                yield f"column {at} has a control character", "type the cell anew"
            if len(cell) > LONGEST:
                yield f"column {at} has {len(cell)} characters, {LONGEST} at most", "is a quotation mark left open?"


def _nameless(full: str) -> Iterator[tuple[str, str]]:
    if not any(map(str.isalpha, full)):
        yield "this line has no name", "give the person’s name, or take the line out"
