"""One read through the client against a raw client of the HTTP library and json, in memory.

The client has its defaults: all layers, checks, and the pace of 780 requests a minute. An account's turns are
soon used up, so each few rounds belong to another account.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx
from invoicexpress import AsyncInvoiceXpress, InvoiceXpress

from . import answers
from .turns import Turns, arguments

CALLS = 50
"""Calls in a row."""
ROUNDS = 13
"""Rounds of an account: with a first call, 651 of its 780 turns."""
KEY = "0123456789abcdef0123456789abcdef01234567"
HEADERS = {"Content-Type": "application/json; charset=utf-8"}
BODIES = {
    "clients": ("/clients/628535.json", answers.client()),
    "invoices": ("/invoices/2137287.json", answers.invoice(3)),
}


def transport(body: bytes) -> httpx.MockTransport:
    """Answers every request with the same bytes."""
    return httpx.MockTransport(lambda request: httpx.Response(200, headers=HEADERS, content=body))


def measure(what: str, accounts: int) -> Turns:
    """Rounds of one call."""
    path, body = BODIES[what]
    turns = Turns()
    for number in range(accounts):
        raw = httpx.Client(transport=transport(body), base_url="https://acme.app.invoicexpress.com")
        with raw, InvoiceXpress(f"acme{number}", KEY, transport=transport(body)) as ix:
            get: Callable[[int], object] = ix.clients.get if what == "clients" else ix.invoices.get
            expected = 628535 if what == "clients" else 2137287

            def ours(get: Callable[[int], object] = get, expected: int = expected) -> object:
                return get(expected)

            def theirs(raw: httpx.Client = raw) -> object:
                return json.loads(raw.get(path, params={"api_key": KEY}).content)

            ours()
            theirs()
            for _ in range(ROUNDS):
                turns.take(ours, theirs, CALLS)
    return turns


async def measure_async(what: str, accounts: int) -> Turns:
    """The same with both asynchronous clients."""
    path, body = BODIES[what]
    turns = Turns()
    for number in range(accounts):
        raw = httpx.AsyncClient(transport=transport(body), base_url="https://acme.app.invoicexpress.com")
        async with raw, AsyncInvoiceXpress(f"acme{number}", KEY, transport=transport(body)) as ix:

            async def ours(ix: AsyncInvoiceXpress = ix) -> object:
                if what == "clients":
                    return await ix.clients.get(628535)
                return await ix.invoices.get(2137287)

            async def theirs(raw: httpx.AsyncClient = raw) -> object:
                return json.loads((await raw.get(path, params={"api_key": KEY})).content)

            await ours()
            await theirs()
            for _ in range(ROUNDS):
                await turns.take_awaited(ours, theirs, CALLS)
    return turns


def main() -> None:
    """Prints the rounds."""
    given = arguments()
    if given["asynchronous"]:
        asyncio.run(measure_async(given["what"], given["accounts"])).print()
    else:
        measure(given["what"], given["accounts"]).print()


if __name__ == "__main__":
    main()
