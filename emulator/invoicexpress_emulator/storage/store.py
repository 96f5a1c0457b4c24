"""The database: one SQLite connection on the event loop, one transaction per request.

In memory unless a file is given. A file remembers the schema version, the seed and the signing key it
was made with. The connection is never used from worker threads: sharing one there has been seen to
crash the process.

What a file promises: a request is answered after its transaction is committed, so a process killed at any
moment loses nothing that it answered. The file is a database with a write-ahead log beside it,
under `synchronous = NORMAL`: should the whole machine lose its power, the file is whole, but the last
requests may be missing, since the disk is not waited for at every one of them. One process has
the file at a time.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections import Counter
from contextlib import AbstractContextManager, closing
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Final

from . import migrations
from .ids import FIRST_ACCOUNT_ID
from .schema import APPLICATION_ID, INDEXES, SCHEMA_VERSION, TABLES

_PATIENCE: Final = 1.0
"""Seconds to wait for another process to close the file: it may just be stopping."""

_MACHINE_FAILURES: Final = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
}

_log: Final = logging.getLogger("invoicexpress_emulator")


class UnusableDataFile(Exception):
    """The `data` file cannot be used: it is not one of the emulator's, of an unknown version, damaged, or
    in use; the message is a sentence.
    """


class StorageFailed(Exception):
    """This machine could not keep or read the data: a full disk, a broken file. Nothing of the request was
    kept; the message is a sentence.
    """


def _primary_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class _Transaction:
    """One transaction of a store. A generator would do, but each request has one, and this is faster."""

    __slots__ = ("_store",)

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> sqlite3.Connection:
        try:
            self._store.db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            self._tell(error)
            raise
        return self._store.db

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if raised is None:
                self._keep()
            else:
                self._undo()
        except sqlite3.Error as error:
            self._tell(error)
            raise
        if isinstance(raised, sqlite3.Error):
            self._tell(raised)

    def _keep(self) -> None:
        try:
            self._store.db.execute("COMMIT")
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        if self._store.db.in_transaction:  # some failures end it by themselves
            self._store.db.execute("ROLLBACK")

    def _tell(self, error: sqlite3.Error) -> None:
        """Raise StorageFailed where an error is this machine's."""
        if _primary_code(error) not in _MACHINE_FAILURES:
            return
        where = "in memory" if self._store.path is None else f"in {self._store.path}"
        raise StorageFailed(
            f"The emulator's machine could not keep its data {where}: {error}. "
            "Nothing of this request was kept. The live service has no such answer."
        ) from error


class Store:
    """The database and its transactions."""

    def __init__(self, data: str | Path | None, seed: int) -> None:
        """Open `data` (made if missing, migrated if older), or a database in memory.

        Raises:
            UnusableDataFile: the file cannot be used; it is left as it was.
        """
        # An absolute path is never taken for one of SQLite's own names: ":memory:", "file:...".
        self.path = None if data is None else Path(data).absolute()
        if self.path is not None:
            _check_place(self.path)
        try:
            self.db = sqlite3.connect(
                ":memory:" if self.path is None else self.path,
                timeout=_PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
        except (sqlite3.Error, ValueError) as error:
            raise UnusableDataFile(f"{self.path} cannot be opened: {error}.") from error
        try:
            self._prepare(seed)
        except BaseException:
            self.db.close()
            raise
        self.seed = int(self.meta("seed") or 0)
        self.renewals = Counter[int]()
        """By account, how often its books were replaced, as by a reset."""

    def close(self) -> None:
        """Close the connection; closing twice is harmless."""
        self.db.close()

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """Run one request: everything it writes is kept, or nothing if it raises.

        Raises:
            StorageFailed: this machine cannot keep or read it.
        """
        return _Transaction(self)

    def meta(self, key: str) -> str | None:
        """Return a value that belongs to the whole file: seed, signing key."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return str(row["value"]) if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value that belongs to the whole file."""
        self.db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def _prepare(self, seed: int) -> None:
        self.db.row_factory = sqlite3.Row
        try:
            self._check_or_create(seed)
        except sqlite3.Error as error:
            if _primary_code(error) == sqlite3.SQLITE_BUSY:
                raise UnusableDataFile(
                    f"{self.path} is in use: another emulator, or another program, has it open."
                ) from error
            raise UnusableDataFile(f"{self.path} cannot be used as a data file: {error}.") from error

    def _check_or_create(self, seed: int) -> None:
        execute = self.db.execute
        if self.path is not None:
            # Kept from the first read on, and let go by the system however the process ends.
            execute("PRAGMA locking_mode = EXCLUSIVE")
        tables = int(execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        if tables:
            self._check()
        if self.path is not None:
            execute("PRAGMA journal_mode = WAL")
            execute("PRAGMA synchronous = NORMAL")
        if not tables:
            self.db.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID};"
                f"PRAGMA user_version = {SCHEMA_VERSION}; {TABLES}"
            )
            self.set_meta("seed", str(seed))
            execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('accounts', ?)", (FIRST_ACCOUNT_ID - 1,))
            execute("COMMIT")
        elif migrations.version_of(self.db) != SCHEMA_VERSION:
            self._migrate()
        self.db.executescript(INDEXES)
        execute("PRAGMA foreign_keys = ON")

    def _check(self) -> None:
        """Refuse a file that is not the emulator's, of an unreadable version, or damaged."""
        if int(self.db.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
            raise UnusableDataFile(f"{self.path} is a database, but not a data file of this emulator.")
        version = migrations.version_of(self.db)
        if version != SCHEMA_VERSION and not migrations.can_migrate(version):
            age = "newer" if version > SCHEMA_VERSION else "too old"
            raise UnusableDataFile(
                f"{self.path} has schema version {version}, which is {age}; this emulator reads up to "
                f"{SCHEMA_VERSION}. Start with a new file, or use the version of the emulator that made it."
            )
        found = str(self.db.execute("PRAGMA quick_check(1)").fetchone()[0])
        if found != "ok":
            detail = " ".join(found.split())
            raise UnusableDataFile(f"{self.path} is damaged, and was left as it is: {detail}.")

    def _migrate(self) -> None:
        """Bring the file to the present version in one transaction, after keeping a copy of it."""
        before = migrations.version_of(self.db)
        if self.path is not None:
            copy = self._copy_beside(self.path, before)
            _log.warning(
                "%s has schema version %d and is brought to %d; a copy of the old file is kept in %s",
                self.path, before, SCHEMA_VERSION, copy,
            )  # read by rows # fmt: skip
        self.db.execute("BEGIN EXCLUSIVE")
        try:
            migrations.migrate(self.db)
            self.db.execute("COMMIT")
        except Exception as error:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise UnusableDataFile(
                f"{self.path} could not be brought from schema version {before} to {SCHEMA_VERSION}, "
                f"and was left as it was: {error}."
            ) from error

    def _copy_beside(self, path: Path, version: int) -> Path:
        """Copy the file, under a name that is free; only a whole copy ever has that name."""
        names = (f"{path.name}.version-{version}" + (f".{n}" if n else "") for n in count())
        copy = next(each for each in map(path.with_name, names) if not each.exists())
        partial = copy.with_name(f"{copy.name}.partial")
        try:
            partial.unlink(missing_ok=True)
            with closing(sqlite3.connect(partial)) as target:
                self.db.backup(target)
            with partial.open("rb+") as written:
                os.fsync(written.fileno())
            partial.rename(copy)
        except (OSError, sqlite3.Error) as error:
            raise UnusableDataFile(
                f"{path} has schema version {version}; it has to be copied before it is brought to "
                f"{SCHEMA_VERSION}, and that failed: {error}."
            ) from error
        return copy


def _check_place(path: Path) -> None:
    """Refuse a path that cannot be a data file, in plainer words than SQLite's."""
    try:
        if path.is_dir():
            raise UnusableDataFile(f"{path} is a folder, not a file.")
        if path.exists() and not path.is_file():
            raise UnusableDataFile(f"{path} is not a regular file.")
        if not path.parent.is_dir():
            raise UnusableDataFile(f"{path} cannot be made: there is no folder {path.parent}.")
    except (OSError, ValueError) as error:
        raise UnusableDataFile(f"{str(path)!r} cannot be a data file: {error}.") from error
