"""Texts as they are compared across files: letters and digits alone."""

from __future__ import annotations

import re
import unicodedata

BETWEEN = re.compile(r"[\W_]+")


def squashed(text: str) -> str:
    """Return the letters and digits of a text alone, in one case and one form.

    So a sentence is found again across line ends, hyphens, ligatures and typographic marks.
    """
    return BETWEEN.sub("", unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()))
