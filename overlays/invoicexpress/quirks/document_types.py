"""The table of document types: their names in paths, root keys, lists and filters, and their abilities.

No other module of the package holds a segment, a root key or a filter name. `openapi.yaml` has the same
table with the evidence (`x-document-types`); a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from invoicexpress_loading.records import record

Family = Literal["invoice", "estimate", "guide", "purchase_order"]


@record(frozen=True, kw_only=True)
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
    code: str | None = None
    """Code in SAF-T (PT), which starts file names (Portaria 302/2016). None: the name of the type does."""
    creditable: bool = False
    """Whether a credit note may correct it (vendor docs 2026-07; Webdados 2025)."""
    corrects: Literal["credit", "debit"] | None = None
    """Whether it is a note that corrects another document, and in which direction."""
    issued_by_payments: bool = False
    """Whether payments issue it. A VAT MOSS invoice has receipts of its own type (recorded 2019)."""


def _invoice_family(
    segment: str,
    root: str,
    type_: str,
    code: str | None = None,
    *,
    needs_client: bool = True,
    is_dropped: bool = False,
    creditable: bool = False,
    corrects: Literal["credit", "debit"] | None = None,
    issued_by_payments: bool = False,
) -> DocumentTypeRow:
    return DocumentTypeRow(
        segment=segment,
        root=root,
        list_key=segment,
        type=type_,
        family="invoice",
        family_segment="invoices",
        fixed_root=root if issued_by_payments else "invoice",
        needs_client=needs_client and not issued_by_payments,
        is_dropped=is_dropped,
        idempotent_create=not issued_by_payments,
        code=code,
        creditable=creditable,
        corrects=corrects,
        issued_by_payments=issued_by_payments,
    )


def _estimate(segment: str, root: str, type_: str, code: str | None = None) -> DocumentTypeRow:
    return DocumentTypeRow(
        segment=segment,
        root=root,
        list_key=segment,
        type=type_,
        family="estimate",
        family_segment="estimates",
        fixed_root="quote",
        code=code,
    )


def _guide(segment: str, root: str, type_: str, code: str) -> DocumentTypeRow:
    return DocumentTypeRow(
        segment=segment,
        root=root,
        list_key=segment,
        type=type_,
        family="guide",
        family_segment="guides",
        fixed_root="shipping",
        code=code,
    )


INVOICE: Final = _invoice_family("invoices", "invoice", "Invoice", "FT", creditable=True)
# Without a client a simplified invoice is issued to the final consumer (vendor docs 2017).
SIMPLIFIED_INVOICE: Final = _invoice_family(
    "simplified_invoices",
    "simplified_invoice",
    "SimplifiedInvoice",
    "FS",
    needs_client=False,
    creditable=True,
)
INVOICE_RECEIPT: Final = _invoice_family(
    "invoice_receipts", "invoice_receipt", "InvoiceReceipt", "FR", creditable=True
)
CREDIT_NOTE: Final = _invoice_family("credit_notes", "credit_note", "CreditNote", "NC", corrects="credit")
DEBIT_NOTE: Final = _invoice_family(
    "debit_notes", "debit_note", "DebitNote", "ND", creditable=True, corrects="debit"
)
VAT_MOSS_INVOICE: Final = _invoice_family(
    "vat_moss_invoices", "vat_moss_invoice", "VatMossInvoice", is_dropped=True, creditable=True
)
RECEIPT: Final = _invoice_family("receipts", "receipt", "Receipt", "RG", issued_by_payments=True)
VAT_MOSS_CREDIT_NOTE: Final = _invoice_family(
    "vat_moss_credit_notes", "vat_moss_credit_note", "VatMossCreditNote", is_dropped=True, corrects="credit"
)
VAT_MOSS_RECEIPT: Final = _invoice_family(
    "vat_moss_receipts", "vat_moss_receipt", "VatMossReceipt", is_dropped=True, issued_by_payments=True
)
QUOTE: Final = _estimate("quotes", "quote", "Quote", "OR")
PROFORMA: Final = _estimate("proformas", "proforma", "Proforma", "PF")
FEES_NOTE: Final = _estimate("fees_notes", "fees_note", "FeesNote")
SHIPPING: Final = _guide("shippings", "shipping", "Shipping", "GR")
TRANSPORT: Final = _guide("transports", "transport", "Transport", "GT")
DEVOLUTION: Final = _guide("devolutions", "devolution", "Devolution", "GD")
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

CREDITABLE: Final = tuple(row for row in DOCUMENT_TYPES if row.creditable)
"""Types that a credit note may correct."""

NOTES: Final = tuple(row for row in DOCUMENT_TYPES if row.corrects)
"""Types that correct another document."""

CREDIT_NOTES: Final = tuple(row for row in NOTES if row.corrects == "credit")
"""Notes that reduce the total of the document they correct."""

RECEIPT_TYPES: Final = frozenset(row.type for row in DOCUMENT_TYPES if row.issued_by_payments)
"""Types issued by payments."""

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


def roots_of(family: Family) -> frozenset[str]:
    """All root keys of one document of a family."""
    rows = [row for row in DOCUMENT_TYPES if row.family == family]
    return frozenset(root for row in rows for root in (row.root, row.fixed_root))


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


def is_issued(status: str) -> bool:
    """Whether a document of this status has a number and is not cancelled."""
    return status not in {"draft", "deleted", "canceled"}


def statuses_after(event: str) -> frozenset[str]:
    """The statuses that prove a change of state. Raises KeyError for an unknown change."""
    return _REACHED[event]
