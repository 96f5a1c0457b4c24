"""Ids: every account numbers its things one after the other, within ranges of its own.

So the requests of one account never change the ids of another: a reset or a restored snapshot repeats the
same ids whatever other accounts do, and an id of one account, even of a deleted thing, is never given out
in another.
"""

from __future__ import annotations

import sqlite3
from typing import Final, Literal

Thing = Literal[
    "taxes",
    "clients",
    "items",
    "series",
    "documents",
    "outbox",
    "regularizations",
    "treasury_movements",
]
"""The kinds of things that have ids."""

FIRST_ACCOUNT_ID: Final = 30_001

RANGE: Final = 10_000_000
"""How many ids of each kind an account has before the range of the next account begins."""

FIRST_IDS: Final[dict[Thing, int]] = {
    "taxes": 70_001,
    "clients": 600_001,
    "items": 400_001,
    "series": 146_001,
    "documents": 2_000_001,
    "outbox": 1,
    "regularizations": 810_001,
    "treasury_movements": 910_001,
}
"""Of the first account. Ids of different things start far apart, so that a program which mixes them up
fails instead of hitting one.
"""


def place_of(thing: Thing, given: int) -> tuple[int, int]:
    """Return the place of an id's account, in order of creation, and of the id in its range, from 0."""
    return divmod(given - FIRST_IDS[thing], RANGE)


def furnish(db: sqlite3.Connection, account_id: int) -> None:
    """Give a new account its ranges."""
    before = RANGE * (account_id - FIRST_ACCOUNT_ID) - 1
    db.executemany(
        "INSERT INTO counters (account_id, thing, before_first, last) VALUES (?, ?, ?, ?)",
        [(account_id, thing, first + before, first + before) for thing, first in FIRST_IDS.items()],
    )


def restart(db: sqlite3.Connection, account_id: int) -> None:
    """Start an account's ids anew: its books are empty."""
    db.execute("UPDATE counters SET last = before_first WHERE account_id = ?", (account_id,))


def next_id(db: sqlite3.Connection, account_id: int, thing: Thing, *, block: int = 1) -> int:
    """Return an id that the account has never had; with `block`, the first of so many."""
    row = db.execute(
        "UPDATE counters SET last = last + ? WHERE account_id = ? AND thing = ? RETURNING last",
        (block, account_id, thing),
    ).fetchone()
    return int(row[0]) - block + 1
