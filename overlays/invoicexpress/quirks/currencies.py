"""The currency of a document: answers have its name (`Euro`), never its code (recorded 2019)."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

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
