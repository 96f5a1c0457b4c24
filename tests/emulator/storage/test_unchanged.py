"""What is kept of the database is what reading it again would return."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.storage.unchanged import Unchanged


def _begin(db: sqlite3.Connection) -> None:
    if not db.in_transaction:
        db.execute("BEGIN IMMEDIATE")


def _end(db: sqlite3.Connection, how: str) -> None:
    if db.in_transaction:
        db.execute(how)


STEPS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "begin": _begin,
    "commit": lambda db: _end(db, "COMMIT"),
    "roll back": lambda db: _end(db, "ROLLBACK"),
    "insert": lambda db: db.execute("INSERT OR IGNORE INTO meta SELECT 'k' || count(*), '1' FROM meta"),
    "update": lambda db: db.execute("UPDATE meta SET value = value || '2'"),
    "upsert": lambda db: db.execute("INSERT OR REPLACE INTO meta VALUES ('k1', 'x')"),
    "delete": lambda db: db.execute("DELETE FROM meta WHERE key = 'k1'"),
    "delete all": lambda db: db.execute("DELETE FROM meta"),
    "read": lambda db: None,
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=25))
def test_it_is_never_stale(steps: list[str]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.execute("CREATE TABLE meta (key TEXT UNIQUE, value TEXT)")

        def stored() -> list[object]:
            return db.execute("SELECT key, value FROM meta ORDER BY key").fetchall()

        kept = Unchanged[list[object]](db)
        for step in steps:
            STEPS[step](db)
            assert kept.get("all", stored) == stored()


def test_it_reads_once_between_changes_and_keeps_few() -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        reads = itertools.count(1)
        kept = Unchanged[int](db)

        def of(key: str) -> int:
            return kept.get(key, lambda: next(reads))

        assert (of("a"), of("a")) == (1, 1)
        for number in range(1_000):
            of(str(number))
        assert len(kept._values) <= 64  # pyright: ignore[reportPrivateUsage]
