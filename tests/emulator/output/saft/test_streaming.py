"""SAF-T files are streamed: in little memory, alongside other requests, and never mixing two states."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import date
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from invoicexpress_emulator import Emulator, create_app
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.books.documents import rows as documents
from invoicexpress_emulator.books.documents import saft_rows
from invoicexpress_emulator.control_client import Control
from invoicexpress_emulator.http import file_sending
from invoicexpress_emulator.http.answer import Unfinished
from invoicexpress_emulator.output.saft import stored_books
from invoicexpress_emulator.output.saft.export import month_file, pieces, span_of
from invoicexpress_emulator.storage.store import Store

from tests.emulator.conftest import GOODS
from tests.emulator.support.saft_file import File

NOVEMBER: Final = span_of(2026, 11)
SAFT: Final = "/_emulator/saft?year=2026&month=11"
LINE: Final = {"name": "Peça", "unit_price": "10"}
PLAIN: Final = {"client": {"name": "Ana", "code": "A"}, "items": [LINE]}


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sends every piece separately, with at most one document in it."""
    monkeypatch.setattr(file_sending, "GO", 0)
    monkeypatch.setattr(file_sending, "ENOUGH", 1)
    monkeypatch.setattr(stored_books, "SLICE", 1)


class Caller:
    """Calls an application without a network, and can nest one request inside another."""

    first: Any
    bill: Any
    guide: Any
    other: Any
    """What `books` makes: an invoice, that of a guide, a guide, and another series."""

    def __init__(self, app: EmulatorApp) -> None:
        self.app = app
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app),
            base_url="http://localhost",
            params={"api_key": "demo-key"},
        )

    async def ask(self, verb: str, path: str, body: Any = None) -> Any:
        answer = await self.http.request(verb, path, json=body)
        assert answer.is_success, answer.text
        content: dict[str, Any] = answer.json() if answer.content else {}
        return next(iter(content.values())) if len(content) == 1 else content

    async def control(self, path: str, **body: Any) -> Any:
        return await self.ask("POST", f"/_emulator/{path}", body)

    async def create(self, segment: str = "invoices", **more: Any) -> Any:
        return await self.ask("POST", f"/{segment}.json", {segment.removesuffix("s"): {**PLAIN, **more}})

    async def state(self, segment: str, made: Any, state: str) -> Any:
        body = {segment.removesuffix("s"): {"state": state, "message": "engano"}}
        return await self.ask("PUT", f"/{segment}/{made['id']}/change-state.json", body)

    async def issue(self, segment: str = "invoices", **more: Any) -> Any:
        return await self.state(segment, await self.create(segment, **more), "finalized")

    async def fetch(
        self, target: str, meanwhile: Callable[[int], Awaitable[None]], verb: str = "GET"
    ) -> tuple[dict[str, str], bytes]:
        """Fetch a file, calling a function after each piece with the piece's number, from 1."""
        path, _, query = target.partition("?")
        scope = {
            "type": "http", "method": verb, "path": path, "raw_path": path.encode(), "scheme": "http",
            "query_string": query.encode(), "headers": [(b"host", b"localhost")], "root_path": "",
            "http_version": "1.1", "asgi": {"version": "3.0", "spec_version": "2.4"}, "state": {},
        }  # read by rows # fmt: skip
        headers: dict[str, str] = {}
        received: list[bytes] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                assert message["status"] == 200
                headers.update({k.decode(): v.decode() for k, v in message["headers"]})
            elif message["body"]:
                received.append(message["body"])
                await meanwhile(len(received))

        await self.app(scope, receive, send)
        return headers, b"".join(received)


@asynccontextmanager
async def calling() -> AsyncGenerator[Caller]:
    with closing(create_app()) as app:
        caller = Caller(app)
        async with caller.http:
            await caller.control("clock", set="2026-11-05T10:00:00", freeze=True)
            yield caller


async def nothing(number: int) -> None:
    """No other request interferes."""


@pytest.fixture(scope="module")
def filled() -> Iterator[Store]:
    """A company's books."""

    async def fill(app: EmulatorApp) -> None:
        caller = Caller(app)
        async with caller.http:
            await caller.control("clock", set="2026-11-21T10:00:00", freeze=True)
            await caller.control("seed", seed=2)

    with closing(create_app()) as app:
        asyncio.run(fill(app))
        yield app.emulation.store


class TestPieces:
    @pytest.mark.parametrize("slice_of", [1, 3, 100_000])
    def test_slices_leave_no_trace(
        self, filled: Store, monkeypatch: pytest.MonkeyPatch, slice_of: int
    ) -> None:
        account = accounts.every(filled.db)[0]
        whole = month_file(filled.db, account, date(2026, 8, 1), date(2026, 11, 21))
        monkeypatch.setattr(stored_books, "SLICE", slice_of)
        made = list(pieces(filled.db, account, span_of(2026, 8), date(2026, 11, 21)))
        assert b"".join(made) == whole
        assert max(piece.count(b"</DocumentTotals>") for piece in made) <= slice_of

    def test_no_more_than_a_slice_is_read_at_once(
        self, filled: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = accounts.every(filled.db)[0]
        read: list[int] = []
        from_rows = documents.from_rows

        def counted(db: Any, rows: Any) -> Any:
            read.append(len(rows))
            return from_rows(db, rows)

        monkeypatch.setattr(stored_books, "SLICE", 7)
        monkeypatch.setattr(saft_rows, "from_rows", counted)
        total = sum(
            piece.count(b"</DocumentTotals>")
            for piece in pieces(filled.db, account, span_of(2026, None), date(2026, 11, 21))
        )
        assert max(read) == 7
        assert sum(read) == 2 * total > 600  # once for the parts before them, once to write them

    def test_no_statement_reads_all_documents(self, filled: Store) -> None:
        account = accounts.every(filled.db)[0]
        heard: list[str] = []
        filled.db.set_trace_callback(heard.append)
        for _ in pieces(filled.db, account, span_of(2026, 8), date(2026, 11, 21)):
            pass
        filled.db.set_trace_callback(None)
        assert heard
        for sql in heard:
            steps = [row["detail"] for row in filled.db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert not [each for each in steps if each.startswith(("SCAN d", "SCAN payments"))], sql
            if "LIMIT" in sql:
                assert any("documents_by_number" in each for each in steps), (sql, steps)
                assert "USE TEMP B-TREE FOR ORDER BY" not in steps, sql


class TestSending:
    async def test_a_small_file_comes_whole_and_a_large_one_in_chunks(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with calling() as caller:
            await caller.issue()
            headers, small = await caller.fetch(SAFT, nothing)
            assert headers["content-length"] == str(len(small))
            assert headers["content-type"] == "application/xml"
            assert headers["content-disposition"].endswith('2026-11.xml"')
            assert headers["cache-control"] == "no-store"
            monkeypatch.setattr(file_sending, "GO", 0)
            monkeypatch.setattr(file_sending, "ENOUGH", 1)
            headers, large = await caller.fetch(SAFT, nothing)
            assert "content-length" not in headers
            assert headers["content-type"] == "application/xml"
            assert large == small
            headers, content = await caller.fetch(SAFT, nothing, verb="HEAD")
            assert (headers["content-type"], content) == ("application/xml", b"")

    @pytest.mark.usefixtures("one_at_a_time")
    async def test_others_have_their_turn(self) -> None:
        async with calling() as caller:
            for _ in range(30):
                await caller.issue()
            answered = asyncio.Event()
            at: list[int] = []

            async def health() -> None:
                await caller.ask("GET", "/_emulator/health")
                answered.set()

            async def note(number: int) -> None:
                if number == 1:
                    asyncio.get_running_loop().call_soon(lambda: tasks.append(asyncio.create_task(health())))
                if answered.is_set():
                    at.append(number)

            tasks: list[Any] = []
            _, content = await caller.fetch(SAFT, note)
            await asyncio.gather(*tasks)
            # It was answered during the download, without waiting for its end.
            assert len(at) > 10
            assert len(list(File(content).every())) == 30


async def issue_one(caller: Caller) -> None:
    await caller.issue()


async def cancel_one(caller: Caller) -> None:
    await caller.state("invoices", {"id": caller.first["id"]}, "canceled")


async def reset(caller: Caller) -> None:
    await caller.control("reset")
    await caller.control("clock", set="2026-11-05T10:00:00", freeze=True)
    for _ in range(6):
        await caller.issue()


async def restore(caller: Caller) -> None:
    await caller.control("restore", name="antes")


async def cancel_the_bill(caller: Caller) -> None:
    await caller.state("invoices", caller.bill, "canceled")


async def get_a_code(caller: Caller) -> None:
    await caller.ask("GET", f"/transports/{caller.guide['id']}.json")


async def issue_elsewhere(caller: Caller) -> None:
    made = await caller.create(date="03/12/2026", due_date="03/12/2026", sequence_id=caller.other)
    await caller.state("invoices", made, "finalized")


async def draft(caller: Caller) -> None:
    await caller.create()
    await caller.ask("GET", f"/api/pdf/{caller.first['id']}.json")


async def another_account(caller: Caller) -> None:
    await caller.control("accounts", name="outra", api_key="outra-key")
    answer = await caller.http.post("/invoices.json?api_key=outra-key", json={"invoice": PLAIN})
    assert answer.is_success
    await caller.control("seed", account="outra")
    await caller.control("reset", account="outra")


ENDED: Final = [issue_one, cancel_one, reset, restore, cancel_the_bill, get_a_code]
NOT_ENDED: Final = [issue_elsewhere, draft, another_account]


@pytest.mark.usefixtures("one_at_a_time")
class TestChanges:
    """Other requests change the books during a download."""

    @staticmethod
    @asynccontextmanager
    async def books() -> AsyncGenerator[Caller]:
        """Six invoices and two guides of November; one guide is billed in December."""
        async with calling() as caller:
            await caller.control("config", at_doc_code={"polls": 2}, pdf="immediate")
            caller.first = await caller.issue()
            for _ in range(5):
                await caller.issue()
            series = {"sequence": {"serie": "OUTRA", "default_sequence": "0"}}
            caller.other = (await caller.ask("POST", "/sequences.json", series))[
                "current_invoice_sequence_id"
            ]
            billed = await caller.issue("shippings", **GOODS)
            caller.guide = await caller.issue("transports", **GOODS)
            await caller.ask("GET", f"/transports/{caller.guide['id']}.json")
            later = {"date": "02/12/2026", "due_date": "02/12/2026", "sequence_id": caller.other}
            caller.bill = await caller.issue(owner_invoice_id=billed["id"], **later)
            await caller.control("snapshot", name="antes")
            yield caller

    @pytest.mark.parametrize("at", [1, 2, 7])
    @pytest.mark.parametrize("change", ENDED, ids=lambda each: each.__name__)
    async def test_what_would_be_half_old_is_never_ended(
        self, change: Callable[[Caller], Awaitable[None]], at: int, caplog: pytest.LogCaptureFixture
    ) -> None:
        async with self.books() as caller:
            _, before = await caller.fetch(SAFT, nothing)
            received: list[int] = []

            async def change_it(number: int) -> None:
                received.append(number)
                if number == at:
                    await change(caller)

            with caplog.at_level(logging.WARNING), pytest.raises(Unfinished):
                await caller.fetch(SAFT, change_it)
            assert received == list(range(1, at + 1))
            assert "not finished. The books being exported have changed meanwhile." in caplog.text
            _, after = await caller.fetch(SAFT, nothing)
            assert after.endswith(b"</AuditFile>")
            assert (after == before) == (change is restore)

    @pytest.mark.parametrize("change", NOT_ENDED, ids=lambda each: each.__name__)
    async def test_what_is_not_in_it_does_not_matter(
        self, change: Callable[[Caller], Awaitable[None]]
    ) -> None:
        async with self.books() as caller:
            _, before = await caller.fetch(SAFT, nothing)

            async def change_it(number: int) -> None:
                if number == 3:
                    await change(caller)

            assert await caller.fetch(SAFT, change_it) != ({}, b"")
            _, after = await caller.fetch(SAFT, nothing)
            assert after == before


class TestOverTheNetwork:
    """The connection is closed midway, so the reader must notice."""

    @pytest.fixture(params=["httptools", "h11"])
    def emulator(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
        if request.param == "h11":
            monkeypatch.setitem(sys.modules, "uvicorn.protocols.http.httptools_impl", None)
        with Emulator() as emulator:
            yield emulator

    @pytest.fixture
    def broken(
        self, emulator: Emulator, monkeypatch: pytest.MonkeyPatch, one_at_a_time: None, caller: Any
    ) -> Control:
        """The next download breaks off, because the books change after it has begun."""
        api = caller(emulator.base_url, "demo", "demo-key")
        with api.http:
            api.freeze("2026-11-05T10:00:00")
            for _ in range(5):
                api.issue()
        reads: list[int] = []
        from_rows = documents.from_rows

        def changing(db: Any, rows: Any) -> Any:
            found = from_rows(db, rows)
            reads.append(1)
            if len(reads) == 8:  # three of five documents written
                documents.set_status(db, found[0].id, "settled")
            return found

        monkeypatch.setattr(saft_rows, "from_rows", changing)
        return emulator.control

    def test_a_plain_reader(self, emulator: Emulator, broken: Control) -> None:
        url = f"{emulator.base_url}{SAFT}"
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            httpx.get(url)
        assert len(list(File(httpx.get(url).content).every())) == 5

    def test_the_control_client(self, broken: Control, tmp_path: Path) -> None:
        target = tmp_path / "saft.xml"
        target.write_bytes(b"what was there")
        with pytest.raises(ConnectionError, match="broke off its answer"):
            broken.save_saft(target, 2026, 11)
        assert target.read_bytes() == b"what was there"
        assert list(tmp_path.iterdir()) == [target]
        assert broken.save_saft(target, 2026, 11) == target
        assert len(list(File(target.read_bytes()).every())) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="memory is what /proc says")
def test_memory_does_not_grow_with_the_documents() -> None:
    """Ten times the documents take no more memory, because rows are read from disk as needed."""
    few, many = 1_000, 10_000
    given = json.dumps({"documents": [few, many], "rounds": 1})
    command = [sys.executable, "-m", "benchmarks.workers.saft", given]
    root = Path(__file__).parents[4]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    ((small, large),) = json.loads(done.stdout)
    assert small["documents"] >= few
    assert large["documents"] >= many
    mebibyte = 2**20
    assert large["bytes"] > 25 * mebibyte
    assert large["growth"] < 2 * small["growth"] + 3 * mebibyte, (small, large)
    assert large["growth"] < large["bytes"] / 4, (small, large)
