"""What a course itself says, without what it lets others say: the words that rules of language judge."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.lint.phrases import found, own
from coursewright.lint.rule import Finding
from coursewright.lint.texts import Text, bare, everything, is_english, once, quoted
from coursewright.model import Contradiction, Course, Document, Option, Theme

OF_OTHERS = frozenset({"arrive_with", "likely_answers", "further_reading"})  # what people think, say and wrote
NO_PROSE = frozenset({"version", "date", "authors", "licence", "modules"})
ASIDE = 24  # characters around a word that is quoted with its neighbours


@once
def ours(course: Course) -> Iterator[Text]:
    """Yield what the course says in its own voice, in English; nothing of a course in another language."""
    if is_english(course.front):
        yield from (text for text in everything(course) if not (is_of_others(text) or text.field in NO_PROSE))


@once
def aloud(course: Course) -> Iterator[tuple[Text, str]]:
    """Yield the same, each text with its words as they are read, without what stands in quotation marks."""
    return ((text, own(bare(text.words))) for text in ours(course))


def is_of_others(text: Text) -> bool:
    """Return whether words are somebody else's: of sources, of what people may answer or think, or of a wrong option."""
    wrong = isinstance(text.owner, Option) and text.field == "text" and not text.owner.right
    return wrong or text.field in OF_OTHERS or isinstance(text.owner, (Theme, Contradiction, Document))


def listed(course: Course, name: str, why: str) -> Iterator[Finding]:
    """Yield a finding for each phrase of a list (a file in ``words/``) that the course says itself, not in quotation marks."""
    for text, words in aloud(course):
        for said, instead in dict.fromkeys(found(name, words)):
            yield Finding(text.where, f"“{said}” {why}, in {around(words, said)}", hint=f"Say instead: {instead}.")


def around(words: str, said: str) -> str:
    """Return some words in quotation marks with a few of those that stand beside them."""
    start = words.find(said)
    first = 0 if start <= ASIDE else words.find(" ", start - ASIDE) + 1
    last = start + len(said) + ASIDE
    end = len(words) if last >= len(words) else words.rfind(" ", start + len(said), last)
    end = end if end > 0 else start + len(said)
    return f"“{'… ' if first else ''}{words[first:end]}{' …' if end < len(words) else ''}”" if start >= 0 else quoted(words)
