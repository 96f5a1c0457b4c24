"""Lists of documents: each page and its total match a filter and sort of all documents in Python, and no list
scans the whole documents table.

`benchmarks/workers/stored.py` measures how long lists take.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_emulator.books.documents import tallies
from invoicexpress_emulator.books.documents.filters import Condition, client_filter, list_filter
from invoicexpress_emulator.books.documents.lists import find_page
from invoicexpress_emulator.books.pages import Page
from invoicexpress_emulator.http.query import Query
from invoicexpress_emulator.storage.store import Store

Row = dict[str, Any]

FAMILIES: Final = {"Invoice": "invoice", "CreditNote": "invoice", "Receipt": "invoice", "Quote": "estimate",
                   "Shipping": "guide"}  # read by rows # fmt: skip
STATUSES: Final = ("draft", "final", "settled", "canceled", "deleted")
ACCOUNTS: Final = (1, 2)


def a_document(chance: random.Random, number: int) -> Row:
    """A row whose values often coincide with those of other rows."""
    kind = chance.choice([*FAMILIES])
    net = chance.choice([0, 1000, 1023, 1024, 5000, chance.randrange(200_000)])
    return {
        "id": 2_000_001 + number,
        "account_id": chance.choice(ACCOUNTS),
        "type": kind,
        "family": FAMILIES[kind],
        "status": chance.choices(STATUSES, [1, 8, 4, 1, 1])[0],
        "archived": chance.choice([0, 0, 0, 1]),
        "date": f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
        "due_date": f"2026-12-{chance.randint(1, 28):02d}",
        "reference": chance.choice([None, "R-1", f"R-{number}"]),
        "client_id": chance.choice([7, 8, 8, 8]),
        "client": "{}",
        "client_search": chance.choice(["ana", "rui"]),
        "sum": net, "discount": 0, "before_taxes": net, "taxes": 0, "total": net,
        "search": chance.choice(["caderno", "lápis 100%", "a_b"]),
    }  # read by rows # fmt: skip


@pytest.fixture(scope="module")
def documents() -> list[Row]:
    chance = random.Random(4)  # noqa: S311 - a test
    rows = [a_document(chance, number) for number in range(600)]
    for row in rows:
        moment = f"2026-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}T23:30:00+00:00"
        row["loaded_at"] = moment if row["family"] == "guide" else None
    return rows


@pytest.fixture(scope="module")
def books(documents: list[Row]) -> Iterator[sqlite3.Connection]:
    """A database of these documents, inserted out of order, without foreign key checks."""
    store = Store(None, 0)
    tallies.keep(store.db)
    store.db.execute("PRAGMA foreign_keys = OFF")
    for row in reversed(documents):
        columns = [name for name in row if name != "loaded_at"]
        store.db.execute(
            f"INSERT INTO documents ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608 - names of ours
            [row[name] for name in columns],
        )
        if row["loaded_at"] is not None:
            delivery = (row["id"], row["loaded_at"])
            store.db.execute("INSERT INTO deliveries (document_id, loaded_at) VALUES (?, ?)", delivery)
    yield store.db
    store.close()


DAYS: Final = {"01/01/2026": date(2026, 1, 1), "2026-02-10": date(2026, 2, 10), "5/3/2026": date(2026, 3, 5),
               "28/10/2026": date(2026, 10, 28), "string": None, "": None}  # read by rows # fmt: skip
AMOUNTS: Final = ("0", "10", "10.23", "10.24", "49.99", "1000", "x")

SPANS: Final = ("date", "due_date", "loaded_at")
PARAMETERS: Final = st.one_of(
    st.tuples(st.just("type[]"), st.sampled_from([*FAMILIES, "Other"])),
    st.tuples(st.just("status[]"), st.sampled_from([*STATUSES, "sent", "other"])),
    st.tuples(st.sampled_from(["non_archived", "archived"]), st.sampled_from(["true", "false"])),
    st.tuples(st.just("reference"), st.sampled_from(["R-1", "R-17", "none", ""])),
    st.tuples(st.just("text"), st.sampled_from(["ANA", "lápis", "%", "_", "100%", "nada"])),
    st.tuples(
        st.sampled_from([f"{span}[{end}]" for span in SPANS for end in ("from", "to")]),
        st.sampled_from([*DAYS]),
    ),
    st.tuples(
        st.sampled_from(["total_before_taxes[from]", "total_before_taxes[to]"]), st.sampled_from(AMOUNTS)
    ),
)  # read by rows # fmt: skip
QUERIES: Final = st.lists(PARAMETERS, max_size=4, unique_by=lambda pair: pair if "[]" in pair[0] else pair[0])
PAGES: Final = st.builds(
    Page, st.sampled_from([1, 1, 1, 2, 3, 5, 9, 40, 10**12]), st.sampled_from([1, 3, 10, 100])
)


def is_in_span(value: Any, first: Any, last: Any) -> bool:
    """Whether a value lies between two bounds; None leaves an end open."""
    if first is None and last is None:
        return True
    return value is not None and (first is None or value >= first) and (last is None or value <= last)


def is_listed(row: Row, pairs: list[tuple[str, str]]) -> bool:
    """The documented filters in Python: whether a list with this query includes the document."""
    one = dict(pairs)
    types = {value for name, value in pairs if name == "type[]"}
    statuses = {"final" if value == "sent" else value for name, value in pairs if name == "status[]"}
    halves = {half for half, name in ((0, "non_archived"), (1, "archived")) if one.get(name) == "true"}

    def days(span: str) -> tuple[date | None, date | None]:
        return DAYS[one.get(f"{span}[from]", "")], DAYS[one.get(f"{span}[to]", "")]

    def amount(end: str) -> Decimal | None:
        text = one.get(f"total_before_taxes[{end}]", "x")
        return None if text == "x" else Decimal(text)

    text = one.get("text", "").casefold()
    loaded = row["loaded_at"] and date.fromisoformat(row["loaded_at"][:10])
    return (
        (not types or row["type"] in types)
        and (row["status"] in statuses if statuses else row["status"] != "deleted")
        and row["archived"] in (halves or {0, 1})
        and one.get("reference", "") in {"", row["reference"]}
        and (text in row["search"] or text in row["client_search"])
        and is_in_span(date.fromisoformat(row["date"]), *days("date"))
        and is_in_span(date.fromisoformat(row["due_date"]), *days("due_date"))
        and is_in_span(loaded, *days("loaded_at"))
        and is_in_span(Decimal(row["before_taxes"]) / 100, amount("from"), amount("to"))
    )


def found_in(db: sqlite3.Connection, wanted: Condition, page: Page) -> tuple[list[int], int]:
    found = find_page(db, wanted, page)
    return [row["id"] for row in found.rows], found.total


def page_of(ids: list[int], page: Page) -> tuple[list[int], int]:
    return sorted(ids)[page.offset : page.offset + page.size], len(ids)


@given(
    account=st.sampled_from(ACCOUNTS),
    family=st.sampled_from(["invoice", "invoice", "estimate", "guide"]),
    only=st.sampled_from([None, None, "Invoice", "Quote"]),
    pairs=QUERIES,
    page=PAGES,
)
def test_a_page_is_that_of_all_documents_filtered_and_sorted(  # noqa: PLR0917 - given by name
    books: sqlite3.Connection,
    documents: list[Row],
    account: int,
    family: str,
    only: str | None,
    pairs: list[tuple[str, str]],
    page: Page,
) -> None:
    expected = [
        row["id"]
        for row in documents
        if (row["account_id"], row["family"]) == (account, family)
        and only in {None, row["type"]}
        and is_listed(row, pairs)
    ]
    wanted = list_filter(account, family, only, Query(pairs))
    assert found_in(books, wanted, page) == page_of(expected, page)


@given(
    client=st.sampled_from([7, 8, 9]),
    statuses=st.lists(st.sampled_from([*STATUSES, "sent"]), max_size=2),
    types=st.lists(st.sampled_from([*FAMILIES]), max_size=2),
    page=PAGES,
)
def test_so_is_a_page_of_a_clients_invoices(  # noqa: PLR0917 - given by name
    books: sqlite3.Connection,
    documents: list[Row],
    client: int,
    statuses: list[str],
    types: list[str],
    page: Page,
) -> None:
    pairs = [*(("status[]", each) for each in statuses), *(("type[]", each) for each in types)]
    expected = [
        row["id"]
        for row in documents
        if (row["account_id"], row["family"], row["client_id"]) == (1, "invoice", client)
        and is_listed(row, pairs)
    ]
    wanted = client_filter(1, client, {"filter": {"status": [*statuses], "by_type": [*types]}})
    assert found_in(books, wanted, page) == page_of(expected, page)


def test_what_is_hidden_is_left_out(books: sqlite3.Connection) -> None:
    wanted, page = list_filter(1, "invoice", None, Query([])), Page(1, 10)
    everything = find_page(books, wanted, page)
    hidden = everything.rows[0]["id"]
    rest = find_page(books, wanted, page, visible=f"id NOT IN ({hidden})")
    assert rest.total == everything.total - 1
    assert rest.rows[0]["id"] == everything.rows[1]["id"]


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [("status[]", "sent"), ("type[]", "Invoice"), ("archived", "true")],
        [("date[from]", "01/01/2026"), ("due_date[from]", "28/10/2026")],
        [("total_before_taxes[from]", "10"), ("text", "caderno")],
        [("reference", "R-1")],
    ],
    ids=lambda pairs: " and ".join(name for name, _ in pairs) or "all",
)
def test_filters_are_answered_from_an_index(books: sqlite3.Connection, pairs: list[tuple[str, str]]) -> None:
    """An index gives the order, so nothing is sorted and only the page's own rows are read from the table.
    The total of a list by type, status and archive reads no documents at all.
    """
    asked: list[str] = []
    books.set_trace_callback(asked.append)
    try:
        find_page(books, list_filter(1, "invoice", None, Query(pairs)), Page(1, 1))
    finally:
        books.set_trace_callback(None)
    assert len(asked) == 2
    index = "documents_by_reference" if ("reference", "R-1") in pairs else "COVERING INDEX documents_listed"
    for sql in asked:
        steps = [row["detail"] for row in books.execute(f"EXPLAIN QUERY PLAN {sql}")]
        if "FROM tallies" in sql:
            assert len(steps) == 1
            assert steps[0].startswith("SEARCH tallies USING PRIMARY KEY (account_id=? AND family=?")
            continue
        assert [step for step in steps if index in step], steps
        assert not [step for step in steps if step.startswith("SCAN documents") or "ORDER BY" in step], steps
