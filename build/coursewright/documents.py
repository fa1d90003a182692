"""The documents that templates make, as the first line of each declares them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .model import Front
from .press import Printing, printing
from .problems import Broken, Place, Problem, did_you_mean

HEAD = re.compile(r"\A\{#-?(?P<words>.*?)-?#\}", re.DOTALL)
READERS = ("participant", "facilitator", "client")
NEEDS = {  # what a document can need to be known of the session, and the option that says it
    "date": "--date YYYY-MM-DD",
    "participants": "--participants FILE.csv",
}
KEYS = ("reader", "formats", "after", "takes", "lists", "needs", "shows", "imposed", "print", "fillable")  # of a first line
IMPOSED = ("booklet",)  # ways to lay finished pages on sheets


@dataclass(frozen=True)
class Document:
    """A file that can be made: ``template`` is its path below a templates folder, ``after`` the documents it points to.

    ``takes`` are those of them whose finished files it is made from; ``imposed`` says how their pages are laid on sheets. One
    that ``lists`` counts the pages of all the others of its edition, which are ``beside`` it once they are known. ``needs`` is
    what of :data:`NEEDS` must be known of the session; ``shows`` is ("participants",) for those that may name people: all
    others never learn who comes. ``printing`` is how it is printed; without, it is not meant for paper. A ``fillable`` one has
    fields where others have room to write.
    """

    name: str
    reader: str
    after: tuple[str, ...]
    template: str
    takes: tuple[str, ...] = ()
    lists: bool = False
    beside: tuple[Document, ...] = ()
    needs: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    imposed: str = ""
    printing: Printing | None = None
    fillable: bool = False

    @property
    def before(self) -> tuple[str, ...]:
        """The names of all documents that are made before it: those it points to, and those it lists."""
        return (*self.after, *(each.name for each in self.beside))

    @property
    def format(self) -> str:
        """The suffix of its name, such as pdf, pptx, html, gift."""
        return self.name.rpartition(".")[2]


Documents = Mapping[str, Document]  # by name, such as workbook.pdf


def documents(folders: tuple[Path, ...]) -> Documents:
    """Return all documents that templates make; of templates of one name that of the first folder counts.

    Raises Broken for a first line that does not declare what it should.
    """
    paths = {path.name: path for folder in reversed(folders) for path in sorted((folder / "documents").glob("*.j2"))}
    ordered = sorted(paths.values(), key=lambda path: path.name.endswith(".html.j2"))  # a page comes before a plain text
    return {each.name: each for path in ordered for each in _declared(path)}


def find_document(name: str, known: Documents) -> Document:
    """Return the document of a name such as ``workbook.pdf``. Raises Broken when there is none, saying what there is."""
    if name not in known:
        there = "; there are " + ", ".join(sorted(known)) if known else ""
        raise Broken([Problem(f'no template makes "{name}"', hint=did_you_mean(name, known) + there)])
    return known[name]


def missing(front: Front, known: Documents) -> tuple[Problem, ...]:
    """Return a problem for each document that course.yaml lists and no template makes."""
    problems: list[Problem] = []
    for index, name in enumerate(front.documents):
        try:
            find_document(name, known)
        except Broken as broken:
            problems += [replace(problem, where=front.at("documents", index)) for problem in broken.problems]
    return tuple(problems)


def _declared(path: Path) -> Iterator[Document]:
    """Read what the first line of a template declares, such as ``{#- reader: participant; formats: pdf, html -#}``.

    Yields a document for each format.
    """
    place = Place("/".join(path.parts[-3:]), 1)  # no part of the machine's own paths
    facts = _facts(path, place)
    takes, needs, shows = (facts.get(key, ()) for key in ("takes", "needs", "shows"))
    if strange := [word for word in (*needs, *shows) if word not in NEEDS]:
        raise Broken([Problem(f'a document can neither need nor show "{strange[0]}"', place, f"known: {', '.join(NEEDS)}")])
    declared = Document(
        "",
        facts["reader"][0],
        tuple(dict.fromkeys((*facts.get("after", ()), *takes))),
        f"documents/{path.name}",
        takes,
        lists="lists" in facts,
        needs=needs,
        shows=tuple(word for word in (*shows, *needs) if word == "participants")[:1],
        imposed=_imposed(facts, place),
        printing=printing(facts["print"], place) if "print" in facts else None,
        fillable="fillable" in facts,
    )
    stem = path.name.removesuffix(".j2").rpartition(".")[0]
    yield from (replace(declared, name=f"{stem}.{suffix}") for suffix in facts["formats"])


def _facts(path: Path, place: Place) -> Mapping[str, tuple[str, ...]]:
    """Return key → words of a template's first line, which are at least who reads the document and its formats."""
    head = HEAD.match(path.read_text("utf-8"))
    pairs = (part.partition(":") for part in head["words"].split(";")) if head else ()
    facts = {key.strip(): tuple(word.strip() for word in value.split(",") if word.strip()) for key, _, value in pairs}
    if not facts.get("formats") or facts.get("reader", ("",))[0] not in READERS:
        hint = f"such as {{#- reader: participant; formats: pdf, html -#}}; readers are {', '.join(READERS)}"
        raise Broken([Problem("the first line does not declare reader and formats", place, hint)])
    if strange := [key for key in facts if key not in KEYS]:
        raise Broken([Problem(f'a template declares nothing called "{strange[0]}"', place, did_you_mean(strange[0], KEYS))])
    return facts


def _imposed(facts: Mapping[str, tuple[str, ...]], place: Place) -> str:
    """How the pages of the one document that it takes are laid on sheets; empty if they are not."""
    wanted = ", ".join(facts.get("imposed", ()))
    if wanted and (wanted not in IMPOSED or len(facts.get("takes", ())) != 1):
        hint = f"imposed: {' or '.join(IMPOSED)}, and takes: one document, such as workbook.pdf"
        raise Broken([Problem(f'the pages cannot be imposed as "{wanted}"', place, hint)])
    return wanted
