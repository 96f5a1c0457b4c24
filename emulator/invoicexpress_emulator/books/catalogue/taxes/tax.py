"""A tax, and its lookup from a line of a document.

A line with an unknown name silently gets the account's default (voluzi 2026).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ....http.wire_values import parse_decimal

if TYPE_CHECKING:
    from ....http.wire_values import JsonValue

TAX_CODES: Final = ("NOR", "INT", "RED", "OUT", "ISE")


class Tax(NamedTuple):
    """A rate in percent. `region` and `code` may be unset."""

    id: int
    name: str
    value: Decimal
    region: str | None
    code: str | None
    is_default: bool


def resolve(known: list[Tax], sent: Mapping[str, JsonValue] | None) -> Tax:
    """Return the tax of a line: by name, else by rate, else the account's default.

    An id alone is not enough; an unknown name silently gives the default (suestecreative 2026; voluzi 2026).
    """
    return named(known, sent) or next(tax for tax in known if tax.is_default)


def named(known: list[Tax], sent: Mapping[str, JsonValue] | None) -> Tax | None:
    """Return the tax with the sent name or, without a name, the sent rate in percent; None if unknown."""
    if not sent:
        return None
    name = sent.get("name")
    if isinstance(name, str) and name.strip():
        return next((tax for tax in known if tax.name == name.strip()), None)
    rate = parse_decimal(sent.get("value"))
    return next((tax for tax in known if rate is not None and tax.value == rate), None)
