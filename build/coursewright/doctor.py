"""Looks at the machine: what is there, what is missing, and the command that mends it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from io import StringIO
from pathlib import Path


class Need(StrEnum):
    """How much a thing matters: without a needed one nothing is built, a wanted one makes files better, the rest only look."""

    NEEDED = "needed"
    WANTED = "wanted"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class Finding:
    """One thing looked for. ``found`` says what is there (empty: nothing), ``why`` what it is for, ``mend`` how to get it."""

    name: str
    need: Need
    found: str
    why: str
    mend: dict[str, str]

    @property
    def fatal(self) -> bool:
        return self.need is Need.NEEDED and not self.found


def _mend(debian: str, macos: str, windows: str) -> dict[str, str]:
    return {"debian": debian, "macos": macos, "windows": windows}


def system() -> str:
    """Return which of the three ways to mend fits this machine."""
    return {"darwin": "macos", "win32": "windows"}.get(sys.platform, "debian")


def examine() -> Iterator[Finding]:
    """Yield everything that was looked for, in the order to mend it."""
    yield _python()
    yield from _libraries()
    yield from (_font(face, twins, package) for face, twins, package in _FACES)
    yield from _clients()


# -------------------------------------------------------------------------------------------------- libraries


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    mend = _mend("sudo apt-get install python3.11", "brew install python@3.11", "winget install Python.Python.3.11")
    return Finding("Python", Need.NEEDED, version if sys.version_info >= (3, 11) else "", "at least 3.11", mend)


_MSYS = "pacman -S mingw-w64-x86_64-pango  (in an MSYS2 shell: https://www.msys2.org)"


def _libraries() -> Iterator[Finding]:
    pango, subset, fontconfig = _loaded()
    yield Finding(
        "Pango",
        Need.NEEDED,
        pango,
        "lays out the pages of PDF files",
        _mend("sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0", "brew install pango", _MSYS),
    )
    yield Finding(
        "HarfBuzz subset",
        Need.WANTED,
        subset,
        "small PDF files, fast, and the same bytes each time",
        _mend("sudo apt-get install libharfbuzz-subset0", "brew install harfbuzz", _MSYS),
    )
    yield Finding(
        "Fontconfig",
        Need.NEEDED,
        fontconfig,
        "finds the fonts",
        _mend("sudo apt-get install fontconfig", "brew install fontconfig", _MSYS),
    )


def _loaded() -> tuple[str, str, str]:
    """What WeasyPrint could load: Pango's version, HarfBuzz's subset library, Fontconfig."""
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):  # it explains at length what it misses
            from weasyprint.text import ffi
    except (ImportError, OSError):
        return "", "", ""
    number = ffi.pango.pango_version()
    version = f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    return version, "loaded" if ffi.harfbuzz_subset is not None else "", "loaded"


# ------------------------------------------------------------------------------------------------------ fonts

_FACES = (  # the face, others of the very same widths, and Debian's package of one
    ("Calibri", ("Carlito",), "fonts-crosextra-carlito"),
    ("Cambria", ("Caladea",), "fonts-crosextra-caladea"),
    ("Arial", ("Liberation Sans", "Arimo"), "fonts-liberation"),
    ("Times New Roman", ("Liberation Serif", "Tinos"), "fonts-liberation"),
    ("Courier New", ("Liberation Mono", "Cousine"), "fonts-liberation"),
)
_DEFAULT = ("Calibri", "Cambria")  # the default brand is set in these
_FOLDERS = (
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
    "~/AppData/Local/Microsoft/Windows/Fonts",
    "~/.fonts",
)


def _font(face: str, twins: tuple[str, ...], package: str) -> Finding:
    there = next((name for name in (face, *twins) if _has_font(name)), "")
    found = there if there in ("", face) else f"{there}, of the same widths"
    need = Need.NEEDED if face in _DEFAULT else Need.WANTED
    cask = twins[0].lower().split()[0]
    by_hand = f"install {face} (it comes with Microsoft Office), or {twins[0]} from https://fonts.google.com or https://github.com/liberationfonts"
    mend = _mend(f"sudo apt-get install {package}", f"brew install --cask font-{cask}", by_hand)
    return Finding(
        face, need, found, "text is measured with it" if need is Need.WANTED else "the default brand is set in it", mend
    )


def _has_font(name: str) -> bool:
    return name.lower() in _families() or any(stem.startswith(name.lower().replace(" ", "")) for stem in _stems())


@cache
def _families() -> frozenset[str]:
    """Names of the font families Fontconfig knows, in lower case; none where its `fc-list` is missing."""
    listed = _run("fc-list", ":", "family")
    return frozenset(name.strip().lower() for line in listed.splitlines() for name in line.split(","))


@cache
def _stems() -> frozenset[str]:
    """File names in the font folders of macOS and Windows, in lower case and without spaces."""
    files = (path for folder in _FOLDERS for path in _listed(Path(folder).expanduser()))
    return frozenset(path.stem.lower().replace(" ", "") for path in files if path.suffix.lower() in (".ttf", ".otf", ".ttc"))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


# ---------------------------------------------------------------------------------------------------- clients


def _clients() -> Iterator[Finding]:
    yield _client(
        "LibreOffice",
        ("soffice", "libreoffice"),
        "shows decks without PowerPoint",
        _mend(
            "sudo apt-get install libreoffice-impress",
            "brew install --cask libreoffice",
            "winget install TheDocumentFoundation.LibreOffice",
        ),
    )
    yield _client(
        "pdftoppm",
        ("pdftoppm",),
        "makes pictures of pages",
        _mend("sudo apt-get install poppler-utils", "brew install poppler", "winget install oschwartz10612.Poppler"),
    )
    yield _client(
        "Java",
        ("java",),
        "runs the PDF/UA validator of the tests",
        _mend(
            "sudo apt-get install default-jre-headless", "brew install openjdk", "winget install EclipseAdoptium.Temurin.21.JRE"
        ),
        _java_works,
    )


def _client(name: str, commands: tuple[str, ...], why: str, mend: dict[str, str], works: Callable[[str], bool] = bool) -> Finding:
    found = next((path for command in commands if (path := shutil.which(command)) and works(path)), "")
    return Finding(name, Need.OPTIONAL, found or "", why, mend)


def _java_works(path: str) -> bool:
    """Return whether it runs: macOS has a `java` that only asks to install one."""
    try:
        return subprocess.run([path, "-version"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _run(*command: str) -> str:
    """Return what a command prints, or nothing if it is not there or takes more than ten seconds."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
