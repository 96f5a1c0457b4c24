"""How amounts, numbers and dates are printed in each language.

The law prescribes no format; a reader of the language cannot misread these: `1.234,56 €` and
20/11/2026 in Portuguese, `€1,234.56` and 20 Nov 2026 in English, where 02/03/2026 would be two days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from ...books.documents.drafting import RATE_DECIMALS
from ...fiscal.totals import euros
from ...http.wire_values import portuguese_date

_MOST_PLACES: Final = 4
"""Decimals of a unit price and of a percentage (weareswat 2020)."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Figures:
    """A way of printing figures; `point` and `thousands` are the separators."""

    point: str
    thousands: str
    euro_first: bool
    at: str
    """Between a date and a time of day."""
    months: tuple[str, ...] | None
    """Names of the months; None where dates are digits alone."""

    def number(self, value: Decimal, places: int) -> str:
        """Print a number with so many decimals."""
        return f"{value:,.{places}f}".translate(str.maketrans(",.", self.thousands + self.point))

    def money(self, value: Decimal) -> str:
        """Print an amount of any currency with two decimals."""
        return self.number(value, 2)

    def amount(self, cents: int) -> str:
        """Print cents as EUR: `1.234,56 €` or `€1,234.56`."""
        digits = self.money(abs(euros(cents)))
        return ("-" if cents < 0 else "") + (f"€{digits}" if self.euro_first else f"{digits} €")

    def price(self, value: Decimal) -> str:
        """Print a unit price with two to four decimals."""
        return self._from_two_places(value, _MOST_PLACES)

    def exchange_rate(self, value: Decimal) -> str:
        """Print an exchange rate with two decimals, or as many as documents keep."""
        return self._from_two_places(value, RATE_DECIMALS)

    def _from_two_places(self, value: Decimal, most: int) -> str:
        places = max(2, -int(value.normalize().as_tuple().exponent)) if value else 2
        return self.number(value, min(places, most))

    def plain(self, value: Decimal) -> str:
        """Print a quantity or a percentage without needless zeros: `2`, `2,5`."""
        return self.number(value, _MOST_PLACES).rstrip("0").removesuffix(self.point)

    def day(self, value: date) -> str:
        """Print a date."""
        if self.months is None:
            return portuguese_date(value)
        return f"{value.day} {self.months[value.month - 1]} {value.year}"

    def moment(self, value: datetime) -> str:
        """Print a date and a time of day, with seconds."""
        return f"{self.day(value.date())}{self.at}{value:%H:%M:%S}"


PORTUGUESE: Final = Figures(point=",", thousands=".", euro_first=False, at=" às ", months=None)
ENGLISH: Final = Figures(point=".", thousands=",", euro_first=True, at=" ", months=_MONTHS)
