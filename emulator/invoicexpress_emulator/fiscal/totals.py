"""Amounts of a document, in exact decimals.

The total is rounded once, half up, from lines of full precision: round2(Σ
price·quantity·(1-discount)·(1+VAT)) (suestecreative 2026; Despacho 8632/2014, 3.2.3 requires more than
two decimals in between). Rounding net and VAT separately would give another total in one document out
of four, so some amount has to take the leftover cent. No evidence shows which, so this rule is assumed,
in the words of docs/totals.md:

* `total` and `taxes` are each rounded once, half up, from their exact sums.
* `before_taxes` is `total` minus `taxes`, so it takes the cent left over by these two.
* `discount` is rounded once, half up, from its exact sum; `sum` is `before_taxes` plus `discount`, so it
  takes the cent left over by these two.
* A part sums the lines of one tax region, rate and tax code, and at 0 % of one exemption code.
* Parts are sorted by region (`PT`, `PT-AC`, `PT-MA`), then from the highest rate down, then by tax code and
  exemption code.
* The base of each part is rounded down to the cent. The cents missing from `before_taxes` go, one each, to
  the parts that lost most by rounding down, and among equal losses to the earlier part. `taxes` is
  distributed over the VAT of the parts in the same way.

Hence `before_taxes + taxes == total` and `sum - discount == before_taxes` always hold, no amount is further
than a cent from its own exact value, and no part is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal, NamedTuple

HUNDRED: Final = Decimal(100)
CENTS: Final = 100
"""In a euro."""
ZERO: Final = Decimal(0)

EXACT: Final = Context(prec=120, rounding=ROUND_HALF_UP)
"""Wide enough for price(18,4) x quantity(16,2) x discount(9,4) x tax(5,2) summed over thousands of lines, and
for the product of two such sums, from which the share of an absolute discount is computed.
"""


_PLACES: Final = tuple(Decimal(1).scaleb(-places) for places in range(11))


def rounded(value: Decimal, places: int) -> Decimal:
    """Return `value` with `places` decimals, half up; never a negative zero."""
    result = value.quantize(_PLACES[places], None, EXACT)
    return result or result.copy_abs()


def cents(value: Decimal) -> int:
    """Return `value` (EUR) in whole cents, half up."""
    return int(value.scaleb(2, context=EXACT).to_integral_value(rounding=ROUND_HALF_UP))


def euros(amount: int) -> Decimal:
    """Return an amount of cents as EUR with two decimals."""
    return Decimal(amount).scaleb(-2, context=EXACT)


class GlobalDiscount(NamedTuple):
    """A discount on the whole document: percent, or EUR before VAT (vendor docs 2026-07)."""

    value_type: Literal["percentage", "absolute"]
    value: Decimal


class LineAmounts(NamedTuple):
    """Exact amounts of one line, in EUR. The service shows them unrounded (suestecreative 2026)."""

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
    """The key of a row in the VAT summary; `rate` in percent."""

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
    """A fraction, kept as two exact decimals so that only the last division rounds."""

    of: Decimal
    outof: Decimal

    def taken_from(self, amount: Decimal) -> Decimal:
        """Return this part of `amount`, exact whenever the result has no more digits than EXACT holds."""
        return EXACT.divide(EXACT.multiply(amount, self.of), self.outof)

    def whole_cents(self, amount: Decimal) -> tuple[int, Decimal]:
        """Return this part of `amount` rounded down to cents, and the loss.

        Losses of all amounts have the same unit, so they compare exactly, even for parts without a last
        decimal.
        """
        product = EXACT.multiply(amount, self.of).scaleb(2, context=EXACT)
        whole, lost = EXACT.divmod(product, self.outof)
        return int(whole), lost


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
    """Return the amounts of a document; the module's docstring has the rule for the leftover cent."""
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
    """Split `total` cents in the proportions of `weights`, exactly, by largest remainder (ties: the first
    wins).

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
        bases[key] = EXACT.add(bases.get(key, ZERO), amounts.subtotal)
        taxes[key] = EXACT.add(taxes.get(key, ZERO), amounts.tax)
    keys = sorted(bases, key=lambda key: (key.region, -key.rate, key.code, key.exemption or ""))
    base_cents = _shared(totals.before_taxes, [bases[key] for key in keys], kept)
    tax_cents = _shared(totals.taxes, [taxes[key] for key in keys], kept)
    return list(map(TaxPart, keys, base_cents, tax_cents))


def _shared(total: int, amounts: Sequence[Decimal], kept: Share) -> list[int]:
    """Split `total` cents over the kept parts of `amounts`, whose rounded sum it is.

    The number of leftover cents is never negative, and never above the number of parts that lost by rounding
    down: `total` is one of two neighbours of the exact sum. So an exempt part, which has no VAT to lose, gets
    none.
    """
    parts = [kept.whole_cents(amount) for amount in amounts]
    shares = [whole for whole, _ in parts]
    # Sorting is stable in reverse too: of equal losses the first comes first.
    by_loss = sorted(range(len(parts)), key=lambda place: parts[place][1], reverse=True)
    for place in by_loss[: total - sum(shares)]:
        shares[place] += 1
    return shares


def withheld(before_taxes: int, retention: Decimal | None) -> int:
    """Return the tax withheld at source, in cents: a percentage of the amount before VAT.

    It is shown after the total, not deducted from it (vendor docs 2026-07; Despacho 8632/2014, 2.2.7).
    """
    return cents(EXACT.multiply(euros(before_taxes), retention or ZERO).scaleb(-2, context=EXACT))


def in_other_currency(total: int, rate: Decimal) -> Decimal:
    """Convert a total in cents to another currency; `rate` is its units per euro."""
    return rounded(EXACT.multiply(euros(total), rate), 2)
