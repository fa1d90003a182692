"""What the command line shows of a comparison: on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .differences.words import clipped
from .problems import record

if TYPE_CHECKING:
    from .comparing import Comparison, Documents
    from .differences import Difference, DocumentDifference, Field
    from .differences.editions import Head, Line, Time
    from .differences.words import Run

STYLES = ("red", "green")  # of what differs on the first side, and on the second
MARKS = ("−", "+")
CLOCK = 14  # letters that a day, a clock time and minutes take


def facts(found: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON knows it; numbers of pages and slides count from 1, 0 is one that is not there."""
    known = asdict(found)
    for line in (known["edition"] or {}).get("agenda", ()):
        line["changes"] = sorted(line["changes"])
    known["problems"] = [record(problem) for problem in found.problems]
    known["files"] = [str(path) for path in found.files]
    return known


def show(found: Comparison) -> None:
    """Print what differs: of two editions all that their readers meet, of two versions what was changed."""
    console = Console(highlight=False)
    a, b = found.names
    console.print(f"[bold]{escape(found.course)}[/] · {escape(a)} [dim]and[/] {escape(b)}")
    if found.edition:
        _edition(console, found, found.edition)
    for each in found.sets:
        _documents(console, found, each)
    if not found.edition:
        _changes(console, found)
    console.print()
    for path in found.files:
        console.print(f"[bold]{escape(str(path))}[/]", soft_wrap=True)


def _titled(console: Console, title: str) -> None:
    console.print(f"\n[bold]{escape(title)}[/]")


# ----------------------------------------------------------------------------------------------------- editions


def _edition(console: Console, found: Comparison, edition: Difference) -> None:
    console.print(f"[dim]{escape(_head(edition.a))}[/]\n[dim]{escape(_head(edition.b))}[/]")
    _titled(console, "Agenda")
    console.print(_agenda(found.names, edition))
    claims = [each for each in edition.objectives if each.differs]
    _titled(console, f"Objectives claimed: {len(edition.objectives) - len(claims)} by both, in the same words")
    for each in claims:
        _both(console, each.id, (each.a, each.b), each.why)
    for story in edition.cases:
        _titled(console, f"Case “{story.title}”")
        if story.a != story.b:
            console.print(f"  {escape(', '.join(story.a) or 'not used')} → {escape(', '.join(story.b) or 'not used')}")
        _fields(console, story.fields)
    if edition.terms:
        _titled(console, "Terms")
        console.print(_grid([(each.name, each.a or "–", each.b or "–") for each in edition.terms], ("", *found.names)))
    for passage in edition.words:
        _titled(console, f"{passage.id}  {passage.title}".strip())
        _fields(console, passage.fields)
        if passage.terms:
            console.print(f"  [dim]only the terms differ:[/] {escape('; '.join(each.path for each in passage.terms))}")


def _head(head: Head) -> str:
    many = f", {head.days} days" if head.days > 1 else ""
    return f"{head.audience}: {head.slot}{many}, {head.start}–{head.end}, {head.people} people, version {head.version}"


def _agenda(names: tuple[str, str], edition: Difference) -> Table:
    rows = [
        (_time(line.a, edition.a.days), _time(line.b, edition.b.days), f"{line.id} {line.title}".strip(), _told(line, names))
        for line in edition.agenda
    ]
    return _grid(rows, (*names, "", ""), narrow=2)


def _time(time: Time | None, days: int) -> str:
    if time is None:
        return "–"
    return (f"{time.day} · " if days > 1 else "") + f"{time.start} {time.minutes:3} min"


def _told(line: Line, names: tuple[str, str]) -> str:
    """What differs in a line of the agenda."""
    told = [f"only {names[0]}"] if "only a" in line.changes else [f"only {names[1]}"] if "only b" in line.changes else []
    told += [line.why] if line.why else []
    if line.a and line.b and "minutes" in line.changes:
        told.append(f"{line.b.minutes - line.a.minutes:+} minutes")
    told += ["in another place"] if "moved" in line.changes else []
    told += [f"{names[0]}: “{line.other_title}”"] if line.other_title else []
    return "; ".join(told)


def _grid(rows: Iterable[Sequence[str]], heads: Sequence[str], narrow: int = 0) -> Table:
    """A table; of its columns the first ``narrow`` are as wide as a clock time with minutes."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for number, head in enumerate(heads):
        table.add_column(escape(head), overflow="fold", max_width=CLOCK if number < narrow else None)
    for row in rows:
        table.add_row(*map(escape, row))
    return table


# -------------------------------------------------------------------------------------------------------- words


def _fields(console: Console, fields: Iterable[Field]) -> None:
    for each in fields:
        _both(console, each.path, (each.a, each.b))


def _both(console: Console, name: str, sides: tuple[Sequence[Run], Sequence[Run]], why: str = "") -> None:
    """Print a place, and below it what both sides say there."""
    console.print(f"  {escape(name)}{escape(f': not claimed, {why}') if why else ''}", style="dim")
    for runs, style, mark in zip(sides, STYLES, MARKS, strict=True):
        if runs:
            console.print(_hung(Text(mark, style), Text.assemble(*_marked(clipped(runs), style))))


def _hung(*cells: Text) -> Padding:
    """Text beside a mark, its further lines below its first."""
    table = Table.grid(padding=(0, 1))
    table.add_row(*cells)
    return Padding(table, (0, 0, 0, 4))


def _marked(runs: Iterable[Run], style: str) -> Iterator[tuple[str, str]]:
    return ((" ".join(run.text.split("\n")), style if run.differs else "") for run in runs)


# ---------------------------------------------------------------------------------------------------- documents


def _documents(console: Console, found: Comparison, documents: Documents) -> None:
    a, b = found.names
    _titled(console, "Slides and pages" if found.edition else f"{documents.audience}, {documents.slot}")
    if documents.only:
        console.print(f"  only {escape(a if documents.only == 'a' else b)} offers this edition")
    for each in documents.documents:
        console.print(f"  [bold]{escape(each.name)}[/]  {escape(_document(each, found.names))}")
        for what, numbers in each.told if each.unit != "file" else ():
            console.print(_hung(Text(f"{what}:", "dim"), Text(numbers)))


def _document(document: DocumentDifference, names: tuple[str, str]) -> str:
    if document.missing:
        only = {"only a": names[0], "only b": names[1]}.get(document.missing)
        return f"only {only} has it" if only else "could not be made"
    if document.is_same:
        return "the same"
    if document.unit == "file":
        return "only the version differs" if document.of("running") else "changed"
    sizes = str(document.a) if document.a == document.b else f"{document.a} → {document.b}"
    return f"{sizes} {document.unit}{'' if sizes == '1' else 's'}"


def _changes(console: Console, found: Comparison) -> None:
    if not found.changes:
        console.print("\nThe course’s files say the same.")
    for change in found.changes:
        _titled(console, f"{change.sort} {change.id}: {change.title} ({', '.join(change.fates)})".replace(" :", ":"))
        _fields(console, change.fields)
