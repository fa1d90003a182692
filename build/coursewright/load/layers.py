"""A customer's layers on top of a course: what they say replaces what the course says; the course's files stay as they are.

One rule for all of them: what has an id, a name or a term is found by it, and only the fields given are different; every
other value is replaced as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursewright.load import alter, shape
from coursewright.load.complaints import unknown
from coursewright.load.compose import Found, name_of
from coursewright.load.reading import SOURCES, File, Home, is_there, read_file, stems, way
from coursewright.load.trees import Tree, plain, standing
from coursewright.model import Audience, Case, Front, Layer, Message, Node, Sources
from coursewright.problems import Broken, Place, Problem, did_you_mean, warning

LAYER = "layer.yaml"
PARTS = (LAYER, SOURCES, "audiences", "cases", "messages", "modules", "templates", "assets")  # what a layer may hold
_NAMED = {  # lists whose entries are found by a name
    "slots": "id",
    "outcomes": "id",
    "glossary": "term",
    "documents": "id",
    "themes": "id",
    "contradictions": "id",
}
_KEYED = frozenset({"terms", "schedule", "agendas"})  # mappings of which only the given keys are different
_PLACES = ("after", "before")


@dataclass(frozen=True)
class Sheet:
    """One layer: its folder, and its ``layer.yaml`` if it has one."""

    home: Home
    file: File | None
    problems: tuple[Problem, ...] = field(default=())

    def find(self, key: str) -> Tree:
        """Return what stands under a key of ``layer.yaml``."""
        return self.file.tree.find(key) if self.file else Tree(None, Place(""), Place(""))


def homes(root: Path, folders: Iterable[Path]) -> tuple[Home, ...]:
    """Return the homes of layers, the last one first, because it wins. Raises Broken for what is no layer."""
    wrong = [folder for folder in folders if not any(is_there(folder / part) for part in PARTS)]
    hint = f"it is a folder with {LAYER}, audiences/, cases/, messages/, modules/, templates/ or assets/"
    if wrong:
        raise Broken(Problem("this is no layer", Place(folder.as_posix()), hint) for folder in wrong)
    bare = tuple(Home(folder, way(folder, root)) for folder in reversed(tuple(folders)))
    return tuple(replace(home, shelves=(*bare, Home(root))) for home in bare)


def sheet(home: Home) -> Sheet:
    """Return a layer, read."""
    if not is_there(home.root / LAYER):
        return Sheet(home, None)
    file = read_file(home, LAYER, Layer)
    if file.raw is None:
        return Sheet(home, file)
    return Sheet(home, file.grown(_rebased(file.tree, home.prefix)))


def _rebased(layer: Tree, prefix: str) -> Tree:
    """What a layer says, with paths as seen from the course's folder."""

    def moved(entry: Tree) -> Tree:
        where = entry.find("from")
        return entry.having({"from": where.holding(f"{prefix}{where.word}")}) if where.word else entry

    brand = layer.find("brand")
    lists = {key: layer.find(key) for key in ("modules", "add") if key in layer.fields}
    new = {key: entries.holding([moved(each) for each in entries.entries]) for key, entries in lists.items() if entries.entries}
    return layer.having(new | ({"brand": brand.holding(f"{prefix}{brand.word}")} if brand.word else {}))


# ---------------------------------------------------------------------------------------------- course.yaml


def over_front(front: File, layer: Sheet) -> tuple[File, list[Problem]]:
    """Return the front matter as a layer has it."""
    if layer.file is None or layer.file.raw is None or front.raw is None:
        return front, []
    tree, given = front.tree, layer.file.tree
    problems = [
        Problem(*_at(unknown(key, Layer), value)) for key, value in given.fields.items() if key not in shape.fields(Layer)
    ]
    fields = {key: value for key, value in given.fields.items() if key in shape.fields(Front)}
    new = _merged(tree, fields)
    problems += _idle(Front, tree, new, fields)
    listed, lost = _added(new.find("modules"), layer.find("add").entries)
    return front.grown(new.having({"modules": listed}) if "modules" in new.fields else new), [*problems, *lost]


def _at(saying: tuple[str, str], value: Tree) -> tuple[str, Place, str]:
    return saying[0], value.key, saying[1]


def _merged(base: Tree, fields: Mapping[str, Tree]) -> Tree:
    return base.having({key: _field(key, base.find(key), value) for key, value in fields.items()})


def _field(key: str, base: Tree, given: Tree) -> Tree:
    """A field that a layer gives, with what it leaves of the one it lies on."""
    if key == "modules" and given.entries:
        return given.holding([_entry(entry, base.entries) for entry in given.entries])
    if key in _KEYED and given.fields:
        return given.holding({**base.fields, **given.fields})
    if key in _NAMED and any(entry.fields for entry in given.entries):
        return _by_name(base, given, _NAMED[key])
    return given


def _by_name(base: Tree, given: Tree, key: str) -> Tree:
    names = [entry.find(key).word for entry in base.entries]
    entries = list(base.entries)
    for new in given.entries:
        name = new.find(key).word
        if name in names:
            index = names.index(name)
            entries[index] = entries[index].having(new.fields)
        else:
            entries.append(new)
    return given.holding(entries)


def _entry(entry: Tree, course: Sequence[Tree]) -> Tree:
    """An entry of a layer's own list of modules; where it names one of the course's list, only what it says is different."""
    name = name_of(entry).word
    base = next((each for each in course if name_of(each).word == name and each.fields), None)
    if base is None or entry.find("from").word:
        return entry
    changes = base.find("override").fields
    fields = {key: value for key, value in entry.fields.items() if key != "override"}
    for part, new in entry.find("override").fields.items():
        old = changes.get(part)
        changes = {**changes, part: old.having(new.fields) if old and old.fields and new.fields else new}
    return base.having({**fields, "override": base.find("override").holding(changes)} if changes else fields)


def _added(modules: Tree, additions: Sequence[Tree]) -> tuple[Tree, list[Problem]]:
    """The list of modules with what a layer adds to it."""
    entries, problems = list(modules.entries), []
    for new in additions:
        place = next((new.find(key) for key in _PLACES if new.find(key).word), None)
        names = [name_of(entry).word for entry in entries]
        entry = new.holding({key: value for key, value in new.fields.items() if key not in _PLACES}) if new.fields else new
        if place is not None and place.word not in names:
            problems.append(
                Problem(f'there is no module "{place.word}" in the list', place.place, did_you_mean(place.word, names))
            )
        at = names.index(place.word) if place is not None and place.word in names else len(names)
        entries.insert(at + (not new.find("before").word), entry)
    return modules.holding(entries if additions else modules.value), problems


def _idle(kind: type[Node], base: Tree, new: Tree, fields: Mapping[str, Tree]) -> Iterator[Problem]:
    """Warnings about what is given as it is without the layer."""
    for key, given in fields.items():
        before = plain(base.find(key)) if key in base.fields else standing(kind, key)
        if plain(new.find(key)) == before:
            yield warning(f"{key} is the same without this layer", given.key, "leave it out")


# ----------------------------------------------------------------------------------------- parts of modules


def over_modules(found: Sequence[Found], layer: Sheet) -> tuple[tuple[Found, ...], list[Problem]]:
    """Return the modules with a layer's overrides, each where its id is."""
    wanted = layer.find("override")
    if not wanted.fields:
        return tuple(found), []
    there = [set(alter.ids(each.file.tree)) if each.file and each.file.raw else set() for each in found]
    known = set().union(*there)
    problems = [
        Problem(f'there is no "{name}" in any module', fields.key, did_you_mean(name, known))
        for name, fields in wanted.fields.items()
        if name not in known
    ]
    new: list[Found] = []
    for each, ids in zip(found, there, strict=True):
        entry = {"override": wanted.holding({name: fields for name, fields in wanted.fields.items() if name in ids})}
        if each.file is None or not ids & wanted.fields.keys():
            new.append(each)
            continue
        tree, wrong = alter.altered(each.file.tree, wanted.holding(entry))
        new.append(replace(each, file=each.file.grown(tree)))
        problems += wrong
    return tuple(new), problems


# ------------------------------------------------------------------------------------ audiences, cases, sources


def over_files(files: Mapping[str, File], layer: Home, folder: str, kind: type[Node]) -> tuple[dict[str, File], list[Problem]]:
    """Return audiences, cases or messages by their ids, with those of a layer: the same id replaces fields, another is new."""
    new, problems = dict(files), list[Problem]()
    for name in stems(layer.root, folder):
        given, base = read_file(layer, f"{folder}/{name}.yaml", kind), files.get(name)
        if base is None or base.raw is None or given.raw is None:
            new[name if base is None else f"{layer.prefix}{name}"] = given
            problems += _strange(given, name, files) if base is None else ()
            continue
        new[name], idle = _laid_over(base, given)
        problems += idle
    return new, problems


def _laid_over(base: File, given: File) -> tuple[File, list[Problem]]:
    kind, tree = base.kind, base.tree
    fields = {key: value for key, value in given.tree.fields.items() if key != "id"}
    silent = alter.for_all(kind, tree, fields.keys())
    new = _merged(silent, fields)
    problems = list(_idle(kind, tree, new, fields)) if plain(silent) == plain(tree) else []
    return replace(base.grown(new), problems=(*base.problems, *given.problems)), problems


def _strange(given: File, name: str, files: Mapping[str, File]) -> Iterator[Problem]:
    """What to say of a file that seems to be meant for another name: it is new, but not whole."""
    if given.raw is None or not any(
        info.is_required() and key not in given.raw for key, info in shape.fields(given.kind).items()
    ):
        return
    what = {Audience: "audience", Case: "case", Message: "message"}[given.kind]
    yield Problem(f'the course has no {what} "{name}", so this would be a new one', f"{given.name}#", did_you_mean(name, files))


def over_sources(sources: File | None, layer: Home) -> File | None:
    """Return the sources with those of a layer."""
    if not is_there(layer.root / SOURCES):
        return sources
    given = read_file(layer, SOURCES, Sources)
    if sources is None or sources.raw is None or given.raw is None:
        return given if sources is None else replace(sources, problems=(*sources.problems, *given.problems))
    return replace(sources.grown(_merged(sources.tree, given.tree.fields)), problems=(*sources.problems, *given.problems))


def unlisted(layer: Home, found: Iterable[Found]) -> Iterator[Problem]:
    """Yield a warning for each module of a layer that no list names."""
    names = {each.name for each in found if not each.others}
    for name in stems(layer.root, "modules"):
        if name not in names:
            place = Place((layer.root / f"modules/{name}.yaml").as_posix())
            yield warning("no list of modules names this module", place, f"add it in {LAYER}: add: [{{module: {name}}}]")
