from typing import Final, Literal

ListDocumentsDocumentType = (
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
""" Path segment of the type. Others are kept as they come, and never sent. """

LIST_DOCUMENTS_DOCUMENT_TYPE_VALUES: Final[frozenset[str]] = frozenset(
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
