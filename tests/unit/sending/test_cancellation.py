"""Cancelled calls of the async client, over real sockets on both event loops."""

from __future__ import annotations

import asyncio
import datetime
import logging
import os
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import anyio
import httpx
import pytest
from anyio.abc import SocketAttribute, SocketStream
from invoicexpress import AsyncInvoiceXpress, ConflictError, InvoiceXpress, Pace, TransportError
from invoicexpress.sending import connections

from tests.unit.conftest import KEY, Answer, Service, tax_json
from tests.unit.support.event_loops import ON_BOTH_LOOPS

CANCELLATIONS = int(os.environ.get("CANCELLATIONS", "1000"))
"""The long form, `make cancel`, has 10,000."""
AT_ONCE = 10
CONNECTIONS = 4
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n"


@asynccontextmanager
async def loopback(
    answer: Callable[[SocketStream], Awaitable[None]],
) -> AsyncGenerator[tuple[str, list[int]]]:
    """A server in the event loop of the test: its address, and the number of open connections."""
    connected = [0]

    async def serve(stream: SocketStream) -> None:
        connected[0] += 1
        try:
            async with stream:
                while True:
                    head = await stream.receive()
                    while b"\r\n\r\n" not in head:
                        head += await stream.receive()
                    await answer(stream)
        except (anyio.EndOfStream, anyio.BrokenResourceError):
            pass
        finally:
            connected[0] -= 1

    async with await anyio.create_tcp_listener(local_host="127.0.0.1") as listener:
        port = listener.extra(SocketAttribute.local_port)  # noqa: S610 no Django
        async with anyio.create_task_group() as group:
            group.start_soon(listener.serve, serve)
            yield f"http://127.0.0.1:{port}", connected
            group.cancel_scope.cancel()


async def by_scope(ix: AsyncInvoiceXpress, steps: int) -> None:
    """Cancels a call after some steps of the event loop."""
    async with anyio.create_task_group() as group:
        group.start_soon(ix.taxes.list)
        for _ in range(steps):
            await anyio.sleep(0)
        group.cancel_scope.cancel()


async def by_task(ix: AsyncInvoiceXpress, steps: int) -> None:
    """The same with asyncio's own cancellation, which no cancel scope shields from."""
    task = asyncio.ensure_future(ix.taxes.list())
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    # A second time, as the end of asyncio.run does.
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.result()


WAYS = [("asyncio", by_scope), ("asyncio", by_task), ("trio", by_scope)]


@pytest.mark.parametrize(("anyio_backend", "cancelled"), WAYS)
async def test_cancelled_calls_leave_a_working_client(
    cancelled: Callable[[AsyncInvoiceXpress, int], Coroutine[Any, Any, None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With few connections a lost one shows soon."""
    monkeypatch.setattr(connections, "MOST", CONNECTIONS)
    rng = random.Random(20)  # noqa: S311 no secret
    waiting: list[SocketStream] | None = None

    async def answer(stream: SocketStream) -> None:
        if waiting is None:
            await anyio.sleep(rng.choice((0, 0, 0.0005)))
        else:
            waiting.append(stream)
            while len(waiting) < CONNECTIONS:
                await anyio.sleep(0.001)
        await stream.send(HEAD)
        await anyio.sleep(0)
        await stream.send(b'{"taxes":[]}')

    async with (
        loopback(answer) as (url, connected),
        AsyncInvoiceXpress("acme", KEY, base_url=url, pace=None, retries=0, timeout=20) as ix,
    ):
        for _ in range(CANCELLATIONS // AT_ONCE):
            async with anyio.create_task_group() as group:
                for _ in range(AT_ONCE):
                    group.start_soon(cancelled, ix, rng.randrange(40))
        # All places are free: the service answers only if as many calls as there are places wait for it.
        waiting = []
        async with anyio.create_task_group() as group:
            for _ in range(CONNECTIONS):
                group.start_soon(ix.taxes.list)
        with anyio.fail_after(20):
            while connected[0] > CONNECTIONS:
                await anyio.sleep(0.01)


@ON_BOTH_LOOPS
async def test_a_cancellation_waits_for_no_answer() -> None:
    async def never(stream: SocketStream) -> None:
        await anyio.sleep_forever()

    async with (
        loopback(never) as (url, _),
        AsyncInvoiceXpress("acme", KEY, base_url=url, pace=None, retries=0, timeout=60) as ix,
    ):
        began = time.monotonic()
        with anyio.move_on_after(0.1) as scope:
            await ix.taxes.list()
        assert scope.cancelled_caught
        assert time.monotonic() - began < 5


@ON_BOTH_LOOPS
async def test_a_call_that_finds_no_free_connection_was_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST", 1)

    async def never(stream: SocketStream) -> None:
        await anyio.sleep_forever()

    timeout = httpx.Timeout(60, pool=0.05)
    async with (
        loopback(never) as (url, _),
        AsyncInvoiceXpress("acme", KEY, base_url=url, pace=None, retries=0, timeout=timeout) as ix,
        anyio.create_task_group() as group,
    ):
        group.start_soon(ix.taxes.list)
        await anyio.wait_all_tasks_blocked()
        with pytest.raises(TransportError, match="all 1 connections are in use"):
            await ix.taxes.delete(5)
        group.cancel_scope.cancel()


async def caught(call: Callable[[], Awaitable[Any]]) -> BaseException:
    """The exception that a cancelled call ends with, before any scope takes it."""
    found: list[BaseException] = []

    async def calling() -> None:
        try:
            await call()
        except BaseException as error:
            found.append(error)
            raise

    async with anyio.create_task_group() as group:
        group.start_soon(calling)
        await anyio.wait_all_tasks_blocked()
        group.cancel_scope.cancel()
    return found[0]


class Hanging(httpx.AsyncBaseTransport):
    """Answers the first requests from a queue, and the next one never."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.service.answers:
            return self.service(request)
        await anyio.sleep_forever()
        raise AssertionError


DOCUMENT: dict[str, Any] = {
    "date": datetime.date(2026, 11, 21),
    "client": {"name": "Ana", "code": "A1"},
    "items": [{"name": "Café", "unit_price": Decimal("1.50"), "quantity": Decimal(2)}],
}


@ON_BOTH_LOOPS
async def test_a_cancelled_write_says_its_key(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    async with AsyncInvoiceXpress("acme", KEY, transport=Hanging(service), pace=None) as ix:
        error = await caught(lambda: ix.invoices.create(**DOCUMENT, proprietary_uid="order-17"))
    [note] = error.__notes__
    assert note.startswith("createDocument: POST /invoices.json: interrupted by Cancelled")
    assert "it may have been carried out" in note
    assert (
        "repeat it with proprietary_uid='order-17' (of `issue`: key='order-17') and the same content" in note
    )
    [record] = [record for record in caplog.records if record.name == "invoicexpress"]
    assert (record.levelname, record.getMessage()) == ("WARNING", note)
    assert KEY not in note


@ON_BOTH_LOOPS
async def test_a_cancelled_write_without_a_key_says_where_to_look(service: Service) -> None:
    async with AsyncInvoiceXpress("acme", KEY, transport=Hanging(service), pace=None) as ix:
        error = await caught(lambda: ix.taxes.update(5, name="IVA6", value=Decimal(6), region="PT"))
    [note] = error.__notes__
    assert "PUT /taxes/5.json" in note
    assert note.endswith("before you repeat it, read what it changes")


def pages_of(*quotes: Any) -> Answer:
    pages = {"total_entries": len(quotes), "total_pages": 1, "current_page": 1, "per_page": 100}
    return Answer(200, {"estimates": list(quotes), "pagination": pages})


@ON_BOTH_LOOPS
async def test_a_write_that_is_cancelled_while_it_is_looked_up_says_its_reference(service: Service) -> None:
    service.will(pages_of(), httpx.ReadError("reset"))
    async with AsyncInvoiceXpress("acme", KEY, transport=Hanging(service), pace=None) as ix:
        error = await caught(lambda: ix.quotes.create(**DOCUMENT, reference="job-9"))
    assert [each.method for each in service.requests] == ["GET", "POST"]
    [note] = error.__notes__
    assert "POST /quotes.json" in note
    assert "it may have been carried out" in note
    assert note.endswith("look for a document with reference='job-9'")


@ON_BOTH_LOOPS
async def test_a_write_that_waits_for_its_turn_is_not_in_doubt(anyio_backend: str, service: Service) -> None:
    service.will(Answer(200, {"taxes": [tax_json()]}))
    pace = Pace(1, 3600)
    async with AsyncInvoiceXpress(
        f"waiting-{anyio_backend}", KEY, transport=service.transport, pace=pace
    ) as ix:
        await ix.taxes.list()
        error = await caught(lambda: ix.invoices.create(**DOCUMENT, proprietary_uid="order-17"))
    assert not hasattr(error, "__notes__")


async def by_timeout(call: Awaitable[Any]) -> None:
    async with asyncio.timeout(0.05):
        await call


async def by_wait_for(call: Awaitable[Any]) -> None:
    await asyncio.wait_for(call, 0.05)


@pytest.mark.parametrize("limited", [by_timeout, by_wait_for])
async def test_a_timeout_of_asyncio_leaves_the_note_in_the_cause(
    service: Service, limited: Callable[[Awaitable[Any]], Awaitable[None]], caplog: pytest.LogCaptureFixture
) -> None:
    async with AsyncInvoiceXpress("acme", KEY, transport=Hanging(service), pace=None) as ix:
        with pytest.raises(TimeoutError) as raised:
            await limited(ix.invoices.create(**DOCUMENT, proprietary_uid="order-17"))
    [note] = getattr(raised.value.__cause__, "__notes__", [])
    assert "proprietary_uid='order-17'" in note
    assert note in caplog.messages


@ON_BOTH_LOOPS
async def test_a_scope_inside_of_a_cancelled_one_works_until_then(service: Service) -> None:
    service.will(Answer(200, {"taxes": [tax_json()]}))
    async with AsyncInvoiceXpress("acme", KEY, transport=Hanging(service), pace=None) as ix:
        inner = anyio.CancelScope()
        with anyio.CancelScope() as outer:
            outer.cancel()
            with anyio.CancelScope(shield=True):
                assert len(await ix.taxes.list()) == 1
                with inner:
                    inner.deadline = anyio.current_time() + 0.02
                    await ix.taxes.list()
            assert inner.cancelled_caught
            await ix.taxes.list()
        assert outer.cancelled_caught


@ON_BOTH_LOOPS
@pytest.mark.parametrize("answers", [(), (Answer(409, {"reason": "ongoing"}),)], ids=["read", "refused"])
async def test_a_call_without_a_write_in_doubt_says_nothing(
    service: Service, answers: tuple[Answer, ...], caplog: pytest.LogCaptureFixture
) -> None:
    service.will(*answers)

    async def call(ix: AsyncInvoiceXpress) -> None:
        if answers:
            with pytest.raises(ConflictError):
                await ix.taxes.delete(5)
        await ix.taxes.list()

    async with AsyncInvoiceXpress("acme", KEY, transport=Hanging(service), pace=None, retries=0) as ix:
        error = await caught(lambda: call(ix))
    assert not hasattr(error, "__notes__")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_write_of_the_sync_client_says_so_too(kind: type[BaseException]) -> None:
    def interrupted(_: httpx.Request) -> httpx.Response:
        raise kind

    with (
        InvoiceXpress("acme", KEY, transport=httpx.MockTransport(interrupted), pace=None) as ix,
        pytest.raises(kind) as caught_error,
    ):
        ix.invoices.create(**DOCUMENT, proprietary_uid="order-17")
    [note] = caught_error.value.__notes__
    assert f"interrupted by {kind.__name__}; it may have been carried out" in note
    assert "proprietary_uid='order-17'" in note
