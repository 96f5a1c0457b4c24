"""Lists that lag behind writes: a row written a moment ago is missing from them, though not from reads
by id.

Live, a document that had just been made was missing from lists for about two seconds (square-bit
2026-04). How long it is here is a setting of the account, `list_lag`; time is the account's clock. When
rows were written is known to this process only: after a restart nothing lags.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, Self

Listed = Literal["documents", "clients", "items"]
"""Tables whose rows show in lists that lag."""

_TABLES: Final[tuple[Listed, ...]] = ("documents", "clients", "items")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


@dataclass(slots=True)
class WriteWatch:
    """Notes when rows are written; notes nothing while `moment` is None, as it usually is."""

    moment: int | None = None

    def during(self, now: datetime, lag: float) -> Self:
        """Note the writes of one request until the context is left, if lists of its account lag."""
        self.moment = _microseconds(now) if lag else None
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *raised: object) -> None:
        self.moment = None


def watch(db: sqlite3.Connection) -> WriteWatch:
    """Watch a connection. The tables and triggers for this are temporary: the data file has none."""
    noted = WriteWatch()
    db.create_function("write_moment", 0, lambda: noted.moment)
    db.execute(
        "CREATE TEMP TABLE recent_writes (kind TEXT, id INTEGER, at INTEGER NOT NULL, "
        "account_id INTEGER NOT NULL, PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID"
    )
    for table in _TABLES:
        for event in ("INSERT", "UPDATE"):
            db.execute(
                f"CREATE TEMP TRIGGER noted_{event}_{table} AFTER {event} ON main.{table} "  # noqa: S608 - own constants
                "WHEN write_moment() IS NOT NULL BEGIN "
                # Not INSERT OR REPLACE: an upsert imposes its own way with conflicts on what it triggers.
                f"DELETE FROM recent_writes WHERE kind = '{table}' AND id = NEW.id; "
                f"INSERT INTO recent_writes VALUES ('{table}', NEW.id, write_moment(), NEW.account_id); END"
            )
    return noted


def forget(db: sqlite3.Connection, account_id: int) -> None:
    """Show everything of an account in its lists at once: its books have been replaced."""
    db.execute("DELETE FROM recent_writes WHERE account_id = ?", (account_id,))


def visible(table: Listed, now: datetime, lag: float) -> str | None:
    """Return the SQL condition under which a row of `table` shows in a list, None if all do."""
    if not lag:
        return None
    moment = _microseconds(now)
    since = moment - timedelta(seconds=lag) // _MICROSECOND
    return (
        f"id NOT IN (SELECT id FROM recent_writes WHERE kind = '{table}' AND at > {since} AND at <= {moment})"  # noqa: S608 - own constants and numbers
    )
