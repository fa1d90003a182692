"""Finished files read back: what stands where, and every word in them, shown or hidden."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML

import small
from coursewright import finished
from coursewright.documents import documents, find_document
from coursewright.finished import sheets, sought, words
from coursewright.make import Job, make
from coursewright.outputs import Made
from coursewright.squashing import squashed

TEMPLATES = Path(__file__).parents[1] / "templates"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>drawn marigold</desc></svg>'


@cache
def made(name: str) -> Made:
    """Return a document of the small course, finished, without what it points to."""
    job = Job(
        small.edition(), find_document(name, documents((TEMPLATES,))), {}, (TEMPLATES,), TEMPLATES, TEMPLATES / "brand.pptx"
    )
    return make(job)


def pdf(body: str, head: str = "") -> bytes:
    text = f"<!DOCTYPE html><html lang='en'><head><title>T</title>{head}</head><body>{body}</body></html>"
    content = HTML(string=text).write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    assert isinstance(content, bytes)
    return content


def altered(content: bytes, change: str, value: str) -> bytes:
    """Return a PDF with something hidden in it."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as opened:
        if change == "form":
            field = {
                "/FT": pikepdf.Name.Tx,
                "/T": "name",
                "/V": value,
                "/Type": pikepdf.Name.Annot,
                "/Subtype": pikepdf.Name.Widget,
            }
            opened.Root.AcroForm = pikepdf.Dictionary(Fields=[opened.make_indirect(pikepdf.Dictionary(field))])
        if change == "attachment":
            opened.attachments["notes.txt"] = value.encode()
        if change == "deck":
            inner = io.BytesIO()
            with zipfile.ZipFile(inner, "w") as archive:
                archive.writestr("ppt/slides/slide1.xml", f"<a xmlns='b'>{value}</a>")
            opened.attachments["deck.pptx"] = inner.getvalue()
        if change == "note":
            note = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Text, "/Rect": [0, 0, 9, 9], "/Contents": value}
            opened.pages[0].Annots = [opened.make_indirect(pikepdf.Dictionary(note))]
        if change == "replacement":
            hidden = f"/Span <</ActualText ({value})>> BDC EMC".encode()
            opened.pages[0].contents_add(pikepdf.Stream(opened, hidden))
        if change == "metadata":
            with opened.open_metadata() as facts:
                facts["dc:description"] = value
        if change == "property":
            opened.docinfo["/Keeper"] = value
        opened.save(target)
    return target.getvalue()


def held(name: str, content: bytes) -> str:
    return squashed("\0".join(text for _, text in words(name, content)))


# ------------------------------------------------------------------------------------------------- what stands where


@pytest.mark.parametrize("name", ["workbook.pdf", "guide.pdf"])
def test_pages_read_back_are_those_the_layout_gave_to_every_part(name: str) -> None:
    file, known = made(name), {"m01", "m02", "s1", "s2", "s3", "s4"}
    read: dict[str, list[int]] = {}
    for sheet in sheets(name, file.content):
        for part in known & set(sheet.parts):
            read.setdefault(part, []).append(sheet.number)
    told = {part.casefold(): list(pages) for part, pages in file.places.items() if part.casefold() in known}
    assert {part: pages[0] for part, pages in read.items()} == {part: pages[0] for part, pages in told.items()}
    assert all(set(told[part]) <= set(read[part]) for part in told)
    assert len(sheets(name, file.content)) == file.count


def test_a_part_goes_on_until_a_heading_of_its_rank() -> None:
    page = '<section id="A{0}"><h1>Part {0}</h1>{1}</section>'
    new = '<p style="break-before: page">x</p>'
    content = pdf(page.format(1, f'<h2 id="A1-1">In</h2>{new}{new}<h2 id="mine">On</h2>') + page.format(2, "<p>end</p>"))
    parts = [sheet.parts for sheet in sheets("a.pdf", content)]
    assert [("a1" in each, "a2" in each) for each in parts] == [(True, False), (True, False), (True, True)]


def test_what_begins_at_the_head_of_a_page_leaves_the_page_before_alone() -> None:
    content = pdf(
        '<section id="A"><h1>A</h1></section><section id="B" style="break-before: page"><p>above</p><h1>B</h1></section>'
    )
    assert [sheet.parts for sheet in sheets("a.pdf", content)] == [("a",), ("b",)]


def test_slides_come_in_the_order_they_are_shown_with_segment_and_notes() -> None:
    deck = made("deck.pptx")
    slides = sheets("deck.pptx", deck.content)
    assert [slide.number for slide in slides] == list(range(1, deck.count + 1))
    shown = {part: tuple(slide.number for slide in slides if part in slide.parts) for slide in slides for part in slide.parts}
    assert shown == {part.casefold(): numbers for part, numbers in deck.places.items()}
    assert "09:00" in slides[0].notes and "09:00" not in slides[0].text


def test_every_paragraph_of_a_slide_is_read_and_its_feet_are_not() -> None:
    assert all("v1.0" not in slide.text for slide in sheets("deck.pptx", made("deck.pptx").content)[1:])
    with zipfile.ZipFile(io.BytesIO(made("deck.pptx").content)) as archive:
        first = archive.read("ppt/slides/slide1.xml").decode()
    said = re.sub(r"<[^>]+>", "", "".join(re.findall(r"<a:t>[^<]*</a:t>", first)))
    assert squashed(sheets("deck.pptx", made("deck.pptx").content)[0].text) in squashed(said)


def test_a_page_for_a_screen_is_one_sheet_with_all_its_ids() -> None:
    page = (
        "<html><head><title>T</title><style>p {}</style></head><body><section id='S1'><p>Hel<b>lo</b></p></section></body></html>"
    )
    (sheet,) = sheets("a.html", page.encode())
    assert (sheet.text, sheet.parts) == ("Hello", ("s1",))


# --------------------------------------------------------------------------------------------------- every word


@pytest.mark.parametrize("change", ["form", "attachment", "deck", "note", "replacement", "metadata", "property"])
def test_words_hidden_in_a_pdf_are_found(change: str) -> None:
    plain = pdf("<p>Nothing to see.</p>")
    assert "drawnmarigold" not in held("a.pdf", plain)
    assert "drawnmarigold" in held("a.pdf", altered(plain, change, "drawn marigold"))


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ("<p>drawn mari<wbr>gold</p>", ""),
        ("<p style='width: 2cm; hyphens: manual; font-size: 2em'>drawn mari&shy;gold</p>", ""),
        ("<p style='color: white; font-size: 1px'>drawn marigold</p>", ""),
        ("<h1 style='bookmark-label: \"drawn marigold\"'>x</h1>", ""),
        ("<p id='drawn-marigold'><a href='#drawn-marigold'>x</a></p>", ""),
        (f"<img alt='drawn marigold' src='data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}'/>", ""),
        ("<p>x</p>", "<meta name='description' content='drawn marigold'/>"),
    ],
)
def test_words_shown_or_hidden_in_a_pdf_are_found(body: str, head: str) -> None:
    assert "drawnmarigold" in held("a.pdf", pdf(body, head))


@pytest.mark.parametrize(
    "body",
    [
        "<p>drawn <b>mari</b>gold</p>",
        "<p hidden>drawn marigold</p>",
        "<!-- drawn marigold -->",
        "<p title='drawn marigold'></p>",
        "<script>var a = 'drawn marigold'</script>",
        f"<img src='data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}'>",
    ],
)
def test_words_shown_or_hidden_in_a_page_are_found(body: str) -> None:
    assert "drawnmarigold" in held("a.html", f"<html><body>{body}</body></html>".encode())


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("ppt/slides/slide1.xml", "<a><r><t>drawn mari</t></r><r><t>gold</t></r></a>"),
        ("ppt/slides/slide1.xml", "<a descr='drawn marigold'/>"),
        ("docProps/core.xml", "<a><!-- drawn marigold --></a>"),
        ("ppt/media/drawn-marigold.bin", "\x00"),
        ("customXml/item1.xml", "<a>drawn marigold</a>"),
        ("ppt/media/image1.png", "\udc89PNG drawn marigold"),
    ],
)
def test_words_in_any_part_of_a_deck_are_found(part: str, text: str) -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(part, text.encode("utf-8", "surrogateescape"))
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("ppt/embeddings/book.xlsx", inner.getvalue())
    assert "drawnmarigold" in held("a.pptx", inner.getvalue())
    assert "drawnmarigold" in held("a.pptx", outer.getvalue())


def test_where_a_word_stands_is_told() -> None:
    assert ("a.pdf, page 1", "once more") in [(where, text.strip()) for where, text in words("a.pdf", pdf("<p>once more</p>"))]


@pytest.mark.parametrize(
    ("text", "run"), [("O\u00adﬃce, “Tuesday”\n– 10 %", "officetuesday10"), ("STRASSE straße", "strassestrasse"), ("a_b", "ab")]
)
def test_squashed_text_is_letters_and_digits_alone(text: str, run: str) -> None:
    assert squashed(text) == run


def test_marks_of_the_author_and_addresses_of_links_are_no_words() -> None:
    assert sought("**Read** [the page](https://example.org/a) & rest") == "readthepagerest"


def test_reading_back_stands_on_nothing_of_what_made_the_files() -> None:
    source = Path(finished.__file__).read_text("utf-8")
    assert not re.search(r"outputs|weasyprint|pptx\b.*import", source.split('"""', 2)[2])
