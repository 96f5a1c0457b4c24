"""The SQL of payments: which receipt pays which document, and what receipts and notes do to it. Amounts are
cents.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

from ...fiscal.document_types import BY_NAME, DOCUMENT_TYPES, DocumentType
from .rows import list_of

_CREDITS: Final = list_of(row.name for row in DOCUMENT_TYPES if row.reduces_owner)
_CORRECTIONS: Final = list_of(row.name for row in DOCUMENT_TYPES if row.corrects)


class Payment(NamedTuple):
    """A receipt pays `amount` cents of a document; `mechanism` is the code of SAF-T (PT)."""

    receipt_id: int
    document_id: int
    amount: int
    mechanism: str


def insert_payment(db: sqlite3.Connection, payment: Payment) -> None:
    """Record that a receipt pays a document."""
    db.execute(
        "INSERT INTO payments (receipt_id, document_id, amount, mechanism) VALUES (?, ?, ?, ?)", payment
    )


def payments_of(db: sqlite3.Connection, receipt_ids: Iterable[int]) -> list[Payment]:
    """Return the payments that these receipts confirm, cancelled receipts included, by receipt."""
    rows = db.execute(
        "SELECT receipt_id, document_id, amount, mechanism FROM payments "
        "WHERE receipt_id IN (SELECT value FROM json_each(?)) ORDER BY receipt_id",
        (list_of(receipt_ids),),
    )
    return [Payment(*row) for row in rows]


def payments_for(db: sqlite3.Connection, document_id: int) -> list[Payment]:
    """Return the payments of a document, those by cancelled receipts included, oldest first."""
    rows = db.execute(
        "SELECT receipt_id, document_id, amount, mechanism FROM payments WHERE document_id = ? "
        "ORDER BY receipt_id",
        (document_id,),
    )
    return [Payment(*row) for row in rows]


def last_receipt_of(db: sqlite3.Connection, document_id: int) -> int:
    """Return the id of the last receipt for a document that has one."""
    row = db.execute("SELECT max(receipt_id) FROM payments WHERE document_id = ?", (document_id,)).fetchone()
    return int(row[0])


# Receipts and notes on a document ----------------------------------------------------------------------


def paid(db: sqlite3.Connection, document_id: int) -> int:
    """Return the cents of a document paid by receipts, without cancelled ones."""
    row = db.execute(
        "SELECT coalesce(sum(p.amount), 0) FROM payments p JOIN documents r ON r.id = p.receipt_id "
        "WHERE p.document_id = ? AND r.status <> 'canceled'",
        (document_id,),
    ).fetchone()
    return int(row[0])


def credited(db: sqlite3.Connection, document_id: int) -> int:
    """Return the cents of a document credited by issued notes, without cancelled ones."""
    row = db.execute(
        "SELECT coalesce(sum(total), 0) FROM documents WHERE owner_id = ? "
        "AND status IN ('final', 'settled') AND type IN (SELECT value FROM json_each(?))",
        (document_id, _CREDITS),
    ).fetchone()
    return int(row[0])


def has_live_payments(db: sqlite3.Connection, document_id: int) -> bool:
    """Whether a receipt that is not cancelled pays a document."""
    found = db.execute(
        "SELECT 1 FROM payments p JOIN documents r ON r.id = p.receipt_id "
        "WHERE p.document_id = ? AND r.status <> 'canceled' LIMIT 1",
        (document_id,),
    ).fetchone()
    return found is not None


def has_live_corrections(db: sqlite3.Connection, document_id: int) -> bool:
    """Whether an issued credit or debit note that is not cancelled corrects a document."""
    found = db.execute(
        "SELECT 1 FROM documents WHERE owner_id = ? AND status IN ('final', 'settled') "
        "AND type IN (SELECT value FROM json_each(?)) LIMIT 1",
        (document_id, _CORRECTIONS),
    ).fetchone()
    return found is not None


def cancellations_of_dependants(db: sqlite3.Connection, document_id: int) -> list[dt.datetime]:
    """Return the cancellation times of a document's receipts and notes."""
    rows = db.execute(
        "SELECT canceled_at FROM documents WHERE canceled_at IS NOT NULL "
        "AND (owner_id = ? OR id IN (SELECT receipt_id FROM payments WHERE document_id = ?))",
        (document_id, document_id),
    )
    return [dt.datetime.fromisoformat(row["canceled_at"]) for row in rows]


class ClientDocument(NamedTuple):
    """One issued document of a client that is not cancelled, with sums over its receipts and credit notes in
    cents. `credited` counts all its credit notes, `refundable` those that were not paid back.
    """

    type: DocumentType
    owner_type: DocumentType | None
    is_settled: bool
    due_date: dt.date
    total: int
    before_taxes: int
    paid: int
    credited: int
    refundable: int


def issued_to_client(db: sqlite3.Connection, client_id: int) -> list[ClientDocument]:
    """Return a client's issued documents that are not cancelled, oldest first."""
    rows = db.execute(
        "WITH credit AS (SELECT owner_id, sum(total) AS all_of_it,"
        " sum(CASE status WHEN 'final' THEN total ELSE 0 END) AS refundable FROM documents"
        " WHERE owner_id IN (SELECT id FROM documents WHERE client_id = :client)"
        " AND status IN ('final', 'settled')"
        " AND type IN (SELECT value FROM json_each(:credits)) GROUP BY owner_id) "
        "SELECT d.type, d.status, d.due_date, d.total, d.before_taxes, o.type AS owner_type,"
        " coalesce(c.all_of_it, 0) AS credited, coalesce(c.refundable, 0) AS refundable,"
        " (SELECT coalesce(sum(p.amount), 0) FROM payments p JOIN documents r ON r.id = p.receipt_id"
        "  WHERE p.document_id = d.id AND r.status <> 'canceled') AS paid "
        "FROM documents d LEFT JOIN documents o ON o.id = d.owner_id LEFT JOIN credit c ON c.owner_id = d.id "
        "WHERE d.client_id = :client AND d.status IN ('final', 'settled') ORDER BY d.id",
        {"credits": _CREDITS, "client": client_id},
    )
    return [
        ClientDocument(
            type=BY_NAME[row["type"]],
            owner_type=BY_NAME[row["owner_type"]] if row["owner_type"] else None,
            is_settled=row["status"] == "settled",
            due_date=dt.date.fromisoformat(row["due_date"]),
            total=row["total"],
            before_taxes=row["before_taxes"],
            paid=row["paid"],
            credited=row["credited"],
            refundable=row["refundable"],
        )
        for row in rows
    ]
