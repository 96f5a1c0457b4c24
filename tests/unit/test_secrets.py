"""Secrets appear in no log, exception, pickle or repr, and reach no other host: the key, passwords, links to
documents, and proxy credentials.

Real connections are used where it matters, since the HTTP library logs most below the transport.
"""

from __future__ import annotations

import base64
import json
import logging
import pickle
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import anyio
import httpx
import pytest
from invoicexpress import (
    AmbiguousResultError,
    ApiError,
    AsyncInvoiceXpress,
    AuthenticationError,
    DownloadError,
    Exchange,
    Invoice,
    InvoiceXpress,
    InvoiceXpressError,
    NotFoundError,
    Pace,
    RawResult,
    ServerError,
    TransportError,
    UnexpectedResponseError,
)
from invoicexpress.sending.address import Address
from invoicexpress.sending.asynchronous.flows import AsyncCore
from invoicexpress.sending.asynchronous.transport import AsyncNetworkSender
from invoicexpress.sending.delivery import Terms
from invoicexpress.sending.flows import Link, SyncCore, exchange
from invoicexpress.sending.transport import (
    NetworkSender,
)
from invoicexpress_generated.errors import UnexpectedStatus
from invoicexpress_generated.models.client import Client
from invoicexpress_generated.models.pdf_output import PdfOutput
from invoicexpress_generated.models.qr_code import QrCode
from invoicexpress_generated.types import Request, Response
from invoicexpress_wire import loads

from tests.unit.conftest import PDF, Answer, Run, Service, document_json, tax_json

MARK = "planted"
# Characters that are escaped in a URL; the middle is not, so both forms are detected.
SECRET_KEY = f"k+/{MARK}/=k"
PATIENT = 5.0
"""Seconds for an answer that comes."""
IMPATIENT = 0.3
"""Seconds for one that never does: plot 4."""
LOGGERS = ["", "httpx", "httpcore", "httpcore2", "asyncio", "invoicexpress", "concurrent.futures"]


class Scene(BaseHTTPRequestHandler):
    """A local service whose behaviour depends on the id in the path."""

    protocol_version = "HTTP/1.1"
    server: Stage  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        self.server.seen.append(f"{self.requestline} {self.headers}")
        plot = self.path.partition("?")[0].rpartition("/")[2].partition(".")[0]
        getattr(self, f"plot_{plot}")()

    do_POST = do_PUT = do_GET

    def do_CONNECT(self) -> None:
        self.server.seen.append(f"{self.requestline} {self.headers}")
        self.say(407, b"", "text/plain", **{"Proxy-Authenticate": "Basic"})

    def say(self, status: int, body: bytes = b"", kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def plot_1(self) -> None:
        self.say(200, json.dumps({"tax": tax_json(id=1)}).encode())

    def plot_2(self) -> None:
        self.say(401, b'{"errors": [{"error": "Invalid API key"}]}')

    def plot_3(self) -> None:
        self.say(500, b"<html><title>We are sorry</title></html>", "text/html")

    def plot_4(self) -> None:
        self.server.over.wait(10)
        self.close_connection = True

    def plot_5(self) -> None:
        self.say(302, Location=f"{self.server.other}/login")

    def plot_6(self) -> None:
        self.close_connection = True

    def plot_7(self) -> None:
        link = f"{self.server.other}/file/10.pdf?signature={MARK}"
        self.say(200, json.dumps({"output": {"pdfUrl": link}}).encode())

    def plot_8(self) -> None:
        link = f"{self.server.other}/file/11.pdf?signature={MARK}"
        self.say(200, json.dumps({"output": {"pdfUrl": link}}).encode())

    def plot_9(self) -> None:
        link = f"{self.server.other}/file/12.pdf?signature={MARK}"
        self.say(200, json.dumps({"output": {"pdfUrl": link}}).encode())

    def plot_10(self) -> None:
        self.say(200, PDF, "application/pdf")

    def plot_11(self) -> None:
        self.say(403, b"<Error>expired</Error>", "application/xml")

    def plot_12(self) -> None:
        self.say(302, Location=f"{self.server.other}/file/10.pdf?signature={MARK}")

    def plot_13(self) -> None:
        """Redirects as Rails does: the query is kept, in the header and in the page."""
        target = f"{self.server.other}{self.path}"
        page = f'<html><body>You are being <a href="{target}">redirected</a>.</body></html>'
        self.say(302, page.encode(), "text/html", Location=target)

    def plot_14(self) -> None:
        self.say(404, f"No route matches [GET] {self.path}".encode(), "text/plain")

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Stage(ThreadingHTTPServer):
    """A server, the requests it received, and the address of the other server."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Scene)
        self.seen: list[str] = []
        self.over = threading.Event()
        self.other = ""
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def received(self, count: int) -> list[str]:
        """Return the requests, once there are `count` of them: a caller that gave up may be ahead of us."""
        deadline = time.monotonic() + PATIENT
        while len(self.seen) < count and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.seen

    def stop(self) -> None:
        self.over.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


@pytest.fixture
def stages() -> Iterator[tuple[Stage, Stage]]:
    """The service, and another host."""
    service, other = Stage(), Stage()
    service.other = other.other = f"http://localhost:{other.server_port}"
    yield service, other
    service.stop()
    other.stop()


def settings(proxy: str | None, timeout: float) -> Any:
    return {"timeout": timeout, "retries": 1, "consistency_window": 0, "proxy": proxy}


def run_sync(
    base_url: str, call: Callable[[Any], Any], proxy: str | None = None, timeout: float = PATIENT
) -> Any:
    with InvoiceXpress(None, SECRET_KEY, base_url=base_url, **settings(proxy, timeout)) as ix:
        return call(ix)


def run_async(
    base_url: str, call: Callable[[Any], Any], proxy: str | None = None, timeout: float = PATIENT
) -> Any:
    async def run() -> Any:
        async with AsyncInvoiceXpress(None, SECRET_KEY, base_url=base_url, **settings(proxy, timeout)) as ix:
            return await call(ix)

    return anyio.run(run, backend_options={"debug": True})


PLAYERS: dict[str, Callable[..., Any]] = {"sync": run_sync, "async": run_async}


@pytest.fixture(params=sorted(PLAYERS))
def play(request: pytest.FixtureRequest) -> Any:
    """Either client, for an address."""
    return PLAYERS[request.param]


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    # All existing loggers, and those of modules that load later.
    for name in {*LOGGERS, *logging.root.manager.loggerDict}:
        if not name.startswith(("hypothesis", "pytest", "_pytest")):
            caplog.set_level(logging.DEBUG, logger=name or None)
    return caplog


def texts_of_logs(caplog: pytest.LogCaptureFixture) -> str:
    """Everything that a handler could output for the log records."""
    lines: list[str] = []
    for record in caplog.records:
        lines += [record.getMessage(), str(record.msg), repr(record.args), record.exc_text or ""]
        # Including `extra`, which structured handlers write.
        lines.append(repr({name: value for name, value in vars(record).items() if name != "exc_info"}))
        if record.exc_info and record.exc_info[1]:
            lines.append(texts_of_error(record.exc_info[1]))
    return "\n".join(lines)


def texts_of_error(error: BaseException, *, with_locals: bool = True) -> str:
    """Everything that a reporter could show of an exception: itself, its traceback, and all it refers to.

    Local variables of a flow that follows a link hold the link, and those of a constructor hold the key.
    """
    lines = ["".join(traceback.format_exception(error)), repr(pickle.dumps(error))]
    waiting: list[BaseException | None] = [error]
    seen = set[int]()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        waiting += [one.__cause__, one.__context__]
        lines += [str(one), repr(one), repr(one.args), repr(getattr(one, "__notes__", None))]
        lines += [repr(vars(one)), *(locals_of(one) if with_locals else [])]
        if isinstance(one, httpx.RequestError) and vars(one).get("_request") is not None:
            lines += [str(one.request.url), repr(one.request), repr(one.request.headers)]
    return "\n".join(lines)


def locals_of(error: BaseException) -> list[str]:
    """The local variables that an error reporter shows along the traceback, without those of the tests."""
    lines: list[str] = []
    for frame, _ in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename != __file__:
            lines += [f"{name}={shown(value)}" for name, value in frame.f_locals.items()]
    return lines


def shown(value: object) -> str:
    """A repr, or an empty text if there is none."""
    try:
        return repr(value)
    except Exception:
        return ""


def tax(number: int) -> Callable[[Any], Any]:
    return lambda ix: ix.taxes.get(number)


def ready(link: str, *headers: tuple[str, str]) -> Answer:
    """A PDF is there."""
    return Answer(body={"output": {"pdfUrl": link}}, headers=headers)


def update_tax(ix: Any) -> Any:
    return ix.taxes.update(6, name="IVA23", value=Decimal(23), region="PT")


def pdf(number: int) -> Callable[[Any], Any]:
    return lambda ix: ix.invoices.pdf(number)


class Scenario(NamedTuple):
    """A behaviour of the service, the call that meets it, and the outcome."""

    number: int
    call: Callable[[int], Callable[[Any], Any]]
    kind: type[Exception] | None


SCENARIOS = [
    Scenario(1, tax, None),
    Scenario(2, tax, AuthenticationError),
    Scenario(3, tax, ServerError),
    Scenario(4, tax, TransportError),
    Scenario(5, tax, UnexpectedResponseError),
    Scenario(6, tax, TransportError),
    Scenario(7, pdf, None),
    Scenario(8, pdf, DownloadError),
    Scenario(9, pdf, None),
    Scenario(
        13,
        tax,
        UnexpectedResponseError,
    ),
    Scenario(14, tax, NotFoundError),
]


def scenarios() -> list[Any]:
    return [
        pytest.param(
            scenario,
            id=f"{scenario.number}-{scenario.kind.__name__ if scenario.kind else 'success'}",
        )
        for scenario in SCENARIOS
    ]


def patience(plot: int) -> float:
    """Seconds to wait for the scenario's answer."""
    return IMPATIENT if plot == 4 else PATIENT


def act(service: Stage, play: Any, scenario: Scenario) -> str:
    """Plays a scenario; returns everything that its result or exception can show."""
    base_url, call = f"http://127.0.0.1:{service.server_port}", scenario.call(scenario.number)
    timeout = patience(scenario.number)
    if scenario.kind is None:
        return repr(play(base_url, call, timeout=timeout))
    with pytest.raises(scenario.kind) as caught:
        play(base_url, call, timeout=timeout)
    return texts_of_error(caught.value, with_locals=scenario.call is tax)


@pytest.mark.parametrize("scenario", scenarios())
def test_no_log_has_a_secret(
    stages: tuple[Stage, Stage], everything_logged: pytest.LogCaptureFixture, play: Any, scenario: Scenario
) -> None:
    service, _ = stages
    act(service, play, scenario)
    assert any(record.name.startswith("httpcore") for record in everything_logged.records), "logging is on"
    assert any(MARK in line for line in service.received(1)), "the key was sent"
    assert MARK not in texts_of_logs(everything_logged)


@pytest.mark.parametrize("scenario", scenarios())
def test_no_result_and_no_exception_has_a_secret(
    stages: tuple[Stage, Stage], play: Any, scenario: Scenario
) -> None:
    assert MARK not in act(stages[0], play, scenario)


@pytest.mark.parametrize("number", [5, 13])
def test_a_redirect_to_another_host_takes_nothing_there(
    stages: tuple[Stage, Stage], play: Any, number: int
) -> None:
    service, other = stages
    with pytest.raises(UnexpectedResponseError):
        play(f"http://127.0.0.1:{service.server_port}", tax(number))
    assert other.seen == []


def test_another_host_gets_its_link_and_nothing_else(stages: tuple[Stage, Stage], play: Any) -> None:
    service, other = stages
    play(f"http://127.0.0.1:{service.server_port}", pdf(9))
    assert len(other.seen) == 2
    for line in other.seen:
        assert "api_key" not in line
        assert "k+" not in line
        assert "k%2B" not in line
        assert "file.invalid" not in line


def test_a_write_in_doubt_has_no_secret(
    stages: tuple[Stage, Stage], everything_logged: pytest.LogCaptureFixture, play: Any
) -> None:
    service, _ = stages
    with pytest.raises(AmbiguousResultError) as caught:
        play(f"http://127.0.0.1:{service.server_port}", update_tax)
    assert MARK not in texts_of_error(caught.value)
    assert MARK not in texts_of_logs(everything_logged)


def test_nothing_listening_has_no_secret(everything_logged: pytest.LogCaptureFixture, play: Any) -> None:
    gone = Stage()
    gone.stop()
    with pytest.raises(TransportError) as caught:
        play(f"http://127.0.0.1:{gone.server_port}", tax(1))
    assert MARK not in texts_of_error(caught.value)
    assert MARK not in texts_of_logs(everything_logged)


ADDRESS = Address(httpx.URL("https://acme.app.invoicexpress.com"), SECRET_KEY)
INNER = httpx.MockTransport(lambda _: httpx.Response(200))


@pytest.mark.parametrize(
    "thing",
    [
        ADDRESS,
        NetworkSender(ADDRESS, transport=INNER),
        AsyncNetworkSender(ADDRESS, transport=INNER),
        SyncCore(NetworkSender(ADDRESS, transport=INNER)),
        AsyncCore(AsyncNetworkSender(ADDRESS, transport=INNER)),
        InvoiceXpress("acme", SECRET_KEY, transport=INNER),
        InvoiceXpress("acme", SECRET_KEY, transport=INNER).invoices,
        InvoiceXpress("acme", SECRET_KEY, transport=INNER).invoices.get,
        AsyncInvoiceXpress("acme", SECRET_KEY, transport=INNER),
        AsyncInvoiceXpress("acme", SECRET_KEY, transport=INNER).taxes,
        InvoiceXpress("acme", SECRET_KEY, transport=INNER).with_options(timeout=5),
        AsyncInvoiceXpress("acme", SECRET_KEY, transport=INNER).with_options(timeout=5),
        InvoiceXpress("acme", SECRET_KEY, transport=INNER).with_raw_response,
        InvoiceXpress("acme", SECRET_KEY, transport=INNER).with_raw_response.taxes.get,
        InvoiceXpress("acme", SECRET_KEY, transport=INNER).with_raw_response.taxes,
        AsyncInvoiceXpress("acme", SECRET_KEY, transport=INNER).with_raw_response,
        InvoiceXpress("acme", SECRET_KEY, proxy=f"http://user:{MARK}@127.0.0.1:1"),
        AsyncInvoiceXpress("acme", SECRET_KEY, proxy=f"http://user:{MARK}@127.0.0.1:1"),
        Terms(place=ADDRESS.place, pace=Pace(redis=f"redis://:{MARK}@127.0.0.1:1")),
        RawResult(5, (Response(200, {"location": MARK}, MARK.encode()),)),
        Link(f"https://files.example/{MARK}", 10),
        PdfOutput(f"https://files.example/{MARK}"),
        QrCode(f"https://files.example/{MARK}"),
        Client(id=3, name="Ana", open_account_link=f"https://www.app.invoicexpress.com/suppliers/{MARK}"),
        Invoice.from_dict(loads(json.dumps(document_json(permalink=f"https://x.example/{MARK}")))),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_no_repr_has_a_secret(thing: object) -> None:
    assert MARK not in repr(thing)
    assert MARK not in str(thing)
    assert MARK not in f"{[thing]}"


@pytest.mark.parametrize("name", ["get", "pdf"])
def test_the_request_that_the_http_library_keeps_is_removed_from_its_exception(name: str) -> None:
    """Its address holds the key, or is a link."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.startswith("/api/pdf"):
            return httpx.Response(200, json={"output": {"pdfUrl": f"https://files.example/{MARK}"}})
        raise httpx.ReadError("cut off", request=request)

    with (
        InvoiceXpress("acme", SECRET_KEY, transport=httpx.MockTransport(answer), retries=0) as ix,
        pytest.raises((TransportError, DownloadError)) as caught,
    ):
        getattr(ix.invoices, name)(7)
    errors: list[BaseException] = []
    error: BaseException | None = caught.value
    while error is not None:
        errors.append(error)
        error = error.__cause__ or error.__context__
    assert any(isinstance(each, httpx.ReadError) for each in errors)
    for each in errors:
        assert MARK not in repr(vars(each)), each
        assert vars(each).get("_request") is None


def test_a_cookie_of_one_file_host_does_not_go_to_another(service: Service, run: Run) -> None:
    def twice(ix: Any) -> Any:
        first = ix.invoices.pdf(7)
        if isinstance(ix, InvoiceXpress):
            ix.invoices.pdf(8)
            return first

        async def both() -> None:
            await first
            await ix.invoices.pdf(8)

        return both()

    for host, cookie in (("one.example", (("set-cookie", f"session={MARK}; Path=/"),)), ("two.example", ())):
        service.will(ready(f"https://{host}/a.pdf"), Answer(body=PDF, headers=cookie))
    run(service, twice)
    assert service.requests[3].url.host == "two.example"
    assert "cookie" not in service.requests[3].headers


def test_a_session_cookie_of_the_service_does_not_go_with_a_link(service: Service, run: Run) -> None:
    cookie = (("set-cookie", f"_session={MARK}; Path=/; HttpOnly"),)
    service.will(ready("https://files.example/a.pdf", *cookie), Answer(body=PDF))
    run(service, lambda ix: ix.invoices.pdf(7))
    assert "cookie" not in service.requests[1].headers


UNREADABLE = [
    {"output": f"https://x.example/{MARK}"},
    {"output": {"pdfUrl": [f"https://x.example/{MARK}"]}},
    {"output": {"pdfUrl": {"href": f"https://x.example/{MARK}"}}},
]


@pytest.mark.parametrize("body", UNREADABLE)
def test_an_answer_of_another_shape_does_not_show_its_link(service: Service, run: Run, body: Any) -> None:
    service.will(Answer(body=body))
    with pytest.raises(UnexpectedResponseError) as caught:
        run(service, lambda ix: ix.invoices.pdf(7))
    assert MARK not in str(caught.value)


def test_the_arguments_of_an_exception_do_not_show_a_link(service: Service, run: Run) -> None:
    """Error reporters print `args`. The body is still available as `.body`."""
    service.will(Answer(body={"invoice": document_json(permalink=f"https://x.example/{MARK}", total=None)}))
    with pytest.raises(UnexpectedResponseError) as caught:
        run(service, lambda ix: ix.invoices.get(7))
    assert MARK not in str(caught.value)
    assert MARK not in repr(caught.value)
    assert MARK not in repr(caught.value.args)


def test_a_document_that_cannot_be_read_does_not_show_its_link(service: Service, run: Run) -> None:
    service.will(Answer(body={"invoice": document_json(permalink=f"https://x.example/{MARK}", total=None)}))
    with pytest.raises(UnexpectedResponseError) as caught:
        run(service, lambda ix: ix.invoices.get(7))
    assert MARK not in str(caught.value)
    assert MARK not in "".join(traceback.format_exception(caught.value))


def test_a_key_that_cannot_be_right_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="api_key") as caught:
        InvoiceXpress("acme", f"{MARK} {MARK}")
    assert MARK not in texts_of_error(caught.value, with_locals=False)


PROXY_SECRETS = (MARK, base64.b64encode(f"user:{MARK}".encode()).decode())


@pytest.mark.parametrize(("number", "kind"), [(1, None), (2, AuthenticationError), (6, TransportError)])
def test_a_proxy_is_told_its_password_and_nobody_else(
    stages: tuple[Stage, Stage],
    everything_logged: pytest.LogCaptureFixture,
    play: Any,
    number: int,
    kind: type[Exception] | None,
) -> None:
    """Here the stage is the proxy: it gets absolute URLs, and answers in place of their host."""
    proxy, _ = stages
    address = f"http://user:{MARK}@127.0.0.1:{proxy.server_port}"

    def go() -> object:
        return play("http://localhost:1", tax(number), proxy=address)

    shown_of_it = repr(go()) if kind is None else texts_of_error(failure_of(go, kind))
    assert any(PROXY_SECRETS[1] in line for line in proxy.seen), "the proxy got its password"
    for secret in PROXY_SECRETS:
        assert secret not in shown_of_it
        assert secret not in texts_of_logs(everything_logged)


def failure_of(call: Callable[[], object], kind: type[Exception]) -> Exception:
    """The exception of a call."""
    with pytest.raises(kind) as caught:
        call()
    return caught.value


def test_a_proxy_that_refuses_has_no_secret(
    stages: tuple[Stage, Stage], everything_logged: pytest.LogCaptureFixture, play: Any
) -> None:
    proxy, _ = stages
    address = f"http://user:{MARK}@127.0.0.1:{proxy.server_port}"
    error = failure_of(
        lambda: play("https://acme.app.invoicexpress.com", tax(1), proxy=address), TransportError
    )
    assert "407" in str(error)
    assert any("CONNECT" in line for line in proxy.seen)
    assert "k%2B" not in "".join(proxy.seen), "the key goes through the tunnel"
    for secret in PROXY_SECRETS:
        assert secret not in texts_of_error(error)
        assert secret not in texts_of_logs(everything_logged)


def test_a_proxy_where_nobody_listens_has_no_secret(
    everything_logged: pytest.LogCaptureFixture, play: Any
) -> None:
    gone = Stage()
    gone.stop()
    address = f"http://user:{MARK}@127.0.0.1:{gone.server_port}"
    error = failure_of(
        lambda: play("https://acme.app.invoicexpress.com", tax(1), proxy=address), TransportError
    )
    for secret in PROXY_SECRETS:
        assert secret not in texts_of_error(error)
        assert secret not in texts_of_logs(everything_logged)


class Written(NamedTuple):
    """A request whose body holds a secret."""

    operation: str
    method: str
    body: dict[str, Any]


# Each is sent as a raw request, so a row needs no model and no method.
WRITTEN = [
    Written("createAccount", "POST", {"account": {"password": MARK, "email": "ana@example.com"}}),
    Written("updateAccount", "PUT", {"account": {"password": MARK, "old_password": MARK}}),
    Written("updateAccount", "PUT", {"account": {"credentials": {"login": "500100200/1", "password": MARK}}}),
    Written("setAtCommunication", "POST", {"at_communication": {"at_password": MARK}}),
]
# A success, 401, 500, no answer in time, a redirect, a connection that is closed, and 404.
WRITTEN_PLOTS = [1, 2, 3, 4, 5, 6, 14]


@pytest.mark.parametrize("plot", WRITTEN_PLOTS)
@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.operation)
def test_what_is_written_shows_nowhere(
    stages: tuple[Stage, Stage],
    everything_logged: pytest.LogCaptureFixture,
    play: Any,
    written: Written,
    plot: int,
) -> None:
    service, _ = stages
    request = Request(written.operation, written.method, f"/{plot}.json", (), written.body)

    def parse(response: Response) -> int:
        if response.status != 200:
            raise UnexpectedStatus(response)
        return response.status

    def call(ix: Any) -> Any:
        return ix.with_options(retries=0)._core.run(exchange(request, parse))

    told = ""
    try:
        told = repr(play(f"http://127.0.0.1:{service.server_port}", call, timeout=patience(plot)))
    except InvoiceXpressError as error:
        told = texts_of_error(error)
    assert told
    assert len(service.received(1)) == 1
    assert MARK not in told
    assert MARK not in texts_of_logs(everything_logged)
    assert MARK not in repr(request)


LINK = f"https://files.example/doc/{MARK}?signature={MARK}"
# Secrets in answers. A row is a body, of an error or of an unreadable success.
ANSWERED: dict[str, Any] = {
    "pdf": {"output": {"pdfUrl": LINK}},
    "qr code": {"qr_code": {"url": LINK}},
    "permalink": {"invoice": {"id": 7, "permalink": LINK}},
    "saf-t": {"url": LINK},
    "open account link": {"client": {"open_account_link": LINK}},
    "account key": {"account": {"id": 1, "api_key": MARK}},
    "account keys": [{"account": {"api_key": MARK}}, {"account": {"api_key": MARK}}],
    "a link in a sentence": {"errors": [{"error": f"The document is at {LINK}, and was sent"}]},
    "a key in a sentence": {"errors": f"No route matches /taxes/5.json?api_key={MARK}&page=1"},
    "json in json": json.dumps({"api_key": MARK, "permalink": LINK}),
    "slashes with backslashes": json.dumps({"permalink": LINK}).replace("/", "\\/").encode(),
    "a page": f'<html><title>{LINK}</title><a href="{LINK}">moved</a></html>'.encode(),
    "a trace of Ruby": f'Parameters: {{"api_key"=>"{MARK}", :url=>"{LINK}"}}'.encode(),
    "xml": f"<account><api_key>{MARK}</api_key></account>".encode(),
}


@pytest.mark.parametrize("status", [200, 302, 401, 404, 422, 429, 500, 530])
@pytest.mark.parametrize("body", ANSWERED.values(), ids=ANSWERED)
def test_what_is_answered_shows_nowhere(
    service: Service, run: Run, everything_logged: pytest.LogCaptureFixture, body: Any, status: int
) -> None:
    service.will(Answer(status, body, headers=(("location", LINK), ("x-link", LINK))))
    error = failure_of(lambda: run(service, lambda ix: ix.taxes.get(5)), ApiError)
    assert MARK not in texts_of_error(error)
    assert MARK not in texts_of_logs(everything_logged)
    assert MARK.encode() not in getattr(error, "body", b"")


@pytest.mark.parametrize("status", [403, 500, 503])
def test_a_file_that_is_refused_again_and_again_does_not_show_its_link(
    service: Service, everything_logged: pytest.LogCaptureFixture, status: int
) -> None:
    """Repeats and hooks write their own log lines."""
    service.will(Answer(body={"output": {"pdfUrl": LINK}}), *[Answer(status)] * (1 if status == 403 else 2))
    heard: list[Exchange] = []
    with InvoiceXpress(
        "acme",
        SECRET_KEY,
        transport=service.transport,
        retries=1,
        on_request=heard.append,
        on_response=break_on,
    ) as ix:
        error = failure_of(lambda: ix.invoices.pdf(7), DownloadError)
    assert MARK not in str(error)
    assert MARK not in repr(error)
    assert MARK not in f"{heard}"
    assert MARK not in texts_of_logs(everything_logged)


def break_on(exchange: Exchange) -> None:
    raise RuntimeError(f"on {exchange}")


def test_what_stays_in_memory_of_raw_answers_does_not_show(service: Service, run: Run) -> None:
    service.will(Answer(body={"tax": tax_json(permalink=LINK)}, headers=(("set-cookie", MARK),)))
    result = run(service, lambda ix: ix.with_raw_response.taxes.get(5))
    assert MARK in result.response.headers["set-cookie"]
    assert MARK not in repr(result.responses)
    assert MARK not in repr(result.response)
