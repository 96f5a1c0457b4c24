"""How an item of the catalogue is spelt on each wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..http.wire_values import JsonValue, decimal_text, number
from .field_table import Fields, blanked, stored

if TYPE_CHECKING:
    from ..books.catalogue.items.item import Item


def _observed_tax(item: Item) -> JsonValue:
    return {"id": item.tax.id, "name": item.tax.name, "value": decimal_text(item.tax.value)}


def _documented_tax(item: Item) -> JsonValue:
    return {
        "name": item.tax.name,
        "value": number(item.tax.value),
        "comment": f"tax value:{decimal_text(item.tax.value)}%",
    }


_ITSELF: Final[Fields[Item]] = (
    *stored("id", "name", "description"),
    ("unit_price", lambda item: number(item.unit_price)),
    *stored("unit"),
)

OBSERVED_ITEM: Final[Fields[Item]] = (*_ITSELF, ("tax", _observed_tax))
DOCUMENTED_ITEM: Final[Fields[Item]] = (
    *blanked(_ITSELF, "description", "unit"),
    ("tax", _documented_tax),
)
