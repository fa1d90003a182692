"""Finished files, read back from their bytes alone: what stands on which page or slide, and every word that is in them.

Whoever checks a build must not ask those who made it, so nothing here knows how the files came to be. PDFs are read with
PDFium (what a reader sees) and qpdf (what is hidden beneath), decks as the zip archives of XML that they are. Other formats
are searched as deep as they go: archives in archives, files inside data addresses.
"""

from __future__ import annotations

import base64
import binascii
import io
import posixpath
import re
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from lxml import etree
from lxml.etree import _Element

from .squashing import squashed

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
IDENTITY = "COURSEWRIGHT.ID"  # the tag that names a slide: segment/kind/number
INLINE = frozenset(
    re.findall(r"\w+", "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup tspan u var wbr")
)
FURNITURE = frozenset({"sldNum", "ftr", "dt", "hdr", "sldImg"})  # placeholders that stand on every slide or notes page
READABLE = re.compile(rb"[\x20-\x7e]{6,}")  # what is legible in bytes of an unknown kind; shorter runs are chance
DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?([^,\"')]*?),([^\"')\s]+)")
TYPED = {".pdf", ".pptx", ".html", ".htm", ".svg", ".xml"}
NOTE = "fill-"  # ids of places for notes, which stand before a part and are none
NEAR = 3.0  # points: what lies closer begins at the same height
FIRST = float("-inf")  # of a place that names a page and no height on it


@dataclass(frozen=True)
class Sheet:
    """A page or slide, ``number`` from 1. ``parts`` are the ids of what stands there, without regard to case."""

    number: int
    text: str
    notes: str = ""
    parts: tuple[str, ...] = ()


def sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """Return the pages of a PDF, the slides of a deck in the order they are shown, any other file as one sheet.

    Running feet belong to the page in a PDF; those of slides and of Word documents, which have no pages until Word opens
    them, are left out. Ids are case-folded, as decks hold them.
    """
    match _suffix(name):
        case ".pdf":
            return tuple(_pages(content))
        case ".pptx" | ".potx":
            return tuple(_slides(content))
        case ".docx" | ".dotx":
            return (_manuscript(content),)
        case ".html" | ".htm":
            return (_screen(content),)
        case ".zip":
            return (Sheet(1, "\n".join(text for _, text in words(name, content))),)
        case _:
            return (Sheet(1, content.decode("utf-8", "replace")),)


def words(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield everything that can be read in a file, each with where: shown or hidden, in properties, names and attachments."""
    if content.startswith(b"%PDF") or _suffix(name) == ".pdf":
        yield from _words_of_pdf(name, content)
    elif content.startswith(b"PK\x03\x04"):
        yield from _words_of_archive(name, content)
    elif _suffix(name) in (".html", ".htm"):
        yield from _words_of_page(name, content)
    elif content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        yield from _words_of_xml(name, content)
    else:
        yield name, _decoded(content)


def sought(text: str) -> str:
    """Return what a text with the author's marks (Markdown) looks like when squashed: addresses of links are no words."""
    if not any(mark in text for mark in ("](", "&", "\\", "<")):
        return squashed(text)
    from .markdown import plain

    return squashed(plain(text, "en"))


def _suffix(name: str) -> str:
    return posixpath.splitext(name.lower())[1]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return "\n".join(run.decode("ascii") for run in READABLE.findall(content))


# --------------------------------------------------------------------------------------------------------- PDF


class Spot(NamedTuple):
    """A place in a PDF in reading order: page from 1, then down the page (points, negative upwards from its foot)."""

    page: int
    down: float


def _pages(content: bytes) -> Iterator[Sheet]:
    extents = _extents(content)
    for number, text in enumerate(_texts(content), 1):
        yield Sheet(number, text, parts=tuple(name for name, (first, last) in extents.items() if first <= number <= last))


def _texts(content: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            text = page.get_textpage()
            yield text.get_text_range().replace("\r\n", "\n")
            text.close()
            page.close()
    finally:
        document.close()


def _extents(content: bytes) -> dict[str, tuple[int, int]]:
    """Return id → first and last page. A part ends where the outline says that something of its rank begins.

    A PDF names where a part begins, not where it ends. The next heading of its own or a higher level ends it; without a
    heading of its own, the next id that is not one of its own.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        order = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        named = dict(_destinations(pdf))
        spots = {name: spot for name, value in named.items() if (spot := _spot(value, order))}
        headings = sorted(_headings(pdf, named, order))
        count = len(order)
    marks = sorted((spot, name) for name, spot in spots.items() if not name.startswith(NOTE))
    top = min((spot.down for spot in (*spots.values(), *(spot for spot, _ in headings)) if spot.down > FIRST), default=FIRST)
    return {name.casefold(): (spot.page, _last(spot, _end(name, spot, marks, headings), top) or count) for spot, name in marks}


def _end(name: str, spot: Spot, marks: list[tuple[Spot, str]], headings: list[tuple[Spot, int]]) -> Spot | None:
    """Return where a part ends; None at the end of the document."""
    later = [each for each in marks if each[0] > spot]
    at = bisect_left(headings, (Spot(spot.page, spot.down - NEAR), 0))
    if at == len(headings) or any(_is_between(where, spot, headings[at][0]) for where, _ in later):  # it has no heading
        return next((where for where, other in later if not other.casefold().startswith(f"{name.casefold()}-")), None)
    level = headings[at][1]
    end = next((number for number in range(at + 1, len(headings)) if headings[number][1] <= level), None)
    return None if end is None else _start(headings[end][0], headings[end - 1][0], marks)


def _is_between(where: Spot, spot: Spot, heading: Spot) -> bool:
    """Return whether the heading after a spot is that of another part, which begins before it or, on a later page, with it."""
    return where < heading or (where == heading and where.page > spot.page)


def _start(heading: Spot, before: Spot, marks: list[tuple[Spot, str]]) -> Spot:
    """Return where the part of a heading begins, which may be a little above it."""
    own = [where for where, _ in marks if before < where <= heading and where.page == heading.page]
    return own[-1] if own else heading


def _last(spot: Spot, end: Spot | None, top: float) -> int:
    """Return the last page of what ends at a spot: the page before, where that is the head of a page. 0: the very last."""
    if end is None:
        return 0
    return max(spot.page, end.page - 1 if end.down <= top + NEAR else end.page)


def _destinations(pdf: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and target of every named destination, of both generations of the format."""
    old = pdf.Root.get("/Dests")
    if old is not None:
        yield from ((str(name)[1:], target) for name, target in old.items())
    tree = pdf.Root.get("/Names", {}).get("/Dests")
    if tree is not None:
        yield from _named(tree)


def _named(node: Any) -> Iterator[tuple[str, Any]]:
    pairs = list(node.get("/Names", ()))
    yield from ((str(name), target) for name, target in zip(pairs[::2], pairs[1::2], strict=False))
    for kid in node.get("/Kids", ()):
        yield from _named(kid)


def _spot(target: Any, order: Mapping[Any, int]) -> Spot | None:
    """Return the place of an explicit destination: [page /XYZ left top zoom], or one that names only the page."""
    import pikepdf

    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if not isinstance(target, pikepdf.Array) or not len(target) or getattr(target[0], "objgen", None) not in order:
        return None
    top = target[3] if len(target) > 3 else None
    return Spot(order[target[0].objgen], -float(top) if top is not None else FIRST)


def _headings(pdf: Any, named: Mapping[str, Any], order: Mapping[Any, int]) -> Iterator[tuple[Spot, int]]:
    """Yield place and level, from 1, of every entry of the outline."""
    waiting = [(pdf.Root.get("/Outlines", {}).get("/First"), 1)]
    seen = set()
    while waiting:
        item, level = waiting.pop()
        if item is None or item.objgen in seen:
            continue
        seen.add(item.objgen)
        target = item.get("/Dest", item.get("/A", {}).get("/D"))
        spot = _spot(named.get(str(target)) if _is_name(target) else target, order)
        if spot:
            yield spot, level
        waiting += [(item.get("/Next"), level), (item.get("/First"), level + 1)]


def _is_name(target: Any) -> bool:
    import pikepdf

    return isinstance(target, (pikepdf.String, pikepdf.Name))


def _words_of_pdf(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    import pikepdf

    for number, text in enumerate(_texts(content), 1):
        yield f"{name}, page {number}", text
    with pikepdf.open(io.BytesIO(content)) as pdf:
        shown = {stream.objgen for page in pdf.pages for stream in _contents(page.obj)}
        for found in pdf.objects:
            yield from ((f"{name}, {key.lstrip('/') or 'a name'}", text) for key, text in _strings(found, ""))
            if isinstance(found, pikepdf.Stream):
                yield from _words_of_stream(name, found, found.objgen in shown)
        yield from ((f"{name}, document properties ({str(key)[1:]})", str(value)) for key, value in pdf.docinfo.items())


def _contents(page: Any) -> Iterable[Any]:
    import pikepdf

    found = page.get("/Contents", ())
    return (found,) if isinstance(found, pikepdf.Stream) else found


def _strings(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Yield every string of an object with the key it stands under; what it refers to is an object of its own."""
    import pikepdf

    if isinstance(value, pikepdf.String):
        yield key, str(value)
    elif isinstance(value, pikepdf.Array):
        for item in value:
            if not getattr(item, "is_indirect", False):
                yield from _strings(item, key)
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        for inner, item in value.items():
            if not getattr(item, "is_indirect", False) or isinstance(item, pikepdf.String):
                yield from _strings(item, inner)


def _words_of_stream(name: str, stream: Any, is_page: bool) -> Iterator[tuple[str, str]]:
    """Metadata, attached files, scripts, and words that a page's content carries without showing them."""
    import pikepdf

    kind = str(stream.get("/Subtype", stream.get("/Type", "")))
    if is_page or kind == "/Form":
        data = stream.read_bytes()
        if b"ActualText" in data or b"/Alt" in data or b"/E " in data:
            for instruction in pikepdf.parse_content_stream(stream):
                for operand in instruction.operands:
                    if isinstance(operand, pikepdf.Dictionary):
                        yield from ((f"{name}, {key.lstrip('/')}", text) for key, text in _strings(operand, ""))
        return
    if kind in ("/Image", "/XRef", "/ObjStm") or {"/Length1", "/Length2", "/FunctionType", "/N"} & set(stream.keys()):
        return  # pixels, tables of the file itself, typefaces, curves and colours
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        data = stream.read_raw_bytes()
    inner = "metadata.xml" if kind == "/XML" else "attachment"
    yield from ((f"{name}, {where}", text) for where, text in words(inner, data))


# -------------------------------------------------------------------------------------------------------- decks


class _Parts:
    """The parts of an Office file, each parsed when it is asked for."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.data = {item.filename: archive.read(item) for item in archive.infolist()}

    def root(self, part: str) -> _Element:
        return etree.fromstring(self.data[part], _parser())

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id → last word of the type, and part, of each relationship to another part of the file."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels".lstrip("/")
        if path not in self.data:
            return {}
        inner = (each for each in self.root(path) if each.get("TargetMode") != "External")
        return {each.get("Id", ""): (each.get("Type", "").rpartition("/")[2], _target(folder, each)) for each in inner}

    @cached_property
    def main(self) -> str:
        """The presentation itself."""
        return next(part for kind, part in self.related("").values() if kind == "officeDocument")


def _target(folder: str, relation: _Element) -> str:
    target = relation.get("Target", "")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def _slides(content: bytes) -> Iterator[Sheet]:
    parts = _Parts(content)
    listed = parts.related(parts.main)
    for number, each in enumerate(parts.root(parts.main).iterfind(f"{P}sldIdLst/{P}sldId"), 1):
        part = listed[each.get(f"{R}id", "")][1]
        root, related = parts.root(part), parts.related(part)
        charts = [parts.root(other) for kind, other in related.values() if kind == "chart" and other in parts.data]
        notes = [parts.root(other) for kind, other in related.values() if kind == "notesSlide"]
        text = [*_paragraphs(root), *(value for chart in charts for value in _chart(chart))]
        yield Sheet(
            number, "\n".join(text), "\n".join(line for note in notes for line in _paragraphs(note)), _of(root, related, parts)
        )


def _paragraphs(root: _Element) -> Iterator[str]:
    """Yield the paragraphs of a slide or its notes, without what stands on every one."""
    skipped = {each for shape in root.iter(f"{P}sp") if _is_furniture(shape) for each in shape.iter(f"{A}p")}
    for each in root.iter(f"{A}p"):
        if each not in skipped and (line := "".join(_runs(each))):
            yield line


def _runs(paragraph: _Element) -> Iterator[str]:
    for each in paragraph.iter(f"{A}t", f"{A}br", f"{A}tab"):
        yield (each.text or "") if each.tag == f"{A}t" else "\n" if each.tag == f"{A}br" else "\t"


def _is_furniture(shape: _Element) -> bool:
    holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    return holder is not None and holder.get("type") in FURNITURE


def _chart(root: _Element) -> Iterator[str]:
    yield from filter(None, ("".join(_runs(each)) for each in root.iter(f"{A}p")))
    yield from (each.text for each in root.iter(f"{C}v") if each.text)


def _of(root: _Element, related: Mapping[str, tuple[str, str]], parts: _Parts) -> tuple[str, ...]:
    """Return the segment or module that a slide shows: its tag says so, or else its name."""
    found = [parts.root(part) for kind, part in related.values() if kind == "tags" and part in parts.data]
    named = [each.get("val", "") for tags in found for each in tags if each.get("name", "").upper() == IDENTITY]
    name = root.find(f"{P}cSld").get("name", "")
    identity = named[0] if named else name if name.count("/") == 2 else ""
    segment = identity.partition("/")[0].casefold()
    return (segment,) if segment not in ("", "deck") else ()


# ------------------------------------------------------------------------------------------------- Word documents


def _manuscript(content: bytes) -> Sheet:
    """A Word document as one sheet, a line to a paragraph. Its bookmarks are ids in which only letters and digits last."""
    parts = _Parts(content)
    root = parts.root(parts.main)
    lines = ("".join(_typed(each)) for each in root.iter(f"{W}p"))
    marks = (each.get(f"{W}name", "").replace("_", "-").casefold() for each in root.iter(f"{W}bookmarkStart"))
    return Sheet(1, "\n".join(filter(None, lines)), parts=tuple(dict.fromkeys(marks)))


def _typed(paragraph: _Element) -> Iterator[str]:
    for each in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
        if each.getparent().tag == f"{W}r":  # a tabulator may also be a setting
            yield (each.text or "") if each.tag == f"{W}t" else "\n" if each.tag == f"{W}br" else "\t"


def _words_of_archive(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield what is in every file of an archive, and their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if archive.comment:
            yield f"{name}, comment of the archive", _decoded(archive.comment)
        for item in archive.infolist():
            yield f"{name}, name of a part", item.filename
            yield from ((f"{name}, {where}", text) for where, text in words(item.filename, archive.read(item)))


# ---------------------------------------------------------------------------------------------------- XML and HTML


def _words_of_xml(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError:
        yield name, _decoded(content)
        return
    yield from _words_of_tree(name, root)


def _words_of_tree(name: str, root: _Element) -> Iterator[tuple[str, str]]:
    """Yield a tree's text as one (a word may be spread over runs), then attributes, comments and what data addresses hold."""
    yield name, "".join(_shown(root))
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield f"{name}, a comment", element.text or ""
            continue
        yield from ((f"{name}, {_local(key)} of {_local(element.tag)}", str(value)) for key, value in element.items())
        held = [*element.values(), element.text or ""]
        yield from ((f"{name}, {where}", text) for value in held if "data:" in value for where, text in _held(value))


def _shown(root: _Element) -> Iterator[str]:
    """Yield all text with a line's end after each paragraph of Office files; others have theirs in the text."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield (element.text or "") if isinstance(element.tag, str) else ""
        else:
            yield ("\n" if element.tag in (f"{A}p", f"{W}p") else "") + (element.tail or "")


def _local(name: Any) -> str:
    return str(name).rpartition("}")[2]


def _held(value: str) -> Iterator[tuple[str, str]]:
    """Yield the words of files that travel inside an address."""
    for kind, options, data in DATA.findall(value):
        raw = unquote_to_bytes(data)
        try:
            inner = base64.b64decode(raw) if options.endswith(";base64") else raw
        except binascii.Error:
            inner = raw
        yield from words(f"picture.{kind.rpartition('/')[2].partition('+')[0]}", inner)


def _words_of_page(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    yield from _words_of_tree(name, _html(content))


def _html(content: bytes) -> _Element:
    from lxml import html

    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))


def _screen(content: bytes) -> Sheet:
    """A page for a screen: one sheet."""
    root = _html(content)
    for hidden in list(root.iter("script", "style", "title", etree.Comment)):
        hidden.drop_tree() if hidden.tail else hidden.getparent().remove(hidden)
    for each in list(root.iter()):
        if isinstance(each.tag, str) and each.tag not in INLINE:
            each.tail = f"\n{each.tail or ''}"
    lines = (" ".join(line.split()) for line in "".join(_shown(root)).splitlines())
    ids = (element.get("id", "").casefold() for element in root.iter() if element.get("id"))
    return Sheet(1, "\n".join(filter(None, lines)), parts=tuple(dict.fromkeys(ids)))
