"""What is said of one delivery on the command line, and the session it means."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from coursewright import delivery
from coursewright.cli import main
from coursewright.model import Lunch, Session

COURSE = str(Path(__file__).parents[1] / "course")


@click.command()
@delivery.options
def told(**values: Any) -> None:
    session = delivery.session(values)
    click.echo(session.model_dump_json())


def session(*arguments: str) -> Session:
    result = CliRunner().invoke(told, arguments)
    assert result.exit_code == 0, result.output
    return Session.model_validate_json(result.output, strict=False)


def plan(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["plan", COURSE, "-a", "newly-promoted-managers", "--format", "json", *arguments])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_nothing_said_is_a_session_of_which_nothing_is_known() -> None:
    assert session() == Session()


def test_everything_that_can_be_said_arrives() -> None:
    said = session(
        *(
            "--start",
            "9:00, 08:30",
            "--days",
            "2",
            "--people",
            "14",
            "--table-size",
            "5",
            "--online",
            "--lunch",
            "12:00-13:00/45",
        ),
        *("--with", "M04,M05-S2", "--without", "M03", "--wish", "M01-O1, M02-O1"),
    )
    assert said == Session(
        starts=("09:00", "08:30"),
        days=2,
        people=14,
        table_size=5,
        online=True,
        lunch=Lunch(earliest="12:00", latest="13:00", minutes=45),
        include=("M04", "M05-S2"),
        exclude=("M03",),
        wishes=("M01-O1", "M02-O1"),
    )


def test_a_day_may_go_without_lunch() -> None:
    assert session("--lunch", "none").lunch is False


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--start", "9"), "no clock time"),
        (("--start", "09:00,25:00"), "no clock time"),
        (("--lunch", "noon"), "no lunch window"),
        (("--lunch", "13:00-12:00"), "ends before it begins"),
    ],
)
def test_what_makes_no_sense_is_refused_with_an_example(arguments: tuple[str, ...], message: str) -> None:
    result = CliRunner().invoke(told, arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_one_command_plans_for_so_many_people_from_a_time_on() -> None:
    found = plan("--minutes", "150", "--start", "13:30", "--people", "17", "--table-size", "4")
    assert (found["start"], found["end"], found["people"], found["tables"]) == ("13:30", "16:00", 17, 5)
    assert sum(item["minutes"] for item in found["agenda"]) == 150


def test_what_is_left_out_on_request_is_on_the_receipt() -> None:
    found = plan("--minutes", "150", "--without", "M02-S5")
    assert {"M02-S5": "left out on request"}.items() <= {cut["id"]: cut["rule"] for cut in found["receipt"]["cut"]}.items()


def test_asking_for_a_module_there_is_not_says_so() -> None:
    result = CliRunner().invoke(main, ["plan", COURSE, "-a", "newly-promoted-managers", "--without", "M2"])
    assert result.exit_code == 1
    assert 'this audience has no module or segment "M2"' in result.output
    assert "did you mean" in result.output


def test_days_are_shown_one_after_the_other() -> None:
    result = CliRunner().invoke(main, ["plan", COURSE, "-a", "newly-promoted-managers", "--minutes", "180", "--days", "2"])
    assert result.exit_code == 0, result.output
    assert "Day 1" in result.output
    assert "Day 2" in result.output
