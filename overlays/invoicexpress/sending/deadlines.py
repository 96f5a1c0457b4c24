"""One deadline for all of an attempt: connect, TLS, headers and body.

The HTTP library's time-outs hold for single reads, so an answer that drips a byte at a time never ends. The
synchronous client's connections therefore shorten each operation to the time that is left, whatever the
operation asks for. The asynchronous client is cancelled at the deadline; its connections only note whether a
request may have left.

Two things are not cut short: the resolution of a name by the synchronous client, which the operating system
does, and the transport of a caller, whose deadline is checked between pieces of the body.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from httpcore import SOCKET_OPTION, NetworkBackend, NetworkStream

    from .http_library import HttpLibrary, SyncTransport

_PIECE: Final = 16 * 1024
"""Bytes written at once: the time that is left is looked up before each."""

_EARLY: Final = 0.02
"""Seconds."""


class DeadlinePassed(Exception):
    """An attempt took longer than its deadline."""


class Attempt:
    """An attempt under way."""

    def __init__(self, deadline: float, may_have_left: bool) -> None:
        self.deadline: Final = deadline
        """Monotonic time in seconds."""
        self.may_have_left = may_have_left
        """Whether the request may have reached the service, as far as is known."""
        self.has_left = False
        """Whether a caller's transport was seen to send it."""

    def left(self) -> float:
        """Seconds until the deadline. Raises DeadlinePassed."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise DeadlinePassed
        return left

    @property
    def is_over(self) -> bool:
        """Whether the deadline has passed. A time-out that was shortened to it may fire a little early."""
        return time.monotonic() >= self.deadline - _EARLY


# Connections are pooled, so a stream asks whose attempt it serves at the moment.
_CURRENT: Final[ContextVar[Attempt | None]] = ContextVar("invoicexpress_attempt", default=None)


@contextmanager
def attempting(seconds: float, *, may_have_left: bool) -> Generator[Attempt]:
    """An attempt of so many seconds, begun now. `may_have_left` is its state before the first byte."""
    attempt = Attempt(time.monotonic() + seconds, may_have_left)
    token = _CURRENT.set(attempt)
    try:
        yield attempt
    finally:
        _CURRENT.reset(token)


def _shortened(timeout: float | None) -> float | None:
    attempt = _CURRENT.get()
    if attempt is None:
        return timeout
    left = attempt.left()
    return left if timeout is None else min(timeout, left)


def leaves() -> None:
    """Notes that the request of the attempt under way may have left."""
    if attempt := _CURRENT.get():
        attempt.may_have_left = True


def watched(attempt: Attempt | None, event: str, info: Mapping[str, Any]) -> None:
    """Takes an event of the HTTP library's trace, and notes when a caller's transport sends the request.

    A transport that repeats requests may fail to connect after it has sent one.
    """
    if attempt and event.endswith(".send_request_headers.started") and info["request"].method != b"CONNECT":
        attempt.has_left = True


def current() -> Attempt | None:
    """The attempt under way, if any."""
    return _CURRENT.get()


class _Stream:
    """A connection whose operations end at the deadline of the attempt that uses it."""

    def __init__(self, inner: NetworkStream) -> None:
        self._inner = inner
        self.close = inner.close
        self.get_extra_info = inner.get_extra_info

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _shortened(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            shortened = _shortened(timeout)
            leaves()
            self._inner.write(buffer[start : start + _PIECE], shortened)

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _Stream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _shortened(timeout)))


class _Backend:
    """Opens connections within the time that is left."""

    def __init__(self, inner: NetworkBackend) -> None:
        self._inner = inner
        self.sleep = inner.sleep

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> _Stream:
        # One address after the other, or each would get all of the time.
        *others, last = _addresses(host, port)
        for address in others:
            try:
                return self._connected(address, port, timeout, local_address, socket_options)
            except Exception as error:
                if isinstance(error, DeadlinePassed):
                    raise
        return self._connected(last, port, timeout, local_address, socket_options)

    def _connected(self, host: str, port: int, timeout: float | None, *rest: Any) -> _Stream:
        return _Stream(self._inner.connect_tcp(host, port, _shortened(timeout), *rest))


def _addresses(host: str, port: int) -> list[str]:
    """The addresses of a host; the name itself if it has none, for the error of the connection."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return [host]
    return list(dict.fromkeys(str(address[0]) for *_, address in found)) or [host]


def own_transport(http: HttpLibrary, **settings: Any) -> SyncTransport:
    """The HTTP library's transport, on connections that keep the deadline."""
    transport: SyncTransport = http.HTTPTransport(**settings)
    # The constructor of the HTTP library has no argument for it.
    pool: Any = vars(transport)["_pool"]
    pool._network_backend = _Backend(pool._network_backend)
    return transport
