"""Lint rules: evaluation and transfer. Whether anybody finds out what people can do, and what becomes of it afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.lint.activities import TO_READ
from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, rule
from coursewright.lint.texts import bare, is_english, quoted, segments_of, texts
from coursewright.model import (
    CloseSlide,
    Course,
    Edition,
    Element,
    Kind,
    Objective,
    PlannedSegment,
    QuizElement,
    ScaleElement,
    Segment,
    Step,
    TableElement,
)
from coursewright.problems import Severity

AGREEING = re.compile(r"(?i)\b(?:dis)?agree\b")
ABOUT_US = re.compile(
    r"(?i)\b(?:(?:this|the) (?:course|session|workshop|training|trainer|seminar|day|content|programme)|facilitators?|today)\b"
)
PLAN = {  # what a plan needs, and the words by which it has it
    "if-then line": re.compile(r"(?i)\bif\b[^.?!]*\bthen\b|\bif (?:…|\.\.\.|_+)|\bif[–-]then\b"),
    "date": re.compile(
        r"(?i)\bdates?\b|\bby when\b|\bwhen will\b|\bon which day\b|\bthe day\b|\bday \d|\bcalendars?\b|\bdeadline\b|"
        r"\bby (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    ),
    "partner": re.compile(
        r"(?i)\b(?:partners?|buddy|buddies|neighbours?|pairs?|triads?|companions?|somebody who (?:asks|will ask)|"
        r"(?:who|somebody|person|colleague) (?:\w+ ){0,2}(?:asks?|reminds?) (?:you|me))\b"
    ),
}
PERIODS = {"day": 1, "week": 7, "month": 30}  # days
AFTER = re.compile(r"(?i)\b(day|week|month)s? (\d+)|\b(\d+) (day|week|month)s?\b")


@rule(
    "EVA-01",
    "Nobody is asked whether they agree that the course was good",
    severity=Severity.WARNING,
    evidence=Evidence.EVIDENCE,
    source="Thalheimer (2016), Performance-Focused Smile Sheets: concrete choices instead of agreement",
    why="“I agree” says how people feel; answers one can act on say what they can do now, and what stands in their way.",
    mend="Offer concrete answers to choose from: “still unsure”, “can with notes”, “can on my own”, “can explain it to others”.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/6",
        """
        workbook:
          - kind: scale
            title: How was it?
            low: strongly disagree
            high: strongly agree
            rows: [The course was useful, I could follow]
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/6",
        """
        workbook:
          - kind: table
            title: What can you do now?
            columns: [Question, A, B, C]
            rows: [['Can you plan a week with a direction?', with help, on my own, and explain it]]
        """,
    ),
)
def concrete_answers(course: Course, limits: Limits) -> Iterator[Finding]:
    """Scales and tables with agreement at their ends or heads, where the course itself is judged: at its end, or in words.

    A scale from “disagree” to “agree” about a sentence of the course's subject is an exercise, and let pass.
    """
    if is_english(course.front):
        for segment in segments_of(course):
            for element in segment.workbook:
                if (agreement := _agreement(element)) and _judges(segment, element):
                    what = f"{quoted(element.title or segment.title)} asks for agreement: {quoted(agreement)}"
                    yield Finding(element.at(), what)


def _agreement(element: Element) -> str:
    """Return the words of agreement at an end of a scale, or at several heads of a table; "" for none."""
    ends = (element.low, element.high) if isinstance(element, ScaleElement) else ()
    heads = element.columns if isinstance(element, TableElement) else ()
    agreeing = [words for words in (*ends, *heads) if AGREEING.search(words)]
    return agreeing[-1] if len(agreeing) > len(heads[:1]) else ""


def _judges(segment: Segment, element: Element) -> bool:
    return segment.ending is not None or any(ABOUT_US.search(bare(text.words)) for text in texts(element))


@rule(
    "EVA-03",
    "For each objective that is promised, people show whether they reached it",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Kirkpatrick's level 2: learning is found out, not presumed; constructive alignment asks for the same",
    why="A promise that nobody checks is advertising: people leave without knowing whether they can do it.",
    mend="Name under assessed a segment with quiz questions for this objective, with a page that shows it, or with a task.",
    scope=Scope.EDITION,
    bad=Example(
        "modules/one.yaml#",
        """
        objectives:
          - {id: M01-O1, text: Plan one working week with a result, bloom: apply,
             taught: [M01-S2], practised: [M01-S3], assessed: [M01-S4]}
          - {id: M01-O2, text: Name three reasons for free hours, bloom: apply,
             taught: [M01-S2], practised: [M01-S3], assessed: [M01-S5]}
        """,
    ),
    good=Example(
        "modules/one.yaml#",
        """
        objectives:
          - {id: M01-O1, text: Plan one working week with a result, bloom: apply,
             taught: [M01-S2], practised: [M01-S3], assessed: [M01-S5]}
          - {id: M01-O2, text: Name three reasons for free hours, bloom: apply,
             taught: [M01-S2], practised: [M01-S3], assessed: [M01-S4]}
        """,
    ),
)
def evidence_of_learning(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Of the assessing segments that run, one has a question for the objective, or something that people do or write.

    In a quiz they show what its questions ask for, or what they write beside it. Whether a talk will do, ALN-01 says.
    """
    running = {segment.id: segment for module in edition.modules for segment in module.segments}
    for objective in edition.objectives:
        assessing = [running[name] for name in objective.assessed if name in running]
        if assessing and not any(_shows(segment, objective) for segment in assessing):
            what = (
                f"nothing in {', '.join(segment.id for segment in assessing)} shows whether people can {quoted(objective.text)}"
            )
            yield Finding(objective.at("assessed"), what)


def _shows(segment: PlannedSegment, objective: Objective) -> bool:
    pages = any(not isinstance(element, (*TO_READ, QuizElement)) for element in segment.workbook)
    if segment.kind is Kind.QUIZ:
        return pages or any(item.objective == objective.id for item in segment.quiz)
    done = segment.questions is not None or any(step.task or step.ask for step in segment.steps)
    return pages or done or segment.kind is Kind.TALK


@rule(
    "EVA-04",
    "The action plan has an if-then line, a date and a partner",
    severity=Severity.WARNING,
    evidence=Evidence.EVIDENCE,
    source="Gollwitzer and Sheeran (2006): plans of the form “if … then I …” are carried out more often, in 94 studies",
    why="A good intention waits for a good moment; “if this happens, then I do that” names the moment, and a partner asks.",
    mend="Let the plan's page ask for: If …, then I …; by which date; and who will ask about it.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/5",
        "{workbook: [{kind: lines, title: My plan, prompts: ['I will …', 'By which date?', 'My partner is …'], count: 2}]}",
    ),
    good=Example(
        "modules/one.yaml#/segments/5",
        "{workbook: [{kind: fill, title: My plan, sentences: ['If ____ , then I ____', 'By ____ , and ____ asks me']}]}",
    ),
)
def whole_plan(course: Course, limits: Limits) -> Iterator[Finding]:
    """What tasks, slides and pages of the segments with ``ending: plan`` say together. A course without one is let pass.

    Words only facilitators see count for date and partner, since people may be told; the if-then line is to be written.
    """
    if is_english(course.front):
        for segment in segments_of(course):
            if segment.ending == "plan" and (missing := [name for name in PLAN if not _has(segment, name)]):
                yield Finding(segment.at(), f"the plan {quoted(segment.title)} asks for no {', no '.join(missing)}")


def _has(segment: Segment, name: str) -> bool:
    told = name != "if-then line"
    said = (text for text in texts(segment) if not text.private or (told and text.field == "do" and isinstance(text.owner, Step)))
    return any(PLAN[name].search(text.words) for text in said)


@rule(
    "EVA-05",
    "The close names what follows, and when",
    severity=Severity.INFO,
    evidence=Evidence.EVIDENCE,
    source="Lacerenza and others (2017), Journal of Applied Psychology 102(12): spacing helps; the days are ours",
    why="What nobody comes back to is forgotten; three dates over a month, such as days 2, 10 and 30, cost nothing.",
    mend="Give the close slide its dates: a first step within days, a look back after a week, a call in a month.",
    limits={"dates": 3, "spread": 14},
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/6/slides/0", "{dates: ['Day 2: one question by mail']}"),
    good=Example(
        "modules/one.yaml#/segments/6/slides/0", "{dates: ['Day 2: a mail', 'Week 2: your partner', 'In 2 months: a call']}"
    ),
)
def dates_that_follow(course: Course, limits: Limits) -> Iterator[Finding]:
    """As many ``dates``, and ``spread`` days between the first and the last of those that count days, weeks or months."""
    for segment in segments_of(course):
        for slide in segment.slides:
            if isinstance(slide, CloseSlide) and (reason := _too_little(slide, limits)):
                yield Finding(slide.at("dates") if slide.dates else slide.at(), f"{quoted(slide.title)} {reason}")


def _too_little(slide: CloseSlide, limits: Limits) -> str:
    if len(slide.dates) < limits["dates"]:
        named = "no date" if not slide.dates else "one date" if len(slide.dates) == 1 else f"{len(slide.dates)} dates"
        return f"names {named}, {limits['dates']:g} are asked for"
    days = [day for date in slide.dates for day in _days(bare(date))]
    if days and len(days) == len(slide.dates) and max(days) - min(days) < limits["spread"]:
        return f"follows up for {max(days) - min(days)} days only"
    return ""


def _days(words: str) -> Iterator[int]:
    """Yield the first time that a line names: day 10, week 2, in 3 months."""
    for found in AFTER.finditer(words):
        yield PERIODS[(found[1] or found[4]).lower()] * int(found[2] or found[3])
        return
