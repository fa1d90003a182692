"""No leaks: what only facilitators may see stands nowhere in a finished file for participants, shown or hidden.

Participants' templates cannot read private fields (:mod:`.readers`). This is the second proof, on the bytes: whatever way
private words took, through a template's own text, a property, an attribute or an attachment, they are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from . import finished, model
from .model import Edition, Node
from .problems import Problem
from .readers import FOR_CLIENTS, RAW, Fields, is_private, names
from .squashing import squashed

LEAST = 12  # letters and digits; shorter words ("It depends.") stand in many a text by chance
RUN = 40  # a long text has leaked when a run like this has: about eight words that follow each other
STRIDE = 8  # runs of the private text that are looked for begin every so many letters
SHOWN = 60  # characters of a leaked text that a message quotes
NONE: Fields = frozenset()


class Secret(NamedTuple):
    """A private text, and the pointer to where its author wrote it."""

    text: str
    where: str


def leaks(name: str, content: bytes, edition: Edition, reader: str = "participant") -> tuple[Problem, ...]:
    """Return an error for each text of the edition that a file holds and its reader, participant or client, must not see.

    Words that stand in a field for that reader, too, are no secret.
    """
    secret, public = _sorted_out(edition, FOR_CLIENTS if reader == "client" else NONE)
    held = [(where, squashed(text)) for where, text in finished.words(name, content)]
    runs = _runs(secret)
    found = {runs[run] for run in runs.keys() & _windows(text for _, text in held)}
    everything = "\0".join(text for _, text in held)
    found |= {each for text, each in secret.items() if LEAST <= len(text) < RUN and text in everything}
    leaked = (each for each in secret.values() if each in found)
    return tuple(_problem(each, spot) for each in leaked if (spot := _spot(each, held, public)))


def exposing(texts: Mapping[int, str], edition: Edition) -> frozenset[int]:
    """Return which of some numbered texts hold what participants must not see."""
    secret, public = _sorted_out(edition, NONE)
    runs = _runs(secret)
    short = {text: each for text, each in secret.items() if LEAST <= len(text) < RUN}
    found: set[int] = set()
    for number, words in ((number, squashed(text)) for number, text in texts.items()):
        met = {runs[run] for run in runs.keys() & _windows(iter((words,)))} | {
            each for text, each in short.items() if text in words
        }
        if any(_spot(each, [(str(number), words)], public) for each in met):
            found.add(number)
    return frozenset(found)


def _spot(secret: Secret, held: list[tuple[str, str]], public: str) -> str:
    """Return where in the file a secret stands; "" if it is none because the same words are public."""
    text = finished.sought(secret.text)
    runs = [run for run in _cut(text) if run not in public] if len(text) >= RUN else [text] if text not in public else []
    return next((where for run in runs for where, words in held if run in words), "")


def _runs(secret: Mapping[str, Secret]) -> dict[str, Secret]:
    return {run: each for text, each in secret.items() if len(text) >= RUN for run in _cut(text)}


def _cut(text: str) -> Iterator[str]:
    yield from (text[start : start + RUN] for start in range(0, len(text) - RUN + 1, STRIDE))


def _windows(texts: Iterator[str]) -> set[str]:
    return {text[start : start + RUN] for text in texts for start in range(len(text) - RUN + 1)}


def _problem(secret: Secret, spot: str) -> Problem:
    words = " ".join(secret.text.split())
    shown = words if len(words) <= SHOWN else f"{words[:SHOWN].rsplit(' ', 1)[0]} …"
    message = f"{spot}, holds what only facilitators may see: “{shown}”"
    return Problem(message, secret.where, "take these words out of the template, or out of what participants are given")


# ------------------------------------------------------------------------------------------- what is private, what is not


def _sorted_out(edition: Edition, shown: Fields) -> tuple[dict[str, Secret], str]:
    """Return private texts, and the others one after the other as a page may show them, all squashed.

    Private are marked fields but for those ``shown``, materials marked so, and what was written for other audiences.
    """
    secret: dict[str, Secret] = {}
    public: list[str] = []
    for is_secret, each in _texts(edition, edition.origin, shown, hidden=False):
        text = finished.sought(each.text)
        if not is_secret:
            public.append(text)
        elif len(text) >= LEAST:
            secret.setdefault(text, each)
    return secret, "".join(public)


def _texts(value: Any, where: str, shown: Fields, *, hidden: bool) -> Iterator[tuple[bool, Secret]]:
    """Yield every text of a value and whether it is private."""
    if isinstance(value, Node):
        yield from _of_node(value, value.origin or where, shown, hidden=hidden or bool(getattr(value, "private", False)))
    elif isinstance(value, str):
        yield hidden, Secret(value, where)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield hidden, Secret(str(key), where)
            yield from _texts(item, f"{where}/{key}", shown, hidden=hidden)
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from _texts(item, f"{where}/{index}", shown, hidden=hidden)


def _of_node(node: Node, where: str, shown: Fields, *, hidden: bool) -> Iterator[tuple[bool, Secret]]:
    kind = type(node)
    for name, info in kind.model_fields.items():
        pointer = f"{where}/{info.alias or name}"
        if names(kind, name) & RAW:
            yield from _raw(getattr(node, name), pointer, hidden=hidden)
        elif name != "origin":
            is_secret = is_private(kind, name) and not names(kind, name) & shown
            yield from _texts(getattr(node, name), pointer, shown, hidden=hidden or is_secret)


def _raw(value: Any, where: str, *, hidden: bool) -> Iterator[tuple[bool, Secret]]:
    """Yield what was written for others or for a shorter form: private is what stands under a private field's name."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _raw(item, f"{where}/{key}", hidden=hidden or key in _private_names())
    elif isinstance(value, (tuple, list)):
        for index, item in enumerate(value):
            yield from _raw(item, f"{where}/{index}", hidden=hidden)
    elif isinstance(value, str) and hidden:
        yield True, Secret(value, where)


@cache
def _private_names() -> frozenset[str]:
    """Names, as authors write them, of all fields that are private somewhere."""
    kinds = (kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Node))
    fields = ((kind, name, info) for kind in kinds for name, info in kind.model_fields.items())
    return frozenset(info.alias or name for kind, name, info in fields if is_private(kind, name) and not names(kind, name) & RAW)
