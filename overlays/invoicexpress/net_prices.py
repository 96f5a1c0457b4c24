"""Net unit prices from gross prices, so that the service arrives at the total that the shop shows.

    price = net_prices.of_line(Decimal("9.99"), tax=Decimal(23))          # 8.1220
    price = net_prices.of_unit(Decimal("3.33"), tax=Decimal(23), quantity=Decimal(3))

A shop shows prices with VAT; the service takes prices without it, keeps four decimals of them, and rounds at
the end (see `totals`). Dividing by 1.23 and rounding to cents is sometimes a cent off. Four decimals are
enough, unless the quantity is so large that the next price moves the total by more than a cent. Then there
may be no exact price, and the result is None: `lines_of_units` divides such a quantity over two neighbouring
prices.

The total is guaranteed for a document with this one line. In a document of many lines the fractions of a cent
add up: compare `totals.of_lines` with the shop's total for all of them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final

from .errors import InputError
from .totals import AMOUNT_DECIMALS, QUANTITY_DECIMALS, UNIT_PRICE_DECIMALS, Line, number, rounded

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


def lines_of_units(
    gross: Decimal, *, tax: Decimal, quantity: Decimal = _ONE, discount: Decimal = _NOTHING
) -> tuple[Line, ...]:
    """The lines, without names, of goods that cost `gross` apiece, VAT included: always the shop's total.

        for line in net_prices.lines_of_units(Decimal("9.99"), tax=Decimal(23), quantity=Decimal(100)):
            items.append({"name": "Caneca", "unit_price": line.unit_price, "quantity": line.quantity, ...})

    One line with the price of `of_unit`. Where that is None, two lines whose prices differ by 0.0001: the
    total of a hundred mugs at 9.99 EUR is 999.00 EUR with 49 of them at 8.1219 and 51 at 8.1220. A quantity
    of whole pieces is divided into whole pieces, any other by hundredths. Raises InputError as `of_line`.
    """
    line = Line(unit_price=_ONE, quantity=quantity, discount=discount, tax=tax).stored()
    price = of_unit(gross, tax=tax, quantity=quantity, discount=discount)
    if price is not None:
        return (replace(line, unit_price=price),)
    kept = 1 - Fraction(line.discount) / 100
    total = Fraction(rounded(Fraction(gross) * Fraction(line.quantity) * kept, AMOUNT_DECIMALS))
    net = total / (kept * (1 + Fraction(line.tax) / 100))
    steps = floor(net / Fraction(line.quantity) * 10**UNIT_PRICE_DECIMALS)
    lower, step = Decimal(steps).scaleb(-UNIT_PRICE_DECIMALS), Decimal(1).scaleb(-UNIT_PRICE_DECIMALS)
    decimals = 0 if line.quantity == line.quantity.to_integral_value() else QUANTITY_DECIMALS
    dearer = rounded((net - Fraction(lower) * Fraction(line.quantity)) / Fraction(step), decimals)
    return (
        replace(line, unit_price=lower, quantity=line.quantity - dearer),
        replace(line, unit_price=lower + step, quantity=dearer),
    )


def _shown(gross: Decimal) -> Decimal:
    shown = rounded(number("gross", gross), AMOUNT_DECIMALS)
    if shown != gross:
        raise InputError("gross", f"expected an amount of two decimals, got {gross}")
    return shown
