"""Breaking connections, and closing those whose request stays half-sent.

An ASGI application can do neither without its server's help. So the server's protocols are subclassed: each
request reaches its own connection, and each connection watches its own time. Under any other server, and in
tests that call the application without one, there is nothing to break.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import struct
import sys
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from starlette.types import Receive, Scope

if TYPE_CHECKING:
    from uvicorn.protocols.http.flow_control import FlowControl

PATIENCE: Final = 10.0
"""Seconds in which the head of a request has to arrive, and then its body; see `_Timed`."""

_SLOWEST: Final = 1024
"""Bytes of a body that earn another second: an upload may be slow, but not stand still."""

_KEY: Final = "invoicexpress_emulator.connection"
_HEAD_LIMIT: Final = 64 * 1024
"""Bytes of a request before its body, about; the parser in pure Python has the same limit of its own."""

_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)

_TIMED_OUT: Final = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

_log: Final = logging.getLogger("invoicexpress_emulator")

_NO_LINGER: Final = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


class NoConnection(RuntimeError):
    """The application runs under a server that does not let it break connections."""


class Connection:
    """The transport below one request."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.has_timed_out = False
        """Whether its request was answered 408, since its body did not arrive in time."""

    async def reset(self, receive: Receive) -> None:
        """Break the connection so that the caller sees a reset; bytes not yet sent are lost."""
        raw = self._transport.get_extra_info("socket")
        if raw is not None:  # without lingering, closing sends RST and not FIN
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self._transport.abort()
        await _gone(receive)

    async def hang_up(self, receive: Receive) -> None:
        """Close the connection in the middle of an answer, after the part that has been written."""
        self._transport.close()
        await _gone(receive)


async def _gone(receive: Receive) -> None:
    """Wait until the server knows: it would otherwise complain that the answer is not complete."""
    while (await receive())["type"] != "http.disconnect":
        pass


def connection_of(scope: Scope) -> Connection:
    """Return the connection that a request came on.

    Raises:
        NoConnection: it did not come through this package's server.
    """
    found = scope.get("state", {}).get(_KEY)
    if not isinstance(found, Connection):
        raise NoConnection(
            "This fault breaks the connection, which only the emulator's own server can do: run it with "
            "`Emulator()` or `python -m invoicexpress_emulator`, not through a bare ASGI transport."
        )
    return found


def has_timed_out(scope: Scope) -> bool:
    """Whether the server itself answered a request with 408, which the application does not see."""
    found = scope.get("state", {}).get(_KEY)
    return isinstance(found, Connection) and found.has_timed_out


class _Exposed:
    """Puts the connection into the state that the server copies into each request's scope."""

    app_state: dict[str, Any]

    def _expose(self, transport: asyncio.Transport) -> None:
        self.app_state = {**self.app_state, _KEY: Connection(transport)}


class _Part(Enum):
    """The part of a request that a connection waits for."""

    HEAD = auto()
    BODY = auto()
    NONE = auto()
    """The request is complete; its answer, or the next request, is due."""


class _Timed:
    """Closes a connection that stays without a request, or whose request stays half-sent.

    A head has `patience` seconds in all, so a header that drips in gains nothing. A body has as many, and one
    more for each `_SLOWEST` bytes of it, until the answer is sent. Time in which the server itself reads
    nothing does not count.
    """

    app_state: dict[str, Any]
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    flow: FlowControl
    cycle: Any
    """The newest request, by uvicorn's class for either protocol; None before the first."""

    patience: float | None = PATIENCE
    """None for no limit."""
    _part = _Part.HEAD
    _since = 0.0
    _received = 0
    """Bytes of the part, about."""
    _timer: asyncio.TimerHandle | None = None

    def _begin(self, part: _Part, received: int = 0) -> None:
        self._part, self._received, self._since = part, received, self.loop.time()

    def _count(self, data: bytes) -> None:
        """Note bytes before they are parsed."""
        if self._part is _Part.NONE or (self._part is _Part.HEAD and not self._received):
            self._begin(_Part.HEAD)
        self._received += len(data)

    def _watch(self) -> None:
        """Start the timer if something is to come, else stop it."""
        if self._part is _Part.NONE:
            self._unwatch()
        elif self._timer is None and self.patience is not None:
            self._timer = self.loop.call_later(self.patience, self._look)

    def _unwatch(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        """Wait on for as long as the part still has, or give up."""
        self._timer = None
        if self.patience is None or self.transport.is_closing():
            return
        now, is_answered = self.loop.time(), self.cycle is None or self.cycle.response_complete
        if self.flow.read_paused or (self._part is _Part.HEAD and not is_answered):
            self._since = now
        earned = self._received / _SLOWEST if self._part is _Part.BODY and not is_answered else 0.0
        left = self._since + self.patience + earned - now
        if left > 0:
            self._timer = self.loop.call_later(left, self._look)
        else:
            self._give_up()

    def _give_up(self) -> None:
        if self._received:
            _log.info("A request stayed half-sent for more than %g s: closed its connection.", self.patience)
            if self._part is _Part.HEAD or not self.cycle.response_started:
                self.transport.write(_TIMED_OUT)
                self.app_state[_KEY].has_timed_out = self._part is _Part.BODY
        self.transport.close()


def protocol_class(patience: float | None = PATIENCE) -> type[asyncio.Protocol]:
    """Return the protocol that the server runs: httptools where it is installed, else h11.

    Args:
        patience: seconds for the parts of a request, see `_Timed`; None for no limit.
    """
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol  # noqa: PLC0415 - may be missing
    except ImportError:
        return h11_protocol(patience)

    class OwnHttpTools(_Exposed, _Timed, HttpToolsProtocol):
        """HTTP by a parser in C, which would read headers without end."""

        _head: int = 0
        """Bytes of a request whose headers are not complete."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its base does
            """Begin a connection."""
            super().connection_made(transport)
            self._expose(transport)
            self._begin(_Part.HEAD)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            """End a connection."""
            self._unwatch()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            """Read some more; give up on headers that are too long."""
            self._count(data)
            self._head += len(data)
            super().data_received(data)
            self._watch()
            if self._head > _HEAD_LIMIT and not self.transport.is_closing():
                self.transport.write(_TOO_LARGE)
                self.transport.close()

        def on_message_begin(self) -> None:
            """Begin a head, maybe in the same piece in which another request ended."""
            super().on_message_begin()
            if self._part is _Part.NONE:
                self._begin(_Part.HEAD, received=1)

        def on_headers_complete(self) -> None:
            """Begin a request."""
            super().on_headers_complete()
            self._head = -sys.maxsize
            self._begin(_Part.BODY, received=1)

        def on_message_complete(self) -> None:
            """Wait for the next one."""
            super().on_message_complete()
            self._head = 0
            self._part = _Part.NONE

    OwnHttpTools.patience = patience
    return OwnHttpTools


def h11_protocol(patience: float | None = PATIENCE) -> type[asyncio.Protocol]:
    """Return the protocol in pure Python; `patience` as for `protocol_class`."""
    import h11  # noqa: PLC0415 - 15 ms that most starts do not need
    from uvicorn.protocols.http.h11_impl import H11Protocol  # noqa: PLC0415 - as above

    class OwnH11(_Exposed, _Timed, H11Protocol):
        """HTTP in pure Python."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its base does
            """Begin a connection."""
            super().connection_made(transport)
            self._expose(transport)
            self._begin(_Part.HEAD)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            """End a connection."""
            self._unwatch()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            """Read some more."""
            self._count(data)
            super().data_received(data)
            self._keep_up()

        def on_response_complete(self) -> None:
            """Go on with what came after the request."""
            super().on_response_complete()
            self._keep_up()

        def _keep_up(self) -> None:
            """Learn from the parser which part is due; it calls nobody at the turns."""
            if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
                part = _Part.HEAD
            elif self.conn.their_state is h11.SEND_BODY:
                part = _Part.BODY
            else:
                part = _Part.NONE
            if part is not self._part:
                self._begin(part, received=1)
            self._watch()

    OwnH11.patience = patience
    return OwnH11
