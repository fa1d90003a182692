"""The rules of PowerPoint's accessibility checker, on the saved file.

The rules and how much each weighs are Microsoft's ("Rules for the Accessibility Checker", support.microsoft.com):
alternative text, titles, header rows and default section names are errors there, the rest warnings and tips. What the
course's author alone can mend stays a warning here as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lxml.etree import _Element

from ....problems import Problem, warning
from .archive import P14, A, Archive, R
from .inherit import TRUE, Run
from .measure import Rows
from .shapes import Box, Shape
from .slide import Slide, shortened

FILE_NAME = re.compile(r"\.(png|jpe?g|gif|svg|bmp|tiff?|webp|emf|wmf)$", re.IGNORECASE)
PLACEHOLDER_ALT = re.compile(r"^(picture|image|photo|graphic|chart|table|diagram|drawing|group|shape) ?\d*$", re.IGNORECASE)
ADDRESS = re.compile(r"^(https?://|www\.)\S+$", re.IGNORECASE)
UNHELPFUL = {
    "click here", "here", "link", "this link", "more", "read more", "learn more", "details", "this page", "website",
    "hier", "hier klicken", "klicken sie hier", "mehr", "mehr erfahren", "ici", "cliquez ici", "en savoir plus",
    "aquí", "haga clic aquí", "más", "qui", "clicca qui", "hier klikken", "klik hier", "aqui", "clique aqui", "zde",
}  # fmt: skip
DEFAULT_SECTION = re.compile(r"^(untitled section|default section|section) ?\d*$", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")
SAME_COLUMN = 0.5  # of the narrower one's width: two things below one another


class Titles:
    """Remembers the titles there have been."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def problems(self, slide: Slide) -> Iterator[Problem]:
        """Yield a missing title, or one that another slide has."""
        if not slide.title:
            yield slide.error("it has no title", "every slide needs one, for the outline and for screen readers")
        elif (other := self._seen.setdefault(slide.title.casefold(), slide.number)) != slide.number:
            yield slide.warning(f"slide {other} has the same title", "give each slide a title of its own")


def examine(slide: Slide) -> Iterator[Problem]:
    """Yield what keeps people who cannot see the slide, or not well, from its content."""
    for shape in slide.shapes:
        yield from _alternative(slide, shape)
    for table in slide.tables:
        yield from _table(slide, table)
    yield from _texts(slide)
    yield from _order(slide)


# ------------------------------------------------------------------------------------------------- alternative text


def _alternative(slide: Slide, shape: Shape) -> Iterator[Problem]:
    if shape.depth or shape.hidden or not _needs_words(shape) or shape.decorative:
        return
    if not shape.alt:
        yield slide.error(f"{_what(shape)} has no alternative text", "say in a sentence what it shows")
    elif FILE_NAME.search(shape.alt) or PLACEHOLDER_ALT.match(shape.alt):
        yield slide.error(
            f"the alternative text of {_what(shape)} is “{shortened(shape.alt)}”", "say in a sentence what it shows"
        )


def _needs_words(shape: Shape) -> bool:
    """Everything that is no text: pictures, charts, tables, drawings, and shapes with nothing written in them."""
    if shape.kind != "shape":
        return True
    return shape.mark is None and (shape.body is None or not any(each.text for each in shape.body.iter(A + "t")))


def _what(shape: Shape) -> str:
    names = {"picture": "the picture", "line": "the line", "group": "the drawing", "shape": "the shape"}
    if shape.kind == "frame":
        return "the table" if shape.table is not None else "the chart"
    return names[shape.kind]


# --------------------------------------------------------------------------------------------------------- tables


def _table(slide: Slide, table: Rows) -> Iterator[Problem]:
    element = table.shape.table
    assert element is not None
    flags = element.find(A + "tblPr")
    if flags is None or flags.get("firstRow") not in TRUE:
        yield slide.warning("its table has no header row", "give the table a head: screen readers say it with each cell")
    if any(_merged(each) for each in element.iter(A + "tc")):
        yield slide.warning("its table has merged cells", "screen readers lose count in them: repeat the words instead")


def _merged(cell: _Element) -> bool:
    merged = cell.get("hMerge") in TRUE or cell.get("vMerge") in TRUE
    return merged or cell.get("gridSpan", "1") != "1" or cell.get("rowSpan", "1") != "1"


# ----------------------------------------------------------------------------------------------------------- texts


def _texts(slide: Slide) -> Iterator[Problem]:
    """Yield one problem for all runs without a language, and one for each link that does not say where it leads."""
    silent = ""
    for run in _runs(slide):
        properties = run.properties
        if not silent and (properties is None or not properties.get("lang")) and LETTER.search(run.text):
            silent = run.text
        if properties is not None and len(properties) and (click := properties.find(A + "hlinkClick")) is not None:
            yield from _link(slide, run.text, click)
    if silent:
        yield slide.error(f"the text “{shortened(silent)}” has no language", "this is a fault of Coursewright: please report it")


def _runs(slide: Slide) -> Iterator[Run]:
    for laid in slide.texts:
        for paragraph in laid.paragraphs:
            yield from paragraph.runs
    for table in slide.tables:
        for cell in table.cells:
            for paragraph in cell.paragraphs:
                yield from paragraph.runs


def _link(slide: Slide, text: str, click: _Element) -> Iterator[Problem]:
    words = " ".join(text.split())
    if words.casefold().strip(" .…›»→") in UNHELPFUL:
        yield slide.warning(f"the link “{words}” does not say where it leads", "use the name of what it leads to")
    elif ADDRESS.match(words) and click.get(R + "id"):
        yield slide.warning(f"the link “{shortened(words)}” is a bare address", "use the name of the page as the link's text")


# --------------------------------------------------------------------------------------------------- reading order


def _order(slide: Slide) -> Iterator[Problem]:
    """Yield what is read in another order than it is seen: only where that is plain, as columns can be read either way."""
    read = [each for each in slide.shapes if not each.depth and not each.is_furniture and not each.decorative and each.box]
    if any(each.is_title for each in read[1:]) and not read[0].is_title:
        yield slide.warning("its title is not read first", "this is a fault of Coursewright: please report it")
    rest = [each for each in read if not each.is_title]
    for one, other in pairwise(rest):
        if one.box is not None and other.box is not None and _above(other.box, one.box):
            yield slide.warning(f"“{other.name}” is read after “{one.name}”, but stands above it", "change their order")


def _above(one: Box, other: Box) -> bool:
    across, _ = one.overlap(other)
    return one.bottom <= other.y and across > SAME_COLUMN * min(one.width, other.width)


# -------------------------------------------------------------------------------------------------------- sections


def sections(archive: Archive) -> Iterator[Problem]:
    """Yield section names that say nothing, and those that stand twice."""
    presentation = archive.root(archive.presentation)
    seen: set[str] = set()
    for each in presentation.iter(P14 + "section") if presentation is not None else ():
        name = each.get("name", "").strip()
        if not name or DEFAULT_SECTION.match(name):
            yield warning(f"the deck has a section called “{name}”", hint="name it after what it is about")
        elif name.casefold() in seen:
            yield warning(f"the deck has two sections called “{name}”", hint="give each a name of its own")
        seen.add(name.casefold())
