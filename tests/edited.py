"""Small stamped decks, what PowerPoint does to them on saving, and what a trainer does to them by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from lxml import etree
from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Emu

from coursewright.outputs.packing import packed
from coursewright.outputs.pptx import edits, package
from coursewright.outputs.pptx.sheet import Book

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
A16 = "http://schemas.microsoft.com/office/drawing/2014/main"
CONTENT, TITLE_ONLY = 1, 5  # layouts of python-pptx's own template


@dataclass(frozen=True)
class Page:
    """A slide of a course. ``kind`` is content, table, chart, picture or link (to the last slide)."""

    segment: str
    title: str
    body: str = "Some words"
    kind: str = "content"
    notes: str = "Say it."


COURSE = (
    Page("S1", "Welcome", "Hello, everybody here"),
    Page("S1", "Contents", kind="link"),
    Page("S2", "Numbers", kind="chart"),
    Page("S2", "Roles", kind="table"),
    Page("S3", "A hat", kind="picture"),
    Page("S3", "Sorting", "Sort the cards in silence"),
    Page("S4", "Thank you", "Until next time"),
)


@cache
def built(course: tuple[Page, ...] = COURSE, version: str = "1.0") -> bytes:
    """Return the deck of a course, stamped as the writer does it."""
    presentation = Presentation()
    for page in course:
        add(presentation, page, version)
    for slide, page in zip(presentation.slides, course, strict=True):
        if page.kind == "link":
            shape = slide.shapes.title
            shape.click_action.target_slide = presentation.slides[len(course) - 1]
    sections(presentation, [page.segment for page in course])
    slides = [(slide.part, slide._element) for slide in presentation.slides]
    names = edits.identities((page.segment, page.kind, 0) for page in course)
    edits.stamp(Book(presentation.part.package), slides, names)
    return packed(dict(package.entries(presentation.part.package)))


def add(presentation: Any, page: Page, version: str) -> None:
    layout = presentation.slide_layouts[CONTENT if page.kind == "content" else TITLE_ONLY]
    slide = presentation.slides.add_slide(layout)
    slide.shapes.title.text = page.title
    room = (Emu(914_400), Emu(1_828_800), Emu(5_000_000), Emu(3_000_000))
    if page.kind == "content":
        slide.placeholders[1].text = page.body
    elif page.kind == "table":
        table = slide.shapes.add_table(2, 2, *room).table
        table.cell(0, 0).text, table.cell(1, 1).text = "Role", page.body
    elif page.kind == "chart":
        data = CategoryChartData()
        data.categories = ["a", "b"]
        data.add_series(page.body, (4.3, 2.5))
        chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *room, data).chart
        chart.part.chart_workbook.xlsx_part._blob = b"a workbook"
        for each in chart._chartSpace.iter("{*}axId", "{*}crossAx"):  # python-pptx writes ids that are none
            each.set("val", each.get("val").lstrip("-"))
    elif page.kind == "picture":
        slide.shapes.add_picture(io.BytesIO(picture("navy")), *room)._element.nvPicPr.cNvPr.set("descr", page.body)
    footer(slide, version)
    if page.notes:
        slide.notes_slide.notes_text_frame.text = page.notes
    for run in slide._element.iter(f"{{{A}}}rPr"):
        run.set("lang", "en-GB")


@cache
def picture(colour: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(stream, "png")
    return stream.getvalue()


def footer(slide: Any, version: str) -> None:
    shape = etree.fromstring(
        f'<p:sp xmlns:p="{P}" xmlns:a="{A}"><p:nvSpPr><p:cNvPr id="90" name="footer"/><p:cNvSpPr/><p:nvPr><p:ph type="ftr" '
        f'sz="quarter" idx="11"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:rPr lang="en-GB"/><a:t>{version}'
        "</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    slide.shapes._spTree.append(shape)


def sections(presentation: Any, names: Sequence[str]) -> None:
    root = presentation.part._element
    extension = etree.SubElement(
        etree.SubElement(root, f"{{{P}}}extLst"), f"{{{P}}}ext", uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
    )
    listing = etree.SubElement(extension, f"{{{P14}}}sectionLst", nsmap={"p14": P14})
    ids = [each.get("id") for each in root.iter(f"{{{P}}}sldId")]
    for number, (name, members) in enumerate(groupby(zip(names, ids, strict=True), key=lambda pair: pair[0])):
        identity = f"{{{number:04}000{name[1:]}-0000-0000-0000-000000000000}}"
        section = etree.SubElement(listing, f"{{{P14}}}section", name=name, id=identity)
        inside = etree.SubElement(section, f"{{{P14}}}sldIdLst")
        for _, id_ in members:
            etree.SubElement(inside, f"{{{P14}}}sldId", id=id_)


# ---------------------------------------------------------------------------------------------- by hand


Edit = Callable[[Any], None]  # takes a presentation


def edited(data: bytes, *changes: Edit) -> bytes:
    """Return a deck after a trainer's changes, as PowerPoint would have saved it."""
    presentation = Presentation(io.BytesIO(data))
    for change in changes:
        change(presentation)
        presentation.part.rename_slide_parts([each.rId for each in presentation.slides._sldIdLst])
    stream = io.BytesIO()
    presentation.save(stream)
    return resaved(stream.getvalue())


def slide_of(presentation: Any, title: str) -> Any:
    """Return the first slide of a title."""
    return next(slide for slide in presentation.slides if slide.shapes.title is not None and slide.shapes.title.text == title)


def titles(data: bytes) -> list[str]:
    """Return the titles of a deck's slides in order."""
    return [slide.shapes.title.text if slide.shapes.title is not None else "" for slide in Presentation(io.BytesIO(data)).slides]


def text_of(data: bytes) -> str:
    """Return all text of a deck: slides, tables, notes, charts."""
    found = []
    for slide in Presentation(io.BytesIO(data)).slides:
        paragraphs = slide._element.iter(f"{{{A}}}p")
        found += ["".join(each.text or "" for each in paragraph.iter(f"{{{A}}}t")) for paragraph in paragraphs]
        found += [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide and slide.notes_slide.notes_text_frame else []
        found += [shape.chart.plots[0].series[0].name for shape in slide.shapes if shape.has_chart]
    return "\n".join(found)


def retitle(old: str, new: str) -> Edit:
    return lambda deck: setattr(slide_of(deck, old).shapes.title.text_frame.paragraphs[0].runs[0], "text", new)


def reword(title: str, words: str) -> Edit:
    return lambda deck: setattr(slide_of(deck, title).placeholders[1], "text", words)


def annotate(title: str, words: str) -> Edit:
    return lambda deck: setattr(slide_of(deck, title).notes_slide.notes_text_frame, "text", words)


def hide(title: str) -> Edit:
    return lambda deck: slide_of(deck, title)._element.set("show", "0")


def delete(title: str) -> Edit:
    def change(deck: Any) -> None:
        listing, slide = deck.slides._sldIdLst, slide_of(deck, title)
        entry = next(each for each in listing if deck.part.related_part(each.rId) is slide.part)
        for each in [each for each in deck.part._element.iter(f"{{{P14}}}sldId") if each.get("id") == entry.get("id")]:
            each.getparent().remove(each)
        deck.part.rels.pop(entry.rId)
        listing.remove(entry)
        for other in deck.slides:  # PowerPoint takes the links to it away
            dead = [
                rid
                for rid, relation in other.part.rels.items()
                if not relation.is_external and relation.target_part is slide.part
            ]
            for click in [each for each in other._element.iter(f"{{{A}}}hlinkClick") if each.get(f"{{{R}}}id") in dead]:
                click.getparent().remove(click)
            for rid in dead:
                other.part.rels.pop(rid)

    return change


def insert(title: str, after: str | None = None, words: str = "Mine") -> Edit:
    """Add a slide of the trainer's own, behind another or at the end."""

    def change(deck: Any) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[CONTENT])
        slide.shapes.title.text, slide.placeholders[1].text = title, words
        _listed(deck, after)

    return change


def duplicate(title: str) -> Edit:
    """Copy a slide as PowerPoint does: tags, pictures and all, right behind it."""

    def change(deck: Any) -> None:
        slide = slide_of(deck, title)
        twin = deck.slides.add_slide(slide.slide_layout)
        for relation in slide.part.rels.values():
            if not relation.reltype.endswith(("/slideLayout", "/notesSlide")):
                twin.part.rels._rels[relation.rId] = relation
        for old in list(twin._element):
            twin._element.remove(old)
        for new in etree.fromstring(slide.part.blob):
            twin._element.append(new)
        twin.notes_slide.notes_text_frame.text = slide.notes_slide.notes_text_frame.text
        _listed(deck, title)

    return change


def move(title: str, after: str | None) -> Edit:
    """Move a slide behind another, or to the front, and into the section there."""

    def change(deck: Any) -> None:
        listing = deck.slides._sldIdLst
        entry = _entry(deck, title)
        member = _member(deck, entry)
        if after is None:
            next(deck.part._element.iter(f"{{{P14}}}sldIdLst")).insert(0, member)
            listing.insert(0, entry)
        else:
            before = _entry(deck, after)
            _member(deck, before).addnext(member)
            before.addnext(entry)

    return change


def _entry(deck: Any, title: str) -> Any:
    slide = slide_of(deck, title)
    return next(each for each in deck.slides._sldIdLst if deck.part.related_part(each.rId) is slide.part)


def _listed(deck: Any, after: str | None) -> None:
    """Move the last slide behind another, into its section."""
    listing = deck.slides._sldIdLst
    entry = listing[-1]
    before = listing[-2] if after is None else _entry(deck, after)
    before.addnext(entry)
    _member(deck, before).addnext(etree.Element(f"{{{P14}}}sldId", id=entry.get("id")))


def _member(deck: Any, entry: Any) -> Any:
    """The entry of a slide in its section."""
    return next(each for each in deck.part._element.iter(f"{{{P14}}}sldId") if each.get("id") == entry.get("id"))


# ------------------------------------------------------------------------------------- as PowerPoint saves it


def resaved(data: bytes) -> bytes:
    """Return a deck as PowerPoint writes it when it is merely opened and saved: rewritten throughout, the same to look at."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, _rewritten(name, old.read(name)))
    return stream.getvalue()


def _rewritten(name: str, content: bytes) -> bytes:
    if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
        return re.sub(rb'"rId(\d+)"', rb'"rId7\1"', _slide(content))
    if re.fullmatch(r"ppt/slides/_rels/slide\d+\.xml\.rels", name):
        return re.sub(rb'"rId(\d+)"', rb'"rId7\1"', content)
    if re.fullmatch(r"ppt/charts/chart\d+\.xml", name):
        return _chart(content)
    if re.fullmatch(r"ppt/notesSlides/.*\.xml", name):
        return _marked(content)
    return content


def _slide(content: bytes) -> bytes:
    root = etree.fromstring(_marked(content))
    for step in (_numbered, _framed, _looked_at, _measured, _turned):
        step(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _extended(element: Any, list_: str, uri: str) -> Any:
    """Return a new extension of an element."""
    return etree.SubElement(etree.SubElement(element, f"{list_}extLst"), f"{list_}ext", uri=uri)


def _numbered(root: Any) -> None:
    """Every shape another id, and one for ever; what points to shapes goes along."""
    now: dict[str, str] = {}
    for number, shape in enumerate(root.iter(f"{{{P}}}cNvPr")):
        now[shape.get("id")] = str(number + 400)
        shape.set("id", str(number + 400))
        extension = _extended(shape, f"{{{A}}}", "{FF2B5EF4-FFF2-40B4-BE49-F238E27FC236}")
        etree.SubElement(extension, f"{{{A16}}}creationId", id=f"{{{number:08}-0000-0000-0000-000000000000}}")
    for tag, name in ((f"{{{A}}}stCxn", "id"), (f"{{{A}}}endCxn", "id"), (f"{{{P}}}spTgt", "spid")):
        for pointer in root.iter(tag):
            pointer.set(name, now[pointer.get(name)])
    extension = _extended(root.find(f"{{{P}}}cSld"), f"{{{P}}}", "{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}")
    etree.SubElement(extension, f"{{{P14}}}creationId", val="12345", nsmap={"p14": P14})


def _framed(root: Any) -> None:
    """The tree's own frame, all zeros."""
    frame = root.find(f"{{{P}}}cSld/{{{P}}}spTree/{{{P}}}grpSpPr")
    if frame.find(f"{{{A}}}xfrm") is None:
        zeros = etree.SubElement(frame, f"{{{A}}}xfrm")
        etree.SubElement(zeros, f"{{{A}}}off", x="0", y="0")
        etree.SubElement(zeros, f"{{{A}}}ext", cx="0", cy="0")


def _looked_at(root: Any) -> None:
    """Autofit, and a timeline in which nothing happens."""
    for body in root.iter(f"{{{A}}}bodyPr"):
        if not len(body):
            etree.SubElement(body, f"{{{A}}}normAutofit")
    if root.find(f"{{{P}}}timing") is None:
        parallel = etree.SubElement(etree.SubElement(etree.SubElement(root, f"{{{P}}}timing"), f"{{{P}}}tnLst"), f"{{{P}}}par")
        etree.SubElement(parallel, f"{{{P}}}cTn", id="1", dur="indefinite", restart="never", nodeType="tmRoot")


def _measured(root: Any) -> None:
    """Lengths rounded a little, tables as tall as their rows."""
    for at, place in enumerate(root.iter(f"{{{A}}}off")):
        place.set("x", str(int(place.get("x")) + (at % 3 - 1) * 8))
    for table in root.iter(f"{{{P}}}graphicFrame"):
        if next(table.iter(f"{{{A}}}tbl"), None) is not None:
            table.find(f"{{{P}}}xfrm/{{{A}}}ext").set("cy", "741680")


def _turned(root: Any) -> None:
    """Attributes in another order."""
    for element in root.iter():
        if isinstance(element.tag, str):
            turned = list(reversed(element.items()))
            element.attrib.clear()
            element.attrib.update(turned)


def _marked(content: bytes) -> bytes:
    """Runs split, proofing marks set, languages guessed, paragraphs closed."""
    root = etree.fromstring(content)
    for run in list(root.iter(f"{{{A}}}r")):
        look = run.find(f"{{{A}}}rPr")
        if look is None:
            look = etree.Element(f"{{{A}}}rPr")
            run.insert(0, look)
        look.set("lang", "en-US")
        look.set("dirty", "0")
        text = run.find(f"{{{A}}}t")
        if text.text and len(text.text) > 3:
            twin = etree.fromstring(etree.tostring(run, with_tail=False))
            text.text, twin.find(f"{{{A}}}t").text = text.text[:3], text.text[3:]
            twin.find(f"{{{A}}}rPr").set("err", "1")
            run.addnext(twin)
    for paragraph in root.iter(f"{{{A}}}p"):
        if paragraph.find(f"{{{A}}}endParaRPr") is None:
            etree.SubElement(paragraph, f"{{{A}}}endParaRPr", lang="en-US", dirty="0")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _chart(content: bytes) -> bytes:
    """Defaults spelled out, numbers in seventeen figures, an id for each series."""
    text = content.replace(b">4.3<", b">4.2999999999999998<")
    root = etree.fromstring(text)
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    if root.find(f"{{{chart}}}roundedCorners") is None:
        root.find(f"{{{chart}}}chart").addprevious(etree.Element(f"{{{chart}}}roundedCorners", val="0"))
    for series in root.iter(f"{{{chart}}}ser"):
        if series.find(f"{{{chart}}}extLst") is None:
            etree.SubElement(
                etree.SubElement(series, f"{{{chart}}}extLst"), f"{{{chart}}}ext", uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}"
            )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
