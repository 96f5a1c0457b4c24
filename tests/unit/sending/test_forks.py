"""Clients in the child of a fork, over real sockets: nothing hangs, and no answers are crossed."""

# pyright: reportPrivateUsage=false
# The locks that a fork may find taken have no public names.

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from typing import Any

import anyio
import anyio.to_thread
import httpx
import pytest
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress, Pace
from invoicexpress.sending import forks, in_flight, pacing

from tests.unit.conftest import KEY, document_json, tax_json
from tests.unit.support.event_loops import ON_BOTH_LOOPS
from tests.unit.support.forks import SECONDS, Child
from tests.unit.support.slow_service import Asked, SlowService, slow_service, until

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.filterwarnings("ignore:This process:DeprecationWarning"),
    # Of a loop in the child, about the parent's.
    pytest.mark.filterwarnings("ignore:It looks like Trio:RuntimeWarning"),
]
QUICK: dict[str, Any] = {"pace": None, "retries": 0, "consistency_window": 0, "timeout": SECONDS}
ROUNDS = 30
THIRD_PAGE = threading.Event()


def body(asked: Asked) -> Any:
    """A tax has the id of its path; pages are counted by their number."""
    if asked.path == "/invoices.json":
        number = int(dict(httpx.QueryParams(asked.query))["page"])
        if number == 3:
            THIRD_PAGE.wait(SECONDS)
        pages = {"total_entries": 4, "total_pages": 4, "current_page": number, "per_page": 1}
        return {"invoices": [document_json(id=number)], "pagination": pages}
    if asked.path == "/taxes.json":
        return {"taxes": [tax_json()]}
    return {"tax": tax_json(id=int(asked.path.removeprefix("/taxes/").removesuffix(".json")))}


@pytest.fixture
def at() -> Iterator[SlowService]:
    with slow_service(body) as service:
        service.go.set()
        yield service


def ids(ix: InvoiceXpress, first: int) -> list[int]:
    return [ix.taxes.get(first + each).id for each in range(ROUNDS)]


def expected(first: int) -> list[int]:
    return list(range(first, first + ROUNDS))


def test_parent_and_child_read_their_own_answers(at: SlowService) -> None:
    with InvoiceXpress("acme", KEY, base_url=at.url, **QUICK) as ix:
        assert ix.taxes.get(1).id == 1
        children = [Child(lambda: ids(ix, 1000)), Child(lambda: ids(ix, 2000))]
        assert ids(ix, 3000) == expected(3000)
        assert [child.result() for child in children] == [expected(1000), expected(2000)]
        # One connection in each process.
        assert at.accepted == 3


@pytest.mark.parametrize("has_transport", [False, True], ids=["own connections", "a caller's transport"])
def test_a_client_that_a_child_closes_goes_on_in_the_parent(at: SlowService, has_transport: bool) -> None:
    transport = httpx.HTTPTransport() if has_transport else None
    with InvoiceXpress("acme", KEY, base_url=at.url, transport=transport, **QUICK) as ix:
        ix.taxes.get(1)
        assert Child(ix.close).result() is None
        assert ix.taxes.get(2).id == 2
        assert at.accepted == 1


def test_a_callers_transport_is_refused_in_a_child(at: SlowService) -> None:
    with InvoiceXpress("acme", KEY, base_url=at.url, transport=httpx.HTTPTransport(), **QUICK) as ix:
        ix.taxes.get(1)
        assert "ConfigurationError: the client was made before a fork" in Child(lambda: ids(ix, 1)).result()
        assert len(at.asked) == 1


@ON_BOTH_LOOPS
async def test_an_async_client_belongs_to_the_loop_of_the_child(anyio_backend: str, at: SlowService) -> None:
    async def calls(ix: AsyncInvoiceXpress, first: int) -> list[int]:
        return [(await ix.taxes.get(first + each)).id for each in range(ROUNDS)]

    async with AsyncInvoiceXpress("acme", KEY, base_url=at.url, **QUICK) as ix:
        await ix.taxes.get(1)
        child = await anyio.to_thread.run_sync(
            lambda: Child(lambda: anyio.run(calls, ix, 1000, backend=anyio_backend))
        )
        assert await calls(ix, 3000) == expected(3000)
        assert await anyio.to_thread.run_sync(child.result) == expected(1000)
        assert at.accepted == 2


@contextmanager
def held(lock: Any) -> Generator[None]:
    """Another thread holds a lock."""
    taken, release = threading.Event(), threading.Event()

    def holding() -> None:
        with lock:
            taken.set()
            release.wait(SECONDS)

    thread = threading.Thread(target=holding)
    thread.start()
    taken.wait(SECONDS)
    try:
        yield
    finally:
        release.set()
        thread.join()


LOCKS: dict[str, Callable[[InvoiceXpress], Any]] = {
    "pace": lambda _: pacing._PROCESS.lock,
    "accounts": lambda _: in_flight._REGISTRY._lock,
    "in flight": lambda ix: ix._terms.in_flight.lock,
    "references": lambda ix: ix._terms.in_flight.references._lock,
    "connections": lambda ix: vars(ix._sender._inner)["_lock"],
}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_that_another_thread_held_is_free_in_the_child(at: SlowService, name: str) -> None:
    def work() -> int:
        ix.invoices.list(reference="A1")
        ix._terms.in_flight.know("document", 5)
        ix._terms.in_flight.references.remember("A1", 5)
        with InvoiceXpress("acme", KEY, base_url=at.url) as other:
            return ix.taxes.get(7).id + other.taxes.get(8).id

    with InvoiceXpress("acme", KEY, base_url=at.url) as ix:
        ix.taxes.get(1)
        with held(LOCKS[name](ix)):
            child = Child(work)
        assert child.result() == 15
        assert ix.taxes.get(2).id == 2


def test_a_fork_waits_for_a_module_that_is_loading() -> None:
    loaded, begun = list[str](), threading.Event()

    def load() -> None:
        with forks.loading():
            begun.set()
            time.sleep(0.1)
            loaded.append("yes")

    thread = threading.Thread(target=load)
    thread.start()
    begun.wait(SECONDS)
    assert Child(lambda: loaded).result() == ["yes"]
    thread.join()


def test_the_first_requests_of_threads_and_a_fork_at_once(at: SlowService) -> None:
    """In a new process, where the first request loads the HTTP library and the pace."""

    def work() -> list[Any]:
        def calling() -> None:
            with InvoiceXpress("acme", KEY, base_url=at.url, **QUICK) as ix:
                ix.taxes.list()

        threads = [threading.Thread(target=calling, daemon=True) for _ in range(3)]
        for thread in threads:
            thread.start()
        with InvoiceXpress("acme", KEY, base_url=at.url) as ix:
            return [Child(lambda: ids(ix, 1)).result() == expected(1) for _ in range(3)]

    assert Child(work).result() == [True] * 3


def test_a_turn_that_the_parent_waits_for_is_not_waited_for_in_the_child(at: SlowService) -> None:
    pace = Pace(2, 3600)
    with InvoiceXpress("acme", KEY, base_url=at.url, pace=pace) as ix:
        ix.taxes.get(1)
        ix.taxes.get(2)
        waiting = threading.Thread(target=lambda: ix.taxes.get(3), daemon=True)
        waiting.start()
        child = Child(lambda: ix.taxes.get(4).id)
        assert child.result() == 4
        assert [each.path for each in at.asked] == [f"/taxes/{each}.json" for each in (1, 2, 4)]


@pytest.mark.parametrize("is_prefetched", [False, True])
def test_an_iteration_goes_on_in_both_processes(at: SlowService, is_prefetched: bool) -> None:
    THIRD_PAGE.clear()
    with InvoiceXpress("acme", KEY, base_url=at.url, **QUICK) as ix:
        listing = ix.invoices.list(per_page=1)
        with closing(iter(listing.prefetched() if is_prefetched else listing)) as entries:
            assert [next(entries).id, next(entries).id] == [1, 2]
            if is_prefetched:
                # A thread of the parent waits for the third page.
                until(lambda: len(at.asked) == 3)
            child = Child(lambda: [each.id for each in entries])
            THIRD_PAGE.set()
            assert child.result() == [3, 4]
            assert [each.id for each in entries] == [3, 4]


def test_known_documents_stay_known_and_writes_of_the_parent_are_not_the_childs(at: SlowService) -> None:
    with InvoiceXpress("acme", KEY, base_url=at.url, **QUICK) as ix:
        known = ix._terms.in_flight
        known.know("document", 5)
        known.references.remember("A1", 5)
        assert known.references.enter("A2")
        scope = in_flight.WriteScope(known, "document", "invoices", "A1")
        with scope.sending():
            found = Child(
                lambda: (scope.free([5, 6]), known.references.id_of("A1"), known.references.enter("A2"))
            )
            assert found.result() == ([6], 5, True)
            with pytest.raises(in_flight.NotYetKnown):
                scope.free([6])
