"""A course of ten modules for several days, made of the sample's modules over and over, for the tests of long sessions."""

from __future__ import annotations

from functools import cache
from typing import Any

from coursewright import editions
from coursewright.model import Course, Edition, Session
from sample import two_hats

TITLES = (
    "One word or two?",
    "Direction work and delivery work",
    "From somewhere to Tuesday",
    "People and process",
    "Keep it running, make it better",
    "Skills, traits and what you can learn",
    "When the experts disagree",
    "Owning the plan",
    "The step up",
)
PRIORITIES = ("must", "should", "could")


def overnight() -> dict[str, Any]:
    """Return a module that ends a day and opens the next."""

    def segment(id: str, title: str, kind: str, minutes: int, **more: Any) -> dict[str, Any]:
        return {
            "id": id,
            "title": title,
            "type": kind,
            "minutes": {"full": minutes, "min": minutes},
            "priority": "must",
            "purpose": "Keep hold of the day.",
            "steps": [{"do": "Give two minutes of silence.", "task": "Write one thing to test tonight", "minutes": minutes}],
            "slides": [{"kind": "reflection", "title": title}],
            **more,
        }

    lines = {"kind": "lines", "title": "One thing to test tonight", "count": 3}
    return {
        "id": "X",
        "title": "Close of day and recall",
        "idea": "Holds two days together.",
        "summary": "What you recall without notes stays longer.",
        "segments": [
            segment("X-CLOSE", "Day close: one thing to test tonight", "reflection", 10, ending="day", workbook=[lines]),
            segment("X-RECAP", "What stayed overnight", "quiz", 15),
        ],
    }


@cache
def course() -> Course:
    """Return nine modules of twelve segments' worth of work, and the sample's last module with plan and close."""
    sample = two_hats()
    first, second, last = sample.modules[0], sample.modules[1], sample.modules[-1]
    copies = [_copy((second, first)[number % 2], number, title) for number, title in enumerate(TITLES, 1)]
    raw = sample.model_dump(by_alias=True, exclude={"messages"})
    return Course.model_validate({**raw, "modules": [*copies, last.model_dump(by_alias=True)], "overnight": overnight()})


def _copy(module: Any, number: int, title: str) -> dict[str, Any]:
    name = f"M{number:02}"
    raw = _renamed(module.model_dump(by_alias=True), f"{module.id}-", f"{name}-")
    for index, segment in enumerate(raw["segments"]):
        segment["title"] = f"{segment['title']} ({number})" if number > 2 else segment["title"]
        segment["priority"] = PRIORITIES[(number + index) % 3]
    return {**raw, "id": name, "title": title}


def _renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {key: _renamed(child, old, new) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [_renamed(child, old, new) for child in value]
    return value.replace(old, new) if isinstance(value, str) and old in value else value


def edition(minutes: int = 960, audience: str = "newly-promoted-managers", **session: Any) -> Edition:
    """Return the long course for so many minutes; the rest is a :class:`Session`."""
    return editions.plan(course(), audience, minutes=minutes, session=Session(**session))[0]
