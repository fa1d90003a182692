"""Lines of print break where they must: a regression of WeasyPrint that is mended in outputs/breaking.py."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML
from weasyprint.formatting_structure import boxes

from coursewright.outputs import breaking

breaking.mend()
WORDS = "Three actions with names and a message in three parts: that can be counted on paper, while calm cannot."


def set_in(width: float, text: str) -> list[str]:
    """Return the lines of a paragraph of a width in pixels."""
    css = f"@page {{ size: 900px 400px; margin: 0 }} p {{ font: 14px Carlito; width: {width}px }}"
    page = HTML(string=f"<html lang='en'><style>{css}</style><p>{text}</p>").render().pages[0]
    return list(_lines(page._page_box))


def _lines(box: boxes.Box) -> Iterator[str]:
    if isinstance(box, boxes.LineBox):
        yield "".join(each.text for each in box.descendants() if isinstance(each, boxes.TextBox))
    else:
        for child in getattr(box, "children", ()):
            yield from _lines(child)


def test_text_that_fits_without_its_last_space_stays_on_one_line_before_bold_words() -> None:
    text = f"{WORDS} <b>Watch for</b> praise."
    whole = bisect_left(range(200, 900), True, key=lambda width: set_in(width, text)[0].startswith(WORDS))
    widths = [200 + whole + step / 4 for step in range(-20, 20)]
    assert [width for width in widths if len(set_in(width, text)[0].split()) < 10] == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=8, max_size=20), st.floats(150, 600))
def test_no_line_ends_before_a_word_that_would_have_fitted(words: list[str], width: float) -> None:
    found = set_in(width, f"{' '.join(words[:-3])} <b>{' '.join(words[-3:])}</b>")
    for line, following in pairwise(found):
        longer = f"{line.strip()} {following.split()[0]}"
        assert len(set_in(width - 6, longer)) > 1, f"“{longer}” would have fitted into {width}"
