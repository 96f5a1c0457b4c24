"""The whole check of an account: series after series, drafts, rules between documents, months."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from ..books.documents.rows import from_rows
from ..fiscal.document_types import DOCUMENT_TYPES
from ..output import qr_code
from ..output.saft import export
from . import stored
from .amounts import check_amounts, check_currency, check_exemption, exact_lines
from .audit_file import MonthFile
from .balances import check_balances
from .contents import check_contents
from .finding import SERIES, TOTALS, Finding, Flaw
from .qr_text import check_qr
from .series_chain import SeriesChain, public_key
from .states import check_state
from .warnings import find_warnings

if TYPE_CHECKING:
    from ..books.accounts.account import Account
    from ..books.documents.document import Document
    from .stored import Stored

_REPORTED: Final = ", ".join(f"'{row.name}'" for row in DOCUMENT_TYPES if row.saft_section is not None)
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)
_FIRST_MONTH: Final = "2000-01"
"""The schema of SAF-T knows no dates before, so nothing earlier can be asked for."""


def check_account(db: sqlite3.Connection, account: Account) -> Iterator[Finding]:
    """Yield the findings about the books of an account. Nothing is written, and at most the documents of a
    month are held at once. An account outside Portugal is not held to rules of Portuguese law alone.
    """
    for found, flaw in _flaws(db, account):
        document_id, number = found or (None, None)
        yield Finding(account.name, flaw.rule.name, flaw.clause, document_id, number, flaw.sentence)


def warn_of(db: sqlite3.Connection, account: Account) -> Iterator[Finding]:
    """Yield the warnings about the books of a Portuguese account."""
    for row, flaw in find_warnings(db, account.id) if account.is_portuguese else ():
        number = stored.printed_number(row)
        yield Finding(account.name, flaw.rule.name, flaw.clause, row["id"], number, flaw.sentence)


_Concerned = tuple[int, str | None] | None


def _of(each: Stored | None) -> _Concerned:
    return None if each is None else (each.id, each.printed)


def _flaws(db: sqlite3.Connection, account: Account) -> Iterator[tuple[_Concerned, Flaw]]:
    key, twice = public_key(db), _code_twice(db, account.id)
    for series_row in db.execute(
        "SELECT r.*, s.serie, s.account_id FROM series_rows r JOIN series s ON s.id = r.series_id "
        "WHERE s.account_id = ? ORDER BY r.id",
        (account.id,),
    ).fetchall():
        chain = SeriesChain(account, series_row, key)
        for flaw in chain.begin(twice.get(series_row["id"], ())):
            yield None, flaw
        for each, flaw in _series(db, account, series_row, chain):
            yield _of(each), flaw
    for each, flaw in _outside_series(db, account):
        yield _of(each), flaw
    yield from check_balances(db, account.id)
    for each, flaw in _months(db, account) if account.is_portuguese else ():
        yield _of(each), flaw


def _series(
    db: sqlite3.Connection, account: Account, series_row: sqlite3.Row, chain: SeriesChain
) -> Iterator[tuple[Stored | None, Flaw]]:
    numbered = "series_row_id = ? AND number IS NOT NULL ORDER BY number, id"
    for batch in stored.every(db, numbered, (series_row["id"],)):
        for each in batch:
            for flaw in chain.follow(each):
                yield each, flaw
        yield from _documents(db, account, batch)
    yield from chain.end()


def _code_twice(db: sqlite3.Connection, account_id: int) -> dict[int, list[sqlite3.Row]]:
    """Return, by series row of the account, the rows of any account that have the same validation code."""
    found: dict[int, list[sqlite3.Row]] = {}
    for row in db.execute(
        "SELECT r.id AS mine, o.*, os.serie FROM series s JOIN series_rows r ON r.series_id = s.id "
        "JOIN series_rows o ON o.validation_code = r.validation_code AND o.id <> r.id "
        "JOIN series os ON os.id = o.series_id WHERE s.account_id = ? ORDER BY r.id, o.id",
        (account_id,),
    ):
        found.setdefault(row["mine"], []).append(row)
    return found


def _outside_series(db: sqlite3.Connection, account: Account) -> Iterator[tuple[Stored, Flaw]]:
    """Yield the flaws of drafts, and of documents numbered in no series of the account."""
    own = "SELECT r.id FROM series_rows r JOIN series s ON s.id = r.series_id WHERE s.account_id = ?"
    outside = f"account_id = ? AND (number IS NULL OR series_row_id IS NULL OR series_row_id NOT IN ({own}))"
    for batch in stored.every(db, f"{outside} ORDER BY id", (account.id, account.id)):
        for each in batch:
            row_id = each.row["series_row_id"]
            if each.row["number"] is not None and row_id is not None:
                yield each, Flaw(SERIES, f"Its series row {row_id} belongs to no series of this account.")
        yield from _documents(db, account, batch)


def _documents(
    db: sqlite3.Connection, account: Account, batch: list[Stored]
) -> Iterator[tuple[Stored, Flaw]]:
    """Yield the flaws of documents by themselves: state, contents, amounts, QR code."""
    paid, made, goods = _paid_by(db, batch), _made_of(db, batch), _goods_of(db, batch)
    for each in batch:
        if each.row["number"] is not None:
            for flaw in check_contents(each, goods.get(each.id), account.fiscal_id):
                yield each, flaw
        for flaw in _document(account, each, paid.get(each.id), made):
            yield each, flaw


def _document(
    account: Account, each: Stored, paid: int | None, made: Callable[[Stored], Document]
) -> Iterator[Flaw]:
    yield from check_state(each)
    try:
        exact = exact_lines(each)
        flaws = [*check_amounts(each, exact, paid), *check_currency(each.row)]
    except ValueError as error:
        yield Flaw(TOTALS, f"One of its numbers, or of its lines' numbers, is malformed: {error}.")
        return
    yield from flaws
    if each.row["number"] is not None and account.is_portuguese:
        yield from check_exemption(each, exact)
        issuer = account.fiscal_id
        yield from check_qr(lambda: qr_code.qr_text(made(each), issuer), each, exact, issuer)


def _made_of(db: sqlite3.Connection, batch: list[Stored]) -> Callable[[Stored], Document]:
    """Return a function that reads a row of the batch as the rules do, for its QR code."""
    try:
        known = {made.id: made for made in from_rows(db, [each.row for each in batch])}
    except Exception:
        # One row that the rules cannot read must not hide the others: each is then read by itself.
        known = {}
    return lambda each: known.get(each.id) or from_rows(db, [each.row])[0]


def _goods_of(db: sqlite3.Connection, batch: list[Stored]) -> dict[int, sqlite3.Row]:
    """Return the rows of `deliveries`, by document."""
    rows = db.execute(
        "SELECT * FROM deliveries WHERE document_id IN (SELECT value FROM json_each(?))",
        (json.dumps([each.id for each in batch]),),
    )
    return {row["document_id"]: row for row in rows}


def _paid_by(db: sqlite3.Connection, batch: list[Stored]) -> dict[int, int]:
    """Return the amounts that the receipts among documents pay, in cents."""
    receipts = [each.id for each in batch if each.type.is_receipt]
    if not receipts:
        return {}
    marks = ", ".join("?" * len(receipts))
    rows = db.execute(
        f"SELECT receipt_id, amount FROM payments WHERE receipt_id IN ({marks})",  # noqa: S608 - question marks
        receipts,
    )
    return {row["receipt_id"]: row["amount"] for row in rows}


def _months(db: sqlite3.Connection, account: Account) -> Iterator[tuple[Stored | None, Flaw]]:
    reported = f"account_id = ? AND number IS NOT NULL AND type IN ({_REPORTED})"
    months = db.execute(
        f"SELECT DISTINCT substr(date, 1, 7) AS month FROM documents WHERE {reported} "  # noqa: S608 - own constants
        "AND date >= ? ORDER BY month",
        (account.id, _FIRST_MONTH),
    ).fetchall()
    for row in months:
        month = str(row["month"])
        if not _MONTH.fullmatch(month):
            continue  # a malformed date has a finding of its own
        file = MonthFile(month, account.fiscal_id)
        of_month = f"{reported} AND date BETWEEN ? AND ? ORDER BY id"
        for batch in stored.every(db, of_month, (account.id, f"{month}-01", f"{month}-31")):
            for each in batch:
                file.add(each)
        first = date.fromisoformat(f"{month}-01")
        yield from file.check(partial(export.month_file, db, account, first, first))
