"""Every drawing of the templates: what data it takes, and that no data it takes spoils it."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation

from clients import client
from coursewright import drawings
from coursewright.load import load
from coursewright.outputs.pptx import lettering, svg
from coursewright.outputs.pptx.colours import LIGHT
from coursewright.outputs.pptx.drawing import draw
from coursewright.outputs.pptx.svg import Picture, Text
from coursewright.outputs.pptx.values import Rect
from coursewright.problems import Broken, Severity
from coursewright.wrapping import lines, measured
from tiny import TINY, MakeCourse, writing  # noqa: F401 (a fixture is used by its name)

TEMPLATES = Path(__file__).parents[1] / "templates"
BESIDE, ACROSS = Rect(731_520, 1_691_640, 7_178_040, 4_389_120), Rect(731_520, 1_691_640, 10_728_960, 4_389_120)
ROOMS = {800: BESIDE, 1170: ACROSS}  # width in user units → place of a drawing in the default brand
FAMILIES = ("Cambria", "Calibri")
FOUND = drawings.find((TEMPLATES,))
PALETTE = {
    "ink": "#1B2430", "muted": "#5B6675", "line": "#D3D9E0", "paper": "#FFFFFF", "lead": "#0F5C63", "manage": "#A8480F",
    "lead_tint": "#E5F0F0", "manage_tint": "#F9ECE2", "both": "#F1E6D8", "serif": "Cambria,Caladea,serif",
    "sans": "Calibri,Carlito,sans-serif",
}  # fmt: skip

STAGES = [
    {"title": "Name the goal", "text": "one sentence, with a date"},
    {"title": "Draw the map", "text": "what must be true by spring"},
    {"title": "Pick the turns", "text": "three milestones, one owner each"},
    {"title": "Fill the tank", "text": "people, hours and money agreed"},
    {"title": "Check the road", "text": "every second Tuesday"},
    {"title": "Move the blocks", "text": "ask what is in the way"},
    {"title": "Hold the course", "text": "report every Friday"},
]
ROUTE = {
    "start": {"title": "Today", "text": "calls wait three days"}, "stages": STAGES, "tones": ["lead", "both", "manage"],
    "goal": {"title": "Same-day help", "text": "by the end of June"},
}  # fmt: skip
LEVELS = [
    {"name": "Strategy", "text": "From three days to one: an answer on the day of the call"},
    {"name": "Department", "text": "Two desks answer first calls from eight until six"},
    {"name": "Team", "text": "The early queue always has two people, planned a week ahead"},
    {"name": "Person", "text": "On Tuesday I close everything older than a day"},
    {"name": "Newcomer", "text": "I sit beside Ola on Monday and Thursday"},
]
RINGS = [
    {"name": "Your team", "text": "can ask why, and when it changes"},
    {"name": "Your manager", "text": "can ask what was promised, and by when"},
    {"name": "Other departments", "text": "can ask what they may rely on"},
    {"name": "Customers", "text": "can ask whether it helped"},
]
QUARTERS = [
    [{"name": "Insure", "text": "Rare but serious: who carries it with us?"}, {"name": "Refuse", "text": "No date is worth it."}],
    [{"name": "Accept", "text": "Write it down and look again in spring."}, {"name": "Reduce", "text": "Make it smaller."}],
]
AXIS = {"x": "How likely it is", "y": "How much it hurts"}
DOTS = [
    {"text": "Only one person knows it", "x": 8, "y": 7}, {"text": "Untested supplier", "x": 6, "y": 6},
    {"text": "Old machine, no spare part", "x": 8, "y": 7}, {"text": "Same holiday twice", "x": 9.5, "y": 2},
    {"text": "Guarantee without a limit", "x": 2, "y": 9}, {"text": "New market, new name", "x": 3, "y": 4},
]  # fmt: skip
NINE = [
    ["solves the case herself", "the case gets solved on time", "people know why it matters"],
    ["I am right", "we are reliable", "we are getting somewhere"],
    ["depth in one field", "planning, cover, feedback", ""],
]
STONES = [
    {"when": "3 March", "text": "Kick-off with both sites"}, {"when": "17 March", "text": "Owners named for every task"},
    {"when": "7 April", "text": "Supplier tested on one line"}, {"when": "28 April", "text": "First shift trained"},
    {"when": "12 May", "text": "Old list switched off"}, {"when": "26 May", "text": "Second site joins"},
    {"when": "9 June", "text": "Every shift covered twice"}, {"when": "23 June", "text": "Review with customers"},
    {"when": 2027, "text": "Handover to daily work"},
]  # fmt: skip
STOPS = [
    {"time": f"{hour}:{minute:02}", "text": "Asks a colleague what she wants to learn", "hat": hat}
    for hour, minute, hat in zip(range(8, 17), itertools.cycle((5, 40)), "LMBLMBLMB", strict=False)
]
FORMS = [
    {"title": "Separate", "form": "separate", "text": "either can do without the other"},
    {"title": "Nested", "form": "nested", "text": "one is a part of the other"},
    {"title": "Overlapping", "form": "overlapping", "text": "some work needs both at once"},
]
HEADS = {"columns": ["Expert", "Manager", "Leader"], "rows": ["Expectations", "Mindset", "Skills"]}
GRID = {
    "axis": {"x": "What somebody does", "y": "Position"}, "columns": ["Leads", "Does not lead (yet)"],
    "rows": ["Senior role", "No senior role"], "tones": ["lead", ""],
    "cells": [["Wins doubters for the new rota", "Signs whatever arrives"], ["Gets three shifts to agree", "Does her own part"]],
}  # fmt: skip
EXAMPLES: dict[str, tuple[str, dict[str, Any], tuple[int, ...]]] = {  # drawing, data, widths it is meant for
    "route of seven": ("route", ROUTE, (1170,)),
    "route of four": ("route", ROUTE | {"stages": STAGES[:4]}, (800, 1170)),
    "route of one": ("route", ROUTE | {"stages": STAGES[:1], "tones": [""]}, (800, 1170)),
    "cascade of five": ("cascade", {"levels": LEVELS, "tones": ["lead", "", "both", "manage", "manage"]}, (800, 1170)),
    "cascade of two": ("cascade", {"levels": LEVELS[:2]}, (800, 1170)),
    "cascade to fill in": ("cascade", {"levels": [level | {"text": ""} for level in LEVELS[:4]]}, (800, 1170)),
    "rings of four": ("rings", {"centre": "you", "rings": RINGS}, (800, 1170)),
    "rings of two": ("rings", {"centre": "the plan", "rings": RINGS[:2], "tones": ["manage", "lead"]}, (800, 1170)),
    "rings to fill in": ("rings", {"centre": "I", "rings": [{"name": "peers", "text": ""}, {"name": "above"}]}, (800, 1170)),
    "matrix": ("matrix", {"axis": AXIS, "cells": QUARTERS, "tones": [["", "lead"], ["both", "manage"]]}, (800, 1170)),
    "matrix with dots": ("matrix", {"axis": AXIS, "cells": QUARTERS, "dots": DOTS}, (800, 1170)),
    "nine-cell": ("nine-cell", HEADS | {"cells": NINE, "tones": ["", "manage", "lead"]}, (800, 1170)),
    "nine-cell with axes": ("nine-cell", HEADS | {"cells": NINE, "axis": {"x": "Role", "y": "What it takes"}}, (800, 1170)),
    "timeline of nine": ("timeline", {"milestones": STONES, "tones": ["lead", "both", "manage"]}, (1170,)),
    "timeline of five": ("timeline", {"milestones": STONES[:5]}, (800, 1170)),
    "timeline of two": ("timeline", {"milestones": STONES[:2]}, (800, 1170)),
    "day of nine": ("day", {"stops": STOPS}, (1170,)),
    "day of three": ("day", {"stops": STOPS[:3], "legend": {"L": "direction", "M": "delivery", "B": "both"}}, (800, 1170)),
    "role-grid": ("role-grid", GRID, (800, 1170)),
    "venn": ("venn", {"labels": ["leading", "managing", "both"], "options": FORMS}, (800, 1170)),
    "venn of one": ("venn", {"labels": ["direction", "delivery"], "options": FORMS[2:]}, (800, 1170)),
    "venn to draw in": ("venn", {"labels": ["leading", "managing"], "blank": True}, (800, 1170)),
}
AT = [(name, width) for name, (_, _, widths) in EXAMPLES.items() for width in widths]


@cache
def environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        autoescape=lambda name: bool(name) and str(name).endswith(".svg.j2"),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update({"lines": lines, "measured": measured, "palette": PALETTE})
    return made


def written(name: str, data: dict[str, Any], width: int) -> str:
    return environment().get_template(f"diagrams/{name}.svg.j2").render(data=data, alt="What it tells", width=width)


def wanted(name: str) -> drawings.Keys:
    found = drawings.needs(FOUND[name])
    assert found is not None, f"{name} does not say what data it takes"
    return found


def messages(name: str, data: Any) -> list[str]:
    """Return what is amiss as lines: pointer, message, hint."""
    return [f"{each.where} | {each.message} | {each.hint}" for each in drawings.amiss(name, wanted(name), data, "x.yaml#/data")]


# --------------------------------------------------------------------------------------------------- examples


def test_every_drawing_has_an_example() -> None:
    assert {name for name, _, _ in EXAMPLES.values()} == FOUND.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_what_its_drawing_takes(name: str) -> None:
    drawing, data, _ = EXAMPLES[name]
    assert messages(drawing, data) == []


@pytest.mark.parametrize(("name", "width"), AT)
def test_text_is_of_eighteen_points_or_more_in_the_default_brand(name: str, width: int) -> None:
    drawing, data, _ = EXAMPLES[name]
    drawn = draw(etree.fromstring(written(drawing, data, width)), ROOMS[width], itertools.count(9), "x", "en", LIGHT, FAMILIES)
    assert drawn.problems == ()


@pytest.mark.parametrize(("name", "width"), AT)
def test_no_words_touch_and_none_leave_the_drawing(name: str, width: int) -> None:
    drawing, data, _ = EXAMPLES[name]
    sound(svg.read(etree.fromstring(written(drawing, data, width))))


# ------------------------------------------------------------------------------------------------- any legal data


def values(kind: drawings.Kind) -> st.SearchStrategy[Any]:
    """Return legal data of a kind, the declaration read the other way round."""
    match kind:
        case drawings.Words(most):
            return texts(most)
        case drawings.Number(low, high):
            return st.integers(low, high) | st.floats(low, high)
        case drawings.Choice(words):
            return st.sampled_from(words)
        case drawings.Yes():
            return st.booleans()
        case drawings.Several(least, most, inner):
            return st.lists(values(inner), min_size=least, max_size=most)
        case drawings.Keys(fields, optional, either):
            must = {name: values(inner) for name, inner in fields.items() if name not in optional}
            may = {name: values(inner) for name, inner in fields.items() if name in optional}
            made = st.fixed_dictionaries(must, optional=may)
            return made.filter(lambda data: all(data.keys() & set(group) for group in either))


def texts(most: int) -> st.SearchStrategy[str]:
    """Words as languages have them, now and then of the widest letters or in Japanese; East Asian ones count twice."""
    alphabet = st.sampled_from(("abcdefghijklmnoprstuvwxyz" * 3 + "MWÄÉß-,.’&<", "日本語の管理者", "W"))
    words = alphabet.flatmap(lambda letters: st.lists(st.text(letters, min_size=1, max_size=14), max_size=12))
    return words.map(" ".join).map(lambda text: next(t for n in range(len(text), -1, -1) if letters(t := text[:n]) <= most))


def letters(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


@pytest.mark.parametrize("name", sorted(FOUND))
def test_no_legal_data_makes_words_touch_or_leave_the_drawing(name: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(values(wanted(name)), st.sampled_from((drawings.LEAST_WIDTH, 800, 960, 1170)))
    def hold(data: dict[str, Any], width: int) -> None:
        assert messages(name, data) == []
        if name != "venn" or data.get("options") or data.get("blank"):
            sound(svg.read(etree.fromstring(written(name, data, width))))

    hold()


def sound(picture: Picture) -> None:
    """Hold that a drawing is read whole, and that its words have their room, apart from each other and inside of it."""
    assert picture.faults == ()
    assert picture.view is not None
    assert lettering.shrink(picture, FAMILIES) > 0.93, "the templates break lines where there is room"
    blocks = [(text, ink(text)) for text in picture.marks if isinstance(text, Text)]
    for text, (left, top, right, bottom) in blocks:
        assert left >= -3 and right <= picture.view.width + 3, f"{text.words} leaves the drawing"
        assert top >= -3 and bottom <= picture.view.height + 3, f"{text.words} leaves the drawing"
    for (one, a), (other, b) in itertools.combinations(blocks, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"“{one.words}” and “{other.words}” touch"


def ink(text: Text) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the words themselves: from capitals to descenders."""
    box = lettering.box(text, lettering.Hand(LIGHT, "en", FAMILIES, 1.0, 1.0), svg.Box(0, 0, 10_000, 10_000))
    width = lettering.likely_width(text) / 1.02
    left = {"start": text.x, "middle": text.x - width / 2, "end": text.x - width}[text.look.anchor]
    size = text.look.size
    assert box.y <= text.base - size * 0.7
    return left, text.base - size * 0.7, left + width, text.base + text.pitch * (len(text.lines) - 1) + size * 0.22


def test_dots_at_one_place_stand_side_by_side() -> None:
    data = {"axis": AXIS, "cells": QUARTERS, "dots": [dot | {"x": 10, "y": 0} for dot in DOTS]}
    circles = [
        mark for mark in svg.read(etree.fromstring(written("matrix", data, 800))).marks if getattr(mark, "kind", "") == "circle"
    ]
    spots = {(mark.box.x, mark.box.y) for mark in circles if isinstance(mark, svg.Shape)}
    assert len(spots) == 2 * len(DOTS), "one in the field and one in the key for each"


# ------------------------------------------------------------------------------------------ what it says it needs


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        (
            "matrix",
            {"axis": AXIS},
            ['x.yaml#/data | diagram "matrix" needs "cells" | it takes axis, cells; if wanted tones, dots'],
        ),
        (
            "matrix",
            {"axis": AXIS, "cells": QUARTERS, "dot": []},
            ['x.yaml#/data/dot~ | diagram "matrix" knows no "dot" | did you mean "dots"?'],
        ),
        (
            "matrix",
            {"axis": AXIS, "cells": QUARTERS, "dots": [{"text": "a", "x": 11, "y": "high"}]},
            ['x.yaml#/data/dots/0/x | diagram "matrix" needs a number from 0 to 10 at dots 1, x, not "11" | ',
             'x.yaml#/data/dots/0/y | diagram "matrix" needs a number from 0 to 10 at dots 1, y, not "high" | '],
        ),
        (
            "timeline",
            {"milestones": [{"when": "May", "text": "Go"}, {"text": "Stop"}]},
            ['x.yaml#/data/milestones/1 | diagram "timeline" needs "when" in milestones 2 | it takes when, text'],
        ),
        (
            "timeline",
            {"milestones": [{"when": "May", "text": "Go"}]},
            ['x.yaml#/data/milestones | diagram "timeline" needs 2 to 9 milestones, not 1 | '],
        ),
        (
            "timeline",
            {"milestones": "May"},
            ['x.yaml#/data/milestones | diagram "timeline" needs a list of 2 to 9 at milestones, not "May" | '],
        ),
        ("timeline", [], ['x.yaml#/data | diagram "timeline" needs milestones; if wanted tones, not a list | ']),
        (
            "day",
            {"stops": [STOPS[0] | {"hat": "l"}, *STOPS[1:]]},
            ['x.yaml#/data/stops/0/hat | diagram "day" cannot take "l" at stops 1, hat | known here: B, L, M'],
        ),
        (
            "cascade",
            {"levels": [LEVELS[0] | {"text": "word " * 13}, LEVELS[1]]},
            ['x.yaml#/data/levels/0/text | diagram "cascade" has room for 62 letters at levels 1, text, not for 65 | '
             "shorten “word word word word word word word word word word word word ”"],
        ),
        (
            "cascade",
            {"levels": [{"name": None, "text": True}, LEVELS[1]]},
            ['x.yaml#/data/levels/0/name | diagram "cascade" needs words at levels 1, name, not nothing | '
             "put quotation marks around what is meant as words",
             'x.yaml#/data/levels/0/text | diagram "cascade" needs words at levels 1, text, not "True" | '
             "put quotation marks around what is meant as words"],
        ),
        (
            "venn",
            {"labels": ["a", "b"]},
            ['x.yaml#/data | diagram "venn" needs "options" or "blank" | it takes labels, options or blank'],
        ),
        (
            "venn",
            {"labels": ["a", "b"], "blank": "no"},
            ['x.yaml#/data/blank | diagram "venn" needs true or false at blank, not "no" | '],
        ),
    ],
)  # fmt: skip
def test_data_a_drawing_cannot_take_is_named_with_what_it_needs(name: str, data: Any, said: list[str]) -> None:
    assert messages(name, data) == said


def test_words_that_depend_on_the_audience_are_measured_when_they_are_known() -> None:
    assert messages("cascade", {"levels": [{"name": "{{ terms.the_whole_organisation }}", "text": "a"}, LEVELS[1]]}) == []


def test_east_asian_letters_take_the_room_of_two() -> None:
    (found,) = messages("rings", {"centre": "管理者管理者", "rings": RINGS})
    assert "room for 10 letters at centre, not for 12" in found


@pytest.mark.parametrize("words", ["axis {x 28", "columns [two of 9]", "columns [2 9]", "{}", "9"])
def test_a_declaration_that_cannot_be_read_names_the_template_and_its_line(words: str) -> None:
    with pytest.raises(Broken, match=r"templates/diagrams/own\.svg\.j2:2: what this drawing takes cannot be read"):
        drawings.declared(f"{{#- Mine.\n  data: {words}\n-#}}<svg/>", "templates/diagrams/own.svg.j2")


def test_a_template_that_does_not_say_what_it_takes_takes_anything() -> None:
    assert drawings.declared("{#- Mine. -#}<svg/>", "own") is None


SLIDE = "      - {{kind: diagram, title: Plan, alt: A plan, diagram: {diagram}, data: {data}{more}}}\n"


@pytest.mark.parametrize(
    ("diagram", "data", "more", "said"),
    [
        ("timeline", "{milestones: [{when: May, txt: Go}, {when: June, text: Stop}]}", "",
         ['course/modules/one.yaml:19:90: diagram "timeline" needs "text" in milestones 1',
          'course/modules/one.yaml:19:102: diagram "timeline" knows no "txt" in milestones 1']),
        ("timeline", "{milestones: [{when: 2026, text: Go}, {when: June, text: Stop}]}", "", []),
        ("cascade", "{levels: [{name: A, text: b}, {name: B, text: c}]}", ", variants: {all: {data: {levels: []}}}",
         ['course/modules/one.yaml:19:159: diagram "cascade" needs 2 to 5 levels, not 0']),
        ("cascade", "{levels: [{name: A, text: b}, {name: B, text: c}]}", ", variants: {all: {diagram: rings}}",
         ['course/modules/one.yaml:19:75: diagram "rings" needs "centre"',
          'course/modules/one.yaml:19:75: diagram "rings" needs "rings"',
          'course/modules/one.yaml:19:76: diagram "rings" knows no "levels"']),
    ],
)  # fmt: skip
def test_checking_a_course_names_the_line_of_what_a_drawing_cannot_take(
    make_course: MakeCourse, diagram: str, data: str, more: str, said: list[str]
) -> None:
    old = "      - {kind: statement, title: Try it}\n"
    text = TINY["modules/one.yaml"].replace(old, SLIDE.format(diagram=diagram, data=data, more=more))
    problems = load(make_course({"modules/one.yaml": text})).problems
    assert [f"{problem.where}: {problem.message}" for problem in problems] == said
    assert all(problem.severity is Severity.ERROR for problem in problems)


# ---------------------------------------------------------------------------------- the same in print and on slides


@pytest.mark.client
@pytest.mark.slow
def test_words_stand_on_the_slide_where_they_stand_in_print(tmp_path: Path) -> None:
    """LibreOffice and WeasyPrint agree on every word of every example: within two points of height, four of width.

    A point in a hundred of width is lost where sizes are set to half points.
    """
    soffice = client("soffice")
    weasyprint = pytest.importorskip("weasyprint")
    deck = Presentation(str(TEMPLATES / "brand.pptx"))
    blank = next(layout for layout in deck.slide_layouts if layout.name == "Blank")
    pages = []
    for name, width in AT:
        drawing, data, _ = EXAMPLES[name]
        text = written(drawing, data, width)
        root, slide = etree.fromstring(text), deck.slides.add_slide(blank)
        room = Rect(700_000, 1_000_000, round(width * 18 * 12_700 / 25.5), 5_600_000)
        drawn = draw(root, room, itertools.count(100), "x", "en-GB", LIGHT, FAMILIES)
        slide.shapes._spTree.append(drawn.shape)
        place = next(drawn.shape.iter("{*}off")), next(drawn.shape.iter("{*}ext"))
        left, top, across = (int(place[i].get(key)) / 12_700 for i, key in ((0, "x"), (0, "y"), (1, "cx")))
        pages.append(f"<div style='margin:{top}pt 0 0 {left}pt;width:{across}pt'>{text}</div>")
    deck.save(str(tmp_path / "slides.pptx"))
    style = "@page{size:960pt 540pt;margin:0} body{margin:0} div{break-after:page} svg{display:block;width:100%}"
    weasyprint.HTML(string=f"<!DOCTYPE html><title>x</title><style>{style}</style>{''.join(pages)}").write_pdf(
        tmp_path / "print.pdf"
    )
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "slides.pptx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    slides, printed = (list(words(tmp_path / name)) for name in ("slides.pdf", "print.pdf"))
    assert len(slides) == len(printed) == len(AT)
    for (name, width), one, other in zip(AT, slides, printed, strict=True):
        assert {word for word, _, _ in one} == {word for word, _, _ in other}, name
        for word, x, y in one:
            _, off = min((abs(x - u) + abs(y - v), (x - u, y - v)) for again, u, v in other if again == word)
            assert abs(off[0]) < 4 and abs(off[1]) < 2, f"{name} at {width}: “{word}” is off by {off} points"


def words(pdf: Path) -> Iterator[list[tuple[str, float, float]]]:
    """Yield the words of each page with the middle of each, points from the top left."""
    listing = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    for page in re.split(r"<page ", listing)[1:]:
        found = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<', page)
        yield [(word, (float(a) + float(c)) / 2, (float(b) + float(d)) / 2) for a, b, c, d, word in found]
