"""Invalid input never reaches the wire: either client refuses it and names the field."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import InputError

from tests.unit.conftest import Run, Service

DAY = datetime.date(2026, 11, 21)
LINE: dict[str, Any] = {"name": "Café", "unit_price": Decimal("1.50"), "quantity": Decimal(2)}
FIELDS: dict[str, Any] = {"date": DAY, "client": {"name": "Ana"}, "items": [LINE]}


def item(**changes: Any) -> dict[str, Any]:
    """Fields of a document with a bad line."""
    changed = {key: value for key, value in {**LINE, **changes}.items() if value is not None}
    return {**FIELDS, "items": [LINE, changed]}


def creating(**changes: Any) -> Callable[[Any], Any]:
    return lambda ix: ix.invoices.create(**{**FIELDS, **changes})


NOON = datetime.datetime(2026, 11, 21, 12)  # noqa: DTZ001 a mistake that a caller makes
BAD_INPUT: list[tuple[Callable[[Any], Any], str]] = [
    (creating(date="21/11/2026"), "date"),
    (creating(date="2026-11-21"), "date"),
    (creating(date=NOON), "date"),
    (creating(date=None), "date"),
    (creating(due_date=DAY - datetime.timedelta(days=1)), "due_date"),
    (creating(due_date="01/12/2026"), "due_date"),
    (creating(**item(unit_price=1.5)), "items[1].unit_price"),
    (creating(**item(unit_price="1.50")), "items[1].unit_price"),
    (creating(**item(unit_price=Decimal(-1))), "items[1].unit_price"),
    (creating(**item(quantity=Decimal("NaN"))), "items[1].quantity"),
    (creating(**item(quantity=None)), "items[1].quantity"),
    (creating(**item(name=None)), "items[1].name"),
    (creating(**item(name=" ")), "items[1].name"),
    (creating(**item(colour="red")), "items[1].colour"),
    (creating(**item(discount=Decimal(101))), "items[1].discount"),
    (creating(**item(tax="IVA23")), "items[1].tax"),
    (creating(items=[]), "items"),
    (creating(items=None), "items"),
    (creating(items="Café"), "items"),
    (creating(items=LINE), "items"),
    (creating(colour="red"), "colour"),
    (creating(client=None), "client"),
    (creating(client="Ana"), "client"),
    (creating(client={"code": "A1"}), "client.name"),
    (creating(proprietary_uid=""), "proprietary_uid"),
    (creating(proprietary_uid=5), "proprietary_uid"),
    (lambda ix: ix.invoices.update(7, **{**FIELDS, "items": []}), "items"),
    (lambda ix: ix.invoices.update(7, date=DAY, items=[LINE]), "client"),
    (lambda ix: ix.invoices.update(0, **FIELDS), "document"),
    (lambda ix: ix.quotes.create(date=DAY, items=[LINE]), "quote.client"),
    (lambda ix: ix.invoices.get(0), "document"),
    (lambda ix: ix.invoices.get(-7), "document"),
    (lambda ix: ix.invoices.get(True), "document"),
    (lambda ix: ix.invoices.pdf(0), "document"),
    (lambda ix: ix.invoices.pdf(7, second_copy="yes"), "second_copy"),
    (lambda ix: ix.invoices.cancel(7, ""), "message"),
    (lambda ix: ix.invoices.cancel(7, " \n"), "message"),
    (lambda ix: ix.receipts.cancel(7, " "), "message"),
    (lambda ix: ix.invoices.finalize(7, expect_total=30.0), "expect_total"),
    (lambda ix: ix.invoices.finalize(7, expect_total="30"), "expect_total"),
    (lambda ix: ix.invoices.finalize(7, expect_total=Decimal("NaN")), "expect_total"),
    (lambda ix: ix.invoices.pay(7, amount=Decimal(-1)), "partial_payment.amount"),
    (lambda ix: ix.invoices.pay(7, amount=Decimal(0)), "partial_payment.amount"),
    (lambda ix: ix.invoices.pay(7, amount=5.5), "partial_payment.amount"),
    (lambda ix: ix.invoices.pay(7), "partial_payment.amount"),
    (lambda ix: ix.invoices.pay(7, amount=Decimal(1), payment_date="today"), "partial_payment.payment_date"),
    (lambda ix: ix.invoices.email(7, None), "message.client.email"),
    (lambda ix: ix.invoices.email(7, "ana@example.com", save="1"), "message.client.save"),
    (lambda ix: ix.invoices.list(status="final"), "status"),
    (lambda ix: ix.invoices.list(date_from="21/11/2026"), "date_from"),
    (lambda ix: ix.invoices.list(date_to=NOON), "date_to"),
    (lambda ix: ix.invoices.list(total_before_taxes_from=1.5), "total_before_taxes_from"),
    (lambda ix: ix.invoices.list(per_page="100"), "per_page"),
    (lambda ix: ix.clients.invoices(3, status="final"), "filter.status"),
    (lambda ix: ix.clients.invoices(3, types="Invoice"), "filter.by_type"),
    (lambda ix: ix.clients.invoices(0), "client"),
    (lambda ix: ix.clients.create(code="A1"), "client.name"),
    (lambda ix: ix.clients.create(name=""), "client.name"),
    (lambda ix: ix.clients.create(name="x" * 101), "client.name"),
    (lambda ix: ix.taxes.create(name="IVA23", value=23.0, region="PT"), "tax.value"),
    (lambda ix: ix.taxes.create(name="IVA23", value=Decimal(23)), "tax.region"),
    (lambda ix: ix.taxes.delete(0), "tax"),
    (lambda ix: ix.items.create(name="Café", unit_price="1.50"), "item.unit_price"),
    (lambda ix: ix.items.get(0), "item"),
    (lambda ix: ix.sequences.create(serie=2026), "sequence.serie"),
    (lambda ix: ix.sequences.register(0), "sequence"),
]


@pytest.mark.parametrize(
    ("call", "field"), BAD_INPUT, ids=[f"{n}-{row[1]}" for n, row in enumerate(BAD_INPUT)]
)
def test_what_cannot_be_right_is_named_and_not_sent(
    service: Service, run: Run, call: Callable[[Any], Any], field: str
) -> None:
    with pytest.raises(InputError) as caught:
        run(service, call)
    assert caught.value.field.removeprefix("invoice.") == field
    assert str(caught.value).startswith(f"{caught.value.field}: ")
    assert service.requests == []


@pytest.mark.parametrize("changes", [{"colour": "red"}, {"date": None}, {"items": [{"name": "Café"}]}])
def test_every_field_is_named_from_the_root(service: Service, run: Run, changes: dict[str, Any]) -> None:
    """As promised in the docstring of InputError: `invoice.items[2].quantity`."""
    with pytest.raises(InputError, match=r"^invoice\."):
        run(service, creating(**changes))


def getting(namespace: str, identity: Any) -> Callable[[Any], Any]:
    return lambda ix: getattr(ix, namespace).get(identity)


@pytest.mark.parametrize("namespace", ["invoices", "quotes", "clients", "items", "taxes", "sequences"])
def test_what_is_no_id_is_named_and_not_sent(service: Service, run: Run, namespace: str) -> None:
    for wrong in ("abc", "7", None, 7.0, object()):
        with pytest.raises(InputError, match="or its id as an int"):
            run(service, getting(namespace, wrong))
    assert service.requests == []


@pytest.mark.parametrize("wrong", [5, ["wrong client"]])
def test_a_reason_that_is_no_text_is_named_and_not_sent(service: Service, run: Run, wrong: Any) -> None:
    with pytest.raises(InputError, match="message"):
        run(service, lambda ix: ix.invoices.cancel(7, wrong))


def test_a_cancellation_without_a_reason_is_not_sent(service: Service, run: Run) -> None:
    with pytest.raises(InputError, match="message"):
        run(service, lambda ix: ix.invoices.cancel(7, None))


@pytest.mark.parametrize("method", ["find_by_name", "find_by_code"])
def test_a_search_for_nothing_is_not_sent(service: Service, run: Run, method: str) -> None:
    """Without its parameter, the service would search for something else."""
    with pytest.raises(InputError, match="client_"):
        run(service, lambda ix: getattr(ix.clients, method)(None))


@pytest.mark.parametrize("per_page", [0, -1])
def test_a_page_of_nothing_is_not_asked_for(service: Service, run: Run, per_page: int) -> None:
    with pytest.raises(InputError, match="per_page: expected at least 1"):
        run(service, lambda ix: ix.invoices.list(per_page=per_page).first())


def test_no_status_is_not_every_status(service: Service, run: Run) -> None:
    """An empty list built by a program must not select every status."""
    with pytest.raises(InputError, match="status: expected one value or more"):
        run(service, lambda ix: ix.invoices.list(status=[]).first())
