"""A client's connections: whose they are, and what becomes of one whose request was cut short.

Each connection is a transport of its own, a lane. A request has a lane to itself from its beginning to the
last byte of its answer. After a whole answer the lane waits for the next request; after anything else, an
error or a cancellation, it is thrown away with all its state. So nothing has to be put right.

With one transport for all connections a cancellation can leave a connection behind that is neither open nor
closed. httpcore 1.0.9 keeps it among its 100 for ever in two cases: the request is cancelled after the
connection was assigned to it and before it writes (`_async/connection_pool.py` and the `_state_lock` of
`_async/http11.py`: the state stays NEW, which counts neither as idle nor as closed), or while a finished
answer is closed (`_response_closed` waits for the same lock, and the pool then never drops the request).
Measured on asyncio with 20 tasks at a time, each cancelled within its first 30 steps: after 2,000 calls all
100 connections were lost, and every later call ended in PoolTimeout.

A lane belongs to a process and to an event loop. In the child of a fork all lanes are new; a second event
loop and a closed client are refused before anything is sent.
"""

from __future__ import annotations

import codecs
import contextlib
import importlib
import math
import os
import socket
import threading
import time
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Generator,
    Iterable,
    Iterator,
    Mapping,
)
from functools import partial
from typing import Any, Final, Generic, TypeVar

import anyio
from invoicexpress_generated.client import httpx

from ..errors import ConfigurationError, InvoiceXpressError
from .deadlines import current, watched
from .forks import loading, renewed_in_children
from .loops import load_backend, running_loop

MOST: Final = 100
"""Most connections of a client, the default of the HTTP library."""
MOST_IDLE: Final = 20
"""Most connections that wait for a request, likewise."""
IDLE_SECONDS: Final = 5.0
"""Seconds for which one may wait, likewise. The service closes them later than that."""
_CLOSING: Final = 2.0
"""Most seconds to close a connection of an event loop. Closing waits for no answer, but TLS writes."""

CLOSED: Final = "the client is closed; make a new one"
OTHER_LOOP: Final = (
    "the client belongs to another event loop, that of its first request; "
    "make one client for each event loop, so for each asyncio.run"
)
FORKED: Final = "the client was made before a fork, with a transport of yours; make one in each process"

# Looking up an address loads this codec. A fork during that would leave it half loaded in the child.
codecs.lookup("idna")

_Transport = TypeVar("_Transport", bound=httpx.BaseTransport | httpx.AsyncBaseTransport)

# Nothing has been sent yet.
_UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# What comes out of the HTTP library as it is when a connection, or its event loop, is closed under a request.
_UNTRANSLATED: Final = (
    RuntimeError,
    ValueError,
    OSError,
    anyio.ClosedResourceError,
    anyio.BrokenResourceError,
    anyio.BusyResourceError,
)


class _Lane(Generic[_Transport]):
    """A connection to one origin."""

    def __init__(self, transport: _Transport, origin: tuple[str, str, int | None]) -> None:
        self.transport: Final = transport
        self.origin: Final = origin
        self.idle_since = math.inf
        self._socket: Any = None
        self._inode: int | None = None

    def is_over(self, now: float) -> bool:
        """Whether it has waited too long."""
        return now - self.idle_since > IDLE_SECONDS

    def has(self, stream: Any) -> None:
        """Notes the socket that it uses now."""
        found = stream.get_extra_info("socket")
        if found is self._socket or found is None:
            return
        with contextlib.suppress(OSError, ValueError):
            self._inode = os.fstat(found.fileno()).st_ino
            self._socket = found

    @property
    def _number(self) -> int | None:
        """The socket's descriptor, if it is still open and still this socket's."""
        with contextlib.suppress(OSError, ValueError):
            number: int = self._socket.fileno() if self._socket is not None else -1
            if number >= 0 and os.fstat(number).st_ino == self._inode:
                return number
        return None

    def hang_up(self) -> None:
        """Ends the connection, so that a request waiting for its answer fails at once.

        Closing a socket does not wake a thread that waits on it.
        """
        number = self._number
        if number is not None:
            with (
                contextlib.suppress(OSError),
                socket.fromfd(number, socket.AF_INET, socket.SOCK_STREAM) as end,
            ):
                end.shutdown(socket.SHUT_RDWR)

    def abandon(self, nothing: int) -> None:
        """Leaves the connection to the parent process, in silence: `nothing` is a descriptor of /dev/null.

        The objects above the socket keep its number, so that must not come to mean something else.
        """
        number = self._number
        if number is not None:
            os.dup2(nothing, number, inheritable=False)


# Never collected: their destructors would speak to event loops that are shared with the parent.
_ABANDONED: Final[list[object]] = []


class _Gate:
    """Refuses requests of a closed client, and gives every failure of a request an exception of httpx."""

    def __init__(self) -> None:
        self._is_closed = False

    def check(self) -> None:
        """Raises ConfigurationError if nothing can be sent from here."""
        if self._is_closed:
            raise ConfigurationError(CLOSED)

    def meant(self, error: Exception) -> Exception:
        """An exception as the HTTP library would raise it."""
        if self._is_closed and not isinstance(error, _UNSENT):
            return httpx.ReadError("the client was closed before the whole answer came")
        if isinstance(error, _UNTRANSLATED) and not isinstance(error, httpx.StreamError | InvoiceXpressError):
            return httpx.ReadError(f"{type(error).__name__}: {error}")
        return error

    @contextlib.contextmanager
    def translating(self) -> Generator[None]:
        """Around all that the HTTP library does for a request."""
        try:
            yield
        except Exception as error:
            meant = self.meant(error)
            if meant is error:
                raise
        else:
            return
        raise meant from None


class _LoopGate(_Gate):
    """Refuses requests from a second event loop too."""

    def __init__(self) -> None:
        super().__init__()
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


class _Owner(_Gate, Generic[_Transport]):
    """What both kinds of connections have in common."""

    def __init__(self, make: Callable[[], _Transport]) -> None:
        super().__init__()
        self._make: Final = make
        with loading():
            # Otherwise the first request would load it, in whatever thread sends that.
            importlib.import_module("httpcore")
        self._begin()
        renewed_in_children(self)

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Lane[_Transport]] = []
        self._busy: set[_Lane[_Transport]] = set()

    def renew(self) -> None:
        """Leaves all connections to the parent, in the child of a fork."""
        lanes = [*self._idle, *self._busy]
        self._begin()
        if lanes:
            nothing = os.open(os.devnull, os.O_RDWR)
            try:
                for lane in lanes:
                    lane.abandon(nothing)
            finally:
                os.close(nothing)
            _ABANDONED.extend(lanes)

    def _take(self, request: httpx.Request) -> tuple[_Lane[_Transport], list[_Lane[_Transport]]]:
        """A lane for a request, and lanes to close. Raises ConfigurationError when closed meanwhile."""
        origin = request.url.scheme, request.url.host, request.url.port
        now = time.monotonic()
        with self._lock:
            if self._is_closed:
                raise ConfigurationError(CLOSED)
            old = self._dropped(now)
            for lane in reversed(self._idle):
                if lane.origin == origin:
                    self._idle.remove(lane)
                    break
            else:
                with loading():
                    lane = _Lane(self._make(), origin)
            self._busy.add(lane)
        return lane, old

    def _give_back(self, lane: _Lane[_Transport], *, is_whole: bool) -> list[_Lane[_Transport]]:
        """Takes a lane back after a request. Returns lanes to close."""
        lane.idle_since = time.monotonic()
        with self._lock:
            if lane not in self._busy:
                # It is the parent's.
                return []
            self._busy.discard(lane)
            if not is_whole or self._is_closed:
                return [lane]
            self._idle.append(lane)
            return self._dropped(lane.idle_since)

    def _dropped(self, now: float) -> list[_Lane[_Transport]]:
        """Removes lanes that wait for too long, and those that are too many; longest first."""
        surplus = len(self._idle) - MOST_IDLE
        old = [lane for at, lane in enumerate(self._idle) if at < surplus or lane.is_over(now)]
        if old:
            self._idle = [lane for lane in self._idle if lane not in old]
        return old

    def _end(self) -> tuple[list[_Lane[_Transport]], list[_Lane[_Transport]]]:
        """Closes the entrance. Returns the lanes that wait and those that work."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            return idle, list(self._busy)


def _pool_timeout(request: httpx.Request) -> float | None:
    seconds: float | None = request.extensions.get("timeout", {}).get("pool")
    return seconds


class Connections(_Owner[httpx.BaseTransport], httpx.BaseTransport):
    """Connections of the sync client. Threads share them."""

    def _begin(self) -> None:
        super()._begin()
        self._free = threading.Semaphore(MOST)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if not self._free.acquire(timeout=_pool_timeout(request)):
            raise httpx.PoolTimeout(f"all {MOST} connections are in use")
        try:
            lane, old = self._take(request)
        except BaseException:
            self._free.release()
            raise
        try:
            _close(old)
            with self.translating():
                answer = lane.transport.handle_request(_watched(request, _watch(lane)))
        except BaseException:
            self.finish(lane, is_whole=False)
            raise
        _note(lane, answer)
        answer.stream = _Body(self, answer.stream, partial(self.finish, lane))
        return answer

    def finish(self, lane: _Lane[httpx.BaseTransport], *, is_whole: bool) -> None:
        """Ends a request on a lane. `is_whole` says whether its answer was read to the end."""
        try:
            _close(self._give_back(lane, is_whole=is_whole))
        finally:
            self._free.release()

    def close(self) -> None:
        """Closes all connections. A request under way ends at once, with an error."""
        idle, busy = self._end()
        _close(idle)
        for lane in busy:
            lane.hang_up()


def _close(lanes: Iterable[_Lane[httpx.BaseTransport]]) -> None:
    for lane in lanes:
        with contextlib.suppress(Exception):
            lane.transport.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer. Calls `finish` once it is closed."""

    def __init__(self, gate: _Gate, inner: Any, finish: Callable[..., None]) -> None:
        self._gate = gate
        self._inner = inner
        self._finish = finish
        self._is_whole = False
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        with self._gate.translating():
            yield from self._inner
        self._is_whole = True

    def close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        is_whole, self._is_whole = self._is_whole, False
        try:
            with self._gate.translating():
                self._inner.close()
            self._is_whole = is_whole
        finally:
            self._finish(is_whole=self._is_whole)


class AsyncConnections(_Owner[httpx.AsyncBaseTransport], _LoopGate, httpx.AsyncBaseTransport):
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
            self._free = anyio.Semaphore(MOST, fast_acquire=True)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._bind()
        await self._wait(_pool_timeout(request))
        # From here on every way out gives the place back.
        try:
            lane, old = self._take(request)
        except BaseException:
            self._free.release()
            raise
        try:
            await _aclose(old)
            with self.translating():
                answer = await lane.transport.handle_async_request(_watched(request, _async_watch(lane)))
        except BaseException:
            await self.finish(lane, is_whole=False)
            raise
        _note(lane, answer)
        answer.stream = _AsyncBody(self, answer.stream, partial(self.finish, lane))
        return answer

    async def _wait(self, seconds: float | None) -> None:
        """Waits for a place. Raises httpx.PoolTimeout."""
        try:
            self._free.acquire_nowait()
        except anyio.WouldBlock:
            try:
                with anyio.fail_after(seconds):
                    await self._free.acquire()
            except TimeoutError:
                raise httpx.PoolTimeout(f"all {MOST} connections are in use") from None

    async def finish(self, lane: _Lane[httpx.AsyncBaseTransport], *, is_whole: bool) -> None:
        """Ends a request on a lane. `is_whole` says whether its answer was read to the end."""
        try:
            await _aclose(self._give_back(lane, is_whole=is_whole))
        finally:
            self._free.release()

    async def aclose(self) -> None:
        """Closes all connections. A request under way ends at once, with an error."""
        idle, busy = self._end()
        for lane in busy:
            # Its own task closes it.
            lane.hang_up()
        if self._is_at_home:
            await _aclose(idle)
        else:
            # Only their own event loop may close them, if it still runs. This much is possible from here.
            for lane in idle:
                lane.hang_up()


async def _aclose(lanes: Collection[_Lane[httpx.AsyncBaseTransport]]) -> None:
    """Closes lanes, although the caller may be cancelled."""
    if not lanes:
        return
    with anyio.move_on_after(_CLOSING, shield=True):
        for lane in lanes:
            with contextlib.suppress(Exception):
                await lane.transport.aclose()


class _AsyncBody(httpx.AsyncByteStream):
    """The body of an answer. Awaits `finish` once it is closed."""

    def __init__(self, gate: _Gate, inner: Any, finish: Callable[..., Awaitable[None]]) -> None:
        self._gate = gate
        self._inner = inner
        self._finish = finish
        self._is_whole = False
        self._is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with self._gate.translating():
            async for chunk in self._inner:
                yield chunk
        self._is_whole = True

    async def aclose(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        is_whole, self._is_whole = self._is_whole, False
        try:
            with self._gate.translating():
                await self._inner.aclose()
            self._is_whole = is_whole
        finally:
            await self._finish(is_whole=self._is_whole)


class _Lent:
    """A caller's own transport, which this package cannot open again."""

    _is_forked = False

    def renew(self) -> None:
        """Gives it up, in the child of a fork."""
        self._is_forked = True

    def _check_process(self) -> None:
        if self._is_forked:
            raise ConfigurationError(FORKED)


class LentTransport(_Lent, _Gate, httpx.BaseTransport):
    """A transport that the caller of the sync client gave. It is closed with the client."""

    def __init__(self, inner: httpx.BaseTransport) -> None:
        super().__init__()
        self._inner: Final = inner
        renewed_in_children(self)

    def check(self) -> None:
        self._check_process()
        super().check()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._check_process()
        if self._is_closed:
            raise ConfigurationError(CLOSED)
        with self.translating():
            answer = self._inner.handle_request(_watched(request, partial(watched, current())))
        if not answer.is_stream_consumed:
            answer.stream = _Body(self, answer.stream, _nothing)
        return answer

    def close(self) -> None:
        """Closes it."""
        self._is_closed = True
        if not self._is_forked:
            self._inner.close()


class AsyncLentTransport(_Lent, _LoopGate, httpx.AsyncBaseTransport):
    """A transport that the caller of the async client gave. It is closed with the client.

    It may keep connections, so it belongs to the event loop of its first request, as the client's own do. It
    does not if it opens none, as httpx.MockTransport, or says so by a true attribute `any_event_loop`.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport) -> None:
        super().__init__()
        self._inner: Final = inner
        self._is_unbound: Final = isinstance(inner, httpx.MockTransport) or bool(
            getattr(inner, "any_event_loop", False)
        )
        renewed_in_children(self)

    def check(self) -> None:
        self._check_process()
        super().check()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._check_process()
        if not self._is_unbound:
            self._bind()
        if self._is_closed:
            raise ConfigurationError(CLOSED)
        attempt = current()

        async def trace(event: str, info: Mapping[str, Any]) -> None:
            watched(attempt, event, info)

        with self.translating():
            answer = await self._inner.handle_async_request(_watched(request, trace))
        if not answer.is_stream_consumed:
            answer.stream = _AsyncBody(self, answer.stream, _nothing_async)
        return answer

    async def aclose(self) -> None:
        """Closes it, unless it belongs to another event loop, which may have ended."""
        self._is_closed = True
        if self._is_at_home and not self._is_forked:
            await self._inner.aclose()


def _nothing(*, is_whole: bool) -> None:
    """A caller's transport keeps its own connections."""


async def _nothing_async(*, is_whole: bool) -> None:
    """A caller's transport keeps its own connections."""


# The HTTP library calls a request's `trace` with each event, such as `connection.connect_tcp.complete`.
_OPENED: Final = (".connect_tcp.complete", ".start_tls.complete")


def _watched(request: httpx.Request, trace: Any) -> httpx.Request:
    request.extensions = {**request.extensions, "trace": trace}
    return request


def _watch(lane: _Lane[httpx.BaseTransport]) -> Callable[[str, dict[str, Any]], None]:
    """Notes the socket that a lane opens, also in place of one that the service has closed.

    So it can be hung up before its answer.
    """

    def note(event: str, info: dict[str, Any]) -> None:
        if event.endswith(_OPENED):
            lane.has(info["return_value"])

    return note


def _async_watch(lane: _Lane[httpx.AsyncBaseTransport]) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
    """The same for an event loop."""

    async def note(event: str, info: dict[str, Any]) -> None:
        if event.endswith(_OPENED):
            lane.has(info["return_value"])

    return note


def _note(lane: _Lane[Any], answer: httpx.Response) -> None:
    stream = answer.extensions.get("network_stream")
    if stream is not None:
        lane.has(stream)
