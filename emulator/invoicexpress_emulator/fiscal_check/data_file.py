"""Checking a data file that no emulator runs on: it is read, and never written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from .. import accounts
from ..schema import APPLICATION_ID, SCHEMA_VERSION
from ..store import UnusableDataFile
from .books import check_account, warn_of
from .finding import Finding


def check_file(path: Path) -> Iterator[Finding]:
    """Yield what is wrong with the books of every account in a data file, and what to look at in them.

    Raises:
        UnusableDataFile: it cannot be read, a running emulator has it, it is none of the emulator's, or has
            another schema version.
    """
    try:
        with closing(_opened(path)) as db:
            db.row_factory = sqlite3.Row
            _refuse_others(db, path)
            for account in accounts.every(db):
                yield from check_account(db, account)
                yield from warn_of(db, account)
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # the rest says what it was busy with
            raise UnusableDataFile(
                f"{path} is in use; a running emulator has it: ask that one, at /_emulator/verify."
            ) from error
        raise UnusableDataFile(f"{path} cannot be read as a data file: {error}.") from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file read-only. One without a write-ahead log has no writer, so it is read as it is: a plain
    read-only connection would leave files of its own beside it.
    """
    has_log = path.with_name(f"{path.name}-wal").exists()
    how = "mode=ro" if has_log else "mode=ro&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?{how}", uri=True, isolation_level=None)


def _refuse_others(db: sqlite3.Connection, path: Path) -> None:
    application, version = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    if application != APPLICATION_ID:
        raise UnusableDataFile(f"{path} is not a data file of this emulator.")
    if version != SCHEMA_VERSION:
        raise UnusableDataFile(
            f"{path} has schema version {version}, and this check reads {SCHEMA_VERSION}: "
            "start the emulator on it once, if it takes that version."
        )
