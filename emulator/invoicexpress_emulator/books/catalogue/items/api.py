"""The endpoints of the catalogue of items. Documents also add and overwrite items."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ....fiscal.totals import rounded
from ....http import messages
from ....http.answer import EMPTY, Answer, json_answer
from ....http.errors import Missing, NotFound, Shape, refuse_if_any
from ....http.fields import Fields
from ....http.root_object import root_object
from ...pages import page_of
from ..taxes import rows as taxes
from ..taxes.tax import resolve
from . import rows
from .item import PRICE_DECIMALS, PRICE_LIMIT, UNITS, Item
from .rows import ItemValues

if TYPE_CHECKING:
    from ....http.wire_values import JsonValue
    from ...call import Call


def _find(call: Call) -> Item:
    item = rows.by_id(call.db, call.account.id, call.path_id("item_id"))
    if item is None:
        raise NotFound(Missing.ITEM)
    return item


def list_items(call: Call) -> Answer:
    """GET /items.json: a page of items, without the `pagination` object (filipetoscano 2022)."""
    found = rows.page_of_items(call.db, call.account.id, page_of(call.query), call.visible("items"))
    shown: list[JsonValue] = [call.profile.item(item) for item in found]
    return json_answer({"items": shown})


def get_item(call: Call) -> Answer:
    """GET /items/{id}.json."""
    return json_answer({"item": call.profile.item(_find(call))})


def create_item(call: Call) -> Answer:
    """POST /items.json."""
    item = rows.by_id(call.db, call.account.id, rows.insert(call.db, call.account.id, _checked(call, None)))
    assert item is not None  # noqa: S101 - it has just been inserted
    return json_answer({"item": call.profile.item(item)}, 201)


def update_item(call: Call) -> Answer:
    """PUT /items/{id}.json: the answer is empty."""
    old = _find(call)
    rows.update(call.db, old.id, _checked(call, old))
    return EMPTY


def delete_item(call: Call) -> Answer:
    """DELETE /items/{id}.json: documents keep their lines."""
    rows.delete(call.db, _find(call).id)
    return EMPTY


def _price(call: Call, fields: Fields) -> Decimal | None:
    """Read the price. Live, it must be text; the documentation has a number."""
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


def _checked(call: Call, old: Item | None) -> ItemValues:
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
    assert name is not None  # noqa: S101 - without one there is a complaint
    assert price is not None  # noqa: S101 - without one there is a complaint
    chosen = resolve(taxes.every(call.db, call.account.id), tax.data if tax else None)
    return ItemValues(name, description, price, unit, chosen.id)


def _check_name(call: Call, fields: Fields, name: str, old: Item | None) -> None:
    if rows.id_by_name(call.db, call.account.id, name) not in {None, old.id if old else None}:
        fields.complain(messages.ITEM_NAME_TAKEN)
    if old is not None and name != old.name and rows.is_on_a_document(call.db, old.id):
        fields.complain(messages.ITEM_NAME_FROZEN)
