"""The two committed forms of the contract, and a plain validator for the concrete one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT: Final = Path(__file__).resolve().parents[2]
COMPACT: Final = ROOT / "openapi.yaml"
CONCRETE: Final = ROOT / "openapi.concrete.yaml"
_ADDRESS: Final = "urn:contract"
_JSON: Final = ("content", "application/json", "schema")

Document = dict[str, Any]


@cache
def loaded(path: Path) -> Document:
    """A form of the contract, read once. It is shared: copy it before changing it."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document: Document = yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - a safe loader either way
    return document


class PlainValidator:
    """Validates against a contract with plain JSON Schema 2020-12, ignoring our formats."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        resource: Resource[Any] = Resource.from_contents(document, default_specification=DRAFT202012)
        empty: Registry[Any] = Registry()
        self._registry = empty.with_resource(_ADDRESS, resource)

    def accepts_request(self, path: str, method: str, body: object) -> bool:
        """Whether a body is a valid request."""
        return self._accepts(("paths", path, method, "requestBody", *_JSON), body)

    def accepts_answer(self, path: str, method: str, status: str, body: object) -> bool:
        """Whether a body is a valid answer."""
        return self._accepts(("paths", path, method, "responses", status, *_JSON), body)

    def accepts(self, schema: str, value: object) -> bool:
        """Whether a value is valid under a component schema."""
        return self._accepts(("components", "schemas", schema), value)

    def _accepts(self, place: tuple[str, ...], value: object) -> bool:
        # A reference into the document, so that references inside the schema resolve from its root.
        pointer = "/".join(token.replace("~", "~0").replace("/", "~1") for token in place)
        reference = {"$ref": f"{_ADDRESS}#/{pointer}"}
        validator: Any = Draft202012Validator(reference, registry=self._registry)
        return bool(validator.is_valid(value))
