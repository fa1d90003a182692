"""Who comes: lists as people save them, who may see the names, and the papers that carry them."""

from __future__ import annotations

import csv
import io
import json
import re
import string
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from clients import pdf_ua_findings
from coursewright import calendars, editions, people
from coursewright.cli import main
from coursewright.documents import Document, documents, find_document
from coursewright.make import Job, make
from coursewright.model import Edition, Participant, Session
from coursewright.problems import Broken, Severity
from coursewright.render import render
from sample import ROOT, two_hats
from small import SECRET, edition, on
from tiny import MakeCourse, writing

__all__ = ["writing"]  # brings the fixture make_course

TEMPLATES = (ROOT / "templates",)
DAY = date(2026, 12, 1)
ADA, JURGEN = "Ada Quillfeather", "Jürgen Wörnitz-Straßer"
LISTED = (
    Participant(name=ADA, given="Ada", family="Quillfeather", organisation="Harbour & Sons", table="1"),
    Participant(name=JURGEN, given="Jürgen", family="Wörnitz-Straßer"),
    Participant(name="Li"),
)


def write(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def names(text: str) -> list[str]:
    return [person.name for person in people.listed(text, "people.csv")[0]]


def faults(text: str) -> str:
    with pytest.raises(Broken) as caught:
        people.listed(text, "people.csv")
    return "\n".join(map(str, caught.value.problems))


def warnings(text: str) -> str:
    return "\n".join(map(str, people.listed(text, "people.csv")[1]))


# ------------------------------------------------------------------------------------------------ reading a list


NAMES = st.text(alphabet=string.ascii_letters + "äöüßéèñçøåŁżő", min_size=1, max_size=12)
CELLS = st.text(alphabet=string.ascii_letters + "äéñ ,;|\t\"'&.-", max_size=20)
LINES = st.lists(st.tuples(NAMES, NAMES, CELLS), min_size=1, max_size=12, unique_by=lambda row: (row[0], row[1]))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@settings(deadline=None, max_examples=60)
@given(LINES, st.sampled_from(people.DELIMITERS), st.sampled_from(ENCODINGS), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_list_reads_the_same_whatever_delimiter_encoding_and_line_ends_it_was_saved_with(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    delimiter: str,
    encoding: str,
    end: str,
    quoted: bool,
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    writer.writerows([("First name", "Last name", "Company"), *rows])
    found, told = people.read(write(tmp_path_factory.getbasetemp(), text.getvalue(), encoding))
    assert [(each.given, each.family, each.organisation) for each in found] == [
        (given, family, " ".join(company.split())) for given, family, company in rows
    ]
    assert not told


@pytest.mark.parametrize(
    "heads",
    [
        "First name;Surname;E-mail;Company;Job title;Table",
        "Vorname;Name;E-Mail-Adresse;Firma;Funktion;Tisch",
        "Prénom;Nom;Courriel;Société;Fonction;Table",
        "Nombre;Apellidos;Correo electrónico;Empresa;Cargo;Mesa",
        "GIVEN_NAME;FAMILY_NAME;Mail;Organization;Role;Table no.",
    ],
)
def test_columns_are_known_by_the_names_people_give_them(heads: str) -> None:
    (person,), told = people.listed(f"{heads}\nAda;Quillfeather;ada@example.org;Harbour;Pilot;2\n", "people.csv")
    assert person == Participant(
        name=ADA, given="Ada", family="Quillfeather", email="ada@example.org", organisation="Harbour", role="Pilot", table="2"
    )
    assert not told


@pytest.mark.parametrize("head", ["Name", "Full name", "Teilnehmerin", "Nom complet", "Nombre y apellidos"])
def test_one_column_may_hold_the_whole_name(head: str) -> None:
    assert names(f"{head}\nAda Quillfeather\n") == [ADA]


def test_a_list_of_names_alone_needs_no_head_and_empty_lines_are_fine() -> None:
    assert names("Ada Quillfeather\n\n   \nLi\r\n") == [ADA, "Li"]


def test_what_excel_writes_first_says_the_delimiter() -> None:
    assert names("sep=|\nCompany|Name\nHarbour, Sons; and Co|Li\n") == ["Li"]


def test_letters_of_one_kind_are_one_letter_and_spaces_are_single() -> None:
    assert names("Jose\u0301\u00a0 Nun\u0303ez\u200b\n") == ["José Nuñez"]


def test_windows_1252_is_read_and_doubted(tmp_path: Path) -> None:
    found, told = people.read(write(tmp_path, f"Name;Firma\n{JURGEN};Ö\n", "cp1252"))
    assert found[0].name == JURGEN
    assert ["people.csv:2: warning: this list is not in UTF-8" in str(each) for each in told] == [True]


@pytest.mark.parametrize(("text", "encoding"), [("Name\nŁukasz Wójcik\n", "cp1250"), ("Имя\nИван Петров\n", "cp1251")])
def test_letters_that_would_come_out_as_others_are_refused(tmp_path: Path, text: str, encoding: str) -> None:
    with pytest.raises(Broken, match="encoding that cannot be told"):
        people.read(write(tmp_path, text, encoding))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "there is nobody on this list"),
        (b"Name;Firma\n", "nobody below it"),
        (b"PK\x03\x04rest", "a spreadsheet, not a CSV file"),
        (b"Name\n\x81\x8d", "people.csv:2: this is neither UTF-8 nor Windows-1252"),
        (b"\xef\xbb\xbfName\n\xff\xff", "people.csv:2: this is no text in UTF-8"),
        (b"x" * 1_000_001, "more than 1,000,000 bytes"),
    ],
)
def test_a_file_that_is_no_list_says_so(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(Broken) as caught:
        people.read(write(tmp_path, content))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Name;Firma\nLi;A\n;B\n", "people.csv:3: this line has no name"),
        ("Name;Firma\n\n-;B\n", "people.csv:3: this line has no name"),
        ("Name;Firma\nLi;A;B\n", "people.csv:2: this line has 3 cells, the first one has 2"),
        ("Name\nLi;Harbour\n", "people.csv:2: this line has 2 cells, the first one has 1"),
        ("Name;Firma\nLi\x07;A\n", "people.csv:2: column 1 has a control character"),
        ("Name;Firma\nLi;A\u202eB\n", "people.csv:2: column 2 has a control character"),
        (f"Name;Firma\nLi;{'x' * 201}\n", "people.csv:2: column 2 has 201 characters, 200 at most"),
        ('Name;Firma\nLi;A\n"Ada;B\n', "people.csv:3: this line cannot be divided into cells"),
        ("Ada;Harbour\nLi;A\n", "people.csv:1: no column is called a name"),
        ("Frist name;Firma\nLi;A\n", 'did you mean "firstname"?'),
        (
            "Name\n" + "".join(f"Person {chr(65 + n % 26)}{chr(65 + n // 26)}\n" for n in range(501)),
            "501 people are on this list",
        ),
    ],
)
def test_a_bad_row_is_told_with_its_line(text: str, message: str) -> None:
    assert message in faults(text)


def test_every_bad_row_is_told_at_once() -> None:
    assert faults("Name;Firma\n;A\nLi;B;C\n;D\n").count("people.csv:") == 3


def test_a_line_inside_a_cell_does_not_shift_the_lines_that_are_named() -> None:
    assert "people.csv:4: this line has no name" in faults('Name;Firma\nLi;"A\nB"\n;C\n')


def test_the_same_line_twice_is_one_person_and_two_of_one_name_are_two() -> None:
    text = "Name;Firma\nLi;A\nLi;B\nLi;A\n"
    assert names(text) == ["Li", "Li"]
    assert "people.csv:4: warning: this line is the same as line 2" in warnings(text)


def test_a_name_with_a_comma_is_taken_as_it_is_and_told() -> None:
    assert names("Name\nQuillfeather, Ada\nLi\n") == ["Quillfeather, Ada", "Li"]
    assert "people.csv:2: warning: this name has a comma" in warnings("Name\nQuillfeather, Ada\nLi\n")


def test_columns_that_are_not_used_are_told_as_a_note() -> None:
    _, told = people.listed("Name;Diet;Vorname\nQuillfeather;none;Ada\n", "people.csv")
    assert [(each.severity, each.message) for each in told] == [(Severity.INFO, 'column "Diet" is not used')]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("Name,;|\t\"'\n\r Ab\x00\x07\x1c\u2028é"), max_size=60))
def test_any_text_is_a_list_of_names_or_a_problem(text: str) -> None:
    with suppress(Broken):
        found, _ = people.listed(text, "people.csv")
        assert found
        assert all(any(map(str.isalpha, each.name)) for each in found)


def test_no_message_holds_what_is_in_a_row() -> None:
    secret = "Zanzibar"
    told = faults(f"Name;Firma\n{secret};A\n{secret}\x07;{secret};{secret}\n;{secret}\n")
    told += warnings(f"Name;Firma\n{secret};A\n{secret};A\n{secret}, Li;{secret}\n")
    assert secret not in told


# ------------------------------------------------------------------------------------------------ seating


@given(st.lists(st.sampled_from(["", "", "1", "2", "Blue"]), min_size=1, max_size=60), st.integers(1, 12))
def test_everybody_sits_once_where_the_list_says_and_the_rest_evenly(wishes: list[str], count: int) -> None:
    group = [Participant(name=f"P {number}", table=table) for number, table in enumerate(wishes)]
    found = people.seating(group, count)
    assert len(found) == max(count, len(set(wishes) - {""}))
    assert len({each.table for each in found}) == len(found)
    assert sorted(person.name for each in found for person in each.people) == sorted(person.name for person in group)
    assert all(person.table in ("", each.table) for each in found for person in each.people)
    if not any(wishes):
        sizes = [len(each.people) for each in found]
        assert max(sizes) - min(sizes) <= 1


def test_tables_that_the_list_names_are_the_tables_there_are() -> None:
    assert people.tables([Participant(name="A", table="1"), Participant(name="B", table="Blue")]) == 2
    assert people.tables([Participant(name="A", table="1"), Participant(name="B")]) is None
    assert people.tables([]) is None


# ------------------------------------------------------------------------------------------------ serial numbers


@pytest.mark.parametrize("number", ["A12425GABC1234002M", "A1-2425G-ABC1234002-M"])  # the example of the GRid standard
def test_the_check_character_is_that_of_iso_7064(number: str) -> None:
    assert calendars.check_character(number[:-1]) == number[-1]


@given(st.text(alphabet=calendars.CHECKED, min_size=1, max_size=20), st.data())
def test_a_mistyped_character_never_passes(body: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.sampled_from([each for each in calendars.CHECKED if each != body[at]]))
    assert calendars.check_character(body[:at] + other + body[at + 1 :]) != calendars.check_character(body)


def planned(slot: str = "half-day", audience: str = "senior-executives", **known: Any) -> Edition:
    return editions.plan(two_hats(), audience, slot=slot, session=Session(**known))[0]


def test_serial_numbers_are_the_same_in_every_build_and_other_for_another_session() -> None:
    first = planned(dates=(DAY,))
    assert re.fullmatch(r"TH-20261201-[0-9A-Z]{4}-007-[0-9A-Z]", calendars.serial(first, 7))
    others = (
        planned(dates=(date(2026, 12, 2),)),
        planned(dates=(DAY,), place="Room 4"),
        planned("full-day", dates=(DAY,)),
        planned(audience="aspiring-leaders", dates=(DAY,)),
    )
    assert calendars.serial(first, 7) == calendars.serial(planned(dates=(DAY,)), 7)
    assert len({calendars.serial(each, number) for each in (first, *others) for number in range(1, 31)}) == 5 * 30


# ------------------------------------------------------------------------------------------------ who may see them


def document(name: str) -> Document:
    return find_document(name, documents(TEMPLATES))


def text(name: str, of: Edition, listed: tuple[Participant, ...] = LISTED) -> str:
    return render(of, document(name), {}, TEMPLATES, made={"participants": listed} if document(name).shows else {}).text


def held(days: int = 1, **known: Any) -> Edition:
    return calendars.dated(edition(), Session(dates=(DAY,), place="Room 4", **known))[0]


@pytest.mark.parametrize("name", ["attendance.html", "name-tents.html", "certificates.html", "seating.html"])
def test_papers_for_people_hold_every_name(name: str) -> None:
    found = text(name, held())
    assert all(part in found for person in LISTED for part in (person.given, person.family or person.name))


def test_no_other_document_ever_learns_who_comes() -> None:
    heads = {path.name: path.read_text("utf-8").partition("-#}")[0] for path in (ROOT / "templates/documents").glob("*.j2")}
    shown = {name.partition(".")[0] for name, head in heads.items() if "participants" in re.sub("reader: participant", "", head)}
    assert shown == {"attendance", "name-tents", "certificates", "seating"}
    assert all(document(f"{name}.pdf").shows == ("participants",) for name in shown)
    assert document("workbook.pdf").shows == ()


def test_a_template_that_does_not_say_so_cannot_name_people(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/list.html.j2").write_text("{#- reader: client; formats: html -#}\n{{ participants }}\n", "utf-8")
    with pytest.raises(Broken, match="'participants' is undefined"):
        render(held(), find_document("list.html", documents((tmp_path,))), {}, (tmp_path,))


def test_what_a_document_can_need_is_a_closed_list(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/list.html.j2").write_text("{#- reader: client; formats: html; needs: coffee -#}\n", "utf-8")
    with pytest.raises(Broken, match='neither need nor show "coffee"'):
        find_document("list.html", documents((tmp_path,)))


def test_names_are_no_expressions_and_no_markup() -> None:
    found = text("attendance.html", held(), (Participant(name="{{ 7 * 7 }} <b>Li</b>"),))
    assert "{{ 7 * 7 }} &lt;b&gt;Li&lt;/b&gt;" in found
    assert calendars.dated(edition(), Session(place="{{ 7 * 7 }}"))[0].place == "{{ 7 * 7 }}"


PEOPLE = f"Name;Company\n{ADA};Zanzibar Tents\n{JURGEN};\n"
OWN = {
    "templates/documents/door.html.j2": "{#- reader: participant; formats: html; shows: participants -#}\n<!DOCTYPE html>\n"
    '<html lang="en"><head><title>Door</title></head><body><h1>Door</h1>\n'
    "<p>{% for person in participants %}{{ person.name }}, {{ person.organisation }}{% endfor %}</p>\n"
    "<p>{{ edition.front.version }} {{ edition.front.date | dated }} {{ edition.front.licence }}</p></body></html>\n",
    "templates/documents/sign.html.j2": "{#- reader: participant; formats: html -#}\n<!DOCTYPE html>\n"
    '<html lang="en"><head><title>Sign</title></head><body><h1>{{ edition.people }} people</h1>\n'
    "<p>{{ edition.front.version }} {{ edition.front.date | dated }} {{ edition.front.licence }}</p></body></html>\n",
    "templates/documents/proof.html.j2": "{#- reader: participant; formats: html; needs: participants, date -#}\n"
    '<!DOCTYPE html><html lang="en"><head><title>Proof</title></head><body><h1>{{ participants | length }}</h1>\n'
    "<p>{{ edition.front.version }} {{ edition.front.date | dated }} {{ edition.front.licence }}</p></body></html>\n",
    "templates/documents/copy.html.j2": "{#- reader: participant; formats: html; after: proof.html -#}\n<!DOCTYPE html>\n"
    '<html lang="en"><head><title>Copy</title></head><body><h1>Copy</h1></body></html>\n',
}


def built(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["build", "course", "--jobs", "1", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_nothing_of_a_list_is_kept_but_in_the_papers_themselves(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_course(OWN)
    write(tmp_path, PEOPLE)
    monkeypatch.setenv("COURSEWRIGHT_CACHE", str(tmp_path / "cache"))
    built("--participants", "people.csv", "--only", "door.html,sign.html")
    assert "Zanzibar Tents" in (tmp_path / "out/all/hour/door.html").read_text("utf-8")
    kept = [*(tmp_path / "cache").iterdir(), tmp_path / "out/report.json"]
    assert len(kept) > 1, "what names nobody is kept as always"
    for path in kept:
        content = path.read_bytes()
        assert not [word for word in ("Quillfeather", "Zanzibar", "W\\u00f6rnitz", "Wörnitz") if word.encode() in content], path


def test_another_list_makes_the_papers_anew_and_the_same_list_does_not(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_course(OWN)
    monkeypatch.setenv("COURSEWRIGHT_CACHE", str(tmp_path / "cache"))
    asked = ("--participants", "people.csv", "--only", "door.html")
    write(tmp_path, PEOPLE)
    built(*asked)
    assert "nothing has changed" in built(*asked)
    making_digest_forget()
    write(tmp_path, PEOPLE + "Li;\n")
    assert "nothing has changed" not in built(*asked)
    assert "Li, " in (tmp_path / "out/all/hour/door.html").read_text("utf-8")


def making_digest_forget() -> None:
    from coursewright import digests

    digests.digest.cache_clear()


# ------------------------------------------------------------------------------------------------ the command line


def test_the_head_count_follows_the_list_and_another_number_is_told(make_course: MakeCourse, tmp_path: Path) -> None:
    make_course()
    write(tmp_path, "Name;Tisch\nA;1\nB;2\nC;2\n")
    asked = ["plan", "course", "-a", "all", "--format", "json", "--participants", "people.csv"]
    result = CliRunner().invoke(main, [*asked, "--people", "14"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["people"], found["tables"]) == (3, 2)
    assert "--people says 14, and 3 are on the list" in result.stderr
    assert "--people" not in CliRunner().invoke(main, asked).stderr


def test_a_bad_list_ends_the_command_with_its_lines(make_course: MakeCourse, tmp_path: Path) -> None:
    make_course()
    write(tmp_path, "Name;Firma\n;A\n")
    result = CliRunner().invoke(main, ["plan", "course", "-a", "all", "--participants", "people.csv"])
    assert result.exit_code == 1
    assert "people.csv:2: this line has no name" in result.output


def test_what_lacks_a_date_or_a_list_is_left_out_with_a_note_and_refused_by_name(
    make_course: MakeCourse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from tiny import TINY

    monkeypatch.setenv("COURSEWRIGHT_CACHE", str(tmp_path / "cache"))
    listing = TINY["course.yaml"].replace("[deck.pptx]", "[sign.html, proof.html, copy.html]")
    make_course({**OWN, "course.yaml": listing})
    write(tmp_path, PEOPLE)
    out = built()
    assert "info: proof.html was left out" in out
    assert "it needs --participants FILE.csv and --date YYYY-MM-DD" in out
    assert "info: copy.html was left out" in out
    assert {path.name for path in (tmp_path / "out/all/hour").iterdir()} == {"sign.html"}
    assert "proof.html cannot be made" in built("--only", "proof.html", code=1)
    assert "it needs --date YYYY-MM-DD\n" in built("--only", "proof.html", "--participants", "people.csv", code=1)
    built("--participants", "people.csv", "--date", "2026-12-01")
    assert {path.name for path in (tmp_path / "out/all/hour").iterdir()} == {"sign.html", "proof.html", "copy.html"}


# ------------------------------------------------------------------------------------------------ on paper


def printed(name: str, of: Edition, listed: tuple[Participant, ...] = LISTED) -> bytes:
    found = document(name)
    job = Job(
        of, found, {}, TEMPLATES, ROOT / "course", ROOT / "templates/brand.pptx", participants=listed if found.shows else ()
    )
    made = make(job)
    assert not made.problems, made.problems
    return made.content


PAPERS = (
    *("attendance.pdf", "name-tents.pdf", "certificates.pdf", "certificate.pdf", "seating.pdf"),
    *("evaluation.pdf", "evaluation-level-2.pdf", "follow-up-cards.pdf"),
)


def test_everybody_can_read_the_papers(tmp_path: Path) -> None:
    for paper, names in (("A4", PAPERS), ("Letter", ("name-tents.pdf", "certificates.pdf", "follow-up-cards.pdf"))):
        for name in names:
            (tmp_path / f"{paper}-{name}").write_bytes(printed(name, on(paper, held())))
    assert not pdf_ua_findings(sorted(tmp_path.iterdir()))


@pytest.mark.parametrize("name", ["name-tents.pdf", "certificates.pdf"])
def test_there_is_a_sheet_for_each_person(name: str) -> None:
    group = tuple(Participant(name=f"Person {chr(65 + number)}") for number in range(7))
    with pypdfium2.PdfDocument(printed(name, held(), group)) as pdf:
        assert len(pdf) == 7
        assert [f"Person {chr(65 + at)}" in pdf[at].get_textpage().get_text_range() for at in range(7)] == [True] * 7


@pytest.mark.parametrize(
    "name", ["Ng", "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " * 2, "محمد علي", "Maximiliana Theodora Ludovica"]
)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_name_is_wider_than_its_tent_or_its_certificate(name: str, paper: str) -> None:
    of = on(paper, held())
    person = Participant(name=name.strip(), organisation="Österreichische Genossenschaft für Wasser- und Abwasserwirtschaft")
    for document_name in ("name-tents.pdf", "certificates.pdf"):
        with pypdfium2.PdfDocument(printed(document_name, of, (person,))) as pdf:
            assert len(pdf) == 1
            width, height = pdf[0].get_size()
            boxes = [each.get_bounds() for each in pdf[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
            assert boxes
            assert all(left >= 0 and right <= width and low >= 0 and high <= height for left, low, right, high in boxes)


def test_without_a_list_there_are_blank_sheets_for_the_head_count() -> None:
    of = held()
    with pypdfium2.PdfDocument(printed("name-tents.pdf", of, ())) as pdf:
        assert len(pdf) == of.people
    assert text("attendance.html", of, ()).count("<tr><td") == of.people + 3


def test_a_day_with_lunch_is_signed_for_twice_and_one_without_once() -> None:
    whole, half = planned("full-day", dates=(DAY,)), planned("half-day")
    assert [(each.title, bool(each.start < each.end)) for each in calendars.halves(whole)] == [
        ("Morning", True),
        ("Afternoon", True),
    ]
    assert [each.title for each in calendars.halves(half)] == [""]
    assert len(calendars.halves(planned("two-days"))) == 4


def test_a_certificate_says_when_where_how_long_and_what_and_nothing_private() -> None:
    found = text("certificates.html", held())
    assert "1 December 2026<br/>Room 4" in found
    assert calendars.serial(held(), 2) in found
    assert SECRET not in found
    assert all(objective.text.split(" ", 1)[1].split(",")[0] in found for objective in edition().objectives)
