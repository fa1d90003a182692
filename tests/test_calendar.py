"""When it is: the dates of days and messages, and calendar files as an independent reader has them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import icalendar
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from coursewright import calendars, delivery, editions
from coursewright.cli import main
from coursewright.documents import documents, find_document
from coursewright.make import Job, make
from coursewright.model import Edition, Session
from coursewright.outputs import calendar
from coursewright.problems import Severity
from coursewright.render import render
from sample import ROOT, two_hats
from small import SECRET, edition
from tiny import MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

TEMPLATES = (ROOT / "templates",)
DAY = date(2026, 12, 1)
ZONES = ("Europe/Vienna", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/St_Johns", "UTC")
DAYS = st.dates(date(2020, 1, 1), date(2036, 12, 31))


@cache
def planned(slot: str = "half-day", audience: str = "newly-promoted-managers") -> Edition:
    return editions.plan(two_hats(), audience, slot=slot)[0]


def on(*days: date, slot: str = "half-day", **known: str) -> Edition:
    return calendars.dated(planned(slot), Session.model_validate({"dates": days, **known}))[0]


def written(of: Edition, name: str = "calendar.ics") -> bytes:
    made = make(Job(of, find_document(name, documents(TEMPLATES)), {}, TEMPLATES, ROOT / "course", ROOT / "templates/brand.pptx"))
    assert not made.problems, made.problems
    return made.content


def events(content: bytes) -> list[icalendar.Event]:
    found = icalendar.Calendar.from_ical(content)
    assert not found.errors
    assert all(not component.errors for component in found.walk())
    return list(found.walk("VEVENT"))


def text(name: str, of: Edition) -> str:
    return render(of, find_document(name, documents(TEMPLATES)), {}, TEMPLATES).text


# ------------------------------------------------------------------------------------------------ dates


def test_each_day_has_its_date_and_days_beyond_those_named_follow_one_by_one() -> None:
    assert [day.date for day in on(DAY, date(2026, 12, 8), slot="two-days").days] == [DAY, date(2026, 12, 8)]
    found, told = calendars.dated(planned("two-days"), Session(dates=(DAY,)))
    assert [day.date for day in found.days] == [DAY, date(2026, 12, 2)]
    assert [(each.severity, each.message.rpartition(": ")[2]) for each in told] == [
        (Severity.INFO, "day 2 is Wednesday 2026-12-02")
    ]


def test_a_date_too_many_is_told() -> None:
    _, (told,) = calendars.dated(planned(), Session(dates=(DAY, date(2026, 12, 2))))
    assert told.severity is Severity.WARNING
    assert told.message.endswith("has 1 day: 2026-12-02 is not used")


def test_messages_count_from_the_first_day_backwards_and_from_the_last_day_on() -> None:
    for message in on(DAY, date(2026, 12, 8), slot="two-days").messages:
        near = DAY if message.day <= 0 else date(2026, 12, 8)
        assert message.date == near + timedelta(days=message.day)


def test_a_date_alone_changes_no_agenda_and_hides_no_warning() -> None:
    assert Session(dates=(DAY,), place="Room 4", timezone="UTC").changes_nothing()
    assert not Session(dates=(DAY,), people=9).changes_nothing()
    assert [item.start for item in on(DAY).agenda] == [item.start for item in planned().agenda]


@pytest.mark.parametrize("name", ["guide.html", "run-sheet.html", "workbook.html", "messages.html"])
def test_documents_say_when_and_where(name: str) -> None:
    found = text(name, on(DAY, place="Room 4, Vienna"))
    assert "Tuesday 1 December 2026, 09:00 to" in found
    assert "Room 4, Vienna" in found


def test_messages_go_out_on_real_dates_and_leave_less_to_fill_in() -> None:
    found = text("messages.html", on(DAY, place="Room 4, Vienna"))
    assert "Thursday 3 December 2026" in found
    assert "[date], 09:00" not in found
    assert "[place and room]" not in found
    assert "[date], 09:00" in text("messages.html", planned())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--date", "1.12.2026"), '"1.12.2026" is no date such as 2026-12-01'),
        (("--date", "2026-02-30"), "is no date"),
        (("--date", "20261201"), "is no date"),
        (("--date", "2026-12-02,2026-12-01"), "later than the one before"),
        (("--timezone", "Europe/Viena"), 'did you mean "Europe/Vienna"?'),
        (("--timezone", "here"), "write it as in Europe/Vienna"),
        (("--place", "x" * 121), "one line, please, of 120 characters at most"),
        (("--participants", "nobody.csv"), "does not exist"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, ...], message: str) -> None:
    result = CliRunner().invoke(main, ["plan", "course", "-a", "all", *arguments])
    assert result.exit_code == 2
    assert message in re.sub(r"\s+", " ", result.output)


def test_the_plan_shows_when_and_where(make_course: MakeCourse) -> None:
    make_course()
    result = CliRunner().invoke(main, ["plan", "course", "-a", "all", "--date", "2026-12-01", "--place", "  Room\n 4 "])
    assert "Tue 2026-12-01 09:00–09:15 · Room 4" in result.output


def test_what_is_not_said_is_not_known() -> None:
    assert delivery.session({"dates": (), "place": "", "timezone": ""}) == Session()


# ------------------------------------------------------------------------------------------------ calendar files


def test_a_calendar_holds_each_day_and_each_follow_up_and_no_break() -> None:
    of = on(DAY, date(2026, 12, 8), slot="two-days", place="Room 4; “Vienna”, 2nd floor")
    found = events(written(of))
    timed = [each for each in found if isinstance(each.decoded("dtstart"), datetime)]
    assert [(each.decoded("dtstart"), each.decoded("dtend")) for each in timed] == [
        (datetime.fromisoformat(f"{day.date} {day.start}"), datetime.fromisoformat(f"{day.date} {day.end}")) for day in of.days
    ]
    assert {str(each["location"]) for each in timed} == {"Room 4; “Vienna”, 2nd floor"}
    rest = [each for each in found if each not in timed]
    after = [each for each in of.messages if each.to == "participants" and each.day > 0]
    assert [each.decoded("dtstart") for each in rest] == [each.date for each in after]
    assert [str(each["summary"]).partition(": ")[2] for each in rest] == [each.subject for each in after]


def test_the_facilitators_calendar_adds_preparation_and_every_message() -> None:
    of = on(DAY)
    found = {str(each["summary"]): each.decoded("dtstart") for each in events(written(of, "calendar-facilitator.ics"))}
    assert found["Set up the room: Two Hats"] == datetime.fromisoformat("2026-12-01 08:00")
    assert found["Prepare: Two Hats"] == date(2026, 11, 17)
    assert found["Pack: Two Hats"] == date(2026, 11, 30)
    sent = [day for title, day in found.items() if title.startswith("Send ")]
    assert sorted(sent) == sorted(message.date for message in of.messages)


def test_an_event_keeps_its_id_until_it_is_another_session() -> None:
    ids = [str(each["uid"]) for each in events(written(on(DAY)))]
    assert len(set(ids)) == len(ids)
    assert ids == [str(each["uid"]) for each in events(written(on(DAY, timezone="Europe/Vienna")))]
    others = (on(date(2026, 12, 2)), on(DAY, place="Room 4"), on(DAY, slot="full-day"))
    assert all(not {str(each["uid"]) for each in events(written(other))} & set(ids) for other in others)


def test_the_same_session_is_the_same_calendar() -> None:
    assert written(on(DAY, timezone="Europe/Vienna")) == written(on(DAY, timezone="Europe/Vienna"))


def test_a_participants_calendar_holds_nothing_private() -> None:
    of = calendars.dated(edition(), Session(dates=(DAY,)))[0]
    assert SECRET.encode() not in written(of).replace(b"\r\n ", b"")


@settings(deadline=None, max_examples=30)
@given(DAYS, st.sampled_from(ZONES))
def test_an_independent_reader_finds_the_moment_that_the_time_zone_means(day: date, zone: str) -> None:
    of = calendars.dated(edition(), Session(dates=(day,), timezone=zone))[0]
    # Under a name that the reader does not know, and has not met before, it has to go by the rules in the file.
    named = f"Somewhere/{zone.replace('/', '-')}-{day}"
    (found,) = [each for each in events(written(of).replace(zone.encode(), named.encode())) if "dtend" in each]
    meant = datetime.fromisoformat(f"{day} {of.start}").replace(tzinfo=ZoneInfo(zone))
    assert found.decoded("dtstart").utcoffset() == meant.utcoffset()


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(ZONES), DAYS, st.integers(0, 400))
def test_every_change_of_the_clocks_is_told_once(zone: str, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    changes = calendars.clock_changes(zone, first, last)
    hour = datetime.combine(first, datetime.min.time(), ZoneInfo("UTC"))
    seen = [(hour + timedelta(hours=6 * number)).astimezone(ZoneInfo(zone)).utcoffset() for number in range(4 * days + 4)]
    turns = sum(before != after for before, after in pairwise(seen))
    assert turns <= len(changes) - 1 <= turns + 1  # one more may lie on the day before or after
    assert all(before.after == after.before for before, after in pairwise(changes))


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_words_come_back_from_a_calendar_as_they_were(words: str) -> None:
    words = "".join(letter for letter in words if letter.isprintable() or letter == "\n")
    line = f"SUMMARY:{calendars.escaped(words)}"
    folded = calendar.folded(line)
    assert all(len(each) <= calendar.WIDTH for each in folded.split(b"\r\n"))
    assert folded.replace(b"\r\n ", b"").decode() == line
    assert str(icalendar.Event.from_ical(b"BEGIN:VEVENT\r\n" + folded + b"\r\nEND:VEVENT\r\n")["summary"]) == words


def test_every_line_ends_as_the_format_has_it_and_none_is_too_long() -> None:
    content = written(on(DAY, timezone="Europe/Vienna"))
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert not any(b"\n" in line or len(line) > 75 for line in lines)
    assert all(lines[:-1])
