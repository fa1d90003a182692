"""JSON Schema of every YAML file, from the model, so that editors complete and check while typing.

Where the reader is more generous than pydantic's own schema, so is this one: text may stand without quotes even if it
looks like a number, and a term may be a bare word. Where the model only says "any fields" (variants, short forms), this
says which.
"""

from __future__ import annotations

import json
from typing import Any

from coursewright.load.shape import VARIANT_KEEPS
from coursewright.model import Audience, Case, Front, Module, Node, Sources

KINDS: dict[str, type[Node]] = {"course": Front, "module": Module, "audience": Audience, "case": Case, "sources": Sources}
FOLDER = ".schema"
_UNQUOTED = ["string", "number", "boolean"]


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one kind of file. Raises KeyError for a name not in KINDS."""
    made = KINDS[name].model_json_schema(by_alias=True)
    classes = made.pop("$defs", {})
    title = made["title"]
    for owner, described in {**classes, title: made}.items():
        _refine(described, owner)
    changes = {
        f"{owner}-change": _change(described) for owner, described in {**classes, title: made}.items() if _varies(described)
    }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{name} of a Coursewright course"}
    return {**made, **head, "$defs": {**classes, **changes}}


def text(value: Any) -> str:
    """Return a value as JSON for people to read."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def kind_of(name: str) -> str | None:
    """Return which schema a file of a course follows, by its path in the course folder."""
    folder, _, file = name.rpartition("/")
    if not folder:
        return {"course.yaml": "course", "sources.yaml": "sources"}.get(file)
    return {"modules": "module", "audiences": "audience", "cases": "case"}.get(folder)


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
    if owner == "Term":
        _take_a_word(described)


def _take_a_word(described: dict[str, Any]) -> None:
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
        "description": "Only the fields that are different.",
        "properties": fields,
        "additionalProperties": False,
    }
