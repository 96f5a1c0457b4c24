"""Lists of the async client."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

from ..pagination import AnyListing, Page, PageFlow, PageWalk, check_number
from .loops import Beside

T = TypeVar("T")


class AsyncListing(AnyListing[T, Awaitable[Page[T]]]):
    """The entries of a list, read page by page as they are needed. Each iteration starts anew.

    It has no length; `total()` asks the service for it. Iterating raises what reading a page raises, after
    the entries before that page, and UnstableListError. An iteration is over after that: begin a new one. The
    event loop closes an iteration left early when it gets to it; `async with
    contextlib.aclosing(aiter(listing)) as entries` closes it at once.
    """

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        """Yields the pages, each with the entries that no earlier page had."""
        walk = PageWalk(self._reader)
        async with self._starter() as start:
            reading = start(walk.next_page())
            while True:
                page = walk.accept(await reading())
                if not walk.is_over:
                    reading = start(walk.next_page())
                if page is not None:
                    yield page
                if walk.is_over:
                    return

    @contextlib.asynccontextmanager
    async def _starter(
        self,
    ) -> AsyncGenerator[Callable[[PageFlow[T]], Callable[[], Awaitable[Page[T]]]], None]:
        """Yields a function that starts reading a page and returns a function for its result."""
        if not self._prefetch:
            yield lambda flow: lambda: self._run(flow)
            return
        under_way: list[Beside[Page[T]]] = []

        def start(flow: PageFlow[T]) -> Callable[[], Awaitable[Page[T]]]:
            page = Beside(lambda: self._run(flow))
            under_way[:] = [page]
            return page.result

        try:
            yield start
        finally:
            for page in under_way:
                await page.stop()

    async def __aiter__(self) -> AsyncGenerator[T, None]:
        async with contextlib.aclosing(self.pages()) as pages:
            async for page in pages:
                for entry in page.entries:
                    yield entry

    async def first(self) -> T | None:
        """Return the first entry, or None for an empty list. Reads a page of one entry."""
        async with contextlib.aclosing(aiter(type(self)(self._reader.one_by_one(), self._run))) as entries:
            return await anext(entries, None)

    async def total(self) -> int | None:
        """Return the current number of entries; None if the service gives no total (items).

        Reads a page of one entry.
        """
        return (await self._run(self._reader.one_by_one().page(1))).total_entries

    async def to_list(self, limit: int | None = None) -> list[T]:
        """Return all entries, or the first `limit`; reads no page beyond those. Raises InputError."""
        if limit is not None:
            check_number("limit", limit, least=0)
        found: list[T] = []
        async with contextlib.aclosing(aiter(self)) as entries:
            while limit is None or len(found) < limit:
                try:
                    found.append(await anext(entries))
                except StopAsyncIteration:
                    break
        return found
