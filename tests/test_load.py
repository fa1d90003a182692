"""Loading a course: what is wrong is found in one run and said in plain words, with the line and a hint."""

# ruff: noqa: E501 (a message stands in one piece)

from __future__ import annotations

import cProfile
import os
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic_core import core_schema

from coursewright.load import complaints, load, references, shape
from coursewright.model import Course, Listed, Node
from coursewright.paths import bundled
from tiny import TINY, MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

FRONT, ONE, ALL = TINY["course.yaml"], TINY["modules/one.yaml"], TINY["audiences/all.yaml"]
ONE_ = "course/modules/one.yaml"


def messages(folder: Path) -> list[str]:
    return [str(problem).replace("\n    ", " | ") for problem in load(folder).problems]


def test_the_tiny_course_is_sound(make_course: MakeCourse) -> None:
    loaded = load(make_course())
    assert loaded.problems == ()
    assert loaded.course is not None and loaded.course.front.version == "1.0" and loaded.course.audiences[0].id == "all"


def test_a_course_may_be_named_by_its_first_file(make_course: MakeCourse) -> None:
    assert load(make_course() / "course.yaml").course == load(Path("course")).course


def test_every_part_knows_where_it_stands() -> None:
    starter = load(bundled("starter")).course
    assert starter is not None
    slide = starter.modules[0].segments[1].slides[0]
    assert slide.origin == "modules/01-feedback.yaml#/segments/1/slides/0"
    assert starter.cases[0].origin == "cases/thursday-report.yaml#"


# ------------------------------------------------------------------------------- one change, one message

EDITS: dict[str, tuple[str, str, str, str]] = {  # what: (file, text, text instead, message)
    "misspelt key": (
        "modules/one.yaml",
        "minutes: {full",
        "minuts: {full",
        f'{ONE_}:13:5: unknown key "minuts" | did you mean "minutes"?',
    ),
    "unknown key": (
        "course.yaml",
        "licence: CC0",
        "licence: CC0\nzzz: 1",
        'course/course.yaml:5:1: unknown key "zzz" | known here: ',
    ),
    "name of the model, not of the author": (
        "modules/one.yaml",
        "type: talk",
        "type: talk\n    not_for: [all]",
        f'{ONE_}:13:5: unknown key "not_for" | did you mean "not"?',
    ),
    "kind for type": ("modules/one.yaml", "type: talk", "kind: talk", f'{ONE_}:12:5: unknown key "kind" | did you mean "type"?'),
    "inner field": (
        "modules/one.yaml",
        "type: talk",
        "type: talk\n    origin: x",
        f'{ONE_}:13:5: unknown key "origin" | known here: ',
    ),
    "missing key": ("course.yaml", "promise: Something small.\n", "", 'course/course.yaml:1:1: missing key "promise"'),
    "missing key with a description": (
        "modules/one.yaml",
        "idea: Try it.\n",
        "",
        f'{ONE_}:1:1: missing key "idea" | One sentence: what this module does.',
    ),
    "word for a number": (
        "modules/one.yaml",
        "{do: Talk., minutes: 10}",
        "{do: Talk., minutes: ten}",
        f'{ONE_}:17:30: minutes must be a whole number from 1 to 2880, here it is "ten"',
    ),
    "number with a unit": (
        "modules/one.yaml",
        "full: 10",
        "full: 10 minutes",
        f'{ONE_}:13:21: full must be a whole number from 1 to 2880, here it is "10 minutes"',
    ),
    "number in quotes": (
        "modules/one.yaml",
        "full: 10",
        'full: "10"',
        f'{ONE_}:13:21: full must be a whole number from 1 to 2880, here it is the text "10" | leave out the quotes',
    ),
    "truth for a number": (
        "modules/one.yaml",
        "full: 10",
        "full: true",
        f'{ONE_}:13:21: full must be a whole number from 1 to 2880, here it is "true"',
    ),
    "exponent for a number": (
        "modules/one.yaml",
        "full: 10",
        "full: 1e1",
        f'{ONE_}:13:21: full must be a whole number from 1 to 2880, here it is "1e1"',
    ),
    "number too large": (
        "modules/one.yaml",
        "full: 10",
        "full: 9999",
        f'{ONE_}:13:21: full must be a whole number from 1 to 2880, here it is "9999"',
    ),
    "number for keys": (
        "modules/one.yaml",
        "minutes: {full: 10, min: 5}",
        "minutes: 10",
        f'{ONE_}:13:14: minutes must be keys with values, here it is "10"',
    ),
    "list for text": (
        "course.yaml",
        "title: Tiny",
        "title: [Tiny]",
        "course/course.yaml:1:8: title must be text, here it is a list",
    ),
    "nothing for text": (
        "course.yaml",
        "title: Tiny",
        "title:",
        'course/course.yaml:1:7: title must be text, here it is empty | leave the key out, or write "" for an empty text',
    ),
    "empty text": ("course.yaml", "title: Tiny", "title: ''", "course/course.yaml:1:8: title is empty"),
    "text for a list": (
        "course.yaml",
        "documents: [deck.pptx]",
        "documents: deck.pptx",
        'course/course.yaml:9:12: documents must be a list, here it is "deck.pptx" | begin each entry on a line of its own, with "- "',
    ),
    "empty list": ("course.yaml", "documents: [deck.pptx]", "documents: []", "course/course.yaml:9:12: documents is empty"),
    "entry of a list": (
        "course.yaml",
        "[deck.pptx]",
        "[deck.pptx, {a: b}]",
        "course/course.yaml:9:24: entry 2 of documents must be text, here it is keys with values",
    ),
    "entry of an entry": (
        "modules/one.yaml",
        "rows: [[a, b]]",
        "rows: [[a, [b]]]",
        f"{ONE_}:8:65: entry 2 of entry 1 of rows must be text, here it is a list",
    ),
    "no date": (
        "course.yaml",
        "2026-01-15",
        "next May",
        'course/course.yaml:3:7: date must be a date such as 2026-01-31, here it is "next May"',
    ),
    "a year is no date": (
        "course.yaml",
        "2026-01-15",
        "2026",
        'course/course.yaml:3:7: date must be a date such as 2026-01-31, here it is "2026"',
    ),
    "no such day": (
        "course.yaml",
        "2026-01-15",
        "2026-02-30",
        'course/course.yaml:3:7: date must be a date such as 2026-01-31, here it is "2026-02-30"',
    ),
    "one of several": (
        "modules/one.yaml",
        "priority: must",
        "priority: mus",
        f'{ONE_}:14:15: priority must be one of must, should, could, here it is "mus" | did you mean "must"?',
    ),
    "one of two": (
        "course.yaml",
        "licence: CC0",
        "licence: CC0\npaper: a5",
        'course/course.yaml:5:8: paper must be one of A4, Letter, here it is "a5"',
    ),
    "no id": (
        "modules/one.yaml",
        "id: M01",
        "id: module 1",
        f'{ONE_}:1:5: id must be an id (a letter, then letters, digits and hyphens), here it is "module 1"',
    ),
    "no time": (
        "course.yaml",
        "licence: CC0",
        "licence: CC0\nschedule: {start: 9:30}",
        'course/course.yaml:5:19: start must be a time such as 09:30, here it is "9:30"',
    ),
    "no language": (
        "course.yaml",
        "licence: CC0",
        "licence: CC0\nlanguage: English",
        'course/course.yaml:5:11: language must be a language such as en-GB, here it is "English"',
    ),
    "no yes": (
        "modules/one.yaml",
        "    slides:",
        "    materials: [{item: Key, private: yes}]\n    slides:",
        f'{ONE_}:18:38: private must be true or false, here it is "yes"',
    ),
    "unknown kind": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statment, title: Try it}",
        f'{ONE_}:19:9: unknown kind "statment" | did you mean "statement"? there are activity, agenda, answer,',
    ),
    "no kind": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{title: Try it}",
        f'{ONE_}:19:9: missing key "kind" | there are activity, ',
    ),
    "list for a kind": (
        "modules/one.yaml",
        "kind: statement",
        "kind: [statement]",
        f"{ONE_}:19:9: kind must be a word, here it is a list | there are activity, ",
    ),
    "text for a slide": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "Try it",
        f'{ONE_}:19:9: entry 1 of slides must be keys with values, here it is "Try it"',
    ),
    "misspelt key of a slide": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, titel: Try it, title: x}",
        f'{ONE_}:19:27: unknown key "titel" | did you mean "title"?',
    ),
    "kind that is also a key": (
        "modules/one.yaml",
        "    slides:",
        "    workbook: [{kind: text, text: [a]}]\n    slides:",
        f"{ONE_}:18:35: text must be text, here it is a list",
    ),
    "too few columns": (
        "modules/one.yaml",
        "columns: [One, Other]",
        "columns: [One]",
        f"{ONE_}:8:40: columns has 1 entry, at least 2 are needed",
    ),
    "too many options": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: poll, title: Which, options: [a, b, c, d, e, f]}",
        f"{ONE_}:19:45: options has 6 entries, at most 5 may be",
    ),
    "text too short": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: diagram, title: T, diagram: venn, alt: abc, data: {labels: [a, b], blank: true}}",
        f"{ONE_}:19:55: alt has 3 characters, at least 5 are needed",
    ),
    "steps that do not add up": (
        "modules/one.yaml",
        "{do: Talk., minutes: 10}",
        "{do: Talk., minutes: 9}",
        f"{ONE_}:13:14: the steps take 9 minutes, the segment takes 10",
    ),
    "shortest longer than full": ("modules/one.yaml", "min: 5", "min: 15", f"{ONE_}:13:30: min (15) is longer than full (10)"),
    "rows of unequal length": (
        "modules/one.yaml",
        "rows: [[a, b]]",
        "rows: [[a, b, c]]",
        f"{ONE_}:8:60: row 1 has 3 cells, the table has 2 columns",
    ),
    "objective to nowhere": (
        "modules/one.yaml",
        "taught: [S1]",
        "taught: [S2]",
        f'{ONE_}:6:52: there is no segment "S2" | known here: S1',
    ),
    "unknown audience": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, only: [al]}",
        f'{ONE_}:19:49: there is no audience "al" | did you mean "all"?',
    ),
    "unknown audience of a variant": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, variants: {everybody: {title: x}}}",
        f'{ONE_}:19:53: there is no audience "everybody" | known here: all',
    ),
    "unknown table": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: example, title: T, table: side}",
        f'{ONE_}:19:42: there is no table "side" in this module | did you mean "sides"?',
    ),
    "unknown deck": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: answer, deck: x}",
        f'{ONE_}:19:30: there is no card deck "x" in this module | the course has no card decks yet',
    ),
    "unknown case": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: case, case: x}",
        f'{ONE_}:19:28: there is no case "x" | the course has no cases yet',
    ),
    "unknown drawing": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: diagram, title: T, diagram: ven, alt: A drawing}",
        f'{ONE_}:19:44: there is no drawing "ven" | did you mean "venn"?',
    ),
    "unknown slot": (
        "audiences/all.yaml",
        "name: All",
        "name: All\nslots: [hours]",
        'course/audiences/all.yaml:2:9: there is no slot "hours" | did you mean "hour"?',
    ),
    "outcome of an unknown module": (
        "course.yaml",
        "licence: CC0",
        "licence: CC0\noutcomes: [{id: CO1, text: T, modules: [one]}]",
        'course/course.yaml:5:41: there is no module "one" | known here: M01',
    ),
    "step of a slide in a short form": (
        "modules/one.yaml",
        "      - {do: Talk., minutes: 10}\n    slides:\n      - {kind: statement, title: Try it}",
        "      - {do: Talk., minutes: 5}\n      - {do: Ask., minutes: 5}\n"
        "    slides:\n      - {kind: statement, title: Try it, steps: [2]}\n"
        "    short: {below: 8, with: {steps: [{do: Talk., minutes: 10}]}}",
        f"{ONE_}:20:50: there is no step 2 | in its short form this segment has 1, counted from 1",
    ),
    "step of a slide": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, steps: [1, 2]}",
        f"{ONE_}:19:53: there is no step 2 | this segment has 1, counted from 1",
    ),
    "missing module": (
        "course.yaml",
        "[one]",
        "[one, two]",
        "course/course.yaml:6:16: there is no file modules/two.yaml | known here: one",
    ),
    "misspelt module": (
        "course.yaml",
        "[one]",
        "[one, onee]",
        'course/course.yaml:6:16: there is no file modules/onee.yaml | did you mean "one"?',
    ),
    "module listed twice": (
        "course.yaml",
        "[one]",
        "[one, one]",
        'course/course.yaml:6:16: module "one" is listed twice | each module runs once',
    ),
    "module with its ending": (
        "course.yaml",
        "[one]",
        "[one.yaml]",
        'course/course.yaml:6:11: there is no file modules/one.yaml | write "one": names stand without .yaml',
    ),
    "module outside": (
        "course.yaml",
        "[one]",
        "[one, ../../etc/passwd]",
        'course/course.yaml:6:16: "../../etc/passwd" is no module: it would lie outside of modules/ | write the name of a file in modules/, without .yaml',
    ),
    "only and not": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, only: [all], not: [all]}",
        f'{ONE_}:19:55: "only" and "not" stand side by side | "only" says it all: leave "not" out',
    ),
    "seen by nobody": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, not: [all]}",
        f"{ONE_}:19:42: warning: no audience ever sees this | those around it leave none",
    ),
    "variant with an unknown key": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, variants: {all: {titel: x}}}",
        f'{ONE_}:19:59: unknown key "titel" | did you mean "title"?',
    ),
    "variant of the wrong type": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, variants: {all: {title: [x]}}}",
        f"{ONE_}:19:66: title must be text, here it is a list",
    ),
    "variant that does not add up": (
        "modules/one.yaml",
        "type: talk",
        "type: talk\n    variants: {all: {minutes: {full: 12, min: 5}}}",
        f"{ONE_}:13:31: the steps take 10 minutes, the segment takes 12",
    ),
    "variant deep inside": (
        "modules/one.yaml",
        "type: talk",
        "type: talk\n    variants:\n      all:\n        slides:\n        - {kind: case, case: x}",
        f'{ONE_}:16:30: there is no case "x" | the course has no cases yet',
    ),
    "variant of a variant": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, variants: {all: {only: [all]}}}",
        f'{ONE_}:19:59: "only" cannot be replaced here | write a second part with only: instead',
    ),
    "short form with an unknown key": (
        "modules/one.yaml",
        "type: talk",
        "type: talk\n    short: {below: 8, with: {titel: x}}",
        f'{ONE_}:13:30: unknown key "titel" | did you mean "title"?',
    ),
    "short form that does not add up": (
        "modules/one.yaml",
        "type: talk",
        "type: talk\n    short: {below: 8, with: {steps: [{do: x, minutes: 4}]}}",
        f"{ONE_}:13:29: the steps take 4 minutes, the segment takes 10",
    ),
    "id that differs from the file": (
        "audiences/all.yaml",
        "name: All",
        "id: everybody\nname: All",
        'course/audiences/all.yaml:1:5: id is not "all", the name of this file | leave id out',
    ),
    "picture that is not there": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, picture: {file: assets/x.png, alt: A picture}}",
        f'{ONE_}:19:58: there is no file "assets/x.png" | the path begins at the course folder',
    ),
    "picture outside": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, picture: {file: ../x.png, alt: A picture}}",
        f'{ONE_}:19:58: "../x.png" lies outside of the course folder | copy it into the course, such as assets/',
    ),
    "picture from the root": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, picture: {file: /etc/passwd, alt: A picture}}",
        f'{ONE_}:19:58: "/etc/passwd" lies outside of the course folder | copy it into the course, such as assets/',
    ),
    "picture that is none": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, picture: {file: course.yaml, alt: A picture}}",
        f'{ONE_}:19:58: "course.yaml" is no PNG, JPEG or SVG picture, or is damaged | a PNG, JPEG or SVG file is needed, of at most 50 million pixels',
    ),
    "picture that is a folder": (
        "modules/one.yaml",
        "{kind: statement, title: Try it}",
        "{kind: statement, title: Try it, picture: {file: modules, alt: A picture}}",
        f'{ONE_}:19:58: "modules" is no ordinary file',
    ),
    "brand that is not there": (
        "course.yaml",
        "licence: CC0",
        "licence: CC0\nbrand: x.pptx",
        'course/course.yaml:5:8: there is no file "x.pptx" | the path begins at the course folder',
    ),
    "brand that is none": (
        "course.yaml",
        "licence: CC0",
        "licence: CC0\nbrand: course.yaml",
        'course/course.yaml:5:8: "course.yaml" is no brand file | it ends in .pptx or .potx',
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "message"), EDITS.values(), ids=EDITS.keys())
def test_one_mistake_is_named_at_its_place(make_course: MakeCourse, name: str, old: str, new: str, message: str) -> None:
    assert old in TINY[name]
    found = messages(make_course({name: TINY[name].replace(old, new, 1)}))
    begins = message.endswith((": ", ", ", ",")) or "missing key" in message
    matching = [line for line in found if (line.startswith(message) if begins else line == message)]
    assert len(matching) == 1, "\n".join(found)
    related = {"misspelt key", "kind for type"}  # a misspelt key is also a missing one
    assert len(found) == 1 or [key for key in related if EDITS[key][3] == message], "\n".join(found)


def test_all_problems_of_all_files_come_in_one_run_and_in_order(make_course: MakeCourse) -> None:
    folder = make_course(
        {
            "course.yaml": FRONT.replace("2026-01-15", "soon"),
            "modules/one.yaml": ONE.replace("bloom: apply", "bloom: aply").replace("[S1], practised", "[S9], practised"),
            "audiences/all.yaml": "name: [All",
            "cases/x.yaml": "title: X\n",
        }
    )
    assert [line.split(" | ")[0] for line in messages(folder)] == [
        "course/audiences/all.yaml:1:7: this bracket is never closed, or a comma is missing",
        'course/cases/x.yaml:1:1: missing key "question"',
        'course/cases/x.yaml:1:1: missing key "text"',
        'course/course.yaml:3:7: date must be a date such as 2026-01-31, here it is "soon"',
        'course/modules/one.yaml:6:36: bloom must be one of remember, understand, apply, analyze, evaluate, create, here it is "aply"',
        'course/modules/one.yaml:6:51: there is no segment "S9"',
    ]


@pytest.mark.parametrize("value", ["x", "12", "[]", "{}", "[[1]]", "{a: {b: c}}", "null", "true", '"x"', "[{kind: x}]"])
def test_wrong_types_everywhere_are_problems_and_nothing_else(make_course: MakeCourse, value: str) -> None:
    for name in TINY:
        lines = TINY[name].splitlines()
        keys = [line.split(":")[0] for line in lines if line[:1].isalpha()]
        for found in messages(make_course({name: "".join(f"{key}: {value}\n" for key in keys)})):
            assert "pydantic" not in found and "Input" not in found and "tuple" not in found and "Error" not in found


# -------------------------------------------------------------------------------------- several files


def test_an_id_is_taken_once_in_the_whole_course(make_course: MakeCourse) -> None:
    two = ONE.replace("id: M01", "id: S1").replace("id: O1", "id: O2").replace("id: sides", "id: other")
    found = messages(make_course({"course.yaml": FRONT.replace("[one]", "[one, two]"), "modules/two.yaml": two}))
    assert found == [
        'course/modules/two.yaml:1:5: module id "S1" is taken | course/modules/one.yaml:10:9 has it already; ids are unique in the whole course',
        'course/modules/two.yaml:10:9: segment id "S1" is taken | course/modules/one.yaml:10:9 has it already; ids are unique in the whole course',
    ]


def test_themes_are_looked_up_once_there_are_sources(make_course: MakeCourse) -> None:
    themed = {"modules/one.yaml": ONE.replace("idea:", "themes: [T1]\nidea:")}
    assert messages(make_course(themed)) == []
    sources = "themes:\n  - {id: T2, title: T, text: T, kind: core, where: {D1: [p]}}\n"
    assert messages(make_course({**themed, "sources.yaml": sources})) == [
        'course/modules/one.yaml:3:10: there is no theme "T1" | known here: T2',
        'course/sources.yaml:2:53: there is no source document "D1" | the course has no source documents yet',
    ]


def test_a_module_nobody_lists_is_only_a_warning(make_course: MakeCourse) -> None:
    loaded = load(make_course({"modules/draft.yaml": "not even: a module", "modules/old.yml": ""}))
    assert list(map(str, loaded.problems)) == [
        "course/modules/draft.yaml: warning: no course.yaml lists this module\n    add it to modules in course.yaml, or move it elsewhere",
        "course/modules/old.yml: warning: this file is not read\n    its name must end in .yaml",
    ]
    assert loaded.course is not None


def test_an_unreadable_file_does_not_make_others_look_wrong(make_course: MakeCourse) -> None:
    two = (
        ONE.replace("id: M01", "id: M02")
        .replace("id: O1", "id: O2")
        .replace("id: S1", "id: S2\n    themes: [")
        .replace("id: sides", "id: other")
    )
    found = messages(
        make_course(
            {
                "course.yaml": FRONT.replace("[one]", "[one, two]"),
                "modules/two.yaml": two,
                "modules/one.yaml": ONE.replace("taught: [S1]", "taught: [S2]"),
            }
        )
    )
    assert len(found) == 1 and "course/modules/two.yaml" in found[0]


def test_a_course_is_for_somebody(make_course: MakeCourse) -> None:
    found = messages(make_course({"audiences/all.yaml": None}))
    assert found == ["course/audiences: this course is for nobody | add a file audiences/<id>.yaml"]


def test_a_file_that_names_an_audience_needs_a_usable_name(make_course: MakeCourse) -> None:
    found = messages(make_course({"audiences/all people.yaml": ALL, "audiences/all.yaml": None}))
    assert found == [
        'course/audiences/all people.yaml: "all people" cannot name a file here | the name is the id: a letter, then letters, digits and hyphens'
    ]


def test_a_variant_for_somebody_who_never_sees_the_part_is_reported(make_course: MakeCourse) -> None:
    slide = "{kind: statement, title: Try it, only: [all], variants: {some: {title: x}}}"
    found = messages(
        make_course({"modules/one.yaml": ONE.replace("{kind: statement, title: Try it}", slide), "audiences/some.yaml": ALL})
    )
    assert found == [f'{ONE_}:19:66: warning: "some" never sees this, so this variant is never used']


def test_the_short_form_is_tried_under_each_variant(make_course: MakeCourse) -> None:
    variant = "type: talk\n    short: {below: 8, with: {steps: [{do: x, minutes: 10}]}}\n    variants: {all: {minutes: {full: 12, min: 5}, steps: [{do: y, minutes: 12}]}}"
    found = messages(make_course({"modules/one.yaml": ONE.replace("type: talk", variant)}))
    assert found == [f"{ONE_}:13:29: the steps take 10 minutes, the segment takes 12"]


def test_a_thousand_problems_are_cut_to_the_first_hundred(make_course: MakeCourse) -> None:
    found = messages(make_course({"audiences/all.yaml": ALL + "".join(f"key{i}: x\n" for i in range(1_000))}))
    assert len(found) == complaints.MOST


# ------------------------------------------------------------------------------------- hostile folders


def bare_png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


PICTURED = ONE.replace(
    "{kind: statement, title: Try it}", "{kind: statement, title: Try it, picture: {file: assets/x.png, alt: A picture}}"
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (bare_png(1, 1), None),
        (bare_png(1, 1)[:-20], '"assets/x.png" is no PNG, JPEG or SVG picture, or is damaged'),
        (b"", '"assets/x.png" is no PNG, JPEG or SVG picture, or is damaged'),
        (b"GIF89a", '"assets/x.png" is no PNG, JPEG or SVG picture, or is damaged'),
        (bare_png(10_000, 10_000), '"assets/x.png" has 100 million pixels'),
        (bare_png(100_000, 100_000), '"assets/x.png" has far too many pixels'),
        (b"\x89PNG" + bytes(20_000_001), '"assets/x.png" has 20 MB, at most 20 MB are taken'),
    ],
    ids=["good", "cut off", "empty", "GIF", "100 megapixels", "10 gigapixels", "20 MB"],
)
def test_pictures_are_what_they_seem(make_course: MakeCourse, content: bytes, message: str | None) -> None:
    problems = load(make_course({"modules/one.yaml": PICTURED, "assets/x.png": content})).problems
    assert [problem.message for problem in problems] == ([message] if message else [])


def test_links_do_not_lead_out_of_the_course(make_course: MakeCourse, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("password: x")
    (tmp_path / "secret.png").write_bytes(bare_png(1, 1))
    folder = make_course({"modules/one.yaml": PICTURED, "assets/y": ""})
    (folder / "assets/x.png").symlink_to(tmp_path / "secret.png")
    (folder / "cases").symlink_to(tmp_path)
    (folder / "sources.yaml").symlink_to(tmp_path / "secret.yaml")
    found = "\n".join(messages(folder))
    assert "password" not in found
    assert "course/sources.yaml: this link leads out of the course folder" in found
    assert "course/cases/secret.yaml: this link leads out of the course folder" in found
    assert '"assets/x.png" lies outside of the course folder' in found


def test_links_in_circles_are_problems(make_course: MakeCourse) -> None:
    folder = make_course()
    (folder / "sources.yaml").symlink_to("sources.yaml")
    assert len(messages(folder)) == 1


def test_folders_where_files_should_be_and_the_other_way_round(make_course: MakeCourse) -> None:
    folder = make_course({"sources.yaml/x": "", "audiences/one.yaml/x": "", "cases": "a file"})
    assert messages(folder) == [
        "course/audiences/one.yaml: this is a folder, a file is needed",
        "course/cases: this must be a folder",
        "course/sources.yaml: this is a folder, a file is needed",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(make_course: MakeCourse) -> None:
    folder = make_course()
    (folder / "course.yaml").chmod(0)
    assert messages(folder) == ["course/course.yaml: this file may not be read (permission denied)"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "nowhere: there is no such folder"),
        ("empty", "empty: there is no course.yaml in this folder"),
        ("file", "file: this is no folder"),
        ("empty/course.yaml", "empty: there is no course.yaml in this folder"),
        ("n" * 300, f"{'n' * 300}: this folder cannot be read (File name too long)"),
        ("nul\0", "nul\0: there is no such folder"),
    ],
)
def test_a_course_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("file").touch()
    assert messages(Path(name)) == [f"{message} | coursewright new DIR makes a course to begin with"]


@pytest.mark.parametrize("name", ["course.yaml", "modules/one.yaml", "audiences/all.yaml"])
def test_a_hundred_megabytes_are_refused_before_they_are_read(make_course: MakeCourse, name: str) -> None:
    folder = make_course()
    with (folder / name).open("r+b") as file:
        file.truncate(100_000_000)
    began = time.process_time()
    assert messages(folder) == [f"course/{name}: this file has 100.0 MB, at most 2 MB are read | divide it into several modules"]
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        lambda many: "".join(f"key{i}: x\n" for i in range(2 * many)),
        lambda many: "objectives:\n" + "  - {id: a, taught: [b]}\n" * (many // 2),
        lambda many: "segments:\n" + "  - {type: x}\n" * many,
        lambda many: "segments: [{steps: [" + "{minutes: x}," * many + "]}]",
    ],
    ids=["keys", "objectives", "segments", "steps"],
)
def test_twice_as_many_mistakes_are_twice_the_work_not_four_times(make_course: MakeCourse, text: Callable[[int], str]) -> None:
    few, many = (work(make_course({"modules/one.yaml": text(count)})) for count in (1_000, 2_000))
    assert many < 2.5 * few


def work(folder: Path) -> int:
    """Return how many functions are called to read a course that is full of mistakes."""
    profile = cProfile.Profile()
    assert len(profile.runcall(messages, folder)) >= complaints.MOST
    return sum(each.callcount for each in profile.getstats())


# ------------------------------------------------------------------------------------------ completeness


def classes(kind: type[Node] = Course, seen: set[type[Node]] | None = None) -> set[type[Node]]:
    """Every class the files may hold."""
    seen = set() if seen is None else seen
    if kind not in seen:
        seen.add(kind)
        for key in shape.fields(kind):
            inner = shape.annotation(kind, key)
            while shape.item(inner) is not None and not shape.nodes(inner):
                inner = shape.item(inner)
            for below in shape.nodes(inner):
                classes(below, seen)
    return seen


def test_every_class_with_an_id_is_checked_for_ids_twice() -> None:
    has_id = {kind for kind in classes() if "id" in shape.fields(kind)}
    assert has_id - {Listed} == set(references.NAMED)  # an entry of a list of modules gives a module another id


def test_every_reference_names_a_field_there_is() -> None:
    for kind, key, what in references.POINTING:
        assert key in shape.fields(kind)
        assert what in {*references.NAMED.values(), "drawing"}


def test_sayings_are_for_errors_that_pydantic_has() -> None:
    known = set(core_schema.ErrorType.__args__)
    assert set(complaints.SAYINGS) <= known


def test_every_field_says_in_plain_words_what_it_wants() -> None:
    for kind in classes():
        for key in shape.fields(kind):
            wanted = complaints.expected(shape.annotation(kind, key))
            assert wanted.startswith(("text", "a ", "an ", "one of", "true or", "keys with", '"')) and "that fits" not in wanted
