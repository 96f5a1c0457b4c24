"""Lists are read page by page, only as far as somebody looks, and each entry is given once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress.errors import ServerError
from invoicexpress.pagination import AsyncListing, Listing, Page, PageReader, PageWalk, page_of
from invoicexpress_generated.models.pagination import Pagination
from invoicexpress_generated.types import UNSET

from tests.unit.conftest import RUNS, Answer, Run, Service, client_json, document_json, item_json


class Shelf:
    """A list on the other side: pages of ids, with or without a total, and a log of what was read."""

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


def run(flow: Generator[Any, Any, Page[int]]) -> Page[int]:
    """A core for flows without steps."""
    with pytest.raises(StopIteration) as done:
        next(flow)
    page: Page[int] = done.value.value
    return page


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
    """Reads a whole shelf, either way."""
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
    assert shelf.read == [1, 2, 3]


def test_a_list_that_ignores_the_page_number_ends(walked: Any) -> None:
    """Items come without pagination: should the service send the same page for ever, this still ends."""
    shelf = Shelf(*[[1, 2, 3]] * 50)
    assert walked(shelf) == [1, 2, 3]
    assert shelf.read == [1, 2]


def test_an_entry_that_moved_to_the_next_page_is_given_once(walked: Any) -> None:
    """A new document pushes the last of a page to the next one while they are read."""
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
    assert shelf.read == list(range(1, len(shelf.read) + 1)), "pages are read in order, each once"
    assert len(shelf.read) <= len(pages) + 1


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
