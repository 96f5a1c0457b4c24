"""Between request and network: the key, time-outs, redirects, missing answers, and closing."""

from __future__ import annotations

import datetime
import socket
import threading
import warnings
from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version
from typing import Any

import anyio
import httpx
import pytest
from invoicexpress import (
    AmbiguousResultError,
    AsyncInvoiceXpress,
    EmulatorWarning,
    InvoiceXpress,
    InvoiceXpressError,
    TransportError,
    UnexpectedResponseError,
    lisbon,
)
from invoicexpress.sending.address import Address
from invoicexpress.sending.transport import USER_AGENT, NetworkSender
from invoicexpress_generated.types import Request

from tests.unit.conftest import (
    KEY,
    ONCE,
    ORIGIN,
    PDF,
    PDF_LINK,
    Answer,
    Run,
    Service,
    document_json,
    sequence_json,
    tax_json,
)

TAX = Answer(body={"tax": tax_json()})
TAXES = Answer(body={"taxes": []})


def create_tax(ix: Any) -> Any:
    return ix.taxes.create(name="IVA23", value=Decimal("23.0"), region="PT")


def get_tax(ix: Any) -> Any:
    return ix.taxes.get(5)


def list_taxes(ix: Any) -> Any:
    return ix.taxes.list()


def delete_item(ix: Any) -> Any:
    return ix.items.delete(4)


def finalize(ix: Any) -> Any:
    return ix.invoices.finalize(7)


def read_before(call: Callable[[Any], Any]) -> list[Answer]:
    """The answers to a call's reads before its write."""
    return [Answer(body={"invoice": document_json()})] if call is finalize else []


def create_invoice(ix: Any, **fields: Any) -> Any:
    item = {"name": "Café", "unit_price": Decimal("1.50"), "quantity": Decimal(2)}
    return ix.invoices.create(
        date=datetime.date(2026, 11, 21), client={"name": "Ana"}, items=[item], **fields
    )


def test_the_key_goes_to_the_accounts_own_address(service: Service, run: Run) -> None:
    service.will(TAX)
    run(service, get_tax)
    (request,) = service.requests
    assert str(request.url) == f"{ORIGIN}/taxes/5.json?api_key={KEY}"
    assert "api_key" not in request.headers
    assert KEY not in str(request.headers)


def test_the_key_does_not_go_with_a_link(service: Service, run: Run) -> None:
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    run(service, lambda ix: ix.invoices.pdf(7))
    _, file = service.requests
    assert str(file.url) == PDF_LINK
    assert file.headers["host"] == "files.example"
    assert KEY not in str(file.headers)


def test_the_key_does_not_go_with_a_link_to_the_accounts_own_host(service: Service, run: Run) -> None:
    """A link works without the key."""
    link = f"{ORIGIN}/documents/abc.pdf"
    service.will(Answer(body={"output": {"pdfUrl": link}}), Answer(body=PDF))
    run(service, lambda ix: ix.invoices.pdf(7))
    assert str(service.requests[1].url) == link


def test_a_key_of_any_characters_arrives_as_it_is(service: Service) -> None:
    key = "a+b/c=&d?e#f%20g"
    service.will(TAX)
    with InvoiceXpress("acme", key, transport=service.transport) as ix:
        ix.taxes.get(5)
    (request,) = service.requests
    assert request.url.params["api_key"] == key
    assert request.url.path == "/taxes/5.json"


def test_a_read_has_verb_path_query_and_no_body(service: Service, run: Run) -> None:
    service.will(Answer(body={"invoices": [], "pagination": PAGE}))
    run(service, lambda ix: ix.invoices.list(text="a&b=c d+é", status=["final", "draft"]))
    (request,) = service.requests
    (sent,) = service.sent
    assert (sent.verb, sent.path, sent.body) == ("GET", "/invoices.json", None)
    assert sent.query == [
        ("text", "a&b=c d+é"),
        ("type[]", "Invoice"),
        ("status[]", "sent"),
        ("status[]", "draft"),
        ("page", "1"),
        ("per_page", "100"),
    ]
    assert b"type%5B%5D=Invoice" in request.url.query
    assert request.content == b""
    assert "content-type" not in request.headers
    assert request.headers["accept"] == "application/json"


PAGE = {"total_entries": 0, "current_page": 1, "total_pages": 0, "per_page": 100}


def test_a_write_has_its_decimals_exactly(service: Service, run: Run) -> None:
    """Compared as bytes, since parsing to a float would lose digits."""
    shown = document_json(type="Receipt", total="1234567890123456.70", date=f"{lisbon.today():%d/%m/%Y}")
    service.will(Answer(body={"documents": []}), Answer(body={"receipt": shown}))
    run(service, lambda ix: ix.invoices.pay(7, amount=Decimal("1234567890123456.70")))
    _, request = service.requests
    assert request.content == b'{"partial_payment": {"amount": 1234567890123456.70}}'
    assert request.headers["content-type"] == "application/json"
    assert request.headers["content-length"] == str(len(request.content))


def test_a_write_without_a_body_has_no_content_type(service: Service, run: Run) -> None:
    service.will(Answer(), Answer(body={"sequence": sequence_json(default_sequence=1)}))
    run(service, lambda ix: ix.sequences.set_current(6))
    assert service.sent[0] == ("PUT", "/sequences/6/set_current.json", [], None)
    assert "content-type" not in service.requests[0].headers


def test_the_client_names_itself(service: Service, run: Run) -> None:
    service.will(TAX)
    run(service, get_tax)
    assert service.requests[0].headers["user-agent"] == USER_AGENT
    assert f"invoicexpress-python/{version('invoicexpress')}" == USER_AGENT


def test_time_outs_are_finite_unless_told_otherwise(service: Service, run: Run) -> None:
    service.will(TAX)
    run(service, get_tax)
    timeout = service.requests[0].extensions["timeout"]
    assert timeout == {"connect": 5.0, "read": 30.0, "write": 30.0, "pool": 30.0}


def test_files_have_the_same_time_outs(service: Service) -> None:
    service.will(Answer(body={"output": {"pdfUrl": PDF_LINK}}), Answer(body=PDF))
    with InvoiceXpress("acme", KEY, transport=service.transport, timeout=2.5) as ix:
        ix.invoices.pdf(7)
    assert [request.extensions["timeout"]["read"] for request in service.requests] == [2.5, 2.5]


NOT_SENT: list[Exception] = [
    httpx.ConnectError("no way there"),
    httpx.ConnectTimeout("too slow"),
    httpx.PoolTimeout("too many"),
    httpx.ProxyError("no"),
    httpx.UnsupportedProtocol("?"),
]
IN_DOUBT: list[Exception] = [
    httpx.ReadTimeout("no answer"),
    httpx.WriteTimeout("stuck"),
    httpx.ReadError("reset"),
    httpx.WriteError("broken pipe"),
    httpx.CloseError(""),
    httpx.RemoteProtocolError("Server disconnected without sending a response."),
    httpx.DecodingError("not gzip"),
]


def name(error: Exception) -> str:
    return type(error).__name__


@pytest.mark.parametrize("failure", [*NOT_SENT, *IN_DOUBT], ids=name)
def test_a_read_without_an_answer_changed_nothing(service: Service, run: Run, failure: Exception) -> None:
    service.will(failure)
    with pytest.raises(TransportError) as caught:
        run(service, get_tax)
    assert (caught.value.method, caught.value.path) == ("GET", "/taxes/5.json")
    assert caught.value.reason.startswith(name(failure))


@pytest.mark.parametrize("call", [create_tax, finalize, create_invoice, delete_item])
@pytest.mark.parametrize("failure", NOT_SENT, ids=name)
def test_a_write_that_was_never_sent_changed_nothing(
    service: Service, run: Run, failure: Exception, call: Callable[[Any], Any]
) -> None:
    service.will(failure)
    with pytest.raises(TransportError):
        run(service, call)


DRAFT = [Answer(body={"invoice": document_json()})]


@pytest.mark.parametrize("call", [create_tax, finalize, delete_item])
@pytest.mark.parametrize("failure", IN_DOUBT, ids=name)
def test_a_write_without_an_answer_is_in_doubt(
    service: Service, run: Run, failure: Exception, call: Callable[[Any], Any]
) -> None:
    # The read after it fails too.
    service.will(*read_before(call), failure, failure)
    with pytest.raises(AmbiguousResultError, match="may have been carried out") as caught:
        run(service, call)
    assert caught.value.proprietary_uid is None
    assert caught.value.method in ("POST", "PUT", "DELETE")
    assert [caught.value.path] == [sent.path for sent in service.sent if sent.verb != "GET"]


@pytest.mark.parametrize("failure", IN_DOUBT, ids=name)
def test_a_create_in_doubt_says_its_key(service: Service, run: Run, failure: Exception) -> None:
    """With its key, a repeat returns the same document; without, it would make a second one."""
    service.will(failure, failure)
    with pytest.raises(AmbiguousResultError) as caught:
        run(service, create_invoice)
    made = caught.value.proprietary_uid
    assert made
    assert service.sent[0].body["proprietary_uid"] == made
    with pytest.raises(AmbiguousResultError) as again:
        run(service, lambda ix: create_invoice(ix, proprietary_uid="order-17"))
    assert again.value.proprietary_uid == "order-17"
    assert "order-17" in str(again.value)


@pytest.mark.parametrize(
    "answer",
    [Answer(500), Answer(502, b"<html>"), Answer(201, b'{"invoice": {"id'), Answer(200, b""), Answer(302)],
    ids=lambda answer: str(answer.status),
)
def test_a_create_whose_answer_tells_nothing_says_its_key_too(service: Service, answer: Answer) -> None:
    """The document may exist, and only the error can tell the generated key."""
    service.will(answer)
    with (
        InvoiceXpress("acme", KEY, transport=service.transport, retries=0) as ix,
        pytest.raises(InvoiceXpressError) as caught,
    ):
        create_invoice(ix)
    assert getattr(caught.value, "proprietary_uid", None) == service.sent[0].body["proprietary_uid"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", ["https://evil.example/x", f"{ORIGIN}/login", "/login"])
@pytest.mark.parametrize("call", [get_tax, create_tax, finalize, create_invoice, delete_item])
def test_a_redirect_of_the_service_is_not_followed(
    service: Service, run: Run, status: int, location: str, call: Callable[[Any], Any]
) -> None:
    """`PUT /sequences/:id.json` was seen to answer 302. Following it would turn a write into a read.

    The service may have carried out a write before its redirect, so the result is unknown.
    """
    redirect = Answer(status, headers=(("location", location),))
    reads_after = 0 if call in (get_tax, create_invoice) else 1
    service.will(*read_before(call), redirect, *[redirect] * reads_after)
    kind = UnexpectedResponseError if call is get_tax else AmbiguousResultError
    with pytest.raises(kind, match=str(status)) as caught:
        run(service, call)
    if isinstance(caught.value, UnexpectedResponseError):
        assert caught.value.status == status
    assert {request.url.host for request in service.requests} == {"acme.app.invoicexpress.com"}
    assert not any(sent.path == "/login" for sent in service.sent)
    assert len([sent for sent in service.sent if sent.verb != "GET"]) == (call is not get_tax)


EMULATED = Answer(body={"tax": tax_json()}, headers=(("X-InvoiceXpress-Emulator", "0.1"),))


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_an_emulator_elsewhere_is_warned_about(service: Service, kind: Any) -> None:
    """The caller may believe that real invoices are issued there."""
    service.will(EMULATED)
    with pytest.warns(EmulatorWarning, match=r"emulator\.example is an emulator"):
        get_through(kind("acme", KEY, base_url="https://emulator.example", transport=service.transport))


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
@pytest.mark.parametrize(
    "base_url", ["http://localhost:1", "http://acme.localhost", "http://127.0.0.1", "http://[::1]"]
)
def test_an_emulator_on_this_machine_is_not(service: Service, kind: Any, base_url: str) -> None:
    service.will(EMULATED)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        get_through(kind("acme", KEY, base_url=base_url, transport=service.transport))


def get_through(client: InvoiceXpress | AsyncInvoiceXpress) -> None:
    if isinstance(client, InvoiceXpress):
        with client:
            client.taxes.get(5)
        return

    async def get() -> None:
        async with client:
            await client.taxes.get(5)

    anyio.run(get)


class Closing(httpx.MockTransport):
    """Counts calls to close."""

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def test_a_transport_is_closed_once_with_its_client(service: Service) -> None:
    transport = Closing(service)
    with InvoiceXpress("acme", KEY, transport=transport):
        assert transport.closed == 0
    assert transport.closed == 1
    transport = Closing(service)
    InvoiceXpress("acme", KEY, transport=transport).close()
    assert transport.closed == 1


async def test_a_transport_is_closed_once_with_its_asynchronous_client(service: Service) -> None:
    transport = Closing(service)
    async with AsyncInvoiceXpress("acme", KEY, transport=transport):
        assert transport.closed == 0
    assert transport.closed == 1


def test_a_client_is_closed_when_its_block_fails(service: Service) -> None:
    transport = Closing(service)
    with pytest.raises(KeyError), InvoiceXpress("acme", KEY, transport=transport):
        raise KeyError
    assert transport.closed == 1


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control over an environment variable must not reveal the key."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with serving(response(b'{"taxes": []}')) as base_url, InvoiceXpress(None, KEY, base_url=base_url) as ix:
        assert ix.taxes.list() == []


def test_threads_share_a_client() -> None:
    service = Service().will(*[TAXES] * 40)
    with InvoiceXpress("acme", KEY, transport=service.transport) as ix:
        threads = [threading.Thread(target=lambda: [ix.taxes.list() for _ in range(5)]) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(service.requests) == 40


class serving:
    """A real local server that answers every connection with the same bytes and closes it."""

    def __init__(self, answer: bytes) -> None:
        self.answer = answer
        self.connections = 0

    def __enter__(self) -> str:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            with connection:
                if not (received := connection.recv(65536)):
                    return
                head, _, body = received.partition(b"\r\n\r\n")
                length = next(
                    (
                        int(line[15:])
                        for line in head.split(b"\r\n")
                        if line.lower().startswith(b"content-length:")
                    ),
                    0,
                )
                while len(body) < length:
                    body += connection.recv(65536)
                self.connections += 1
                connection.sendall(self.answer)

    def __exit__(self, *_: object) -> None:
        # An empty connection stops the server.
        socket.create_connection(self.listener.getsockname()).close()
        self.thread.join()
        self.listener.close()


def response(
    body: bytes, status: str = "200 OK", kind: str = "application/json", length: int | None = None
) -> bytes:
    size = len(body) if length is None else length
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n"
    return head.encode() + body


@pytest.fixture(params=["sync", "async"])
def over(request: pytest.FixtureRequest) -> Any:
    """Runs a call on either client over a real connection that answers with these bytes."""

    def run_sync(answer: bytes, call: Callable[[Any], Any]) -> Any:
        with (
            serving(answer) as base_url,
            InvoiceXpress(None, KEY, base_url=base_url, **ONCE, timeout=5) as ix,
        ):
            return call(ix)

    def run_async(answer: bytes, call: Callable[[Any], Any]) -> Any:
        async def run() -> Any:
            async with AsyncInvoiceXpress(None, KEY, base_url=base_url, **ONCE, timeout=5) as ix:
                return await call(ix)

        with serving(answer) as base_url:
            return anyio.run(run)

    return run_sync if request.param == "sync" else run_async


def test_over_a_real_connection_an_answer_is_read(over: Any) -> None:
    (tax,) = over(response(b'{"taxes": [{"id": 5, "name": "IVA23", "value": 23.0}]}'), list_taxes)
    assert tax.value == Decimal("23.0")


def test_a_server_that_closes_without_a_word_leaves_a_write_in_doubt(over: Any) -> None:
    with pytest.raises(TransportError, match="RemoteProtocolError"):
        over(b"", get_tax)
    with pytest.raises(AmbiguousResultError, match="RemoteProtocolError") as caught:
        over(b"", create_invoice)
    assert caught.value.proprietary_uid


def test_a_body_that_is_cut_off_leaves_a_write_in_doubt(over: Any) -> None:
    cut = response(b'{"tax": {"id": 5', length=100)
    with pytest.raises(TransportError, match="RemoteProtocolError"):
        over(cut, get_tax)
    with pytest.raises(AmbiguousResultError, match="RemoteProtocolError"):
        over(cut, create_tax)


def test_what_is_not_http_leaves_a_write_in_doubt(over: Any) -> None:
    with pytest.raises(TransportError, match="RemoteProtocolError"):
        over(b"SSH-2.0-OpenSSH\r\n\r\n", get_tax)
    with pytest.raises(AmbiguousResultError, match="RemoteProtocolError"):
        over(b"SSH-2.0-OpenSSH\r\n\r\n", create_tax)


@pytest.mark.parametrize(
    "answer",
    [response(b""), response(b" "), response(b"<html><title>Maintenance</title></html>", kind="text/html")],
    ids=["empty", "blank", "html"],
)
def test_a_200_that_is_no_json_is_unexpected(over: Any, answer: bytes) -> None:
    """For a write, the outcome is unknown."""
    for call, kind in ((get_tax, UnexpectedResponseError), (create_tax, AmbiguousResultError)):
        with pytest.raises(kind, match="answered 200"):
            over(answer, call)


def test_a_port_where_nobody_listens_is_a_transport_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with InvoiceXpress(None, KEY, base_url=f"http://127.0.0.1:{port}", retries=0) as ix:
        for call in (get_tax, create_tax):
            with pytest.raises(TransportError, match="ConnectError"):
                call(ix)


def test_a_sender_is_usable_alone(service: Service) -> None:
    service.will(Answer(404, b" "))
    sender = NetworkSender(Address(httpx.URL(ORIGIN), KEY), transport=service.transport)
    answer = sender.send(Request("getTax", "GET", "/taxes/5.json"))
    sender.close()
    assert (answer.status, answer.content) == (404, b" ")


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("https://a.example", "/taxes/5.json"),
        ("https://a.example/", "/taxes/5.json"),
        ("https://a.example/prefix", "/prefix/taxes/5.json"),
        ("https://a.example/prefix/", "/prefix/taxes/5.json"),
        ("https://a.example//x//", "//x//taxes/5.json"),
    ],
)
def test_paths_are_below_the_base(service: Service, base_url: str, path: str) -> None:
    service.will(TAX)
    with InvoiceXpress("acme", KEY, base_url=base_url, transport=service.transport) as ix:
        ix.taxes.get(5)
    assert service.requests[0].url.raw_path == f"{path}?api_key={KEY}".encode()


def test_a_transport_that_changes_a_time_out_changes_that_of_one_request() -> None:
    seen: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"]["read"])
        request.extensions["timeout"]["read"] = 0.001
        return httpx.Response(200, json={"tax": tax_json()})

    with InvoiceXpress("acme", KEY, transport=httpx.MockTransport(answer)) as ix:
        for _ in range(2):
            ix.taxes.get(5)
    assert seen == [30.0, 30.0]


def refused_by_a_caller(request: httpx.Request) -> httpx.Response:
    answer = httpx.Response(500, request=request)
    answer.raise_for_status()
    return answer


def with_the_request(request: httpx.Request) -> httpx.Response:
    raise ValueError("no", request)


def in_a_group(request: httpx.Request) -> httpx.Response:
    raise ExceptionGroup("two", [httpx.ReadError("cut off", request=request), ValueError(request)])


@pytest.mark.parametrize("answer", [refused_by_a_caller, with_the_request, in_a_group])
def test_no_exception_of_a_transport_keeps_the_request(
    answer: Callable[[httpx.Request], httpx.Response],
) -> None:
    """Its address holds the key."""
    with (
        InvoiceXpress("acme", KEY, transport=httpx.MockTransport(answer), retries=0) as ix,
        pytest.raises(TransportError) as caught,
    ):
        ix.taxes.get(5)
    waiting: list[BaseException | None] = [caught.value]
    while waiting:
        error = waiting.pop()
        if error is None:
            continue
        kept = [*vars(error).values(), *error.args]
        assert not [each for each in kept if isinstance(each, httpx.Request | httpx.Response)]
        assert KEY not in f"{error} {kept}"
        waiting += [error.__cause__, error.__context__, *getattr(error, "exceptions", ())]
