"""JSON Schema of every YAML file, from the model, so that editors complete and check while typing.

Where the reader is more generous than pydantic's own schema, so is this one: text may stand without quotes even if it
looks like a number, and a term or a module may be a bare word. Where the model only says "any fields" (variants, short
forms, overrides, what a layer replaces), this says which.
"""

from __future__ import annotations

import json
from typing import Any

from coursewright.load.shape import VARIANT_KEEPS
from coursewright.model import Audience, Case, Front, Layer, Message, Module, Node, Sources

KINDS: dict[str, type[Node]] = {
    "course": Front,
    "module": Module,
    "audience": Audience,
    "case": Case,
    "message": Message,
    "sources": Sources,
    "layer": Layer,
}
FOLDER = ".schema"
_UNQUOTED = ["string", "number", "boolean"]
_CHANGED = "Only the fields that are different."
_NUMBERED = {"type": "object", "propertyNames": {"pattern": "^[0-9]+$"}, "description": "Entries that are different, from 1."}
_OVERRIDDEN = ("Module", "Segment", "Objective", "Table", "CardDeck", "QuizItem")  # what has an id in a module
_IN_PART = {"slots": "Slot", "outcomes": "Outcome", "glossary": "GlossaryEntry"}  # lists of which a layer gives some fields


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one kind of file. Raises KeyError for a name not in KINDS."""
    made = KINDS[name].model_json_schema(by_alias=True)
    classes = made.pop("$defs", {})
    if name in ("course", "layer"):  # they say what is different in parts of others
        module = Module.model_json_schema(by_alias=True)
        classes |= {**Front.model_json_schema(by_alias=True)["$defs"], **module.pop("$defs"), "Module": module}
    title = made["title"]
    for owner, described in {**classes, title: made}.items():
        _refine(described, owner)
    changes = {
        f"{owner}-change": _change(described) for owner, described in {**classes, title: made}.items() if _varies(described)
    }
    if name in ("course", "layer"):
        changes |= {f"{owner}-part": _part(classes[owner]) for owner in (*_OVERRIDDEN, "Schedule", *_IN_PART.values())}
        changes["by-number"] = _NUMBERED
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{name} of a Coursewright course"}
    return {**made, **head, "$defs": {**classes, **changes}}


def text(value: Any) -> str:
    """Return a value as JSON for people to read."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def kind_of(name: str) -> str | None:
    """Return which schema a file of a course follows, by its path in the course folder."""
    folder, _, file = name.rpartition("/")
    if not folder:
        return {"course.yaml": "course", "sources.yaml": "sources", "layer.yaml": "layer"}.get(file)
    return {"modules": "module", "audiences": "audience", "cases": "case", "messages": "message"}.get(folder)


# --------------------------------------------------------------------------------------------------- refining


def _refine(described: dict[str, Any], owner: str) -> None:
    """Make a class's schema say what the reader takes: no inner fields, no noise, unquoted text."""
    properties = described.get("properties", {})
    properties.pop("origin", None)
    for key, field in properties.items():
        _unquote(field)
        if key == "variants":
            field["additionalProperties"] = {"$ref": f"#/$defs/{owner}-change"}
        if owner == "Short" and key == "with":
            properties[key] = {"$ref": "#/$defs/Segment-change", "description": "The fields that are different then."}
        if owner == "Layer":
            _give_in_part(key, field)
        if key == "override":
            field["additionalProperties"] = {
                "anyOf": [*({"$ref": f"#/$defs/{each}-part"} for each in _OVERRIDDEN), {"type": "null"}]
            }
    if owner in ("Term", "Listed", "Added"):
        _take_a_word(described)


def _give_in_part(key: str, field: dict[str, Any]) -> None:
    """Let a layer say only what is different in a slot, an outcome, an entry of the glossary, or the schedule."""
    if key in _IN_PART:
        field["items"] = {"$ref": f"#/$defs/{_IN_PART[key]}-part"}
    if key == "terms":
        field["additionalProperties"] = {"$ref": "#/$defs/Term"}
    if key == "schedule":
        field.pop("additionalProperties")
        field["$ref"] = "#/$defs/Schedule-part"


def _take_a_word(described: dict[str, Any]) -> None:
    """Let a bare word stand for a mapping."""
    as_keys = dict(described)
    described.clear()
    described.update(description=as_keys.pop("description", ""), anyOf=[{"type": _UNQUOTED}, as_keys])


def _unquote(field: Any) -> None:
    """Drop generated titles; let free text be written like a number or a truth (text with a pattern or choices stays strict)."""
    if isinstance(field, list):
        for entry in field:
            _unquote(entry)
    if not isinstance(field, dict):
        return
    if isinstance(field.get("title"), str):
        del field["title"]
    if field.get("type") == "string" and not field.keys() & {"pattern", "enum", "const", "format"}:
        field["type"] = list(_UNQUOTED)
    for key in ("items", "additionalProperties", "anyOf", "oneOf"):
        _unquote(field.get(key))


def _varies(described: dict[str, Any]) -> bool:
    return "variants" in described.get("properties", {})


def _change(described: dict[str, Any]) -> dict[str, Any]:
    """The same fields, none of them needed: what a variant or a short form may replace."""
    fields = {key: field for key, field in described["properties"].items() if key not in VARIANT_KEEPS}
    return {
        "type": "object",
        "description": _CHANGED,
        "properties": fields,
        "additionalProperties": False,
    }


def _part(described: dict[str, Any]) -> dict[str, Any]:
    """The same fields, none of them needed; of a list, entries may be given by their numbers."""
    fields = {
        key: {"anyOf": [field, {"$ref": "#/$defs/by-number"}]} if field.get("type") == "array" else field
        for key, field in described["properties"].items()
    }
    return {"type": "object", "description": _CHANGED, "properties": fields, "additionalProperties": False}
