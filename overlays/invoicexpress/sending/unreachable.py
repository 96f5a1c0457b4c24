"""Texts for requests without an answer: the server's host and port, and what to check."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Final, NamedTuple

from .address import is_loopback
from .http_library import HttpLibrary, Url

_PORTS: Final = {"https": 443, "http": 80}
_BASE_URL: Final = "base_url (INVOICEXPRESS_BASE_URL)"
_UNKNOWN_AUTHORITY: Final = frozenset({18, 19, 20, 21})
"""Codes of OpenSSL (X509_V_ERR) for certificates of an authority that is not trusted, their own included."""
_TIMEOUT: Final = "a larger timeout= waits longer"


class Server(NamedTuple):
    """The server of a request. The path of a link is a secret, so it is not kept."""

    scheme: str
    host: str
    port: int | None
    is_proxied: bool

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port or _PORTS.get(self.scheme, 0)}" + (
            ", by a proxy" if self.is_proxied else ""
        )


def server_of(url: Url, *, is_proxied: bool) -> Server:
    """The server of an address."""
    return Server(url.scheme, url.host, url.port, is_proxied)


def remedy(failure: Exception, server: Server, http: HttpLibrary) -> str:
    """What to check after a failure; empty where that is the answer of another layer."""
    if isinstance(failure, http.ConnectError | http.ProxyError):
        return _no_connection(list(_causes(failure)), server)
    if isinstance(failure, http.ConnectTimeout):
        return f"check the network and {_BASE_URL}; {_TIMEOUT}"
    if isinstance(failure, http.PoolTimeout):
        return f"all connections are in use; {_TIMEOUT}"
    if isinstance(failure, http.TimeoutException):
        return _TIMEOUT
    return ""


def _no_connection(causes: list[BaseException], server: Server) -> str:
    unverified = next((each for each in causes if isinstance(each, ssl.SSLCertVerificationError)), None)
    if unverified is not None and unverified.verify_code in _UNKNOWN_AUTHORITY:
        return (
            "if you trust its certificate authority, name a file with the authority's certificate in "
            "SSL_CERT_FILE before the client is made, or pass "
            "verify=ssl.create_default_context(cafile=that file)"
        )
    if unverified is not None:
        return f"check {_BASE_URL}, the server's certificate and this machine's clock"
    if server.is_proxied:
        return f"check proxy= and {_BASE_URL}"
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return f"if the server speaks plain HTTP, write http in {_BASE_URL}"
    if any(isinstance(each, socket.gaierror) for each in causes):
        return f"check the account's name (INVOICEXPRESS_ACCOUNT), {_BASE_URL} and the network"
    if is_loopback(server.host):
        return f"start the emulator (python -m invoicexpress_emulator), or correct {_BASE_URL}"
    return f"check {_BASE_URL} and the network"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
