"""What a client owes: sums over its documents, initial balance, regularizations and movements, never a
stored balance.

All amounts are cents. A document that is owed counts with what is left of it; a credit beyond what is
left of its owner, or without an owner, is the client's until it is settled, that is, paid back. Amounts
that no document explains have no VAT in them, so they count alike with and without (assumed).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from ...fiscal.document_types import BY_NAME, DOCUMENT_TYPES
from ...fiscal.totals import EXACT, cents

_CREDITS: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.reduces_owner])
_OWED: Final = frozenset(
    row.name for row in DOCUMENT_TYPES if row.payable or (row.corrects and not row.reduces_owner)
)
"""Types that are owed when they are issued: those that take payments, and debit notes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One issued document that is not cancelled, with what was paid and credited of it.

    `credited` counts all its credit notes, `refundable` those that were not paid back.
    """

    type: str
    is_settled: bool
    due_date: date
    total: int
    before_taxes: int
    paid: int
    credited: int
    refundable: int
    reduces_owed: bool
    """A credit note whose owner is owed: it counts there."""

    @property
    def due(self) -> int:
        """What the client owes of it; negative when the client is owed."""
        row = BY_NAME[self.type]
        if row.reduces_owner:
            return 0 if self.is_settled or self.reduces_owed else -self.total
        if self.type not in _OWED:
            return 0
        rest = self.total - self.credited - self.paid
        if self.is_settled and not row.payable:  # a debit note is settled without a receipt
            rest = min(rest, 0)
        return max(rest, -self.refundable)

    @property
    def due_before_taxes(self) -> int:
        """The part of `due` that is no VAT."""
        if not self.total:
            return 0
        return cents(EXACT.divide(Decimal(self.due * self.before_taxes), Decimal(self.total)).scaleb(-2))


class Amounts(NamedTuple):
    """An amount with and without VAT, in cents."""

    with_vat: int
    without_vat: int


def summed(entries: Iterable[Entry], besides: int = 0) -> Amounts:
    """Return what entries add up to, with an amount besides that has no VAT."""
    found = list(entries)
    return Amounts(
        sum(entry.due for entry in found) + besides, sum(entry.due_before_taxes for entry in found) + besides
    )


class ClientAccount(NamedTuple):
    """What a client owes and why, in cents."""

    entries: list[Entry]
    initial: int
    regularized: int
    reimbursed: int

    @property
    def balance(self) -> Amounts:
        """What the client owes in all."""
        return summed(self.entries, self.initial - self.regularized + self.reimbursed)

    def overdue(self, today: date) -> Amounts:
        """What should have been paid before today; the initial balance has no due date (assumed)."""
        return summed(entry for entry in self.entries if entry.due_date < today and entry.due > 0)

    @property
    def remaining(self) -> int:
        """What may still be written off: what is owed, never less than nothing."""
        return max(0, self.balance.with_vat)


def client_account(db: sqlite3.Connection, client_id: int) -> ClientAccount:
    """Return a client's account."""
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
    entries = [
        Entry(
            row["type"],
            row["status"] == "settled",
            date.fromisoformat(row["due_date"]),
            row["total"],
            row["before_taxes"],
            row["paid"],
            row["credited"],
            row["refundable"],
            row["owner_type"] in _OWED,
        )
        for row in rows
    ]
    return ClientAccount(
        entries,
        _total(db, "SELECT sum(value) FROM initial_balances WHERE client_id = ?", client_id),
        _total(
            db, "SELECT sum(value) FROM regularizations WHERE client_id = ? AND is_deleted = 0", client_id
        ),
        _total(
            db,
            "SELECT sum(value) FROM treasury_movements WHERE movement_type = 'Reimbursement' "
            "AND client_id = ?",
            client_id,
        ),
    )


def _total(db: sqlite3.Connection, query: str, client_id: int) -> int:
    return int(db.execute(query, (client_id,)).fetchone()[0] or 0)


def opened_on(db: sqlite3.Connection, client_id: int) -> date | None:
    """Return the date of a client's initial balance: no document of it may be older (diogopms 2026-06)."""
    row = db.execute("SELECT date FROM initial_balances WHERE client_id = ?", (client_id,)).fetchone()
    return date.fromisoformat(row["date"]) if row else None
