"""Text formats are finished by their template: here they only become bytes."""

from __future__ import annotations

from pathlib import Path

from . import Made


def write(text: str, folders: tuple[Path, ...] = (), name: str = "") -> Made:
    """Return the text as UTF-8 with line ends of one character."""
    return Made("\n".join(text.splitlines()).encode() + b"\n")
