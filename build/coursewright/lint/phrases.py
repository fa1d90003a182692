"""Lists of words and phrases that rules look for, each a file in ``words/``, and those that proselint keeps."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("words")
BREAK = "\n\n"
ASIDE = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)")  # what somebody says, and a word spoken of


@cache
def entries(name: str) -> tuple[tuple[str, str], ...]:
    """Return the lines of a list: a pattern and what to say instead, between them ``=>``. ``#`` begins a remark."""
    lines = (line.partition("#")[0].strip() for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines())
    pairs = (line.partition("=>") for line in lines if line)
    return tuple((pattern.strip(), instead.strip()) for pattern, _, instead in pairs)


@cache
def found(name: str, words: str) -> tuple[tuple[str, str], ...]:
    """Return what of a list stands in some words, as it is written there, each with what to say instead."""
    spans = (match.span() for match in _pattern(name).finditer(words.lower()))
    said = (words[slice(*span)] for span in spans)
    return tuple((each, _instead(name, each.lower())) for each in said)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """One pattern for a whole list, without groups and in small letters: so Python skips an entry by its first letter."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(pattern for pattern, _ in entries(name))})(?![\w-])")


@cache
def _instead(name: str, said: str) -> str:
    """What to say instead of something: the first entry that matches it, or begins it because it looks at what follows."""
    fitting = (instead for pattern, instead in entries(name) if re.match(rf"(?:{pattern})(?![\w-])", said))
    return next(fitting, "")


@cache
def own(words: str) -> str:
    """Return words without what stands in quotation marks: there somebody else speaks, or a word is spoken of."""
    return ASIDE.sub("“”", words)


def cliches(every: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the clichés and phrases of offices in some texts, as proselint knows them, each after the number of its text.

    What proselint calls a cliché and trainers say in its plain meaning is left out.
    """
    plain = {pattern for pattern, _ in entries("plain")}
    return ((at, said) for at, said, _ in read(every, stale()) if said.lower() not in plain)


def sexist(every: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield words that tell whether somebody is a man or a woman, likewise, each with what to say instead."""
    return read(every, _gendered())


def read(every: Sequence[str], checks: Iterable[Any]) -> Iterator[tuple[int, str, str]]:
    """Yield what some checks of proselint report, each with the number of its text and what to say instead.

    All texts are read at once: a call for each text and check takes ten times as long as the reading.
    """
    joined, starts = BREAK.join(every), list(accumulate((len(words) + len(BREAK) for words in every), initial=0))
    for check in checks:
        for result in check.check_with_flags(joined):
            first, last = result.span
            at = bisect_right(starts, first) - 1
            if BREAK not in joined[first:last]:
                yield at, joined[first:last].strip(), result.replacements or ""


@cache
def stale() -> tuple[Any, ...]:
    """Return proselint's checks of clichés and of phrases of offices; GNU diction's list calls plain words so, too."""
    from proselint.checks.cliches import misc  # 70 ms, so only where there are words to read
    from proselint.checks.industrial_language import airlinese, chatspeak, commercialese, corporate_speak, jargon

    registers = (each.__register__ for each in (misc, airlinese, chatspeak, commercialese, corporate_speak, jargon))
    return tuple(check for register in registers for check in register if check.path != "cliches.misc.gnu_diction")


@cache
def _gendered() -> tuple[Any, ...]:
    from proselint.checks.social_awareness import lgbtq, sexism

    return (*lgbtq.__register__, *sexism.__register__)
