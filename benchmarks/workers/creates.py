"""Invoices created through one client, pace off, and by a raw loop that sends the same bytes, in turns.

The bytes are those of the client's own request, with another key for each invoice. The raw loop reads the
whole answer and checks its status, no more.
"""

from __future__ import annotations

import re
import time
import uuid
from datetime import date
from decimal import Decimal

import httpx
from invoicexpress import InvoiceWriteFields, InvoiceXpress

from .turns import Turns, arguments

BLOCK = 100
"""Invoices in a row."""
INVOICE: InvoiceWriteFields = {
    "date": date(2026, 11, 20),
    "client": {"name": "Ana Sousa", "code": "A1"},
    "items": [
        {
            "name": f"Caderno {number}",
            "unit_price": Decimal("8.1301"),
            "quantity": Decimal(3),
            "tax": {"name": "IVA23"},
        }
        for number in range(3)
    ],
}


class Recorder(httpx.HTTPTransport):
    """Keeps the requests that it sends."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return super().handle_request(request)


def recorded(base_url: str) -> httpx.Request:
    """The request by which the client creates an invoice."""
    recorder = Recorder()
    with InvoiceXpress("demo", "demo-key", base_url=base_url, pace=None, transport=recorder) as ix:
        ix.invoices.create(**INVOICE)
        recorder.requests.clear()
        ix.invoices.create(**INVOICE)
    (only,) = recorder.requests
    return only


def main() -> None:
    """Prints the rounds: invoices per second."""
    given = arguments()
    base_url: str = given["base_url"]
    sent = recorded(base_url)
    body = sent.read()
    key = re.search(rb'"proprietary_uid": ?"([^"]+)"', body)
    if key is None or len(key[1]) < len(uuid.uuid4().hex):
        raise AssertionError(f"no key of the client in {body!r}")
    length = len(key[1])
    headers = {
        name: value
        for name, value in sent.headers.items()
        if name.lower() not in ("host", "content-length", "connection")
    }
    turns = Turns()
    made = 0
    with (
        httpx.Client(headers=headers) as raw,
        InvoiceXpress("demo", "demo-key", base_url=base_url, pace=None) as ix,
    ):

        def ours() -> object:
            return ix.invoices.create(**INVOICE)

        def theirs() -> object:
            nonlocal made
            made += 1
            unique = f"{made:09}{uuid.uuid4().hex * 4}"[:length].encode()
            return raw.post(sent.url, content=body.replace(key[1], unique)).raise_for_status().read()

        began = time.perf_counter()
        for _ in range(given["documents"] // BLOCK):
            turns.take(ours, theirs, BLOCK)
        seconds = time.perf_counter() - began
        total = ix.invoices.list(per_page=1).total()
        expected = 2 * (given["documents"] // BLOCK) * BLOCK + 2
        if total != expected:
            raise AssertionError(f"{total} invoices after {seconds:.0f} s instead of {expected}")
    turns.subject = [1 / value for value in turns.subject]
    turns.reference = [1 / value for value in turns.reference]
    turns.print()


if __name__ == "__main__":
    main()
