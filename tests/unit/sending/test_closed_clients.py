"""A closed client, and one that is closed during a call, over real sockets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import httpx
import pytest
from invoicexpress import (
    AmbiguousResultError,
    AsyncInvoiceXpress,
    ConfigurationError,
    DownloadError,
    InvoiceXpress,
    TransportError,
)

from tests.unit.conftest import KEY, Service, client_json, document_json, tax_json
from tests.unit.support.event_loops import ON_BOTH_LOOPS
from tests.unit.support.slow_service import Asked, SlowService, slow_service, until

CLOSED = "the client is closed; make a new one"
QUICK: dict[str, Any] = {"pace": None, "retries": 0, "consistency_window": 0}
PAGES = {"total_entries": 9, "total_pages": 9, "current_page": 1, "per_page": 1}


def body(asked: Asked) -> Any:
    if asked.path == "/invoices.json":
        return {"invoices": [document_json(id=len(asked.path))], "pagination": PAGES}
    if asked.path.startswith("/clients"):
        return {"client": client_json()}
    return {"tax": tax_json()} if asked.path.startswith("/taxes/") else {"taxes": [tax_json()]}


@pytest.fixture
def slow() -> Iterator[SlowService]:
    with slow_service(body) as service:
        yield service


READS: dict[str, Callable[[Any], Any]] = {
    "a method": lambda ix: ix.taxes.list(),
    "a write": lambda ix: ix.clients.create(name="Ana", code="A1"),
    "a copy": lambda ix: ix.with_options(retries=1).taxes.get(5),
    "raw": lambda ix: ix.with_raw_response.taxes.get(5),
    "raw before": lambda ix: ix.raw.taxes.get(5),
    "a copy before": lambda ix: ix.copied.taxes.get(5),
    "total": lambda ix: ix.invoices.list().total(),
    "first": lambda ix: ix.invoices.list().first(),
    "a list": lambda ix: ix.invoices.list().to_list(),
    "read ahead": lambda ix: ix.invoices.list().prefetched().to_list(),
    "a file": lambda ix: ix.invoices.pdf(7),
    "the same again": lambda ix: ix.close() if isinstance(ix, InvoiceXpress) else ix.aclose(),
}


@pytest.mark.parametrize("has_transport", [False, True], ids=["own connections", "a caller's transport"])
@pytest.mark.parametrize("name", READS)
def test_a_closed_client_refuses_before_anything_is_sent(
    slow: SlowService, name: str, has_transport: bool
) -> None:
    slow.go.set()
    transport = httpx.HTTPTransport() if has_transport else None
    with InvoiceXpress("acme", KEY, base_url=slow.url, transport=transport, **QUICK) as ix:
        assert ix.taxes.list()
        vars(ix)["raw"], vars(ix)["copied"] = ix.with_raw_response, ix.with_options(retries=1)
    before = len(slow.asked)
    if name == "the same again":
        READS[name](ix)
    else:
        with pytest.raises(ConfigurationError, match=CLOSED):
            READS[name](ix)
    assert len(slow.asked) == before


@ON_BOTH_LOOPS
@pytest.mark.parametrize("has_transport", [False, True], ids=["own connections", "a caller's transport"])
@pytest.mark.parametrize("name", READS)
async def test_a_closed_async_client_does_so_too(slow: SlowService, name: str, has_transport: bool) -> None:
    slow.go.set()
    transport = httpx.AsyncHTTPTransport() if has_transport else None
    async with AsyncInvoiceXpress("acme", KEY, base_url=slow.url, transport=transport, **QUICK) as ix:
        assert await ix.taxes.list()
        vars(ix)["raw"], vars(ix)["copied"] = ix.with_raw_response, ix.with_options(retries=1)
    before = len(slow.asked)
    if name == "the same again":
        await READS[name](ix)
    else:
        with pytest.raises(ConfigurationError, match=CLOSED):
            await READS[name](ix)
    assert len(slow.asked) == before


def test_a_closed_copy_refuses_and_its_origin_does_not(slow: SlowService) -> None:
    slow.go.set()
    with InvoiceXpress("acme", KEY, base_url=slow.url, **QUICK) as ix:
        with ix.with_options(retries=1) as copied:
            assert copied.taxes.list()
        with pytest.raises(ConfigurationError, match=CLOSED):
            copied.taxes.list()
        assert ix.taxes.list()


def test_a_listing_stops_at_the_page_after_the_close(slow: SlowService) -> None:
    slow.go.set()
    with InvoiceXpress("acme", KEY, base_url=slow.url, **QUICK) as ix:
        entries = iter(ix.invoices.list(per_page=1))
        next(entries)
    with pytest.raises(ConfigurationError, match=CLOSED):
        next(entries)


READING = (TransportError, "the client was closed before the whole answer came")
WRITING = (AmbiguousResultError, "the client was closed before the whole answer came")
DURING: dict[str, tuple[Callable[[Any], Any], tuple[type[Exception], str]]] = {
    "a read": (lambda ix: ix.taxes.get(5), READING),
    "a list": (lambda ix: ix.invoices.list().to_list(), READING),
    "read ahead": (lambda ix: ix.invoices.list().prefetched().to_list(), READING),
    "a write": (lambda ix: ix.taxes.delete(5), WRITING),
}


@pytest.mark.parametrize("is_first", [True, False], ids=["new connection", "used connection"])
@pytest.mark.parametrize("name", DURING)
def test_a_call_under_way_in_another_thread_ends_at_once(
    slow: SlowService, name: str, is_first: bool
) -> None:
    call, (kind, reason) = DURING[name]
    with (
        InvoiceXpress("acme", KEY, base_url=slow.url, timeout=60, **QUICK) as ix,
        ThreadPoolExecutor(1) as pool,
    ):
        if not is_first:
            slow.go.set()
            ix.taxes.list()
            slow.go.clear()
        before = len(slow.asked)
        called = pool.submit(call, ix)
        until(lambda: len(slow.asked) > before)
        ix.close()
        with pytest.raises(kind, match=reason):
            called.result(timeout=5)
    slow.go.set()
    until(lambda: slow.open == 0)


@ON_BOTH_LOOPS
@pytest.mark.parametrize("name", DURING)
async def test_a_call_under_way_in_another_task_ends_at_once(slow: SlowService, name: str) -> None:
    call, (kind, reason) = DURING[name]
    ix = AsyncInvoiceXpress("acme", KEY, base_url=slow.url, timeout=60, **QUICK)

    async def calling() -> None:
        with pytest.raises(kind, match=reason):
            await call(ix)

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(calling)
            while not slow.asked:
                await anyio.sleep(0.002)
            await ix.aclose()


PATIENT: dict[str, tuple[Callable[[Any], Any], tuple[type[Exception], ...]]] = {
    "a read": (lambda ix: ix.taxes.get(5), (TransportError, ConfigurationError)),
    "a delete": (lambda ix: ix.taxes.delete(5), (AmbiguousResultError,)),
    "a unique thing": (lambda ix: ix.clients.create(name="Ana", code="A1"), (AmbiguousResultError,)),
}


@pytest.mark.parametrize("name", PATIENT)
def test_a_client_that_would_repeat_and_look_does_not_once_it_is_closed(slow: SlowService, name: str) -> None:
    call, kinds = PATIENT[name]
    ix = InvoiceXpress("acme", KEY, base_url=slow.url, pace=None, timeout=60, consistency_window=60)
    with ThreadPoolExecutor(1) as pool:
        called = pool.submit(call, ix)
        until(lambda: slow.asked)
        ix.close()
        with pytest.raises(kinds):
            called.result(timeout=5)
    assert len(slow.asked) == 1


def test_a_closed_client_is_not_entered_again(slow: SlowService) -> None:
    slow.go.set()
    ix = InvoiceXpress("acme", KEY, base_url=slow.url, **QUICK)
    with ix, ix:
        ix.taxes.list()
    with pytest.raises(ConfigurationError, match=CLOSED), ix:
        pass


@ON_BOTH_LOOPS
async def test_a_closed_async_client_is_not_entered_again(slow: SlowService) -> None:
    slow.go.set()
    ix = AsyncInvoiceXpress("acme", KEY, base_url=slow.url, **QUICK)
    async with ix, ix:
        await ix.taxes.list()
    with pytest.raises(ConfigurationError, match=CLOSED):
        async with ix:
            pass


@ON_BOTH_LOOPS
async def test_an_async_listing_stops_at_the_page_after_the_close(slow: SlowService) -> None:
    slow.go.set()
    async with AsyncInvoiceXpress("acme", KEY, base_url=slow.url, **QUICK) as ix:
        entries = aiter(ix.invoices.list(per_page=1))
        await anext(entries)
    with pytest.raises(ConfigurationError, match=CLOSED):
        await anext(entries)


def test_a_callers_transport_that_breaks_leaves_a_write_unknown(service: Service) -> None:
    """A RuntimeError of the HTTP library says nothing about the request."""
    # After the delete the client looks once whether it was carried out.
    service.will(*[RuntimeError("Event loop is closed")] * 3)
    with InvoiceXpress("acme", KEY, transport=service.transport, **QUICK) as ix:
        with pytest.raises(AmbiguousResultError, match="RuntimeError: Event loop is closed"):
            ix.taxes.delete(5)
        with pytest.raises(TransportError, match="RuntimeError: Event loop is closed"):
            ix.taxes.get(5)


def test_a_file_under_way_is_not_fetched_after_the_close(slow: SlowService) -> None:
    with (
        InvoiceXpress("acme", KEY, base_url=slow.url, timeout=60, **QUICK) as ix,
        ThreadPoolExecutor(1) as pool,
    ):
        called = pool.submit(ix.invoices.pdf, 7)
        until(lambda: slow.asked)
        ix.close()
        with pytest.raises((TransportError, DownloadError)):
            called.result(timeout=5)


def test_threads_may_close_and_call_at_once(slow: SlowService) -> None:
    """Each call returns, or ends in an exception of the client."""
    slow.go.set()
    odd: list[BaseException] = []

    def calling(ix: InvoiceXpress) -> None:
        try:
            for _ in range(50):
                ix.taxes.get(5)
        except (ConfigurationError, TransportError):
            pass
        except BaseException as error:
            odd.append(error)

    for _ in range(20):
        ix = InvoiceXpress("acme", KEY, base_url=slow.url, **QUICK)
        threads = [threading.Thread(target=calling, args=(ix,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        until(lambda: slow.open)
        ix.close()
        for thread in threads:
            thread.join()
    assert not odd
