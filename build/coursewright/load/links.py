"""Links in the author's words: they lead to a part of the course, to the web or to a mailbox, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt

from coursewright import model
from coursewright.load.shape import Spot
from coursewright.problems import Problem, did_you_mean
from coursewright.source import Written, child

SCHEMES = ("https", "http", "mailto", "tel")  # what opens from a slide and a PDF without doing anything by itself
KINDS = "a link is https://…, mailto:…, or #id of a segment or module"
MAYBE = re.compile(r"\]\s*[\(\[:]|<[A-Za-z][A-Za-z0-9+.-]*:")  # cheap: most words have no link at all
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
EXPRESSION = re.compile(r"\{[{%]")  # worked out later: then its value cannot be judged here


def check(spots: Sequence[Spot], blind: frozenset[str]) -> Iterator[Problem]:
    """Yield links that lead nowhere or may do harm, and pictures among the words. ``blind`` names what cannot be looked up."""
    named = [(spot.kind, spot.raw.get("id")) for spot in spots if spot.kind in (model.Segment, model.Module)]
    known = None if blind & {"segment", "module"} else frozenset(name for _, name in named if isinstance(name, str))
    for spot in spots:
        for key, value in spot.raw.items():
            for words, at in _words(value, child(spot.at, key)):
                yield from _problems(words, at, known)


def _words(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """Every text of a value that may hold a link, with its pointer; mappings have spots of their own, or are drawings' data."""
    if isinstance(value, str) and MAYBE.search(value):
        yield value, at
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            if not isinstance(entry, Written):
                yield from _words(entry, child(at, index))


def _problems(words: str, at: str, known: frozenset[str] | None) -> Iterator[Problem]:
    for kind, target in _targets(words):
        if EXPRESSION.search(unquote(target)):
            continue
        if kind == "image":
            hint = "a picture has a place of its own: picture: on a slide, kind: picture in the workbook"
            yield Problem(f'a picture ("{target[:80]}") stands among words', at, hint)
        elif target.startswith("#"):
            yield from _inward(unquote(target[1:]), at, known)
        elif (scheme := SCHEME.match(target)) is None:
            yield Problem(f'a link leads to "{target[:80]}", which is no address', at, KINDS)
        elif scheme[1].lower() not in SCHEMES:
            yield Problem(f'a link to "{scheme[1]}:" is not taken, it may do harm', at, KINDS)


def _inward(name: str, at: str, known: frozenset[str] | None) -> Iterable[Problem]:
    if known is None or name in known:
        return ()
    hint = did_you_mean(name, known) if name else KINDS
    return (Problem(f'a link leads to "#{name}", but there is no segment or module "{name}"', at, hint),)


def _targets(words: str) -> Iterator[tuple[str, str]]:
    """What CommonMark reads as link or image, with its target, however dangerous."""
    for token in _reader().parse(words):
        for part in token.children or ():
            if part.type == "link_open":
                yield "link", str(part.attrGet("href") or "")
            elif part.type == "image":
                yield "image", str(part.attrGet("src") or "")


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False})
    reader.validateLink = lambda url: True  # type: ignore[method-assign]  # else a refused link is read as plain words
    return reader
