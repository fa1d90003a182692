"""Pictures, brand files and source texts that a course names: there, inside its folder, and what they seem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from coursewright.problems import Broken, Problem

BRANDS = (".pptx", ".potx")
MOST_WORDS = 5_000_000  # bytes of a source document's text: some three thousand pages


def picture(shelves: Sequence[Path], name: str, at: str) -> Iterator[Problem]:
    """Yield what is wrong with a picture the course names: a path from its folder, the first one, into any of these."""
    yield from _problems(shelves, name, at, _check_picture)


def brand(shelves: Sequence[Path], name: str, at: str) -> Iterator[Problem]:
    """Yield what is wrong with the brand file the course names, as for a picture."""
    yield from _problems(shelves, name, at, _check_brand)


def words(shelves: Sequence[Path], name: str, at: str) -> Iterator[Problem]:
    """Yield what is wrong with the text of a source document, as for a picture."""
    yield from _problems(shelves, name, at, _check_words)


def inside(root: Path, path: Path) -> bool:
    """Return whether a path stays in a folder once all links are followed."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links that lead in a circle, unusable names
        return False


def _problems(
    shelves: Sequence[Path], name: str, at: str, check: Callable[[Path, str, str], Iterable[Problem]]
) -> Iterator[Problem]:
    try:
        yield from check(_existing(shelves, name, at), name, at)
    except Broken as broken:
        yield from (replace(problem, where=at) for problem in broken.problems)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unusable name"
        yield Problem(f'"{name[:200]}" cannot be read ({reason})', at)


def _existing(shelves: Sequence[Path], name: str, at: str) -> Path:
    path = shelves[0] / name
    if "\\" in name:
        _stop(f'"{name}" has a backslash', at, "write / between folders")
    if not any(inside(shelf, path) for shelf in shelves):
        _stop(f'"{name}" lies outside of the course folder', at, "copy it into the course, such as assets/")
    if not path.exists():
        _stop(f'there is no file "{name}"', at, "the path begins at the course folder")
    if not path.is_file():
        _stop(f'"{name}" is no ordinary file', at)
    return path


def _check_brand(path: Path, name: str, at: str) -> Iterator[Problem]:
    if path.suffix.lower() not in BRANDS:
        yield Problem(f'"{name}" is no brand file', at, "it ends in .pptx or .potx")


def _check_picture(path: Path, name: str, at: str) -> Iterator[Problem]:
    size = path.stat().st_size
    from coursewright import images  # opens picture files with lxml and Pillow, which a course without pictures does not need

    if size > images.MOST_BYTES:
        message = f'"{name}" has {size / 1e6:.0f} MB, at most {images.MOST_BYTES // 1_000_000} MB are taken'
        _stop(message, at, "save it smaller: 2000 pixels are plenty")
    found = images.examine(path.read_bytes(), name)
    yield from (replace(remark, where=at) for remark in images.remarks(found, name))


def _check_words(path: Path, name: str, at: str) -> Iterator[Problem]:
    if path.stat().st_size > MOST_WORDS:
        _stop(f'"{name}" has more than {MOST_WORDS // 1_000_000} MB', at, "leave out what the course does not stand on")
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        yield Problem(f'"{name}" is no plain text', at, "save the document’s words as text in UTF-8")


def _stop(message: str, at: str, hint: str = "") -> None:
    raise Broken([Problem(message, at, hint)])
