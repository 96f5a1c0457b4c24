"""Fields and refusals that clients tend to overlook, from the caller to the emulator and back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import httpx
import pytest
from invoicexpress import (
    UNSET,
    AsyncInvoiceXpress,
    InputError,
    InvoiceXpress,
    PermissionDeniedError,
    ValidationError,
    lisbon,
)

from .both_clients import AnyClient, entries, got
from .conftest import Account
from .validating_transport import Witness

pytestmark = pytest.mark.anyio

TODAY: Final = lisbon.today()


def fields(**changes: Any) -> dict[str, Any]:
    """A document of one line of 100 EUR at 23 %."""
    line = {
        "name": "Caderno",
        "unit_price": Decimal(100),
        "quantity": Decimal(1),
        "tax": {"name": "IVA23"},
    }
    return {
        "date": TODAY,
        "due_date": TODAY,
        "client": {"name": "Ana Sousa", "code": "A1"},
        "items": [line],
        **changes,
    }


async def test_another_currency_shows_beside_the_total(ix: AnyClient) -> None:
    draft = await got(ix.invoices.create(**fields(currency_code="USD", rate=Decimal("1.25"))))
    assert (draft.total, draft.currency) == (Decimal("123.00"), "Euro")
    assert draft.multicurrency.total == Decimal("153.75")
    assert draft.multicurrency.rate == Decimal("1.25")


@pytest.mark.parametrize(
    ("value_type", "value", "total"),
    [("percentage", Decimal(50), Decimal("61.50")), ("absolute", Decimal(10), Decimal("110.70"))],
)
async def test_a_discount_on_the_whole_document(
    ix: AnyClient, value_type: str, value: Decimal, total: Decimal
) -> None:
    discount = {"value_type": value_type, "value": value}
    draft = await got(ix.invoices.create(**fields(global_discount=discount)))
    assert draft.total == total


async def test_withholding_is_kept_and_does_not_lower_the_total(ix: AnyClient) -> None:
    draft = await got(ix.invoices.create(**fields(retention=Decimal("25"))))
    assert (draft.retention, draft.total) == (Decimal(25), Decimal("123.00"))


async def test_a_multibanco_reference_comes_with_the_number(ix: AnyClient) -> None:
    draft = await got(ix.invoices.create(**fields(mb_reference=True)))
    assert draft.mb_reference is UNSET
    invoice = await got(ix.invoices.finalize(draft))
    assert invoice.mb_reference.entity == "00000"
    assert len(invoice.mb_reference.reference) == 9
    assert invoice.mb_reference.value == Decimal("123.00")


async def test_what_has_no_echo_goes_out_under_its_name(ix: AnyClient, witness: Witness) -> None:
    """No answer repeats these fields, so the witness checks them in the request bodies."""
    await got(ix.invoices.create(**fields(plugin_id="17", manual_sequence_number="9")))
    await got(ix.quotes.create(**fields(auto_add_related_document=True, mb_reference=False)))
    await got(ix.credit_notes.create(**fields(), raw_owner_invoice="FT A/1"))
    invoice, quote, note = (body for body in witness.bodies if body is not None)
    assert invoice["invoice"]["plugin_id"] == "17"
    assert invoice["invoice"]["manual_sequence_number"] == "9"
    assert quote["quote"]["auto_add_related_document"] == "1"
    assert quote["quote"]["mb_reference"] == "0"
    assert note["raw_owner_invoice"] == "FT A/1"
    assert "raw_owner_invoice" not in note["credit_note"]


async def test_only_notes_correct_another_document(ix: AnyClient, witness: Witness) -> None:
    with pytest.raises(InputError, match="raw_owner_invoice: invoices correct no other document"):
        await got(ix.invoices.create(**fields(), raw_owner_invoice="FT A/1"))
    assert witness.exchanges == []


async def test_a_serie_or_its_name_picks_the_row_of_the_type(ix: AnyClient) -> None:
    serie = await got(ix.sequences.create(serie="LOJA"))
    for space, root in ((ix.invoices, "invoice"), (ix.quotes, "quote"), (ix.debit_notes, "debit_note")):
        row = getattr(serie, f"current_{root}_sequence_id")
        by_serie = await got(space.create(**fields(), sequence=serie))
        by_name = await got(space.create(**fields(), sequence="LOJA"))
        for draft in (by_serie, by_name):
            assert (await got(space.finalize(draft))).sequence_id == row
    with pytest.raises(InputError, match="unknown série 'LOJA9'"):
        await got(ix.invoices.create(**fields(), sequence="LOJA9"))


async def test_an_invoice_bills_a_guide(ix: AnyClient) -> None:
    place = {"detail": "Rua A", "city": "Braga", "postal_code": "4700-001", "country": "Portugal"}
    moment = lisbon.now().replace(microsecond=0)
    loaded_at = moment.replace(year=moment.year + 1, day=1)
    guide = await got(
        ix.shippings.create(**fields(loaded_at=loaded_at, address_from=place, address_to=place))
    )
    guide = await got(ix.shippings.finalize(guide))
    invoice = await got(ix.invoices.create(**fields(owner_invoice_id=guide.id)))
    invoice = await got(ix.invoices.finalize(invoice))
    assert guide.id in {each.id for each in await got(ix.documents.related(invoice))}


async def test_crediting_takes_all_or_what_is_left(ix: AnyClient) -> None:
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**fields()))))
    part: Any = {**fields()["items"][0], "unit_price": Decimal(40)}
    first = await got(ix.credit_notes.finalize(await got(ix.credit_notes.credit(invoice, [part]))))
    assert first.total == Decimal("49.20")
    with pytest.raises(InputError, match=r"73\.80 EUR of 123\.00 EUR is left"):
        await got(ix.credit_notes.credit(invoice))
    other = await got(ix.invoices.finalize(await got(ix.invoices.create(**fields()))))
    note = await got(ix.credit_notes.credit(other))
    assert note.total == other.total
    await got(ix.credit_notes.finalize(note))
    with pytest.raises(InputError, match="is already credited"):
        await got(ix.credit_notes.credit(other))


async def test_unknown_values_are_not_sent(ix: AnyClient, witness: Witness) -> None:
    """The service would silently ignore an unknown filter."""
    with pytest.raises(InputError, match=r"status\[0\]: expected one of"):
        await entries(ix.invoices.list(status=["paid"]))
    with pytest.raises(InputError, match=r"partial_payment\.payment_mechanism: expected one of"):
        await got(ix.invoices.pay(7, amount=Decimal(1), payment_mechanism="CASH"))
    assert witness.exchanges == []


@pytest.mark.parametrize("kind", ["sync", "async"])
async def test_a_trial_account_is_told_apart_from_a_wrong_key(account: Account, kind: str) -> None:
    name = f"{account.name}trial"
    made = httpx.post(
        f"{account.base_url}/_emulator/accounts", json={"name": name, "api_key": f"key-{name}", "trial": True}
    )
    assert made.status_code == 201
    client = {"sync": InvoiceXpress, "async": AsyncInvoiceXpress}[kind]
    ix = client(name, f"key-{name}", base_url=account.base_url)
    try:
        invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**fields()))))
        with pytest.raises(PermissionDeniedError) as caught:
            await got(ix.invoices.email(invoice, "ana@example.com"))
        assert caught.value.status == 401
        with pytest.raises(ValidationError):
            await got(ix.saft.export(TODAY.year, TODAY.month))
    finally:
        if isinstance(ix, InvoiceXpress):
            ix.close()
        else:
            await ix.aclose()
