"""Amounts of a document, in exact decimals.

The total is rounded once, half up, from lines of full precision: round2(Σ
price·quantity·(1-discount)·(1+VAT)) (observed: amounts; Despacho 8632/2014, 3.2.3 asks for more than
two decimals in between). Rounding net and VAT separately would give another total in one document out
of four, so somebody has to take the leftover cent. The rule here, assumed because no evidence shows
it:

* `total` and `taxes` are each rounded once from their exact sums;
* `before_taxes` is their difference, so it takes the leftover of the total;
* `discount` is rounded once from its exact sum, and `sum` is `before_taxes` + `discount`, so it takes
  the rest.

Hence `before_taxes + taxes == total` and `sum - discount == before_taxes` always hold, and no amount
is further than a cent from its own exact value. Within a document the parts per VAT rate are
apportioned so that they add up to `before_taxes` and `taxes` exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal, NamedTuple

HUNDRED: Final = Decimal(100)
ZERO: Final = Decimal(0)

EXACT: Final = Context(prec=60, rounding=ROUND_HALF_UP)
"""Wide enough for price(18,4) x quantity(16,2) x discount(9,4) x tax(5,2) summed over thousands of lines."""


_PLACES: Final = tuple(Decimal(1).scaleb(-places) for places in range(11))


def rounded(value: Decimal, places: int) -> Decimal:
    """Return `value` with `places` decimals, half up; never a negative zero."""
    return EXACT.plus(value.quantize(_PLACES[places], context=EXACT))


def cents(value: Decimal) -> int:
    """Return `value` (EUR) in whole cents, half up."""
    return int(value.scaleb(2, context=EXACT).to_integral_value(rounding=ROUND_HALF_UP))


def euros(amount: int) -> Decimal:
    """Return an amount of cents as EUR with two decimals."""
    return Decimal(amount).scaleb(-2)


@dataclass(frozen=True, slots=True)
class GlobalDiscount:
    """A discount on the whole document: percent, or EUR before VAT (docs: `global_discount`)."""

    value_type: Literal["percentage", "absolute"]
    value: Decimal


class LineAmounts(NamedTuple):
    """Exact amounts of one line, in EUR. The service shows them unrounded (observed: amounts)."""

    gross: Decimal
    discount: Decimal
    subtotal: Decimal
    tax: Decimal
    total: Decimal


class Totals(NamedTuple):
    """Amounts of a document, in cents."""

    sum: int
    discount: int
    before_taxes: int
    taxes: int
    total: int


class TaxKey(NamedTuple):
    """What the VAT summary groups lines by."""

    region: str
    code: str
    rate: Decimal
    exemption: str | None


class TaxPart(NamedTuple):
    """One row of the VAT summary: base and VAT in cents."""

    key: TaxKey
    base: int
    tax: int


def line_amounts(unit_price: Decimal, quantity: Decimal, discount: Decimal, tax_rate: Decimal) -> LineAmounts:
    """Return the exact amounts of a line; `discount` and `tax_rate` are percentages."""
    gross = EXACT.multiply(unit_price, quantity)
    taken = EXACT.multiply(gross, discount).scaleb(-2, context=EXACT)
    subtotal = EXACT.subtract(gross, taken)
    tax = EXACT.multiply(subtotal, tax_rate).scaleb(-2, context=EXACT)
    return LineAmounts(gross, taken, subtotal, tax, EXACT.add(subtotal, tax))


def _exact_sum(values: Iterable[Decimal]) -> Decimal:
    result = ZERO
    for value in values:
        result = EXACT.add(result, value)
    return result


class Share(NamedTuple):
    """A fraction, kept as two exact decimals so that nothing is lost before the last division."""

    of: Decimal
    outof: Decimal

    def taken_from(self, amount: Decimal) -> Decimal:
        """Return this part of `amount`, exact whenever the result has no more than 60 digits."""
        return EXACT.divide(EXACT.multiply(amount, self.of), self.outof)


_ALL: Final = Share(Decimal(1), Decimal(1))


def kept_share(lines: Sequence[LineAmounts], global_discount: GlobalDiscount | None) -> Share:
    """Return the part of every line's subtotal that a global discount leaves.

    An absolute discount is spread over the lines in proportion to their subtotals; it may not exceed
    their sum, which the caller has checked.
    """
    if global_discount is None:
        return _ALL
    if global_discount.value_type == "percentage":
        return Share(EXACT.subtract(HUNDRED, global_discount.value), HUNDRED)
    net = _exact_sum(line.subtotal for line in lines)
    return Share(EXACT.subtract(net, global_discount.value), net) if net else _ALL


def document_totals(lines: Sequence[LineAmounts], global_discount: GlobalDiscount | None = None) -> Totals:
    """Return the amounts of a document; see the module's text for who takes the leftover cent."""
    gross = _exact_sum(line.gross for line in lines)
    kept = kept_share(lines, global_discount)
    net = kept.taken_from(_exact_sum(line.subtotal for line in lines))
    tax = kept.taken_from(_exact_sum(line.tax for line in lines))
    total = cents(EXACT.add(net, tax))
    taxes = cents(tax)
    before_taxes = total - taxes
    discount = cents(EXACT.subtract(gross, net))
    return Totals(before_taxes + discount, discount, before_taxes, taxes, total)


def apportion(total: int, weights: Sequence[Decimal]) -> list[int]:
    """Split `total` cents in the proportions of `weights`, exactly, by largest remainder (ties: first
    comes first).

    The weights are amounts in EUR whose sum is close to `total`; each share is within a cent or so of
    its weight.
    """
    if not weights:
        return []
    exact = [weight.scaleb(2, context=EXACT) for weight in weights]
    shares = [int(value.to_integral_value(rounding=ROUND_FLOOR)) for value in exact]
    missing = total - sum(shares)
    step = 1 if missing > 0 else -1
    by_remainder = sorted(range(len(shares)), key=lambda i: step * (shares[i] - exact[i]))
    if step < 0:
        by_remainder = sorted(by_remainder, key=lambda i: -shares[i])
    for turn in range(abs(missing)):
        shares[by_remainder[turn % len(shares)]] += step
    return shares


def tax_summary(
    lines: Sequence[tuple[TaxKey, LineAmounts]], global_discount: GlobalDiscount | None = None
) -> list[TaxPart]:
    """Return base and VAT per region, rate and exemption, adding up to `before_taxes` and `taxes` exactly.

    The printed summary, the QR code (whose bases and taxes must add up to its total) and SAF-T share it.
    """
    totals = document_totals([amounts for _, amounts in lines], global_discount)
    kept = kept_share([amounts for _, amounts in lines], global_discount)
    bases: dict[TaxKey, Decimal] = {}
    taxes: dict[TaxKey, Decimal] = {}
    for key, amounts in lines:
        bases[key] = EXACT.add(bases.get(key, ZERO), kept.taken_from(amounts.subtotal))
        taxes[key] = EXACT.add(taxes.get(key, ZERO), kept.taken_from(amounts.tax))
    keys = sorted(bases, key=lambda key: (key.region, -key.rate, key.code, key.exemption or ""))
    taxed = [key for key in keys if key.rate]
    base_shares = dict(zip(keys, apportion(totals.before_taxes, [bases[key] for key in keys]), strict=True))
    tax_shares = dict(zip(taxed, apportion(totals.taxes, [taxes[key] for key in taxed]), strict=True))
    return [TaxPart(key, base_shares[key], tax_shares.get(key, 0)) for key in keys]


def withheld(before_taxes: int, retention: Decimal | None) -> int:
    """Return the tax withheld at source, in cents: a percentage of the amount before VAT.

    It is shown after the total and not taken from it (docs: `total`; Despacho 8632/2014, 2.2.7).
    """
    return cents(EXACT.multiply(euros(before_taxes), retention or ZERO).scaleb(-2, context=EXACT))
