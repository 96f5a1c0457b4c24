"""Reading a data file that no emulator runs on: it is never written."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from .schema import APPLICATION_ID, SCHEMA_VERSION
from .store import UnusableDataFile


@contextmanager
def reading(path: Path, *, ask_at: str) -> Generator[sqlite3.Connection]:
    """Open a data file for reading. `ask_at` is the end point of a running emulator that
    does the same.

    Raises:
        UnusableDataFile: it cannot be read, a running emulator has it open, it is not a data file of this
            emulator, or has another schema version.
    """
    try:
        with closing(_opened(path)) as db:
            db.row_factory = sqlite3.Row
            _refuse_others(db, path)
            yield db
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # the other bits are the cause
            raise UnusableDataFile(
                f"{path} is in use by a running emulator: ask that one, at {ask_at}."
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
            f"{path} has schema version {version}; this command reads version {SCHEMA_VERSION}. Start the "
            "emulator on the file once: it brings older versions up to date."
        )
