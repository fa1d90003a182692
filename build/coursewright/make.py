"""One job, one finished file. Pure: the same job gives the same bytes in any process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import press
from .documents import Document
from .drawings import Measure
from .model import Edition, Participant
from .outputs import Claim, Made
from .problems import Problem
from .render import Page, Places, render

if TYPE_CHECKING:
    from .outputs.pptx.brand import Brand
    from .outputs.pptx.paper import Portrait

DECK = "deck.pptx"
UNIT = 9_000  # EMU a user unit of drawings
MARKUP = ("pdf", "pptx", "html", "docx")  # formats whose pages are HTML
PAPER = ("pdf", "html", "docx")  # those of them that take colours and fonts from a brand, not its layouts
PAGE = (Measure.across, Measure.beside)  # of a printed page, whatever the brand


@dataclass(frozen=True)
class Taken:
    """A finished file that another one is made from: where its bytes lie, and their SHA-256."""

    path: Path
    digest: str


@dataclass(frozen=True)
class Job:
    """Everything a file is made from. ``templates`` are searched in order; ``own_brand`` colours the print too.

    Pictures lie below ``course``, where their paths begin, or below one of the ``shelves``. ``taken`` are the finished files
    that the document takes, ``counts`` the pages and slides of those it takes or lists, by name. ``participants`` are there
    only for documents that show them.
    """

    edition: Edition
    document: Document
    places: Places
    templates: tuple[Path, ...]
    course: Path
    brand: Path
    own_brand: bool = False
    shelves: tuple[Path, ...] = ()
    taken: Mapping[str, Taken] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    participants: tuple[Participant, ...] = ()

    @property
    def lender(self) -> Path:
        """Return the default brand, whose arrangements stand in for layouts that another brand lacks."""
        return self.templates[-1] / "brand.pptx"


def make(job: Job) -> Made:
    """Return the finished file with its problems and places. Raises Broken when it cannot be made at all."""
    brand = _brand(job)
    logo, lost = _logo(job, brand)
    palette = {**_palette(job, brand), **logo}
    measure = _measure(job, brand)
    drawn = _Drawn(job)
    people = {"participants": job.participants} if job.document.shows else {}
    slides = {"drawn_slides": drawn.slides, "withheld": drawn.withheld}
    known = {"counts": job.counts, **people, **slides, **_listed(job)}

    def rendered(places: Places) -> Page:
        return render(job.edition, job.document, places, job.templates, palette, measure, known)

    made = _written(job, rendered(job.places), brand)
    shown = _claims(job, lambda places: rendered(places).text)
    return replace(made, problems=(*lost, *drawn.problems(), *made.problems, *_leaks(job, made)), claims=shown)


@dataclass(frozen=True)
class _Drawn:
    """The slides of the deck that a document takes, drawn when its template asks for them."""

    job: Job

    def slides(self) -> tuple[Portrait, ...]:
        """Return the slides of the deck as pictures, for participants those they may have; none of no deck."""
        left_out = frozenset(self.withheld())
        return tuple(each for each in self._portraits if each.number not in left_out)

    def withheld(self) -> tuple[int, ...]:
        """Return the numbers of slides that are not for the document's readers, but for those a deck does not show either."""
        return self._withheld

    @cached_property
    def _withheld(self) -> tuple[int, ...]:
        if self.job.document.reader == "facilitator" or not self._portraits:
            return ()
        from .handing import withheld

        texts = {each.number: each.words for each in self._portraits if not each.hidden}
        return tuple(sorted(withheld(texts, self.job.edition)))

    def problems(self) -> tuple[Problem, ...]:
        """Return what of the slides could not be drawn, as long as anybody asked for them."""
        if "_portraits" not in self.__dict__:
            return ()
        from .outputs.pptx import paper

        return paper.problems(self.slides(), self.job.document.name)

    @cached_property
    def _portraits(self) -> tuple[Portrait, ...]:
        if DECK not in self.job.taken:
            return ()
        from .outputs.pptx import paper

        return paper.portraits(self.job.taken[DECK].path.read_bytes())


def _listed(job: Job) -> dict[str, object]:
    """What a document that lists the others says of them: what there is to print, and what is not for paper."""
    if not job.document.lists:
        return {}
    printings = {each.name: each.printing for each in job.document.beside if each.name in job.counts}
    ordered = press.orders(job.edition, printings, job.counts, job.places)
    printed = {order.document for order in ordered}
    return {
        "orders": ordered,
        "sheets_in_all": press.totals(ordered, job.edition.front.paper),
        "unprinted": tuple(name for name in printings if name not in printed),
        "printed_in": press.printed_in(job.edition, ordered, job.places),
    }


def _claims(job: Job, rendered: Callable[[Places], str]) -> tuple[Claim, ...]:
    """Where the file sends its reader to another one."""
    if not job.places or job.document.format not in MARKUP:
        return ()
    from .audit.claims import claims

    return claims(rendered, job.places)


def _leaks(job: Job, made: Made) -> tuple[Problem, ...]:
    """What its readers must not see and the file holds all the same: errors, so that it is not written."""
    if job.document.reader == "facilitator":
        return ()
    from .leaks import leaks

    return leaks(job.document.name, made.content, job.edition, job.document.reader)


def _written(job: Job, page: Page, brand: Brand | None) -> Made:
    """A page in its format."""
    folders = (job.course, *job.shelves, *job.templates)
    match job.document.format:
        case "pdf" if job.document.imposed:
            from .outputs import imposition

            return imposition.write(page.text, job.taken[job.document.takes[0]].path, job.document.name)
        case "pdf":
            from .outputs import pdf

            return pdf.write(page.text, folders, job.document.name)
        case "pptx":
            from .outputs.pptx import writer

            assert brand is not None
            return writer.write(page.text, brand, job.course, *job.shelves)
        case "docx":
            from .outputs.docx import writer as word

            return word.write(page.text, folders, job.document.name)
        case "html":
            from .outputs import html

            return html.write(page.text, folders, job.document.name)
        case _:
            return _plain(job.document, page)


def _plain(document: Document, page: Page) -> Made:
    """A page that is its own format: XML, the files of an archive, a calendar, or any other text."""
    from .outputs import archive, calendar, text, xml

    write = {"xml": xml.write, "zip": archive.write, "ics": calendar.write}.get(document.format, text.write)
    return write(page.text, name=document.name)


def _brand(job: Job) -> Brand | None:
    """The brand, opened, for what shows it: every deck, and print in a brand that is not ours."""
    if job.document.format != "pptx" and not (job.own_brand and job.document.format in PAPER):
        return None
    from .mapping import read_mapping
    from .outputs.pptx.brand import Brand, lender

    lends = job.own_brand and job.document.format == "pptx"  # the default brand lacks nothing, and print has no layouts
    return Brand(job.brand.read_bytes(), lender(job.lender.read_bytes()) if lends else None, read_mapping(job.brand))


def _palette(job: Job, brand: Brand | None) -> Mapping[str, str]:
    """The brand's colours and fonts for print; the default brand's are the templates' own."""
    if not job.own_brand or brand is None:
        return {}
    serif, sans = brand.fonts
    return {**brand.on_paper(), "serif": f'"{serif}", serif', "sans": f'"{sans}", sans-serif'}


def _logo(job: Job, brand: Brand | None) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The logo that the mapping file names, for print: its address, its words, and the ground it needs."""
    if brand is None or job.document.format == "pptx":
        return {}, ()
    if not brand.mapping.logo:
        return {}, ()
    from .outputs.pptx import logos

    found, problems = logos.logo(brand.presentation, brand.mapping.logo, brand.mapping.logo_at)
    if found is None:
        return {}, problems
    return {"logo": found.address, "logo_alt": found.alt, "logo_ground": "dark" if found.pale else ""}, problems


def _measure(job: Job, brand: Brand | None) -> Measure:
    """The room and the type that the brand gives to drawings; the templates are made for the default brand's."""
    if not job.own_brand or brand is None:
        return Measure()
    from .outputs.pptx.lettering import stretch

    if job.document.format != "pptx":
        return Measure(*PAGE, *stretch(brand.fonts))
    wide, narrow = brand.find(("table", "content")).slots, brand.find(("diagram", "two-content")).slots
    across, beside = wide.get("table") or wide["body"], narrow.get("drawing") or narrow["left"]
    return Measure(across.rect.width // UNIT, beside.rect.width // UNIT, *stretch(brand.fonts))
