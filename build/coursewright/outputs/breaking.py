"""One fault of WeasyPrint's lines mended: text that fits only without the space at its end was broken after its first word.

It happens where words in bold or a link follow the text on the same line: Pango lets the space hang over the edge, but
WeasyPrint (70.0, ``text/line_break.py``, step 3) counts it, takes the line for too long and goes back to the first word.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from weasyprint.layout import inline


def mend() -> None:
    """Let WeasyPrint lay out lines through :func:`_mended`; doing so twice changes nothing."""
    if not hasattr(inline.split_first_line, "__wrapped__"):
        inline.split_first_line = _mended(inline.split_first_line)


def _mended(split: Any) -> Any:
    @wraps(split)
    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *more: Any, **others: Any) -> Any:
        found = split(text, style, context, max_width, *more, **others)
        length, resumed = found[1], found[2]
        words = text.rstrip(" ")
        if max_width is None or resumed is None or words == text or " " in words.encode()[:length].decode().strip():
            return found
        if split(words, style, context, max_width, *more, **others)[2] is not None:
            return found  # too long even without the space
        return split(text, style, context, max_width + style["font_size"], *more, **others)

    return split_first_line
