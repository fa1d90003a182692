"""Any brand takes any deck: no word lost, nothing outside its place, nothing left over, whatever the template.

Three kinds of brand: our own, those of ../shared/brands where that folder is, and templates made up in :mod:`wild`.
``COURSEWRIGHT_WILD=300`` tries so many more of the last, and as many more random texts.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html
from pptx import Presentation

import wild
from coursewright.outputs import Made
from coursewright.outputs.pptx import names, writer
from coursewright.outputs.pptx.brand import Brand
from coursewright.outputs.pptx.verify import examine
from coursewright.problems import Problem, Severity
from gallery import FILES, course, markup
from ooxml import CHECKS, Package

ROOT = Path(__file__).parents[1]
LENDER = (ROOT / "templates/brand.pptx").read_bytes()
SHARED = sorted((ROOT.parent / "shared/brands").glob("*.p*t*x"))
MORE = int(os.environ.get("COURSEWRIGHT_WILD", "0"))
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
FURNITURE = {"dt", "ftr", "sldNum", "hdr"}
TITLES = ("title", "ctrTitle")
MARKS = ".–•0123456789/()"  # of lists, numbers and continued slides
SLACK = 12_700  # EMU: one point
GROUND = 0.3  # of the slide: a fixture so large is what text stands on, if all of the text stands on it
PART = re.compile(r" \((\d+)/(\d+)\)$")  # “Long list (2/3)”
INVISIBLE = str.maketrans("", "", "\u200b\u00ad\u2060\u200e\u200f")

Box = tuple[int, int, int, int]  # left, top, right, bottom in EMU


# ------------------------------------------------------------------------------------------------ what the page says


@dataclass(frozen=True)
class Said:
    """A section of the page as bags of words: what must be on its slides, what in its notes, what may be anywhere."""

    title: str
    other_titles: tuple[str, ...]  # a short one where the long one heads the content; one of the slide that follows
    shown: Counter[str]
    noted: Counter[str]
    free: Counter[str]


def said(page: str) -> list[Said]:
    return [section(each) for each in html.document_fromstring(page).iter("section")]


def section(element: Any) -> Said:
    bags = {"shown": Counter[str](), "noted": Counter[str](), "free": Counter[str]()}
    heading = next(each for each in element if each.tag in ("h1", "h2"))
    for child in element:
        if child is not heading and isinstance(child.tag, str):
            bags[whereto(child)].update(words(child))
    others = (element.get(f"data-{name}-title", "") for name in ("short", "next"))
    return Said(" ".join(words(heading)), tuple(" ".join(other.split()) for other in others), **bags)


def whereto(child: Any) -> str:
    """Which bag a block belongs to: one that may go to “none” or “notes” need not be on the slide."""
    if child.tag == "aside":
        return "noted"
    return "free" if {"none", "notes"} & {slot.strip() for slot in child.get("slot", "").split(",")} else "shown"


def words(element: Any) -> list[str]:
    """The words an element shows: text at its own line breaks, without a drawing's title or a picture's description."""
    return list(pieces(element))


BLOCKS = {"p", "li", "td", "th", "tr", "ul", "ol", "div", "br", "text", "tspan", "table", "col", "figcaption", "blockquote"}


def pieces(element: Any) -> Iterator[str]:
    return iter(plain("".join(spelled(element))).split())


def spelled(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in ("title", "desc", "style", "defs", "metadata", "script"):
        return
    yield " " if element.tag in BLOCKS else ""
    yield " ".join(charted(element.get("data-chart", "{}")))
    yield element.text or ""
    for child in element:
        yield from spelled(child)
        yield child.tail or ""
    yield " " if element.tag in BLOCKS else ""


def charted(data: str) -> Iterator[str]:
    """Yield the words of a chart: its categories, its series' names, its axes' titles."""
    chart = json.loads(data)
    yield from chart.get("categories", ())
    yield from (series["name"] for series in chart.get("series", ()))
    yield from (chart[name] for name in ("x_title", "y_title") if chart.get(name))


def plain(text: str) -> str:
    return text.translate(INVISIBLE)


# ------------------------------------------------------------------------------------------------ what the deck holds


@dataclass(frozen=True)
class Shown:
    """Something on a slide: its box as it stands on the slide, its words, and the kind of placeholder it is ("" for none)."""

    name: str
    box: Box
    words: tuple[str, ...]
    placeholder: str | None


@dataclass(frozen=True)
class Fixed:
    """Something the brand shows by itself."""

    name: str
    box: Box


@dataclass(frozen=True)
class Slide:
    """A slide of the finished deck, read once. ``fixed`` and ``holders`` are the brand's own things on its layout."""

    number: int
    shapes: tuple[Shown, ...]
    notes: tuple[str, ...]
    fixed: tuple[Fixed, ...]
    holders: tuple[Box, ...]

    @property
    def title(self) -> str:
        found = next((shape for shape in self.shapes if shape.placeholder in TITLES), None)
        return " ".join(found.words) if found else ""

    @property
    def own(self) -> tuple[Shown, ...]:
        """What we put there: not footer, date and number."""
        return tuple(shape for shape in self.shapes if shape.placeholder not in FURNITURE)

    def __str__(self) -> str:
        return f"slide {self.number} “{self.title}”"


def opened(data: bytes) -> tuple[Any, tuple[Slide, ...]]:
    """Return the deck as python-pptx sees it, and its slides."""
    presentation = Presentation(io.BytesIO(data))
    size = presentation.slide_width, presentation.slide_height
    brands: dict[str, tuple[tuple[Fixed, ...], tuple[Box, ...]]] = {}
    slides = []
    for number, slide in enumerate(presentation.slides, 1):
        layout = slide.slide_layout
        key = str(layout.part.partname)
        if key not in brands:
            brands[key] = tuple(fixed(layout, size)), tuple(holders(layout))
        slides.append(Slide(number, tuple(shown(slide)), tuple(noted(slide)), *brands[key]))
    return presentation, tuple(slides)


def noted(slide: Any) -> Iterator[str]:
    frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    return iter(plain(frame.text if frame is not None else "").replace("\v", " ").split())


def holders(layout: Any) -> Iterator[Box]:
    return (found for each in (*layout.placeholders, *layout.slide_master.placeholders) if (found := box(each)))


def parts(data: bytes) -> Package:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        listed = tuple(archive.namelist())
        return Package(listed, {name: archive.read(name) for name in listed})


def shown(slide: Any) -> list[Shown]:
    """Everything at the top of a slide, with the size it has or inherits."""
    return [
        Shown(shape.name, found, tuple(text(shape, slide)), kind(shape._element))
        for shape in slide.shapes
        if (found := box(shape))
    ]


def kind(element: Any) -> str | None:
    holder = element.find(f"*/{P}nvPr/{P}ph")
    return None if holder is None else holder.get("type", "obj")


def box(shape: Any) -> Box | None:
    """Where a shape is seen, None for nowhere: a placeholder without a place of its own inherits it, its turn too."""
    frame = placed(shape)
    if frame is None:
        return None
    left, top = (int(frame.find(f"{A}off").get(name)) for name in ("x", "y"))
    width, height = (int(frame.find(f"{A}ext").get(name)) for name in ("cx", "cy"))
    if round(int(frame.get("rot", "0")) / 5_400_000) % 2:  # lying on its side
        left, top, width, height = left + (width - height) // 2, top + (height - width) // 2, height, width
    return left, top, left + width, top + height


def placed(shape: Any) -> Any:
    """The frame of a shape: its own, or that of the placeholder it inherits from."""
    frame = next(
        (each for each in (shape._element.find(f"*/{A}xfrm"), shape._element.find(f"{P}xfrm")) if each is not None), None
    )
    if frame is not None and frame.find(f"{A}ext") is not None:
        return frame
    parent = getattr(shape, "_base_placeholder", None) if shape.is_placeholder else None
    return None if parent is None else placed(parent)


def text(shape: Any, slide: Any) -> Iterator[str]:
    """The words of a shape, a group, a table or a chart."""
    for paragraph in shape._element.iter(f"{A}p"):
        spelled_out = "".join(
            each.text or "" if each.tag == f"{A}t" else " " for each in paragraph.iter(f"{A}t", f"{A}br", f"{A}tab")
        )
        yield from plain(spelled_out).split()
    for chart in shape._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"):
        part = etree.fromstring(slide.part.related_part(chart.get(f"{R}id")).blob)
        yield from (word for each in part.iter("{*}v", f"{A}t") for word in plain(each.text or "").split())


def fixed(layout: Any, size: tuple[int, int]) -> list[Fixed]:
    """The brand's own pictures, bars and logos on a layout; not rules, outlines, or what covers the whole slide."""
    hidden = layout._element.get("showMasterSp") in ("0", "false")
    shapes = [*layout.shapes, *([] if hidden else layout.slide_master.shapes)]
    found = [Fixed(shape.name, at) for shape in shapes if solid(shape._element) and (at := box(shape))]
    width, height = size
    return [each for each in found if not covers(each.box, (0, 0, width, height)) and thick(each.box, size)]


def solid(element: Any) -> bool:
    if kind(element) is not None or element.tag == f"{P}cxnSp":
        return False
    if element.tag in (f"{P}pic", f"{P}grpSp", f"{P}graphicFrame"):
        return True
    properties = element.find(f"{P}spPr")
    filled = any(properties.find(f"{A}{fill}") is not None for fill in ("solidFill", "gradFill", "blipFill", "pattFill"))
    style = element.find(f"{P}style/{A}fillRef")
    bare = properties.find(f"{A}noFill") is not None
    return filled or (style is not None and style.get("idx") != "0" and not bare)


def thick(each: Box, size: tuple[int, int]) -> bool:
    return each[2] - each[0] > 0.012 * size[0] and each[3] - each[1] > 0.012 * size[1]


def common(one: Box, other: Box) -> Box:
    left, top = max(one[0], other[0]), max(one[1], other[1])
    return left, top, max(left, min(one[2], other[2])), max(top, min(one[3], other[3]))


def area(each: Box) -> int:
    return max(0, each[2] - each[0]) * max(0, each[3] - each[1])


def covers(one: Box, other: Box) -> bool:
    return area(common(one, other)) >= 0.95 * area(other) > 0


# ------------------------------------------------------------------------------------------------------- the verdict


@dataclass(frozen=True)
class Deck:
    """A deck made of a page in a brand, opened again."""

    page: str
    made: Made
    package: Package
    presentation: Any
    slides: tuple[Slide, ...]

    @property
    def size(self) -> tuple[int, int]:
        return self.presentation.slide_width, self.presentation.slide_height


def written(page: str, brand: bytes, folder: Path) -> Deck:
    return read(page, made(page, brand, folder))


def made(page: str, brand: bytes, folder: Path) -> Made:
    """Return the deck in a brand; what that has no layout for, ours lends."""
    return writer.write(page, Brand(brand, Brand(LENDER)), folder)


def read(page: str, made: Made) -> Deck:
    return Deck(page, made, parts(made.content), *opened(made.content))


def faults(deck: Deck) -> list[str]:
    """Everything that is wrong with a deck, in words."""
    return [
        *(f"error: {problem.message}" for problem in errors(deck)),
        *lost(deck),
        *(fault for check in CHECKS for fault in check(deck.package)),
        *left_over(deck),
        *(fault for slide in deck.slides for fault in misplaced(slide, deck.size)),
        *overflowing(deck),
    ]


def errors(deck: Deck) -> list[Problem]:
    return [problem for problem in deck.made.problems if problem.severity is Severity.ERROR]


def lost(deck: Deck) -> Iterator[str]:
    """Words of a section that are not on its slides or in its notes, and words there that nobody wrote."""
    waiting = list(deck.slides)
    for each in said(deck.page):
        slides: list[Slide] = []
        while waiting and (not slides or follows(waiting[0].title, each)):
            slides.append(waiting.pop(0))
        yield from missing(each, slides)
    yield from (f"{slide}: no section asks for it" for slide in waiting)


def follows(found: str, each: Said) -> bool:
    """Whether a slide goes on with the section before it: “Title (2/3)”, or the second title that the section names."""
    part = PART.search(found)
    whole = PART.sub("", found)
    return (whole == each.other_titles[1]) or (
        part is not None and int(part[1]) > 1 and whole in (each.title, each.other_titles[0])
    )


def missing(each: Said, slides: list[Slide]) -> Iterator[str]:
    titles = {PART.sub("", slide.title) for slide in slides}
    short = each.title not in titles and each.other_titles[0] in titles
    if not titles <= {each.title, *each.other_titles} or not (short or each.title in titles):
        yield f"“{each.title}” is on a slide called {titles}"
    on_slides = Counter(
        word for slide in slides for shape in slide.own if shape.placeholder not in TITLES for word in shape.words
    )
    in_notes = Counter(word for slide in slides for word in slide.notes)
    shown = each.shown + Counter(each.title.split() if short else ())
    for where, gone in (("slide", shown - on_slides), ("notes", each.noted - in_notes)):
        if gone:
            yield f"“{each.title}”: lost from the {where}: {sorted(gone)}"
    strange = {*on_slides, *in_notes} - {*shown, *each.noted, *each.free}
    if invented := sorted(word for word in strange if word.strip(MARKS)):
        yield f"“{each.title}”: nobody wrote {invented}"


def left_over(deck: Deck) -> Iterator[str]:
    """Prompts and samples of the template that got into the deck's slides, notes or names."""
    for name, data in deck.package.parts.items():
        ours = name.startswith(("ppt/slides/", "ppt/notesSlides/", "ppt/charts/")) or name == "ppt/presentation.xml"
        if ours and wild.PROMPT.encode() in data:
            yield f"{name}: words of the template are left"
        if name.endswith(("vbaProject.bin", "commentAuthors.xml")) or name.startswith("ppt/comments/"):
            yield f"{name} came from the template"
    if wild.PROMPT in f"{deck.presentation.core_properties.author} {deck.presentation.core_properties.title}":
        yield "the template's author or title is the deck's"


def misplaced(slide: Slide, size: tuple[int, int]) -> Iterator[str]:
    """Shapes that leave the slide, cover what the brand shows by itself, or cover each other."""
    yield from (f"{slide}: {shape.name} leaves the slide" for shape in slide.shapes if not inside(shape.box, size))
    yield from (f"{slide}: {shape.name} has no size" for shape in slide.shapes if shape.words and not area(shape.box))
    feet = [Fixed(shape.name, shape.box) for shape in slide.shapes if shape.placeholder in FURNITURE]
    for shape, each in product((shape for shape in slide.own if shape.words), (*slide.fixed, *feet)):
        if covered(shape.box, each.box, slide.holders, size):
            yield f"{slide}: {shape.name} over the brand's {each.name}"
    for one, other in combinations((shape for shape in slide.own if shape.words), 2):
        if area(common(one.box, other.box)) > 0.03 * min(area(one.box), area(other.box)):
            yield f"{slide}: {one.name} and {other.name} overlap"


def inside(each: Box, size: tuple[int, int]) -> bool:
    return min(each[:2]) >= -SLACK and each[2] <= size[0] + SLACK and each[3] <= size[1] + SLACK


def covered(mine: Box, brands: Box, holders: Iterable[Box], size: tuple[int, int]) -> bool:
    """Whether a shape lies over a fixture where the brand itself puts no text."""
    shared = common(mine, brands)
    if not thick(shared, size) or (area(brands) > GROUND * size[0] * size[1] and covers(brands, mine)):
        return False
    meant = max((area(common(shared, holder)) for holder in holders), default=0)
    return area(shared) - meant > 0.02 * min(area(mine), area(brands))


def overflowing(deck: Deck) -> Iterator[str]:
    """What the second measure finds too tall for its frame; it shares nothing with the writer's."""
    return (f"examined: {problem.message}" for problem in examine(deck.made.content) if problem.severity is Severity.ERROR)


# --------------------------------------------------------------------------------------------------------- the brands

BRANDS: dict[str, bytes] = {"default": LENDER, **{path.name: path.read_bytes() for path in SHARED}}
HERE = [*BRANDS, *([] if SHARED else [pytest.param("", marks=pytest.mark.skip("no foreign brands here: ../shared/brands"))])]


@cache
def dealt() -> dict[str, bytes]:
    """Every quirk of :mod:`wild` at least once, and as many mixtures as the environment asks for."""
    return dict([*wild.hands(), *wild.templates(MORE)])


def serious(found: Iterable[str], name: str) -> list[str]:
    """The faults a brand cannot be blamed for: one that sets its own text far too large may refuse a long item, by name."""
    return [fault for fault in found if not (wild.cramped(name) and fault.startswith(("error: ", "examined: ")))]


def whole(found: list[str]) -> None:
    """Fail with the first faults, one a line."""
    assert not found, "\n".join([f"{len(found)} faults", *found[:12]])


@pytest.fixture(scope="module", name="gallery")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Return the page with every kind of slide, and the folder of its pictures."""
    folder = course(tmp_path_factory.mktemp("gallery"))
    return markup(folder), folder


def test_the_gallery_shows_every_kind_of_slide(gallery: tuple[str, Path]) -> None:
    kinds = {path.name.removesuffix(".html.j2") for path in (ROOT / "templates/slides").glob("*.html.j2")}
    named = {*re.findall(r"kind: ([a-z]+)", "".join(FILES.values())), "cover", "module", "break", "resume", "day"}
    assert kinds - {"parts", "table", "agenda-table"} <= named
    assert {"Start", "1 What a meeting is for"} <= set(re.findall(r'data-section="([^"]+)"', gallery[0]))


@pytest.mark.parametrize("name", HERE)
def test_every_kind_of_slide_comes_whole_in_every_brand(name: str, gallery: tuple[str, Path]) -> None:
    whole(faults(written(gallery[0], BRANDS[name], gallery[1])))


@pytest.mark.parametrize(("number", "name"), list(enumerate(dealt())), ids=list(dealt()))
def test_every_kind_of_slide_comes_whole_in_templates_nobody_has_seen(number: int, name: str, gallery: tuple[str, Path]) -> None:
    page = gallery[0] if MORE else third(gallery[0], number)
    whole(serious(faults(written(page, dealt()[name], gallery[1])), name))


def third(page: str, number: int) -> str:
    """Every third section of a page, beginning with another each time: enough where there are many brands."""
    head, *sections = re.split(r"(?=<section)", page.removesuffix("</body>\n</html>\n"))
    return head + "".join(sections[number % 3 :: 3]) + "</body></html>"


def test_the_same_page_in_the_same_wild_brand_gives_the_same_bytes(gallery: tuple[str, Path]) -> None:
    name, brand = wild.of("4x3", ["nonsense-names", "dark-by-picture", "a-sidebar-on-the-left", "no-notes-master"])
    assert wild.of("4x3", name.split("+")[1:])[1] == brand
    page = third(gallery[0], 0)
    assert made(page, brand, gallery[1]).content == made(page, brand, gallery[1]).content


def test_every_quirk_and_every_size_is_dealt() -> None:
    assert {part for name, _ in wild.hands() for part in name.split("+")} == {*wild.QUIRKS, *wild.SIZES}


@pytest.mark.parametrize("name", dealt())
def test_a_wild_template_opens_before_anything_is_done_to_it(name: str) -> None:
    presentation = Presentation(io.BytesIO(wild.as_presentation(dealt()[name])))
    assert sum(len(master.slide_layouts) for master in presentation.slide_masters) > 0


# ------------------------------------------------------------------------------------------------- random texts

ALPHABETS = {
    "latin": "abcdefghijklmnopqrstuvwxyzäöüßéèñçåøłşğ",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяіїє",
    "greek": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ",
    "cjk": "的一是不了人我在有他这中大来上国言語会議決定時間議題漢字かなカナ한국어회의",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}


def spoken(room: int) -> st.SearchStrategy[str]:
    """A few words in one script, so many letters at most; ideographs are twice as wide. Now and then a very long word."""

    def of(name: str) -> st.SearchStrategy[str]:
        alphabet, most = ALPHABETS[name], max(2, room // 2 if name == "cjk" else room)
        word = st.text(alphabet, min_size=1, max_size=9) | st.text(alphabet, min_size=1, max_size=28)
        return st.lists(word, min_size=1, max_size=room // 5 + 1).map(lambda words: " ".join(words)[:most].strip())

    return st.sampled_from(sorted(ALPHABETS)).flatmap(of).filter(lambda text: "undefined" not in text)  # would be a leftover


def listed(tag: str) -> st.SearchStrategy[str]:
    """A list, some of whose items have a list of their own."""
    child = st.lists(spoken(80), max_size=3).map(lambda items: "".join(f"<li>{each}</li>" for each in items))
    item = st.tuples(spoken(160), child).map(lambda pair: f"<li>{pair[0]}{f'<ul>{pair[1]}</ul>' if pair[1] else ''}</li>")
    return st.lists(item, min_size=1, max_size=9).map(lambda items: f'<{tag} slot="body">{"".join(items)}</{tag}>')


def tabled() -> st.SearchStrategy[str]:
    def rows(columns: int) -> st.SearchStrategy[str]:
        row = st.lists(spoken(40), min_size=columns, max_size=columns)
        return st.tuples(row, st.lists(row, min_size=1, max_size=12)).map(lambda pair: table(*pair))

    return st.integers(2, 4).flatmap(rows)


def table(head: list[str], rows: list[list[str]]) -> str:
    def line(cells: list[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"

    body = "".join(line(cells, "td") for cells in rows)
    return f'<table slot="table, body" title="Zahlen"><thead>{line(head, "th")}</thead><tbody>{body}</tbody></table>'


COLUMN = (("heading", 14), ("column", 50))  # of three: what a column of a debrief holds


def slotted(layouts: str, *slots: tuple[str, int]) -> st.SearchStrategy[tuple[str, str]]:
    """A slide of such a layout with a paragraph in each of its slots, as long as that kind of slide is meant for."""
    texts = st.tuples(*(spoken(room) for _, room in slots))
    return texts.map(
        lambda said: (layouts, "".join(f'<p slot="{slot}">{each}</p>' for (slot, _), each in zip(slots, said, strict=True)))
    )


BODIES: st.SearchStrategy[tuple[str, str]] = st.one_of(
    listed("ul").map(lambda body: ("content", body)),
    listed("ol").map(lambda body: ("content", body)),
    tabled().map(lambda body: ("table, content", body)),
    slotted("two-content, content", ("left, body", 200), ("right, body", 200)),
    slotted("statement, title-only", ("label, none", 30), ("question, body", 110)),
    slotted("rows, content", *((f"row-{number}, body", 70) for number in range(1, 5))),
    slotted("options, content", *((f"option-{number}, body", 50) for number in range(1, 5))),
    slotted("columns, content", *((f"{kind}-{n}, body", room) for n in (1, 2, 3) for kind, room in COLUMN)),
    slotted("closing, content", ("row-1, body", 60), ("row-2, body", 60), ("details, none", 40)),
    slotted("section", ("label, none", 20), ("number, none", 2), ("details, body, notes", 30)),
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page of one to four slides with titles of their own."""
    sections = []
    for number, (layout, body) in enumerate(draw(st.lists(BODIES, min_size=1, max_size=4)), 1):
        aside = f'<aside class="notes"><p>{draw(spoken(300))}</p></aside>'
        heading = f"<h2>{number} {draw(spoken(24))}</h2>"
        sections.append(f'<section data-layout="{layout}" data-at="here#{number}">{heading}{body}{aside}</section>')
    head = '<head><title>Trial</title><meta name="dcterms.created" content="2026-01-01"/></head>'
    return f'<!DOCTYPE html><html lang="en-GB">{head}<body><footer>Trial</footer>{"".join(sections)}</body></html>'


@settings(
    max_examples=20 + MORE,
    deadline=None,
    derandomize=not MORE,
    phases=tuple(Phase) if MORE else (Phase.explicit, Phase.generate),  # to shrink a deck takes minutes
    suppress_health_check=list(HealthCheck),
)
@given(page=pages(), brand=st.sampled_from(sorted(BRANDS)) | wild.recipes())
def test_no_word_is_lost_and_nothing_overflows_whatever_the_text_and_the_brand(page: str, brand: str | wild.Recipe) -> None:
    name, data = (brand, BRANDS[brand]) if isinstance(brand, str) else wild.of(*brand)
    whole(serious(faults(written(page, data, ROOT)), name))


# ------------------------------------------------------------------------------------------- the watch is watched

PLAIN = '<section data-layout="content"><h2>Watch</h2><ul slot="body"><li>alpha beta</li><li>gamma</li></ul></section>'


def spoilt(change: Callable[[Any], None]) -> str:
    """Return the faults of a deck that was in order until somebody changed it."""
    page = f'<html lang="en"><head><title>T</title></head><body><footer>Foot</footer>{PLAIN}</body></html>'
    sound = made(page, wild.of("16x9", ["a-sidebar-on-the-left"])[1], ROOT)
    whole(faults(read(page, sound)))
    presentation = Presentation(io.BytesIO(sound.content))
    change(presentation.slides[0])
    result = io.BytesIO()
    presentation.save(result)
    return "\n".join(faults(read(page, replace(sound, content=result.getvalue()))))


def body(slide: Any) -> Any:
    return next(shape for shape in slide.placeholders if "alpha" in shape.text_frame.text)


def rewritten(slide: Any, text: str) -> None:
    body(slide).text_frame.paragraphs[0].runs[0].text = text


def moved(slide: Any, left: int, top: int) -> None:
    shape = body(slide)
    shape.left, shape.top, shape.width, shape.height = left, top, 2_000_000, 1_000_000


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda slide: rewritten(slide, "alpha"), "lost from the slide: ['beta']"),
        (lambda slide: rewritten(slide, "alpha beta x"), "nobody wrote ['x']"),
        (lambda slide: setattr(slide.shapes.title, "text", "Other"), "is on a slide called"),
        (lambda slide: moved(slide, 11_000_000, 3_000_000), "leaves the slide"),
        (lambda slide: moved(slide, 100_000, 3_000_000), "over the brand's Sidebar"),
        (lambda slide: moved(slide, 4_000_000, 600_000), "overlap"),
        (lambda slide: setattr(body(slide).text_frame, "text", ""), "is empty"),
        (
            lambda slide: setattr(body(slide).text_frame.paragraphs[0].runs[0], "text", f"{wild.PROMPT} here"),
            "words of the template",
        ),
    ],
)
def test_the_watch_sees_a_fault(change: Callable[[Any], None], seen: str) -> None:
    assert seen in spoilt(change)


# ------------------------------------------------------------------------------------------------- layout names

REAL = {
    "content": "1_Title and Content|Titel + Text|TITLE_AND_BODY|Text 2|汎用2|Titel und Inhalt (blau)|Заголовок и объект (2)",
    "two-content": "Title, Content 2 columns|Two Content 2|Title and Content (2 columns)|Zwei Inhalte_weiss|İKİ İÇERİK",
    "section": "Kapiteltrenner|Section Header Blue|Divider 02|En-tête de section 2|Abschnitts-überschrift|Kapitelfolie grün",
    "cover": "Titelfolie mit Bild|Title Slide - Dark|10_Titelslide|Tittellysbilde bred mørk|BAŞLIK SLAYDI|表紙",
    "title-only": "TitleOnly|Nur Titel (weiß)|Title Only_grey|Blank with title|ΜΌΝΟ ΤΊΤΛΟΣ|제목만",
    "picture": "Picture right, text left|Titel, Text und Bild rechts|Full-bleed photo|Obrázek s titulkem",
    "chart": "Text left + chart right",
    "table": "Titel + Tabelle",
    "statement": "Quote|Zitat 1|Citation avec légende",
    "agenda": "Agenda 1|Inhaltsverzeichnis|目次|Spis treści",
    "closing": "Thank you|End slide with contact|Vielen Dank!|Спасибо",
    "blank": "Leere Folie mit Logo|白紙|Prázdný",
}
SILENT = "no-dupes|2-dupes|Custom Layout|2_自定义版式|Title and Vertical Text|縦書き|Three Content|4 Bilder|Layout1|42||--"


@pytest.mark.parametrize(("role", "name"), [(role, name) for role, listed in REAL.items() for name in listed.split("|")])
def test_a_layouts_name_tells_its_role(role: str, name: str) -> None:
    assert names.role(name) == role


@pytest.mark.parametrize("name", SILENT.split("|"))
def test_a_name_that_says_nothing_has_no_role(name: str) -> None:
    assert names.role(name) is None


def test_no_name_stands_for_two_roles() -> None:
    told = [(" ".join(names._words(name)), role) for role, text in names.WHOLE.items() for name in re.split(r"[|\n]", text)]
    roles = {name: {role for other, role in told if other == name} for name, _ in told if name}
    assert {name: found for name, found in roles.items() if len(found) > 1} == {}


@pytest.mark.skipif(not SHARED, reason="no foreign brands here: ../shared/brands")
def test_the_names_in_shared_brands_agree_with_their_types() -> None:
    types = {
        "title": "cover", "obj": "content", "secHead": "section", "twoObj": "two-content", "twoTxTwoObj": "comparison",
        "blank": "blank", "titleOnly": "title-only", "objTx": "captioned", "picTx": "picture", "vertTx": None,
        "vertTitleAndTx": None,
    }  # fmt: skip
    for path in SHARED:
        for master in Presentation(io.BytesIO(wild.as_presentation(path.read_bytes()))).slide_masters:
            for layout in master.slide_layouts:
                kind_ = layout._element.get("type")
                assert kind_ not in types or names.role(layout.name) == types[kind_], f"{path.name}: {layout.name}"
