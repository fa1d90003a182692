"""Copies a course to begin with, and tells editors which schema each of its files follows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from coursewright import schema
from coursewright.problems import Broken, Place, Problem

_HINT = "# yaml-language-server:"


def begin(folder: Path, pattern: Path) -> None:
    """Copy the course ``pattern`` into a folder that is empty or not there. Raises Broken."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Broken(
                [Problem("there is something here already", Place(folder.as_posix()), "name a folder that is empty or new")]
            )
        shutil.copytree(
            pattern, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", "__pycache__"), copy_function=shutil.copyfile
        )
        list(write_schemas(folder / schema.FOLDER))
        for path, kind in _files(folder):
            path.write_text(hinted(path.read_text(encoding="utf-8"), _schema_of(path, folder, kind)), encoding="utf-8")
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Broken([Problem(f"this cannot be written ({reason})", Place(folder.as_posix()))]) from None


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write the JSON Schema of every kind of file into a folder (made if needed) and yield the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in schema.KINDS:
        path = folder / f"{name}.json"
        path.write_text(schema.text(schema.schema(name)), encoding="utf-8")
        yield path


def hinted(text: str, where: str) -> str:
    """Return a YAML text whose first line tells the editor's YAML support where its schema lies."""
    first, _, rest = text.partition("\n")
    return f"{_HINT} $schema={where}\n{rest if first.startswith(_HINT) else text}"


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.rglob("*.yaml")):
        if kind := schema.kind_of(path.relative_to(folder).as_posix()):
            yield path, kind


def _schema_of(path: Path, folder: Path, kind: str) -> str:
    up = "../" * (len(path.relative_to(folder).parts) - 1)
    return f"{up or './'}{schema.FOLDER}/{kind}.json"
