"""What people say and show at the end: evaluations of levels 1 and 2, and the cards for the days after."""

from __future__ import annotations

import re
from datetime import date

import pypdfium2
import pytest

from coursewright import calendars, editions
from coursewright.documents import documents, find_document
from coursewright.lint.evaluation import AGREEING
from coursewright.make import Job, make
from coursewright.model import Edition, Message, PlannedMessage, Session
from coursewright.render import render
from sample import ROOT, two_hats
from small import SECRET, edition

TEMPLATES = (ROOT / "templates",)
FORMS = ("evaluation", "evaluation-level-2", "follow-up-cards")


def planned(audience: str = "newly-promoted-managers", slot: str = "half-day") -> Edition:
    return editions.plan(two_hats(), audience, slot=slot)[0]


def text(name: str, of: Edition) -> str:
    return render(of, find_document(f"{name}.pdf", documents(TEMPLATES)), {}, TEMPLATES).text


def pages(name: str, of: Edition) -> list[str]:
    made = make(
        Job(of, find_document(f"{name}.pdf", documents(TEMPLATES)), {}, TEMPLATES, ROOT / "course", ROOT / "templates/brand.pptx")
    )
    assert not made.problems, made.problems
    with pypdfium2.PdfDocument(made.content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def marked(of: Edition) -> list[str]:
    """Return the words of the course's own form."""
    segments = [segment for module in of.modules for segment in module.segments]
    return [element.title or element.kind for segment in segments for element in segment.workbook if element.evaluation]


@pytest.mark.parametrize("audience", ["newly-promoted-managers", "small-business-owners"])
@pytest.mark.parametrize("slot", ["sixty-minutes", "two-days"])
def test_a_course_with_a_form_of_its_own_has_one_form_only(audience: str, slot: str) -> None:
    of = planned(audience, slot)
    assert marked(of) == ["Before you go", "fill", "lines"]
    found = text("evaluation", of)
    assert "What is most likely to stop you?" in found
    assert found.count("Before you go") == 1
    assert "How able are you now to do what this course is about?" not in found
    assert all(
        answer in found
        for segment in of.modules[-1].segments
        for each in segment.workbook
        if each.evaluation
        for row in getattr(each, "rows", ())
        for answer in row
    )


def test_a_course_without_one_asks_for_ability_intent_obstacles_and_support() -> None:
    of = edition()
    assert not marked(of)
    found = text("evaluation", of)
    for asked in ("How able are you now", "for the first time?", "likely to stop you?", "Who will ask you", "What do you need"):
        assert asked in found


@pytest.mark.parametrize("of", [edition(), planned(), planned(slot="two-days")], ids=["small", "half-day", "two-days"])
def test_level_1_is_one_sheet_and_offers_neither_agreement_nor_faces(of: Edition) -> None:
    front, back = pages("evaluation", of)
    assert "What helped, and what got in the way" in back
    choices = " ".join(re.findall(r"</span>([^<]+)</li>", text("evaluation", of)))
    assert not AGREEING.search(choices)
    assert not re.search("[\u2639\u263a\U0001f600-\U0001f64f]", front + back)


def test_the_back_asks_about_each_part_that_ran_and_no_other() -> None:
    of = planned()
    found = text("evaluation", of)
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>', found.partition('class="parts"')[2])
    assert len(rows) == len([module for module in of.modules if module.number])


def test_level_2_has_a_row_for_each_objective_promised_and_no_other() -> None:
    for of in (planned(slot="sixty-minutes"), planned(slot="full-day"), edition()):
        found = text("evaluation-level-2", of)
        assert found.count('<tr><th scope="row">') == len(of.objectives) > 0


def test_level_2_says_where_each_objective_was_shown() -> None:
    of = planned()
    titles = {item.id: item.title for item in of.agenda}
    found = pages("evaluation-level-2", of)
    flat = " ".join(" ".join(found).split())
    for objective in of.objectives:
        assert any(titles[name] in flat for name in objective.assessed if name in titles)


def test_a_session_that_promises_nothing_says_so() -> None:
    of = edition().model_copy(update={"objectives": ()})
    assert "This session claims no objective" in text("evaluation-level-2", of)


def test_each_message_to_participants_after_the_session_is_a_card_and_the_sheet_is_one_page() -> None:
    for audience in ("newly-promoted-managers", "senior-executives", "small-business-owners"):
        (page,) = pages("follow-up-cards", planned(audience))
        found = " ".join(page.split()).upper()
        assert [name in found for name in ("MY PLAN", "DAY 2", "DAY 10", "DAY 30")] == [True] * 4


def test_cards_carry_real_dates_once_there_are_any() -> None:
    of = calendars.dated(planned(), Session(dates=(date(2026, 12, 1),)))[0]
    assert "Day 30 · Thursday 31 December 2026" in text("follow-up-cards", of)
    assert "Date: <span" in text("follow-up-cards", planned())


def test_a_card_grows_with_its_text_and_loses_nothing() -> None:
    sentence = "Please write down what you did, who saw it and what came of it. "
    words = sentence * 40 + "The very end."
    message = PlannedMessage.model_construct(**dict(Message(title="Day 2", day=2, subject="Hello", text=words)), enclosed=())
    of = edition().model_copy(update={"messages": (message, message, message)})
    found = pages("follow-up-cards", of)
    assert " ".join(" ".join(found).split()).count("The very end.") == 3


def test_a_course_without_messages_still_has_a_plan_to_take_home() -> None:
    (page,) = pages("follow-up-cards", edition().model_copy(update={"messages": ()}))
    assert "What I do first" in page


@pytest.mark.parametrize("name", FORMS)
def test_forms_hold_nothing_private(name: str) -> None:
    assert SECRET not in text(name, edition())
