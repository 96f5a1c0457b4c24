"""SAF-T (PT) files as typed rows, and the check of their signatures. Comes with the extra `saft`.

    file = saft_file.read("SAF-T 2026-10.xml")          # or bytes, an open file, a ZIP, a Download
    for document in file.documents("SalesInvoices"):
        print(document.number, document.date, document.gross_total)
    assert saft_file.check(file) == []
    assert saft_file.verify_chain(file, public_key_pem).is_whole
    for row in saft_file.vat_summary(file).rows:
        print(row.tax_country_region, row.tax_percentage, row.base, row.tax)

In a SAF-T (PT) file a company reports its documents to the tax authority (Autoridade Tributária; Portaria
302/2016). Files are untrusted: document types, and with them entities, are refused, nothing is fetched, and
memory stays flat. An unreadable value becomes None and a `Problem`; its document is still yielded, and
`check` lists the problems of all documents.
"""

from __future__ import annotations

from .audit_file import AuditFile, read
from .chain import ChainReport, Link, message, verify_chain
from .checks import check
from .findings import Finding, FindingKind
from .rows import (
    SECTIONS,
    Address,
    ControlTotals,
    Currency,
    Customer,
    CustomsInformation,
    Document,
    Header,
    Line,
    OrderReference,
    PaymentMethod,
    Problem,
    Product,
    Reference,
    Section,
    Settlement,
    ShippingPoint,
    SourceDocument,
    Tax,
    TaxTableEntry,
    WithholdingTax,
)
from .sources import LIMIT, Source
from .vat import VatRow, VatSummary, vat_summary

__all__ = [
    "LIMIT",
    "SECTIONS",
    "Address",
    "AuditFile",
    "ChainReport",
    "ControlTotals",
    "Currency",
    "Customer",
    "CustomsInformation",
    "Document",
    "Finding",
    "FindingKind",
    "Header",
    "Line",
    "Link",
    "OrderReference",
    "PaymentMethod",
    "Problem",
    "Product",
    "Reference",
    "Section",
    "Settlement",
    "ShippingPoint",
    "Source",
    "SourceDocument",
    "Tax",
    "TaxTableEntry",
    "VatRow",
    "VatSummary",
    "WithholdingTax",
    "check",
    "message",
    "read",
    "vat_summary",
    "verify_chain",
]
