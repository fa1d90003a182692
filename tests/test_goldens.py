"""What the sample course looks like, as text a person can read in a review.

``pytest tests/test_goldens.py --update`` writes the expected files anew; the difference is then read like any other change.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as PH

from coursewright.documents import documents, find_document
from coursewright.editions import plan
from coursewright.outputs.pptx import writer
from coursewright.outputs.pptx.brand import Brand
from coursewright.render import Places, render
from sample import COURSE, ROOT, two_hats

GOLDENS = Path(__file__).parent / "goldens"
TEMPLATES = (ROOT / "templates",)
MANAGERS, EXECUTIVES = "newly-promoted-managers", "senior-executives"
EXPECTED = (
    (MANAGERS, "ninety-minutes", "deck.txt"),
    (MANAGERS, "half-day", "deck.txt"),
    (EXECUTIVES, "ninety-minutes", "deck.txt"),
    (MANAGERS, "ninety-minutes", "workbook.html"),
    (EXECUTIVES, "ninety-minutes", "workbook.html"),
    (MANAGERS, "ninety-minutes", "guide.html"),
    (MANAGERS, "ninety-minutes", "run-sheet.html"),
    (MANAGERS, "ninety-minutes", "late-card.html"),
    (EXECUTIVES, "half-day", "late-card.html"),
    (MANAGERS, "ninety-minutes", "receipt.html"),
    (MANAGERS, "half-day", "design.html"),
    (MANAGERS, "half-day", "quiz.gift"),
    (EXECUTIVES, "ninety-minutes", "messages.html"),
)
SOME_PLACES: Places = {
    "workbook.pdf": {"M01": (4,), "M02": (9,), "M02-S2": (10, 11)},
    "deck.pptx": {"M01": (2,), "M02-S2": (14, 15, 16)},
}


@pytest.mark.parametrize(("audience", "slot", "name"), EXPECTED)
def test_the_sample_course_reads_as_expected(audience: str, slot: str, name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDENS / audience / slot / name
    found = MAKERS[Path(name).suffix](audience, slot, name)
    if request.config.getoption("--update"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, "utf-8")
    assert path.is_file(), f"{path} is missing: run with --update"
    assert found == path.read_text("utf-8")


def test_every_expected_file_is_still_asked_for() -> None:
    known = {GOLDENS / audience / slot / name for audience, slot, name in EXPECTED}
    assert {path for path in GOLDENS.rglob("*") if path.is_file()} == known


def page(audience: str, slot: str, document: str, places: Places = SOME_PLACES) -> str:
    """Return the rendered page of a document."""
    edition, _ = plan(two_hats(), audience, slot=slot)
    return render(edition, find_document(document, documents(TEMPLATES)), places, TEMPLATES).text


def body(audience: str, slot: str, name: str) -> str:
    """Return the HTML between the body's tags: the styles are not what a review of words needs."""
    markup = page(audience, slot, f"{Path(name).stem}.pdf")
    inside = re.search(r"<body.*</body>", markup, re.S)
    assert inside
    return re.sub(r"\n\s*\n+", "\n", inside[0]) + "\n"


def text(audience: str, slot: str, name: str) -> str:
    return page(audience, slot, name)


def outline(audience: str, slot: str, name: str) -> str:
    """Return a deck as text: each slide's layout, title, placeholders, tables and notes."""
    brand = (ROOT / "templates/brand.pptx").read_bytes()
    made = writer.write(page(audience, slot, "deck.pptx"), Brand(brand), COURSE)
    assert made.problems == ()
    return (
        "\n".join(
            line for number, slide in enumerate(Presentation(io.BytesIO(made.content)).slides, 1) for line in lines(number, slide)
        )
        + "\n"
    )


def lines(number: int, slide: Any) -> Iterator[str]:
    yield f"{number} [{slide.slide_layout.name}] {slide.shapes.title.text_frame.text}"
    for shape in slide.shapes:
        if shape.is_placeholder and shape.placeholder_format.type in (PH.TITLE, PH.CENTER_TITLE, PH.FOOTER, PH.SLIDE_NUMBER):
            continue
        yield from shown(shape)
    if slide.has_notes_slide:
        yield from (f"    > {line}" for line in slide.notes_slide.notes_text_frame.text.split("\n"))
    yield ""


def shown(shape: Any) -> Iterator[str]:
    if shape.has_table:
        yield from ("    | " + " | ".join(cell.text for cell in row.cells) for row in shape.table.rows)
    elif shape.has_text_frame:
        yield from (
            f"    {shape.name}: {line}" for line in shape.text_frame.text.replace("\v", " / ").replace("\t", " ").split("\n")
        )
    else:
        yield f"    ({shape._element.xpath('.//p:cNvPr/@descr')[0]})"


MAKERS: dict[str, Callable[[str, str, str], str]] = {".txt": outline, ".html": body, ".gift": text}
