# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

DocumentType = (
    Literal[
        "CashInvoice",
        "CreditNote",
        "DebitNote",
        "Devolution",
        "FeesNote",
        "Invoice",
        "InvoiceReceipt",
        "Proforma",
        "PurchaseOrder",
        "Quote",
        "Receipt",
        "Shipping",
        "SimplifiedInvoice",
        "Transport",
        "VatMossCreditNote",
        "VatMossInvoice",
        "VatMossReceipt",
    ]
    | str
)
"""Type of a document, as the service writes it. Other values are kept when read and never sent."""

DOCUMENT_TYPE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "CashInvoice",
        "CreditNote",
        "DebitNote",
        "Devolution",
        "FeesNote",
        "Invoice",
        "InvoiceReceipt",
        "Proforma",
        "PurchaseOrder",
        "Quote",
        "Receipt",
        "Shipping",
        "SimplifiedInvoice",
        "Transport",
        "VatMossCreditNote",
        "VatMossInvoice",
        "VatMossReceipt",
    }
)
