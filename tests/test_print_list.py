"""What to print and to pack: what templates declare, and the numbers that head count and finished files make of it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import small
from coursewright.documents import documents, find_document
from coursewright.make import Job, make
from coursewright.model import Edition, Material
from coursewright.press import FINISH, PER, SIDES, SIZES, Order, Printing, orders, printed_in, printing, totals
from coursewright.problems import Broken, Place

FOLDERS = (Path(__file__).parents[1] / "templates",)
HEAD = Place("templates/documents/x.html.j2", 1)
COUNTS = {
    "workbook.pdf": 30,
    "guide.pdf": 41,
    "deck.pptx": 60,
    "quiz.gift": 0,
    "quiz.pdf": 1,
    "receipt.pdf": 3,
    "certificate.pdf": 2,
    "certificates.pdf": 24,
}

MATERIALS = tuple(
    Material.model_validate(each)
    for each in ({"item": "Sets of cards", "deck": "tasks"}, {"item": "Table in strips", "table": "dimensions"}, {"item": "Pens"})
)


@pytest.fixture(scope="module")
def edition() -> Edition:
    return small.edition()


def read(words: str) -> Printing:
    return printing([word.strip() for word in words.split(",")], HEAD)


# ---------------------------------------------------------------------------------------------- what is declared


def test_a_template_says_in_words_how_it_is_printed() -> None:
    assert read("person, duplex short edge, colour, A3, 160 g, 4 on a sheet, cut, laminate, instead of workbook.pdf") == Printing(
        "person", 4, "duplex short edge", is_colour=True, size="A3", grams=160, finish=("cut", "laminate"), instead="workbook.pdf"
    )


def test_what_is_left_out_is_what_an_office_printer_does() -> None:
    assert read("trainer") == Printing("trainer", up=1, sides="", is_colour=False, size="", grams=80, finish=())


@given(st.permutations(["person", "duplex", "colour", "A5", "120 g", "2 on a sheet", "if wanted"]))
def test_words_stand_in_any_order(words: list[str]) -> None:
    assert printing(words, HEAD) == read("person, duplex, colour, A5, 120 g, 2 on a sheet, if wanted")


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        ("person, dupleks", 'print: knows no "dupleks"', 'did you mean "duplex"?'),
        ("person, 5000 g", 'print: knows no "5000 g"', ""),
        ("person, 0 on a sheet", 'print: knows no "0 on a sheet"', "4 on a sheet"),
        ("person, instead of", 'print: knows no "instead of"', "instead of workbook.pdf"),
        ("duplex", "print: does not say how many", "begin it with one of once, person"),
        ("person, table", 'print: says both "person" and "table"', ""),
        ("person, 80 g, 160 g", 'print: says both "80" and "160"', ""),
    ],
)
def test_a_word_that_means_nothing_names_its_line(words: str, message: str, hint: str) -> None:
    with pytest.raises(Broken) as caught:
        read(words)
    (problem,) = caught.value.problems
    assert (problem.message, problem.where) == (message, HEAD)
    assert hint in problem.hint


def test_the_head_of_a_template_is_read_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/note.html.j2").write_text("{#- reader: client; formats: pdf; print: persn -#}", "utf-8")
    with pytest.raises(Broken, match=r'documents/note\.html\.j2:1: print: knows no "persn"\n.*did you mean "person"'):
        find_document("note.pdf", documents((tmp_path,)))


def test_every_form_that_replaces_another_replaces_one_that_is_printed() -> None:
    known = documents(FOLDERS)
    others = {name: each.printing.instead for name, each in known.items() if each.printing and each.printing.instead}
    assert others
    for name, instead in others.items():
        assert find_document(instead, known).printing, name


def test_the_list_has_words_for_everything_that_can_be_declared() -> None:
    template = (FOLDERS[0] / "documents/print-list.html.j2").read_text("utf-8")
    assert all(f'"{word}": ' in template for word in (*SIDES, *FINISH))


# ------------------------------------------------------------------------------------------------- how much of it

HOW = st.builds(
    Printing,
    st.sampled_from(PER),
    up=st.integers(1, 9),
    sides=st.sampled_from(["", *SIDES]),
    size=st.sampled_from(["", *SIZES]),
    grams=st.sampled_from([80, 160]),
    wanted=st.booleans(),
)


@given(HOW, st.integers(1, 120), st.integers(1, 40), st.integers(1, 10))
def test_everybody_gets_a_copy_and_no_sheet_is_left_over(how: Printing, pages: int, people: int, tables: int) -> None:
    edition = small.edition().model_copy(update={"people": people, "tables": tables})
    (order,) = orders(edition, {"a.pdf": how}, {"a.pdf": pages}, {})
    needed = {"once": 1, "trainer": 1, "person": people, "pair": ceil(people / 2), "table": tables}[how.per]
    assert needed <= order.copies * how.up < needed + how.up
    sides = 2 if how.sides else 1
    assert pages * order.copies <= order.sheets * sides < (pages + sides) * order.copies


@given(st.lists(st.tuples(HOW, st.integers(1, 50)), max_size=8))
def test_the_sums_are_those_of_the_lines_that_count(lines: list[tuple[Printing, int]]) -> None:
    made = [Order(f"{number}.pdf", how, 3, pages) for number, (how, pages) in enumerate(lines)]
    found = totals(made, "A4")
    assert sum(found.values()) == sum(order.sheets for order in made if not order.printing.is_choice)
    assert list(found.values()) == sorted(found.values(), reverse=True)


@pytest.mark.parametrize(
    ("size", "expected"), [("", "Letter"), ("A3", "Tabloid"), ("A5", "Half Letter"), ("A6", "Quarter Letter")]
)
def test_a_course_on_letter_names_american_papers(size: str, expected: str) -> None:
    assert Printing("once", size=size).paper("Letter") == expected


def test_what_is_no_pdf_or_was_not_made_or_holds_nothing_is_not_printed(edition: Edition) -> None:
    how = Printing("person")
    every = dict.fromkeys(("a.pdf", "b.pdf", "c.pdf", "d.html"), how) | {"e.pdf": None}
    found = orders(edition, every, {"a.pdf": 2, "c.pdf": 1, "d.html": 1, "e.pdf": 4}, {"c.pdf": {"nothing": (1,)}})
    assert [order.document for order in found] == ["a.pdf"]


def test_a_thing_that_comes_out_of_a_file_names_it(edition: Edition) -> None:
    first = edition.modules[1].segments[0]
    module = edition.modules[1].model_copy(update={"segments": (first.model_copy(update={"materials": MATERIALS}),)})
    edition, decks = edition.model_copy(update={"modules": (module,)}), ("Sets of cards", "Table in strips")
    order = Order("cards.pdf", Printing("once"), 1, 8)
    assert printed_in(edition, [order], {"cards.pdf": {"M02-tasks": (1,), "dimensions": (3,)}}) == dict.fromkeys(
        decks, "cards.pdf"
    )
    assert printed_in(edition, [], {}) == dict.fromkeys(decks, "")


# ---------------------------------------------------------------------------------------------------- the page


def listed(edition: Edition, *names: str, places: dict[str, dict[str, tuple[int, ...]]] | None = None) -> str:
    """Return the words of a list that was made beside these files."""
    known = documents(FOLDERS)
    document = replace(find_document("print-list.html", known), beside=tuple(find_document(name, known) for name in names))
    counts = {name: COUNTS[name] for name in names}
    made = make(Job(edition, document, places or {}, FOLDERS, FOLDERS[0], FOLDERS[0] / "brand.pptx", counts=counts))
    body = re.sub(r"<style>.*?</style>", "", made.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_list_counts_copies_pages_and_sheets(edition: Edition) -> None:
    words = listed(edition, "workbook.pdf", "guide.pdf")
    assert "workbook.pdf 12 30 180 A4, 80 g black both sides, long edge bind on the left" in words
    assert "guide.pdf 1 41 21 A4, 80 g black" in words
    assert "In all 201 A4, 80 g" in words


def test_what_is_left_to_choice_is_listed_apart_and_not_counted(edition: Edition) -> None:
    words = listed(edition, "workbook.pdf", "quiz.pdf")
    assert "In all 180" in words
    assert "quiz.pdf 12 1 12" in words.partition("Only if you want it")[2]


def test_certificates_to_fill_in_are_not_printed_beside_those_with_names(edition: Edition) -> None:
    assert "In all 12 A4, 160 g" in listed(edition, "certificate.pdf")
    words = listed(edition, "certificate.pdf", "certificates.pdf")
    assert "In all 24 A4, 160 g" in words
    assert "have nothing to print for this session: certificate.pdf." in words


def test_what_stays_on_a_computer_or_is_empty_is_named(edition: Edition) -> None:
    words = listed(
        edition, "workbook.pdf", "deck.pptx", "quiz.gift", "receipt.pdf", "quiz.pdf", places={"quiz.pdf": {"nothing": (1,)}}
    )
    assert words.count("quiz.pdf") == 1
    assert "have nothing to print for this session: deck.pptx, quiz.gift, receipt.pdf and quiz.pdf." in words


def test_the_list_counts_what_to_pack(edition: Edition) -> None:
    assert "12 Pens person buy or bring" in listed(edition, "workbook.pdf")


def test_a_list_without_files_says_so(edition: Edition) -> None:
    assert "No file for paper was made with this list." in listed(edition)
