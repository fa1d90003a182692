"""Pages become PDFs: tagged, the same every time, with places for other documents to point to."""

from __future__ import annotations

import base64
import gc
import logging
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import small
from coursewright.documents import documents, find_document
from coursewright.editions import plan
from coursewright.outputs import Made, html, pdf, text
from coursewright.outputs.pptx.fonts import face
from coursewright.render import render

FOLDERS = (Path(__file__).parents[1] / "templates",)
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def page(body: str) -> str:
    return f'<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body>{body}</body></html>'


def words(made: Made) -> str:
    """Return the text of all pages, as a search in a viewer finds it."""
    document = pypdfium2.PdfDocument(made.content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.fixture(scope="module")
def written() -> str:
    return render(small.edition(), find_document("workbook.pdf", documents(FOLDERS)), {}, FOLDERS).text


@pytest.fixture(scope="module")
def workbook(written: str) -> Made:
    return pdf.write(written, FOLDERS, "workbook.pdf")


def test_the_workbook_becomes_a_pdf_without_a_problem(workbook: Made) -> None:
    assert workbook.content.startswith(b"%PDF-1.7")
    assert workbook.problems == ()


def test_the_same_page_gives_the_same_bytes(written: str, workbook: Made) -> None:
    assert pdf.write(written, FOLDERS, "workbook.pdf").content == workbook.content


def test_a_font_that_a_page_brings_is_used_by_no_other() -> None:
    letters = face("Caladea")
    assert letters is not None
    address = f"data:font/ttf;base64,{base64.b64encode(Path(letters.path).read_bytes()).decode()}"
    text = page("<style>body { font-family: Brand, Carlito }</style><p>Words</p>")
    own = text.replace("<style>", f"<style>@font-face {{ font-family: Brand; src: url({address}) }} ")
    before = pdf.write(text, ())
    assert fonts(before) == {"Carlito"}
    assert fonts(pdf.write(own, ())) == {"Brand"}
    assert pdf.write(text, ()).content == before.content


def fonts(made: Made) -> set[str]:
    """Return the names of the fonts in a PDF."""
    with pikepdf.open(BytesIO(made.content)) as opened:
        found = (str(each.BaseFont) for pages in opened.pages for each in pages.Resources.Font.values())
        return {name.partition("+")[2].partition("-")[0] for name in found}


def test_a_pdf_is_tagged_and_has_language_title_bookmarks_and_its_own_date(workbook: Made) -> None:
    with pikepdf.open(BytesIO(workbook.content)) as opened:
        assert {"/StructTreeRoot", "/Outlines"} <= set(opened.Root.keys())
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo["/Title"]) == "Two Hats · Workbook · Newly promoted managers · half day"
        assert str(opened.docinfo["/CreationDate"]) == "D:20261122"


def test_a_part_that_goes_on_has_all_its_pages(workbook: Made) -> None:
    assert workbook.places["S2"] == (6, 7)
    assert workbook.places["contents"] == (2,)


def test_from_half_a_day_on_a_module_opens_on_a_right_hand_page(workbook: Made) -> None:
    edition, _ = plan(small.course(), "managers", minutes=240)
    long = pdf.write(render(edition, find_document("workbook.pdf", documents(FOLDERS)), {}, FOLDERS).text, FOLDERS)
    assert all(long.places[module][0] % 2 for module in ("M01", "M02"))
    assert long.count > workbook.count


def test_letter_paper_is_letter() -> None:
    paper = render(small.edition(paper="Letter"), find_document("run-sheet.pdf", documents(FOLDERS)), {}, FOLDERS).text
    with pikepdf.open(BytesIO(pdf.write(paper, FOLDERS).content)) as opened:
        assert [int(side) for side in opened.pages[0].mediabox] == [0, 0, 612, 792]


def test_a_character_that_no_font_has_is_a_problem_with_its_number() -> None:
    (problem,) = pdf.write(page("<h1>\U000f1234</h1>"), FOLDERS, "workbook.pdf").problems
    assert str(problem).startswith('workbook.pdf: warning: no font here has "\U000f1234" (U+F1234)')


def test_a_picture_without_words_is_a_problem() -> None:
    made = pdf.write(page(f'<h1>x</h1><img src="{PIXEL}"/>'), FOLDERS)
    assert any("no required alt" in problem.message for problem in made.problems)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/x.png",
        "file:///etc/hostname",
        "../secret.gif",
        "%2e%2e/secret.gif",
        "link.gif",
        "file://elsewhere/course/inside.gif",
        "nothing.gif",
    ],
)
def test_nothing_is_read_from_outside_the_course(tmp_path: Path, address: str) -> None:
    course = tmp_path / "course"
    course.mkdir()
    (tmp_path / "secret.gif").write_bytes(b"GIF89a")
    (course / "link.gif").symlink_to(tmp_path / "secret.gif")
    made = pdf.write(page(f'<h1>x</h1><img src="{address}" alt="x"/>'), (course,))
    assert any("Failed to load" in problem.message for problem in made.problems)


def test_a_picture_of_the_course_is_read(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    )
    assert pdf.write(page('<h1>x</h1><img src="dot.svg" alt="A dot"/>'), (tmp_path,)).problems == ()


def test_collector_and_log_are_left_as_they_were() -> None:
    log = logging.getLogger("weasyprint")
    before = (gc.isenabled(), log.propagate, list(log.handlers))
    pdf.write(page("<h1>x</h1>"), FOLDERS)
    assert (gc.isenabled(), log.propagate, list(log.handlers)) == before


def test_a_text_is_finished_by_its_template() -> None:
    assert text.write("ä\r\nb").content == "ä\nb\n".encode()


def test_a_page_for_the_screen_knows_its_parts() -> None:
    made = html.write(page('<section id="S1"><h1>x</h1></section>'))
    assert (made.places, made.count) == ({"S1": (1,)}, 1)


FILL = '<h1>x</h1><div style="height: {before}mm"></div><div class="fill" id="f" data-label="Notes"></div>'
TALL = '<section id="s" style="height: 150mm; break-inside: avoid">A worksheet</section>'
STYLE = "<style>@page { size: A4; margin: 20mm } .fill .label { margin: 0; height: 12mm } .line { height: 9mm }</style>"


def test_a_foot_of_a_page_left_empty_by_a_worksheet_is_ruled_for_notes() -> None:
    ruled = pdf.write(page(STYLE + FILL.format(before=120) + TALL), FOLDERS)
    assert (ruled.places["f"], ruled.places["s"], ruled.count) == ((1,), (2,), 2)
    assert "Notes" in words(ruled)


@pytest.mark.parametrize("before", [60, 220])
def test_a_page_that_is_full_stays_as_it_is(before: int) -> None:
    assert "Notes" not in words(pdf.write(page(STYLE + FILL.format(before=before) + TALL), FOLDERS))
