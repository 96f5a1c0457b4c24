"""Names for the types of the namespaces of both clients, for annotations: `def bill(invoices: Invoices)`.

`Invoices` is the type of `ix.invoices` of InvoiceXpress, `AsyncInvoices` that of AsyncInvoiceXpress.
"""

from __future__ import annotations

from typing import TypeAlias

from invoicexpress_generated import models

from ..sending.asynchronous.flows import AsyncCore
from ..sending.flows import SyncCore
from . import (
    accounts,
    any_document,
    clients,
    estimates,
    guides,
    invoice_family,
    items,
    legacy,
    purchase_orders,
    saft,
    sequences,
    taxes,
    treasury,
)

AnyDocument: TypeAlias = models.Invoice | models.Estimate | models.Guide | models.PurchaseOrder
"""A document of any type, for `isinstance` too."""

Invoices: TypeAlias = invoice_family.Invoices[SyncCore]
SimplifiedInvoices: TypeAlias = invoice_family.SimplifiedInvoices[SyncCore]
InvoiceReceipts: TypeAlias = invoice_family.InvoiceReceipts[SyncCore]
CreditNotes: TypeAlias = invoice_family.CreditNotes[SyncCore]
DebitNotes: TypeAlias = invoice_family.DebitNotes[SyncCore]
VatMossInvoices: TypeAlias = invoice_family.VatMossInvoices[SyncCore]
Receipts: TypeAlias = invoice_family.Receipts[SyncCore]
VatMossCreditNotes: TypeAlias = invoice_family.VatMossCreditNotes[SyncCore]
VatMossReceipts: TypeAlias = invoice_family.VatMossReceipts[SyncCore]
Quotes: TypeAlias = estimates.Quotes[SyncCore]
Proformas: TypeAlias = estimates.Proformas[SyncCore]
FeesNotes: TypeAlias = estimates.FeesNotes[SyncCore]
Shippings: TypeAlias = guides.Shippings[SyncCore]
Transports: TypeAlias = guides.Transports[SyncCore]
Devolutions: TypeAlias = guides.Devolutions[SyncCore]
PurchaseOrders: TypeAlias = purchase_orders.PurchaseOrders[SyncCore]
AnyDocuments: TypeAlias = any_document.AnyDocuments[SyncCore]
Clients: TypeAlias = clients.Clients[SyncCore]
Items: TypeAlias = items.Items[SyncCore]
Sequences: TypeAlias = sequences.Sequences[SyncCore]
Taxes: TypeAlias = taxes.Taxes[SyncCore]
Saft: TypeAlias = saft.Saft[SyncCore]
Treasury: TypeAlias = treasury.Treasury[SyncCore]
Accounts: TypeAlias = accounts.Accounts[SyncCore]
Legacy: TypeAlias = legacy.Legacy[SyncCore]

AsyncInvoices: TypeAlias = invoice_family.Invoices[AsyncCore]
AsyncSimplifiedInvoices: TypeAlias = invoice_family.SimplifiedInvoices[AsyncCore]
AsyncInvoiceReceipts: TypeAlias = invoice_family.InvoiceReceipts[AsyncCore]
AsyncCreditNotes: TypeAlias = invoice_family.CreditNotes[AsyncCore]
AsyncDebitNotes: TypeAlias = invoice_family.DebitNotes[AsyncCore]
AsyncVatMossInvoices: TypeAlias = invoice_family.VatMossInvoices[AsyncCore]
AsyncReceipts: TypeAlias = invoice_family.Receipts[AsyncCore]
AsyncVatMossCreditNotes: TypeAlias = invoice_family.VatMossCreditNotes[AsyncCore]
AsyncVatMossReceipts: TypeAlias = invoice_family.VatMossReceipts[AsyncCore]
AsyncQuotes: TypeAlias = estimates.Quotes[AsyncCore]
AsyncProformas: TypeAlias = estimates.Proformas[AsyncCore]
AsyncFeesNotes: TypeAlias = estimates.FeesNotes[AsyncCore]
AsyncShippings: TypeAlias = guides.Shippings[AsyncCore]
AsyncTransports: TypeAlias = guides.Transports[AsyncCore]
AsyncDevolutions: TypeAlias = guides.Devolutions[AsyncCore]
AsyncPurchaseOrders: TypeAlias = purchase_orders.PurchaseOrders[AsyncCore]
AsyncAnyDocuments: TypeAlias = any_document.AnyDocuments[AsyncCore]
AsyncClients: TypeAlias = clients.Clients[AsyncCore]
AsyncItems: TypeAlias = items.Items[AsyncCore]
AsyncSequences: TypeAlias = sequences.Sequences[AsyncCore]
AsyncTaxes: TypeAlias = taxes.Taxes[AsyncCore]
AsyncSaft: TypeAlias = saft.Saft[AsyncCore]
AsyncTreasury: TypeAlias = treasury.Treasury[AsyncCore]
AsyncAccounts: TypeAlias = accounts.Accounts[AsyncCore]
AsyncLegacy: TypeAlias = legacy.Legacy[AsyncCore]
