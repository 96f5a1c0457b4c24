"""Builders of JSON Schema 2020-12, the dialect of OpenAPI 3.1.

A schema with a `title` becomes a named component of the document; see `openapi`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..http.wire_values import JsonValue

Schema = dict[str, JsonValue]

TEXT: Final[Schema] = {"type": "string"}
WHOLE: Final[Schema] = {"type": "integer"}
NUMBER: Final[Schema] = {"type": "number"}
FLAG: Final[Schema] = {"type": "boolean"}
DAY: Final[Schema] = {"type": "string", "format": "date"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
AMOUNT: Final[Schema] = {
    "type": "string",
    "pattern": r"^-?[0-9]+\.[0-9]{2}$",
    "description": "EUR, with two decimals.",
}


def said(schema: Mapping[str, JsonValue], description: str) -> Schema:
    """Return the schema with a description of this use."""
    return {**schema, "description": description}


def with_default(schema: Mapping[str, JsonValue], default: JsonValue) -> Schema:
    """Return the schema of an optional field with this default."""
    return {**schema, "default": default}


def or_null(schema: Mapping[str, JsonValue]) -> Schema:
    """Return the schema of a value that may also be null."""
    kind = schema.get("type")
    if isinstance(kind, str) and "enum" not in schema and "title" not in schema:
        return {**schema, "type": [kind, "null"]}
    return {"anyOf": [dict(schema), {"type": "null"}]}


def one_of(*values: str) -> Schema:
    """Return the schema of an enumeration of texts."""
    return {"type": "string", "enum": list(values)}


def whole(smallest: int, largest: int, **more: JsonValue) -> Schema:
    """Return the schema of a whole number from `smallest` to `largest`, both included."""
    return {**at_least(smallest), "maximum": largest, **more}


def at_least(smallest: int) -> Schema:
    """Return the schema of a whole number that is `smallest` or more."""
    return {"type": "integer", "minimum": smallest}


def list_of(schema: Mapping[str, JsonValue]) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": dict(schema)}


def by_name(schema: Mapping[str, JsonValue]) -> Schema:
    """Return the schema of an object that maps any name to a value of `schema`."""
    return {"type": "object", "additionalProperties": dict(schema)}


def record(
    title: str | None,
    properties: Mapping[str, Mapping[str, JsonValue]],
    *,
    optional: Iterable[str] = (),
) -> Schema:
    """Return the schema of an object with these properties and no others. All but `optional` are required."""
    left_out = set(optional)
    schema: Schema = {
        "type": "object",
        "properties": {name: dict(each) for name, each in properties.items()},
        "required": [name for name in properties if name not in left_out],
        "additionalProperties": False,
    }
    return schema if title is None else {"title": title, **schema}
