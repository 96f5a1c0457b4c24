"""What exists in an account, read from the emulator's tables, and the difference that a write makes."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from invoicexpress_emulator.storage.ids import RANGE
from invoicexpress_emulator.storage.schema import ROWS_OF_ACCOUNT

Row = Mapping[str, Any]
Key = tuple[Any, ...]
Books = Mapping[str, Mapping[Key, Row]]
"""By table, the rows of an account by their keys."""

_NO_EFFECT: Final = frozenset({"counters", "renderings", "saft_exports"})
"""Tables that reads change too."""
_TABLES: Final = {
    **{table: condition for table, condition in ROWS_OF_ACCOUNT.items() if table not in _NO_EFFECT},
    "accounts": "id = :account OR created_by = :account",
}
_KEYS: Final = {
    "document_lines": ("document_id", "position"),
    "deliveries": ("document_id",),
    "payments": ("receipt_id",),
    "initial_balances": ("client_id",),
}
_DROPPED: Final = frozenset(
    {"account_id", "at_doc_code", "revision", "clock_offset_us", "settings", "search", "client_search"}
)
"""Columns that say nothing about an effect, or move with the harness."""
_PRESENT: Final = frozenset(
    {
        *("atcud", "signature", "system_entry", "canceled_at", "sent_at", "last_signature"),
        *("validation_code", "proprietary_uid", "api_key", "password_digest", "issuer"),
    }
)
"""Columns whose values differ from run to run: only their presence counts."""


def read_books(db: sqlite3.Connection, account_id: int) -> Books:
    """Read everything in an account that a write can change."""
    return {
        table: {
            tuple(row[name] for name in _KEYS.get(table, ("id",))): dict(row)
            for row in db.execute(f"SELECT * FROM {table} WHERE {condition}", {"account": account_id})  # noqa: S608 - own constants
        }
        for table, condition in _TABLES.items()
    }


@dataclass(frozen=True)
class Change:
    """The difference between two moments of an account.

    `entries` counts its parts in a form that is the same for the same write in another account.
    `touched` has the present rows that were added or changed, by table, and `added` the keys of new ones.
    """

    entries: Counter[Hashable]
    touched: Mapping[str, list[Row]]
    added: frozenset[tuple[str, Key]] = frozenset()

    @property
    def is_none(self) -> bool:
        """Whether nothing changed."""
        return not self.entries

    def new_ids(self, table: str) -> list[int]:
        """Return the ids of the added or changed rows of a table."""
        return [row["id"] for row in self.touched.get(table, [])]


def change(before: Books, after: Books) -> Change:
    """Return the difference that lies between two readings of an account."""
    known: set[Any] = {key[0] for rows in before.values() for key in rows}
    entries: Counter[Hashable] = Counter()
    touched: dict[str, list[Row]] = {}
    added: set[tuple[str, Key]] = set()
    for table, rows in after.items():
        old = before[table]
        for key, row in rows.items():
            if key not in old:
                entries["+", table, _form(row, known)] += 1
                touched.setdefault(table, []).append(row)
                added.add((table, key))
            elif old[key] != row:
                was, now = dict(_form(old[key], known)), dict(_form(row, known))
                moved = tuple((name, was[name], now[name]) for name in now if was[name] != now[name])
                if moved:
                    entries["~", table, _place(table, key, known), moved] += 1
                    touched.setdefault(table, []).append(row)
        for key in old.keys() - rows.keys():
            entries["-", table, _place(table, key, known)] += 1
    return Change(entries, touched, frozenset(added))


def _place(table: str, key: Key, known: set[Any]) -> Hashable:
    if table == "accounts":
        # The account itself, and the first that it created.
        return sorted(each for each in known if each < RANGE // 100).index(key[0])
    return tuple(_id(part, known) for part in key)


def _id(value: Any, known: set[Any]) -> Hashable:
    """Return an id in a form that is the same in each account, "new" for a thing that was added."""
    if isinstance(value, int) and value >= 1000:
        return int(value % RANGE) if value in known else "new"
    return _hashable(value)


def _form(row: Row, known: set[Any]) -> tuple[tuple[str, Hashable], ...]:
    return tuple(
        (name, _value(name, value, known, is_account="api_key" in row))
        for name, value in row.items()
        if name not in _DROPPED
    )


def _value(name: str, value: Any, known: set[Any], *, is_account: bool) -> Hashable:
    if name in _PRESENT or (is_account and name in {"name", "id", "created_by"}):
        return value is not None
    if name in {"serie", "organization_name"}:
        return _without_digits(value)
    if name == "id" or name.endswith("_id"):
        return _id(value, known)
    if name == "client" and isinstance(value, str):
        return repr({key: each for key, each in json.loads(value).items() if key != "id"})
    return _hashable(value)


def _hashable(value: Any) -> Hashable:
    return value if isinstance(value, Hashable) else repr(value)


def _without_digits(value: Any) -> Hashable:
    """Return a name without the number of its account."""
    return value.rstrip("0123456789") if isinstance(value, str) else _hashable(value)
