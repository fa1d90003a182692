"""Single pages for the desk and the wall: the agenda to send round, the job aid to keep."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

import small
from coursewright.documents import documents, find_document
from coursewright.drawings import Measure
from coursewright.editions import plan
from coursewright.model import Edition
from coursewright.outputs import Made, pdf
from coursewright.render import render
from sample import two_hats

FOLDERS = (Path(__file__).parents[1] / "templates",)
AUDIENCE = "newly-promoted-managers"


def page(edition: Edition, name: str) -> str:
    return render(edition, find_document(name, documents(FOLDERS)), {}, FOLDERS).text


def words(html: str) -> str:
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL).split())


def printed(edition: Edition, name: str, paper: str) -> Made:
    return pdf.write(page(small.on(paper, edition), name), FOLDERS, name)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("slot", [slot.id for slot in two_hats().front.slots])
def test_an_agenda_is_one_page_however_long_the_session(slot: str, paper: str) -> None:
    for audience in two_hats().audiences:
        made = printed(plan(two_hats(), audience.id, slot=slot)[0], "agenda.pdf", paper)
        assert made.count == 1, audience.id
        assert not made.problems


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("name", "most"), [("agenda.pdf", 1), ("job-aid.pdf", 1), ("run-sheet.pdf", 2)])
def test_a_brand_with_wide_letters_breaks_no_clock_time_and_needs_no_more_pages(name: str, most: int, paper: str) -> None:
    edition = small.on(paper, plan(two_hats(), AUDIENCE, slot="full-day")[0])
    verdana = Measure(serif=1.29, sans=1.28)  # DejaVu has its widths
    faces = {"serif": "DejaVu Serif", "sans": "DejaVu Sans"}
    html = render(edition, find_document(name, documents(FOLDERS)), {}, FOLDERS, faces, verdana).text
    made = pdf.write(html, FOLDERS, name)
    assert made.count <= most
    shown = " ".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(made.content))
    assert name == "job-aid.pdf" or all(module.start in shown for module in edition.modules)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", ["attendance.pdf", "evaluation-level-2.pdf"])
def test_a_day_needs_one_page_to_sign_and_one_to_say_what_you_can_do(name: str, paper: str) -> None:
    assert printed(plan(two_hats(), AUDIENCE, slot="full-day")[0], name, paper).count == 1


def test_an_agenda_says_when_each_module_and_each_break_begins() -> None:
    edition, _ = plan(two_hats(), AUDIENCE, slot="full-day")
    text = words(page(edition, "agenda.pdf"))
    shown = [item for item in edition.agenda if item.kind in ("lunch", "break") and item.minutes >= 10]
    assert all(f"{item.start} {item.title}, {item.minutes} minutes" in text for item in shown)
    assert all(f"{module.start} " in text for module in edition.modules)
    assert "Buffer" not in text
    assert f"{edition.end} We finish" in text


def test_a_job_aid_is_the_tables_that_the_course_marks_with_their_questions() -> None:
    edition, _ = plan(two_hats(), AUDIENCE, slot="sixty-minutes")
    text = page(edition, "job-aid.pdf")
    marked = [table for module in edition.modules for table in module.tables if table.job_aid]
    assert [words(title) for title in re.findall("<h1>(.*?)</h1>", text)] == [table.title for table in marked]
    document = pypdfium2.PdfDocument(pdf.write(text, FOLDERS, "job-aid.pdf").content)
    assert len(document) == len(marked)
    shown = " ".join(document[0].get_textpage().get_text_range().split())
    assert all(question.split("?")[0] in shown for question in marked[0].questions)


def test_a_course_that_marks_no_table_says_so_where_the_job_aid_would_be() -> None:
    assert "No table of this session is marked as a job aid" in words(page(small.edition(), "job-aid.pdf"))
