"""A small course with one of everything that print shows, for the tests of rendering and print."""

from __future__ import annotations

from typing import Any

from coursewright import editions
from coursewright.model import Course, Edition

SECRET = "Nobody reads this in a participant’s file."

WORKBOOK: tuple[dict[str, Any], ...] = (
    {"kind": "lines", "title": "My reason for being here", "prompts": ["I came because …", "I leave content if …"], "count": 2},
    {
        "kind": "scale",
        "title": "Same job or two jobs?",
        "text": "Tick once now, once at the end.",
        "low": "the same job",
        "high": "two jobs",
        "rows": ["Before", "After"],
    },
    {
        "kind": "table",
        "title": "A week of mine",
        "columns": ["Task", "Hours", "L, M or both"],
        "widths": [6, 2, 2],
        "rows": [["Team meeting", "2", ""]],
        "blank": 4,
        "totals": "Hours in all",
    },
    {"kind": "bar", "title": "My week as a bar", "parts": ["Leading", "Managing", "Both"]},
    {
        "kind": "fill",
        "sentences": ["Leading is getting people to ____ a direction.", "Managing is seeing to it that ____ gets done by ____."],
    },
    {"kind": "glossary", "title": "Our words"},
    {"kind": "text", "title": "Worth keeping", "text": "Use both words as **verbs**:\n\n- she leads,\n- he manages."},
)

SORTING: tuple[dict[str, Any], ...] = (
    {"kind": "cards", "title": "The cards", "deck": "tasks"},
    {
        "kind": "grid",
        "title": "Where does each task belong?",
        "text": "Write the numbers.",
        "columns": ["Leading", "Both", "Managing"],
        "tones": ["lead", "both", "manage"],
    },
    {"kind": "comparison", "title": "Six dimensions", "table": "dimensions", "blank": [3]},
    {"kind": "quiz", "title": "Check 1"},
)


def on(paper: str, edition: Edition) -> Edition:
    """Return an edition of any course that is printed on this paper."""
    return edition.model_copy(update={"front": edition.front.model_copy(update={"paper": paper})})


def segment(id: str, title: str, kind: str = "activity", minutes: int = 20, **more: Any) -> dict[str, Any]:
    """Return a segment of two steps with everything a guide shows."""
    return {
        "id": id,
        "title": title,
        "type": kind,
        "minutes": {"full": minutes, "min": minutes // 2},
        "priority": "must",
        "purpose": f"Meet the difference before it is named. {SECRET}",
        "steps": [
            {
                "do": f"Hand out the cards. {SECRET}",
                "task": "Sort the cards in silence.",
                "minutes": minutes - 5,
                "say": "Sort what the task asks for.",
            },
            {"do": "Collect two disputes.", "minutes": 5, "ask": ["Which card took longest?", "What made it both?"]},
        ],
        "questions": {"what": ["What happened?"], "so_what": ["What does it mean?"], "now_what": ["What will you do?"]},
        "likely_answers": ["“It depends on the level.”", "Hiring is both."],
        "pitfalls": ["the key read as law", "jokes about rank"],
        "transition": "Now let us give it names.",
        "if_short": {"do": "Use cards 1 to 12.", "saves": 6},
        "if_long": "Each table writes three cards.",
        "online": {"do": "Use a shared board.", "tool": "whiteboard"},
        "materials": [
            {"item": "Card deck", "per": "table"},
            {"item": "Pens", "per": "person"},
            {"item": "Answer key", "private": True},
        ],
        "groups": {"what": "Tables", "min": 4, "max": 5},
        **more,
    }


def item(number: int) -> dict[str, Any]:
    """Return a quiz item with GIFT's own characters in it."""
    options = [
        {"text": "Both {always} = ~never#", "reason": "Too wide: nothing is."},
        {"text": "It depends", "right": True, "reason": SECRET},
    ]
    return {
        "id": f"Q{number}",
        "objective": "O1",
        "bloom": "analyze",
        "themes": ["T01"],
        "stem": f"Is planning: *leading*? ({number})",
        "options": options,
    }


def course(**front: Any) -> Course:
    """Return the small course; ``front`` replaces fields of its front matter."""
    objective = {
        "id": "O1",
        "text": "Classify 20 of 24 tasks",
        "bloom": "analyze",
        "taught": ["S1"],
        "practised": ["S2"],
        "assessed": ["S3"],
    }
    cards = [
        {
            "number": n,
            "text": f"Task {n}: agree with two teams on what to leave out",
            "key": "lead" if n % 2 else "manage",
            "why": "Horizon.",
        }
        for n in range(1, 13)
    ]
    table = {
        "id": "dimensions",
        "title": "Six dimensions",
        "columns": ["", "Leading", "Managing"],
        "tones": ["", "lead", "manage"],
        "rows": [["Question", "Where to, and why?", "How, by when?"], ["Risk", "Takes some on purpose", "Keeps it small"]],
    }
    deck = {
        "id": "tasks",
        "title": "Tasks",
        "columns": [{"key": "lead", "title": "Leading"}, {"key": "manage", "title": "Managing"}],
        "cards": cards,
        "few": 6,
    }
    modules = [
        {
            "id": "M01",
            "title": "One word or two?",
            "idea": "Open the course.",
            "summary": "Two verbs, *one* person. Ranks stay outside.",
            "objectives": [objective],
            "segments": [segment("S1", "Stand on the line", "talk", workbook=WORKBOOK)],
        },
        {
            "id": "M02",
            "title": "Direction work and delivery work",
            "idea": "Sort real tasks.",
            "summary": "Most tasks lean one way.",
            "tables": [table],
            "decks": [deck],
            "segments": [
                segment("S2", "Card sort", minutes=40, workbook=SORTING, quiz=[item(1), item(2)]),
                segment("S3", "Walk-round", "debrief"),
                segment("S4", "Plan and close", "reflection", ending="close"),
            ],
        },
    ]
    return Course.model_validate(
        {
            "front": {
                "title": "Two Hats",
                "subtitle": "When to lead, when to manage",
                "version": "1.0",
                "date": "2026-11-22",
                "licence": "CC BY 4.0",
                "promise": "Tell the two apart.",
                "modules": ["01", "02"],
                "slots": [{"id": "half-day", "title": "half day", "minutes": 125}],
                "documents": ["workbook.pdf"],
                "glossary": [{"term": "lead", "here": "to get people to want a direction"}],
                "further_reading": ["Kotter, J. (1990). *A force for change.*"],
                **front,
            },
            "modules": modules,
            "audiences": [
                {
                    "id": "managers",
                    "name": "Newly promoted managers",
                    "label": "newly promoted managers",
                    "who": "People in their first year.",
                    "arrive_with": "They still do their old job.",
                    "promise": "You leave with a week you planned on purpose.",
                }
            ],
            "sources": {"documents": [{"id": "D1", "title": "Leading or managing", "note": "an essay"}]},
        }
    )


def edition(**front: Any) -> Edition:
    """Return the small course planned for its managers at its only slot."""
    return editions.plan(course(**front), "managers")[0]
