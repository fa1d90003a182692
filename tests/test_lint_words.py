"""Lint rules about words, where their examples are not enough: spelling, lists, readability, copied sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coursewright.lint.english import correction, grade, misspelt, names, sentences, syllables
from coursewright.lint.phrases import FOLDER, cliches, entries, found, own, read, stale
from coursewright.lint.rule import Example
from coursewright.load import load
from coursewright.problems import Problem
from sound import course_with, problems

LISTS = sorted(path.stem for path in FOLDER.glob("*.txt"))


def of(rule: str, folder: Path, at: str, yaml: str) -> list[str]:
    return [each.message for each in problems(course_with(folder, Example(at, yaml))) if each.rule == rule]


# ------------------------------------------------------------------------------------------------ spelling


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("recieve", "receive"), ("definately", "definitely"), ("accomodate", "accommodate"), ("begining", "beginning"),
        ("occured", "occurred"), ("seperate", "separate"), ("untill", "until"), ("teh", "the"), ("alot", "a lot"),
        ("wich", "which"), ("particpants", "participants"), ("managment", "management"), ("leadrship", "leadership"),
    ],
)  # fmt: skip
def test_a_slip_is_found_in_either_english_with_what_was_meant(slip: str, meant: str) -> None:
    assert correction(slip, "en-GB") == correction(slip, "en-US") == meant


@pytest.mark.parametrize(("british", "american"), [("colours", "colors"), ("neighbour", "neighbor"), ("behaviour", "behavior"),
                                                   ("labour", "labor"), ("centre", "center")])  # fmt: skip
def test_each_english_knows_its_own_spelling(british: str, american: str) -> None:
    assert (correction(british, "en-GB"), correction(american, "en-US")) == ("", "")
    assert correction(american, "en-GB") == british
    assert correction(british, "en-US") == american
    assert {correction(word, language) for word in (british, american) for language in ("en", "en-CA")} == {""}


@pytest.mark.parametrize(
    "word",
    [
        "debriefs", "deliverables", "flipchart", "rollout", "vlog", "mentees", "kanban", "onboarding", "gamification",
        "upskilling", "chatbot", "roleplay", "naïve", "café", "reprioritise", "organize", "organise", "licence", "license",
        "practise", "judgment", "learnt", "whilst", "email", "webinar", "rota", "payslip", "facilitator’s", "isn’t",
    ],
)  # fmt: skip
def test_words_of_the_trade_are_no_slips(word: str) -> None:
    assert correction(word, "en-GB") == ""


def test_names_and_capitals_inside_a_sentence_are_no_slips() -> None:
    assert misspelt("Ines asks Noor whether Teh agrees. Priya and McCarhty meet.", "en-GB") == ()
    assert [word for word, _ in misspelt("Comparision of weeks. Noor plans.", "en-GB")] == ["Comparision"]
    assert names("Ask Katrinna. She knows Ben-Ami.") == ("katrinna", "ben", "ami")


def test_files_addresses_and_expressions_are_no_words() -> None:
    words = "Open deck.pptx at https://exmaple.org/teh, or {{ terms.recieve }} and `teh`, says teh@exmaple.org."
    assert misspelt(words, "en-GB") == ()


def test_a_word_the_course_lists_is_right(tmp_path: Path) -> None:
    found = of("TXT-08", tmp_path / "a", "course.yaml#", "{title: A sound cuorse}")
    assert found == ["“cuorse” is in no dictionary of en-GB, in “A sound cuorse”"]
    assert of("TXT-08", tmp_path / "b", "course.yaml#", "{title: A sound cuorse, words: [Cuorse]}") == []


def test_a_slip_in_another_language_is_let_pass_and_one_note_says_so(tmp_path: Path) -> None:
    loaded = course_with(tmp_path, Example("course.yaml#", "{language: de, title: 'Ein Kurs, wich teh'}"))
    found = [each for each in problems(loaded) if each.rule.startswith(("TXT", "INC", "SRC"))]
    assert [each.rule for each in found] == ["TXT-09"]


# --------------------------------------------------------------------------------------------------- lists


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_in_small_letters_without_doubles_and_says_what_to_say_instead(name: str) -> None:
    patterns = [pattern for pattern, _ in entries(name)]
    assert patterns
    assert len(set(patterns)) == len(patterns)
    for pattern, instead in entries(name):
        assert pattern == pattern.lower()
        assert instead or name == "plain"
        re.compile(pattern)


def test_what_is_let_pass_as_plain_is_something_proselint_would_report() -> None:
    phrases = [pattern for pattern, _ in entries("plain")]
    reported = {at for at, _, _ in read(phrases, stale())}
    assert [phrase for at, phrase in enumerate(phrases) if at not in reported] == []
    assert list(cliches(phrases)) == []


def test_a_saying_is_reported_by_one_rule_only() -> None:
    sayings = ["step up to the plate", "a level playing field", "touch base", "piece of cake", "in the same boat", "a home run"]
    assert all(found("idioms", each) for each in sayings)
    assert list(cliches(sayings)) == []


@pytest.mark.parametrize(
    "myth",
    [
        "Find out your learning style.",
        "Visual learners like charts.",
        "Dale's cone of experience",
        "People remember 10 % of what they read and 90 % of what they do.",
        "We have the attention span of a goldfish.",
        "The attention span of adults is fifteen minutes.",
        "We use only ten per cent of our brain.",
        "For right-brained people",
        "Ask the digital natives.",
    ],
)
def test_myths_of_training_rooms_are_known(myth: str) -> None:
    assert found("myths", myth)


@pytest.mark.parametrize(
    "words",
    [
        "Plan 10 % of the week for what you have learned.",
        "Use ten minutes of your brain break.",
        "The left side of the room starts.",
        "What is your style of planning?",
        "You remember what you read aloud.",
    ],
)
def test_plain_words_about_learning_are_no_myths(words: str) -> None:
    assert not found("myths", words)


@pytest.mark.parametrize(
    "words",
    [
        "You arrive just in time.",
        "She has just left, and it is just as well.",
        "Of those courses, two remain.",
        "Everybody knows what to do next.",
        "Look at the obvious first.",
        "It is easy to say and hard to do.",
    ],
)
def test_just_and_easy_in_their_plain_meaning_put_nobody_down(words: str) -> None:
    assert not found("condescending", words)


def test_what_stands_in_quotation_marks_is_somebody_else_speaking() -> None:
    assert own("They call it “manpower” and the ‘boss’ agrees.") == "They call it “” and the “” agrees."
    assert own("The boss’s plan isn’t the team’s.") == "The boss’s plan isn’t the team’s."


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("Every manager knows his people.", True),
        ("A good leader says what she wants.", True),
        ("Each participant writes their plan.", False),
        ("Every manager who talks to Ben knows his people.", False),
        ("A colleague said no. He left.", False),
        ("Noor asks a colleague for the plan she lost.", True),
    ],
)
def test_anybody_who_turns_out_to_be_a_man_or_a_woman_is_found(words: str, is_found: bool, tmp_path: Path) -> None:
    assert bool(of("INC-01", tmp_path, "modules/one.yaml#/segments/3", f"{{if_long: '{words}'}}")) is is_found


# --------------------------------------------------------------------------------------------- readability


def test_syllables_are_counted_as_they_are_heard() -> None:
    heard = {"about": 2, "some": 1, "somebody": 3, "notebook": 2, "agreement": 3, "changes": 2, "worked": 1, "wanted": 2,
             "facilitator": 5, "responsibility": 6, "table": 2, "situation": 4, "statement": 2, "over": 2}  # fmt: skip
    assert {word: syllables(word) for word in heard} == heard


def test_a_grade_is_what_the_formula_says() -> None:
    assert grade(["The cat sat on the mat."], syllables) == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_sentences_end_where_they_end() -> None:
    words = "One. “Two is here.” Three, by A. N. Kluger (1996): yes!\n\n- four\n- five. And six"
    assert sentences(words) == ("One.", "“Two is here.", "Three, by A. N. Kluger (1996): yes!", "four", "five.", "And six")


# ------------------------------------------------------------------------------------------------ glossary


def test_a_word_the_glossary_replaces_is_found_in_any_form_but_not_in_quotation_marks(tmp_path: Path) -> None:
    yaml = "{term: direction, here: where it is meant to lead, instead_of: [calendar]}"
    found = of("TXT-03", tmp_path, "course.yaml#/glossary/0", yaml)
    assert found
    assert all("; the glossary says “direction” instead" in each for each in found)
    assert of("TXT-03", tmp_path / "b", "course.yaml#/glossary/0", yaml.replace("[calendar]", "[bottleneck]")) == []


# ------------------------------------------------------------------------------------------------- sources


def wrong(folder: Path, yaml: str) -> list[Problem]:
    return list(course_with(folder, Example("sources.yaml#/documents/0", yaml)).problems)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("sources/gone.txt", 'there is no file "sources/gone.txt"'),
        ("../planning.txt", '"../planning.txt" lies outside of the course folder'),
        ("sources", '"sources" is no ordinary file'),
    ],
)
def test_the_file_of_a_source_document_must_be_there(file: str, message: str, tmp_path: Path) -> None:
    assert message in [each.message for each in wrong(tmp_path, f"{{file: {file}}}")]


def test_the_file_of_a_source_document_must_be_text(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir(parents=True)
    (tmp_path / "sources" / "scan.pdf").write_bytes(b"%PDF-1.7 \xff\xfe")
    assert '"sources/scan.pdf" is no plain text' in [each.message for each in wrong(tmp_path, "{file: sources/scan.pdf}")]


def test_the_words_of_a_document_come_along_with_a_module_of_another_course(tmp_path: Path) -> None:
    course_with(tmp_path / "theirs", None)
    for name in ("audiences/managers.yaml", "course.yaml"):
        (tmp_path / "ours" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "ours" / name).write_text((tmp_path / "theirs" / name).read_text("utf-8"), "utf-8")
    front = tmp_path / "ours" / "course.yaml"
    front.write_text(
        front.read_text("utf-8").replace("modules:\n- one\n", "modules:\n- {from: ../theirs, module: one}\n"), "utf-8"
    )
    course = load(tmp_path / "ours").course
    assert course is not None
    assert course.originals["D1"].startswith("A text on planning")


def test_a_copied_sentence_is_told_with_its_words_and_where_they_come_from(tmp_path: Path) -> None:
    copied = "As they say, whoever plans every hour of a week has planned a WEEK, and more."
    found = of("SRC-03", tmp_path, "modules/one.yaml#/segments/3", f"{{if_long: '{copied}'}}")
    run = "whoever plans every hour of a week has planned a WEEK"
    assert found == [f"11 words in a row stand in “A text on planning” as well: “{run}”"]


def test_seven_words_in_a_row_and_the_title_of_a_source_are_no_copy(tmp_path: Path) -> None:
    fine = "{if_long: 'Whoever plans every hour of a day, and read A text on planning by whoever, sees it.'}"
    assert of("SRC-03", tmp_path, "modules/one.yaml#/segments/3", fine) == []


def test_without_the_documents_words_nothing_is_said_of_copies(tmp_path: Path) -> None:
    assert wrong(tmp_path, "{file: ~}") == []
    assert of("SRC-03", tmp_path, "sources.yaml#/documents/0", "{file: '~'}") == []


@pytest.mark.parametrize(
    "words",
    [
        "What do studies show about plans?",
        "Ask whether “70 % of people” can be true.",
        "Sadun, Bloom and Van Reenen found that 30 % of firms do well.",
        "Half of the time is yours.",
    ],
)
def test_questions_quotations_and_named_sources_claim_nothing(words: str, tmp_path: Path) -> None:
    assert of("SRC-01", tmp_path, "modules/one.yaml#/segments/1/steps/0", f"{{say: '{words}'}}") == []


def test_a_year_that_is_no_citation_is_let_pass(tmp_path: Path) -> None:
    words = "Think of last May (2024), and of the plan (2025). Talk about it."
    assert of("SRC-02", tmp_path, "modules/one.yaml#/segments/1", f"{{if_long: '{words}'}}") == []
