"""The control plane's OpenAPI document, and checks of requests and answers against it."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import httpx
from invoicexpress_emulator.control import openapi
from invoicexpress_emulator.control.plane import OPERATIONS
from jsonschema import Draft202012Validator, FormatChecker

Json = Any


class Described(NamedTuple):
    """An operation of the document."""

    method: str
    path: str
    content: Json

    @property
    def pattern(self) -> re.Pattern[str]:
        """A pattern for its request paths, below `/_emulator`."""
        return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.path)))


@cache
def document(*, needs_token: bool = False) -> Json:
    """The document of the current emulator."""
    made = openapi.document(OPERATIONS, needs_token=needs_token)
    return json.loads(json.dumps(made))


def described() -> list[Described]:
    """All operations of the document."""
    return [
        Described(method.upper(), path, content)
        for path, methods in document()["paths"].items()
        for method, content in methods.items()
    ]


def find(method: str, path: str) -> Described:
    """The operation for a request; `path` is below `/_emulator`, without a query. Literal paths win."""
    fitting = [each for each in described() if each.method == method and each.pattern.fullmatch(path)]
    return min(fitting, key=lambda each: "{" in each.path)


def complaints(schema: Json, value: Json) -> list[str]:
    """The validation errors of a value under a schema of the document."""
    # Next to the components, so that references into the document resolve.
    whole: Json = {**schema, "components": document()["components"]}
    validator: Any = Draft202012Validator  # the library is only partly typed
    errors = validator(whole, format_checker=FormatChecker()).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in errors]


def complaints_of_answer(operation: Described, status: int, value: Json) -> list[str]:
    """The validation errors of an answer."""
    responses = operation.content["responses"]
    response = responses.get(str(status)) or (responses.get("4XX") if 400 <= status < 500 else None)
    if response is None:
        return [f"{operation.method} {operation.path} is not to answer {status}"]
    schema = response["content"].get("application/json")
    return complaints(schema["schema"], value) if schema else ["a file is described, and this is JSON"]


def complaints_of_request(operation: Described, path: str, query: str, body: Json) -> list[str]:
    """The validation errors of a request."""
    match = operation.pattern.fullmatch(path)
    assert match is not None
    sent = {("path", name): value for name, value in match.groupdict().items()}
    sent |= {("query", name): value for name, value in parse_qsl(query, keep_blank_values=True)}
    found: list[str] = []
    for parameter in operation.content.get("parameters", []):
        key = (parameter["in"], parameter["name"])
        if key in sent:
            text, schema = sent.pop(key), parameter["schema"]
            found += complaints(schema, int(text) if schema.get("type") == "integer" else text)
        elif parameter["required"]:
            found.append(f"{key} is missing")
    found += [f"{key} is not described" for key in sent]
    if "requestBody" in operation.content:
        found += complaints(operation.content["requestBody"]["content"]["application/json"]["schema"], body)
    elif body is not None:
        found.append("a body is not described")
    return found


def check_control_answer(answer: httpx.Response) -> None:
    """Fail if an answer of the control plane breaks its document; ignore all other answers."""
    path = answer.request.url.path.removeprefix("/_emulator")
    if path == answer.request.url.path or answer.status_code in {405, 501}:
        return
    operation = find(answer.request.method, path)
    media_type = answer.headers["content-type"].partition(";")[0]
    if media_type != "application/json":
        assert [media_type] == list(operation.content["responses"][str(answer.status_code)]["content"])
        return
    answer.read()
    found = complaints_of_answer(operation, answer.status_code, answer.json())
    assert not found, found
