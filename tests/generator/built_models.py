"""Builds models from JSON, since a model that is only sent has no `from_dict`.

It relies on openapi.yaml alone, like `wire_json`.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from invoicexpress_generated import models
from invoicexpress_wire import is_array, is_object

from .wire_json import FLAGS, SCHEMAS, Field, Schema, only_sent_names


def model_of(name: str, json: dict[str, Any]) -> Any:
    """The model of a component: parsed if it has `from_dict`, otherwise built field by field."""
    cls: Any = getattr(models, name)
    if name not in only_sent_names():
        return cls.from_dict(json)
    field = Field(SCHEMAS[name])
    given = {key: python_value(field.properties[key], json[key]) for key in json if key in field.properties}
    roots = [key for key in given if key in field.roots]
    model = cls(roots[0], given.pop(roots[0]), **given) if roots else cls(**given)
    model.additional_properties = {key: value for key, value in json.items() if key not in field.properties}
    return model


def python_value(schema: Schema, json: Any) -> Any:
    """The Python value that a field sends as this JSON, or as an equivalent spelling."""
    field = Field(schema)
    if json is None or (field.empty_is_null and json == ""):
        return None
    if is_array(json):
        return [python_value(field.schema["items"], entry) for entry in json]
    if is_object(json):
        return model_of(_component(field), json)
    if field.format:
        return _of_format(field.format, json)
    if "boolean" in field.types:
        return FLAGS[json]
    return int(json) if "integer" in field.types else str(json)


def _component(field: Field) -> str:
    return next(name for name, schema in SCHEMAS.items() if schema is field.schema)


def _of_format(name: str, json: Any) -> Any:
    if name == "date-iso":
        return datetime.date.fromisoformat(json)
    if name == "date-pt":
        return _date(json)
    if name == "datetime-pt":
        date, _, time = json.partition(" ")
        return datetime.datetime.combine(_date(date), datetime.time.fromisoformat(time))
    if name in ("decimal-string", "decimal-number"):
        return Decimal(json)
    if name == "flag":
        return FLAGS[json]
    return int(json) if name == "integer-loose" else str(json)


def _date(text: str) -> datetime.date:
    day, month, year = map(int, text.split("/"))
    return datetime.date(year, month, day)
