"""Prices and quantities of lines as the service shows them: rounded, beside amounts at full precision.

The service stores a price with 4 decimals and a quantity with 2. It was seen to show both with 2 decimals,
in 2019 with 1, while `subtotal` stays exact: "2.02" beside 2.0244 (suestecreative 2026; recorded 2019). A
subtotal has 10 decimals, the total of a line 4 (weareswat 2020). Whether a subtotal is less the discount is
not known, so the line's total decides. So only the amounts tell two lines apart
whose prices look alike, and a line is repeated from its amounts, never from the values shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple, cast

from invoicexpress_generated import models

from ..totals import QUANTITY_DECIMALS, UNIT_PRICE_DECIMALS, rounded

_SUBTOTAL_DECIMALS: Final = 10
_TOTAL_DECIMALS: Final = 4
_WHOLE: Final = Fraction(1)
_NOISE: Final = Fraction(1, 2**51)
"""The relative error of an amount that was a binary number on its way."""


class Values(NamedTuple):
    """The values of a line that make its amount, as stored."""

    unit_price: Decimal
    quantity: Decimal


def is_shown_as(stored: Decimal, shown: Decimal) -> bool:
    """Whether a value, rounded to the decimals of the one shown, is that one. A half may go either way."""
    return abs(Fraction(stored) - Fraction(shown)) <= _half(_decimals(shown))


def amounts_fit(line: models.DocumentItem, values: Values, discount: Decimal) -> bool | None:
    """Whether a line's exact amount belongs to these values; None if it shows none, or one that may be read
    in two ways and then means two prices.

    `discount` is in percent.
    """
    amounts = _amounts(line, discount)
    if not amounts:
        return None
    fits = [amount.fits(values) for amount in amounts]
    if all(fits) or not any(fits):
        return fits[0]
    others = (amount for amount, is_fit in zip(amounts, fits, strict=True) if not is_fit)
    is_ambiguous = any(
        is_shown_as(other.unit_price, line.unit_price) and amount.fits(other)
        for amount in others
        for other in amount.candidates(values.quantity)
    )
    return None if is_ambiguous else True


def net_amounts(line: models.DocumentItem) -> list[Fraction]:
    """What may be the amount of a line less its discount, in EUR; empty if the line does not tell."""
    if not isinstance(line.subtotal, Decimal):
        return []
    kept = 1 - Fraction(_discount(line)) / 100
    return [each.shown * _net_share(each, kept) for each in _readings(line, kept)]


def exact(line: models.DocumentItem) -> Values | None:
    """The stored price and quantity of a line that may show them rounded; None if they cannot be told.

    Without an amount they are taken as shown.
    """
    as_shown = Values(line.unit_price, line.quantity)
    amounts = _amounts(line, _discount(line))
    if not amounts:
        return as_shown
    candidates = {values for amount in amounts for values in _candidates(line, amount, as_shown)}
    if as_shown in candidates:
        # Equal values are one candidate, whatever their zeros.
        candidates = (candidates - {as_shown}) | {as_shown}
    return candidates.pop() if len(candidates) == 1 else None


def _candidates(line: models.DocumentItem, amount: _Amount, as_shown: Values) -> set[Values]:
    """The values that may be behind those shown, by one reading of the amount."""
    quantities = list(_quantities(line, amount))
    if len(quantities) == 1 and amount.fits(as_shown):
        return {as_shown}
    return {
        values
        for quantity in quantities
        for values in amount.candidates(quantity)
        if is_shown_as(values.unit_price, line.unit_price) and amount.fits(values)
    }


def _discount(line: models.DocumentItem) -> Decimal:
    return line.discount if isinstance(line.discount, Decimal) else Decimal(0)


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


def _amounts(line: models.DocumentItem, discount: Decimal) -> list[_Amount]:
    """The exact amount of a line; several if it may be read in several ways, none if it shows none."""
    kept = 1 - Fraction(discount) / 100
    if kept == 0 and isinstance(line.discount_amount, Decimal):
        # Nothing is left of the subtotal.
        return [_Amount(Fraction(line.discount_amount), _WHOLE, _SUBTOTAL_DECIMALS)]
    if isinstance(line.subtotal, Decimal):
        return _readings(line, kept)
    rate = line.tax.value if line.tax else None
    if isinstance(line.total, Decimal) and isinstance(rate, Decimal):
        return [_Amount(Fraction(line.total), kept * (1 + Fraction(rate) / 100), _TOTAL_DECIMALS)]
    return []


def _readings(line: models.DocumentItem, kept: Fraction) -> list[_Amount]:
    """The readings of `subtotal`, of which a discount leaves a share `kept`.

    No source shows the subtotal of a line with a discount: it may be the amount less the discount, as the
    emulator has it (assumed), or the amount before it. The line's other amounts say which. One that fits
    neither reading decides nothing, and if they leave it open, both stay.
    """
    subtotal = Fraction(cast("Decimal", line.subtotal))
    readings = [
        _Amount(subtotal, factor, _SUBTOTAL_DECIMALS) for factor in ([kept] if kept == 1 else [kept, _WHOLE])
    ]
    for value, decimals, share_of in _other_amounts(line, kept):
        fitting = [each for each in readings if _is_share(share_of(each), each.shown, value, decimals)]
        readings = fitting or readings
    return readings


def _other_amounts(
    line: models.DocumentItem, kept: Fraction
) -> Iterator[tuple[Fraction, int, Callable[[_Amount], Fraction]]]:
    """The amounts of a line beside its subtotal: value, decimals, and the share of a subtotal that it is."""
    if not isinstance(line.tax_amount, Decimal):
        return
    vat, rate = Fraction(line.tax_amount), line.tax.value if line.tax else None
    if isinstance(line.total, Decimal):
        yield Fraction(line.total) - vat, _TOTAL_DECIMALS, lambda read: _net_share(read, kept)
    if isinstance(rate, Decimal):
        percent = Fraction(rate) / 100
        yield vat, _SUBTOTAL_DECIMALS, lambda read: _net_share(read, kept) * percent
    if isinstance(line.discount_amount, Decimal) and kept:
        taken = 1 - kept
        yield Fraction(line.discount_amount), _SUBTOTAL_DECIMALS, lambda read: taken / read.factor


def _net_share(read: _Amount, kept: Fraction) -> Fraction:
    """The share of a subtotal that is left after the discount."""
    return kept if read.factor == _WHOLE else _WHOLE


def _is_share(share: Fraction, subtotal: Fraction, value: Fraction, decimals: int) -> bool:
    """Whether an amount is a share of a subtotal, both rounded."""
    meant = subtotal * share
    rounding = _half(decimals) + _half(_SUBTOTAL_DECIMALS) * (1 + share)
    return abs(meant - value) <= rounding + abs(meant) * 4 * _NOISE


def _quantities(line: models.DocumentItem, amount: _Amount) -> Iterator[Decimal]:
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
