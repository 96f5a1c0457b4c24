"""Lists cost the same however many documents there are: no statement of theirs reads all of them, and the
totals that they say without counting are right.

Nothing is timed: plans are looked at. How long it takes, `benchmarks/emulator_speed.py` prints.
"""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import create_app
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_emulator.books.documents import lists
from invoicexpress_emulator.books.documents.filters import Selection, client_filter, list_filter
from invoicexpress_emulator.books.documents.lists import find_page
from invoicexpress_emulator.books.documents.tally import AXES, ORDER, TALLY
from invoicexpress_emulator.books.pages import Page
from invoicexpress_emulator.http.query import Query
from invoicexpress_emulator.http.wire_values import JsonValue
from invoicexpress_emulator.storage.store import Store

TYPES: Final = {"Invoice": "invoice", "CreditNote": "invoice", "Receipt": "invoice", "Quote": "estimate"}
STATUSES: Final = ("draft", "final", "settled", "canceled", "deleted")
ACCOUNTS: Final = (1, 2)
STEP: Final = 397
"""Between ids: a few hundred documents lie in many buckets of the tally."""


def insert(db: sqlite3.Connection, **values: Any) -> None:
    """Put in a row; foreign keys are not looked at."""
    db.execute(
        f"INSERT INTO documents ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608 - names of ours
        list(values.values()),
    )


def document(chance: random.Random, number: int) -> dict[str, Any]:
    """A row with values that often fall together."""
    kind = chance.choice([*TYPES])
    net = chance.choice([0, 1000, 1023, 1024, 5000, chance.randrange(200_000)])
    return {
        "id": 2_000_001 + number * STEP,
        "account_id": chance.choice(ACCOUNTS),
        "type": kind,
        "family": TYPES[kind],
        "status": chance.choices(STATUSES, [1, 8, 4, 1, 1])[0],
        "archived": chance.choice([0, 0, 0, 1]),
        "date": f"2026-{1 + number // 40:02d}-{chance.randint(1, 28):02d}",
        "due_date": f"2026-12-{chance.randint(1, 28):02d}",
        "reference": chance.choice([None, "R-1", f"R-{number}"]),
        "client_id": chance.choice([7, 8, 8, 8]),
        "client": "{}",
        "client_search": chance.choice(["ana", "rui"]),
        "sum": net, "discount": 0, "before_taxes": net, "taxes": 0, "total": net,
        "search": chance.choice(["caderno", "lápis 100%", "a_b"]),
    }  # read by rows # fmt: skip


@pytest.fixture(scope="module")
def books() -> Iterator[sqlite3.Connection]:
    """Four hundred documents of two accounts."""
    store = Store(None, 0)
    chance = random.Random(4)  # noqa: S311 - a test
    store.db.execute("PRAGMA foreign_keys = OFF")
    for number in range(400):
        insert(store.db, **document(chance, number))
    yield store.db
    store.close()


days = st.sampled_from(["01/01/2026", "2026-02-10", "05/03/2026", "28/10/2026", "15/12/2026", "string", ""])
amounts = st.sampled_from(["0", "10", "10.23", "10.24", "49.99", "50.00", "1000", "9999", "x"])
PARAMETERS: Final = st.one_of(
    st.tuples(st.just("type[]"), st.sampled_from([*TYPES, "Other"])),
    st.tuples(st.just("status[]"), st.sampled_from([*STATUSES, "sent", "other"])),
    st.tuples(st.sampled_from(["non_archived", "archived"]), st.sampled_from(["true", "false", "1"])),
    st.tuples(st.just("reference"), st.sampled_from(["R-1", "R-17", "none"])),
    st.tuples(st.just("text"), st.sampled_from(["ANA", "lápis", "%", "_", "100%", "nada"])),
    st.tuples(st.sampled_from(["date[from]", "date[to]", "due_date[from]", "due_date[to]"]), days),
    st.tuples(st.sampled_from(["total_before_taxes[from]", "total_before_taxes[to]"]), amounts),
)  # read by rows # fmt: skip
QUERIES: Final = st.lists(PARAMETERS, max_size=4, unique_by=lambda pair: pair if "[]" in pair[0] else pair[0])
PAGES: Final = st.builds(
    Page, st.sampled_from([1, 1, 1, 2, 3, 5, 9, 40, 10**12]), st.sampled_from([1, 3, 10, 100])
)


def plainly(db: sqlite3.Connection, selection: Selection, page: Page) -> tuple[list[int], int]:
    """A page and its total as they would be read without any plan: all clauses, one after the other."""
    where, values = ["account_id = ?", "family = ?"], [selection.account_id, selection.family]
    for condition in (selection.facets, selection.text):
        where.append(condition.where)
        values += condition.values
    if selection.reference:
        where.append("reference = ?")
        values.append(selection.reference)
    for column, span in selection.spans.items():
        for bound, sign in ((span.first, ">="), (span.last, "<=")):
            if bound is not None:
                where.append(f"{column} {sign} ?")
                values.append(bound)
    query = f"SELECT +id FROM documents WHERE {' AND '.join(where)} ORDER BY +id"  # noqa: S608 - own constants
    ids = [row[0] for row in db.execute(query, values)]
    return ids[page.offset : page.offset + page.size], len(ids)


FILTERS: Final[tuple[dict[str, JsonValue], ...]] = (
    {},
    {"status": ["sent"]},
    {"by_type": ["CreditNote"], "archived": ["archived"]},
)


class TestPages:
    @pytest.mark.parametrize("few", [0, 20, lists.FEW])
    @given(
        account=st.sampled_from(ACCOUNTS),
        family=st.sampled_from(["invoice", "estimate", "guide"]),
        only=st.sampled_from([None, None, "Invoice", "Quote"]),
        pairs=QUERIES,
        page=PAGES,
    )
    @example(
        account=1,
        family="invoice",
        only=None,
        pairs=[("total_before_taxes[from]", "1000"), ("total_before_taxes[to]", "50.00")],
        page=Page(1, 10),
    )
    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_every_plan_finds_what_a_plain_search_finds(  # noqa: PLR0917 - given by name
        self,
        monkeypatch: pytest.MonkeyPatch,
        books: sqlite3.Connection,
        few: int,
        account: int,
        family: str,
        only: str | None,
        pairs: list[tuple[str, str]],
        page: Page,
    ) -> None:
        monkeypatch.setattr(lists, "FEW", few)
        selection = list_filter(account, family, only, Query(pairs))
        found = find_page(books, selection, page)
        assert ([row["id"] for row in found.rows], found.total) == plainly(books, selection, page)

    @pytest.mark.parametrize("few", [0, lists.FEW])
    @pytest.mark.parametrize("client", [7, 8, 9])
    def test_so_do_the_invoices_of_a_client(
        self, monkeypatch: pytest.MonkeyPatch, books: sqlite3.Connection, few: int, client: int
    ) -> None:
        monkeypatch.setattr(lists, "FEW", few)
        for wanted, size in itertools.product(FILTERS, (3, 100)):
            selection = client_filter(1, client, {"filter": {**wanted}})
            for number in range(1, 6):
                page = Page(number, size)
                found = find_page(books, selection, page)
                assert ([row["id"] for row in found.rows], found.total) == plainly(books, selection, page)

    def test_what_is_hidden_is_left_out(self, books: sqlite3.Connection) -> None:
        selection, page = list_filter(1, "invoice", None, Query([])), Page(1, 10)
        everything = find_page(books, selection, page)
        hidden = everything.rows[0]["id"]
        rest = find_page(books, selection, page, visible=f"id NOT IN ({hidden})")
        assert rest.total == everything.total - 1
        assert rest.rows[0]["id"] == everything.rows[1]["id"]


def tallied(db: sqlite3.Connection) -> dict[tuple[Any, ...], int]:
    """The tally as it stands."""
    return {tuple(row)[:-1]: row["n"] for row in db.execute("SELECT * FROM document_tally")}


def counted(db: sqlite3.Connection) -> dict[tuple[Any, ...], int]:
    """What it ought to be."""
    return {
        tuple(row)[:-1]: row["n"]
        for axis in (ORDER, *AXES.values())
        for row in db.execute(
            f"SELECT account_id, family, '{axis.column}', {axis.bucket_of('documents')}, type, status, "  # noqa: S608 - own constants
            "archived, count(*) AS n FROM documents GROUP BY 1, 2, 3, 4, 5, 6, 7"
        )
    }


class TestTally:
    @given(seed=st.integers(0, 2**32))
    @settings(max_examples=25)
    def test_it_is_what_counting_gives_after_any_writes(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a test
        with closing(Store(None, 0)) as store:
            db = store.db
            db.execute("PRAGMA foreign_keys = OFF")
            for number in range(30):
                insert(db, **document(chance, number))
            for _ in range(20):
                chosen = chance.choice([row[0] for row in db.execute("SELECT id FROM documents")])
                other = document(chance, chance.randrange(400))
                change = chance.choice(["all", "status", "archived", "reference", "date", "delete"])
                if change == "delete":
                    db.execute("DELETE FROM documents WHERE id = ?", (chosen,))
                    continue
                names = [name for name in other if name != "id"] if change == "all" else [change]
                db.execute(
                    f"UPDATE documents SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",  # noqa: S608 - names of ours
                    [*(other[name] for name in names), chosen],
                )
            with pytest.raises(ZeroDivisionError), store.transaction():  # noqa: PT012 - in a transaction
                insert(db, **document(chance, 999))
                db.execute("UPDATE documents SET status = 'final'")
                raise ZeroDivisionError
            assert tallied(db) == counted(db)
            db.execute("DELETE FROM documents")
            assert tallied(db) == {}

    def test_a_file_without_it_gets_it_and_one_that_is_wrong_is_counted_anew(self, tmp_path: Path) -> None:
        data = tmp_path / "books.db"
        for break_it in (
            "DROP TRIGGER tally_made; DROP TRIGGER tally_gone; DROP TRIGGER tally_changed;"
            "DROP TABLE document_tally; DROP INDEX documents_along_id; DROP INDEX documents_along_date;",
            "UPDATE document_tally SET n = n + 1",
        ):
            with closing(Store(data, 0)) as store:
                store.db.execute("PRAGMA foreign_keys = OFF")
                number = store.db.execute("SELECT count(*) FROM documents").fetchone()[0]
                for each in range(number, number + 5):
                    insert(store.db, **document(random.Random(each), each))  # noqa: S311 - a test
                store.db.executescript(break_it)
            with closing(Store(data, 0)) as store:
                assert tallied(store.db) == counted(store.db) != {}
                assert find_page(store.db, list_filter(1, "invoice", None, Query([])), Page(1, 10)).rows

    def test_counting_anew_changes_nothing(self, books: sqlite3.Connection) -> None:
        before = tallied(books)
        books.executescript(TALLY)
        assert tallied(books) == before == counted(books)


LISTS: Final = {
    "all": "",
    "page": "page=7&per_page=100",
    "status": "status[]=settled",
    "statuses": "status[]=sent&status[]=settled",
    "type": "type[]=Invoice",
    "types and statuses": "type[]=Invoice&type[]=CreditNote&status[]=sent&status[]=canceled",
    "not archived": "non_archived=true",
    "archived": "archived=true&type[]=Invoice",
    "nothing": "status[]=unknown",
    "reference": "reference=R-1",
    "reference and dates": "reference=R-1&date[from]=01/01/2026",
    "dates": "date[from]=01/01/2026&date[to]=31/01/2026",
    "since": "date[from]=01/01/2026&status[]=sent",
    "one day": "date[from]=02/01/2026&date[to]=02/01/2026",
    "due dates": "due_date[to]=31/01/2026&type[]=Invoice",
    "amounts": "total_before_taxes[from]=1&total_before_taxes[to]=50",
    "two spans": "date[from]=01/01/2026&due_date[to]=31/12/2026",
    "text": "text=caderno",
    "text and dates": "text=caderno&date[from]=01/01/2026",
}
OTHERS: Final = {
    "estimates": ("GET", "/estimates.json?status[]=sent"),
    "guides by loading": ("GET", "/guides.json?loaded_at[from]=01/01/2026&loaded_at[to]=31/12/2090"),
    "one type": ("GET", "/credit_notes.json"),
    "of a client": ("POST", "/clients/{client}/invoices.json"),
    "related": ("GET", "/document/{document}/related_documents.json"),
    "items": ("GET", "/items.json"),
    "clients": ("GET", "/clients.json"),
    "clients by number": ("GET", "/clients.json?fiscal_id=508025338"),
    "client by code": ("GET", "/clients/find-by-code.json?client_code=A"),
    "one document": ("GET", "/invoices/{document}.json"),
    "balance": ("GET", "/api/v3/clients/{client}/balance.json"),
    "SAF-T": ("GET", "/api/export_saft.json?year=2026&month=1"),
}
PLAIN: Final = {"client": {"name": "Ana", "code": "A"}, "items": [{"name": "x", "unit_price": "10"}]}
REQUESTS: Final = {
    **{name: ("GET", f"/invoices.json?{query}") for name, query in LISTS.items()},
    **OTHERS,
}
SORTED: Final = "USE TEMP B-TREE FOR ORDER BY"


@contextmanager
def statements(app: EmulatorApp) -> Generator[list[str]]:
    """What is asked of the database meanwhile, with values in place."""
    heard: list[str] = []
    app.emulation.store.db.set_trace_callback(heard.append)
    try:
        yield heard
    finally:
        app.emulation.store.db.set_trace_callback(None)


def plans(app: EmulatorApp, heard: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Each query with the steps of its plan."""
    for sql in heard:
        if sql.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            rows = app.emulation.store.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
            yield sql, [row["detail"] for row in rows]


def reads_all(step: str) -> bool:
    """Whether a step of a plan goes through a whole table of the books."""
    tables = ("documents", "document_tally", "document_lines", "clients", "items", "deliveries", "payments")
    return any(step.startswith((f"SCAN {table}", f"SEARCH {table} USING AUTOMATIC")) for table in tables)


class TestPlans:
    @pytest.fixture(scope="class")
    async def app(self) -> Any:
        """An emulator with one document of each status."""
        with closing(create_app()) as app:
            async with self.client(app) as client:
                frozen = {"set": "2026-01-15T12:00:00", "freeze": True}
                await client.post("/_emulator/clock", json=frozen)
                made = (await client.post("/invoices.json", json={"invoice": PLAIN})).json()["invoice"]
                await client.post("/invoices.json", json={"invoice": PLAIN})
                path = f"/invoices/{made['id']}/change-state.json"
                await client.put(path, json={"invoice": {"state": "finalized"}})
                self.__class__.names = {"document": made["id"], "client": made["client"]["id"]}
            yield app

    names: dict[str, int]

    @staticmethod
    def client(app: EmulatorApp) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost",
                                 params={"api_key": "demo-key"})  # read by rows # fmt: skip

    async def ask(self, app: EmulatorApp, name: str) -> list[str]:
        verb, target = REQUESTS[name]
        url = httpx.URL(target.format(**self.names)).copy_merge_params({"api_key": "demo-key"})
        async with self.client(app) as client:
            client.params = httpx.QueryParams()
            with statements(app) as heard:
                answer = await client.request(verb, url)
        assert answer.status_code < 300, answer.text
        assert heard
        return heard

    @pytest.mark.parametrize("few", [0, lists.FEW])
    @pytest.mark.parametrize("name", REQUESTS)
    async def test_no_list_reads_everything(
        self, monkeypatch: pytest.MonkeyPatch, app: EmulatorApp, name: str, few: int
    ) -> None:
        monkeypatch.setattr(lists, "FEW", few)
        heard = await self.ask(app, name)
        for sql, steps in plans(app, heard):
            assert not [step for step in steps if reads_all(step)], sql

    @pytest.mark.parametrize("name", REQUESTS)
    async def test_what_may_be_long_is_walked_in_its_order_and_never_sorted(
        self, monkeypatch: pytest.MonkeyPatch, app: EmulatorApp, name: str
    ) -> None:
        monkeypatch.setattr(lists, "FEW", 0)
        heard = await self.ask(app, name)
        for sql, steps in plans(app, heard):
            assert "LIMIT" not in sql or SORTED not in steps, sql

    async def test_creating_and_changing_a_document_reads_none_but_its_own(self, app: EmulatorApp) -> None:
        async with self.client(app) as client:
            with statements(app) as heard:
                for uid in ("a", "a", "b"):
                    answer = await client.post(
                        "/invoices.json", json={"invoice": PLAIN, "proprietary_uid": uid}
                    )
                    assert answer.status_code == 201
                path = f"/invoices/{answer.json()['invoice']['id']}/change-state.json"
                for state in ("finalized", "settled"):
                    answer = await client.put(path, json={"invoice": {"state": state}})
                    assert answer.status_code == 200, answer.text
        for sql, steps in plans(app, heard):
            assert not [step for step in steps if reads_all(step)], sql
