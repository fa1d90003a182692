"""Finished files of the sample course, as the programs that open them see them."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openxml_audit
import pikepdf
import pypdfium2
import pytest
import weasyprint
import yaml
from pptx import Presentation

from clients import client, open_xml_sdk_findings, pages_in_libreoffice, pdf_ua_findings
from ooxml import CHECKS, Package, opened
from sample import COURSE, EDITIONS, ROOT, Sample, build, built  # noqa: F401 (a fixture is used by its name)

# What only facilitators may read: the keys of the course files that the model calls private, kept here a second time on
# purpose, so that a slip there shows here.
SECRET_KEYS = {
    "arrive_with", "ask", "do", "facilitation", "idea", "if_long", "if_short", "likely_answers", "notes", "online", "pitfalls",
    "purpose", "reason", "room", "say", "sensitive", "tone", "transition", "who", "why",
}  # fmt: skip
LETTERS = 28  # of a sentence that count; shorter ones may stand anywhere by chance


# ------------------------------------------------------------------------------------------------------------- print


@pytest.mark.client
@pytest.mark.slow
def test_every_pdf_keeps_pdf_ua_1(sample: Sample) -> None:
    client("verapdf")
    assert not pdf_ua_findings(sample.files("*.pdf"))


@pytest.mark.client
@pytest.mark.slow
def test_a_pdf_that_breaks_pdf_ua_1_is_found_out(tmp_path: Path) -> None:
    client("verapdf")
    wrong, none = tmp_path / "wrong.pdf", tmp_path / "none.pdf"
    weasyprint.HTML(string="<h2>No title, no language, no h1</h2>").write_pdf(wrong, pdf_variant="pdf/ua-1")
    none.write_text("no PDF at all")
    found = "\n".join(pdf_ua_findings([wrong, none]))
    assert f"{wrong}: 7.4.2-1 " in found
    assert f"{none}: unreadable " in found


# ------------------------------------------------------------------------------------------------------------- decks


@pytest.mark.client
@pytest.mark.slow
def test_the_open_xml_sdk_finds_no_fault_in_any_deck(sample: Sample) -> None:
    client("ooxml-validator")
    assert not [finding for deck in sample.files("*.pptx") for finding in open_xml_sdk_findings(deck)]


@pytest.mark.slow
def test_the_audit_finds_no_fault_in_any_deck(sample: Sample) -> None:
    assert not [f"{deck}: {error}" for deck in sample.files("*.pptx") for error in openxml_audit.validate_pptx(deck).errors]


@pytest.mark.client
@pytest.mark.slow
def test_libreoffice_shows_a_page_for_every_slide(sample: Sample, tmp_path: Path) -> None:
    client("soffice")
    decks = sample.files("*.pptx")
    assert pages_in_libreoffice(decks, tmp_path) == {deck: len(opened(deck).slides) for deck in decks}


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_deck_gives_cause_for_repair_or_complaint(sample: Sample, check: Callable[[Package], Iterator[str]]) -> None:
    decks = {deck.relative_to(sample.folder): opened(deck) for deck in sample.files("*.pptx")}
    assert not [f"{name}: {finding}" for name, deck in decks.items() for finding in check(deck)]


def broken_deck() -> Package:
    """Return a deck as a library leaves it, with one of every fault the checks look for, made by hand."""
    deck = Presentation()
    for _ in range(2):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = "Click to add title"
        slide.shapes.add_table(1, 1, 0, 0, 9, 9)
    saved = io.BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    first = "ppt/slides/slide1.xml"
    parts[first] = damaged(parts[first])
    parts["ppt/stray.bin"] = b""
    del parts["ppt/slideLayouts/slideLayout9.xml"]
    return Package((*parts, first), parts)


def damaged(slide: bytes) -> bytes:
    """Return a slide whose shapes share an id, with a body without paragraph, a stray relationship and no number."""
    slide = re.sub(rb'<p:cNvPr id="\d+"', b'<p:cNvPr id="2"', slide)
    slide = re.sub(rb"<a:bodyPr/><a:lstStyle/><a:p/>", b"<a:bodyPr/><a:lstStyle/>", slide)
    return slide.replace(b"<p:graphicFrame>", b'<p:graphicFrame xmlns:w="w" r:id="rId99" w:y="NaN">', 1)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_each_check_finds_its_fault(check: Callable[[Package], Iterator[str]]) -> None:
    assert list(check(broken_deck()))


def test_a_deck_without_faults_has_no_findings() -> None:
    """A slide with a title in a language, on the library's own template, is all the checks ask for."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    run = slide.shapes.title.text_frame.paragraphs[0].add_run()
    run.text, run._r.get_or_add_rPr().attrib["lang"] = "Two verbs", "en-GB"
    saved = io.BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as archive:
        package = Package(tuple(archive.namelist()), {name: archive.read(name) for name in archive.namelist()})
    assert not [finding for check in CHECKS for finding in check(package)]


# ----------------------------------------------------------------------------------------------------------- secrets


def letters(text: str) -> str:
    """Return the bare letters and digits: line ends, hyphens, quotes and ligatures make no difference."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def course_text() -> tuple[list[str], list[str]]:
    """Return all text of the course files: what is secret, and what is not."""
    secret: list[str] = []
    open_: list[str] = []
    for path in sorted(COURSE.rglob("*.yaml")):
        sort_text(yaml.load(path.read_text("utf-8"), yaml.CBaseLoader), secret, open_, hidden=False)
    return secret, open_


def sort_text(value: Any, secret: list[str], open_: list[str], *, hidden: bool) -> None:
    if isinstance(value, dict):
        for key, child in value.items():
            sort_text(child, secret, open_, hidden=hidden or key in SECRET_KEYS)
    elif isinstance(value, list):
        for child in value:
            sort_text(child, secret, open_, hidden=hidden)
    else:
        (secret if hidden else open_).append(value)


def secrets() -> set[str]:
    """Return the beginnings of all secret sentences that nothing public says too, letters only."""
    secret, open_ = course_text()
    public = " ".join(map(letters, open_))
    pieces = (letters(piece) for text in secret for piece in re.split(r"\{\{.*?\}\}|\{%.*?%\}|[.!?:;\n|]", text))
    return {piece[: 2 * LETTERS] for piece in pieces if len(piece) >= LETTERS and piece not in public}


def participant_documents() -> list[str]:
    """Return the files that participants get, by the first lines of their templates."""
    heads = {path: path.read_text("utf-8").partition("\n")[0] for path in sorted((ROOT / "templates/documents").iterdir())}
    theirs = {path.name.split(".")[0]: head for path, head in heads.items() if "reader: participant" in head}
    formats = {name: re.findall(r"\w+", re.findall(r"formats: ([\w, ]+)", head)[0]) for name, head in theirs.items()}
    return [f"{name}.{suffix}" for name, suffixes in formats.items() for suffix in suffixes]


def text_in_pdf(path: Path) -> str:
    """Return all a PDF says: pages, bookmarks, alternative texts, metadata, attached files."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    with pikepdf.open(path) as pdf:
        return " ".join([*pages, *(text for each in pdf.objects for text in strings(each))])


def strings(value: Any) -> Iterator[str]:
    """Yield the strings below an object of a PDF, and what its metadata and attachments hold; references are left alone."""
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        yield from (text for child in value if not is_reference(child) for text in strings(child))
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)):
        yield from (text for _, child in value.items() if not is_reference(child) for text in strings(child))
        if value.get("/Type") in ("/Metadata", "/EmbeddedFile"):
            yield value.read_bytes().decode("utf-8", "replace")


def is_reference(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def text_in_zip(path: Path) -> str:
    """Return the text of every XML part of an Office file, tags removed."""
    return " ".join(re.sub(r"<[^>]*>", "", data.decode("utf-8", "replace")) for data in opened(path).parts.values())


READERS: dict[str, Callable[[Path], str]] = {".pdf": text_in_pdf, ".pptx": text_in_zip, ".docx": text_in_zip}


def told(path: Path) -> list[str]:
    """Return the secrets that a file gives away."""
    text = letters(READERS.get(path.suffix, Path.read_text)(path))
    return sorted(secret for secret in secrets() if secret in text)


@pytest.mark.slow
def test_no_file_for_participants_holds_what_is_for_facilitators(sample: Sample) -> None:
    assert secrets()
    files = [file for pattern in participant_documents() for file in sorted(sample.folder.rglob(pattern))]
    assert {file.stem for file in files} >= {"workbook", "workbook-fillable", "handout", "cards", "posters", "quiz", "evaluation"}
    assert not {str(file.relative_to(sample.folder)): found for file in files if (found := told(file))}


@pytest.mark.slow
def test_the_facilitator_guide_holds_plenty_of_what_is_searched_for(sample: Sample) -> None:
    """Or else the search above finds nothing because it cannot read."""
    assert min(len(told(guide)) for guide in sample.files("guide.pdf")) > 20
    assert min(len(told(deck)) for deck in sample.files("deck.pptx")) > 20


def test_the_search_reads_what_no_page_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = weasyprint.HTML(
        string='<html lang="en"><title>Hidden title</title><h1>Seen</h1><img src="data:," alt="unused"></html>'
    )
    hidden = weasyprint.Attachment(string="hidden attachment", name="a.txt")
    page.write_pdf(path, attachments=[hidden], pdf_variant="pdf/ua-1")
    assert all(text in text_in_pdf(path) for text in ("Seen", "Hidden title", "hidden attachment"))


# -------------------------------------------------------------------------------------------------------- same bytes


@pytest.mark.slow
def test_building_again_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    """One edition, in one process where the first build took as many as there are."""
    again = contents(build(tmp_path / "again", "--jobs", "1", editions=EDITIONS[1:2]))
    first = contents(sample)
    assert again
    assert sorted(name for name in again if again[name] != first.get(name)) == []


def contents(sample: Sample) -> dict[str, bytes]:
    """Return all files but the report, which holds times."""
    paths = (path for path in sample.files("*.*") if path.is_file() and path.name != "report.json")
    return {str(path.relative_to(sample.folder)): path.read_bytes() for path in paths}
