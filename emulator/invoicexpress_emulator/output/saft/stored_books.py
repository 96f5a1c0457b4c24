"""The books of a period as SQLite has them, read slice by slice for a SAF-T file.

Never more than a slice of documents is held. A series is followed along its numbers, each slice beginning
after the last number of the one before, so that the last slice costs no more than the first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from ...books.documents import payment_rows, saft_rows
from ...http.answer import Unfinished
from .content import Referred, Settled, Slice

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from ...fiscal.document_types import SaftSection

SLICE: Final = 100
"""Documents: some 30 ms of work."""


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
    def _days(self) -> saft_rows.AccountDays:
        return saft_rows.AccountDays(self.account_id, self.first, self.last)

    def slices(self, section: SaftSection) -> Iterator[Slice]:
        """Yield the documents of a section by type, series and number."""
        self.before_reading()
        for run in saft_rows.runs(self.db, self._days, section):
            yield from self._of_run(run)

    def _of_run(self, run: saft_rows.Run) -> Iterator[Slice]:
        after = (run.lowest - 1, 0)
        while True:
            self.before_reading()
            found = saft_rows.next_of_run(self.db, self._days, run, after, SLICE)
            if not found:
                return
            yield _slice(self.db, found)
            if len(found) < SLICE:
                return
            after = (found[-1].number or 0, found[-1].id)

    def state(self) -> saft_rows.BooksState:
        """Return numbers that differ whenever anything differs that the file says."""
        return saft_rows.state_of(self.db, self._days)

    def watched(self, renewals: Callable[[], int]) -> StoredBooks:
        """Return the same books for a reader that lets others work between slices: reading them raises
        BooksChanged once they are no longer as they are now.

        `renewals` counts how often the account's books were replaced, as by a reset.
        """
        guard = _Guard(self, renewals)
        return StoredBooks(self.db, self.account_id, self.first, self.last, guard.check)


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
        owners=_referred(db, {each.owner_id for each in documents if each.owner_id is not None}),
        settled=_settled(db, [each.id for each in documents if each.type.is_receipt]),
        invoiced=saft_rows.billed_guides(
            db, [each.id for each in documents if each.type.saft_section == "MovementOfGoods"]
        ),
    )


def _referred(db: sqlite3.Connection, document_ids: set[int]) -> dict[int, Referred]:
    return {
        document_id: Referred(reference.number, reference.date)
        for document_id, reference in saft_rows.references(db, document_ids).items()
    }


def _settled(db: sqlite3.Connection, receipts: list[int]) -> dict[int, list[Settled]]:
    """Return the documents that each receipt pays."""
    payments = payment_rows.payments_of(db, receipts)
    paid = _referred(db, {payment.document_id for payment in payments})
    settled: dict[int, list[Settled]] = {}
    for payment in payments:
        settled.setdefault(payment.receipt_id, []).append(
            Settled(paid[payment.document_id], payment.amount, payment.mechanism)
        )
    return settled
