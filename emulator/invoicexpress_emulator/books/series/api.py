"""Series (séries): one row per document type, each with its own id, number, date, validation code and
hash chain.

A document's `sequence_id` is the id of the row of its own type; the series' own id is that of its
invoice row, so sending it for another type is refused (suestecreative 2026). A series cannot be
renamed or deleted.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from ...fiscal.atcud import validation_code
from ...fiscal.document_types import SERIES_ROWS
from ...http import messages
from ...http.answer import EMPTY, Answer, json_answer
from ...http.errors import Missing, NotFound, Refused, Shape, invalid
from ...http.root_object import root_object
from ...storage import ids
from .series import NEEDS_REGISTRATION, Series, SeriesRow

if TYPE_CHECKING:
    from ...http.messages import Text
    from ...http.wire_values import JsonValue
    from ...storage.store import Store
    from ..accounts.account import Account
    from ..accounts.settings import AtRegistration
    from ..call import Call

_SERIES_NAME: Final = re.compile(r"[A-Za-z0-9._-]{1,35}")
"""No blank, `/` or `^` may be in it (SAF-T schema, InvoiceNo); the length is assumed."""


_ROWS: Final = "SELECT r.*, s.serie FROM series_rows r JOIN series s ON s.id = r.series_id "


def _row(row: sqlite3.Row) -> SeriesRow:
    last_date = row["last_date"]
    return SeriesRow(
        row["id"],
        row["series_id"],
        row["serie"],
        row["document_root"],
        row["validation_code"],
        row["last_number"],
        date.fromisoformat(last_date) if last_date else None,
        row["last_signature"],
    )


def _series(db: sqlite3.Connection, row: sqlite3.Row) -> Series:
    rows = db.execute(_ROWS + "WHERE r.series_id = ? ORDER BY r.id", (row["id"],))
    return Series(
        row["id"],
        row["serie"],
        bool(row["sent_as_integer"]),
        bool(row["is_default"]),
        {found["document_root"]: _row(found) for found in rows},
    )


def row_by_id(db: sqlite3.Connection, account_id: int, row_id: int) -> SeriesRow | None:
    """Return a row of one of the account's series."""
    found = db.execute(_ROWS + "WHERE r.id = ? AND s.account_id = ?", (row_id, account_id)).fetchone()
    return _row(found) if found else None


def row_for(db: sqlite3.Connection, account_id: int, root: str, serie: str | None = None) -> SeriesRow:
    """Return a type's row in the series named `serie`, or in the default series if there is none of
    that name.
    """
    named = _ROWS + "WHERE s.account_id = ? AND r.document_root = ? AND "
    found = None
    if serie is not None:
        found = db.execute(named + "s.serie = ?", (account_id, root, serie)).fetchone()
    return _row(found or db.execute(named + "s.is_default = 1", (account_id, root)).fetchone())


def advance(db: sqlite3.Connection, row: SeriesRow, *, issued_on: date, signature: str | None) -> int:
    """Take the next number of a row and return it; remember date and signature for the next document."""
    number = row.last_number + 1
    db.execute(
        "UPDATE series_rows SET last_number = ?, last_date = ?, last_signature = ? WHERE id = ?",
        (number, issued_on.isoformat(), signature or "", row.id),
    )
    return number


def default_series_name(account_name: str) -> str:
    """Return the name of a new account's first series: upper case, letters and digits only (weareswat
    2020)."""
    return re.sub(r"[^A-Z0-9]", "", account_name.upper())


def add(
    store: Store,
    account_id: int,
    serie: str,
    *,
    is_default: bool = False,
    registered: bool = False,
    sent_as_integer: bool = False,
) -> int:
    """Make a series with a row for every document type and return its id."""
    series_id = ids.next_id(store.db, account_id, "series", block=len(SERIES_ROWS))
    if is_default:
        store.db.execute("UPDATE series SET is_default = 0 WHERE account_id = ?", (account_id,))
    store.db.execute(
        "INSERT INTO series (id, account_id, serie, sent_as_integer, is_default) VALUES (?, ?, ?, ?, ?)",
        (series_id, account_id, serie, int(sent_as_integer), int(is_default)),
    )
    store.db.executemany(
        "INSERT INTO series_rows (id, series_id, document_root) VALUES (?, ?, ?)",
        [(series_id + row.offset, series_id, row.root) for row in SERIES_ROWS],
    )
    if registered:
        register(store, series_id)
    return series_id


def register(store: Store, series_id: int) -> int:
    """Give every row that needs one and has none a validation code; return how many got one."""
    waiting = store.db.execute(
        "SELECT id, document_root FROM series_rows WHERE series_id = ? AND validation_code IS NULL",
        (series_id,),
    ).fetchall()
    codes = [
        (validation_code(store.seed, *ids.place_of("series", row["id"])), row["id"])
        for row in waiting
        if NEEDS_REGISTRATION[row["document_root"]]
    ]
    store.db.executemany("UPDATE series_rows SET validation_code = ? WHERE id = ?", codes)
    return len(codes)


def _find(call: Call) -> Series | None:
    row = call.db.execute(
        "SELECT * FROM series WHERE id = ? AND account_id = ?", (call.path_id("sequence_id"), call.account.id)
    ).fetchone()
    return _series(call.db, row) if row else None


def _found(call: Call) -> Series:
    series = _find(call)
    if series is None:
        raise NotFound(Missing.SEQUENCE)
    return series


class _Refusal(NamedTuple):
    """How the tax authority's answer comes back: the same trouble has another code at each endpoint."""

    status: int
    create: Text
    register: Text


_TROUBLES: Final[Mapping[AtRegistration, _Refusal]] = {
    "no_credentials": _Refusal(422, messages.SEQUENCE_BAD_CREDENTIALS, messages.REGISTER_BAD_CREDENTIALS),
    "no_activity": _Refusal(422, messages.SEQUENCE_NO_ACTIVITY, messages.REGISTER_NO_ACTIVITY),
    "invalid_series": _Refusal(422, messages.SEQUENCE_INVALID, messages.REGISTER_NAME_NOT_ALLOWED),
    "registered_elsewhere": _Refusal(422, messages.SEQUENCE_EXISTS, messages.REGISTER_KNOWN_ALREADY),
    "in_progress": _Refusal(409, messages.SEQUENCE_BEING_REGISTERED, messages.REGISTER_BEING_REGISTERED),
    "unknown_error": _Refusal(422, messages.SEQUENCE_UNKNOWN_ERROR, messages.REGISTER_UNKNOWN_ERROR),
}
"""Codes of creating and of registering a series (vendor docs 2026-07). What the page does not say is when 003
of creating ("invalid sequence") and 001 and 007 of registering ("name not allowed", "all registered in AT")
are met: here, when the tax authority takes no series of that name, or knows it already (assumed). The other
codes need no setting: a name that is none or is taken, an account elsewhere, a series that is not there or
has all its codes.
"""


def _trouble(account: Account) -> _Refusal | None:
    """Return what keeps an account from registering series at the (simulated) tax authority."""
    if account.at_user is not None and account.settings.at_registration == "no_credentials":
        return None
    return _TROUBLES.get(account.settings.at_registration)


def _series_json(call: Call, series: Series) -> dict[str, JsonValue]:
    return call.profile.series(series, portuguese=call.account.is_portuguese)


def of_account(db: sqlite3.Connection, account_id: int) -> list[Series]:
    """Return the series of an account, oldest first."""
    rows = db.execute("SELECT * FROM series WHERE account_id = ? ORDER BY id", (account_id,)).fetchall()
    return [_series(db, row) for row in rows]


def list_sequences(call: Call) -> Answer:
    """GET /sequences.json: all of them, no pagination."""
    shown: list[JsonValue] = [_series_json(call, each) for each in of_account(call.db, call.account.id)]
    return json_answer({"sequences": shown})


def get_sequence(call: Call) -> Answer:
    """GET /sequences/{id}.json, by the series' own id."""
    return json_answer({call.profile.series_root: _series_json(call, _found(call))})


def _is_taken(call: Call, serie: str) -> bool:
    """Whether the account has a series of this name. Nothing frees a name (Despacho 8632/2014, 1.8), and one
    that differs in case alone is the same: on paper nobody could tell `Loja/1` from `LOJA/1` (assumed).
    """
    named = "SELECT 1 FROM series WHERE account_id = ? AND serie = ? COLLATE NOCASE"  # names are ASCII
    return call.db.execute(named, (call.account.id, serie)).fetchone() is not None


def last_entries(db: sqlite3.Connection, account_id: int) -> list[datetime]:
    """Return when the last document of each series and type of an account was entered."""
    rows = db.execute(
        "SELECT d.system_entry FROM series s JOIN series_rows r ON r.series_id = s.id "
        "JOIN documents d ON d.series_row_id = r.id AND d.number = r.last_number WHERE s.account_id = ?",
        (account_id,),
    )
    return [datetime.fromisoformat(row["system_entry"]) for row in rows if row["system_entry"]]


def _asks_for_default(sent: JsonValue) -> bool:
    """Only `"1"` and true do; an integer 1 is silently ignored (recorded 2019, weareswat 2020)."""
    return sent is True or sent == "1"


def create_sequence(call: Call) -> Answer:
    """POST /sequences.json: makes a series and registers it at the (simulated) tax authority, which only
    Portuguese accounts do (vendor docs 2026-07: sequences).
    """
    data = root_object(call.body, "sequence", shape=Shape.SEQUENCE)
    sent = data.get("serie")
    is_integer = isinstance(sent, int) and not isinstance(sent, bool)
    serie = str(sent) if is_integer else sent
    if not isinstance(serie, str) or not _SERIES_NAME.fullmatch(serie):
        raise invalid(Shape.SEQUENCE, messages.SEQUENCE_NAME_NOT_ALLOWED.about())
    if _is_taken(call, serie):
        raise invalid(Shape.SEQUENCE, messages.SEQUENCE_EXISTS.about())
    is_portuguese = call.account.is_portuguese
    if is_portuguese and (trouble := _trouble(call.account)):
        raise Refused(trouble.status, Shape.SEQUENCE, trouble.create.about())
    series_id = add(
        call.store,
        call.account.id,
        serie,
        is_default=_asks_for_default(data.get("default_sequence")),
        registered=is_portuguese and call.account.settings.at_registration != "manual",
        sent_as_integer=is_integer,
    )
    row = call.db.execute("SELECT * FROM series WHERE id = ?", (series_id,)).fetchone()
    return json_answer({call.profile.series_root: _series_json(call, _series(call.db, row))}, 201)


def set_current(call: Call) -> Answer:
    """PUT /sequences/{id}/set_current.json: makes a series the default."""
    series = _found(call)
    call.db.execute(
        "UPDATE series SET is_default = (id = ?) WHERE account_id = ?", (series.id, call.account.id)
    )
    return EMPTY


def register_sequence(call: Call) -> Answer:
    """PUT /sequences/{id}/register.json: the answer is a list with one series (vendor docs 2026-07)."""
    series = _find(call)
    if series is None:
        raise Refused(404, Shape.SEQUENCE, messages.SEQUENCE_UNKNOWN.about())
    if not call.account.is_portuguese:
        raise invalid(Shape.SEQUENCE, messages.REGISTER_NOT_PORTUGUESE.about())
    if trouble := _trouble(call.account):
        raise Refused(trouble.status, Shape.SEQUENCE, trouble.register.about())
    if not register(call.store, series.id):
        raise Refused(409, Shape.SEQUENCE, messages.ALL_SEQUENCES_REGISTERED.about())
    shown: list[JsonValue] = [_series_json(call, _found(call))]
    return json_answer({"sequences": shown})
