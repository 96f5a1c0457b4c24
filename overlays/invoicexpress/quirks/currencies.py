"""The currency of a document: answers have its name (`Euro`), never its code (recorded 2019)."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from invoicexpress_generated.types import Unset
from invoicexpress_wire import shown_amount

from .. import reference_data
from ..errors import InputError


class Priced(Protocol):
    """A document with the name of its amounts' currency."""

    @property
    def currency(self) -> str: ...


def amount_of(document: Priced, value: Decimal) -> str:
    """An amount of a document, for a message: `9.80 EUR`."""
    try:
        return shown_amount(value, reference_data.currency_named(document.currency).code)
    except InputError:
        return shown_amount(value, document.currency)


def in_cents(path: str, amount: Decimal | Unset) -> None:
    """Raises InputError for an amount with a part of a cent, which the service would round."""
    if isinstance(amount, Decimal) and amount != round(amount, 2):
        raise InputError(path, f"expected at most two decimals, got {amount}: money is paid in whole cents")
