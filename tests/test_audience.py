"""What an audience sees, in which words."""

from __future__ import annotations

from typing import Any

import pytest

import small
from coursewright.audience import find, select, swaps
from coursewright.editions import plan
from coursewright.model import Course
from coursewright.problems import Broken

SENIOR = {"id": "senior", "name": "Senior people", "who": "Heads.", "arrive_with": "Little time.", "promise": "One plan."}


def course(**segment: Any) -> Course:
    """Return the small course with a second audience and some fields of its first segment replaced."""
    base = small.course(terms={"team": {"one": "team", "many": "teams", "a": "a team"}})
    first = base.modules[0].segments[0].replaced(segment)
    module = base.modules[0].model_copy(update={"segments": (first,)})
    audience = type(base.audiences[0]).model_validate({**SENIOR, "terms": {"team": "function"}})
    return base.model_copy(update={"modules": (module, *base.modules[1:]), "audiences": (*base.audiences, audience)})


def test_what_is_for_others_only_is_gone() -> None:
    base = course(slides=[{"kind": "agenda", "only": ["managers"]}, {"kind": "objectives", "not": ["managers"]}])
    seen = {name: select(base, find(base, name)).modules[0].segments[0].slides for name in ("managers", "senior")}
    assert {name: [slide.kind for slide in slides] for name, slides in seen.items()} == {
        "managers": ["agenda"],
        "senior": ["objectives"],
    }


def test_a_module_left_without_segments_is_gone() -> None:
    base = course(only=["managers"])
    assert [module.id for module in select(base, find(base, "senior")).modules] == ["M02"]


def test_a_variant_replaces_fields_and_is_checked() -> None:
    base = course(variants={"senior": {"title": "Where do you stand?"}})
    titles = [select(base, find(base, name)).modules[0].segments[0].title for name in ("managers", "senior")]
    assert titles == ["Stand on the line", "Where do you stand?"]


def test_a_variant_may_hold_parts_with_conditions_of_their_own() -> None:
    slides = [{"kind": "agenda"}, {"kind": "objectives", "not": ["senior"]}]
    base = course(variants={"senior": {"slides": slides}})
    assert [slide.kind for slide in select(base, find(base, "senior")).modules[0].segments[0].slides] == ["agenda"]


def test_a_variant_of_an_element_with_defaults_is_applied() -> None:
    base = course(workbook=[{"kind": "lines", "title": "Mine", "variants": {"senior": {"title": "Ours"}}}])
    assert select(base, find(base, "senior")).modules[0].segments[0].workbook[0].title == "Ours"


def test_a_variant_inside_a_short_form_is_applied_and_the_form_keeps_its_own_fields() -> None:
    slides = [{"kind": "statement", "title": "In short", "variants": {"senior": {"title": "In short, for heads"}}}]
    short = {"below": 20, "with": {"title": "A short line", "slides": slides}}
    base = course(short=short, variants={"senior": {"title": "Where do you stand?"}})
    edition, _ = plan(base, "senior", minutes=60)
    segment = edition.modules[0].segments[0]
    assert segment.given < 20
    assert (segment.title, segment.slides[0].title) == ("A short line", "In short, for heads")


def test_swaps_name_what_differs() -> None:
    base = course(
        slides=[{"kind": "agenda", "variants": {"senior": {"title": "The hour"}}}], variants={"senior": {"purpose": "Other."}}
    )
    assert [(each.id, each.what) for each in swaps(base, find(base, "senior"))] == [("S1", "purpose, slides")]
    assert swaps(base, find(base, "managers")) == ()


def test_terms_are_the_audiences_own_with_their_forms() -> None:
    base = course(transition="Think of {{ terms.team.a }} and of all {{ terms.team.many }}: your {{ terms.team }}.")
    edition, _ = plan(base, "managers")
    assert edition.modules[0].segments[0].transition == "Think of a team and of all teams: your team."
    other, _ = plan(course(transition="Your {{ terms.team }}."), "senior", minutes=125)
    assert other.modules[0].segments[0].transition == "Your function."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ terms.tem }}", "has no attribute 'tem'"),
        ("{{ minuts }}", "'minuts' is undefined"),
        ("{{ minutes", "unexpected end of template"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ short['M99'] }}", "M99"),
        ("{{ terms.__class__ }}", "unsafe"),
    ],
)
def test_an_expression_that_does_not_work_is_a_problem_with_its_place(text: str, message: str) -> None:
    base = course(transition=text, origin="modules/01.yaml#/segments/0")
    with pytest.raises(Broken) as caught:
        plan(base, "managers")
    problem = caught.value.problems[0]
    assert message in problem.message
    assert problem.where == "modules/01.yaml#/segments/0/transition"


def test_an_unknown_audience_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Broken) as caught:
        plan(course(), "manager")
    assert caught.value.problems[0].hint == 'did you mean "managers"?'


def test_a_word_of_a_variant_is_found_where_the_variant_stands() -> None:
    segment = {
        **small.segment("S9", "Talk", "talk"),
        "variants": {"managers": {"title": "Other words", "type": "discussion"}},
    }
    course = small.course()
    module = type(course.modules[0]).model_validate({**course.modules[0].model_dump(by_alias=True), "segments": [segment]})
    seen = select(course.model_copy(update={"modules": (module,)}), course.audiences[0]).modules[0].segments[0]
    assert (seen.at("title"), seen.at("kind")) == ("/variants/managers/title", "/variants/managers/type")
    assert seen.at("purpose") == "/purpose"
