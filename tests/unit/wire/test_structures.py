"""Arrays, objects, models, and errors that name the faulty place."""

from __future__ import annotations

import copy
import datetime
import pickle
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_generated.models.document_create_request import DocumentCreateRequest
from invoicexpress_generated.models.document_envelope import DocumentEnvelope
from invoicexpress_generated.models.invoice_write import InvoiceWrite
from invoicexpress_generated.models.tax_reference import TaxReference
from invoicexpress_wire import (
    WireError,
    constrained,
    format_array,
    format_each,
    format_integer,
    format_model,
    is_array,
    is_object,
    parse_array,
    parse_each,
    parse_integer,
    parse_object,
    with_entries,
)

from tests.unit.conftest import document_json

JUNK = [None, True, 1, "text", Decimal(1)]


@pytest.mark.parametrize("value", [*JUNK, []])
def test_only_an_object_is_an_object(value: object) -> None:
    assert not is_object(value)
    with pytest.raises(WireError, match="expected an object"):
        parse_object(value)


@pytest.mark.parametrize("value", [*JUNK, {}])
def test_only_an_array_is_an_array(value: object) -> None:
    assert not is_array(value)
    with pytest.raises(WireError, match="expected an array"):
        parse_array(value)
    with pytest.raises(WireError, match="expected an array"):
        parse_each(parse_integer, value)


@pytest.mark.parametrize("value", [*JUNK, {}, {1}])
@pytest.mark.parametrize("format_value", [format_array, partial(format_each, format_integer)])
def test_only_a_list_is_written_as_an_array(format_value: Callable[[object], object], value: object) -> None:
    """A text is refused too: `status="final"` would be sent as five letters."""
    with pytest.raises(WireError, match="expected a list") as caught:
        format_value(value)
    assert caught.value.path == ()


def test_an_array_that_is_read_or_written_is_a_new_list() -> None:
    source = [1, 2]
    assert parse_array(source) == source == format_array(source)
    assert parse_array(source) is not source
    assert format_array(source) is not source


@given(st.lists(st.integers(0, 9), max_size=8), st.lists(st.integers(0, 9), max_size=8))
def test_the_first_entry_that_is_wrong_is_named_by_its_place(before: list[int], after: list[int]) -> None:
    for wrong in (
        lambda: parse_each(parse_integer, [*before, "x", *after]),
        lambda: format_each(format_integer, [*before, "x", *after]),
    ):
        with pytest.raises(WireError) as caught:
            wrong()
        assert caught.value.path == (len(before),)


path_keys = st.text("abcdefgh_", min_size=1) | st.integers(0, 99)


@given(st.lists(path_keys, max_size=5))
def test_a_path_grows_from_the_inside_out(keys: list[str | int]) -> None:
    error = WireError("wrong")
    for key in reversed(keys):
        error = error.inside(key)
    assert error.path == tuple(keys)
    assert error.reason == "wrong"


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ((), ""),
        (("items",), "items"),
        (("items", 2, "quantity"), "items[2].quantity"),
        ((3,), "[3]"),
        (("invoice", "client", "preferred_contact", "email"), "invoice.client.preferred_contact.email"),
        (("a", 0, 1), "a[0][1]"),
    ],
)
def test_a_path_reads_as_the_json_has_it(path: tuple[str | int, ...], field: str) -> None:
    error = WireError("wrong", path)
    assert error.field == field
    assert str(error) == (f"{field}: wrong" if field else "wrong")


def test_a_wire_error_is_a_value_error_that_pickles_and_copies() -> None:
    error = WireError("wrong", ("items", 2))
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):  # noqa: S301 our own pickle
        assert type(twin) is WireError
        assert (twin.reason, twin.path, str(twin)) == (error.reason, error.path, str(error))
    assert isinstance(error, ValueError)


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(WireError) as caught:
        parse_integer("x" * 10_000)
    assert len(str(caught.value)) < 200
    assert "characters" in str(caught.value)


def test_only_a_model_of_its_class_is_written() -> None:
    assert format_model(TaxReference, TaxReference("IVA23")) == {"name": "IVA23"}
    for wrong in ({"name": "IVA23"}, "IVA23", None, DocumentCreateRequest("invoice", make())):
        with pytest.raises(WireError, match="expected TaxReference"):
            format_model(TaxReference, wrong)


def make(**changes: Any) -> InvoiceWrite:
    """An invoice built by a caller, with changes that the types forbid."""
    item: dict[str, Any] = {"name": "Café", "unit_price": Decimal(1), "quantity": Decimal(2)}
    fields: dict[str, Any] = {
        "date": datetime.date(2026, 11, 21),
        "items": [item, dict(item), dict(item)],
        **changes,
    }
    return InvoiceWrite.of(**fields)


def broken_items(**changes: Any) -> list[dict[str, Any]]:
    item: dict[str, Any] = {"name": "Café", "unit_price": Decimal(1), "quantity": Decimal(2)}
    return [dict(item), dict(item), {**item, **changes}]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"date": "21/11/2026"}, "invoice.date"),
        ({"due_date": 5}, "invoice.due_date"),
        ({"items": broken_items(quantity=1.5)}, "invoice.items[2].quantity"),
        ({"items": broken_items(unit_price="1")}, "invoice.items[2].unit_price"),
        ({"items": broken_items(tax={"name": 23})}, "invoice.items[2].tax.name"),
        ({"items": broken_items(tax="IVA23")}, "invoice.items[2].tax"),
        ({"client": {"name": "Ana", "code": 7}}, "invoice.client.code"),
        ({"client": "Ana"}, "invoice.client"),
        ({"retention": 11.5}, "invoice.retention"),
        ({"mb_reference": "1"}, "invoice.mb_reference"),
        ({"sequence_id": True}, "invoice.sequence_id"),
    ],
)
def test_a_value_that_cannot_be_written_is_named_as_the_json_has_it(
    changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(WireError) as caught:
        DocumentCreateRequest("invoice", make(**changes)).to_dict()
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"items": broken_items(colour="red")}, "items[2].colour"),
        ({"items": [{"name": "Café"}]}, "items[0].quantity"),
        ({"items": [{"name": "Café", "quantity": Decimal(1)}]}, "items[0].unit_price"),
        ({"items": "Café"}, "items"),
        ({"items": {"name": "Café"}}, "items"),
        ({"client": {"code": "A1"}}, "client.name"),
        ({"colour": "red"}, "colour"),
        ({"date": None}, "date"),
    ],
)
def test_a_field_that_is_missing_or_unknown_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(WireError) as caught:
        make(**changes)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": "seven"}, "invoice.id"),
        ({"date": "2026-11-21"}, "invoice.date"),
        ({"client": []}, "invoice.client"),
        ({"items": [{"name": "Café", "unit_price": "1", "quantity": "many"}]}, "invoice.items[0].quantity"),
        ({"items": {}}, "invoice.items"),
        ({"total": ""}, "invoice.total"),
        ({"total": None}, "invoice.total"),
    ],
)
def test_an_answer_that_cannot_be_read_is_named_as_the_json_has_it(
    changes: dict[str, Any], field: str
) -> None:
    body = document_json(
        sum=10, discount=0, before_taxes=10, taxes=2, **{"total": 12, "items": [], **changes}
    )
    with pytest.raises(WireError) as caught:
        DocumentEnvelope.from_dict({"invoice": body})
    assert caught.value.field == field


def test_a_missing_field_of_an_answer_is_named() -> None:
    body = document_json(sum=10, discount=0, before_taxes=10, taxes=2, total=12, items=[])
    del body["total"]
    with pytest.raises(WireError, match="Invoice lacks this field") as caught:
        DocumentEnvelope.from_dict({"invoice": body})
    assert caught.value.field == "invoice.total"


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_a_blank_text_is_shorter_than_one_character(text: str) -> None:
    with pytest.raises(WireError, match="expected a text"):
        constrained(text, min_length=1)


def test_the_longest_text_that_is_allowed_passes_and_the_next_does_not() -> None:
    assert constrained("x" * 100, min_length=1, max_length=100) == "x" * 100
    with pytest.raises(WireError, match="at most 100"):
        constrained("x" * 101, max_length=100)


@pytest.mark.parametrize("value", ["0", "99.99", Decimal("99.99"), 0])
def test_limits_are_allowed_themselves(value: Any) -> None:
    assert constrained(value, minimum="0", maximum="99.99") == value


@pytest.mark.parametrize("value", ["-0.0001", "99.990000000000000001", Decimal("100"), -1])
def test_limits_are_exact(value: Any) -> None:
    """Comparing floats would let 99.990000000000000001 through."""
    with pytest.raises(WireError, match=r"expected at (least|most)"):
        constrained(value, minimum="0", maximum="99.99")


@pytest.mark.parametrize("code", ["M01", "M99"])
def test_an_exemption_code_passes(code: str) -> None:
    assert constrained(code, pattern=r"^M\d{2}$") == code


@pytest.mark.parametrize("code", ["", "m01", "M1", "M001", "xM01", "M01 "])
def test_what_is_not_an_exemption_code_does_not(code: str) -> None:
    with pytest.raises(WireError, match="matches"):
        constrained(code, pattern=r"^M\d{2}$")


@pytest.mark.parametrize("code", ["M01\n", "M٠١"])
def test_a_pattern_of_the_contract_means_what_json_schema_means(code: str) -> None:
    """In JSON Schema `$` is the end of the text, not of a line, and `\\d` is 0 to 9."""
    with pytest.raises(WireError, match="matches"):
        constrained(code, pattern=r"^M\d{2}$")


def test_a_list_that_is_too_short_is_refused() -> None:
    assert with_entries([1], min_items=1) == [1]
    with pytest.raises(WireError, match="at least 1 entry, got 0"):
        with_entries([], min_items=1)
    with pytest.raises(WireError, match="at least 2 entries, got 1"):
        with_entries([1], min_items=2)
