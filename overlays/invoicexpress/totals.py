"""What a document will come to, worked out before anything is sent.

    rates = totals.TaxRates.of(ix.taxes.list())
    meant = totals.of_document(InvoiceWrite.of(date=..., items=[...]), rates)
    ix.invoices.finalize(draft, expect_total=meant)

The service keeps the numbers of a line with a fixed count of decimals and rounds the document's total once,
half up, from lines of full precision: round2(Σ price · quantity · (1 - discount) · (1 + VAT)). Whoever rounds
line by line is a cent off now and then (SuesteCreative 2026-06, eleven documents to the cent; columns of the
vendor's database, 2020; Despacho 8632/2014, 3.2.3 wants more than two decimals in between).

That holds for `total`. Where rounding net and VAT on their own would give another sum, some amount has to
take the leftover cent, and no evidence shows which: `Totals.assumed` names what is then a reading of ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Context, Decimal
from fractions import Fraction
from math import floor
from typing import Final

from invoicexpress_generated.models.global_discount_write import GlobalDiscountWrite
from invoicexpress_generated.models.invoice_write import InvoiceWrite
from invoicexpress_generated.models.tax import Tax
from invoicexpress_generated.models.tax_reference import TaxReference
from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_wire import WireError, print_decimal_number

from .envelopes import AnyDocumentWrite
from .errors import InputError, from_wire

QUANTITY_DECIMALS: Final = 2
UNIT_PRICE_DECIMALS: Final = 4
DISCOUNT_DECIMALS: Final = 4
TAX_DECIMALS: Final = 2
RETENTION_DECIMALS: Final = 2
EXCHANGE_RATE_DECIMALS: Final = 6
AMOUNT_DECIMALS: Final = 2
"""Decimals that are stored (columns of the vendor's database, 2020). That the rest is rounded half up and not
cut off is assumed.
"""

_WIDE: Final = Context(prec=100)
"""Wider than any product of the columns, so that nothing but `rounded` rounds."""
_HALF: Final = Fraction(1, 2)


def rounded(value: Decimal | Fraction, decimals: int) -> Decimal:
    """A value that is not negative, rounded half up."""
    units = floor(Fraction(value) * 10**decimals + _HALF)
    return Decimal(units).scaleb(-decimals, context=_WIDE)


def number(name: str, value: Decimal) -> Decimal:
    """A decimal that is not negative. Raises InputError for anything else, floats included."""
    try:
        exact = print_decimal_number(value)
    except WireError as error:
        raise from_wire(error.inside(name)) from None
    if exact < 0:
        raise InputError(name, f"expected 0 or more, got {value}")
    return exact


@dataclass(frozen=True, slots=True)
class TaxRates:
    """The taxes of an account, as far as amounts depend on them: percent, by name."""

    by_name: Mapping[str, Decimal]
    default: Decimal | None = None
    """Rate of the account's default tax, which lines without a tax get."""

    @classmethod
    def of(cls, taxes: Iterable[Tax]) -> TaxRates:
        """The rates of what `ix.taxes.list()` gives."""
        known = list(taxes)
        defaults = [tax.value for tax in known if tax.default_tax is True]
        return cls({tax.name: tax.value for tax in known}, defaults[0] if defaults else None)

    def rate_of(self, tax: TaxReference | Unset) -> Decimal | None:
        """The rate of a line's tax; None for a name that the account does not have."""
        return self.default if isinstance(tax, Unset) else self.by_name.get(tax.name.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line, as far as amounts depend on it. Raises InputError for what no line can have."""

    unit_price: Decimal
    """Before VAT, in the account's currency."""
    quantity: Decimal = Decimal(1)
    discount: Decimal = Decimal(0)
    """Percent, 0 to 100."""
    tax: Decimal
    """Percent."""

    def __post_init__(self) -> None:
        for each in fields(self):
            number(each.name, getattr(self, each.name))
        if self.discount > 100:
            raise InputError("discount", f"expected 0 to 100 percent, got {self.discount}")

    def stored(self) -> Line:
        """The line with as many decimals as are kept."""
        return Line(
            unit_price=rounded(self.unit_price, UNIT_PRICE_DECIMALS),
            quantity=rounded(self.quantity, QUANTITY_DECIMALS),
            discount=rounded(self.discount, DISCOUNT_DECIMALS),
            tax=rounded(self.tax, TAX_DECIMALS),
        )


@dataclass(frozen=True, slots=True)
class RatePart:
    """What falls to one VAT rate, in the account's currency. Assumed: see `Totals.parts`."""

    rate: Decimal
    """Percent."""
    base: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Totals:
    """The amounts of a document, in the account's currency, with two decimals."""

    sum: Decimal
    """Price times quantity, before discounts."""
    discount: Decimal
    before_taxes: Decimal
    """`sum` less `discount`."""
    taxes: Decimal
    total: Decimal
    """`before_taxes` and `taxes`. A retention is not taken from it."""
    retention: Decimal
    """What the client withholds and pays to the state, a percentage of `before_taxes`. Assumed: the service
    answers with the percentage only. What is left to pay is `total - retention`.
    """
    multicurrency_total: Decimal | None
    """`total` times the exchange rate, for documents in another currency."""
    parts: tuple[RatePart, ...]
    """What falls to each VAT rate, highest first; adds up to `before_taxes` and `taxes`. Assumed: where the
    leftover cents go is not in evidence.
    """
    lines: tuple[Line, ...]
    """What it was worked out from, as it is stored."""
    assumed: frozenset[str]
    """Names of the amounts here that rest on an assumption. `total` is among them under a global discount
    alone, of which there is documentation and no observation.
    """


def of_document(document: AnyDocumentWrite, rates: TaxRates) -> Totals:
    """What a document will come to, given the account's taxes.

    Raises InputError, with the field's path, for a tax that `rates` does not have: the service would put
    another in its place. Make the InvoiceWrite with `InvoiceWrite.of`.
    """
    lines: list[Line] = []
    for place, item in enumerate(document.items):
        rate = rates.rate_of(item.tax)
        if rate is None:
            raise InputError(f"items[{place}].tax", _no_rate(item.tax))
        try:
            lines.append(
                Line(
                    unit_price=item.unit_price,
                    quantity=item.quantity,
                    discount=Decimal(0) if isinstance(item.discount, Unset) else item.discount,
                    tax=rate,
                )
            )
        except InputError as error:
            raise InputError(f"items[{place}].{error.field}", error.reason) from None
    return of_lines(
        lines,
        global_discount=document.global_discount if isinstance(document, InvoiceWrite) else UNSET,
        retention=document.retention,
        exchange_rate=document.rate if isinstance(document, InvoiceWrite) else UNSET,
    )


def of_lines(
    lines: Iterable[Line],
    *,
    global_discount: GlobalDiscountWrite | Unset = UNSET,
    retention: Decimal | Unset = UNSET,
    exchange_rate: Decimal | Unset = UNSET,
) -> Totals:
    """What lines come to. `retention` is in percent, `exchange_rate` in units of the other currency.

    A global discount is taken from each line in proportion, before VAT. Raises InputError for one that is
    larger than what it is taken from.
    """
    stored = tuple(line.stored() for line in lines)
    nets = [_net(line) for line in stored]
    gross = sum((Fraction(line.unit_price) * Fraction(line.quantity) for line in stored), Fraction())
    kept = _kept(sum(nets, Fraction()), global_discount)
    bases: defaultdict[Decimal, Fraction] = defaultdict(Fraction)
    for line, net in zip(stored, nets, strict=True):
        bases[line.tax] += net * kept
    net = sum(bases.values(), Fraction())
    tax = sum((base * _share(rate) for rate, base in bases.items()), Fraction())

    total, taxes = rounded(net + tax, AMOUNT_DECIMALS), rounded(tax, AMOUNT_DECIMALS)
    discount = rounded(gross - net, AMOUNT_DECIMALS)
    # Two sums hold in every document that was seen (before_taxes + taxes = total, sum - discount =
    # before_taxes), so what is derived takes the leftover cent.
    before_taxes = total - taxes
    before_discount = before_taxes + discount
    withheld = Decimal(0) if isinstance(retention, Unset) else number("retention", retention)
    assumed = {"parts", "retention"}
    if (before_taxes, before_discount) != (rounded(net, AMOUNT_DECIMALS), rounded(gross, AMOUNT_DECIMALS)):
        assumed |= {"sum", "discount", "before_taxes", "taxes"}
    if not isinstance(global_discount, Unset):
        assumed |= {"sum", "discount", "before_taxes", "taxes", "total", "multicurrency_total"}
    return Totals(
        sum=before_discount,
        discount=discount,
        before_taxes=before_taxes,
        taxes=taxes,
        total=total,
        retention=rounded(
            Fraction(before_taxes) * _share(rounded(withheld, RETENTION_DECIMALS)), AMOUNT_DECIMALS
        ),
        multicurrency_total=_in_other_currency(total, exchange_rate),
        parts=_parts(bases, before_taxes, taxes),
        lines=stored,
        assumed=frozenset(assumed),
    )


def _net(line: Line) -> Fraction:
    return Fraction(line.unit_price) * Fraction(line.quantity) * (1 - _share(line.discount))


def _share(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100


def _kept(net: Fraction, discount: GlobalDiscountWrite | Unset) -> Fraction:
    """The part of every line that a global discount leaves."""
    if isinstance(discount, Unset):
        return Fraction(1)
    value = number("global_discount.value", discount.value)
    if discount.value_type == "percentage":
        if value > 100:
            raise InputError("global_discount.value", f"expected 0 to 100 percent, got {value}")
        return 1 - _share(rounded(value, DISCOUNT_DECIMALS))
    taken = Fraction(rounded(value, AMOUNT_DECIMALS))
    if taken > net:
        raise InputError("global_discount.value", f"{value} is more than there is to take it from")
    return 1 - taken / net if net else Fraction(1)


def _in_other_currency(total: Decimal, exchange_rate: Decimal | Unset) -> Decimal | None:
    if isinstance(exchange_rate, Unset):
        return None
    rate = rounded(number("rate", exchange_rate), EXCHANGE_RATE_DECIMALS)
    return rounded(Fraction(total) * Fraction(rate), AMOUNT_DECIMALS)


def _parts(bases: Mapping[Decimal, Fraction], before_taxes: Decimal, taxes: Decimal) -> tuple[RatePart, ...]:
    rates = sorted(bases, reverse=True)
    shared_bases = _shared(before_taxes, [bases[rate] for rate in rates])
    shared_taxes = _shared(taxes, [bases[rate] * _share(rate) for rate in rates])
    return tuple(map(RatePart, rates, shared_bases, shared_taxes))


def _shared(amount: Decimal, exact: Sequence[Fraction]) -> list[Decimal]:
    """An amount as a sum of cents, each near to its exact value.

    What rounding down leaves goes, cent by cent, to those that lost most by it. An amount can be a cent below
    that already; then the largest gives it.
    """
    cents = [floor(value * 100) for value in exact]
    missing = int(amount * 100) - sum(cents)
    lost = sorted(range(len(exact)), key=lambda place: cents[place] - exact[place] * 100)
    for place in lost[:missing] if missing > 0 else ():
        cents[place] += 1
    if missing < 0:
        cents[cents.index(max(cents))] += missing
    return [Decimal(value).scaleb(-AMOUNT_DECIMALS, context=_WIDE) for value in cents]


def _no_rate(tax: TaxReference | Unset) -> str:
    if isinstance(tax, Unset):
        return "none is given, and the account's default is not known here"
    return f"the account has no tax {tax.name!r}, and the service would take another in its place"
