"""How many documents there are of each account, family, type, status and archive flag.

Lists name their total, and counting it walks the whole account. The tallies change with every document in the
same transaction, by triggers, and are undone with it. Tables and triggers are temporary: the data file has
none, and each start counts anew.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .filters import Condition

_KEY: Final = "account_id, family, type, status, archived"
_COLUMNS: Final = _KEY.split(", ")


def _one_more(row: str) -> str:
    values = ", ".join(f"{row}.{column}" for column in _COLUMNS)
    return (
        f"INSERT INTO tallies ({_KEY}, documents) VALUES ({values}, 1) "  # noqa: S608 - own constants
        f"ON CONFLICT ({_KEY}) DO UPDATE SET documents = documents + 1;"
    )


def _one_less(row: str) -> str:
    same = " AND ".join(f"{column} = {row}.{column}" for column in _COLUMNS)
    return f"UPDATE tallies SET documents = documents - 1 WHERE {same};"  # noqa: S608 - own constants


def keep(db: sqlite3.Connection) -> None:
    """Count the documents of a connection, and keep the tallies from now on."""
    db.execute(
        "CREATE TEMP TABLE tallies (account_id INTEGER, family TEXT, type TEXT, status TEXT, "
        f"archived INTEGER, documents INTEGER NOT NULL, PRIMARY KEY ({_KEY})) STRICT, WITHOUT ROWID"
    )
    db.execute(
        f"INSERT INTO tallies SELECT {_KEY}, count(*) FROM documents GROUP BY {_KEY}"  # noqa: S608 - own constants
    )
    for event, change in (
        ("INSERT", _one_more("NEW")),
        ("DELETE", _one_less("OLD")),
        (f"UPDATE OF {_KEY}", _one_less("OLD") + _one_more("NEW")),
    ):
        db.execute(
            f"CREATE TEMP TRIGGER tallied_{event.partition(' ')[0]} AFTER {event} ON main.documents "
            f"BEGIN {change} END"
        )


def total(db: sqlite3.Connection, wanted: Condition) -> int:
    """Return how many documents match a condition on tallied columns alone."""
    found = db.execute(
        f"SELECT coalesce(sum(documents), 0) FROM tallies WHERE {wanted.where}",  # noqa: S608 - own constants
        wanted.values,
    ).fetchone()
    return int(found[0])
