"""The SQL that counts documents, and finds the days of the first and the last."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Final

from ...fiscal.document_types import DOCUMENT_TYPES
from .rows import list_of

_CREATABLE: Final = list_of(row.name for row in DOCUMENT_TYPES if row.creatable)


def count(db: sqlite3.Connection, account_id: int) -> int:
    """Return the number of an account's documents, of any type and state."""
    row = db.execute("SELECT count(*) FROM documents WHERE account_id = ?", (account_id,)).fetchone()
    return int(row[0])


def count_by_type(db: sqlite3.Connection, account_id: int) -> dict[str, int]:
    """Return the number of documents by the name of their type."""
    rows = db.execute(
        "SELECT type, count(*) FROM documents WHERE account_id = ? GROUP BY type ORDER BY type", (account_id,)
    )
    return dict(rows.fetchall())


def count_issued(db: sqlite3.Connection, account_id: int) -> int:
    """Return the number of an account's issued documents, cancelled ones included."""
    row = db.execute(
        "SELECT count(*) FROM documents WHERE account_id = ? AND number IS NOT NULL", (account_id,)
    ).fetchone()
    return int(row[0])


def count_made_or_drafted(db: sqlite3.Connection, account_id: int, first: dt.date, last: dt.date) -> int:
    """Return the number of documents issued from `first` to the day before `last`, plus all drafts, without
    receipts.
    """
    row = db.execute(
        "SELECT count(*) FROM documents WHERE account_id = ? AND type IN (SELECT value FROM json_each(?)) "
        "AND (status = 'draft' OR (system_entry >= ? AND system_entry < ?))",
        (account_id, _CREATABLE, first.isoformat(), last.isoformat()),
    ).fetchone()
    return int(row[0])


def first_and_last_date(db: sqlite3.Connection, account_id: int) -> tuple[str, str]:
    """Return the dates of an account's first and last document, as ISO text."""
    first, last = db.execute(
        "SELECT min(date), max(date) FROM documents WHERE account_id = ?", (account_id,)
    ).fetchone()
    return first, last
