"""A module with what is different in this course: its segments chosen, fields replaced by id, ids renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coursewright.load import references, shape, trees
from coursewright.load.trees import Tree, mapped, parts, plain, standing
from coursewright.model import Module, Node, Part, Segment, Step
from coursewright.problems import Problem, did_you_mean, warning
from coursewright.schedule.agenda import scaled
from coursewright.source import Plain, scalar

EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
TEACHING = ("taught", "practised", "assessed")

Altered = tuple[Tree, list[Problem]]


def altered(module: Tree, entry: Tree) -> Altered:
    """Return a module as an entry of a list of modules wants it, and what is wrong with what it wants.

    Ids in the entry are those that the module has by itself.
    """
    chosen, problems = _chosen(module, entry.find("segments"))
    own = {key: inner for key, inner in entry.fields.items() if key in ("title", "id")}
    name = module.find("id").word
    wanted = dict(entry.find("override").fields)
    if own and wanted.get(name, entry).value is not None:
        wanted[name] = wanted.get(name, entry.holding({})).having(own)
    left_out = {name: segment for name, segment in _named(module).items() if name not in _named(chosen)}
    unknown = list(_unknown(chosen, wanted, left_out))
    new, more = overridden(chosen, wanted)
    kept, lost = _still_taught(new, left_out.keys() | {name for name, fields in wanted.items() if fields.value is None}, entry)
    return kept, [*problems, *unknown, *more, *lost]


def ids(module: Tree) -> dict[str, list[type[Node]]]:
    """Return the ids of a module, each with the classes of the parts that have it."""
    found: dict[str, list[type[Node]]] = {}
    for kind, part in parts(Module, module):
        if kind in references.NAMED and (name := part.find("id").word):
            found.setdefault(name, []).append(kind)
    return found


# ------------------------------------------------------------------------------------------- which segments


def _named(module: Tree) -> dict[str, Tree]:
    return {segment.find("id").word: segment for segment in module.find("segments").entries}


def _chosen(module: Tree, names: Tree) -> Altered:
    there, wanted = _named(module), [name for name in names.entries if name.word]
    if not wanted:
        return module, []
    problems = [
        Problem(f'there is no segment "{name.word}" in this module', name.place, did_you_mean(name.word, there))
        for name in wanted
        if name.word not in there
    ]
    order = [name.word for name in wanted]
    twice = [name for index, name in enumerate(wanted) if name.word in order[:index]]
    problems += [Problem(f'segment "{name.word}" is listed twice', name.place, "each segment runs once") for name in twice]
    if order == list(there):
        problems.append(warning("these are all segments of this module, in their order", names.key, "leave segments out"))
    kept = [there[name] for name in dict.fromkeys(order) if name in there]
    return module.having({"segments": module.find("segments").holding(kept or module.find("segments").value)}), problems


def _still_taught(module: Tree, gone: Iterable[str], entry: Tree) -> Altered:
    """Objectives without the segments that are left out; those that nothing teaches, practises or assesses any more go, too."""
    left_out = frozenset(gone)
    problems: list[Problem] = []

    def kept(objective: Tree) -> Tree | None:
        new = objective.having({key: _without(objective.find(key), left_out) for key in TEACHING if key in objective.fields})
        lost = [key for key in TEACHING if objective.find(key).entries and not new.find(key).entries]
        if not lost:
            return new
        name = objective.find("id").word
        hint = f"say where it is ({name}: {{{lost[0]}: […]}}) or leave it out ({name}: null), in override"
        message = f'objective "{name}" is left out: without {", ".join(sorted(left_out))} it is {" and ".join(lost)} nowhere'
        problems.append(warning(message, (entry.find("segments") if "segments" in entry.fields else entry).key, hint))
        return None

    objectives = module.find("objectives")
    if not left_out or not objectives.entries:
        return module, []
    new = [there for each in objectives.entries if (there := kept(each)) is not None]
    return module.having({"objectives": objectives.holding(new)}), problems


def _without(names: Tree, gone: frozenset[str]) -> Tree:
    return names.holding([name for name in names.entries if name.word not in gone])


# -------------------------------------------------------------------------------------------- fields by id


def _unknown(module: Tree, wanted: Mapping[str, Tree], left_out: Iterable[str]) -> Iterator[Problem]:
    there = ids(module)
    for name, fields in wanted.items():
        if name in left_out:
            yield Problem(f'segment "{name}" is left out here, so this changes nothing', fields.key, "name it in segments")
        elif name not in there:
            yield Problem(f'there is no "{name}" in this module', fields.key, did_you_mean(name, there))


def overridden(module: Tree, wanted: Mapping[str, Tree]) -> Altered:
    """Return a module with fields replaced by id, and what is wrong with them; ids it does not have are passed over.

    A field holds for every audience and length: variants and short forms say no more about it, unless they are given anew.
    """
    there = ids(module)
    problems = list(_ambiguous(there, wanted))
    names = wanted.keys() & there.keys()
    if not names or problems:
        return module, problems
    work = _Work(problems)
    removed = frozenset(name for name in names if wanted[name].value is None)

    def change(kind: type[Node], part: Tree) -> Tree:
        part = _pruned(kind, part, removed)
        name = part.find("id").word
        fields = wanted[name] if kind in references.NAMED and name in names else None
        return work.with_fields(kind, part, fields) if fields is not None and isinstance(fields.value, dict) else part

    new = mapped(Module, module, change)
    problems += _all_gone(module, wanted, removed)
    renamed = {
        (references.NAMED[kind], name): wanted[name].find("id").word
        for name in names
        for kind in there[name]
        if wanted[name].find("id").word
    }
    return _following(new, renamed), list(dict.fromkeys(problems))


def _ambiguous(there: Mapping[str, list[type[Node]]], wanted: Mapping[str, Tree]) -> Iterator[Problem]:
    for name, fields in wanted.items():
        kinds = [references.NAMED[kind] for kind in there.get(name, ())]
        if len(set(kinds)) > 1:
            message = f'"{name}" is the id of {" and of ".join(f"a {kind}" for kind in kinds)}'
            yield Problem(message, fields.key, "only ids that one part has can be overridden")


def _pruned(kind: type[Node], part: Tree, removed: frozenset[str]) -> Tree:
    """A part without the parts below it that are left out."""
    kept = {
        key: inner.holding([each for each in inner.entries if each.find("id").word not in removed])
        for key, inner in part.fields.items()
        if removed and any(each in references.NAMED for each in shape.nodes(shape.item(shape.annotation(kind, key))))
    }
    return part.having(kept)


def _all_gone(module: Tree, wanted: Mapping[str, Tree], removed: frozenset[str]) -> Iterator[Problem]:
    name = module.find("id").word
    if name in removed:
        yield Problem("a whole module is left out by leaving it out of modules", wanted[name].key)


@dataclass
class _Work:
    """Replaces fields and notes what is wrong with them."""

    problems: list[Problem] = field(default_factory=list)

    def with_fields(self, kind: type[Node], part: Tree, fields: Tree) -> Tree:
        """Return a part with fields replaced; lists may be given as the entries that are different, by number from 1."""
        if not fields.fields:
            self.problems.append(warning("this changes nothing", fields.key))
        known = len(self.problems)
        new = {key: self._field(kind, key, part, inner) for key, inner in fields.fields.items()}
        idle = [key for key, inner in new.items() if _is_idle(kind, part, key, inner)] if len(self.problems) == known else []
        self.problems += [warning(f"{key} is the same without this", fields.find(key).key, "leave it out") for key in idle]
        changed = for_all(kind, part, fields.fields.keys()).having(new)
        return _stretched(changed) if kind is Segment and "minutes" in new and "steps" not in new else changed

    def _field(self, kind: type[Node], key: str, part: Tree, given: Tree) -> Tree:
        wanted = shape.annotation(kind, key)
        return self._listed(wanted, part.find(key), given, key) if _is_numbered(wanted, given) else given

    def _listed(self, wanted: Any, base: Tree, given: Tree, name: str) -> Tree:
        """A list with some of its entries replaced, or taken out where null is given."""
        entries: list[Tree | None] = list(base.entries)
        for number, new in given.fields.items():
            index = int(number) - 1
            if not 0 <= index < len(base.entries):
                message = f"there is no entry {number} of {name}: it has {len(base.entries)}, counted from 1"
                self.problems.append(Problem(message, new.key))
            else:
                entries[index] = None if new.value is None else self._entry(shape.item(wanted), base.entries[index], new, name)
        return base.holding([each for each in entries if each is not None])

    def _entry(self, wanted: Any, base: Tree, given: Tree, name: str) -> Tree:
        if _is_numbered(wanted, given):
            return self._listed(wanted, base, given, f"an entry of {name}")
        owner = trees.owner_of(wanted, base)
        if owner is None or not isinstance(given.value, dict) or given.find("kind").word not in ("", base.find("kind").word):
            return given
        return self.with_fields(owner, base, given)


def _is_numbered(wanted: Any, given: Tree) -> bool:
    """Whether a mapping stands for some entries of a list: the model wants a list, and all keys are numbers."""
    return shape.is_list(wanted) and bool(given.fields) and all(key.isdecimal() and len(key) < 6 for key in given.fields)


def _is_idle(kind: type[Node], part: Tree, key: str, given: Tree) -> bool:
    """Whether a field is given as it is without that, for everybody."""
    before = plain(part.find(key)) if key in part.fields else standing(kind, key)
    return key in shape.fields(kind) and plain(given) == before and plain(for_all(kind, part, [key])) == plain(part)


def for_all(kind: type[Node], part: Tree, keys: Iterable[str]) -> Tree:
    """Return a part whose variants and short form are silent about some fields, unless those are given themselves."""
    given = frozenset(keys)
    fields: dict[str, Tree] = {}
    if issubclass(kind, Part) and "variants" not in given and part.find("variants").fields:
        silent = {name: _silent(variant, given) for name, variant in part.find("variants").fields.items()}
        left = {name: variant for name, variant in silent.items() if variant.value}
        fields["variants"] = part.find("variants").holding(left)
    short = part.find("short")
    if "short" not in given and short.find("with").fields:
        fields["short"] = short.having({"with": _silent(short.find("with"), given)})
    return part.having(fields)


def _silent(fields: Tree, given: frozenset[str]) -> Tree:
    left = {key: inner for key, inner in fields.fields.items() if key not in given}
    return fields.holding(left) if isinstance(fields.value, dict) else fields


# ------------------------------------------------------------------------------------------ what follows


def _stretched(segment: Tree) -> Tree:
    """A segment of another length: its steps keep their shares, also those of variants and of the short form."""
    fields = {"variants": trees.each(segment.find("variants"), lambda variant: _shared(variant, segment))}
    short = segment.find("short")
    fields["short"] = short.having({"with": _shared(short.find("with"), segment)}) if short.find("with").fields else short
    return _shared(segment, segment).having({key: inner for key, inner in fields.items() if key in segment.fields})


def _shared(part: Tree, segment: Tree) -> Tree:
    """A segment, or some of its fields, with steps that add up to the segment's minutes, if they can."""
    full, steps = segment.find("minutes").find("full"), part.find("steps")
    minutes, lengths = scalar(full.value), [scalar(step.find("minutes").value) for step in steps.entries]
    if not _are_minutes([minutes, *lengths]) or not lengths or minutes < len(lengths) or _has_own_length(part, segment):
        return part
    shares = scaled([Step.model_construct(do="", minutes=length) for length in lengths], minutes)
    new = [
        step if share.minutes == length else step.having({"minutes": full.holding(Plain(str(share.minutes)))})
        for step, share, length in zip(steps.entries, shares, lengths, strict=True)
    ]
    return part.having({"steps": steps.holding(new)})


def _has_own_length(part: Tree, segment: Tree) -> bool:
    return part is not segment and "minutes" in part.fields


def _are_minutes(values: list[Any]) -> bool:
    return all(isinstance(value, int) and not isinstance(value, bool) and value > 0 for value in values)


def _following(module: Tree, renamed: Mapping[tuple[str, str], str]) -> Tree:
    """A module in which everything that named one of its parts by an old id uses the new one."""
    if not renamed:
        return module

    def change(kind: type[Node], part: Tree) -> Tree:
        new = {
            key: trees.reworded(part.find(key), lambda word, what=what: renamed.get((what, word), word))  # type: ignore[misc]
            for owner, key, what in references.POINTING
            if issubclass(kind, owner) and key in part.fields
        }
        return part.having(new)

    linked = {old: new for (what, old), new in renamed.items() if what in ("module", "segment")}
    return trees.reworded(mapped(Module, module, change), lambda words: _relinked(words, linked))


def _relinked(words: str, renamed: Mapping[str, str]) -> str:
    """Words whose links and expressions use new ids: ``[the sort](#M02-S2)``, ``short["M02-S2"]``."""
    for old, new in renamed.items():
        if old in words:
            words = re.sub(rf"(\]\(\s*<?#){re.escape(old)}(?=[\s>)])", rf"\g<1>{new}", words)
            quoted = re.compile(rf"""(["']){re.escape(old)}\1""")
            words = EXPRESSION.sub(lambda found: quoted.sub(rf"\g<1>{new}\g<1>", found[0]), words)  # noqa: B023 (used at once)
    return words
