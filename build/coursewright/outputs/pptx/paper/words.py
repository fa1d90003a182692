"""The words of a slide: text bodies read with all they inherit, set, and written as SVG. Lengths are points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from lxml.etree import _Element
from markupsafe import escape

from .. import breaking
from ..outlines import plain
from ..svg import Box
from ..verify.archive import A
from ..verify.inherit import FILLS, Frame, Letters, Levels, Paragraph, Run, paragraphs
from ..verify.paint import Colour
from ..verify.shapes import EMU, Shape
from . import bullets, setting
from .paints import Brush, shown
from .setting import Look, Placed, Text

OWN_LINK_COLOUR = ".//{http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor}hlinkClr"
TURNS = {"vert": 90, "eaVert": 90, "mongolianVert": 90, "vert270": -90}
UNDERLINE, STRIKE, RULE = 0.1, -0.27, 0.055  # of the size: where lines stand below the base line, and how thick they are
PARAGRAPH = A + "p"

Sources = Callable[[int, "_Element | None"], list[_Element]]  # level and own properties → all that rule a paragraph


@dataclass(frozen=True)
class Writer:
    """Writes the text of one part's shapes. ``number`` is what a field for the slide's number shows."""

    brush: Brush

    def shape(self, shape: Shape, box: Box) -> Iterator[str]:
        """Yield the text of a shape in its box."""
        if shape.body is None or not _has_words(shape.body):
            return
        layout = self.brush.layout
        frame = layout.frame(shape)
        turn = TURNS.get(_vertical(shape), 0) if frame.upright else 0
        if turn:
            x, y = box.x + box.width / 2, box.y + box.height / 2
            yield f'<g transform="rotate({turn} {plain(x)} {plain(y)})">'
            box = Box(x - box.height / 2, y - box.width / 2, box.height, box.width)

        def sources(level: int, own: _Element | None) -> list[_Element]:
            return bullets.sources(shape, layout, level, own)

        yield from self.body(shape.body, layout.levels(shape), frame, box, sources)
        if turn:
            yield "</g>"

    def body(self, body: _Element, levels: Levels, frame: Frame, box: Box, sources: Sources) -> Iterator[str]:
        """Yield a text body's lines in a box, whose insets are the frame's."""
        texts = self.texts(body, levels, frame, sources)
        left, top, right, bottom = (each / EMU for each in frame.insets)
        room = box.width - left - right, box.height - top - bottom
        gap = frame.gap / EMU * (frame.columns - 1)
        found = setting.blocks(texts, (room[0] - gap) / frame.columns, frame)
        yield from _written(setting.placed(found, room, frame), box.x + left, box.y + top)

    def height(self, body: _Element, levels: Levels, frame: Frame, width: float, sources: Sources) -> float:
        """Return how tall a text is in a width, insets included."""
        texts = self.texts(body, levels, frame, sources)
        left, top, right, bottom = (each / EMU for each in frame.insets)
        return setting.height(setting.blocks(texts, width - left - right, frame)) + top + bottom

    def texts(self, body: _Element, levels: Levels, frame: Frame, sources: Sources) -> list[Text]:
        """Return the paragraphs of a text body, ready to be set."""
        counter = bullets.Counter()
        elements = [each for each in body if each.tag == PARAGRAPH]
        found = zip(elements, paragraphs(body, levels), strict=True)
        return [self._text(element, paragraph, frame, sources, counter) for element, paragraph in found]

    def _text(self, element: _Element, paragraph: Paragraph, frame: Frame, sources: Sources, counter: bullets.Counter) -> Text:
        runs = tuple((run.text, self._look(run, frame)) for run in paragraph.runs if run.text)
        empty = paragraph.end.size * frame.scale
        if not "".join(text for text, _ in runs).strip():
            return Text(paragraph.level, runs, None, empty)
        properties = element.find(A + "pPr")
        level = int(properties.get("lvl", "0")) if properties is not None else 0
        mark = bullets.bullet(sources(level, properties), level, counter)
        return Text(paragraph.level, runs, self._bullet(mark, runs[0][1]) if mark else None, empty)

    def _bullet(self, mark: bullets.Bullet, first: Look) -> tuple[str, Look]:
        """Return a mark as it is drawn: like the first letters after it, where it does not say otherwise."""
        family = self.brush.layout.typeface(mark.typeface) or first.style.family
        style = first.style._replace(family=family, bold=first.style.bold and mark.words[0].isalnum(), italic=False)
        fill = self.brush.colour(mark.colour) if mark.colour is not None else first.fill
        size = mark.points or first.size * mark.share
        return mark.words, first._replace(style=style, fill=fill, size=size, underline=False, strike=False, raised=0.0)

    def _look(self, run: Run, frame: Frame) -> Look:
        get = run.properties.get if run.properties is not None else {}.get
        style, size = setting.look_of(run.letters, frame.scale, self._families(run.letters))
        click = run.properties.find(A + "hlinkClick") if run.properties is not None else None
        return Look(
            style=style,
            size=size,
            spacing=run.letters.spacing,
            fill=shown(self._ink(run, click)),
            underline=click is not None or get("u", "none") != "none",
            strike=get("strike", "noStrike") != "noStrike",
            raised=_share(get("baseline", "0")),
        )

    def _families(self, letters: Letters) -> tuple[str, str]:
        return self.brush.layout.typeface(letters.latin) or "Calibri", self.brush.layout.typeface(letters.asian)

    def _ink(self, run: Run, click: _Element | None) -> Colour:
        """Return the colour of a run: a link has the theme's, unless it says that it has its own."""
        if click is not None and click.find(OWN_LINK_COLOUR) is None:
            return self.brush.named("hlink")
        fill = run.fill
        if fill is not None and fill.tag in FILLS and fill.tag != A + "solidFill":
            fill = next(fill.iter(A + "gs", A + "fgClr"), None)
        return self.brush.palette.colour(fill) or self.brush.named("tx1")


def _written(found: Iterator[Placed], left: float, top: float) -> Iterator[str]:
    """Yield stretches as SVG, those of one line together, with the rules below and through them."""
    line: list[Placed] = []
    for each in found:
        if line and (each.y != line[-1].y or each.x < line[-1].x):
            yield _line(line, left, top)
            line = []
        line.append(each)
    if line:
        yield _line(line, left, top)


def _line(line: list[Placed], left: float, top: float) -> str:
    """A line in one look is one element, which is read and drawn in half the time."""
    y = f'y="{plain(top + line[0].y)}"'
    if len(line) == 1:
        words = f"<text {y} {_set(line[0], left)}>{escape(line[0].stretch.text.strip(' '))}</text>"
    else:
        spans = "".join(
            f"<tspan {_set(each, left)}>{escape(each.stretch.text)}{' ' if _is_apart(each, after) else ''}</tspan>"
            for each, after in zip_longest(line, line[1:])
        )
        words = f'<text {y} xml:space="preserve">{spans}</text>'
    return words + "".join(_rules(line, left, top))


def _is_apart(each: Placed, after: Placed | None) -> bool:
    """Whether a tab stands between two stretches: whoever copies the line then gets two words and not one."""
    apart = after is not None and after.x - each.x - each.stretch.width > setting.SLACK
    return apart and not each.stretch.text.endswith(" ")


def _set(each: Placed, left: float) -> str:
    """Return the attributes of a stretch: where it begins and how it looks."""
    look = each.stretch.look
    more = f' letter-spacing="{look.spacing:g}"' if look.spacing else ""
    more += ' font-weight="bold"' if look.style.bold else ""
    more += ' font-style="italic"' if look.style.italic else ""
    if breaking.runs_from_right(each.stretch.text):
        more += ' direction="rtl" text-anchor="end"'  # its end, which is its left edge, stands at x
    return f'x="{left + each.x:.2f}" font-family="{each.stretch.family}" font-size="{look.drawn:g}" fill="{look.fill}"{more}'


def _rules(line: list[Placed], left: float, top: float) -> Iterator[str]:
    for each in line:
        look, words = each.stretch.look, each.stretch.text.rstrip()
        width = each.stretch.width * (len(words) / len(each.stretch.text)) if words else 0.0
        for is_there, at in ((look.underline, UNDERLINE), (look.strike, STRIKE)):
            if is_there and words:
                box = f'x="{left + each.x:.2f}" y="{top + each.y + at * look.drawn:.2f}"'
                yield f'<rect {box} width="{width:.2f}" height="{look.drawn * RULE:.2f}" fill="{look.fill}"/>'


def _has_words(body: _Element) -> bool:
    return any((each.text or "").strip() for each in body.iter(A + "t"))


def _vertical(shape: Shape) -> str:
    bodies = (each.body.find(A + "bodyPr") for each in (shape, *shape.parents) if each.body is not None)
    return next((value for each in bodies if each is not None and (value := each.get("vert"))), "")


def _share(value: str) -> float:
    return float(value.rstrip("%")) / (100 if value.endswith("%") else 100_000)
