"""Mistakes that a checker must catch: if everything were Any, the right uses would pass too.

Nothing here runs. mypy and pyright read it in `make check`, and to both an `ignore` that hides no mistake is
one itself. So the reason of every one of them is that the line has to be refused.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from datetime import date
from decimal import Decimal

from invoicexpress import (
    AccountDetails,
    AsyncInvoiceXpress,
    Client,
    Estimate,
    Guide,
    Invoice,
    InvoiceXpress,
    Sequence,
)
from invoicexpress_emulator.control_client import Control, Reset

ONE = Decimal(1)


def decide(yes: bool) -> None:
    pass


def documents(ix: InvoiceXpress, day: date, quote: Estimate, invoice: Invoice) -> None:
    ix.invoices.get("abc")  # type: ignore[arg-type]
    ix.invoices.create()  # type: ignore[call-arg]
    ix.invoices.create(date=day, items=[], colour=1)  # type: ignore[call-arg]
    ix.invoices.create(date="21/11/2026", items=[])  # type: ignore[arg-type]
    ix.invoices.create(date=day, items=[{"name": "A", "unit_price": 1.5, "quantity": ONE}])  # type: ignore[list-item]
    ix.invoices.create(date=day, items=[{"name": "A"}])  # type: ignore[list-item]
    ix.invoices.finalize(1, expect_total=30.0)  # type: ignore[arg-type]
    ix.invoices.cancel(1)  # type: ignore[call-arg]
    ix.invoices.pay(1, amount=5.5)  # type: ignore[arg-type]
    ix.invoices.get(quote)  # type: ignore[arg-type]
    ix.quotes.get(invoice)  # type: ignore[arg-type]
    ix.receipts.create()  # type: ignore[attr-defined]
    ix.invoices.unsettle(1)  # type: ignore[attr-defined]
    ix.quotes.pay(1)  # type: ignore[attr-defined]
    ix.quotes.create(date=day, items=[], proprietary_uid="u")  # type: ignore[call-arg]
    list(ix.invoices.get(1))  # type: ignore[call-overload]
    ix.invoices.list(colour=1)  # type: ignore[call-arg]
    ix.invoices.list(date_from="21/11/2026")  # type: ignore[arg-type]
    ix.invoices.credit(invoice)  # type: ignore[attr-defined]
    ix.credit_notes.credit(7)  # type: ignore[arg-type]
    ix.credit_notes.credit(quote)  # type: ignore[arg-type]
    ix.invoices.find_by_number("28", "A")  # type: ignore[arg-type]
    ix.invoices.find_by_number(28, 6)  # type: ignore[arg-type]
    ix.invoices.pdf(1, on_wait=decide)  # type: ignore[arg-type]
    len(ix.invoices.list())  # type: ignore[arg-type]


def other_families(ix: InvoiceXpress, day: date, guide: Guide, invoice: Invoice) -> None:
    ix.transports.create(date=day, items=[])  # type: ignore[call-arg]
    ix.transports.list(reference=None)  # type: ignore[call-arg]
    ix.transports.get(invoice)  # type: ignore[arg-type]
    ix.invoices.get(guide)  # type: ignore[arg-type]
    ix.transports.settle(1)  # type: ignore[attr-defined]
    ix.purchase_orders.qr_code(1)  # type: ignore[attr-defined]
    ix.documents.create()  # type: ignore[attr-defined]
    print(ix.documents.related(1)[0].loaded_at)  # type: ignore[union-attr]
    ix.legacy.typed_list("receipts", reference="R1")  # type: ignore[call-arg]


def resources(ix: InvoiceXpress, day: date, client: Client) -> None:
    ix.clients.get_or_create(3, name="Ana")  # type: ignore[arg-type]
    ix.clients.get_or_create("A1")  # type: ignore[call-arg]
    ix.treasury.balance("A1")  # type: ignore[arg-type]
    ix.treasury.set_initial_balance(client, 1.5, day)  # type: ignore[arg-type]
    ix.treasury.create_movement(client, value=ONE, date=day)  # type: ignore[call-arg]
    ix.saft.export("2026", 11)  # type: ignore[arg-type]
    ix.accounts.create(organization_name="Acme")  # type: ignore[call-arg]
    ix.accounts.set_at_communication("500100200/1", "p", "auto")  # type: ignore[call-arg]


def absent_is_not_false(invoice: Invoice, account: AccountDetails, serie: Sequence) -> None:
    decide(invoice.archived)  # type: ignore[arg-type]
    decide(account.trial)  # type: ignore[arg-type]
    decide(serie.default_sequence)  # type: ignore[arg-type]


def other_settings(ix: InvoiceXpress) -> None:
    ix.with_options(timout=5)  # type: ignore[call-arg]
    ix.with_options(retries="2")  # type: ignore[arg-type]
    print(ix.with_raw_response.invoices.get(1).total)  # type: ignore[attr-defined]
    ix.with_raw_response.receipts.create()  # type: ignore[attr-defined]
    InvoiceXpress("acme", "key", pace=780)  # type: ignore[arg-type]


async def asynchronous(ix: AsyncInvoiceXpress) -> None:
    await ix.invoices.finalize(ix.invoices.get(1))  # type: ignore[arg-type]
    list(ix.invoices.list())  # type: ignore[call-overload]
    ix.saft.export(2026, 11).save("saft.xml")  # type: ignore[attr-defined]


def misspelt_operations(control: Control) -> None:
    control.faults.add(Reset("after"), "createInvoise")  # type: ignore[arg-type]
    control.requests(operation="createinvoice")  # type: ignore[arg-type]
