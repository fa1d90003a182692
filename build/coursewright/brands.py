"""The check-up of a template: read it, look at it, write the report and, if asked for, the mapping file beside it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from .digests import beside
from .files import replace_file
from .mapping import read_mapping
from .outputs import Made
from .outputs.pptx import fonts, logos
from .outputs.pptx.brand import Brand, lender
from .outputs.pptx.checkup import examine
from .outputs.pptx.findings import Checkup
from .outputs.pptx.mapping_text import mapping_text
from .outputs.pptx.refusal import refusal
from .outputs.pptx.roles import BrandMapping
from .paths import bundled
from .problems import Broken, Place, Problem, warning
from .render import report

TEMPLATE = "reports/brand.html.j2"
SLIDE = re.compile(r"ppt/slides/slide[^/]*\.xml")
PLAIN = 0x250  # below it lie the letters of Western and Central Europe, which every font has
BOX = "□"
SHOWN = 8  # characters that a message names
LARGEST = 400_000_000  # bytes; a template is never so large, and it is read as a whole


@dataclass(frozen=True)
class Inspection:
    """What was found and where it was written. ``mapping`` is the new mapping file, ``kept`` the earlier one's backup."""

    checkup: Checkup
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    mapping: Path | None = None
    kept: Path | None = None


def inspect(path: Path, out: Path | None = None, *, write_mapping: bool = False, overwrite: bool = False) -> Inspection:
    """Return the check-up of a template and write its report into ``out`` as brand.html and brand.pdf.

    An earlier mapping file is only replaced if ``overwrite`` says so, and kept under another name even then. Raises Broken
    for a file that is no template, for a mapping file that cannot be read, and for one that would have to be replaced.
    """
    if write_mapping and not overwrite and beside(path).exists():
        hint = "edit it, or give --overwrite to write it anew; the earlier one is kept beside it"
        raise Broken([Problem("there is a mapping file already", Place(str(beside(path))), hint)])
    data = _read(path)
    mapping = read_mapping(path)
    brand = _opened(path, data, mapping)
    checkup = examine(brand, mapping, _slides(data))
    lost = logos.logo(brand.presentation, mapping.logo, mapping.logo_at)[1] if mapping.logo else ()
    checkup = replace(checkup, problems=(*lost, *_placed(checkup.problems, path)))
    made = _reports(checkup, path)
    folder = out or Path("out") / f"brand-{path.stem}"
    folder.mkdir(parents=True, exist_ok=True)
    for name, each in made.items():
        replace_file(folder / name, each.content)
    told = dict.fromkeys(problem for each in made.values() for problem in each.problems)
    found = Inspection(checkup, (*checkup.problems, *told), tuple(folder / name for name in made))
    return _with_mapping(found, path) if write_mapping else found


def _read(path: Path) -> bytes:
    """The template's bytes. Raises Broken, in the words of the program it really came from, for anything else."""
    if path.is_file() and path.stat().st_size > LARGEST:
        hint = "in PowerPoint, compress its pictures"
        raise Broken([Problem("the file is far too large for a template", Place(str(path)), hint)])
    data = path.read_bytes()
    problem = refusal(data)
    if problem is not None:
        raise Broken([replace(problem, where=Place(str(path)))])
    return data


def _opened(path: Path, data: bytes, mapping: BrandMapping) -> Brand:
    default = (bundled("templates") / "brand.pptx").read_bytes()
    try:
        return Brand(data, lender(default), mapping)
    except Broken as broken:
        raise Broken(_placed(broken.problems, path)) from broken


def _placed(problems: Iterable[Problem], path: Path) -> tuple[Problem, ...]:
    """The problems, those without a place at the template itself."""
    return tuple(problem if str(problem.where) else replace(problem, where=Place(str(path))) for problem in problems)


def _slides(data: bytes) -> int:
    """How many slides of its own the file holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(1 for name in archive.namelist() if SLIDE.fullmatch(name))


def _reports(checkup: Checkup, path: Path) -> dict[str, Made]:
    from .outputs import html, pdf  # WeasyPrint takes half a second to load

    folders = (bundled("templates"),)
    text = report(TEMPLATE, folders, {"check": checkup, "name": path.name, "stem": path.stem})
    printed, lost = _printable(text)
    return {
        "brand.html": html.write(text, folders, "brand.html"),
        "brand.pdf": _with(pdf.write(printed, folders, "brand.pdf"), lost),
    }


def _with(made: Made, problems: tuple[Problem, ...]) -> Made:
    return replace(made, problems=(*made.problems, *problems))


def _printable(text: str) -> tuple[str, tuple[Problem, ...]]:
    """The text with boxes for letters that no font here has, such as Japanese names of layouts: a PDF must hold its glyphs."""
    letters = [letter for letter in dict.fromkeys(text) if ord(letter) >= PLAIN and fonts.having(letter) is None]
    if not letters:
        return text, ()
    box = BOX if fonts.having(BOX) else "?"
    shown = "".join(letters[:SHOWN]) + ("…" if len(letters) > SHOWN else "")
    count = f"{len(letters)} letters" if len(letters) > 1 else "a letter"
    message = f"no font here has {count} of the template's names ({shown}); the PDF shows boxes instead"
    hint = "install a font for this script; the HTML report shows them wherever there is one"
    return text.translate({ord(letter): box for letter in letters}), (warning(message, "brand.pdf", hint),)


def _with_mapping(found: Inspection, path: Path) -> Inspection:
    """Write the mapping file; an earlier one is renamed first."""
    place = beside(path)
    kept = None
    if place.exists():
        kept = place.with_name(f"{path.stem}.brand.bak.yaml")
        place.replace(kept)
    replace_file(place, mapping_text(found.checkup, path.name).encode())
    return replace(found, mapping=place, kept=kept)
