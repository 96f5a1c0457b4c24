"""Compares a draft with its expectation before the irreversible step.

The service changes values silently: an unknown tax becomes the account's default, an unreadable date becomes
today, quantities lose decimals (vendor docs 2017, voluzi 2026, suestecreative 2026). Finalizing would
then issue a legal document with a wrong total. So the draft is read back and compared.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from invoicexpress_generated import models
from invoicexpress_generated.types import Unset
from invoicexpress_wire import WireError, format_decimal_number

from ..fiscal_ids import is_same
from ..totals import AMOUNT_DECIMALS, Line, Totals, rounded
from .currencies import amount_of


def check_amount(name: str, value: object) -> None:
    """Raises WireError for an amount that is not an exact decimal."""
    try:
        format_decimal_number(value)
    except WireError as error:
        raise error.inside(name) from None


class Draft(Protocol):
    """The compared fields of a document."""

    @property
    def date(self) -> datetime.date: ...
    @property
    def total(self) -> Decimal: ...
    @property
    def currency(self) -> str: ...
    @property
    def client(self) -> models.DocumentClient | Unset: ...
    @property
    def items(self) -> list[models.DocumentItem]: ...


def differences(
    found: Draft, *, expected_total: Decimal | Totals | None, meant: Draft | None
) -> Iterator[str]:
    """Differences between a freshly read document and its expectation. `meant` is the caller's copy.

    A Totals also compares the rate of each line.
    """
    total = expected_total.total if isinstance(expected_total, Totals) else expected_total
    if total is not None and found.total != total:
        shown = f"its total is {amount_of(found, found.total)}, expected {amount_of(found, total)}"
        yield f"{shown}{_taxed_twice(found, total)}"
    if isinstance(expected_total, Totals):
        yield from _rate_differences(found.items, expected_total.lines)
    if meant is None:
        return
    if expected_total is None and found.total != meant.total:
        yield f"its total is {amount_of(found, found.total)}, it was {amount_of(found, meant.total)}"
    if _client_id(found) != _client_id(meant):
        yield f"its client is {_client_id(found)}, it was {_client_id(meant)}"
    elif _client_name(found) != _client_name(meant):
        yield f"client {_client_id(found)} has another name than before"
    elif _has_another_number(found, meant):
        yield f"client {_client_id(found)} has another tax number than before"
    if found.date != meant.date:
        yield f"its date is {found.date}, it was {meant.date}"
    yield from _tax_differences(found.items, meant.items)


def _taxed_twice(found: Draft, expected: Decimal) -> str:
    """Why a total is the expected one plus its VAT: the prices sent had the VAT in them."""
    rates = {item.tax.value for item in found.items if item.tax}
    rate = rates.pop() if len(rates) == 1 else None
    if not isinstance(rate, Decimal) or not rate or not all(item.tax for item in found.items):
        return ""
    if rounded(Fraction(expected) * (1 + Fraction(rate) / 100), AMOUNT_DECIMALS) != found.total:
        return ""
    return (
        f"; {found.total:.2f} is {expected:.2f} plus {rate.normalize():f} %: `unit_price` is without VAT, "
        "and `net_prices.of_line` finds it"
    )


def _client_id(document: Draft) -> int | None:
    return None if isinstance(document.client, Unset) else document.client.id


def _client_name(document: Draft) -> str | None:
    return None if isinstance(document.client, Unset) else document.client.name


def _has_another_number(found: Draft, meant: Draft) -> bool:
    """Whether both show a tax number, and not the same one."""
    if isinstance(found.client, Unset) or isinstance(meant.client, Unset):
        return False
    now, before = found.client.fiscal_id, meant.client.fiscal_id
    return bool(now and before) and not is_same(str(now), str(before))


def _rate_differences(found: list[models.DocumentItem], expected: tuple[Line, ...]) -> Iterator[str]:
    if len(found) != len(expected):
        yield f"it has {len(found)} lines, expected {len(expected)}"
        return
    for number, (item, line) in enumerate(zip(found, expected, strict=True), start=1):
        rate = item.tax.value if item.tax else None
        # A rate is sometimes null (jcoelho93, fb2db9e); then only the total is compared.
        if isinstance(rate, Decimal) and rate != line.tax:
            yield f"the tax of line {number} is {_tax(item)}, expected {line.tax.normalize():f} %"


def _tax_differences(found: list[models.DocumentItem], meant: list[models.DocumentItem]) -> Iterator[str]:
    if len(found) != len(meant):
        yield f"it has {len(found)} lines, it had {len(meant)}"
        return
    for number, (now, before) in enumerate(zip(found, meant, strict=True), start=1):
        if not _is_same_tax(now, before):
            yield f"the tax of line {number} is {_tax(now)}, it was {_tax(before)}"


def _is_same_tax(now: models.DocumentItem, before: models.DocumentItem) -> bool:
    """Whether two lines have one tax. Name and rate are sometimes null (suestecreative 2026): then whatever
    else both lines show decides, the id and the VAT.
    """
    if not now.tax or not before.tax:
        return bool(now.tax) == bool(before.tax)
    pairs = [(getattr(now.tax, name), getattr(before.tax, name)) for name in ("name", "value", "id")]
    if any(not isinstance(value, Decimal) for value in (now.tax.value, before.tax.value)):
        pairs.append((now.tax_amount, before.tax_amount))
    return all(
        one == other or isinstance(one, Unset | None) or isinstance(other, Unset | None)
        for one, other in pairs
    )


def _tax(item: models.DocumentItem) -> str:
    if isinstance(item.tax, Unset) or item.tax is None:
        return "none"
    value = item.tax.value
    if not item.tax.name:
        return f"without a name (id {item.tax.id})"
    return f"{item.tax.name} {value.normalize():f} %" if isinstance(value, Decimal) else str(item.tax.name)
