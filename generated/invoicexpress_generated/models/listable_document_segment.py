# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

ListableDocumentSegment = (
    Literal[
        "credit_notes",
        "debit_notes",
        "invoice_receipts",
        "invoices",
        "purchase_orders",
        "receipts",
        "simplified_invoices",
        "vat_moss_credit_notes",
        "vat_moss_invoices",
        "vat_moss_receipts",
    ]
    | str
)
"""Path segment of a document type that has a list of its own. Other values are kept when read and
never sent."""

LISTABLE_DOCUMENT_SEGMENT_VALUES: Final[frozenset[str]] = frozenset(
    {
        "credit_notes",
        "debit_notes",
        "invoice_receipts",
        "invoices",
        "purchase_orders",
        "receipts",
        "simplified_invoices",
        "vat_moss_credit_notes",
        "vat_moss_invoices",
        "vat_moss_receipts",
    }
)
