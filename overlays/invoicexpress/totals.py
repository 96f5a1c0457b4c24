"""Computes the total of a document before it is sent.

    rates = totals.TaxRates.of(ix.taxes.list())
    meant = totals.of_document(InvoiceWrite.of(date=..., items=[...]), rates)
    ix.invoices.finalize(draft, expect_total=meant)

The service keeps the numbers of a line with a fixed count of decimals and rounds the document's total once,
half up, from lines of full precision: round2(Σ price · quantity · (1 - discount) · (1 + VAT)). Rounding line
by line is sometimes a cent off (suestecreative 2026, eleven documents to the cent; weareswat 2020;
Despacho 8632/2014, 3.2.3 requires more than two decimals in between).

That holds for `total`. If net and VAT, rounded separately, give another sum, some amount has to take the
leftover cent, and no evidence shows which: `Totals.assumed` names the amounts that then follow our reading,
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
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from invoicexpress_generated import models
from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_loading.records import fields_in_help
from invoicexpress_wire import WireError, format_decimal_number, shown, shown_amount

from . import reference_data
from .errors import InputError, from_wire

if TYPE_CHECKING:
    from .quirks.envelopes import AnyDocumentWrite

QUANTITY_DECIMALS: Final = 2
"""Stored decimals of quantities."""
UNIT_PRICE_DECIMALS: Final = 4
"""Stored decimals of prices."""
DISCOUNT_DECIMALS: Final = 4
"""Stored decimals of discounts in percent."""
TAX_DECIMALS: Final = 2
"""Stored decimals of tax rates in percent."""
RETENTION_DECIMALS: Final = 2
"""Stored decimals of retentions in percent."""
EXCHANGE_RATE_DECIMALS: Final = 6
"""Stored decimals of exchange rates."""
AMOUNT_DECIMALS: Final = 2
"""Stored decimals (weareswat 2020). Rounding half up, rather than cutting off, is
assumed.
"""

HOME: Final = "PT"
"""Region of a tax without one: the mainland, as in every new account (assumed)."""

_WIDE: Final = Context(prec=100)
"""Wider than any product of the columns, so that only `rounded` rounds."""
_STEPS: Final = [Decimal(1).scaleb(-decimals) for decimals in range(10)]
_MOST_DIGITS: Final = 80
"""Before the point. More would not fit `_WIDE` with all decimals."""
_HALF: Final = Fraction(1, 2)


def rounded(value: Decimal | Fraction, decimals: int) -> Decimal:
    """A non-negative value, rounded half up."""
    if isinstance(value, Decimal) and _is_usual(value):
        return value.quantize(_STEPS[decimals], ROUND_HALF_UP, _WIDE)
    units = floor(Fraction(value) * 10**decimals + _HALF)
    return Decimal(units).scaleb(-decimals, context=_WIDE)


def _is_usual(value: Decimal) -> bool:
    return value.is_finite() and not value.is_signed() and value.adjusted() < _MOST_DIGITS


def _cents(value: Fraction) -> int:
    """A non-negative amount in cents, rounded half up."""
    return floor(value * 100 + _HALF)


def euros(cents: int) -> Decimal:
    """An amount of cents in EUR, with two decimals."""
    return Decimal(cents).scaleb(-AMOUNT_DECIMALS, context=_WIDE)


def number(name: str, value: Decimal) -> Decimal:
    """A non-negative decimal. Raises InputError for anything else, floats included."""
    try:
        exact = format_decimal_number(value)
    except WireError as error:
        raise from_wire(error.inside(name)) from None
    if exact < 0:
        raise InputError(name, f"expected 0 or more, got {value}")
    return exact


@fields_in_help
@dataclass(frozen=True, slots=True)
class TaxPlace:
    """Position of a tax in the VAT summary, besides its rate; None for an unknown value."""

    region: str | None = None
    """`PT`, `PT-AC`, `PT-MA`, or a country."""
    code: str | None = None
    """`NOR`, `INT`, `RED`, `OUT` or `ISE`."""


@fields_in_help
@dataclass(frozen=True, slots=True)
class TaxRates:
    """The taxes of an account that determine amounts: percent, by name."""

    by_name: Mapping[str, Decimal]
    """Percent, by the name of the tax."""
    default: Decimal | None = None
    """Rate of the account's default tax, which applies to lines without a tax."""
    places: Mapping[str, TaxPlace] = field(default_factory=dict[str, TaxPlace])
    """Regions and codes, by name, of the taxes that have any."""
    default_place: TaxPlace = TaxPlace()
    """Region and code of the default tax."""

    @classmethod
    def of(cls, taxes: Iterable[models.Tax]) -> TaxRates:
        """The rates from `ix.taxes.list()`."""
        known = list(taxes)
        places = {tax.name: place for tax in known if (place := _place(tax)) != TaxPlace()}
        default = next((tax for tax in known if tax.default_tax is True), None)
        rates = {tax.name: tax.value for tax in known}
        if default is None:
            return cls(rates, None, places)
        return cls(rates, default.value, places, places.get(default.name, TaxPlace()))

    def rate_of(self, tax: models.TaxReference | Unset) -> Decimal | None:
        """The rate of a line's tax; None for a name unknown to the account."""
        return self.default if isinstance(tax, Unset) else self.by_name.get(tax.name.strip())

    def place_of(self, tax: models.TaxReference | Unset) -> TaxPlace:
        """Region and code of a line's tax, if known."""
        return self.default_place if isinstance(tax, Unset) else self.places.get(tax.name.strip(), TaxPlace())


def _place(tax: models.Tax) -> TaxPlace:
    return TaxPlace(tax.region or None, tax.code or None)


@fields_in_help
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The fields of a line that determine amounts. Raises InputError for an invalid value."""

    unit_price: Decimal
    """Before VAT, in the account's currency."""
    quantity: Decimal = Decimal(1)
    """Number of units, of `unit_price` each."""
    discount: Decimal = Decimal(0)
    """Percent, 0 to 100."""
    tax: Decimal
    """Percent."""
    region: str = HOME
    """Region of the tax: `PT`, `PT-AC`, `PT-MA`, or a country. It separates parts, and affects no amount."""
    code: str | None = None
    """Code of the tax: `NOR`, `INT`, `RED`, `OUT` or `ISE`. Separates parts."""
    exemption: str | None = None
    """Exemption code of a line at 0 %: `M07`. Separates parts; ignored at other rates."""

    def __post_init__(self) -> None:
        for name in ("unit_price", "quantity", "discount", "tax"):
            number(name, getattr(self, name))
        if self.discount > 100:
            raise InputError("discount", f"expected 0 to 100 percent, got {self.discount}")

    def stored(self) -> Line:
        """The line with its numbers rounded to the stored decimals."""
        return replace(
            self,
            unit_price=rounded(self.unit_price, UNIT_PRICE_DECIMALS),
            quantity=rounded(self.quantity, QUANTITY_DECIMALS),
            discount=rounded(self.discount, DISCOUNT_DECIMALS),
            tax=rounded(self.tax, TAX_DECIMALS),
        )


@fields_in_help
@dataclass(frozen=True, slots=True)
class RatePart:
    """The share of one VAT rate of one region, in the account's currency. Assumed: see `Totals.parts`."""

    rate: Decimal
    """Percent."""
    base: Decimal
    """Amount before VAT."""
    tax: Decimal
    """VAT of the base."""
    region: str = HOME
    """`PT`, `PT-AC`, `PT-MA`, or a country."""
    code: str | None = None
    """Code of the tax, if known."""
    exemption: str | None = None
    """Exemption code, at 0 % only."""


@fields_in_help
@dataclass(frozen=True)
class Totals:
    """The amounts of a document, in the account's currency, with two decimals."""

    sum: Decimal
    """Price times quantity, before discounts."""
    discount: Decimal
    """All discounts together, that of the document included."""
    before_taxes: Decimal
    """`sum` minus `discount`."""
    taxes: Decimal
    """VAT of all rates."""
    total: Decimal
    """`before_taxes` plus `taxes`. A retention is not deducted."""
    retention: Decimal
    """Amount that the client withholds and pays to the state, a percentage of `before_taxes`. Assumed: the
    service answers with the percentage only. The amount due is `total - retention`.
    """
    multicurrency_total: Decimal | None
    """`total` times the exchange rate, for documents in another currency."""
    parts: tuple[RatePart, ...]
    """The share of each VAT rate of each region, at 0 % of each exemption, a region's highest rate first
    (docs/totals.md). Adds up to `before_taxes` and `taxes`. Assumed: no evidence shows which part takes a
    leftover cent.
    """
    lines: tuple[Line, ...]
    """The lines, as stored."""
    assumed: frozenset[str]
    """Names of the assumed amounts. `total` is among them only with a global discount, which is documented
    but was not observed.
    """


def of_document(document: AnyDocumentWrite, rates: TaxRates) -> Totals:
    """The total of a document, given the account's taxes.

    Raises InputError, with the field's path, for a tax missing from `rates`: the service would take another
    instead. Build the document with `InvoiceWrite.of`.
    """
    lines: list[Line] = []
    given = cast("object", document)
    if not isinstance(getattr(given, "items", None), list):
        raise InputError("document", f"expected the result of `InvoiceWrite.of`, got {shown(given)}")
    for place, item in enumerate(document.items):
        rate = rates.rate_of(item.tax)
        if rate is None:
            raise InputError(f"items[{place}].tax", _no_rate(item.tax))
        try:
            lines.append(line_of(item, rate, rates.place_of(item.tax), document))
        except InputError as error:
            raise InputError(f"items[{place}].{error.field}", error.reason) from None
    return of_lines(
        lines,
        global_discount=document.global_discount if isinstance(document, models.InvoiceWrite) else UNSET,
        retention=document.retention,
        exchange_rate=document.rate if isinstance(document, models.InvoiceWrite) else UNSET,
    )


def line_of(
    item: models.DocumentItemWrite, rate: Decimal, place: TaxPlace, document: AnyDocumentWrite
) -> Line:
    """A line of a document at a rate in percent.

    A tax without a code gets the code of its rate in its region on the document's date, in the spelling of
    SAF-T (PT), and `OUT` for a rate that the region does not have (assumed). Raises InputError for an invalid
    value.
    """
    region = place.region or HOME
    return Line(
        unit_price=item.unit_price,
        quantity=item.quantity,
        discount=Decimal(0) if isinstance(item.discount, Unset) else item.discount,
        tax=rate,
        region=region,
        code=place.code or _code_of(region, rate, document.date),
        exemption=exemption_of(item, document) if rate == 0 else None,
    )


def _code_of(region: str, rate: Decimal, on: datetime.date) -> str:
    if rate == 0:
        return "ISE"
    kind = reference_data.vat_kind(region, rate, on=on)
    return "OUT" if kind is None else _CODES[kind]


_CODES: Final[Mapping[reference_data.VatKind, str]] = {
    "normal": "NOR",
    "intermediate": "INT",
    "reduced": "RED",
}


def exemption_of(item: models.DocumentItemWrite, document: AnyDocumentWrite) -> str | None:
    """The exemption code of a line: its own, else the document's; None without any."""
    given = (item.tax_exemption, document.tax_exemption, document.tax_exemption_reason)
    return next((code for code in given if code and not _is_request_marker(code)), None)


def _is_request_marker(code: str) -> bool:
    known = reference_data.exemptions().get(code)
    return known is not None and known.is_request_marker


def _lines(given: object) -> Iterator[Line]:
    """The lines of an argument. Raises InputError for anything else, such as the items of a document."""
    if not isinstance(given, Iterable):
        raise InputError("lines", f"expected a list of totals.Line, got {shown(given)}")
    for place, line in enumerate(cast("Iterable[object]", given)):
        if not isinstance(line, Line):
            raise InputError(
                f"lines[{place}]",
                f"expected a totals.Line, got {shown(line)}; `totals.of_document` takes items",
            )
        yield line


def of_lines(
    lines: Iterable[Line],
    *,
    global_discount: models.GlobalDiscountWrite | Unset = UNSET,
    retention: Decimal | Unset = UNSET,
    exchange_rate: Decimal | Unset = UNSET,
) -> Totals:
    """The total of lines. `retention` is in percent, `exchange_rate` in units of the other currency.

    A global discount reduces each line in proportion, before VAT. Raises InputError for a discount above the
    net total, and for anything but lines.
    """
    stored = tuple(line.stored() for line in _lines(lines))
    nets = [_net(line) for line in stored]
    gross = sum((Fraction(line.unit_price) * Fraction(line.quantity) for line in stored), Fraction())
    kept = share_left(sum(nets, Fraction()), global_discount)
    bases: defaultdict[_Key, Fraction] = defaultdict(Fraction)
    for line, net in zip(stored, nets, strict=True):
        bases[_key(line)] += net * kept
    net = sum(bases.values(), Fraction())
    tax = sum((base * _share(key.rate) for key, base in bases.items()), Fraction())

    # Two sums hold in every observed document (before_taxes + taxes = total, sum - discount = before_taxes),
    # so the derived amounts take the leftover cent.
    total, taxes, discount = _cents(net + tax), _cents(tax), _cents(gross - net)
    before_taxes = total - taxes
    before_discount = before_taxes + discount
    withheld = Decimal(0) if isinstance(retention, Unset) else number("retention", retention)
    assumed = {"parts", "retention"}
    if (before_taxes, before_discount) != (_cents(net), _cents(gross)):
        assumed |= {"sum", "discount", "before_taxes", "taxes"}
    if not isinstance(global_discount, Unset):
        assumed |= {"sum", "discount", "before_taxes", "taxes", "total", "multicurrency_total"}
    return Totals(
        sum=euros(before_discount),
        discount=euros(discount),
        before_taxes=euros(before_taxes),
        taxes=euros(taxes),
        total=euros(total),
        retention=rounded(
            Fraction(before_taxes, 100) * _share(rounded(withheld, RETENTION_DECIMALS)), AMOUNT_DECIMALS
        ),
        multicurrency_total=_in_other_currency(total, exchange_rate),
        parts=_parts(bases, before_taxes, taxes),
        lines=stored,
        assumed=frozenset(assumed),
    )


class _Key(NamedTuple):
    """The common fields of a part's lines, in sort order."""

    region: str
    below: Decimal
    """The rate, negative: the highest comes first."""
    code: str
    exemption: str

    @property
    def rate(self) -> Decimal:
        return self.below.copy_negate()


def _key(line: Line) -> _Key:
    exemption = line.exemption if line.tax == 0 else None
    return _Key(line.region, line.tax.copy_negate(), line.code or "", exemption or "")


def _net(line: Line) -> Fraction:
    return Fraction(line.unit_price) * Fraction(line.quantity) * (1 - _share(line.discount))


def _share(percent: Decimal) -> Fraction:
    return Fraction(percent) / 100


def share_left(net: Fraction, discount: models.GlobalDiscountWrite | Unset) -> Fraction:
    """The fraction of every line that remains after a global discount."""
    if isinstance(discount, Unset):
        return Fraction(1)
    value = number("global_discount.value", discount.value)
    if discount.value_type == "percentage":
        if value > 100:
            raise InputError("global_discount.value", f"expected 0 to 100 percent, got {value}")
        return 1 - _share(rounded(value, DISCOUNT_DECIMALS))
    taken = Fraction(rounded(value, AMOUNT_DECIMALS))
    if taken > net:
        raise InputError("global_discount.value", f"{shown_amount(value)} is more than the net total")
    return 1 - taken / net if net else Fraction(1)


def _in_other_currency(total: int, exchange_rate: Decimal | Unset) -> Decimal | None:
    """A total in cents as an amount of the other currency."""
    if isinstance(exchange_rate, Unset):
        return None
    rate = rounded(number("rate", exchange_rate), EXCHANGE_RATE_DECIMALS)
    return rounded(Fraction(total, 100) * Fraction(rate), AMOUNT_DECIMALS)


def _parts(bases: Mapping[_Key, Fraction], before_taxes: int, taxes: int) -> tuple[RatePart, ...]:
    keys = sorted(bases)
    shared_bases = split_cents(before_taxes, [bases[key] for key in keys])
    shared_taxes = split_cents(taxes, [bases[key] * _share(key.rate) for key in keys])
    return tuple(
        RatePart(key.rate, base, tax, key.region, key.code or None, key.exemption or None)
        for key, base, tax in zip(keys, shared_bases, shared_taxes, strict=True)
    )


def split_cents(amount: int, exact: Sequence[Fraction]) -> list[Decimal]:
    """Distributes an amount in cents over parts with these exact values, each part rounded to a neighbour.

    The cents left by rounding down go to the parts that lost most by it. Their number is never negative, and
    never above the number of parts that lost: the amount is a neighbour of the exact sum, since rounding is
    monotonic. So an exempt part, which has no VAT to lose, gets none.
    """
    cents = [floor(value * 100) for value in exact]
    lost = sorted(range(len(exact)), key=lambda place: cents[place] - exact[place] * 100)
    for place in lost[: amount - sum(cents)]:
        cents[place] += 1
    return [euros(value) for value in cents]


def _no_rate(tax: models.TaxReference | Unset) -> str:
    if isinstance(tax, Unset):
        return "no tax, and `rates` has no default; name a tax"
    return f"the account has no tax {tax.name!r}; the service would take another instead"
