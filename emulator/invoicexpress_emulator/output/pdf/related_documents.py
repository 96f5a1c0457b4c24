"""What a document's page says of other documents: which one it corrects or bills, and what it pays.

None of it changes once the document is issued, so a second copy says the same (Despacho 8632/2014, 2.2.15).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ...books.documents import document

if TYPE_CHECKING:
    from ...books.documents.document import Document


class Settled(NamedTuple):
    """What a receipt pays: the document, the part of it in cents, and the code of the mechanism."""

    document: Document
    amount: int
    mechanism: str


@dataclass(frozen=True, slots=True)
class RelatedDocuments:
    """The documents beside the printed one."""

    owner: Document | None = None
    """Which it corrects (Despacho 8632/2014, 1.4), bills or moves the goods of."""
    settled: tuple[Settled, ...] = ()


def related_to(db: sqlite3.Connection, account_id: int, printed: Document) -> RelatedDocuments:
    """Return what stands beside a document of the account."""
    owner = document.by_id(db, account_id, printed.owner_id) if printed.owner_id is not None else None
    rows = db.execute(
        "SELECT document_id, amount, mechanism FROM payments WHERE receipt_id = ?", (printed.id,)
    ).fetchall()
    found = [(document.by_id(db, account_id, row["document_id"]), row) for row in rows]
    settled = (Settled(paid, row["amount"], row["mechanism"]) for paid, row in found if paid is not None)
    return RelatedDocuments(owner, tuple(settled))
