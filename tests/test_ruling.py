"""Print is fast and stays as it was: empty feet of pages are ruled without a second layout, references are listed once, and
what a font was asked for is freed."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pydyf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML, Document
from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break

from coursewright.outputs import Made, pdf, quickening

quickening.mend()
STYLE = (
    "@page { size: A4; margin: 20mm } h1, p { margin: 0 } .fill .label { height: 12mm } .tall { break-inside: avoid }"
    ".line { box-sizing: border-box; height: 9mm; border-bottom: 1px solid } section { padding-left: 30mm }"
)
PART = (
    '<section><p style="height: {before}mm">Before</p><div class="fill" id="fill-{name}" data-label="Notes {name}"></div>'
    '<p class="tall" id="part-{name}" style="height: {after}mm">Part {name}</p></section>'
)


def page(parts: list[tuple[int, int]]) -> str:
    body = "".join(PART.format(name=name, before=before, after=after) for name, (before, after) in enumerate(parts))
    head = f"<head><title>x</title><style>{STYLE}</style></head>"
    return f"<!DOCTYPE html><html lang='en'>{head}<body><h1>x</h1>{body}</body></html>"


def words(made: Made) -> list[str]:
    return [each.get_textpage().get_text_bounded() for each in pypdfium2.PdfDocument(made.content)]


@settings(max_examples=6, deadline=None)
@given(st.lists(st.tuples(st.integers(10, 120), st.integers(60, 200)), min_size=1, max_size=6))
def test_lines_for_notes_stand_where_a_page_would_end_empty_and_nothing_else_moves(parts: list[tuple[int, int]]) -> None:
    """Words stay on their pages; lines keep inside the page and in the column of what they follow."""
    with_notes = pdf.write(page(parts), ())
    without = pdf.write(page(parts).replace('class="fill"', 'class="full"'), ())
    assert (with_notes.places, with_notes.count) == (without.places, without.count)
    for ruled, bare in zip(words(with_notes), words(without), strict=True):
        assert [line for line in ruled.splitlines() if not line.startswith("Notes")] == bare.splitlines()


def test_a_label_and_lines_fill_the_room_that_is_left() -> None:
    made = pdf.write(page([(100, 200)]), ())
    first = pypdfium2.PdfDocument(made.content)[0].get_textpage()
    left = {word: first.get_charbox(first.search(word).get_next()[0])[0] for word in ("Before", "Notes")}
    assert left["Notes"] == pytest.approx(left["Before"], abs=1.5)  # points
    assert made.places["fill-0"] == (1,)


def test_a_document_is_laid_out_once_and_its_notes_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[int] = []
    plain = pdf._laid_out

    def counted(html: str, *more: object) -> Document:
        document = plain(html, *more)  # type: ignore[arg-type]
        laid.append(len(document.pages))
        return document

    monkeypatch.setattr(pdf, "_laid_out", counted)
    made = pdf.write(page([(100, 200), (10, 200)]), ())
    assert laid == [made.count, 2]


def test_references_of_pages_are_those_pydyf_makes() -> None:
    document = pydyf.PDF()
    for many in range(1, 6):
        document.add_page(pydyf.Dictionary({"Type": "/Page"}))
        expected = tuple(f"{number} 0 R".encode() for number in document.pages["Kids"][::3])
        assert (document.page_references, len(expected)) == (expected, many)


def test_features_of_a_font_are_freed_with_the_text_they_are_set_on() -> None:
    """Every document of a long build left its lists behind: 2.5 MB for as many pieces of text as here."""
    style = next(each.style for each in _texts("1234 words") if each.style["font_variant_numeric"] == ("lining-nums",))
    _set_again(style, 2000)
    before = _held()
    _set_again(style, 20_000)
    assert _held() - before < 1.0


def test_figures_stay_lined_up_as_their_style_asks() -> None:
    (layout,) = (each.pango_layout for each in _texts("1234"))
    layout.setup(next(iter(_texts("1234"))).style)
    listed = line_break.pango.pango_layout_get_attributes(layout.layout)
    assert listed != line_break.ffi.NULL


def _texts(text: str) -> Iterator[boxes.TextBox]:
    css = "p { font: 11pt Caladea; font-variant-numeric: lining-nums }"
    page = HTML(string=f"<html lang='en'><style>{css}</style><p>{text}</p></html>").render().pages[0]
    return (each for each in page._page_box.descendants() if isinstance(each, boxes.TextBox))


def _set_again(style: Any, times: int) -> None:
    for _ in range(times):
        line_break.Layout(style).set_text("1234 words")


def _held() -> float:
    """Megabytes that this process holds; without /proc, none."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * resource.getpagesize() / 2**20 if pages.exists() else 0.0
