"""A file cut off by a closed connection is never taken for a complete one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import httpx
import pytest
from invoicexpress import AsyncInvoiceXpress, DownloadError, InvoiceXpress
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts.settings import Readiness
from invoicexpress_emulator.books.documents import rows as documents
from invoicexpress_emulator.books.documents import saft_rows
from invoicexpress_emulator.http import file_sending
from invoicexpress_emulator.output.saft import stored_books

from .both_clients import got

pytestmark = pytest.mark.anyio

BODY = {"invoice": {"client": {"name": "Ana"}, "items": [{"name": "Peça", "unit_price": 10}]}}
DOCUMENTS = 5


class Meddler:
    """Changes the books during the next SAF-T downloads."""

    def __init__(self) -> None:
        self.left = 0
        self.reads = 0
        self.from_rows = documents.from_rows

    def __call__(self, db: Any, rows: Any) -> Any:
        found = self.from_rows(db, rows)
        self.reads += 1
        if self.reads == DOCUMENTS + 3 and self.left:  # all documents counted, three written
            self.left -= 1
            self.reads = 0
            documents.set_status(db, found[0].id, "final")
        return found


@pytest.fixture(params=["httptools", "h11"])
def emulator(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """An emulator with a few invoices in November 2026, sending files one document at a time."""
    if request.param == "h11":
        monkeypatch.setitem(sys.modules, "uvicorn.protocols.http.httptools_impl", None)
    monkeypatch.setattr(file_sending, "GO", 0)
    monkeypatch.setattr(file_sending, "ENOUGH", 1)
    monkeypatch.setattr(stored_books, "SLICE", 1)
    with Emulator() as running:
        running.control.clock.freeze(datetime(2026, 11, 5, 10))  # noqa: DTZ001 - Lisbon's, since it says no zone
        running.control.config.change(saft=Readiness(polls=1))
        with httpx.Client(base_url=running.base_url, params={"api_key": running.api_key}) as http:
            for _ in range(DOCUMENTS):
                made = http.post("/invoices.json", json=BODY).json()["invoice"]
                state = {"invoice": {"state": "finalized"}}
                assert http.put(f"/invoices/{made['id']}/change-state.json", json=state).is_success
        yield running


@pytest.fixture
def meddler(monkeypatch: pytest.MonkeyPatch) -> Meddler:
    """Idle until a test sets how often to meddle."""
    made = Meddler()
    monkeypatch.setattr(saft_rows, "from_rows", made)
    return made


@pytest.mark.parametrize("kind", [InvoiceXpress, AsyncInvoiceXpress])
async def test_it_is_fetched_again_and_given_up_in_the_end(
    emulator: Emulator, meddler: Meddler, kind: Any, anyio_backend: str
) -> None:
    ix = kind(emulator.account, emulator.api_key, base_url=emulator.base_url)
    try:
        whole = await got(ix.saft.export(2026, 11))
        assert whole.content.count(b"<Invoice>") == DOCUMENTS
        meddler.left, meddler.reads = 1, 0
        again = await got(ix.saft.export(2026, 11))
        assert meddler.left == 0
        assert again.content.count(b"<Invoice>") == DOCUMENTS
        meddler.left, meddler.reads = 1000, 0
        with pytest.raises(DownloadError):
            await got(ix.saft.export(2026, 11))
        assert meddler.left < 1000
    finally:
        await got(ix.close() if kind is InvoiceXpress else ix.aclose())
