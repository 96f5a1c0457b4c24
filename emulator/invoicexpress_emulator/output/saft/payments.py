"""Section 4.4: receipts and the documents that they pay."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from .document_parts import USER, add_status, add_totals, atcud, entered, is_canceled
from .markup import add
from .values import money

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from .content import Slice


def payment(document: Document, around: Slice) -> ET.Element:
    """Return one document of the section."""
    settled = around.settled.get(document.id, ())
    element = ET.Element("Payment")
    add(element, "PaymentRefNo", document.printed_number or "")
    add(element, "ATCUD", atcud(document))
    add(element, "Period", document.date.month)
    add(element, "TransactionDate", document.date.isoformat())
    add(element, "PaymentType", document.type.saft_type)
    add_status(element, "Payment", document, "A" if is_canceled(document) else "N", "SourcePayment")
    for each in settled:
        method = ET.SubElement(element, "PaymentMethod")
        add(method, "PaymentMechanism", each.mechanism)
        add(method, "PaymentAmount", money(each.amount))
        add(method, "PaymentDate", document.date.isoformat())
    add(element, "SourceID", USER)
    add(element, "SystemEntryDate", entered(document))
    add(element, "CustomerID", document.client_id)
    for number, each in enumerate(settled, 1):
        line = ET.SubElement(element, "Line")
        add(line, "LineNumber", number)
        source = ET.SubElement(line, "SourceDocumentID")
        add(source, "OriginatingON", each.document.number)
        add(source, "InvoiceDate", each.document.date.isoformat())
        add(line, "CreditAmount", money(each.amount))
    add_totals(element, document)
    return element
