"""A quiz, handed over: on paper with and without its key, and in three formats, each read by somebody else's parser."""

from __future__ import annotations

import io
import re
import sys
import types
import zipfile
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import clients
import small
from coursewright import markdown
from coursewright.documents import documents, find_document
from coursewright.editions import plan
from coursewright.finished import sheets
from coursewright.model import Edition, QuizItem
from coursewright.outputs import archive, text, xml
from coursewright.problems import Broken
from coursewright.render import render
from sample import two_hats

FOLDERS = (Path(__file__).parents[1] / "templates",)
pytestmark = pytest.mark.filterwarnings("ignore:.*is deprecated, use:DeprecationWarning")  # pyslet calls old names of its own

QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
NASTY = (  # words that some format reads as its own
    "a = b ~ c # d {e} :: f %50%g", "[html]x", "// no comment", "$CATEGORY: no/where", "=right", "~%-50%wrong",
    "#### not general", "back\\slash \\n \\= end", "<b>raw</b> & &amp; \"quoted\" 'single'", "]]> <![CDATA[ x ]]>",
    "**bold** and *slanted* and `code`", "[a link](https://example.org/?a=1&b=2#c)", "Ünïcödé – „Grüße“, 漢字, عربى, 🎩",
    "1 < 2 > 0", "{{ not a template }}", "50 % -> 100 %", "%50%half", "%-100%", "[markdown]*x*", "T", "TRUE", "->",
    "a -> b", "\\", "{}", "--> <!-- x", "x ]]",
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A question as it is to arrive: HTML, and the reasons by option."""

    stem: str
    options: tuple[str, ...]
    right: int
    reasons: tuple[str, ...]


def asking(items: list[dict[str, Any]]) -> Edition:
    """Return the small edition with these questions."""
    edition = small.edition()
    quiz = tuple(QuizItem.model_validate(each) for each in items)
    modules = [
        module.model_copy(
            update={"segments": tuple(s.model_copy(update={"quiz": quiz if s.id == "S2" else ()}) for s in module.segments)}
        )
        for module in edition.modules
    ]
    return edition.model_copy(update={"modules": tuple(modules)})


def items(words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return questions with these words in every place; the key wanders."""
    return [
        {
            "id": f"Q-{number}",
            "objective": "O1",
            "bloom": "apply",
            "themes": ["T01"],
            "stem": f"{each} (stem)",
            "options": [
                {"text": f"{each} ({letter})", "reason": f"{each} (why {letter})", "right": place == number % 3}
                for place, letter in enumerate("ABC")
            ],
        }
        for number, each in enumerate(words)
    ]


def questions(edition: Edition) -> list[Question]:
    """Return what has to arrive."""

    def shown(words: str) -> str:
        return str(markdown.inline(words, edition.front.language))

    every = [item for module in edition.modules for segment in module.segments for item in segment.quiz]
    return [
        Question(
            shown(item.stem),
            tuple(shown(option.text) for option in item.options),
            next(place for place, option in enumerate(item.options) if option.right),
            tuple(shown(option.reason) for option in item.options),
        )
        for item in every
    ]


def page(edition: Edition, name: str) -> str:
    """Return the page of a document, made once for each edition."""
    if (id(edition), name) not in PAGES:
        PAGES[id(edition), name] = (edition, render(edition, find_document(name, documents(FOLDERS)), {}, FOLDERS).text)
    return PAGES[id(edition), name][1]


def words_of(edition: Edition, name: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", page(edition, name), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


PAGES: dict[tuple[int, str], tuple[Edition, str]] = {}  # with their editions, so that no other takes an id over
EDITIONS = {
    "small": small.edition,
    "nasty": lambda: asking(items(NASTY)),
    "half a day": lambda: plan(two_hats(), "newly-promoted-managers", slot="half-day")[0],
    "two days": lambda: plan(two_hats(), "hr-and-learning-partners", slot="two-days")[0],
}


@cache
def known(name: str) -> Edition:
    made: Edition = EDITIONS[name]()  # type: ignore[no-untyped-call]
    return made


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return known(request.param)


# ------------------------------------------------------------------------------------------------------ GIFT


def test_gift_arrives_as_it_was_meant(edition: Edition, tmp_path: Path) -> None:
    path = tmp_path / "quiz.gift"
    path.write_bytes(text.write(page(edition, "quiz.gift")).content)
    found = [each for each in clients.gift_questions(path) if each["type"] != "Category"]
    assert [_gift(each) for each in found] == questions(edition)


def _gift(read: dict[str, Any]) -> Question:
    assert (read["type"], read["stem"]["format"]) == ("MC", "html")
    choices = read["choices"]
    (right,) = (place for place, choice in enumerate(choices) if choice["isCorrect"])
    return Question(
        read["stem"]["text"],
        tuple(choice["text"]["text"] for choice in choices),
        right,
        tuple(choice["feedback"]["text"] for choice in choices),
    )


def test_gift_names_tags_and_files_every_question(tmp_path: Path) -> None:
    path = tmp_path / "quiz.gift"
    path.write_text(page(small.edition(), "quiz.gift"), "utf-8")
    category, first, _ = clients.gift_questions(path)
    assert category["title"] == "$course$/top/Two Hats/Direction work and delivery work"
    assert (first["title"], first["id"], first["tags"]) == ("Q1", "Q1", ["O1", "analyze"])
    assert first["globalFeedback"]["text"] == "This question is about an objective of the session: Classify 20 of 24 tasks"


# ------------------------------------------------------------------------------------------------- Moodle XML


def test_moodle_xml_arrives_as_it_was_meant(edition: Edition) -> None:
    """Read as Moodle's own importer reads it: question/format/xml/format.php, import_multichoice and import_headers."""
    found = [each for each in _moodle(edition) if each.get("type") == "multichoice"]
    assert [_multichoice(each) for each in found] == questions(edition)


def _moodle(edition: Edition) -> Any:
    return etree.fromstring(xml.write(page(edition, "quiz.xml"), "quiz.xml").content)


def _multichoice(read: Any) -> Question:
    assert (read.findtext("single"), read.findtext("shuffleanswers"), read.find("questiontext").get("format")) == (
        "true",
        "true",
        "html",
    )
    answers = read.findall("answer")
    assert sorted(float(each.get("fraction")) for each in answers)[-2:] == [0, 100]
    (right,) = (place for place, each in enumerate(answers) if float(each.get("fraction")) == 100)
    assert all(part.get("format") == "html" for each in answers for part in (each, each.find("feedback")))
    return Question(
        _paragraph(read.find("questiontext")),
        tuple(_paragraph(each) for each in answers),
        right,
        tuple(_paragraph(each.find("feedback")) for each in answers),
    )


def _paragraph(part: Any) -> str:
    found = re.fullmatch(r"<p>(.*)</p>", part.findtext("text"), re.DOTALL)
    assert found
    return found[1]


def test_moodle_xml_files_tags_and_numbers_every_question(edition: Edition) -> None:
    root = _moodle(edition)
    tags = [[tag.text for tag in each.findall("tags/tag/text")] for each in root.iterfind("question[@type='multichoice']")]
    every = [item for module in edition.modules for segment in module.segments for item in segment.quiz]
    claimed = {objective.id for objective in edition.objectives}
    assert tags == [[i.objective, i.bloom, *(["looks-ahead"] if i.objective not in claimed else [])] for i in every]
    assert [each.findtext("idnumber") for each in root.iterfind("question[@type='multichoice']")] == [item.id for item in every]
    for before, after in pairwise(root):
        assert not (before.get("type") == after.get("type") == "category")
    assert root[0].findtext("category/text").startswith("$course$/top/")


def test_somebody_elses_program_reads_moodle_xml(edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clients.library("amc2moodle")
    pictures = types.ModuleType("wand.image")  # it would load ImageMagick, for pictures that a quiz of ours has none of
    pictures.Image = None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wand", types.ModuleType("wand"))
    monkeypatch.setitem(sys.modules, "wand.image", pictures)
    from amc2moodle.moodle2amc import _quiz  # type: ignore[import-untyped]

    path = tmp_path / "quiz.xml"
    path.write_bytes(xml.write(page(edition, "quiz.xml")).content)
    read, _ = _quiz.Quiz(str(path))._reshape()
    found = [[choice.tag for choice in each.find("choices")] for each in read.iter("question")]
    assert found == [
        ["correctchoice" if place == each.right else "wrongchoice" for place in range(len(each.options))]
        for each in questions(edition)
    ]


def test_what_is_no_xml_is_refused_before_moodle_does() -> None:
    with pytest.raises(Broken, match="the template makes no XML"):
        xml.write("<quiz><question></quiz>", "quiz.xml")


# -------------------------------------------------------------------------------------------------------- QTI


@pytest.fixture(scope="module")
def package(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, unpacked."""
    folder = tmp_path_factory.mktemp("qti")
    zipfile.ZipFile(io.BytesIO(packed(edition))).extractall(folder)
    return folder


def packed(edition: Edition) -> bytes:
    return archive.write(page(edition, "quiz-qti.zip"), "quiz-qti.zip").content


def test_qti_arrives_and_is_marked_as_it_was_meant(edition: Edition, package: Path) -> None:
    """Pyslet runs each item: every option is chosen once, and score and feedback are what it works out."""
    clients.library("pyslet")
    assert [_played(read(path)) for path in in_order(package)] == questions(edition)


def read(path: Path) -> Any:
    from pyslet.qtiv2.xml import QTIDocument  # type: ignore[import-untyped]

    document = QTIDocument(base_uri=path.as_uri())
    document.read()
    return document.root


def in_order(package: Path) -> list[Path]:
    """Return the items as the test has them."""
    return [package / each.get("href", "") for each in etree.parse(package / "test.xml").iter(f"{QTI}assessmentItemRef")]


def _played(item: Any) -> Question:
    from pyslet.qtiv2.variables import ItemSessionState  # type: ignore[import-untyped]

    root = etree.fromstring(bytes(str(item), "utf-8"))
    choices = {each.get("identifier"): inner(each) for each in root.iter(f"{QTI}simpleChoice")}
    feedback = {each.get("identifier"): inner(each) for each in root.iter(f"{QTI}modalFeedback")}
    scores, shown = [], []
    for name in choices:
        session = ItemSessionState(item)
        session.begin_session()
        session.begin_attempt()
        session["RESPONSE"].set_value(name)
        item.ResponseProcessing.run(session)
        scores.append(session["SCORE"].value)
        shown.append(feedback[session["FEEDBACK"].value])
    assert sorted(scores)[-2:] == [0.0, 1.0]
    return Question(inner(next(root.iter(f"{QTI}prompt"))), tuple(choices.values()), scores.index(1.0), tuple(shown))


def inner(element: Any) -> str:
    """Return what an element holds as HTML writes it."""
    inside = [element.text or "", *(etree.tostring(each, encoding="unicode") for each in element)]
    markup = re.sub(r' xmlns(:\w+)?="[^"]*"', "", "".join([html_escaped(inside[0]), *inside[1:]]))
    return " ".join(markup.split()).replace('"', "&quot;") if "<a " not in markup else markup


def html_escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_the_manifest_names_every_file_of_the_package_and_no_other(package: Path) -> None:
    manifest = etree.parse(package / "imsmanifest.xml")
    resources = {each.get("identifier"): each for each in manifest.iter(f"{CP}resource")}
    listed = {each.get("href") for each in manifest.iter(f"{CP}file")}
    there = {path.relative_to(package).as_posix() for path in package.rglob("*.xml")} - {"imsmanifest.xml"}
    assert listed == there == {each.get("href") for each in resources.values()}
    assert {each.get("identifierref") for each in manifest.iter(f"{CP}dependency")} == resources.keys() - {"test"}
    assert manifest.findtext(f"{CP}metadata/{CP}schema") == "QTIv2.1 Package"


def test_somebody_elses_program_opens_the_package(edition: Edition, package: Path) -> None:
    clients.library("pyslet")
    from pyslet.imscpv1p2 import ContentPackage  # type: ignore[import-untyped]

    kinds = [each.type for each in ContentPackage(str(package)).manifest.root.Resources.Resource]
    assert kinds == ["imsqti_test_xmlv2p1", *["imsqti_item_xmlv2p1"] * len(questions(edition))]
    parts = read(package / "test.xml").TestPart
    assert sum(len(section.SectionPart) for part in parts for section in part.AssessmentSection) == len(questions(edition))


def test_parts_of_an_item_stand_in_the_order_of_the_schema(package: Path) -> None:
    order = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
    for path in in_order(package):
        found = [order.index(etree.QName(each).localname) for each in etree.parse(path).getroot()]
        assert found == sorted(found)


def test_a_session_without_a_quiz_makes_files_that_open() -> None:
    edition = asking([])
    test = etree.fromstring(zipfile.ZipFile(io.BytesIO(packed(edition))).read("test.xml"))
    assert test.find(f".//{QTI}assessmentSection") is not None
    assert len(_moodle(edition)) == 0
    assert "This session has no quiz" in words_of(edition, "quiz.pdf")
    assert "nothing to mark" in words_of(edition, "quiz-key.pdf")


# ---------------------------------------------------------------------------------------------------- archives

NAMES = st.lists(st.sampled_from(["a.txt", "b.xml", "c/a.txt", "c/b.xml", "d e.txt", "é.xml"]), unique=True)


@given(NAMES, st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=30))
@settings(max_examples=40)
def test_files_come_out_of_an_archive_as_they_were_put_in(names: list[str], words: str) -> None:
    escaped = html_escaped(words)
    page = "".join(f'<file name="{n}">{f"<r>{escaped}</r>" if n.endswith("xml") else escaped}</file>' for n in names)
    made = zipfile.ZipFile(io.BytesIO(archive.write(f"<files>{page}</files>").content))
    assert made.namelist() == names
    for name in names:
        content = made.read(name)
        assert (etree.fromstring(content).text or "" if name.endswith("xml") else content.decode()) == words


def test_the_same_files_give_the_same_archive(edition: Edition) -> None:
    assert packed(edition) == packed(edition)
    assert {each.date_time[0] for each in zipfile.ZipFile(io.BytesIO(packed(edition))).infolist()} == {1980}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ('<file name="../a.txt">x</file>', "is no file of an archive"),
        ('<file name="/a.txt">x</file>', "is no file of an archive"),
        ("<file>x</file>", "is no file of an archive"),
        ('<page name="a.txt">x</page>', "is no file of an archive"),
        ('<file name="a.xml"><a/><b/></file>', "holds 2 elements"),
        ('<file name="a.txt">x</file><file name="a.txt">y</file>', 'two files of the archive are called "a.txt"'),
        ('<file name="a.txt">x', "the template makes no XML"),
    ],
)
def test_what_is_no_archive_is_refused(files: str, message: str) -> None:
    with pytest.raises(Broken, match=re.escape(message)):
        archive.write(f"<files>{files}</files>", "a.zip")


def test_whoever_checks_a_build_can_read_what_is_in_an_archive() -> None:
    (sheet,) = sheets("quiz-qti.zip", packed(small.edition()))
    assert "CC BY 4.0" in sheet.text
    assert "Is planning" in sheet.text


# -------------------------------------------------------------------------------------------------- on paper


def test_the_printed_quiz_asks_everything_and_gives_nothing_away() -> None:
    words = words_of(known("half a day"), "quiz.pdf")
    for each in questions(known("half a day")):
        plain = [unescape(re.sub(r"<[^>]+>", "", part)) for part in (each.stem, *each.options)]
        assert all(part in words for part in plain)
        assert not any(unescape(re.sub(r"<[^>]+>", "", reason)) in words for reason in each.reasons)


def test_the_key_has_a_letter_for_every_question_and_a_reason_for_every_option(edition: Edition) -> None:
    html = page(edition, "quiz-key.pdf")
    marked = re.findall(r"<td>([A-E])(?:<small>\*</small>)?</td>", html)
    assert marked == ["ABCDE"[each.right] for each in questions(edition)]
    assert all(reason in html for each in questions(edition) for reason in each.reasons)


def test_the_key_says_how_right_answers_are_spread() -> None:
    assert "Right answers: A 9 times, B 9 times and C 9 times." in words_of(asking(items(NASTY)), "quiz-key.pdf")


def test_a_question_about_what_a_session_does_not_claim_looks_ahead_and_does_not_count() -> None:
    edition = known("half a day")
    claimed = {objective.id for objective in edition.objectives}
    ahead = [i for m in edition.modules for s in m.segments for i in s.quiz if i.objective not in claimed]
    assert ahead
    words = words_of(edition, "quiz-key.pdf")
    assert words.count("Looks beyond this session") == len(ahead)
    assert f"count {len(questions(edition)) - len(ahead)} of {len(questions(edition))}." in words
    assert page(edition, "quiz.gift").count("[tag:looks-ahead]") == len(ahead)


def test_the_receipt_says_how_many_questions_look_ahead() -> None:
    notes = {name: [note for note in known(name).receipt.notes if "quiz" in note] for name in ("half a day", "two days")}
    told = "3 of 4 quiz questions look ahead to objectives this session does not claim; the key says which."
    assert notes == {"half a day": [told], "two days": []}
