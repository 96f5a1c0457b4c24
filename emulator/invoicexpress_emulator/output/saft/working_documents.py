"""Section 4.3: documents for a customer to check: quotes, pro-formas, fees notes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from .document_parts import USER, add_opening, add_totals, entered, is_canceled
from .lines import add_line, net_lines
from .markup import add

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from .content import Slice


def work_document(document: Document, around: Slice) -> ET.Element:
    """Return one document of the section."""
    element = ET.Element("WorkDocument")
    add_opening(element, "Work", "DocumentNumber", document, "A" if is_canceled(document) else "N")
    add(element, "SourceID", USER)
    add(element, "SystemEntryDate", entered(document))
    add(element, "CustomerID", document.client_id)
    for number, net in enumerate(net_lines(document), 1):
        add_line(element, number, net, document, tax_point=document.date)
    add_totals(element, document)
    return element
