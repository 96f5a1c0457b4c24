"""Amount and tax of a line, as the check of a document and the VAT summary both take them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .rows import Document, Line

DEBITED: Final = frozenset({"NC", "TD", "DA", "RE"})
"""Types of invoice that lower the turnover, by DebitAmount (Portaria 302/2016, 4.1.4.19.13): credit notes,
returned goods and assets, and refunded premiums.
"""
_CENT: Final = Decimal("0.01")
_HALF_A_CENT: Final = Decimal("0.005")
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


def sign(document: Document) -> int:
    """The factor, 1 or -1, that gives a document's totals the sign of its lines.

    Totals of notes, and of other documents that debit, may be written with or without it, but all alike: that
    of NetTotal counts. If the lines credit, totals are positive.
    """
    implied = sum(map(amount, document.lines), _ZERO) or sum(map(tax, document.lines), _ZERO)
    is_note = document.type in DEBITED
    if implied > 0 and not is_note:
        return 1
    totals = (document.net_total, document.tax_payable, document.gross_total)
    total = next(filter(None, totals), _ZERO)
    is_lowering = implied < 0 or (implied == 0 and is_note)
    return -1 if total and (total < 0) is not is_lowering else 1


def net_tolerance(document: Document) -> Decimal:
    """By how much NetTotal may differ from the exact sum of the lines, in EUR.

    Programs may round amounts once, by rate, by line, or not at all.

    Each line explains the distance of its amount to the cent, and to its quantity times its unit price (up to
    half a cent); the total explains half a cent. So whole cents that are such products explain nothing.
    """
    return sum((to_the_cent(amount(each)) + _lost(each) for each in document.lines), _HALF_A_CENT)


def tax_tolerance(document: Document) -> Decimal:
    """By how much TaxPayable may differ from the exact tax of the lines, in EUR, by the rule of
    `net_tolerance`: a program may also tax quantity times unit price before it rounds the amount.
    """
    return sum(map(_tax_rounding, document.lines), _HALF_A_CENT)


def is_product(line: Line) -> bool:
    """Whether the amount of a line is its quantity times its unit price, but for rounding.

    Half a cent is the rounding of the amount. That of the price explains less than half of its last decimal
    for each piece, but no more than a cent in all (the tolerance of Saft-PT_4_PHP): the unit price is net of
    all discounts (Portaria 302/2016, 4.1.4.19.7), and one with too few decimals to give back the amount is
    wrong. A line without one of the three is not judged.
    """
    if line.quantity is None or line.unit_price is None:
        return True
    if line.credit_amount is None and line.debit_amount is None:
        return True
    difference, rounding = _to_the_product(line), _amount_rounding(line)
    if difference <= rounding:
        return True
    of_the_price = abs(line.quantity) * _last_decimal(line.unit_price) / 2
    return difference <= _CENT and difference < rounding + of_the_price


def _tax_rounding(line: Line) -> Decimal:
    """What the rounding of a line explains of a difference in tax."""
    exact, lost = tax(line), _lost(line)
    rate = None if line.tax is None else line.tax.tax_percentage
    of_the_loss = (lost * abs(rate or _ZERO)).scaleb(-2)
    return of_the_loss + min(_HALF_A_CENT, to_the_cent(exact) + of_the_loss)


def _lost(line: Line) -> Decimal:
    """What the rounding of an amount took from quantity times unit price, or added to it, at most.

    A price with parts of a cent is rounded as well; one in whole cents is taken as exact.
    """
    price, quantity = line.unit_price or _ZERO, line.quantity or _ZERO
    of_the_price = abs(quantity) * _last_decimal(price) / 2 if to_the_cent(price) else _ZERO
    return min(_to_the_product(line) + of_the_price, _amount_rounding(line))


def _to_the_product(line: Line) -> Decimal:
    """The distance of an amount to quantity times unit price; 0 if one of them is missing."""
    if line.quantity is None or line.unit_price is None:
        return _ZERO
    # Returns may have a negative quantity or a negative price.
    return abs(abs(line.quantity * line.unit_price) - abs(amount(line)))


def _amount_rounding(line: Line) -> Decimal:
    """By how much rounding can change an amount: half a cent, or one unit of its last decimal if it has more
    than two, since programs also cut those off.
    """
    return min(_HALF_A_CENT, _last_decimal(amount(line))) if to_the_cent(amount(line)) else _HALF_A_CENT


def _last_decimal(value: Decimal) -> Decimal:
    """One unit of the last decimal of an amount, of the second at least: trailing zeros may be missing."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(-2, exponent if isinstance(exponent, int) else 0))


def to_the_cent(value: Decimal) -> Decimal:
    """The distance to the nearest cent, at most half of one."""
    return abs(value - value.quantize(_CENT, ROUND_HALF_UP))


def _signed(line: Line) -> tuple[int, Decimal]:
    """The sign of a line, also for an amount of 0, and its amount."""
    if line.debit_amount is None:
        return 1, line.credit_amount or _ZERO
    signed = (line.credit_amount or _ZERO) - line.debit_amount
    return (1 if signed > 0 else -1), signed
