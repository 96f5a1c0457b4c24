"""JSON as the service may write it, generated from the contract's schemas, and its form after a round trip.

It relies on openapi.yaml alone, independent of the generator and the generated package.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st
from invoicexpress_wire import is_array, is_object

from .support import load_contract

Schema = Mapping[str, Any]
CONTRACT: Final = load_contract()
SCHEMAS: Final[dict[str, Any]] = CONTRACT["components"]["schemas"]
SIBLINGS: Final = ("proprietary_uid", "raw_owner_invoice", "pagination")
LARGEST: Final = 2**53 - 1

TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DATES: Final = st.dates(datetime.date(1900, 1, 1))
DATETIMES: Final = st.datetimes(datetime.datetime(1900, 1, 1))  # noqa: DTZ001 the wire has no zone
FLAGS: Final[dict[object, bool]] = {
    **dict.fromkeys((True, "1", "true"), True),  # True equals 1 as a key
    **dict.fromkeys((False, "0", "false"), False),
}
UNKNOWN: Final = st.dictionaries(
    st.sampled_from(["x_new", "x-other", "Ação", "value_"]),
    st.recursive(
        st.none() | st.booleans() | st.integers(0, 9) | TEXTS | st.just(Decimal("0.10")),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
        max_leaves=3,
    ),
    max_size=2,
)
"""Keys that the contract does not have."""


class Field:
    """A schema with references, `allOf` and null resolved."""

    def __init__(self, schema: Schema) -> None:
        self.nullable = False
        self.alternatives: list[Schema] = []
        """What a field may be that was seen as one object and as a list of it; empty for all others."""
        while not self.alternatives and ("$ref" in schema or "oneOf" in schema):
            if "oneOf" in schema:
                others = [each for each in schema["oneOf"] if each != {"type": "null"}]
                self.nullable = self.nullable or len(others) < len(schema["oneOf"])
                if len(others) == 1:
                    schema = others[0]
                else:
                    self.alternatives = others
            else:
                schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
        types = schema.get("type", "object")
        self.types: list[str] = [types] if isinstance(types, str) else list(types)
        if self.alternatives:
            self.types = [kind for each in self.alternatives for kind in Field(each).types]
            assert sorted(self.types) == ["array", "object"]
        self.nullable = self.nullable or "null" in self.types
        self.format: str = schema.get("format", "")
        self.schema = schema

    @property
    def empty_is_null(self) -> bool:
        """Whether an empty text means null."""
        return self.nullable and self.format not in ("", "text-loose")

    def alternative(self, value: object) -> Schema:
        """The alternative that matches a value: a list or an object."""
        kind = "array" if is_array(value) else "object"
        return next(each for each in self.alternatives if Field(each).types == [kind])

    @property
    def properties(self) -> dict[str, Any]:
        """Properties, including those of `allOf`."""
        return _merged(self.schema)[0]

    @property
    def required(self) -> list[str]:
        """Names of the required properties."""
        return _merged(self.schema)[1]

    @property
    def roots(self) -> dict[str, Any]:
        """Root keys of an envelope; none for other objects."""
        if not self.schema.get("x-envelope"):
            return {}
        return {key: value for key, value in self.properties.items() if key not in SIBLINGS}


def _merged(schema: Schema) -> tuple[dict[str, Any], list[str]]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for part in schema.get("allOf", []):
        more, needed = _merged(SCHEMAS[part["$ref"].rpartition("/")[2]] if "$ref" in part else part)
        properties.update(more)
        required += needed
    properties.update(schema.get("properties", {}))
    return properties, [*required, *schema.get("required", [])]


# --- possible JSON --------------------------------------------------------------------------------


@cache
def component(name: str) -> st.SearchStrategy[Any]:
    """JSON of a component."""
    return _values(Field(SCHEMAS[name]))


def values(schema: Schema) -> st.SearchStrategy[Any]:
    """JSON of a schema, including null where allowed."""
    if "$ref" in schema:
        return component(schema["$ref"].rpartition("/")[2])
    field = Field(schema)
    return st.none() | _values(field) if field.nullable else _values(field)


def sent_values(schema: Schema) -> st.SearchStrategy[Any]:
    """JSON of a field in a request: enums take only the contract's values."""
    field = Field(schema)
    if field.types == ["array"]:
        return st.lists(sent_values(field.schema["items"]), max_size=2).filter(
            lambda entries: len(entries) >= field.schema.get("minItems", 0)
        )
    is_choice = "enum" in field.schema and not field.format
    return st.sampled_from(field.schema["enum"]) if is_choice else values(schema)


@cache
def sent_names() -> frozenset[str]:
    """Names of the components used in request bodies, at any depth."""
    return _names_below([operation.get("requestBody") for operation in _operations()])


@cache
def only_sent_names() -> frozenset[str]:
    """Names of the components used in requests and in no success."""
    return sent_names() - _names_below(
        [
            response
            for operation in _operations()
            for status, response in operation["responses"].items()
            if status.startswith("2")
        ]
    )


def _operations() -> list[dict[str, Any]]:
    return [
        operation
        for item in CONTRACT["paths"].values()
        for operation in item.values()
        if is_object(operation)
    ]


def _names_below(nodes: list[Any]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if is_object(node):
            name = str(node.get("$ref", "")).rpartition("/")[2]
            if name in SCHEMAS and name not in found:
                found.add(name)
                waiting.append(SCHEMAS[name])
            waiting.extend(node.values())
        elif is_array(node):
            waiting.extend(node)
    return frozenset(found)


def _values(field: Field) -> st.SearchStrategy[Any]:
    if field.alternatives:
        return st.one_of([values(each) for each in field.alternatives])
    if field.roots:
        return _envelopes(field)
    if field.format:
        empty = st.just("") if field.nullable else st.nothing()
        return FORMATS[field.format](field) | empty
    kind = next(each for each in field.types if each != "null")
    return KINDS[kind](field)


def _objects(field: Field) -> st.SearchStrategy[dict[str, Any]]:
    make = sent_values if any(field.schema is SCHEMAS[name] for name in sent_names()) else values
    required = {key: make(field.properties[key]) for key in field.required}
    optional = {key: make(value) for key, value in field.properties.items() if key not in required}
    known = st.fixed_dictionaries(required, optional=optional)
    return st.builds(_together, UNKNOWN, known)


def _together(*parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in part.items()}


def _envelopes(field: Field) -> st.SearchStrategy[dict[str, Any]]:
    siblings = {key: values(value) for key, value in field.properties.items() if key in SIBLINGS}
    beside = st.fixed_dictionaries({}, optional=siblings)
    roots = st.one_of([st.fixed_dictionaries({key: values(value)}) for key, value in field.roots.items()])
    return st.builds(_together, UNKNOWN, beside, roots)


def _texts(field: Field) -> st.SearchStrategy[Any]:
    if "enum" in field.schema:
        return st.sampled_from(field.schema["enum"]) | TEXTS
    if "pattern" in field.schema:
        return st.from_regex(re.compile(field.schema["pattern"], re.ASCII), fullmatch=True)
    least, most = field.schema.get("minLength", 0), field.schema.get("maxLength", 8)
    if least:
        return TEXTS.map(lambda text: ("x" * least + text)[:most])
    return TEXTS | st.integers(0, 9999)  # a number may replace a text, as for a série named 2026


def _integers(field: Field) -> st.SearchStrategy[Any]:
    numbers = st.integers(field.schema.get("minimum", -LARGEST), field.schema.get("maximum", LARGEST))
    return numbers | numbers.map(str)


def _decimals(field: Field) -> st.SearchStrategy[Any]:
    least, most = field.schema.get("minimum", -(10**9)), field.schema.get("maximum", 10**9)
    exact = st.decimals(Decimal(str(least)), Decimal(str(most)), places=2) | st.integers(
        int(least), int(most)
    ).map(Decimal)
    ready = exact.map(lambda number: "1e1" if number == 10 else format(number, "f"))
    return exact.map(lambda number: int(number) if number == int(number) else number) | ready


def _dates(_: Field) -> st.SearchStrategy[str]:
    padded = DATES.map(lambda date: f"{date.day:02}/{date.month:02}/{date.year:04}")
    return padded | DATES.map(lambda date: f"{date.day}/{date.month}/{date.year:04}")


def _iso_dates(_: Field) -> st.SearchStrategy[str]:
    return DATES.map(lambda date: f"{date.year:04}-{date.month:02}-{date.day:02}")


def _datetimes(_: Field) -> st.SearchStrategy[str]:
    def shown(moment: datetime.datetime) -> str:
        return f"{moment.day}/{moment.month}/{moment.year:04} {moment.hour:02}:{moment.minute:02}"

    return DATETIMES.map(shown) | DATETIMES.map(lambda moment: f"{shown(moment)}:{moment.second:02}")


def _flags(_: Field) -> st.SearchStrategy[Any]:
    return st.sampled_from([True, False, 1, 0, "1", "0", "true", "false"])


def _loose_texts(_: Field) -> st.SearchStrategy[Any]:
    return TEXTS | st.integers()


def _arrays(field: Field) -> st.SearchStrategy[list[Any]]:
    return st.lists(values(field.schema["items"]), min_size=field.schema.get("minItems", 0), max_size=2)


Kind = Callable[[Field], st.SearchStrategy[Any]]
KINDS: Final[Mapping[str, Kind]] = {
    "object": _objects,
    "string": _texts,
    "integer": _integers,
    "boolean": _flags,
    "array": _arrays,
}
FORMATS: Final[Mapping[str, Kind]] = {
    "date-pt": _dates,
    "date-iso": _iso_dates,
    "datetime-pt": _datetimes,
    "decimal-string": _decimals,
    "decimal-number": _decimals,
    "integer-loose": _integers,
    "text-loose": _loose_texts,
    "flag": _flags,
}


# --- after a round trip ---------------------------------------------------------------------------


def normalised(schema: Schema, value: Any) -> Any:
    """The expected `from_dict(value).to_dict()`: the same JSON, except for these changes.

    - A date and a time get their leading zeros, a time its seconds.
    - An amount becomes a text without exponent (`decimal-string`) or a number (`decimal-number`).
    - An integer becomes a number, and a text a text, whichever type arrived.
    - A flag is "1" or "0" (`type: string`), or 1 or 0 (`type: integer`); a boolean is true or false.
    - An empty text is null where a format other than `text-loose` may be null.

    Unknown keys stay unchanged, and so do unknown enum values in answers.
    """
    field = Field(schema)
    if value is None or (field.empty_is_null and str(value) == ""):
        return None
    if field.alternatives:
        return normalised(field.alternative(value), value)
    if field.format:
        return _normalised_format(field, value)
    if "array" in field.types:
        return [normalised(field.schema["items"], entry) for entry in value]
    if "object" in field.types:
        known = field.properties
        return {key: normalised(known[key], entry) if key in known else entry for key, entry in value.items()}
    if "boolean" in field.types:
        return FLAGS[value]
    return int(value) if "integer" in field.types else str(value)


def _normalised_format(field: Field, value: Any) -> Any:
    if field.format == "date-iso":
        return value
    if field.format == "date-pt":
        return "/".join(f"{int(part):02}" for part in value.split("/"))
    if field.format == "datetime-pt":
        date, _, time = value.partition(" ")
        return (
            "/".join(f"{int(part):02}" for part in date.split("/"))
            + f" {time}"
            + ":00" * (time.count(":") == 1)
        )
    if field.format == "decimal-string":
        return format(Decimal(value), "f")
    if field.format == "decimal-number":
        return Decimal(value)
    if field.format == "flag":
        return str(int(FLAGS[value])) if field.types[0] == "string" else int(FLAGS[value])
    return int(value) if field.format == "integer-loose" else str(value)


def typed(value: Any) -> Any:
    """A value that equals another only if the JSON types match too: 1 is neither true nor 1.0."""
    if is_object(value):
        return {key: typed(entry) for key, entry in value.items()}
    if is_array(value):
        return [typed(entry) for entry in value]
    shown = format(value, "f") if isinstance(value, Decimal) else str(value)
    return type(value).__name__, shown
