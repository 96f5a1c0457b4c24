# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

DocumentSegment = (
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
        "receipts",
        "shippings",
        "simplified_invoices",
        "transports",
        "vat_moss_credit_notes",
        "vat_moss_invoices",
        "vat_moss_receipts",
    ]
    | str
)
"""Path segment of a document type. Other values are kept when read and never sent."""

DOCUMENT_SEGMENT_VALUES: Final[frozenset[str]] = frozenset(
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
        "receipts",
        "shippings",
        "simplified_invoices",
        "transports",
        "vat_moss_credit_notes",
        "vat_moss_invoices",
        "vat_moss_receipts",
    }
)
