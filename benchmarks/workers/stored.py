"""Lists of an account with 1,000 and with 100,000 documents, in processor time, and the memory of the latter.

A page of ten out of 100,000 documents may take 25 ms. The time of a list grows with the account: counting the
entries and walking to the page each cost about 0.1 microseconds per document. Searching for a text costs 0.2,
since it reads every document's words. A full page deep in the list of a common text pays that twice; it has a
star and may take longer.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import closing
from typing import Final

import httpx
from invoicexpress_emulator import create_app
from invoicexpress_emulator.app import EmulatorApp

from .memory import resident
from .turns import arguments

FEW: Final = 1_000
ORIGINALS: Final = 500
RUNS: Final = 15

KEY: Final = "api_key=demo-key"
TYPES: Final = ("invoice", "invoice_receipt", "simplified_invoice", "credit_note", "quote")
STATUSES: Final = ("final", "settled", "final", "draft", "canceled")
LINE: Final = {"name": "Caderno", "description": "A5", "unit_price": "8.1301", "quantity": "3"}

LISTS: Final[Mapping[str, str]] = {
    "first page": "/invoices.json?",
    "100 a page": "/invoices.json?per_page=100",
    "page in the middle": "/invoices.json?page={middle}",
    "last page": "/invoices.json?page={last}",
    "status": "/invoices.json?status[]=settled",
    "two statuses": "/invoices.json?status[]=sent&status[]=settled",
    "type": "/invoices.json?type[]=CreditNote",
    "types and status": "/invoices.json?type[]=Invoice&type[]=CreditNote&status[]=sent",
    "not archived": "/invoices.json?non_archived=true",
    "nothing found": "/invoices.json?status[]=refused",
    "one type's list": "/credit_notes.json?",
    "reference": "/invoices.json?reference=R-7",
    "a month": "/invoices.json?date[from]=01/06/2026&date[to]=30/06/2026",
    "since a day": "/invoices.json?date[from]=15/03/2026",
    "overdue": "/invoices.json?due_date[to]=30/09/2026&status[]=sent",
    "amounts": "/invoices.json?total_before_taxes[from]=100&total_before_taxes[to]=200",
    "a client's": "/clients/{client}/invoices.json?",
    "related": "/document/{document}/related_documents.json?",
    "estimates": "/estimates.json?status[]=sent",
    "clients": "/clients.json?",
    "items": "/items.json?",
    "two spans": "/invoices.json?date[from]=15/03/2026&due_date[to]=30/09/2026",
    "two spans, deep": "/invoices.json?date[from]=15/03/2026&due_date[to]=30/09/2026&page={deep}",
    "text, common": "/invoices.json?text=caderno",
    "text, rare": "/invoices.json?text=r-77777%20",
    "text, none": "/invoices.json?text=nada",
    "* text, last page": "/invoices.json?text=caderno&page={last}",
}
"""Addresses by name; a star marks the one allowed to take longer (see above)."""


def client_of(app: EmulatorApp) -> httpx.AsyncClient:
    """Returns a client that calls the application without a network."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost")


async def make_originals(app: EmulatorApp) -> None:
    """Issues a few hundred documents."""
    async with client_of(app) as client:
        for number in range(ORIGINALS):
            root = TYPES[number % len(TYPES)]
            who = {"name": f"Cliente {number % 50}", "code": f"C{number % 50}"}
            line = {**LINE, "unit_price": str(5 + number), "name": f"Caderno {number % 20}"}
            body = {"reference": f"R-{number}", "client": who, "items": [line]}
            answer = await client.post(f"/{root}s.json?{KEY}", json={root: body})
            answer.raise_for_status()


def fill(app: EmulatorApp, documents: int) -> None:
    """Copies the originals up to a number of documents, in the order of their dates over a year."""
    db = app.emulation.store.db
    first = db.execute("SELECT min(id) FROM documents").fetchone()[0]
    place = f"(d.id - {first} + {ORIGINALS} * c.value)"
    status = " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(STATUSES))
    changed = {
        "id": f"{first} + {place}",
        "status": f"CASE {place} / 7 % {len(STATUSES)} {status} END",
        "date": f"date('2026-01-01', '+' || ({place} * 364 / {documents}) || ' days')",
        "due_date": f"date('2026-01-31', '+' || ({place} * 364 / {documents}) || ' days')",
        "reference": f"'R-' || {place}",
        "search": f"d.search || ' r-' || {place} || ' '",
        "archived": f"{place} % 10 = 0",
        "before_taxes": f"500 + {place} * 7919 % 1000000",
    }
    copies = json.dumps(list(range(documents // ORIGINALS)))
    with app.emulation.store.transaction():
        moved = {column: value.replace("c.value", "0") for column, value in changed.items() if column != "id"}
        assignments = ", ".join(f"{column} = {value}" for column, value in moved.items())
        db.execute(f"UPDATE documents AS d SET {assignments}")  # noqa: S608 - own constants
        for table, changes in (
            ("documents", changed),
            ("document_lines", {"document_id": f"d.document_id + {ORIGINALS} * c.value"}),
        ):
            columns = [row["name"] for row in db.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(changes.get(column, f"d.{column}") for column in columns)
            db.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "  # noqa: S608 - own constants
                f"FROM {table} d JOIN json_each(?) c WHERE c.value > 0",
                (copies,),
            )


async def measured_lists(documents: int) -> dict[str, float]:
    """Returns the processor time of each list in seconds, the fastest of several runs."""
    with closing(create_app()) as app:
        await make_originals(app)
        fill(app, documents)
        db = app.emulation.store.db
        client_id, document_id = db.execute("SELECT client_id, id FROM documents LIMIT 1").fetchone()
        pages = documents * 4 // 5 // 10
        names = {"client": client_id, "document": document_id, "middle": pages // 2, "last": pages}
        names["deep"] = pages * 7 // 16
        found: dict[str, float] = {}
        async with client_of(app) as client:
            for what, address in LISTS.items():
                verb = "POST" if what == "a client's" else "GET"
                url = f"{address.format(**names)}&{KEY}"
                times: list[float] = []
                for _ in range(RUNS):
                    began = time.process_time()
                    answer = await client.request(verb, url)
                    times.append(time.process_time() - began)
                    answer.raise_for_status()
                found[what] = min(times)
        return found


def main() -> None:
    """Prints the seconds of each list in a small and in a large account, or the bytes in memory."""
    given = arguments()
    if given["what"] == "memory":
        print(json.dumps(asyncio.run(memory(given["documents"]))))
        return
    few = asyncio.run(measured_lists(FEW))
    many = asyncio.run(measured_lists(given["documents"]))
    print(json.dumps({"few": few, "many": many}))


async def memory(documents: int) -> int:
    """Bytes that an application with so many documents in memory takes, its process included."""
    with closing(create_app()) as app:
        await make_originals(app)
        fill(app, documents)
        async with client_of(app) as client:
            (await client.get(f"/invoices.json?{KEY}")).raise_for_status()
        return resident()


if __name__ == "__main__":
    main()
