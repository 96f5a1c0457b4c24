"""An item of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..taxes.tax import Tax


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the catalogue; `unit_price` in EUR before VAT, `tax` the account's default if none was
    kept.
    """

    id: int
    name: str
    description: str | None
    unit_price: Decimal
    unit: str | None
    tax: Tax
