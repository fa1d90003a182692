"""What a user can say of one delivery on the command line, and the session it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zoneinfo import available_timezones

import click

from coursewright.problems import Problem, did_you_mean, warning

if TYPE_CHECKING:
    from coursewright.model import Participant, Session

Command = TypeVar("Command", bound=Callable[..., Any])
TIME = r"(?:[01]?\d|2[0-3]):[0-5]\d"
WINDOW = re.compile(rf"(?P<earliest>{TIME})-(?P<latest>{TIME})(?:/(?P<minutes>\d+))?")
LONGEST_PLACE = 120  # characters
DAY = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d")
NAMES = (
    *("start", "days", "people", "table_size", "online", "lunch", "include", "exclude", "wishes"),
    *("participants", "dates", "place", "timezone"),
)


class Delivery(NamedTuple):
    """A session, and what is to be said of the list of those who come."""

    session: Session
    warnings: tuple[Problem, ...] = ()


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


def dates(ctx: click.Context, _: click.Parameter, value: str | None) -> tuple[date, ...]:
    """Return dates, each later than the one before. Raises BadParameter for anything else."""
    found = tuple(map(_date, names(ctx, _, value)))
    if any(later <= earlier for earlier, later in pairwise(found)):
        raise click.BadParameter("each date must be later than the one before it")
    return found


def timezone(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
    """Return the name of a time zone. Raises BadParameter for one that there is not."""
    name = (value or "").strip()
    if name and name not in (known := available_timezones()):
        raise click.BadParameter(f'there is no time zone "{name}"; {_offer(name, known)}')
    return name


def _offer(name: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known)
    return hint if hint.startswith("did") else "write it as in Europe/Vienna or America/New_York"


def line(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
    """Return words for one line of print. Raises BadParameter for control characters and for more than fits."""
    words = " ".join((value or "").split())
    if len(words) > LONGEST_PLACE or not all(map(str.isprintable, words)):
        raise click.BadParameter(f"one line, please, of {LONGEST_PLACE} characters at most")
    return words


def _date(text: str) -> date:
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f'"{text}" is no date such as 2026-12-01') from None


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
    click.option(
        "--date", "dates", metavar="YYYY-MM-DD[,…]", callback=dates, help="When it is; one date for each day, or the first one."
    ),
    click.option("--place", metavar="WORDS", callback=line, help="Where it is, such as “Room 4, Vienna”."),
    click.option(
        "--timezone", metavar="NAME", callback=timezone, help="For calendars, such as Europe/Vienna; else the reader's own time."
    ),
    click.option("--people", type=click.IntRange(1, 500), help="Head count; else as the audience's file says."),
    click.option(
        "--participants",
        metavar="FILE.csv",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        help="A list of who comes: it gives the head count, and names to sign-in sheet, name tents and certificates. "
        "Nothing of it is kept in the cache or the report.",
    ),
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


def delivery(values: Mapping[str, Any]) -> Delivery:
    """Return the session that the values of :data:`OPTIONS` mean, with the people of its list. Raises Broken for a bad list."""
    path = values.get("participants")
    if path is None:
        return Delivery(session(values))
    from coursewright import people

    found, doubts = people.read(path)
    given = values.get("people")
    if given not in (None, len(found)):
        message = f"--people says {given}, and {len(found)} are on the list: the list is taken"
        doubts = (*doubts, warning(message, str(path)))
    return Delivery(session({**values, "people": len(found)}, found), doubts)


def session(values: Mapping[str, Any], participants: tuple[Participant, ...] = ()) -> Session:
    """Return the session that the values of :data:`OPTIONS` mean, for these people."""
    from coursewright.model import Lunch, Session
    from coursewright.people import tables

    lunch: Lunch | bool | None = None
    match values.get("lunch"):
        case "none":
            lunch = False
        case (earliest, latest, minutes):
            lunch = Lunch(earliest=earliest, latest=latest, **({"minutes": minutes} if minutes else {}))
    own = ("start", "lunch", "participants")
    taken = {name: values[name] for name in NAMES if name not in own and values.get(name) is not None}
    return Session(starts=values.get("start", ()), lunch=lunch, participants=participants, tables=tables(participants), **taken)
