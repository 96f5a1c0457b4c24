"""The SQL of clients: reads and writes their rows, and copies changes into their drafts."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Final

from ...fiscal.exemption_codes import NO_EXEMPTION
from ...storage import ids
from .client import FINAL_CONSUMER_NAME, Client, Contact, search_text, snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..pages import Page

TEXT_FIELDS: Final = (
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
CONTACT_FIELDS: Final = ("name", "email", "phone", "mobile")
CONTACT_COLUMNS: Final = tuple(f"contact_{name}" for name in CONTACT_FIELDS)
COLUMNS: Final = (
    "name",
    *TEXT_FIELDS,
    *CONTACT_COLUMNS,
    "send_options",
    "payment_days",
    "tax_exemption_code",
)

ClientValues = dict[str, str | int | None]
"""A client's values by column."""


def _client(row: sqlite3.Row) -> Client:
    return Client(
        id=row["id"],
        name=row["name"],
        **{name: row[name] for name in TEXT_FIELDS},
        contact=Contact(*(row[f"contact_{name}"] for name in CONTACT_FIELDS)),
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
    """Return the client of exactly this name, the oldest of several (assumed)."""
    return _one(db, account_id, "name", name)


def _one(db: sqlite3.Connection, account_id: int, column: str, value: str | int) -> Client | None:
    row = db.execute(
        f"SELECT * FROM clients WHERE account_id = ? AND {column} = ? ORDER BY id LIMIT 1",  # noqa: S608 - own constants
        (account_id, value),
    ).fetchone()
    return _client(row) if row else None


def insert(db: sqlite3.Connection, account_id: int, values: ClientValues) -> Client:
    """Add a client whose values have been checked."""
    marks = ", ".join("?" * len(COLUMNS))
    client_id = ids.next_id(db, account_id, "clients")
    db.execute(
        f"INSERT INTO clients ({', '.join(COLUMNS)}, account_id, id) VALUES ({marks}, ?, ?)",  # noqa: S608 - own constants
        (*(values[column] for column in COLUMNS), account_id, client_id),
    )
    client = by_id(db, account_id, client_id)
    assert client is not None  # noqa: S101 - it has just been inserted
    return client


def blank_values(name: str) -> ClientValues:
    """Return the values of a client with a name only."""
    blank: ClientValues = dict.fromkeys(COLUMNS)
    return blank | {"name": name, "payment_days": 0, "tax_exemption_code": NO_EXEMPTION}


def final_consumer(db: sqlite3.Connection, account_id: int) -> Client:
    """Return the client for documents without a client; the first call adds it."""
    known = by_name(db, account_id, FINAL_CONSUMER_NAME)
    return known or insert(db, account_id, blank_values(FINAL_CONSUMER_NAME))


def page_by_name(
    db: sqlite3.Connection, account_id: int, page: Page, *, fiscal_id: str | None, visible: str | None
) -> tuple[list[Client], int]:
    """Return a page of the account's clients by name, and how many there are on all pages.

    `fiscal_id` narrows the list to one tax number, `visible` narrows it further, as SQL.
    """
    where = f"account_id = ? AND {visible or '1'}"
    parameters: list[int | str] = [account_id]
    if fiscal_id:
        where += " AND fiscal_id = ?"
        parameters.append(fiscal_id)
    total = db.execute(f"SELECT count(*) FROM clients WHERE {where}", parameters).fetchone()[0]  # noqa: S608 - own constants
    rows = db.execute(
        f"SELECT * FROM clients WHERE {where} ORDER BY name, id LIMIT ? OFFSET ?",  # noqa: S608 - own constants
        [*parameters, page.size, page.offset],
    )
    return [_client(row) for row in rows], int(total)


def update(
    db: sqlite3.Connection, account_id: int, client_id: int, changes: Mapping[str, str | int | None]
) -> None:
    """Write the columns in `changes`; drafts follow their client."""
    db.execute(
        f"UPDATE clients SET {', '.join(f'{column} = ?' for column in changes)} WHERE id = ?",  # noqa: S608 - own constants
        [*changes.values(), client_id],
    )
    _refresh_drafts(db, account_id, client_id)


def set_email(db: sqlite3.Connection, account_id: int, client_id: int, email: str) -> None:
    """Store the recipient's address of a document (vendor docs 2026-07: e-mail, `save`)."""
    update(db, account_id, client_id, {"email": email})


def _refresh_drafts(db: sqlite3.Connection, account_id: int, client_id: int) -> None:
    """Copy a client into its drafts; issued documents keep the client as it was."""
    client = by_id(db, account_id, client_id)
    assert client is not None  # noqa: S101 - the caller has just found it
    db.execute(
        "UPDATE documents SET client = ?, client_search = ?, revision = revision + 1 "
        "WHERE client_id = ? AND status = 'draft'",
        (json.dumps(snapshot(client)), search_text(client), client_id),
    )


def delete_if_unused(db: sqlite3.Connection, client_id: int) -> bool:
    """Delete a client without documents, and return whether it is gone."""
    gone = db.execute(
        "DELETE FROM clients WHERE id = ? "
        "AND NOT EXISTS (SELECT 1 FROM documents WHERE client_id = clients.id)",
        (client_id,),
    )
    return gone.rowcount > 0


def opened_on(db: sqlite3.Connection, client_id: int) -> date | None:
    """Return the date of a client's initial balance: the earliest for its documents (diogopms 2026-06)."""
    row = db.execute("SELECT date FROM initial_balances WHERE client_id = ?", (client_id,)).fetchone()
    return date.fromisoformat(row["date"]) if row else None
