"""How many documents there are of every kind, kept as they are written, so that a list's total need not be
counted.

A list says how many entries it has on all its pages. Counting costs SQLite 0.08 ms per thousand rows, even
from an index, so at 100,000 documents that alone would take five times as long as the rest of the answer.
The tally has, along each of several axes, the number of documents in every bucket, by type, status and
whether they are archived: what a list is mostly narrowed by. Triggers keep it, in the transaction of the
write itself; like an index it holds nothing that the documents do not say, and is made anew when a file is
opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

SqlValue = str | int


class Axis(NamedTuple):
    """A column that documents are tallied along."""

    column: str
    shift: int = 0
    """Buckets are `column >> shift`: 0 for a bucket per value, more for a range of numbers in each."""

    @property
    def index_name(self) -> str:
        """The index that has documents in this axis' order."""
        return f"documents_along_{self.column}"

    def bucket_of(self, row: str) -> str:
        """Return the SQL of a row's bucket."""
        return f"{row}.{self.column} >> {self.shift}" if self.shift else f"{row}.{self.column}"


ORDER: Final = Axis("id", 11)
"""The order of lists; a page deep in a list is found by skipping buckets."""

AXES: Final[Mapping[str, Axis]] = MappingProxyType(
    {
        axis.column: axis
        for axis in (Axis("date"), Axis("due_date"), Axis("before_taxes", 10), Axis("client_id"))
    }
)
"""What lists are narrowed to spans of, by column. Amounts are cents: a bucket is about ten euros."""

_KEY: Final = ("account_id", "family", "axis", "bucket", "type", "status", "archived")
_FACETS: Final = ("type", "status", "archived")
_WATCHED: Final = ("account_id", "family", *_FACETS, *AXES)


def _buckets(row: str) -> str:
    """Return the SQL of the keys under which a row is tallied."""
    return " UNION ALL ".join(
        f"SELECT {row}.account_id AS account_id, {row}.family AS family, '{axis.column}' AS axis, "
        f"{axis.bucket_of(row)} AS bucket, {row}.type AS type, {row}.status AS status, "
        f"{row}.archived AS archived"
        for axis in (ORDER, *AXES.values())
    )


def _same(row: str) -> str:
    return " AND ".join(f"document_tally.{column} = {row}.{column}" for column in _KEY)


# No ON CONFLICT: the statement that fires a trigger would impose its own way with conflicts.
_ADD: Final = f"""
    INSERT INTO document_tally SELECT {", ".join(_KEY)}, 0 FROM ({_buckets("NEW")}) AS b
        WHERE NOT EXISTS (SELECT 1 FROM document_tally WHERE {_same("b")});
    UPDATE document_tally SET n = n + 1 FROM ({_buckets("NEW")}) AS b WHERE {_same("b")};"""  # noqa: S608 - own constants
_TAKE: Final = f"""
    UPDATE document_tally SET n = n - 1 FROM ({_buckets("OLD")}) AS b WHERE {_same("b")};
    DELETE FROM document_tally WHERE n = 0 AND ({", ".join(_KEY)}) IN ({_buckets("OLD")});"""  # noqa: S608 - own constants

TALLY: Final = f"""
CREATE TABLE IF NOT EXISTS document_tally (
    account_id INTEGER NOT NULL,
    family TEXT NOT NULL,
    axis TEXT NOT NULL,
    bucket ANY NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    archived INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY ({", ".join(_KEY)})
) STRICT, WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS tally_made AFTER INSERT ON documents BEGIN {_ADD}
END;
CREATE TRIGGER IF NOT EXISTS tally_gone AFTER DELETE ON documents BEGIN {_TAKE}
END;
CREATE TRIGGER IF NOT EXISTS tally_changed AFTER UPDATE OF {", ".join(_WATCHED)} ON documents
    WHEN {" OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _WATCHED)} BEGIN {_TAKE} {_ADD}
END;
BEGIN IMMEDIATE;
DELETE FROM document_tally;
INSERT INTO document_tally SELECT {", ".join(_KEY)}, count(*) FROM (
    {
    " UNION ALL ".join(
        f"SELECT account_id, family, '{axis.column}' AS axis, {axis.bucket_of('documents')} AS bucket, "
        f"type, status, archived FROM documents"
        for axis in (ORDER, *AXES.values())
    )
}
) GROUP BY {", ".join(_KEY)};
COMMIT;
"""  # noqa: S608 - own constants
"""Makes what is missing, and counts everything once."""


class Span(NamedTuple):
    """From the first to the last value, both included; None for no bound."""

    first: SqlValue | None
    last: SqlValue | None


class Tally:
    """The tally of the documents that a WHERE clause over type, status and archived selects."""

    def __init__(
        self, db: sqlite3.Connection, account_id: int, family: str, facets: str, values: Sequence[SqlValue]
    ) -> None:
        self._db = db
        self._where = f"account_id = ? AND family = ? AND axis = ? AND {facets}"
        self._owner, self._values = (account_id, family), tuple(values)

    def along(self, axis: Axis) -> list[tuple[SqlValue, int]]:
        """Return each bucket that is not empty, and how many documents are in it, in the axis' order."""
        rows = self._db.execute(
            f"SELECT bucket, sum(n) FROM document_tally WHERE {self._where} GROUP BY bucket",  # noqa: S608 - own constants
            (*self._owner, axis.column, *self._values),
        )
        return [(bucket, n) for bucket, n in rows]

    def kinds(self) -> list[tuple[str, str, int]]:
        """Return the combinations of type, status and archived that there are."""
        rows = self._db.execute(
            f"SELECT DISTINCT type, status, archived FROM document_tally WHERE {self._where}",  # noqa: S608 - own constants
            (*self._owner, ORDER.column, *self._values),
        )
        return [tuple(row) for row in rows]

    def between(self, axis: Axis, first: SqlValue | None, last: SqlValue | None) -> int:
        """Return how many documents are in the buckets from `first` to `last`."""
        where, values = self._where, [*self._owner, axis.column, *self._values]
        for bound, comparison in ((first, ">="), (last, "<=")):
            if bound is not None:
                where += f" AND bucket {comparison} ?"
                values.append(bound)
        row = self._db.execute(
            f"SELECT coalesce(sum(n), 0) FROM document_tally WHERE {where}",  # noqa: S608 - own constants
            values,
        ).fetchone()
        return int(row[0])
