"""The books of a period as SQLite has them, read slice by slice for a SAF-T file.

Never more than a slice of documents is held. A series is followed along its numbers, each slice beginning
after the last number of the one before, so that the last slice costs no more than the first.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from ...books.documents.document import Document, from_rows
from ...fiscal.document_types import BY_NAME, DOCUMENT_TYPES, SaftSection
from ...http.answer import Unfinished
from .content import Referred, Settled, Slice

SLICE: Final = 100
"""Documents: some 30 ms of work."""

_GUIDES: Final = ", ".join(f"'{row.name}'" for row in DOCUMENT_TYPES if row.saft_section == "MovementOfGoods")
_EXPORTED: Final = "d.account_id = ? AND d.number IS NOT NULL AND d.date BETWEEN ? AND ?"


class BooksChanged(Unfinished):
    """The documents being exported have changed since the export began."""


def _nothing() -> None:
    """Check nothing: no other writer is at work."""


@dataclass(frozen=True, slots=True)
class StoredBooks:
    """The documents that an account issued from one day to another, both included.

    `before_reading` is called before each slice is read, and stops the reading by raising.
    """

    db: sqlite3.Connection
    account_id: int
    first: date
    last: date
    before_reading: Callable[[], None] = field(default=_nothing)

    @property
    def _span(self) -> tuple[int, str, str]:
        return self.account_id, self.first.isoformat(), self.last.isoformat()

    def slices(self, section: SaftSection) -> Iterator[Slice]:
        """Yield the documents of a section by type, series and number."""
        self.before_reading()
        names = json.dumps([row.name for row in DOCUMENT_TYPES if row.saft_section == section])
        series = self.db.execute(
            "SELECT d.type, d.series_row_id, min(d.number) AS lowest, max(d.number) AS highest "  # noqa: S608 - own constants
            f"FROM documents d WHERE {_EXPORTED} AND d.type IN (SELECT value FROM json_each(?)) "
            "GROUP BY d.type, d.series_row_id ORDER BY d.type, d.series_row_id",
            (*self._span, names),
        ).fetchall()
        for row in series:
            yield from self._of_series(*row)

    def _of_series(self, kind: str, series_row_id: int | None, lowest: int, highest: int) -> Iterator[Slice]:
        after = (lowest - 1, 0)
        while True:
            self.before_reading()
            rows = self.db.execute(
                # The pluses keep the index of dates out of it, which would have every slice sorted.
                "SELECT * FROM documents WHERE series_row_id IS ? AND (number, id) > (?, ?) AND number <= ? "
                "AND type = ? AND +account_id = ? AND +date BETWEEN ? AND ? ORDER BY number, id LIMIT ?",
                (series_row_id, *after, highest, kind, *self._span, SLICE),
            ).fetchall()
            if not rows:
                return
            yield _slice(self.db, from_rows(self.db, rows))
            if len(rows) < SLICE:
                return
            after = (rows[-1]["number"], rows[-1]["id"])

    def state(self) -> State:
        """Return numbers that differ whenever the content of the file differs.

        None of them ever falls, short of a reset: issued documents stay, revisions grow with every change of
        a document, a code of the tax authority stays. A guide's status is decided by its invoices, which may
        be of another period.
        """
        row = self.db.execute(
            "SELECT count(*), coalesce(sum(d.revision), 0), count(g.at_doc_code), "  # noqa: S608 - own constants
            f"coalesce(sum(CASE WHEN d.type IN ({_GUIDES}) THEN (SELECT coalesce(sum(i.revision), 0) "
            "FROM documents i WHERE i.owner_id = d.id OR i.id = d.owner_id) END), 0) "
            f"FROM documents d LEFT JOIN deliveries g ON g.document_id = d.id WHERE {_EXPORTED}",
            self._span,
        ).fetchone()
        return State(*row)

    def watched(self, renewals: Callable[[], int]) -> StoredBooks:
        """Return the same books for a reader that lets others work between slices: reading them raises
        BooksChanged once they are no longer as they are now.

        `renewals` counts how often the account's books were replaced, as by a reset.
        """
        guard = _Guard(self, renewals)
        return StoredBooks(self.db, self.account_id, self.first, self.last, guard.check)


class State(NamedTuple):
    """The state of the books of a period, in numbers."""

    documents: int
    revisions: int
    at_doc_codes: int
    revisions_of_bills: int


class _Guard:
    """Compares the books with their first state, but only after a write."""

    def __init__(self, books: StoredBooks, renewals: Callable[[], int]) -> None:
        self._books = books
        self._renewals = renewals
        self._written = books.db.total_changes
        self._began_with = books.state(), renewals()

    def check(self) -> None:
        """Raise BooksChanged if the books have changed."""
        written = self._books.db.total_changes
        if written == self._written:
            return
        if (self._books.state(), self._renewals()) != self._began_with:
            raise BooksChanged("The books being exported have changed meanwhile.")
        self._written = written


def _slice(db: sqlite3.Connection, documents: list[Document]) -> Slice:
    return Slice(
        documents=documents,
        owners=_referred(db, {each.owner_id for each in documents} - {None}),
        settled=_settled(db, [each.id for each in documents if each.type.is_receipt]),
        invoiced=_invoiced(
            db, [each.id for each in documents if each.type.saft_section == "MovementOfGoods"]
        ),
    )


def _referred(db: sqlite3.Connection, ids: Iterable[int | None]) -> dict[int, Referred]:
    """Return how to refer to documents, by id; those never issued are left out."""
    rows = db.execute(
        "SELECT id, type, serie, number, date FROM documents "
        "WHERE id IN (SELECT value FROM json_each(?)) AND number IS NOT NULL",
        (json.dumps(list(ids)),),
    )
    return {
        row["id"]: Referred(
            f"{BY_NAME[row['type']].prefix} {row['serie']}/{row['number']}", date.fromisoformat(row["date"])
        )
        for row in rows
    }


def _settled(db: sqlite3.Connection, receipts: list[int]) -> dict[int, list[Settled]]:
    """Return the payments of each receipt."""
    rows = db.execute(
        "SELECT * FROM payments WHERE receipt_id IN (SELECT value FROM json_each(?)) ORDER BY receipt_id",
        (json.dumps(receipts),),
    ).fetchall()
    paid = _referred(db, {row["document_id"] for row in rows})
    settled: dict[int, list[Settled]] = {}
    for row in rows:
        settled.setdefault(row["receipt_id"], []).append(
            Settled(paid[row["document_id"]], row["amount"], row["mechanism"])
        )
    return settled


def _invoiced(db: sqlite3.Connection, guides: list[int]) -> frozenset[int]:
    """Return the ids of guides with a live invoice, whichever of the two came first."""
    rows = db.execute(
        "SELECT g.id FROM documents g JOIN documents i ON i.owner_id = g.id OR i.id = g.owner_id "
        "WHERE i.status NOT IN ('draft', 'canceled', 'deleted') "
        "AND g.id IN (SELECT value FROM json_each(?))",
        (json.dumps(guides),),
    )
    return frozenset(row["id"] for row in rows)
