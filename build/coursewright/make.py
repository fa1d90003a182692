"""One job, one finished file. Pure: the same job gives the same bytes in any process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .model import Edition
from .outputs import Made
from .render import Document, Places, render

MIX = {
    "lead-tint": ("lead", 0.10),
    "manage-tint": ("manage", 0.11),
    "both": ("manage", 0.2),
    "line": ("ink", 0.18),
}  # share of colour on paper


@dataclass(frozen=True)
class Job:
    """Everything a file is made from. ``templates`` are searched in order; ``own_brand`` colours the print too."""

    edition: Edition
    document: Document
    places: Places
    templates: tuple[Path, ...]
    course: Path
    brand: Path
    own_brand: bool = False


def make(job: Job) -> Made:
    """Return the finished file with its problems and places. Raises Broken when it cannot be made at all."""
    page = render(job.edition, job.document, job.places, job.templates, _palette(job))
    folders = (job.course, *job.templates)
    match job.document.format:
        case "pdf":
            from .outputs import pdf

            return pdf.write(page.text, folders, job.document.name)
        case "pptx":
            from .outputs.pptx import writer

            return writer.write(page.text, job.brand.read_bytes(), job.course)
        case "html":
            from .outputs import html

            return html.write(page.text)
        case _:
            from .outputs import text

            return text.write(page.text)


def _palette(job: Job) -> Mapping[str, str]:
    """The brand's colours and fonts for print; the default brand's are the templates' own."""
    if not job.own_brand or job.document.format not in ("pdf", "html"):
        return {}
    from .outputs.pptx.brand import Brand

    brand = Brand(job.brand.read_bytes())
    theme = {key: f"#{value}" for key, value in brand.palette.items()}
    colours = {
        "ink": theme["dk1"],
        "paper": "#FFFFFF",
        "lead": theme["accent1"],
        "manage": theme["accent2"],
        "muted": _mixed(theme["dk1"], 0.68),
    }
    tints = {name: _mixed(colours[of], share) for name, (of, share) in MIX.items()}
    return {**colours, **tints, "serif": f'"{brand.fonts["+mj-lt"]}", serif', "sans": f'"{brand.fonts["+mn-lt"]}", sans-serif'}


def _mixed(colour: str, share: float) -> str:
    """The colour laid over white paper with so much cover: _mixed("#000000", 0.1) is "#E6E6E6"."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + (part - 255) * share):02X}" for part in parts)
