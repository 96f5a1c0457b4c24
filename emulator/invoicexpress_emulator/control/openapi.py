"""Builds the control plane's OpenAPI document from its table of operations.

A schema with a `title` becomes a component of that name, so that a client generator makes one class for it
wherever it is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from .._version import VERSION
from ..http.control_token import TOKEN_HEADER
from .json_schema import TEXT, Schema, by_name, record, said

if TYPE_CHECKING:
    from ..http.wire_values import JsonValue
    from .operations.operation import ControlOperation

_DESCRIPTION: Final = """\
Drives the emulator in ways that the real service cannot offer: create and reset accounts, move clocks, inject
faults, read mail and requests.

Operations take `account`, by default `demo`. Where `*` stands for all accounts, the answer is an object of
answers by account name. Any field not described here is refused with 422. The one exception is a query
parameter `api_key`, which is ignored because clients of the service add it to every request.

On a loopback address, the Host header must be a loopback name, the vendor's name of an account, or one that
`--allow-host` adds. On any other address, or if the emulator was started with a token, every operation
requires the token.
"""

_SECURITY: Final = "EmulatorToken"

_ERROR: Final = record("Error", {"error": said(TEXT, "The reason, in one sentence.")})

_REFUSALS: Final = {
    "400": "The body is not JSON, or names an operation of the service that does not exist.",
    "401": f"The header {TOKEN_HEADER} is missing or wrong.",
    "403": "The Host header is a name that the emulator does not accept.",
    "404": "No account, or nothing else, has this name or number.",
    "413": "The body is too large.",
    "415": "The Content-Type is not application/json.",
    "422": "A field is unknown, missing, or cannot have this value.",
    "4XX": "Refused for another reason, which `error` gives.",
}
_OF_BODIES: Final = frozenset({"400", "413", "415"})


def document(operations: Iterable[ControlOperation], *, needs_token: bool) -> dict[str, JsonValue]:
    """Return the document.

    Args:
        operations: the operations that the control plane routes.
        needs_token: whether requests need the emulator's token.
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
        "security": [{_SECURITY: []}] if needs_token else [],
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
    """Return the method and path as one camel-case word: `getClock`, `deleteFaultsById`."""
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
    """Move the titled schemas inside a value to `components`, and return the value with references instead.

    Raises:
        ValueError: two different schemas share a title.
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
