"""Breaking connections, which an ASGI application cannot do without its server's help.

The server's protocols are subclassed so that each request can reach its own connection. Under any other
server, and in tests that call the application without one, there is nothing to break.
"""

from __future__ import annotations

import asyncio
import os
import socket
import struct
import sys
from typing import Any, Final

from starlette.types import Receive, Scope

_KEY: Final = "invoicexpress_emulator.connection"
_HEAD_LIMIT: Final = 64 * 1024
"""Bytes of a request before its body, about; the parser in pure Python has the same limit of its own."""

_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
)

_NO_LINGER: Final = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


class NoConnection(RuntimeError):
    """The application runs under a server that does not let it break connections."""


class Connection:
    """The transport below one request."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport

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


class _Exposed:
    """Puts the connection into the state that the server copies into each request's scope."""

    app_state: dict[str, Any]

    def _expose(self, transport: asyncio.Transport) -> None:
        self.app_state = {**self.app_state, _KEY: Connection(transport)}


def protocol_class() -> type[asyncio.Protocol]:
    """Return the protocol that the server runs: httptools where it is installed, else h11."""
    try:
        from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol  # noqa: PLC0415 - may be missing
    except ImportError:
        return h11_protocol()

    class ExposedHttpTools(_Exposed, HttpToolsProtocol):
        """HTTP by a parser in C, which would read headers without end."""

        _head: int = 0
        """Bytes of a request whose headers are not complete."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its base does
            """Begin a connection."""
            super().connection_made(transport)
            self._expose(transport)

        def data_received(self, data: bytes) -> None:
            """Read some more; give up on headers that are too long."""
            self._head += len(data)
            super().data_received(data)
            if self._head > _HEAD_LIMIT and not self.transport.is_closing():
                self.transport.write(_TOO_LARGE)
                self.transport.close()

        def on_headers_complete(self) -> None:
            """Begin a request."""
            super().on_headers_complete()
            self._head = -sys.maxsize

        def on_message_complete(self) -> None:
            """Wait for the next one."""
            super().on_message_complete()
            self._head = 0

    return ExposedHttpTools


def h11_protocol() -> type[asyncio.Protocol]:
    """Return the protocol in pure Python."""
    from uvicorn.protocols.http.h11_impl import H11Protocol  # noqa: PLC0415 - 15 ms that most starts do not need

    class ExposedH11(_Exposed, H11Protocol):
        """HTTP in pure Python."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as its base does
            """Begin a connection."""
            super().connection_made(transport)
            self._expose(transport)

    return ExposedH11
