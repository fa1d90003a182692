"""The whole of “Two Hats” as a skeleton: every segment with its minutes and priority, six audiences, five listed slots."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from coursewright.model import Course

DATA = Path(__file__).with_suffix(".yaml")
AUDIENCES = (
    "senior-executives",
    "newly-promoted-managers",
    "aspiring-leaders",
    "agency-project-managers",
    "small-business-owners",
    "hr-and-learning-partners",
)
SLOTS = {"sixty-minutes": 60, "ninety-minutes": 90, "half-day": 210, "full-day": 480, "two-days": 960}


@cache
def whole_course() -> Course:
    """Return the skeleton, ready to be planned."""
    data = yaml.safe_load(DATA.read_text("utf-8"))
    modules = [_module(name, each["title"], each["segments"], each["objectives"]) for name, each in data["modules"].items()]
    overnight = _module("X", "Overnight", data["overnight"], [])
    overnight["segments"][0]["ending"] = "day"
    return Course.model_validate(
        {
            "front": {
                "title": "Two Hats",
                "version": "1",
                "date": "2026-11-22",
                "licence": "CC BY 4.0",
                "promise": "Tell the two apart.",
                "modules": list(data["modules"]),
                "overnight": "overnight",
                "slots": data["slots"],
                "documents": ["deck.pptx"],
            },
            "modules": modules,
            "overnight": overnight,
            "audiences": [
                {"id": name, "name": name, "who": "w", "arrive_with": "a", "promise": "p", "agendas": agendas}
                for name, agendas in data["audiences"].items()
            ],
        }
    )


def _module(name: str, title: str, segments: Iterable[list[Any]], objectives: Iterable[list[Any]]) -> dict[str, Any]:
    return {
        "id": name,
        "title": title,
        "idea": "i",
        "summary": "s",
        "segments": [_segment(*each) for each in segments],
        "objectives": [
            {"id": id_, "text": f"Do {id_}", "bloom": "apply", "taught": taught, "practised": practised, "assessed": assessed}
            for id_, taught, practised, assessed in objectives
        ],
    }


def _segment(name: str, kind: str, full: int, least: int, priority: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": name,
        "type": kind,
        "minutes": {"full": full, "min": least},
        "priority": priority,
        "ending": {"M10-S5": "plan", "M10-S7": "close"}.get(name),
        "purpose": "p",
        "steps": [{"do": "d", "minutes": full}],
    }
