"""Helpers that most programs need, for both clients and both profiles."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from invoicexpress import InputError, NotFoundError, known, legal_number, lisbon, saft_file
from invoicexpress_emulator import Emulator

from .both_clients import AnyClient, entries, got
from .conftest import Account

LINE: dict[str, Any] = {
    "name": "Caneca",
    "unit_price": Decimal("8.13"),
    "quantity": Decimal(1),
    "tax": {"name": "IVA23"},
}


async def issued(space: Any, code: str) -> Any:
    """An issued document for a client."""
    client = {"name": f"Client {code}", "code": code}
    return await got(
        space.finalize(await got(space.create(date=lisbon.today(), client=client, items=[LINE])))
    )


async def test_the_legal_number_is_that_of_the_saft_file(ix: AnyClient) -> None:
    spaces = (ix.invoices, ix.invoice_receipts, ix.simplified_invoices)
    documents = [await issued(space, "A1") for space in spaces]
    today = lisbon.today()
    file = saft_file.read((await got(ix.saft.export(today.year, today.month))).content)
    reported = {each.number for each in file.documents("SalesInvoices")}
    assert {legal_number(each) for each in documents} == reported
    assert len(reported) == 3


async def test_balances_are_pairs_in_order_with_one_request_each(ix: AnyClient, emulator: Emulator) -> None:
    for code in ("A1", "A2", "A3"):
        await issued(ix.invoices, code)
    clients = [await got(ix.clients.find_by_code(code)) for code in ("A3", "A1", "A2")]
    pairs = await got(ix.treasury.balances(clients))
    *_, before, first, second, third = emulator.control.requests(all_accounts=True)
    sent = (first, second, third)
    assert before.operation != "getClientBalance"
    assert [request.path for request in sent] == [
        f"/api/v3/clients/{client.id}/balance.json" for client in clients
    ]
    assert [client for client, _ in pairs] == clients
    for client, balance in pairs:
        assert balance == await got(ix.treasury.balance(client))
    assert await got(ix.treasury.balances([])) == []
    missing: Any = 7
    with pytest.raises(NotFoundError, match="no client 7"):
        await got(ix.treasury.balances([missing]))


async def test_balances_of_all_clients(ix: AnyClient, account: Account) -> None:
    for code in ("A1", "A2"):
        await issued(ix.invoices, code)
    everyone = await entries(ix.clients.list())
    if account.profile == "documented":
        with pytest.raises(InputError, match=r"clients\[0\]: this client has no id"):
            await got(ix.treasury.balances(ix.clients.list()))
        return
    pairs = await got(ix.treasury.balances(ix.clients.list()))
    assert [client for client, _ in pairs] == everyone
    assert len(pairs) == 2


async def test_absent_values_have_a_default(ix: AnyClient) -> None:
    invoice = await issued(ix.invoices, "A1")
    space: Any = ix.invoices
    client = {"name": "Client A1", "code": "A1"}
    draft = await got(space.create(date=lisbon.today(), client=client, items=[LINE]))
    assert known(draft.retention, Decimal(0)) == 0
    assert known(draft.due_date, None) is not None
    assert known(invoice.archived, True) is False
    assert known(invoice.reference, "") == ""
