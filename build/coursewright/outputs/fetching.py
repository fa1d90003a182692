"""Which files a page may bring in: those below the folders it is given, up to a size. The same for every format."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

LARGEST = 30_000_000  # bytes of one picture: more is a mistake, and takes seconds


def local(url: str, folders: tuple[Path, ...]) -> Path:
    """Return the file behind an address, relative to the first folder or ``file:``. Links, ``..`` and ``%2e`` are followed.

    Raises PermissionError for what is out of bounds, OSError for what is not there; both say why.
    """
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("", "file") or parts.netloc:
        raise PermissionError("it is not a file of the course")
    plain = url2pathname(parts.path) if parts.scheme else unquote(url)
    return bounded((folders[0] / plain) if folders else Path(plain), folders)


def bounded(path: Path, folders: tuple[Path, ...]) -> Path:
    """Return a path with all links followed, if it lies below one of the folders and is not too large."""
    found = path.resolve()
    if not any(found.is_relative_to(folder.resolve()) for folder in folders):
        raise PermissionError("it is outside the course and its templates")
    if found.stat().st_size > LARGEST:
        raise PermissionError(f"it is larger than {LARGEST // 1_000_000} MB")
    return found
