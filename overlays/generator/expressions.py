"""The Python expressions that read and write one property.

The generator's own templates use some sixteen macro files of statements for this. Expressions are shorter,
nest without closures, and serve models and endpoints alike, so none of those files needs an override.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from openapi_python_client.parser.properties.any import AnyProperty
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.model_property import ModelProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty

from .wire_formats import WireProperty


class Plain(NamedTuple):
    """A kind of property whose JSON is its Python value. A wire function handles the unusual cases."""

    usual: str
    """The type of most of its values, which need no reading."""
    parse: str
    format: str


_TEXT = Plain("str", "parse_text", "format_text")
PLAIN: dict[type[PropertyProtocol], Plain | None] = {
    StringProperty: _TEXT,
    LiteralEnumProperty: _TEXT,
    IntProperty: Plain("int", "parse_integer", "format_integer"),
    BooleanProperty: Plain("bool", "parse_flag", "format_boolean"),
    AnyProperty: None,
}
# Documents are full of amounts, and JSON fractions arrive as Decimal already.
_USUAL_WIRE = {"parse_decimal": "Decimal"}


class UnsupportedPropertyError(Exception):
    """The contract uses a construct that the templates can neither read nor write."""


def one_or_many(prop: PropertyProtocol) -> ModelProperty | None:
    """The model of a field that holds one instance or a list of them; None for any other field."""
    if not isinstance(prop, UnionProperty) or len(prop.inner_properties) != 2:
        return None
    one = [inner for inner in prop.inner_properties if isinstance(inner, ModelProperty)]
    many = [inner.inner_property for inner in prop.inner_properties if isinstance(inner, ListProperty)]
    if len(one) != 1 or len(many) != 1 or not isinstance(many[0], ModelProperty):
        return None
    return one[0] if one[0].class_info == many[0].class_info else None


def is_optional_none(prop: PropertyProtocol) -> tuple[PropertyProtocol, bool]:
    """A property without null, and whether it allowed null."""
    if isinstance(prop, UnionProperty):
        others = [inner for inner in prop.inner_properties if not isinstance(inner, NoneProperty)]
        if len(others) != 1:
            kinds = [type(inner).__name__ for inner in others]
            raise UnsupportedPropertyError(f"a union of {kinds}; use a wire format")
        return others[0], len(others) < len(prop.inner_properties)
    return prop, False


def parse_expression(prop: PropertyProtocol, source: str) -> str:
    """Python code that reads the JSON value `source` (a name: it may be used twice)."""
    if model := one_or_many(prop):
        reader = f"{model.class_info.name}.from_dict"
        return f"(parse_each({reader}, {source}) if is_array({source}) else {reader}({source}))"
    inner, nullable = is_optional_none(prop)
    expression = _parse(inner, source)
    return _or_none(source, expression) if nullable and expression != source else expression


def field_expression(prop: PropertyProtocol, source: str) -> str:
    """Python code that reads a field of a model. Most values stay: of a type of JSON, absent or null."""
    whole = parse_expression(prop, source)
    if whole == source:
        return source
    absent = [] if prop.required else [f"{source} is UNSET"]
    if one_or_many(prop):
        return _unless_any(absent, source, whole)
    inner, nullable = is_optional_none(prop)
    usual = [f"type({source}) is {kind}"] if (kind := _usual(inner)) else []
    null = [f"{source} is None"] if nullable else []
    return _unless_any([*usual, *absent, *null], source, _read(inner, source))


def _unless_any(conditions: Sequence[str], source: str, expression: str) -> str:
    return f"{source} if {' or '.join(conditions)} else {expression}" if conditions else expression


def _usual(prop: PropertyProtocol) -> str | None:
    if isinstance(prop, WireProperty):
        return _USUAL_WIRE.get(prop.wire_format.parse)
    plain = PLAIN.get(type(prop))
    return plain.usual if plain else None


def _or_none(source: str, expression: str) -> str:
    return f"(None if {source} is None else {expression})"


def _parse(prop: PropertyProtocol, source: str) -> str:
    return _unless(_usual(prop), source, _read(prop, source))


def _read(prop: PropertyProtocol, source: str) -> str:
    """Python code that reads any value, the usual ones too."""
    if isinstance(prop, WireProperty):
        return f"{prop.function(prop.wire_format.parse)}({source})"
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name}.from_dict({source})"
    if isinstance(prop, ListProperty):
        reader = parse_function(prop.inner_property)
        return f"parse_each({reader}, {source})" if reader else f"parse_array({source})"
    if type(prop) in PLAIN:
        plain = PLAIN[type(prop)]
        return f"{plain.parse}({source})" if plain else source
    raise UnsupportedPropertyError(f"nothing reads or writes a {type(prop).__name__}; use a wire format")


def _unless(usual: str | None, source: str, expression: str) -> str:
    return f"({source} if type({source}) is {usual} else {expression})" if usual else expression


def parse_function(prop: PropertyProtocol) -> str | None:
    """Python code of a function that reads one value; None when the value needs no reading."""
    if isinstance(prop, WireProperty):
        return prop.function(prop.wire_format.parse)
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name}.from_dict"
    if plain := PLAIN.get(type(prop)):
        return plain.parse
    expression = parse_expression(prop, "value")
    return None if expression == "value" else f"lambda value: {expression}"


def format_expression(prop: PropertyProtocol, source: str, *, strict: bool) -> str:
    """Python code that writes `source` as JSON. `strict` code checks the value first, as sending requires."""
    if model := one_or_many(prop):
        one, writer = _format(model, source, strict=strict), _format_function(model, strict=strict)
        return f"(format_each({writer}, {source}) if is_array({source}) else {one})"
    inner, nullable = is_optional_none(prop)
    expression = _format(inner, source, strict=strict)
    return _or_none(source, expression) if nullable and expression != source else expression


def _format(prop: PropertyProtocol, source: str, *, strict: bool) -> str:
    if isinstance(prop, WireProperty):
        return f"{prop.function(prop.wire_format.format)}({source})"
    if isinstance(prop, LiteralEnumProperty) and strict:
        return f"format_choice({choices(prop)}, {source})"
    if isinstance(prop, ModelProperty):
        return f"format_model({prop.class_info.name}, {source})" if strict else f"{source}.to_dict()"
    if isinstance(prop, ListProperty):
        writer = _format_function(prop.inner_property, strict=strict)
        return f"format_each({writer}, {source})" if writer else f"format_array({source})"
    if type(prop) in PLAIN:
        plain = PLAIN[type(prop)]
        return f"{plain.format}({source})" if strict and plain else source
    raise UnsupportedPropertyError(f"nothing reads or writes a {type(prop).__name__}; use a wire format")


def written_expression(prop: PropertyProtocol, source: str) -> str:
    """Python code that writes a field of an answer. `source` is a name: most values need no call."""
    expression = format_expression(prop, source, strict=False)
    if one_or_many(prop):
        return expression
    inner, _ = is_optional_none(prop)
    usual = _WRITTEN_AS_IT_IS.get(inner.wire_format.format) if isinstance(inner, WireProperty) else None
    return f"{source} if {usual.format(source)} else {expression}" if usual else expression


# Formats whose JSON is the value itself, once it is checked.
_WRITTEN_AS_IT_IS = {
    "format_decimal_number": "type({0}) is Decimal and {0}.is_finite()",
    "format_integer": "type({0}) is int",
}


def constrained_expression(prop: PropertyProtocol, expression: str, schema: Mapping[str, Any]) -> str:
    """`expression`, wrapped in a check of the schema's demands beyond the type."""
    inner, _ = is_optional_none(prop)
    if isinstance(inner, ListProperty):
        least = schema.get("minItems")
        return f"with_entries({expression}, min_items={int(least)})" if least else expression
    checks: list[str] = []
    if "pattern" in schema and not isinstance(inner, WireProperty):
        # A wire format writes only matching texts; for a plain text the pattern is the only rule.
        checks.append(f"pattern={str(schema['pattern'])!r}")
    checks += [f"{name}={int(schema[key])}" for key, name in _LENGTHS.items() if key in schema]
    checks += [f'{key}="{Decimal(str(schema[key]))}"' for key in ("minimum", "maximum") if key in schema]
    return f"constrained({', '.join([expression, *checks])})" if checks else expression


_LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}


def format_function(prop: PropertyProtocol, schema: Mapping[str, Any]) -> str:
    """Python code of a function that checks a parameter against its schema and writes it."""
    formatted = format_expression(prop, "value", strict=True)
    checked = constrained_expression(prop, formatted, schema)
    function = checked.removesuffix("(value)")
    return function if function.isidentifier() else f"lambda value: {checked}"


def _format_function(prop: PropertyProtocol, *, strict: bool) -> str | None:
    if isinstance(prop, ModelProperty):
        return (
            f"partial(format_model, {prop.class_info.name})" if strict else f"{prop.class_info.name}.to_dict"
        )
    plain = PLAIN.get(type(prop))
    if strict and plain and not isinstance(prop, LiteralEnumProperty):
        return plain.format
    expression = format_expression(prop, "value", strict=strict)
    return None if expression == "value" else f"lambda value: {expression}"


def choices(prop: LiteralEnumProperty) -> str:
    """The constant with the known values of an enum, in the module of the enum."""
    return f"{prop.get_class_name_snake_case().upper()}_VALUES"


def enums_in(prop: PropertyProtocol) -> Iterator[LiteralEnumProperty]:
    """The enums inside a property."""
    inner, _ = (prop, False) if one_or_many(prop) else is_optional_none(prop)
    if isinstance(inner, ListProperty):
        yield from enums_in(inner.inner_property)
    elif isinstance(inner, LiteralEnumProperty):
        yield inner


def field_type(prop: PropertyProtocol) -> str:
    """The annotation of a property in the TypedDict of its model, which also accepts mappings for models."""
    inner, nullable = is_optional_none(prop)
    text = _field_type(inner)
    return f"{text} | None" if nullable or not prop.required else text


def _field_type(prop: PropertyProtocol) -> str:
    if isinstance(prop, ModelProperty):
        return f"{prop.class_info.name} | {prop.class_info.name}Fields"
    if isinstance(prop, ListProperty):
        return f"abc.Sequence[{_field_type(prop.inner_property)}]"
    return prop.get_type_string(no_optional=True).as_unembedded_code()


def nested_model(prop: PropertyProtocol) -> str | None:
    """The class of the models in a property, for turning mappings into them."""
    if one_or_many(prop):
        return None  # only answers have such a field, and callers build none
    inner, _ = is_optional_none(prop)
    if isinstance(inner, ListProperty):
        return nested_model(inner.inner_property)
    return inner.class_info.name if isinstance(inner, ModelProperty) else None
