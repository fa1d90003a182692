"""The mails before and after a session: which of them go out, and the workbook pages that come with them."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Course, Edition, Message, PlannedMessage, PlannedModule, PlannedSegment, Segment

UNTIMED = "00:00"  # an enclosed page is worked on whenever its reader likes


def going_out(course: Course, edition: Edition) -> tuple[PlannedMessage, ...]:
    """Return the messages of an edition, first to last. ``course`` is as the edition's audience sees it.

    What a message encloses is there at full length, whether the session runs it or not: it is read at leisure.
    """
    running = {segment.id for module in edition.modules for segment in module.segments}
    wanted = (each for each in course.messages if not each.stands_in_for or not running.issuperset(each.stands_in_for))
    return tuple(_planned(message, course) for message in wanted)


def _planned(message: Message, course: Course) -> PlannedMessage:
    modules = tuple(_enclosed(message, course)) if message.encloses else ()
    return PlannedMessage.model_construct(**dict(message), enclosed=modules).moved(message._moved)


def _enclosed(message: Message, course: Course) -> Iterator[PlannedModule]:
    for module in course.modules:
        segments = tuple(_untimed(segment) for segment in module.segments if segment.id in message.encloses)
        if segments:
            given = sum(segment.given for segment in segments)
            yield PlannedModule.model_construct(**{**dict(module), "segments": segments}, number=0, given=given, start=UNTIMED)


def _untimed(segment: Segment) -> PlannedSegment:
    return PlannedSegment.model_construct(**dict(segment), given=segment.minutes.full, start=UNTIMED, end=UNTIMED).moved(
        segment._moved
    )
