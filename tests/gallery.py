"""A small course about meetings that shows every kind of slide there is, for decks in brands of all sorts.

:func:`course` writes it, :func:`markup` is its deck in the deck vocabulary, through the real templates.
"""

from __future__ import annotations

from pathlib import Path

from coursewright import editions
from coursewright.documents import documents, find_document
from coursewright.load import load
from coursewright.model import Edition, PlannedSegment
from coursewright.render import render
from wild import png

TEMPLATES = Path(__file__).parents[1] / "templates"

FRONT = """\
title: Meetings that end on time
subtitle: Fewer, shorter, and with something decided
version: "2.1"
date: 2026-03-02
licence: CC BY 4.0
authors: [Coursewright contributors]
promise: Run your next meeting so that people leave knowing who does what.
modules: [one, two]
slots:
  - {id: morning, title: A morning, minutes: 165}
documents: [deck.pptx, workbook.pdf]
schedule: {start: "09:00", break_minutes: 15, buffer: 5}
further_reading:
  - "Rogelberg (2019), *The Surprising Science of Meetings*: what surveys say about meetings people dread."
  - "Doyle and Straus (1976), *How to Make Meetings Work*: where the roles of facilitator and recorder come from."
"""

SOURCES = """\
documents:
  - {id: D1, title: "Seven habits of short meetings", note: "on agendas with times"}
  - {id: D2, title: "Why we meet at all", note: "on meetings that should have been a letter"}
themes:
  - {id: T01, kind: core, title: Time is the agenda, text: An item without minutes has no end., where: {D1: [L1]}}
"""

AUDIENCE = """\
name: Team leads in a housing office
label: team leads
who: People who run two or three meetings a week.
arrive_with: Meetings are lost time.
promise: You leave with an agenda for your next meeting.
people: 14
"""

CASE = """\
title: The meeting that would not end
text: |-
  Every Monday at nine, eleven people hear what each of the others did last week. It takes ninety minutes. Jonas speaks
  first because he sits by the door, and by half past nine two people are answering letters under the table.

  Last Monday the boiler in Mill Road had to be decided. There were six minutes left, and it was decided in the corridor.
question: What would you change on Monday, and whom would you ask first?
"""

ONE = """\
id: M01
title: What a meeting is for
idea: Brings out what meetings cost and what they are good at.
summary: A meeting is the dearest way to share news and the cheapest way to decide together.
objectives:
  - id: M01-O1
    text: Tell a meeting that decides from one that only informs
    bloom: analyze
    taught: [M01-S1]
    practised: [M01-S2]
    assessed: [M01-S4]
  - id: M01-O2
    text: Cost one of your own meetings in hours and money
    bloom: apply
    taught: [M01-S1]
    practised: [M01-S3]
    assessed: [M01-S4]
tables:
  - id: kinds
    title: Four reasons to meet
    columns: [We meet to, What it needs, What it leaves, Your own example]
    rows:
      - [Decide, a question and those who may answer it, a decision with a name and a date, ""]
      - [Invent, a problem and people who see it differently, ideas nobody had alone, ""]
      - [Inform, a reason why a letter will not do, the same picture in every head, ""]
      - [Belong, time and something to eat, people who will ask each other, ""]
  - id: cost
    title: What Monday costs, worked out
    columns: [Item, People, Minutes, Hours in all]
    rows:
      - [News from each desk, "11", "60", "11"]
      - [The boiler in Mill Road, "11", "6", "1.1"]
      - [Any other business, "11", "24", "4.4"]
decks:
  - id: items
    title: Agenda items
    columns: [{key: D, title: Decide, tone: lead}, {key: I, title: Inform, tone: manage}, {key: B, title: Both, tone: both}]
    cards:
      - {number: 1, text: Which of two contractors, key: D, why: Somebody has to choose.}
      - {number: 2, text: New rules for parking, key: I, why: They are settled.}
      - {number: 3, text: How we greet visitors, key: B, why: Hear first and then agree.}
  - id: causes
    title: Why meetings run over
    columns:
      - {key: A, title: Too many items}
      - {key: C, title: Nobody decides}
      - {key: E, title: Too many people}
      - {key: F, title: No clock}
    cards:
      - {number: 1, text: Fourteen points in an hour, key: A}
      - {number: 2, text: The same point for the third time, key: C}
      - {number: 3, text: Twenty people and four voices, key: E}
      - {number: 4, text: A chair who looks at nobody, key: F}
segments:
  - id: M01-S1
    title: Welcome and why we are here
    type: talk
    minutes: {full: 20, min: 10}
    priority: must
    purpose: Show that the course itself keeps time.
    steps:
      - {do: Greet people at the door., minutes: 10, say: We finish when the sheet says so., ask: [Which meeting would you miss?]}
      - {do: Show the cost of one meeting., minutes: 10}
    likely_answers: [The one on Monday., None of them.]
    transition: Let us count.
    slides:
      - {kind: agenda, title: "The morning, item by item"}
      - {kind: objectives, title: What you will be able to do}
      - {kind: statement, title: An item without minutes is a wish, question: Which item took longest in your last meeting?}
      - kind: statement
        title: Eleven chairs and one question
        question: Who would notice if you sent a letter instead?
        picture: {file: assets/chairs.png, alt: Eleven empty chairs around a long table}
      - {kind: comparison, title: Four good reasons to meet, table: kinds, blank: [4]}
      - kind: claim
        title: Half of all meeting time is wasted
        source: A survey of managers by a maker of calendars
        counter: Nobody measured; people were asked on a Friday.
      - kind: diagram
        title: A day of meetings as one line
        diagram: day
        data:
          stops:
            - {time: "8:30", text: Stand up for ten minutes, hat: M}
            - {time: "10:00", text: Choose the contractor, hat: L}
            - {time: "13:00", text: Walk through Mill Road, hat: B}
            - {time: "15:30", text: Write to the tenants, hat: M}
        alt: A line of four stops through one working day.
  - id: M01-S2
    title: Sort the agenda
    type: activity
    minutes: {full: 25, min: 15}
    priority: must
    purpose: Practise telling the kinds apart.
    groups: {what: Tables, min: 3, max: 5}
    materials: [{item: set of cards, per: table}, {item: felt pen, per: person}]
    steps:
      - {do: Hand out the cards., task: Sort the cards into three heaps without talking, minutes: 10}
      - {do: Call time., task: Argue about the two you placed last, minutes: 10}
      - {do: Collect them., task: Write one card of your own, minutes: 5}
    if_short: {do: Leave out the last step., saves: 5}
    slides:
      - {kind: activity, title: Sort twelve agenda items, bring_back: the card you argued about longest}
      - {kind: timer, title: Card sorting, last_call: 5}
      - {kind: answer, deck: items, title: How we would sort them}
      - {kind: answer, deck: causes, title: Four causes and their cards}
      - kind: poll
        title: Which heap grew fastest at your table?
        options: [Decide, Inform, Both, None of these, We are still arguing]
  - id: M01-S3
    title: Cost your own meeting
    type: activity
    minutes: {full: 20, min: 10}
    priority: should
    purpose: Turn annoyance into a number.
    steps:
      - {do: Work through the example and then let them write., task: Fill in the sheet for one meeting of yours, minutes: 20}
    slides:
      - {kind: example, title: "What one Monday costs, filled in", table: cost}
      - kind: chart
        title: News takes most of the hours
        chart: {type: bar, categories: [News, Other business, The boiler], series: [{name: Hours, values: [11, 4.4, 1.1]}]}
        reading: What everybody could have read costs ten times what somebody had to decide.
        source: Our own count on one Monday
        alt: News takes 11 hours, other business 4.4 and the boiler 1.1.
  - id: M01-S4
    title: Check what stayed (two questions)
    type: quiz
    minutes: {full: 10, min: 5}
    priority: must
    purpose: Find out what has to be said again.
    steps: [{do: Read each question aloud., minutes: 10}]
    quiz:
      - id: Q1
        objective: M01-O1
        bloom: analyze
        themes: [T01]
        stem: Which of these needs a meeting?
        options:
          - {text: The holiday list is out, reason: A note on the board will do.}
          - {text: Two teams want the same van, right: true, reason: Somebody has to choose and both must hear why.}
          - {text: The lift is mended, reason: Be glad and write it.}
      - id: Q2
        objective: M01-O2
        bloom: apply
        themes: [T01]
        stem: Eight people meet for half an hour. What does it cost in hours?
        options:
          - {text: Half an hour, reason: That is the time on the clock.}
          - {text: Four hours, right: true, reason: Eight halves are four.}
          - {text: Eight hours, reason: Each gives half of one.}
          - {text: It depends on the room, reason: The room may cost extra.}
    slides: [{kind: quiz}, {kind: answer}]
"""

TWO = """\
id: M02
title: Run one on Monday
idea: Everybody leaves with an agenda that has minutes in it.
summary: A question for each item, minutes for each question, a name for each answer.
objectives:
  - id: M02-O1
    text: Write an agenda whose every item is a question with minutes
    bloom: create
    taught: [M02-S1]
    practised: [M02-S1]
    assessed: [M02-S3]
segments:
  - id: M02-S1
    title: The case of Monday
    type: discussion
    minutes: {full: 30, min: 20}
    priority: must
    purpose: Apply it where everybody has been.
    steps:
      - {do: Read the case aloud., task: Read the case and mark what you know from home, minutes: 10}
      - {do: Let them rewrite the agenda., task: Rewrite the agenda in questions, minutes: 20}
    questions:
      what: [What did you cross out first?, What was hard to turn into a question?]
      so_what: [What does a question do that a heading does not?]
      now_what: [Which item of your next meeting gets a question, Who will tell you whether it worked?]
    slides:
      - {kind: case, case: monday}
      - kind: diagram
        title: Who has to be there
        diagram: venn
        data:
          labels: [decides, knows, both]
          options:
            - {title: Separate, form: separate, text: those who decide know nothing of it}
            - {title: Overlapping, form: overlapping, text: some know and decide}
        alt: Two pairs of circles for those who decide and those who know.
        reading: Invite the **overlap**. Ask the rest by letter.
        question: Who is in the overlap of your next item?
      - {kind: debrief, title: From headings to questions}
  - id: M02-S2
    title: One minute for yourself
    type: reflection
    minutes: {full: 10, min: 5}
    priority: should
    purpose: Let it sink in.
    steps: [{do: Keep silent., minutes: 10}]
    slides:
      - kind: reflection
        title: Which meeting of yours could be a letter?
        prompts: [Write its name., Write who would miss it.]
      - kind: summary
        title: Three things to keep
        lines: [Every item is a question, Every question has minutes, Every answer has a name]
  - id: M02-S3
    title: Plan and close
    type: activity
    ending: close
    minutes: {full: 15, min: 10}
    priority: must
    purpose: Leave with an agenda on paper.
    steps: [{do: Let them write., task: Write the agenda of your next meeting, minutes: 15}]
    slides:
      - {kind: sources, title: Where these ideas come from}
      - kind: close
        title: Thank you for ending on time
        dates:
          - "Monday, nine o’clock: your new agenda"
          - "In two weeks: a letter to your partner"
          - "In a month: we count the hours saved"
"""

FILES = {
    "course.yaml": FRONT,
    "sources.yaml": SOURCES,
    "audiences/leads.yaml": AUDIENCE,
    "cases/monday.yaml": CASE,
    "modules/one.yaml": ONE,
    "modules/two.yaml": TWO,
}


def course(folder: Path) -> Path:
    """Write the course, its picture too, and return its folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assets = folder / "assets"
    assets.mkdir(exist_ok=True)
    (assets / "chairs.png").write_bytes(png(160, 100, (150, 140, 130)))
    return folder


def markup(folder: Path) -> str:
    """Return the deck of the course in a folder as a page."""
    loaded = load(folder)
    assert loaded.course is not None, "\n".join(map(str, loaded.problems))
    edition, _ = editions.plan(loaded.course, "leads")
    places = {"workbook.pdf": {segment.id: (number,) for number, segment in enumerate(segments(edition), 3)}}
    return render(edition, find_document("deck.pptx", documents((TEMPLATES,))), places, (TEMPLATES,)).text


def segments(edition: Edition) -> list[PlannedSegment]:
    return [segment for module in edition.modules for segment in module.segments]
