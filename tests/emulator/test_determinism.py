"""The same seed, frozen clock and requests give the same bytes, files included, on every run."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import invoicexpress_emulator
import pytest
from invoicexpress_emulator import Emulator
from pypdf import PdfReader

from tests.emulator.conftest import PROFILES, SEGMENTS, Api

Json = Any

SOURCE: Final = str(Path(invoicexpress_emulator.__file__).parent.parent)
HOST: Final = "emulator.localhost:8080"
"""What every caller says: links in answers are made of it, and must not differ by port."""

FROZEN: Final = "2026-06-30T23:59:58"


class Said(NamedTuple):
    """One answer, without the headers that always vary: `Date` and `X-Runtime`."""

    request: str
    status: int
    headers: dict[str, str]
    body: bytes


class Teller:
    """Sends requests and keeps every answer."""

    def __init__(self, base_url: str, key: str = "demo-key") -> None:
        headers = {"Host": HOST.removeprefix("emulator.")}
        self.http = httpx.Client(base_url=base_url, params={"api_key": key}, headers=headers, timeout=30)
        self.said: list[Said] = []

    def ask(self, method: str, path: str, body: Json = None, **query: Json) -> httpx.Response:
        answer = self.http.request(method, path, json=body, params=query)
        headers = {
            key: value for key, value in answer.headers.items() if key not in {"date", "x-runtime", "server"}
        }
        self.said.append(Said(f"{method} {path}", answer.status_code, headers, answer.content))
        return answer

    def fetch(self, url: str) -> bytes:
        """Fetch the file behind a link, which contains the caller's host."""
        assert httpx.URL(url).netloc.decode() == HOST.removeprefix("emulator.")
        return self.ask("GET", httpx.URL(url).path).content


def story(base_url: str, *, is_alone: bool = False) -> list[Said]:
    """A document of every type with all its output, next to a second account unless told otherwise."""
    teller = Teller(base_url)
    with teller.http:
        ask = teller.ask
        ask("POST", "/_emulator/clock", {"set": FROZEN, "freeze": True})
        if not is_alone:
            ask("POST", "/_emulator/accounts", {"name": "outra"})
        ask("POST", "/_emulator/config", dict.fromkeys(("pdf", "qr_code", "at_doc_code"), "immediate"))
        ask("GET", "/_emulator/config")
        ask("POST", "/sequences.json", {"sequence": {"serie": "B", "default_sequence": "1"}})
        made: list[Json] = []
        for position, (name, segment) in enumerate(SEGMENTS.items()):
            if name.endswith("Receipt") and name != "InvoiceReceipt":
                continue
            root = segment.removesuffix("s")
            body = Api.plain(
                client={"name": f"Cliente {position % 4}", "code": f"C{position % 4}"},
                reference=f"PO-{position}",
                mb_reference="1",
                observations="Ação <b>não</b> & sim",
            )
            made += [Api.only(ask("POST", f"/{segment}.json", {root: body}).json()) for _ in range(2)]
            for one, state in ((made[-1], "finalized"), (made[-1], "canceled")):
                if position % 3 or state == "finalized":
                    sent = {root: {"state": state, "message": "engano"}}
                    ask("PUT", f"/{segment}/{one['id']}/change-state.json", sent)
        paid = made[1]
        ask("POST", f"/documents/{paid['id']}/partial_payments.json", {"partial_payment": {"amount": 23}})
        settled = {"invoice": {"state": "settled"}}
        ask("PUT", f"/invoices/{paid['id']}/change-state.json", settled)
        note = {"credit_note": Api.plain(owner_invoice_id=paid["id"])}
        credit = Api.only(ask("POST", "/credit_notes.json", note).json())
        ask("PUT", f"/credit_notes/{credit['id']}/change-state.json", {"credit_note": {"state": "finalized"}})
        for path in ("/invoices.json", "/estimates.json", "/guides.json", "/purchase_orders.json"):
            ask("GET", path, per_page=100)
        for path in ("/clients.json", "/items.json", "/taxes.json", "/sequences.json", "/receipts.json"):
            ask("GET", path)
        ask("GET", f"/clients/{paid['client']['id']}.json")
        ask("GET", f"/api/v3/clients/{paid['client']['id']}/balance.json")
        ask("GET", f"/document/{paid['id']}/related_documents.json")
        mail = {"message": {"client": {"email": "ana@example.com", "save": "1"}, "subject": "Olá"}}
        ask("PUT", f"/invoices/{paid['id']}/email-document.json", mail)
        ask("GET", "/_emulator/outbox")
        files(
            teller, [made[0], made[-2], *made[1::2], credit, *ask("GET", "/receipts.json").json()["receipts"]]
        )
        # Refusals and 404s are the same, too.
        ask("POST", "/invoices.json", {"invoice": {}})
        ask("GET", "/invoices/1.json")
        ask("GET", "/nonsense.json")
    return teller.said


def files(teller: Teller, documents: list[Json]) -> None:
    """PDF, second copy and QR code of each document, a permalink, and the month's SAF-T."""
    for document in documents:
        for query in ({}, {"second_copy": "true"}):
            answer = teller.ask("GET", f"/api/pdf/{document['id']}.json", **query)
            assert teller.fetch(answer.json()["output"]["pdfUrl"]).startswith(b"%PDF")
        answer = teller.ask("GET", f"/api/qr_codes/{document['id']}.json")
        if answer.status_code == 200:
            assert teller.fetch(answer.json()["qr_code"]["url"]).startswith(b"\x89PNG")
    teller.fetch(documents[0]["permalink"])
    teller.ask("GET", "/api/export_saft.json", month=6, year=2026)
    answer = teller.ask("GET", "/api/export_saft.json", month=6, year=2026)
    assert b"AuditFile" in teller.fetch(next(iter(answer.json().values())))


@contextmanager
def command(*options: str, hash_seed: int) -> Generator[str]:
    """Run the emulator as a separate process with this hash seed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "invoicexpress_emulator", "--port", "0", "--rate-limit", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": SOURCE, "PYTHONHASHSEED": str(hash_seed), "TZ": f"UTC{hash_seed}"},
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["base_url"]
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def assert_alike(one: list[Said], other: list[Said]) -> None:
    """Compare answer by answer, so that a failure shows the first difference."""
    for mine, theirs in zip(one, other, strict=True):
        assert mine == theirs
    assert len(one) > 180


@pytest.fixture(scope="module", params=PROFILES)
def told(request: pytest.FixtureRequest) -> tuple[Any, list[Said]]:
    """A profile, and the answers of an emulator in this process."""
    with Emulator(seed=7, profile=request.param) as emulator:
        return request.param, story(emulator.base_url)


def test_in_other_processes(told: tuple[Any, list[Said]], tmp_path: Path) -> None:
    """With another hash seed, in another time zone, in memory or in a file."""
    profile, first = told
    options = ("--seed", "7", "--profile", profile)
    with command(*options, hash_seed=1) as base_url:
        assert_alike(first, story(base_url))
    with command(*options, "--data", str(tmp_path / "data.db"), hash_seed=2) as base_url:
        assert_alike(first, story(base_url))


def test_again_in_this_process_and_after_a_reset() -> None:
    """Earlier content leaves no trace."""
    with Emulator(seed=7) as emulator:
        first = story(emulator.base_url, is_alone=True)
    with Emulator(seed=7) as emulator:
        assert_alike(first, story(emulator.base_url, is_alone=True))
        httpx.post(f"{emulator.base_url}/_emulator/reset", json={"account": "*"})
        assert_alike(first, story(emulator.base_url, is_alone=True))


@pytest.mark.parametrize("told", ["observed"], indirect=True)
def test_another_seed_gives_other_api_keys_codes_and_links(told: tuple[Any, list[Said]]) -> None:
    profile, first = told
    with Emulator(seed=8, profile=profile) as emulator:
        other = story(emulator.base_url)
    for one, two in zip(first[:6], other[:6], strict=True):
        assert (one.request, one.status) == (two.request, two.status)

    def answers(said: list[Said], request: str) -> list[Json]:
        return [json.loads(each.body) for each in said if each.request == request]

    def invoice_of(said: list[Said]) -> Json:
        rows: list[Json] = answers(said, "GET /invoices.json")[0]["invoices"]
        return next(row for row in rows if row["status"] == "settled" and row["type"] == "Invoice")

    one, two = invoice_of(first), invoice_of(other)
    for key in ("permalink", "atcud"):
        assert one[key] != two[key], key
    for key in ("id", "sequence_number", "date", "total", "items", "client", "saft_hash"):
        assert one[key] == two[key], key
    (key,), (other_key,) = (answers(said, "POST /_emulator/accounts") for said in (first, other))
    assert key["api_key"] != other_key["api_key"]

    def files_of(said: list[Said]) -> list[bytes]:
        """The PDF, second copy and QR code of that invoice, and the month's SAF-T."""
        after = (
            f"GET /api/pdf/{one['id']}.json",
            f"GET /api/qr_codes/{one['id']}.json",
            "GET /api/export_saft.json",
        )
        return [
            file.body for asked, file in pairwise(said) if asked.request in after and file.body[:1] != b"{"
        ]

    pairs = [*zip(files_of(first), files_of(other), strict=True)]
    assert len(pairs) == 4
    assert all(mine != theirs for mine, theirs in pairs)


def test_a_drafts_pdf_says_no_time_of_its_own(api: Api) -> None:
    """A draft's PDF must not contain the time of the request, or each copy would be a different file."""
    api.control("config", pdf="immediate")
    draft = api.create(date="10/11/2026")
    url = api.get(f"/api/pdf/{draft['id']}.json").json()["output"]["pdfUrl"]
    metadata = PdfReader(io.BytesIO(httpx.get(url).content)).metadata
    assert metadata is not None
    assert metadata.creation_date == datetime(2026, 11, 10, tzinfo=UTC)
