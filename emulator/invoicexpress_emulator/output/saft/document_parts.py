"""Parts that documents of several sections have in common."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ...fiscal.atcud import atcud_to_print
from ...fiscal.signature import KEY_VERSION
from ...fiscal.totals import EXACT, euros, rounded
from ...http.wire_values import iso_seconds
from .markup import add
from .values import clean, decimal, money

if TYPE_CHECKING:
    from ...books.documents.document import Document

USER: Final = "api"

_UNSIGNED: Final = "0"
_NO_ATCUD: Final = "0"


def is_canceled(document: Document) -> bool:
    """Whether a document is in the file with status A, and in no sum."""
    return document.status == "canceled"


def entered(document: Document) -> str:
    """Return the moment at which a document was issued."""
    assert document.system_entry is not None  # noqa: S101 - issued documents are the only ones exported
    return iso_seconds(document.system_entry)


def atcud(document: Document) -> str:
    """Return a document's ATCUD, `0` if it has none."""
    return atcud_to_print(document.atcud) or _NO_ATCUD


def add_status(parent: ET.Element, kind: str, document: Document, status: str, source: str) -> None:
    """Add a document's state, since when and why."""
    element = ET.SubElement(parent, "DocumentStatus")
    add(element, f"{kind}Status", status)
    canceled_at = document.canceled_at if is_canceled(document) else None
    add(element, f"{kind}StatusDate", iso_seconds(canceled_at) if canceled_at else entered(document))
    if is_canceled(document) and document.cancel_message:
        add(element, "Reason", clean(document.cancel_message, 50))
    add(element, "SourceID", USER)
    add(element, source, "P")


def add_opening(element: ET.Element, kind: str, number: str, document: Document, status: str) -> None:
    """Add the elements with which sales, movements and working documents begin."""
    add(element, number, document.printed_number or "")
    add(element, "ATCUD", atcud(document))
    add_status(element, kind, document, status, "SourceBilling")
    add(element, "Hash", document.signature or _UNSIGNED)
    add(element, "HashControl", KEY_VERSION if document.signature else _UNSIGNED)
    add(element, "Period", document.date.month)
    add(element, f"{kind}Date", document.date.isoformat())
    add(element, f"{kind}Type", document.type.saft_type)


def add_totals(parent: ET.Element, document: Document) -> None:
    """Add the totals; the rate is EUR per unit of the foreign currency, the inverse of the API's."""
    element = ET.SubElement(parent, "DocumentTotals")
    add(element, "TaxPayable", money(document.totals.taxes))
    add(element, "NetTotal", money(document.totals.before_taxes))
    add(element, "GrossTotal", money(document.totals.total))
    if document.currency_code is not None and document.rate is not None:
        currency = ET.SubElement(element, "Currency")
        add(currency, "CurrencyCode", document.currency_code)
        foreign = EXACT.multiply(euros(document.totals.total), document.rate)
        add(currency, "CurrencyAmount", decimal(rounded(foreign, 2)))
        add(currency, "ExchangeRate", decimal(rounded(EXACT.divide(Decimal(1), document.rate), 10)))
