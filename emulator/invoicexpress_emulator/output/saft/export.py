"""GET /api/export_saft.json, and the file behind the address that it gives out, served without a key.

The file is made of the books as they are when it is fetched; issuing or changing a document of a month makes
the export of that month start over. The operation has months only: there is no evidence that a
year can be asked for.
"""

from __future__ import annotations

import calendar
import re
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from ...books.accounts import rows as accounts
from ...books.documents import saft_rows
from ...books.documents.issuer import issuer_now
from ...books.documents.readiness import is_ready, of_month
from ...books.trial import refuse_on_trial
from ...http import messages
from ...http.answer import Answer, FileAnswer, json_answer
from ...http.errors import Shape, invalid
from ...http.query import Query
from ...http.wire_values import parse_id
from ...seeded import seeded_hex

if TYPE_CHECKING:
    from ...books.accounts.account import Account
    from ...books.call import Call
    from ...storage.store import Store
    from .stored_books import StoredBooks

KIND: Final = "saft"

_NAME: Final = re.compile(r"(\d{1,18})-(\d{4})-(\d{2})-([0-9a-f]{40})\.xml", re.ASCII)
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 9999
"""The schema knows no dates before and after (SAFPTDateSpan)."""


def export_saft(call: Call) -> Answer:
    """Answer 202 until the export is ready, then its address; 422 if there is nothing, on trial, or abroad.

    `years` counts as `year`: the documentation has one, clients send the other. An unreadable
    month has no documents.
    """
    refuse_on_trial(call.account, 422, Shape.SAFT)
    if not call.account.is_portuguese:
        raise invalid(Shape.SAFT, messages.SAFT_PORTUGAL_ONLY.about())
    month = _asked_for(call.query)
    revision = _revision(call.db, call.account.id, month) if month else 0
    if month is None or not revision:
        raise invalid(Shape.SAFT, messages.SAFT_NOTHING.about())
    if not is_ready(call, of_month(call.account.id, month, revision), call.account.settings.saft):
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
    if year is None or month is None or not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    return date(year, month, 1)


def _last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _revision(db: sqlite3.Connection, account_id: int, month: date) -> int:
    """Return a number that grows with every change to what is exported, 0 when there is nothing."""
    return saft_rows.reported_revision(db, saft_rows.AccountDays(account_id, month, _last_day(month)))


def _token(seed: int, account_id: int, month: date) -> str:
    return seeded_hex(seed, KIND, account_id, month.isoformat())


def download(store: Store, name: str) -> FileAnswer | None:
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
    created = datetime.fromisoformat(row["first_asked"]).date()
    return file_answer(store, account, span_of(month.year, month.month), created)


class Span(NamedTuple):
    """The days to export, from the first to the last, all of one year, and the name of the span in the
    file's name.
    """

    first: date
    last: date
    name: str

    def file_name(self, account: Account) -> str:
        """Return a name for the file."""
        return f"SAFT-PT_{account.fiscal_id}_{self.name}.xml"


def span_of(year: int, month: int | None) -> Span:
    """Return a month, or a whole year.

    Raises:
        ValueError: there is no such month, or the schema knows no such year.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must be from {FIRST_YEAR} to {LAST_YEAR}, not {year}")
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31), f"{year}")
    if not 1 <= month <= 12:
        raise ValueError(f"the month must be from 1 to 12, not {month}")
    first = date(year, month, 1)
    return Span(first, _last_day(first), f"{first:%Y-%m}")


class NothingToExport(Exception):
    """There is no file to export; the message is a sentence."""


def check_there_is_something(db: sqlite3.Connection, account: Account, span: Span) -> None:
    """Raise NothingToExport for an account outside Portugal, and for days without an issued document that a
    file lists.
    """
    if not account.is_portuguese:
        raise NothingToExport(
            f"The account {account.name!r} is not in Portugal: only Portuguese accounts have a SAF-T file."
        )
    if not saft_rows.has_reported(db, saft_rows.AccountDays(account.id, span.first, span.last)):
        raise NothingToExport(f"The account {account.name!r} issued nothing to export in {span.name}.")


def file_answer(store: Store, account: Account, span: Span, created: date) -> FileAnswer:
    """Answer with a file that is made while it is sent.

    Others are served between its slices, so the exported documents may change. Such a file is never
    finished: making it raises BooksChanged, its download breaks off, and the next one has the books as they
    then are. To hold up all other requests while one caller reads slowly would be worse, and a file that is
    half old and half new worst of all.
    """
    disposition = f'attachment; filename="{span.file_name(account)}"'
    return FileAnswer(
        _watched_pieces(store, account, span, created),
        "application/xml",
        {"Content-Disposition": disposition},
    )


def _watched_pieces(store: Store, account: Account, span: Span, created: date) -> Iterator[bytes]:
    from .stored_books import StoredBooks  # noqa: PLC0415 - XML costs 20 ms that a start does not need

    books = StoredBooks(store.db, account.id, span.first, span.last)
    # Changes count from the first piece on.
    yield from _pieces(books.watched(lambda: store.renewals[account.id]), account, created)


def pieces(db: sqlite3.Connection, account: Account, span: Span, created: date) -> Iterator[bytes]:
    """Yield a file in pieces, from books that do not change meanwhile; `created` is the date in its
    header.
    """
    from .stored_books import StoredBooks  # noqa: PLC0415 - as above

    return _pieces(StoredBooks(db, account.id, span.first, span.last), account, created)


def _pieces(books: StoredBooks, account: Account, created: date) -> Iterator[bytes]:
    from .audit_file import audit_file  # noqa: PLC0415 - as above
    from .content import Period  # noqa: PLC0415 - as above

    period = Period(issuer_now(account), books.first, books.last, created)
    return audit_file(period, books)


def month_file(db: sqlite3.Connection, account: Account, month: date, created: date) -> bytes:
    """Return the whole file of a month, given by its first day."""
    return b"".join(pieces(db, account, span_of(month.year, month.month), created))
