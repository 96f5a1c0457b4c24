"""Corrupting any column that matters, in any row, with any value, breaks some rule.

Columns that no rule reads are listed in a separate table, each with the reason.
"""

from __future__ import annotations

import sqlite3
from base64 import b64encode
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.books.catalogue.items.item import UNITS
from invoicexpress_emulator.fiscal.document_types import BY_NAME, DOCUMENT_TYPES
from invoicexpress_emulator.fiscal.exemption_codes import EXEMPTIONS
from invoicexpress_emulator.fiscal.payment_mechanisms import PAYMENT_MECHANISMS
from invoicexpress_emulator.verify.books import check_account, warn_of
from invoicexpress_emulator.verify.finding import Finding
from invoicexpress_emulator.verify.stored import LIVE

Values = st.SearchStrategy[Any]

WORDS: Values = st.text(st.characters(codec="utf-8"), max_size=12)
INTEGERS: Values = st.integers(-(10**9), 10**12)
IDS: Values = st.integers(10**10, 10**11)
"""Ids that nothing has."""
MOMENTS: Values = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - the zone is added
    lambda moment: moment.replace(microsecond=0).isoformat() + "+00:00"
)


def is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


NO_NUMBER = WORDS.filter(lambda text: not is_number(text) and "/" not in text and "_" not in text)
NO_MOMENT = WORDS.filter(lambda text: not any(mark.isdigit() for mark in text))
NO_PERCENTAGE = st.one_of(
    NO_NUMBER.filter(bool), st.integers(101, 10**6).map(str), st.integers(-9, -1).map(str)
)
NO_CLIENT = st.one_of(
    NO_MOMENT.filter(lambda text: "{" not in text), st.sampled_from(["{}", "[]", '{"name": "B"}'])
)
TAX_CODES = st.one_of(st.sampled_from(["RED", "INT", "NOR", "ISE"]), WORDS.filter(bool))
NO_MECHANISM = WORDS.filter(lambda text: text not in PAYMENT_MECHANISMS)
NO_CODE = WORDS.filter(lambda text: text not in EXEMPTIONS and text != "")


def other_amount(least: str) -> Callable[[sqlite3.Row, str], Values]:
    """Numbers at least a cent from the stored one, and values that are not numbers."""

    def values(row: sqlite3.Row, column: str) -> Values:
        old = Decimal(row[column])
        more = st.decimals(Decimal(least), 10**6, places=4).map(lambda change: str(old + change))
        less = st.decimals(Decimal(least), 10**6, places=4).map(lambda change: str(old - change))
        return st.one_of(more, less, NO_NUMBER)

    return values


def anything(values: Values) -> Callable[[sqlite3.Row, str], Values]:
    return lambda row, column: values


def untrue_states(row: sqlite3.Row, column: str) -> Values:
    """All states except those that the document could have reached without a trace."""
    of_type = BY_NAME[row["type"]]
    every: set[str] = {"draft", "deleted", "canceled", *LIVE, "inventado"}
    states: set[str] = {"final", *of_type.states.values()}
    quiet: set[str] = set() if of_type.payable else states & {*LIVE}
    return st.sampled_from(sorted(every - (quiet if row["status"] in LIVE else set())))


def earlier_days(row: sqlite3.Row, column: str) -> Values:
    last = date.fromisoformat(row["date"]) - timedelta(days=1)
    return st.one_of(st.dates(date(2000, 1, 1), last).map(date.isoformat), NO_MOMENT)


def cancellations(row: sqlite3.Row, column: str) -> Values:
    if row["status"] != "canceled":
        return MOMENTS
    entered = datetime.fromisoformat(row["system_entry"]).replace(tzinfo=None)
    before = st.datetimes(datetime(1990, 1, 1), entered - timedelta(hours=2))  # noqa: DTZ001 - UTC is added
    return st.one_of(before.map(lambda moment: moment.isoformat() + "+00:00"), st.none(), NO_MOMENT)


def reasons(row: sqlite3.Row, column: str) -> Values:
    return st.sampled_from([None, ""]) if row["status"] == "canceled" else WORDS


def departures(row: sqlite3.Row, column: str) -> Values:
    first = st.datetimes(datetime(1990, 1, 1), datetime(2026, 9, 30, 10))  # noqa: DTZ001 - as it is stored
    return st.one_of(first.map(datetime.isoformat), st.none(), NO_MOMENT)


def signatures(row: sqlite3.Row, column: str) -> Values:
    forged = st.binary(min_size=128, max_size=128).map(lambda raw: b64encode(raw).decode())
    return st.one_of(WORDS, forged) if row[column] is None else st.one_of(st.none(), WORDS, forged)


def flipped(row: sqlite3.Row, column: str) -> Values:
    return st.just(1 - row[column])


TYPES = st.sampled_from([row.name for row in DOCUMENT_TYPES])
REGIONS = st.one_of(
    st.sampled_from(["PT", "PT-AC", "PT-MA"]),
    WORDS.filter(lambda text: text != "" and not (len(text) == 2 and text.isupper())),
)
PLACES = st.one_of(
    st.none(),
    NO_MOMENT.filter(lambda text: "{" not in text),
    st.just('{"detail": "-"}'),
    st.just("[]"),
    st.just("{}"),
)
ISSUED = "number IS NOT NULL"
IS_LIVE = f"status IN ({', '.join(repr(each) for each in LIVE)})"
OF_ISSUED = f"document_id IN (SELECT id FROM documents WHERE {ISSUED})"  # noqa: S608 - ours
PRICED = f"{OF_ISSUED} AND CAST(unit_price AS REAL) > 0"
SOLD = f"{OF_ISSUED} AND CAST(quantity AS REAL) > 0"
OF_LIVE = f"document_id IN (SELECT id FROM documents WHERE {ISSUED} AND {IS_LIVE})"  # noqa: S608 - ours
TAXED = f"{OF_LIVE} AND CAST(tax_value AS REAL) > 0"
USED = "id IN (SELECT series_id FROM series_rows WHERE last_number > 0)"
NUMBERING = "last_number > 0"
OF_GUIDE = f"document_id IN (SELECT id FROM documents WHERE {ISSUED} AND family = 'guide')"  # noqa: S608 - ours


class Seen(NamedTuple):
    """How to corrupt a column so that a rule must find it."""

    values: Callable[[sqlite3.Row, str], Values]
    where: str = ISSUED
    but: str = ""
    """What of the column cannot be seen, and why."""


SEEN: dict[str, dict[str, Seen]] = {
    "documents": {
        "id": Seen(anything(IDS)),
        "account_id": Seen(anything(st.sampled_from([30_001, 99_999]))),
        "type": Seen(anything(st.one_of(TYPES, WORDS))),
        "family": Seen(anything(WORDS)),
        "status": Seen(
            untrue_states, f"{ISSUED} AND total > 0", "a note or an estimate may have come to its state"
        ),
        "date": Seen(
            anything(st.one_of(st.dates(date(1990, 1, 1)).map(date.isoformat), NO_MOMENT)),
            f"{ISSUED} AND type <> 'PurchaseOrder'",
            "an order to a supplier is neither signed nor reported",
        ),
        "due_date": Seen(earlier_days, but="any later day may have been agreed"),
        "retention": Seen(
            anything(NO_PERCENTAGE),
            but="any percentage may have been withheld",
        ),
        "tax_exemption": Seen(
            anything(NO_CODE), but="which of the reasons is right, only the taxpayer knows"
        ),
        "client_id": Seen(anything(INTEGERS)),
        "client": Seen(
            anything(NO_CLIENT),
            but="another's name or address reads like any other (Despacho 8632/2014, 3.3.3 and 3.3.4)",
        ),
        "issuer": Seen(
            anything(st.one_of(st.none(), NO_CLIENT)),
            but="another name or address reads like any other; its number is the account's",
        ),
        "currency_code": Seen(
            anything(st.one_of(WORDS.map(str.lower), st.none(), st.just("EUR"))),
            f"{ISSUED} AND currency_code IS NOT NULL",
            "another currency reads like any other",
        ),
        "rate": Seen(
            anything(
                st.one_of(NO_NUMBER.filter(bool), st.decimals(-(10**6), 0, places=4).map(str), st.none())
            ),
            f"{ISSUED} AND currency_code IS NOT NULL",
            "another rate reads like any other",
        ),
        "discount_type": Seen(
            anything(st.one_of(st.sampled_from(["percentage", "absolute", None]), WORDS)),
            f"{ISSUED} AND discount_type IS NOT NULL",
        ),
        "discount_value": Seen(other_amount("1"), f"{ISSUED} AND discount_type IS NOT NULL"),
        "owner_id": Seen(
            anything(st.one_of(st.none(), IDS)),
            f"{ISSUED} AND {IS_LIVE} AND type IN ('CreditNote', 'DebitNote', 'VatMossCreditNote')",
            "another invoice of the client reads like any other",
        ),
        "wants_multibanco": Seen(flipped, f"{ISSUED} AND total > 0"),
        "has_multibanco": Seen(flipped),
        "series_row_id": Seen(anything(st.one_of(st.none(), IDS, st.integers(146_001, 146_018)))),
        "number": Seen(anything(INTEGERS)),
        "serie": Seen(anything(WORDS)),
        "atcud": Seen(anything(st.one_of(WORDS, st.just("EMU00000-1")))),
        "signature": Seen(signatures),
        "system_entry": Seen(
            anything(st.one_of(MOMENTS, NO_MOMENT)),
            f"{ISSUED} AND type NOT IN ('Receipt', 'VatMossReceipt', 'PurchaseOrder')",
            "what is not signed may have been entered at any moment between its neighbours",
        ),
        "cancel_message": Seen(
            reasons,
            but="any reason may have been given",
        ),
        "canceled_at": Seen(cancellations, but="it may have been cancelled at any later moment"),
        "sum": Seen(anything(INTEGERS)),
        "discount": Seen(anything(INTEGERS)),
        "before_taxes": Seen(anything(INTEGERS)),
        "taxes": Seen(anything(INTEGERS)),
        "total": Seen(anything(INTEGERS)),
    },
    "document_lines": {
        "document_id": Seen(anything(IDS), OF_ISSUED),
        "position": Seen(anything(st.integers(-9, 99)), OF_ISSUED),
        "name": Seen(
            anything(st.sampled_from(["", " ", "\t"])),
            OF_ISSUED,
            "another name reads like any other (Despacho 8632/2014, 3.3.5)",
        ),
        "unit_price": Seen(other_amount("1"), SOLD, "less than a cent of a line, or the price of nothing"),
        "quantity": Seen(other_amount("1"), PRICED, "less than a cent of a line, or of what costs nothing"),
        "unit": Seen(
            anything(WORDS.filter(lambda text: text not in UNITS)),
            OF_ISSUED,
            "another unit reads like any other",
        ),
        "discount": Seen(other_amount("5"), PRICED, "less than a cent of a line, or of what costs nothing"),
        "tax_value": Seen(other_amount("5"), PRICED, "less than a cent of a line, or of what costs nothing"),
        "tax_region": Seen(anything(REGIONS), TAXED, "what is not taxed is so in every region"),
        "tax_code": Seen(anything(TAX_CODES), TAXED, "any rate may be one of a special regime (OUT)"),
        "tax_exemption": Seen(
            anything(NO_CODE), OF_ISSUED, "which of the reasons is right, only the taxpayer knows"
        ),
    },
    "payments": {
        "receipt_id": Seen(anything(IDS), "1"),
        "document_id": Seen(anything(IDS), "1", "another invoice of the client reads like any other"),
        "amount": Seen(anything(INTEGERS), "1"),
        "mechanism": Seen(anything(NO_MECHANISM), "1", "any of the ways to pay may have been taken"),
    },
    "series": {
        "id": Seen(anything(IDS), USED),
        "account_id": Seen(anything(st.sampled_from([30_001, 99_999])), USED),
        "serie": Seen(anything(WORDS), USED),
    },
    "series_rows": {
        "id": Seen(anything(IDS), NUMBERING),
        "series_id": Seen(anything(IDS), NUMBERING),
        "document_root": Seen(anything(WORDS), NUMBERING),
        "validation_code": Seen(
            anything(st.one_of(WORDS, st.none(), st.just("EMU00000"))),
            f"{NUMBERING} AND validation_code IS NOT NULL",
        ),
        "last_number": Seen(anything(INTEGERS), NUMBERING),
        "last_date": Seen(
            anything(st.one_of(st.dates().map(date.isoformat), st.none(), NO_MOMENT)), NUMBERING
        ),
        "last_signature": Seen(anything(WORDS), NUMBERING),
    },
    "deliveries": {
        "document_id": Seen(anything(IDS), OF_ISSUED),
        "loaded_at": Seen(departures, OF_GUIDE, "goods may leave at any moment after the guide was issued"),
        "address_from": Seen(anything(PLACES), OF_GUIDE, "another place reads like any other"),
        "address_to": Seen(anything(PLACES), OF_GUIDE, "another place reads like any other"),
        "at_doc_code": Seen(
            anything(WORDS.filter(lambda text: not text.startswith("EMU"))),
            OF_ISSUED,
            "codes follow no rule that is public",
        ),
    },
}

UNSEEN: dict[str, dict[str, str]] = {
    "documents": {
        "archived": "a mark in the user's lists, which is printed and reported nowhere",
        "reference": "the user's own words",
        "observations": "the user's own words",
        "client_search": "an index of words for the text filter, made of the client",
        "search": "an index of words for the text filter, made of the document",
        "proprietary_uid": "the caller's key, which no law knows; one that is taken twice is found",
        "revision": "counts changes, so that files are made anew",
    },
    "document_lines": {
        "item_id": "a link into the catalogue, which may have changed since; the line has its own words",
        "description": "the user's own words",
        "tax_id": "a link to a tax that may be gone; the line has its rate, region and code",
        "tax_name": "what the user calls the tax; the line has its rate, region and code",
    },
    "payments": {},
    "series": {
        "sent_as_integer": "how the name is echoed to the caller",
        "is_default": "which series is taken where none is named",
    },
    "series_rows": {},
    "deliveries": {
        "license_plate": "any plate may be the lorry's",
        "load_site": "the user's own words",
        "delivery_site": "the user's own words",
    },
}


@contextmanager
def copy_of(books: Path) -> Generator[sqlite3.Connection]:
    """The books in memory, without the indexes that would prevent corruption."""
    with closing(sqlite3.connect(books)) as file, closing(sqlite3.connect(":memory:")) as copy:
        file.backup(copy)
        copy.row_factory = sqlite3.Row
        copy.isolation_level = None
        copy.execute("DROP INDEX documents_by_number")
        copy.execute("DROP INDEX documents_by_uid")
        yield copy


def said(db: sqlite3.Connection) -> Iterator[Finding]:
    """Findings and warnings of all accounts: a row removed from one may turn up in another."""
    for account in reversed(accounts.every(db)):
        yield from check_account(db, account)
        yield from warn_of(db, account)


def test_every_column_is_seen_or_has_a_reason(books: Path) -> None:
    with copy_of(books) as db:
        for table, columns in SEEN.items():
            there = {row["name"] for row in db.execute(f"PRAGMA table_info({table})")}
            assert columns.keys() | UNSEEN[table].keys() == there
            assert not columns.keys() & UNSEEN[table].keys()
        assert list(said(db)) == []


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in SEEN.items() for column in columns]
)
def test_whatever_is_spoilt_is_found(books: Path, table: str, column: str) -> None:
    values, where, _ = SEEN[table][column]
    with copy_of(books) as db:
        # WITHOUT ROWID tables have no rowid to select by.
        keys = [row["name"] for row in db.execute(f"PRAGMA table_info({table})") if row["pk"]]
        rows = db.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY {', '.join(keys)}").fetchall()  # noqa: S608 - ours
        assert len(rows) >= 2

        @given(data=st.data())
        @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
        def spoil(data: st.DataObject) -> None:
            row = data.draw(st.sampled_from(rows))
            value = data.draw(values(row, column))
            assume(value != row[column])
            db.execute("BEGIN")
            try:
                same = " AND ".join(f"{key} = ?" for key in keys)
                try:
                    db.execute(
                        f"UPDATE {table} SET {column} = ? WHERE {same}",  # noqa: S608 - ours
                        (value, *(row[key] for key in keys)),
                    )
                except sqlite3.IntegrityError:
                    assume(False)
                assert next(said(db), None) is not None
            finally:
                db.execute("ROLLBACK")

        spoil()
