"""Finished files by what shows on each page or slide, for comparing one build with another. Pure: bytes in, values out.

A page is drawn and its picture hashed, so that a changed drawing counts as much as a changed word. The running lines, which
hold version, date and page number, are looked for by their words and left out of one of two hashes: a new version alone is no
reason to print a page again.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .differences import Face
from .finished import Sheet, sheets

EDGE = 0.14  # share of a page's height at head and foot in which running lines are looked for
ROOM = 3.0  # points kept free around them: accents and descenders reach out of the box of a letter
SCALE = 1.0  # pixels a point: 72 to the inch shows every letter, and takes some milliseconds a page
FURNITURE = ("ftr", "sldNum", "dt")


def faces(name: str, content: bytes, running: Sequence[str] = ()) -> tuple[Face, ...]:
    """Return the pages or slides of a file. ``running`` is what tells a running line: version and date, as they are printed."""
    found = sheets(name, content)
    if name.endswith(".pdf"):
        return tuple(_pages(found, content, running))
    if name.endswith(".pptx"):
        return tuple(_slides(found, content))
    return tuple(_whole(sheet, running) for sheet in found)


def _hashed(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _whole(sheet: Sheet, running: Sequence[str]) -> Face:
    """Any other file is one piece."""
    text = sheet.text
    for mark in running:
        text = text.replace(mark, "")
    return Face(sheet.number, "", sheet.text, _hashed(text.encode()), _hashed(sheet.text.encode()))


# ------------------------------------------------------------------------------------------------------ pages


def _pages(found: Iterable[Sheet], content: bytes, running: Sequence[str]) -> Iterator[Face]:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        names = _headings(document)
        for sheet, page in zip(found, document, strict=True):
            body, whole = _drawn(page, running)
            yield Face(sheet.number, names[sheet.number - 1], sheet.text, body, whole)
            page.close()
    finally:
        document.close()


def _headings(document: Any) -> list[str]:
    """What the outline calls each page: the first heading on it, else the last one before."""
    marks = [(each.get_dest().get_index(), str(each.get_title())) for each in document.get_toc() if each.get_dest()]
    found, last = [], ""
    for number in range(len(document)):
        own = [title for at, title in marks if at == number]
        found.append(own[0] if own else last)
        last = own[-1] if own else last
    return found


def _drawn(page: Any, running: Sequence[str]) -> tuple[str, str]:
    """The hashes of a page's picture: without running lines, and whole."""
    bitmap = page.render(scale=SCALE)
    pixels, height = bytes(bitmap.buffer), page.get_height()
    head, foot = _between(page, height, running)
    first, last = (round((height - each) * SCALE) for each in (head, foot))
    size = f"{bitmap.width}x{bitmap.height} {first}-{last}".encode()
    bitmap.close()
    return _hashed(size, pixels[max(first, 0) * bitmap.stride : last * bitmap.stride]), _hashed(size, pixels)


def _between(page: Any, height: float, running: Sequence[str]) -> tuple[float, float]:
    """From where to where a page's content goes, in points above its foot: running lines and what lies beyond are no content."""
    head, foot = height, 0.0
    text = page.get_textpage()
    for mark in running:
        search = text.search(mark, match_case=True)
        while (hit := search.get_next()) is not None:
            _, bottom, _, top = text.get_charbox(hit[0])
            if top < EDGE * height:
                foot = max(foot, top + ROOM)
            elif bottom > (1 - EDGE) * height:
                head = min(head, bottom - ROOM)
        search.close()
    text.close()
    return head, foot


# ----------------------------------------------------------------------------------------------------- slides


def _slides(found: Iterable[Sheet], content: bytes) -> Iterator[Face]:
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    from .outputs.pptx.edits.deck import read
    from .outputs.pptx.edits.prints import looks, prints

    deck = read(content)
    known = {leaf.part: leaf.stamp.identity for leaf in deck.leaves if leaf.stamp}

    def named(part: Any) -> str:
        return known.get(part, "")

    for sheet, leaf in zip(found, deck.leaves, strict=True):
        layout = leaf.part.part_related_by(RT.SLIDE_LAYOUT)
        ground = (looks(layout) + looks(layout.part_related_by(RT.SLIDE_MASTER))).encode()
        body, whole = (prints(leaf.part, root, named, grid=0).face.encode() for root in (_bare(leaf.root), leaf.root))
        title = leaf.title or sheet.text.partition("\n")[0]
        yield Face(
            sheet.number, title, sheet.text, _hashed(body, ground), _hashed(whole, ground), leaf.prints.notes, named(leaf.part)
        )


def _bare(root: Any) -> Any:
    """A slide without footer, number and date."""
    from pptx.oxml.ns import qn

    bare = copy.deepcopy(root)
    for shape in list(bare.iter(qn("p:sp"))):
        if any(each.get("type") in FURNITURE for each in shape.iter(qn("p:ph"))):
            shape.getparent().remove(shape)
    return bare
