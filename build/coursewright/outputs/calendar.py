"""Calendar files are finished by their template: here their lines are folded and ended as RFC 5545 has it."""

from __future__ import annotations

from . import Made

WIDTH = 75  # octets of a line without its end (RFC 5545, 3.1)


def write(text: str, name: str = "") -> Made:
    """Return the text as UTF-8 with folded lines; empty lines are left out."""
    return Made(b"".join(folded(line) + b"\r\n" for line in text.split("\n") if line))


def folded(line: str) -> bytes:
    """Return a line cut into pieces that fit, each but the first behind a space; no character is cut in two."""
    pieces: list[bytes] = [b""]
    for letter in line:
        code = letter.encode()
        if len(pieces[-1]) + len(code) > WIDTH:
            pieces.append(b" ")
        pieces[-1] += code
    return b"\r\n".join(pieces)
