"""The pace across processes, on a real Redis: shared, without secrets, and safe when Redis fails."""

from __future__ import annotations

import logging
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
import redis
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress, Pace

from tests.unit.conftest import KEY, Answer, Service, tax_json

TAX = Answer(body={"tax": tax_json()})
DEADLINE = 30.0
PASSWORD = "planted-password"


class Server:
    """A Redis server on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Starts it, on another port if the free one is taken in the meantime."""
        for _ in range(5):
            with socket.create_server(("127.0.0.1", 0)) as free:
                self.port = free.getsockname()[1]
            if self._starts():
                return
        pytest.fail("redis-server does not start")

    def _starts(self) -> bool:
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--requirepass", PASSWORD]
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--dir", str(self.folder), *options],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + DEADLINE
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                with self.client() as client:
                    return bool(client.ping())
            except redis.ConnectionError:
                time.sleep(0.01)
        return False

    def client(self) -> Any:
        # Any, since the library is only partly typed.
        library: Any = redis.Redis
        return library.from_url(self.url, decode_responses=True)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A separate server for each test, so that a test may stop it."""
    if shutil.which("redis-server") is None:
        pytest.skip("needs redis-server")
    running = Server(tmp_path)
    running.start()
    yield running
    running.stop()


# Another process: takes all turns available, and prints their number.
ANOTHER_PROCESS = """
import sys
from invoicexpress import Pace

pace = Pace(40, 60, redis=sys.stdin.readline().strip())
print(sum(pace.turn("acme") == 0 for _ in range(40)))
"""


def test_processes_share_the_pace(server: Server) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", ANOTHER_PROCESS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(f"{server.url}\n")
        process.stdin.flush()
    turns = [int(process.communicate(timeout=DEADLINE)[0]) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sum(turns) == 40
    assert Pace(40, 60, redis=server.url).turn("acme") > 50
    assert Pace(40, 60).turn("acme") == 0, "the process's own pace is separate"


def test_a_hold_reaches_other_processes(server: Server) -> None:
    Pace(redis=server.url).hold("acme", 20)
    assert 18 < Pace(redis=server.url).turn("acme") <= 20
    with server.client() as client:
        ttl = client.ttl("invoicexpress:HOLD/acme")
        assert 18 < ttl <= 20
    Pace(redis=server.url).hold("acme", 5)
    assert 18 < Pace(redis=server.url).turn("acme") <= 20
    Pace(redis=server.url).hold("acme", 40)
    assert 38 < Pace(redis=server.url).turn("acme") <= 40


def test_a_turn_is_free_again_when_the_window_has_moved_on(server: Server) -> None:
    pace = Pace(2, 1, redis=server.url)
    began = time.monotonic()
    for _ in range(5):
        deadline = time.monotonic() + DEADLINE
        while (wait := pace.turn("acme")) > 0:
            assert time.monotonic() < deadline
            time.sleep(wait)
    assert 3.8 < time.monotonic() - began < 20


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_both_clients_wait_for_their_turn_in_redis(server: Server, kind: str) -> None:
    service = Service().will(*[TAX] * 5)
    pace = Pace(2, 1, redis=server.url)

    async def get() -> None:
        async with (
            AsyncInvoiceXpress("acme", KEY, transport=service.transport, pace=pace) as ix,
            anyio.create_task_group() as tasks,
        ):
            for _ in range(5):
                tasks.start_soon(ix.taxes.get, 5)

    began = time.monotonic()
    if kind == "async":
        anyio.run(get)
    else:
        with InvoiceXpress("acme", KEY, transport=service.transport, pace=pace) as ix:
            for _ in range(5):
                ix.taxes.get(5)
    assert len(service.requests) == 5
    assert 3.8 < time.monotonic() - began < DEADLINE


def test_nothing_in_redis_has_the_key(server: Server) -> None:
    service = Service().will(Answer(429, headers=(("retry-after", "1"),)), TAX)
    with InvoiceXpress("acme", KEY, transport=service.transport, pace=Pace(redis=server.url)) as ix:
        ix.taxes.get(5)
    with server.client() as client:
        keys = client.keys("*")
        values = [client.lrange(key, 0, -1) if "LIMITER" in key else client.get(key) for key in keys]
    assert len(keys) == 1, "the hold is over"
    assert all(key.startswith("invoicexpress:") for key in keys)
    assert "acme.app.invoicexpress.com" in str(keys)
    assert KEY not in f"{keys} {values}"


def test_an_event_loop_does_not_wait_for_redis(server: Server) -> None:
    """A server suspended midway never answers, but the loop keeps running."""
    process = server.process
    assert process is not None
    service = Service().will(TAX, TAX)
    longest = 0.0

    async def run() -> None:
        nonlocal longest
        pace = Pace(redis=server.url)
        async with AsyncInvoiceXpress("acme", KEY, transport=service.transport, pace=pace) as ix:
            await ix.taxes.get(5)
            process.send_signal(signal.SIGSTOP)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(ix.taxes.get, 5)
                while len(service.requests) < 2:
                    before = time.monotonic()
                    await anyio.sleep(0.01)
                    longest = max(longest, time.monotonic() - before)

    anyio.run(run)
    assert len(service.requests) == 2
    assert longest < 0.5


def test_without_its_redis_a_process_paces_itself_and_says_so(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    pace = Pace(2, 60, redis=server.url)
    assert pace.turn("gone") == 0
    server.stop()
    caplog.set_level(logging.DEBUG)
    assert [pace.turn("gone") for _ in range(2)] == [0, 0]
    assert pace.turn("gone") > 50
    pace.hold("held", 20)
    assert pace.turn("held") > 18
    warnings = [record for record in caplog.records if record.levelname == "WARNING"]
    assert [record.name for record in warnings] == ["invoicexpress"], "once, not for each request"
    assert "Redis does not answer (ConnectionError)" in warnings[0].getMessage()
    for record in caplog.records:
        assert PASSWORD not in f"{record.getMessage()} {vars(record)}"


def test_the_address_of_redis_does_not_show() -> None:
    pace = Pace(redis=f"redis://:{PASSWORD}@127.0.0.1:1/0")
    client = InvoiceXpress("acme", KEY, transport=Service().transport, pace=pace)
    assert PASSWORD not in f"{pace} {pace!r} {client!r} {[client]}"
    with pytest.raises(ValueError, match="pace: redis") as caught:
        Pace(redis=f"http://:{PASSWORD}@127.0.0.1:1/0")
    assert PASSWORD not in repr(caught.value)
