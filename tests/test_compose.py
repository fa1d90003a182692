"""Courses from parts: modules of other courses, a customer's layers, and what audiences say in vain."""

# ruff: noqa: E501 (a message stands in one piece)

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pptx import Presentation
from pypdfium2 import PdfDocument

from coursewright import digests, schema
from coursewright.load import Loaded, load
from coursewright.model import Course, Module, Segment
from sample import COURSE, ROOT, call
from test_load import bare_png
from tiny import TINY

FRONT, ONE, ALL = TINY["course.yaml"], TINY["modules/one.yaml"], TINY["audiences/all.yaml"]
LENT = """\
id: L01
title: Lent
idea: Try it.
summary: You try it, [again](#L01-S1).
themes: [T1]
objectives:
  - {id: L01-O1, text: Try it., bloom: apply, taught: [L01-S1], practised: [L01-S1], assessed: [L01-S2]}
tables:
  - {id: pairs, title: Pairs, columns: [One, Other], rows: [[a, b], [c, d]]}
segments:
  - id: L01-S1
    title: Sort
    type: activity
    minutes: {full: 10, min: 5}
    priority: must
    purpose: To try.
    steps:
      - {do: "Talk to {{ terms.team.many }}.", minutes: 6}
      - {do: Sort cards., minutes: 4}
    slides:
      - {kind: statement, title: Try it, variants: {experts: {title: Prove it}}}
      - {kind: example, title: Pairs, table: pairs}
      - {kind: case, case: monday}
  - id: L01-S2
    title: Look back
    type: debrief
    minutes: {full: 5, min: 3}
    priority: must
    purpose: 'To see it. {{ "short" if short["L01-S1"] else "long" }}'
    steps:
      - {do: Ask., minutes: 5}
"""
CASE = "title: A Monday\ntext: The direction was clear.\nquestion: Was it?\n"
LENDER = {
    "course.yaml": FRONT.replace("[one]", "[lent]")
    + """\
terms:
  team: {one: team, many: teams, a: a team}
  other: {one: other}
glossary:
  - {term: Direction, here: where to}
  - {term: Unheard, here: of}
""",
    "modules/lent.yaml": LENT,
    "audiences/experts.yaml": ALL,
    "cases/monday.yaml": CASE,
    "cases/unused.yaml": CASE,
    "sources.yaml": """\
documents: [{id: D1, title: One}, {id: D2, title: Two}]
themes:
  - {id: T1, title: T, text: T, kind: core, where: {D1: [p]}}
  - {id: T2, title: T, text: T, kind: core, where: {D2: [p]}}
""",
}
TAKES = FRONT.replace("modules: [one]\n", "modules:\n  - one\n  - {from: ../lender, module: lent}\n")

Make = Callable[..., Path]


def write(folder: Path, files: Mapping[str, str | bytes | None]) -> Path:
    for name, content in files.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Write ./lender and ./course, which takes its only module; ``files`` of the course and ``lender`` replace some."""
    monkeypatch.chdir(tmp_path)

    def made(files: Mapping[str, Any] | None = None, lender: Mapping[str, Any] | None = None) -> Path:
        write(Path("lender"), {**LENDER, **(lender or {})})
        return write(Path("course"), {**TINY, "course.yaml": TAKES, **(files or {})})

    return made


def taking(entry: str, own: str = "one") -> dict[str, str]:
    """Return a course.yaml that takes the lender's module with more keys, one a line."""
    keys = "".join(f"    {line}\n" for line in entry.splitlines())
    return {
        "course.yaml": TAKES.replace(
            "  - {from: ../lender, module: lent}\n", f"  - from: ../lender\n    module: lent\n{keys}"
        ).replace("- one\n", f"- {own}\n")
    }


def messages(loaded: Loaded) -> list[str]:
    return [str(problem).replace("\n    ", " | ") for problem in loaded.problems]


def sound(folder: Path, *layers: Path) -> Course:
    loaded = load(folder, layers)
    assert loaded.course is not None and not loaded.problems, "\n".join(map(str, loaded.problems))
    return loaded.course


def taken(folder: Path, *layers: Path) -> Module:
    return sound(folder, *layers).modules[-1]


def first(folder: Path, *layers: Path) -> Segment:
    return taken(folder, *layers).segments[0]


# ----------------------------------------------------------------------------------------- taking a module


def test_a_module_of_another_course_is_as_it_is_there(make: Make) -> None:
    module = taken(make())
    assert (module.id, module.title, [segment.id for segment in module.segments]) == ("L01", "Lent", ["L01-S1", "L01-S2"])


def test_messages_name_the_file_and_line_that_are_meant(make: Make) -> None:
    folder = make(
        taking("segments: [L01-S2, L01-S1]"),
        {"modules/lent.yaml": LENT.replace("assessed: [L01-S2]", "assessed: [L09]").replace("full: 5", "full: five")},
    )
    assert messages(load(folder)) == [
        'lender/modules/lent.yaml:7:97: there is no segment "L09" | known here: L01-S1, L01-S2, S1',
        'lender/modules/lent.yaml:27:21: full must be a whole number from 1 to 2880, here it is "five"',
    ]


def test_a_module_may_get_another_title_and_id_and_what_names_it_follows(make: Make) -> None:
    lent = LENT.replace("(#L01-S1)", "(#L01)")
    module = taken(make(taking("id: F07\ntitle: Ours"), {"modules/lent.yaml": lent}))
    assert (module.id, module.title, module.summary) == ("F07", "Ours", "You try it, [again](#F07).")


def test_a_segment_may_get_another_id_and_what_names_it_follows(make: Make) -> None:
    module = taken(make(taking("override: {L01-S1: {id: X9}, pairs: {id: two}}")))
    assert module.objectives[0].taught == ("X9",) and module.objectives[0].assessed == ("L01-S2",)
    assert module.summary == "You try it, [again](#X9)."
    assert module.segments[1].purpose == 'To see it. {{ "short" if short["X9"] else "long" }}'
    assert module.segments[0].slides[1].model_dump()["table"] == "two"


def test_segments_run_in_the_order_given(make: Make) -> None:
    assert [segment.id for segment in taken(make(taking("segments: [L01-S2, L01-S1]"))).segments] == ["L01-S2", "L01-S1"]


def test_an_objective_that_the_chosen_segments_no_longer_reach_is_left_out_and_said(make: Make) -> None:
    loaded = load(make(taking("segments: [L01-S1]")))
    assert loaded.course is not None and loaded.course.modules[-1].objectives == ()
    assert messages(loaded) == [
        'course/course.yaml:10:5: warning: objective "L01-O1" is left out: without L01-S2 it is assessed nowhere | say where it is (L01-O1: {assessed: […]}) or leave it out (L01-O1: null), in override'
    ]


@pytest.mark.parametrize(("fields", "count"), [("null", 0), ("{assessed: [L01-S1]}", 1)])
def test_what_becomes_of_such_an_objective_can_be_said(make: Make, fields: str, count: int) -> None:
    assert len(taken(make(taking(f"segments: [L01-S1]\noverride: {{L01-O1: {fields}}}"))).objectives) == count


def test_fields_are_replaced_by_id(make: Make) -> None:
    override = (
        "override:\n  L01: {summary: Shorter.}\n  L01-S1: {title: Sort ours}\n  pairs: {rows: [[x, y]]}\n  L01-O1: {text: Do it.}"
    )
    module = taken(make(taking(override)))
    assert (module.summary, module.segments[0].title, module.tables[0].rows, module.objectives[0].text) == (
        "Shorter.",
        "Sort ours",
        (("x", "y"),),
        "Do it.",
    )


def test_entries_of_a_list_are_replaced_or_left_out_by_their_number(make: Make) -> None:
    override = 'override:\n  L01-S1: {slides: {"1": {title: Ours}, "2": null}, steps: {"2": {say: Now.}}}\n  pairs: {rows: {"2": {"1": x}}}'
    module = taken(make(taking(override)))
    slides = [slide.model_dump() for slide in module.segments[0].slides]
    assert [(slide["kind"], slide.get("title")) for slide in slides] == [("statement", "Ours"), ("case", None)]
    assert [(step.do, step.say) for step in module.segments[0].steps][1] == ("Sort cards.", "Now.")
    assert module.tables[0].rows == (("a", "b"), ("x", "d"))


def test_the_steps_of_a_segment_of_another_length_keep_their_shares(make: Make) -> None:
    segment = first(make(taking("override: {L01-S1: {minutes: {full: 20, min: 15}}}")))
    assert [step.minutes for step in segment.steps] == [12, 8]


def test_the_steps_of_variants_and_short_forms_are_stretched_with_it(make: Make) -> None:
    more = "type: activity\n    short: {below: 8, with: {steps: [{do: x, minutes: 4}, {do: y, minutes: 6}]}}\n    variants: {experts: {steps: [{do: z, minutes: 10}]}}"
    lent = LENT.replace("type: activity", more)
    segment = first(
        make(
            {**taking("override: {L01-S1: {minutes: {full: 20, min: 15}}}"), "audiences/experts.yaml": ALL},
            {"modules/lent.yaml": lent},
        )
    )
    assert segment.short is not None
    assert [step["minutes"] for step in segment.short.fields["steps"]] == ["8", "12"]
    assert [step["minutes"] for step in segment.variants["experts"]["steps"]] == ["20"]


def test_a_field_that_is_given_holds_for_every_audience(make: Make) -> None:
    files = {
        **taking('override: {L01-S1: {slides: {"1": {title: Ours}}}}'),
        "audiences/experts.yaml": ALL + "terms: {team: {one: x, many: y, a: z}}\n",
    }
    assert first(make(files)).slides[0].variants == {}


def test_modules_of_the_course_itself_may_be_changed_as_well(make: Make) -> None:
    files = {"course.yaml": FRONT.replace("[one]", "[{module: one, title: Other, override: {S1: {title: Do}}}]")}
    module = sound(make(files)).modules[0]
    assert (module.title, module.segments[0].title) == ("Other", "Do")


WRONG = {  # what: (keys of the entry, message)
    "unknown id": ("override: {L01-S9: {title: x}}", '10:16: there is no "L01-S9" in this module | did you mean "L01-S2"?'),
    "unknown field": ("override: {L01-S1: {titel: x}}", '10:25: unknown key "titel" | did you mean "title"?'),
    "wrong value": ("override: {L01-S1: {title: [x]}}", "10:32: title must be text, here it is a list"),
    "wrong sum": (
        "override: {L01-S1: {minutes: {full: 3, min: 5}}}",
        "10:49: min (5) is longer than full (3)",
    ),
    "no such entry": (
        'override: {L01-S1: {slides: {"4": {title: x}}}}',
        "10:34: there is no entry 4 of slides: it has 3, counted from 1",
    ),
    "no fields": ("override: {L01-S1: x}", '10:24: L01-S1 must be keys with values, here it is "x"'),
    "unknown segment": (
        "segments: [L01-S1, L01-S2, L01-S3]",
        '10:32: there is no segment "L01-S3" in this module | did you mean "L01-S2"?',
    ),
    "segment twice": ("segments: [L01-S1, L01-S2, L01-S1]", '10:32: segment "L01-S1" is listed twice | each segment runs once'),
    "whole module": ("override: {L01: null}", "10:16: a whole module is left out by leaving it out of modules"),
    "segment left out": (
        "segments: [L01-S2]\noverride: {L01-S1: {title: x}, L01-O1: null, L01: {summary: x}}",
        '11:16: segment "L01-S1" is left out here, so this changes nothing | name it in segments',
    ),
    "same as before": ("override: {L01-S1: {title: Sort}}", "10:25: warning: title is the same without this | leave it out"),
    "same as unsaid": ("override: {L01-S1: {room: ''}}", "10:25: warning: room is the same without this | leave it out"),
    "same title": ("title: Lent", "10:5: warning: title is the same without this | leave it out"),
    "nothing": ("override: {L01-S1: {}}", "10:16: warning: this changes nothing"),
    "same order": (
        "segments: [L01-S1, L01-S2]",
        "10:5: warning: these are all segments of this module, in their order | leave segments out",
    ),
    "unknown key": ("overide: {}", '10:5: unknown key "overide" | did you mean "override"?'),
}


@pytest.mark.parametrize(("entry", "message"), WRONG.values(), ids=WRONG.keys())
def test_what_an_entry_has_wrong_is_named_at_its_own_line(make: Make, entry: str, message: str) -> None:
    found = messages(load(make(taking(entry))))
    assert f"course/course.yaml:{message}" in found, "\n".join(found)
    assert len(found) == 1, "\n".join(found)


def test_an_id_that_a_table_and_a_deck_share_cannot_be_overridden(make: Make) -> None:
    lent = LENT.replace(
        "segments:\n",
        "decks:\n  - {id: pairs, title: D, columns: [{key: a, title: A}, {key: b, title: B}], cards: [{number: 1, text: x, key: a}, {number: 2, text: y, key: b}]}\nsegments:\n",
    )
    found = messages(load(make(taking("override: {pairs: {title: x}}"), {"modules/lent.yaml": lent})))
    assert found == [
        'course/course.yaml:10:16: "pairs" is the id of a table and of a card deck | only ids that one part has can be overridden'
    ]


def test_an_id_that_both_courses_use_is_renamed_where_the_module_is_taken(make: Make) -> None:
    lender = {"modules/lent.yaml": LENT.replace("L01-S2", "S1")}
    hint = "course/modules/one.yaml:10:9 has it already; ids are unique in the whole course; override: {S1: {id: …}} where the module is taken renames it"
    assert messages(load(make(None, lender))) == [f'lender/modules/lent.yaml:24:9: segment id "S1" is taken | {hint}']
    assert taken(make(taking("override: {S1: {id: L9}}"), lender)).objectives[0].assessed == ("L9",)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{from: ../nowhere, module: lent}",
            '12: there is no course in "../nowhere" | name a folder that holds a course.yaml, as seen from this file',
        ),
        ("{from: ../lender, module: lnt}", '31: there is no module "lnt" in ../lender | did you mean "lent"?'),
        (
            "{from: ../lender, module: lent.yaml}",
            '31: there is no module "lent.yaml" in ../lender | write "lent": names stand without .yaml',
        ),
        ("{from: ., module: one}", '12: this goes round in a circle: "course" from "course"'),
    ],
)
def test_where_a_module_is_taken_from_must_be_there(make: Make, entry: str, message: str) -> None:
    found = messages(load(make({"course.yaml": TAKES.replace("{from: ../lender, module: lent}", entry)})))
    assert found == [f"course/course.yaml:8:{message}"]


def test_a_module_that_goes_round_in_a_circle_is_an_error(make: Make) -> None:
    back = LENDER["course.yaml"].replace("[lent]", "[{from: ../course, module: round}]")
    folder = make({"course.yaml": FRONT.replace("[one]", "[one, {from: ../lender, module: round}]")}, {"course.yaml": back})
    assert messages(load(folder)) == [
        'lender/course.yaml:6:18: this goes round in a circle: "course" from "lender" from "course"'
    ]


def test_a_module_may_come_through_a_course_that_takes_it_itself(make: Make, tmp_path: Path) -> None:
    folder = make({"course.yaml": TAKES.replace("../lender", "../between")})
    listed = "[{from: ../lender, module: lent, title: Between}]"
    write(tmp_path / "between", {**TINY, "course.yaml": FRONT.replace("[one]", listed)})
    course = sound(folder)
    assert (course.modules[-1].title, [case.id for case in course.cases]) == ("Between", ["monday"])


def test_a_module_is_taken_once(make: Make) -> None:
    twice = TAKES.replace("slots:", "  - {from: ../lender, module: lent}\nslots:")
    assert messages(load(make({"course.yaml": twice}))) == [
        'course/course.yaml:9:31: module "lent" is listed twice | each module runs once'
    ]


def test_the_module_between_two_days_is_read_and_stands_apart(make: Make) -> None:
    night = ONE.replace("M01", "N1").replace("S1", "N1-S1").replace("O1", "N1-O1").replace("sides", "night")
    files = {"course.yaml": FRONT.replace("slots:", "overnight: night\nslots:"), "modules/night.yaml": night}
    course = sound(make(files))
    assert course.overnight is not None and course.overnight.id == "N1" and [module.id for module in course.modules] == ["M01"]
    files["course.yaml"] = files["course.yaml"].replace("[one]", "[one, night]")
    assert messages(load(make(files))) == [
        'course/course.yaml:7:12: module "night" is in modules, too | it runs between two days, and only there: take it out of modules'
    ]


SHAPES = ("x", "[]", "[[1]]", "null", "[{kind: x}]", "{L01: {id: [x]}}", "{L01-S1: {minutes: {full: 0}}}")


@pytest.mark.parametrize("value", [*SHAPES, '{L01-S1: {steps: {"1": x, "2": null}}}', "{L01-S1: {variants: x, short: y}}"])
def test_wrong_types_in_an_entry_or_a_layer_are_problems_and_nothing_else(make: Make, value: str) -> None:
    found: list[str] = []
    for key in ("from", "module", "id", "title", "segments", "override"):
        entry = {"from": "../lender", "module": "lent"} | {key: value}
        lines = "".join(f"    {name}: {each}\n" for name, each in entry.items())
        found += messages(load(make({"course.yaml": TAKES.replace("  - {from: ../lender, module: lent}\n", f"  -\n{lines}")})))
    make()
    for key in ("modules", "add", "override", "slots", "terms", "glossary", "schedule", "brand"):
        found += messages(load(Path("course"), [layer({"layer.yaml": f"{key}: {value}\n"})]))
    assert found and not any(word in line for line in found for word in ("pydantic", "Input", "tuple", "Error"))


# ------------------------------------------------------------------------------------- what comes along


def test_cases_themes_terms_and_glossary_come_along_as_far_as_they_are_needed(make: Make) -> None:
    course = sound(make())
    assert [case.id for case in course.cases] == ["monday"]
    assert ([theme.id for theme in course.sources.themes], [each.id for each in course.sources.documents]) == (["T1"], ["D1"])
    assert list(course.front.terms) == ["team"]
    assert [entry.term for entry in course.front.glossary] == ["Direction"]


def test_the_words_of_the_course_itself_win(make: Make) -> None:
    own = "terms: {team: {one: crew, many: crews}}\nglossary: [{term: direction, here: ours}]\n"
    course = sound(make({"course.yaml": TAKES + own}))
    assert (course.front.terms["team"].many, [entry.here for entry in course.front.glossary]) == ("crews", ["ours"])


def test_two_cases_of_one_name_are_an_error_unless_they_are_the_same(make: Make) -> None:
    assert [case.id for case in sound(make({"cases/monday.yaml": CASE})).cases] == ["monday"]
    found = messages(load(make({"cases/monday.yaml": CASE.replace("clear", "not clear")})))
    assert found == [
        'course/cases/monday.yaml:1:1: case "monday" is also in ../lender, whose module "lent" needs that one | call yours otherwise; to have yours in that module, override the slide that names it'
    ]
    course = sound(
        make({**taking('override: {L01-S1: {slides: {"3": {case: ours}}}}'), "cases/monday.yaml": None, "cases/ours.yaml": CASE})
    )
    assert "ours" in {case.id for case in course.cases}


def test_two_themes_of_one_id_must_be_the_same(make: Make) -> None:
    other = LENDER["sources.yaml"].replace("text: T,", "text: Other,", 1)
    assert messages(load(make({"sources.yaml": other}))) == [
        'course/sources.yaml:3:10: theme "T1" is another one in ../lender, whose modules need it | give yours another id'
    ]


PICTURE = "{kind: statement, title: Try it, picture: {file: assets/x.png, alt: A red square on white}}"


def test_pictures_are_looked_up_in_their_own_course(make: Make) -> None:
    lent = LENT.replace("{kind: statement, title: Try it, variants: {experts: {title: Prove it}}}", PICTURE)
    lender = {"modules/lent.yaml": lent, "assets/x.png": bare_png(1, 1)}
    assert first(make(None, lender)).slides[0].model_dump()["picture"]["file"] == "../lender/assets/x.png"
    (Path("lender") / "assets/x.png").unlink()
    assert messages(load(Path("course"))) == [
        'lender/modules/lent.yaml:21:58: there is no file "../lender/assets/x.png" | the path begins at the course folder'
    ]


def test_drawings_of_the_other_course_come_along_and_give_way_to_ones_own(make: Make) -> None:
    slide = "{kind: diagram, title: T, diagram: spiral, data: {turns: 3}, alt: A spiral}"
    lent = LENT.replace("{kind: example, title: Pairs, table: pairs}", slide)
    drawing = "{# data: turns 1..9 #}<svg></svg>"
    folder = make(None, {"modules/lent.yaml": lent, "templates/diagrams/spiral.svg.j2": drawing})
    assert sound(folder)
    own, theirs, ours = load(write(folder, {"templates/diagrams/spiral.svg.j2": drawing})).folders.templates
    assert (own, theirs, ours.name) == (Path("course/templates"), Path("lender/templates"), "templates")


def test_audiences_that_are_not_here_are_passed_over_and_misspelt_ones_are_not(make: Make) -> None:
    assert sound(make())
    found = messages(load(make(None, {"modules/lent.yaml": LENT.replace("{experts:", "{expert:")})))
    assert found == ['lender/modules/lent.yaml:21:53: there is no audience "expert" | did you mean "experts"?']


def test_a_segment_that_is_only_for_audiences_of_the_other_course_is_said(make: Make) -> None:
    lent = LENT.replace("type: debrief", "type: debrief\n    only: [experts]")
    assert messages(load(make(None, {"modules/lent.yaml": lent}))) == [
        "lender/modules/lent.yaml:27:5: warning: no audience of this course sees this: it is for experts of the other one | leave it out where the module is taken, or give it to everybody there: override: {…: {only: []}}"
    ]
    assert taken(make(taking("override: {L01-S2: {only: []}}"), {"modules/lent.yaml": lent})).segments[1].only == ()


# --------------------------------------------------------------------------------------------------- layers


def layer(files: Mapping[str, str | bytes], name: str = "acme") -> Path:
    return write(Path(name), files)


def test_a_layer_replaces_what_it_gives_and_leaves_the_rest(make: Make) -> None:
    make()
    slots = "slots: [{id: hour, minutes: 20}, {id: more, title: More, minutes: 30}]\n"
    words = "terms: {team: {one: crew, many: crews, a: a crew}}\ndocuments: [workbook.pdf]\n"
    top = layer({"layer.yaml": f"title: Acme\n{slots}schedule: {{buffer: 3}}\n{words}"})
    front = sound(Path("course"), top).front
    assert (front.title, front.version, front.documents) == ("Acme", "1.0", ("workbook.pdf",))
    assert [(slot.id, slot.title, slot.minutes) for slot in front.slots] == [
        ("hour", "A quarter of an hour", 20),
        ("more", "More", 30),
    ]
    assert (front.schedule.buffer, front.schedule.start, front.terms["team"].many) == (3, "09:00", "crews")


def test_a_layer_overrides_parts_of_any_module_by_their_ids(make: Make) -> None:
    make()
    top = layer({"layer.yaml": "override:\n  S1: {title: Ours}\n  L01-S1: {title: Ours too}\n"})
    assert [module.segments[0].title for module in sound(Path("course"), top).modules] == ["Ours", "Ours too"]
    top = layer({"layer.yaml": "override:\n  S1: {titel: Ours}\n  L01-S9: null\n"})
    assert messages(load(Path("course"), [top])) == [
        'acme/layer.yaml:2:8: unknown key "titel" | did you mean "title"?',
        'acme/layer.yaml:3:3: there is no "L01-S9" in any module | did you mean "L01-S2"?',
    ]


def test_a_layer_adds_modules_where_it_says(make: Make) -> None:
    make({"course.yaml": FRONT})
    own = ONE.replace("M01", "A1").replace("S1", "A1-S1").replace("O1", "A1-O1").replace("sides", "ours")
    top = layer(
        {
            "layer.yaml": "add:\n  - {module: ours, before: one}\n  - {from: ../lender, module: lent, after: ours}\n",
            "modules/ours.yaml": own,
        }
    )
    assert [module.id for module in sound(Path("course"), top).modules] == ["A1", "L01", "M01"]
    top = layer({"layer.yaml": "add: [{module: ours, after: on}]\n"})
    assert messages(load(Path("course"), [top])) == [
        'acme/layer.yaml:1:29: there is no module "on" in the list | did you mean "one"?'
    ]
    top = layer({"layer.yaml": "title: Acme\n"})
    assert messages(load(Path("course"), [top])) == [
        "acme/modules/ours.yaml: warning: no list of modules names this module | add it in layer.yaml: add: [{module: ours}]"
    ]


def test_a_layer_may_have_its_own_list_and_keeps_what_the_course_says_of_its_entries(make: Make) -> None:
    make(taking("title: Taken\noverride: {L01-S1: {title: Sort theirs}}"))
    top = layer({"layer.yaml": "modules:\n  - {module: lent, override: {L01-S1: {room: Large}}}\n  - one\n"})
    module = sound(Path("course"), top).modules[0]
    assert (module.title, module.segments[0].title, module.segments[0].room) == ("Taken", "Sort theirs", "Large")


def test_a_module_of_a_layer_stands_in_for_the_one_of_the_same_name(make: Make) -> None:
    make()
    top = layer({"modules/one.yaml": ONE.replace("title: First", "title: Acme first")})
    assert sound(Path("course"), top).modules[0].title == "Acme first"


def test_a_case_of_a_layer_is_the_case_for_every_audience(make: Make) -> None:
    make(
        {"course.yaml": TAKES, "audiences/experts.yaml": ALL},
        {"cases/monday.yaml": CASE + "variants: {experts: {text: Northfield., title: Northfield}}\n"},
    )
    top = layer({"cases/monday.yaml": "text: Acme lost a lorry.\n"})
    case = sound(Path("course"), top).cases[0]
    assert (case.title, case.text, case.variants) == ("A Monday", "Acme lost a lorry.", {"experts": {"title": "Northfield"}})


def test_an_audience_of_a_layer_changes_fields_or_is_new(make: Make) -> None:
    make({"audiences/all.yaml": ALL + "terms: {team: {one: x, many: xs, a: an x}}\n"})
    drivers = ALL.replace("All", "Drivers") + "terms: {team: {one: depot, many: depots, a: a depot}}\n"
    top = layer(
        {
            "audiences/all.yaml": "people: 9\nterms: {other: {one: rival}}\n",
            "audiences/drivers.yaml": drivers,
            "layer.yaml": "override: {S1: {purpose: 'To meet {{ terms.other }}.'}}",
        }
    )
    people, drivers_ = sound(Path("course"), top).audiences
    assert (people.name, people.people, list(people.terms)) == ("All", 9, ["team", "other"]) and drivers_.name == "Drivers"


@pytest.mark.parametrize(
    ("name", "text", "what"), [("audiences/al.yaml", "people: 9\n", "audience"), ("cases/monda.yaml", "title: x\n", "case")]
)
def test_a_file_of_a_layer_that_hits_nothing_is_an_error(make: Make, name: str, text: str, what: str) -> None:
    make()
    found = messages(load(Path("course"), [layer({name: text})]))
    stem, meant = Path(name).stem, {"audience": "all", "case": "monday"}[what]
    assert f'acme/{name}:1:1: the course has no {what} "{stem}", so this would be a new one | did you mean "{meant}"?' in found


def test_a_key_that_no_layer_has_is_named_and_what_is_as_before_is_a_warning(make: Make) -> None:
    make()
    assert messages(load(Path("course"), [layer({"layer.yaml": "titel: Acme\nversion: 1.0\n"})])) == [
        'acme/layer.yaml:1:1: unknown key "titel" | did you mean "title"?',
        "acme/layer.yaml:2:1: warning: version is the same without this layer | leave it out",
    ]


def test_the_last_of_several_layers_wins(make: Make) -> None:
    make()
    layers = layer({"layer.yaml": "title: Group\nsubtitle: All of it\n"}, "group"), layer({"layer.yaml": "title: Site\n"}, "site")
    front = sound(Path("course"), *layers).front
    assert (front.title, front.subtitle) == ("Site", "All of it")
    assert load(Path("course"), layers).folders.layers == (Path("site"), Path("group"))


def test_a_folder_that_is_no_layer_is_an_error(make: Make) -> None:
    make()
    Path("acme").mkdir()
    assert messages(load(Path("course"), [Path("acme")])) == [
        "acme: this is no layer | it is a folder with layer.yaml, audiences/, cases/, messages/, modules/, templates/ or assets/"
    ]


def test_a_picture_of_a_layer_stands_in_for_the_one_of_the_same_name(make: Make) -> None:
    make({"modules/one.yaml": ONE.replace("{kind: statement, title: Try it}", PICTURE), "assets/x.png": bare_png(1, 1)})
    own = sound(Path("course")).modules[0].segments[0].slides[0].model_dump()["picture"]["file"]
    top = layer({"assets/x.png": bare_png(2, 2)})
    swapped = sound(Path("course"), top).modules[0].segments[0].slides[0].model_dump()["picture"]["file"]
    assert (own, swapped) == ("assets/x.png", "../acme/assets/x.png")


def test_the_brand_and_sources_of_a_layer_lie_in_the_layer(make: Make) -> None:
    make({"modules/one.yaml": ONE})
    top = layer(
        {
            "layer.yaml": "brand: acme.potx\n",
            "acme.potx": "",
            "sources.yaml": "documents: [{id: D1, title: Ours}, {id: D3, title: Three}]\n",
        }
    )
    course = sound(Path("course"), top)
    assert course.front.brand == "../acme/acme.potx"
    assert [(document.id, document.title) for document in course.sources.documents] == [("D1", "Ours"), ("D3", "Three")]


def test_the_schema_of_a_layer_takes_what_the_loader_takes() -> None:
    validator = jsonschema.Draft202012Validator(schema.schema("layer"))
    good = {
        "title": "A",
        "slots": [{"id": "hour", "minutes": 20}],
        "terms": {"team": "crew"},
        "add": [{"module": "x", "after": "one"}],
        "override": {"S1": {"slides": {"2": {"title": "x"}}}, "S2": None},
    }
    assert not list(validator.iter_errors(good))
    for bad in (
        {"titel": "x"},
        {"override": {"S1": {"titel": "x"}}},
        {"slots": [{"id": "hour", "minuts": 3}]},
        {"add": [{"after": "one"}]},
    ):
        assert list(validator.iter_errors(bad)), bad
    course = jsonschema.Draft202012Validator(schema.schema("course"))
    front = {
        "title": "T",
        "version": 1.0,
        "date": "2026-01-15",
        "licence": "x",
        "promise": "x",
        "slots": [{"id": "h", "title": "H", "minutes": 20}],
        "documents": ["deck.pptx"],
    }
    assert not list(
        course.iter_errors(
            {**front, "modules": ["one", {"from": "../x", "module": "y", "override": {"S1": {"minutes": {"full": 2, "min": 1}}}}]}
        )
    )
    assert list(course.iter_errors({**front, "modules": [{"from": "../x"}]}))


# ------------------------------------------------------------------------------------- audiences in vain


def test_audiences_that_get_the_same_are_reported(make: Make) -> None:
    hint = "give it words (terms), variants or parts of its own, or leave one of the two out"
    found = messages(load(make({"audiences/some.yaml": ALL, "audiences/zeal.yaml": ALL})))
    assert found == [
        f'course/audiences/{name}.yaml:1:1: warning: this audience gets the same as "all", the course as it stands | {hint}'
        for name in ("some", "zeal")
    ]
    terms = "terms: {team: {one: crew, many: crews, a: a crew}}\n"
    found = messages(load(make({"audiences/some.yaml": ALL + terms, "audiences/zeal.yaml": ALL + terms})))
    assert found == [f'course/audiences/zeal.yaml:1:1: warning: this audience gets the same as "some" | {hint}']


@pytest.mark.parametrize(
    "slide",
    [
        "{kind: statement, title: Try it, only: [all]}",
        "{kind: statement, title: Try it, not: [some]}",
        "{kind: statement, title: Try it, variants: {some: {title: x}}}",
    ],
)
def test_audiences_that_see_other_things_are_not_alike(make: Make, slide: str) -> None:
    assert sound(make({"modules/one.yaml": ONE.replace("{kind: statement, title: Try it}", slide), "audiences/some.yaml": ALL}))


@pytest.mark.parametrize(
    ("variant", "is_idle"),
    [("{title: Try it}", True), ("{question: ''}", True), ("{}", True), ("{title: Try it, question: Why?}", False)],
)
def test_a_variant_that_changes_nothing_is_reported(make: Make, variant: str, is_idle: bool) -> None:
    slide = f"{{kind: statement, title: Try it, variants: {{all: {variant}}}}}"
    found = messages(load(make({"modules/one.yaml": ONE.replace("{kind: statement, title: Try it}", slide)})))
    assert found == (
        ["course/modules/one.yaml:19:53: warning: this variant changes nothing | say what is different, or leave it out"]
        if is_idle
        else []
    )


def test_a_form_that_a_text_uses_and_an_audience_lacks_is_an_error(make: Make) -> None:
    found = messages(load(make({"audiences/all.yaml": ALL + "terms: {team: crew}\n"})))
    assert found == [
        'course/audiences/all.yaml:5:9: the term "team" has no form "many" here, so {{ terms.team.many }} would be empty | write team: {one: …, many: …, a: …}',
        'course/audiences/all.yaml:5:9: warning: the term "team" has no form "a" here, as the course’s has | add a: …',
    ]


def test_a_term_that_no_text_uses_is_a_warning(make: Make) -> None:
    files = {
        "course.yaml": TAKES + "terms: {team: {one: team, many: teams}, floor: {one: floor}}\n",
        "audiences/all.yaml": ALL + "terms: {tem: {one: x, many: y}}\n",
    }
    assert messages(load(make(files))) == [
        'course/audiences/all.yaml:5:9: warning: no text uses the term "tem" | did you mean "team"?',
        'course/course.yaml:12:41: warning: no text uses the term "floor" | write {{ terms.floor }} where it belongs, or leave it out',
    ]
    assert messages(load(make({**files, "templates/slides/x.html.j2": "{{ edition.audience.terms.floor }}"})))[1:] == []


# -------------------------------------------------------------------------------------------- command line


def test_a_change_in_another_course_or_a_layer_is_a_change(make: Make) -> None:
    folder, top = make(), layer({"layer.yaml": "title: Acme\n"})

    def now(*layers: Path) -> str:
        digests.digest.cache_clear()
        return digests.inputs(folder, None, Path("out"), {}, layers)

    hashes = [now(), now(top)]
    for name in ("lender/modules/lent.yaml", "lender/assets/x.png", "acme/layer.yaml", "acme/templates/a.css", "acme/acme.potx"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("other", "utf-8")
        hashes.append(now(top))
    assert len(set(hashes)) == len(hashes)


def test_other_courses_are_found_however_they_are_named(tmp_path: Path) -> None:
    for name in "abcd":
        (tmp_path / name).mkdir()
    (tmp_path / "a/course.yaml").write_text(
        'modules:\n- {"from": "../b", module: x}\n- from: >-\n    ../c\n  module: y\n', "utf-8"
    )
    (tmp_path / "b/course.yaml").write_text("modules: [{from: ../d, module: x}, {from: ../a, module: x}]", "utf-8")
    (tmp_path / "c/course.yaml").write_text("from: [", "utf-8")
    assert [path.resolve().name for path in digests.sources([tmp_path / "a"])] == ["a", "b", "c", "d"]


def test_check_and_plan_take_layers(make: Make) -> None:
    make()
    layer({"layer.yaml": "slots: [{id: hour, minutes: 25}]\noverride: {S1: {title: Acme tries}}\n"})
    here = Path.cwd()
    checked = call("check", "course", "--layer", "acme", "--select", "PRN", cwd=here)
    assert (checked.returncode, checked.stdout) == (0, "no problems\n"), checked.stdout
    planned = call("plan", "course", "-a", "all", "--layer", "acme", cwd=here)
    assert planned.returncode == 0 and "Acme tries" in planned.stdout and "09:25" in planned.stdout
    assert call("check", "course", "--layer", "nowhere", cwd=here).returncode == 2


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def words_of(deck: Path) -> str:
    slides = Presentation(str(deck)).slides
    return "\n".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)


def test_modules_of_the_sample_course_make_the_deck_and_workbook_of_another(make: Make) -> None:
    entry = """\
modules:
  - one
  - from: {sample}
    module: 02-direction-and-delivery
    title: Two kinds of work
    segments: [M02-S2, M02-S1, M02-S3]
    override:
      M02-S2: {{title: Sort our own cards, minutes: {{full: 20, min: 15}}, slides: {{"1": {{title: Sort our own work}}}}}}
      M02-O1: {{taught: [M02-S1]}}
      M02-O2: null
slots: [{{id: hour, title: An hour, minutes: 60}}]
documents: [deck.pptx, workbook.pdf]
"""
    head = FRONT.partition("modules:")[0]
    where = os.path.relpath(COURSE, Path("course").resolve())
    make({"course.yaml": head + entry.format(sample=where)})
    before = fingerprint(COURSE)
    done = call("build", "course", "--out", "out", cwd=Path.cwd(), COURSEWRIGHT_CACHE="cache")
    assert done.returncode == 0, done.stdout + done.stderr
    assert fingerprint(COURSE) == before
    deck = words_of(Path("out/all/hour/deck.pptx"))
    assert "Two kinds of work" in deck and "Sort our own work" in deck and "until 09:30" in deck
    workbook = "".join(page.get_textpage().get_text_range() for page in PdfDocument("out/all/hour/workbook.pdf"))
    assert "Two kinds of work" in workbook


def square(colour: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><rect width="40" height="30" fill="{colour}"/></svg>'


def test_pictures_of_other_courses_and_of_layers_are_in_the_finished_files(make: Make) -> None:
    shown = PICTURE.replace("x.png", "x.svg")
    element = "    workbook:\n      - {kind: picture, file: assets/x.svg, alt: A red square on white}\n"
    lent = LENT.replace("{kind: example, title: Pairs, table: pairs}", shown).replace(
        "  - id: L01-S2\n", f"{element}  - id: L01-S2\n"
    )
    own = ONE.replace("{kind: statement, title: Try it}", shown.replace("Try it", "Ours"))
    documents = TAKES.replace("[deck.pptx]", "[deck.pptx, workbook.pdf]").replace("minutes: 15}", "minutes: 40}")
    make(
        {"course.yaml": documents, "modules/one.yaml": own, "assets/x.svg": square("#111111")},
        {"modules/lent.yaml": lent, "assets/x.svg": square("#222222")},
    )
    layer({"assets/x.svg": square("#333333")})
    done = call("build", "course", "--layer", "acme", "--out", "out", cwd=Path.cwd(), COURSEWRIGHT_CACHE="cache")
    assert "2 files in" in done.stdout, done.stdout + done.stderr
    with zipfile.ZipFile("out/all/hour/deck.pptx") as parts:
        drawn = "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".svg"))
    assert [colour for colour in ("#111111", "#222222", "#333333") if colour in drawn] == ["#222222", "#333333"]


def test_a_layer_over_the_sample_course_swaps_a_case_a_term_the_brand_and_a_template_and_leaves_the_course_as_it_is(
    make: Make,
) -> None:
    make()
    top = layer(
        {
            "layer.yaml": "title: Two Hats at Acme\nbrand: acme.pptx\ndocuments: [deck.pptx, note.txt]\nterms:\n  team: {one: depot crew, many: depot crews, a: a depot crew}\n",
            "acme.pptx": (ROOT / "templates/brand.pptx").read_bytes(),
            "cases/tuesday-in-two-hats.yaml": "title: The lorry that waited\ntext: Acme moved its depot on a Friday.\nquestion: Who led?\n",
            "templates/documents/note.txt.j2": "{#- reader: participant; formats: txt -#}\n{{ edition.front.title }}: {{ edition.front.brand }}\n",
            "templates/slides/case.html.j2": (ROOT / "templates/slides/case.html.j2")
            .read_text("utf-8")
            .replace(">Decide<", ">Settle at Acme<"),
        }
    )
    before = fingerprint(COURSE)
    arguments = ("build", COURSE, "--layer", top.resolve(), "-a", "newly-promoted-managers", "--minutes", "210", "--out", "out")
    done = call(*arguments, cwd=Path.cwd(), COURSEWRIGHT_CACHE="cache")
    assert done.returncode == 0, done.stdout + done.stderr
    assert fingerprint(COURSE) == before
    (folder,) = {path.parent for path in Path("out").rglob("deck.pptx")}
    assert (folder / "note.txt").read_text("utf-8").startswith("Two Hats at Acme: ../")
    deck = words_of(folder / "deck.pptx")
    assert "The lorry that waited" in deck and "the depot crew" in deck and "Settle at Acme" in deck
    facts = json.loads(Path("out/report.json").read_text("utf-8"))
    assert facts["course"] == "Two Hats at Acme"
