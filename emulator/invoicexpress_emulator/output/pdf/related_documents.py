"""The other documents that a page names: the one that it corrects or bills, and those that it pays.

None of it changes once the document is issued, so a second copy has the same (Despacho 8632/2014, 2.2.15).
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from ...books.documents import payment_rows
from ...books.documents import rows as documents

if TYPE_CHECKING:
    from ...books.documents.document import Document


class Settled(NamedTuple):
    """One payment of a receipt: the paid document, cents, and the code of the mechanism."""

    document: Document
    amount: int
    mechanism: str


class RelatedDocuments(NamedTuple):
    """The documents that the printed one names."""

    owner: Document | None = None
    """The one that it corrects (Despacho 8632/2014, 1.4), bills or moves the goods of."""
    settled: tuple[Settled, ...] = ()


def related_to(db: sqlite3.Connection, account_id: int, printed: Document) -> RelatedDocuments:
    """Return the documents that a document of the account names."""
    owner = documents.by_id(db, account_id, printed.owner_id) if printed.owner_id is not None else None
    payments = payment_rows.payments_of(db, [printed.id])
    found = [(documents.by_id(db, account_id, payment.document_id), payment) for payment in payments]
    settled = (
        Settled(paid, payment.amount, payment.mechanism) for paid, payment in found if paid is not None
    )
    return RelatedDocuments(owner, tuple(settled))
