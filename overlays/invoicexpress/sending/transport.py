"""Between a request of a flow and the network: the key, finite time-outs, links, and errors without secrets.

The HTTP library's client is left out: its redirects, cookies and authentication would be off anyway, and it
writes each address, with the key, to the log. So the key is added to the address of the one request that goes
to the transport, and no exception keeps that request.
"""

from __future__ import annotations

import contextlib
import ssl
from abc import abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, Final, Generic, Self, cast
from urllib.parse import urlencode

from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import dumps

from ..errors import (
    AmbiguousResultError,
    ConfigurationError,
    DownloadError,
    InvoiceXpressError,
    TransportError,
    UnexpectedResponseError,
    key_of,
)
from ..options import Options, timeout_parts
from ..redaction import Secrets, guard_connection_logs, known, known_in, redacted
from .address import Address, is_loopback
from .bodies import ACCEPTED, Body, TooLarge
from .caller import warn
from .connections import CLOSED, Connections, LentTransport, Transport
from .deadlines import Attempt, DeadlinePassed, attempting, own_transport
from .forks import loading
from .http_library import (
    HttpAnswer,
    HttpLibrary,
    HttpRequest,
    SyncTransport,
    check_transport,
    library,
    unsent,
)
from .links import checked_link
from .retries import Repeat, repeat_of
from .steps import Link
from .unreachable import Server, remedy, server_of
from .version import VERSION

EMULATOR_HEADER: Final = "x-invoicexpress-emulator"
USER_AGENT: Final = f"invoicexpress-python/{VERSION}"


class EmulatorWarning(UserWarning):
    """An emulator answers at another machine's address: its documents are not invoices."""


def _proxy(address: str | None, http: HttpLibrary) -> Any:
    """The proxy of an address. Errors do not repeat the address, which may hold a password."""
    if address is None:
        return None
    proxy = _proxy_or_none(address, http)
    if proxy is None or not proxy.url.host:
        raise ConfigurationError("proxy: expected http://USER:PASSWORD@HOST:PORT, https or socks5")
    if proxy.url.scheme.startswith("socks") and not _is_installed("socksio"):
        raise ConfigurationError(
            f"proxy: socks5:// needs another package: pip install '{http.__name__}[socks]'"
        )
    return proxy


def _is_installed(package: str) -> bool:
    with loading():
        from importlib.util import find_spec  # noqa: PLC0415 - few programs need it

    return find_spec(package) is not None


def _proxy_or_none(address: str, http: HttpLibrary) -> Any:
    # A separate function, so that the exception has no context: the HTTP library's repeats the address.
    try:
        return http.Proxy(address)
    except (http.InvalidURL, ValueError, TypeError):
        return None


def _proxy_password(proxy: Any) -> str:
    _, password = (proxy and proxy.raw_auth) or (b"", b"")
    found: str = password.decode(errors="replace")
    return found


def _reason(error: Exception) -> str:
    text = redacted(str(error))
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def cause_of(failure: Exception, http: HttpLibrary) -> Exception | None:
    """The failure as the cause of another exception, or None if it says nothing more."""
    if isinstance(failure, DeadlinePassed | TooLarge):
        return None
    _strip(failure, http)
    return failure


def _strip(error: BaseException, http: HttpLibrary) -> None:
    """Takes traceback and requests from an exception: they hold the address with the key, or a link.

    Error reporters print local variables, and attributes.
    """
    error.__traceback__ = error.__cause__ = error.__context__ = None
    kept = (http.Request, http.Response)
    for name, value in vars(error).items():
        if isinstance(value, kept):
            vars(error)[name] = None
    if any(isinstance(value, kept) for value in error.args):
        error.args = tuple(type(value).__name__ if isinstance(value, kept) else value for value in error.args)
    if isinstance(error, BaseExceptionGroup):
        for part in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            _strip(part, http)


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
        http: HttpLibrary | None = None,
    ) -> None:
        guard_connection_logs()
        self._address = address
        self._options = options or Options()
        self._http: Final = http or library()
        self._is_borrowed = False
        self._is_closed = False
        checked = _proxy(proxy, self._http)
        self._secrets = Secrets([address.api_key, _proxy_password(checked)])
        self._server = server_of(address.base_url, is_proxied=checked is not None)
        self._unsent: Final = unsent(self._http)
        self._base: Final = str(address.base_url).removesuffix("/")
        self._timeouts = _timeouts(self._options)
        check_transport(transport, self._http)
        # Made once: reading the certificates takes 20 ms, and loads modules.
        with loading():
            trusted = self._http.create_ssl_context(verify=verify) if transport is None else True
            self._inner = self._shared(transport, partial(self._new_transport, trusted, checked))

    def __reduce__(self) -> Any:
        raise TypeError(
            f"{type(self).__name__} holds the key and open connections, and cannot be pickled or copied; "
            "make a client in each process"
        )

    def check(self) -> None:
        """Raises ConfigurationError if nothing can be sent from here."""
        if self._is_closed:
            raise ConfigurationError(CLOSED)
        self._inner.check()

    @abstractmethod
    def _new_transport(self, verify: bool | ssl.SSLContext, proxy: Any) -> Transport:
        """Return a transport for one connection."""

    @abstractmethod
    def _shared(self, transport: Transport | None, make: Callable[[], Transport]) -> Any:
        """Return the connections that this sender and its copies share: of a caller's transport, or new."""

    def sharing(self, options: Options) -> Self:
        """Return a sender with its own options over the same connections. Closing it leaves them open."""
        other = type(self).__new__(type(self))
        vars(other).update(vars(self))
        other._options, other._timeouts = options, _timeouts(options)
        other._is_borrowed, other._is_closed = True, False
        return other

    def _attempt(self, body: object = None) -> AbstractContextManager[Attempt]:
        """An attempt, begun now, at a request with this body."""
        known(self._secrets)
        known_in(body)
        return attempting(self._options.deadline, may_have_left=not self._inner.is_own)

    def _built(self, request: Request) -> HttpRequest:
        """The request for the transport, with the key. Raises TransportError for an impossible address."""
        query = urlencode([*request.query, ("api_key", self._address.api_key)])
        headers = {"Accept": "application/json", "User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED}
        content = None
        if request.body is not None:
            # Not `json=`: the HTTP library cannot write a Decimal.
            content = dumps(request.body)
            headers["Content-Type"] = "application/json"
        try:
            built: HttpRequest = self._http.Request(
                request.method,
                f"{self._base}{request.path}?{query}",
                headers=headers,
                content=content,
                extensions={"timeout": {**self._timeouts}},
            )
        except self._http.InvalidURL as error:
            reason = f"it was not sent, since its address is impossible: {error}"
        else:
            return built
        # Raised outside of the handler, so that no context keeps the address with the key.
        raise TransportError(request.method, request.path, reason)

    def _built_for(self, link: Link) -> HttpRequest:
        """The request for a file, without the key. Raises DownloadError for an unsafe link."""
        headers = {"Accept": "*/*", "User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED}
        built: HttpRequest = self._http.Request(
            "GET", checked_link(link, self._http), headers=headers, extensions={"timeout": {**self._timeouts}}
        )
        return built

    def _error_of(self, request: Request, failure: Exception, attempt: Attempt) -> InvoiceXpressError:
        """The exception for a failed attempt at a request.

        AmbiguousResultError for a write that may have left. For an unsent request or a read TransportError,
        for a read whose answer is too large UnexpectedResponseError.
        """
        is_read = repeat_of(request) is Repeat.READ
        if isinstance(failure, TooLarge):
            reason = (
                f"the answer is larger than max_answer={self._options.max_answer} bytes; "
                "pass a larger max_answer to read it"
            )
            if is_read:
                return UnexpectedResponseError(request.method, request.path, failure.status, (reason,))
            return AmbiguousResultError(request.method, request.path, reason, key_of(request))
        reason = self._reason_of(failure, attempt, self._server)
        if is_read or self._never_left(failure, attempt):
            return TransportError(request.method, request.path, reason)
        return AmbiguousResultError(request.method, request.path, reason, key_of(request))

    def _link_error_of(self, link: Link, failure: Exception, attempt: Attempt) -> InvoiceXpressError:
        """The exception for a failed attempt at a file: TransportError; DownloadError for a large one."""
        if isinstance(failure, TooLarge):
            return DownloadError(
                f"the file is larger than {link.limit} bytes; pass a larger limit to fetch it"
            )
        server = server_of(checked_link(link, self._http), is_proxied=self._server.is_proxied)
        return TransportError("GET", "", self._reason_of(failure, attempt, server))

    def _reason_of(self, failure: Exception, attempt: Attempt, server: Server) -> str:
        deadline = self._options.deadline
        if isinstance(failure, DeadlinePassed) or (
            isinstance(failure, self._http.TimeoutException) and attempt.is_over
        ):
            if not attempt.may_have_left:
                return f"the request was not sent within deadline={deadline:g} seconds, to {server}"
            return f"no whole answer from {server} within deadline={deadline:g} seconds"
        hint = remedy(failure, server, self._http)
        return f"{_reason(failure)}, at {server}" + (f"; {hint}" if hint else "")

    def _never_left(self, failure: Exception, attempt: Attempt) -> bool:
        return not attempt.may_have_left or (isinstance(failure, self._unsent) and not attempt.has_left)

    def _checked(self, response: Response) -> Response:
        """The answer of the service. Warns if it is an emulator's, on another machine."""
        host = self._address.base_url.host
        if EMULATOR_HEADER in response.headers and not is_loopback(host):
            # As an error it would hide the answer to a write, so it stays a line in the log then.
            with contextlib.suppress(EmulatorWarning):
                warn(EmulatorWarning(f"{host} is an emulator: its documents are not invoices"))
        return response


class NetworkSender(AnyNetworkSender[SyncTransport]):
    """Sends requests and fetches files over one set of connections."""

    _inner: Connections | LentTransport

    def _new_transport(self, verify: bool | ssl.SSLContext, proxy: Any) -> SyncTransport:
        return own_transport(self._http, verify=verify, proxy=proxy)

    def _shared(
        self, transport: SyncTransport | None, make: Callable[[], SyncTransport]
    ) -> Connections | LentTransport:
        if transport is None:
            return Connections(self._http, make)
        return LentTransport(self._http, transport)

    def send(self, request: Request) -> Response:
        """Sends a request. Raises TransportError or AmbiguousResultError when no answer comes."""
        with self._attempt(request.body) as attempt:
            try:
                response = self._answer(self._built(request), self._options.max_answer, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                raise self._error_of(request, failure, attempt) from cause_of(failure, self._http)
        return self._checked(response)

    def fetch(self, link: Link) -> Response:
        """Fetches the file at a link, without following redirects.

        Raises DownloadError for an unsafe link and a file that is too large, TransportError when no answer
        comes.
        """
        with self._attempt() as attempt:
            try:
                return self._answer(self._built_for(link), link.limit, attempt)
            except (InvoiceXpressError, AssertionError):
                raise
            # A caller's transport may raise anything, and may have sent the request by then.
            except Exception as failure:
                raise self._link_error_of(link, failure, attempt) from cause_of(failure, self._http)

    def _answer(self, request: HttpRequest, limit: int, attempt: Attempt) -> Response:
        """Reads an answer to its end. Raises TooLarge, DeadlinePassed and the library's errors."""
        with self._inner.exchange(request) as answer:
            body = Body(answer, limit)
            for chunk in [answer.content] if answer.is_stream_consumed else answer.iter_raw():
                attempt.left()
                body.add(chunk)
            return response_of(answer, body)

    def close(self) -> None:
        """Closes the connections, unless they are another client's."""
        self._is_closed = True
        if not self._is_borrowed:
            self._inner.close()


def response_of(answer: HttpAnswer, body: Body) -> Response:
    """The whole answer."""
    return Response(answer.status_code, dict(answer.headers), body.whole())


def _timeouts(options: Options) -> dict[str, float]:
    """Seconds of each time-out, none longer than the deadline."""
    return {part: min(seconds, options.deadline) for part, seconds in timeout_parts(options.timeout).items()}
