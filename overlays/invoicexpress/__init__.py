"""Client of the InvoiceXpress API v2: Portuguese certified invoicing.

    with InvoiceXpress(account="acme", api_key="...") as ix:
        draft = ix.invoices.create(date=lisbon.today(), client={"name": "Ana"}, items=[...])
        invoice = ix.invoices.finalize(draft, expect_total=Decimal("30.00"))
        ix.invoices.pdf(invoice).save("invoice.pdf")

Amounts are `decimal.Decimal`, dates are `datetime.date`; neither is ever a float or a text.
`AsyncInvoiceXpress` has the same methods for asyncio. What can go wrong is listed in `invoicexpress.errors`.
"""

from __future__ import annotations

from invoicexpress_generated.models.client import Client
from invoicexpress_generated.models.client_list_entry import ClientListEntry
from invoicexpress_generated.models.client_write import ClientWrite
from invoicexpress_generated.models.document_client import DocumentClient
from invoicexpress_generated.models.document_client_write import DocumentClientWrite
from invoicexpress_generated.models.document_item import DocumentItem
from invoicexpress_generated.models.document_item_write import DocumentItemWrite
from invoicexpress_generated.models.estimate import Estimate
from invoicexpress_generated.models.estimate_write import EstimateWrite
from invoicexpress_generated.models.invoice import Invoice
from invoicexpress_generated.models.invoice_write import InvoiceWrite
from invoicexpress_generated.models.item import Item
from invoicexpress_generated.models.item_write import ItemWrite
from invoicexpress_generated.models.partial_payment import PartialPayment
from invoicexpress_generated.models.sequence import Sequence
from invoicexpress_generated.models.tax import Tax
from invoicexpress_generated.models.tax_reference import TaxReference
from invoicexpress_generated.models.tax_write import TaxWrite
from invoicexpress_generated.types import UNSET, Unset

from . import lisbon, net_prices, payment_terms, reference_data, totals
from .checks import Checks
from .client import AsyncInvoiceXpress, InvoiceXpress
from .downloads import Download
from .errors import (
    AmbiguousResultError,
    ApiError,
    AuthenticationError,
    ConfigurationError,
    ConflictError,
    DownloadError,
    DraftMismatchError,
    InputError,
    InvoiceXpressError,
    NotAcceptableError,
    NotFoundError,
    NotReadyError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
    SilentChangeError,
    TransportError,
    UnexpectedResponseError,
    ValidationError,
)
from .pagination import AsyncListing, Listing, Page
from .silent_changes import SilentChange, SilentChangeWarning
from .transport import EmulatorWarning

__all__ = [
    "UNSET",
    "AmbiguousResultError",
    "ApiError",
    "AsyncInvoiceXpress",
    "AsyncListing",
    "AuthenticationError",
    "Checks",
    "Client",
    "ClientListEntry",
    "ClientWrite",
    "ConfigurationError",
    "ConflictError",
    "DocumentClient",
    "DocumentClientWrite",
    "DocumentItem",
    "DocumentItemWrite",
    "Download",
    "DownloadError",
    "DraftMismatchError",
    "EmulatorWarning",
    "Estimate",
    "EstimateWrite",
    "InputError",
    "Invoice",
    "InvoiceWrite",
    "InvoiceXpress",
    "InvoiceXpressError",
    "Item",
    "ItemWrite",
    "Listing",
    "NotAcceptableError",
    "NotFoundError",
    "NotReadyError",
    "Page",
    "PartialPayment",
    "PermissionDeniedError",
    "RateLimitError",
    "Sequence",
    "ServerError",
    "SilentChange",
    "SilentChangeError",
    "SilentChangeWarning",
    "Tax",
    "TaxReference",
    "TaxWrite",
    "TransportError",
    "UnexpectedResponseError",
    "Unset",
    "ValidationError",
    "lisbon",
    "net_prices",
    "payment_terms",
    "reference_data",
    "totals",
]
