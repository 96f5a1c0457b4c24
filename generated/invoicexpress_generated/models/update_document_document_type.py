from typing import Final, Literal

UpdateDocumentDocumentType = (
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
""" Path segment of the type. Others are kept as they come, and never sent. """

UPDATE_DOCUMENT_DOCUMENT_TYPE_VALUES: Final[frozenset[str]] = frozenset(
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
