"""A service on loopback that answers over real sockets, when it is told to."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, NamedTuple

SECONDS = 20.0
"""Deadline of every wait."""


class Asked(NamedTuple):
    """The first line of a request."""

    verb: str
    path: str
    query: str = ""


def until(condition: Callable[[], object]) -> None:
    """Polls a condition until it holds."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.002)


class SlowService:
    """Answers each request with 200 and a body, as soon as `go` is set."""

    def __init__(self, body: Callable[[Asked], Any]) -> None:
        self.go = threading.Event()
        self.asked: list[Asked] = []
        self.open = 0
        self.accepted = 0
        self._body = body
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self.open += 1
            self.accepted += 1
        try:
            with connection, connection.makefile("rb") as incoming:
                while self._answer(connection, incoming):
                    pass
        except OSError:
            pass
        finally:
            with self._lock:
                self.open -= 1

    def _answer(self, connection: socket.socket, incoming: Any) -> bool:
        line = incoming.readline().decode()
        if not line:
            return False
        length = 0
        while header := incoming.readline().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        incoming.read(length)
        verb, target, _ = line.split(" ", 2)
        path, _, query = target.partition("?")
        asked = Asked(verb, path, query)
        self.asked.append(asked)
        self.go.wait(SECONDS)
        body = json.dumps(self._body(asked)).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        return True

    def stop(self) -> None:
        self.go.set()
        # `close` alone would not wake the thread that accepts.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def slow_service(body: Callable[[Asked], Any]) -> Generator[SlowService]:
    """A SlowService, stopped at the end."""
    service = SlowService(body)
    try:
        yield service
    finally:
        service.stop()
