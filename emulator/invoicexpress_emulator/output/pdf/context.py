"""What a document's page says of other documents: which one it corrects or bills, and what it pays.

None of it changes once the document is issued, so a second copy says the same (Despacho 8632/2014, 2.2.15).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ...books.documents import rows as documents

if TYPE_CHECKING:
    from ...books.documents.document import Document


class Settled(NamedTuple):
    """What a receipt pays: the document, the part of it in cents, and the code of the mechanism."""

    document: Document
    amount: int
    mechanism: str


@dataclass(frozen=True, slots=True)
class PrintedContext:
    """The documents beside the printed one."""

    owner: Document | None = None
    """Which it corrects (Despacho 8632/2014, 1.4), bills or moves the goods of."""
    settled: tuple[Settled, ...] = ()


def context_of(db: sqlite3.Connection, account_id: int, printed: Document) -> PrintedContext:
    """Return what stands beside a document of the account."""
    owner = documents.by_id(db, account_id, printed.owner_id) if printed.owner_id is not None else None
    payments = documents.payments_of(db, [printed.id])
    found = [(documents.by_id(db, account_id, payment.document_id), payment) for payment in payments]
    settled = (
        Settled(paid, payment.amount, payment.mechanism) for paid, payment in found if paid is not None
    )
    return PrintedContext(owner, tuple(settled))
