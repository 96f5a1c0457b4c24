"""What is open and what may still be credited: sums over receipts and credit notes, never a stored balance.

The open amount of a document is its total less its live receipts and its issued credit notes; a
retention is not taken off, since the total never is (vendor docs 2026-07). What is left to credit is the
total less the credit notes. All amounts are cents.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Final

from ...fiscal.document_types import DOCUMENT_TYPES

if TYPE_CHECKING:
    from .document import Document

_CREDITS: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.reduces_owner])
_CORRECTIONS: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.corrects])


def paid(db: sqlite3.Connection, document_id: int) -> int:
    """Return what live receipts have paid of a document, in cents."""
    row = db.execute(
        "SELECT coalesce(sum(p.amount), 0) AS cents FROM payments p JOIN documents r ON r.id = p.receipt_id "
        "WHERE p.document_id = ? AND r.status <> 'canceled'",
        (document_id,),
    ).fetchone()
    return int(row["cents"])


def credited(db: sqlite3.Connection, document_id: int) -> int:
    """Return what issued, live credit notes take from a document, in cents."""
    row = db.execute(
        "SELECT coalesce(sum(total), 0) AS cents FROM documents WHERE owner_id = ? "
        "AND status IN ('final', 'settled') AND type IN (SELECT value FROM json_each(?))",
        (document_id, _CREDITS),
    ).fetchone()
    return int(row["cents"])


def left_to_credit(db: sqlite3.Connection, owner: Document) -> int:
    """Return how much of a document credit notes may still take, in cents."""
    return owner.totals.total - credited(db, owner.id)


def open_amount(db: sqlite3.Connection, invoice: Document) -> int:
    """Return what is still to be paid of a document, in cents, never less than nothing."""
    return max(0, invoice.totals.total - credited(db, invoice.id) - paid(db, invoice.id))


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
