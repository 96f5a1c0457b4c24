"""Turnover by client, month and quarter."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from invoicexpress_loading.records import fields_in_help

from ..payment_terms import month_range
from ..totals import euros
from .counted import by_client, first, sales, whole_number

if TYPE_CHECKING:
    from ..quirks.polymorphism import AnyDocument
    from .counted import Sale

_MONTHS: Final = 12


@fields_in_help
class ClientTurnover(NamedTuple):
    """The turnover with a client, credit notes deducted, in EUR."""

    client_id: int | None
    """The client's id; None if documents do not tell."""
    code: str | None
    """The client's code; None without one."""
    name: str | None
    """The name in the client's latest document."""
    documents: int
    """Number of documents, credit notes included."""
    before_taxes: Decimal
    """Without VAT."""
    taxes: Decimal
    """VAT."""
    total: Decimal
    """With VAT. A retention is not deducted."""


@fields_in_help
class PeriodTurnover(NamedTuple):
    """The turnover of a month or a quarter, credit notes deducted, in EUR."""

    number: int
    """1 to 12 for months, 1 to 4 for quarters."""
    first: datetime.date
    """The first day."""
    last: datetime.date
    """The last day."""
    documents: int
    """Number of documents, credit notes included."""
    before_taxes: Decimal
    """Without VAT."""
    taxes: Decimal
    """VAT."""
    total: Decimal
    """With VAT. A retention is not deducted."""


def _sums(found: list[Sale]) -> tuple[int, Decimal, Decimal, Decimal]:
    """The number of documents, and their sums before taxes, of taxes, and in total."""
    return (
        len(found),
        euros(sum(each.signed("before_taxes") for each in found)),
        euros(sum(each.signed("taxes") for each in found)),
        euros(sum(each.signed("total") for each in found)),
    )


def top_clients(documents: Iterable[AnyDocument], *, count: int | None = 10) -> list[ClientTurnover]:
    """The clients with the highest turnover before taxes, all of them if `count` is None.

    Clients with equal turnover are in the order of their names. A client with more credit notes than invoices
    has a negative turnover. Without `count` the rows add up to the documents. Raises InputError.
    """
    groups = by_client((each.document, each.path, each) for each in sales(documents))
    rows = [(party, _sums(found)) for party, found in groups]
    rows.sort(key=lambda row: (-row[1][1], row[0].place()))
    return first([ClientTurnover(party.id, party.code, party.name, *sums) for party, sums in rows], count)


def months(documents: Iterable[AnyDocument], *, year: int) -> list[PeriodTurnover]:
    """The turnover of the twelve months of a year, by the documents' dates; other years are left out.

    Raises InputError.
    """
    return _periods(documents, year, 1)


def quarterly_results(documents: Iterable[AnyDocument], *, year: int) -> list[PeriodTurnover]:
    """The turnover of the four quarters of a year, by the documents' dates; other years are left out.

    Raises InputError.
    """
    return _periods(documents, year, 3)


def _periods(documents: Iterable[AnyDocument], year: int, length: int) -> list[PeriodTurnover]:
    """The periods of a year, each of so many months."""
    whole_number("year", year, datetime.MINYEAR, datetime.MAXYEAR)
    found: list[list[Sale]] = [[] for _ in range(_MONTHS // length)]
    for sale in sales(documents):
        if sale.document.date.year == year:
            found[(sale.document.date.month - 1) // length].append(sale)
    return [
        PeriodTurnover(
            place + 1,
            month_range(year, place * length + 1).first,
            month_range(year, (place + 1) * length).last,
            *_sums(each),
        )
        for place, each in enumerate(found)
    ]
