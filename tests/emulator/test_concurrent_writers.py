"""Many writers at once: threads, tasks and processes against one emulator, in this process or a separate one.

In whatever order requests arrive: no number is missing or used twice, no payment is lost or exceeds the
balance, one `proprietary_uid` makes one document, one of several competing changes of state wins, and the
books hold exactly the acknowledged writes.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx
import invoicexpress_emulator
import pytest
from invoicexpress_emulator import Emulator

from tests.emulator.conftest import SEGMENTS, Api

Json = Any

WRITERS: Final = 6
SOURCE: Final = str(Path(invoicexpress_emulator.__file__).parent.parent)
_names = count(1)


class Job(NamedTuple):
    """One request."""

    method: str
    path: str
    body: Json


class Reply(NamedTuple):
    """An answer; status 0 means that none arrived."""

    status: int
    body: Json


Storm = Callable[[Api, list[Job]], list[Reply]]


def shares(jobs: list[Job]) -> list[list[int]]:
    """Deal the jobs out to the writers, by position in the list."""
    return [[*range(first, len(jobs), WRITERS)] for first in range(WRITERS)]


def by_threads(api: Api, jobs: list[Job]) -> list[Reply]:
    replies = [Reply(0, None)] * len(jobs)
    together = threading.Barrier(WRITERS)

    def write(mine: list[int]) -> None:
        with httpx.Client(base_url=api.http.base_url, params={"api_key": api.key}, timeout=30) as client:
            together.wait(30)
            for place in mine:
                answer = client.request(jobs[place].method, jobs[place].path, json=jobs[place].body)
                replies[place] = Reply(answer.status_code, answer.json())

    threads = [threading.Thread(target=write, args=(mine,)) for mine in shares(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def by_tasks(api: Api, jobs: list[Job]) -> list[Reply]:
    async def write() -> list[Reply]:
        limits = httpx.Limits(max_connections=WRITERS)
        async with httpx.AsyncClient(
            base_url=api.http.base_url, params={"api_key": api.key}, timeout=30, limits=limits
        ) as client:

            async def one(job: Job) -> Reply:
                answer = await client.request(job.method, job.path, json=job.body)
                return Reply(answer.status_code, answer.json())

            return await asyncio.gather(*map(one, jobs))

    return asyncio.run(write())


WRITER: Final = """
import http.client, json, sys
asked = json.loads(sys.stdin.readline())
connection = http.client.HTTPConnection(asked["host"], asked["port"], timeout=30)
connection.connect()
print("ready", flush=True)
sys.stdin.readline()
replies = []
for method, path, body in asked["jobs"]:
    path += "?api_key=" + asked["key"]
    connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    replies.append([answer.status, json.loads(answer.read())])
print(json.dumps(replies), flush=True)
"""
"""A writer process: reads its jobs, reports that it is ready, and sends them on a signal."""


def by_processes(api: Api, jobs: list[Job]) -> list[Reply]:
    replies = [Reply(0, None)] * len(jobs)
    mine = shares(jobs)
    writers = [
        subprocess.Popen(
            [sys.executable, "-S", "-c", WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in mine
    ]
    try:
        for writer, places in zip(writers, mine, strict=True):
            assert writer.stdin is not None
            asked = {
                "host": api.http.base_url.host,
                "port": api.http.base_url.port,
                "key": api.key,
                "jobs": [jobs[place] for place in places],
            }
            writer.stdin.write(json.dumps(asked) + "\n")
            writer.stdin.flush()
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        for writer, places in zip(writers, mine, strict=True):
            out, _ = writer.communicate(timeout=60)
            for place, (status, body) in zip(places, json.loads(out), strict=True):
                replies[place] = Reply(status, body)
    finally:
        for writer in writers:
            if writer.poll() is None:
                writer.kill()
                writer.communicate()
    return replies


@contextmanager
def command(data: Path) -> Generator[tuple[str, subprocess.Popen[str]]]:
    """Run the emulator as a separate process; yield its address and the process."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "invoicexpress_emulator"),
            *("--port", "0", "--rate-limit", "0", "--profile", "documented", "--data", str(data)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["base_url"], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def addresses(
    servers: dict[str, Emulator], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    with command(tmp_path_factory.mktemp("books") / "data.db") as (address, _):
        yield {"thread": servers["observed"].base_url, "process": address}


@pytest.fixture(params=["thread", "process"])
def caller(request: pytest.FixtureRequest, addresses: dict[str, str]) -> Iterator[Api]:
    """A fresh account: on the observed server in a thread, and on the documented server in a process."""
    address, name = addresses[request.param], f"storm-{next(_names)}"
    key = httpx.post(f"{address}/_emulator/accounts", json={"name": name}).json()["api_key"]
    api = Api(address, name, key)
    with api.http:
        yield api


@pytest.fixture(params=[by_threads, by_tasks, by_processes])
def storm(request: pytest.FixtureRequest) -> Storm:
    """Send requests at once from threads, tasks or processes; return answers in the order of the requests."""
    send: Storm = request.param
    return send


def change(segment: str, document: Json, state: str) -> Job:
    body = {segment.removesuffix("s"): {"state": state, "message": "motivo"}}
    return Job("PUT", f"/{segment}/{document['id']}/change-state.json", body)


def payment(document: Json, amount: float) -> Job:
    body = {"partial_payment": {"amount": amount}}
    return Job("POST", f"/documents/{document['id']}/partial_payments.json", body)


def mixed(jobs: list[Job]) -> list[Job]:
    """Shuffle with a fixed seed; the order of arrival still depends on the machine."""
    return random.Random(7).sample(jobs, len(jobs))  # noqa: S311 - no secret


def accepted(api: Api, replies: list[Reply], *refusals: int) -> list[Json]:
    """The objects of the successful answers; all others must be among the expected refusals."""
    statuses = Counter(reply.status for reply in replies)
    assert statuses.keys() <= {200, 201, *refusals}, statuses
    return [api.only(reply.body) for reply in replies if reply.status < 300]


def every(api: Api, path: str, **query: Json) -> list[Json]:
    """All rows of a list."""
    root, rows = path.removesuffix(".json").removeprefix("/"), list[Json]()
    for page in count(1):
        body = api.get(path, page=page, per_page=100, **query).json()
        rows += body[root]
        if page >= body["pagination"]["total_pages"]:
            assert len(rows) == body["pagination"]["total_entries"]
            return rows
    raise AssertionError


def numbers(documents: list[Json]) -> list[int]:
    return sorted(int(each["sequence_number"].split("/")[0]) for each in documents)


def series_number(api: Api, root: str, serie: int = 0) -> int:
    number: int = api.get("/sequences.json").json()["sequences"][serie][f"current_{root}_number"]
    return number


def test_issuing(caller: Api, storm: Storm) -> None:
    """Each draft is finalised twice, some in another series, some with dates that others overtake."""
    other = caller.only(caller.post("/sequences.json", {"sequence": {"serie": "B"}}).json())
    days = ["10/11/2026", "10/11/2026", "10/11/2026", "12/11/2026"]
    drafts = [
        caller.create(
            segment,
            date=day,
            due_date="31/12/2026",
            **({} if serie is None else {"sequence_id": other[f"current_{segment[:-1]}_sequence_id"]}),
        )
        for segment in ("invoices", "quotes")
        for serie in (None, "B")
        for day in days * 3
    ]
    jobs = [change(SEGMENTS[draft["type"]], draft, "finalized") for draft in drafts * 2]
    issued = accepted(caller, storm(caller, mixed(jobs)), 422)
    assert len({each["id"] for each in issued}) == len(issued)
    for root, kind in (("invoice", "Invoice"), ("quote", "Quote")):
        for place, serie in enumerate((caller.name.upper().replace("-", ""), "B")):
            mine = [
                each
                for each in issued
                if each["type"] == kind and each["sequence_number"].endswith(f"/{serie}")
            ]
            last = series_number(caller, root, place)
            assert numbers(mine) == [*range(1, last + 1)]
            # Only drafts overtaken by a later date are refused.
            assert last >= 3
            mine.sort(key=lambda each: int(each["sequence_number"].split("/")[0]))
            assert [each["date"] for each in mine] == sorted(each["date"] for each in mine)
    listed = [*every(caller, "/invoices.json"), *every(caller, "/estimates.json")]
    assert {row["id"] for row in listed if row["status"] == "final"} == {each["id"] for each in issued}


def test_payments(caller: Api, storm: Storm) -> None:
    """Forty payments of 5 EUR for 123 EUR: twenty-four fit, sixteen are refused, and none is lost."""
    invoice = caller.issue()
    replies = storm(caller, [payment(invoice, 5)] * 40)
    receipts = accepted(caller, replies, 422)
    assert [reply.status for reply in replies].count(200) == 24
    assert numbers(receipts) == [*range(1, 25)]
    related = caller.get(f"/document/{invoice['id']}/related_documents.json").json()["documents"]
    assert {row["id"] for row in related} == {each["id"] for each in receipts}
    assert sum(row["total"] for row in related) == 120
    rest = storm(caller, [payment(invoice, 3)] * 12)
    assert [reply.status for reply in rest].count(200) == 1
    assert caller.read(invoice)["status"] == "settled"
    assert series_number(caller, "receipt") == 25


def test_payments_that_come_and_go(caller: Api, storm: Storm) -> None:
    """Receipts are cancelled while others are made, and the balance is never exceeded."""
    invoice = caller.issue()
    first = accepted(caller, storm(caller, [payment(invoice, 41)] * 6), 422)
    assert len(first) == 3
    jobs = [change("receipts", receipt, "canceled") for receipt in first * 2]
    jobs += [payment(invoice, 41)] * 12
    replies = storm(caller, mixed(jobs))
    accepted(caller, replies, 422)
    rows = caller.get(f"/document/{invoice['id']}/related_documents.json").json()["documents"]
    live = [row for row in rows if row["status"] == "final"]
    assert sum(row["status"] == "canceled" for row in rows) == 3
    made = sum(reply.status == 200 and caller.only(reply.body)["status"] == "final" for reply in replies)
    assert len(rows) == 3 + made
    assert sum(row["total"] for row in live) <= 123
    assert caller.read(invoice)["status"] == ("settled" if len(live) == 3 else "final")


def test_one_uid_makes_one_document(caller: Api, storm: Storm) -> None:
    """Every create gets the same document, or 409 (vendor docs 2026-07: document create)."""
    uids = ["u-1", "u-2", "u-3"]
    jobs = [
        Job("POST", f"/{segment}.json", {segment[:-1]: caller.plain(reference=uid), "proprietary_uid": uid})
        for uid, segment in zip(uids, ("invoices", "credit_notes", "invoice_receipts"), strict=True)
        for _ in range(12)
    ]
    made = accepted(caller, storm(caller, mixed(jobs)), 409)
    rows = every(caller, "/invoices.json")
    assert sorted(row["reference"] for row in rows) == uids
    assert {each["id"] for each in made} <= {row["id"] for row in rows}
    for uid in uids:
        assert len({each["id"] for each in made if each["reference"] == uid}) == 1


def test_one_change_of_state_wins(caller: Api, storm: Storm) -> None:
    """A draft cannot be both finalised and deleted, nor an invoice both cancelled and settled."""
    rivals = [
        (caller.create("invoices"), ("finalized", "deleted")),
        (caller.issue("invoices"), ("canceled", "settled")),
        (caller.issue("invoice_receipts"), ("canceled",)),
        (caller.issue("quotes"), ("canceled",)),
        (caller.create("transports"), ("finalized", "deleted")),
    ]
    jobs = [
        change(SEGMENTS[document["type"]], document, verb) for document, verbs in rivals for verb in verbs * 8
    ]
    won = {each["id"]: each for each in accepted(caller, storm(caller, mixed(jobs)), 422)}
    assert len(won) == len(rivals)
    for document, _ in rivals:
        status = won[document["id"]]["status"]
        assert caller.read(document)["status"] == status
        related = caller.get(f"/document/{document['id']}/related_documents.json").json()["documents"]
        # A settled invoice has exactly one receipt.
        assert len(related) == (document["type"] == "Invoice" and status == "settled")


def test_one_credit_note_takes_it_all(caller: Api, storm: Storm) -> None:
    """Eight notes for the whole invoice, among small payments: one is issued, with the only number."""
    invoice = caller.issue()
    notes = [caller.create("credit_notes", owner_invoice_id=invoice["id"]) for _ in range(8)]
    jobs = [change("credit_notes", note, "finalized") for note in notes] + [payment(invoice, 0.01)] * 4
    (won,) = (
        each for each in accepted(caller, storm(caller, mixed(jobs)), 422) if each["type"] == "CreditNote"
    )
    related = caller.get(f"/document/{invoice['id']}/related_documents.json").json()["documents"]
    issued = [row["id"] for row in related if row["type"] == "CreditNote" and row["status"] == "final"]
    assert issued == [won["id"]]
    assert series_number(caller, "credit_note") == 1


def test_two_credit_notes_of_more_than_half(caller: Api, storm: Storm) -> None:
    """Six notes for 60 % of an invoice: the first is issued, all others are refused."""
    invoice = caller.issue()
    line = {"name": "Trabalho", "unit_price": "60", "quantity": 1}
    notes = [caller.create("credit_notes", owner_invoice_id=invoice["id"], items=[line]) for _ in range(6)]
    replies = storm(caller, mixed([change("credit_notes", note, "finalized") for note in notes]))
    (won,) = accepted(caller, replies, 422)
    related = caller.get(f"/document/{invoice['id']}/related_documents.json").json()["documents"]
    assert [row["id"] for row in related if row["status"] == "final"] == [won["id"]]
    assert caller.get("/_emulator/verify", account=caller.name).json()["findings"] == []


def test_a_note_or_a_cancellation(caller: Api, storm: Storm) -> None:
    """Notes, payments and cancellations of the same invoices: a note and a cancellation never coexist."""
    invoices = [caller.issue() for _ in range(8)]
    jobs: list[Job] = []
    for invoice in invoices:
        credit, debit = (
            caller.create(segment, owner_invoice_id=invoice["id"])
            for segment in ("credit_notes", "debit_notes")
        )
        jobs += [
            change("invoices", invoice, "canceled"),
            change("credit_notes", credit, "finalized"),
            change("debit_notes", debit, "finalized"),
            payment(invoice, 1),
        ]
    accepted(caller, storm(caller, mixed(jobs)), 422)
    for invoice in invoices:
        related = caller.get(f"/document/{invoice['id']}/related_documents.json").json()["documents"]
        live = [row for row in related if row["status"] in {"final", "settled"}]
        assert (caller.read(invoice)["status"] == "canceled") == (live == [])
    assert caller.get("/_emulator/verify", account=caller.name).json()["findings"] == []


def test_all_that_was_acknowledged_is_there_and_nothing_else(caller: Api, storm: Storm) -> None:
    """Documents of every family that create the same client and item, mixed with bad requests."""
    segments = ("invoices", "simplified_invoices", "debit_notes", "proformas", "shippings", "purchase_orders")
    jobs = [Job("POST", f"/{segment}.json", {segment[:-1]: caller.plain()}) for segment in segments * 6]
    jobs += [Job("POST", f"/{segment}.json", {segment[:-1]: caller.plain(items=[])}) for segment in segments]
    made = accepted(caller, storm(caller, mixed(jobs)), 422)
    assert len(made) == len({each["id"] for each in made}) == 36
    lists = ("/invoices.json", "/estimates.json", "/guides.json", "/purchase_orders.json")
    rows = [row for path in lists for row in every(caller, path)]
    assert {row["id"] for row in rows} == {each["id"] for each in made}
    assert len(caller.get("/clients.json").json()["clients"]) == 1
    assert len(caller.get("/items.json").json()["items"]) == 1


def test_killed_in_the_middle_it_has_all_that_was_acknowledged(tmp_path: Path) -> None:
    """Threads issue until the process dies: no number is missing, and no acknowledged document is lost."""
    data, heard = tmp_path / "data.db", list[Json]()
    dead = threading.Event()

    def issue(base_url: str, process: subprocess.Popen[str]) -> None:
        api = Api(base_url, "demo", "demo-key")
        with api.http:
            while not dead.is_set():
                try:
                    heard.append(api.issue(client={"name": "Ana"}))
                except httpx.TransportError:
                    return
                if len(heard) >= 60:
                    process.kill()
                    dead.set()

    with command(data) as (base_url, process):
        threads = [threading.Thread(target=issue, args=(base_url, process)) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(heard) >= 60
    with command(data) as (base_url, _):
        api = Api(base_url, "demo", "demo-key")
        with api.http:
            kept = {row["id"]: row for row in every(api, "/invoices.json")}
            issued = [row for row in kept.values() if row["status"] == "final"]
            assert all(kept[each["id"]]["sequence_number"] == each["sequence_number"] for each in heard)
            assert numbers(issued) == [*range(1, series_number(api, "invoice") + 1)]
            # Carried out without an answer: at most one request per writer.
            assert len(kept) <= len(heard) + WRITERS
            assert numbers([api.issue()]) == [len(issued) + 1]
