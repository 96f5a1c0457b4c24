"""Prices and quantities of lines as the service shows them: rounded, beside amounts at full precision.

The service stores a price with 4 decimals and a quantity with 2. It was seen to show both with 2 decimals,
in 2019 with 1, while `subtotal` stays exact: "2.02" beside 2.0244 (suestecreative 2026; recorded 2019). A
subtotal has 10 decimals, the total of a line 4 (weareswat 2020). So only the amounts tell two lines apart
whose prices look alike, and a line is repeated from its amounts, never from the values shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from invoicexpress_generated.models.document_item import DocumentItem

from ..totals import QUANTITY_DECIMALS, UNIT_PRICE_DECIMALS, rounded

_SUBTOTAL_DECIMALS: Final = 10
_TOTAL_DECIMALS: Final = 4
_NOISE: Final = Fraction(1, 2**51)
"""The relative error of an amount that was a binary number on its way."""


class Values(NamedTuple):
    """The values of a line that make its amount, as stored."""

    unit_price: Decimal
    quantity: Decimal


def is_shown_as(stored: Decimal, shown: Decimal) -> bool:
    """Whether a value, rounded to the decimals of the one shown, is that one. A half may go either way."""
    return abs(Fraction(stored) - Fraction(shown)) <= _half(_decimals(shown))


def amounts_fit(line: DocumentItem, values: Values, discount: Decimal) -> bool | None:
    """Whether a line's exact amount belongs to these values; None if it shows none.

    `discount` is in percent.
    """
    amount = _amount(line, discount)
    return None if amount is None else amount.fits(values)


def exact(line: DocumentItem) -> Values | None:
    """The stored price and quantity of a line that may show them rounded; None if they cannot be told.

    Without an amount they are taken as shown.
    """
    discount = line.discount if isinstance(line.discount, Decimal) else Decimal(0)
    as_shown = Values(line.unit_price, line.quantity)
    amount = _amount(line, discount)
    if amount is None:
        return as_shown
    quantities = list(_quantities(line, amount))
    if len(quantities) == 1 and amount.fits(as_shown):
        return as_shown
    candidates = {
        values
        for quantity in quantities
        for values in amount.candidates(quantity)
        if is_shown_as(values.unit_price, line.unit_price) and amount.fits(values)
    }
    if as_shown in candidates:
        # Equal values are one candidate, whatever their zeros.
        candidates = (candidates - {as_shown}) | {as_shown}
    return candidates.pop() if len(candidates) == 1 else None


class _Amount(NamedTuple):
    """An exact amount of a line: price times quantity times `factor`, with so many decimals."""

    shown: Fraction
    factor: Fraction
    decimals: int

    def fits(self, values: Values) -> bool:
        meant = Fraction(values.unit_price) * Fraction(values.quantity) * self.factor
        return abs(meant - self.shown) <= _half(self.decimals) + meant * _NOISE

    def candidates(self, quantity: Decimal) -> Iterator[Values]:
        """The nearest prices; if two of them fit, the amount is too coarse to tell."""
        share = Fraction(quantity) * self.factor
        if share:
            nearest = rounded(self.shown / share, UNIT_PRICE_DECIMALS)
            step = Decimal(1).scaleb(-UNIT_PRICE_DECIMALS)
            yield from (Values(price, quantity) for price in (nearest - step, nearest, nearest + step))


def _amount(line: DocumentItem, discount: Decimal) -> _Amount | None:
    taken = Fraction(discount) / 100
    if taken == 1 and isinstance(line.discount_amount, Decimal):
        # Nothing is left of the subtotal.
        return _Amount(Fraction(line.discount_amount), taken, _SUBTOTAL_DECIMALS)
    if isinstance(line.subtotal, Decimal):
        return _Amount(Fraction(line.subtotal), 1 - taken, _SUBTOTAL_DECIMALS)
    rate = line.tax.value if line.tax else None
    if isinstance(line.total, Decimal) and isinstance(rate, Decimal):
        return _Amount(Fraction(line.total), (1 - taken) * (1 + Fraction(rate) / 100), _TOTAL_DECIMALS)
    return None


def _quantities(line: DocumentItem, amount: _Amount) -> Iterator[Decimal]:
    """The quantities that may be behind the one shown.

    Price and quantity have the same decimals, so two in either mean that the quantity is exact. One decimal
    may be a rounded quantity (recorded 2019); none at all is how a JSON number looks, and was never a rounded
    one. A line with a total alone shows numbers as well, which lose zeros at their end.
    """
    shown = max(_decimals(line.unit_price), _decimals(line.quantity))
    if shown != 1 or amount.decimals == _TOTAL_DECIMALS:
        yield line.quantity
        return
    step = Decimal(1).scaleb(-QUANTITY_DECIMALS)
    around = range(-_AROUND, _AROUND + 1)
    yield from (each for steps in around if (each := line.quantity + steps * step) >= 0)


_AROUND: Final = 10 ** (QUANTITY_DECIMALS - 1) // 2
"""Half a unit of the first decimal, in units of the last one stored."""


def _decimals(shown: Decimal) -> int:
    exponent = shown.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _half(decimals: int) -> Fraction:
    return Fraction(1, 2 * 10**decimals)
