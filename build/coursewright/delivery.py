"""What a user can say of one delivery on the command line, and the session it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from coursewright.model import Session

Command = TypeVar("Command", bound=Callable[..., Any])
TIME = r"(?:[01]?\d|2[0-3]):[0-5]\d"
WINDOW = re.compile(rf"(?P<earliest>{TIME})-(?P<latest>{TIME})(?:/(?P<minutes>\d+))?")
NAMES = ("start", "days", "people", "table_size", "online", "lunch", "include", "exclude", "wishes")


def names(ctx: click.Context, _: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return the names of a list with commas."""
    return tuple(name.strip() for name in (value or "").split(",") if name.strip())


def clock_times(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Return clock times with two figures for the hour. Raises BadParameter for anything else."""
    return tuple(_clock(each) for each in names(ctx, parameter, value))


def window(ctx: click.Context, _: click.Parameter, value: str | None) -> tuple[str, str, int] | str:
    """Return when lunch may start, earliest and latest, and its minutes (0: as the course says); or "none", or nothing."""
    if value is None or value.strip().lower() == "none":
        return "" if value is None else "none"
    found = WINDOW.fullmatch(value.replace(" ", ""))
    if not found:
        raise click.BadParameter(f'"{value}" is no lunch window such as 12:00-13:00, 12:00-13:00/45 (its minutes) or none')
    earliest, latest = _clock(found["earliest"]), _clock(found["latest"])
    if earliest > latest:
        raise click.BadParameter(f'"{value}" ends before it begins')
    return earliest, latest, int(found["minutes"] or 0)


def _clock(text: str) -> str:
    if not re.fullmatch(TIME, text):
        raise click.BadParameter(f'"{text}" is no clock time such as 09:00 or 13:30')
    return text.zfill(5)


LENGTH = (
    click.option("--minutes", "-m", type=click.IntRange(15, 2880), help="Length of the session: any whole number."),
    click.option("--slot", metavar="ID", help="Or a slot that course.yaml names."),
)
OPTIONS = (
    click.option(
        "--start", metavar="HH:MM[,…]", callback=clock_times, help="When it begins; one time for each day, if they differ."
    ),
    click.option("--days", type=click.IntRange(1, 10), help="Over how many days; else as few as will do."),
    click.option("--people", type=click.IntRange(1, 500), help="Head count; else as the audience's file says."),
    click.option("--table-size", type=click.IntRange(1, 50), help="People at a table; else as the audience's file says."),
    click.option("--online", is_flag=True, help="In a video call: rooms, tools and breaks for that."),
    click.option(
        "--lunch", metavar="FROM-TO[/MIN]", callback=window, help="When lunch may start, such as 12:00-13:00/45; or none."
    ),
    click.option("--with", "include", metavar="IDS", callback=names, help="Modules or segments that stay whatever else goes."),
    click.option("--without", "exclude", metavar="IDS", callback=names, help="Modules or segments that do not run."),
    click.option("--wish", "wishes", metavar="IDS", callback=names, help="Objectives that must be reached."),
)


def options(command: Command) -> Command:
    """Give a command the options that say how long, when, where and for how many."""
    for option in reversed((*LENGTH, *OPTIONS)):
        command = option(command)
    return command


def session(values: Mapping[str, Any]) -> Session:
    """Return the session that the values of :data:`OPTIONS` mean."""
    from coursewright.model import Lunch, Session

    lunch: Lunch | bool | None = None
    match values.get("lunch"):
        case "none":
            lunch = False
        case (earliest, latest, minutes):
            lunch = Lunch(earliest=earliest, latest=latest, **({"minutes": minutes} if minutes else {}))
    taken = {name: values[name] for name in NAMES if name not in ("start", "lunch") and values.get(name) is not None}
    return Session(starts=values.get("start", ()), lunch=lunch, **taken)
