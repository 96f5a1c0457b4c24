"""Both clients report breaches of the law that the emulator lets through."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest
from invoicexpress import (
    AsyncInvoiceXpress,
    Checks,
    DocumentInUseError,
    InvoiceXpress,
    SilentChangeError,
    SilentChangeWarning,
    ValidationError,
    lisbon,
)

from .both_clients import AnyClient, got
from .conftest import Account
from .validating_transport import AsyncValidatingTransport, ValidatingTransport, Witness

pytestmark = pytest.mark.anyio

TODAY: Final = lisbon.today()


def line(price: str, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Caderno",
        "unit_price": Decimal(price),
        "quantity": Decimal(1),
        "tax": {"name": "IVA23"},
        **changes,
    }


def document(price: str = "100", **changes: Any) -> dict[str, Any]:
    return {
        "date": TODAY,
        "due_date": TODAY,
        "client": {"name": "Ana Sousa", "code": "A1"},
        "items": [line(price)],
        **changes,
    }


@pytest.fixture(params=["sync", "async"])
async def strict(
    request: pytest.FixtureRequest, account: Account, witness: Witness, anyio_backend: str
) -> AsyncIterator[AnyClient]:
    """Each client in turn, in a fresh account, with every check raising."""
    settings: dict[str, Any] = {"base_url": account.base_url, "checks": Checks.each("raise")}
    if request.param == "sync":
        transport = ValidatingTransport(witness)
        with InvoiceXpress(account.name, account.api_key, transport=transport, **settings) as client:
            yield client
    else:
        slow = AsyncValidatingTransport(witness)
        async with AsyncInvoiceXpress(account.name, account.api_key, transport=slow, **settings) as client:
            yield client


# Simplified invoices.


async def test_a_simplified_invoice_above_the_limit_is_warned_about(ix: AnyClient) -> None:
    with pytest.warns(SilentChangeWarning, match=r"1000\.00 EUR at most") as caught:
        draft = await got(ix.simplified_invoices.create(**document("813.02")))
    assert [warning.message.change.kind for warning in caught] == ["simplified_limit"]  # type: ignore[union-attr] # ours
    assert draft.total == Decimal("1000.01")
    # The service is not known to refuse it.
    assert (await got(ix.simplified_invoices.finalize(draft))).status == "final"


async def test_a_simplified_invoice_within_the_limits_is_not(strict: AnyClient) -> None:
    assert (await got(strict.simplified_invoices.create(**document("813.00")))).total == Decimal("999.99")
    hour = line("81.30", name="Hora", unit="hour")
    assert (await got(strict.simplified_invoices.create(**document(items=[hour])))).total == Decimal("100.00")


async def test_a_simplified_invoice_over_services_has_another_limit(strict: AnyClient) -> None:
    with pytest.raises(SilentChangeError, match=r"for services \(Hora\) has 100\.00 EUR") as caught:
        await got(
            strict.simplified_invoices.create(**document(items=[line("81.31", name="Hora", unit="hour")]))
        )
    assert caught.value.document is not None
    assert caught.value.document.status == "draft"


async def test_a_company_gets_no_large_simplified_invoice(strict: AnyClient) -> None:
    company = {"name": "Papelaria Lda", "code": "P1", "fiscal_id": "501413197"}
    with pytest.raises(SilentChangeError, match="an organization"):
        await got(strict.simplified_invoices.create(**document(client=company)))


# Dates.


async def test_a_rate_that_has_ended_is_found_on_its_day(strict: AnyClient, account: Account) -> None:
    for name, rate in (("Madeira 5", 5), ("Madeira 4", 4)):
        await got(strict.taxes.create(name=name, value=Decimal(rate), region="PT-MA", code="RED"))
    old, new = ([line("10", name=name, tax={"name": name})] for name in ("Madeira 5", "Madeira 4"))
    for day, right, wrong in ((dt.date(2024, 9, 30), old, new), (dt.date(2024, 10, 1), new, old)):
        sent = {"account": account.name, "set": f"{day}T10:00:00"}
        assert httpx.post(f"{account.base_url}/_emulator/clock", json=sent).is_success
        dates: dict[str, Any] = {"date": day, "due_date": day}
        await got(strict.invoices.create(**document(items=right, **dates)))
        with pytest.raises(SilentChangeError, match="its reduced rate is") as caught:
            await got(strict.invoices.create(**document(items=wrong, **dates)))
        assert [change.kind for change in caught.value.changes] == ["tax_outdated"]
        assert caught.value.document is None


async def test_an_exemption_that_has_not_begun_is_found(strict: AnyClient) -> None:
    exempt = [line("10", tax={"name": "Isento"})]
    eve = dt.date(2026, 6, 30)
    with pytest.raises(SilentChangeError, match="M35 is valid from 2026-07-01 on"):
        await got(
            strict.invoices.create(**document(items=exempt, tax_exemption="M35", date=eve, due_date=eve))
        )
    assert (await got(strict.invoices.create(**document(items=exempt, tax_exemption="M35")))).id


# Credit notes and cancellations.


async def test_a_note_is_never_above_what_is_left_of_its_owner(strict: AnyClient) -> None:
    invoice = await got(strict.invoices.finalize(await got(strict.invoices.create(**document()))))
    assert await got(strict.credit_notes.left_to_credit(invoice)) == Decimal("123.00")
    part = await got(
        strict.credit_notes.create(
            **document("40", owner_invoice_id=invoice.id, items=[line("100", discount=Decimal(60))])
        )
    )
    assert await got(strict.credit_notes.left_to_credit(invoice)) == Decimal("123.00"), (
        "a draft does not count yet"
    )
    part = await got(strict.credit_notes.finalize(part))
    assert await got(strict.credit_notes.left_to_credit(invoice)) == Decimal("73.80")
    with pytest.raises(
        SilentChangeError, match=r"total is 123\.00 EUR, but only 73\.80 EUR of 123\.00 EUR is left"
    ) as caught:
        await got(strict.credit_notes.create(**document(owner_invoice_id=invoice.id)))
    draft: Any = caught.value.document
    with pytest.raises(ValidationError):
        await got(strict.credit_notes.finalize(draft.id))
    await got(strict.credit_notes.cancel(part, "Engano"))
    assert await got(strict.credit_notes.left_to_credit(invoice)) == Decimal("123.00")
    await got(strict.credit_notes.finalize(draft.id))
    assert await got(strict.credit_notes.left_to_credit(invoice)) == 0


async def test_a_payment_stands_in_the_way_of_a_cancellation(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**document()))))
    first = await got(ix.invoices.pay(invoice, amount=Decimal(23)))
    second = await got(ix.invoices.pay(invoice, amount=Decimal(50)))
    with pytest.raises(DocumentInUseError, match=rf"Receipt .*\(id {first.id}\), Receipt") as caught:
        await got(ix.invoices.cancel(invoice, "Engano"))
    assert [each.id for each in caught.value.documents] == [first.id, second.id]
    for receipt in caught.value.documents:
        await got(ix.receipts.cancel(receipt, "Engano"))
    assert (await got(ix.invoices.cancel(invoice, "Engano"))).status == "canceled"


async def test_a_paid_invoice_is_in_use_too(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**document()))))
    receipt = await got(ix.invoices.pay(invoice, amount=Decimal(123)))
    with pytest.raises(DocumentInUseError) as caught:
        await got(ix.invoices.cancel(invoice, "Engano"))
    assert [each.id for each in caught.value.documents] == [receipt.id]


async def test_a_note_stands_in_the_way_of_a_cancellation(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**document()))))
    debit = await got(
        ix.debit_notes.create(
            **document("10", owner_invoice_id=invoice.id, items=[line("100", quantity=Decimal("0.1"))])
        )
    )
    debit = await got(ix.debit_notes.finalize(debit))
    credit = await got(ix.credit_notes.finalize(await got(ix.credit_notes.credit(debit))))
    for space, document_, stands in (
        (ix.invoices, invoice, debit),
        (ix.debit_notes, debit, credit),
    ):
        with pytest.raises(DocumentInUseError) as caught:
            await got(space.cancel(document_, "Engano"))
        assert [each.id for each in caught.value.documents] == [stands.id]
    await got(ix.credit_notes.cancel(credit, "Engano"))
    await got(ix.debit_notes.cancel(debit, "Engano"))
    assert (await got(ix.invoices.cancel(invoice, "Engano"))).status == "canceled"


async def test_a_refusal_for_another_reason_is_no_matter_of_use(ix: AnyClient) -> None:
    draft = await got(ix.invoices.create(**document()))
    with pytest.raises(ValidationError) as caught:
        await got(ix.invoices.cancel(draft, "Engano"))
    assert type(caught.value) is ValidationError
