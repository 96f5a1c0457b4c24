"""Lines of documents, and amounts that add up to the document's."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from ...fiscal.exemption_codes import printed_reason
from ...fiscal.totals import EXACT, LineAmounts, apportion, cents, euros, kept_share, rounded
from .line_tax import tax_of
from .markup import add
from .values import clean, decimal, money, product_code, product_description

if TYPE_CHECKING:
    from ...books.documents.document import Document, Line
    from .content import Referred

_DECIMALS: Final = 6
_LONGEST_REASON: Final = 60
_UNITS: Final[Mapping[str, str]] = {
    "unit": "UN",
    "hour": "HORA",
    "day": "DIA",
    "month": "MÊS",
    "service": "SERV",
    "other": "OUTRO",
}
"""One spelling for each unit of the API, that of the AT demonstration file where it has one."""


@dataclass(frozen=True, slots=True)
class NetLine:
    """A line after all discounts: whole cents, the unit price that gives them, and the discount."""

    line: Line
    cents: int
    unit_price: Decimal
    discount: Decimal


def net_lines(document: Document) -> list[NetLine]:
    """Return the lines with amounts that add up to the document's net total."""
    amounts: list[LineAmounts] = [line.amounts for line in document.lines]
    kept = kept_share(amounts, document.global_discount)
    nets = [kept.taken_from(each.subtotal) for each in amounts]
    keys = [document.tax_key(line) for line in document.lines]
    shares = [0] * len(nets)
    for part in document.tax_parts:
        places = [place for place, key in enumerate(keys) if key == part.key]
        apportioned = apportion(part.base, [nets[place] for place in places])
        for place, share in zip(places, apportioned, strict=True):
            shares[place] = share
    return [
        NetLine(
            line, share, unit_price(line, net, share), rounded(EXACT.subtract(amount.gross, net), _DECIMALS)
        )
        for line, share, net, amount in zip(document.lines, shares, nets, amounts, strict=True)
    ]


def unit_price(line: Line, net: Decimal, amount: int) -> Decimal:
    """Return the price of a unit, after all discounts, that gives back the amount of a line.

    It is the exact net amount `net` (EUR) by the quantity, unless the cent that another line could not take
    makes `amount` (cents) another amount. Times the quantity it is off by less than 0.000005 EUR, so lines
    of many units have more decimals than six.
    """
    if not line.quantity:
        return rounded(line.unit_price, _DECIMALS)
    step = Decimal(1).scaleb(-_DECIMALS - max(0, line.quantity.adjusted()))
    exact, given_back = (
        EXACT.divide(each, line.quantity).quantize(step, ROUND_HALF_UP, EXACT)
        for each in (net, euros(amount))
    )
    return exact if cents(EXACT.multiply(exact, line.quantity)) == amount else given_back


def unit_of_measure(unit: str | None) -> str:
    """Return the spelling of a unit of the API. A line without a unit counts pieces."""
    unit = unit or "unit"
    return _UNITS.get(unit) or clean(unit, 20)


def add_line(
    parent: ET.Element,
    number: int,
    net: NetLine,
    document: Document,
    *,
    follows: Referred | None = None,
    corrects: Referred | None = None,
    tax_point: dt.date | None = None,
) -> None:
    """Add a line.

    Args:
        parent: its document.
        number: counts the lines of the document, from 1.
        net: the line after all discounts.
        document: the document of the line.
        follows: the document from which it comes.
        corrects: the invoice that it corrects.
        tax_point: when the goods were sent or the service rendered, in sections that have it.
    """
    element = ET.SubElement(parent, "Line")
    add(element, "LineNumber", number)
    if follows is not None:
        origin = ET.SubElement(element, "OrderReferences")
        add(origin, "OriginatingON", follows.number)
        add(origin, "OrderDate", follows.date.isoformat())
    line = net.line
    add(element, "ProductCode", product_code(line.name))
    add(element, "ProductDescription", product_description(line.name))
    add(element, "Quantity", decimal(line.quantity))
    add(element, "UnitOfMeasure", unit_of_measure(line.unit))
    add(element, "UnitPrice", decimal(net.unit_price))
    if tax_point is not None:
        add(element, "TaxPointDate", tax_point.isoformat())
    if corrects is not None:
        references = ET.SubElement(element, "References")
        add(references, "Reference", corrects.number)
        if document.observations:
            add(references, "Reason", clean(document.observations, 50))
    add(element, "Description", clean(line.description or line.name, 200))
    add(element, "DebitAmount" if document.type.reduces_owner else "CreditAmount", money(net.cents))
    if not document.has_no_rate:
        _add_tax(element, document, line)
    if net.discount:
        add(element, "SettlementAmount", decimal(net.discount))


def _add_tax(element: ET.Element, document: Document, line: Line) -> None:
    """Add the VAT of a line, or the reason for its exemption."""
    tax = tax_of(document, line)
    wrapped = ET.SubElement(element, "Tax")
    add(wrapped, "TaxType", tax.type)
    add(wrapped, "TaxCountryRegion", tax.region)
    add(wrapped, "TaxCode", tax.code)
    add(wrapped, "TaxPercentage", decimal(tax.rate))
    if tax.exemption is not None:
        add(element, "TaxExemptionReason", clean(printed_reason(tax.exemption), _LONGEST_REASON))
        add(element, "TaxExemptionCode", tax.exemption)
