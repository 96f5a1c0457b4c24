"""Base and VAT of documents by rate and region.

`saft_file.vat_summary` does the same for a SAF-T file, also by exemption: it is the one for a declaration.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from invoicexpress_generated import models
from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_loading.records import fields_in_help
from invoicexpress_wire import shown, shown_amount

from ..errors import InputError
from ..quirks.absent_values import known
from ..quirks.crediting import discount_of, lacks_taxes, with_taxes
from ..quirks.read_back import exact, net_amounts
from ..totals import AMOUNT_DECIMALS, TAX_DECIMALS, euros, rounded, share_left, split_cents
from .counted import sales

if TYPE_CHECKING:
    from ..quirks.polymorphism import AnyDocument
    from .counted import Sale

_CENT: Final = Fraction(1, 10**AMOUNT_DECIMALS)


@fields_in_help
class RateRow(NamedTuple):
    """Base and VAT of a rate in a region, credit notes deducted, in EUR."""

    region: str | None
    """`PT`, `PT-AC` (Azores), `PT-MA` (Madeira), or a country; None where `taxes` do not tell."""
    rate: Decimal
    """Percent."""
    base: Decimal
    """Amount without VAT."""
    tax: Decimal
    """VAT of the base."""


@fields_in_help
class RateSummary(NamedTuple):
    """Base and VAT of documents, credit notes deducted, in EUR."""

    rows: tuple[RateRow, ...]
    """By region, the highest rate first. They add up to `base` and `tax`."""
    documents: int
    """Number of documents, credit notes included."""
    base: Decimal
    """Sum of the documents' `before_taxes`."""
    tax: Decimal
    """Sum of the documents' `taxes`."""
    total: Decimal
    """Sum of the documents' `total`, with VAT. The retention is not deducted."""
    retention: Decimal
    """Amount that clients withhold: each document's percentage of `before_taxes`, rounded half up (assumed:
    the service answers with the percentage alone).
    """


class _Key(NamedTuple):
    """The common fields of a row's lines, in sort order."""

    is_unknown: bool
    region: str
    below: Decimal
    """The rate, negative: the highest comes first."""


@dataclass(slots=True)
class _Cents:
    base: int = 0
    tax: int = 0


def vat_by_rate(documents: Iterable[AnyDocument], *, taxes: Iterable[models.Tax] = ()) -> RateSummary:
    """Base and VAT by rate and region, credit notes negative, the retention apart.

    Documents do not show regions. `taxes=ix.taxes.list()` tells the region of each tax that still has the
    rate of the line, and the rate of lines that show the id of their tax alone (suestecreative 2026). Each
    document's base and VAT are split over its rates in whole cents, as docs/totals.md describes, so the rows
    add up to the documents' own amounts. Raises InputError, also for lines that do not add up to their
    document.
    """
    known_taxes = _Taxes(taxes)
    rows: defaultdict[_Key, _Cents] = defaultdict(_Cents)
    found = sales(documents)
    withheld = 0
    for sale in found:
        exact_bases = _bases(sale, known_taxes)
        keys = sorted(exact_bases)
        bases = [exact_bases[key] for key in keys]
        vats = [base * Fraction(-key.below) / 100 for key, base in zip(keys, bases, strict=True)]
        for key, base, vat in zip(
            keys, _split(sale, "before_taxes", bases), _split(sale, "taxes", vats), strict=True
        ):
            rows[key].base += sale.sign * base
            rows[key].tax += sale.sign * vat
        withheld += _withheld(sale)
    return RateSummary(
        rows=tuple(
            RateRow(
                None if key.is_unknown else key.region,
                rounded(key.below.copy_abs(), TAX_DECIMALS),
                euros(rows[key].base),
                euros(rows[key].tax),
            )
            for key in sorted(rows)
        ),
        documents=len(found),
        base=euros(sum(each.signed("before_taxes") for each in found)),
        tax=euros(sum(each.signed("taxes") for each in found)),
        total=euros(sum(each.signed("total") for each in found)),
        retention=euros(withheld),
    )


class _Taxes:
    """The taxes of an account, by id and by name."""

    def __init__(self, taxes: Iterable[models.Tax]) -> None:
        self.all = list(taxes)
        for place, given in enumerate(cast("list[object]", self.all)):
            if not isinstance(given, models.Tax):
                raise InputError(f"taxes[{place}]", f"expected a tax of ix.taxes.list(), got {shown(given)}")
        self._by_id: Mapping[int, models.Tax] = {tax.id: tax for tax in self.all}
        self._by_name: Mapping[str, models.Tax] = {tax.name: tax for tax in self.all}

    def region_of(self, shown_tax: models.DocumentItemTax, rate: Decimal) -> str | None:
        """The region of a line's tax; None if it is unknown, or if the tax has another rate by now."""
        number = known(shown_tax.id, None)
        name = known(shown_tax.name, None)
        if number is not None:
            found = self._by_id.get(number)
        else:
            found = None if name is None else self._by_name.get(name)
        return (known(found.region, None) or None) if found is not None and found.value == rate else None


def _bases(sale: Sale, taxes: _Taxes) -> Mapping[_Key, Fraction]:
    """The exact base of each rate, after a discount on the whole document, in EUR."""
    document = sale.document
    if lacks_taxes(document):
        document = with_taxes(document, taxes.all)
    bases: defaultdict[_Key, Fraction] = defaultdict(Fraction)
    for place, line in enumerate(document.items):
        rate = known(line.tax.value, None) if line.tax else None
        if not line.tax or rate is None:
            raise sale.refuse(
                "does not show the rate of a line; pass taxes=ix.taxes.list()", f"items[{place}].tax"
            )
        net = _net(line)
        if net is None:
            raise sale.refuse("has a line whose amount cannot be told from its values", f"items[{place}]")
        region = taxes.region_of(line.tax, rate)
        bases[_Key(region is None, region or "", -rate)] += net
    discount = discount_of(document)
    share = share_left(sum(bases.values(), Fraction()), UNSET if discount is None else discount)
    return {key: base * share for key, base in bases.items()}


def _net(line: models.DocumentItem) -> Fraction | None:
    """The amount of a line less its discount, in EUR; None if it cannot be told."""
    amounts = set(net_amounts(line))
    if len(amounts) == 1:
        return amounts.pop()
    # Of a tiny amount two readings may fit one price.
    values = exact(line)
    if values is None:
        return None
    discount = known(line.discount, Decimal(0))
    return Fraction(values.unit_price) * Fraction(values.quantity) * (1 - Fraction(discount) / 100)


def _split(sale: Sale, field: str, parts: list[Fraction]) -> list[int]:
    """The cents of each part of a document's amount."""
    amount = sale.cents(field)
    implied = sum(parts, Fraction())
    if abs(_exact_euros(amount) - implied) >= _CENT:
        raise sale.refuse(
            f"has {shown_amount(euros(amount))}, but its lines give "
            f"{shown_amount(rounded(implied, AMOUNT_DECIMALS))}; saft_file.vat_summary reads its SAF-T file",
            field,
        )
    return [int(part.scaleb(AMOUNT_DECIMALS)) for part in split_cents(amount, parts)]


def _exact_euros(cents: int) -> Fraction:
    """An amount of cents in EUR."""
    return Fraction(cents, 10**AMOUNT_DECIMALS)


def _withheld(sale: Sale) -> int:
    """The amount that the client withholds, in cents, negative for credit notes."""
    percent = sale.document.retention
    if isinstance(percent, Unset):
        raise sale.refuse("does not show whether it has a retention", "retention")
    if percent is None:
        return 0
    base = sale.cents("before_taxes")
    amount = rounded(_exact_euros(base) * Fraction(percent) / 100, AMOUNT_DECIMALS)
    return sale.sign * int(amount.scaleb(AMOUNT_DECIMALS))
