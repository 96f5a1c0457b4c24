"""The catalogue of items. Documents add to it and overwrite it (see `documents`)."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ....fiscal.totals import rounded
from ....http import messages
from ....http.answer import EMPTY, Answer, json_answer
from ....http.errors import Missing, NotFound, Shape, refuse_if_any
from ....http.fields import Fields
from ....http.root_object import root_object
from ....storage import ids
from ...pages import page_of
from ..taxes import api as taxes
from .item import Item

if TYPE_CHECKING:
    from ....http.wire_values import JsonValue
    from ...call import Call
    from ..taxes.tax import Tax

UNITS: Final = ("hour", "day", "month", "unit", "service", "other")
PRICE_DECIMALS: Final = 4
"""Stored scale of a unit price (weareswat 2020)."""
PRICE_LIMIT: Final = Decimal(10) ** 14


def _item(row: sqlite3.Row, known: list[Tax]) -> Item:
    tax = next((tax for tax in known if tax.id == row["tax_id"]), None) or taxes.resolve(known, None)
    return Item(row["id"], row["name"], row["description"], Decimal(row["unit_price"]), row["unit"], tax)


def _find(call: Call) -> Item:
    row = call.db.execute(
        "SELECT * FROM items WHERE id = ? AND account_id = ?", (call.path_id("item_id"), call.account.id)
    ).fetchone()
    if row is None:
        raise NotFound(Missing.ITEM)
    return _item(row, taxes.every(call.db, call.account.id))


def remember(
    db: sqlite3.Connection,
    account_id: int,
    *,
    name: str,
    description: str | None,
    unit_price: Decimal,
    unit: str | None,
    tax_id: int,
) -> int:
    """Create the item of a document's line, or overwrite the one of that name (vendor docs 2026-07, items on
    the fly).
    """
    values = (description, str(unit_price), unit, tax_id, account_id, name)
    known = db.execute(
        "UPDATE items SET description = ?, unit_price = ?, unit = ?, tax_id = ? "
        "WHERE account_id = ? AND name = ? RETURNING id",
        values,
    ).fetchone()
    if known is not None:
        return int(known["id"])
    item_id = ids.next_id(db, account_id, "items")
    db.execute(
        "INSERT INTO items (description, unit_price, unit, tax_id, account_id, name, id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*values, item_id),
    )
    return item_id


def list_items(call: Call) -> Answer:
    """GET /items.json: pages, but says nothing about them (filipetoscano 2022)."""
    page = page_of(call.query)
    known = taxes.every(call.db, call.account.id)
    shown_ones = call.visible("items") or "1"
    rows = call.db.execute(
        f"SELECT * FROM items WHERE account_id = ? AND {shown_ones} ORDER BY id LIMIT ? OFFSET ?",  # noqa: S608 - own constants
        (call.account.id, page.size, page.offset),
    )
    shown: list[JsonValue] = [call.profile.item(_item(row, known)) for row in rows]
    return json_answer({"items": shown})


def get_item(call: Call) -> Answer:
    """GET /items/{id}.json."""
    return json_answer({"item": call.profile.item(_find(call))})


def create_item(call: Call) -> Answer:
    """POST /items.json."""
    item_id = _save(call, None)
    row = call.db.execute("SELECT * FROM items WHERE id = ?", (item_id,)).fetchone()
    item = _item(row, taxes.every(call.db, call.account.id))
    return json_answer({"item": call.profile.item(item)}, 201)


def update_item(call: Call) -> Answer:
    """PUT /items/{id}.json: answers nothing."""
    _save(call, _find(call))
    return EMPTY


def delete_item(call: Call) -> Answer:
    """DELETE /items/{id}.json: documents keep their lines."""
    call.db.execute("DELETE FROM items WHERE id = ?", (_find(call).id,))
    return EMPTY


def _price(call: Call, fields: Fields) -> Decimal | None:
    """Read the price. Live, it must be text; the documentation wants a number."""
    sent = fields.data.get("unit_price")
    if sent is None or sent == "":
        fields.complain(messages.ITEM_PRICE_REQUIRED)
        return None
    if not isinstance(sent, str) and not call.profile.numeric_item_price_accepted:
        fields.complain(messages.ITEM_PRICE_INVALID)
        return None
    price = fields.decimal("unit_price", messages.ITEM_PRICE_INVALID)
    if price is not None and not 0 <= price < PRICE_LIMIT:
        fields.complain(messages.ITEM_PRICE_INVALID)
        return None
    return price if price is None else rounded(price, PRICE_DECIMALS)


def _save(call: Call, old: Item | None) -> int:
    fields = Fields(root_object(call.body, "item", shape=Shape.ITEM), [])
    price = _price(call, fields)
    name, description, unit = fields.text("name"), fields.text("description"), fields.text("unit")
    tax = fields.child("tax")
    if name is None:
        fields.complain(messages.ITEM_NAME_REQUIRED)
    else:
        _check_name(call, fields, name, old)
    if unit is not None and unit not in UNITS:
        fields.complain(messages.UNIT_NOT_ACCEPTED, unit=unit)
    refuse_if_any(Shape.ITEM, fields.complaints)
    tax_id = taxes.resolve(taxes.every(call.db, call.account.id), tax.data if tax else None).id
    values = (name, description, str(price), unit, tax_id)
    if old is not None:
        call.db.execute(
            "UPDATE items SET name = ?, description = ?, unit_price = ?, unit = ?, tax_id = ? WHERE id = ?",
            (*values, old.id),
        )
        return old.id
    item_id = ids.next_id(call.db, call.account.id, "items")
    call.db.execute(
        "INSERT INTO items (name, description, unit_price, unit, tax_id, account_id, id) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*values, call.account.id, item_id),
    )
    return item_id


def _check_name(call: Call, fields: Fields, name: str, old: Item | None) -> None:
    taken = call.db.execute(
        "SELECT 1 FROM items WHERE account_id = ? AND name = ? AND id <> ?",
        (call.account.id, name, old.id if old else 0),
    ).fetchone()
    if taken:
        fields.complain(messages.ITEM_NAME_TAKEN)
    if old is not None and name != old.name:
        used = call.db.execute("SELECT 1 FROM document_lines WHERE item_id = ? LIMIT 1", (old.id,)).fetchone()
        if used:
            fields.complain(messages.ITEM_NAME_FROZEN)
