"""Finished pages on sheets to be folded: which page lies where, and that each is there as it was."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

import clients
from coursewright.documents import documents, find_document
from coursewright.outputs import imposition, pdf
from coursewright.outputs.imposition import booklet
from coursewright.problems import Broken, Place, Severity

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Book</title>
<meta name="dcterms.created" content="2026-11-22"/><meta name="dcterms.modified" content="2026-11-22"/>
<style>@page {{ size: {size}; margin: 20mm }} p {{ margin: 0; break-after: page }} p:last-child {{ break-after: auto }}</style>
</head><body><h1 style="font-size: 11pt">Book</h1>{pages}</body></html>"""
SHEET = '<html lang="en-GB"><head><title>Book, folded</title></head><body>Pages: {pages}. Read book.pdf.</body></html>'
PAPERS = {"A4": (842, 595), "Letter": (792, 612)}  # points of a sheet that is turned


def book(folder: Path, pages: int, size: str = "A4") -> Path:
    """Return a PDF of so many pages, each of which says its number."""
    words = "".join(
        f'<p><a href="#x{number}">This is page {number:03}.</a> <b id="x{number}">x</b></p>' for number in range(1, pages + 1)
    )
    path = folder / f"book-{pages}-{size}.pdf"
    path.write_bytes(pdf.write(PAGE.format(size=size, pages=words), (folder,)).content)
    return path


def blank(folder: Path, pages: int) -> Path:
    """Return a PDF of pages with nothing on them."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(595, 842))
        made.save(folder / "blank.pdf")
    return folder / "blank.pdf"


def halves(content: bytes) -> list[tuple[str, str]]:
    """Return the words on the left and on the right half of every side, as a reader of PDFs finds them."""
    found = []
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            found.append((text.get_text_bounded(0, 0, width / 2, height), text.get_text_bounded(width / 2, 0, width, height)))
    return found


# ------------------------------------------------------------------------------------------------ which page where


@pytest.mark.parametrize("pages", range(1, 41))
def test_every_page_lies_on_one_half_of_one_side(pages: int) -> None:
    laid = [page for side in booklet(pages) for page in side if page]
    assert sorted(laid) == list(range(1, pages + 1))


@given(st.integers(1, 400))
def test_sheets_are_whole_and_no_more_than_needed(pages: int) -> None:
    sides = booklet(pages)
    assert len(sides) % 2 == 0
    assert pages <= 2 * len(sides) < pages + 4


@given(st.integers(1, 400))
def test_a_page_and_the_next_lie_back_to_back_or_face_to_face(pages: int) -> None:
    """Flipped on its short edge, what is on the right in front is on the left behind; folded, halves face the next sheet's."""
    sides = [tuple(page or None for page in side) for side in booklet(pages)]
    fronts, backs = sides[::2], sides[1::2]
    for (last, first), (second, before) in zip(fronts, backs, strict=True):
        assert second in (None, (first or 0) + 1)
        assert last in (None, (before or 0) + 1)
    for (_, before), (second, _), (_, third) in zip(fronts, backs, fronts[1:], strict=False):
        assert (before, second, third) in {(before, before + 1, before + 2), (before, before + 1, None), (before, None, None)}  # type: ignore[operator]


def test_a_booklet_of_eight_pages_is_the_one_that_printers_know() -> None:
    assert booklet(8) == ((8, 1), (2, 7), (6, 3), (4, 5))


def test_the_middle_pages_face_each_other() -> None:
    assert booklet(12)[-1] == (6, 7)


def test_pages_that_fill_up_stand_at_the_end() -> None:
    assert booklet(5) == ((0, 1), (2, 0), (0, 3), (4, 5))


# ------------------------------------------------------------------------------------------------------- on paper


@pytest.fixture(scope="module", params=PAPERS)
def folded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, bytes]:
    source = book(tmp_path_factory.mktemp("book"), 7, request.param)
    return request.param, imposition.write(SHEET, source, "folded.pdf").content


def test_every_half_shows_its_page(folded: tuple[str, bytes]) -> None:
    for shown, side in zip(halves(folded[1]), booklet(7), strict=True):
        for words, number in zip(shown, side, strict=True):
            assert (f"This is page {number:03}." in words) if number else not words.strip()


def test_sheets_are_of_the_pages_own_size_and_turned(folded: tuple[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(folded[1])) as made:
        sizes = {tuple(round(float(each)) for each in page.mediabox) for page in made.pages}
    assert sizes == {(0, 0, *PAPERS[folded[0]])}


def test_nothing_is_left_that_only_works_on_a_screen(folded: tuple[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(folded[1])) as made:
        assert not [page for page in made.pages if "/Annots" in page]


def test_words_stay_words_and_are_drawn_once(folded: tuple[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(folded[1])) as made:
        drawn = [name for page in made.pages for name in page.Resources.XObject]
        assert len(drawn) == len(set(drawn)) == 7
        assert not [each for each in made.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"]


def test_each_side_says_what_it_shows_and_where_to_read(folded: tuple[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(folded[1])) as made:
        document = made.Root.StructTreeRoot.K
        assert [str(figure.Alt) for figure in document.K][:2] == ["Pages: 1. Read book.pdf.", "Pages: 2 and 7. Read book.pdf."]
        assert str(made.Root.Lang) == "en-GB"
        assert str(made.docinfo.Title) == "Book, folded"


def test_the_outline_names_the_sides(folded: tuple[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(folded[1])) as made, made.open_outline() as outline:
        assert [item.title for item in outline.root] == ["1", "2, 7", "6, 3", "4, 5"]


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    source = book(tmp_path, 3)
    assert imposition.write(SHEET, source).content == imposition.write(SHEET, source).content


def test_booklets_pass_pdf_ua(tmp_path: Path) -> None:
    paths = []
    for size, pages in (("A4", 7), ("Letter", 1)):
        paths.append(tmp_path / f"{size}.pdf")
        paths[-1].write_bytes(imposition.write(SHEET, book(tmp_path, pages, size)).content)
    assert clients.pdf_ua_findings(paths) == []


def scales(source: Path) -> set[float]:
    """Return by how much the pages of a booklet's first side are made smaller."""
    with pikepdf.open(io.BytesIO(imposition.write(SHEET, source).content)) as made:
        operations = pikepdf.parse_content_stream(made.pages[0])
        return {round(float(each.operands[0]), 3) for each in operations if str(each.operator) == "cm"}


def test_margins_for_a_binding_are_used_for_larger_type(tmp_path: Path) -> None:
    """Whole A4 pages come out at 71 per cent; only their words must keep clear of a printer's edge."""
    assert scales(book(tmp_path, 4)) == {1.0}  # two words to a page need not be made smaller at all


def test_a_side_without_pages_says_so(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(imposition.write(SHEET, blank(tmp_path, 1)).content)) as made:
        assert [str(figure.Alt) for figure in made.Root.StructTreeRoot.K.K] == [
            "Pages: 1. Read book.pdf.",
            "Pages: –. Read book.pdf.",
        ]


def test_a_page_that_reaches_its_edges_is_shown_whole(tmp_path: Path) -> None:
    style = "@page { margin: 0; background: #123456 }"
    page = f'<html lang="en"><head><title>x</title><style>{style}</style></head><body><p>x</p></body></html>'
    path = tmp_path / "full.pdf"
    path.write_bytes(pdf.write(page, (tmp_path,)).content)
    assert scales(path) == {round(210 / 297, 3)}


def test_what_is_too_thick_to_fold_is_said(tmp_path: Path) -> None:
    found = [imposition.write(SHEET, blank(tmp_path, pages), "folded.pdf").problems for pages in (80, 81)]
    assert [len(each) for each in found] == [0, 1]
    assert found[1][0].message == "81 pages are 21 sheets: too thick to be folded and stapled"
    assert found[1][0].severity is Severity.INFO


# ------------------------------------------------------------------------------------------------- as declared


@pytest.mark.parametrize(
    "head", ["imposed: leaflet; takes: workbook.pdf", "imposed: booklet", "imposed: booklet; takes: a.pdf, b.pdf"]
)
def test_an_imposition_that_there_is_not_names_its_line(tmp_path: Path, head: str) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/folded.html.j2").write_text(f"{{#- reader: participant; formats: pdf; {head} -#}}\n", "utf-8")
    with pytest.raises(Broken, match="cannot be imposed") as caught:
        find_document("folded.pdf", documents((tmp_path,)))
    assert caught.value.problems[0].where == Place(f"{tmp_path.name}/documents/folded.html.j2", 1)
