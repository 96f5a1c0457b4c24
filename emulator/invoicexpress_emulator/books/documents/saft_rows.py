"""The SQL of what SAF-T reports of an account's documents in a period."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from ...fiscal.document_types import BY_NAME, DOCUMENT_TYPES, SaftSection
from .rows import from_rows, list_of

if TYPE_CHECKING:
    from .document import Document


_REPORTED: Final = list_of(row.name for row in DOCUMENT_TYPES if row.saft_section is not None)
_GUIDES: Final = ", ".join(f"'{row.name}'" for row in DOCUMENT_TYPES if row.saft_section == "MovementOfGoods")


_EXPORTED: Final = "d.account_id = ? AND d.number IS NOT NULL AND d.date BETWEEN ? AND ?"


class AccountDays(NamedTuple):
    """An account's books from one day to another, both included."""

    account_id: int
    first: dt.date
    last: dt.date

    def bound(self) -> tuple[int, str, str]:
        """Return the values that `_EXPORTED` binds."""
        return self.account_id, self.first.isoformat(), self.last.isoformat()


class Run(NamedTuple):
    """The consecutive numbers of one type in one series."""

    type: str
    series_row_id: int | None
    lowest: int
    highest: int


class BooksState(NamedTuple):
    """Numbers that change with anything shown in a SAF-T file of these days."""

    documents: int
    revisions: int
    at_doc_codes: int
    revisions_of_bills: int


class Reference(NamedTuple):
    """A reference to an issued document: its printed number (`FT DEMO/1`) and date."""

    number: str
    date: dt.date


def reported_revision(db: sqlite3.Connection, days: AccountDays) -> int:
    """Return the sum of the revisions of all documents that SAF-T reports; 0 without any."""
    row = db.execute(
        f"SELECT coalesce(sum(d.revision), 0) FROM documents d WHERE {_EXPORTED} "  # noqa: S608 - own constants
        "AND d.type IN (SELECT value FROM json_each(?))",
        (*days.bound(), _REPORTED),
    ).fetchone()
    return int(row[0])


def has_reported(db: sqlite3.Connection, days: AccountDays) -> bool:
    """Whether these days have a document that SAF-T reports."""
    row = db.execute(
        f"SELECT 1 FROM documents d WHERE {_EXPORTED} "  # noqa: S608 - own constants
        "AND d.type IN (SELECT value FROM json_each(?)) LIMIT 1",
        (*days.bound(), _REPORTED),
    ).fetchone()
    return row is not None


def runs(db: sqlite3.Connection, days: AccountDays, section: SaftSection) -> list[Run]:
    """Return the runs of numbers in a section of SAF-T, by type and series."""
    rows = db.execute(
        "SELECT d.type, d.series_row_id, min(d.number), max(d.number) "  # noqa: S608 - own constants
        f"FROM documents d WHERE {_EXPORTED} AND d.type IN (SELECT value FROM json_each(?)) "
        "GROUP BY d.type, d.series_row_id ORDER BY d.type, d.series_row_id",
        (*days.bound(), list_of(row.name for row in DOCUMENT_TYPES if row.saft_section == section)),
    )
    return [Run(*row) for row in rows]


def next_of_run(
    db: sqlite3.Connection, days: AccountDays, run: Run, after: tuple[int, int], limit: int
) -> list[Document]:
    """Return at most `limit` documents of a run that come after a number and id, by number."""
    rows = db.execute(
        # The pluses keep the index of dates out of the plan, which would sort every slice.
        "SELECT * FROM documents WHERE series_row_id IS ? AND (number, id) > (?, ?) AND number <= ? "
        "AND type = ? AND +account_id = ? AND +date BETWEEN ? AND ? ORDER BY number, id LIMIT ?",
        (run.series_row_id, *after, run.highest, run.type, *days.bound(), limit),
    ).fetchall()
    return from_rows(db, rows)


def state_of(db: sqlite3.Connection, days: AccountDays) -> BooksState:
    """Return the state of the books of these days. Only a reset lowers any number in it: issued documents
    stay, revisions grow with every change of a document, a code of the tax authority stays. A guide's status
    depends on its invoices, which may be of another period.
    """
    row = db.execute(
        "SELECT count(*), coalesce(sum(d.revision), 0), count(g.at_doc_code), "  # noqa: S608 - own constants
        f"coalesce(sum(CASE WHEN d.type IN ({_GUIDES}) THEN (SELECT coalesce(sum(i.revision), 0) "
        "FROM documents i WHERE i.owner_id = d.id OR i.id = d.owner_id) END), 0) "
        f"FROM documents d LEFT JOIN deliveries g ON g.document_id = d.id WHERE {_EXPORTED}",
        days.bound(),
    ).fetchone()
    return BooksState(*row)


def references(db: sqlite3.Connection, document_ids: Iterable[int]) -> dict[int, Reference]:
    """Return references to documents, by id; documents never issued have no entry."""
    rows = db.execute(
        "SELECT id, type, serie, number, date FROM documents "
        "WHERE id IN (SELECT value FROM json_each(?)) AND number IS NOT NULL",
        (list_of(document_ids),),
    )
    return {
        row["id"]: Reference(
            f"{BY_NAME[row['type']].prefix} {row['serie']}/{row['number']}",
            dt.date.fromisoformat(row["date"]),
        )
        for row in rows
    }


def billed_guides(db: sqlite3.Connection, guide_ids: Iterable[int]) -> frozenset[int]:
    """Return the guides with an issued invoice that is not cancelled, in whatever order they were made."""
    rows = db.execute(
        "SELECT g.id FROM documents g JOIN documents i ON i.owner_id = g.id OR i.id = g.owner_id "
        "WHERE i.status NOT IN ('draft', 'canceled', 'deleted') "
        "AND g.id IN (SELECT value FROM json_each(?))",
        (list_of(guide_ids),),
    )
    return frozenset(row["id"] for row in rows)
