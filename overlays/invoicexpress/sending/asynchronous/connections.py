"""The connections of the async client: those of the sync client, and the event loop that they belong to."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping
from typing import Any, Final

import anyio

from ...errors import ConfigurationError
from ..connections import CLOSED, OPENED, Gate, Lane, Lent, Owner, pool_timeout, traced
from ..deadlines import current, watched
from ..forks import renewed_in_children
from ..http_library import AsyncTransport, HttpAnswer, HttpLibrary, HttpRequest
from .loops import load_backend, running_loop

_CLOSING: Final = 2.0
"""Most seconds to close a connection of an event loop. Closing waits for no answer, but TLS writes."""

OTHER_LOOP: Final = (
    "the client belongs to another event loop, that of its first request; "
    "make one client for each event loop, so for each asyncio.run"
)


class LoopGate(Gate):
    """Refuses requests from a second event loop too."""

    untranslated = (
        *Gate.untranslated,
        anyio.ClosedResourceError,
        anyio.BrokenResourceError,
        anyio.BusyResourceError,
    )

    def __init__(self, http: HttpLibrary) -> None:
        super().__init__(http)
        self._loop: object = None
        self._binding = threading.Lock()

    def check(self) -> None:
        super().check()
        load_backend()
        if not self._is_at_home:
            raise ConfigurationError(OTHER_LOOP)

    @property
    def _is_at_home(self) -> bool:
        return self._loop is None or self._loop is running_loop()

    def _bind(self) -> None:
        """Takes the event loop of the first request as its own. Raises ConfigurationError on another."""
        with self._binding:
            if self._loop is None:
                self._loop = running_loop()
        if not self._is_at_home:
            raise ConfigurationError(OTHER_LOOP)


class AsyncConnections(Owner[AsyncTransport], LoopGate):
    """Connections of the async client. The tasks of one event loop share them."""

    _free: anyio.Semaphore

    def _begin(self) -> None:
        super()._begin()
        self._loop = None
        self._binding = threading.Lock()

    def _bind(self) -> None:
        is_first = self._loop is None
        super()._bind()
        if is_first:
            self._free = anyio.Semaphore(self._most, fast_acquire=True)

    @contextlib.asynccontextmanager
    async def exchange(self, request: HttpRequest) -> AsyncGenerator[HttpAnswer]:
        """Sends a request on a connection of its own; yields the answer, which is to be read to its end."""
        self._bind()
        await self._wait(pool_timeout(request))
        # From here on every way out gives the place back.
        try:
            lane, old = self._take(request)
            is_whole = False
            try:
                await close(old)
                with self.translating():
                    answer: HttpAnswer = await lane.transport.handle_async_request(
                        traced(request, _watch(lane))
                    )
                    try:
                        lane.serves(answer)
                        yield answer
                    finally:
                        await answer.aclose()
                is_whole = True
            finally:
                await close(self._give_back(lane, is_whole=is_whole))
        finally:
            self._free.release()

    async def _wait(self, seconds: float | None) -> None:
        """Waits for a place. Raises the HTTP library's PoolTimeout."""
        try:
            self._free.acquire_nowait()
        except anyio.WouldBlock:
            try:
                with anyio.fail_after(seconds):
                    await self._free.acquire()
            except TimeoutError:
                raise self._no_place() from None

    async def aclose(self) -> None:
        """Closes all connections. A request under way ends at once, with an error."""
        idle, busy = self._end()
        for lane in busy:
            # Its own task closes it.
            lane.hang_up()
        if self._is_at_home:
            await close(idle)
        else:
            # Only their own event loop may close them, if it still runs. This much is possible from here.
            for lane in idle:
                lane.hang_up()


async def close(lanes: Collection[Lane[AsyncTransport]]) -> None:
    """Closes the connections of lanes, although the caller may be cancelled."""
    if not lanes:
        return
    with anyio.move_on_after(_CLOSING, shield=True):
        for lane in lanes:
            with contextlib.suppress(Exception):
                await lane.transport.aclose()


class AsyncLentTransport(Lent, LoopGate):
    """A transport that the caller of the async client gave. It is closed with the client.

    It may keep connections, so it belongs to the event loop of its first request, as the client's own do. It
    does not if it opens none, as httpx.MockTransport, or says so by a true attribute `any_event_loop`.
    """

    def __init__(self, http: HttpLibrary, inner: AsyncTransport) -> None:
        super().__init__(http)
        self._inner: Final = inner
        self._is_unbound: Final = isinstance(inner, http.MockTransport) or bool(
            getattr(inner, "any_event_loop", False)
        )
        renewed_in_children(self)

    def check(self) -> None:
        self._check_process()
        super().check()

    @contextlib.asynccontextmanager
    async def exchange(self, request: HttpRequest) -> AsyncGenerator[HttpAnswer]:
        """Sends a request; yields the answer."""
        self._check_process()
        if not self._is_unbound:
            self._bind()
        if self._is_closed:
            raise ConfigurationError(CLOSED)
        attempt = current()

        async def trace(event: str, info: Mapping[str, Any]) -> None:
            watched(attempt, event, info)

        with self.translating():
            answer: HttpAnswer = await self._inner.handle_async_request(traced(request, trace))
            try:
                yield answer
            finally:
                await answer.aclose()

    async def aclose(self) -> None:
        """Closes it, unless it belongs to another event loop, which may have ended."""
        self._is_closed = True
        if self._is_at_home and not self._is_forked:
            await self._inner.aclose()


def _watch(lane: Lane[AsyncTransport]) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
    """Notes the socket that a lane opens, so that it can be hung up before its answer."""

    async def note(event: str, info: dict[str, Any]) -> None:
        if event.endswith(OPENED):
            lane.has(info["return_value"])

    return note
