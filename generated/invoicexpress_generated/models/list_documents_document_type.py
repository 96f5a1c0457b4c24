from typing import Final, Literal

ListDocumentsDocumentType = (
    Literal[
        "credit_notes",
        "debit_notes",
        "invoice_receipts",
        "invoices",
        "receipts",
        "simplified_invoices",
        "vat_moss_invoices",
    ]
    | str
)
""" Path segment of the type. Others are kept as they come. """

LIST_DOCUMENTS_DOCUMENT_TYPE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "credit_notes",
        "debit_notes",
        "invoice_receipts",
        "invoices",
        "receipts",
        "simplified_invoices",
        "vat_moss_invoices",
    }
)
