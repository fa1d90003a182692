"""Reading YAML strictly: what the author wrote, where, and what is refused."""

# ruff: noqa: E501 (a message stands in one piece)

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursewright import source
from coursewright.problems import Place
from coursewright.source import Plain, Source, Written, read, scalar, scalars


def reading(tmp_path: Path, content: str | bytes) -> Source:
    path = tmp_path / "x.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, "x.yaml")


def said(tmp_path: Path, content: str | bytes) -> list[str]:
    """The problems, each as ``line:column: message | hint``."""
    problems = reading(tmp_path, content).problems
    return [f"{str(problem.where).split('x.yaml')[1].lstrip(':')}: {problem.message} | {problem.hint}" for problem in problems]


@pytest.mark.parametrize(
    "word", ["no", "on", "Yes", "9:30", "1e3", "2026-01-31", "1_000", "0x1F", "1.0", "007", "true", ".5", "12:30:45", "=", "<"]
)
def test_a_plain_word_stays_what_the_author_wrote(tmp_path: Path, word: str) -> None:
    assert reading(tmp_path, f"a: {word}\n").data == {"a": word}


@pytest.mark.parametrize("empty", ["", "~", "null", "Null", "NULL", "# a comment"])
def test_only_null_and_nothing_are_empty(tmp_path: Path, empty: str) -> None:
    assert reading(tmp_path, f"a: {empty}\n").data == {"a": None}


@pytest.mark.parametrize("text", ['""', "''", "'null'", '"~"'])
def test_quoted_text_is_never_empty_by_its_meaning(tmp_path: Path, text: str) -> None:
    assert reading(tmp_path, f"a: {text}\n").data == {"a": text[1:-1]}


@pytest.mark.parametrize(
    ("word", "value"),
    [("10", 10), ("-3", -3), ("007", 7), ("1.5", 1.5), ("true", True), ("FALSE", False)]
    + [(word, word) for word in ("1e3", "0x1F", "1_000", "no", "ten", "1.", ".", "9" * 19)],
)
def test_a_field_that_wants_a_number_gets_it_from_digits_only(word: str, value: object) -> None:
    assert scalar(Plain(word)) == value
    assert type(scalar(Plain(word))) is (Plain if isinstance(value, str) else type(value))


def test_quoted_digits_are_no_number() -> None:
    assert scalar("10") == "10"


def test_values_without_a_shape_have_their_words_resolved_at_any_depth() -> None:
    assert scalars(Written({"a": [Plain("1"), {"b": Plain("true")}], "c": "1"})) == {"a": [1, {"b": True}], "c": "1"}


def test_every_value_and_key_knows_its_line_and_column(tmp_path: Path) -> None:
    found = reading(tmp_path, "a:\n  - b: 1\n    c/d: [x, y]\n")
    spots = {pointer: (place.line, place.column) for pointer, place in found.places.items()}
    assert spots == {
        "x.yaml#": (1, 1),
        "x.yaml#/a~": (1, 1),
        "x.yaml#/a": (2, 3),
        "x.yaml#/a/0": (2, 5),
        "x.yaml#/a/0/b~": (2, 5),
        "x.yaml#/a/0/b": (2, 8),
        "x.yaml#/a/0/c~1d~": (3, 5),
        "x.yaml#/a/0/c~1d": (3, 10),
        "x.yaml#/a/0/c~1d/0": (3, 11),
        "x.yaml#/a/0/c~1d/1": (3, 14),
    }


def test_mappings_know_where_they_stand_even_in_another_process(tmp_path: Path) -> None:
    data = pickle.loads(pickle.dumps(reading(tmp_path, "a:\n  - b: {c: d}\n").data))
    assert (data.origin, data["a"][0].origin, data["a"][0]["b"].origin) == ("x.yaml#", "x.yaml#/a/0", "x.yaml#/a/0/b")


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    found = reading(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
    assert found.data == {"a": "1", "b": "x\ny\n"}
    assert found.places["x.yaml#/b"].line == 2 and not found.problems


def test_an_alias_repeats_a_value(tmp_path: Path) -> None:
    assert reading(tmp_path, "a: &x [1, {b: c}]\nd: *x\n").data == {"a": ["1", {"b": "c"}], "d": ["1", {"b": "c"}]}


def test_the_first_of_two_equal_keys_stays_so_that_other_problems_show(tmp_path: Path) -> None:
    assert reading(tmp_path, "a: 1\nb: 2\na: 3\n").data == {"a": "1", "b": "2"}


WRONG = {
    "empty file": ("", ': this file is empty | it needs keys with values, such as "title: …"'),
    "comments only": ("# nothing\n", ': this file is empty | it needs keys with values, such as "title: …"'),
    "list at the top": ("- a\n", '1:1: this file must hold keys with values ("key: value") at its top level | '),
    "prose": ("Dear all,\nhello\n", '1:1: this file must hold keys with values ("key: value") at its top level | '),
    "same key twice": ("a: 1\nb: 2\na: 3\n", '3:1: key "a" is here twice, first in line 1 | keep one of the two'),
    "same key twice, deep": ("a:\n  - {b: 1, b: 2}\n", '2:12: key "b" is here twice, first in line 2 | keep one of the two'),
    "number as key": ("1: a\n", '1:1: a key must be text, here it is 1 | put it in quotes: "1"'),
    "truth as key": ("true: a\n", '1:1: a key must be text, here it is true | put it in quotes: "true"'),
    "null as key": ("null: a\n", '1:1: a key must be text, here it is null | put it in quotes: "null"'),
    "no key": ("? \n: a\n", "1:2: a key must be text, here it is missing | write a key before the colon"),
    "list as key": (
        "? [a]\n: b\n",
        '1:3: a key must be text, here it is a list or mapping | put a value that begins with "{{" in quotes',
    ),
    "expression without quotes": (
        "a: {{ terms.team }}\n",
        '1:5: a key must be text, here it is a list or mapping | put a value that begins with "{{" in quotes',
    ),
    "merge key": (
        "a: &a {b: 1}\nc: {<<: *a}\n",
        '2:5: the merge key "<<" is not read here | write the keys out, or use an alias for a whole value',
    ),
    "tag": ("a: !secret b\n", '1:4: the tag "!secret" is not read here | leave it out, or put the text in quotes'),
    "Python tag": (
        "a: !!python/object/apply:os.system [ls]\n",
        '1:4: the tag "tag:yaml.org,2002:python/object/apply:os.system" is not read here | leave it out, or put the text in quotes',
    ),
    "two documents": ("a: 1\n---\nb: 2\n", '2:1: a second document begins here ("---") | each file holds one'),
    "tab": ("a:\n\tb: 1\n", "2:1: a tab cannot indent | indent with spaces"),
    "bold at the start": ("a: **bold** words\n", '1:4: text cannot begin with "*" | put the whole text in quotes'),
    "italic at the start": ("a: *Really* good\n", '1:4: text cannot begin with "*" | put the whole text in quotes'),
    "one italic word": (
        "a: *really\n",
        '1:4: there is no anchor "&really" before this alias | put text that begins with "*" in quotes',
    ),
    "at sign": ("a: @home\n", '1:4: text cannot begin with "@" | put the whole text in quotes'),
    "two colons": (
        "a: b: c\n",
        '1:5: a colon too many, or the wrong indentation | put text that holds ": " in quotes; line keys up under each other',
    ),
    "open quote": ('a: 1\nb: "c\n', "2:4: this quote is never closed | "),
    "open bracket": (
        "a: [1, 2\nb: 3\n",
        '1:4: this bracket is never closed, or a comma is missing | put text that begins with "[" or "{" in quotes',
    ),
    "backslash": (
        'a: "C:\\path"\n',
        "1:7: this backslash begins no known escape | a backslash is just a backslash in 'single quotes'",
    ),
    "stray line": (
        "a: b\nand so on\nc: d\n",
        '2:1: this is neither "key: value" nor a list entry | for long text write ">-" after the colon and indent its lines',
    ),
    "text after a quote": (
        "a:\n  b: 'c' d\n",
        "2:10: the wrong indentation, or text after a closing quote or bracket | line keys up under each other; quotes enclose a whole text",
    ),
    "alias to itself": (
        "a: &a [*a]\n",
        '1:8: alias "*a" stands inside of what it repeats | put text that begins with "*" in quotes',
    ),
    "Latin-1": (
        b"a: 1\r\nb: caf\xe9\r\n",
        '2:7: this file is not UTF-8: byte 0xE9 ("é" in Windows-1252 and Latin-1) | save the file as UTF-8',
    ),
    "UTF-16": ("a: 1\n".encode("utf-16"), ": this file is saved as UTF-16 or is no text | save it as UTF-8"),
    "control character": ("a: 1\nb: x\x07y\n", "2:5: invisible control character U+0007 | delete it"),
    "escaped control character": ('a: "\\x07"\n', "1:4: invisible control character U+0007 | take the escape out"),
    "line separator": ("a: x\u2028y\n", "1:5: invisible control character U+2028 | delete it"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ": this file is saved as UTF-16 or is no text | save it as UTF-8"),
}


@pytest.mark.parametrize(("content", "message"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_said_with_its_place_and_a_hint(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert said(tmp_path, content) == [message]


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}]\n" for i in range(1, 40))
HEAVY = {
    "alias bomb": (BOMB, "aliases repeat more than 10,000 values"),
    "10,000 brackets": ("a: " + "[" * 10_000, "nested deeper than 40 levels"),
    "10,000 braces": ("a: " + "{a: " * 10_000, "nested deeper than 40 levels"),
    "10,000 dashes": ("- " * 10_000, "nested deeper than 40 levels"),
    "1,000 indents": ("".join(f"{' ' * i}a:\n" for i in range(1_000)), "nested deeper than 40 levels"),
    "400,000 values": ("- a\n" * 400_000, "this file holds more than 20,000 values"),
    "3 MB": ("a: " + "x" * 3_000_000, "this file has 3.0 MB, at most 2 MB are read"),
}


@pytest.mark.parametrize(("content", "message"), HEAVY.values(), ids=HEAVY.keys())
def test_no_file_is_too_heavy_to_be_refused_in_two_seconds(tmp_path: Path, content: str, message: str) -> None:
    began = time.process_time()
    problems = reading(tmp_path, content).problems
    assert time.process_time() - began < 2
    assert [problem.message for problem in problems] == [message]


def test_a_long_line_within_the_limit_is_read(tmp_path: Path) -> None:
    assert not reading(tmp_path, "a: " + "x" * 1_900_000).problems


def test_a_folder_a_missing_file_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    messages = [
        read(path, "x").problems[0].message for path in (tmp_path, tmp_path / "none", tmp_path / "pipe", tmp_path / ("n" * 300))
    ]
    assert messages == [
        "this is a folder, a file is needed",
        "there is no such file",
        "this is no ordinary file",
        "this file cannot be read (File name too long)",
    ]


def test_places_are_shown_as_the_path_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.yaml").write_text("- a")
    assert read(Path("x.yaml"), "y").problems[0].where == Place("x.yaml", 1, 1)


@given(st.binary(max_size=200) | st.text(alphabet="ab:-[]{}&*!|>'\"%@` \n\t#?,<~", max_size=60).map(str.encode))
def test_whatever_the_bytes_reading_ends_in_values_or_problems(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    found = reading(tmp_path_factory.getbasetemp(), data)
    assert found.data is not None or found.problems


def test_the_limits_stand_in_the_messages() -> None:
    assert (source.DEEPEST, source.MOST_VALUES, source.MOST_REPEATED, source.MOST_BYTES) == (40, 20_000, 10_000, 2_000_000)
