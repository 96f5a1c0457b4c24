"""Lists are read page by page, only as far as the caller iterates, and each entry is given once."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import gc
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from typing import Any, TypeVar

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import InvoiceXpress
from invoicexpress.errors import InputError, ServerError
from invoicexpress.sending.asynchronous.pagination import AsyncListing
from invoicexpress.sending.pagination import Listing, Page, PageReader, PageWalk, page_of
from invoicexpress_generated.models.pagination import Pagination
from invoicexpress_generated.types import UNSET

from tests.unit.conftest import RUNS, Answer, Run, Service, client_json, document_json, item_json

T = TypeVar("T")


class Shelf:
    """A fake list: pages of ids, with or without a total, and a log of reads."""

    def __init__(self, *pages: list[int], total_pages: int | None = None) -> None:
        self.pages = pages
        self.total_pages = total_pages
        self.read: list[int] = []

    def page(self, number: int, per_page: int = 100) -> Generator[Any, Any, Page[int]]:
        self.read.append(number)
        entries = self.pages[number - 1] if number <= len(self.pages) else []
        yield from ()
        return Page(number, entries, None, self.total_pages)

    @property
    def reader(self) -> PageReader[int]:
        return PageReader(self.page, lambda entry: entry)


def run(flow: Generator[Any, Any, Page[T]]) -> Page[T]:
    """A core for flows without steps."""
    try:
        next(flow)
    except StopIteration as done:
        page: Page[T] = done.value
        return page
    pytest.fail("a flow without steps asked for one")


async def run_async(flow: Generator[Any, Any, Page[int]]) -> Page[int]:
    return run(flow)


def walk(shelf: Shelf) -> list[int]:
    return list(Listing(shelf.reader, run))


async def walk_async(shelf: Shelf) -> list[int]:
    return [entry async for entry in AsyncListing(shelf.reader, run_async)]


def walk_on_a_loop(shelf: Shelf) -> list[int]:
    return anyio.run(walk_async, shelf)


@pytest.fixture(params=["sync", "async"])
def walked(request: pytest.FixtureRequest) -> Any:
    """Reads a whole shelf, synchronously or asynchronously."""
    return walk if request.param == "sync" else walk_on_a_loop


def test_pages_follow_one_another_as_far_as_the_service_says(walked: Any) -> None:
    shelf = Shelf([1, 2], [3, 4], [5], total_pages=3)
    assert walked(shelf) == [1, 2, 3, 4, 5]
    assert shelf.read == [1, 2, 3]


def test_no_page_is_read_beyond_the_total(walked: Any) -> None:
    shelf = Shelf([1], [2], [3], total_pages=2)
    assert walked(shelf) == [1, 2]
    assert shelf.read == [1, 2]


@pytest.mark.parametrize("total_pages", [0, 1])
def test_an_empty_list_takes_one_page(walked: Any, total_pages: int) -> None:
    shelf = Shelf([], total_pages=total_pages)
    assert walked(shelf) == []
    assert shelf.read == [1]


def test_an_empty_list_without_a_total_takes_one_page(walked: Any) -> None:
    shelf = Shelf()
    assert walked(shelf) == []
    assert shelf.read == [1]


def test_an_empty_page_in_the_middle_ends_nothing_where_there_is_a_total(walked: Any) -> None:
    """A filter can leave a page empty."""
    assert walked(Shelf([1], [], [2], total_pages=3)) == [1, 2]


def test_without_a_total_the_first_page_that_brings_nothing_new_is_the_last(walked: Any) -> None:
    shelf = Shelf([1, 2], [3])
    assert walked(shelf) == [1, 2, 3]
    assert shelf.read == [1, 2, 1, 3], "plus one look back for entries that slipped to the first page"


def test_a_list_that_ignores_the_page_number_ends(walked: Any) -> None:
    """Items have no pagination: even if the service repeats the same page for ever, the walk ends."""
    shelf = Shelf(*[[1, 2, 3]] * 50)
    assert walked(shelf) == [1, 2, 3]
    assert shelf.read == [1, 2]


def test_an_entry_that_moved_to_the_next_page_is_given_once(walked: Any) -> None:
    """A new document pushes the last entry of a page to the next page during the walk."""
    assert walked(Shelf([1, 2], [2, 3], [3, 4], total_pages=3)) == [1, 2, 3, 4]


@given(st.lists(st.lists(st.integers(0, 9), max_size=5), max_size=6), st.booleans())
def test_each_entry_is_given_once_in_the_order_of_its_first_appearance(
    pages: list[list[int]], has_total: bool
) -> None:
    shelf = Shelf(*pages, total_pages=len(pages) if has_total else None)
    given_out = walk(shelf)
    assert len(set(given_out)) == len(given_out)
    if has_total:
        assert given_out == list(dict.fromkeys(entry for page in pages for entry in page))
    forward = list(dict.fromkeys(shelf.read))
    assert forward == list(range(1, len(forward) + 1)), "pages are read in order"
    assert len(forward) <= len(pages) + 1
    if has_total:
        assert shelf.read == forward, "each is read once"
    else:
        assert max(map(shelf.read.count, shelf.read)) <= 2, "each is checked at most once more"


@given(st.lists(st.lists(st.integers(0, 99), max_size=4), min_size=1, max_size=5))
def test_both_kinds_of_listing_read_the_same(pages: list[list[int]]) -> None:
    sync, asynchronous = Shelf(*pages, total_pages=len(pages)), Shelf(*pages, total_pages=len(pages))
    assert anyio.run(walk_async, asynchronous) == walk(sync)
    assert asynchronous.read == sync.read


def test_a_total_that_grows_while_it_is_read_is_followed() -> None:
    shelf = Shelf([1], [2], [3], total_pages=2)

    def growing(number: int, per_page: int) -> Generator[Any, Any, Page[int]]:
        shelf.total_pages = 3 if number > 1 else 2
        return (yield from shelf.page(number))

    assert list(Listing(PageReader(growing, lambda entry: entry), run)) == [1, 2, 3]


def test_nothing_is_read_before_somebody_looks() -> None:
    shelf = Shelf([1], total_pages=1)
    listing = Listing(shelf.reader, run)
    iterator = iter(listing)
    pages = listing.pages()
    assert shelf.read == []
    assert next(iterator) == 1
    assert shelf.read == [1]
    assert isinstance(pages, Iterator)


async def test_nothing_is_read_before_somebody_awaits() -> None:
    shelf = Shelf([1], total_pages=1)
    listing = AsyncListing(shelf.reader, run_async)
    iterator = aiter(listing)
    assert shelf.read == []
    assert await anext(iterator) == 1
    assert shelf.read == [1]
    assert isinstance(listing.pages(), AsyncIterator)


def test_the_next_page_is_read_when_its_first_entry_is_wanted_and_not_before() -> None:
    shelf = Shelf([1, 2], [3], total_pages=2)
    iterator = iter(Listing(shelf.reader, run))
    assert [next(iterator), next(iterator)] == [1, 2]
    assert shelf.read == [1]
    assert next(iterator) == 3
    assert shelf.read == [1, 2]


def test_each_iteration_starts_anew() -> None:
    shelf = Shelf([1, 2], [3], total_pages=2)
    listing = Listing(shelf.reader, run)
    assert list(listing) == list(listing) == [1, 2, 3]
    assert shelf.read == [1, 2, 1, 2]


async def test_each_asynchronous_iteration_starts_anew() -> None:
    shelf = Shelf([1, 2], [3], total_pages=2)
    listing = AsyncListing(shelf.reader, run_async)
    assert [entry async for entry in listing] == [entry async for entry in listing] == [1, 2, 3]
    assert shelf.read == [1, 2, 1, 2]


def test_two_iterations_at_a_time_do_not_mix() -> None:
    shelf = Shelf([1, 2], [3], total_pages=2)
    listing = Listing(shelf.reader, run)
    assert list(zip(listing, listing, strict=True)) == [(1, 1), (2, 2), (3, 3)]


def test_the_first_entry_takes_one_page() -> None:
    shelf = Shelf([1, 2], [3], total_pages=2)
    assert Listing(shelf.reader, run).first() == 1
    assert shelf.read == [1]
    assert Listing(Shelf(total_pages=0).reader, run).first() is None


async def test_the_first_entry_takes_one_page_asynchronously() -> None:
    shelf = Shelf([1, 2], [3], total_pages=2)
    assert await AsyncListing(shelf.reader, run_async).first() == 1
    assert shelf.read == [1]
    assert await AsyncListing(Shelf(total_pages=0).reader, run_async).first() is None


def sizes_read(per_page: int = 100, total: int | None = 12) -> tuple[PageReader[int], list[tuple[int, int]]]:
    """A reader of a list of twelve, and its log of requested page numbers and sizes."""
    asked: list[tuple[int, int]] = []

    def read(number: int, size: int) -> Generator[Any, Any, Page[int]]:
        yield from ()
        asked.append((number, size))
        entries = list(range(12))[(number - 1) * size : number * size]
        return Page(number, entries, total, None if total is None else -(-total // size))

    return PageReader(read, lambda entry: entry, per_page, "numbers"), asked


async def test_the_first_entry_and_the_total_are_read_in_pages_of_one() -> None:
    reader, asked = sizes_read()
    assert Listing(reader, run).first() == 0
    assert Listing(reader, run).total() == 12
    assert await AsyncListing(reader, run_async).first() == 0
    assert await AsyncListing(reader, run_async).total() == 12
    assert asked == [(1, 1)] * 4


async def test_a_list_that_does_not_say_its_total_has_none() -> None:
    reader, asked = sizes_read(total=None)
    assert Listing(reader, run).total() is None
    assert await AsyncListing(reader, run_async).total() is None
    assert asked == [(1, 1)] * 2


@pytest.mark.parametrize(
    ("limit", "entries", "pages"),
    [(None, 12, 3), (0, 0, 0), (1, 1, 1), (5, 5, 1), (6, 6, 2), (12, 12, 3), (99, 12, 3)],
)
async def test_a_list_of_a_listing_reads_no_further_than_it_goes(
    limit: int | None, entries: int, pages: int
) -> None:
    reader, asked = sizes_read(5)
    wanted = list(range(entries)), [(number, 5) for number in range(1, pages + 1)]
    assert (Listing(reader, run).to_list(limit), asked) == wanted
    asked.clear()
    assert (await AsyncListing(reader, run_async).to_list(limit), asked) == wanted


@pytest.mark.parametrize("limit", [-1, True, 1.0, "5"])
async def test_a_limit_that_is_no_number_is_refused(limit: Any) -> None:
    reader, asked = sizes_read()
    with pytest.raises(InputError, match="limit: expected "):
        Listing(reader, run).to_list(limit)
    with pytest.raises(InputError, match="limit"):
        await AsyncListing(reader, run_async).to_list(limit)
    assert asked == []


LISTS: list[Callable[[InvoiceXpress, Any], object]] = [
    lambda ix, size: ix.invoices.list(per_page=size),
    lambda ix, size: ix.clients.list(per_page=size),
    lambda ix, size: ix.clients.invoices(1, per_page=size),
    lambda ix, size: ix.items.list(per_page=size),
]


@pytest.mark.parametrize("per_page", [0, -1, True, 1.0, "5", None])
@pytest.mark.parametrize("call", LISTS)
def test_a_page_has_one_entry_or_more(call: Callable[[InvoiceXpress, Any], object], per_page: Any) -> None:
    """A wrong size is refused at the call, not during iteration."""
    refused = pytest.raises(InputError, match="per_page: expected ")
    with InvoiceXpress("acme", "key") as ix, refused:
        call(ix, per_page)


def test_a_listing_says_what_it_lists_and_has_no_length() -> None:
    with InvoiceXpress("acme", "key") as ix:
        assert repr(ix.simplified_invoices.list()) == "<Listing of simplified_invoices, 100 a page>"
        assert repr(ix.clients.invoices(7)) == "<Listing of invoices of client 7, 100 a page>"
        prefetched: Any = ix.items.list(per_page=5).prefetched()
    assert repr(prefetched) == "<Listing of items, 5 a page, prefetched>"
    with pytest.raises(TypeError):
        len(prefetched)
    reader, _ = sizes_read()
    assert repr(AsyncListing(reader, run_async)) == "<AsyncListing of numbers, 100 a page>"


# Reading ahead: the next page loads while the caller uses the current one, and stops with the iteration.


def threads() -> list[str]:
    """The threads that read ahead."""
    return [one.name for one in threading.enumerate() if one.name.startswith("invoicexpress-prefetch")]


class Gate:
    """A list of three one-entry pages; each read is announced and waits for permission."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.wanted = [threading.Event() for _ in range(4)]
        self.leave = threading.Event()
        if is_open:
            self.leave.set()
        self.read: list[int] = []
        self.error: Exception | None = None

    def page(self, number: int, per_page: int) -> Generator[Any, Any, Page[int]]:
        yield from ()
        self.read.append(number)
        self.wanted[number].set()
        assert number == 1 or self.leave.wait(10)
        if self.error is not None and number == 2:
            raise self.error
        return Page(number, [number], 3, 3)

    def listing(self) -> Listing[int]:
        return Listing(PageReader(self.page, lambda entry: entry, 1), run).prefetched()


def test_the_next_page_is_read_while_one_is_looked_at() -> None:
    gate = Gate()
    iterator = iter(gate.listing())
    assert not threads(), "nothing is read before the iteration starts"
    assert next(iterator) == 1
    assert gate.wanted[2].wait(10), "the second page is read without being requested"
    assert gate.read == [1, 2], "no more than one page ahead"
    assert list(iterator) == [2, 3]
    assert gate.read == [1, 2, 3]
    assert not threads()


def test_a_prefetched_walk_that_is_left_early_waits_for_the_page_under_way_and_leaves_no_thread() -> None:
    gate = Gate(is_open=False)
    iterator = iter(gate.listing())
    assert next(iterator) == 1
    assert gate.wanted[2].wait(10)
    gate.leave.set()
    iterator.close()
    assert not threads()
    assert gate.read == [1, 2]


def test_a_prefetched_walk_that_is_forgotten_leaves_no_thread() -> None:
    for entry in Gate().listing():
        assert entry == 1
        break
    gc.collect()
    assert not threads()


def test_an_error_of_a_page_that_was_read_ahead_comes_when_that_page_is_wanted() -> None:
    gate = Gate()
    gate.error = ServerError("GET", "/invoices.json", 503, ())
    iterator = iter(gate.listing())
    assert next(iterator) == 1
    assert gate.wanted[2].wait(10)
    with pytest.raises(ServerError) as caught:
        next(iterator)
    assert caught.value is gate.error
    assert not threads()


def test_an_error_of_a_page_that_nobody_wanted_is_nobody_s() -> None:
    gate = Gate()
    gate.error = ServerError("GET", "/invoices.json", 503, ())
    assert gate.listing().to_list(1) == [1]
    assert not threads()


def test_a_page_that_is_read_ahead_sees_the_context_of_its_reader() -> None:
    """Tracing keeps its state in a context variable."""
    where: contextvars.ContextVar[str] = contextvars.ContextVar("where", default="nowhere")
    seen: list[str] = []

    def read(number: int, per_page: int) -> Generator[Any, Any, Page[int]]:
        yield from ()
        seen.append(where.get())
        return Page(number, [number], 2, 2)

    where.set("here")
    assert Listing(PageReader(read, lambda entry: entry, 1), run).prefetched().to_list() == [1, 2]
    assert seen == ["here", "here"]


class AsyncGate:
    """Gate for asyncio; counts the reads that were cancelled."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.leave = asyncio.Event()
        if is_open:
            self.leave.set()
        self.read: list[int] = []
        self.cancelled = 0
        self.error: Exception | None = None

    async def run(self, flow: Generator[Any, Any, Page[int]]) -> Page[int]:
        page = run(flow)
        self.read.append(page.number)
        try:
            if page.number > 1:
                await asyncio.wait_for(self.leave.wait(), 10)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.error is not None and page.number == 2:
            raise self.error
        return page

    def listing(self) -> AsyncListing[int]:
        shelf = PageReader(lambda number, _: iter_page(Page(number, [number], 3, 3)), lambda entry: entry, 1)
        return AsyncListing(shelf, self.run).prefetched()


async def until(condition: Callable[[], bool]) -> None:
    """Runs the loop until a condition holds, for at most ten seconds."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)


async def test_the_next_page_is_read_while_one_is_looked_at_asynchronously() -> None:
    gate = AsyncGate()
    before = asyncio.all_tasks()
    iterator = aiter(gate.listing())
    assert gate.read == []
    assert await anext(iterator) == 1
    await until(lambda: gate.read == [1, 2])
    assert [entry async for entry in iterator] == [2, 3]
    assert gate.read == [1, 2, 3]
    assert asyncio.all_tasks() == before


async def test_an_asynchronous_walk_that_is_left_early_cancels_the_page_under_way() -> None:
    gate = AsyncGate(is_open=False)
    before = asyncio.all_tasks()
    async with contextlib.aclosing(aiter(gate.listing())) as entries:
        assert await anext(entries) == 1
        await until(lambda: gate.read == [1, 2])
    assert (gate.cancelled, asyncio.all_tasks()) == (1, before)


async def test_an_asynchronous_walk_that_is_forgotten_leaves_no_task() -> None:
    gate = AsyncGate(is_open=False)
    before = asyncio.all_tasks()
    async for entry in gate.listing():
        assert entry == 1
        await until(lambda: gate.read == [1, 2])
        break
    gc.collect()
    await until(lambda: asyncio.all_tasks() == before)
    assert gate.cancelled == 1


async def test_cancelling_who_reads_cancels_what_is_read_ahead() -> None:
    gate = AsyncGate(is_open=False)
    before = asyncio.all_tasks()
    task = asyncio.create_task(gate.listing().to_list())
    await until(lambda: gate.read == [1, 2])
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until(lambda: asyncio.all_tasks() == before)
    assert gate.cancelled == 1


async def test_an_error_read_ahead_comes_when_that_page_is_wanted_asynchronously() -> None:
    gate = AsyncGate()
    gate.error = ServerError("GET", "/invoices.json", 503, ())
    iterator = aiter(gate.listing())
    assert await anext(iterator) == 1
    await until(lambda: gate.read == [1, 2])
    with pytest.raises(ServerError) as caught:
        await anext(iterator)
    assert caught.value is gate.error


async def test_an_error_of_a_page_that_nobody_wanted_is_nobody_s_asynchronously(
    caplog: pytest.LogCaptureFixture,
) -> None:
    gate = AsyncGate()
    gate.error = ServerError("GET", "/invoices.json", 503, ())
    async with contextlib.aclosing(aiter(gate.listing())) as entries:
        assert await anext(entries) == 1
        await until(lambda: gate.read == [1, 2])
        await asyncio.sleep(0)
    gc.collect()
    assert not caplog.records, "no log of an exception that was never retrieved"


@given(st.lists(st.lists(st.integers(0, 9), max_size=3), max_size=4), st.booleans())
@settings(max_examples=30)
def test_reading_ahead_reads_the_same(pages: list[list[int]], has_total: bool) -> None:
    def shelf() -> Shelf:
        return Shelf(*pages, total_pages=len(pages) if has_total else None)

    plain, ahead, ahead_async = shelf(), shelf(), shelf()
    wanted = walk(plain)
    assert Listing(ahead.reader, run).prefetched().to_list() == wanted
    assert anyio.run(AsyncListing(ahead_async.reader, run_async).prefetched().to_list) == wanted
    assert plain.read == ahead.read == ahead_async.read


def test_pages_say_what_the_service_says_and_hold_what_is_new() -> None:
    reader = PageReader(
        lambda number, per_page: iter_page(Page(number, [number, 7], 12, 3)),
        lambda entry: entry,
    )
    pages = list(Listing(reader, run).pages())
    assert [(page.number, list(page.entries)) for page in pages] == [(1, [1, 7]), (2, [2]), (3, [3])]
    assert {(page.total_entries, page.total_pages) for page in pages} == {(12, 3)}


def iter_page(page: Page[int]) -> Generator[Any, Any, Page[int]]:
    yield from ()
    return page


def test_a_walk_knows_where_it_stands() -> None:
    walk = PageWalk(Shelf([1], [2], total_pages=2).reader)
    assert not walk.is_over
    walk.accept(run(walk.next_page()))
    assert not walk.is_over
    walk.accept(run(walk.next_page()))
    assert walk.is_over


def test_a_page_takes_its_totals_from_the_pagination_object() -> None:
    assert page_of(2, [1], Pagination(11, 2, 2, 10)) == Page(2, [1], 11, 2)
    assert page_of(1, [1], UNSET) == Page(1, [1], None, None)


def pagination(page: int, total_pages: int) -> dict[str, Any]:
    return {"current_page": page, "total_pages": total_pages, "total_entries": 3, "per_page": "2"}


def test_documents_are_paged_on_the_wire(service: Service, run: Run) -> None:
    """Totals come as numbers or as texts (filipetoscano 2022)."""
    service.will(
        Answer(body={"invoices": [document_json(id=1), document_json(id=2)], "pagination": pagination(1, 2)}),
        Answer(body={"invoices": [document_json(id=2), document_json(id=3)], "pagination": pagination(2, 2)}),
    )
    found = run(service, lambda ix: ix.invoices.list(per_page=2))
    assert [document.id for document in found] == [1, 2, 3]
    assert [dict(sent.query)["page"] for sent in service.sent] == ["1", "2"]
    assert {dict(sent.query)["per_page"] for sent in service.sent} == {"2"}


def test_a_total_is_asked_for_with_a_page_of_one_on_the_wire(service: Service, run: Run) -> None:
    service.will(Answer(body={"invoices": [document_json(id=1)], "pagination": pagination(1, 3)}))
    assert run(service, lambda ix: ix.invoices.list(status=["draft"]).total()) == 3
    (sent,) = service.sent
    assert {("status[]", "draft"), ("page", "1"), ("per_page", "1")} <= set(sent.query)


def test_items_are_read_until_a_page_brings_nothing_new(service: Service, run: Run) -> None:
    service.will(Answer(body={"items": [item_json(id=1)]}), Answer(body={"items": []}))
    assert [item.id for item in run(service, lambda ix: ix.items.list())] == [1]


def test_an_error_on_a_later_page_comes_after_the_entries_before_it(service: Service) -> None:
    service.will(
        Answer(body={"clients": [client_json(id=1)], "pagination": pagination(1, 2)}),
        Answer(status=503),
    )
    seen: list[str] = []

    def look(ix: Any) -> None:
        seen.extend(client.name for client in ix.clients.list())

    with pytest.raises(ServerError):
        RUNS["sync"](service, look)
    assert seen == ["Ana"]
