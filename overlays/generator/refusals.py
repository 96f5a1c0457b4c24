"""Refuses constructs for which the templates would write broken or lossy code.

The generator accepts most of them without a warning: an enum of integers read as texts, a dropped header
parameter, a field called `cls`. The check runs before anything is written; each finding names its place and
the remedy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import Any, Final

import invoicexpress_wire
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.literal_enum_property import LiteralEnumProperty
from openapi_python_client.parser.properties.protocol import PropertyProtocol
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty

from . import expressions
from .contract import ENVELOPE_SIBLINGS, operations, request_bodies, schema_names
from .wire_formats import WireProperty

OWN_FIELDS: Final = frozenset(
    {"additional_properties", "classmethod", "cls", "dict", "field", "from_dict", "of", "self", "to_dict"}
)
"""Names used in the body of a generated model."""
OWN_PARAMETERS: Final = frozenset({"body", "query", "segment", *invoicexpress_wire.__all__})
"""Names used in the body of a generated `request`."""
FIELDS_FOLDER: Final = "fields"
"""The folder, beside the models, of the types of their fields."""
_BODY_SOURCES: Final = ("None", "response.json()")


def findings(data: GeneratorData, contract: Mapping[str, Any]) -> Iterator[str]:
    """The parts of a contract that the generator has lost or that the templates cannot express."""
    collections = data.endpoint_collections_by_tag
    for problem in [*data.errors, *chain.from_iterable(each.parse_errors for each in collections.values())]:
        yield f"{problem.header.strip()} {problem.detail}"
    for operation in operations(contract):
        if not operation.operation_id:
            yield f"{operation.place}: has no operationId"
    classes = {str(model.class_info.name) for model in data.models}
    for name, schema in contract["components"]["schemas"].items():
        if "properties" in schema and name not in classes:
            yield f"schema {name}: was lost; remove its title, and `oneOf` or `anyOf` beside properties"
    sent = schema_names(contract, request_bodies(contract))
    for model in data.models:
        for finding in _model_findings(model, contract["components"]["schemas"], sent):
            yield f"schema {model.class_info.name}: {finding}"
    for tag, collection in collections.items():
        for endpoint in collection.endpoints:
            for finding in _endpoint_findings(endpoint):
                yield f"{endpoint.method.upper()} {endpoint.path.get_untrusted_value()}: {finding}"
        for name, count in Counter(endpoint.name for endpoint in collection.endpoints).items():
            if count > 1:
                yield f"tag {tag}: {count} operations would share the file `{name}`; give each its own id"
    yield from _cycle_findings(data.models)


def properties(model: ModelProperty) -> list[Any]:
    """All properties of a model, the required ones first."""
    return [*(model.required_properties or []), *(model.optional_properties or [])]


def _model_findings(
    model: ModelProperty, components: Mapping[str, Any], sent: Container[str]
) -> Iterator[str]:
    is_sent = model.class_info.name in sent
    if components.get(model.class_info.name, {}).get("x-envelope"):
        yield from _envelope_findings(model, is_sent=is_sent)
    if model.class_info.module_name == FIELDS_FOLDER:
        yield f"its file would clash with the folder `{FIELDS_FOLDER}`; rename it"
    if model.class_info.name not in components:
        yield "is not a component; make it one, named in PascalCase and without a title"
    for prop in properties(model):
        name = prop.name.get_untrusted_value()
        if prop.python_name in OWN_FIELDS:
            yield f"{name}: `{prop.python_name}` clashes with a name in generated models; rename it"
        if prop.required and prop.default is not None:
            yield f"{name}: is required and has a default; remove one of the two"
        yield from (f"{name}: {finding}" for finding in _property_findings(prop, is_sent=is_sent))


def _envelope_findings(model: ModelProperty, *, is_sent: bool) -> Iterator[str]:
    """All roots of an envelope share one reader and one writer, so they must be of one kind."""
    roots = [prop for prop in properties(model) if prop.name.get_untrusted_value() not in ENVELOPE_SIBLINGS]
    kinds = {_kind_of_root(prop) for prop in roots}
    if None in kinds or len(kinds) > 1:
        yield "all roots of an envelope must hold a model, a list of models, or a text"
    elif is_sent and kinds != {ModelProperty}:
        yield "each root of an envelope in a request must hold one model"


def _kind_of_root(prop: PropertyProtocol) -> type[PropertyProtocol] | None:
    if isinstance(prop, ListProperty):
        return ListProperty if isinstance(prop.inner_property, ModelProperty) else None
    return type(prop) if isinstance(prop, ModelProperty | StringProperty) else None


def _property_findings(prop: PropertyProtocol, *, is_sent: bool) -> Iterator[str]:
    if is_sent and any(map(expressions.one_or_many, _with_inner(prop))):
        yield "a choice between an object and a list works in answers only; choose one for requests"
    try:
        expressions.parse_expression(prop, "value")
        expressions.format_expression(prop, "value", strict=True)
    except expressions.UnsupportedPropertyError as error:
        yield str(error)
    for part in _with_inner(prop):
        if isinstance(part, LiteralEnumProperty) and part.value_type is not str:
            yield "an enum of integers would be read as texts; use an integer and describe its values"


def _with_inner(prop: PropertyProtocol) -> Iterator[PropertyProtocol]:
    """A property and the properties inside its lists and unions."""
    yield prop
    if isinstance(prop, ListProperty):
        yield from _with_inner(prop.inner_property)
    elif isinstance(prop, UnionProperty):
        for inner in prop.inner_properties:
            yield from _with_inner(inner)


def _endpoint_findings(endpoint: Endpoint) -> Iterator[str]:
    for unsent in [*endpoint.header_parameters, *endpoint.cookie_parameters]:
        yield f"{unsent.name.get_untrusted_value()}: headers and cookies would not be sent; remove it"
    for prop in [*endpoint.path_parameters, *endpoint.query_parameters]:
        name = prop.name.get_untrusted_value()
        if prop.python_name in OWN_PARAMETERS:
            yield f"{name}: `{prop.python_name}` clashes with a name in generated endpoints; rename it"
        yield from (f"{name}: {finding}" for finding in _property_findings(prop, is_sent=True))
    for prop in endpoint.path_parameters:
        if not _fits_a_path(prop):
            yield f"{prop.name.get_untrusted_value()}: path parameters must be texts or integers"
    yield from _body_findings(endpoint)


def _fits_a_path(prop: PropertyProtocol) -> bool:
    if isinstance(prop, WireProperty):
        return prop.wire_format.python_type in ("int", "str")
    return isinstance(prop, StringProperty | IntProperty | LiteralEnumProperty)


def _body_findings(endpoint: Endpoint) -> Iterator[str]:
    for body in endpoint.bodies:
        yield from (f"body: {finding}" for finding in _property_findings(body.prop, is_sent=True))
    kinds = [body.content_type.get_untrusted_value() for body in endpoint.bodies]
    if kinds not in ([], ["application/json"]):
        yield f"takes {' and '.join(kinds)}; the only supported body is application/json"
    if not endpoint.responses.patterns:
        yield "has no success; add its 2xx status"
    for response in endpoint.responses.patterns:
        status = response.status_code.pattern
        if not status.isdecimal():
            yield f"{status}: is a range; name each status"
        if response.source["attribute"] not in _BODY_SOURCES:
            yield f"{status}: only JSON is supported; use application/json, or no content"
        yield from (f"{status}: {finding}" for finding in _property_findings(response.prop, is_sent=False))


def _cycle_findings(models: list[ModelProperty]) -> Iterator[str]:
    """Models import one another when they load, so they must not form a cycle."""
    graph = {
        model.class_info.name: {
            str(part.class_info.name)
            for prop in properties(model)
            for part in _with_inner(prop)
            if isinstance(part, ModelProperty)
        }
        - {model.class_info.name}
        for model in models
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"schemas {' -> '.join(map(str, error.args[1]))}: form a cycle; break it"
