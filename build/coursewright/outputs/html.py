"""The page itself as a file, for reading on a screen: its styles are inside."""

from __future__ import annotations

import re
from pathlib import Path

from . import Made

ID = re.compile(r'<[a-z][^>]*?\sid="([^"]+)"')


def write(text: str, folders: tuple[Path, ...] = (), name: str = "") -> Made:
    """Return the page as UTF-8. Every id of it is on page 1: a screen has no others."""
    return Made(text.encode(), places=dict.fromkeys(ID.findall(text), (1,)), count=1)
