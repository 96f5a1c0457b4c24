"""Laws of every model, tested on JSON generated from the contract's schemas."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invoicexpress_generated import models
from invoicexpress_generated.types import UNSET
from invoicexpress_wire import WireError, dumps, loads

from tests.contract.example_files import read_examples
from tests.folded import folded

from .built_models import model_of
from .support import load_contract
from .wire_json import (
    SCHEMAS,
    Field,
    component,
    normalised,
    only_sent_names,
    sent_names,
    typed,
    values,
)

CONTRACT: Final = load_contract()
CLASSES: Final = [
    name for name, schema in SCHEMAS.items() if "enum" not in schema and not schema.get("x-errors")
]
ENVELOPES: Final = [name for name in CLASSES if SCHEMAS[name].get("x-envelope")]
TEXT_ENVELOPES: Final = [
    name
    for name in ENVELOPES
    if {"string"} == {kind for root in Field(SCHEMAS[name]).roots.values() for kind in Field(root).types}
]
READ: Final = [name for name in CLASSES if name not in only_sent_names()]
by_class: Final = pytest.mark.parametrize("name", CLASSES)
by_read_object: Final = folded("name", [name for name in READ if name not in ENVELOPES])
by_sent_object: Final = folded(
    "name", [name for name in CLASSES if name not in READ and name not in ENVELOPES]
)
by_object: Final = folded("name", [name for name in CLASSES if name not in ENVELOPES])
# The database would keep examples of outdated contracts.
few: Final = settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@by_class
@few
@given(data=st.data())
def test_json_survives_a_round_trip(name: str, data: st.DataObject) -> None:
    """Nothing is lost or added; `normalised` lists the only changes allowed."""
    value = data.draw(component(name))
    before, wanted = typed(value), typed(normalised(SCHEMAS[name], value))
    model = model_of(name, value)
    formatted = model.to_dict()
    assert typed(formatted) == wanted
    model.additional_properties["x_later"] = 1
    formatted["x_later_still"] = 1
    assert typed(value) == before, "the model must not share its source's data"
    assert typed(model.to_dict()) == {**wanted, "x_later": typed(1)}


@by_class
@few
@given(data=st.data())
def test_a_model_survives_a_round_trip(name: str, data: st.DataObject) -> None:
    """The trip goes through the sent text, so values that JSON cannot express would show."""
    model = model_of(name, data.draw(component(name)))
    again = model_of(name, loads(dumps(model.to_dict())))
    assert again == model
    assert typed(again.to_dict()) == typed(model.to_dict())


@by_class
def test_only_what_can_be_received_has_a_reader(name: str) -> None:
    assert hasattr(getattr(models, name), "from_dict") == (name in READ)


@by_read_object
def test_what_is_absent_is_unset_and_stays_absent(name: str) -> None:
    field = Field(SCHEMAS[name])
    cls = getattr(models, name)
    if field.required:
        with pytest.raises(WireError, match=f"^{field.required[0]}: {name} lacks this field$"):
            cls.from_dict({})
        return
    model = cls.from_dict({})
    assert {getattr(model, each.name) for each in attrs.fields(cls) if each.init} == {UNSET}
    assert model.to_dict() == {}


@by_sent_object
def test_what_is_not_given_is_unset_and_not_sent(name: str) -> None:
    required = Field(SCHEMAS[name]).required
    cls = getattr(models, name)
    if required:
        with pytest.raises(WireError, match=f"^{sorted(required)[0]}: {name} needs this field$"):
            cls.of()
        return
    model = cls.of()
    assert {getattr(model, each.name) for each in attrs.fields(cls) if each.init} == {UNSET}
    assert model.to_dict() == {}


@pytest.mark.parametrize("junk", [None, True, 1, "text", Decimal(1)], ids=repr)
@folded("name", [name for name in ENVELOPES if name not in TEXT_ENVELOPES])
def test_a_root_holds_what_it_promises(name: str, junk: object) -> None:
    cls = getattr(models, name)
    for root in Field(SCHEMAS[name]).roots:
        with pytest.raises(WireError, match=r"expected (an (object|array)|[A-Z]\w+)") as error:
            cls.from_dict({root: junk}) if name in READ else cls(root, junk).to_dict()
        assert error.value.path == (root,)


@pytest.mark.parametrize("name", TEXT_ENVELOPES)
@pytest.mark.parametrize("junk", [None, True, Decimal(1), {}, []], ids=repr)
def test_a_root_that_holds_a_text_holds_nothing_else(name: str, junk: object) -> None:
    for root in Field(SCHEMAS[name]).roots:
        with pytest.raises(WireError, match="expected a text") as error:
            getattr(models, name).from_dict({root: junk})
        assert error.value.path == (root,)


def test_there_is_a_root_that_holds_a_text() -> None:
    assert TEXT_ENVELOPES == ["SaftResponse"]


@by_object
def test_null_is_read_where_it_may_stand_and_names_the_field_where_it_may_not(name: str) -> None:
    for key, schema in Field(SCHEMAS[name]).properties.items():
        if Field(schema).nullable:
            assert _tried(name, key, None)[key] is None
        else:
            with pytest.raises(WireError) as error:
                _tried(name, key, None)
            assert error.value.path == (key,)
            assert str(error.value).startswith(f"{key}: ")


@pytest.mark.parametrize("junk", [None, True, 1, "text", [], [{}]], ids=repr)
@folded("name", READ)
def test_what_is_no_object_is_no_model(name: str, junk: object) -> None:
    with pytest.raises(WireError, match="expected an object"):
        getattr(models, name).from_dict(junk)


@by_object
def test_a_value_of_the_wrong_shape_is_an_error_that_names_the_field(name: str) -> None:
    """An object in place of a text, number, flag or list is refused, and a text in place of an object."""
    for key, schema in Field(SCHEMAS[name]).properties.items():
        wrong: Any = "text" if "object" in Field(schema).types else {"a": "b"}
        with pytest.raises(WireError) as error:
            _tried(name, key, wrong)
        assert error.value.path == (key,)


def _tried(name: str, key: str, value: object) -> dict[str, Any]:
    """The JSON of the smallest model with this value: parsed if possible, otherwise assigned."""
    if name in READ:
        return dict(getattr(models, name).from_dict({**_smallest(name), key: value}).to_dict())
    model = model_of(name, _smallest(name))
    setattr(model, key, value)
    return dict(model.to_dict())


def _smallest(name: str) -> dict[str, Any]:
    """The smallest JSON that a component accepts."""
    field = Field(SCHEMAS[name])
    return {key: _least(field.properties[key]) for key in field.required}


LEAST: Final = {
    "date-pt": "21/11/2026",
    "date-iso": "2026-11-21",
    "datetime-pt": "21/11/2026 09:30:00",
}


def _least(schema: Any) -> Any:
    field = Field(schema)
    if "enum" in field.schema:
        return field.schema["enum"][0]
    if "array" in field.types:
        fewest = field.schema.get("minItems", 0)
        return [_least(field.schema["items"])] * fewest if fewest else []
    if "object" in field.types:
        return {key: _least(field.properties[key]) for key in field.required}
    if field.format in LEAST:
        return LEAST[field.format]
    return False if "boolean" in field.types else "1"


# --- secrets --------------------------------------------------------------------------------------

SECRETS: Final = {
    (name, key)
    for name in CLASSES
    for key, schema in Field(SCHEMAS[name]).properties.items()
    if schema.get("x-secret")
}


CHOICES: Final = [
    (name, key)
    for name in sorted(sent_names())
    if name in CLASSES and name not in ENVELOPES
    for key, schema in Field(SCHEMAS[name]).properties.items()
    if "enum" in Field(schema).schema and not Field(schema).format
]


@pytest.mark.parametrize(("name", "key"), CHOICES)
def test_a_choice_that_the_contract_does_not_know_is_not_sent(name: str, key: str) -> None:
    with pytest.raises(WireError, match=f"^{key}: expected one of .*; got 'new-one'"):
        _tried(name, key, "new-one")


def test_the_choices_are_found() -> None:
    assert {("PartialPayment", "payment_mechanism"), ("TreasuryMovementWrite", "movement_type")} <= {*CHOICES}


@pytest.mark.parametrize(("name", "key"), sorted(SECRETS))
def test_a_secret_is_read_and_not_shown(name: str, key: str) -> None:
    least = {} if name in ENVELOPES else _smallest(name)
    model = model_of(name, {**least, key: "0a1b2c3d"})
    assert model.to_dict()[key] == "0a1b2c3d"
    assert "0a1b2c3d" not in repr(model)
    other = model_of(name, {**least, key: "x", "x_new": "0a1b2c3d"})
    assert "0a1b2c3d" in repr(other), "an empty repr would hide secrets too"


def test_these_are_secret() -> None:
    """The marks keep links and passwords out of logs, so a missing one must fail a test."""
    assert {key for _, key in SECRETS} == {
        "permalink",
        "open_account_link",
        "pdfUrl",
        "url",
        "Url",
        "api_key",
        "password",
        "password_confirmation",
        "at_password",
    }
    documents = {name for name, key in SECRETS if key == "permalink"}
    assert documents == {"Document", "Invoice", "Estimate", "Guide", "PurchaseOrder"}
    passwords = {name for name, key in SECRETS if key.endswith("password")}
    assert passwords == {"AccountCreate", "AccountUpdate", "AccountCredentials", "AtCommunication"}
    assert {name for name, key in SECRETS if key.lower() == "url"} == {"QrCode", "SaftResponse"}


# --- the examples of the documentation ------------------------------------------------------------


def _bodies() -> list[Any]:
    """Schema and body of every request and answer example of the operations."""
    operations = {
        operation["operationId"]: operation
        for item in CONTRACT["paths"].values()
        for operation in item.values()
    }
    found: list[Any] = []
    for example in read_examples():
        operation = operations[example.operation]
        status = example.response.status if example.response else 200
        if example.response and example.response.body is not None and status < 300:
            content = operation["responses"][str(status)]["content"]
            found.append((f"{example.name} answer", content, example.response.body))
        if example.request and example.request.body is not None and status < 400:
            found.append(
                (f"{example.name} request", operation["requestBody"]["content"], example.request.body)
            )
    return [(name, content["application/json"]["schema"], body) for name, content, body in found]


@folded("name, schema, body", _bodies(), ids=lambda row: row[0])
def test_each_example_survives_a_round_trip(name: str, schema: dict[str, str], body: Any) -> None:
    exact = loads(json.dumps(body))
    name = schema["$ref"].rpartition("/")[2]
    model = model_of(name, exact)
    assert typed(model.to_dict()) == typed(normalised(schema, exact))
    assert model_of(name, loads(dumps(model.to_dict()))) == model


def test_the_laws_were_tried_on_every_kind_of_value() -> None:
    """Proves that the generated values are not all of one kind."""
    schema = {"type": ["string", "number", "null"], "format": "decimal-string"}
    seen: set[str] = set()

    @settings(max_examples=200, database=None, derandomize=True)
    @given(values(schema))
    def look(value: object) -> None:
        seen.add(type(value).__name__ if value != "" else "empty")

    look()
    assert seen == {"NoneType", "empty", "str", "int", "Decimal"}
