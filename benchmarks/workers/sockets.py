"""Two keep-alive sockets of one process against servers: creates, reads, and lists of ten, per second.

Each socket has one request under way; the next follows the whole answer. The servers take turns, so that load
hits all of them. A server that closes each connection gets a new one each time, and pays for it.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from types import MappingProxyType
from typing import Final

from .turns import arguments

SOCKETS: Final = 2
PAUSE: Final = 30.0
"""Seconds without any answer after which the run is given up."""

INVOICE: Final = {
    "invoice": {
        "client": {"name": "Ana", "code": "A"},
        "items": [{"name": "Caderno", "description": "A5", "unit_price": "8.1301", "quantity": "3"}],
    }
}


def request(
    verb: str, target: str, body: bytes = b"", headers: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """A request as bytes."""
    sent = {"Host": "127.0.0.1", **headers}
    if body or verb != "GET":
        sent["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return f"{verb} {target} HTTP/1.1\r\n{head}\r\n".encode() + body


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and its requests: to prepare it, to create, read, and list ten."""

    prepare: tuple[bytes, ...]
    create: Callable[[int], bytes]
    read: Callable[[str], bytes]
    listed: bytes
    key: Callable[[int, bytes], str]
    """What a created thing is read by, given its number and the answer."""


def _ours() -> Server:
    query, form = "api_key=demo-key", {"Content-Type": "application/json"}
    body = json.dumps(INVOICE).encode()
    return Server(
        prepare=(),
        create=lambda number: request("POST", f"/invoices.json?{query}", body, form),
        read=lambda key: request("GET", f"/invoices/{key}.json?{query}"),
        listed=request("GET", f"/invoices.json?per_page=10&{query}"),
        key=lambda number, answer: _found(rb'"id": ?(\d+)', answer),
    )


def _localstripe() -> Server:
    form = {
        "Authorization": "Bearer sk_test_12345",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Server(
        prepare=(),
        create=lambda number: request("POST", "/v1/customers", f"name=Ana+{number}".encode(), form),
        read=lambda key: request("GET", f"/v1/customers/{key}", headers=form),
        listed=request("GET", "/v1/customers?limit=10", headers=form),
        key=lambda number, answer: _found(rb'"id": ?"(cus_\w+)"', answer),
    )


def _moto() -> Server:
    # It reads the account from the credential, and checks no signature.
    scope = "Credential=testing/20261101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0"
    form = {"Content-Type": "application/octet-stream", "Authorization": f"AWS4-HMAC-SHA256 {scope}"}
    body = json.dumps(INVOICE).encode()
    return Server(
        prepare=(request("PUT", "/bench", headers=form),),
        create=lambda number: request("PUT", f"/bench/{number}", body, form),
        read=lambda key: request("GET", f"/bench/{key}", headers=form),
        listed=request("GET", "/bench?list-type=2&max-keys=10", headers=form),
        key=lambda number, answer: str(number),
    )


SERVERS: Final[Mapping[str, Server]] = {
    "invoicexpress": _ours(),
    "localstripe": _localstripe(),
    "moto": _moto(),
}


def _found(pattern: bytes, answer: bytes) -> str:
    match = re.search(pattern, answer)
    if match is None:
        raise AssertionError(f"no id in {answer[:300]!r}")
    return match[1].decode()


class Line:
    """A connection with one request under way."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.socket = self._opened()
        self.number = 0
        self.is_closed = False
        """Whether the server closes the connection after this answer."""
        self._received = b""

    def send(self, number: int, content: bytes) -> None:
        """Sends a request."""
        self.number = number
        self.socket.sendall(content)

    def receive(self) -> bytes | None:
        """Reads what is there. Returns the whole answer, or None if some of it is to come."""
        part = self.socket.recv(1 << 18)
        self._received += part
        head, blank, body = self._received.partition(b"\r\n\r\n")
        if not blank:
            if not part:
                raise AssertionError("the server closed the connection without an answer")
            return None
        head = head.lower()
        length = re.search(rb"\r\ncontent-length: *(\d+)", head)
        if length is None:
            raise AssertionError(f"an answer without a length: {head[:300]!r}")
        if len(body) < int(length[1]):
            return None
        if head[9:10] != b"2":
            raise AssertionError(f"refused: {self._received[:400]!r}")
        self._received = b""
        self.is_closed = b"\r\nconnection: close" in head
        return body

    def reopen(self) -> None:
        """Opens a connection in the place of one that the server closes."""
        self.close()
        self.socket = self._opened()
        self.is_closed = False

    def close(self) -> None:
        """Closes the connection."""
        self.socket.close()

    def _opened(self) -> socket.socket:
        opened = socket.create_connection(("127.0.0.1", self._port), timeout=PAUSE)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened


class Load:
    """The sockets to one server, and the keys of what was created there."""

    def __init__(self, server: Server, port: int) -> None:
        self._server = server
        self._port = port
        self.keys: dict[int, str] = {}
        self._rotation: Iterator[str] | None = None
        for each in server.prepare:
            self._run([each])

    def create(self, count: int) -> float:
        """Creates things. Returns how many per second."""
        first = len(self.keys)
        requests = [self._server.create(first + place) for place in range(count)]
        rate = self._run(requests, lambda place, body: self._keep(first + place, body))
        if len(self.keys) != first + count:
            raise AssertionError("two creates had the same number")
        return rate

    def read(self, count: int) -> float:
        """Reads one after the other of what was created."""
        if self._rotation is None:
            self._rotation = cycle([*self.keys.values()])
        return self._run([self._server.read(next(self._rotation)) for _ in range(count)])

    def list_ten(self, count: int) -> float:
        """Lists ten."""
        return self._run([self._server.listed] * count)

    def _keep(self, number: int, body: bytes) -> None:
        self.keys[number] = self._server.key(number, body)

    def _run(self, requests: list[bytes], answered: Callable[[int, bytes], None] | None = None) -> float:
        """Sends requests over all sockets. Returns answers per second.

        The sockets are opened before the time runs: servers close those that wait for the next turn.
        """
        waiting: Iterator[tuple[int, bytes]] = iter(enumerate(requests))
        lines = [Line(self._port) for _ in range(SOCKETS)]
        began = time.perf_counter()
        with selectors.DefaultSelector() as selector:

            def send_next(line: Line) -> bool:
                following = next(waiting, None)
                if following is None:
                    return False
                line.send(*following)
                return True

            for line in lines:
                selector.register(line.socket, selectors.EVENT_READ, line)
            under_way = sum(map(send_next, lines))
            while under_way:
                if not (ready := selector.select(PAUSE)):
                    raise AssertionError("no answer")
                for key, _ in ready:
                    current: Line = key.data
                    if (body := current.receive()) is None:
                        continue
                    if current.is_closed:
                        selector.unregister(current.socket)
                        current.reopen()
                        selector.register(current.socket, selectors.EVENT_READ, current)
                    if answered is not None:
                        answered(current.number, body)
                    under_way += send_next(current) - 1
        seconds = time.perf_counter() - began
        for each in lines:
            each.close()
        return len(requests) / seconds


def main() -> None:
    """Prints answers per second by kind of request and server, a value each round."""
    given = arguments()
    loads = {name: Load(SERVERS[name], port) for name, port in given["ports"].items()}
    for each in loads.values():
        each.create(given["documents"])
    found: dict[str, dict[str, list[float]]] = {}
    for kind, count in given["counts"].items():
        rates = found[kind] = {name: [] for name in loads}
        for number in range(given["rounds"] + 1):
            names = [*loads]
            shift = number % len(names)
            for name in names[shift:] + names[:shift]:
                rate = {"read": loads[name].read, "list": loads[name].list_ten, "create": loads[name].create}
                value = rate[kind](count)
                if number:  # the first round warms up
                    rates[name].append(value)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
