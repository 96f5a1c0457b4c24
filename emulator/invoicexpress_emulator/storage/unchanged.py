"""Values read from the database that are kept until any row of it changes.

SQLite counts every row that a connection changes, and no other connection can change the emulator's
database: as long as the count stays, a value read outside of a transaction is what reading it again would
return. Inside a transaction nothing is kept, since undoing it would not count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final, Generic, TypeVar

_T = TypeVar("_T")

_MOST: Final = 64
"""Values kept; some of their keys come from strangers."""


class Unchanged(Generic[_T]):
    """Values of one kind by a text."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._changes = -1
        self._values: dict[str, _T] = {}

    def get(self, key: str, read: Callable[[], _T]) -> _T:
        """Return the value of a key as it is now: from `read`, unless nothing has changed since."""
        db = self._db
        if db.in_transaction:
            return read()
        if db.total_changes != self._changes or len(self._values) >= _MOST:
            self._values.clear()
            self._changes = db.total_changes
        elif key in self._values:
            return self._values[key]
        value = self._values[key] = read()
        return value
