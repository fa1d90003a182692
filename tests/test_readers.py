"""What participants get: the edition without anything private."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

import small
from coursewright import model
from coursewright.model import Edition, Node
from coursewright.readers import Private, Record, for_participants

NODES = [kind for _, kind in inspect.getmembers(model, inspect.isclass) if issubclass(kind, Node)]
PRIVATE = [
    (kind, name)
    for kind in NODES
    for name, field in kind.model_fields.items()
    if isinstance(field.json_schema_extra, dict) and field.json_schema_extra.get("private")
]


@pytest.fixture(scope="module")
def edition() -> Edition:
    return small.edition()


@pytest.fixture(scope="module")
def seen(edition: Edition) -> Record:
    return for_participants(edition)


def records(value: Any) -> Iterator[Record]:
    """Yield every record of a participant's tree."""
    if isinstance(value, Record):
        yield value
        value = tuple(getattr(value, name) for name in dir(value))
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from records(item)


def words(seen: Record) -> str:
    return " ".join(str(getattr(record, name)) for record in records(seen) for name in dir(record))


def told(value: Any) -> Any:
    """Return the tree with a secret in every private text, wherever the model marks one."""
    if isinstance(value, tuple):
        return tuple(told(item) for item in value)
    if not isinstance(value, Node):
        return value
    marked = {name for kind, name in PRIVATE if isinstance(value, kind)}
    changes = {name: small.SECRET if name in marked and isinstance(child, str) else told(child) for name, child in value}
    return value.model_copy(update=changes)


def test_the_model_marks_scripts_keys_and_reasons_as_private() -> None:
    marked = {f"{kind.__name__}.{name}" for kind, name in PRIVATE}
    assert {"Step.say", "Option.right", "Option.reason", "Card.key", "Segment.purpose", "Audience.who"} <= marked


def test_a_secret_in_any_private_field_never_reaches_a_participant(edition: Edition) -> None:
    secretive = told(edition)
    assert small.SECRET in repr(secretive)
    assert small.SECRET not in words(for_participants(secretive))


def test_fields_that_are_not_private_are_the_same_for_participants(edition: Edition, seen: Record) -> None:
    assert [module.title for module in seen.modules] == [module.title for module in edition.modules]
    assert [option.text for option in seen.modules[1].segments[0].quiz[0].options] == ["Both {always} = ~never#", "It depends"]
    assert seen.front.date == edition.front.date


@pytest.mark.parametrize("name", ["say", "do", "ask"])
def test_asking_for_a_private_field_raises_instead_of_returning_nothing(seen: Record, name: str) -> None:
    with pytest.raises(Private, match=f'must not read "{name}" of a Step'):
        getattr(seen.modules[0].segments[0].steps[0], name)


def test_private_materials_are_left_out(seen: Record) -> None:
    assert [material.item for material in seen.modules[0].segments[0].materials] == ["Card deck", "Pens"]


def test_words_of_other_audiences_are_left_out_unread() -> None:
    part = small.course().modules[0].segments[0].model_copy(update={"variants": {"others": {"purpose": small.SECRET}}})
    record = for_participants(part)  # type: ignore[arg-type]  # any node will do
    assert small.SECRET not in words(record)


def test_a_record_cannot_be_changed(seen: Record) -> None:
    with pytest.raises(AttributeError, match="cannot be changed"):
        seen.people = 500


def test_a_field_that_does_not_exist_is_an_attribute_error(seen: Record) -> None:
    with pytest.raises(AttributeError, match='a Front has no "tittle"'):
        _ = seen.front.tittle


def test_a_record_knows_where_it_stands_as_its_node_does(edition: Edition, seen: Record) -> None:
    assert seen.modules[0].at("segments", 0) == edition.modules[0].at("segments", 0)


def test_a_term_reads_as_its_word() -> None:
    assert str(Record("Term", {"one": "team", "many": "teams"}, frozenset())) == "team"
