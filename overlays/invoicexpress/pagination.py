"""Pages: read one after the other, only as far as somebody looks.

Entries are told apart (by id, clients by name) and given once, although documents move between pages
while they are read. Items, taxes and séries come without a pagination object (filipetoscano 2022,
vendor docs 2026-07): there a page that brings nothing new is the last.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from invoicexpress_generated.models.pagination import Pagination
from invoicexpress_generated.types import Unset

T = TypeVar("T")

PER_PAGE: Final = 100
"""Entries asked for at a time.

Used in production by SuesteCreative; the account's own setting is 10, 20 or 30.
"""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page as it came."""

    number: int
    entries: Sequence[T]
    total_entries: int | None = None
    """Entries on all pages, where the service says so."""
    total_pages: int | None = None


def page_of(number: int, entries: Sequence[T], pagination: Pagination | Unset) -> Page[T]:
    """A page, with what the service says about it."""
    if isinstance(pagination, Unset):
        return Page(number, entries)
    return Page(number, entries, pagination.total_entries, pagination.total_pages)


@dataclass(frozen=True, slots=True)
class PageReader(Generic[T]):
    """How to read a page, and how to tell its entries apart. Nothing is read until it is walked."""

    read: Callable[[int], Generator[Any, Any, Page[T]]]
    """Reads the page of a number, from 1."""
    identity: Callable[[T], Hashable]


class PageWalk(Generic[T]):
    """Where a walk stands. Knows when it is over, and which entries it has given already."""

    def __init__(self, reader: PageReader[T]) -> None:
        self._reader = reader
        self._seen: set[Hashable] = set()
        self._number = 1
        self.is_over = False

    def next_page(self) -> Generator[Any, Any, Page[T]]:
        """The flow that reads the next page."""
        return self._reader.read(self._number)

    def accept(self, page: Page[T]) -> Page[T]:
        """Takes note of a page, and returns it with the entries that are new."""
        fresh: list[T] = []
        for entry in page.entries:
            identity = self._reader.identity(entry)
            if identity not in self._seen:
                self._seen.add(identity)
                fresh.append(entry)
        if page.total_pages is None:
            self.is_over = not fresh
        else:
            self.is_over = self._number >= page.total_pages
        self._number += 1
        return Page(page.number, fresh, page.total_entries, page.total_pages)


class Listing(Generic[T]):
    """Everything that a list has, page by page as it is looked at. Each iteration starts anew."""

    def __init__(self, reader: PageReader[T], run: Callable[[Generator[Any, Any, Page[T]]], Page[T]]) -> None:
        self._reader = reader
        self._run = run

    def pages(self) -> Iterator[Page[T]]:
        """The pages, each with the entries that no earlier one had."""
        walk = PageWalk(self._reader)
        while not walk.is_over:
            yield walk.accept(self._run(walk.next_page()))

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.entries

    def first(self) -> T | None:
        """The first entry; None when there is none. Reads one page."""
        return next(iter(self), None)


class AsyncListing(Generic[T]):
    """Everything that a list has, page by page as it is looked at. Each iteration starts anew."""

    def __init__(
        self, reader: PageReader[T], run: Callable[[Generator[Any, Any, Page[T]]], Awaitable[Page[T]]]
    ) -> None:
        self._reader = reader
        self._run = run

    async def pages(self) -> AsyncIterator[Page[T]]:
        """The pages, each with the entries that no earlier one had."""
        walk = PageWalk(self._reader)
        while not walk.is_over:
            yield walk.accept(await self._run(walk.next_page()))

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for entry in page.entries:
                yield entry

    async def first(self) -> T | None:
        """The first entry; None when there is none. Reads one page."""
        async for entry in self:
            return entry
        return None
