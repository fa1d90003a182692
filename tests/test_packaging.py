"""What leaves the checkout: the wheel, the source archive, the lock files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BUNDLED = "coursewright/_bundled"
LEFT_OUT = re.compile(r"__pycache__|\.pyc$|^\.|/\.")
LOCKS = ("requirements.txt", "requirements-dev.txt")


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Return what a command prints; it knows nothing of the checkout unless ``cwd`` is in it."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "PYTEST"))}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env={**inherited, **environment}, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{command} ended with status {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def wheel_of(source: Path, folder: Path) -> Path:
    """Build the wheel of a source folder or archive with what is installed: no download."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel")
    run(*pip, source, "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", folder, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel_of(ROOT, tmp_path_factory.mktemp("wheel"))


def below(folder: str) -> set[str]:
    """Return the files of a folder of the checkout, caches left out."""
    names = (str(path.relative_to(ROOT / folder)) for path in (ROOT / folder).rglob("*") if path.is_file())
    return {name for name in names if not LEFT_OUT.search(name)}


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "inside"),
    [("build/coursewright", "coursewright"), *((name, f"{BUNDLED}/{name}") for name in ("templates", "course", "starter"))],
)
def test_the_wheel_holds_engine_templates_sample_and_starter(wheel: Path, folder: str, inside: str) -> None:
    assert below(folder)
    assert {f"{inside}/{name}" for name in below(folder)} <= names_in(wheel)


@pytest.mark.slow
def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    strangers = {
        name for name in names_in(wheel) if not re.match(r"coursewright(-[\d.]+\w*\.dist-info)?/", name) or LEFT_OUT.search(name)
    }
    assert not strangers


@pytest.mark.slow
def test_the_source_archive_is_enough_to_make_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", tmp_path, cwd=ROOT)
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        inside = {name.partition("/")[2] for name in opened.getnames()}
    assert {"Makefile", "LICENSE", "CHANGELOG.md", "scripts/setup", "tests/test_packaging.py", *LOCKS} <= inside
    assert wheel_of(archive, tmp_path).read_bytes() == wheel.read_bytes()


@dataclass(frozen=True)
class Installed:
    """A virtual environment outside the checkout with the wheel in it, and a folder to work in."""

    python: Path
    folder: Path

    def coursewright(self, *arguments: str | Path) -> str:
        return run(self.python, "-m", "coursewright", *arguments, cwd=self.folder, COURSEWRIGHT_CACHE=str(self.folder / "cache"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel; its dependencies are borrowed from the running environment, the checkout's engine is not."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", symlinks=True)
    python = folder / "venv/bin/python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=folder)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (Path(site) / "borrowed.pth").write_text("\n".join(sorted(borrowed)), "utf-8")
    return Installed(python, folder)


@pytest.mark.slow
def test_the_installed_command_runs_from_the_wheel(installed: Installed) -> None:
    home = run(installed.python, "-c", "import coursewright; print(coursewright.__file__)", cwd=installed.folder)
    assert Path(home.strip()).is_relative_to(installed.folder)
    assert "Usage: " in installed.coursewright("--help")
    assert "Usage: " in run(installed.python.with_name("coursewright"), "--help", cwd=installed.folder)


@pytest.mark.slow
@pytest.mark.parametrize("source", [(), ("--from", "sample")], ids=["starter", "sample"])
def test_what_new_gives_outside_the_checkout_is_without_problems(installed: Installed, source: tuple[str, ...]) -> None:
    course = "-".join(["course", *source]).replace("--", "")
    installed.coursewright("new", course, *source)
    installed.coursewright("check", course, "--strict")


@pytest.mark.slow
def test_a_new_course_builds_outside_the_checkout(installed: Installed) -> None:
    installed.coursewright("new", "mine")
    audience = min((installed.folder / "mine/audiences").iterdir()).stem
    asked = ("--audience", audience, "--minutes", "60", "--only", "workbook.pdf,deck.pptx")
    installed.coursewright("build", "mine", "--out", "out", *asked)
    assert {path.name for path in (installed.folder / "out").rglob("*.p*")} == {"workbook.pdf", "deck.pptx"}


# --------------------------------------------------------------------------------------------------------- the locks


def pinned(lock: str) -> dict[str, str]:
    """Return what a lock file pins: name → the lines that belong to it."""
    blocks = re.findall(r"^([a-z][\w.-]*)==(.*?)(?=^[a-z#]|\Z)", (ROOT / lock).read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return dict(blocks)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pinned_package_has_its_hashes_and_no_address(lock: str) -> None:
    assert pinned(lock)
    assert all("--hash=sha256:" in lines for lines in pinned(lock).values())
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host| @ ", (ROOT / lock).read_text("utf-8"))


def test_the_locks_pin_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = names_of(project["project"]["dependencies"] + project["build-system"]["requires"]) | {"editables"}
    wanted_dev = names_of(project["project"]["optional-dependencies"]["dev"])
    assert wanted <= pinned(LOCKS[0]).keys()
    assert wanted | wanted_dev <= pinned(LOCKS[1]).keys()


def names_of(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~\[ ]", requirement)[0] for requirement in requirements}


def test_tests_run_with_the_versions_that_users_get() -> None:
    course, dev = (versions(lock) for lock in LOCKS)
    assert {name: dev.get(name) for name in course} == course


def versions(lock: str) -> dict[str, str]:
    return {name: lines.split()[0] for name, lines in pinned(lock).items()}
