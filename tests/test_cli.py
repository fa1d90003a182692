"""The command line: what it prints, where it writes, how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from coursewright import doctor, schema, starter
from coursewright.cli import main
from coursewright.doctor import Finding, Need
from coursewright.load import load
from coursewright.paths import bundled
from coursewright.source import read, scalars
from tiny import TINY, MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

ROOT = Path(__file__).parents[1]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


# ------------------------------------------------------------------------------------------------------- new


@pytest.mark.parametrize("pattern", ["starter", "sample"])
def test_a_new_course_passes_the_check(tmp_path: Path, pattern: str) -> None:
    folder = tmp_path / "mine" / "course"
    made = run("new", str(folder), "--from", pattern)
    assert made.exit_code == 0, made.output
    checked = run("check", str(folder), "--strict")
    assert (checked.exit_code, checked.output) == (0, "no problems\n")


def test_every_file_of_a_new_course_tells_the_editor_its_schema(tmp_path: Path) -> None:
    run("new", str(tmp_path / "mine"))
    files = sorted((tmp_path / "mine").rglob("*.yaml"))
    assert len(files) == 6
    for path in files:
        hint = path.read_text("utf-8").partition("\n")[0]
        where = hint.removeprefix("# yaml-language-server: $schema=")
        assert where.startswith(".")
        assert json.loads((path.parent / where).read_text("utf-8"))["title"].startswith(
            schema.kind_of(path.relative_to(tmp_path / "mine").as_posix()) or "?"
        )


def test_the_hint_stands_there_once() -> None:
    assert starter.hinted(starter.hinted("a: 1\n", "x.json"), "y.json") == "# yaml-language-server: $schema=y.json\na: 1\n"


def test_new_may_fill_an_empty_folder(tmp_path: Path) -> None:
    assert run("new", str(tmp_path)).exit_code == 0


@pytest.mark.parametrize("taken", ["file", "full"])
def test_new_never_touches_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("mine")
    Path("full").mkdir()
    Path("full/notes.txt").write_text("mine")
    made = run("new", taken)
    assert made.exit_code == 1
    assert made.output == f"{taken}: there is something here already\n    name a folder that is empty or new\n1 error\n"
    assert sorted(path.as_posix() for path in Path().rglob("*")) == ["file", "full", "full/notes.txt"]


def test_new_says_so_when_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    made = run("new", str(tmp_path / "file" / "mine"))
    assert made.exit_code == 1
    assert "this cannot be written (Not a directory)" in made.output


# ----------------------------------------------------------------------------------------------------- check


def test_check_finds_the_course_around_it(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_course()
    assert run("check", "--select", "PRN").output == "no problems\n"
    monkeypatch.chdir(folder)
    assert run("check", "--select", "PRN").output == "no problems\n"


def test_check_prints_place_message_and_hint(make_course: MakeCourse) -> None:
    found = run("check", str(make_course({"course.yaml": TINY["course.yaml"].replace("title: Tiny", "titel: Tiny")})))
    assert found.exit_code == 1
    assert found.output == (
        'course/course.yaml:1:1: missing key "title"\n'
        'course/course.yaml:1:1: unknown key "titel"\n    did you mean "title"?\n2 errors\n'
    )


def test_warnings_fail_only_when_check_is_strict(make_course: MakeCourse) -> None:
    folder = str(make_course({"modules/draft.yaml": ""}))
    assert run("check", folder, "--select", "PRN").exit_code == 0
    strict = run("check", folder, "--select", "PRN", "--strict")
    assert strict.exit_code == 1
    assert strict.output.endswith("1 warning\n")


def test_check_speaks_json(make_course: MakeCourse) -> None:
    found = run("check", str(make_course({"course.yaml": TINY["course.yaml"].replace("[one]", "[two]")})), "--format", "json")
    assert found.exit_code == 1
    assert json.loads(found.output)["problems"][0] == {
        "file": "course/course.yaml",
        "line": 6,
        "column": 11,
        "severity": "error",
        "message": "there is no file modules/two.yaml",
        "hint": "known here: one",
        "rule": "",
    }


def test_a_sound_course_is_an_empty_list_in_json(make_course: MakeCourse) -> None:
    assert json.loads(run("check", str(make_course()), "--select", "PRN", "--format", "json").output) == {"problems": []}


def test_check_of_nothing_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = run("check")
    assert found.exit_code == 1
    assert found.output == "course: there is no such folder\n    coursewright new DIR makes a course to begin with\n1 error\n"


def test_nothing_heavy_is_imported_to_check_a_course() -> None:
    code = (
        "import sys; from coursewright.cli import main; main(['check', sys.argv[1]], standalone_mode=False); print(*sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(bundled("starter"))], capture_output=True, text=True, check=True, cwd=ROOT / "build"
    )
    assert not {"weasyprint", "pptx", "PIL", "rich", "lxml", "fontTools", "uharfbuzz"} & set(ended.stdout.split())


def test_ctrl_c_ends_with_130_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("coursewright.load.load", interrupted)
    ended = run("check")
    assert (ended.exit_code, ended.output) == (130, "stopped\n")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_helps_with_an_example(command: str) -> None:
    helped = run(command, "--help")
    assert helped.exit_code == 0
    assert f"  coursewright {command}" in helped.output


# ---------------------------------------------------------------------------------------------------- schema


def written(path: Path, name: str) -> Any:
    """A YAML file as an editor sees it: words that look like numbers are numbers."""
    return scalars(read(path, name).data)


@pytest.mark.parametrize("course", ["starter", "course"])
def test_the_schemas_accept_what_the_loader_accepts(course: str) -> None:
    folder = bundled(course)
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        kind = schema.kind_of(name)
        assert kind
        validator = jsonschema.Draft202012Validator(schema.schema(kind))
        assert [f"{name}: {error.json_path}: {error.message}" for error in validator.iter_errors(written(path, name))] == []


@pytest.mark.parametrize("kind", schema.KINDS)
def test_the_schemas_are_schemas_and_hold_nothing_of_the_engine(kind: str) -> None:
    made = schema.schema(kind)
    jsonschema.Draft202012Validator.check_schema(made)
    assert '"origin"' not in json.dumps(made)


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        ("audience", {"name": 1, "who": "x", "arrive_with": "x", "promise": "x", "terms": {"team": "crew"}}, 0),
        ("audience", {"name": 1, "who": "x", "arrive_with": "x", "promise": "x", "terms": {"team": {"two": "crew"}}}, 1),
        ("audience", {"name": "x", "who": "x", "arrive_with": "x", "promise": "x", "people": "many"}, 1),
        ("case", {"title": "x", "text": "x", "question": "x", "variants": {"a": {"text": "y"}}}, 0),
        ("case", {"title": "x", "text": "x", "question": "x", "variants": {"a": {"txet": "y"}}}, 1),
        ("case", {"title": "x", "text": "x", "question": "x", "variants": {"a": {"only": ["y"]}}}, 1),
        ("case", {"title": "x", "text": "x", "question": "x", "not_for": ["y"]}, 1),
    ],
)
def test_the_schemas_know_terms_variants_and_unquoted_text(kind: str, value: dict[str, Any], wrong: int) -> None:
    assert len(list(jsonschema.Draft202012Validator(schema.schema(kind)).iter_errors(value))) == wrong


def test_schema_prints_one_or_all_and_writes_all(tmp_path: Path) -> None:
    assert json.loads(run("schema", "module").output)["title"] == "module of a Coursewright course"
    assert set(json.loads(run("schema").output)) == set(schema.KINDS)
    assert run("schema", "--out", str(tmp_path / "s")).exit_code == 0
    assert sorted(path.stem for path in (tmp_path / "s").iterdir()) == sorted(schema.KINDS)
    assert run("schema", "modul").exit_code == 2


# ---------------------------------------------------------------------------------------------------- doctor


def test_doctor_looks_for_everything_and_knows_how_to_mend_it() -> None:
    findings = list(doctor.examine())
    names = {finding.name for finding in findings}
    assert names >= {
        "Python",
        "Pango",
        "HarfBuzz subset",
        "Fontconfig",
        "Calibri",
        "Cambria",
        "Arial",
        "LibreOffice",
        "pdftoppm",
        "Java",
    }
    assert all(set(finding.mend) == {"debian", "macos", "windows"} and all(finding.mend.values()) for finding in findings)


@pytest.mark.parametrize(("need", "code"), [(Need.NEEDED, 1), (Need.WANTED, 0), (Need.OPTIONAL, 0)])
def test_doctor_fails_only_over_what_is_needed(monkeypatch: pytest.MonkeyPatch, need: Need, code: int) -> None:
    lacking = Finding(
        "Pango",
        need,
        "",
        "lays out pages",
        {"debian": "apt-get install it", "macos": "apt-get install it", "windows": "apt-get install it"},
    )
    monkeypatch.setattr(doctor, "examine", lambda: [lacking])
    ended = run("doctor")
    assert ended.exit_code == code
    assert f"missing, {need}: lays out pages" in ended.output
    assert "    apt-get install it\n" in ended.output


def test_doctor_speaks_json() -> None:
    assert {"name", "need", "found", "why", "mend"} == set(json.loads(run("doctor", "--format", "json").output)[0])


def test_a_twin_of_the_same_widths_stands_in_for_a_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_families", lambda: frozenset({"carlito"}))
    monkeypatch.setattr(doctor, "_stems", frozenset)
    found = {finding.name: finding.found for finding in doctor.examine()}
    assert (found["Calibri"], found["Cambria"]) == ("Carlito, of the same widths", "")


# ----------------------------------------------------------------------------------------------------- paths


def test_what_comes_along_is_found_in_a_checkout_and_in_a_wheel(tmp_path: Path) -> None:
    package = tmp_path / "lib" / "coursewright"
    (package / "_bundled" / "starter").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    (tmp_path / "starter").mkdir()
    assert bundled("starter", package) == package / "_bundled" / "starter"
    assert bundled("templates", package) == tmp_path / "templates"
    assert bundled("starter") == ROOT / "starter"
    with pytest.raises(FileNotFoundError, match="course is neither at"):
        bundled("course", package)


# ----------------------------------------------------------------------------------------------- the starter


def test_the_starter_shows_a_newcomer_the_main_things() -> None:
    course = load(bundled("starter")).course
    assert course
    kinds = {slide.kind for module in course.modules for segment in module.segments for slide in segment.slides}
    assert kinds >= {"case", "claim", "reflection", "poll", "activity", "debrief", "summary", "quiz", "answer"}
    assert len(course.audiences) == 2
    assert any(segment.short for segment in course.modules[0].segments)


def test_a_check_takes_no_time_worth_speaking_of(make_course: MakeCourse) -> None:
    folder = make_course()
    load(folder)
    began = time.perf_counter()
    load(folder)
    assert time.perf_counter() - began < 0.5


def test_a_document_that_no_template_makes_is_found_by_the_check(make_course: MakeCourse) -> None:
    folder = make_course({"course.yaml": TINY["course.yaml"].replace("deck.pptx", "dek.pptx")})
    checked = run("check", str(folder))
    assert checked.exit_code == 1
    assert 'course/course.yaml:9:13: no template makes "dek.pptx"' in checked.output
    assert 'did you mean "deck.pptx"?' in checked.output
