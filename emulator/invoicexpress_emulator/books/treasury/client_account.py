"""A client's debt: the sum of its documents, initial balance, regularizations and movements, never a stored
balance.

All amounts are cents. An owed document counts with its open amount; a credit beyond the open amount of its
owner, or without an owner, belongs to the client until it is settled, that is, paid back. Amounts without a
document contain no VAT, so they count the same with and without (assumed).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ...fiscal.totals import EXACT, cents
from ..documents.payment_rows import ClientDocument, issued_to_client
from . import rows

if TYPE_CHECKING:
    from ...fiscal.document_types import DocumentType


def _is_owed(document_type: DocumentType | None) -> bool:
    """Whether documents of a type are owed once issued: those that take payments, and debit notes."""
    return document_type is not None and (
        document_type.payable or (document_type.corrects and not document_type.reduces_owner)
    )


def due(document: ClientDocument) -> int:
    """Return the client's debt for a document in cents; negative when the client is owed.

    A credit note whose owner is owed counts there.
    """
    if document.type.reduces_owner:
        return 0 if document.is_settled or _is_owed(document.owner_type) else -document.total
    if not _is_owed(document.type):
        return 0
    rest = document.total - document.credited - document.paid
    if document.is_settled and not document.type.payable:  # a debit note is settled without a receipt
        rest = min(rest, 0)
    return max(rest, -document.refundable)


def due_before_taxes(document: ClientDocument) -> int:
    """Return `due` without its share of VAT."""
    if not document.total:
        return 0
    share = EXACT.divide(Decimal(due(document) * document.before_taxes), Decimal(document.total))
    return cents(share.scaleb(-2))


class Amounts(NamedTuple):
    """An amount with and without VAT, in cents."""

    with_vat: int
    without_vat: int


def summed(documents: Iterable[ClientDocument], besides: int = 0) -> Amounts:
    """Return the debt for all these documents, plus an amount without VAT."""
    found = list(documents)
    return Amounts(
        sum(due(each) for each in found) + besides, sum(due_before_taxes(each) for each in found) + besides
    )


class ClientAccount(NamedTuple):
    """A client's debt and its components, in cents."""

    documents: list[ClientDocument]
    initial: int
    regularized: int
    reimbursed: int

    @property
    def balance(self) -> Amounts:
        """The whole debt."""
        return summed(self.documents, self.initial - self.regularized + self.reimbursed)

    def overdue(self, today: date) -> Amounts:
        """The debt for documents due before today; the initial balance has no due date (assumed)."""
        return summed(each for each in self.documents if each.due_date < today and due(each) > 0)

    @property
    def remaining(self) -> int:
        """The cents that may still be written off: the debt, at least 0."""
        return max(0, self.balance.with_vat)


def client_account(db: sqlite3.Connection, client_id: int) -> ClientAccount:
    """Return a client's account."""
    opening = rows.initial_balance(db, client_id)
    return ClientAccount(
        documents=issued_to_client(db, client_id),
        initial=opening.value if opening else 0,
        regularized=rows.regularized(db, client_id),
        reimbursed=rows.reimbursed(db, client_id),
    )
