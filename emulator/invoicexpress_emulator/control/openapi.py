"""The control plane's own OpenAPI document, made of the table that routes.

Every schema with a `title` becomes a component of that name, so that generators of clients make one class
of what stands in several places.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from ..control_token import TOKEN_HEADER
from ..version import VERSION
from ..wire_values import JsonValue
from .json_schema import TEXT, Schema, by_name, record, said
from .operation import ControlOperation

_DESCRIPTION: Final = """\
What the real service can never have: accounts made and emptied, clocks moved, faults injected, mail and
requests read.

Operations take `account`, which is `demo` unless told otherwise; where `*` stands for all accounts, the
answer is an object by their names. Anything not described here is refused with 422, but for a query parameter
`api_key`, which is ignored, since clients of the service put it into every request.

On a loopback address nothing guards it but the Host header, which must be a loopback name. On any other
address, and where the emulator was started with a token, every operation wants that token.
"""

_SECURITY: Final = "EmulatorToken"

_ERROR: Final = record("Error", {"error": said(TEXT, "One sentence.")})

_REFUSALS: Final = {
    "400": "The body is not JSON, or names an operation of the service that does not exist.",
    "401": f"The header {TOKEN_HEADER} is missing or wrong.",
    "403": "The Host header is not a loopback name.",
    "404": "There is no such account, or nothing of this name or number.",
    "413": "The body is too large.",
    "415": "The body is not said to be JSON.",
    "422": "A field is unknown, missing, or cannot have this value.",
    "4XX": "Refused for another reason, which the sentence says.",
}
_OF_BODIES: Final = frozenset({"400", "413", "415"})


def document(operations: Iterable[ControlOperation], *, wants_token: bool) -> dict[str, JsonValue]:
    """Return the document.

    Args:
        operations: what the control plane routes.
        wants_token: whether requests have to show the emulator's token.
    """
    components: dict[str, Schema] = {}
    paths: dict[str, dict[str, JsonValue]] = {}
    for operation in operations:
        described = _hoisted(_operation(operation), components)
        paths.setdefault(operation.path, {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "InvoiceXpress emulator: control plane",
            "version": VERSION,
            "description": _DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/_emulator", "description": "The emulator that serves this document."}],
        "security": [{_SECURITY: []}] if wants_token else [],
        "paths": {**paths},
        "components": {
            "schemas": {name: components[name] for name in sorted(components)},
            "securitySchemes": {
                _SECURITY: {
                    "type": "apiKey",
                    "in": "header",
                    "name": TOKEN_HEADER,
                    "description": "The token that the emulator was started with.",
                }
            },
        },
    }


def operation_id(operation: ControlOperation) -> str:
    """Return the method and the path in one word: `getClock`, `deleteFaultsById`."""
    words = re.split(r"[^A-Za-z0-9{}]+", operation.path.strip("/"))
    named = [f"By{_capital(word.strip('{}'))}" if word.startswith("{") else _capital(word) for word in words]
    return operation.method.lower() + "".join(named)


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _operation(operation: ControlOperation) -> dict[str, JsonValue]:
    answer: JsonValue = dict(operation.answer)
    if operation.per_account:
        answer = {"anyOf": [answer, by_name(operation.answer)]}
    refusals = [
        status
        for status in _REFUSALS
        if operation.method == "POST"
        or status not in _OF_BODIES
        or (status == "400" and "operation" in operation.fields)
    ]
    responses: dict[str, JsonValue] = {
        str(operation.status): {
            "description": "Done.",
            "content": {operation.media_type: {"schema": answer}},
        }
    }
    for status in refusals:
        responses[status] = {"description": _REFUSALS[status], "content": _as_json(_ERROR)}
    described: dict[str, JsonValue] = {
        "operationId": operation_id(operation),
        "summary": operation.summary,
        "tags": [operation.path.split("/")[1]],
        "responses": responses,
    }
    in_path = set(operation.in_path)
    parameters = [_parameter(name, "path", operation) for name in operation.in_path]
    if operation.method == "POST":
        properties = {name: each for name, each in operation.fields.items() if name not in in_path}
        required = [name for name in operation.required if name not in in_path]
        body = record(None, properties, optional=properties.keys() - set(required))
        described["requestBody"] = {"required": bool(required), "content": _as_json(body)}
    else:
        parameters += [
            _parameter(name, "query", operation) for name in operation.fields if name not in in_path
        ]
    if parameters:
        described["parameters"] = parameters
    return described


def _as_json(schema: JsonValue) -> JsonValue:
    return {"application/json": {"schema": schema}}


def _parameter(name: str, where: str, operation: ControlOperation) -> JsonValue:
    schema = dict(operation.fields[name])
    description = schema.pop("description", None)
    parameter: dict[str, JsonValue] = {
        "name": name,
        "in": where,
        "required": where == "path" or name in operation.required,
        "schema": schema,
    }
    return parameter if description is None else {**parameter, "description": description}


def _hoisted(value: JsonValue, components: dict[str, Schema]) -> JsonValue:
    """Return a schema, or what holds schemas, with every titled schema in it replaced by a reference.

    Raises:
        ValueError: two different schemas have one title.
    """
    if isinstance(value, list):
        return [_hoisted(each, components) for each in value]
    if not isinstance(value, Mapping):
        return value
    inner = {name: _hoisted(each, components) for name, each in value.items()}
    title = inner.get("title")
    if not isinstance(title, str):
        return inner
    plain = {name: each for name, each in inner.items() if name != "title"}
    if components.setdefault(title, plain) != plain:
        raise ValueError(f"two schemas are called {title}: {json.dumps([components[title], plain])}")
    return {"$ref": f"#/components/schemas/{title}"}
