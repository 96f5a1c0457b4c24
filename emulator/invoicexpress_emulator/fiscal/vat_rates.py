"""The rates of Portuguese VAT by region and first day: reduced, intermediate and normal.

The date on which the tax falls due decides (CIVA, art. 18.9); for a document that is its date. Each row
applies from its day until the next row of its region. The islands' rates were in CIVA, art. 18.3 until Lei
12/2022, and have been in regional decrees since.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final, Literal, NamedTuple

RateCode = Literal["RED", "INT", "NOR"]

MAINLAND: Final = "PT"
AZORES: Final = "PT-AC"
MADEIRA: Final = "PT-MA"

EXEMPT: Final = "ISE"
OTHER: Final = "OUT"
"""Rates of special regimes (Portaria 302/2016, field 2.5.1.3), and rates of other countries."""


class Rates(NamedTuple):
    """The three rates of a region, in percent."""

    reduced: Decimal
    intermediate: Decimal
    normal: Decimal


class _Since(NamedTuple):
    region: str
    day: dt.date
    rates: Rates
    source: str


def _percent(reduced: int, intermediate: int, normal: int) -> Rates:
    return Rates(Decimal(reduced), Decimal(intermediate), Decimal(normal))


HISTORY: Final = (
    _Since(MAINLAND, dt.date(2008, 7, 1), _percent(5, 12, 20), "Lei 26-A/2008"),
    _Since(MAINLAND, dt.date(2010, 7, 1), _percent(6, 13, 21), "Lei 12-A/2010"),
    _Since(MAINLAND, dt.date(2011, 1, 1), _percent(6, 13, 23), "Lei 55-A/2010; CIVA, art. 18.1"),
    _Since(AZORES, dt.date(2008, 7, 1), _percent(4, 8, 14), "Lei 26-A/2008"),
    _Since(AZORES, dt.date(2010, 7, 1), _percent(4, 9, 15), "Lei 12-A/2010"),
    _Since(AZORES, dt.date(2011, 1, 1), _percent(4, 9, 16), "Lei 55-A/2010"),
    _Since(AZORES, dt.date(2014, 1, 1), _percent(5, 10, 18), "Lei 83-C/2013"),
    _Since(AZORES, dt.date(2015, 7, 1), _percent(4, 9, 18), "Lei 63-A/2015; DLR 15/2015/A"),
    _Since(AZORES, dt.date(2021, 7, 1), _percent(4, 9, 16), "DLR 15-A/2021/A; Ofício Circulado 25045/2024"),
    _Since(MADEIRA, dt.date(2008, 7, 1), _percent(4, 8, 14), "Lei 26-A/2008"),
    _Since(MADEIRA, dt.date(2010, 7, 1), _percent(4, 9, 15), "Lei 12-A/2010"),
    _Since(MADEIRA, dt.date(2011, 1, 1), _percent(4, 9, 16), "Lei 55-A/2010"),
    _Since(MADEIRA, dt.date(2012, 4, 1), _percent(5, 12, 22), "Lei 14-A/2012"),
    _Since(MADEIRA, dt.date(2024, 10, 1), _percent(4, 12, 22), "DLR 6/2024/M; Ofício Circulado 25045/2024"),
)
"""Region, first day, and its rates: reduced, intermediate, normal. The table begins two years before the
first certified programs (Portaria 363/2010).
"""


def rates_in_force(region: str, on: dt.date) -> Rates | None:
    """Return the rates of a region on a day; None for regions abroad and days before the table's first."""
    row = _in_force(region, on)
    return row and row.rates


def law_of_rates(region: str, on: dt.date) -> str | None:
    """Return the source of a region's rates on a day; None where `rates_in_force` has none."""
    row = _in_force(region, on)
    return row and row.source


def _in_force(region: str, on: dt.date) -> _Since | None:
    return next((row for row in reversed(HISTORY) if row.region == region and row.day <= on), None)


def code_of(region: str, rate: Decimal, on: dt.date) -> RateCode | None:
    """Return the code of a rate in percent in a region on a day, as SAF-T (PT) spells it; None for other
    rates and regions abroad.
    """
    rates = rates_in_force(region, on)
    if rates is None:
        return None
    codes: dict[Decimal, RateCode] = {
        rates.reduced: "RED",
        rates.intermediate: "INT",
        rates.normal: "NOR",
    }
    return codes.get(rate)


def tax_code(stated: str | None, region: str, rate: Decimal, on: dt.date) -> str:
    """Return the code of a tax: its stated code or, without one, the code of its rate in percent.

    `OUT` is for rates that the region does not have, and for a stated `ISE` with a rate above 0.
    """
    if rate == 0:
        return stated or EXEMPT
    if stated == EXEMPT:
        return OTHER
    return stated or code_of(region, rate, on) or OTHER
