"""Take the README's pictures from the files in out/, so that they show what the current build makes.

Needs LibreOffice for the slides and the development requirements (pypdfium2, Pillow): ``make pictures``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from pptx import Presentation

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
ROOT = Path(__file__).parents[1]
EDITION = ROOT / "out/newly-promoted-managers/full-day"
PICTURES = ROOT / "docs/pictures"
WIDTH = 900  # pixels
SHOTS = {  # picture → file, and words that only its page has
    "deck-cover": ("deck.pptx", "When to lead, when to manage"),
    "deck-module": ("deck.pptx", "Break a given goal down into three milestones"),
    "deck-activity": ("deck.pptx", "Sort 24 tasks into three columns"),
    "deck-comparison": ("deck.pptx", "Every decision needs both answers"),
    "deck-diagram": ("deck.pptx", "An ordinary day keeps changing hats"),
    "deck-answer": ("deck.pptx", "Answer 3:"),
    "workbook-module": ("workbook.pdf", "In short."),
    "workbook-worksheet": ("workbook.pdf", "Where does each task belong?"),
    "guide-segment": ("guide.pdf", "This is our key"),
    "run-sheet": ("run-sheet.pdf", "Clock"),
    "cards": ("cards.pdf", "Say where we want to be in three years"),
    "handout": ("handout.pdf", "Every decision needs both answers"),
    "late-card": ("late-card.pdf", "look at the clock"),
    "receipt": ("receipt.pdf", "What you get"),
    "brand-check": ("../../brand/brand.pdf", "4 × 75"),
    "brand-activity": ("light/deck.pptx", "Sort 24 tasks into three columns"),
    "brand-dark": ("dark/deck.pptx", "Every decision needs both answers"),
}
COURSEWRIGHT = Path(sys.executable).with_name("coursewright")


def main() -> None:
    """Write every picture; say which page it is."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        in_other_brands(Path(folder))
        files = sorted({file for file, _ in SHOTS.values()})
        opened = {name: pypdfium2.PdfDocument(as_pdf(source(name, Path(folder)), Path(folder))) for name in files}
        for picture, (file, words) in SHOTS.items():
            number = page_with(opened[file], words, skip=3 if file in ("workbook.pdf", "guide.pdf") else 0)
            small(opened[file][number]).save(PICTURES / f"{picture}.png", optimize=True)
            print(f"{picture}: {file}, page {number + 1}")


def source(name: str, folder: Path) -> Path:
    """Return where a file was built: in another brand, or in the default one."""
    return folder / name if (folder / name).is_file() else EDITION / name


def in_other_brands(folder: Path) -> None:
    """Build the deck in python-pptx's own template, which knows no layout of ours, as it is and on a dark ground."""
    for name, colours in {"light": {}, "dark": {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}}.items():
        presentation = Presentation()
        presentation.slide_master._element.find(f"{P}clrMap").attrib.update(colours)
        presentation.save(folder / f"{name}.pptx")
        wanted = ["-a", EDITION.parent.name, "--slot", EDITION.name, "--only", "deck.pptx"]
        command = [COURSEWRIGHT, "build", ROOT / "course", *wanted, "--brand", folder / f"{name}.pptx", "--out", folder / "out"]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
        (folder / name).mkdir()
        (folder / "out" / EDITION.parent.name / EDITION.name / "deck.pptx").rename(folder / name / "deck.pptx")


def as_pdf(path: Path, folder: Path) -> Path:
    """Return the file as PDF: decks go through LibreOffice."""
    if path.suffix == ".pdf":
        return path
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / f"{path.stem}.pdf").rename(folder / f"{path.parent.name}.pdf")


def page_with(document: pypdfium2.PdfDocument, words: str, skip: int) -> int:
    """Return the first page after the front matter that has these words. Raises LookupError if none has."""
    wanted = " ".join(words.split())
    for number in range(min(skip, len(document) - 1), len(document)):
        if wanted in " ".join(document[number].get_textpage().get_text_range().split()):
            return number
    raise LookupError(f"no page says “{wanted}”")


def small(page: pypdfium2.PdfPage) -> Image.Image:
    """Return the page as a picture of few colours, framed by a thin line."""
    drawn = page.render(scale=2 * WIDTH / page.get_width()).to_pil().convert("RGB")
    shrunk = drawn.resize((WIDTH, round(drawn.height * WIDTH / drawn.width)), Image.Resampling.LANCZOS)
    framed = Image.new("RGB", (shrunk.width + 2, shrunk.height + 2), "#D3D9E0")
    framed.paste(shrunk, (1, 1))
    return framed.quantize(64)


if __name__ == "__main__":
    main()
