"""The SQL of series: reads and writes their rows, one per document type."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Final

from ...fiscal.atcud import validation_code
from ...fiscal.document_types import SERIES_ROWS
from ...storage import ids
from .series import NEEDS_REGISTRATION, Series, SeriesRow

if TYPE_CHECKING:
    from ...storage.store import Store

_ROWS: Final = "SELECT r.*, s.serie FROM series_rows r JOIN series s ON s.id = r.series_id "


def _row(row: sqlite3.Row) -> SeriesRow:
    last_date = row["last_date"]
    return SeriesRow(
        row["id"],
        row["series_id"],
        row["serie"],
        row["document_root"],
        row["validation_code"],
        row["last_number"],
        date.fromisoformat(last_date) if last_date else None,
        row["last_signature"],
    )


def _series(db: sqlite3.Connection, row: sqlite3.Row) -> Series:
    rows = db.execute(_ROWS + "WHERE r.series_id = ? ORDER BY r.id", (row["id"],))
    return Series(
        row["id"],
        row["serie"],
        bool(row["sent_as_integer"]),
        bool(row["is_default"]),
        {found["document_root"]: _row(found) for found in rows},
    )


def row_by_id(db: sqlite3.Connection, account_id: int, row_id: int) -> SeriesRow | None:
    """Return a row of one of the account's series."""
    found = db.execute(_ROWS + "WHERE r.id = ? AND s.account_id = ?", (row_id, account_id)).fetchone()
    return _row(found) if found else None


def row_for(db: sqlite3.Connection, account_id: int, root: str, serie: str | None = None) -> SeriesRow:
    """Return a type's row in the series named `serie`; an unknown name, or none, means the default series."""
    named = _ROWS + "WHERE s.account_id = ? AND r.document_root = ? AND "
    found = None
    if serie is not None:
        found = db.execute(named + "s.serie = ?", (account_id, root, serie)).fetchone()
    return _row(found or db.execute(named + "s.is_default = 1", (account_id, root)).fetchone())


def advance(db: sqlite3.Connection, row: SeriesRow, *, issued_on: date, signature: str | None) -> int:
    """Take the next number of a row and return it; store date and signature for the next document."""
    number = row.last_number + 1
    db.execute(
        "UPDATE series_rows SET last_number = ?, last_date = ?, last_signature = ? WHERE id = ?",
        (number, issued_on.isoformat(), signature or "", row.id),
    )
    return number


def add(
    store: Store,
    account_id: int,
    serie: str,
    *,
    is_default: bool = False,
    registered: bool = False,
    sent_as_integer: bool = False,
) -> int:
    """Make a series with a row for every document type and return its id."""
    series_id = ids.next_id(store.db, account_id, "series", block=len(SERIES_ROWS))
    if is_default:
        store.db.execute("UPDATE series SET is_default = 0 WHERE account_id = ?", (account_id,))
    store.db.execute(
        "INSERT INTO series (id, account_id, serie, sent_as_integer, is_default) VALUES (?, ?, ?, ?, ?)",
        (series_id, account_id, serie, int(sent_as_integer), int(is_default)),
    )
    store.db.executemany(
        "INSERT INTO series_rows (id, series_id, document_root) VALUES (?, ?, ?)",
        [(series_id + row.offset, series_id, row.root) for row in SERIES_ROWS],
    )
    if registered:
        register(store, series_id)
    return series_id


def register(store: Store, series_id: int) -> int:
    """Give a validation code to every row that needs and lacks one; return the number of new codes."""
    waiting = store.db.execute(
        "SELECT id, document_root FROM series_rows WHERE series_id = ? AND validation_code IS NULL",
        (series_id,),
    ).fetchall()
    codes = [
        (validation_code(store.seed, *ids.place_of("series", row["id"])), row["id"])
        for row in waiting
        if NEEDS_REGISTRATION[row["document_root"]]
    ]
    store.db.executemany("UPDATE series_rows SET validation_code = ? WHERE id = ?", codes)
    return len(codes)


def by_id(db: sqlite3.Connection, account_id: int, series_id: int) -> Series | None:
    """Return a series of the account by its own id."""
    row = db.execute(
        "SELECT * FROM series WHERE id = ? AND account_id = ?", (series_id, account_id)
    ).fetchone()
    return _series(db, row) if row else None


def of_account(db: sqlite3.Connection, account_id: int) -> list[Series]:
    """Return the series of an account, oldest first."""
    rows = db.execute("SELECT * FROM series WHERE account_id = ? ORDER BY id", (account_id,)).fetchall()
    return [_series(db, row) for row in rows]


def is_taken(db: sqlite3.Connection, account_id: int, serie: str) -> bool:
    """Whether the account has a series of this name. Nothing frees a name (Despacho 8632/2014, 1.8). Names
    that differ in case alone are the same: on paper `Loja/1` and `LOJA/1` are easily confused (assumed).
    """
    named = "SELECT 1 FROM series WHERE account_id = ? AND serie = ? COLLATE NOCASE"  # names are ASCII
    return db.execute(named, (account_id, serie)).fetchone() is not None


def make_default(db: sqlite3.Connection, account_id: int, series_id: int) -> None:
    """Make a series the account's only default."""
    db.execute("UPDATE series SET is_default = (id = ?) WHERE account_id = ?", (series_id, account_id))
