"""Settings of a client and of single calls: their effects, shared state, and refusals."""

from __future__ import annotations

import dataclasses
import datetime
import ipaddress
import json
import math
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, get_type_hints

import anyio
import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from invoicexpress import AsyncInvoiceXpress, ConfigurationError, InvoiceXpress, ServerError, TransportError
from invoicexpress.options import TIMEOUT, OptionChanges, Options, timeout_parts

from tests.unit.conftest import KEY, PDF, PDF_LINK, Answer, Service, tax_json

TAX = Answer(body={"tax": tax_json()})
KINDS: list[Any] = [InvoiceXpress, AsyncInvoiceXpress]
TIMEOUTS = {"connect": 2.5, "read": 2.5, "write": 2.5, "pool": 2.5}


def play(client: Any, *calls: Callable[[Any], Any]) -> list[Any]:
    """Makes calls on either client, and closes it afterwards."""
    if isinstance(client, InvoiceXpress):
        with client:
            return [call(client) for call in calls]

    async def run() -> list[Any]:
        async with client:
            return [await call(client) for call in calls]

    return anyio.run(run)


def get_tax(ix: Any) -> Any:
    return ix.taxes.get(5)


def test_the_defaults() -> None:
    assert Options() == Options(timeout=TIMEOUT, retries=2, max_retry_after=60, consistency_window=5)


def test_changes_name_each_option_with_its_type() -> None:
    """Checkers read `OptionChanges`, the program uses `Options`; they must agree."""
    fields = {field.name for field in dataclasses.fields(Options)}
    assert get_type_hints(OptionChanges).keys() == fields
    hints = get_type_hints(Options)
    assert {name: hints[name] for name in fields} == get_type_hints(OptionChanges)


@pytest.mark.parametrize(
    "wrong",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": None},
        {"timeout": math.inf},
        {"timeout": httpx.Timeout(None)},
        {"timeout": "5"},
        {"retries": -1},
        {"retries": 1.5},
        {"retries": True},
        {"retries": math.inf},
        {"retries": None},
        {"max_retry_after": -1},
        {"max_retry_after": math.inf},
        {"max_retry_after": math.nan},
        {"max_retry_after": "60"},
        {"consistency_window": -0.1},
        {"consistency_window": math.inf},
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_setting_that_cannot_be_meant_is_refused(kind: Any, wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(ConfigurationError, match=name):
        kind("acme", KEY, transport=Service().transport, **wrong)
    client = kind("acme", KEY, transport=Service().transport)
    with pytest.raises(ConfigurationError, match=name):
        client.with_options(**wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_setting_is_refused_with_the_nearest(kind: Any) -> None:
    with pytest.raises(ConfigurationError, match=r"retrys: unknown option; did you mean 'retries'\?"):
        kind("acme", KEY, transport=Service().transport, retrys=1)
    with pytest.raises(ConfigurationError, match=r"retrys: unknown option; did you mean 'retries'\?"):
        kind("acme", KEY, transport=Service().transport).with_options(retrys=1)


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_has_the_settings_that_it_was_given(service: Service, kind: Any) -> None:
    service.will(Answer(503), TAX, Answer(503))
    client = kind("acme", KEY, transport=service.transport, timeout=2.5, retries=1)
    play(client, get_tax)
    client = kind("acme", KEY, transport=service.transport, retries=0)
    with pytest.raises(ServerError):
        play(client, get_tax)
    assert service.requests[0].extensions["timeout"] == TIMEOUTS


@pytest.mark.parametrize("kind", KINDS)
def test_with_options_changes_what_it_names_and_nothing_else(service: Service, kind: Any) -> None:
    service.will(*[TAX] * 3)
    client = kind("acme", KEY, transport=service.transport, retries=7)
    play(
        client,
        lambda ix: ix.with_options(timeout=2.5).taxes.get(5),
        lambda ix: ix.with_options(timeout=2.5).with_options(retries=1).taxes.get(5),
        get_tax,
    )
    assert [request.extensions["timeout"] for request in service.requests] == [
        TIMEOUTS,
        TIMEOUTS,
        timeout_parts(TIMEOUT),
    ]
    changed = client.with_options(retries=1)
    assert (client._core.options.retries, changed._core.options.retries) == (7, 1)
    assert type(changed) is kind
    assert repr(changed) == repr(client)


@pytest.mark.parametrize("kind", KINDS)
def test_the_timeout_of_a_call_holds_for_its_files_too(service: Service, kind: Any) -> None:
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    play(
        kind("acme", KEY, transport=service.transport),
        lambda ix: ix.with_options(timeout=2.5).invoices.pdf(7),
    )
    assert [request.extensions["timeout"] for request in service.requests] == [TIMEOUTS, TIMEOUTS]


class Closing(httpx.MockTransport):
    """Counts calls to close."""

    closed = 0

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


@pytest.mark.parametrize("kind", KINDS)
def test_closing_a_client_with_other_options_leaves_the_connections_open(service: Service, kind: Any) -> None:
    """The connections belong to the client that opened them."""
    service.will(TAX, TAX)
    transport = Closing(service)
    client = kind("acme", KEY, transport=transport)
    changed = client.with_options(retries=0)
    play(changed, get_tax)
    play(changed.with_options(timeout=1))
    assert transport.closed == 0
    play(client, get_tax)
    assert transport.closed == 1


@pytest.mark.parametrize("kind", KINDS)
def test_with_options_can_be_said_as_often_as_one_likes(service: Service, kind: Any) -> None:
    service.will(TAX)
    client = kind("acme", KEY, transport=service.transport)
    for _ in range(sys.getrecursionlimit() + 200):
        client = client.with_options(retries=1)
    play(client, get_tax)


class Shop(InvoiceXpress):
    """A user's subclass of the client."""

    currency = "EUR"

    def __init__(self, transport: httpx.BaseTransport) -> None:
        super().__init__("acme", KEY, transport=transport)
        self.till = 4


def test_with_options_keeps_the_class_of_a_program_and_what_it_added(service: Service) -> None:
    service.will(TAX)
    with Shop(service.transport) as shop:
        changed = shop.with_options(retries=0)
        assert type(changed) is Shop
        assert changed.till == 4
        changed.taxes.get(5)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "proxy",
    [
        "ftp://user:planted@proxy.example",
        "//user:planted@proxy.example",
        "http://user:planted@",
        "http://user:planted@proxy.example:port",
        "planted",
        "",
    ],
)
def test_a_proxy_that_cannot_be_one_is_refused_without_repeating_it(kind: Any, proxy: str) -> None:
    with pytest.raises(ConfigurationError, match="proxy") as caught:
        kind("acme", KEY, proxy=proxy)
    assert "planted" not in str(caught.value)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


class SayTax(BaseHTTPRequestHandler):
    """Answers every request with a tax."""

    def do_GET(self) -> None:
        body = json.dumps({"tax": tax_json()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class QuietServer(ThreadingHTTPServer):
    """Logs no failed handshakes, since the tests provoke them."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


def certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "certificate.pem", folder / "key.pem"
    chain.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, secret


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A TLS server, and the file of its certificate."""
    chain, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    server = QuietServer(("127.0.0.1", 0), SayTax)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}", chain
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_certificate_is_checked_as_the_context_says(secured: tuple[str, Path], kind: Any) -> None:
    base_url, chain = secured
    trusting = ssl.create_default_context(cafile=str(chain))
    for verify in (trusting, False):
        (tax,) = play(kind(None, KEY, base_url=base_url, verify=verify, retries=0), get_tax)
        assert tax.id == 5
    trusting_nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for verify in (True, trusting_nobody):
        with pytest.raises(TransportError, match="CERTIFICATE_VERIFY_FAILED"):
            play(kind(None, KEY, base_url=base_url, verify=verify, retries=0), get_tax)


def test_settings_from_the_environment_go_through() -> None:
    environment = {"INVOICEXPRESS_ACCOUNT": "acme", "INVOICEXPRESS_API_KEY": KEY}
    for kind in KINDS:
        client = kind.from_env(
            environment, transport=httpx.MockTransport(Service()), retries=5, pace=None, on_request=print
        )
        assert client._core.options.retries == 5


def test_a_transport_error_is_raised_when_the_repeats_are_used_up(service: Service) -> None:
    service.will(*[httpx.ConnectError("no way there")] * 3)
    with (
        InvoiceXpress("acme", KEY, transport=service.transport) as ix,
        pytest.raises(TransportError, match="no way there"),
    ):
        ix.taxes.create(name="IVA23", value=Decimal(23), region="PT")
    assert len(service.requests) == 3
