"""The edge: files, cache, processes, and what happens when something goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticSerializationError

from coursewright import digests
from coursewright.build import Request, build
from coursewright.documents import documents, find_document
from coursewright.model import Course, Edition
from coursewright.problems import Broken
from coursewright.report import Report, unchanged
from coursewright.travelling import unpacked
from here import Here
from sample import AUDIENCES, ROOT, two_hats

TEMPLATES = ROOT / "templates"


def request(
    folder: Path, *documents: str, templates: tuple[Path, ...] = (TEMPLATES,), course: Course | None = None, **more: Any
) -> Request:
    facts: dict[str, Any] = {"audiences": ("newly-promoted-managers",), "slot": "ninety-minutes", "documents": documents, **more}
    return Request(
        course=course or two_hats(),
        folder=ROOT / "course",
        templates=templates,
        brand=TEMPLATES / "brand.pptx",
        own_brand=False,
        out=folder / "out",
        places={},
        cache=folder / "cache",
        **facts,
    )


def own_templates(folder: Path, **files: str) -> tuple[Path, ...]:
    """Return the templates with some documents of the test's own in front."""
    own = folder / "templates"
    (own / "documents").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (own / "documents" / f"{name}.txt.j2").write_text(text, "utf-8")
    return (own, TEMPLATES)


def made(report: Report) -> dict[str, str]:
    return {file.document: file.path for file in report.files}


def test_files_land_by_audience_and_slot_with_a_report_beside_them(tmp_path: Path) -> None:
    report = build(request(tmp_path, "quiz.gift"), Here())
    path = tmp_path / "out/newly-promoted-managers/ninety-minutes/quiz.gift"
    assert path.is_file()
    facts = json.loads((tmp_path / "out/report.json").read_text("utf-8"))
    assert [file["path"] for file in facts["files"]] == ["newly-promoted-managers/ninety-minutes/quiz.gift"]
    assert report.problems == ()


def test_another_length_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    report = build(request(tmp_path, "quiz.gift", slot=None, minutes=137), Here())
    assert made(report) == {"quiz.gift": "newly-promoted-managers/137-min/quiz.gift"}


def test_two_slots_of_one_length_have_a_folder_each(tmp_path: Path) -> None:
    course = two_hats()
    slots = (*course.front.slots, course.front.slots[0].model_copy(update={"id": "evening", "title": "An evening"}))
    audiences = tuple(each.model_copy(update={"builds": ()}) for each in course.audiences)
    course = course.model_copy(update={"front": course.front.model_copy(update={"slots": slots}), "audiences": audiences})
    report = build(request(tmp_path, "quiz.gift", course=course, slot=None), Here())
    assert {file.slot for file in report.files} == {each.id for each in slots}


@pytest.mark.parametrize(
    "name", ["pictures/hat.PNG", "assets/hat.jpg", "Acme.POTX", "modules/one.yaml", "templates/styles/own.css"]
)
def test_whatever_a_build_depends_on_is_in_the_hash_of_its_inputs(tmp_path: Path, name: str) -> None:
    path = tmp_path / "course" / name
    path.parent.mkdir(parents=True)
    hashes = []
    for content in (b"one", b"two"):
        path.write_bytes(content)
        _forget()
        hashes.append(digests.inputs(tmp_path / "course", None, tmp_path / "out", {}))
    assert hashes[0] != hashes[1]


def test_without_a_slot_those_are_built_that_the_audience_names(tmp_path: Path) -> None:
    audience = next(each for each in two_hats().audiences if each.id == "newly-promoted-managers")
    report = build(request(tmp_path, "quiz.gift", slot=None), Here())
    assert {file.slot for file in report.files} == set(audience.builds) < {each.id for each in two_hats().front.slots}


class Reading(Here):
    """Looks into jobs that come by, and reads the files that they take."""

    def __init__(self) -> None:
        super().__init__()
        self.packed: list[bytes] = []
        self.taken: dict[str, bytes] = {}

    def submit(self, work: Any, *arguments: Any) -> Future[Any]:
        self.packed.append(arguments[0])
        job = unpacked(arguments[0])
        self.taken |= {name: each.path.read_bytes() for name, each in job.taken.items()}
        return super().submit(work, *arguments)


def test_jobs_are_small_and_come_whole(tmp_path: Path) -> None:
    executor = Reading()
    build(request(tmp_path, "quiz.gift", "quiz.pdf"), executor)
    one, two = map(unpacked, executor.packed)
    assert max(map(len, executor.packed)) < 16_384 < len(one.edition.model_dump_json())
    assert one.edition is two.edition
    assert one.edition.agenda


def test_ctrl_c_in_the_middle_of_a_serializer_is_ctrl_c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: Edition) -> str:
        raise PydanticSerializationError("Error serializing to JSON: KeyboardInterrupt: ")

    monkeypatch.setattr(Edition, "model_dump_json", interrupted)
    with pytest.raises(KeyboardInterrupt):
        build(request(tmp_path, "quiz.gift"), Here())


def test_a_document_can_be_made_from_the_finished_file_of_another(tmp_path: Path) -> None:
    own = own_templates(tmp_path, copy="{#- reader: client; formats: txt; takes: quiz.gift -#}\nof {{ counts | length }}")
    executor = Reading()
    build(request(tmp_path, "copy.txt", "quiz.gift", templates=own), executor)
    folder = tmp_path / "out/newly-promoted-managers/ninety-minutes"
    assert executor.taken == {"quiz.gift": (folder / "quiz.gift").read_bytes()}
    assert (folder / "copy.txt").read_text() == "of 1\n"


def test_a_document_that_lists_is_made_last_and_knows_all_the_others(tmp_path: Path) -> None:
    own = own_templates(
        tmp_path, a="{#- reader: client; formats: txt; lists: yes -#}\n{{ counts | dictsort | map('first') | join(' ') }}"
    )
    build(request(tmp_path, "a.txt", "quiz.gift", "run-sheet.html", templates=own), Here())
    assert "deck.pptx" in find_document("run-sheet.html", documents(own)).after
    folder = tmp_path / "out/newly-promoted-managers/ninety-minutes"
    assert (folder / "a.txt").read_text() == "deck.pptx quiz.gift run-sheet.html workbook.pdf\n"


def test_nothing_is_made_twice(tmp_path: Path) -> None:
    first, second = Here(), Here()
    build(request(tmp_path, "quiz.gift"), first)  # type: ignore[arg-type]
    report = build(request(tmp_path, "quiz.gift"), second)  # type: ignore[arg-type]
    assert (first.jobs, second.jobs) == (1, 0)
    assert report.files[0].cached


def test_a_build_with_the_same_inputs_has_nothing_to_do_as_long_as_its_files_are_there(tmp_path: Path) -> None:
    asked = request(tmp_path, "quiz.gift", inputs="the same")
    build(asked, Here())
    again = unchanged(asked.out, "the same")
    assert again
    assert made(again) == {"quiz.gift": "newly-promoted-managers/ninety-minutes/quiz.gift"}
    assert unchanged(asked.out, "others") is None
    (asked.out / again.files[0].path).write_text("edited", "utf-8")
    assert unchanged(asked.out, "the same") is None


def test_a_damaged_cache_is_no_cache(tmp_path: Path) -> None:
    build(request(tmp_path, "quiz.gift"), Here())
    for path in (tmp_path / "cache").iterdir():
        path.write_bytes(b"damaged")
    again = Here()
    build(request(tmp_path, "quiz.gift"), again)  # type: ignore[arg-type]
    assert again.jobs == 1


def test_a_template_beside_the_course_wins_and_is_seen_by_the_cache(tmp_path: Path) -> None:
    head = "{#- reader: participant; formats: txt -#}\n"
    for text in ("one", "two"):
        templates = own_templates(tmp_path, note=head + text)
        build(request(tmp_path, "note.txt", templates=templates), Here())
        _forget()
        assert text in (tmp_path / "out/newly-promoted-managers/ninety-minutes/note.txt").read_text("utf-8")


def _forget() -> None:
    """A process reads a folder once; the next build would be another process."""
    digests.digest.cache_clear()


def test_a_failing_document_stops_neither_the_others_nor_touches_an_earlier_file(tmp_path: Path) -> None:
    head = "{#- reader: facilitator; formats: txt -#}\n"
    build(request(tmp_path, "note.txt", templates=own_templates(tmp_path, note=head + "good")), Here())
    _forget()
    templates = own_templates(tmp_path, note=head + "{{ edition.nothing }}")
    report = build(request(tmp_path, "note.txt", "quiz.gift", templates=templates), Here())
    assert made(report) == {"note.txt": "", "quiz.gift": "newly-promoted-managers/ninety-minutes/quiz.gift"}
    assert "nothing" in report.every_problem()[0].message
    assert "good" in (tmp_path / "out/newly-promoted-managers/ninety-minutes/note.txt").read_text("utf-8")


def test_a_document_that_points_into_a_failed_one_says_so(tmp_path: Path) -> None:
    templates = own_templates(
        tmp_path,
        first="{#- reader: facilitator; formats: txt -#}\n{{ edition.nothing }}",
        second="{#- reader: facilitator; formats: txt; after: first.txt -#}\nfine",
    )
    report = build(request(tmp_path, "second.txt", templates=templates), Here())
    messages = [problem.message for file in report.files for problem in file.problems]
    assert any("second.txt was not made, because it points into first.txt" in message for message in messages)


def test_a_fault_of_our_own_is_reported_not_thrown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(job: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("coursewright.travelling.make", broken)
    report = build(request(tmp_path, "quiz.gift"), Here())
    assert "a fault in coursewright itself: RuntimeError: boom" in report.files[0].problems[0].message


def test_a_worker_that_dies_costs_its_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dead(Here):
        def submit(self, work: Any, *arguments: Any) -> Future[Any]:
            if self.jobs:
                raise BrokenExecutor
            self.jobs += 1
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor())
            return future

        def shutdown(self, **_: Any) -> None:
            pass

    class Living(Here):
        def shutdown(self, **_: Any) -> None:
            pass

    pools = iter([Dead(), Living()])
    monkeypatch.setattr("coursewright.build._pool", lambda _: next(pools))
    report = build(request(tmp_path, "quiz.gift", audiences=AUDIENCES))
    assert sorted(bool(file.path) for file in report.files) == [False, True]
    assert "ended without a word" in report.every_problem()[0].message


def test_an_unknown_document_is_refused_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(Broken) as caught:
        build(request(tmp_path, "workbok.pdf"), Here())
    assert 'did you mean "workbook.pdf"?' in caught.value.problems[0].hint


def test_any_executor_will_do_and_the_bytes_are_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as threads:
        build(request(tmp_path / "a", "quiz.gift", "deck.pptx"), threads)
    build(request(tmp_path / "b", "quiz.gift", "deck.pptx"), Here())
    names = ("quiz.gift", "deck.pptx")
    one, two = (
        [(tmp_path / each / "out/newly-promoted-managers/ninety-minutes" / name).read_bytes() for name in names] for each in "ab"
    )
    assert one == two


@pytest.mark.slow
def test_ctrl_c_ends_at_once_and_leaves_no_half_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "coursewright", "build", str(ROOT / "course"), "--out", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "build"), "COURSEWRIGHT_CACHE": str(tmp_path / "cache")}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("out/**/*.*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    begun = time.monotonic()
    _, said = process.communicate(timeout=20)
    assert time.monotonic() - begun < 5
    assert process.returncode == 130, said.decode()
    assert b"Traceback" not in said
    assert not list(tmp_path.rglob("*.part"))
