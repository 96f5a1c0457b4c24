"""An AsyncInvoiceXpress belongs to the event loop of its first request."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import httpx
import pytest
from invoicexpress import AsyncInvoiceXpress, ConfigurationError, InputError

from tests.unit.conftest import KEY, Answer, Service, client_json, tax_json
from tests.unit.support.slow_service import Asked, SlowService, slow_service

OTHER = "another event loop"


def body(asked: Asked) -> Any:
    return {"client": client_json()} if asked.path.startswith("/clients") else {"taxes": [tax_json()]}


@pytest.fixture
def service_at() -> Iterator[SlowService]:
    with slow_service(body) as service:
        service.go.set()
        yield service


@pytest.fixture(autouse=True)
def quiet_ends() -> Iterator[None]:
    """Sockets of a client that its loop left open go to the garbage collector, which warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def made(service: SlowService, **options: Any) -> AsyncInvoiceXpress:
    return AsyncInvoiceXpress("acme", KEY, base_url=service.url, pace=None, retries=0, **options)


async def listed(ix: AsyncInvoiceXpress) -> int:
    return len(await ix.taxes.list())


CALLS: dict[str, Callable[[Any], Any]] = {
    "a read": listed,
    "a write": lambda ix: ix.clients.create(name="Ana", code="A1"),
    "a copy": lambda ix: ix.with_options(retries=1).taxes.list(),
    "raw": lambda ix: ix.with_raw_response.taxes.list(),
    "a list": lambda ix: ix.invoices.list().to_list(),
    "read ahead": lambda ix: ix.invoices.list().prefetched().to_list(),
    "total": lambda ix: ix.invoices.list().total(),
}


@pytest.mark.parametrize("has_transport", [False, True], ids=["own connections", "a caller's transport"])
@pytest.mark.parametrize("backend", ["asyncio", "trio"])
@pytest.mark.parametrize("name", CALLS)
def test_a_second_loop_is_refused_before_anything_is_sent(
    service_at: SlowService, name: str, backend: str, has_transport: bool
) -> None:
    ix = made(service_at, transport=httpx.AsyncHTTPTransport() if has_transport else None)
    assert anyio.run(listed, ix) == 1
    before = len(service_at.asked)
    with pytest.raises(ConfigurationError, match=OTHER):
        anyio.run(CALLS[name], ix, backend=backend)
    assert len(service_at.asked) == before


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_client_of_a_loop_that_has_ended_can_be_closed(service_at: SlowService, backend: str) -> None:
    ix = made(service_at)
    assert anyio.run(listed, ix, backend=backend) == 1
    anyio.run(ix.aclose)
    with pytest.raises(ConfigurationError, match="closed"):
        anyio.run(listed, ix)


def test_a_loop_in_which_nothing_was_sent_does_not_count(service_at: SlowService) -> None:
    ix = made(service_at)

    async def wrong() -> None:
        with pytest.raises(InputError):
            await ix.clients.create(name="")

    anyio.run(wrong, backend="trio")
    assert anyio.run(listed, ix) == 1


def test_loops_of_two_threads(service_at: SlowService) -> None:
    """The first one has it."""
    ix = made(service_at)
    gate, results = threading.Barrier(2), list[object]()

    def in_a_thread() -> None:
        async def calling() -> None:
            gate.wait()
            try:
                results.append(await listed(ix))
            except ConfigurationError as error:
                results.append(str(error))
            # Neither loop ends before the other has asked.
            await asyncio.to_thread(gate.wait)

        asyncio.run(calling())

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(in_a_thread) for _ in range(2)]:
            each.result(timeout=20)
    assert sorted(map(type, results), key=str) == [int, str]
    assert len(service_at.asked) == 1


def test_a_transport_without_connections_serves_every_loop(service: Service) -> None:
    """As httpx.MockTransport, which tests use, and any transport that says so."""
    service.will(*[Answer(200, {"taxes": [tax_json()]})] * 4)

    class Mine(httpx.AsyncBaseTransport):
        any_event_loop = True

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return service(request)

    for transport in (service.transport, Mine()):
        ix = AsyncInvoiceXpress("acme", KEY, transport=transport, pace=None)
        assert anyio.run(listed, ix) == 1
        assert anyio.run(listed, ix, backend="trio") == 1


def test_each_run_may_have_a_client_of_its_own(service_at: SlowService) -> None:
    async def one() -> int:
        async with made(service_at) as ix:
            return await listed(ix)

    assert [anyio.run(one, backend=backend) for backend in ("asyncio", "trio", "asyncio")] == [1, 1, 1]
