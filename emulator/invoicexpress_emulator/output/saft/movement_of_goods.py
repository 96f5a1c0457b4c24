"""Section 4.2: guides, with which goods travel."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from ...http.wire_values import iso_seconds
from .document_parts import USER, add_opening, add_totals, entered, is_canceled
from .header import add_address
from .lines import add_line, net_lines
from .markup import add
from .values import clean

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from .content import Slice


def stock_movement(document: Document, around: Slice) -> ET.Element:
    """Return one document of the section; a guide that a live invoice has as well is invoiced (status F)."""
    status = "A" if is_canceled(document) else "F" if document.id in around.invoiced else "N"
    element = ET.Element("StockMovement")
    add_opening(element, "Movement", "DocumentNumber", document, status)
    add(element, "SystemEntryDate", entered(document))
    add(element, "CustomerID", document.client_id)
    add(element, "SourceID", USER)
    _add_transport(element, document)
    for number, net in enumerate(net_lines(document), 1):
        add_line(element, number, net, document, follows=around.owner_of(document))
    add_totals(element, document)
    return element


def _add_transport(element: ET.Element, document: Document) -> None:
    goods = document.delivery
    assert goods is not None  # noqa: S101 - a guide cannot be made without
    assert goods.loaded_at is not None  # noqa: S101 - as above
    for name, site, address in (
        ("ShipTo", goods.delivery_site, goods.address_to),
        ("ShipFrom", goods.load_site, goods.address_from),
    ):
        point = ET.SubElement(element, name)
        if site:
            add(point, "DeliveryID", clean(site, 255))
        if address is not None:
            add_address(point, "Address", address)
    add(element, "MovementStartTime", iso_seconds(goods.loaded_at))
    if goods.at_doc_code is not None:
        add(element, "ATDocCodeID", goods.at_doc_code)
