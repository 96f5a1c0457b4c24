"""The endpoints of clients, which are unique by code and, by default, by name. Documents also find or add
clients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...http import messages
from ...http.answer import EMPTY, Answer, json_answer
from ...http.errors import Missing, NotFound, Shape, invalid, refuse_if_any
from ...http.fields import Fields, JsonObject
from ...http.root_object import root_object
from ..pages import page_of
from . import rows
from .values import values_from

if TYPE_CHECKING:
    from ...http.wire_values import JsonValue
    from ..call import Call
    from .client import Client
    from .rows import ClientValues


def list_clients(call: Call) -> Answer:
    """GET /clients.json: by name, ten a page; `fiscal_id` filters (recorded 2019, suestecreative 2026)."""
    page = page_of(call.query)
    found, total = rows.page_by_name(
        call.db,
        call.account.id,
        page,
        fiscal_id=call.query.one("fiscal_id"),
        visible=call.visible("clients"),
    )
    shown: list[JsonValue] = [
        call.profile.client_row(client, call.store.seed, call.base_url) for client in found
    ]
    pagination = page.described(total, call.profile.client_pagination)
    return json_answer({"clients": shown, "pagination": pagination})


def _find(call: Call) -> Client:
    client = rows.by_id(call.db, call.account.id, call.path_id("client_id"))
    if client is None:
        raise NotFound(Missing.CLIENT)
    return client


def get_client(call: Call) -> Answer:
    """GET /clients/{id}.json."""
    return _shown(call, _find(call))


def find_client_by_name(call: Call) -> Answer:
    """GET /clients/find-by-name.json?client_name=: one client, by the exact name."""
    return _shown(call, rows.by_name(call.db, call.account.id, call.query.one("client_name") or ""))


def find_client_by_code(call: Call) -> Answer:
    """GET /clients/find-by-code.json?client_code=: one client."""
    return _shown(call, rows.by_code(call.db, call.account.id, call.query.one("client_code") or ""))


def _shown(call: Call, client: Client | None) -> Answer:
    if client is None:
        raise NotFound(Missing.CLIENT)
    return json_answer({"client": call.profile.client(client, call.store.seed, call.base_url)})


def create_client(call: Call) -> Answer:
    """POST /clients.json."""
    values = _checked(call, root_object(call.body, "client", shape=Shape.CLIENT), None)
    client = rows.insert(call.db, call.account.id, values)
    return json_answer({"client": call.profile.client_created(client, call.store.seed, call.base_url)}, 201)


def update_client(call: Call) -> Answer:
    """PUT /clients/{id}.json: keeps fields that are not sent, requires the name; the answer is empty."""
    old = _find(call)
    data = root_object(call.body, "client", shape=Shape.CLIENT)
    values = _checked(call, data, old)
    changes = {
        column: values[column]
        for column in rows.COLUMNS
        if ("preferred_contact" if column in rows.CONTACT_COLUMNS else column) in data
    }
    rows.update(call.db, call.account.id, old.id, changes)
    return EMPTY


def delete_client(call: Call) -> Answer:
    """DELETE /clients/{id}.json: live, an error, although a client without documents is gone; one with
    documents stays (square-bit 2026-04; the second status is assumed). The documentation has no such
    operation.
    """
    client = _find(call)
    if not rows.delete_if_unused(call.db, client.id):
        raise invalid(Shape.CLIENT, messages.CLIENT_HAS_DOCUMENTS.about())
    assert call.profile.client_deleted is not None  # noqa: S101 - else the wire has no such operation
    return call.profile.client_deleted


_UNIQUE: Final = (
    ("name", rows.by_name, messages.CLIENT_NAME_TAKEN),
    ("code", rows.by_code, messages.CLIENT_CODE_TAKEN),
)
"""Columns without two equal values: how to look one up, and the complaint."""


def _checked(call: Call, data: JsonObject, old: Client | None) -> ClientValues:
    fields = Fields(data, [])
    settings = call.account.settings
    old_country = None if old is None else old.country
    values = values_from(fields, settings, messages.FISCAL_ID_INVALID, old_country)
    for column, lookup, text in _UNIQUE:
        if column == "name" and settings.client_names == "shared":
            continue
        value = values[column]
        if isinstance(value, str) and value:
            other = lookup(call.db, call.account.id, value)
            if other is not None and (old is None or other.id != old.id):
                fields.complain(text)
    refuse_if_any(Shape.CLIENT, fields.complaints)
    return values
