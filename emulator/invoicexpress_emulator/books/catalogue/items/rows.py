"""The SQL of items: reads and writes the catalogue. Documents add to it and overwrite it."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ....storage import ids
from ..taxes import rows as taxes
from ..taxes.tax import resolve
from .item import Item

if TYPE_CHECKING:
    from ...pages import Page
    from ..taxes.tax import Tax


class ItemValues(NamedTuple):
    """The checked values of an item; `unit_price` in EUR before VAT."""

    name: str
    description: str | None
    unit_price: Decimal
    unit: str | None
    tax_id: int

    def bound(self) -> tuple[str, str | None, str, str | None, int]:
        """Return the values in the form of their columns."""
        return self.name, self.description, str(self.unit_price), self.unit, self.tax_id


def _item(row: sqlite3.Row, known: list[Tax]) -> Item:
    tax = next((tax for tax in known if tax.id == row["tax_id"]), None) or resolve(known, None)
    return Item(row["id"], row["name"], row["description"], Decimal(row["unit_price"]), row["unit"], tax)


def by_id(db: sqlite3.Connection, account_id: int, item_id: int) -> Item | None:
    """Return an item of the account."""
    row = db.execute("SELECT * FROM items WHERE id = ? AND account_id = ?", (item_id, account_id)).fetchone()
    return _item(row, taxes.every(db, account_id)) if row else None


def id_by_name(db: sqlite3.Connection, account_id: int, name: str) -> int | None:
    """Return the id of the item of exactly this name."""
    row = db.execute("SELECT id FROM items WHERE account_id = ? AND name = ?", (account_id, name)).fetchone()
    return int(row["id"]) if row else None


def page_of_items(db: sqlite3.Connection, account_id: int, page: Page, visible: str | None) -> list[Item]:
    """Return a page of the catalogue, oldest first; `visible` narrows it, as SQL."""
    known = taxes.every(db, account_id)
    rows = db.execute(
        f"SELECT * FROM items WHERE account_id = ? AND {visible or '1'} ORDER BY id LIMIT ? OFFSET ?",  # noqa: S608 - own constants
        (account_id, page.size, page.offset),
    )
    return [_item(row, known) for row in rows]


def insert(db: sqlite3.Connection, account_id: int, values: ItemValues) -> int:
    """Add an item and return its id."""
    item_id = ids.next_id(db, account_id, "items")
    db.execute(
        "INSERT INTO items (name, description, unit_price, unit, tax_id, account_id, id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*values.bound(), account_id, item_id),
    )
    return item_id


def update(db: sqlite3.Connection, item_id: int, values: ItemValues) -> None:
    """Replace the values of an item."""
    db.execute(
        "UPDATE items SET name = ?, description = ?, unit_price = ?, unit = ?, tax_id = ? WHERE id = ?",
        (*values.bound(), item_id),
    )


def remember(db: sqlite3.Connection, account_id: int, values: ItemValues) -> int:
    """Add the item of a document's line, or overwrite the item of that name; return its id (vendor docs
    2026-07: items on the fly).
    """
    known = id_by_name(db, account_id, values.name)
    if known is None:
        return insert(db, account_id, values)
    update(db, known, values)
    return known


def delete(db: sqlite3.Connection, item_id: int) -> None:
    """Delete an item; documents keep their lines."""
    db.execute("DELETE FROM items WHERE id = ?", (item_id,))


def is_on_a_document(db: sqlite3.Connection, item_id: int) -> bool:
    """Whether a line of some document names the item."""
    row = db.execute("SELECT 1 FROM document_lines WHERE item_id = ? LIMIT 1", (item_id,)).fetchone()
    return row is not None
