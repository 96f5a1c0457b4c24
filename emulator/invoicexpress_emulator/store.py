"""The database: one SQLite connection on the event loop, one transaction per request.

In memory unless a file is given. A file remembers the schema version, the seed and the signing key it
was made with. The connection is never used from worker threads: sharing one there has been seen to
crash the process.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .schema import APPLICATION_ID, INDEXES, SCHEMA_VERSION, TABLES

_FIRST_IDS: Final = {
    "taxes": 70_001,
    "clients": 600_001,
    "items": 400_001,
    "documents": 2_000_001,
    "outbox": 1,
    "accounts": 30_001,
    "regularizations": 810_001,
    "treasury_movements": 910_001,
}
"""Ids of different things start far apart, so that a program which mixes them up fails instead of
hitting one.
"""

FIRST_SERIES_ID: Final = 146_001


class UnusableDataFile(Exception):
    """The `data` file is not one of the emulator's, or of a version that this one does not know."""


class Store:
    """The database and its transactions."""

    def __init__(self, data: str | Path | None, seed: int) -> None:
        """Open `data` (made if missing), or a database in memory.

        Raises:
            UnusableDataFile: the file exists and is not ours, or has another schema version.
        """
        self.path = Path(data) if data is not None else None
        try:
            self.db = sqlite3.connect(
                ":memory:" if self.path is None else self.path,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error as error:
            raise UnusableDataFile(f"{self.path} cannot be opened: {error}.") from error
        try:
            self._prepare(seed)
        except BaseException:
            self.db.close()
            raise
        self.seed = int(self.meta("seed") or 0)

    def close(self) -> None:
        """Close the connection; closing twice is harmless."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection, None, None]:
        """Run one request: everything it writes is kept, or nothing if it raises."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def meta(self, key: str) -> str | None:
        """Return a value that belongs to the whole file: seed, signing key."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value that belongs to the whole file."""
        self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def restart_ids(self) -> None:
        """Let ids start anew where a table is empty, so that a reset of everything repeats the same ids."""
        for table, first in _FIRST_IDS.items():
            if self.db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None:  # noqa: S608 - own constants
                self.db.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
                self.db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, first - 1))

    def _prepare(self, seed: int) -> None:
        self.db.row_factory = sqlite3.Row
        try:
            self._check_or_create(seed)
        except sqlite3.DatabaseError as error:
            raise UnusableDataFile(f"{self.path} cannot be used as a data file: {error}.") from error

    def _check_or_create(self, seed: int) -> None:
        execute = self.db.execute
        execute("PRAGMA foreign_keys = ON")
        application = int(execute("PRAGMA application_id").fetchone()[0])
        version = int(execute("PRAGMA user_version").fetchone()[0])
        tables = int(execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        if tables and application != APPLICATION_ID:
            raise UnusableDataFile(f"{self.path} is a database, but not a data file of this emulator.")
        if tables and version != SCHEMA_VERSION:
            raise UnusableDataFile(
                f"{self.path} has schema version {version}; this emulator reads only {SCHEMA_VERSION}. "
                "Start with a new file, or use the version of the emulator that made this one."
            )
        if self.path is not None:
            execute("PRAGMA journal_mode = WAL")
            execute("PRAGMA synchronous = NORMAL")
        if not tables:
            self.db.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID};"
                f"PRAGMA user_version = {SCHEMA_VERSION}; {TABLES}"
            )
            self.set_meta("seed", str(seed))
            self.restart_ids()
            execute("COMMIT")
        self.db.executescript(INDEXES)
