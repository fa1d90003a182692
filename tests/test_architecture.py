"""The house rules of the engine, read from its source: who may import whom, and who may touch the world outside."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[1] / "build" / "coursewright"

# From the ground up: a module imports only from its own line and from lines above it.
ORDER = (
    {"problems", "times", "wrapping", "markdown", "paths", "folders", "images", "charting", "squashing", "finished",
     "sameness"},
    {"digests", "files", "report"},
    {"source"},
    {"model"},
    {
        "load", "audience", "schedule", "wording", "lint", "readers", "leaks", "handing", "counting", "staging", "late",
        "overview", "editions", "documents", "drawings", "messages", "people", "calendars", "press", "tabling", "render",
        "differences",
    },
    {"outputs"},
    {"mapping", "audit"},
    {"make", "faces"},
    {
        "auditing", "cache", "build", "brands", "comparing", "delivery", "printing", "printing_differences", "revisions",
        "doctor", "notices", "rewriting", "schema", "starter", "travelling",
    },
    {"cli"},
    {"__main__"},
)  # fmt: skip
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
# The modules that may write files, start processes and look at the clock.
EDGE = {
    "brands", "cache", "comparing", "digests", "files", "build", "cli", "doctor", "revisions", "rewriting", "schema", "starter",
    "travelling",
}  # fmt: skip

# A format knows HTML; of the engine it may know only what knows no course.
KNOWN_TO_OUTPUTS = {"outputs", "problems", "wrapping", "images", "charting"}

# Modules of the standard library that change the world, or bring in what differs from run to run.
WORLD = {
    "asyncio", "concurrent", "getpass", "http", "multiprocessing", "platform", "random", "secrets", "shutil", "signal",
    "socket", "subprocess", "tempfile", "time",
}  # fmt: skip
WRITING = {"write_text", "write_bytes", "mkdir", "unlink", "rmdir", "touch", "rename", "symlink_to", "hardlink_to", "chmod"}
CHANCE = {"now", "utcnow", "today", "uuid1", "uuid4", "urandom"}

# What is let through, and why.
EXCUSED = {
    ("outputs.pptx.fonts", "subprocess"),  # asks fontconfig which font files there are: reads, changes nothing
    ("outputs.pptx.verify.faces", "subprocess"),  # asks fontconfig again: the second opinion shares no code with the first
}


@functools.cache
def modules() -> list[str]:
    """Return the dotted names of all modules below the engine's folder."""
    paths = (path.relative_to(ENGINE).with_suffix("") for path in ENGINE.rglob("*.py"))
    return sorted(".".join(path.parts).removesuffix(".__init__") for path in paths if path.parts != ("__init__",))


@functools.cache
def parsed(module: str) -> ast.Module:
    path = ENGINE.joinpath(*module.split("."))
    return ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8"))


def imports(module: str) -> Iterator[str]:
    """Yield every imported name in full, wherever in the module it is imported: ``coursewright.model.Course``."""
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            base = ".".join(filter(None, [package(module, node.level), node.module]))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def package(module: str, level: int) -> str:
    """Return the package that ``level`` dots mean in this module; "" for none."""
    parts = ["coursewright", *module.split(".")]
    inside = parts if ENGINE.joinpath(*module.split(".")).is_dir() else parts[:-1]
    return ".".join(inside[: len(inside) - level + 1]) if level else ""


@functools.cache
def neighbours(module: str) -> frozenset[str]:
    """Return the engine's own modules that this one imports."""
    known = frozenset(modules())
    inside = [name.removeprefix("coursewright.").split(".") for name in imports(module) if name.startswith("coursewright.")]
    found = (longest(parts, known) for parts in inside)
    return frozenset(found) - {""}


def longest(parts: list[str], known: frozenset[str]) -> str:
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if name in known), "")


def family(module: str) -> str:
    return module.partition(".")[0]


def reached(module: str) -> set[str]:
    """Return every module of the engine that importing this one brings along."""
    found: set[str] = set()
    waiting = set(neighbours(module))
    while waiting:
        found |= waiting
        waiting = set().union(*map(neighbours, waiting)) - found
    return found


def test_every_module_has_its_place_in_the_order() -> None:
    homeless = {family(module) for module in modules()} - RANK.keys()
    assert not homeless, f"say in ORDER where these belong: {sorted(homeless)}"


@pytest.mark.parametrize("module", modules())
def test_imports_go_one_way(module: str) -> None:
    above = {name for name in neighbours(module) if RANK[family(name)] > RANK[family(module)]}
    assert not above, f"{module} imports {sorted(above)}, which stand further up"


@pytest.mark.parametrize("module", modules())
def test_nothing_imports_itself_in_a_circle(module: str) -> None:
    assert module not in reached(module)


@pytest.mark.parametrize("module", [module for module in modules() if family(module) == "outputs"])
def test_a_format_knows_no_course(module: str) -> None:
    strangers = {name for name in reached(module) if family(name) not in KNOWN_TO_OUTPUTS}
    assert not strangers, f"{module} can reach {sorted(strangers)}"


@pytest.mark.parametrize("module", [module for module in modules() if family(module) not in EDGE])
def test_only_the_edge_touches_the_world(module: str) -> None:
    tools = {name.partition(".")[0] for name in imports(module)} & WORLD
    excused = {tool for name, tool in EXCUSED if name == module}
    assert not [*sorted(tools - excused), *deeds(parsed(module))]


def test_every_excuse_is_still_needed() -> None:
    assert not {(name, tool) for name, tool in EXCUSED if not any(found.startswith(tool) for found in imports(name))}


def deeds(tree: ast.AST) -> Iterable[str]:
    """Return the calls of a module that write files, read the clock or throw dice, each with its line."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [f"{ast.unparse(call)} (line {call.lineno})" for call in calls if writes(call) or called(call) in CHANCE]


def writes(call: ast.Call) -> bool:
    name = called(call)
    return name in WRITING or (name == "open" and any(isinstance(mode, str) and set(mode) & set("wax+") for mode in modes(call)))


def modes(call: ast.Call) -> list[object]:
    """Return what an ``open`` may have been given as its mode: the second argument, or the first of a method."""
    position = 0 if isinstance(call.func, ast.Attribute) else 1
    given = [keyword.value for keyword in call.keywords if keyword.arg == "mode"] + call.args[position : position + 1]
    return [value.value for value in given if isinstance(value, ast.Constant)]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize(
    "code",
    [
        "open('a', 'w')",
        "open('a', mode='ab')",
        "path.open('x')",
        "path.write_text('a')",
        "folder.mkdir()",
        "datetime.now()",
        "uuid4()",
    ],
)
def test_the_watch_sees_a_deed(code: str) -> None:
    assert deeds(ast.parse(code))


@pytest.mark.parametrize("code", ["open('a')", "path.open('rb')", "path.read_text('utf-8')", "zipfile.ZipFile(buffer, 'w')"])
def test_the_watch_lets_reading_pass(code: str) -> None:
    assert not deeds(ast.parse(code))
