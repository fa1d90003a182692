"""Lint rules: time. Minutes are those that an edition gives; rules about the source take a segment's full length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from coursewright.lint.alignment import is_housekeeping
from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, always, rule
from coursewright.lint.texts import modules_of, quoted
from coursewright.model import AgendaItem, Course, Edition, Kind, PlannedSegment, Priority, Segment, Step
from coursewright.problems import Severity

PAUSES = frozenset({"break", "lunch", "open"})  # lines of an agenda in which nobody has to sit; the buffer is none
WORKING = frozenset({Kind.ACTIVITY, Kind.DISCUSSION, Kind.REFLECTION, Kind.QUIZ})
TALKING_ABOUT_IT = frozenset({Kind.DEBRIEF, Kind.DISCUSSION, Kind.REFLECTION})  # what may follow an activity as its debrief
FULL_DAY = 360  # minutes: a day this long has lunch
ATTENTION = "That attention ends after 10 to 15 minutes is folklore: Wilson and Korn (2007), Bradbury (2016) find no proof."

TIM_01 = always(
    "TIM-01",
    "Minutes add up to the slot",
    r"the listed segments do not fit, so the rules chose",
    r"minutes are left over and became time in hand",
    r"minutes are too short for ",
    r"the course cannot be divided over \d+ days",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="arithmetic",
    why="A plan that does not add up is put right in the room, at the cost of breaks or of the ending.",
    mend="Change the minutes of the slot, or what is listed for it, until segments, breaks and buffer fill it.",
    bad=Example(
        "course.yaml#", "slots: [{id: hour, title: One hour, minutes: 60, segments: {M01-S2: 10, M01-S6: 15, M01-S7: 5}}]"
    ),
    good=Example(
        "course.yaml#", "slots: [{id: short, title: Short, minutes: 65, segments: {M01-S3: 40, M01-S6: 15, M01-S7: 5}}]"
    ),
)


# ------------------------------------------------------------------------------------------------------- talk and work


@rule(
    "TIM-02",
    "Nobody listens for long without a question or a task",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="practitioners’ consensus; Freeman et al. (2014) on active learning, in university courses",
    why=f"People learn more when they do something with what they hear. {ATTENTION}",
    mend="Ask a question, or give a task, before the limit; or divide the talk by an exercise.",
    scope=Scope.EDITION,
    bad=Example(
        "modules/one.yaml#/segments/1",
        "{minutes: {full: 14, min: 14}, steps: [{do: Tell the whole story of planning., minutes: 14}]}",
    ),
    good=Example(
        "modules/one.yaml#/segments/1",
        """{minutes: {full: 14, min: 14}, steps: [{do: Tell the story., minutes: 7, ask: ["What was missing?"]},
        {do: Tell its end., minutes: 7}]}""",
    ),
    limits={"minutes": 10, "error": 15},
)
def talk_without_end(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Counted are steps of talks on end, over segments, up to a task, a question or a pause (:func:`_talks`).

    So a talk that its author divides by questions is not one talk, whatever its type says.
    """
    for minutes, first in _talks(segment for _, segment in _run(edition)):
        if minutes > limits["minutes"]:
            weight = Severity.ERROR if minutes > limits["error"] else None
            yield Finding(
                first.at("do"), f"{minutes} minutes of talk without a question or a task, from {quoted(first.do)} on", weight
            )


@rule(
    "TIM-03",
    "Talk takes a small part of the time",
    severity=Severity.WARNING,
    evidence=Evidence.EVIDENCE,
    source="Freeman et al. (2014), 225 studies of university courses; the number is our own",
    why="Active learning beats lectures; for workshops that is an inference, and no study names a percentage.",
    mend="Shorten a talk, make an exercise of it, or let people read it before they come.",
    scope=Scope.EDITION,
    bad=Example("course.yaml#", "slots: [{id: short, title: Short, minutes: 30, segments: {M01-S2: 10, M01-S6: 10, M01-S7: 5}}]"),
    good=Example(
        "course.yaml#", "slots: [{id: short, title: Short, minutes: 65, segments: {M01-S2: 10, M01-S3: 40, M01-S6: 15}}]"
    ),
    limits={"share": 30},
)
def share_of_talk(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Talk is what its author gave that type, without welcome and close; the whole is all segments, without breaks and buffer."""
    talk = [each for each in _segments(edition) if each.kind is Kind.TALK and not is_housekeeping(each)]
    content = _content(edition)
    minutes = sum(each.given for each in talk)
    if 100 * minutes > limits["share"] * content:
        longest = max(talk, key=lambda each: each.given)
        share = f"{minutes} of {content} minutes are talk ({100 * minutes / content:.0f} %, more than {limits['share']:g} %)"
        yield Finding(edition.slot.origin, f"{share}; the longest is {quoted(longest.title)}")


@rule(
    "TIM-04",
    "People work for most of the time",
    severity=Severity.WARNING,
    evidence=Evidence.EVIDENCE,
    source="Lacerenza et al. (2017), 335 samples of leadership training; Freeman et al. (2014); the numbers are our own",
    why="Training with practice and feedback works better than telling; how much practice is enough, nobody has measured.",
    mend="Give minutes to activities, discussions and reflection, or give people a task in a debrief.",
    scope=Scope.EDITION,
    bad=Example(
        "course.yaml#",
        "slots: [{id: short, title: Short, minutes: 45, segments: {M01-S1: 15, M01-S2: 10, M01-S6: 10, M01-S7: 5}}]",
    ),
    good=Example(
        "course.yaml#",
        "slots: [{id: short, title: Short, minutes: 65, segments: {M01-S1: 5, M01-S2: 10, M01-S3: 35, M01-S6: 10}}]",
    ),
    limits={"share": 50, "full_day": 60},
)
def share_of_work(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Work is activity, discussion, reflection and quiz, and of a debrief the steps that give people a task."""
    every = _segments(edition)
    minutes = sum(each.given if each.kind in WORKING else _tasks(each) for each in every if each.kind is not Kind.TALK)
    content = _content(edition)
    least = limits["full_day" if any(day.minutes >= FULL_DAY for day in edition.days) else "share"]
    if 100 * minutes < least * content:
        share = f"people work themselves for {minutes} of {content} minutes"
        yield Finding(edition.slot.origin, f"{share} ({100 * minutes / content:.0f} %, less than {least:g} %)")


def _tasks(segment: Segment) -> int:
    return sum(step.minutes for step in segment.steps if step.task)


# -------------------------------------------------------------------------------------------------------------- breaks


@rule(
    "TIM-05",
    "Nobody sits longer than ninety minutes",
    severity=Severity.ERROR,
    evidence=Evidence.CONSENSUS,
    source="practitioners’ advice: a break after ninety minutes at the latest",
    why="Who needs a break stops working with you; whether 80 minutes or 100 are the limit, nobody has proved.",
    mend="Lower schedule: longest_stretch, or list a break in the slot.",
    scope=Scope.EDITION,
    bad=Example("course.yaml#", "{slots: [{id: half-day, title: Half day, minutes: 110}], schedule: {longest_stretch: 140}}"),
    good=Example("course.yaml#", "{slots: [{id: half-day, title: Half day, minutes: 120}], schedule: {longest_stretch: 85}}"),
    limits={"minutes": 90},
)
def stretch_without_break(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """The fit breaks what is longer than the schedule allows, so only a schedule that allows more can break this rule."""
    for day in edition.days:
        longest, last = _longest_stretch(item for item in edition.agenda if item.day == day.number)
        if longest > limits["minutes"]:
            schedule = edition.front.schedule
            where = schedule.at("longest_stretch") if schedule.origin else edition.slot.origin
            yield Finding(where, f"{longest} minutes without a break, up to {quoted(last)}")


def _longest_stretch(items: Iterable[AgendaItem]) -> tuple[int, str]:
    """The longest time between pauses, and the title of what ends it."""
    longest, here, last = 0, 0, ""
    for item in items:
        here = 0 if item.kind in PAUSES else here + item.minutes
        if here > longest:
            longest, last = here, item.title
    return longest, last


# ------------------------------------------------------------------------------------------------ activity and debrief


@rule(
    "TIM-06",
    "An activity is followed by a debrief",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Kolb (1984), experiential learning; Tannenbaum and Cerasoli (2013) on debriefs of teams",
    why="People remember what they did; what it means, they find when somebody asks.",
    mend="Let a debrief or a discussion follow, or end the activity with questions to all.",
    scope=Scope.EDITION,
    bad=Example(
        "modules/one.yaml#/segments/3",
        "{type: activity, questions: ~, steps: [{do: Let tables draw a second week., task: Draw it, minutes: 15}]}",
    ),
    good=Example("modules/one.yaml#/segments/3", "type: discussion"),
    limits={"from": 15},
)
def debrief_follows(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Within an activity, questions at three levels count, and what is asked in its last step.

    Activities of a module that follow each other may have one debrief together. The plan at the end is what the course was
    for: it is read to a partner and not talked over.
    """
    run = [(item, segment) for item, segment in _run(edition) if segment]
    for index, (item, segment) in enumerate(run):
        if not _is_work(segment) or segment.given < limits["from"] or segment.questions or segment.steps[-1].ask:
            continue
        after = next((each for home, each in run[index + 1 :] if home.module != item.module or not _is_work(each)), None)
        if after is None or after.day != segment.day or after.kind not in TALKING_ABOUT_IT:
            following = f"{quoted(after.title)} ({after.kind}) follows" if after else "nothing follows"
            yield Finding(segment.at("title"), f"nobody asks what came of {quoted(segment.title)}: {following}")


def _is_work(segment: Segment) -> bool:
    return segment.kind is Kind.ACTIVITY and not segment.ending


@rule(
    "TIM-07",
    "A debrief has time enough for what it follows",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="our own rule of thumb, from practitioners’ agendas",
    why="Three questions to a full room take minutes; a debrief of a minute for ten of work is a show of hands.",
    mend="Give the debrief more minutes, or the activity fewer.",
    scope=Scope.EDITION,
    bad=Example(
        "modules/one.yaml#/segments/3",
        "{minutes: {full: 5, min: 5}, steps: [{do: Ask the questions on the slide., task: Talk about them, minutes: 5}]}",
    ),
    good=Example(
        "modules/one.yaml#/segments/3",
        "{minutes: {full: 10, min: 8}, steps: [{do: Ask the questions on the slide., task: Talk about them, minutes: 10}]}",
    ),
    limits={"share": 20},
)
def debrief_long_enough(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """A debrief belongs to the activity right before it."""
    run = [segment for _, segment in _run(edition) if segment]
    for before, segment in pairwise(run):
        pair = before.kind is Kind.ACTIVITY and segment.kind is Kind.DEBRIEF
        if pair and 100 * segment.given < limits["share"] * before.given:
            what = f"{segment.given} minutes to talk about {before.given} minutes of {quoted(before.title)}"
            yield Finding(segment.at("minutes"), what)


@rule(
    "TIM-08",
    "No segment is shorter than its minimum",
    severity=Severity.ERROR,
    evidence=Evidence.HOUSE,
    source="our own model: min is the author’s word for the shortest time in which a segment works",
    why="Whoever wrote the segment said what it needs; below that, steps are skipped in the room.",
    mend="Give the segment its minimum in the list, leave it out, or lower its min if it works in less.",
    scope=Scope.EDITION,
    bad=Example(
        "course.yaml#", "slots: [{id: short, title: Short, minutes: 55, segments: {M01-S3: 20, M01-S4: 15, M01-S6: 15}}]"
    ),
    good=Example(
        "course.yaml#", "slots: [{id: short, title: Short, minutes: 65, segments: {M01-S3: 30, M01-S4: 15, M01-S6: 15}}]"
    ),
)
def not_below_minimum(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """The fit keeps to the minimum; only a list of segments with their minutes can go below it."""
    swap = edition.audience.agendas.get(edition.slot.id)
    for segment in _segments(edition):
        if segment.given < segment.minutes.min:
            where = edition.slot.at("segments", segment.id)
            if swap and segment.id in swap.add:
                where = swap.at("add", segment.id)
            yield Finding(where, f"{quoted(segment.title)} gets {segment.given} minutes; its min is {segment.minutes.min}")


# ------------------------------------------------------------------------------------------------------ room to breathe


@rule(
    "TIM-09",
    "There is slack for what runs over",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="practitioners’ advice is to keep 15 to 20 % in reserve; the lower limits are our own",
    why="Something always takes longer; without slack it is taken from the ending, which people came for.",
    mend="List fewer segments, raise the buffer, or offer a longer slot.",
    scope=Scope.EDITION,
    bad=Example(
        "course.yaml#",
        "slots: [{id: short, title: Short, minutes: 75, segments: {M01-S3: 30, M01-S4: 10, M01-S6: 15, M01-S7: 15}}]",
    ),
    good=Example(
        "course.yaml#", "slots: [{id: short, title: Short, minutes: 75, segments: {M01-S3: 40, M01-S4: 15, M01-S6: 15}}]"
    ),
    limits={"share": 10, "error": 5, "long": 180, "buffer": 5},
)
def slack(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Slack is buffer, time in hand, and what segments have above their minimum, the ending's apart: it is not to be cut.

    From ``long`` minutes on, ``buffer`` minutes of it must be free of any segment. Below ``error`` per cent it is an error in a
    slot of the author's; for a length somebody asks for when building there is no list that could be mended.
    """
    free = sum(item.minutes for item in edition.agenda if item.kind in ("buffer", "open"))
    above = sum(max(0, each.given - each.minutes.min) for each in _segments(edition) if not each.ending)
    content, found = _content(edition), free + above
    if 100 * found < limits["share"] * content:
        weight = Severity.ERROR if 100 * found < limits["error"] * content and edition.slot.origin else None
        share = f"{found} of {content} minutes can give way ({100 * found / content:.0f} %, less than {limits['share']:g} %)"
        yield Finding(edition.slot.origin, share, weight)
    elif edition.slot.minutes >= limits["long"] and free < limits["buffer"]:
        yield Finding(edition.slot.origin, f"{free} minutes of buffer in {edition.slot.minutes} minutes")


@rule(
    "TIM-10",
    "It is settled what goes first, and what never goes",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="practitioners’ advice: never recover time from breaks or from the closing",
    why="Behind time, people cut what comes last, and that is the plan they would have taken home.",
    mend="Write if_short for what can be made shorter, set a priority below must, and mark plan and close as the ending.",
    scope=Scope.EDITION,
    bad=Example("course.yaml#", "slots: [{id: short, title: Short, minutes: 35, segments: {M01-S4: 10, M01-S6: 15, M01-S7: 5}}]"),
    good=Example(
        "course.yaml#", "slots: [{id: short, title: Short, minutes: 40, segments: {M01-S4: 15, M01-S6: 15, M01-S7: 5}}]"
    ),
)
def cut_plan(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Something before the ending may be shortened (after what this slot has shortened already) or go; and there is an ending."""
    every = _segments(edition)
    free = [each for each in every if not each.ending]
    if not any(each.if_short or each.priority is not Priority.MUST for each in free):
        what = f"nothing of {len(free)} segments before the ending may be shortened or left out"
        yield Finding(edition.slot.origin, what if free else "there is nothing but the ending")
    if not any(each.ending for each in every):
        yield Finding(
            edition.slot.origin, f"nothing is marked as the ending, so the last thing may go: {quoted(every[-1].title)}"
        )


@rule(
    "TIM-11",
    "An activity begins with its set-up",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="practitioners’ advice: unclear set-ups eat the time of the work",
    why="Handing out, grouping and explaining take minutes whether they are planned or not.",
    mend="Make the set-up a step of its own, with its minutes.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/2",
        """{minutes: {full: 40, min: 30}, steps: [{do: Let people plan., task: Plan your week, minutes: 25},
        {do: Let tables compare., task: Compare your weeks, minutes: 15, ask: ["Whose week could take a surprise?"]}]}""",
    ),
    good=Example(
        "modules/one.yaml#/segments/2",
        """{minutes: {full: 40, min: 30}, steps: [{do: Hand out the sheets., minutes: 3},
        {do: Let people plan and compare., task: Plan your week, minutes: 37, ask: ["Whose week could take a surprise?"]}]}""",
    ),
    limits={"from": 10, "share": 50},
)
def set_up_first(course: Course, limits: Limits) -> Iterator[Finding]:
    """No word tells work from set-up, but its length does: a first step of half the time is the work itself."""
    for module in modules_of(course):
        for segment in module.segments:
            first = segment.steps[0]
            whole = segment.minutes.full
            if segment.kind is Kind.ACTIVITY and whole >= limits["from"] and 100 * first.minutes >= limits["share"] * whole:
                what = f"{quoted(segment.title)} begins with {first.minutes} of its {whole} minutes at work: {quoted(first.do)}"
                yield Finding(first.at("minutes"), what)


_LUNCH = "id: day, title: With lunch, minutes: 240"


@rule(
    "TIM-12",
    "The afternoon does not begin with a talk",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="folklore of the trade; sleepiness after noon is real, that a talk makes it worse is not proved",
    why="Trainers swear by something to do after lunch. It is advice from experience and no finding.",
    mend="Begin with an activity or a discussion, or keep the talk to five minutes.",
    scope=Scope.EDITION,
    bad=Example(
        "course.yaml#",
        f"""{{schedule: {{start: "10:30"}}, slots: [{{{_LUNCH},
        segments: {{M01-S1: 90, M01-S2: 10, M01-S3: 40, M01-S4: 15, M01-S6: 15, M01-S7: 5}}}}]}}""",
    ),
    good=Example(
        "course.yaml#",
        f"""{{schedule: {{start: "10:30"}}, slots: [{{{_LUNCH},
        segments: {{M01-S1: 90, M01-S3: 40, M01-S4: 15, M01-S5: 10, M01-S6: 15, M01-S7: 5}}}}]}}""",
    ),
    limits={"minutes": 5},
)
def after_lunch(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """What follows lunch depends on the slot, so that is where it is said."""
    for (item, _), (_, segment) in pairwise(_run(edition)):
        if item.kind == "lunch" and segment and segment.kind is Kind.TALK and segment.given > limits["minutes"]:
            yield Finding(
                edition.slot.origin, f"after lunch, people listen to {quoted(segment.title)} for {segment.given} minutes"
            )


@rule(
    "TIM-13",
    "In a video call, people do something every few minutes",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="practitioners’ advice for online sessions: an interaction every three to five minutes (InSync Training 2014)",
    why="A call competes with a mailbox, and nobody sees who has left; the number of minutes is experience and no finding.",
    mend="Add a question for the chat, a poll or a task; or leave out online where the segment is not held in a call.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/1",
        """steps: [{do: Tell the story of the full calendar., minutes: 7, say: A full calendar looks safe.},
        {do: Ask what was missing., task: Name what was missing, minutes: 3}]""",
    ),
    good=Example(
        "modules/one.yaml#/segments/1",
        """steps: [{do: Tell the story of the full calendar., minutes: 7, task: Note what has no place in this week},
        {do: Ask what was missing., minutes: 3, ask: ["What was missing?"]}]""",
    ),
    limits={"minutes": 5},
)
def gap_online(course: Course, limits: Limits) -> Iterator[Finding]:
    """Counted as TIM-02 does, in talks that say how they run online; elsewhere people work anyway."""
    for module in course.modules:
        for minutes, first in _talks(segment if segment.online else None for segment in module.segments):
            if minutes > limits["minutes"]:
                what = f"online, nobody does anything for {minutes} minutes from {quoted(first.do)} on"
                yield Finding(first.at("do"), what)


_DAY = """[{id: day, title: A day, minutes: 360, breaks: [10, 10],
        segments: {M01-S1: 80, M01-S2: 60, M01-S3: 60, M01-S4: 20, M01-S5: 30, M01-S6: 20, M01-S7: 5}}]"""

TIM_14 = always(
    "TIM-14",
    "Lunch is when the house serves it",
    r": lunch is at \d\d:\d\d$",
    severity=Severity.WARNING,
    evidence=Evidence.HOUSE,
    source="what caterers ask for; the window is schedule: lunch of the course",
    why="Kitchens have hours, and a group that waits for its lunch has stopped listening.",
    mend="Start the day at another time, move minutes before lunch, or set schedule: lunch to what the house says.",
    bad=Example("course.yaml#", f"""{{schedule: {{start: "14:00"}}, slots: {_DAY}}}"""),
    good=Example("course.yaml#", f"""{{schedule: {{start: "09:00"}}, slots: {_DAY}}}"""),
)


# ------------------------------------------------------------------------------------------------------------- helpers


def _segments(edition: Edition) -> list[PlannedSegment]:
    return [segment for module in edition.modules for segment in module.segments]


def _content(edition: Edition) -> int:
    return sum(module.given for module in edition.modules)


def _run(edition: Edition) -> list[tuple[AgendaItem, PlannedSegment | None]]:
    """The lines of the agenda, each with its segment, if it is one."""
    planned = {segment.id: segment for segment in _segments(edition)}
    return [(item, planned.get(item.id)) for item in edition.agenda]


def _talks(segments: Iterable[Segment | None]) -> Iterator[tuple[int, Step]]:
    """Yield how long people only listen, each time, with the step it begins with.

    Whatever is no talk ends one, and so does a task. A step with questions is divided by them into equal parts: when exactly a
    question comes, nobody has written down.
    """
    minutes, first = 0, None
    for step in _steps(segments):
        part = step.minutes // (len(step.ask) + 1) if step and not step.task else 0
        if step and part:
            minutes, first = minutes + part, first or step
        if first and (step is None or step.task or step.ask):
            yield minutes, first
            minutes, first = part, step if part else None
    if first:
        yield minutes, first


def _steps(segments: Iterable[Segment | None]) -> Iterator[Step | None]:
    for segment in segments:
        if segment is None or segment.kind is not Kind.TALK:
            yield None
        else:
            yield from segment.steps
