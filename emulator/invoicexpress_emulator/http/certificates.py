"""A certificate authority made on the spot, for HTTPS under the vendor's host names on this machine.

Its key exists in the memory of this process alone, and ends with it. The key of the server's certificate is
written to a temporary file for a moment, since OpenSSL reads keys from files only; it identifies the emulator
and can sign no other certificate.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from .._version import VERSION
from .answer import EMULATOR_HEADER, json_answer
from .loopback import is_loopback

if TYPE_CHECKING:
    from trustme import CA

_NAMES: Final = (
    "*.app.invoicexpress.com",
    "app.invoicexpress.com",
    "localhost",
    "127.0.0.1",
    "::1",
)
_ORGANIZATION: Final = "InvoiceXpress emulator, for tests"
_DAYS: Final = 397
"""Validity of a certificate: browsers refuse those of more than 398 days."""
_MOST_CONTEXTS: Final = 256

_NO_TLS: Final = frozenset({"HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "WRONG_VERSION_NUMBER"})
"""What OpenSSL says of bytes that begin no TLS: it knows the commonest methods of HTTP."""
_HINT: Final = json_answer({"error": "This port speaks HTTPS: begin the address with https://."}, 400)
_SPEAKS_HTTPS: Final = (
    f"HTTP/1.1 {_HINT.status} Bad Request\r\nContent-Type: {_HINT.media_type}\r\n"
    f"Content-Length: {len(_HINT.body)}\r\n{EMULATOR_HEADER}: {VERSION}\r\nConnection: close\r\n\r\n"
).encode() + _HINT.body


class _Connection(ssl.SSLObject):
    """One connection; a caller that does not speak TLS is told so in its own words.

    The event loop writes what is in `outgoing` whenever a handshake has to wait. It closes the connection
    when the handshake's time is up or the caller leaves.
    """

    outgoing: ssl.MemoryBIO
    _is_plain = False

    def do_handshake(self) -> None:
        """Go on with the handshake."""
        try:
            if not self._is_plain:
                super().do_handshake()
                return
        except ssl.SSLError as error:
            if error.reason not in _NO_TLS:
                raise
        if not self._is_plain:
            self._is_plain = True
            self.outgoing.write(_SPEAKS_HTTPS)
        raise ssl.SSLWantReadError


class _Context(ssl.SSLContext):
    """A context whose connections answer plain HTTP."""

    sslobject_class = _Connection

    def wrap_bio(
        self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *args: Any, **more: Any
    ) -> _Connection:
        """Begin a connection, as the event loop does."""
        connection = cast(_Connection, super().wrap_bio(incoming, outgoing, *args, **more))
        connection.outgoing = outgoing
        return connection


class Authority:
    """The authority of one server.

    Attributes:
        certificate: the authority's own certificate, in PEM: clients that trust it trust the server.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Make the authority and the server's certificate.

        Args:
            names: host names and addresses beyond the vendor's and those of loopback.

        Raises:
            ModuleNotFoundError: the extra `emulator` is not installed.
            ValueError: no certificate can have one of the names; the message is a sentence.
        """
        try:
            from trustme import CA  # noqa: PLC0415 - most starts do not need it
        except ModuleNotFoundError as error:
            needed = f"HTTPS needs {error.name}: pip install 'invoicexpress[emulator]'"
            raise ModuleNotFoundError(needed, name=error.name) from None
        self._authority: CA = CA(organization_name=_ORGANIZATION)
        self.certificate: bytes = self._authority.cert_pem.bytes()
        self._below_localhost: dict[str, ssl.SSLContext] = {}
        try:
            self.context = self._context_for(dict.fromkeys((*_NAMES, *names)))
        except UnicodeError as error:  # of idna
            raise ValueError(f"No certificate can have this host name: {error}.") from None
        self.context.sni_callback = self._choose

    def _context_for(self, names: Iterable[str]) -> ssl.SSLContext:
        now = datetime.now(UTC)
        certificate = self._authority.issue_cert(
            *names,
            organization_name=_ORGANIZATION,
            not_before=now - timedelta(days=1),
            not_after=now + timedelta(days=_DAYS - 1),
        )
        context = _Context(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        with certificate.private_key_and_cert_chain_pem.tempfile() as file:
            context.load_cert_chain(file)
        return context

    def _choose(self, connection: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        """Present a certificate of its own for a name below localhost: clients accept no `*.localhost`."""
        name = (name or "").lower()
        if "." not in name or not is_loopback(name) or name[-1].isdigit():
            return
        found = self._below_localhost.get(name)
        if found is None:
            if len(self._below_localhost) >= _MOST_CONTEXTS:
                self._below_localhost.clear()
            try:
                found = self._below_localhost[name] = self._context_for([name])
            except UnicodeError:  # no certificate can have this name
                return
        connection.context = found
