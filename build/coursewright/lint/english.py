"""English as rules see it: its sentences, the syllables of its words, and how those words are spelt.

Two lists of words, each from a library that keeps it: SymSpell's (SCOWL's words with British spelling, counted in Google
Books) and pyspellchecker's (American). They are read as files: what the libraries build from them for fast suggestions takes
longer than a whole course has words for. Syllables stand on Pyphen, which WeasyPrint brings along.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from coursewright.lint.phrases import entries
from coursewright.lint.texts import bare

BRITISH = ("symspellpy", "frequency_dictionary_en_82_765.txt", 200_000)
AMERICAN = ("spellchecker", "resources/en.json.gz", 100)
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-+*]|\d+[.)])\s)")
ENDING = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)[”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])")
WORD = re.compile(r"(?<![\w@/.\\-])[^\W\d_]+(?:[’'-][^\W\d_]+)*(?![\w@/\\])(?!\.\w)")
CODE = re.compile(r"`[^`]*`|\bhttps?://\S+|\bwww\.\S+|\{\{.*?\}\}", re.DOTALL)
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(r"(?<=[^aeiouy])(?:(?<![td])ed|(?<![csxzgh])es|(?<![^aeiouy]l)e)$")
PREFIX = re.compile(r"^(?:co|inter|micro|mis|multi|non|out|over|pre|re|self|sub|un|under|up)(?=[a-z]{5})")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORT = 4  # letters; shorter strangers may be anything (kg, CTA), and of those that have so many, many are (vlog)
List = tuple[str, str, int]  # library, file, and how often a word is counted before a stranger is taken for it


# ---------------------------------------------------------------------------------------------- sentences


@cache
def sentences(words: str) -> tuple[str, ...]:
    """Return the sentences of a text as they are read, headings and lines of a list among them."""
    blocks = (bare(block) for block in BLOCK.split(CODE.sub(" ", words) if "`" in words else words))
    return tuple(sentence for block in blocks if block for sentence in ENDING.split(block))


@cache
def spoken(sentence: str) -> tuple[str, ...]:
    """Return the words of a sentence, a compound with a hyphen as one."""
    return tuple(WORD.findall(sentence))


def grade(said: Sequence[str], syllables: Callable[[str], int]) -> float:
    """Return the Flesch-Kincaid grade of some sentences: years of school (Kincaid and others 1975)."""
    words = [word for sentence in said for word in spoken(sentence)]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@cache
def most_syllables(word: str) -> int:
    """Return how many syllables a word has at most, nearly always: its groups of vowels, silent ones among them."""
    return max(1, len(VOWELS.findall(word.lower())))


@cache
def syllables(word: str) -> int:
    """Return how many syllables a word has: Pyphen cuts it where print may, and in each piece the vowels that sound are counted.

    Print never cuts one letter off, so the pieces alone are too few (a|bout); vowels alone are too many (some|body). Of 226
    words of courses that we counted, eleven come out wrong, and the sum by less than one in a hundred.
    """
    pieces = (piece for part in word.lower().split("-") for piece in _hyphens().inserted(part).split("-"))
    return sum(max(1, len(VOWELS.findall(SILENT.sub("", piece)))) for piece in pieces)


@cache
def _hyphens() -> Any:
    import pyphen

    return pyphen.Pyphen(lang="en_US")


# ----------------------------------------------------------------------------------------------- spelling


@cache
def misspelt(words: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return each word of a text that is spelt in a way no dictionary has, with the word that was meant.

    A stranger that resembles no word is let pass: it is a term of the trade, a name or a foreign word. So are capitals inside
    a sentence, and short words with a capital at its beginning.
    """
    parts = (
        part
        for sentence in sentences(words)
        for place, word in enumerate(spoken(sentence))
        for part in word.split("-")
        if part.islower() or (place == 0 and part[1:].islower() and len(part) > SHORT + 2)
    )
    return tuple((part, meant) for part in dict.fromkeys(parts) if (meant := correction(part.lower(), language)))


@cache
def names(words: str) -> tuple[str, ...]:
    """Return the words of a text, in small letters, that have a capital inside a sentence: mostly names."""
    inside = (word for sentence in sentences(words) for word in spoken(sentence)[1:] if not word.islower())
    return tuple(part.lower() for word in inside for part in word.split("-") if not part.islower())


@cache
def correction(word: str, language: str) -> str:
    """Return the word that was probably meant, or nothing if this one is spelt well enough."""
    base, lists = _base(word), [_counts(each) for each in _lists(language)]
    if not base or (base in _american() and AMERICAN in _lists(language)):
        return ""
    if meant := _american().get(base) or _slips().get(base):
        return meant
    if any(base in counts or _stem(base) in counts for counts in lists):
        return ""
    usual = zip((each[2] for each in _lists(language)), lists, strict=True)
    likely = ((int(counts[near]), near) for least, counts in usual for near in _near(base) if int(counts.get(near, 0)) >= least)
    return max(likely, default=(0, ""))[1]


def _base(word: str) -> str:
    """A word without its possessive and its accents; nothing for what is contracted."""
    base = unicodedata.normalize("NFKD", re.sub(r"[’']s?$", "", word))
    return "".join(letter for letter in base if not unicodedata.combining(letter)) if base.isalpha() else ""


def _stem(word: str) -> str:
    """A word without the -s of its plural, or without a prefix that goes with every word."""
    if len(word) > SHORT + 1 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return PREFIX.sub("", word)


def _near(word: str) -> Iterator[str]:
    """Every way to write a word with one letter otherwise; of a short word only swaps and what was left out."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)] if len(word) >= SHORT else []
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + letter + tail for head, tail in cuts for letter in LETTERS)
    if len(word) > SHORT:
        yield from (head + tail[1:] for head, tail in cuts if tail)
        yield from (head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS)


def _lists(language: str) -> tuple[List, ...]:
    """Canadians write either way, and so does a course that only says “en”; whoever else writes English, writes British."""
    return {"en-US": (AMERICAN,), "en-CA": (BRITISH, AMERICAN), "en": (BRITISH, AMERICAN)}.get(language, (BRITISH,))


@cache
def _counts(of: List) -> Mapping[str, int | str]:
    """How often each word is counted in print or speech; figures stay as they are written, for few are ever looked at."""
    library, name, _ = of
    found = find_spec(library)
    assert found is not None and found.origin is not None  # one of our dependencies
    content = Path(found.origin).parent / name
    if name.endswith(".gz"):
        counts: dict[str, int | str] = json.loads(gzip.decompress(content.read_bytes()))
        return counts
    said = content.read_text("utf-8-sig").split()
    return dict(zip(said[::2], said[1::2], strict=True))


@cache
def _american() -> Mapping[str, str]:
    """American words that the British list holds as well, with the British ones."""
    return dict(entries("american"))


@cache
def _slips() -> Mapping[str, str]:
    """What everybody mistypes, with what was meant."""
    return dict(entries("slips"))
