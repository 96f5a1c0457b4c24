"""Correct uses: the types that a checker infers, method by method.

Nothing here runs: mypy and pyright read it in `make check`.
"""

from __future__ import annotations

import datetime
from collections.abc import AsyncGenerator, Coroutine, Generator
from collections.abc import Sequence as Many
from decimal import Decimal
from typing import Any, assert_type

from invoicexpress import (
    Account,
    AccountDetails,
    AccountStats,
    AnyDocument,
    AsyncInvoices,
    AsyncInvoiceXpress,
    AsyncListing,
    AsyncTreasury,
    Client,
    ClientBalance,
    ClientListEntry,
    DocumentFilters,
    Download,
    Estimate,
    Guide,
    GuideWriteFields,
    InitialBalance,
    Invoice,
    Invoices,
    InvoiceXpress,
    Item,
    Listing,
    Page,
    PurchaseOrder,
    RawResult,
    Regularization,
    Response,
    Sequence,
    Tax,
    Treasury,
    TreasuryMovement,
    Unset,
    known,
    legal_number,
)
from invoicexpress_emulator.control_client import Control, Reset


def documents(ix: InvoiceXpress, draft: Invoice, quote: Estimate, serie: Sequence) -> None:
    assert_type(ix.invoices.get(1), Invoice)
    assert_type(ix.invoices.get(draft), Invoice)
    assert_type(ix.credit_notes.get(1), Invoice)
    assert_type(ix.vat_moss_invoices.get(1), Invoice)
    assert_type(ix.quotes.get(1), Estimate)
    assert_type(ix.quotes.accept(quote), Estimate)
    assert_type(ix.invoices.list(), Listing[Invoice])
    assert_type(ix.quotes.list(), Listing[Estimate])
    assert_type(ix.invoices.list().first(), Invoice | None)
    assert_type(ix.invoices.list().pages(), Generator[Page[Invoice], None, None])
    assert_type(ix.invoices.list().prefetched(), Listing[Invoice])
    assert_type(ix.invoices.list().total(), int | None)
    assert_type(ix.invoices.list().to_list(5), list[Invoice])
    assert_type(list(ix.receipts.list()), list[Invoice])
    for document in ix.receipts.list():
        assert_type(document, Invoice)
    assert_type(ix.invoices.finalize(1, expect_total=Decimal(1)), Invoice)
    assert_type(ix.invoices.pay(draft, amount=Decimal(1)), Invoice)
    assert_type(ix.invoices.email(1, "a@example.com"), None)
    assert_type(ix.invoices.pdf(1), Download)
    assert_type(ix.invoices.related_documents(1), Many[AnyDocument])
    assert_type(ix.invoices.find_by_number(28, "A"), Invoice | None)
    assert_type(ix.proformas.find_by_number(28, serie, limit=200), Estimate | None)
    assert_type(ix.credit_notes.credit(draft), Invoice)
    assert_type(ix.credit_notes.credit(draft, draft_lines(), reference="R1", sequence=serie), Invoice)


def draft_lines() -> list[Any]:
    return []


def guides_and_orders(
    ix: InvoiceXpress, guide: Guide, order: PurchaseOrder, fields: GuideWriteFields
) -> None:
    assert_type(ix.transports.create(**fields), Guide)
    assert_type(ix.shippings.create(sequence="A", **fields), Guide)
    assert_type(ix.devolutions.finalize(guide), Guide)
    assert_type(ix.transports.list(loaded_at_from=datetime.date(2026, 1, 1)), Listing[Guide])
    assert_type(ix.transports.find_by_number(1, "A"), Guide | None)
    assert_type(ix.transports.qr_code(guide), Download)
    assert_type(ix.purchase_orders.get(1), PurchaseOrder)
    assert_type(ix.purchase_orders.complete(order), PurchaseOrder)
    assert_type(ix.purchase_orders.list(), Listing[PurchaseOrder])


def any_document(ix: InvoiceXpress, filters: DocumentFilters, found: AnyDocument) -> None:
    assert_type(ix.documents.list(["Invoice"], **filters), Listing[Invoice])
    assert_type(ix.documents.list_estimates(), Listing[Estimate])
    assert_type(ix.documents.list_guides(status=["final"]), Listing[Guide])
    assert_type(ix.documents.get(1), AnyDocument)
    assert_type(ix.documents.get(found), AnyDocument)
    assert_type(ix.documents.related(1), Many[AnyDocument])
    assert_type(ix.documents.pdf(found), Download)
    if isinstance(found, Guide):
        assert_type(found.loaded_at, datetime.datetime | None | Unset)


def resources(ix: InvoiceXpress, client: Client, movement: TreasuryMovement) -> None:
    assert_type(ix.clients.find_by_name("Ana"), Client | None)
    assert_type(ix.clients.get_or_create("A1", name="Ana"), Client)
    assert_type(ix.clients.delete(client), None)
    assert_type(ix.clients.list(fiscal_id="500100200"), Listing[ClientListEntry])
    assert_type(ix.clients.invoices(1), Listing[Invoice])
    assert_type(ix.items.list(), Listing[Item])
    assert_type(ix.taxes.list(), Many[Tax])
    assert_type(ix.taxes.delete(1), None)
    assert_type(ix.sequences.register(1), Many[Sequence])
    assert_type(ix.sequences.find("A"), Sequence | None)
    assert_type(ix.saft.export(2026, 11), Download)
    assert_type(ix.treasury.balance(client), ClientBalance)
    assert_type(ix.treasury.set_initial_balance(1, Decimal(1), datetime.date(2026, 1, 1)), InitialBalance)
    assert_type(ix.treasury.regularizations(1), Listing[Regularization])
    assert_type(
        ix.treasury.create_movement(
            client, value=Decimal(1), movement_type="Payment", date=datetime.date(2026, 1, 1)
        ),
        TreasuryMovement,
    )
    assert_type(ix.treasury.delete_movement(client, movement), None)


def accounts(ix: InvoiceXpress, account: Account) -> None:
    assert_type(
        ix.accounts.create(organization_name="Acme", email="a@example.com", password="p", terms=True), Account
    )
    assert_type(ix.accounts.get(account), AccountDetails)
    assert_type(ix.accounts.update(1, city="Lisboa"), None)
    assert_type(ix.legacy.account_stats(account), AccountStats)
    assert_type(ix.legacy.archive(1, "invoices"), None)
    assert_type(ix.legacy.typed_list("receipts", archived=True), Listing[Invoice])


def clients() -> None:
    with InvoiceXpress("acme", "key") as opened:
        assert_type(opened, InvoiceXpress)
    assert_type(InvoiceXpress.from_env(), InvoiceXpress)


async def asynchronous(ix: AsyncInvoiceXpress, draft: Invoice, fields: GuideWriteFields) -> None:
    reading = ix.invoices.get(1)
    assert_type(await assert_type(reading, Coroutine[Any, Any, Invoice]), Invoice)
    assert_type(await ix.invoices.get(draft), Invoice)
    assert_type(await ix.quotes.refuse(1), Estimate)
    assert_type(ix.invoices.list(), AsyncListing[Invoice])
    assert_type(await ix.invoices.list().first(), Invoice | None)
    assert_type(ix.invoices.list().pages(), AsyncGenerator[Page[Invoice], None])
    assert_type([document async for document in ix.invoices.list()], list[Invoice])
    assert_type(await ix.invoices.find_by_number(28, "A"), Invoice | None)
    assert_type(await ix.credit_notes.credit(draft), Invoice)
    assert_type(await ix.transports.create(**fields), Guide)
    assert_type(ix.transports.list(), AsyncListing[Guide])
    assert_type(await ix.purchase_orders.accept(1), PurchaseOrder)
    assert_type(ix.documents.list(), AsyncListing[Invoice])
    assert_type(await ix.documents.get(1), AnyDocument)
    assert_type(await ix.documents.related(1), Many[AnyDocument])


async def asynchronous_resources(ix: AsyncInvoiceXpress) -> None:
    assert_type(await ix.taxes.delete(1), None)
    assert_type(ix.items.list(), AsyncListing[Item])
    assert_type(await ix.clients.get_or_create("A1", name="Ana"), Client)
    assert_type(await ix.saft.export(2026, 11), Download)
    assert_type(await ix.treasury.balance(1), ClientBalance)
    assert_type(ix.treasury.regularizations(1), AsyncListing[Regularization])
    assert_type(await ix.accounts.get(1), AccountDetails)
    assert_type(await ix.legacy.account_stats(1), AccountStats)
    assert_type(ix.legacy.typed_list("receipts"), AsyncListing[Invoice])
    async with AsyncInvoiceXpress("acme", "key") as opened:
        assert_type(opened, AsyncInvoiceXpress)


def absent_or_false(invoice: Invoice, account: AccountDetails, serie: Sequence) -> None:
    """A type includes UNSET where a value may be absent, until a check rules it out."""
    assert_type(invoice.archived, bool | Unset)
    assert_type(account.trial, bool | None | Unset)
    assert_type(serie.default_sequence, bool | None | Unset)
    if not isinstance(invoice.archived, Unset):
        assert_type(invoice.archived, bool)
    if isinstance(account.trial, bool):
        assert_type(account.trial, bool)
    else:
        assert_type(account.trial, None | Unset)


def other_settings(ix: InvoiceXpress, quote: Estimate) -> None:
    assert_type(ix.with_options(timeout=5, retries=0), InvoiceXpress)
    assert_type(ix.with_options(timeout=5).invoices.get(1), Invoice)
    assert_type(ix.with_raw_response.invoices.get(1), RawResult[Invoice])
    assert_type(ix.with_raw_response.invoices.get(1).value, Invoice)
    assert_type(ix.with_raw_response.invoices.get(1).response, Response)
    assert_type(ix.with_raw_response.quotes.accept(quote), RawResult[Estimate])
    assert_type(ix.with_raw_response.taxes.list(), RawResult[Many[Tax]])
    assert_type(ix.with_raw_response.invoices.list(), Listing[Invoice])


async def other_settings_async(ix: AsyncInvoiceXpress) -> None:
    assert_type(ix.invoices.list().prefetched(), AsyncListing[Invoice])
    assert_type(await ix.invoices.list().total(), int | None)
    assert_type(await ix.invoices.list().to_list(), list[Invoice])
    assert_type(await ix.with_options(timeout=5).invoices.get(1), Invoice)
    reading = ix.with_raw_response.invoices.get(1)
    raw = await assert_type(reading, Coroutine[Any, Any, RawResult[Invoice]])
    assert_type(raw.value, Invoice)
    assert_type(ix.with_raw_response.items.list(), AsyncListing[Item])


def namespaces(invoices: Invoices, treasury: Treasury, clients: Listing[ClientListEntry]) -> None:
    invoice = invoices.get(1)
    assert_type(invoice, Invoice)
    assert_type(legal_number(invoice), str)
    assert_type(known(invoice.due_date, None), datetime.date | None)
    assert_type(known(invoice.reference, "none"), str)
    assert_type(treasury.balances(clients), list[tuple[Client | ClientListEntry, ClientBalance]])


async def async_namespaces(
    invoices: AsyncInvoices, treasury: AsyncTreasury, clients: AsyncListing[ClientListEntry]
) -> None:
    assert_type(await invoices.get(1), Invoice)
    assert_type(await treasury.balances(clients), list[tuple[Client | ClientListEntry, ClientBalance]])


async def callers(ix: InvoiceXpress, other: AsyncInvoiceXpress, client: Client) -> None:
    await async_namespaces(other.invoices, other.treasury, other.clients.list())
    namespaces(ix.invoices, ix.treasury, ix.clients.list())
    assert_type(ix.treasury.balances([client]), list[tuple[Client | ClientListEntry, ClientBalance]])


def operations(control: Control) -> None:
    control.faults.add(Reset("after"))
    control.faults.add(Reset("after"), "*")
    control.faults.add(Reset("after"), "createInvoice")
    for name in control.operations():
        control.requests(operation=name)
