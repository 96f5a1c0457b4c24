"""A request without an answer names host and port, and what to check. Real sockets, both clients."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress, TransportError
from invoicexpress.sending.unreachable import remedy, server_of

KEY = "kEy-0123456789-planted"
Failed = Callable[..., Any]


@pytest.fixture(params=["sync", "async"])
def failed(request: pytest.FixtureRequest, anyio_backend: str) -> Failed:
    """Reads the taxes by one of the clients; returns the message of the error."""

    async def message(url: str, **options: Any) -> str:
        if request.param == "sync":
            ix = InvoiceXpress("acme", KEY, base_url=url, retries=0, **options)
            with ix, pytest.raises(TransportError) as error:
                ix.taxes.list()
        else:
            async with AsyncInvoiceXpress("acme", KEY, base_url=url, retries=0, **options) as other:
                with pytest.raises(TransportError) as error:
                    await other.taxes.list()
        assert KEY not in str(error.value)
        return str(error.value)

    return message


def free_port() -> int:
    """A port where nothing listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


@contextmanager
def listening(handle: Callable[[socket.socket], None]) -> Generator[int]:
    """A server on a free port that handles each connection in turn."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with closing(connection):
                    handle(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


async def test_a_refused_connection(failed: Failed) -> None:
    port = free_port()
    said = await failed(f"http://127.0.0.1:{port}")
    assert said.startswith("GET /taxes.json: ConnectError: ")
    assert said.endswith(
        f", at 127.0.0.1:{port}; start the emulator (python -m invoicexpress_emulator), "
        "or correct base_url (INVOICEXPRESS_BASE_URL)"
    )


async def test_a_name_that_is_not_known(failed: Failed) -> None:
    said = await failed("https://acme.invalid")
    assert said.endswith(
        ", at acme.invalid:443; check the account's name (INVOICEXPRESS_ACCOUNT), "
        "base_url (INVOICEXPRESS_BASE_URL) and the network"
    )


async def test_a_proxy_that_is_not_there(failed: Failed) -> None:
    said = await failed("https://acme.invalid", proxy=f"http://user:secret-word@127.0.0.1:{free_port()}")
    assert said.endswith(
        ", at acme.invalid:443, by a proxy; check proxy= and base_url (INVOICEXPRESS_BASE_URL)"
    )
    assert "secret-word" not in said


async def test_a_server_that_says_nothing(failed: Failed) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        said = await failed(f"http://127.0.0.1:{port}", timeout=0.2)
        assert said.endswith(f", at 127.0.0.1:{port}; a larger timeout= waits longer")
        said = await failed(f"http://127.0.0.1:{port}", deadline=0.2)
        assert said.endswith(f"no whole answer from 127.0.0.1:{port} within deadline=0.2 seconds")


async def test_https_to_a_server_of_plain_http(failed: Failed) -> None:
    with listening(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        said = await failed(f"https://127.0.0.1:{port}")
    assert said.endswith(
        f", at 127.0.0.1:{port}; if the server speaks plain HTTP, "
        "write http in base_url (INVOICEXPRESS_BASE_URL)"
    )


async def test_a_certificate_that_is_not_trusted(failed: Failed, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "server.pem"))

    def greet(connection: socket.socket) -> None:
        with suppress(OSError):
            context.wrap_socket(connection, server_side=True).close()

    with listening(greet) as port:
        said = await failed(f"https://127.0.0.1:{port}")
    assert "certificate verify failed" in said
    assert said.endswith(
        f", at 127.0.0.1:{port}; if you trust its certificate authority, name a file with the authority's "
        "certificate in SSL_CERT_FILE before the client is made, or pass "
        "verify=ssl.create_default_context(cafile=that file)"
    )


async def test_the_two_remedies_for_an_unknown_authority_work(
    failed: Failed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificate is then trusted; its name is still checked."""
    file = self_signed(tmp_path / "server.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)

    def greet(connection: socket.socket) -> None:
        with suppress(OSError):
            context.wrap_socket(connection, server_side=True).close()

    with listening(greet) as port:
        url = f"https://127.0.0.1:{port}"
        by_context = await failed(url, verify=ssl.create_default_context(cafile=file))
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        by_variable = await failed(url)
    for said in (by_context, by_variable):
        assert "IP address mismatch" in said
        assert said.endswith(
            f", at 127.0.0.1:{port}; check base_url (INVOICEXPRESS_BASE_URL), the server's certificate and "
            "this machine's clock"
        )


def test_an_authority_behind_a_proxy() -> None:
    """Companies' proxies make certificates of their own."""
    unknown = ssl.SSLCertVerificationError()
    unknown.verify_code = 19
    failure = httpx.ConnectError("")
    failure.__cause__ = unknown
    text = remedy(failure, server_of(httpx.URL("https://a.pt"), is_proxied=True), httpx)
    assert "SSL_CERT_FILE" in text


def self_signed(file: Path) -> Path:
    """Writes a key and a certificate that nothing trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.mark.parametrize(
    ("failure", "url", "text"),
    [
        (httpx.ConnectTimeout(""), "https://a.pt", "check the network and base_url (INVOICEXPRESS_BASE_URL)"),
        (httpx.PoolTimeout(""), "https://a.pt", "all connections are in use; a larger timeout= waits longer"),
        (httpx.ConnectError(""), "https://a.pt", "check base_url (INVOICEXPRESS_BASE_URL) and the network"),
        (httpx.ReadError(""), "https://a.pt", ""),
    ],
)
def test_other_failures(failure: Exception, url: str, text: str) -> None:
    found = remedy(failure, server_of(httpx.URL(url), is_proxied=False), httpx)
    assert found.startswith(text)
    assert bool(found) is bool(text)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://acme.app.invoicexpress.com/a?b=secret", "acme.app.invoicexpress.com:443"),
        ("http://[::1]:8080", "[::1]:8080"),
        ("http://localhost", "localhost:80"),
    ],
)
def test_host_and_port_and_nothing_else(url: str, text: str) -> None:
    assert str(server_of(httpx.URL(url), is_proxied=False)) == text
