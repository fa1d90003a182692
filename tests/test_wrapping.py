"""Lines of drawings: no wider than asked, no more than needed, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursewright.wrapping import lines, measured

WORDS = st.lists(st.text("abcdefgMW-é日", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.integers(20, 600))
def test_nothing_is_lost_and_only_hyphens_are_added_when_a_text_is_wrapped(text: str, width: int) -> None:
    bare = str.maketrans("", "", " -")
    assert "".join(lines(text, width, 20)).translate(bare) == text.translate(bare)


@given(WORDS, st.integers(60, 600))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(measured(line, 20) <= width for line in lines(text, width, 20))


def test_lines_are_of_even_length_but_no_more_than_need_be() -> None:
    text = "The picker who talks her shift into it"
    assert lines(text, 330, 25) == ("The picker who talks", "her shift into it")


def test_a_word_wider_than_the_column_is_broken_at_its_soft_hyphen_or_where_it_must_be() -> None:
    assert lines("an incompre\u00adhensibility here", 120, 20) == ("an incompre-", "hensibility", "here")
    assert lines("an incomprehensibility here", 120, 20) == ("an", "incomprehe-", "nsibility here")
    assert lines("compre\u00adhend", 200, 20) == ("comprehend",), "a soft hyphen shows at the end of a line only"


def test_a_line_may_end_after_a_hyphen_but_not_at_a_no_break_space() -> None:
    assert lines("half-hour talk", 60, 20)[0] == "half-"
    assert lines("in 5\u00a0minutes", 100, 20) == ("in", "5\u00a0minutes")
    assert lines("5\u00a0minutes", 80, 20) == ("5", "minutes"), "rather than a broken word"


def test_east_asian_text_may_break_between_any_two_characters() -> None:
    assert lines("日本語の字", 60, 20) == ("日本語", "の字")


def test_a_number_is_wrapped_as_its_figures() -> None:
    assert lines(2026, 100, 20) == ("2026",)


def test_no_text_is_one_empty_line() -> None:
    assert lines(" ", 100, 20) == ("",)


@pytest.mark.parametrize(("text", "em"), [("leading", 3.03), ("managing", 4.06), ("Morning briefing", 7.0)])
def test_widths_are_those_of_the_default_font_and_never_too_small(text: str, em: float) -> None:
    """Widths of Carlito Bold in em, read from the font."""
    assert em <= measured(text, 1) <= em * 1.08


def test_serif_runs_wider_and_accents_do_not() -> None:
    assert measured("wide", 10, serif=True) > measured("wide", 10)
    assert measured("é", 10) == measured("e", 10) == measured("e\u0301", 10)
