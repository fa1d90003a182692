"""Which slides a handout may show: a deck is the facilitator's, and some of its slides give the answers away."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .leaks import exposing
from .model import CardDeck, Edition

LEAST = 2  # columns with the numbers of their cards, or all there are, make a slide the key of a card deck


def withheld(texts: Mapping[int, str], edition: Edition) -> frozenset[int]:
    """Return the numbers of the slides that participants do not get on paper. ``texts`` are the words of all, by number.

    These are the slides that hold what only facilitators may see, such as the reasons of a quiz, and the keys of card decks,
    whose numbers alone are too short to be told from others.
    """
    decks = [deck for module in edition.modules for deck in module.decks]
    keys = {number for number, words in texts.items() if any(_is_key(deck, words) for deck in decks)}
    return exposing(texts, edition) | keys


def _is_key(deck: CardDeck, words: str) -> bool:
    """Whether a slide has the numbers of a deck's cards beside the columns they belong to."""
    patterns = [_column(deck, column.title, column.key) for column in deck.columns]
    found = sum(bool(re.search(pattern, words)) for pattern in patterns if pattern)
    return found >= min(LEAST, len([pattern for pattern in patterns if pattern])) > 0


def _column(deck: CardDeck, title: str, key: str) -> str:
    numbers = ", ".join(str(card.number) for card in deck.cards if card.key == key)
    return rf"{re.escape(title)}(?: \({re.escape(key)}\))?\s+{re.escape(numbers)}(?![\d,])" if numbers else ""
