"""Charts in a page: ``<figure data-chart='{…}' data-alt="…">`` holds the data as JSON, and each format draws it its own way."""

from __future__ import annotations

import json
import re

from lxml import html
from lxml.etree import _Element

from coursewright import charting
from coursewright.charting import Chart
from coursewright.problems import Problem, warning

FIGURE = re.compile(r"<figure\b[^>]*?\sdata-chart=.*?</figure>", re.DOTALL)
LANGUAGE = re.compile(r'<html\b[^>]*?\slang="([^"]+)"')
TOKEN = re.compile(r"--([a-z-]+):\s*([^;{}]+);")


def read(figure: _Element, where: str = "") -> tuple[Chart | None, tuple[Problem, ...]]:
    """Return a figure's chart, its categories in the order it asks for, and what is wrong with it; None if it cannot be drawn."""
    try:
        found = charting.chart(json.loads(figure.get("data-chart", "")), figure.get("data-alt", ""))
        faults = list(charting.faults(found))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        return None, (Problem(f"the data of a chart cannot be read: {reason}", where),)
    if not found.alt.strip():
        faults.append("a chart tells nothing to those who cannot see it: say in alt what it shows")
    if faults:
        return None, tuple(Problem(message, where) for message in faults)
    return charting.ordered(found), tuple(warning(message, where, hint) for message, hint in charting.cautions(found))


def drawn(page: str, name: str = "") -> tuple[str, tuple[Problem, ...]]:
    """Return a page with each chart as an inline ``<svg>`` in the colours and fonts of the page's own tokens.

    What cannot be drawn leaves its figure empty and is an error; where, is its ``data-at``, or ``name`` for the whole file.
    """
    if not (figures := FIGURE.findall(page)):
        return page, ()
    from .plots import svg  # here, because it takes half a second to import

    tokens = {key: " ".join(value.split()) for key, value in TOKEN.findall(page)}
    language = found[1] if (found := LANGUAGE.search(page)) else ""
    problems: list[Problem] = []
    pieces = FIGURE.split(page)
    for number, markup in enumerate(figures, 1):
        figure = html.fragment_fromstring(markup)
        chart, wrong = read(figure, figure.get("data-at", name))
        problems.extend(wrong)
        inside = svg(chart, tokens, language, f"chart-{number}-") if chart else ""
        pieces[number] = f'<figure class="{figure.get("class", "chart")}">{inside}</figure>{pieces[number]}'
    return "".join(pieces), tuple(dict.fromkeys(problems))
