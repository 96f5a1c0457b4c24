"""Figures of an account at a glance: what it issued, the VAT on it, and what its clients owe.

Cancelled documents do not count. Amounts are cents.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from decimal import Decimal
from typing import Final, NamedTuple

from ...fiscal.document_types import DOCUMENT_TYPES
from .rows import from_rows, list_of

_SALES: Final = list_of(row.name for row in DOCUMENT_TYPES if row.saft_section == "SalesInvoices")
_CREDITS: Final = list_of(row.name for row in DOCUMENT_TYPES if row.reduces_owner)
_OWED: Final = list_of(
    row.name for row in DOCUMENT_TYPES if row.payable or (row.corrects and not row.reduces_owner)
)
"""Owed once issued: documents that take payments, and debit notes, as in a client's account."""


class Issued(NamedTuple):
    """Documents of one type and month (`2026-11`)."""

    month: str
    type: str
    documents: int
    total: int


class VatOfRate(NamedTuple):
    """Sales at one rate (percent) of one region, credit notes deducted."""

    region: str
    rate: Decimal
    base: int
    tax: int


class OpenItem(NamedTuple):
    """The unpaid part of a document."""

    due_date: dt.date
    open: int


def issued(db: sqlite3.Connection, account_id: int, first: dt.date, last: dt.date) -> list[Issued]:
    """Return the documents issued from one day to another, by month and type."""
    rows = db.execute(
        "SELECT substr(date, 1, 7), type, count(*), sum(total) FROM documents "
        "WHERE account_id = ? AND number IS NOT NULL AND status <> 'canceled' AND date BETWEEN ? AND ? "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        (account_id, first.isoformat(), last.isoformat()),
    )
    return [Issued(*row) for row in rows]


def vat(db: sqlite3.Connection, account_id: int, first: dt.date, last: dt.date) -> list[VatOfRate]:
    """Return base and VAT of the sales of these days, the highest rate of each region first."""
    rows = db.execute(
        "SELECT * FROM documents WHERE account_id = ? AND number IS NOT NULL AND status <> 'canceled' "
        "AND date BETWEEN ? AND ? AND type IN (SELECT value FROM json_each(?))",
        (account_id, first.isoformat(), last.isoformat(), _SALES),
    ).fetchall()
    sums: defaultdict[tuple[str, Decimal], list[int]] = defaultdict(lambda: [0, 0])
    for document in from_rows(db, rows):
        sign = -1 if document.type.reduces_owner else 1
        for part in document.tax_parts:
            of_rate = sums[part.key.region, part.key.rate.normalize()]
            of_rate[0] += sign * part.base
            of_rate[1] += sign * part.tax
    found = [VatOfRate(region, rate, base, tax) for (region, rate), (base, tax) in sums.items()]
    return sorted(found, key=lambda each: (each.region, -each.rate))


def open_items(db: sqlite3.Connection, account_id: int) -> list[OpenItem]:
    """Return the documents that are not paid in full, each with the part that is open."""
    rows = db.execute(
        "SELECT due_date, rest FROM (SELECT d.due_date AS due_date, d.total"
        " - (SELECT coalesce(sum(p.amount), 0) FROM payments p JOIN documents r ON r.id = p.receipt_id"
        "    WHERE p.document_id = d.id AND r.status <> 'canceled')"
        " - (SELECT coalesce(sum(c.total), 0) FROM documents c WHERE c.owner_id = d.id"
        "    AND c.status IN ('final', 'settled') AND c.type IN (SELECT value FROM json_each(?))) AS rest"
        " FROM documents d WHERE d.account_id = ? AND d.status = 'final'"
        " AND d.type IN (SELECT value FROM json_each(?))) WHERE rest > 0",
        (_CREDITS, account_id, _OWED),
    )
    return [OpenItem(dt.date.fromisoformat(due_date), rest) for due_date, rest in rows]
