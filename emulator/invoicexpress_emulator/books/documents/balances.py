"""The open amount of a document, and the amount that may still be credited: sums, never a stored balance.

Open is the total less live receipts and issued credit notes; a retention is not taken off, since the total
never is (vendor docs 2026-07). Still to credit is the total less the credit notes. All amounts are cents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .rows import credited, paid

if TYPE_CHECKING:
    import sqlite3

    from .document import Document


def left_to_credit(db: sqlite3.Connection, owner: Document) -> int:
    """Return how much of a document credit notes may still take, in cents."""
    return owner.totals.total - credited(db, owner.id)


def open_amount(db: sqlite3.Connection, invoice: Document) -> int:
    """Return how much of a document is still to be paid, in cents, never less than nothing."""
    return max(0, invoice.totals.total - credited(db, invoice.id) - paid(db, invoice.id))
