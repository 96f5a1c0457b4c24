"""Between a request and the network: the key, finite time-outs, links, and errors without secrets.

The key is a query parameter. Added by the HTTP library's client it would show in that library's log lines,
exceptions and saved requests. So a transport below the client adds it, to a copy of the request, and only for
the account's own address. Links to files are secrets too and take the same way: the client sees a
placeholder.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

import anyio
from invoicexpress_generated.client import AsyncClient, Client, httpx, no_cookies
from invoicexpress_generated.types import Request, Response

from ..errors import (
    AmbiguousResultError,
    ConfigurationError,
    DownloadError,
    InvoiceXpressError,
    TransportError,
    UnexpectedResponseError,
    key_of,
)
from ..options import Options
from ..redaction import Secrets, guard_connection_logs, known, known_in, redacted
from .address import Address, is_loopback
from .bodies import ACCEPTED, Body, TooLarge
from .caller import warn
from .connections import CLOSED, AsyncConnections, AsyncLentTransport, Connections, LentTransport
from .deadlines import Attempt, DeadlinePassed, OwnAsyncTransport, OwnTransport, attempting
from .forks import renewed_in_children
from .retries import Repeat, repeat_of
from .unreachable import Server, remedy, server_of

if TYPE_CHECKING:
    from .steps import Link

_PLACEHOLDER: Final = httpx.URL("https://file.invalid/")
_LINK: Final = "invoicexpress.link"
# The request never left, so it was not carried out.
_NOT_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
EMULATOR_HEADER: Final = "x-invoicexpress-emulator"


class EmulatorWarning(UserWarning):
    """An emulator answers at another machine's address: its documents are not invoices."""


def user_agent() -> str:
    """The client's User-Agent."""
    try:
        return f"invoicexpress-python/{version('invoicexpress')}"
    except PackageNotFoundError:
        return "invoicexpress-python"


def _same_origin(one: httpx.URL, other: httpx.URL) -> bool:
    return (one.scheme, one.host, _port(one)) == (other.scheme, other.host, _port(other))


def _port(url: httpx.URL) -> int | None:
    return url.port or {"https": 443, "http": 80}.get(url.scheme)


def _with_key(request: httpx.Request, address: Address) -> httpx.Request:
    """A copy of the request with the key, if it goes to the account's own address."""
    if not _same_origin(request.url, address.base_url):
        return request
    return _copy(request, request.url.copy_merge_params({"api_key": address.api_key}))


def _with_link(request: httpx.Request) -> httpx.Request:
    """A copy of the request to the link that it carries."""
    url = httpx.URL(request.extensions[_LINK])
    copy = _copy(request, url)
    copy.headers["host"] = url.netloc.decode("ascii")
    return copy


def _copy(request: httpx.Request, url: httpx.URL) -> httpx.Request:
    return httpx.Request(
        request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
    )


Transport = TypeVar("Transport", bound=httpx.BaseTransport | httpx.AsyncBaseTransport)
"""The kind of transport below a client: asynchronous for AsyncInvoiceXpress."""


class _Layer(httpx.BaseTransport, httpx.AsyncBaseTransport, Generic[Transport]):
    """A transport over another one, for both clients, as httpx.MockTransport is."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner

    def _passed_on(self, request: httpx.Request) -> httpx.Request:
        """Return the request that `inner` gets."""
        raise NotImplementedError

    def handle_request(self: _Layer[httpx.BaseTransport], request: httpx.Request) -> httpx.Response:
        return self._inner.handle_request(self._passed_on(request))

    async def handle_async_request(
        self: _Layer[httpx.AsyncBaseTransport], request: httpx.Request
    ) -> httpx.Response:
        return await self._inner.handle_async_request(self._passed_on(request))


class KeyTransport(_Layer[Transport]):
    """Adds the key, below everything that logs or keeps requests."""

    def __init__(self, inner: Transport, address: Address) -> None:
        super().__init__(inner)
        self._address = address

    def _passed_on(self, request: httpx.Request) -> httpx.Request:
        return _with_key(request, self._address)


class LinkTransport(_Layer[Transport]):
    """Swaps the placeholder for the link."""

    def _passed_on(self, request: httpx.Request) -> httpx.Request:
        return _with_link(request)


def _proxy(address: str | None) -> httpx.Proxy | None:
    """The proxy of an address. Errors do not repeat the address, which may hold a password."""
    if address is None:
        return None
    proxy = _proxy_or_none(address)
    if proxy is None or not proxy.url.host:
        raise ConfigurationError("proxy: expected http://USER:PASSWORD@HOST:PORT, https or socks5")
    if proxy.url.scheme.startswith("socks") and find_spec("socksio") is None:
        raise ConfigurationError("proxy: socks5:// needs another package: pip install 'httpx[socks]'")
    return proxy


def _proxy_or_none(address: str) -> httpx.Proxy | None:
    # A separate function, so that the exception has no context: the HTTP library's repeats the address.
    try:
        return httpx.Proxy(address)
    except (httpx.InvalidURL, ValueError, TypeError):
        return None


def _reason(error: Exception) -> str:
    text = redacted(str(error))
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _bare(error: Exception) -> Exception:
    """The exception without its traceback through the HTTP library.

    Local variables there hold addresses with the key, and error reporters print them.
    """
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return error


def _error_of(
    request: Request, failure: Exception, attempt: Attempt, options: Options, server: Server
) -> InvoiceXpressError:
    """The exception for a failed attempt at a request.

    AmbiguousResultError for a write that may have left. For an unsent request or a read TransportError, for
    a read whose answer is too large UnexpectedResponseError.
    """
    is_read = repeat_of(request) is Repeat.READ
    if isinstance(failure, TooLarge):
        reason = (
            f"the answer is larger than max_answer={options.max_answer} bytes; "
            "pass a larger max_answer to read it"
        )
        if is_read:
            return UnexpectedResponseError(request.method, request.path, failure.status, (reason,))
        return AmbiguousResultError(request.method, request.path, reason, key_of(request))
    reason = _reason_of(failure, attempt, options, server)
    if is_read or _never_left(failure, attempt):
        return TransportError(request.method, request.path, reason)
    return AmbiguousResultError(request.method, request.path, reason, key_of(request))


def _link_error_of(
    link: Link, failure: Exception, attempt: Attempt, options: Options, server: Server
) -> InvoiceXpressError:
    """The exception for a failed attempt at a file: TransportError, or DownloadError if it is too large."""
    if isinstance(failure, TooLarge):
        return DownloadError(f"the file is larger than {link.limit} bytes; pass a larger limit to fetch it")
    return TransportError("GET", "", _reason_of(failure, attempt, options, server))


def _reason_of(failure: Exception, attempt: Attempt, options: Options, server: Server) -> str:
    if isinstance(failure, DeadlinePassed) or (
        isinstance(failure, httpx.TimeoutException) and attempt.is_over
    ):
        if not attempt.may_have_left:
            return f"the request was not sent within deadline={options.deadline:g} seconds, to {server}"
        return f"no whole answer from {server} within deadline={options.deadline:g} seconds"
    hint = remedy(failure, server)
    return f"{_reason(failure)}, at {server}" + (f"; {hint}" if hint else "")


def _never_left(failure: Exception, attempt: Attempt) -> bool:
    return not attempt.may_have_left or (isinstance(failure, _NOT_SENT) and not attempt.has_left)


def _cause(failure: Exception) -> Exception | None:
    return None if isinstance(failure, DeadlinePassed | TooLarge) else _bare(failure)


def _check_emulator(response: Response, address: Address) -> None:
    if EMULATOR_HEADER in response.headers and not is_loopback(address.base_url.host):
        # As an error it would hide the answer to a write, so it stays a line in the log then.
        with contextlib.suppress(EmulatorWarning):
            warn(EmulatorWarning(f"{address.base_url.host} is an emulator: its documents are not invoices"))


def _link_request(client: httpx.Client | httpx.AsyncClient, url: str) -> httpx.Request:
    return client.build_request("GET", _PLACEHOLDER, extensions={_LINK: url})


def _answer(answer: httpx.Response, content: bytes) -> Response:
    return Response(answer.status_code, dict(answer.headers), content)


def _proxy_password(proxy: httpx.Proxy | None) -> str:
    _, password = (proxy and proxy.raw_auth) or (b"", b"")
    return password.decode(errors="replace")


def _timeouts(options: Options) -> httpx.Timeout:
    """The time-outs, none longer than the deadline."""
    parts = httpx.Timeout(options.timeout).as_dict()
    return httpx.Timeout(
        **{name: min(part or options.deadline, options.deadline) for name, part in parts.items()}
    )


class AnyNetworkSender(Generic[Transport]):
    """Constructor and settings of both senders."""

    def __init__(
        self,
        address: Address,
        *,
        options: Options | None = None,
        transport: Transport | None = None,
        proxy: str | None = None,
        verify: bool | ssl.SSLContext = True,
        is_borrowed: bool = False,
    ) -> None:
        guard_connection_logs()
        self._address = address
        self._options = options or Options()
        self._is_borrowed = is_borrowed
        self._is_closed = False
        checked = _proxy(proxy)
        self._secrets = Secrets([address.api_key, _proxy_password(checked)])
        self._server = server_of(address.base_url, is_proxied=checked is not None)
        # Made once: reading the certificates takes 20 ms.
        trusted = httpx.create_ssl_context(verify=verify) if transport is None else True
        self._inner = self._shared(transport, partial(self._new_transport, trusted, checked))
        self.renew()
        renewed_in_children(self)

    def __reduce__(self) -> Any:
        raise TypeError(
            f"{type(self).__name__} holds the key and open connections, and cannot be pickled or copied; "
            "make a client in each process"
        )

    def renew(self) -> None:
        """Makes the HTTP library's clients anew, in the child of a fork too: their cookie jars have locks."""
        self._open(KeyTransport(self._inner, self._address), _timeouts(self._options))

    def check(self) -> None:
        """Raises ConfigurationError if nothing can be sent from here."""
        if self._is_closed:
            raise ConfigurationError(CLOSED)
        self._inner.check()

    def _new_transport(self, verify: bool | ssl.SSLContext, proxy: httpx.Proxy | None) -> Transport:
        """Return a transport for one connection."""
        raise NotImplementedError

    def _shared(self, transport: Transport | None, make: Callable[[], Transport]) -> Any:
        """Return the connections that this sender and its copies share: of a caller's transport, or new."""
        raise NotImplementedError

    def _open(self, transport: KeyTransport[Transport], timeout: httpx.Timeout) -> None:
        raise NotImplementedError

    def sharing(self, options: Options) -> Self:
        """Return a sender with its own options over the same connections. Closing it leaves them open."""
        other = type(self)(self._address, options=options, transport=self._inner, is_borrowed=True)
        other._secrets, other._server = self._secrets, self._server
        return other

    def _server_of(self, link: Link) -> Server:
        return server_of(httpx.URL(link.url), is_proxied=self._server.is_proxied)

    def _attempt(self, body: object = None) -> AbstractContextManager[Attempt]:
        """An attempt, begun now, at a request with this body."""
        known(self._secrets)
        known_in(body)
        is_own = isinstance(self._inner, Connections | AsyncConnections)
        return attempting(self._options.deadline, may_have_left=not is_own)


class NetworkSender(AnyNetworkSender[httpx.BaseTransport]):
    """Sends requests and fetches files over one set of connections."""

    def _new_transport(self, verify: bool | ssl.SSLContext, proxy: httpx.Proxy | None) -> httpx.BaseTransport:
        return OwnTransport(verify=verify, proxy=proxy)

    def _shared(
        self, transport: httpx.BaseTransport | None, make: Callable[[], httpx.BaseTransport]
    ) -> Connections | LentTransport:
        if isinstance(transport, Connections | LentTransport):
            return transport
        return Connections(make) if transport is None else LentTransport(transport)

    def _open(self, transport: KeyTransport[httpx.BaseTransport], timeout: httpx.Timeout) -> None:
        self._client = Client(
            str(self._address.base_url), transport=transport, timeout=timeout, headers=_headers()
        )
        self._files = httpx.Client(
            transport=LinkTransport(self._inner), timeout=timeout, headers=_headers(), cookies=no_cookies()
        )

    def send(self, request: Request) -> Response:
        """Sends a request. Raises TransportError or AmbiguousResultError when no answer comes."""
        with self._attempt(request.body) as attempt:
            try:
                response = _read(self._client.open(request), self._options.max_answer, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                raise _error_of(request, failure, attempt, self._options, self._server) from _cause(failure)
        _check_emulator(response, self._address)
        return response

    def fetch(self, link: Link) -> Response:
        """Fetches the file at a link, without following redirects.

        Raises DownloadError for a file that is too large, TransportError when no answer comes.
        """
        with self._attempt() as attempt:
            try:
                answer = self._files.send(_link_request(self._files, link.url), stream=True)
                return _read(answer, link.limit, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                server = self._server_of(link)
                raise _link_error_of(link, failure, attempt, self._options, server) from _cause(failure)

    def close(self) -> None:
        """Closes the connections, unless they are another client's.

        The HTTP library's clients stay open: they hold nothing, and closed ones raise RuntimeError.
        """
        self._is_closed = True
        if not self._is_borrowed:
            self._inner.close()


def _read(answer: httpx.Response, limit: int, attempt: Attempt) -> Response:
    """Reads an answer to its end and closes it. Raises TooLarge, DeadlinePassed and the library's errors."""
    try:
        body = Body(answer, limit)
        for chunk in [answer.content] if answer.is_stream_consumed else answer.iter_raw():
            attempt.left()
            body.add(chunk)
        return _answer(answer, body.whole())
    finally:
        answer.close()


class AsyncNetworkSender(AnyNetworkSender[httpx.AsyncBaseTransport]):
    """NetworkSender for an event loop."""

    def _new_transport(
        self, verify: bool | ssl.SSLContext, proxy: httpx.Proxy | None
    ) -> httpx.AsyncBaseTransport:
        return OwnAsyncTransport(verify=verify, proxy=proxy)

    def _shared(
        self, transport: httpx.AsyncBaseTransport | None, make: Callable[[], httpx.AsyncBaseTransport]
    ) -> AsyncConnections | AsyncLentTransport:
        if isinstance(transport, AsyncConnections | AsyncLentTransport):
            return transport
        return AsyncConnections(make) if transport is None else AsyncLentTransport(transport)

    def _open(self, transport: KeyTransport[httpx.AsyncBaseTransport], timeout: httpx.Timeout) -> None:
        self._client = AsyncClient(
            str(self._address.base_url), transport=transport, timeout=timeout, headers=_headers()
        )
        self._files = httpx.AsyncClient(
            transport=LinkTransport(self._inner), timeout=timeout, headers=_headers(), cookies=no_cookies()
        )

    async def send(self, request: Request) -> Response:
        """Sends a request. Raises TransportError or AmbiguousResultError when no answer comes."""
        with self._attempt(request.body) as attempt:
            try:
                response = await self._got(self._client.open(request), self._options.max_answer, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                raise _error_of(request, failure, attempt, self._options, self._server) from _cause(failure)
        _check_emulator(response, self._address)
        return response

    async def fetch(self, link: Link) -> Response:
        """Fetches the file at a link, without following redirects.

        Raises DownloadError for a file that is too large, TransportError when no answer comes.
        """
        with self._attempt() as attempt:
            try:
                opening = self._files.send(_link_request(self._files, link.url), stream=True)
                return await self._got(opening, link.limit, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                server = self._server_of(link)
                raise _link_error_of(link, failure, attempt, self._options, server) from _cause(failure)

    async def _got(self, opening: Awaitable[httpx.Response], limit: int, attempt: Attempt) -> Response:
        with anyio.move_on_after(self._options.deadline):
            return await _read_async(await opening, limit, attempt)
        raise DeadlinePassed

    async def aclose(self) -> None:
        """Closes the connections, unless they are another client's."""
        self._is_closed = True
        if not self._is_borrowed:
            await self._inner.aclose()


async def _read_async(answer: httpx.Response, limit: int, attempt: Attempt) -> Response:
    """Reads an answer to its end and closes it. Raises TooLarge, DeadlinePassed and the library's errors."""
    try:
        body = Body(answer, limit)
        if answer.is_stream_consumed:
            body.add(answer.content)
        else:
            async for chunk in answer.aiter_raw():
                attempt.left()
                body.add(chunk)
        return _answer(answer, body.whole())
    finally:
        await answer.aclose()


def _headers() -> Mapping[str, str]:
    return {"User-Agent": user_agent(), "Accept-Encoding": ACCEPTED}
