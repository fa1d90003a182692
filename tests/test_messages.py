"""The mails before and after a session: who gets which, and what comes with them."""

from __future__ import annotations

import pytest

from coursewright import editions
from coursewright.documents import documents, find_document
from coursewright.load import load
from coursewright.model import Edition, PlannedMessage
from coursewright.render import render
from sample import ROOT, two_hats
from tiny import MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

TEMPLATES = (ROOT / "templates",)


def edition(audience: str, slot: str) -> Edition:
    return editions.plan(two_hats(), audience, slot=slot)[0]


def message(audience: str, slot: str, name: str) -> PlannedMessage:
    return next(each for each in edition(audience, slot).messages if each.id == name)


def test_messages_come_in_the_order_of_their_days() -> None:
    days = [each.day for each in edition("newly-promoted-managers", "two-days").messages]
    assert days == sorted(days)
    assert days[0] < 0 < days[-1]


def test_what_stands_in_for_a_segment_is_sent_only_where_that_does_not_run() -> None:
    sent = {
        slot: {each.id for each in edition("newly-promoted-managers", slot).messages} for slot in ("sixty-minutes", "half-day")
    }
    assert "pre-work" in sent["sixty-minutes"]
    assert "pre-work" not in sent["half-day"]


def test_a_message_comes_in_the_words_of_its_audience_and_only_to_whom_it_is_for() -> None:
    owners = edition("small-business-owners", "half-day").messages
    assert "manager-brief" not in {each.id for each in owners}
    assert "order book" in message("small-business-owners", "half-day", "invitation").text
    assert "order book" not in message("senior-executives", "half-day", "invitation").text


def test_expressions_of_a_message_are_worked_out() -> None:
    assert message("newly-promoted-managers", "half-day", "invitation").subject.startswith("Half day:")


def test_pages_enclosed_are_there_at_full_length_although_the_session_does_not_run_them() -> None:
    short = edition("senior-executives", "sixty-minutes")
    running = {segment.id for module in short.modules for segment in module.segments}
    (module,) = message("senior-executives", "sixty-minutes", "pre-read").enclosed
    (segment,) = module.segments
    assert segment.id == "M06-S3"
    assert segment.id not in running
    assert segment.given == segment.minutes.full
    assert segment.workbook


def test_a_page_that_two_messages_enclose_is_printed_once() -> None:
    short = edition("small-business-owners", "sixty-minutes")
    text = render(short, find_document("messages.html", documents(TEMPLATES)), {}, TEMPLATES).text
    assert text.count('id="enclosed-M01-S4"') == 1
    assert "Comes with: Pre-work, Day 30" in text


@pytest.mark.parametrize("field", ["encloses", "stands_in_for"])
def test_a_message_that_names_no_segment_of_the_course_is_told_so(field: str, make_course: MakeCourse) -> None:
    text = f"title: Hello\nday: 1\nsubject: Hello\ntext: Hello there.\n{field}: [S9]\n"
    said = "\n".join(map(str, load(make_course({"messages/hello.yaml": text})).problems))
    assert "messages/hello.yaml:5" in said
    assert 'there is no segment "S9"' in said
