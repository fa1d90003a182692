"""An edition and a template become a page: HTML for the formats, or the finished text of a text format."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from . import calendars, drawings, late, markdown, overview, people, staging, tabling
from .documents import Document
from .drawings import Measure
from .model import CardDeck, Chart, Edition, Material, PlannedModule, PlannedSegment
from .problems import Broken, Place, Problem, did_you_mean
from .readers import Private, for_clients, for_participants
from .times import clock
from .wrapping import lines, measured

Places = Mapping[str, Mapping[str, tuple[int, ...]]]  # document → id → numbers of its pages or slides, from 1

PALETTE = {
    "ink": "#1B2430", "muted": "#5B6675", "line": "#D3D9E0", "paper": "#FFFFFF", "lead": "#0F5C63", "manage": "#A8480F",
    "lead_tint": "#E5F0F0", "manage_tint": "#F9ECE2", "both": "#F1E6D8",
    "serif": "Cambria, Caladea, serif", "sans": "Calibri, Carlito, sans-serif",
    "logo": "", "logo_alt": "", "logo_ground": "",  # a brand's: a data address, its words, "dark" for one made for that
}  # fmt: skip
SEEN: Mapping[str, Callable[[Edition], Any]] = {
    "participant": for_participants,
    "facilitator": lambda edition: edition,
    "client": for_clients,
}  # what each reader's documents are made from
FAULTS = (jinja2.TemplateError, Private, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
NOTHING: Mapping[str, Any] = MappingProxyType({})
WRITTEN = ("html", "svg", "xml", "zip")  # templates of these are escaped
TYPE = re.compile(r"((?:\bfont|\bfont-size|--[a-z]+)\s*:\s*[^;{}]*?\b)(\d+(?:\.\d+)?)pt\b")
LINE = 6.0  # points: what is thinner in a style sheet is a line, no type
LARGER = (
    0.75  # the power of a face's width that its letters look larger by: Verdana is 1.28 times as wide as Calibri, 1.17 as high
)
GIFT = str.maketrans({mark: f"\\{mark}" for mark in "\\~=#{}:"} | {"\n": r"\n"})


@dataclass(frozen=True)
class Page:
    """A rendered template: ``text`` is HTML unless the format is a text format."""

    name: str
    text: str
    title: str
    language: str


def render(
    edition: Edition,
    document: Document,
    places: Places,
    folders: tuple[Path, ...],
    palette: Mapping[str, str] | None = None,
    measure: Measure = Measure(),  # noqa: B008 (frozen)
    made: Mapping[str, Any] = NOTHING,
) -> Page:
    """Return the document's page for an edition; ``palette`` replaces colours and fonts of :data:`PALETTE`.

    ``measure`` is the room and the type that the brand gives to drawings. ``made`` is what the template can name besides:
    what comes out of files made before, such as ``counts``, their pages and slides by name.

    Raises Broken with the template's file and line.
    """
    language = edition.front.language
    environment = _environment(folders, language)
    guests: Mapping[str, Any] = {"participants": ()} if document.shows else {}
    known = {**_context(edition, document, places, palette or {}), **_measured(measure), **_tabled(edition, measure)}
    context = {**known, "counts": {}, "drawn_slides": tuple, "withheld": tuple, **guests, **made}
    context["diagram"] = _drawer(environment, folders, dict(context))
    try:
        text = environment.get_template(document.template, globals=context).render()
    except FAULTS as fault:
        raise Broken([_fault(fault, document.template, folders)]) from fault
    return Page(document.name, text.strip() + "\n", _title(text) or edition.front.title, language)


def report(template: str, folders: tuple[Path, ...], context: Mapping[str, Any], language: str = "en") -> str:
    """Return a page that is about no edition, such as ``reports/brand.html.j2``. Raises Broken as :func:`render` does."""
    known = {"palette": PALETTE, "language": language, **context}
    try:
        return _environment(folders, language).get_template(template, globals=known).render().strip() + "\n"
    except FAULTS as fault:
        raise Broken([_fault(fault, template, folders)]) from fault


def _context(edition: Edition, document: Document, places: Places, palette: Mapping[str, str]) -> dict[str, Any]:
    """Return what a template can name. Each reader's edition holds only what that reader may see."""
    return {
        "edition": SEEN[document.reader](edition),
        "places": places,
        "palette": PALETTE | {name.replace("-", "_"): value for name, value in palette.items()},
        "language": edition.front.language,
        "document": document,
        **_functions(edition, places),
        **(_overview(edition) if document.reader != "participant" else {}),
        **(_staging(edition) if document.reader == "facilitator" else {}),
    }


# ---------------------------------------------------------------------------------------------------- Jinja


def _environment(folders: tuple[Path, ...], language: str) -> ImmutableSandboxedEnvironment:
    """A new one for each page: its templates remember their page's values, and pages may be made side by side."""
    environment = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: bool(name) and name.removesuffix(".j2").endswith(WRITTEN),
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_CODE,
    )
    del environment.filters["random"], environment.globals["lipsum"]  # the same input gives the same bytes
    environment.filters |= {
        "md": partial(markdown.block, language=language),
        "inline": partial(markdown.inline, language=language),
        "gapped": partial(markdown.gapped, language=language),
        "objective": partial(markdown.objective, language=language),
        "plain": partial(markdown.plain, language=language),
        "joined": markdown.joined,
        "typed": typed,
        "dated": dated,
        "day": on,
        "ics": calendars.escaped,
        "gift": gift,
        "charted": partial(charted, language=language),
    }
    return environment


def _functions(edition: Edition, places: Places) -> dict[str, Callable[..., Any]]:
    def pages(document: str, part: str) -> str:
        return ranges(places.get(document, {}).get(part, ()))

    def quantity(material: Material, segment: PlannedSegment | None = None) -> int:
        return staging.quantity(material, edition, segment)

    def chapters(day: int) -> tuple[overview.Chapter, ...]:
        return overview.chapters(edition, day)

    def outcomes(most: int) -> tuple[str, ...]:
        return overview.outcomes(edition, most)

    def played(module: PlannedModule, deck: CardDeck) -> bool:
        return any(segment.plays_with(deck.id) for segment in module.segments)

    said: dict[str, Callable[..., Any]] = {
        "pages": pages,
        "quantity": quantity,
        "clock": clock,
        "chapters": chapters,
        "outcomes": outcomes,
        "played": played,
    }
    return {**said, **calendars.functions(edition), "seating": people.seating}


def _measured(measure: Measure) -> dict[str, Any]:
    """What breaks and measures the words of drawings, in the brand's faces."""

    def broken(text: object, width: float, size: float, *, serif: bool = False) -> tuple[str, ...]:
        return lines(text, width / (measure.serif if serif else measure.sans), size, serif=serif)

    def wide(text: str, size: float, *, serif: bool = False) -> float:
        return measured(text, size, serif=serif) * (measure.serif if serif else measure.sans)

    return {"measure": measure, "lines": broken, "measured": wide}


def _tabled(edition: Edition, measure: Measure) -> dict[str, Any]:
    """What is cut, hung up and put on tables: cards without their keys, so anybody's document may show it."""
    language = edition.front.language

    def lettered(pile: tabling.Pile, width: float, height: float) -> int:
        return tabling.lettered(pile, (width, height), measure, language)

    return {
        "piles": lambda *forms: tabling.piles(edition, forms),
        "laid": lambda pile: tabling.laid(pile, measure, language),
        "lettered": lettered,
        "heading": tabling.heading,
        "breakouts": lambda: tabling.rooms(edition),
        "CUTS": tabling.CUTS,
        "AREA": tabling.AREA,
    }


def _overview(edition: Edition) -> dict[str, Callable[..., Any]]:
    """What counts and compares over the whole edition: nothing a participant needs, nothing a client must not see."""
    return {
        "methods": lambda: overview.methods(edition),
        "alignment": lambda: overview.alignment(edition),
        "coverage": lambda: overview.coverage(edition),
        "waived": lambda: overview.waived(edition),
        "named": lambda text: overview.named(edition, text),
    }


def _staging(edition: Edition) -> dict[str, Callable[..., Any]]:
    """What hands out the edition's own segments, and so must not be there in anybody else's document."""
    return {
        "things": lambda: staging.things(edition),
        "seated": lambda segment: staging.counted(staging.seated(segment, edition)),
        "rooms": lambda segment: staging.counted(staging.rooms(segment, edition)),
        "checkpoints": lambda day: late.checkpoints(edition, day),
        "rescue": lambda checkpoint, minutes: late.rescue(edition, checkpoint, minutes),
        "further": late.further,
    }


def _drawer(environment: jinja2.Environment, folders: tuple[Path, ...], context: Mapping[str, Any]) -> Callable[..., Markup]:
    known = drawings.find(folders)

    def diagram(name: str, data: Mapping[str, Any], alt: str, width: int | None = None) -> Markup:
        """Return the drawing ``diagrams/NAME.svg.j2``, which escapes what it is given; ``width`` is its room in user units."""
        if name not in known:
            raise LookupError(f'no drawing "{name}": {did_you_mean(name, known)}')
        wanted = drawings.needs(known[name])
        if wanted is not None and (problems := list(drawings.amiss(name, wanted, data, ""))):
            raise Broken(replace(problem, where="") for problem in problems)
        template = environment.get_template(f"diagrams/{name}{drawings.SUFFIX}", globals=dict(context))
        place = {} if width is None else {"width": max(width, drawings.LEAST_WIDTH)}
        return Markup(template.render(data=data, alt=alt, **place).strip())

    return diagram


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates for the next page of this process; Jinja checks that the source is still the same."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_CODE = _Compiled()


def _fault(fault: Exception, template: str, folders: tuple[Path, ...]) -> Problem:
    """Return what went wrong with the innermost template line that was being worked on."""
    message = str(fault) or type(fault).__name__
    if isinstance(fault, jinja2.TemplateSyntaxError):
        return Problem(message.splitlines()[0], Place(_below(fault.filename or template, folders), fault.lineno))
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.endswith(".j2")]
    if isinstance(fault, jinja2.TemplateNotFound) and not frames:
        return Problem(f'no template "{fault.name}"', Place(_below(template, folders)))
    if not frames:
        return Problem(message, Place(_below(template, folders)))
    return Problem(message, Place(_below(frames[-1].filename, folders), frames[-1].lineno or 0))


def _below(filename: str, folders: tuple[Path, ...]) -> str:
    """Return a template's path from the name of its templates folder on: no part of the machine's own paths."""
    path = Path(filename)
    return next((_shown(path, folder) for folder in folders if path.is_relative_to(folder)), f"templates/{filename}")


def _shown(path: Path, folder: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _title(text: str) -> str:
    found = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
    return Markup(" ".join(found[1].split())).unescape() if found else ""


# -------------------------------------------------------------------------------------------------- filters


def ranges(numbers: tuple[int, ...]) -> str:
    """Return page numbers as they are printed: "14", "14–15", "3, 14–15", or nothing."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def typed(css: str, stretch: float) -> Markup:
    """Return a style sheet whose type is so much smaller that a face which runs wider looks as large as the default one.

    Columns are made for the default face: a page in Verdana of the same size would look crude, and break its clock times.
    """
    scale = stretch**-LARGER

    def sized(found: re.Match[str]) -> str:
        points = float(found[2])
        return f"{found[1]}{points if points < LINE else round(points * scale, 2):g}pt"

    return Markup(css if stretch == 1 else TYPE.sub(sized, css))


def dated(day: date) -> str:
    """Return a date that no reader takes for another: 22 November 2026."""
    return f"{day.day} {day:%B %Y}"


def on(day: date) -> str:
    """Return a date with its day of the week: Tuesday 1 December 2026."""
    return f"{day:%A} {dated(day)}"


def charted(chart: Chart, language: str) -> str:
    """Return a chart as JSON, for the formats to draw: its words without Markdown."""

    def plain(words: str) -> str:
        return markdown.inline(words, language).striptags()

    series = [
        {"name": plain(each.name), "values": list(each.values), "points": [list(point) for point in each.points]}
        for each in chart.series
    ]
    words = {"x_title": plain(chart.x_title), "y_title": plain(chart.y_title), "categories": [*map(plain, chart.categories)]}
    kept = {name: getattr(chart, name) for name in ("type", "format", "labels", "sort", "percent")}
    highlight = {plain(name): tone for name, tone in chart.highlight.items()}
    return json.dumps({**kept, **words, "series": series, "highlight": highlight}, ensure_ascii=False, allow_nan=False)


def gift(text: str) -> str:
    """Return text with the characters escaped that Moodle's GIFT format reads as its own."""
    return str(text).translate(GIFT)
