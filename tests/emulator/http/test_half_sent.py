"""A request that stays half-sent is closed after some seconds, and never carried out; slow but steady uploads
and slow answers are left alone.
"""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from typing import Final
from urllib.parse import urlsplit

import httpx
import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.http.connections import h11_protocol, protocol_class

PATIENCE: Final = 0.2
DEADLINE: Final = 20.0
"""Generous: the machine may be busy."""

HEAD: Final = b"Host: localhost\r\nContent-Type: application/json\r\n"
COMPLETE: Final = b"GET /taxes.json?api_key=demo-key HTTP/1.1\r\n" + HEAD + b"\r\n"
POST: Final = b"POST /clients.json?api_key=demo-key HTTP/1.1\r\n" + HEAD

Case = tuple[bytes, bytes, bytes]

CASES: Final[dict[str, Case]] = {
    # What is sent at once, what drips after it, and how the answer ends.
    "silence": (b"", b"", b""),
    "a letter": (b"G", b"", b"408"),
    "a head": (b"GET /taxes.json HTTP/1.1\r\nHost: local", b"", b"408"),
    "a dripping header": (b"GET /taxes.json HTTP/1.1\r\n" + HEAD + b"X-A: ", b"a", b"408"),
    "dripping headers": (b"GET /taxes.json HTTP/1.1\r\n" + HEAD, b"X-A: b\r\n", b"408"),
    "a body": (POST + b"Content-Length: 1000\r\n\r\n{", b"", b"408"),
    "a dripping body": (POST + b"Content-Length: 100000\r\n\r\n{", b" ", b"408"),
    "a dripping chunk": (POST + b"Transfer-Encoding: chunked\r\n\r\nffff\r\n", b" ", b"408"),
    "dripping chunks": (POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", b"408"),
    "the start of a second request": (COMPLETE + b"GET /ta", b"", b"408"),
    "blank lines after an answer": (COMPLETE, b"\r\n", b"4"),  # the parsers do not agree on 400 or 408
    "the rest of a refused body": (
        POST + b"Content-Length: 9000000\r\n\r\n" + b" " * 2_200_000,
        b" ",
        b"413",
    ),
}


@pytest.fixture(scope="module", params=["httptools", "h11"])
def impatient(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """An emulator on either protocol that waits for a fifth of a second."""
    with pytest.MonkeyPatch.context() as patched:
        make = h11_protocol if request.param == "h11" else protocol_class
        patched.setattr("invoicexpress_emulator.server.protocol_class", make)
        with Emulator(request_timeout=PATIENCE) as emulator:
            yield emulator


def connect(emulator: Emulator) -> socket.socket:
    address = urlsplit(emulator.base_url)
    return socket.create_connection((address.hostname, address.port or 80), timeout=DEADLINE)


def until_closed(connections: dict[str, socket.socket]) -> dict[str, bytes]:
    """Let each connection drip until the server closes it; return all that it answered."""
    answers = dict.fromkeys(connections, b"")
    left, deadline = dict(connections), time.monotonic() + DEADLINE
    while left and time.monotonic() < deadline:
        for name in list(left):
            with suppress(BrokenPipeError, ConnectionResetError):
                left[name].sendall(CASES[name][1])
        readable, _, _ = select.select(list(left.values()), [], [], 0.05)
        for name in [name for name, each in left.items() if each in readable]:
            try:
                received = left[name].recv(1 << 20)
            except ConnectionResetError:
                received = b""
            answers[name] += received
            if not received:
                del left[name]
    assert not left, f"still open: {sorted(left)}"
    return answers


def test_what_stays_half_sent_is_closed(impatient: Emulator) -> None:
    started = time.monotonic()
    with ExitStack() as stack:
        connections = {name: stack.enter_context(connect(impatient)) for name in CASES}
        for name, connection in connections.items():
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(CASES[name][0])
        answers = until_closed(connections)
    assert time.monotonic() - started >= PATIENCE
    lasts = {name: last_status(answer) for name, answer in answers.items()}
    # A reset takes with it an answer that was not read yet.
    lasts["the rest of a refused body"] = lasts["the rest of a refused body"] or b"413"
    lasts["blank lines after an answer"] = lasts["blank lines after an answer"][:1]
    assert lasts == {name: status for name, (_, _, status) in CASES.items()}
    assert httpx.get(f"{impatient.base_url}/taxes.json", params={"api_key": "demo-key"}).status_code == 200


def last_status(answer: bytes) -> bytes:
    return answer.rpartition(b"HTTP/1.1 ")[2][:3]


@pytest.mark.parametrize("hang_up", [False, True], ids=["silent", "gone"])
def test_it_is_not_carried_out(impatient: Emulator, *, hang_up: bool) -> None:
    ask = partial(httpx.request, params={"api_key": "demo-key"})
    base = impatient.base_url
    made = ask("POST", f"{base}/clients.json", json={"client": {"name": f"{hang_up}"}}).json()
    path = f"/clients/{made['client']['id']}.json"
    seen = len(impatient.control.requests(all_accounts=True))
    with connect(impatient) as connection:
        connection.sendall(
            f"DELETE {path}?api_key=demo-key HTTP/1.1\r\n".encode() + HEAD + b"Content-Length: 9\r\n\r\n{"
        )
        if hang_up:
            connection.shutdown(socket.SHUT_WR)
            connection.close()
        else:
            assert last_status(connection.recv(65_536)) == b"408"
    deadline = time.monotonic() + DEADLINE
    while len(entries := impatient.control.requests(all_accounts=True)) == seen:
        assert time.monotonic() < deadline
    (entry,) = entries[seen:]
    # The log says what the caller was told; a caller that left was told nothing.
    assert (entry.method, entry.status) == ("DELETE", 400 if hang_up else 408)
    assert ask("GET", f"{base}{path}").status_code == 200


def test_a_slow_and_steady_upload_arrives(impatient: Emulator) -> None:
    body = json.dumps({"client": {"name": "Slow", "observations": "x" * 3_000}}).encode()
    body += b" " * (30_000 - len(body))
    with connect(impatient) as connection:
        connection.sendall(POST + b"Content-Length: 30000\r\n\r\n")
        started = time.monotonic()
        for begin in range(0, len(body), 1_000):
            connection.sendall(body[begin : begin + 1_000])
            select.select([connection], [], [], 0.01)
        assert time.monotonic() - started > PATIENCE
        assert last_status(connection.recv(65_536)) == b"201"


def test_a_slow_answer_is_not_the_callers_fault(impatient: Emulator) -> None:
    """The second request is cut short while the first still waits for its answer."""
    slow = COMPLETE.replace(b"\r\n\r\n", b'\r\nX-Emulator-Fault: {"delay": 0.5}\r\n\r\n')
    with connect(impatient) as connection:
        connection.sendall(slow + b"GET /ta")
        received = b""
        while piece := connection.recv(65_536):
            received += piece
    assert [part[:3] for part in received.split(b"HTTP/1.1 ")[1:]] == [b"200", b"408"]


def test_requests_on_one_connection_each_have_their_time(impatient: Emulator) -> None:
    with httpx.Client(base_url=impatient.base_url, params={"api_key": "demo-key"}) as client:
        started, count = time.monotonic(), 0
        while time.monotonic() - started < 2 * PATIENCE:
            assert client.get("/taxes.json").status_code == 200
            count += 1
    assert count > 1


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_time_that_is_none_is_told(seconds: float) -> None:
    with pytest.raises(ValueError, match="request_timeout"):
        Emulator(request_timeout=seconds)


def test_without_a_limit_a_request_may_pause() -> None:
    with Emulator(request_timeout=None) as emulator, connect(emulator) as connection:
        connection.sendall(COMPLETE[:20])
        assert select.select([connection], [], [], PATIENCE)[0] == []
        connection.sendall(COMPLETE[20:])
        assert last_status(connection.recv(65_536)) == b"200"
