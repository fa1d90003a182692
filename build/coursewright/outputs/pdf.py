"""HTML to tagged PDF (PDF/UA-1) through WeasyPrint. Import this module only where a PDF is written: it takes half a second."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint import HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from coursewright.problems import Problem, warning

from . import Made, anchors, breaking, charts, quickening, structure, wordsetting
from .fetching import bounded
from .ruling import ruled

LOG = logging.getLogger("weasyprint")
breaking.mend()
quickening.mend()
structure.mend()
wordsetting.mend()
VARIANT = "pdf/ua-1"
MISSING = ".notdef glyph rendered"
_THREAD = threading.local()


def write(html: str, folders: tuple[Path, ...], name: str = "") -> Made:
    """Return the PDF of a page, with what WeasyPrint had to say about it and the pages of every id.

    Pictures come from below ``folders`` (the first is the base of relative addresses) or from data addresses, from
    nowhere else. The same page gives the same bytes: dates are those of the page's own metadata.
    """
    html, lost = anchors.settled(html, name)
    html, unfit = charts.drawn(html, name)
    with _heard(name) as problems, _without_collection():
        document, fonts = _begun(html, folders)
        ruled(html, document, _places(document), lambda sheets: _laid_out(sheets, folders, fonts))
        content = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True)
    return Made(content, (*lost, *unfit, *dict.fromkeys(problems)), _places(document), len(document.pages))


def _begun(html: str, folders: tuple[Path, ...]) -> tuple[Document, FontConfiguration]:
    """Return the laid out page with the fonts it was laid out in: those of the machine, or its own besides."""
    fonts: FontConfiguration = _machine_fonts()
    try:
        return _laid_out(html, folders, fonts), fonts
    except _FontWanted:
        fonts = FontConfiguration()
        return _laid_out(html, folders, fonts), fonts


def _laid_out(html: str, folders: tuple[Path, ...], fonts: FontConfiguration) -> Document:
    page = HTML(string=html, base_url=_base(folders), url_fetcher=LockedFetcher(folders))
    return page.render(font_config=fonts, pdf_variant=VARIANT, pdf_tags=True)


class _FontWanted(Exception):
    """A page brings fonts of its own."""


class _MachineFonts(FontConfiguration):  # type: ignore[misc]  # WeasyPrint is untyped
    """The fonts of this machine, for all pages of a thread: fontconfig never frees the 0.2 MB that each configuration takes."""

    def add_font_face(self, *_: Any) -> None:
        """Keep a page's fonts from all others. Raises _FontWanted."""
        raise _FontWanted


def _machine_fonts() -> _MachineFonts:
    if not hasattr(_THREAD, "fonts"):  # Pango's font maps are not for several threads at a time
        _THREAD.fonts = _MachineFonts()
    fonts: _MachineFonts = _THREAD.fonts
    return fonts


class LockedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Reads files below the given folders, and data addresses. Links, ``..`` and ``%2e`` are resolved before it looks."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self._folders = folders

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what stands there. Raises PermissionError, which WeasyPrint reports, for what is out of bounds."""
        if urlsplit(url).scheme.lower() == "file":
            self._check(url)
        return super().fetch(url, headers)

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.netloc:
            raise PermissionError("it is outside the course and its templates")
        bounded(Path(unquote(url2pathname(parts.path))), self._folders)


def _base(folders: tuple[Path, ...]) -> str | None:
    return f"{folders[0].resolve().as_uri()}/" if folders else None


def _places(document: Document) -> dict[str, tuple[int, ...]]:
    """Return id → pages. A part that goes on over several pages has its anchor on each of them."""
    found: dict[str, tuple[int, ...]] = {}
    for number, page in enumerate(document.pages, 1):
        for name in page.anchors:
            found[name] = (*found.get(name, ()), number)
    return found


@contextmanager
def _heard(name: str) -> Iterator[list[Problem]]:
    """Collect what WeasyPrint logs in this thread, and keep it off the terminal."""
    problems: list[Problem] = []
    handler = _Listener(problems, name)
    spreads, LOG.propagate = LOG.propagate, False
    LOG.addHandler(handler)
    try:
        yield problems
    finally:
        LOG.removeHandler(handler)
        LOG.propagate = spreads


class _Listener(logging.Handler):
    def __init__(self, problems: list[Problem], name: str) -> None:
        super().__init__(logging.WARNING)
        self._problems, self._name, self._thread = problems, name, threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._problems.append(_problem(record.getMessage(), record.args, self._name))


def _problem(message: str, args: Any, name: str) -> Problem:
    if message.startswith(MISSING):
        character, number = args
        hint = "choose another character, or install a font that has it"
        return warning(f'no font here has "{character}" (U+{number:04X})', name, hint)
    return warning(message, name)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Pause the garbage collector: a layout is one growing tree, and looking for waste in it costs a fifth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
