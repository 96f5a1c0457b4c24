from typing import Final, Literal

ChangeDocumentStateDocumentType = (
    Literal[
        "credit_notes",
        "debit_notes",
        "fees_notes",
        "invoice_receipts",
        "invoices",
        "proformas",
        "quotes",
        "receipts",
        "simplified_invoices",
        "vat_moss_invoices",
    ]
    | str
)
""" Path segment of the type. Others are kept as they come. """

CHANGE_DOCUMENT_STATE_DOCUMENT_TYPE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "credit_notes",
        "debit_notes",
        "fees_notes",
        "invoice_receipts",
        "invoices",
        "proformas",
        "quotes",
        "receipts",
        "simplified_invoices",
        "vat_moss_invoices",
    }
)
