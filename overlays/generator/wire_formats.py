"""Teaches openapi-python-client the wire formats of the contract.

The generator has no plug-ins, and it drops a `format` it does not know. Every property passes through its
`property_from_data`, so this module wraps that function: a schema with one of our formats becomes a
`WireProperty`. The names used here are private to the generator; hence its version is pinned, and
`make check` compares the output.
"""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from attr import define, evolve, field
from openapi_python_client import schema as oai
from openapi_python_client import strings
from openapi_python_client.config import Config
from openapi_python_client.parser import bodies, openapi, properties, responses
from openapi_python_client.parser.errors import PropertyError
from openapi_python_client.parser.properties import union
from openapi_python_client.parser.properties.protocol import PropertyProtocol, Value, convert_example


class WireFormat(NamedTuple):
    """A format of the contract: its Python type, and the wire functions that read and write it."""

    python_type: str
    imports: str
    parse: str
    format: str


# The service answers a flag as an integer and takes it as a string; the first `type` of a schema says which.
WIRE_FORMATS: dict[tuple[str, str], WireFormat] = {
    ("date-pt", "string"): WireFormat("datetime.date", "import datetime", "parse_date", "format_date"),
    ("datetime-pt", "string"): WireFormat(
        "datetime.datetime", "import datetime", "parse_datetime", "format_datetime"
    ),
    ("date-iso", "string"): WireFormat(
        "datetime.date", "import datetime", "parse_iso_date", "format_iso_date"
    ),
    ("decimal-string", "string"): WireFormat(
        "Decimal", "from decimal import Decimal", "parse_decimal", "format_decimal_string"
    ),
    ("decimal-number", "number"): WireFormat(
        "Decimal", "from decimal import Decimal", "parse_decimal", "format_decimal_number"
    ),
    ("integer-loose", "integer"): WireFormat("int", "", "parse_integer", "format_integer"),
    ("text-loose", "string"): WireFormat("str", "", "parse_text", "format_text"),
    ("flag", "string"): WireFormat("bool", "", "parse_flag", "format_flag_string"),
    ("flag", "integer"): WireFormat("bool", "", "parse_flag", "format_flag_integer"),
}
FORMAT_NAMES = frozenset(name for name, _ in WIRE_FORMATS)
READ_TYPES: dict[str, frozenset[str]] = {
    "date-pt": frozenset({"string"}),
    "datetime-pt": frozenset({"string"}),
    "date-iso": frozenset({"string"}),
    "decimal-string": frozenset({"string", "number", "integer"}),
    "decimal-number": frozenset({"string", "number", "integer"}),
    "integer-loose": frozenset({"string", "integer"}),
    "text-loose": frozenset({"string", "integer"}),
    "flag": frozenset({"string", "integer", "boolean"}),
}
"""The JSON types that each format is read from, apart from null."""


@define
class WireProperty(PropertyProtocol):
    """A property whose JSON differs from its Python value: a date as dd/mm/yyyy, an amount as a string."""

    name: oai.UntrustedString
    required: bool
    default: Value | None
    python_name: strings.PythonIdentifier
    description: oai.UntrustedString | None
    example: oai.UntrustedString | None = field(converter=convert_example)
    wire_format: WireFormat
    nullable: bool
    _allowed_locations: ClassVar[set[oai.ParameterLocation]] = {
        oai.ParameterLocation.QUERY,
        oai.ParameterLocation.PATH,
    }
    template: ClassVar[str] = "any_property.py.jinja"

    def convert_value(self, value: Any) -> Value | PropertyError | None:
        """Refuses a default: the service decides the meaning of a missing field."""
        if value is None or isinstance(value, Value):
            return value
        return PropertyError(
            detail=f"{self.name.get_untrusted_value()}: a wire format allows no default, got {value!r}"
        )

    def get_base_type_string(self) -> strings.PythonCode:
        return strings.PythonCode(self.wire_format.python_type + (" | None" if self.nullable else ""))

    def get_base_json_type_string(self) -> strings.PythonCode:
        return strings.PythonCode("Any")

    def get_imports(self, *, prefix: str) -> set[str]:
        imports = PropertyProtocol.get_imports(self, prefix=prefix)
        return imports | {self.wire_format.imports} if self.wire_format.imports else imports

    def function(self, name: str) -> str:
        """The wire function `name`, or its `_or_none` form for a nullable property."""
        return f"{name}_or_none" if self.nullable else name


_property_from_data = properties.property_from_data


def property_from_data(  # noqa: PLR0917 the generator's own signature
    name: oai.UntrustedString,
    required: bool,
    data: oai.Reference | oai.Schema,
    schemas: Any,
    parent_name: str,
    config: Config,
    **options: Any,
) -> tuple[Any, Any]:
    """The generator's `property_from_data`, plus our formats and the descriptions beside references."""
    given_format = data.schema_format if isinstance(data, oai.Schema) else None
    if not isinstance(data, oai.Schema) or given_format is None:
        found, schemas = _property_from_data(name, required, data, schemas, parent_name, config, **options)
        return (_described(found, data) if isinstance(data, oai.Reference) else found), schemas
    format_name, at = given_format.get_untrusted_value(), name.get_untrusted_value()
    if format_name not in FORMAT_NAMES:
        known = ", ".join(sorted(FORMAT_NAMES))
        return PropertyError(detail=f"{at}: unknown format {format_name!r}; use one of {known}"), schemas
    types = [data.type] if not isinstance(data.type, list) else data.type
    wire_format = WIRE_FORMATS.get((format_name, str(types[0].value) if types[0] else ""))
    if wire_format is None:
        return PropertyError(detail=f"{at}: format {format_name!r} does not fit type {data.type!r}"), schemas
    prop = WireProperty(
        name=name,
        required=required,
        default=None,
        python_name=strings.PythonIdentifier(value=name, prefix=config.field_prefix),
        description=data.description,
        example=data.example,
        wire_format=wire_format,
        nullable=oai.DataType.NULL in types,
    )
    problem = prop.convert_value(data.default)
    return (problem if isinstance(problem, PropertyError) else prop), schemas


def _described(prop: Any, reference: oai.Reference) -> Any:
    """The property with the `description` beside its `$ref`, which the generator skips."""
    description = (reference.model_extra or {}).get("description")
    if isinstance(prop, PropertyError) or not description:
        return prop
    return evolve(prop, description=oai.UntrustedString(description))


_sanitize = strings.sanitize


def sanitize(value: str) -> str:
    """Turns `date[from]` into `date_from`; the generator would make it `datefrom`."""
    return _sanitize(value.replace("[]", "").replace("[", "_").replace("]", ""))


def register() -> None:
    """Installs the formats and the naming rule in the generator. Safe to call again."""
    strings.sanitize = sanitize
    # The generator would rename a field named like a builtin (`type_`, `sum_`); fields keep their names.
    strings.RESERVED_WORDS = set[str]()
    for module in (properties, bodies, openapi, responses, union):
        if hasattr(module, "property_from_data"):
            module.property_from_data = property_from_data  # type: ignore[attr-defined] # on purpose
