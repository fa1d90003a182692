"""What the command line shows of an edition and of a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from .problems import record
from .report import File, Report

if TYPE_CHECKING:
    from .brands import Inspection
    from .lint import Rule
    from .model import AgendaItem, Day, Edition
    from .outputs.pptx.findings import AccentCheck, Checkup, LayoutCheck, RoleCheck


def facts(edition: Edition) -> dict[str, Any]:
    """Return the plan as JSON knows it."""
    return {
        "audience": edition.audience.id,
        "minutes": edition.slot.minutes,
        "start": edition.start,
        "end": edition.end,
        "days": [day.model_dump(mode="json") for day in edition.days],
        "people": edition.people,
        "tables": edition.tables,
        "online": edition.online,
        "agenda": [_fact(item) for item in edition.agenda],
        "objectives": [objective.id for objective in edition.objectives],
        "receipt": edition.receipt.model_dump(mode="json"),
    }


def _fact(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("id", "day", "module", "title", "kind", "start", "minutes")}


def show(edition: Edition) -> None:
    """Print the agenda with clock times, the objectives claimed, and the receipt."""
    console = Console(highlight=False)
    console.print(f"[bold]{escape(edition.front.title)}[/] · {escape(edition.audience.name)} · {escape(edition.slot.title)}")
    console.print(f"{_when(edition)} · {_where(edition)}")
    for day in edition.days:
        console.print(f"\n[bold]Day {day.number}[/]" if len(edition.days) > 1 else "")
        console.print(_agenda(edition, day))
    console.print("\n[bold]By the end participants can[/]")
    for objective in edition.objectives:
        console.print(f"  [dim]{objective.id}[/]  {escape(objective.text)}")
    for title, lines in _receipt(edition):
        console.print(f"\n[bold]{title}[/]")
        for line in lines:
            console.print(f"  {escape(line)}")


def _when(edition: Edition) -> str:
    days = (f"{f'{day.date:%a} {day.date} ' if day.date else ''}{day.start}–{day.end}" for day in edition.days)
    return ", ".join(days) + (f" · {escape(edition.place)}" if edition.place else "")


def _where(edition: Edition) -> str:
    people = f"{edition.people} {'person' if edition.people == 1 else 'people'}"
    tables = f"{edition.tables} {'table' if edition.tables == 1 else 'tables'}"
    return f"{people}, online" if edition.online else f"{people} at {tables}"


def _agenda(edition: Edition, day: Day) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold")
    table.add_column(justify="right", style="dim")
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for item in (item for item in edition.agenda if item.day == day.number):
        title = escape(item.title) if item.module else f"[dim]{escape(item.title)}[/]"
        table.add_row(item.start, f"{item.minutes} min", item.id if item.module else "", title)
    table.add_row(day.end, "", "", "[dim]end[/]")
    return table


def _receipt(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    receipt = edition.receipt
    parts = {
        "How it was chosen": [receipt.basis, *receipt.notes],
        "Shortened": [f"{each.id}  {each.full} → {each.minutes} min: {each.rule}" for each in receipt.shrunk],
        "Cut": [f"{each.id}  {each.title} ({each.minutes} min): {each.rule}" for each in receipt.cut],
        "In other words for this audience": [f"{each.id}  {each.what}" for each in receipt.swapped],
        "Not claimed": [f"{each.id}  {each.missing}" for each in receipt.unclaimed],
        "Themes of the sources that do not come up": [f"{each.id}  {each.title} ({each.kind})" for each in receipt.uncovered],
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
    for file in written:
        if file.backup:
            console.print(f"{escape(f'{out}/{file.backup}')}  the earlier {escape(file.document)}, as it was")
    made = Counter("from the cache" if file.cached else "made" for file in written)
    counts = ", ".join(f"{number} {how}" for how, number in sorted(made.items())) or "none could be made"
    took = f"in {report.seconds:.1f} s ({counts})" if report.seconds else "as they were: nothing has changed"
    console.print(f"{len(written)} files {took}")


def _sized(file: File) -> str:
    unit = "slide" if file.document.endswith(".pptx") else "page"
    return f"{file.document} ({file.count} {unit}{'s' if file.count > 1 else ''})" if file.count else file.document


# ------------------------------------------------------------------------------------------------------- a brand


def brand_facts(found: Inspection) -> dict[str, Any]:
    """Return a check-up as JSON knows it: all but the pictures. Lengths are EMU, sizes points."""
    facts = {name: value for name, value in asdict(found.checkup).items() if name != "problems"}
    for each in (*facts["layouts"], *facts["roles"]):
        del each["portrait"]
    written = [str(path) for path in (*found.files, *([found.mapping] if found.mapping else []))]
    return {**facts, "problems": [record(problem) for problem in found.problems], "files": written}


def show_brand(found: Inspection, name: str) -> None:
    """Print which layout plays which role, what is drawn, what stays unused; fonts, accents and what is missing."""
    check = found.checkup
    console = Console(highlight=False)
    count = f"{len(check.layouts)} layout{'s' if len(check.layouts) > 1 else ''}"
    console.print(f"[bold]{escape(name)}[/] · {escape(' · '.join((check.shape, count, *check.families)))}\n")
    console.print(_cast(check))
    for title, lines in _rest(check):
        console.print(f"\n[bold]{title}[/]")
        for line in lines:
            console.print(f"  {escape(line)}", soft_wrap=True)
    console.print()


def _cast(check: Checkup) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("Role", style="bold", no_wrap=True)
    table.add_column("Layout", overflow="fold")
    table.add_column("Why", overflow="fold")
    table.add_column("Room, lines × characters", overflow="fold")
    layouts = {layout.number: layout for layout in check.layouts}
    for role in (role for role in check.roles if role.own):
        told = (f"{role.number} {role.layout}", role.why, _room(role, layouts[role.number]))
        table.add_row(role.role, *map(escape, told))
    return table


def _room(role: RoleCheck, layout: LayoutCheck) -> str:
    """How much fits into the slots of a role."""
    sizes = {name: holder.capacity for holder in layout.holders for name in holder.slots}
    found = ((name, sizes.get(name)) for name in ("title", *role.slots))
    return ", ".join(f"{name} {room.lines} × {room.characters}" for name, room in found if room is not None)


def _rest(check: Checkup) -> Iterator[tuple[str, Iterable[str]]]:
    """What follows the roles, as titles with lines."""
    lent = [role for role in check.roles if not role.own]
    if lent:
        drawn = ", ".join(role.role for role in lent)
        yield f"Drawn on {lent[0].number} “{escape(lent[0].layout)}”, in the brand’s colours and fonts", [drawn]
    idle = [f"{layout.number} {layout.name}: {layout.idle}" for layout in check.layouts if layout.idle]
    if idle:
        yield "Not used", idle
    yield "Fonts", [f"{font.family} ({', '.join(font.uses[:3])}): {font.told}" for font in check.fonts]
    for ground in check.grounds:
        yield f"Accents on {ground.colour}", [_accent(accent) for accent in ground.accents]
    if check.gaps:
        yield "Missing or left out", [f"{gap.what}. {gap.instead}" for gap in check.gaps]


def _accent(accent: AccentCheck) -> str:
    instead = f", shown as {accent.instead}" if accent.instead else ""
    return f"{accent.name}  {accent.ratio.ink}  {accent.ratio.value:4.1f} : 1  {accent.use}{instead}"


def brand_files(found: Inspection) -> None:
    """Print where everything was written."""
    console = Console(highlight=False, soft_wrap=True)
    for path in found.files:
        console.print(f"[bold]{escape(str(path))}[/]")
    if found.kept:
        console.print(f"{escape(str(found.kept))}  the earlier mapping file, as it was")
    if found.mapping:
        console.print(f"[bold]{escape(str(found.mapping))}[/]  edit it: what it says wins from now on")


# ------------------------------------------------------------------------------------------------------- lint rules


def rule_facts(rule: Rule) -> dict[str, Any]:
    """Return a lint rule as JSON knows it."""
    names = ("id", "title", "severity", "evidence", "source", "why", "mend", "scope")
    examples = {name: asdict(example) for name in ("bad", "good") if (example := getattr(rule, name)) is not None}
    return {**{name: str(getattr(rule, name)) for name in names}, "limits": dict(rule.limits), **examples}


def show_rules(rules: Iterable[Rule]) -> None:
    """Print lint rules, a line each."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("Rule", "What it asks", "Severity", "Rests on"):
        table.add_column(name, style="bold" if name == "Rule" else "", overflow="fold")
    for rule in rules:
        limits = ", ".join(f"{name} {value:g}" for name, value in rule.limits.items())
        table.add_row(rule.id, escape(rule.title + (f" ({limits})" if limits else "")), rule.severity.value, rule.evidence.value)
    Console(highlight=False).print(table)


def show_rule(rule: Rule) -> None:
    """Print the whole story of a lint rule."""
    console = Console(highlight=False)
    console.print(f"[bold]{rule.id}[/]  {escape(rule.title)}\n")
    rows = {
        "Severity": rule.severity.value,
        "Looks at": SCOPES[rule.scope.value],
        "Why": rule.why,
        "Rests on": f"{rule.evidence.value}: {rule.source}",
        "To mend": rule.mend,
        "Numbers": ", ".join(f"{name}: {value:g}" for name, value in rule.limits.items()),
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, words in rows.items():
        if words:
            table.add_row(name, escape(words))
    console.print(table)
    for name, example in (("Not so", rule.bad), ("But so", rule.good)):
        if example is not None:
            console.print(f"\n[bold]{name}[/] [dim]({escape(example.at)})[/]")
            console.print(escape(indent(example.yaml.strip(), "    ")), soft_wrap=True)
    numbers = ", limits: {" + ", ".join(f"{name}: {value:g}" for name, value in rule.limits.items()) + "}" if rule.limits else ""
    console.print("\n[dim]In course.yaml, or for one audience in its file:[/]", soft_wrap=True)
    console.print(escape(f"    lint: {{{rule.id}: {{severity: info{numbers}}}}}"), soft_wrap=True)
    console.print("[dim]Beside what it should not be asked of:[/]")
    console.print(escape(f"    waive: {{{rule.id}: why it need not hold here}}"), soft_wrap=True)


SCOPES = {
    "course": "the source, as each audience sees it",
    "edition": "one audience in one slot, as it runs",
    "files": "the finished files of an edition",
    "always": "held by the loader, the writers or the audit, in every run",
}
