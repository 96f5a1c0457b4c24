"""GET /api/export_saft.json: asked for, then ready, then served without a key, as PDFs are.

The file is made of the books as they are when it is fetched; a document that is issued or changed in a
month makes the export of that month start over.
"""

from __future__ import annotations

import calendar
import json
import re
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from . import accounts, messages
from .account import Account
from .answer import Answer, json_answer
from .call import Call
from .crashes import Crashed
from .document import Document, from_rows
from .document_types import DOCUMENT_TYPES
from .errors import Shape, invalid
from .query import Query
from .seeded import seeded_hex
from .store import Store
from .trial import refuse_on_trial
from .wire_values import parse_id

if TYPE_CHECKING:
    from .saft import Books, Settled

KIND: Final = "saft"

_NAME: Final = re.compile(r"(\d{1,18})-(\d{4})-(\d{2})-([0-9a-f]{40})\.xml", re.ASCII)
_FIRST_YEAR: Final = 2000
"""The schema knows no dates before (SAFPTDateSpan)."""

_TYPES: Final = json.dumps([row.name for row in DOCUMENT_TYPES if row.saft_section is not None])
_EXPORTED: Final = (
    "FROM documents WHERE account_id = ? AND number IS NOT NULL AND date BETWEEN ? AND ? "
    "AND type IN (SELECT value FROM json_each(?))"
)


def export_saft(call: Call) -> Answer:
    """Answer 202 until the export is ready, then its address; 422 if there is nothing, on trial, or abroad.

    `years` is taken for `year`: the documentation says the one, clients send the other. A month that
    cannot be read has no documents.
    """
    refuse_on_trial(call.account, 422, Shape.SAFT)
    if not call.account.is_portuguese:
        raise invalid(Shape.SAFT, messages.SAFT_PORTUGAL_ONLY.about())
    month = _asked_for(call.query)
    revision = _revision(call.db, call.account.id, month) if month else 0
    if month is None or not revision:
        raise invalid(Shape.SAFT, messages.SAFT_NOTHING.about())
    if not _is_ready(call, month, revision):
        return json_answer(
            {"message": call.profile.words(messages.SAFT_STARTED.about(), call.account.settings.language)},
            202,
        )
    token = _token(call.store.seed, call.account.id, month)
    url = f"{call.base_url}/downloads/{KIND}/{call.account.id}-{month:%Y-%m}-{token}.xml"
    return json_answer({call.profile.saft_url_key: url})


def _asked_for(query: Query) -> date | None:
    """Return the first day of the month that a query names, None if it names none."""
    year, month = parse_id(query.one("year") or query.one("years")), parse_id(query.one("month"))
    if year is None or month is None or not (_FIRST_YEAR <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, 1)


def _span(account_id: int, month: date) -> tuple[int, str, str, str]:
    return account_id, month.isoformat(), _last_day(month).isoformat(), _TYPES


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _revision(db: sqlite3.Connection, account_id: int, month: date) -> int:
    """Return a number that grows with every change to what is exported, 0 when there is nothing."""
    row = db.execute(f"SELECT coalesce(sum(revision), 0) AS total {_EXPORTED}", _span(account_id, month))
    return int(row.fetchone()["total"])


def _is_ready(call: Call, month: date, revision: int) -> bool:
    """Count this poll, and say whether the export of this state of the books is ready.

    Raises:
        Crashed: the account's settings want it to fail.
    """
    key = (call.account.id, month.isoformat())
    row = call.db.execute(
        "SELECT revision, polls, first_asked FROM saft_exports WHERE account_id = ? AND month = ?", key
    ).fetchone()
    polls, first_asked = 1, call.now
    if row is not None and row["revision"] == revision:
        polls, first_asked = int(row["polls"]) + 1, datetime.fromisoformat(row["first_asked"])
    call.db.execute(
        "INSERT OR REPLACE INTO saft_exports (account_id, month, revision, polls, first_asked) "
        "VALUES (?, ?, ?, ?, ?)",
        (*key, revision, polls, first_asked.isoformat()),
    )
    if call.account.settings.saft.has_failed(polls):
        raise Crashed
    return call.account.settings.saft.is_reached(polls, call.now - first_asked)


def _token(seed: int, account_id: int, month: date) -> str:
    return seeded_hex(seed, KIND, account_id, month.isoformat())


def download(store: Store, name: str) -> Answer | None:
    """Return the file behind an address that was given out, None for any other."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    account_id, year, number, token = match.groups()
    month = _asked_for(Query([("year", year), ("month", number)]))
    if month is None or token != _token(store.seed, int(account_id), month):
        return None
    row = store.db.execute(
        "SELECT first_asked FROM saft_exports WHERE account_id = ? AND month = ?",
        (int(account_id), month.isoformat()),
    ).fetchone()
    if row is None:
        return None
    account = accounts.by_id(store.db, int(account_id))
    content = month_file(store.db, account, month, datetime.fromisoformat(row["first_asked"]).date())
    file_name = f"SAFT-PT_{account.fiscal_id}_{month:%Y-%m}.xml"
    return Answer(
        200, content, "application/xml", {"Content-Disposition": f'attachment; filename="{file_name}"'}
    )


def month_file(db: sqlite3.Connection, account: Account, month: date, created: date) -> bytes:
    """Return the file of a month, given by its first day, as the books are now; `created` is what it says
    of itself.
    """
    from .saft import Period, audit_file  # noqa: PLC0415 - XML costs 20 ms that a start does not need

    period = Period(account.organization_name, account.fiscal_id, month, _last_day(month), created)
    return audit_file(period, _books(db, account, month))


def _books(db: sqlite3.Connection, account: Account, month: date) -> Books:
    from .saft import Books  # noqa: PLC0415 - as above

    rows = db.execute(f"SELECT * {_EXPORTED} ORDER BY type, series_row_id, number", _span(account.id, month))
    documents = from_rows(db, rows)
    return Books(
        documents=documents,
        owners={each.id: each for each in _by_ids(db, {each.owner_id for each in documents})},
        settled=_settled(db, documents),
        invoiced=_invoiced(db, documents),
    )


def _by_ids(db: sqlite3.Connection, ids: Iterable[int | None]) -> list[Document]:
    rows = db.execute(
        "SELECT * FROM documents WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
    )
    return from_rows(db, rows)


def _settled(db: sqlite3.Connection, documents: list[Document]) -> dict[int, list[Settled]]:
    """Return what each receipt among the documents pays."""
    from .saft import Settled  # noqa: PLC0415 - as above

    receipts = [each.id for each in documents if each.type.is_receipt]
    rows = db.execute(
        "SELECT * FROM payments WHERE receipt_id IN (SELECT value FROM json_each(?)) ORDER BY receipt_id",
        (json.dumps(receipts),),
    ).fetchall()
    paid = {each.id: each for each in _by_ids(db, {row["document_id"] for row in rows})}
    settled: dict[int, list[Settled]] = {}
    for row in rows:
        invoice = paid[row["document_id"]]
        settled.setdefault(row["receipt_id"], []).append(
            Settled(invoice.printed_number or "", invoice.date, row["amount"], row["mechanism"])
        )
    return settled


def _invoiced(db: sqlite3.Connection, documents: list[Document]) -> frozenset[int]:
    """Return the guides among the documents that have a live invoice, whichever of the two came first."""
    guides = [each.id for each in documents if each.type.saft_section == "MovementOfGoods"]
    rows = db.execute(
        "SELECT g.id FROM documents g JOIN documents i ON i.owner_id = g.id OR i.id = g.owner_id "
        "WHERE i.status NOT IN ('draft', 'canceled', 'deleted') "
        "AND g.id IN (SELECT value FROM json_each(?))",
        (json.dumps(guides),),
    )
    return frozenset(row["id"] for row in rows)
