"""The SQL of taxes: reads and writes their rows, and gives a new account its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ....storage import ids
from .tax import Tax

if TYPE_CHECKING:
    from ...accounts.settings import Country


class _Default(NamedTuple):
    name: str
    value: str
    code: str


class _Country(NamedTuple):
    region: str
    taxes: tuple[_Default, ...]


_DEFAULTS: Final[Mapping[Country, _Country]] = {
    "Portugal": _Country(
        "PT",
        (
            _Default("IVA23", "23.0", "NOR"),
            _Default("IVA13", "13.0", "INT"),
            _Default("IVA6", "6.0", "RED"),
            _Default("Isento", "0.0", "ISE"),
        ),
    ),
    "Ireland": _Country(
        "IE",
        (
            _Default("VAT23", "23.0", "NOR"),
            _Default("VAT13.5", "13.5", "INT"),
            _Default("VAT9", "9.0", "RED"),
            _Default("Exempt", "0.0", "ISE"),
        ),
    ),
    "UK": _Country(
        "GB",
        (
            _Default("VAT20", "20.0", "NOR"),
            _Default("VAT5", "5.0", "RED"),
            _Default("Exempt", "0.0", "ISE"),
        ),
    ),
}
"""Mainland rates (CIVA, art. 18); the first is the account's default. Region `PT` (recorded 2019). The
initial taxes of accounts elsewhere are unknown: here, their countries' rates under invented names (assumed).
"""


class TaxValues(NamedTuple):
    """The checked values of a tax; `value` is a rate in percent."""

    name: str
    value: Decimal
    region: str | None
    code: str | None
    is_default: bool

    def bound(self) -> tuple[str, str, str | None, str | None, int]:
        """Return the values in the form of their columns."""
        return self.name, str(self.value), self.region, self.code, int(self.is_default)


def add_defaults(db: sqlite3.Connection, account_id: int, country: Country) -> None:
    """Give a new account its taxes; the first is the default."""
    region, defaults = _DEFAULTS[country]
    for position, row in enumerate(defaults):
        insert(db, account_id, TaxValues(row.name, Decimal(row.value), region, row.code, position == 0))


def _tax(row: sqlite3.Row) -> Tax:
    return Tax(
        row["id"], row["name"], Decimal(row["value"]), row["region"], row["code"], bool(row["is_default"])
    )


def every(db: sqlite3.Connection, account_id: int) -> list[Tax]:
    """Return all taxes of an account, oldest first."""
    rows = db.execute("SELECT * FROM taxes WHERE account_id = ? ORDER BY id", (account_id,))
    return [_tax(row) for row in rows]


def by_id(db: sqlite3.Connection, account_id: int, tax_id: int) -> Tax | None:
    """Return a tax of the account."""
    row = db.execute("SELECT * FROM taxes WHERE id = ? AND account_id = ?", (tax_id, account_id)).fetchone()
    return _tax(row) if row else None


def insert(db: sqlite3.Connection, account_id: int, values: TaxValues) -> int:
    """Add a tax and return its id; a new default replaces the old one."""
    _unset_default(db, account_id, values)
    tax_id = ids.next_id(db, account_id, "taxes")
    db.execute(
        "INSERT INTO taxes (name, value, region, code, is_default, account_id, id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*values.bound(), account_id, tax_id),
    )
    return tax_id


def update(db: sqlite3.Connection, account_id: int, tax_id: int, values: TaxValues) -> None:
    """Replace the values of a tax; a new default replaces the old one."""
    _unset_default(db, account_id, values)
    db.execute(
        "UPDATE taxes SET name = ?, value = ?, region = ?, code = ?, is_default = ? WHERE id = ?",
        (*values.bound(), tax_id),
    )


def _unset_default(db: sqlite3.Connection, account_id: int, values: TaxValues) -> None:
    if values.is_default:
        db.execute("UPDATE taxes SET is_default = 0 WHERE account_id = ?", (account_id,))


def delete(db: sqlite3.Connection, tax_id: int) -> None:
    """Delete a tax; its items fall back to the default, documents keep their own copy."""
    db.execute("DELETE FROM taxes WHERE id = ?", (tax_id,))
