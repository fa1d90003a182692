"""The course as its author wrote it: frozen values, checked, every one knowing where it stands.

Words in these values are Markdown and may hold expressions such as ``{{ terms.team }}``; they are worked out once an
audience and a slot are chosen (:mod:`coursewright.wording`). All durations are whole minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, Strict, StringConstraints, model_validator

from coursewright import charting
from coursewright.source import Written, scalar, scalars

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
SlotId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]*$")]
Words = Annotated[str, StringConstraints(min_length=1)]
Whole = Annotated[int, Strict(), BeforeValidator(scalar)]  # a number without quotes; no yes, no "12 minutes"
Number = Annotated[float, Strict(), BeforeValidator(scalar)]  # a number without quotes; no exponents, no infinity
Yes = Annotated[bool, Strict(), BeforeValidator(scalar)]  # true or false; "yes" and "on" are words
Date = Annotated[date, Strict(), BeforeValidator(lambda value: date.fromisoformat(value) if isinstance(value, str) else value)]
Drawn = Annotated[dict[str, Any], BeforeValidator(scalars)]  # what a drawing shows: numbers are numbers
Minutes = Annotated[Whole, Field(ge=1, le=2880)]
Count = Annotated[Whole, Field(ge=1, le=500)]
OneOrMore = Annotated[tuple[Count, ...], BeforeValidator(lambda value: value if isinstance(value, list | tuple) else [value])]
Days = Annotated[Whole, Field(ge=1, le=10)]
Alt = Annotated[str, StringConstraints(min_length=5, max_length=150)]  # what a picture tells; longer is no glance
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Form = Literal["cards", "strips", "roles", "messages", "posters"]  # in which a deck is printed
PRIVATE: dict[str, Any] = {"private": True}  # marks what no participant's file may hold


class Node(BaseModel):
    """A frozen mapping of the course files. ``origin`` points to where it stands, for messages.

    ``_moved`` says of which fields the words stand elsewhere, because a variant or a short form brought them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, hide_input_in_errors=True)
    origin: str = Field(default="", exclude=True, repr=False)
    _moved: dict[str, str] = PrivateAttr(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _stands(cls, data: Any) -> Any:
        return {**data, "origin": data.origin} if isinstance(data, Written) else data

    def at(self, *keys: str | int) -> str:
        """Return the pointer to a value below this node."""
        if keys and keys[0] in self._moved:
            return "/".join([self._moved[str(keys[0])], *map(str, keys[1:])])
        return "/".join([self.origin, *map(str, keys)])

    def replaced(self, fields: Mapping[str, Any], at: str = "") -> Self:
        """Return this node with some fields replaced, checked anew; ``at`` points to where those stand, if anywhere.

        Raises pydantic's ValidationError.
        """
        names = {info.alias: name for name, info in type(self).model_fields.items() if info.alias}
        new = {names.get(key, key): value for key, value in fields.items()}
        own = {name: getattr(self, name) for name in (*self.model_fields_set, "origin")}
        places = {names.get(key, key): f"{at}/{key}" for key in fields if at}
        return type(self).model_validate({**own, **new}).moved({**self._moved, **places})

    def moved(self, fields: Mapping[str, str]) -> Self:
        """Return a new node like this, of which some fields stand elsewhere: field → pointer."""
        copy = self.model_copy()
        copy._moved = dict(fields)
        return copy


class Waivable(Node):
    """Something of which a lint rule need not hold."""

    waive: dict[str, Words] = Field(default={}, description="Lint rule → why it need not hold here and below.")


class Part(Waivable):
    """Something an audience may or may not see, or may see in other words."""

    only: tuple[Id, ...] = Field(default=(), description="Audiences that see this; all, if left out.")
    not_for: tuple[Id, ...] = Field(default=(), alias="not", description="Audiences that do not see this.")
    variants: dict[str, dict[str, Any]] = Field(default={}, description="Audience → fields that replace these for it.")


class Kind(StrEnum):
    """What people do during a segment."""

    TALK = "talk"
    ACTIVITY = "activity"
    DISCUSSION = "discussion"
    DEBRIEF = "debrief"
    REFLECTION = "reflection"
    QUIZ = "quiz"


class Priority(StrEnum):
    """What goes first when minutes are short: could, then should; a must stays."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


class Bloom(StrEnum):
    """Level of a learning objective (Anderson and Krathwohl 2001)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYZE = "analyze"
    EVALUATE = "evaluate"
    CREATE = "create"


# ---------------------------------------------------------------------------------------------------- slides


class Table(Part):
    """A table shared by slides and workbook. Cells are Markdown; the first column heads its row."""

    id: Id
    title: Words
    columns: tuple[str, ...] = Field(min_length=2, max_length=7)
    tones: tuple[Literal["", "lead", "manage", "both"], ...] = Field(default=(), description="Colour of each column's head.")
    rows: tuple[tuple[str, ...], ...] = Field(min_length=1)
    job_aid: Yes = Field(default=False, description="What people keep at their desk: a page of job-aid.pdf.")
    questions: tuple[Words, ...] = Field(default=(), max_length=6, description="Of a job aid: what to ask oneself.")

    @model_validator(mode="after")
    def _regular(self) -> Table:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {number} has {len(row)} cells, the table has {len(self.columns)} columns")
        if self.tones and len(self.tones) != len(self.columns):
            raise ValueError(f"{len(self.tones)} tones for {len(self.columns)} columns")
        return self


class Series(Node):
    """One row of numbers of a chart."""

    name: Words
    values: tuple[Number | None, ...] = Field(default=(), description="One for each category; null where there is none.")
    points: tuple[Annotated[tuple[Number, ...], Field(min_length=2, max_length=2)], ...] = Field(
        default=(), description="Of a scatter chart, instead of values: [x, y] each."
    )


class Chart(Node):
    """Numbers to be seen: a native chart in the deck, vectors in print. What the numbers say is the slide's title."""

    type: Literal["column", "bar", "stacked", "line", "pie", "doughnut", "scatter", "radar"]
    categories: tuple[Words, ...] = Field(default=(), description="What the values belong to, in order; not for scatter.")
    series: tuple[Series, ...] = Field(min_length=1)
    x_title: str = Field(default="", description="What stands along the bottom.")
    y_title: str = Field(default="", description="What stands up the side.")
    format: str = Field(default="", description=f"How numbers are written, as spreadsheets have it: {charting.HINT}.")
    labels: Yes | None = Field(default=None, description="Whether marks carry their numbers; by kind, if left out.")
    sort: Literal["", "ascending", "descending"] = Field(default="", description="Order of the categories by their values.")
    percent: Yes = Field(default=False, description="Of a stacked chart: every column is 100 %.")
    highlight: dict[str, Literal["lead", "manage"]] = Field(
        default={}, description="Categories (of several series: series) that stand out, each with its colour."
    )

    @model_validator(mode="after")
    def _readable(self) -> Chart:
        if faults := list(charting.faults(charting.chart(self.model_dump()))):
            raise ValueError("; ".join(faults))
        return self


class Picture(Node):
    """A picture of the course: PNG, JPEG or SVG below its folder. It is shown whole, unless `crop: fill` is asked for."""

    file: Words
    alt: Alt = Field(default="", description="What the picture tells, for those who cannot see it.")
    decorative: Yes = Field(default=False, description="It tells nothing: instead of alt; screen readers pass it by.")
    crop: Literal["", "fill"] = Field(default="", description="`fill` cuts off what lets it fill its place.")
    focus: Literal["", "centre", "left", "right", "top", "bottom"] = Field(
        default="", description="What stays when it is cut; the centre, if left out."
    )
    caption: str = Field(default="", description="Small, beside it: what it shows, or whom to thank for it.")
    licence: str = Field(default="", description="By which right you may use it: own work, CC BY 4.0, bought from … (not shown).")

    @model_validator(mode="after")
    def _agreed(self) -> Picture:
        if not self.alt and not self.decorative:
            raise ValueError('missing key "alt": what the picture tells those who cannot see it (or decorative: true)')
        if self.alt and self.decorative:
            raise ValueError("alt and decorative stand side by side: what tells something does not only decorate")
        if self.focus and not self.crop:
            raise ValueError("focus does nothing without crop: fill")
        return self


class Slide(Part):
    """What every slide may have. ``steps`` names the segment's steps (from 1) that its notes carry."""

    steps: tuple[Count, ...] = ()
    label: str = Field(default="", description="Small capitals above the title; made from module and segment if left out.")
    notes: str = Field(default="", description="More for the speaker notes.", json_schema_extra=PRIVATE)


class AgendaSlide(Slide):
    kind: Literal["agenda"]
    title: Words = "The session at a glance"


class ObjectivesSlide(Slide):
    kind: Literal["objectives"]
    title: Words = "What you take away"


class StatementSlide(Slide):
    kind: Literal["statement"]
    title: Words
    question: str = ""
    picture: Picture | None = None


class ComparisonSlide(Slide):
    kind: Literal["comparison"]
    title: Words
    table: Id = Field(description="Id of a table of this module.")
    blank: tuple[Count, ...] = Field(default=(), description="Columns left empty, to be filled in together.")


class ClaimSlide(Slide):
    kind: Literal["claim"]
    title: Words = Field(description="The claim, in our words.")
    source: Words = Field(description="Who says so.")
    counter: Words = Field(description="Who says the opposite, or what speaks against it.")


class DiagramSlide(Slide):
    kind: Literal["diagram"]
    title: Words
    diagram: Id = Field(description="Name of a drawing in templates/diagrams.")
    data: Drawn = Field(default={}, description="What the drawing shows; each drawing says what it needs.")
    alt: str = Field(min_length=5, description="What the drawing tells, for those who cannot see it.")
    reading: str = Field(default="", description="How to read it, beside the drawing.")
    question: str = ""


class ChartSlide(Slide):
    kind: Literal["chart"]
    title: Words = Field(description="The finding, as a sentence.")
    chart: Chart
    reading: Words = Field(description="What it means, in one or two sentences beside the chart.")
    source: Words = Field(description="Where the numbers come from; say so if they are made up.")
    alt: Alt = Field(description="The finding and its numbers, for those who cannot see the chart.")


class PollSlide(Slide):
    kind: Literal["poll"]
    title: Words
    options: tuple[Words, ...] = Field(min_length=2, max_length=5)


class ActivitySlide(Slide):
    kind: Literal["activity"]
    title: Words
    bring_back: str = Field(default="", description="What each group reports or keeps.")


class TimerSlide(Slide):
    kind: Literal["timer"]
    title: Words = Field(description="What ends then, such as “Card sort”.")
    last_call: Count = Field(default=5, description="Minutes before the end at which you call time.")


class CaseSlide(Slide):
    kind: Literal["case"]
    case: Id = Field(description="Id of a case in cases/.")
    picture: Picture | None = None


class ExampleSlide(Slide):
    kind: Literal["example"]
    title: Words
    table: Id = Field(description="Id of a table of this module: the worksheet, filled in.")


class QuizSlide(Slide):
    kind: Literal["quiz"]


class AnswerSlide(Slide):
    kind: Literal["answer"]
    title: str = Field(default="", description="Only with `deck`: the title of the key's slides.")
    deck: Id | None = Field(default=None, description="Id of a card deck whose key is shown; without it, the segment's quiz.")


class DebriefSlide(Slide):
    kind: Literal["debrief"]
    title: Words


class ReflectionSlide(Slide):
    kind: Literal["reflection"]
    title: Words = Field(description="The prompt.")
    prompts: tuple[Words, ...] = ()
    picture: Picture | None = None


class SummarySlide(Slide):
    kind: Literal["summary"]
    title: Words
    lines: tuple[Words, ...] = Field(min_length=1, max_length=5)


class SourcesSlide(Slide):
    kind: Literal["sources"]
    title: Words = "Where the ideas come from"


class CloseSlide(Slide):
    kind: Literal["close"]
    title: Words
    dates: tuple[Words, ...] = Field(default=(), max_length=4, description="What happens next, one line each.")


AnySlide = Annotated[
    AgendaSlide
    | ObjectivesSlide
    | StatementSlide
    | ComparisonSlide
    | ClaimSlide
    | DiagramSlide
    | ChartSlide
    | PollSlide
    | ActivitySlide
    | TimerSlide
    | CaseSlide
    | ExampleSlide
    | QuizSlide
    | AnswerSlide
    | DebriefSlide
    | ReflectionSlide
    | SummarySlide
    | SourcesSlide
    | CloseSlide,
    Field(discriminator="kind"),
]


# -------------------------------------------------------------------------------------------------- workbook


class Element(Part):
    """What every workbook element may have."""

    title: str = ""
    text: str = Field(default="", description="What to do here, one or two sentences.")
    evaluation: Yes = Field(
        default=False, description="Of the course’s own evaluation form: evaluation.pdf is a loose sheet of these elements."
    )


class LinesElement(Element):
    """A prompt and lines to write on."""

    kind: Literal["lines"]
    prompts: tuple[str, ...] = ("",)
    count: Count = Field(default=3, description="Lines for each prompt.")


class TextElement(Element):
    """A paragraph or list to read."""

    kind: Literal["text"]


class ScaleElement(Element):
    """A line to tick, once for each row (such as before and after)."""

    kind: Literal["scale"]
    low: Words
    high: Words
    steps: Count = 10
    rows: tuple[str, ...] = ("",)


class TableElement(Element):
    """A table to write in: `rows` filled ones, then `blank` empty ones, then a total line if asked for."""

    kind: Literal["table"]
    columns: tuple[Words, ...] = Field(min_length=1, max_length=7)
    widths: tuple[Count, ...] = Field(default=(), description="Share of the page's width for each column.")
    rows: tuple[tuple[str, ...], ...] = ()
    blank: Whole = Field(default=0, ge=0, le=30)
    totals: str = Field(default="", description="Head of a last line for sums.")
    tall: Whole = Field(default=11, ge=8, le=60, description="Least height of an empty row, millimetres.")


class GridElement(Element):
    """Columns to sort things into."""

    kind: Literal["grid"]
    columns: tuple[Words, ...] = Field(min_length=2, max_length=5)
    tones: tuple[Literal["", "lead", "manage", "both"], ...] = ()
    tall: Whole = Field(default=40, ge=11, le=200, description="Height, millimetres.")


class BarElement(Element):
    """A bar to shade in proportion."""

    kind: Literal["bar"]
    parts: tuple[Words, ...] = Field(description="What the shadings stand for.")
    steps: Count = 20
    unit: str = "%"


class FillElement(Element):
    """Sentences with a gap: `____` marks where to write."""

    kind: Literal["fill"]
    sentences: tuple[Words, ...] = Field(min_length=1)


class ComparisonElement(Element):
    """A table of the module with some columns left open."""

    kind: Literal["comparison"]
    table: Id
    blank: tuple[Count, ...] = ()


class DiagramElement(Element):
    """A drawing, often left for the participant to complete."""

    kind: Literal["diagram"]
    diagram: Id
    data: Drawn = {}
    alt: str = Field(min_length=5)


class ChartElement(Element):
    """A chart to read."""

    kind: Literal["chart"]
    chart: Chart
    source: str = Field(default="", description="Where the numbers come from, small below the chart.")
    alt: Alt = Field(description="What the chart says, for those who cannot see it.")


class PictureElement(Element):
    """A picture on the page, never cut."""

    kind: Literal["picture"]
    file: Words = Field(description="PNG, JPEG or SVG below the course folder.")
    alt: Alt = Field(description="What the picture tells, for those who cannot see it.")
    width: Annotated[Whole, Field(ge=10, le=100)] = Field(default=100, description="Per cent of the page's width.")
    caption: str = Field(default="", description="Small, below it: what it shows, or whom to thank for it.")
    licence: str = Field(default="", description="By which right you may use it: own work, CC BY 4.0, bought from … (not shown).")


class CaseElement(Element):
    """A case with its question, to be read and written on."""

    kind: Literal["case"]
    case: Id


class CardsElement(Element):
    """A card deck of the module as a list, by number."""

    kind: Literal["cards"]
    deck: Id


class QuizElement(Element):
    """The segment's quiz, without its key."""

    kind: Literal["quiz"]


class GlossaryElement(Element):
    """The course's glossary."""

    kind: Literal["glossary"]


AnyElement = Annotated[
    LinesElement
    | TextElement
    | ScaleElement
    | TableElement
    | GridElement
    | BarElement
    | FillElement
    | ComparisonElement
    | DiagramElement
    | ChartElement
    | PictureElement
    | CardsElement
    | CaseElement
    | QuizElement
    | GlossaryElement,
    Field(discriminator="kind"),
]


# ---------------------------------------------------------------------------------------------- modules


class Length(Node):
    """How long a segment takes, and the shortest time in which it still works."""

    full: Minutes
    min: Minutes

    @model_validator(mode="after")
    def _ordered(self) -> Length:
        if self.min > self.full:
            raise ValueError(f"min ({self.min}) is longer than full ({self.full})")
        return self


class Deal(Node):
    """What changes hands at a step, such as the second message of a timed case, or one card each for A and B."""

    deck: Id
    cards: OneOrMore = Field(
        alias="card",
        min_length=1,
        description="Its number, or a list of numbers.",
        json_schema_extra={"type": ["integer", "array"], "minimum": 1, "maximum": 500},
    )


class Step(Part):
    """One step of a segment: what the facilitator does, says and asks, and what participants are told to do."""

    do: Words = Field(json_schema_extra=PRIVATE)
    task: str = Field(default="", description="The same for participants, as slide and workbook show it.")
    minutes: Minutes
    say: str = Field(default="", description="Words to speak.", json_schema_extra=PRIVATE)
    ask: tuple[Words, ...] = Field(default=(), json_schema_extra=PRIVATE)
    deal: Deal | None = Field(
        default=None, description="Cards to hand out here; guide and notes show them.", json_schema_extra=PRIVATE
    )


class Questions(Node):
    """A debrief at three levels: what happened, what it means, what to do (Borton 1970)."""

    what: tuple[Words, ...]
    so_what: tuple[Words, ...]
    now_what: tuple[Words, ...]


class Breakout(Node):
    size: Count
    minutes: Minutes
    text: Words = Field(description="Instructions that stand alone: slides disappear in the rooms.")


class Online(Node):
    """How the segment runs in a video call."""

    do: Words
    tool: str = ""
    breakout: Breakout | None = None


class Late(Node):
    """What to do when behind, and what it saves."""

    do: Words
    saves: Minutes


class Material(Part):
    item: Words
    per: Literal["room", "table", "group", "pair", "person", "facilitator"] = Field(
        default="room", description="Who gets one; `group`: each of the segment’s groups."
    )
    count: Count = 1
    private: Yes = Field(default=False, description="Not to be seen by participants, such as a key.")
    deck: Id | None = Field(default=None, description="The card deck this is a set of.")
    table: Id | None = Field(default=None, description="The table whose rows are cut into cards for it.")
    form: Form | None = Field(default=None, description="How they are printed for it, if not in the deck’s own form.")

    @model_validator(mode="after")
    def _printed(self) -> Material:
        if self.deck and self.table:
            raise ValueError("deck and table stand side by side: a material is a set of one of them")
        if self.form and not (self.deck or self.table):
            raise ValueError("form says how a deck or a table is printed, and neither is named")
        return self


class Groups(Node):
    """Who works with whom: groups of `min` to `max` people."""

    what: Words = Field(default="Tables", description="Such as Tables, Pairs, Triads.")
    min: Count
    max: Count


class Option(Node):
    text: Words
    right: Yes = Field(default=False, json_schema_extra=PRIVATE)
    reason: Words = Field(json_schema_extra=PRIVATE)


class QuizItem(Part):
    """A question with two to five options, one of them right, each with a reason."""

    id: Id
    objective: Id
    bloom: Bloom
    themes: tuple[Id, ...] = Field(min_length=1)
    stem: Words
    options: tuple[Option, ...] = Field(min_length=2, max_length=5)

    @model_validator(mode="after")
    def _one_key(self) -> QuizItem:
        right = sum(option.right for option in self.options)
        if right != 1:
            raise ValueError(f"{right} options are marked right, exactly one must be")
        return self


class Card(Part):
    number: Count
    title: str = Field(default="", description="What stands above the text, such as a time or a role.")
    text: Words
    key: str = Field(default="", description="The column it belongs to, if the deck is for sorting.", json_schema_extra=PRIVATE)
    why: str = Field(default="", json_schema_extra=PRIVATE)
    themes: tuple[Id, ...] = ()


class Column(Node):
    key: Words
    title: Words
    tone: Literal["", "lead", "manage", "both"] = ""


class CardDeck(Part):
    """Cards to sort into columns; without columns, cards to deal, read or hang up.

    `few` is how many make the short deck (the first ones).
    """

    id: Id
    title: Words
    form: Form = Field(default="cards", description="How they are printed.")
    columns: tuple[Column, ...] = Field(default=(), max_length=5)
    cards: tuple[Card, ...] = Field(min_length=1)
    few: Count | None = None
    lines: Annotated[Whole, Field(ge=0, le=12)] = Field(
        default=0, description="Lines to write on below the words of each printed card."
    )

    @model_validator(mode="after")
    def _keys(self) -> CardDeck:
        known = [column.key for column in self.columns]
        if len(known) == 1:
            raise ValueError("one column leaves nothing to sort; give it another, or leave columns out")
        for card in self.cards:
            if card.key not in (known or [""]):
                there = f"the columns have {', '.join(known)}" if known else "the deck has no columns"
                raise ValueError(f'card {card.number} has key "{card.key}", {there}')
        numbers = [card.number for card in self.cards]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two cards share a number")
        return self


class Short(Node):
    """What changes when the segment gets fewer than `below` minutes: any of its fields."""

    below: Minutes
    fields: dict[str, Any] = Field(default={}, alias="with")


class Segment(Part):
    """A stretch of the course with one purpose."""

    id: Id
    title: Words
    kind: Kind = Field(alias="type")
    minutes: Length
    priority: Priority
    ending: Literal["plan", "close", "day"] | None = Field(
        default=None,
        description="Protected: plan and close come after the buffer; `day` ends every day but the last (overnight module).",
    )
    themes: tuple[Id, ...] = ()
    purpose: Words = Field(json_schema_extra=PRIVATE)
    steps: tuple[Step, ...] = Field(min_length=1)
    questions: Questions | None = None
    likely_answers: tuple[Words, ...] = Field(default=(), json_schema_extra=PRIVATE)
    pitfalls: tuple[Words, ...] = Field(default=(), json_schema_extra=PRIVATE)
    transition: str = Field(default="", json_schema_extra=PRIVATE)
    if_short: Late | None = Field(default=None, json_schema_extra=PRIVATE)
    if_long: str = Field(default="", json_schema_extra=PRIVATE)
    online: Online | None = Field(default=None, json_schema_extra=PRIVATE)
    materials: tuple[Material, ...] = ()
    groups: Groups | None = None
    room: str = Field(default="", json_schema_extra=PRIVATE)
    sensitive: str = Field(default="", description="What may touch people, and how to handle it.", json_schema_extra=PRIVATE)
    slides: tuple[AnySlide, ...] = ()
    workbook: tuple[AnyElement, ...] = ()
    quiz: tuple[QuizItem, ...] = ()
    short: Short | None = None

    def shows_deck(self, deck: str) -> bool:
        """Return whether slides or workbook show the cards of a deck, or its key."""
        return any(getattr(each, "deck", None) == deck for each in (*self.slides, *self.workbook))

    def plays_with(self, deck: str) -> bool:
        """Return whether anything of a deck is shown, handed out or laid on the tables here."""
        handed = (*self.materials, *(step.deal for step in self.steps))
        return self.shows_deck(deck) or any(getattr(each, "deck", None) == deck for each in handed)

    @model_validator(mode="after")
    def _adds_up(self) -> Segment:
        total = sum(step.minutes for step in self.steps)
        if total != self.minutes.full:
            raise ValueError(f"the steps take {total} minutes, the segment takes {self.minutes.full}")
        if len(self.steps) > self.minutes.min:
            raise ValueError(f"{len(self.steps)} steps cannot fit into min: {self.minutes.min} minutes, one minute each")
        return self

    @model_validator(mode="after")
    def _grouped(self) -> Segment:
        if self.groups is None and any(each.per == "group" for each in self.materials):
            raise ValueError("a material is per group, and no groups are said: who works with whom?")
        return self


class Objective(Part):
    """What participants can do by the end, and the segments where it is taught, practised and assessed."""

    id: Id
    text: Words = Field(description="Starts with an observable verb: “Classify at least …”.")
    bloom: Bloom
    taught: tuple[Id, ...] = Field(min_length=1)
    practised: tuple[Id, ...] = Field(min_length=1)
    assessed: tuple[Id, ...] = Field(min_length=1)


class Module(Part):
    id: Id
    title: Words
    idea: Words = Field(description="One sentence: what this module does.", json_schema_extra=PRIVATE)
    summary: Words = Field(description="In short, for participants: at most 120 words.")
    themes: tuple[Id, ...] = ()
    room: str = Field(default="", json_schema_extra=PRIVATE)
    objectives: tuple[Objective, ...] = ()
    tables: tuple[Table, ...] = ()
    decks: tuple[CardDeck, ...] = ()
    segments: tuple[Segment, ...] = Field(min_length=1)


# ---------------------------------------------------------------------------------- course, audiences, sources


class Term(Node):
    """A word of the audience's own, with its forms: `{{ terms.team }}`, `{{ terms.team.many }}`, `{{ terms.team.a }}`."""

    one: Words
    many: str = ""
    a: str = Field(default="", description="With its article: “a team”.")

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, data: Any) -> Any:
        return {"one": data} if isinstance(data, str) else data

    def __str__(self) -> str:
        return self.one


class Vocabulary(Node):
    use: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


class Swap(Node):
    """What an audience does otherwise in a slot whose segments are listed: what it drops, and what it adds, in minutes."""

    drop: tuple[Id, ...] = ()
    add: dict[Id, Minutes] = {}


class Setting(Node):
    """How a lint rule is weighed in this course, or for this audience."""

    severity: Literal["error", "warning", "info", "off"] | None = None
    limits: dict[str, Number] = Field(default={}, description="Its numbers by name, as `coursewright explain` shows them.")


class Audience(Waivable):
    """Who the course is for. Its id is its file's name."""

    id: Id = ""
    name: Words = Field(description="As titles show it: “Newly promoted managers”.")
    label: str = Field(default="", description="As footers show it; the name if left out.")
    who: Words = Field(json_schema_extra=PRIVATE)
    arrive_with: Words = Field(description="What they believe when they come in.", json_schema_extra=PRIVATE)
    promise: Words
    tone: str = Field(default="", json_schema_extra=PRIVATE)
    facilitation: str = Field(
        default="", description="For the facilitator: what to heed with this group.", json_schema_extra=PRIVATE
    )
    people: Count = Field(default=12, description="Usual head count.")
    table_size: Count = 4
    terms: dict[str, Term] = {}
    vocabulary: Vocabulary = Vocabulary()
    slots: tuple[SlotId, ...] = Field(default=(), description="Slots it is offered; all, if left out.")
    builds: tuple[SlotId, ...] = Field(default=(), description="Of these, what is built when none is named; all, if left out.")
    lint: dict[str, Setting] = Field(default={}, description="Lint rule → how it is weighed for this audience.")
    agendas: dict[SlotId, Swap] = Field(default={}, description="Slot → what this audience does instead in its list.")


class Case(Part):
    """A story to work on. Its id is its file's name."""

    id: Id = ""
    title: Words
    text: Words
    question: Words


class Message(Part):
    """`messages/<id>.yaml`: a mail before or after the course; the file's name is its id."""

    id: Id = ""
    title: Words = Field(description="What you call it: “Invitation”.")
    to: Literal["participants", "managers", "client"] = "participants"
    day: Annotated[Whole, Field(ge=-365, le=365)] = Field(
        description="When it goes out: days before the first day (below 0) or after the last."
    )
    subject: Words
    text: Words
    shows: tuple[Literal["times", "objectives"], ...] = Field(
        default=(), description="What of the session stands below the text."
    )
    encloses: tuple[Id, ...] = Field(default=(), description="Segments whose workbook pages come with it.")
    stands_in_for: tuple[Id, ...] = Field(default=(), description="Segments: it is sent only where one of them does not run.")


class Slot(Waivable):
    """A length of session that is offered. With `segments`, its author says what runs and for how many minutes."""

    id: SlotId
    title: Words
    minutes: Annotated[Whole, Field(ge=15, le=2880)]
    days: Days | None = Field(default=None, description="How many days share the minutes; as few as the schedule allows.")
    segments: dict[Id, Minutes] = Field(default={}, description="What runs: segment → minutes. All by priority, if left out.")
    breaks: tuple[Minutes, ...] = Field(default=(), description="Lengths of a day's breaks in order, without lunch.")
    buffer: Minutes | None = Field(default=None, description="A day's buffer; as the schedule says, if left out.")

    @model_validator(mode="after")
    def _listed(self) -> Slot:
        if self.breaks and not self.segments:
            raise ValueError("breaks stand without segments: where the segments are not listed, breaks are placed by rule")
        return self


class Lunch(Node):
    """When lunch is: its length, and the earliest and latest time it may start."""

    minutes: Minutes = 60
    earliest: Clock = "11:30"
    latest: Clock = "13:30"


class Schedule(Node):
    """How sessions are timed."""

    start: Clock = "09:00"
    longest_stretch: Minutes = Field(default=90, description="Longest time without a break.")
    online_stretch: Minutes | None = Field(default=None, description="The same in a video call, if it is to be shorter.")
    longest_day: Annotated[Whole, Field(ge=60, le=720)] = Field(default=540, description="Longer slots take several days.")
    break_minutes: Minutes = 10
    lunch: Lunch = Lunch()
    buffer: Minutes = Field(default=5, description="Kept free right before the ending.")


class Outcome(Node):
    id: Id
    text: Words
    modules: tuple[Id, ...] = ()


class GlossaryEntry(Part):
    term: Words
    here: Words = Field(description="What we mean by it here.")
    instead_of: tuple[Words, ...] = Field(default=(), description="Words that this course does not use, and lint reports.")


Override = dict[str, Any]  # of a part: the fields that are different


class Listed(Node):
    """A module of the list: a file of modules/, or a module of another course, with what is different here.

    A bare name is enough for a file of modules/.
    """

    course: str = Field(default="", alias="from", description="Folder of another course, seen from this file: `../two-hats`.")
    module: Words = Field(description="Name of its file in modules/, without .yaml.")
    id: Id | None = Field(default=None, description="Another id; what refers to it inside the module follows.")
    title: Words | None = Field(default=None, description="Another title.")
    segments: tuple[Id, ...] = Field(default=(), description="Ids of the segments to take, in this order; all, if left out.")
    override: dict[str, Override | None] = Field(
        default={},
        description=(
            "Id of a part (module, segment, objective, table, card deck, quiz item) → the fields that are different, for every "
            'audience; null leaves the part out. In place of a list, `{"2": …}` changes its second entry only.'
        ),
    )

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, data: Any) -> Any:
        return {"module": data} if isinstance(data, str) else data


class Added(Listed):
    """A module that a layer adds to the list; at its end, if it does not say where."""

    after: str = Field(default="", description="Name of the module in the list that it follows.")
    before: str = Field(default="", description="Name of the module in the list that it precedes.")

    @model_validator(mode="after")
    def _somewhere(self) -> Added:
        if self.after and self.before:
            raise ValueError("after and before stand side by side: one of them says where")
        return self


class Front(Waivable):
    """`course.yaml`, the front matter. Files it names are found by name: `modules/<name>.yaml`."""

    title: Words
    subtitle: str = ""
    version: Words
    date: Date
    licence: Words
    authors: tuple[Words, ...] = ()
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]+)?$")] = "en-GB"
    paper: Literal["A4", "Letter"] = "A4"
    promise: Words
    outcomes: tuple[Outcome, ...] = ()
    modules: tuple[Listed, ...] = Field(min_length=1, description="Files of modules/, in order.")
    overnight: str = Field(default="", description="A file of modules/ that runs between two days: day close and recap.")
    slots: tuple[Slot, ...] = Field(min_length=1)
    documents: tuple[Words, ...] = Field(min_length=1, description="What `build` makes, such as deck.pptx.")
    schedule: Schedule = Schedule()
    terms: dict[str, Term] = {}
    glossary: tuple[GlossaryEntry, ...] = ()
    further_reading: tuple[Words, ...] = ()
    words: tuple[Words, ...] = Field(default=(), description="Words that are spelt right here, whatever dictionaries say.")
    brand: str = Field(default="", description="A .pptx or .potx below the course folder.")
    lint: dict[str, Setting] = Field(default={}, description="Lint rule → how it is weighed in this course.")
    transition: Literal["none", "fade"] = Field(default="none", description="How one slide follows another.")
    thumbnails: Literal["on", "off"] = Field(
        default="on", description="Small pictures of its slides beside each segment of the guide."
    )


class Layer(Node):
    """`layer.yaml`: what a customer has otherwise. It lies on top of a course, which stays as it is.

    What stands here replaces what `course.yaml` says; terms, glossary, slots, outcomes, schedule do so piece by piece.
    """

    title: Words | None = None
    subtitle: str | None = None
    version: Words | None = None
    date: Date | None = None
    licence: Words | None = None
    authors: tuple[Words, ...] | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z][A-Za-z]+)?$")] | None = None
    paper: Literal["A4", "Letter"] | None = None
    promise: Words | None = None
    outcomes: tuple[dict[str, Any], ...] = Field(default=(), description="By id: fields that are different, or new outcomes.")
    modules: tuple[Listed, ...] | None = Field(
        default=None, description="The whole list: names of the course’s list, files of the layer’s modules/, or others."
    )
    add: tuple[Added, ...] = Field(default=(), description="Or only what comes to the list, each with its place.")
    overnight: str | None = Field(default=None, description="A file of modules/ that runs between two days.")
    slots: tuple[dict[str, Any], ...] = Field(default=(), description="By id: fields that are different, or new slots.")
    documents: tuple[Words, ...] | None = Field(default=None, description="What `build` makes, such as deck.pptx.")
    schedule: dict[str, Any] = Field(default={}, description="The fields that are different.")
    terms: dict[str, Any] = Field(default={}, description="Words of the customer’s own; the other terms stay.")
    glossary: tuple[dict[str, Any], ...] = Field(default=(), description="By term: other words for it, or new entries.")
    further_reading: tuple[Words, ...] | None = None
    brand: str | None = Field(default=None, description="A .pptx or .potx below the layer’s folder.")
    transition: Literal["none", "fade"] | None = Field(default=None, description="How one slide follows another.")
    thumbnails: Literal["on", "off"] | None = Field(default=None, description="Small pictures of slides in the guide.")
    override: dict[str, Override | None] = Field(
        default={}, description="Id of a part of any module → the fields that are different, as in a course’s list of modules."
    )


class Document(Node):
    id: Id
    title: Words
    file: str = Field(default="", description="Its words, a text file below the course folder: lint reports what was copied.")
    condition: str = Field(default="", json_schema_extra=PRIVATE)
    note: str = Field(default="", json_schema_extra=PRIVATE)


class Theme(Waivable):
    id: Id
    title: Words
    text: Words
    kind: Literal["core", "detail", "contested", "context"]
    where: dict[str, tuple[str, ...]]


class Contradiction(Node):
    id: Id
    question: Words
    one_side: Words
    other_side: Words
    kind: Words
    treatment: Words = Field(json_schema_extra=PRIVATE)


class Sources(Node):
    """`sources.yaml`: where the course's ideas come from."""

    documents: tuple[Document, ...] = ()
    themes: tuple[Theme, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


class Course(Node):
    """A whole course folder, read and checked. ``overnight`` runs between two days, and only there.

    ``originals`` are the words of source documents whose files are there, by the documents' ids.
    """

    front: Front
    modules: tuple[Module, ...]
    overnight: Module | None = None
    audiences: tuple[Audience, ...]
    cases: tuple[Case, ...] = ()
    messages: tuple[Message, ...] = ()
    sources: Sources = Sources()
    originals: dict[str, str] = {}


# ----------------------------------------------------------------------------------------------------- edition


class Participant(Node):
    """Somebody who comes, as the list of participants has them. ``given`` and ``family`` are empty where it has one name only.

    No document gets these but those that say in their first line that they show participants.
    """

    name: Words
    given: str = ""
    family: str = ""
    organisation: str = ""
    role: str = ""
    email: str = ""
    table: str = ""


class Session(Node):
    """What is known of one delivery beyond audience and slot; what is empty is as course and audience say."""

    starts: tuple[Clock, ...] = ()  # one for each day; the last one holds for the days after it
    days: int | None = None
    people: int | None = None
    table_size: int | None = None
    online: bool = False
    lunch: Lunch | Literal[False] | None = None  # False: a day without
    include: tuple[str, ...] = ()  # ids of modules and segments that are kept whatever else goes
    exclude: tuple[str, ...] = ()  # and of those that do not run
    wishes: tuple[str, ...] = ()  # ids of objectives that must be claimed
    dates: tuple[Date, ...] = ()  # one for each day, ascending; days beyond them follow one after the other
    place: str = ""
    timezone: str = ""  # its name, such as Europe/Vienna
    participants: tuple[Participant, ...] = ()
    tables: int | None = None  # as many as the list of participants names

    def changes_nothing(self) -> bool:
        """Return whether the agenda is the one that course and audience have anyway: no more is known than when and where."""
        return self.model_copy(update={"dates": (), "place": "", "timezone": ""}) == Session()


class Day(Node):
    """One day of an edition; ``number`` counts from 1. ``date`` is None as long as nobody has said when it is."""

    number: int
    date: Date | None = None
    start: Clock
    end: Clock
    minutes: int


class AgendaItem(Node):
    """A line of the agenda. ``kind`` is a segment's kind, or break, lunch, buffer or open (those have no module).

    ``open`` is time that the course does not fill: it belongs to the group, and counts as a break.
    """

    id: str
    day: int = 1
    module: str = ""
    title: str
    kind: str
    start: Clock
    end: Clock
    minutes: int


class Cut(Node):
    """A segment left out, and the rule that did it."""

    id: str
    title: str
    minutes: int
    rule: str


class Shrunk(Node):
    id: str
    title: str
    full: int
    minutes: int
    rule: str


class Swapped(Node):
    """Something this audience gets in another form."""

    id: str
    title: str
    what: str


class Unclaimed(Node):
    """An objective this edition does not promise, because a part of its teaching was cut."""

    id: str
    text: str
    missing: str


class Uncovered(Node):
    """A theme of the sources that nothing in this edition takes up."""

    id: str
    title: str
    kind: str


class Receipt(Node):
    """What the fit to the slot did, so that nobody has to guess. ``basis`` says where the choice began."""

    basis: str = ""
    cut: tuple[Cut, ...] = ()
    shrunk: tuple[Shrunk, ...] = ()
    swapped: tuple[Swapped, ...] = ()
    unclaimed: tuple[Unclaimed, ...] = ()
    uncovered: tuple[Uncovered, ...] = ()
    notes: tuple[str, ...] = ()  # other decisions, such as breaks


class PlannedSegment(Segment):
    """A segment with its clock times; its steps add up to ``given`` minutes."""

    given: int
    day: int = 1
    start: Clock
    end: Clock


class PlannedModule(Module):
    """A module as it runs: ``number`` counts from 1, ``objectives`` are the claimed ones, ``given`` its minutes.

    What runs between two days has the number 0.
    """

    number: int
    given: int
    day: int = 1
    start: Clock
    segments: tuple[PlannedSegment, ...]


class PlannedMessage(Message):
    """A message that goes out, with the segments it encloses, at full length; they carry the clock time 00:00.

    ``date`` is the day on which it does, None as long as nobody has said when the session is.
    """

    date: Date | None = None
    enclosed: tuple[PlannedModule, ...] = ()


class Edition(Node):
    """A course for one audience and one slot, everything decided: what every document is made from."""

    front: Front
    audience: Audience
    slot: Slot
    start: Clock
    end: Clock
    days: tuple[Day, ...]
    people: int
    tables: int
    online: bool = False
    place: str = ""
    timezone: str = ""
    modules: tuple[PlannedModule, ...]
    agenda: tuple[AgendaItem, ...]
    objectives: tuple[Objective, ...]
    receipt: Receipt = Field(json_schema_extra=PRIVATE)
    cases: tuple[Case, ...] = ()
    messages: tuple[PlannedMessage, ...] = ()
    sources: Sources = Sources()
