"""Amount and tax of a line, as the check of a document and the VAT summary both take them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .rows import Document, Line

_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal("0.00")


def amount(line: Line) -> Decimal:
    """The amount of a line in EUR: positive on the credit side, negative on the debit side."""
    return _signed(line)[1]


def tax(line: Line) -> Decimal:
    """The exact tax of a line in EUR: a rate of its amount or of its tax base, or an amount of its own.

    An unknown tax is 0.
    """
    if line.tax is None or is_unknown(line):
        return _ZERO
    sign, taxed = _signed(line)
    if line.tax.tax_percentage is None:
        return sign * (line.tax.tax_amount or _ZERO)
    if line.tax_base is not None:
        # The taxable value of one unit (Portaria 302/2016, 4.1.4.19.8).
        taxed += sign * line.tax_base * (_ZERO if line.quantity is None else line.quantity)
    return (taxed * line.tax.tax_percentage).scaleb(-2)


def is_unknown(line: Line) -> bool:
    """Whether the tax of a line is unknown: it has none, or one without a rate and an amount."""
    return bool(missing(line))


def missing(line: Line) -> str:
    """The missing part of a line's tax, in words; empty if it has all."""
    tax = line.tax
    if tax is None or tax.tax_type is None:
        return "tax"
    if tax.tax_percentage is None and tax.tax_amount is None:
        return "rate, and no amount of tax"
    return "quantity for its TaxBase" if line.tax_base is not None and line.quantity is None else ""


def tolerance(document: Document) -> Decimal:
    """By how much a total may differ from the exact sum of its lines: programs may round each of them."""
    return _CENT * max(1, len(document.lines))


def _signed(line: Line) -> tuple[int, Decimal]:
    """The sign of a line, also for an amount of 0, and its amount."""
    if line.debit_amount is None:
        return 1, line.credit_amount or _ZERO
    signed = (line.credit_amount or _ZERO) - line.debit_amount
    return (1 if signed > 0 else -1), signed
