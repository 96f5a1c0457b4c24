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

A lane belongs to a process and, in the async client, to an event loop. In the child of a fork all lanes are
new; a second event loop and a closed client are refused before anything is sent.
"""

from __future__ import annotations

import codecs
import contextlib
import math
import os
import socket
import threading
import time
from collections.abc import Callable, Generator, Iterable
from functools import partial
from typing import Any, ClassVar, Final, Generic, TypeVar

from ..errors import ConfigurationError, InvoiceXpressError
from .deadlines import current, watched
from .forks import loading, renewed_in_children
from .http_library import AsyncTransport, HttpAnswer, HttpLibrary, HttpRequest, SyncTransport, unsent

MOST: Final = 100
"""Most connections of a client, the default of the HTTP library."""
MOST_IDLE: Final = 20
"""Most connections that wait for a request, likewise."""
IDLE_SECONDS: Final = 5.0
"""Seconds for which one may wait, likewise. The service closes them later than that."""

CLOSED: Final = "the client is closed; make a new one"
FORKED: Final = "the client was made before a fork, with a transport of yours; make one in each process"

Transport = TypeVar("Transport", bound=SyncTransport | AsyncTransport)


class Lane(Generic[Transport]):
    """A connection to one origin."""

    def __init__(self, transport: Transport, origin: tuple[str, str, int | None]) -> None:
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

    def serves(self, answer: HttpAnswer) -> None:
        """Notes the socket from which an answer comes."""
        stream = answer.extensions.get("network_stream")
        if stream is not None:
            self.has(stream)

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


class Gate:
    """Refuses requests of a closed client, and gives each failure of a request a type of the HTTP library."""

    untranslated: ClassVar[tuple[type[Exception], ...]] = (RuntimeError, ValueError, OSError)
    """The HTTP library lets them pass when a connection, or its event loop, is closed under a request."""

    def __init__(self, http: HttpLibrary) -> None:
        self._is_closed = False
        self._http: Final = http
        self._unsent: Final = unsent(http)

    def check(self) -> None:
        """Raises ConfigurationError if nothing can be sent from here."""
        if self._is_closed:
            raise ConfigurationError(CLOSED)

    def meant(self, error: Exception) -> Exception:
        """An exception as the HTTP library would raise it."""
        if self._is_closed and not isinstance(error, self._unsent):
            return self._http.ReadError("the client was closed before the whole answer came")
        if isinstance(error, self.untranslated) and not isinstance(
            error, (self._http.StreamError, InvoiceXpressError)
        ):
            return self._http.ReadError(f"{type(error).__name__}: {error}")
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


class Owner(Gate, Generic[Transport]):
    """What both kinds of connections have in common."""

    is_own: Final = True

    def __init__(self, http: HttpLibrary, make: Callable[[], Transport]) -> None:
        super().__init__(http)
        self._make: Final = make
        with loading():
            # The inner parts of the library, and the codec for names of hosts. Otherwise the first request
            # would load them, in any thread.
            make()
            codecs.lookup("idna")
        self._begin()
        renewed_in_children(self)

    def _begin(self) -> None:
        self._most = MOST
        self._lock = threading.Lock()
        self._idle: list[Lane[Transport]] = []
        self._busy: set[Lane[Transport]] = set()

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

    def _no_place(self) -> Exception:
        """The failure of a request that got no connection in time."""
        return self._http.PoolTimeout(f"all {self._most} connections are in use")

    def _take(self, request: HttpRequest) -> tuple[Lane[Transport], list[Lane[Transport]]]:
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
                    lane = Lane(self._make(), origin)
            self._busy.add(lane)
        return lane, old

    def _give_back(self, lane: Lane[Transport], *, is_whole: bool) -> list[Lane[Transport]]:
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

    def _dropped(self, now: float) -> list[Lane[Transport]]:
        """Removes lanes that wait for too long, and those that are too many; longest first."""
        surplus = len(self._idle) - MOST_IDLE
        old = [lane for at, lane in enumerate(self._idle) if at < surplus or lane.is_over(now)]
        if old:
            self._idle = [lane for lane in self._idle if lane not in old]
        return old

    def _end(self) -> tuple[list[Lane[Transport]], list[Lane[Transport]]]:
        """Closes the entrance. Returns the lanes that wait and those that work."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            return idle, list(self._busy)


def pool_timeout(request: HttpRequest) -> float | None:
    """Seconds to wait for a free connection."""
    seconds: float | None = request.extensions.get("timeout", {}).get("pool")
    return seconds


class Connections(Owner[SyncTransport]):
    """Connections of the sync client. Threads share them."""

    def _begin(self) -> None:
        super()._begin()
        self._free = threading.Semaphore(self._most)

    @contextlib.contextmanager
    def exchange(self, request: HttpRequest) -> Generator[HttpAnswer]:
        """Sends a request on a connection of its own; yields the answer, which is to be read to its end."""
        if not self._free.acquire(timeout=pool_timeout(request)):
            raise self._no_place()
        try:
            lane, old = self._take(request)
            is_whole = False
            try:
                close(old)
                with self.translating():
                    answer: HttpAnswer = lane.transport.handle_request(traced(request, _watch(lane)))
                    try:
                        lane.serves(answer)
                        yield answer
                    finally:
                        answer.close()
                is_whole = True
            finally:
                close(self._give_back(lane, is_whole=is_whole))
        finally:
            self._free.release()

    def close(self) -> None:
        """Closes all connections. A request under way ends at once, with an error."""
        idle, busy = self._end()
        close(idle)
        for lane in busy:
            lane.hang_up()


def close(lanes: Iterable[Lane[SyncTransport]]) -> None:
    """Closes the connections of lanes."""
    for lane in lanes:
        with contextlib.suppress(Exception):
            lane.transport.close()


class Lent:
    """A caller's own transport, which this package cannot open again."""

    is_own: Final = False

    _is_forked = False

    def renew(self) -> None:
        """Gives it up, in the child of a fork."""
        self._is_forked = True

    def _check_process(self) -> None:
        if self._is_forked:
            raise ConfigurationError(FORKED)


class LentTransport(Lent, Gate):
    """A transport that the caller of the sync client gave. It is closed with the client."""

    def __init__(self, http: HttpLibrary, inner: SyncTransport) -> None:
        super().__init__(http)
        self._inner: Final = inner
        renewed_in_children(self)

    def check(self) -> None:
        self._check_process()
        super().check()

    @contextlib.contextmanager
    def exchange(self, request: HttpRequest) -> Generator[HttpAnswer]:
        """Sends a request; yields the answer."""
        self._check_process()
        if self._is_closed:
            raise ConfigurationError(CLOSED)
        with self.translating():
            answer: HttpAnswer = self._inner.handle_request(traced(request, partial(watched, current())))
            try:
                yield answer
            finally:
                answer.close()

    def close(self) -> None:
        """Closes it."""
        self._is_closed = True
        if not self._is_forked:
            self._inner.close()


# The HTTP library calls a request's `trace` with each event, such as `connection.connect_tcp.complete`.
OPENED: Final = (".connect_tcp.complete", ".start_tls.complete")


def traced(request: HttpRequest, trace: Callable[..., Any]) -> HttpRequest:
    """The request, whose events `trace` gets."""
    request.extensions = {**request.extensions, "trace": trace}
    return request


def _watch(lane: Lane[SyncTransport]) -> Callable[[str, dict[str, Any]], None]:
    """Notes the socket that a lane opens, also in place of one that the service has closed.

    So it can be hung up before its answer.
    """

    def note(event: str, info: dict[str, Any]) -> None:
        if event.endswith(OPENED):
            lane.has(info["return_value"])

    return note
