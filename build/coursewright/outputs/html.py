"""The page itself as a file, for reading on a screen: its styles and its pictures are inside."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

from coursewright import images
from coursewright.problems import Broken, Problem

from . import Made, anchors, charts
from .fetching import local

SOURCE = re.compile(r'(?P<before><img\b[^>]*?\ssrc=")(?P<url>[^"]*)(?=")')
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "SVG": "image/svg+xml"}


def write(text: str, folders: tuple[Path, ...] = (), name: str = "") -> Made:
    """Return the page as UTF-8. Every id of it is on page 1: a screen has no others.

    Pictures come from below ``folders``, as for PDF, and travel inside the file: it is sent on as one piece.
    """
    page, problems = anchors.settled(text, name)
    page, unfit = charts.drawn(page, name)
    wrong: dict[str, Problem] = {}

    def embedded(found: re.Match[str]) -> str:
        url = unescape(found["url"])
        if url.startswith("data:"):
            return found[0]
        try:
            return found["before"] + _data(url, folders)
        except (Broken, OSError, ValueError) as error:
            wrong[url] = _unread(url, error, name)
            return found[0]

    page = SOURCE.sub(embedded, page)
    return Made(page.encode(), (*problems, *unfit, *wrong.values()), dict.fromkeys(anchors.ID.findall(text), (1,)), 1)


def _data(url: str, folders: tuple[Path, ...]) -> str:
    path = local(url, folders)
    data = path.read_bytes()
    kind = images.examine(data, path.name).kind
    return f"data:{TYPES[kind]};base64,{base64.b64encode(data).decode()}"


def _unread(url: str, error: Exception, name: str) -> Problem:
    if isinstance(error, Broken):
        return replace(error.problems[0], where=name)
    return Problem(f'the picture "{url}" cannot be read: {getattr(error, "strerror", None) or error}', name)
