"""Net unit prices from gross prices, so that the service arrives at the total that the shop shows.

    price = net_prices.of_line(Decimal("9.99"), tax=Decimal(23))          # 8.1220
    price = net_prices.of_unit(Decimal("3.33"), tax=Decimal(23), quantity=Decimal(3))

A shop shows prices with VAT; the service takes prices without it, keeps four decimals of them, and rounds at
the end (see `totals`). Dividing by 1.23 and rounding to cents is sometimes a cent off. Four decimals are
enough, unless the quantity is so large that the next price moves the total by more than a cent. Then there
may be no exact price, and the result is None: sell the goods as one line of quantity 1.

The total is guaranteed for a document with this one line. In a document of many lines the fractions of a cent
add up: compare `totals.of_lines` with the shop's total for all of them.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final

from .errors import InputError
from .totals import AMOUNT_DECIMALS, UNIT_PRICE_DECIMALS, Line, number, rounded

_ONE: Final = Decimal(1)
_NOTHING: Final = Decimal(0)


def of_line(
    gross: Decimal, *, tax: Decimal, quantity: Decimal = _ONE, discount: Decimal = _NOTHING
) -> Decimal | None:
    """The net unit price, with four decimals, of a line whose total with VAT is `gross`.

    `gross` is the line's total after its discount, in the account's currency, with two decimals; `tax` and
    `discount` are percentages. Of several prices the closest to the exact quotient is returned, of two
    equally close ones the lower; None if no price gives that total. Raises InputError for a `gross` of more
    than two decimals, and for values that a line cannot have.
    """
    shown = _shown(gross)
    line = Line(unit_price=_ONE, quantity=quantity, discount=discount, tax=tax).stored()
    factor = Fraction(line.quantity) * (1 - Fraction(line.discount) / 100) * (1 + Fraction(line.tax) / 100)
    if not factor:
        # Quantity 0, or a discount of 100 %: every price gives a total of 0.
        return None if shown else rounded(_NOTHING, UNIT_PRICE_DECIMALS)
    # The values that round to a total lie evenly around the quotient. So if the closest price does not give
    # the total, no other does.
    steps = ceil(Fraction(shown) / factor * 10**UNIT_PRICE_DECIMALS - Fraction(1, 2))
    closest = Fraction(steps, 10**UNIT_PRICE_DECIMALS)
    if rounded(closest * factor, AMOUNT_DECIMALS) != shown:
        return None
    return rounded(closest, UNIT_PRICE_DECIMALS)


def of_unit(
    gross: Decimal, *, tax: Decimal, quantity: Decimal = _ONE, discount: Decimal = _NOTHING
) -> Decimal | None:
    """The net unit price, with four decimals, of goods that cost `gross` apiece, VAT included.

    The line's total is the shop's: gross times quantity, less the discount, rounded half up to cents.
    Otherwise as `of_line`.
    """
    line = Line(unit_price=_shown(gross), quantity=quantity, discount=discount, tax=tax).stored()
    exact = Fraction(line.unit_price) * Fraction(line.quantity) * (1 - Fraction(line.discount) / 100)
    return of_line(rounded(exact, AMOUNT_DECIMALS), tax=tax, quantity=quantity, discount=discount)


def _shown(gross: Decimal) -> Decimal:
    shown = rounded(number("gross", gross), AMOUNT_DECIMALS)
    if shown != gross:
        raise InputError("gross", f"expected an amount of two decimals, got {gross}")
    return shown
