"""Pictures and brand files that a course names: there, inside its folder, and what they seem."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from coursewright.problems import Broken, Problem

MOST_BYTES = 20_000_000  # of a picture
MOST_PIXELS = 50_000_000
BRANDS = (".pptx", ".potx")


def picture(root: Path, name: str, at: str) -> Iterator[Problem]:
    """Yield what is wrong with a picture the course names."""
    yield from _problems(root, name, at, _check_picture)


def brand(root: Path, name: str, at: str) -> Iterator[Problem]:
    """Yield what is wrong with the brand file the course names."""
    yield from _problems(root, name, at, _check_brand)


def inside(root: Path, path: Path) -> bool:
    """Return whether a path stays in a folder once all links are followed."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links that lead in a circle, unusable names
        return False


def _problems(root: Path, name: str, at: str, check: Callable[[Path, str, str], None]) -> Iterator[Problem]:
    try:
        check(_existing(root, name, at), name, at)
    except Broken as broken:
        yield from broken.problems
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unusable name"
        yield Problem(f'"{name[:200]}" cannot be read ({reason})', at)


def _existing(root: Path, name: str, at: str) -> Path:
    path = root / name
    if "\\" in name:
        _stop(f'"{name}" has a backslash', at, "write / between folders")
    if not inside(root, path):
        _stop(f'"{name}" lies outside of the course folder', at, "copy it into the course, such as assets/")
    if not path.exists():
        _stop(f'there is no file "{name}"', at, "the path begins at the course folder")
    if not path.is_file():
        _stop(f'"{name}" is no ordinary file', at)
    return path


def _check_brand(path: Path, name: str, at: str) -> None:
    if path.suffix.lower() not in BRANDS:
        _stop(f'"{name}" is no brand file', at, "it ends in .pptx or .potx")


def _check_picture(path: Path, name: str, at: str) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        _stop(
            f'"{name}" has {size / 1e6:.0f} MB, at most {MOST_BYTES // 1_000_000} MB are taken',
            at,
            "save it smaller: 2000 pixels are plenty",
        )
    if wrong := _what_is_wrong(path):
        _stop(f'"{name}" {wrong}', at, "a PNG or JPEG file is needed, of at most 50 million pixels")


def _what_is_wrong(path: Path) -> str:
    from PIL import Image  # slow to load, and most courses have few pictures

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # sizes are judged below
            with Image.open(path, formats=("PNG", "JPEG")) as opened:
                pixels = opened.width * opened.height
                if pixels > MOST_PIXELS:
                    return f"has {pixels / 1e6:.0f} million pixels"
                opened.verify()
    except Image.DecompressionBombError:
        return "has far too many pixels"
    except Exception:  # Pillow raises whatever a broken file leads it to
        return "is no PNG or JPEG picture, or is damaged"
    return ""


def _stop(message: str, at: str, hint: str = "") -> None:
    raise Broken([Problem(message, at, hint)])
