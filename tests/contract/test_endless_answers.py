"""A write whose answer never ends, or is too large, is found again, or is unknown; it is never refused."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from invoicexpress import AmbiguousResultError, AsyncInvoiceXpress, DownloadError, InvoiceXpress, lisbon

from .both_clients import got
from .conftest import Account

pytestmark = pytest.mark.anyio

DEADLINE = 1.0
MOST = 1_000_000
HEAD = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
Act = Callable[[socket.socket, threading.Event], None]


def repeating(head: bytes, piece: bytes, pause: float = 0) -> Act:
    """Sends a head, then a piece again and again."""

    def act(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(head)
        while not over.wait(pause):
            connection.sendall(piece)

    return act


def bomb(connection: socket.socket, over: threading.Event) -> None:
    packed = gzip.compress(b" " * 50_000_000)
    connection.sendall(HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)


TODAY = lisbon.today()
KINDS = [InvoiceXpress, AsyncInvoiceXpress]
MOST_ATTEMPTS = 4
SLACK = 5
"""Seconds that a loaded machine may add."""
LONG = b"Content-Length: 1000000000\r\n\r\n"
ANSWERS: dict[str, Act] = {
    "an endless body": repeating(HEAD + LONG, b" " * 65536),
    "a dripped body": repeating(HEAD + LONG, b" ", 0.02),
    "dripped headers": repeating(HEAD, b"X-A: b\r\n", 0.02),
    "a gzip bomb": bomb,
}


class Before:
    """A server before the emulator: passes requests on, and answers some of them in its own way."""

    def __init__(self, emulator: str, is_met: Callable[[str, str], bool], act: Act) -> None:
        self.emulator, self.is_met, self.act = emulator, is_met, act
        self.over = threading.Event()

    def serve(self, listener: socket.socket) -> None:
        with httpx.Client(base_url=self.emulator) as http:
            while True:
                connection, _ = listener.accept()
                with connection:
                    if self.over.is_set():
                        return
                    try:
                        self.answer(connection, http)
                    except OSError:
                        continue

    def answer(self, connection: socket.socket, http: httpx.Client) -> None:
        connection.settimeout(10)
        with connection.makefile("rb") as sent:
            verb, target, _ = sent.readline().decode().split(" ")
            headers = dict(line.decode().strip().split(": ", 1) for line in iter(sent.readline, b"\r\n"))
            body = sent.read(int(headers.get("Content-Length", 0)))
        kept = {name: value for name, value in headers.items() if name in ("Content-Type", "Accept")}
        given = http.request(verb, target, content=body, headers=kept)
        if self.is_met(verb, target):
            self.act(connection, self.over)
            return
        content = given.content.replace(self.emulator.encode(), b"http://%b" % headers["Host"].encode())
        head = b"HTTP/1.1 %d X\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        connection.sendall(head % (given.status_code, len(content)) + content)


@contextmanager
def before(account: Account, is_met: Callable[[str, str], bool], act: Act) -> Generator[str]:
    server = Before(account.base_url, is_met, act)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.serve, args=(listener,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.over.set()
            socket.create_connection(listener.getsockname()).close()
            thread.join()


def invoices_of(account: Account) -> list[dict[str, Any]]:
    """The invoices in the emulator's own store."""
    answer = httpx.get(f"{account.base_url}/invoices.json", params={"api_key": account.api_key})
    found: list[dict[str, Any]] = answer.json()["invoices"]
    return found


def first_create() -> Callable[[str, str], bool]:
    seen = iter([True])
    return lambda verb, target: verb == "POST" and next(seen, False)


def is_any(verb: str, target: str) -> bool:
    return True


def is_file(verb: str, target: str) -> bool:
    return ".json" not in target


def create(ix: Any) -> Any:
    return ix.invoices.create(
        date=TODAY,
        client={"name": "Ana"},
        items=[{"name": "Caneca", "unit_price": 10, "quantity": 1}],
        proprietary_uid="order 1",
    )


async def outcome(
    kind: Any, account: Account, base_url: str, call: Callable[[Any], Any], retries: int = 0
) -> Any:
    """The result of a call within its time, or its exception."""
    settings: Any = {"deadline": DEADLINE, "max_answer": MOST, "consistency_window": 0.2, "retries": retries}
    ix = kind(account.name, account.api_key, base_url=base_url, **settings)
    began = time.monotonic()
    try:
        return await got(call(ix))
    except Exception as error:
        return error
    finally:
        assert time.monotonic() - began < MOST_ATTEMPTS * DEADLINE + SLACK
        close: Callable[[], Any] = ix.close if kind is InvoiceXpress else ix.aclose
        await got(close())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ANSWERS.values(), ids=ANSWERS)
async def test_an_invoice_whose_answer_never_ends_is_found(
    account: Account, kind: Any, act: Act, anyio_backend: str
) -> None:
    with before(account, first_create(), act) as base_url:
        made = await outcome(kind, account, base_url, create, retries=1)
    assert [each["id"] for each in invoices_of(account)] == [made.id]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ANSWERS.values(), ids=ANSWERS)
async def test_where_no_search_ends_either_the_invoice_is_unknown(
    account: Account, kind: Any, act: Act, anyio_backend: str
) -> None:
    with before(account, is_any, act) as base_url:
        error = await outcome(kind, account, base_url, create)
    assert type(error) is AmbiguousResultError
    assert "deadline=" in str(error) or "max_answer=" in str(error)
    assert error.proprietary_uid == "order 1"
    assert len(invoices_of(account)) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ANSWERS.values(), ids=ANSWERS)
async def test_a_file_that_never_ends_is_an_error_that_names_the_option(
    account: Account, kind: Any, act: Act, anyio_backend: str
) -> None:
    with InvoiceXpress(account.name, account.api_key, base_url=account.base_url) as ix:
        made = ix.invoices.finalize(create(ix).id)
    calls: list[Callable[[Any], Any]] = [
        lambda ix: ix.invoices.pdf(made.id, limit=MOST),
        lambda ix: ix.saft.export(TODAY.year, TODAY.month, limit=MOST),
    ]
    for call in calls:
        with before(account, is_file, act) as base_url:
            error = await outcome(kind, account, base_url, call)
        assert type(error) is DownloadError
        assert "deadline=1 seconds" in str(error) or "pass a larger limit" in str(error)
