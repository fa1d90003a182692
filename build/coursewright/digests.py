"""Hashes of what files are made from. Knows no course, so that a build with nothing to do is over at once."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import metadata
from itertools import pairwise
from pathlib import Path

from .paths import bundled

LIBRARIES = (
    "weasyprint", "python-pptx", "python-docx", "jinja2", "markdown-it-py", "uharfbuzz", "lxml", "pydantic", "pillow", "resvg-py",
)  # fmt: skip
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".svg"})
BRANDS = frozenset({".pptx", ".potx", ".pptm", ".potm"})
LISTS = ("course.yaml", "layer.yaml")  # what may take modules from other courses
PARTS = (*LISTS, "sources.yaml", "modules", "audiences", "cases", "messages", "assets", "templates")


def inputs(course: Path, brand: Path | None, out: Path, options: Mapping[str, object], layers: Sequence[Path] = ()) -> str:
    """Return the hash of everything a build depends on: course, layers, templates, brands, engine, fonts and options."""
    own = course if course.is_dir() else course.parent
    homes = sources([own, *layers])
    brands = [path for home in homes for path in _named(home, BRANDS) if not path.is_relative_to(out)]
    brands += [brand] if brand else []
    mappings = [beside(path) for path in brands]
    files = [*(home / name for home in homes for name in PARTS), bundled("templates"), *brands, *mappings]
    named = (str(own), str(brand), *map(str, layers), repr(sorted(options.items())))
    facts = (engine(), fonts(), *map(pictures, homes), *map(digest, files), *named)
    return hashlib.sha256("\0".join(facts).encode()).hexdigest()


def sources(homes: Iterable[Path]) -> list[Path]:
    """Return these folders of courses and layers, and those of all courses that they take modules from, directly or not."""
    found: dict[Path, Path] = {}
    waiting = list(homes)
    while waiting:
        home = waiting.pop(0)
        if home.is_dir() and home.resolve() not in found:
            found[home.resolve()] = home
            waiting += [home / where for name in LISTS for where in _origins(home / name)]
    return list(found.values())


def _origins(path: Path) -> list[str]:
    """What a list of modules may name under ``from``. The file is not judged here: words under any such key are taken."""
    text = path.read_bytes() if path.is_file() else b""
    if b"from" not in text:
        return []
    import yaml  # most courses take nothing from others

    try:
        events = [event for event in yaml.parse(text, Loader=yaml.CSafeLoader) if isinstance(event, yaml.NodeEvent)]
    except (yaml.YAMLError, ValueError):
        return []
    words = [event.value if isinstance(event, yaml.ScalarEvent) else "" for event in events]
    return [where for key, where in pairwise(words) if key == "from" and where]


def beside(brand: Path) -> Path:
    """Return where the mapping file of a brand is, if it has one: acme.brand.yaml for acme.potx."""
    return brand.with_name(f"{brand.stem}.brand.yaml")


def pictures(course: Path) -> str:
    """Return the hash of all pictures below a course's folder: a course may keep them where it likes."""
    found = (f"{path.relative_to(course)}={digest(path)}" for path in _named(course, PICTURES))
    return hashlib.sha256("\0".join(found).encode()).hexdigest()


@cache
def engine() -> str:
    """Return the hash of the engine's own code and of the versions of the libraries that write files."""
    return digest(Path(__file__).parent) + "".join(f"{name}={metadata.version(name)};" for name in LIBRARIES)


@cache
def fonts() -> str:
    """Return the hash of the list of installed fonts: other fonts, other line breaks."""
    try:
        listing = subprocess.run(["fc-list", ":", "file", "fontversion"], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return hashlib.sha256(b"\n".join(sorted(listing.splitlines()))).hexdigest()


@cache
def digest(path: Path) -> str:
    """Return the hash of a file, or of all files below a folder; of nothing where there is nothing."""
    found = hashlib.sha256()
    for each in _files(path):
        found.update(str(each.relative_to(path)).encode() + b"\0" + hashlib.sha256(each.read_bytes()).digest())
    return found.hexdigest()


def _named(folder: Path, suffixes: frozenset[str]) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in suffixes and path.is_file())


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return sorted(each for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
