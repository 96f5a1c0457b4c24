"""Connections of an event loop, which note when a request may have left. Its deadline is a cancellation."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

import anyio

from ..deadlines import leaves

if TYPE_CHECKING:
    from httpcore import AsyncNetworkBackend, AsyncNetworkStream

    from ..http_library import AsyncTransport, HttpLibrary


class _AsyncStream:
    """A connection that notes when a request may have left, and is closed when its handshake fails."""

    def __init__(self, inner: AsyncNetworkStream) -> None:
        self._inner = inner
        self.read = inner.read
        self.aclose = inner.aclose
        self.get_extra_info = inner.get_extra_info

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        leaves()
        await self._inner.write(buffer, timeout)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> _AsyncStream:
        try:
            return _AsyncStream(await self._inner.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            # The HTTP library leaves the connection of a cancelled handshake open.
            with anyio.CancelScope(shield=True):
                await self._inner.aclose()
            raise


class _AsyncBackend:
    """Opens connections that note when a request may have left."""

    def __init__(self, inner: AsyncNetworkBackend) -> None:
        self._inner = inner
        self.sleep = inner.sleep

    async def connect_tcp(self, *args: Any, **kwargs: Any) -> _AsyncStream:
        return _AsyncStream(await self._inner.connect_tcp(*args, **kwargs))


def own_transport(http: HttpLibrary, **settings: Any) -> AsyncTransport:
    """The HTTP library's transport, on connections that note when a request may have left."""
    transport: AsyncTransport = http.AsyncHTTPTransport(**settings)
    # The constructor of the HTTP library has no argument for it.
    pool: Any = vars(transport)["_pool"]
    pool._network_backend = _AsyncBackend(pool._network_backend)
    return transport
