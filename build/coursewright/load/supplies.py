"""What modules of other courses need from there: their cases, themes, terms and glossary. What the course has, it keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from coursewright.load import references, trees
from coursewright.load.compose import Found, Other
from coursewright.load.reading import SOURCES, File, read_file, stems
from coursewright.load.shape import Spot, walk
from coursewright.load.trees import Tree, plain
from coursewright.model import Case, Module, Sources
from coursewright.problems import Problem
from coursewright.source import Written

TERM = re.compile(r"""\bterms(?:\.(\w+)|\[\s*["'](\w+)["']\s*\])(?:\s*\.\s*(one|many|a)\b)?""")


@dataclass(frozen=True)
class Supplies:
    """The files of a course with what its modules from elsewhere brought along."""

    front: File
    cases: Mapping[str, File]
    sources: File | None
    problems: tuple[Problem, ...] = ()


def supplied(found: Iterable[Found], had: Supplies) -> Supplies:
    """Return what a course has, with what the modules need that others have."""
    for module in found:
        if module.others and module.file is not None and module.file.raw is not None:
            had = _of_one(module, module.file, had)
    return had


def _of_one(module: Found, file: File, had: Supplies) -> Supplies:
    cases, no_cases = _cases(module, file, had.cases)
    sources, no_themes = _sources(module, file, had.sources)
    mine = [cases[name].raw for name in dict.fromkeys(_named(file, "case")) if name in cases]
    texts = [text for raw in (file.raw, *mine) for text in trees.words(raw)]
    front = _glossary(module, _terms(module, had.front, texts), texts)
    return Supplies(front, cases, sources, (*had.problems, *no_cases, *no_themes))


def _named(file: File, what: str) -> Iterator[str]:
    """The ids of one kind that a module names, in its variants as well."""
    for spot in walk(Spot(Module, file.raw or Written(), f"{file.name}#")):
        yield from (name for kind, name, _ in references.pointed(spot) if kind == what)


# ---------------------------------------------------------------------------------------------------- cases


def _cases(module: Found, file: File, had: Mapping[str, File]) -> tuple[Mapping[str, File], list[Problem]]:
    cases, problems = dict(had), []
    for name in dict.fromkeys(_named(file, "case")):
        other = next((other for other in module.others if name in stems(other.home.root, "cases")), None)
        if other is None:
            continue
        theirs = read_file(other.home, f"cases/{name}.yaml", Case)
        if name not in cases:
            cases[name] = replace(theirs, strangers=other.audiences)
        elif cases[name].raw != theirs.raw:
            message = f'case "{name}" is also in {_folder(other)}, whose module "{module.name}" needs that one'
            hint = "call yours otherwise; to have yours in that module, override the slide that names it"
            problems.append(Problem(message, f"{cases[name].name}#", hint))
    return cases, problems


def _folder(other: Other) -> str:
    return other.home.prefix.rstrip("/")


# --------------------------------------------------------------------------------------------------- themes


def _sources(module: Found, file: File, had: File | None) -> tuple[File | None, list[Problem]]:
    """The sources with the themes a module names and their documents."""
    problems: list[Problem] = []
    for other in module.others:
        if SOURCES not in _files(other):
            continue
        theirs = read_file(other.home, SOURCES, Sources)
        wanted = _by_id(theirs.tree.find("themes"))
        themes = {name: wanted[name] for name in _named(file, "theme") if name in wanted}
        known = _by_id(theirs.tree.find("documents"))
        documents = {name: known[name] for theme in themes.values() for name in theme.find("where").fields if name in known}
        if themes:
            had, clashes = _added(had or theirs.grown(theirs.tree.holding({})), {"themes": themes, "documents": documents}, other)
            problems += clashes
        problems += theirs.problems
    return had, problems


def _files(other: Other) -> Sequence[str]:
    return [SOURCES] if (other.home.root / SOURCES).is_file() else []


def _by_id(entries: Tree) -> dict[str, Tree]:
    return {entry.find("id").word: entry for entry in entries.entries}


def _added(file: File, wanted: Mapping[str, Mapping[str, Tree]], other: Other) -> tuple[File, list[Problem]]:
    """Sources with entries added where they are missing; what has the same id must be the same."""
    tree, problems = file.tree, []
    for key, entries in wanted.items():
        own = _by_id(tree.find(key))
        for name, entry in entries.items():
            if name in own and plain(own[name]) != plain(entry):
                what = key.removesuffix("s")
                message = f'{what} "{name}" is another one in {_folder(other)}, whose modules need it'
                problems.append(Problem(message, own[name].find("id").place, "give yours another id"))
        missing = [entry for name, entry in entries.items() if name not in own]
        if missing:
            tree = tree.having({key: tree.find(key).holding([*tree.find(key).entries, *missing])})
    return file.grown(tree), problems


# --------------------------------------------------------------------------------------- terms and glossary


def _terms(module: Found, front: File, texts: Iterable[str]) -> File:
    """The front matter with the terms that a module uses and the course does not have."""
    used = {first or second for text in texts if "terms" in text for first, second, _ in TERM.findall(text)}
    tree, new = front.tree, dict[str, Tree]()
    for other in reversed(module.others):
        theirs = other.front.tree.find("terms").fields
        new |= {name: theirs[name] for name in theirs if name in used and name not in tree.find("terms").fields}
    if not new:
        return front
    terms = tree.find("terms")
    return front.grown(tree.having({"terms": terms.holding({**terms.fields, **new})}))


def _glossary(module: Found, front: File, texts: Iterable[str]) -> File:
    """The front matter with the glossary's entries whose terms stand in a module's words."""
    said = "\n".join(texts).casefold()
    tree = front.tree
    glossary = tree.find("glossary")
    known = {entry.find("term").word.casefold() for entry in glossary.entries}
    new: dict[str, Tree] = {}
    for other in module.others:
        for entry in other.front.tree.find("glossary").entries:
            term = entry.find("term").word.casefold()
            if term and term not in known and re.search(rf"(?<!\w){re.escape(term)}(?!\w)", said):
                new.setdefault(term, entry)
    if not new:
        return front
    grown = front.grown(tree.having({"glossary": glossary.holding([*glossary.entries, *new.values()])}))
    return replace(grown, strangers=front.strangers.union(*(other.audiences for other in module.others)))
