"""How a tax is spelt on each wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..http.wire_values import decimal_text, number
from .field_table import Fields, stored, stored_or_blank

if TYPE_CHECKING:
    from ..books.catalogue.taxes.tax import Tax

OBSERVED_TAX: Final[Fields[Tax]] = (
    *stored("id", "name"),
    ("value", lambda tax: decimal_text(tax.value)),
    *stored("region", "code"),
    ("default_tax", lambda tax: int(tax.is_default)),
)
DOCUMENTED_TAX: Final[Fields[Tax]] = (
    *stored("id", "name"),
    ("value", lambda tax: number(tax.value)),
    *stored_or_blank("region", "code"),
    ("default_tax", lambda tax: int(tax.is_default)),
)
