"""The databases of a journal, SQLite in a file or PostgreSQL: how they open, and which failures pass."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from .errors import JournalError


def engine_of(url: str | Path) -> sa.Engine:
    if isinstance(url, Path):
        path = url.expanduser().absolute()
        _check_file(path)
        # `rw`: a journal that was deleted meanwhile is not made anew.
        place = sa.URL.create("sqlite", database=path.as_uri(), query={"mode": "rw", "uri": "true"})
        engine = sa.create_engine(place, connect_args={"timeout": 60}, poolclass=sa.pool.NullPool)
        event.listen(engine, "connect", _configure_sqlite)
        return engine
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise JournalError("--database: not an address; expected postgresql://USER@HOST/NAME") from None
    if parsed.get_backend_name() != "postgresql":
        raise JournalError(f"--database: expected postgresql://…, got {parsed.get_backend_name()}://…")
    return sa.create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        # No pings: `transact` repeats what met a broken connection.
        isolation_level="READ COMMITTED",
        connect_args=connection_settings(parsed),
    )


def connection_settings(address: sa.URL) -> dict[str, Any]:
    """How PostgreSQL is connected to, but for what the address itself says."""
    return {name: value for name, value in _CONNECTION.items() if name not in address.query}


_CONNECTION: Final[Mapping[str, Any]] = {
    "connect_timeout": 10,
    # A server that vanished shows within a minute, instead of after hours.
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    # A record is on the disk before the request that it is about is sent, and a suspended process keeps no
    # document from the others.
    "options": "-c synchronous_commit=on -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s",
}
"""Parameters of libpq."""


def _configure_sqlite(connection: Any, _: object) -> None:
    # A record is on the disk before the request that it is about is sent.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _check_file(path: Path) -> None:
    """Makes the file for its owner only. It holds names, addresses and amounts of customers."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        raise JournalError(
            f"{path}: other users may read this journal (mode {mode:04o}); run: chmod 600 {path}"
        )


_PASSING: Final = ("database is locked", "database table is locked")
_PASSING_STATES: Final = (
    "08",  # the connection
    "40",  # the transaction met another one
    "53",  # no memory, no disk, too many connections
    "55P03",  # a lock was not to be had
    "57",  # the server is starting or stopping
    "58",  # an error of the system
    "25P03",  # the process was suspended in a transaction
)
"""States of PostgreSQL after which a transaction is made again."""
_REFUSED: Final = (
    "authentication failed",
    "does not exist",
    "no pg_hba.conf entry",
    "not permitted to log in",
)
"""Refusals to connect. Their errors have no state, so the text has to tell (PostgreSQL 15)."""


def is_passing(error: DBAPIError | PoolTimeoutError) -> bool:
    if isinstance(error, PoolTimeoutError) or error.connection_invalidated:
        return True
    cause = error.orig
    if type(cause).__module__.startswith("sqlite3"):
        return reason_of(error).startswith(_PASSING)
    state = getattr(cause, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_PASSING_STATES)
    is_connection = isinstance(error, OperationalError | InterfaceError)
    return is_connection and not any(text in str(cause) for text in _REFUSED)


def reason_of(error: DBAPIError | PoolTimeoutError) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).partition("\n")[0].strip() or type(cause).__name__


def moment_in(connection: sa.Connection) -> datetime.datetime:
    if connection.dialect.name != "postgresql":
        return now()
    at: datetime.datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
    return at


def up_since(connection: sa.Connection) -> datetime.datetime:
    """When the database's server was started."""
    if connection.dialect.name != "postgresql":
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)
    at: datetime.datetime = connection.execute(sa.select(sa.func.pg_postmaster_start_time())).scalar_one()
    return at


def now() -> datetime.datetime:
    """This moment."""
    return datetime.datetime.now(datetime.UTC)
