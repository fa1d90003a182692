"""Lint rules: activities and facilitation. Whether somebody else could run this, and everybody in the room take part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coursewright.lint.rule import Evidence, Example, Finding, Limits, Scope, always, rule
from coursewright.lint.texts import Text, bare, is_english, modules_of, quoted, segments_of, texts
from coursewright.model import (
    ActivitySlide,
    CardsElement,
    CaseElement,
    CaseSlide,
    ChartElement,
    Course,
    Edition,
    GlossaryElement,
    Kind,
    Material,
    Module,
    PictureElement,
    PlannedSegment,
    Segment,
    Step,
    TextElement,
)
from coursewright.problems import Severity

GUIDES = "What publishers of facilitator guides agree on (Great Circle Learning; Owen-Boger 2019 for the training society ATD)"
TO_READ = (TextElement, ChartElement, PictureElement, CardsElement, CaseElement, GlossaryElement)  # nothing is written on these
WORKED = frozenset({Kind.ACTIVITY, Kind.DISCUSSION, Kind.REFLECTION})

WITH = re.compile(
    r"(?i)\b(?:neighbours?|partners?|pairs?|twos|threes|triads?|tables?|groups?|alone|individually|on your own|in silence|"
    r"each other|one another|together|everybody|whole room)\b"
)
THINGS = tuple(  # what people need in their hands or on the wall, and the words by which a list of materials has it
    (re.compile(rf"(?i)(?<!business )(?<!by )\b(?:{name})\b"), re.compile(rf"(?i){listed}"))
    for name, listed in (
        ("cards?", "card|deck"),
        ("flip ?charts?", "flip|chart"),
        ("sticky notes?|post-its?", "sticky|post-it|notes"),
        ("sticky dots?|stickers?", "dot|sticker"),
        ("(?:white|pin|magnetic )boards?", "board"),
        ("(?:floor|masking) tape", "tape"),
        ("posters?", "poster|paper|chart"),
        ("envelopes?", "envelope"),
        ("markers?", "marker|pen"),
        ("dice", "dice|die"),
        ("handouts?", "handout"),
    )
)
VAGUE = re.compile(r"(?i)^(?:some|enough|plenty of|a few|several|many|lots of)\b")
CLAUSE = r"(?i)(?:^|[.,;:–—]\s*|\b(?:and|then|or|to)\s+)"
WRITE = re.compile(
    CLAUSE + r"(?:(?:write|jot|sketch|fill (?:in|out)|note down|make a note|list)\b"
    r"|draw (?!(?:a |an |one |two |your )?(?:cards?|lots?|names?|straws?|conclusions?)\b))"
)
MARK = re.compile(CLAUSE + r"(?:tick|circle|underline|shade)\b")
ELSEWHERE = re.compile(r"(?i)\b(?:chat|chart|flip ?chart|board|cards?|posters?|walls?|sticky|calendars?|phones?)\b")
SURFACE = re.compile(r"(?i)\b(?:paper|sheets?|forms?|notebooks?)\b")
TOUCHY = re.compile(
    r"(?i)\b(?:injur(?:y|ies|ed)|(?<!by )accidents?|illness|diagnos\w+|depression|suicide|trauma\w*|bereave\w*|grief|"
    r"mental health|burn-?out|bull(?:y|ied|ying)|harass\w*|assault\w*|abus(?:e|ed|ive)|discriminat\w+|racis\w+|sexis\w+|"
    r"violen\w+|quarrel\w*|conflicts? (?:with|between|you|at)|dismiss(?:al|ed)|fired|laid off|lay-?offs?|redundanc\w+|"
    r"made redundant|ashamed|embarrass\w+|confess|humiliat\w+|your (?:own )?(?:worst|biggest) (?:mistake|failure|moment)|"
    r"you failed|you (?:are|were) afraid|your (?:fears?|salary|secrets?))\b"
)
SHOWN = frozenset({"task", "ask", "what", "so_what", "now_what", "question", "prompts", "title", "text", "sentences", "rows"})
MOVING = re.compile(
    r"(?i)\b(?:stand (?:at|on|up|in|by|next|where|along|beside|behind)|walk|line up|get up|on your feet|"
    r"(?:move|go|come) (?:over )?to (?:a|an|one|the|your|another) \w*\s?(?:corner|wall|line|side|poster|board|chart|table|end)|"
    r"visit (?:a|one|two|another|the next|the other) (?:table|poster|group|station))\b"
)
SEATED = re.compile(
    r"(?i)\b(?:sit|sits|sitting|seat|seats|seated|chair|chairs|wheelchairs?|nobody has to|stays?|from where you are)\b"
)


def _page(segment: Segment) -> bool:
    """Return whether the workbook has a place to write for a segment."""
    return any(not isinstance(element, TO_READ) for element in segment.workbook)


@cache
def _first(pattern: re.Pattern[str], words: str) -> str:
    """Return the first thing a pattern finds in words, "" for nothing. Audiences share most of a course's words."""
    found = pattern.search(bare(words))
    return found[0] if found else ""


@rule(
    "ACT-01",
    "An activity says what to do, with whom, and what to bring back",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source=GUIDES,
    why="Minutes go to “What are we supposed to do?”; people start at once where task, groups and product are clear.",
    mend="Give each step a task in the words of participants; name groups, and what comes of it (bring_back of its slide).",
    limits={"untold": 3},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/2",
        """
        steps:
          - {do: Hand out the sheets., task: Read the three lines, minutes: 5}
          - {do: Let people plan alone and compare at their tables., minutes: 35}
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/2",
        """
        steps:
          - {do: Hand out the sheets., task: Read the three lines, minutes: 5}
          - {do: Let people plan alone and compare., task: "Plan your week alone, then compare at your table", minutes: 35}
        """,
    ),
)
def complete_activities(course: Course, limits: Limits) -> Iterator[Finding]:
    """A task for each step of ``untold`` minutes or more; without a slide of the activity, groups and product as well.

    Purpose and minutes the loader asks for; SLD-09 reads the slide. Tasks may name the groups: “tell your neighbour”.
    """
    for segment in segments_of(course):
        if segment.kind is Kind.ACTIVITY:
            on_slide = any(isinstance(slide, ActivitySlide) for slide in segment.slides)
            missing = [*_untold(segment, limits["untold"]), *(() if on_slide else _unsaid(segment, is_english(course.front)))]
            if missing and not (on_slide and not any(step.task for step in segment.steps)):
                yield Finding(segment.at(), f"{quoted(segment.title)} leaves open {', and '.join(missing)}")


def _untold(segment: Segment, least: float) -> Iterator[str]:
    for number, step in enumerate(segment.steps, 1):
        if not step.task.strip() and step.minutes >= least:
            yield f"what people do for the {step.minutes} minutes of step {number}"


def _unsaid(segment: Segment, english: bool) -> Iterator[str]:
    if segment.groups is None and english and not WITH.search(" ".join(step.task for step in segment.steps)):
        yield "who works with whom"
    if not _page(segment):
        yield "what comes of it"


ACT_02 = always(
    "ACT-02",
    "The steps of a segment add up to its minutes",
    r"^the steps take \d+ minutes, the segment takes \d+$",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Arithmetic",
    why="Whoever follows the steps by the clock is late, or has nothing to do, and cannot see where it began.",
    mend="Change the minutes of a step, or of the segment.",
    bad=Example("modules/one.yaml#/segments/2", "{minutes: {full: 45, min: 30}}"),
    good=Example("modules/one.yaml#/segments/2", "{minutes: {full: 40, min: 25}}"),
)


@rule(
    "ACT-03",
    "The same form of work does not come twice in a row",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="Our own rule of thumb; nobody has measured it",
    why="A second round of the same form feels longer than it is, and those whom it does not suit lose two rounds.",
    mend="Change one thing: who works with whom, aloud or in writing, or what people fill in.",
    scope=Scope.EDITION,
    bad=Example(
        "modules/one.yaml#/segments/3",
        """
        type: activity
        groups: {what: Tables, min: 3, max: 5}
        workbook: [{kind: table, title: My rule, columns: [Rule, Why], blank: 3}]
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/3",
        """
        type: activity
        groups: {what: Pairs, min: 2, max: 3}
        workbook: [{kind: lines, title: My rule, count: 3}]
        """,
    ),
)
def variety(edition: Edition, limits: Limits) -> Iterator[Finding]:
    """Same kind, same groups, same sort of page. A break, or the night, parts two segments; talks are another rule's."""
    segments = {segment.id: segment for module in edition.modules for segment in module.segments}
    before: PlannedSegment | None = None
    for item in edition.agenda:
        segment = segments.get(item.id)
        if segment and before and segment.day == before.day and segment.kind in WORKED and _form(segment) == _form(before):
            what = f"{quoted(segment.title)} asks for the same form of work as {quoted(before.title)} right before it"
            yield Finding(segment.at(), what)
        before = segment


def _form(segment: Segment) -> tuple[Kind, str, frozenset[str]]:
    pages = frozenset(element.kind for element in segment.workbook if not isinstance(element, TO_READ))
    return segment.kind, segment.groups.what.lower() if segment.groups else "", pages


@rule(
    "ACT-04",
    "Materials are listed, and can be counted",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Instructor-guide templates for classroom training, which all begin with a list of materials and quantities",
    why="Whoever packs the box was not there when the activity was thought up; “some cards” is no number.",
    mend="Add it to materials: with per: table, pair, person or room, and count: if one each is not enough.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/2", "{materials: [{item: Pens}]}"),
    good=Example("modules/one.yaml#/segments/2", "{materials: [{item: Pens, per: table, count: 4}]}"),
)
def listed_materials(course: Course, limits: Limits) -> Iterator[Finding]:
    """Things that the steps speak of are looked for in the lists of the whole module: cards lie there from before."""
    if is_english(course.front):
        for module in modules_of(course):
            yield from _unlisted(module)
            for segment in module.segments:
                for material in segment.materials:
                    if _uncountable(material):
                        yield Finding(material.at("item"), f"{quoted(material.item)} does not say how many, or for whom")


def _unlisted(module: Module) -> Iterator[Finding]:
    listed = " ".join(material.item for segment in module.segments for material in segment.materials)
    steps = [step for segment in module.segments for step in segment.steps]
    for thing, known in THINGS:
        if not known.search(listed):
            held = next(((step, name, word) for step in steps for name, word in _needs(step, thing)), None)
            if held is not None:
                step, name, word = held
                yield Finding(step.at(name), f"people need “{word}” here, and the materials of {module.id} list none")


def _needs(step: Step, thing: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for name, words in (("do", step.do), ("task", step.task)):
        if word := _first(thing, words):
            yield name, word


def _uncountable(material: Material) -> bool:
    """Some pens, or pens: several things, and neither how many nor for whom."""
    head = re.split(r",| with | for | of | in | on ", material.item)[0]
    several = re.search(r"[^s]s$", head) and not {"per", "count"} & material.model_fields_set
    return bool(VAGUE.search(material.item) or several)


@rule(
    "ACT-05",
    "Whoever is asked to write has a page to write on",
    severity=Severity.ERROR,
    evidence=Evidence.STANDARD,
    source="Build fact; US Federal Highway Administration, on participant workbooks: space to write where writing is asked for",
    why="What is written on the back of the agenda is lost on the way home, and some have no paper at all.",
    mend="Give the segment a workbook page (lines, a table, a drawing to complete), or list what they write on under materials.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/3",
        """
        workbook: ~
        steps: [{do: Ask the three questions., task: "Talk about them, then write down your rule", minutes: 15}]
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/3",
        """
        workbook: ~
        steps: [{do: Ask the three questions., task: "Talk about them, then write your rule on the flip chart", minutes: 15}]
        """,
    ),
)
def pages_to_write_on(course: Course, limits: Limits) -> Iterator[Finding]:
    """Tasks that begin with a verb of writing. To tick or circle, the page of the segment before will do."""
    if is_english(course.front):
        for module in modules_of(course):
            before = False
            for segment in module.segments:
                page = _page(segment) or any(
                    SURFACE.search(each.item) or ELSEWHERE.search(each.item) for each in segment.materials
                )
                for step in segment.steps if not page else ():
                    if _writes(step.task, before):
                        yield Finding(step.at("task"), f"{quoted(step.task)}, and the segment has no page for it")
                before = page


def _writes(task: str, before: bool) -> bool:
    words = bare(task)
    return not ELSEWHERE.search(words) and bool(WRITE.search(words) or (not before and MARK.search(words)))


@rule(
    "FAC-01",
    "The guide says what to expect, what to avoid, and what to do with too little or too much time",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source=GUIDES,
    why="Who did not write the course needs most what its author knows by heart: what people answer, and what goes wrong.",
    mend="Add what is missing: one line each is enough.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/2", "{pitfalls: ~, if_long: ~}"),
    good=Example("modules/one.yaml#/segments/2", "{pitfalls: [reading plans aloud], if_long: Plan a second week.}"),
)
def complete_guide(course: Course, limits: Limits) -> Iterator[Finding]:
    """Likely answers where a question is asked, a saving where there is time to save, a transition where something follows."""
    for module in modules_of(course):
        last = module in (course.modules[-1], course.overnight)
        for segment in module.segments:
            missing = list(_unexpected(segment, is_last=last and segment is module.segments[-1]))
            if missing:
                yield Finding(segment.at(), f"the guide to {quoted(segment.title)} has no {', '.join(missing)}")


def _unexpected(segment: Segment, *, is_last: bool) -> Iterator[str]:
    asks = segment.questions is not None or any(step.ask for step in segment.steps)
    wanted = {
        "likely_answers": (asks, segment.likely_answers),
        "pitfalls": (True, segment.pitfalls),
        "transition": (not is_last and segment.ending not in ("close", "day"), segment.transition.strip()),
        "if_short": (segment.minutes.full > segment.minutes.min, segment.if_short),
        "if_long": (True, segment.if_long.strip()),
    }
    return (name for name, (needed, held) in wanted.items() if needed and not held)


@rule(
    "FAC-02",
    "The guide is no script",
    severity=Severity.INFO,
    evidence=Evidence.HOUSE,
    source="Our number; that a guide is no script is what publishers of facilitator guides agree on",
    why="Who reads aloud half of the time looks at paper; people speak some 130 words a minute, and a talk has questions, too.",
    mend="Keep the sentences that must be said just so, and give the rest as what to do.",
    limits={"per_minute": 60},
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/6",
        """
        minutes: {full: 1, min: 1}
        steps:
          - do: Thank people and name the dates.
            minutes: 1
            say: >-
              Thank you for the morning. You came with a full calendar each, and you leave with one week that has a result in it
              and some hours that belong to nobody yet. On day two we send you one question by mail. On day ten you talk with
              your partner, who will ask how the week went. On day thirty look at it again, and tell us what you would plan in
              another way, because the next group would like to hear it from you.
        """,
    ),
    good=Example(
        "modules/one.yaml#/segments/6",
        """
        minutes: {full: 1, min: 1}
        steps: [{do: Thank people and name the three dates., minutes: 1, say: You will hear from us on day two and day ten.}]
        """,
    ),
)
def no_script(course: Course, limits: Limits) -> Iterator[Finding]:
    """Words to speak of a talk, by its planned minutes."""
    for segment in segments_of(course):
        if segment.kind is Kind.TALK:
            counts = [len(bare(step.say).split()) for step in segment.steps]
            if sum(counts) > limits["per_minute"] * segment.minutes.full:
                where = segment.at("steps", counts.index(max(counts)), "say")
                what = f"{quoted(segment.title)} has {sum(counts)} words to speak in {segment.minutes.full} minutes"
                yield Finding(where, what)


@rule(
    "FAC-03",
    "A debrief asks what happened, what it means, and what to do about it",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Borton (1970), Reach, Touch and Teach: what, so what, now what",
    why="Without the first question people argue about different things; without the last one nothing changes on Monday.",
    mend="Write at least one question each under questions: what, so_what, now_what.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#/segments/3/questions", "{now_what: []}"),
    good=Example("modules/one.yaml#/segments/3/questions", "{now_what: ['Which hour will you keep free on Monday?']}"),
)
def three_levels(course: Course, limits: Limits) -> Iterator[Finding]:
    """Every debrief, whatever its slides show."""
    for segment in segments_of(course):
        if segment.kind is Kind.DEBRIEF:
            asked = segment.questions
            levels = {"what": asked and asked.what, "so_what": asked and asked.so_what, "now_what": asked and asked.now_what}
            if missing := [name for name, questions in levels.items() if not questions]:
                where = segment.at("questions") if asked else segment.at()
                yield Finding(where, f"the debrief {quoted(segment.title)} asks nothing at the level {', '.join(missing)}")


@rule(
    "FAC-04",
    "What may touch people comes with a note on how to handle it",
    severity=Severity.WARNING,
    evidence=Evidence.HOUSE,
    source="Our own rule, from the practice of working with groups",
    why="A question about a quarrel or a dismissal meets somebody in the room; the facilitator should know before it does.",
    mend="Write under sensitive: what may come up, that nobody has to tell anything, and what you do if it gets too much.",
    scope=Scope.COURSE,
    bad=Example(
        "modules/one.yaml#/segments/3",
        "{questions: {what: ['When did you last quarrel over a plan?'], so_what: ['Why?'], now_what: ['And now?']}}",
    ),
    good=Example(
        "modules/one.yaml#/segments/3",
        """
        questions: {what: ['When did you last quarrel over a plan?'], so_what: ['Why?'], now_what: ['And now?']}
        sensitive: A quarrel may be fresh. Nobody has to tell theirs; thinking of it is enough.
        """,
    ),
)
def sensitive_notes(course: Course, limits: Limits) -> Iterator[Finding]:
    """What participants are asked, told and shown, cases included; the first word of a segment that may touch somebody.

    Paragraphs of the workbook are left out: what one only reads, alone and for oneself, asks nobody for anything.
    """
    if is_english(course.front):
        cases = {case.id: case for case in course.cases}
        for segment in segments_of(course):
            if not segment.sensitive.strip():
                shown = [cases[slide.case] for slide in segment.slides if isinstance(slide, CaseSlide) and slide.case in cases]
                said = (text for node in (segment, *shown) for text in texts(node) if text.field in SHOWN)
                yield from _touchy(segment, said)


def _touchy(segment: Segment, said: Iterator[Text]) -> Iterator[Finding]:
    for text in said:
        if not isinstance(text.owner, TextElement) and (word := _first(TOUCHY, text.words)):
            yield Finding(text.where, f"“{word}” may touch somebody, and {quoted(segment.title)} has no note (sensitive)")
            return


@rule(
    "FAC-05",
    "The room is described, and nobody has to stand",
    severity=Severity.WARNING,
    evidence=Evidence.CONSENSUS,
    source="Inclusive practice, in the spirit of the accessibility rules for documents (US Section 508, EN 301 549)",
    why="Who books the room needs the layout; who cannot stand or walk needs a way to take part, thought of before the day.",
    mend="Write under room: how people sit and what has to be free; where people move, say how somebody takes part from a chair.",
    scope=Scope.COURSE,
    bad=Example("modules/one.yaml#", "{room: ~}"),
    good=Example("modules/one.yaml#", "{room: A circle of chairs without tables; every task can be done sitting down.}"),
)
def room_for_everybody(course: Course, limits: Limits) -> Iterator[Finding]:
    """A room for each module, or for every segment of it. A way to sit may stand in the task, the room or the module's room."""
    for module in modules_of(course):
        if not module.room.strip() and not all(segment.room.strip() for segment in module.segments):
            yield Finding(module.at(), f"module {module.id} does not say which room it needs (room)")
        for segment in module.segments if is_english(course.front) else ():
            step = next((step for step in segment.steps if MOVING.search(bare(step.task))), None)
            said = " ".join((module.room, segment.room, *(f"{step.do} {step.task}" for step in segment.steps)))
            if step is not None and not SEATED.search(said):
                yield Finding(step.at("task"), f"{quoted(step.task)}, and it is not said how one does so sitting down")
