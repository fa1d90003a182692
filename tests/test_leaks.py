"""No leaks: whatever is private in a course, no file for its participants or clients holds it, shown or hidden."""

from __future__ import annotations

import inspect
import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small
from coursewright import editions, finished, model
from coursewright.build import Request, build
from coursewright.documents import Document, documents, find_document
from coursewright.leaks import leaks
from coursewright.make import Job, make
from coursewright.model import Course, Edition, Node
from coursewright.problems import Severity
from coursewright.readers import FOR_CLIENTS, is_private, names
from here import Here
from sample import ROOT

TEMPLATES = ROOT / "templates"
NODES = [kind for _, kind in inspect.getmembers(model, inspect.isclass) if issubclass(kind, Node)]
HEAD = '{#- reader: participant; formats: pdf, html -#}\n{% extends "blocks/page.html.j2" %}{% set what = "Handout" %}\n'
SECRET = "the right hand column wins every time, whatever the room may say about it"


def declared(reader: str, *formats: str) -> list[Document]:
    """Return every document there is for a reader, in these formats, but those that only lay another one's pages anew."""
    known = documents((TEMPLATES,)).values()
    return [each for each in known if each.reader == reader and each.format in formats and not each.imposed]


def job(edition: Edition, document: Document, *folders: Path) -> Job:
    return Job(edition, document, {}, (*folders, TEMPLATES), ROOT / "course", TEMPLATES / "brand.pptx")


# ------------------------------------------------------------------------------------- random courses, marked secrets


def marked(value: Any, secrets: Iterator[str], shown: frozenset[tuple[str, str]], *, hidden: bool = False) -> Any:
    """Return the value with another secret at the end of every private text, wherever the model has one."""
    if isinstance(value, str):
        return f"{value} {next(secrets)}" if hidden else value
    if isinstance(value, tuple):
        return tuple(marked(item, secrets, shown, hidden=hidden) for item in value)
    if not isinstance(value, Node):
        return value
    changes = {}
    for name, child in value:
        private = hidden or (is_private(type(value), name) and not names(type(value), name) & shown)
        if name not in ("origin", "id", "key", "variants", "fields"):
            changes[name] = marked(child, secrets, shown, hidden=private or bool(getattr(value, "private", False)))
    return value.model_copy(update=changes)


def numbered() -> Iterator[str]:
    """Yield secrets, each another, in words that no author writes, and longer than what is looked for in one piece."""
    return (f"zq{number:05}marigold" * 4 for number in itertools.count())


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Return the small course with its worksheets, materials and order shuffled, and words for others and shorter forms."""
    dice = random.Random(draw(st.integers(0, 10_000)))
    course = small.course()
    modules = []
    for module in course.modules:
        segments = []
        for segment in module.segments:
            materials = dice.sample(segment.materials, dice.randint(1, len(segment.materials)))
            worksheets = dice.sample(segment.workbook, dice.randint(0, len(segment.workbook)))
            others = {"others": {"purpose": f"zqothersmarigold{dice.randint(0, 99999):05}zq"}}
            segments.append(
                segment.model_copy(update={"materials": tuple(materials), "workbook": tuple(worksheets), "variants": others})
            )
        modules.append(module.model_copy(update={"segments": tuple(segments)}))
    return course.model_copy(update={"modules": tuple(modules)})


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(course=courses())
def test_no_private_word_of_any_course_is_in_a_file_for_participants(course: Course) -> None:
    told = marked(editions.plan(course, "managers")[0], numbered(), frozenset())
    assert repr(told).count("marigold") > 40
    for document in declared("participant", "html"):
        made = make(job(told, document))
        assert made.problems == ()
        assert "marigold" not in everything(document.name, made.content)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(course=courses())
def test_no_private_word_but_those_meant_for_them_is_in_a_file_for_clients(course: Course) -> None:
    told = marked(editions.plan(course, "managers")[0], numbered(), FOR_CLIENTS)
    for document in declared("client", "html"):
        made = make(job(told, document))
        assert made.problems == ()
        assert "marigold" not in everything(document.name, made.content)


@pytest.mark.parametrize("document", declared("participant", "pdf", "pptx"), ids=lambda document: document.name)
def test_no_private_word_is_in_print_for_participants(document: Document) -> None:
    told = marked(small.edition(), numbered(), frozenset())
    made = make(job(told, document))
    assert [problem for problem in made.problems if problem.severity is Severity.ERROR] == []
    assert "marigold" not in everything(document.name, made.content)


def test_the_facilitators_guide_does_hold_them_so_that_the_search_finds_what_is_there() -> None:
    told = marked(small.edition(), numbered(), frozenset())
    content = make(job(told, find_document("guide.html", documents((TEMPLATES,))))).content
    assert everything("guide.html", content).count("marigold") > 40
    assert len(leaks("guide.html", content, told)) > 40


def everything(name: str, content: bytes) -> str:
    return finished.squashed("\0".join(text for _, text in finished.words(name, content)))


def test_every_kind_of_private_text_of_the_model_is_searched_for() -> None:
    """A field that is marked private tomorrow is covered: here every node has a secret in each of its private texts."""
    fields = [(kind, name) for kind in NODES for name in kind.model_fields if is_private(kind, name)]
    assert len(fields) > 20
    secrets = numbered()
    told = marked(small.edition(), secrets, frozenset())
    count = int(next(secrets)[2:7])
    page = "\n".join(f"<p>{secret}</p>" for secret in itertools.islice(numbered(), count))
    assert len(leaks("page.html", page.encode(), told)) == count


# ------------------------------------------------------------------------------------------ ways around the first wall


def with_secret() -> Edition:
    edition = small.edition()
    first = edition.modules[0]
    step = first.segments[0].steps[0].model_copy(update={"say": f"Keep it to yourself: {SECRET}."})
    segment = first.segments[0].model_copy(update={"steps": (step, *first.segments[0].steps[1:])})
    return edition.model_copy(
        update={"modules": (first.model_copy(update={"segments": (segment, *first.segments[1:])}), *edition.modules[1:])}
    )


def handout(folder: Path, body: str, name: str = "handout.html") -> Job:
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    template = f"{HEAD}{{% block styles %}}{{% endblock %}}{{% block body %}}<h1>Handout</h1>{body}{{% endblock %}}"
    (folder / "documents/handout.html.j2").write_text(template, "utf-8")
    return job(with_secret(), find_document(name, documents((folder, TEMPLATES))), folder)


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{SECRET}</p>",
        f"<p>{SECRET.upper()}</p>",
        f"<p>They say that {SECRET.replace(' ', '&#160;')}.</p>",
        f"<p hidden>{SECRET}</p>",
        f"<p data-key='{SECRET}'>x</p>",
        f"<!-- {SECRET} -->",
        f"<p>{SECRET[:-18]}</p>",
        f"<p>{'</p><p>'.join(SECRET.split(' '))}</p>",
    ],
)
def test_private_words_in_a_page_are_found_whatever_way_they_came(tmp_path: Path, body: str) -> None:
    (problem,) = make(handout(tmp_path, body)).problems
    assert problem.severity is Severity.ERROR
    assert "holds what only facilitators may see: “Keep it to yourself: the right hand" in problem.message


@pytest.mark.parametrize(
    "body",
    [
        f"<p style='color: white; font-size: 2px'>{SECRET}</p>",
        f"<p>{SECRET.replace('column', 'col&shy;umn')}</p>",
        f"<h2 style='bookmark-label: \"{SECRET}\"'>x</h2>",
        f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' role='img'><title>{SECRET}</title></svg>",
        f"<p id='{SECRET.replace(' ', '-')}'>x</p>",
    ],
)
def test_private_words_in_print_are_found_whatever_way_they_came(tmp_path: Path, body: str) -> None:
    made = make(handout(tmp_path, body, "handout.pdf"))
    assert [problem.severity for problem in made.problems if "may see" in problem.message] == [Severity.ERROR]


def test_private_words_in_the_properties_of_a_pdf_are_found(tmp_path: Path) -> None:
    asked = handout(tmp_path, "<p>x</p>", "handout.pdf")
    front = asked.edition.front.model_copy(update={"promise": "A handout."})
    (tmp_path / "blocks").mkdir()
    page = (TEMPLATES / "blocks/page.html.j2").read_text("utf-8").replace("{{ front.promise | plain }}", SECRET)
    (tmp_path / "blocks/page.html.j2").write_text(page, "utf-8")
    made = make(replace(asked, edition=asked.edition.model_copy(update={"front": front})))
    assert ["metadata" in problem.message for problem in made.problems] == [True]


@pytest.mark.parametrize("body", ["<p>The right hand column is for managing.</p>", "<p>every time</p>"])
def test_a_few_words_that_happen_to_stand_in_a_script_too_are_no_leak(tmp_path: Path, body: str) -> None:
    assert make(handout(tmp_path, body)).problems == ()


def test_words_that_participants_are_given_anyway_are_no_leak() -> None:
    edition = with_secret()
    open_ = edition.model_copy(update={"front": edition.front.model_copy(update={"promise": f"You will see: {SECRET}!"})})
    page = f"<p>{SECRET}</p>".encode()
    assert (len(leaks("a.html", page, edition)), leaks("a.html", page, open_)) == (1, ())


def test_two_sentences_for_participants_that_a_script_also_has_in_a_row_are_no_leak() -> None:
    edition = with_secret()
    halves = {"promise": "Keep it to yourself: the right hand column wins", "further_reading": ()}
    rest = (model.GlossaryEntry(term="every time, whatever", here="the room may say about it"),)
    front = edition.front.model_copy(update={**halves, "glossary": rest})
    shown = {"front": front, "audience": edition.audience, "modules": edition.modules}
    page = b"<p>The right hand column wins</p><p>every time, whatever the room may say about it</p>"
    assert len(leaks("a.html", page, edition)) == 1
    assert leaks("a.html", page[:34], edition.model_copy(update=shown)) == ()


def test_a_file_that_leaks_is_not_written_and_the_earlier_one_stays(tmp_path: Path) -> None:
    handout(tmp_path / "own", f"<p>{SECRET}</p>")
    course = small.course(documents=["handout.html"])
    first = course.modules[0]
    segment = first.segments[0].model_copy(update={"transition": f"Now {SECRET}."})
    spoilt = first.model_copy(update={"segments": (segment, *first.segments[1:])})
    asked = Request(
        course=course,
        folder=ROOT / "course",
        templates=(tmp_path / "own", TEMPLATES),
        brand=TEMPLATES / "brand.pptx",
        own_brand=False,
        out=tmp_path / "out",
        places={},
        cache=tmp_path / "cache",
        jobs=1,
    )
    path = tmp_path / "out/managers/half-day/handout.html"
    build(asked, Here())
    earlier = path.read_bytes()
    later = replace(asked, course=course.model_copy(update={"modules": (spoilt, *course.modules[1:])}))
    for _ in range(2):  # made, and then taken from the cache
        (file,) = build(later, Here()).files
        assert (file.path, [problem.severity for problem in file.problems]) == ("", [Severity.ERROR])
        assert path.read_bytes() == earlier
