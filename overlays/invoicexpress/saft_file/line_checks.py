"""Checks each line of a document: its number, its amount, and the law behind its tax."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from invoicexpress_wire import shown_amount

from .. import reference_data
from . import taxed_lines
from .findings import Finding, of_document

if TYPE_CHECKING:
    from .rows import Document, Header, Line

_FIRST_WITH_CODES: Final = "1.04_01"
"""The version that added TaxExemptionCode (Portaria 302/2016); older files have the reason alone."""
_VAT: Final = "IVA"
_OTHER: Final = "OUT"
"""Code of rates of special schemes (Portaria 302/2016, 4.1.4.19.15.3), which the table of rates lacks."""
_CORRECTING: Final = taxed_lines.DEBITED | {"ND"}
_RECOVERED: Final = "M"
_YEARS_BACK: Final = 10
"""How old a corrected document may be: companies keep theirs so long (CIVA, art. 52.1)."""
_DEMONSTRATION: Final = "599999999"
"""ProductCompanyTaxID, no valid number, of the tax authority's own sample (AT demonstration file), whose
documents of 2017 have the rates of 2010.
"""


def findings(document: Document, header: Header) -> Iterator[Finding]:
    """The findings about single lines of a document."""
    yield from _numbers(document)
    for line in document.lines:
        yield from _amount(document, line)
        yield from _exemption(document, line, header)
        if header.product_company_tax_id != _DEMONSTRATION:
            yield from _rate(document, line)


def _numbers(document: Document) -> Iterator[Finding]:
    numbered: dict[int, list[Line]] = {}
    for line in document.lines:
        if line.line_number is not None:
            numbered.setdefault(line.line_number, []).append(line)
    for number, lines in numbered.items():
        if len(lines) > 1:
            what = f"{len(lines)} lines have the number {number}"
            yield of_document(document, "line_number", what, line=lines[1].line)


def _amount(document: Document, line: Line) -> Iterator[Finding]:
    """Whether the amount of a line is its quantity times its unit price."""
    quantity, price = line.quantity, line.unit_price
    if quantity is None or price is None or taxed_lines.is_product(line):
        return
    product, amount = abs(quantity * price), abs(taxed_lines.amount(line))
    what = (
        f"line {line.line_number} has the amount {shown_amount(amount)}, "
        f"{quantity:f} times {shown_amount(price)} is {shown_amount(product)}"
    )
    yield of_document(document, "line_amount", what, product, amount, line=line.line)


def _exemption(document: Document, line: Line, header: Header) -> Iterator[Finding]:
    """Whether a line without tax has the reason and its code, and one with tax neither (Portaria 302/2016,
    4.1.4.19.16 and 4.1.4.19.17, and the same in other sections).
    """
    tax = line.tax
    if tax is None or (tax.tax_percentage is None and tax.tax_amount is None):
        return
    given = {"TaxExemptionReason": line.tax_exemption_reason, "TaxExemptionCode": line.tax_exemption_code}
    if tax.tax_percentage or tax.tax_amount:
        if present := [name for name, text in given.items() if text is not None]:
            what = f"line {line.line_number} has a tax, and {' and '.join(present)} of a line without"
            yield of_document(document, "exemption", what, line=line.line)
        return
    version = header.audit_file_version
    if version is not None and version < _FIRST_WITH_CODES:
        del given["TaxExemptionCode"]
    if missing := [name for name, text in given.items() if text is None]:
        what = f"line {line.line_number} has no tax, and no {' and no '.join(missing)}, which it needs then"
        yield of_document(document, "exemption", what, line=line.line)


def _rate(document: Document, line: Line) -> Iterator[Finding]:
    """Whether the region of a line had its rate of VAT when the tax fell due (CIVA, art. 18.9)."""
    tax = line.tax
    if tax is None or tax.tax_type != _VAT or tax.tax_code == _OTHER or not tax.tax_percentage:
        return
    rows = [row for row in reference_data.vat_rates() if row.region == tax.tax_country_region]
    days = _days(document, line)
    if not rows or days is None:
        return
    first, last = days
    if first < min(row.valid_from for row in rows):
        # A rate from before the table, perhaps.
        return
    held = {row.percent for row in rows if row.valid_from <= last and first <= (row.valid_to or last)}
    if tax.tax_percentage in held:
        return
    when = f"on {last}" if first == last else f"from {first} to {last}"
    what = (
        f"line {line.line_number} has {tax.tax_percentage:f} % VAT; {when} "
        f"{tax.tax_country_region} had {', '.join(f'{rate:f}' for rate in sorted(held))} %"
    )
    yield of_document(document, "tax_rate", what, None, tax.tax_percentage, line=line.line)


def _days(document: Document, line: Line) -> tuple[dt.date, dt.date] | None:
    """The first and the last day on which the tax of a line may have fallen due; None if no day is known.

    That is the day of the supply (TaxPointDate), of the document, or one between: an invoice in time makes
    the tax due when it is issued, an advance when it is paid (CIVA, art. 8). A correction has the rate of its
    original, and so have a deducted advance and a document recovered from paper. Receipts look back as well.
    Quotes and guides charge no tax, and may also name a rate to come.
    """
    known = [day for day in (line.tax_point_date, document.date) if day is not None]
    if not known:
        return None
    first, last = min(known), max(known)
    is_sale = document.section == "SalesInvoices"
    looks_back = (
        not is_sale
        or document.type in _CORRECTING
        or document.source_billing == _RECOVERED
        or bool(line.references)
        or taxed_lines.amount(line) < 0
    )
    if looks_back:
        first = dt.date(max(dt.MINYEAR, first.year - _YEARS_BACK), first.month, 1)
    return first, last if is_sale else dt.date.max
