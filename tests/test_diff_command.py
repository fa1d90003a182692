"""``coursewright diff``: two editions, two revisions of a course in git, the report, and what is said when it cannot be."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from lxml import html

from clients import client, pdf_ua_findings
from coursewright.cli import main
from coursewright.comparing import Side, sides
from coursewright.problems import Broken
from sample import COURSE
from tiny import TINY, MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

LISTED = {"course.yaml": TINY["course.yaml"].replace("[deck.pptx]", "[deck.pptx, workbook.pdf]")}
WHO = {
    f"GIT_{role}_{what}": said for role in ("AUTHOR", "COMMITTER") for what, said in (("NAME", "A"), ("EMAIL", "a@example.org"))
}
DATES = {"GIT_AUTHOR_DATE": "2026-01-15T12:00:00Z", "GIT_COMMITTER_DATE": "2026-01-15T12:00:00Z"}


@pytest.fixture(autouse=True)
def _no_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEWRIGHT_CACHE", str(tmp_path / "cache"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


def facts(*arguments: object) -> Any:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def git(*arguments: str, folder: Path = Path()) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(folder), "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", *arguments]
    subprocess.run(command, env={**inherited, **WHO}, check=True, capture_output=True)


def committed(tag: str, folder: Path = Path()) -> None:
    """Commit everything there is, and tag it."""
    git("init", "--quiet", folder=folder)
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message", tag, folder=folder)
    git("tag", tag, folder=folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def documents(found: Any, number: int = 0) -> dict[str, dict[tuple[int, int], str]]:
    """Return what became of the pages of each document: numbers on both sides → verdict."""
    listed = found["sets"][number]["documents"]
    return {each["name"]: {(pair["a"], pair["b"]): pair["verdict"] for pair in each["pairs"]} for each in listed}


# ------------------------------------------------------------------------------------------------------ what is asked for


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("team-leads", Side("team-leads")),
        ("team-leads/half-day", Side("team-leads", "half-day")),
        ("team-leads/180@v1.0", Side("team-leads", "180", "v1.0")),
        ("team-leads@HEAD@{1}", Side("team-leads", "", "HEAD@{1}")),
        ("@release/2", Side("", "", "release/2")),
    ],
)
def test_a_side_is_read_as_it_is_written(text: str, side: Side) -> None:
    assert sides(text, "@x" if not side.audience else "other")[0] == side
    assert str(side) == text


def test_a_revision_alone_is_compared_with_the_same_thing_as_it_is_now() -> None:
    assert sides("all/15@v1")[1] == Side("all", "15")
    assert sides("@v1")[1] == Side()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("all",), '"all" needs something to be compared with'),
        (("@v1", "all"), "one is an edition, one a whole course"),
        (("/180", "all"), '"/180" names no edition'),
        (("", ""), '"" names no edition'),
    ],
)
def test_what_cannot_be_compared_is_told(given: tuple[str, ...], said: str) -> None:
    with pytest.raises(Broken, match=said.replace("/", "/")):
        sides(*given)


# ------------------------------------------------------------------------------------------------------------ revisions


def test_a_changed_word_is_found_with_the_slide_and_the_page_it_stands_on(make_course: MakeCourse) -> None:
    course = make_course(LISTED)
    committed("v1.0")
    edit(course / "modules/one.yaml", "summary: You try it.", "summary: You dare it.")
    edit(course / "modules/one.yaml", "title: Try it}", "title: Dare it}")
    found = facts("@v1.0")
    changed = {each["id"]: {field["path"] for field in each["fields"]} for each in found["changes"]}
    assert changed == {"M01": {"Summary"}, "S1": {"Statement slide · title"}}
    deck, workbook = documents(found)["deck.pptx"], documents(found)["workbook.pdf"]
    assert [numbers for numbers, verdict in deck.items() if verdict != "same"] == [(3, 3)]
    assert len([numbers for numbers, verdict in workbook.items() if verdict != "same"]) == 1
    assert set(workbook.values()) == {"same", "changed"}


def test_a_new_version_alone_changes_nothing_but_the_cover_and_the_footers(make_course: MakeCourse) -> None:
    course = make_course(LISTED)
    committed("v1.0")
    edit(course / "course.yaml", "version: 1.0", "version: 1.1")
    found = facts("@v1.0")
    assert [(each["sort"], [field["path"] for field in each["fields"]]) for each in found["changes"]] == [
        ("course.yaml", ["Version"])
    ]
    for pages in documents(found).values():
        assert pages.pop((1, 1)) == "changed"  # the cover says which version it is
        assert set(pages.values()) == {"running"}


def test_nothing_changed_is_nothing_told(make_course: MakeCourse) -> None:
    make_course(LISTED)
    committed("v1.0")
    result = run("@v1.0", "@HEAD")
    assert result.exit_code == 0, result.output
    assert "The course’s files say the same." in result.output
    assert "deck.pptx  the same" in result.output


def test_an_edition_is_compared_with_itself_as_it_was(make_course: MakeCourse) -> None:
    course = make_course()
    committed("v1.0")
    edit(course / "modules/one.yaml", "do: Talk.", "do: Listen.")
    found = facts("all/15@v1.0", "all/15", "--fast")
    assert found["names"] == ["v1.0", "now"]
    assert [field["path"] for passage in found["edition"]["words"] for field in passage["fields"]] == ["Step · to do"]
    assert found["sets"] == []


def test_a_revision_has_its_own_templates(make_course: MakeCourse) -> None:
    course = make_course()
    own = course / "templates/slides/statement.html.j2"
    own.parent.mkdir(parents=True)
    own.write_text('<section data-layout="statement"><h2>Before</h2></section>', "utf-8")
    committed("v1.0")
    edit(own, "Before", "After")
    found = facts("@v1.0")
    assert found["changes"] == []
    assert documents(found)["deck.pptx"][3, 3] == "changed"


def test_an_edition_that_one_version_does_not_offer_is_told(make_course: MakeCourse) -> None:
    course = make_course()
    committed("v1.0")
    (course / "audiences/few.yaml").write_text(TINY["audiences/all.yaml"].replace("All", "Few"), "utf-8")
    found = facts("@v1.0")
    assert [(each["audience"], each["only"]) for each in found["sets"]] == [("All", ""), ("Few", "b")]
    assert [(each["sort"], each["id"], each["fates"]) for each in found["changes"]] == [("audience", "few", ["added"])]


def test_the_working_tree_and_the_index_are_left_alone(make_course: MakeCourse) -> None:
    course = make_course()
    committed("v1.0")
    edit(course / "modules/one.yaml", "do: Talk.", "do: Listen.")
    before = (Path(".git/index").read_bytes(), sorted(Path(".git").rglob("*")))
    assert run("all@v1.0", "--fast").exit_code == 0
    assert (Path(".git/index").read_bytes(), sorted(Path(".git").rglob("*"))) == before


def test_variables_of_a_git_hook_do_not_lead_elsewhere(make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    make_course()
    committed("v1.0")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert run("@v1.0", "--fast").exit_code == 0


def test_without_a_repository_there_are_no_revisions(make_course: MakeCourse) -> None:
    make_course()
    result = run("@v1.0")
    assert result.exit_code == 1
    assert "course: this course is in no git repository" in result.output
    assert "Traceback" not in result.output


def test_an_unknown_revision_is_told_with_the_ones_there_are(make_course: MakeCourse) -> None:
    make_course()
    committed("v1.0")
    result = run("@v1.1")
    assert result.exit_code == 1
    assert 'no revision "v1.1" in this repository\n    did you mean "v1.0"?' in result.output


def test_a_revision_that_looks_like_an_option_is_a_revision(make_course: MakeCourse) -> None:
    make_course()
    committed("v1.0")
    result = run("@--all")
    assert result.exit_code == 1
    assert 'no revision "--all"' in result.output


def test_a_revision_without_the_course_says_where_there_was_one(make_course: MakeCourse) -> None:
    course = make_course()
    committed("v1.0")
    course.rename("workshop")
    result = run("@v1.0", "--course", "workshop")
    assert result.exit_code == 1
    assert "v1.0:workshop: in v1.0 there was no course in this folder\n    there was one in course" in result.output


def test_what_was_wrong_in_a_revision_is_told_with_its_name_and_line(make_course: MakeCourse) -> None:
    course = make_course()
    edit(course / "modules/one.yaml", "priority: must", "priority: most")
    committed("v1.0")
    edit(course / "modules/one.yaml", "priority: most", "priority: must")
    result = run("@v1.0")
    assert result.exit_code == 1
    assert "v1.0:course/modules/one.yaml:14" in result.output


def test_a_layer_is_read_as_it_was_and_one_from_elsewhere_as_it_is(make_course: MakeCourse, tmp_path: Path) -> None:
    make_course()
    Path("acme").mkdir()
    Path("acme/layer.yaml").write_text("title: Tiny at Acme\n", "utf-8")
    committed("v1.0")
    Path("acme/layer.yaml").write_text("title: Small at Acme\n", "utf-8")
    away = tmp_path.with_name(f"{tmp_path.name}-away")
    away.mkdir()
    (away / "layer.yaml").write_text("subtitle: For a day\n", "utf-8")
    (change,) = facts("@v1.0", "--layer", "acme", "--layer", away, "--fast")["changes"]
    assert [field["path"] for field in change["fields"]] == ["Title"]
    assert change["title"] == "Small at Acme"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("al", "all"), 'no audience "al"'),
        (("all/our", "all"), 'no slot "our"'),
        (("all/5", "all"), "5 minutes are no length of a session"),
    ],
)
def test_an_audience_or_a_length_that_does_not_exist_is_told(make_course: MakeCourse, given: tuple[str, str], said: str) -> None:
    make_course()
    result = run(*given)
    assert result.exit_code == 1
    assert said in result.output


# ------------------------------------------------------------------------------------------------------------ the report


def test_the_report_shows_two_audiences_of_the_sample_and_is_accessible(tmp_path: Path) -> None:
    result = run("newly-promoted-managers/180", "senior-executives/180", "--course", COURSE, "--fast", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    page = html.fromstring((tmp_path / "diff.html").read_bytes())
    assert [each.text_content() for each in page.iter("h2")] == [
        "Agenda", "Objectives claimed", "Cases", "Terms", "Words, segment by segment",
    ]  # fmt: skip
    assert "function, functions, a function" in page.text_content()
    assert "not for participants" in page.body.get("data-footer")
    assert page.body.xpath(".//mark")
    text = "".join(each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(tmp_path / "diff.pdf"))
    assert "function, functions, a function" in text
    client("verapdf")
    assert not pdf_ua_findings([tmp_path / "diff.pdf"])


def test_the_report_on_two_versions_is_accessible_too(make_course: MakeCourse) -> None:
    course = make_course(LISTED)
    committed("v1.0")
    edit(course / "course.yaml", "version: 1.0", "version: 1.1")
    edit(course / "modules/one.yaml", "do: Talk.", "do: Listen.")
    result = run("@v1.0", "--out", "told")
    assert result.exit_code == 0, result.output
    page = html.fromstring(Path("told/diff.html").read_bytes())
    assert [each.text_content() for each in page.iter("h2")] == ["What to print and replace", "What was changed in the course"]
    client("verapdf")
    assert not pdf_ua_findings([Path("told/diff.pdf")])


def test_the_same_comparison_gives_the_same_bytes(make_course: MakeCourse) -> None:
    make_course()
    committed("v1.0")
    reports = []
    for name in ("one", "two"):
        assert run("all/15@v1.0", "all/20", "--out", name, "--fast").exit_code == 0
        reports.append([(Path(name) / file).read_bytes() for file in ("diff.html", "diff.pdf")])
    assert reports[0] == reports[1]


def test_a_report_lands_in_a_folder_of_its_own(make_course: MakeCourse) -> None:
    make_course()
    assert facts("all/15", "all/20", "--fast")["files"] == [
        "out/diff-all-15--all-20/diff.html",
        "out/diff-all-15--all-20/diff.pdf",
    ]
