"""Snapshots: an account's books, kept under a name, and put back later.

A snapshot is a small data file of its own: a database image with the rows of one account, its clock and its
settings, kept in the emulator's own database. So it survives a restart where the data does, and one that an
older version took is migrated by the same steps as a file. A name is a key in a table, never a file's.

What is put back is what was there: ids, numbers, series, signatures, polls of what is being rendered. Ids
count on from where they were, whatever other accounts did (see `ids`), so the same requests get the same
answers. A clock that was stopped is stopped at the same moment; one that ran runs on, as far from the
world's as it was. The account's name and key stay as they are, and what is kept beside the database (log,
faults, late writes, when rows were written) is forgotten, as by a reset.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Final, NamedTuple

from ..books.accounts import rows as accounts
from ..storage import migrations
from ..storage.schema import ROWS_OF_ACCOUNT, SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from ..api.emulation import Emulation
    from ..books.accounts.account import Account

MOST: Final = 100
"""Snapshots of one account."""
LARGEST_TOTAL: Final = 256 * 1024 * 1024
"""Bytes of all snapshots of an emulator, as they are kept: compressed."""
LONGEST_NAME: Final = 100

_KEPT_OF_ACCOUNT: Final = (
    "organization_name",
    "fiscal_id",
    "settings",
    "clock_offset_us",
    "clock_frozen_at",
    "state",
    "trial",
    "partner",
    "at_user",
    "owner",
    "password_digest",
)
"""Columns that a snapshot puts back; its name, key and partner are who an account is, not what it has."""


class Snapshot(NamedTuple):
    """What is told of a snapshot: when it was taken by the account's clock, and how much is in it."""

    name: str
    taken_at: str
    documents: int
    bytes: int


class BadSnapshot(Exception):
    """There is no such snapshot, or it cannot be taken; the message is a sentence."""


class NoSnapshot(BadSnapshot):
    """There is no snapshot of this name."""


class SnapshotConflict(BadSnapshot):
    """There is a snapshot of this name already, or there are too many."""


def free_name(db: sqlite3.Connection, owners: Sequence[Account]) -> str:
    """Return a name that no snapshot of these accounts has: `snapshot-1` and so on."""
    taken = {each.name for account in owners for each in of_account(db, account)}
    return next(name for n in count(1) if (name := f"snapshot-{n}") not in taken)


def of_account(db: sqlite3.Connection, account: Account) -> list[Snapshot]:
    """Return an account's snapshots by name."""
    rows = db.execute(
        "SELECT name, taken_at, documents, length(content) FROM snapshots WHERE account_id = ? ORDER BY name",
        (account.id,),
    )
    return [Snapshot(*row) for row in rows]


def take(emulation: Emulation, account: Account, name: str, *, replace: bool = False) -> None:
    """Keep an account's books as they are under a name.

    Raises:
        BadSnapshot: the name cannot be one.
        SnapshotConflict: there is one of that name and it is not to be replaced, or no more are kept.
    """
    db = emulation.store.db
    if not (0 < len(name) <= LONGEST_NAME and name.strip() and name.isprintable()):
        raise BadSnapshot(f"The name of a snapshot is text of 1 to {LONGEST_NAME} printable characters.")
    if replace:
        delete(db, account, name)
    known = of_account(db, account)
    if any(each.name == name for each in known):
        raise SnapshotConflict(
            f'There is a snapshot {name!r} of {account.name!r} already; send "replace": true to replace it.'
        )
    if len(known) >= MOST:
        raise SnapshotConflict(f"There are {MOST} snapshots of {account.name!r} already; delete some first.")
    documents, content = _image_of(db, account)
    total = int(db.execute("SELECT coalesce(sum(length(content)), 0) FROM snapshots").fetchone()[0])
    if total + len(content) > LARGEST_TOTAL:
        raise SnapshotConflict(
            f"All snapshots together would have more than {LARGEST_TOTAL} bytes; delete some first."
        )
    db.execute(
        "INSERT INTO snapshots (account_id, name, taken_at, documents, content) VALUES (?, ?, ?, ?, ?)",
        (account.id, name, _now(emulation, account).isoformat(), documents, content),
    )


def restore(emulation: Emulation, account: Account, name: str) -> None:
    """Put an account's books back to what they were when a snapshot was taken; it is kept.

    Raises:
        NoSnapshot: there is none of that name.
    """
    db = emulation.store.db
    row = db.execute(
        "SELECT content FROM snapshots WHERE account_id = ? AND name = ?", (account.id, name)
    ).fetchone()
    if row is None:
        raise NoSnapshot(f"There is no snapshot {name!r} of {account.name!r}.")
    with _image(row["content"]) as image:
        accounts.delete_rows(db, account.id)
        for table, condition in ROWS_OF_ACCOUNT.items():
            _copy(image, db, table, condition, account.id)
        columns = ", ".join(_KEPT_OF_ACCOUNT)
        kept = image.execute(f"SELECT {columns} FROM accounts WHERE id = ?", (account.id,)).fetchone()  # noqa: S608 - own constants
        marks = ", ".join("?" * len(_KEPT_OF_ACCOUNT))
        db.execute(
            f"UPDATE accounts SET ({columns}) = ({marks}) WHERE id = ?",  # noqa: S608 - own constants
            (*kept, account.id),
        )
    emulation.forget(account)


def delete(db: sqlite3.Connection, account: Account, name: str | None) -> int:
    """Delete an account's snapshot of a name, or all of its snapshots; return how many there were."""
    return db.execute(
        "DELETE FROM snapshots WHERE account_id = ? AND (? IS NULL OR name = ?)", (account.id, name, name)
    ).rowcount


def _now(emulation: Emulation, account: Account) -> datetime:
    return account.clock.now(emulation.time_source)


def _image_of(db: sqlite3.Connection, account: Account) -> tuple[int, bytes]:
    """Return how many documents an account has, and the image of its rows."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as image:
        image.executescript(
            f"PRAGMA page_size = 1024; BEGIN; PRAGMA user_version = {SCHEMA_VERSION}; {TABLES}"
        )
        _copy(db, image, "accounts", "id = :account", account.id)
        image.execute("UPDATE accounts SET api_key = '', created_by = NULL")
        for table, condition in ROWS_OF_ACCOUNT.items():
            _copy(db, image, table, condition, account.id)
        documents = int(image.execute("SELECT count(*) FROM documents").fetchone()[0])
        image.execute("COMMIT")
        return documents, zlib.compress(image.serialize(), 1)


@contextmanager
def _image(content: bytes) -> Generator[sqlite3.Connection]:
    """Open an image, brought to the present schema."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as image:
        image.deserialize(zlib.decompress(content))
        if migrations.version_of(image) != SCHEMA_VERSION:
            migrations.migrate(image)
        yield image


def _copy(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str, condition: str, account_id: int
) -> None:
    rows = source.execute(f"SELECT * FROM {table} WHERE {condition}", {"account": account_id})  # noqa: S608 - own constants
    names = [column[0] for column in rows.description]
    target.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608 - own constants
        map(tuple, rows),
    )
