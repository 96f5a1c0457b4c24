"""Pages of a list, read one after the other and only as far as needed.

A walk yields each entry once (by id, clients by name), although entries move between pages during the walk.
Items, taxes and séries come without a pagination object (filipetoscano 2022, vendor docs 2026-07): there a
page without new entries is the last.

If an entry is deleted or leaves a filter, all entries behind it move up, and the first entry of the next page
may slip to a page that was read already. (`for draft in ix.invoices.list(status=["draft"])` with a finalize
in its body does that on every page.) So a page is in doubt when the total has changed, or when the service
gives no total; then the page before it is read again. If that is unchanged, nothing slipped, and the page is
good. Otherwise the walk goes back to a page that begins with a known entry, and on from there. So each entry
that exists from beginning to end is yielded once, on two conditions: remaining entries keep their order, with
new ones behind them, as ids do; and, where there is a total, that between two reads not exactly as many
entries appear as disappear, which no total shows.
"""

from __future__ import annotations

import contextlib
import contextvars
import os
from collections.abc import Callable, Generator, Hashable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final, Generic, Self, TypeAlias, TypeVar

from invoicexpress_generated import models
from invoicexpress_generated.types import Unset
from invoicexpress_loading.records import record

from ..errors import InputError, UnstableListError

T = TypeVar("T")

PER_PAGE: Final = 100
"""Entries per page.

Used in production (suestecreative 2026); the account's own setting is 10, 20 or 30.
"""
PATIENCE: Final = 10
"""How often in a row a walk goes back without a new entry before it gives up."""


@record(frozen=True)
class Page(Generic[T]):
    """One page, as the service sent it."""

    number: int
    """From 1."""
    entries: Sequence[T]
    """The entries of this page, in the service's order."""
    total_entries: int | None = None
    """Entries on all pages; None if the service gives no total."""
    total_pages: int | None = None
    """The number of pages; None if the service gives no total."""


def page_of(number: int, entries: Sequence[T], pagination: models.Pagination | Unset) -> Page[T]:
    """A page with the totals from its pagination object."""
    if isinstance(pagination, Unset):
        return Page(number, entries)
    return Page(number, entries, pagination.total_entries, pagination.total_pages)


PageFlow: TypeAlias = Generator[Any, Any, Page[T]]


@record(frozen=True)
class PageReader(Generic[T]):
    """Reads the pages of a list, and identifies its entries. It reads nothing until a walk asks for a page.

    Raises InputError for a `per_page` that is not 1 or more. The service's own limit is not known.
    """

    read: Callable[[int, int], PageFlow[T]]
    """Reads a page by its number, from 1, and its size."""
    identity: Callable[[T], Hashable]
    per_page: int = PER_PAGE
    what: str = "entries"
    """Name of the entries in messages: `invoices`."""

    def __post_init__(self) -> None:
        check_number("per_page", self.per_page, least=1)

    def page(self, number: int) -> PageFlow[T]:
        """The flow that reads a page by its number, from 1."""
        return self.read(number, self.per_page)

    def one_by_one(self) -> PageReader[T]:
        """The same list in pages of one entry, which cost the service and the network least."""
        return replace(self, per_page=1)


class PageWalk(Generic[T]):
    """State of a walk: the next page, the entries yielded so far, and whether the walk is over."""

    def __init__(self, reader: PageReader[T]) -> None:
        self._reader = reader
        self._next = 1
        self.is_over = False
        # Entries yielded so far. All entries in front of one of them were yielded too, or are newer.
        self._yielded: set[Hashable] = set()
        self._furthest = 0
        # Length of the longest page, and the length from which a page counts as full.
        self._longest = 0
        self._full = reader.per_page
        # The last page yielded, and whether the totals have changed since it was read.
        self._before: list[Hashable] = []
        self._has_moved = False
        self._totals: tuple[int | None, int | None] | None = None
        # The page in doubt, while the page before it is read again.
        self._held: Page[T] | None = None
        # Pages to go back by; 0 on the way forward.
        self._stride = 0
        self._vain_turns = 0

    def next_page(self) -> PageFlow[T]:
        """The flow that reads the next page."""
        return self._reader.page(self._next)

    def accept(self, page: Page[T]) -> Page[T] | None:
        """Takes the next page, and returns a page with its new entries.

        None if another page has to be read first. Raises UnstableListError.
        """
        totals = page.total_entries, page.total_pages
        if page.total_pages is None and self._totals is not None and self._totals[1] is not None:
            raise UnstableListError(
                f"page {page.number} of {self._reader.what} names no total, unlike the page before, so some "
                "entries may be missing; read the list again later"
            )
        moved = self._totals is not None and totals != self._totals
        self._has_moved |= moved
        self._totals = totals
        if self._next > 1 and page.entries:
            # A page with another behind it shows the length of a full page.
            self._full = min(self._full, self._longest)
        held, self._held = self._held, None
        if held is not None:
            if self._identities(page) == self._before:
                given = self._give(held)
                self._has_moved = moved
                return given
            self._turn_back()
        if self._stride:
            if self._follows(page):
                return self._give(page)
            self._go_back(page)
            return None
        if self._is_in_doubt(page) and not self._follows(page):
            self._held = page
            self._next -= 1
            return None
        return self._give(page)

    def _is_in_doubt(self, page: Page[T]) -> bool:
        """Whether an entry may have slipped to the page before since that was read."""
        if page.total_entries is None and page.total_pages is None:
            # No entry stood behind a page that was not full. If one does after all, the service makes its
            # pages smaller than requested.
            return len(self._before) >= self._full or bool(page.entries)
        return self._has_moved

    def _follows(self, page: Page[T]) -> bool:
        """Whether no entry can be missing before this page: it is the first, or begins with a known entry."""
        return self._next == 1 or (
            bool(page.entries) and self._reader.identity(page.entries[0]) in self._yielded
        )

    def _turn_back(self) -> None:
        self._stride = 1
        self._vain_turns += 1
        if self._vain_turns > PATIENCE:
            raise UnstableListError(
                f"{self._reader.what} changed during the walk {self._vain_turns} times in a row, so some may "
                "be missing; read the list again later, or narrow it with filters"
            )

    def _go_back(self, page: Page[T]) -> None:
        last = self._next if page.total_pages is None else page.total_pages
        self._next = max(1, min(self._next - self._stride, last))
        # Twice as far each time: many entries may have been deleted.
        self._stride *= 2

    def _give(self, page: Page[T]) -> Page[T]:
        identities = self._identities(page)
        fresh: list[T] = []
        for entry, identity in zip(page.entries, identities, strict=True):
            if identity not in self._yielded:
                self._yielded.add(identity)
                fresh.append(entry)
        if fresh:
            self._vain_turns = 0
        if page.total_pages is None:
            # A page read again brings nothing new, and does not end the walk.
            self.is_over = not fresh and (not page.entries or page.number > self._furthest)
        else:
            self.is_over = page.number >= page.total_pages
        self._before = identities
        self._furthest = max(self._furthest, page.number)
        self._longest = max(self._longest, len(identities))
        self._has_moved = False
        self._stride = 0
        self._next = page.number + 1
        return Page(page.number, fresh, page.total_entries, page.total_pages)

    def _identities(self, page: Page[T]) -> list[Hashable]:
        return [self._reader.identity(entry) for entry in page.entries]


def check_number(field: str, value: object, *, least: int) -> None:
    """Raises InputError for anything but a whole number of at least `least`."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise InputError(field, f"expected a whole number, got {value!r}")
    if value < least:
        raise InputError(field, f"expected at least {least}, got {value}")


R = TypeVar("R")


class AnyListing(Generic[T, R]):
    """State of both kinds of lists."""

    def __init__(
        self, reader: PageReader[T], run: Callable[[PageFlow[T]], R], *, prefetch: bool = False
    ) -> None:
        self._reader = reader
        self._run = run
        self._prefetch = prefetch

    @property
    def reader(self) -> PageReader[T]:
        """The reader of its pages, for a flow that reads them itself."""
        return self._reader

    def __repr__(self) -> str:
        ahead = ", prefetched" if self._prefetch else ""
        return f"<{type(self).__name__} of {self._reader.what}, {self._reader.per_page} a page{ahead}>"

    def prefetched(self) -> Self:
        """Return the same list, which reads the next page in the background while one is processed.

        Reading ahead ends with the iteration: on the sync client an iteration left early waits for the page
        under way, on the async client it cancels it. One request is under way at a time, and at most one is
        superfluous.
        """
        return type(self)(self._reader, self._run, prefetch=True)


class Listing(AnyListing[T, Page[T]]):
    """The entries of a list, read page by page as they are needed. Each iteration starts anew.

    It has no length; `total()` asks the service for it. Iterating raises what reading a page raises, after
    the entries before that page, and UnstableListError. An iteration is over after that: begin a new one.
    """

    def pages(self) -> Generator[Page[T], None, None]:
        """Yields the pages, each with the entries that no earlier page had."""
        walk = PageWalk(self._reader)
        with self._starter() as start:
            reading = start(walk.next_page)
            while True:
                page = walk.accept(reading())
                if not walk.is_over:
                    reading = start(walk.next_page)
                if page is not None:
                    yield page
                if walk.is_over:
                    return

    @contextlib.contextmanager
    def _starter(self) -> Generator[Callable[[Callable[[], PageFlow[T]]], Callable[[], Page[T]]], None, None]:
        """Yields a function that starts reading a page and returns a function for its result."""
        if not self._prefetch:
            yield lambda flow: lambda: self._run(flow())
            return
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - loads where it is used

        thread, process = ThreadPoolExecutor(1, "invoicexpress-prefetch"), os.getpid()

        def start(flow: Callable[[], PageFlow[T]]) -> Callable[[], Page[T]]:
            if os.getpid() != process:
                return lambda: self._run(flow())
            page = thread.submit(contextvars.copy_context().run, self._run, flow())
            # The child of a fork has no such thread, and reads the page itself.
            return lambda: page.result() if os.getpid() == process else self._run(flow())

        try:
            yield start
        finally:
            if os.getpid() == process:
                thread.shutdown(cancel_futures=True)

    def __iter__(self) -> Generator[T, None, None]:
        with contextlib.closing(self.pages()) as pages:
            for page in pages:
                yield from page.entries

    def first(self) -> T | None:
        """Return the first entry, or None for an empty list. Reads a page of one entry."""
        with contextlib.closing(iter(type(self)(self._reader.one_by_one(), self._run))) as entries:
            return next(entries, None)

    def total(self) -> int | None:
        """Return the current number of entries; None if the service gives no total (items).

        Reads a page of one entry.
        """
        return self._run(self._reader.one_by_one().page(1)).total_entries

    def to_list(self, limit: int | None = None) -> list[T]:
        """Return all entries, or the first `limit`; reads no page beyond those. Raises InputError."""
        if limit is not None:
            check_number("limit", limit, least=0)
        with contextlib.closing(iter(self)) as entries:
            return list(islice(entries, limit))
