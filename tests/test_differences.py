"""Two editions, two courses, two finished files side by side: what differs is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small
from coursewright import editions
from coursewright.differences import Face, changes, compare, compare_faces
from coursewright.differences.pairing import aligned, by_key, has_moved
from coursewright.differences.sheets import Pair, numbers
from coursewright.differences.words import Run, clipped, marked
from coursewright.model import Course, Edition
from sample import two_hats

MANAGERS, EXECUTIVES = "newly-promoted-managers", "senior-executives"


@cache
def edition(audience: str, minutes: int) -> Edition:
    return editions.plan(two_hats(), audience, minutes=minutes)[0]


def planned(course: Course, minutes: int = 125) -> Edition:
    return editions.plan(course, course.audiences[0].id, minutes=minutes)[0]


def changed(change: Callable[[dict[str, Any]], None]) -> Course:
    """Return the small course with something changed in its files."""
    data = small.course().model_dump(mode="json", by_alias=True, exclude_unset=True)
    change(data)
    return Course.model_validate(data)


def segment(data: dict[str, Any], id: str) -> Any:
    return next(each for module in data["modules"] for each in module["segments"] if each["id"] == id)


def plain(runs: tuple[Run, ...]) -> str:
    """Return runs as text, what differs in brackets."""
    return "".join(f"[{run.text}]" if run.differs else run.text for run in runs)


# ------------------------------------------------------------------------------------------------------------ words


def test_whole_words_are_marked_and_spaces_around_them_are_not() -> None:
    found = marked("Sort the cards in silence.", "Sort all the cards in pairs.")
    assert plain(found.a) == "Sort the cards in [silence]."
    assert plain(found.b) == "Sort [all] the cards in [pairs]."
    assert found.swaps == (("", "all"), ("silence", "pairs"))


def test_texts_with_hardly_a_word_in_common_are_marked_as_a_whole() -> None:
    found = marked("Welcome people and say when you finish.", "A board paper of two pages.")
    assert [run.differs for run in (*found.a, *found.b)] == [True, True]


def test_a_long_passage_that_is_the_same_is_cut_down_beside_the_change() -> None:
    text = " ".join(f"word{number}" for number in range(60))
    found = clipped(marked(text, text.replace("word30", "other")).b, around=3)
    assert plain(found) == "… word27 word28 word29 [other] word31 word32 word33 …"


@settings(deadline=None)
@given(st.text(alphabet="ab ,.’\n", max_size=40), st.text(alphabet="ab ,.’\n", max_size=40))
def test_runs_say_what_the_texts_say_and_agree_on_what_is_the_same(a: str, b: str) -> None:
    found = marked(a, b)
    for runs, text in ((found.a, a), (found.b, b)):
        assert "".join(run.text for run in runs).split() == text.split()
    same = ["".join("".join(run.text for run in runs if not run.differs).split()) for runs in (found.a, found.b)]
    assert same[0] == same[1]
    assert (a.split() == b.split()) or any(run.differs for run in (*found.a, *found.b))


# ---------------------------------------------------------------------------------------------------------- pairing


def test_what_stands_elsewhere_is_paired_and_called_moved() -> None:
    pairs = by_key("abcd", "dabc", lambda letter: letter)
    assert pairs == ((3, 0), (0, 1), (1, 2), (2, 3))
    assert has_moved(pairs) == {0}


@settings(deadline=None)
@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.lists(st.sampled_from("abcdef"), max_size=8))
def test_every_thing_of_both_lists_appears_once_and_in_order(a: list[str], b: list[str]) -> None:
    pairs = aligned(a, b, lambda x, y: float(x == y))
    assert [i for i, _ in pairs if i is not None] == list(range(len(a)))
    assert [j for _, j in pairs if j is not None] == list(range(len(b)))
    assert all(a[i] == b[j] for i, j in pairs if i is not None and j is not None)


# --------------------------------------------------------------------------------------------------------- editions


@pytest.mark.parametrize("audience", [MANAGERS, EXECUTIVES])
def test_an_edition_does_not_differ_from_itself(audience: str) -> None:
    assert compare(edition(audience, 180), edition(audience, 180)).is_empty


def test_two_audiences_differ_in_their_terms_cases_and_promises() -> None:
    found = compare(edition(MANAGERS, 180), edition(EXECUTIVES, 180))
    assert not found.is_empty
    assert "function, functions, a function" in {word.b for word in found.terms}
    assert {story.id for story in found.cases} == {"tuesday-in-two-hats", "three-days-to-one", "crisis-0740", "plan-under-fire"}
    audience = next(passage for passage in found.words if passage.title == "The audience")
    assert "Promise" in {field.path for field in audience.fields}


def test_what_differs_by_the_audiences_own_terms_alone_is_told_apart() -> None:
    found = compare(edition(MANAGERS, 480), edition(EXECUTIVES, 480))
    terms = {pair for passage in found.words for field in passage.terms for pair in field.swaps}
    others = [field for passage in found.words for field in passage.fields]
    assert ("team", "function") in terms
    assert all(set(field.swaps) != {("team", "function")} for field in others)


def test_a_segment_that_one_length_has_no_room_for_is_only_in_the_other_with_the_rule_that_cut_it() -> None:
    found = compare(edition(MANAGERS, 180), edition(MANAGERS, 90))
    gone = [line for line in found.agenda if "only a" in line.changes and line.id]
    assert gone
    assert all(line.why.startswith("cut: ") and line.b is None for line in gone)
    assert {line.id for line in gone} == {cut.id for cut in edition(MANAGERS, 90).receipt.cut} - {
        cut.id for cut in edition(MANAGERS, 180).receipt.cut
    }


def test_an_objective_that_one_side_does_not_claim_says_what_it_lost() -> None:
    long, short = edition(MANAGERS, 180), edition(MANAGERS, 90)
    found = {claim.id: claim for claim in compare(long, short).objectives}
    lost = {each.id for each in long.objectives} - {each.id for each in short.objectives}
    assert lost
    for id in lost:
        assert found[id].differs and not found[id].b and "was cut" in found[id].why
    assert all(found[each.id].a and found[each.id].b for each in short.objectives if each.id not in lost)


def test_a_changed_word_is_found_where_it_stands() -> None:
    def change(data: dict[str, Any]) -> None:
        segment(data, "S2")["steps"][0]["say"] = "Sort what the task demands."

    found = compare(planned(small.course()), planned(changed(change)))
    (passage,) = found.words
    (field,) = passage.fields
    assert (passage.id, field.path) == ("S2", "Step 1 · to say")
    assert (plain(field.a), plain(field.b)) == ("Sort what the task [asks for].", "Sort what the task [demands].")


def test_a_step_put_in_between_does_not_make_all_the_others_differ() -> None:
    def change(data: dict[str, Any]) -> None:
        steps = segment(data, "S2")["steps"]
        steps[0]["minutes"] -= 5
        steps.insert(1, {"do": "Change tables and look at what others have laid out.", "minutes": 5})

    found = compare(planned(small.course()), planned(changed(change)))
    fields = next(passage for passage in found.words if passage.id == "S2").fields
    assert {(field.path, field.kind) for field in fields} == {("Step 2", "only b"), ("Step 1 · minutes", "changed")}


def test_a_segment_in_another_place_has_moved_and_the_others_have_not() -> None:
    def change(data: dict[str, Any]) -> None:
        segments = data["modules"][1]["segments"]
        segments[0], segments[1] = segments[1], segments[0]

    found = compare(planned(small.course()), planned(changed(change)))
    assert len([line for line in found.agenda if "moved" in line.changes]) == 1
    assert not [line for line in found.agenda if line.id and {"only a", "only b"} & line.changes]


# ---------------------------------------------------------------------------------------------------------- courses


def test_a_course_has_not_changed_from_itself() -> None:
    assert changes(two_hats(), two_hats()) == ()


def test_a_field_that_nobody_reads_is_a_change_of_the_source_all_the_same() -> None:
    def change(data: dict[str, Any]) -> None:
        segment(data, "S1")["minutes"]["min"] = 8
        segment(data, "S3")["variants"] = {"managers": {"title": "Walk round"}}

    found = {each.id: each for each in changes(small.course(), changed(change))}
    assert {field.path for field in found["S1"].fields} == {"Minutes · min"}
    assert {field.path for field in found["S3"].fields} == {"Variants · managers"}


def test_segments_that_came_went_and_moved_are_called_by_what_became_of_them() -> None:
    def change(data: dict[str, Any]) -> None:
        first, second = (module["segments"] for module in data["modules"])
        data["modules"][1]["segments"] = [second[1], second[0], small.segment("S9", "New"), second[2]]
        data["modules"][0]["segments"] = [small.segment("S8", "Instead")]
        assert first[0]["id"] == "S1"

    found = {(each.sort, each.id): each.fates for each in changes(small.course(), changed(change))}
    assert found["segment", "S1"] == ("removed",)
    assert found["segment", "S8"] == found["segment", "S9"] == ("added",)
    assert [id for (_, id), fates in found.items() if fates == ("moved",)] in (["S2"], ["S3"])


# ----------------------------------------------------------------------------------------------------- pages, slides


def page(number: int, text: str, footer: str = "v1", notes: str = "", identity: str = "") -> Face:
    return Face(number, text.split(maxsplit=1)[0], text, text, f"{text} {footer} {number}", notes, identity)


def verdicts(a: list[Face], b: list[Face]) -> list[tuple[int, int, str]]:
    return [(pair.a, pair.b, pair.verdict) for pair in compare_faces("workbook.pdf", a, b).pairs]


def test_a_page_put_in_leaves_those_after_it_the_same_under_another_number() -> None:
    texts = ["One of the first", "Two of the first", "Three is another"]
    a = [page(number, text) for number, text in enumerate(texts, 1)]
    b = [page(number, text) for number, text in enumerate([texts[0], "Entirely fresh material", *texts[1:]], 1)]
    found = compare_faces("workbook.pdf", a, b)
    assert verdicts(a, b) == [(1, 1, "same"), (0, 2, "new"), (2, 3, "running"), (3, 4, "running")]
    assert found.told == (("new", "2"), ("the same under another number", "2–3 → 3–4"))


def test_a_page_that_says_something_else_is_changed_and_a_footer_alone_is_not() -> None:
    a = [page(1, "Sort the cards in silence"), page(2, "Write your plan")]
    b = [page(1, "Sort the cards in pairs", "v2"), page(2, "Write your plan", "v2")]
    assert verdicts(a, b) == [(1, 1, "changed"), (2, 2, "running")]


def test_a_picture_alone_makes_a_page_another() -> None:
    a, b = Face(1, "A", "same words", "drawn", "drawn"), Face(1, "A", "same words", "drawn otherwise", "drawn otherwise")
    assert verdicts([a], [b]) == [(1, 1, "changed")]


def test_slides_are_known_by_what_they_were_built_as() -> None:
    a = [page(1, "Old words", identity="s1/claim/1"), page(2, "Stays as is", notes="a", identity="s1/claim/2")]
    b = [page(1, "Stays as is", notes="b", identity="s1/claim/2"), page(2, "New title", identity="s1/claim/1")]
    assert verdicts(a, b) == [(2, 1, "notes"), (1, 2, "changed")]


def test_a_slide_taken_out_is_listed_where_it_stood() -> None:
    a = [page(number, f"Slide {number}", identity=f"s/claim/{number}") for number in (1, 2, 3)]
    b = [page(1, "Slide 1", identity="s/claim/1"), page(2, "Slide 3", identity="s/claim/3")]
    assert [(x, y) for x, y, _ in verdicts(a, b)] == [(1, 1), (2, 0), (3, 2)]


def test_numbers_are_told_as_people_read_them() -> None:
    def pairs(*both: tuple[int, int]) -> list[Pair]:
        return [Pair(a, b, "", "changed") for a, b in both]

    assert numbers(pairs((1, 1), (2, 2), (4, 4), (6, 7), (7, 8))) == "1–2, 4, 6–7 → 7–8"
    assert numbers(pairs((0, 3), (0, 4), (0, 9))) == "3–4, 9"
    assert numbers(pairs((3, 0), (5, 0))) == "3, 5"
