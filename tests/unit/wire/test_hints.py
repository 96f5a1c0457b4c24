"""Errors about a value show the value to write instead."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress import Client, InvoiceXpress, Tax
from invoicexpress.errors import InputError
from invoicexpress.quirks.document_filters import DocumentFilters, GuideFilters
from invoicexpress_generated import models
from invoicexpress_wire import (
    WireError,
    did_you_mean,
    format_choice,
    format_date,
    format_datetime,
    format_decimal_string,
    format_iso_date,
    other_words,
)

from tests.unit.conftest import KEY, Service, as_read, client_json, tax_json

DAY = datetime.date(2026, 11, 29)
LINE: dict[str, Any] = {"name": "Caneca", "unit_price": Decimal(8), "quantity": Decimal(1)}
FIELDS: dict[str, Any] = {"date": datetime.date(2026, 11, 29), "client": {"name": "Ana"}, "items": [LINE]}


def refusal(**changes: Any) -> str:
    """The message for an invoice with these fields. Nothing is sent."""
    service = Service()
    with InvoiceXpress("acme", KEY, transport=service.transport) as ix, pytest.raises(InputError) as error:
        ix.invoices.create(**{**FIELDS, **changes})
    assert service.requests == []
    return str(error.value)


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"items": [{**LINE, "tax": "IVA23"}]}, '; use {"name": "IVA23"}'),
        ({"items": [{**LINE, "tax": Tax.from_dict(as_read(tax_json()))}]}, '; use {"name": "IVA23"}'),
        ({"client": "Ana"}, '; use {"name": "Ana"}'),
        ({"client": Client.from_dict(as_read(client_json()))}, '; use {"name": "Ana", "code": "A1"}'),
        ({"items": LINE}, "; put the one entry into a list: [{...}]"),
        ({"date": "2026-11-29"}, "; use date(2026, 11, 29), or lisbon.today()"),
        ({"date": "29/11/2026"}, "; use date(2026, 11, 29), or lisbon.today()"),
        ({"date": "29-11-2026"}, "; use date(2026, 11, 29), or lisbon.today()"),
        ({"date": "11/29/2026"}, "; use date(2026, 11, 29), or lisbon.today()"),
        ({"date": "2026-29-11"}, "; use date(2026, 11, 29), or lisbon.today()"),
        ({"date": "2026/11/29"}, "; use date(2026, 11, 29), or lisbon.today()"),
        ({"date": "29/13/2026"}, "; use date(YEAR, MONTH, DAY), or lisbon.today()"),
        ({"date": "05/06/2026"}, "; use date(2026, 6, 5), or lisbon.today()"),
        ({"date": "tomorrow"}, "; use date(YEAR, MONTH, DAY), or lisbon.today()"),
        ({"items": [{**LINE, "unit_price": 9.99}]}, '; use Decimal("9.99")'),
        ({"items": [{**LINE, "unit_price": "9,99"}]}, '; use Decimal("9.99")'),
        ({"items": [{**LINE, "unit_price": "9,99 €"}]}, '; use Decimal("9.99")'),
        ({"items": [{**LINE, "unit_price": "1.234,56"}]}, '; use Decimal("1234.56")'),
        ({"items": [{**LINE, "unit_price": "1,234.56"}]}, '; use Decimal("1234.56")'),
        ({"items": [{**LINE, "unit_price": "1,234"}]}, "expected a decimal.Decimal, got str '1,234'"),
        ({"items": [{**LINE, "unit_price": "nan"}]}, "expected a decimal.Decimal, got str 'nan'"),
        ({"items": [{**LINE, "quantity": "2"}]}, '; use Decimal("2")'),
        ({"items": [{**LINE, "discount": "10%"}]}, '; use Decimal("10")'),
        ({"client": {"name": "Ana", "fiscal_id": 599999993}}, '; use "599999993"'),
        ({"owner_invoice_id": "5"}, "; use 5"),
    ],
)
def test_a_slip_is_answered_with_the_value_to_write(changes: dict[str, Any], end: str) -> None:
    assert refusal(**changes).endswith(end)


def test_an_unknown_field_is_answered_with_its_nearest_name() -> None:
    line = {"name": "Caneca", "unitprice": Decimal(8), "quantity": Decimal(1)}
    said = refusal(items=[line])
    assert said.startswith("invoice.items[0].unitprice: ")
    assert "; did you mean 'unit_price'? Known are " in said


@pytest.mark.parametrize("name", ["unitPrice", "unit-price", "UNIT_PRICE", "unit_prize", "unitprice"])
def test_spelling_counts_for_little(name: str) -> None:
    assert did_you_mean(name, {"unit_price", "quantity"}) == "; did you mean 'unit_price'?"


def test_a_far_name_gets_no_guess() -> None:
    assert did_you_mean("colour", {"unit_price", "quantity"}) == ""


@pytest.mark.parametrize(
    ("changes", "path", "meant"),
    [
        ({"client": {"name": "Ana", "nif": "508025338"}}, "invoice.client.nif", "fiscal_id"),
        (
            {"client": {"name": "Ana", "contribuinte": "508025338"}},
            "invoice.client.contribuinte",
            "fiscal_id",
        ),
        ({"client": {"nome": "Ana"}}, "invoice.client.nome", "name"),
        ({"client": {"name": "Ana", "morada": "Rua A"}}, "invoice.client.morada", "address"),
        ({"client": {"name": "Ana", "cidade": "Faro"}}, "invoice.client.cidade", "city"),
        ({"client": {"name": "Ana", "Código Postal": "1"}}, "invoice.client.Código Postal", "postal_code"),
        ({"cliente": {"name": "Ana"}}, "invoice.cliente", "client"),
        ({"data": DAY}, "invoice.data", "date"),
        ({"vencimento": DAY}, "invoice.vencimento", "due_date"),
        ({"observações": "x"}, "invoice.observações", "observations"),
        ({"linhas": []}, "invoice.linhas", "items"),
        ({"artigos": []}, "invoice.artigos", "items"),
        ({"desconto": Decimal(1)}, "invoice.desconto", "global_discount"),
        ({"items": [{**LINE, "preço": Decimal(1)}]}, "invoice.items[0].preço", "unit_price"),
        ({"items": [LINE, {**LINE, "quantidade": 1}]}, "invoice.items[1].quantidade", "quantity"),
        ({"items": [{**LINE, "iva": 23}]}, "invoice.items[0].iva", "tax"),
        ({"items": [{**LINE, "desconto": 1}]}, "invoice.items[0].desconto", "discount"),
        ({"items": [{**LINE, "tax": {"nome": "IVA23"}}]}, "invoice.items[0].tax.nome", "name"),
    ],
)
def test_a_portuguese_word_for_a_field_gets_its_name(changes: dict[str, Any], path: str, meant: str) -> None:
    assert refusal(**changes).startswith(f"{path}: unknown field; did you mean {meant!r}? Known are ")


@pytest.mark.parametrize(
    ("filters", "meant"),
    [("from_date", "date_from"), ("data_fim", "date_to"), ("estado", "status"), ("refrence", "reference")],
)
def test_another_word_for_a_filter_gets_its_name(filters: str, meant: str) -> None:
    service = Service()
    given: Any = {filters: DAY}
    with InvoiceXpress("acme", KEY, transport=service.transport) as ix, pytest.raises(InputError) as error:
        list(ix.invoices.list(**given))
    assert str(error.value).startswith(f"{filters}: unknown filter; did you mean {meant!r}?")


def test_other_words_stand_for_names_that_exist() -> None:
    found = [getattr(models, name) for name in models.__all__]
    written = [each for each in found if isinstance(each, type) and attrs.has(each)]
    fields = {field.name for model in written for field in attrs.fields(model)}
    filters = {*DocumentFilters.__annotations__, *GuideFilters.__annotations__, "types"}
    assert set(other_words.FIELDS) <= fields | filters


def test_a_choice_that_is_nearly_right() -> None:
    with pytest.raises(WireError, match="got 'Draft'; did you mean 'draft'"):
        format_choice(frozenset({"draft", "final"}), "Draft")


def test_an_unknown_filter_and_a_number_for_a_serie() -> None:
    service = Service()
    with InvoiceXpress("acme", KEY, transport=service.transport) as ix:
        wrong: dict[str, Any] = {"datefrom": datetime.date(2026, 1, 1)}
        with pytest.raises(InputError, match="did you mean 'date_from'"):
            ix.invoices.list(**wrong).to_list()
        wrong = {**FIELDS, "sequence": 7}
        with pytest.raises(InputError, match="use sequence_id=7"):
            ix.invoices.create(**wrong)
    assert service.requests == []


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_the_decimal_in_a_hint_is_the_one_that_the_float_shows(value: float) -> None:
    with pytest.raises(WireError) as error:
        format_decimal_string(value)
    shown = error.value.reason.partition('use Decimal("')[2].removesuffix('")')
    assert Decimal(shown) == Decimal(repr(value))


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_the_date_in_a_hint_is_the_one_in_the_text(day: datetime.date) -> None:
    for text in (day.isoformat(), f"{day.isoformat()}T09:30:00", f"{day:%d/%m/%Y}"):
        for write in (format_date, format_iso_date):
            with pytest.raises(WireError) as error:
                write(text)
            assert f"use date({day.year}, {day.month}, {day.day})," in error.value.reason


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (datetime.datetime(2026, 11, 29, 9, 30, tzinfo=datetime.UTC), "replace(tzinfo=None)"),
        (datetime.date(2026, 11, 29), "use datetime(2026, 11, 29, HOUR, MINUTE)"),
        ("29/11/2026 09:30:00", "use datetime(2026, 11, 29, HOUR, MINUTE)"),
    ],
)
def test_a_time_of_another_kind(value: object, hint: str) -> None:
    with pytest.raises(WireError) as error:
        format_datetime(value)
    assert error.value.reason.endswith(hint)


def test_a_datetime_is_no_date() -> None:
    with pytest.raises(WireError, match="use its date"):
        format_date(datetime.datetime(2026, 11, 29, 9, 30))  # noqa: DTZ001 the case under test
