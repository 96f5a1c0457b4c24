"""Speed of the emulator: starting, answering, and listing 100,000 documents against 1,000.

Absolute times depend on the machine; ratios within one run are comparable. Shown is the best of several runs,
since noise only adds, or the median of many requests. Lists are measured in processor time.

A page of ten out of 100,000 documents may take 25 ms; the slowest list is named below the table. The time of
a list grows with the account: counting the entries and walking to the page each cost about 0.1 microseconds
per document. Searching for a text costs 0.2, since it reads every document's words. A full page deep in the
list of a common text pays that twice; it has a star and may take longer.

    python benchmarks/emulator_speed.py [documents]
"""

from __future__ import annotations

import asyncio
import http.client
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from invoicexpress_emulator import create_app
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_generated.client import httpx

FEW: Final = 1_000
MANY: Final = 100_000
ORIGINALS: Final = 500
STARTS: Final = 7
REQUESTS: Final = 400
RUNS: Final = 15

KEY: Final = "api_key=demo-key"
COMMAND: Final = (sys.executable, "-m", "invoicexpress_emulator", "--port", "0", "--rate-limit", "0")
TYPES: Final = ("invoice", "invoice_receipt", "simplified_invoice", "credit_note", "quote")
STATUSES: Final = ("final", "settled", "final", "draft", "canceled")
LINE: Final = {"name": "Caderno", "description": "A5", "unit_price": "8.1301", "quantity": "3"}
PLAIN: Final = {"client": {"name": "Ana", "code": "A"}, "items": [LINE]}

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
"""Addresses by name; a star marks the one allowed to exceed the limit (see above)."""

LIMIT: Final = 0.025
"""Seconds that a page of ten may take."""


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


def best(action: Callable[[], float], runs: int) -> float:
    """Returns the fastest of several runs."""
    return min(action() for _ in range(runs))


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


def run(work: Coroutine[Any, Any, dict[str, float]]) -> dict[str, float]:
    """Runs a coroutine."""
    return asyncio.run(work)


class Started:
    """An emulator in its own process, from its start to its first answer."""

    def __init__(self) -> None:
        began = time.perf_counter()
        self.process = subprocess.Popen(
            COMMAND, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout is not None  # noqa: S101 - it is a pipe
        first = json.loads(self.process.stdout.readline())
        self.connection = http.client.HTTPConnection(first["base_url"].removeprefix("http://"))
        self.ask("GET", f"/taxes.json?{KEY}")
        self.seconds = time.perf_counter() - began

    def ask(self, verb: str, target: str, body: str | None = None) -> None:
        """Sends one request and reads the whole answer."""
        headers = {} if body is None else {"Content-Type": "application/json"}
        self.connection.request(verb, target, body, headers)
        self.connection.getresponse().read()

    def median(self, verb: str, target: str, body: str | None = None) -> float:
        """Median seconds per request."""
        times: list[float] = []
        for _ in range(REQUESTS):
            began = time.perf_counter()
            self.ask(verb, target, body)
            times.append(time.perf_counter() - began)
        return statistics.median(times)

    @property
    def resident(self) -> float | None:
        """Mebibytes in memory; None if the system does not report them."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return None
        lines = [line for line in status.read_text("utf-8").splitlines() if line.startswith("VmRSS:")]
        return int(lines[0].split()[1]) / 1024

    def end(self) -> float:
        """Ends it. Returns the seconds until its end."""
        self.connection.close()
        began = time.perf_counter()
        self.process.terminate()
        self.process.communicate(timeout=20)
        return time.perf_counter() - began


def starting() -> float:
    """Seconds from starting the program to its first answer."""
    started = Started()
    started.end()
    return started.seconds


def print_start() -> None:
    """Prints the cost of starting."""
    bare = best(lambda: timed([sys.executable, "-c", "pass"]), STARTS)
    server = best(
        lambda: timed(
            [
                sys.executable,
                "-c",
                "import uvicorn.protocols.http.httptools_impl, uvloop, starlette.applications",
            ]
        ),
        STARTS,
    )
    ready = best(starting, STARTS)
    print(f"start of a process, best of {STARTS}")
    print(f"  {'python -c pass':34} {bare * 1e3:7.0f} ms")
    print(f"  {'import uvicorn, starlette, uvloop':34} {server * 1e3:7.0f} ms")
    ratio = f"{ready / server:5.2f} x its server"
    print(f"  {'the emulator, to its first answer':34} {ready * 1e3:7.0f} ms  {ratio}")


def timed(command: list[str]) -> float:
    """Duration of a program in seconds."""
    began = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - began


def print_requests() -> None:
    """Prints the cost of requests over one connection."""
    started = Started()
    idle = started.resident
    create = json.dumps({"invoice": PLAIN})
    empty = started.median("GET", "/not-emulated")
    started.ask("POST", f"/invoices.json?{KEY}", create)
    rows = [
        ("an empty handler (501)", empty),
        ("list taxes", started.median("GET", f"/taxes.json?{KEY}")),
        ("create an invoice", started.median("POST", f"/invoices.json?{KEY}", create)),
        ("read an invoice", started.median("GET", f"/invoices/2000001.json?{KEY}")),
        ("list ten invoices", started.median("GET", f"/invoices.json?{KEY}")),
    ]
    print(f"requests over one connection, median of {REQUESTS}")
    for name, seconds in rows:
        print(f"  {name:34} {seconds * 1e3:7.2f} ms  {seconds / empty:5.2f} x an empty handler")
    if idle is not None:
        print(f"  {'resident when idle':34} {idle:7.1f} MiB")
    print(f"  {'end, after SIGTERM':34} {started.end() * 1e3:7.0f} ms")


def print_lists(many: int) -> None:
    """Prints the cost of lists, few documents against many."""
    few, more = run(measured_lists(FEW)), run(measured_lists(many))
    print(f"lists without a network, best of {RUNS}")
    print(f"  {'documents':22} {FEW:>10} {many:>12}")
    for what, seconds in few.items():
        print(
            f"  {what:22} {seconds * 1e3:7.2f} ms {more[what] * 1e3:9.2f} ms  {more[what] / seconds:6.2f} x"
        )
    slowest = max((what for what in more if what[0] != "*" and what != "100 a page"), key=more.__getitem__)
    print(f"  slowest page of ten: {slowest}, {more[slowest] * 1e3:.1f} of {LIMIT * 1e3:.0f} ms")


def main() -> None:
    """Prints all figures."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    print_start()
    print_requests()
    print_lists(many)


if __name__ == "__main__":
    main()
