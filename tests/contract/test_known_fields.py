"""Every field that the contract sends is one that the emulator knows, so none is noted as unknown."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from generator import contract as reading
from invoicexpress_emulator.api import unknown_fields
from invoicexpress_emulator.api.routes import OPERATIONS, Operation
from invoicexpress_wire import is_array, is_object

from .contract_files import CONCRETE, loaded

CONTRACT: Final[dict[str, Any]] = loaded(CONCRETE)


def place(method: str, path: str) -> tuple[str, str]:
    return method.upper(), re.sub(r"\{[^}]+\}", "{}", path)


SCHEMAS: Final[dict[tuple[str, str], Any]] = {
    place(each.method, each.path): each.content["requestBody"]["content"]["application/json"]["schema"]
    for each in reading.operations(CONTRACT)
    if "requestBody" in each.content
}
WITH_A_BODY: Final = [each for each in OPERATIONS if place(each.method, each.path) in SCHEMAS]


def full(schema: Any) -> Any:
    """A body with every property of a schema, those of each alternative included."""
    schema = reading.resolved(CONTRACT, schema)
    parts: list[Any] = [full(each) for key in ("oneOf", "anyOf", "allOf") for each in schema.get(key, ())]
    if "properties" in schema:
        parts.append({name: full(each) for name, each in schema["properties"].items()})
    if "items" in schema:
        parts.append([full(schema["items"])])
    objects = [part for part in parts if is_object(part)]
    if objects:
        return {name: value for part in objects for name, value in part.items()}
    return next((part for part in parts if is_array(part)), "x")


def test_the_bodies_are_full() -> None:
    assert len(SCHEMAS) > 60
    assert len(WITH_A_BODY) == len(SCHEMAS)
    invoice = full(SCHEMAS["POST", "/invoices.json"])["invoice"]
    assert {"date", "client", "items", "mb_reference"} <= invoice.keys()
    assert {"tax", "quantity"} <= invoice["items"][0].keys()


@pytest.mark.parametrize("operation", WITH_A_BODY, ids=lambda each: f"{each.method} {each.path}")
def test_the_emulator_knows_every_field_of_the_contract(operation: Operation) -> None:
    body = full(SCHEMAS[place(operation.method, operation.path)])
    assert unknown_fields.of(operation.id, body) == ()
    assert unknown_fields.of(operation.id, {**body, "colour": "red"}) == ("colour",)
