"""The table of document types: their names in paths, root keys, lists and filters, and their abilities.

No other module of the package holds a segment, a root key or a filter name. `openapi.yaml` has the same
table with the evidence (`x-document-types`); a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Family = Literal["invoice", "estimate", "guide", "purchase_order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTypeRow:
    """One document type."""

    segment: str
    """Path segment: `invoice_receipts`."""
    root: str
    """Root key of one document: `invoice_receipt`."""
    list_key: str
    """Root key of the type's own list."""
    type: str
    """Value of `type`, and of the filter `type[]`: `InvoiceReceipt`."""
    family: Family
    family_segment: str
    """Segment and root key of the family's list."""
    fixed_root: str
    """Root key of the whole family in the vendor's documentation. The service answers with `root`."""
    needs_client: bool = True
    is_dropped: bool = False
    """Whether only older documentation describes it."""
    idempotent_create: bool = False
    """Whether a create takes a `proprietary_uid`."""


def _invoice_family(
    segment: str,
    root: str,
    type_: str,
    *,
    needs_client: bool = True,
    created: bool = True,
    is_dropped: bool = False,
) -> DocumentTypeRow:
    return DocumentTypeRow(
        segment=segment,
        root=root,
        list_key=segment,
        type=type_,
        family="invoice",
        family_segment="invoices",
        fixed_root="invoice" if created else root,
        needs_client=needs_client,
        is_dropped=is_dropped,
        idempotent_create=created,
    )


def _estimate(segment: str, root: str, type_: str) -> DocumentTypeRow:
    return DocumentTypeRow(
        segment=segment,
        root=root,
        list_key=segment,
        type=type_,
        family="estimate",
        family_segment="estimates",
        fixed_root="quote",
    )


def _guide(segment: str, root: str, type_: str) -> DocumentTypeRow:
    return DocumentTypeRow(
        segment=segment,
        root=root,
        list_key=segment,
        type=type_,
        family="guide",
        family_segment="guides",
        fixed_root="shipping",
    )


INVOICE: Final = _invoice_family("invoices", "invoice", "Invoice")
# Without a client a simplified invoice is issued to the final consumer (vendor docs 2017).
SIMPLIFIED_INVOICE: Final = _invoice_family(
    "simplified_invoices", "simplified_invoice", "SimplifiedInvoice", needs_client=False
)
INVOICE_RECEIPT: Final = _invoice_family("invoice_receipts", "invoice_receipt", "InvoiceReceipt")
CREDIT_NOTE: Final = _invoice_family("credit_notes", "credit_note", "CreditNote")
DEBIT_NOTE: Final = _invoice_family("debit_notes", "debit_note", "DebitNote")
VAT_MOSS_INVOICE: Final = _invoice_family(
    "vat_moss_invoices", "vat_moss_invoice", "VatMossInvoice", is_dropped=True
)
RECEIPT: Final = _invoice_family("receipts", "receipt", "Receipt", needs_client=False, created=False)
VAT_MOSS_CREDIT_NOTE: Final = _invoice_family(
    "vat_moss_credit_notes", "vat_moss_credit_note", "VatMossCreditNote", is_dropped=True
)
VAT_MOSS_RECEIPT: Final = _invoice_family(
    "vat_moss_receipts",
    "vat_moss_receipt",
    "VatMossReceipt",
    needs_client=False,
    created=False,
    is_dropped=True,
)
QUOTE: Final = _estimate("quotes", "quote", "Quote")
PROFORMA: Final = _estimate("proformas", "proforma", "Proforma")
FEES_NOTE: Final = _estimate("fees_notes", "fees_note", "FeesNote")
SHIPPING: Final = _guide("shippings", "shipping", "Shipping")
TRANSPORT: Final = _guide("transports", "transport", "Transport")
DEVOLUTION: Final = _guide("devolutions", "devolution", "Devolution")
PURCHASE_ORDER: Final = DocumentTypeRow(
    segment="purchase_orders",
    root="purchase_order",
    list_key="purchase_orders",
    type="PurchaseOrder",
    family="purchase_order",
    family_segment="purchase_orders",
    fixed_root="purchase_order",
    is_dropped=True,
)

DOCUMENT_TYPES: Final = (
    INVOICE,
    SIMPLIFIED_INVOICE,
    INVOICE_RECEIPT,
    CREDIT_NOTE,
    DEBIT_NOTE,
    VAT_MOSS_INVOICE,
    RECEIPT,
    VAT_MOSS_CREDIT_NOTE,
    VAT_MOSS_RECEIPT,
    QUOTE,
    PROFORMA,
    FEES_NOTE,
    SHIPPING,
    TRANSPORT,
    DEVOLUTION,
    PURCHASE_ORDER,
)

NOTES: Final = (CREDIT_NOTE, DEBIT_NOTE, VAT_MOSS_CREDIT_NOTE)
"""Types that correct another document."""

RECEIPT_TYPES: Final = frozenset({RECEIPT.type, "VatMossReceipt"})
"""Types issued by payments; a VAT MOSS invoice has receipts of its own type (recorded 2019)."""

# Documents that read `final` are filtered as `sent` (square-bit 2026-04, diogopms 2026-06).
_FILTER_NAMES: Final[Mapping[str, str]] = {"final": "sent"}


def row_of(name: str) -> DocumentTypeRow:
    """The row of a document type, by `type`, segment or root key: `Invoice`, `invoices`, `invoice`.

    Raises KeyError.
    """
    return _BY_NAME[name]


_BY_NAME: Final[Mapping[str, DocumentTypeRow]] = {
    name: row for row in DOCUMENT_TYPES for name in (row.type, row.segment, row.root)
}


def filter_names(statuses: Iterable[str]) -> list[str]:
    """Statuses under their filter names. Accepts both names of a status."""
    return list(dict.fromkeys(_FILTER_NAMES.get(status, status) for status in statuses))


# Statuses that prove a change of state. Finalizing settles invoice-receipts, and another user may settle a
# document right after it was finalized (vendor docs 2026-07; purchase orders: vendor docs 2017).
_REACHED: Final[Mapping[str, frozenset[str]]] = {
    "finalized": frozenset({"final", "settled"}),
    "deleted": frozenset({"deleted"}),
    "canceled": frozenset({"canceled"}),
    "settled": frozenset({"settled"}),
    "unsettled": frozenset({"final"}),
    "accept": frozenset({"accepted"}),
    "accepted": frozenset({"accepted"}),
    "refuse": frozenset({"refused"}),
    "refused": frozenset({"refused"}),
    "second_copy": frozenset({"second_copy"}),
    "completed": frozenset({"completed"}),
}


def statuses_after(event: str) -> frozenset[str]:
    """The statuses that prove a change of state. Raises KeyError for an unknown change."""
    return _REACHED[event]
