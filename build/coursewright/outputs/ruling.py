"""Empty feet of pages ruled for notes, in a document that is laid out already.

A template allows it by an empty ``<div class="fill" id="…" data-label="Notes"></div>`` right before an element with an id.
Where that element starts on the next page, because it may not be split, the marker is filled with a label and lines. They
are laid out by themselves, in the document's own styles, and set into the finished page: to lay out the whole document once
more would double its time. So their look may depend on ``.fill``, ``.label`` and ``.line`` only, not on what surrounds them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint import Document

FILL = re.compile(
    r'<div class="fill" id="(?P<marker>[^"]+)" data-label="(?P<label>[^"]*)"[^>]*></div>'
    r'\s*<\w+ (?:[^>]*\s)?id="(?P<follower>[^"]+)"'
)
HEAD, LINE, LEAST = 13.0, 9.0, 3  # millimetres above the lines and from line to line; fewer lines are not worth it
MILLIMETRE = 96 / 25.4  # pixels
PAGE = "\n@page { size: 400mm 400mm; margin: 0 } body > .fill { break-after: page }\n</style>"
ROW = '<div class="line"></div>'


@dataclass(frozen=True)
class Foot:
    """A foot of a page that stays empty: its marker's box, the words above the lines, and how many fit."""

    box: Any
    label: str
    lines: int


def ruled(html: str, document: Document, places: Mapping[str, tuple[int, ...]], laid_out: Callable[[str], Document]) -> None:
    """Rule the empty feet of a document's pages; ``laid_out`` makes a document of a page in the same fonts."""
    feet = list(_feet(html, document, places))
    if not feet:
        return
    head = html.partition("<body")[0].replace("</style>", PAGE, 1)
    sheets = laid_out(f"{head}<body>{''.join(map(_sheet, feet))}</body></html>").pages
    for foot, sheet in zip(feet, sheets, strict=True):
        ruling = next(box for box in sheet._page_box.descendants() if _is_fill(box))
        ruling.translate(foot.box.position_x - ruling.position_x, foot.box.position_y - ruling.position_y)
        foot.box.children, foot.box.height = ruling.children, ruling.height


def _feet(html: str, document: Document, places: Mapping[str, tuple[int, ...]]) -> Iterator[Foot]:
    for found in FILL.finditer(html):
        (page, *_), (after, *_) = places[found["marker"]], places[found["follower"]]
        if page == after:
            continue
        page_box = document.pages[page - 1]._page_box
        box = next(each for each in page_box.descendants() if _is_fill(each) and each.element.get("id") == found["marker"])
        room = (page_box.content_box_y() + page_box.height - box.position_y) / MILLIMETRE
        lines = int((room - HEAD) / LINE)
        if lines >= LEAST:
            yield Foot(box, found["label"], lines)


def _is_fill(box: Any) -> bool:
    return box.element_tag == "div" and box.element is not None and box.element.get("class") == "fill"


def _sheet(foot: Foot) -> str:
    return f'<div class="fill" style="width: {foot.box.width}px"><p class="label">{foot.label}</p>{ROW * foot.lines}</div>'
