"""A tax."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tax:
    """A rate in percent. `region` and `code` may be unset on taxes made without them."""

    id: int
    name: str
    value: Decimal
    region: str | None
    code: str | None
    is_default: bool
