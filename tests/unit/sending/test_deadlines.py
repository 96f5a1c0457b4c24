"""An attempt ends in time, and its answer in memory, whatever the other side sends."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from invoicexpress import (
    AmbiguousResultError,
    AsyncInvoiceXpress,
    ConfigurationError,
    DownloadError,
    Exchange,
    InvoiceXpress,
    TransportError,
    UnexpectedResponseError,
)
from invoicexpress.sending import deadlines
from invoicexpress.sending.bodies import Body, DecodingError, TooLarge

from tests.unit.conftest import KEY, ONCE, PDF_LINK, Answer, Service, tax_json
from tests.unit.test_options import certificate

Act = Callable[[socket.socket, threading.Event], None]
KINDS = ["sync", "async"]
DEADLINE = 0.4
SLACK = 4.0
"""Seconds that a loaded machine may add."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TAX = b'{"tax": {"id": 5, "name": "IVA23", "value": "23.0"}}'
GOOD = HEAD + b"Content-Length: %d\r\n\r\n" % len(TAX) + TAX


def create_tax(ix: Any) -> Any:
    return ix.taxes.create(name="IVA23", value=Decimal("23.0"), region="PT")


def get_tax(ix: Any) -> Any:
    return ix.taxes.get(5)


class Server:
    """Accepts connections and lets `act` loose on each. Ends with its block."""

    def __init__(self, act: Act, *, reads: bool = True) -> None:
        self.act = act
        self.reads = reads
        self.connections = 0
        self.over = threading.Event()

    def __enter__(self) -> str:
        self.listener = socket.create_server(("127.0.0.1", 0))
        if not self.reads:
            self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        threads: list[threading.Thread] = []
        while True:
            connection, _ = self.listener.accept()
            if self.over.is_set():
                connection.close()
                break
            self.connections += 1
            threads.append(threading.Thread(target=self.talk, args=(connection,)))
            threads[-1].start()
        for thread in threads:
            thread.join()

    def talk(self, connection: socket.socket) -> None:
        connection.settimeout(10)
        with connection:
            try:
                while not self.reads or connection.recv(65536):
                    self.act(connection, self.over)
                    if not self.reads:
                        break
            except OSError:
                pass

    def __exit__(self, *_: object) -> None:
        self.over.set()
        # One more connection, to end the wait for the next.
        socket.create_connection(self.listener.getsockname()).close()
        self.thread.join()
        self.listener.close()


def drip(head: bytes, piece: bytes, every: float = 0.02) -> Act:
    """Sends a head, then a piece again and again."""

    def act(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        while not over.wait(every):
            connection.sendall(piece)

    return act


def silence(connection: socket.socket, over: threading.Event) -> None:
    over.wait(10)


def endless(head: bytes, piece: bytes) -> Act:
    """Sends a head, then pieces as fast as they are taken."""

    def act(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        while not over.is_set():
            connection.sendall(piece)

    return act


CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
# Each goes on for ever, and none is ever silent for as long as the time-out.
SLOW: dict[str, Act] = {
    "no answer": silence,
    "a dripped status line": drip(b"HTTP/1.1 200 ", b"O"),
    "dripped headers": drip(HEAD, b"X-A: b\r\n"),
    "a dripped body": drip(HEAD + b"Content-Length: 1000000\r\n\r\n", b" "),
    "a dripped body in chunks": drip(CHUNKED, b"1\r\n \r\n"),
    "informational answers": drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "informational answers without a pause": endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100),
}


def run(kind: str, base_url: str, *calls: Callable[[Any], Any], **options: Any) -> list[Any]:
    """Makes calls on one client. The results, exceptions among them."""
    settings: Any = {**ONCE, "deadline": DEADLINE, "timeout": 5, **options}
    if kind == "sync":
        with InvoiceXpress(None, KEY, base_url=base_url, **settings) as ix:
            return [outcome(call, ix) for call in calls]

    async def go() -> list[Any]:
        async with AsyncInvoiceXpress(None, KEY, base_url=base_url, **settings) as ix:
            return [await outcome_async(call, ix) for call in calls]

    return anyio.run(go)


def outcome(call: Callable[[Any], Any], ix: Any) -> Any:
    try:
        return call(ix)
    except Exception as error:
        return error


async def outcome_async(call: Callable[[Any], Any], ix: Any) -> Any:
    try:
        return await call(ix)
    except Exception as error:
        return error


@contextmanager
def in_time(seconds: float) -> Generator[None]:
    """Fails if the block takes longer."""
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", SLOW.values(), ids=SLOW)
def test_an_answer_that_never_ends_ends_at_the_deadline(act: Act, kind: str) -> None:
    with Server(act) as base_url, in_time(2 * DEADLINE + SLACK):
        read, written = run(kind, base_url, get_tax, create_tax, consistency_window=0)
    assert type(read) is TransportError
    assert "deadline=0.4 seconds" in str(read)
    assert type(written) is AmbiguousResultError
    assert "deadline=0.4 seconds" in str(written)


@pytest.mark.parametrize("kind", KINDS)
def test_a_time_out_that_is_shorter_still_holds(kind: str) -> None:
    with Server(silence) as base_url, in_time(SLACK):
        (error,) = run(kind, base_url, get_tax, timeout=0.2, deadline=30)
    assert "ReadTimeout" in str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_handshake_that_never_ends_leaves_a_write_undone(kind: str) -> None:
    """The connection was never made, so the request never left."""
    # The head of a handshake record, then a byte of it at a time.
    for act in (silence, drip(b"\x16\x03\x03\x40\x00", b"\x02")):
        with Server(act) as base_url, in_time(DEADLINE + SLACK):
            (error,) = run(kind, base_url.replace("http", "https"), create_tax)
        assert type(error) is TransportError, error
        assert "deadline=0.4 seconds" in str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_connection_that_is_never_made_leaves_a_write_undone(kind: str) -> None:
    with full_listener() as base_url, in_time(DEADLINE + SLACK):
        (error,) = run(kind, base_url, create_tax)
    assert type(error) is TransportError
    assert "deadline=0.4 seconds" in str(error)


@contextmanager
def full_listener() -> Generator[str]:
    """A port whose queue is full: a connection to it is neither made nor refused."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        held = [socket.socket() for _ in range(4)]
        for each in held:
            each.setblocking(False)
            each.connect_ex(address)
        try:
            yield f"http://127.0.0.1:{address[1]}"
        finally:
            for each in held:
                each.close()


def addresses(found: list[str]) -> Callable[[str, int], list[str]]:
    """A resolution of names that always finds these."""
    return lambda host, port: found


def test_all_addresses_of_a_host_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    with full_listener() as base_url:
        monkeypatch.setattr(deadlines, "_addresses", addresses(["127.0.0.1"] * 5))
        with in_time(DEADLINE + SLACK):
            (error,) = run("sync", base_url, create_tax)
    assert type(error) is TransportError


def test_the_next_address_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(drip(GOOD, b"")) as base_url:
        monkeypatch.setattr(deadlines, "_addresses", addresses(["127.0.0.2", "127.0.0.1"]))
        (tax,) = run("sync", base_url, get_tax)
    assert tax.id == 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_request_that_is_never_taken_ends_at_the_deadline(kind: str) -> None:
    """The other side reads nothing, so the body fills the buffers: Linux has 4 MiB for the sender."""
    with Server(silence, reads=False) as base_url, in_time(DEADLINE + 3 * SLACK):
        (error,) = run(
            kind, base_url, lambda ix: ix.taxes.create(name="x" * 5_000_000, value=Decimal(1), region="PT")
        )
    assert type(error) is AmbiguousResultError
    assert "deadline=0.4 seconds" in str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_works_after_its_deadline_passed(kind: str) -> None:
    """The connections of failed attempts do not stay in the pool, which has a hundred places."""
    answers = iter([silence] * 3 + [drip(CHUNKED, b"1\r\n \r\n")] * 3)
    good = threading.Event()

    def act(connection: socket.socket, over: threading.Event) -> None:
        with lock:
            bad = None if good.is_set() else next(answers, silence)
        if bad is None:
            connection.sendall(GOOD)
        else:
            bad(connection, over)

    lock = threading.Lock()
    with Server(act) as base_url, in_time(15):
        if kind == "sync":
            with InvoiceXpress(None, KEY, base_url=base_url, retries=0, deadline=0.3) as ix:
                failed = [threading.Thread(target=outcome, args=(get_tax, ix)) for _ in range(110)]
                for thread in failed:
                    thread.start()
                for thread in failed:
                    thread.join()
                good.set()
                assert [ix.with_options(deadline=10).taxes.get(5).id for _ in range(3)] == [5] * 3
            return

        async def go() -> None:
            async with AsyncInvoiceXpress(None, KEY, base_url=base_url, retries=0, deadline=0.3) as ix:
                async with anyio.create_task_group() as tasks:
                    for _ in range(110):
                        tasks.start_soon(outcome_async, get_tax, ix)
                good.set()
                patient = ix.with_options(deadline=10)
                assert [(await patient.taxes.get(5)).id for _ in range(3)] == [5] * 3

        anyio.run(go)


async def test_a_cancellation_is_not_mistaken_for_a_deadline(anyio_backend: str) -> None:
    with Server(silence) as base_url:
        async with AsyncInvoiceXpress(None, KEY, base_url=base_url, deadline=30) as ix:
            with anyio.move_on_after(0.2) as scope, in_time(SLACK):
                await ix.taxes.get(5)
            assert scope.cancelled_caught


@pytest.mark.parametrize("kind", KINDS)
def test_the_deadline_holds_for_each_attempt_and_hooks_see_an_ordinary_error(kind: str) -> None:
    seen: list[Exchange] = []
    with Server(silence) as base_url, in_time(2 * DEADLINE + 1 + SLACK):
        (error,) = run(kind, base_url, get_tax, retries=1, on_response=seen.append)
    assert type(error) is TransportError
    assert [(each.attempt, each.error) for each in seen] == [(1, "TransportError"), (2, "TransportError")]


def test_the_deadline_holds_through_a_proxy() -> None:
    with Server(silence) as proxy, in_time(DEADLINE + SLACK):
        (error,) = run("sync", "https://acme.example", get_tax, proxy=proxy)
    assert "deadline=0.4 seconds" in str(error)


class Dripping(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body of a caller's transport, without end."""

    def __init__(self, piece: bytes = b" ") -> None:
        self.piece = piece

    def __iter__(self) -> Iterator[bytes]:
        while True:
            time.sleep(0.005)
            yield self.piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while True:
            await anyio.sleep(0.005)
            yield self.piece


@pytest.mark.parametrize("kind", KINDS)
def test_the_body_of_a_callers_transport_ends_at_the_deadline(kind: str) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=Dripping()))
    with in_time(2 * DEADLINE + SLACK):
        read, written = run(
            kind, "https://acme.example", get_tax, create_tax, transport=transport, consistency_window=0
        )
    assert "deadline=0.4 seconds" in str(read)
    assert type(written) is AmbiguousResultError


class Broken(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A caller's transport that fails with an exception of the system."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        raise self.error

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise self.error


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("error", [ConnectionResetError("reset"), ssl.SSLError(1, "eof"), EOFError("end")])
def test_a_failure_of_the_system_in_a_callers_transport_leaves_a_write_unknown(
    kind: str, error: Exception
) -> None:
    read, written = run(
        kind, "https://acme.example", get_tax, create_tax, transport=Broken(error), consistency_window=0
    )
    assert type(read) is TransportError
    assert type(written) is AmbiguousResultError
    assert type(error).__name__ in str(read)


def repeating(kind: str) -> Any:
    """A caller's transport that repeats a request once, to a place where no server listens."""
    nowhere = httpx.URL("http://127.0.0.1:1/")

    class Sync(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            try:
                return super().handle_request(request)
            except httpx.TransportError:
                request.url = nowhere
                return super().handle_request(request)

    class Async(httpx.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            try:
                return await super().handle_async_request(request)
            except httpx.TransportError:
                request.url = nowhere
                return await super().handle_async_request(request)

    return Sync() if kind == "sync" else Async()


@pytest.mark.parametrize("kind", KINDS)
def test_a_callers_transport_that_repeats_does_not_hide_that_it_has_sent(kind: str) -> None:
    def hang_up(connection: socket.socket, over: threading.Event) -> None:
        raise ConnectionAbortedError

    with Server(hang_up) as base_url:
        (sent,) = run(kind, base_url, create_tax, transport=repeating(kind), consistency_window=0)
    (unsent,) = run(kind, base_url, create_tax, transport=repeating(kind), consistency_window=0)
    assert type(sent) is AmbiguousResultError
    assert "ConnectError" in str(sent)
    assert type(unsent) is TransportError


IMPOSSIBLE = [
    "https://xn--/1.pdf",
    "https://a..b/1.pdf",
    f"https://{'a' * 64}.example/1.pdf",
    "https://127.0.0.1:99999/1.pdf",
    "https://[::1/1.pdf",
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("link", IMPOSSIBLE)
def test_a_link_to_an_impossible_host_is_an_error_of_the_download(kind: str, link: str) -> None:
    for answer in (
        Answer(body={"output": {"pdfUrl": link}}),
        Answer(302, headers=(("location", link),)),
    ):
        ready = [] if answer.body else [Answer(body={"output": {"pdfUrl": PDF_LINK}})]
        service = Service().will(*ready, answer)
        (error,) = run(
            kind, "https://acme.example", lambda ix: ix.invoices.pdf(7), transport=service.transport
        )
        assert type(error) is DownloadError, error
        assert link not in str(error)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_ends_at_the_deadline(kind: str) -> None:
    dripping = drip(HEAD + b"Content-Length: 1000000\r\n\r\n%PDF-", b" ")
    with Server(dripping) as base_url, in_time(DEADLINE + SLACK):
        transport: Any = with_file(kind, base_url)
        (error,) = run(kind, "https://acme.example", lambda ix: ix.invoices.pdf(7), transport=transport)
    assert type(error) is DownloadError
    assert "deadline=0.4 seconds" in str(error)


def with_file(kind: str, base_url: str) -> Any:
    """A transport that answers with a link to a file, and fetches that."""
    link = {"output": {"pdfUrl": f"{base_url}/1.pdf"}}

    class Sync(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.host == "acme.example":
                return httpx.Response(200, json=link)
            return super().handle_request(request)

    class Async(httpx.AsyncHTTPTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.host == "acme.example":
                return httpx.Response(200, json=link)
            return await super().handle_async_request(request)

    return Sync() if kind == "sync" else Async()


# Large answers.

MOST = 1_000_000


def bomb(size: int, coding: str = "gzip") -> bytes:
    """So many blanks, packed."""
    wbits = {"gzip": 31, "deflate": 15, "raw": -15}[coding]
    packer = zlib.compressobj(9, wbits=wbits)
    piece = b" " * 1_000_000
    return b"".join(packer.compress(piece) for _ in range(size // 1_000_000)) + packer.flush()


def once(body: bytes, *headers: bytes) -> Act:
    head = b"\r\n".join([HEAD.rstrip(), *headers, b"Content-Length: %d" % len(body)]) + b"\r\n\r\n"

    def act(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head + body)

    return act


BOMB = bomb(300_000_000)
LARGE: dict[str, Act] = {
    "an endless body": endless(HEAD + b"Connection: close\r\n\r\n", b" " * 65536),
    "endless chunks": endless(CHUNKED, b"10000\r\n" + b" " * 65536 + b"\r\n"),
    "an announced body": once(b" " * (MOST + 1)),
    "gzip": once(BOMB, b"Content-Encoding: gzip"),
    "gzip twice": once(gzip.compress(BOMB), b"Content-Encoding: gzip, gzip"),
    "deflate": once(bomb(300_000_000, "deflate"), b"Content-Encoding: deflate"),
    "deflate without a header": once(bomb(300_000_000, "raw"), b"Content-Encoding: deflate"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", LARGE.values(), ids=LARGE)
def test_an_answer_that_is_too_large_is_refused_in_little_memory(act: Act, kind: str) -> None:
    with Server(act) as base_url:
        tracemalloc.start()
        try:
            read, written = run(
                kind, base_url, get_tax, create_tax, max_answer=MOST, deadline=20, consistency_window=0
            )
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert type(read) is UnexpectedResponseError, read
    assert f"larger than max_answer={MOST} bytes" in str(read)
    assert read.status == 200
    assert type(written) is AmbiguousResultError, written
    assert f"larger than max_answer={MOST} bytes; pass a larger max_answer to read it" in str(written)
    assert peak < 8 * MOST


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_of_just_the_limit_is_read(kind: str) -> None:
    for act in (once(TAX), once(gzip.compress(TAX), b"Content-Encoding: gzip")):
        with Server(act) as base_url:
            (tax,) = run(kind, base_url, get_tax, max_answer=len(TAX))
            assert tax.id == 5
            (error,) = run(kind, base_url, get_tax, max_answer=len(TAX) - 1)
            assert type(error) is UnexpectedResponseError


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_answer_is_not_asked_for_again(kind: str) -> None:
    service = Service().will(Answer(body=b" " * 100))
    (error,) = run(
        kind, "https://acme.example", get_tax, transport=service.transport, max_answer=99, retries=2
    )
    assert type(error) is UnexpectedResponseError
    assert len(service.requests) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_limit_of_a_file_holds_after_decompression(kind: str) -> None:
    transport = httpx.MockTransport(
        lambda request: (
            httpx.Response(200, json={"output": {"pdfUrl": PDF_LINK}})
            if request.url.host == "acme.example"
            else httpx.Response(200, headers={"content-encoding": "gzip"}, stream=Dripping(BOMB[:65536]))
        )
    )
    tracemalloc.start()
    try:
        (error,) = run(
            kind,
            "https://acme.example",
            lambda ix: ix.invoices.pdf(7, limit=MOST),
            transport=transport,
            deadline=20,
        )
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert type(error) is DownloadError
    assert f"larger than {MOST} bytes" in str(error)
    assert peak < 8 * MOST


def nothing_in(*codings: str) -> bytes:
    """Gigabytes of empty blocks, which unpack to nothing, in a few KB."""
    content = bytes.fromhex("1f8b08000000000000ff") + b"\0\0\0\xff\xff" * 4_000_000
    for _ in codings:
        content = gzip.compress(content)
    return content


@pytest.mark.parametrize("kind", KINDS)
def test_a_packed_form_that_unpacks_to_nothing_is_too_large(kind: str) -> None:
    """No byte of it reaches the body, so neither its limit nor a wait for the network ends it."""
    content = nothing_in("gzip", "gzip")
    assert len(content) < 2_000
    with Server(once(content, b"Content-Encoding: gzip, gzip, gzip")) as base_url:
        began = time.process_time()
        read, written = run(kind, base_url, get_tax, create_tax, max_answer=10_000, consistency_window=0)
        assert time.process_time() - began < 1
    assert type(read) is UnexpectedResponseError
    assert type(written) is AmbiguousResultError


def unpacked(coding: str, *chunks: bytes, limit: int = MOST) -> bytes:
    body = Body(httpx.Response(200, headers={"content-encoding": coding}, stream=Dripping()), limit)
    for chunk in chunks:
        body.add(chunk)
    return body.whole()


def in_bytes(content: bytes) -> list[bytes]:
    return [content[place : place + 1] for place in range(len(content))]


TEXT = bytes(range(256)) * 1000
PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "Deflate": zlib.compress(TEXT)[2:-4],
    "deflate, gzip": gzip.compress(zlib.compress(TEXT)),
    "br": TEXT,
    "": TEXT,
}


@pytest.mark.parametrize(("coding", "content"), PACKED.items())
def test_a_packed_body_is_unpacked_however_it_arrives(coding: str, content: bytes) -> None:
    assert unpacked(coding, content) == TEXT
    assert unpacked(coding, *in_bytes(content)) == TEXT
    assert unpacked(coding, b"", content, b"") == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "Deflate", "deflate, gzip"])
def test_a_packed_body_that_is_cut_off_or_wrong_is_no_body(coding: str) -> None:
    content = PACKED[coding]
    for wrong in (content[:-5], content[:1], b"not packed at all", content[:-300] + b"x" * 300):
        with pytest.raises(DecodingError):
            unpacked(coding, wrong)
    assert unpacked(coding) == b""


def test_a_body_packed_too_often_is_refused() -> None:
    with pytest.raises(DecodingError, match="packed 5 times"):
        unpacked("gzip, gzip, gzip, gzip, gzip")
    with pytest.raises(TooLarge):
        unpacked("gzip", gzip.compress(b" " * 101), limit=100)


# The settings.


@pytest.mark.parametrize(
    "wrong",
    [
        {"deadline": 0},
        {"deadline": -1},
        {"deadline": float("inf")},
        {"deadline": float("nan")},
        {"deadline": None},
        {"deadline": "5"},
        {"deadline": True},
        {"max_answer": 0},
        {"max_answer": -1},
        {"max_answer": 1.5},
        {"max_answer": True},
        {"max_answer": None},
    ],
)
@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
def test_a_limit_that_cannot_be_meant_is_refused(kind: Any, wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(ConfigurationError, match=name):
        kind("acme", KEY, **wrong)
    with pytest.raises(ConfigurationError, match=name):
        kind("acme", KEY).with_options(**wrong)


def test_no_time_out_is_longer_than_the_deadline() -> None:
    service = Service().will(*[Answer(body={"tax": tax_json()})] * 2)
    run(
        "sync",
        "https://acme.example",
        get_tax,
        lambda ix: ix.with_options(deadline=200, timeout=150).taxes.get(5),
        transport=service.transport,
        deadline=7,
        timeout=httpx.Timeout(30, connect=5),
    )
    assert [request.extensions["timeout"] for request in service.requests] == [
        {"connect": 5, "read": 7, "write": 7, "pool": 7},
        {"connect": 150, "read": 150, "write": 150, "pool": 150},
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_dripped_body_over_tls_ends_at_the_deadline(tmp_path: Path, kind: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(tmp_path))
    dripping = drip(CHUNKED, b"1\r\n \r\n")

    def act(connection: socket.socket, over: threading.Event) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65536)
            dripping(secured, over)

    with Server(act, reads=False) as base_url, in_time(DEADLINE + SLACK):
        (error,) = run(
            kind, base_url.replace("http", "https"), create_tax, verify=False, consistency_window=0
        )
    assert type(error) is AmbiguousResultError, error
    assert "deadline=0.4 seconds" in str(error)
