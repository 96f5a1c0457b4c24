"""Clients: unique by name and by code. Documents find them, or make them (see `documents`)."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ...fiscal import fiscal_ids
from ...fiscal.countries import COUNTRY_CODES
from ...fiscal.exemption_codes import EXEMPTIONS, NO_EXEMPTION
from ...http import messages
from ...http.answer import EMPTY, Answer, json_answer
from ...http.errors import Missing, NotFound, Shape, invalid, refuse_if_any
from ...http.fields import Fields, JsonObject
from ...http.root_object import root_object
from ...http.wire_values import JsonValue, parse_id
from ...storage import ids
from ..pages import page_of
from .client import Client, Contact, search_text, snapshot

if TYPE_CHECKING:
    from ...http.messages import Text
    from ..accounts.settings import Settings
    from ..call import Call

LONGEST_NAME: Final = 100
LANGUAGES: Final = ("pt", "en", "es")
FINAL_CONSUMER_NAME: Final = "Consumidor Final"

EMAIL: Final = re.compile(r"[^@\s]++@[^@\s][^@\s.]*+\.[^@\s]++")
"""Possessive, so that a long text without an address takes as long to refuse as to read, not its square."""


_TEXT_FIELDS: Final = (
    "code",
    "email",
    "language",
    "address",
    "city",
    "postal_code",
    "country",
    "fiscal_id",
    "website",
    "phone",
    "fax",
    "observations",
)
_CONTACT_FIELDS: Final = ("name", "email", "phone", "mobile")
_CONTACT_COLUMNS: Final = tuple(f"contact_{name}" for name in _CONTACT_FIELDS)
_COLUMNS: Final = (
    "name",
    *_TEXT_FIELDS,
    *_CONTACT_COLUMNS,
    "send_options",
    "payment_days",
    "tax_exemption_code",
)

ClientValues = dict[str, str | int | None]
"""Column -> value, as they are stored."""


def _client(row: sqlite3.Row) -> Client:
    return Client(
        id=row["id"],
        name=row["name"],
        **{name: row[name] for name in _TEXT_FIELDS},
        contact=Contact(*(row[f"contact_{name}"] for name in _CONTACT_FIELDS)),
        send_options=row["send_options"],
        payment_days=row["payment_days"],
        tax_exemption_code=row["tax_exemption_code"],
    )


def by_id(db: sqlite3.Connection, account_id: int, client_id: int) -> Client | None:
    """Return a client of the account."""
    return _one(db, account_id, "id", client_id)


def by_code(db: sqlite3.Connection, account_id: int, code: str) -> Client | None:
    """Return the client of a code."""
    return _one(db, account_id, "code", code)


def by_name(db: sqlite3.Connection, account_id: int, name: str) -> Client | None:
    """Return the client of exactly this name."""
    return _one(db, account_id, "name", name)


def _one(db: sqlite3.Connection, account_id: int, column: str, value: str | int) -> Client | None:
    row = db.execute(
        f"SELECT * FROM clients WHERE account_id = ? AND {column} = ?",  # noqa: S608 - own constants
        (account_id, value),
    ).fetchone()
    return _client(row) if row else None


def insert(db: sqlite3.Connection, account_id: int, values: ClientValues) -> Client:
    """Add a client whose values have been checked."""
    marks = ", ".join("?" * len(_COLUMNS))
    client_id = ids.next_id(db, account_id, "clients")
    db.execute(
        f"INSERT INTO clients ({', '.join(_COLUMNS)}, account_id, id) VALUES ({marks}, ?, ?)",  # noqa: S608 - own constants
        (*(values[column] for column in _COLUMNS), account_id, client_id),
    )
    client = by_id(db, account_id, client_id)
    assert client is not None  # noqa: S101 - it has just been inserted
    return client


def final_consumer(db: sqlite3.Connection, account_id: int) -> Client:
    """Return the client that documents without a client go to."""
    known = by_name(db, account_id, FINAL_CONSUMER_NAME)
    return known or insert(db, account_id, _blank_values(FINAL_CONSUMER_NAME))


def _blank_values(name: str) -> ClientValues:
    blank: ClientValues = dict.fromkeys(_COLUMNS)
    return blank | {"name": name, "payment_days": 0, "tax_exemption_code": NO_EXEMPTION}


def values_from(fields: Fields, settings: Settings, bad_fiscal_id: Text) -> ClientValues:
    """Read and check what a request says about a client; complaints go to `fields`, and `bad_fiscal_id` is
    what they say of its tax number.
    """
    name = fields.text("name")
    values = _blank_values(name or "")
    if name is None:
        fields.complain(messages.CLIENT_NAME_REQUIRED)
    elif len(name) > LONGEST_NAME:
        fields.complain(messages.NAME_TOO_LONG)
    values |= {field: fields.text(field) for field in _TEXT_FIELDS}
    email, country, language = fields.text("email"), fields.text("country"), fields.text("language")
    if email is not None and not EMAIL.fullmatch(email.strip()):
        fields.complain(messages.EMAIL_INVALID)
    if country is not None and country not in COUNTRY_CODES:
        if settings.unknown_country == "refuse":
            fields.complain(messages.COUNTRY_NOT_FOUND, country=country)
        values["country"] = country = None
    if language is not None and language not in LANGUAGES:
        fields.complain(messages.LANGUAGE_INVALID)
    values["fiscal_id"] = _fiscal_id(fields, country, settings, bad_fiscal_id)
    values |= _contact_values(fields)
    values |= _billing_values(fields)
    return values


def _fiscal_id(fields: Fields, country: str | None, settings: Settings, complaint: Text) -> str | None:
    fiscal_id = fields.text("fiscal_id")
    if fiscal_id is None or settings.fiscal_id == "accept":
        return fiscal_id.strip() if fiscal_id else None
    if fiscal_ids.is_valid(fiscal_id.strip(), country or settings.country):
        return fiscal_id.strip()
    if settings.fiscal_id == "refuse":
        fields.complain(complaint)
    return None


def is_broken(client: Client, settings: Settings) -> bool:
    """Whether a client was stored with a tax number that would be refused today: no document can be made for
    it until that is put right (suestecreative 2026).
    """
    return (
        settings.fiscal_id == "refuse"
        and client.fiscal_id is not None
        and not fiscal_ids.is_valid(client.fiscal_id, client.country or settings.country)
    )


def _contact_values(fields: Fields) -> ClientValues:
    contact = fields.child("preferred_contact")
    if contact is None:
        return {}
    email = contact.text("email")
    if email is not None and not EMAIL.fullmatch(email.strip()):
        fields.complain(messages.CONTACT_EMAIL_INVALID)
    return {f"contact_{name}": contact.text(name) for name in _CONTACT_FIELDS}


def _billing_values(fields: Fields) -> ClientValues:
    values: ClientValues = {}
    send_options = fields.decimal("send_options", messages.SEND_OPTIONS_NOT_NUMBER)
    if send_options is not None:
        if send_options not in {1, 2, 3}:
            fields.complain(messages.SEND_OPTIONS_RANGE)
        values["send_options"] = int(send_options)
    payment_days = fields.decimal("payment_days", messages.PAYMENT_DAYS_INVALID)
    if payment_days is not None:
        if not 0 <= payment_days <= 36_500:
            fields.complain(messages.PAYMENT_DAYS_INVALID)
        values["payment_days"] = int(payment_days)
    exemption = fields.text("tax_exemption_code")
    if exemption is not None:
        if exemption not in EXEMPTIONS and exemption != NO_EXEMPTION:
            fields.complain(messages.EXEMPTION_UNKNOWN, codes=",".join(EXEMPTIONS))
        values["tax_exemption_code"] = exemption
    return values


def matching(db: sqlite3.Connection, account_id: int, data: Mapping[str, JsonValue]) -> Client | None:
    """Return the known client that a document means: by id, then by code, then by name
    (suestecreative 2026).
    """
    client_id = parse_id(data.get("id"))
    if client_id is not None and (known := by_id(db, account_id, client_id)):
        return known
    code, name = Fields(data, []).text("code"), Fields(data, []).text("name")
    if code is not None and (known := by_code(db, account_id, code)):
        return known
    return by_name(db, account_id, name) if name is not None else None


def list_clients(call: Call) -> Answer:
    """GET /clients.json: by name, ten a page; `fiscal_id` filters (recorded 2019, suestecreative 2026)."""
    page = page_of(call.query)
    where = f"account_id = ? AND {call.visible('clients') or '1'}"
    parameters: list[int | str] = [call.account.id]
    if fiscal_id := call.query.one("fiscal_id"):
        where += " AND fiscal_id = ?"
        parameters.append(fiscal_id)
    total = call.db.execute(f"SELECT count(*) FROM clients WHERE {where}", parameters).fetchone()[0]  # noqa: S608 - own constants
    rows = call.db.execute(
        f"SELECT * FROM clients WHERE {where} ORDER BY name, id LIMIT ? OFFSET ?",  # noqa: S608 - own constants
        [*parameters, page.size, page.offset],
    )
    shown: list[JsonValue] = [call.profile.client_row(_client(row)) for row in rows]
    return json_answer({"clients": shown, "pagination": page.described(total)})


def _find(call: Call) -> Client:
    client = by_id(call.db, call.account.id, call.path_id("client_id"))
    if client is None:
        raise NotFound(Missing.CLIENT)
    return client


def get_client(call: Call) -> Answer:
    """GET /clients/{id}.json."""
    return _shown(call, _find(call))


def find_client_by_name(call: Call) -> Answer:
    """GET /clients/find-by-name.json?client_name=: one client, by the exact name."""
    return _shown(call, by_name(call.db, call.account.id, call.query.one("client_name") or ""))


def find_client_by_code(call: Call) -> Answer:
    """GET /clients/find-by-code.json?client_code=: one client."""
    return _shown(call, by_code(call.db, call.account.id, call.query.one("client_code") or ""))


def _shown(call: Call, client: Client | None) -> Answer:
    if client is None:
        raise NotFound(Missing.CLIENT)
    return json_answer({"client": call.profile.client(client, call.store.seed, call.base_url)})


def create_client(call: Call) -> Answer:
    """POST /clients.json."""
    values = _checked(call, root_object(call.body, "client", shape=Shape.CLIENT), None)
    client = insert(call.db, call.account.id, values)
    return json_answer({"client": call.profile.client_created(client, call.store.seed, call.base_url)}, 201)


def update_client(call: Call) -> Answer:
    """PUT /clients/{id}.json: keeps what is not sent, wants the name; answers nothing."""
    old = _find(call)
    data = root_object(call.body, "client", shape=Shape.CLIENT)
    values = _checked(call, data, old)
    changes = {
        column: values[column]
        for column in _COLUMNS
        if ("preferred_contact" if column in _CONTACT_COLUMNS else column) in data
    }
    assignments = ", ".join(f"{column} = ?" for column in changes)
    call.db.execute(
        f"UPDATE clients SET {assignments} WHERE id = ?",  # noqa: S608 - own constants
        [*changes.values(), old.id],
    )
    _refresh_drafts(call, old.id)
    return EMPTY


def delete_client(call: Call) -> Answer:
    """DELETE /clients/{id}.json: live, an error, although a client without documents is gone; one with
    documents stays (square-bit 2026-04; the second status is assumed). The documentation has no such
    operation.
    """
    client = _find(call)
    if call.db.execute("SELECT 1 FROM documents WHERE client_id = ? LIMIT 1", (client.id,)).fetchone():
        raise invalid(Shape.CLIENT, messages.CLIENT_HAS_DOCUMENTS.about())
    call.db.execute("DELETE FROM clients WHERE id = ?", (client.id,))
    assert call.profile.client_deleted is not None  # noqa: S101 - else the wire has no such operation
    return call.profile.client_deleted


def store_email(call: Call, client_id: int, email: str) -> None:
    """Keep an address that a document was sent to (vendor docs 2026-07: e-mail, `save`)."""
    call.db.execute("UPDATE clients SET email = ? WHERE id = ?", (email, client_id))
    _refresh_drafts(call, client_id)


def _refresh_drafts(call: Call, client_id: int) -> None:
    """Drafts follow their client; documents that were issued keep what they said."""
    client = by_id(call.db, call.account.id, client_id)
    assert client is not None  # noqa: S101 - the caller has just found it
    call.db.execute(
        "UPDATE documents SET client = ?, client_search = ?, revision = revision + 1 "
        "WHERE client_id = ? AND status = 'draft'",
        (json.dumps(snapshot(client)), search_text(client), client_id),
    )


def _checked(call: Call, data: JsonObject, old: Client | None) -> ClientValues:
    fields = Fields(data, [])
    values = values_from(fields, call.account.settings, messages.FISCAL_ID_INVALID)
    for column, text in (("name", messages.CLIENT_NAME_TAKEN), ("code", messages.CLIENT_CODE_TAKEN)):
        value = values[column]
        if isinstance(value, str) and value:
            other = _one(call.db, call.account.id, column, value)
            if other is not None and (old is None or other.id != old.id):
                fields.complain(text)
    refuse_if_any(Shape.CLIENT, fields.complaints)
    return values
