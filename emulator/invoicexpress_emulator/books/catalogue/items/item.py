"""An item of the catalogue."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from ..taxes.tax import Tax

UNITS: Final = ("hour", "day", "month", "unit", "service", "other")
PRICE_DECIMALS: Final = 4
"""Stored scale of a unit price (weareswat 2020)."""
PRICE_LIMIT: Final = Decimal(10) ** 14


class Item(NamedTuple):
    """A row of the catalogue; `unit_price` in EUR before VAT; `tax` is by default the account's default."""

    id: int
    name: str
    description: str | None
    unit_price: Decimal
    unit: str | None
    tax: Tax
