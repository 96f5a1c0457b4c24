"""Section 4.1: invoices and the notes that correct them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from .document_parts import USER, add_opening, add_totals, entered, is_canceled
from .lines import add_line, net_lines
from .markup import add
from .values import money

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from .content import Slice


def invoice(document: Document, around: Slice) -> ET.Element:
    """Return one document of the section.

    Its goods were sent when the guide that it invoices says so, else on its own date (4.1.4.19.9; the tax
    authority's demonstration file does the same).
    """
    owner = around.owner_of(document)
    follows, corrects = (None, owner) if document.type.corrects else (owner, None)
    element = ET.Element("Invoice")
    add_opening(element, "Invoice", "InvoiceNo", document, "A" if is_canceled(document) else "N")
    regimes = ET.SubElement(element, "SpecialRegimes")
    for name in ("SelfBillingIndicator", "CashVATSchemeIndicator", "ThirdPartiesBillingIndicator"):
        add(regimes, name, 0)
    add(element, "SourceID", USER)
    add(element, "SystemEntryDate", entered(document))
    add(element, "CustomerID", document.client_id)
    sent = document.date if follows is None else follows.date
    for number, net in enumerate(net_lines(document), 1):
        add_line(element, number, net, document, follows=follows, corrects=corrects, tax_point=sent)
    add_totals(element, document)
    if document.withheld:
        withholding = ET.SubElement(element, "WithholdingTax")
        add(withholding, "WithholdingTaxAmount", money(document.withheld))
    return element
