# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

CreatableDocumentSegment = (
    Literal[
        "credit_notes",
        "debit_notes",
        "devolutions",
        "fees_notes",
        "invoice_receipts",
        "invoices",
        "proformas",
        "purchase_orders",
        "quotes",
        "shippings",
        "simplified_invoices",
        "transports",
        "vat_moss_credit_notes",
        "vat_moss_invoices",
    ]
    | str
)
"""Path segment of a document type that starts as a draft. Receipts do not; payments issue them. Other
values are kept when read and never sent."""

CREATABLE_DOCUMENT_SEGMENT_VALUES: Final[frozenset[str]] = frozenset(
    {
        "credit_notes",
        "debit_notes",
        "devolutions",
        "fees_notes",
        "invoice_receipts",
        "invoices",
        "proformas",
        "purchase_orders",
        "quotes",
        "shippings",
        "simplified_invoices",
        "transports",
        "vat_moss_credit_notes",
        "vat_moss_invoices",
    }
)
