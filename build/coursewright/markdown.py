"""The author's Markdown as safe HTML or plain text: CommonMark without raw HTML, with the quotation marks of the language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

QUOTES = {"cs": "„“‚‘", "de": "„“‚‘", "es": "«»“”", "fr": ["«\u202f", "\u202f»", "“", "”"], "it": "«»“”", "pl": "„”«»"}
ENGLISH = "“”‘’"
GAP = re.compile(r"_{3,}")
SPACES = re.compile(r"[ \t\r\n\f\v]+")  # a no-break space is none of them: who types it wants it
MARK = "\ue000"  # stands for a gap while Markdown is read; a character of the private use area has no other meaning
MARKS = {"strong_open", "strong_close", "em_open", "em_close", "code_inline"}


def block(text: str, language: str) -> Markup:
    """Return paragraphs and lists as HTML; text of a single paragraph is one ``<p>``."""
    return Markup(_reader(language).render(text).strip())


def inline(text: str, language: str) -> Markup:
    """Return one line of words as HTML without a paragraph around it."""
    return Markup(_reader(language).renderInline(SPACES.sub(" ", text)).strip())


def gapped(text: str, language: str) -> Markup:
    """Return a line as HTML with every ``____`` turned into a space to write on."""
    return inline(GAP.sub(MARK, text), language).replace(MARK, Markup('<span class="gap"></span>'))


def objective(text: str, language: str, *, goes_on: bool = False) -> Markup:
    """Return a learning objective as HTML, its verb in bold: the first word, small if it ``goes_on`` a sentence before it."""
    verb, _, rest = text.partition(" ")
    return Markup(f"<strong>{inline(verb.lower() if goes_on else verb, language)}</strong> {inline(rest, language)}")


def plain(text: str, language: str) -> str:
    """Return the words alone: no marks, blocks and forced line breaks on lines of their own."""
    blocks = (token for token in _reader(language).parse(text) if token.type in {"inline", "fence", "code_block"})
    return "\n".join(_words(token.children or [token]).strip() for token in blocks)


def joined(words: Iterable[object], last: str = "and") -> str:
    """Return words as a list to be read: “a, b and c”."""
    *head, tail = [str(word) for word in words] or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def _words(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in tokens)


@lru_cache(maxsize=16)
def _reader(language: str) -> MarkdownIt:
    """Headings are off: they would break the heading order of the page they land in."""
    quotes = QUOTES.get(language.partition("-")[0], ENGLISH)
    options = {"html": False, "xhtmlOut": True, "typographer": True, "quotes": quotes}
    reader = MarkdownIt("commonmark", options).enable("smartquotes").disable(["heading", "lheading"])
    reader.core.ruler.push("bare_links", _bare_links)
    return reader


def _bare_links(state: StateCore) -> None:
    """Take bold and italics out of links: a PDF link that holds anything but text is not tagged (PDF/UA-1, 7.18.5-1)."""
    for token in state.tokens:
        if token.children:
            token.children = list(_without_marks(token.children))


def _without_marks(tokens: Iterable[Token]) -> Iterable[Token]:
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if depth and token.type == "code_inline":
            token.type, token.tag = "text", ""
        if not (depth and token.type in MARKS):
            yield token
