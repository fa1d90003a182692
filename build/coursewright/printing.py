"""What the command line shows of an edition and of a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from .report import File, Report

if TYPE_CHECKING:
    from .model import AgendaItem, Edition


def facts(edition: Edition) -> dict[str, Any]:
    """Return the plan as JSON knows it."""
    return {
        "audience": edition.audience.id,
        "minutes": edition.slot.minutes,
        "start": edition.start,
        "end": edition.end,
        "people": edition.people,
        "agenda": [_fact(item) for item in edition.agenda],
        "objectives": [objective.id for objective in edition.objectives],
        "receipt": edition.receipt.model_dump(mode="json"),
    }


def _fact(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("id", "module", "title", "kind", "start", "minutes")}


def show(edition: Edition) -> None:
    """Print the agenda with clock times, the objectives claimed, and the receipt."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(edition.front.title)}[/] · {escape(edition.audience.name)} · {escape(edition.slot.title)}")
    console.print(f"{edition.start}–{edition.end} · {edition.people} people at {edition.tables} tables\n")
    console.print(_agenda(edition))
    console.print("\n[bold]By the end participants can[/]")
    for objective in edition.objectives:
        console.print(f"  [dim]{objective.id}[/]  {escape(objective.text)}")
    for title, lines in _receipt(edition):
        console.print(f"\n[bold]{title}[/]")
        for line in lines:
            console.print(f"  {escape(line)}")


def _agenda(edition: Edition) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right", style="dim")
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for item in edition.agenda:
        title = escape(item.title) if item.module else f"[dim]{escape(item.title)}[/]"
        table.add_row(item.start, f"{item.minutes} min", item.id if item.module else "", title)
    table.add_row(edition.end, "", "", "[dim]end[/]")
    return table


def _receipt(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    receipt = edition.receipt
    parts = {
        "Shortened": [f"{each.id}  {each.full} → {each.minutes} min: {each.rule}" for each in receipt.shrunk],
        "Cut": [f"{each.id}  {each.title} ({each.minutes} min): {each.rule}" for each in receipt.cut],
        "In other words for this audience": [f"{each.id}  {each.what}" for each in receipt.swapped],
        "Not claimed": [f"{each.id}  {each.missing}" for each in receipt.unclaimed],
    }
    return ((title, lines) for title, lines in parts.items() if lines)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on a terminal, nothing elsewhere. What it yields takes a name, how many are done, of how many."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("building", total=None)
        yield lambda name, done, total: bar.update(task, description=name, completed=done, total=total)


def summary(report: Report, out: Path) -> None:
    """Print what was made, a line an edition, and how long it took."""
    console = Console(highlight=False, soft_wrap=True)
    written = [file for file in report.files if file.path]
    editions: dict[str, list[str]] = {}
    for file in written:
        editions.setdefault(f"{out}/{file.audience}/{file.slot}", []).append(_sized(file))
    for folder, documents in editions.items():
        console.print(f"[bold]{escape(folder)}[/]  {escape(', '.join(documents))}")
    made = Counter("from the cache" if file.cached else "made" for file in written)
    counts = ", ".join(f"{number} {how}" for how, number in sorted(made.items())) or "none could be made"
    took = f"in {report.seconds:.1f} s ({counts})" if report.seconds else "as they were: nothing has changed"
    console.print(f"{len(written)} files {took}")


def _sized(file: File) -> str:
    unit = "slide" if file.document.endswith(".pptx") else "page"
    return f"{file.document} ({file.count} {unit}{'s' if file.count > 1 else ''})" if file.count else file.document
