"""The errors of frequent slips, as the emulator provokes them, for both clients: each says what to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import (
    ApiError,
    AsyncInvoiceXpress,
    AuthenticationError,
    Checks,
    InvoiceXpress,
    NotFoundError,
    ValidationError,
    lisbon,
)

from .both_clients import AnyClient, got
from .conftest import Account

LINE: dict[str, Any] = {
    "name": "Caneca",
    "unit_price": Decimal("8.00"),
    "quantity": Decimal(1),
    "tax": {"name": "IVA23"},
}
FIELDS: dict[str, Any] = {"date": lisbon.today(), "client": {"name": "Ana", "code": "A1"}, "items": [LINE]}

Call = Callable[[Any], Awaitable[Any] | Any]


async def refusal(call: Call, ix: AnyClient) -> ApiError:
    """The error of a call."""
    with pytest.raises(ApiError) as raised:
        await got(call(ix))
    return raised.value


def slip(call: Call, sentence: str) -> tuple[Call, str]:
    """A row. A function, since a checker infers a lambda's type from a parameter."""
    return call, sentence


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        slip(lambda ix: ix.invoices.get(7), "no invoice 7; it may be a document of another type, which"),
        slip(lambda ix: ix.invoices.finalize(7), "no invoice 7; it may be a document of another type, which"),
        slip(
            lambda ix: ix.invoices.update(7, **FIELDS), "no invoice 7; it may be a document of another type"
        ),
        slip(lambda ix: ix.transports.get(7), "no transport 7; it may be a document of another type, which"),
        slip(lambda ix: ix.quotes.get(7), "no quote 7; it may be a document of another type, which"),
        slip(lambda ix: ix.clients.get(7), "no client 7; an id is not the client's code"),
        slip(lambda ix: ix.treasury.balance(7), "no client 7; an id is not the client's code"),
        slip(lambda ix: ix.items.get(7), "no item 7; `ix.items.list()` reads all"),
        slip(lambda ix: ix.taxes.get(7), "no tax 7; `ix.taxes.list()` reads all"),
        slip(lambda ix: ix.taxes.delete(7), "no tax 7; `ix.taxes.list()` reads all"),
        slip(lambda ix: ix.sequences.get(7), "no série 7; `ix.sequences.list()` reads all"),
        slip(lambda ix: ix.sequences.register(7), "no série 7; `ix.sequences.list()` reads all"),
        slip(lambda ix: ix.accounts.get(7), "no account 7 for this key"),
        slip(lambda ix: ix.documents.related(7), "no document 7 in this account"),
        slip(lambda ix: ix.documents.get(7), "no document of this id among the types Invoice, "),
        slip(lambda ix: ix.invoices.pdf(7), "no document 7 in this account"),
        slip(lambda ix: ix.invoices.qr_code(7), "no document 7 in this account"),
    ],
)
async def test_an_id_that_is_not_there(call: Call, sentence: str, ix: AnyClient) -> None:
    error = await refusal(call, ix)
    assert type(error) is NotFoundError
    assert sentence in str(error)


async def test_the_id_of_a_document_of_another_type_leads_to_the_document(ix: AnyClient) -> None:
    quote = await got(ix.quotes.create(**FIELDS))
    error = await refusal(lambda ix: ix.invoices.get(quote.id), ix)
    sentence = f"it may be a document of another type, which `ix.documents.get({quote.id})` reads"
    assert sentence in str(error)
    assert "no message" not in str(error)
    found = await got(ix.documents.get(quote.id))
    assert (found.id, found.type) == (quote.id, "Quote")


async def test_a_wrong_key_says_what_to_check(account: Account, ix: AnyClient) -> None:
    if isinstance(ix, InvoiceXpress):
        with InvoiceXpress(account.name, "wrong-key", base_url=account.base_url) as wrong:
            error = await refusal(lambda ix: ix.taxes.list(), wrong)
    else:
        async with AsyncInvoiceXpress(account.name, "wrong-key", base_url=account.base_url) as other:
            error = await refusal(lambda ix: ix.taxes.list(), other)
    assert type(error) is AuthenticationError
    assert "Invalid API key (check the account's name and the key" in str(error)
    assert "wrong-key" not in str(error)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"items": [{**LINE, "tax": {"name": "Isento"}}]}, "`reference_data.exemptions()` lists the"),
        ({"tax_exemption": "M98"}, "`reference_data.exemptions()` lists the codes"),
        ({"currency_code": "XXX"}, "`reference_data.currencies()` lists the codes"),
    ],
)
async def test_refused_values_of_a_document(changes: dict[str, Any], sentence: str, ix: AnyClient) -> None:
    quiet = ix.with_options(checks=Checks.each("off", reads=False))
    error = await refusal(lambda ix: ix.invoices.create(**{**FIELDS, **changes}), quiet)
    assert sentence in str(error)


async def test_states_payments_and_names(ix: AnyClient, account: Account) -> None:
    invoice = await got(ix.invoices.finalize(await got(ix.invoices.create(**FIELDS))))
    error = await refusal(lambda ix: ix.invoices.pay(invoice, amount=Decimal(100)), ix)
    if account.profile == "observed":
        assert "menor ou igual a 9.84 (the amount is higher than the open amount; pay at most" in str(error)
    error = await refusal(lambda ix: ix.invoices.update(invoice, **FIELDS), ix)
    assert isinstance(error, ValidationError)
    if account.profile == "observed":
        assert "(the document is final and cannot be changed; cancel it, or correct it with" in str(error)
    error = await refusal(
        lambda ix: ix.with_options(checks=Checks.off()).clients.create(name="Rui", code="R1", country="PT"),
        ix,
    )
    assert 'the service\'s English name of the country: `reference_data.country_name("PT")`' in str(error)
