"""The HTTP library below the client: httpx, or httpx2 with the same interface.

`InvoiceXpress(http=httpx2)` takes the module; without it httpx loads with the first client. Only the names in
HttpLibrary are used, so neither module is imported for its types.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from types import ModuleType
from typing import Any, Final, Protocol, cast

from ..errors import ConfigurationError
from .forks import loading


class Url(Protocol):
    """A parsed address."""

    @property
    def scheme(self) -> str: ...
    @property
    def userinfo(self) -> bytes: ...
    @property
    def host(self) -> str: ...
    @property
    def raw_host(self) -> bytes: ...
    @property
    def port(self) -> int | None: ...
    @property
    def raw_path(self) -> bytes: ...
    @property
    def fragment(self) -> str: ...


class HttpRequest(Protocol):
    """A request as transports take it."""

    @property
    def url(self) -> Url: ...

    extensions: Any


class HttpAnswer(Protocol):
    """An answer as transports return it, its body unread."""

    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def extensions(self) -> Mapping[str, Any]: ...
    @property
    def is_stream_consumed(self) -> bool: ...
    @property
    def content(self) -> bytes: ...
    def iter_raw(self) -> Iterator[bytes]: ...
    def aiter_raw(self) -> AsyncIterator[bytes]: ...
    def close(self) -> None: ...
    async def aclose(self) -> None: ...


class SyncTransport(Protocol):
    """A transport of the sync client, such as httpx.HTTPTransport."""

    def handle_request(self, request: Any, /) -> Any: ...
    def close(self) -> None: ...


class AsyncTransport(Protocol):
    """A transport of the async client, such as httpx.AsyncHTTPTransport."""

    async def handle_async_request(self, request: Any, /) -> Any: ...
    async def aclose(self) -> None: ...


class HttpLibrary(Protocol):
    """What the client uses of the module httpx or httpx2."""

    @property
    def __name__(self) -> str: ...
    @property
    def URL(self) -> type[Any]: ...
    @property
    def Request(self) -> type[Any]: ...
    @property
    def Response(self) -> type[Any]: ...
    @property
    def Proxy(self) -> type[Any]: ...
    @property
    def HTTPTransport(self) -> type[Any]: ...
    @property
    def AsyncHTTPTransport(self) -> type[Any]: ...
    @property
    def MockTransport(self) -> type[Any]: ...
    @property
    def InvalidURL(self) -> type[Exception]: ...
    @property
    def ConnectError(self) -> type[Exception]: ...
    @property
    def ConnectTimeout(self) -> type[Exception]: ...
    @property
    def PoolTimeout(self) -> type[Exception]: ...
    @property
    def ProxyError(self) -> type[Exception]: ...
    @property
    def ReadError(self) -> type[Exception]: ...
    @property
    def StreamError(self) -> type[Exception]: ...
    @property
    def TimeoutException(self) -> type[Exception]: ...
    @property
    def UnsupportedProtocol(self) -> type[Exception]: ...
    def create_ssl_context(self, verify: Any = True) -> Any: ...


NAMES: Final = ("httpx", "httpx2")
"""The modules that have this interface."""


def library(given: object = None) -> HttpLibrary:
    """The module that a caller chose, or httpx. Raises ConfigurationError for anything else."""
    if given is None:
        with loading():
            import httpx  # noqa: PLC0415 - loads with the first client, and not at all beside httpx2

        return httpx
    if isinstance(given, ModuleType) and given.__name__ in NAMES:
        return cast("HttpLibrary", given)
    raise ConfigurationError("http: expected the module httpx or httpx2: import httpx2, then http=httpx2")


def check_transport(transport: object, http: HttpLibrary) -> None:
    """Raises ConfigurationError for a transport of the other library, which knows other requests."""
    for kind in type(transport).__mro__:
        package = kind.__module__.partition(".")[0]
        if package in NAMES and package != http.__name__:
            raise ConfigurationError(
                f"transport: it is one of {package}, but the client uses {http.__name__}; "
                f"pass http={package} too"
            )


def unsent(http: HttpLibrary) -> tuple[type[Exception], ...]:
    """The failures before the first byte of a request, so that it was not carried out."""
    return (
        http.ConnectError,
        http.ConnectTimeout,
        http.PoolTimeout,
        http.ProxyError,
        http.UnsupportedProtocol,
    )
