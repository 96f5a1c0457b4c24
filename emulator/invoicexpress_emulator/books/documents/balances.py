"""The open amount of a document, and the amount that may still be credited: sums, never a stored balance.

The open amount is the total minus live receipts and issued credit notes; a retention is not deducted, as it
is not deducted from the total (vendor docs 2026-07). The amount left to credit is the total minus the credit
notes. All amounts are cents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .payment_rows import credited, paid

if TYPE_CHECKING:
    import sqlite3

    from .document import Document


def left_to_credit(db: sqlite3.Connection, owner: Document) -> int:
    """Return the amount of a document that may still be credited, in cents."""
    return owner.totals.total - credited(db, owner.id)


def open_amount(db: sqlite3.Connection, invoice: Document) -> int:
    """Return the unpaid amount of a document in cents, at least 0."""
    return max(0, invoice.totals.total - credited(db, invoice.id) - paid(db, invoice.id))
