"""Cost of a SAF-T file of a year, by number of documents: seconds, and memory of the emulator.

Issues a few documents and copies them in the data file, up to any number of every kind. An emulator in its
own process exports a month of them, then all, over HTTP; the difference in peak memory is the growth.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
from invoicexpress_emulator import create_app
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_emulator.control_client.connection import Connection

from .memory import peak
from .turns import arguments

KEY: Final = "demo-key"
NEW_YEAR: Final = {"set": "2026-01-01T09:00:00", "freeze": True}
GOODS: Final = {
    "loaded_at": "02/01/2090 19:00:00",
    "address_from": {"detail": "Rua A", "city": "Lisboa", "postal_code": "1000-001", "country": "Portugal"},
    "address_to": {"detail": "Rua B", "city": "Porto", "postal_code": "4000-001", "country": "Portugal"},
}


class Cost(NamedTuple):
    """Cost of an export of all documents."""

    documents: int
    bytes: int
    seconds: float
    growth: int
    """Bytes of peak memory beyond the export of a month."""
    peak: int
    """Bytes of peak memory."""


async def make_originals(app: EmulatorApp) -> None:
    """Issues eleven documents of all sections, to eight customers."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost", params={"api_key": KEY}
    ) as client:

        async def ask(verb: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
            answer = await client.request(verb, path, json=body)
            answer.raise_for_status()
            made: dict[str, dict[str, Any]] = answer.json()
            (value,) = made.values()
            return value

        async def issued(root: str, number: int, **more: Any) -> dict[str, Any]:
            lines = [
                {"name": f"Artigo {number * 3 + n}", "unit_price": f"{7 + n}.35", "quantity": "3"}
                for n in range(3)
            ]
            who = {"name": f"Cliente {number}", "code": f"C{number}"}
            made = await ask("POST", f"/{root}s.json", {root: {"client": who, "items": lines, **more}})
            path = f"/{root}s/{made['id']}/change-state.json"
            await ask("PUT", path, {root: {"state": "finalized"}})
            return made

        (await client.post("/_emulator/clock", json=NEW_YEAR)).raise_for_status()
        for number in range(4):
            await issued("invoice", number)
        sold = await issued("invoice", 4)
        await issued("credit_note", 4, owner_invoice_id=sold["id"])
        await issued("simplified_invoice", 5)
        await issued("invoice_receipt", 6)
        await issued("quote", 7)
        await issued("shipping", 1, **GOODS)
        paid = await issued("invoice", 2)
        await ask(
            "POST", f"/documents/{paid['id']}/partial_payments.json", {"partial_payment": {"amount": 5}}
        )


def fill(app: EmulatorApp, documents: int) -> None:
    """Copies the originals up to a number of documents, spread over the year and numbered in sequence."""
    db = app.emulation.store.db
    originals, first, last = db.execute("SELECT count(*), min(id), max(id) FROM documents").fetchone()
    copies, stride = -(-documents // originals), last - first + 1
    shift = f"{stride} * c.value"
    per_series = "(SELECT count(*) FROM documents s WHERE s.series_row_id = d.series_row_id AND s.id <= {})"
    changed = {
        "documents": {
            "id": f"d.id + {shift}",
            "owner_id": f"d.owner_id + {shift}",
            "number": f"d.number + c.value * {per_series.format(last)}",
            "date": f"date('2026-01-01', '+' || (c.value * 365 / {copies}) || ' days')",
        },
        "document_lines": {"document_id": f"d.document_id + {shift}"},
        "deliveries": {"document_id": f"d.document_id + {shift}"},
        "payments": {
            "receipt_id": f"d.receipt_id + {shift}",
            "document_id": f"d.document_id + {shift}",
        },
    }
    db.execute("PRAGMA foreign_keys = OFF")
    with app.emulation.store.transaction():
        for table, changes in changed.items():
            columns = [row["name"] for row in db.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(changes.get(column, f"d.{column}") for column in columns)
            db.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} d "  # noqa: S608 - own constants
                "JOIN json_each(?) c",
                (json.dumps(list(range(1, copies))),),
            )


def make(path: Path, documents: int) -> None:
    """Makes a data file with about this number of documents in 2026."""
    with closing(create_app(data=path)) as app:
        asyncio.run(make_originals(app))
        fill(app, documents)


class _Counted:
    """A file that only counts."""

    def __init__(self) -> None:
        self.bytes = 0
        self.documents = 0
        self._rest = b""

    def write(self, content: bytes) -> int:
        """Counts bytes, and documents by an element that occurs once in each."""
        self.bytes += len(content)
        text = self._rest + content
        self.documents += text.count(b"</DocumentTotals>")
        self._rest = text[-len(b"</DocumentTotals>") + 1 :]
        return len(content)


def cost_of(path: Path) -> Cost:
    """Measures the export of a year from a data file, after a warm-up with a month."""
    command = (sys.executable, "-m", "invoicexpress_emulator", "--port", "0", "--data", str(path))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            ask = Connection(json.loads(process.stdout.readline())["base_url"], token=None, timeout=300)
            ask("GET", "/saft", {"year": 2026, "month": 1}, into=_Counted())
            before = peak(process.pid)
            counted, began = _Counted(), time.perf_counter()
            ask("GET", "/saft", {"year": 2026}, into=counted)
            seconds, after = time.perf_counter() - began, peak(process.pid)
        finally:
            process.terminate()
    return Cost(counted.documents, counted.bytes, seconds, after - before, after)


def main() -> None:
    """Prints the costs of each number of documents, a round after the other."""
    given = arguments()
    with tempfile.TemporaryDirectory() as folder:
        paths = {size: Path(folder) / f"{size}.db" for size in given["documents"]}
        for size, path in paths.items():
            make(path, size)
        rounds = [[cost_of(path)._asdict() for path in paths.values()] for _ in range(given["rounds"])]
    print(json.dumps(rounds))


if __name__ == "__main__":
    main()
