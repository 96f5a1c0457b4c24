"""Killed at any moment and restarted, the emulator still has every document that it acknowledged.

The server runs in a separate process under several writers, and is killed (SIGKILL, which cannot be caught)
after a random number of answers. The answers that writers received are compared with the restarted server's
books; a write without an answer may have happened or not, but only once, and never by half.

INVOICEXPRESS_CRASH_ROUNDS sets how often it is killed, INVOICEXPRESS_CRASH_SEED when.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from base64 import b64decode
from collections import defaultdict
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import invoicexpress_emulator
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from invoicexpress_emulator.fiscal.document_types import BY_NAME
from invoicexpress_emulator.fiscal.signature import Signer, message_to_sign
from invoicexpress_emulator.storage.store import Store

ROUNDS = int(os.environ.get("INVOICEXPRESS_CRASH_ROUNDS", "6"))
SEED = int(os.environ.get("INVOICEXPRESS_CRASH_SEED", "1"))
WRITERS = 4
KEY = {"api_key": "demo-key"}


@contextmanager
def running(data: Path) -> Generator[tuple[str, subprocess.Popen[str]]]:
    source = str(Path(invoicexpress_emulator.__file__).parent.parent)
    process = subprocess.Popen(
        [sys.executable, "-m", "invoicexpress_emulator", "--port", "0", "--rate-limit", "0",
         "--data", str(data)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": source},
    )  # read by rows # fmt: skip
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["base_url"], process
    finally:
        process.kill()
        process.communicate(timeout=20)


@dataclass
class Told:
    """The answers that the writers received, and their requests without one."""

    states: dict[int, str] = field(default_factory=dict[int, str])
    """The last acknowledged state of each document."""
    numbers: dict[int, str] = field(default_factory=dict[int, str])
    by_uid: dict[str, int] = field(default_factory=dict[str, int])
    paid: defaultdict[int, int] = field(default_factory=lambda: defaultdict[int, int](int))
    """Acknowledged cents by invoice; a receipt of it is in `numbers`."""
    unheard: dict[str, Any] = field(default_factory=dict[str, Any])
    """Uids of creates whose answer never came, with their bodies."""
    in_doubt: set[int] = field(default_factory=set[int])
    """Documents that something was asked for whose answer never came."""
    answers: int = 0


class Writer(threading.Thread):
    """Takes invoices through their lives until the server dies."""

    def __init__(self, base_url: str, name: str, told: Told, lock: threading.Lock, enough: Any) -> None:
        super().__init__(name=name)
        self.base_url = base_url
        self.told = told
        self.lock = lock
        self.enough = enough
        self.chance = random.Random(name)  # noqa: S311 - it has to repeat
        self.error: BaseException | None = None
        self._made = 0

    def run(self) -> None:
        try:
            with httpx.Client(base_url=self.base_url, params=KEY, timeout=20) as client:
                while True:
                    self._one_life(client)
        except httpx.TransportError:
            pass  # it was killed
        except BaseException as error:  # re-raised where the threads are joined
            self.error = error

    def _heard(self) -> None:
        self.told.answers += 1
        self.enough()

    def _one_life(self, client: httpx.Client) -> None:
        self._made += 1
        uid = f"{self.name}-{self._made}"
        body = {
            "invoice": {
                "client": {"name": f"Cliente {uid}"},
                "items": [{"name": f"Artigo {uid}", "unit_price": "100"}],
            },
            "proprietary_uid": uid,
        }
        with self.lock:
            self.told.unheard[uid] = body
        answer = client.post("/invoices.json", json=body)
        assert answer.status_code == 201, answer.text
        document_id = answer.json()["invoice"]["id"]
        with self.lock:
            del self.told.unheard[uid]
            self.told.by_uid[uid] = document_id
            self.told.states[document_id] = "draft"
            self._heard()
        for verb in self.chance.choice(
            (
                ("finalized",),
                ("finalized", "pay", "pay"),
                ("finalized", "settled"),
                ("finalized", "canceled"),
                (),
            )
        ):
            with self.lock:
                self.told.in_doubt.add(document_id)
            if verb == "pay":
                self._pay(client, document_id)
            else:
                self._change(client, document_id, verb)
            with self.lock:
                self.told.in_doubt.discard(document_id)
                self._heard()

    def _change(self, client: httpx.Client, document_id: int, verb: str) -> None:
        sent = {"invoice": {"state": verb, "message": "Engano"}}
        answer = client.put(f"/invoices/{document_id}/change-state.json", json=sent)
        assert answer.status_code == 200, answer.text
        invoice = answer.json()["invoice"]
        with self.lock:
            self.told.states[document_id] = invoice["status"]
            self.told.numbers[document_id] = invoice["sequence_number"]

    def _pay(self, client: httpx.Client, document_id: int) -> None:
        sent = {"partial_payment": {"amount": "20.50"}}
        answer = client.post(f"/documents/{document_id}/partial_payments.json", json=sent)
        assert answer.status_code == 200, answer.text
        receipt = answer.json()["receipt"]
        with self.lock:
            self.told.states[receipt["id"]] = "final"
            self.told.numbers[receipt["id"]] = receipt["sequence_number"]
            self.told.paid[document_id] += 2050


def test_whatever_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    data, chance, told = tmp_path / "data.db", random.Random(SEED), Told()  # noqa: S311 - as above
    for turn in range(ROUNDS):
        with running(data) as (base_url, process):
            replay_what_was_not_heard_of(base_url, told)
            limit = told.answers + chance.randint(1, 120)
            reached = threading.Event()

            def enough(limit: int = limit, reached: threading.Event = reached) -> None:
                if told.answers >= limit:
                    reached.set()

            lock = threading.Lock()
            writers = [Writer(base_url, f"w{turn}-{n}", told, lock, enough) for n in range(WRITERS)]
            for writer in writers:
                writer.start()
            assert reached.wait(60)
            process.kill()
            assert process.wait(20) == -signal.SIGKILL
            for writer in writers:
                writer.join(30)
                if writer.error is not None:
                    raise writer.error
        check(data, told)
    assert told.answers >= ROUNDS
    with running(data) as (base_url, _):
        replay_what_was_not_heard_of(base_url, told)
    check(data, told)


def replay_what_was_not_heard_of(base_url: str, told: Told) -> None:
    """A repeated create whose answer was lost returns its document, or makes it now, once."""
    with httpx.Client(base_url=base_url, params=KEY, timeout=20) as client:
        for uid, body in told.unheard.items():
            first, second = (client.post("/invoices.json", json=body) for _ in range(2))
            assert first.status_code == second.status_code == 201
            made = first.json()["invoice"]["id"]
            assert second.json()["invoice"]["id"] == made
            assert made not in told.states
            told.by_uid[uid] = made
            told.states[made] = "draft"
        told.unheard.clear()
        for uid, document_id in list(told.by_uid.items())[-5:]:
            if told.states[document_id] != "canceled" and document_id not in told.in_doubt:
                other: Any = {"invoice": {"client": {"name": "x"}, "items": []}, "proprietary_uid": uid}
                assert client.post("/invoices.json", json=other).json()["invoice"]["id"] == document_id


def check(data: Path, told: Told) -> None:
    """Compare the file with the acknowledged answers, and check its consistency."""
    with closing(Store(data, 0)) as store:
        db = store.db
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchone() is None
        documents = {row["id"]: row for row in db.execute("SELECT * FROM documents")}
        for document_id, status in told.states.items():
            row = documents[document_id]
            if document_id not in told.in_doubt:
                assert row["status"] == status
        for document_id, number in told.numbers.items():
            assert f"{documents[document_id]['number']}/{documents[document_id]['serie']}" == number
        for uid, document_id in told.by_uid.items():
            assert documents[document_id]["proprietary_uid"] == uid
        uids = [row["proprietary_uid"] for row in documents.values() if row["proprietary_uid"]]
        assert len(uids) == len(set(uids))
        assert set(uids) <= told.by_uid.keys() | told.unheard.keys()
        check_payments(db, told)
        check_numbers_and_chain(store)


def check_payments(db: sqlite3.Connection, told: Told) -> None:
    for document_id, cents in told.paid.items():
        (found,) = db.execute(
            "SELECT sum(amount) FROM payments WHERE document_id = ?", (document_id,)
        ).fetchone()
        lost_answers = 1 if document_id in told.in_doubt else 0
        assert found in {cents, cents + lost_answers * 2050}
    # No receipt without its payment, no payment without its receipt, nothing without its lines.
    halves = db.execute(
        "SELECT (SELECT count(*) FROM documents WHERE type = 'Receipt'), (SELECT count(*) FROM payments), "
        "(SELECT count(*) FROM documents WHERE type = 'Invoice'), "
        "(SELECT count(*) FROM document_lines), "
        "(SELECT count(*) FROM documents WHERE status NOT IN ('draft', 'deleted') AND number IS NULL)"
    ).fetchone()
    assert halves[0] == halves[1]
    assert halves[2] == halves[3]
    assert halves[4] == 0


def check_numbers_and_chain(store: Store) -> None:
    """Numbers have no gap, counters match them, and every signature covers the one before it."""
    key: Any = load_pem_public_key(Signer(store).public_key_pem().encode())
    for counter in store.db.execute("SELECT * FROM series_rows"):
        rows = store.db.execute(
            "SELECT * FROM documents WHERE series_row_id = ? AND number IS NOT NULL ORDER BY number",
            (counter["id"],),
        ).fetchall()
        assert [row["number"] for row in rows] == list(range(1, counter["last_number"] + 1))
        previous = ""
        for row in rows:
            if row["signature"] is None:
                continue
            number = f"{BY_NAME[row['type']].prefix} {row['serie']}/{row['number']}"
            issued, entered = date.fromisoformat(row["date"]), datetime.fromisoformat(row["system_entry"])
            text = message_to_sign(issued, entered, number, row["total"], previous)
            key.verify(b64decode(row["signature"]), text.encode(), padding.PKCS1v15(), SHA1())  # noqa: S303 - the law
            previous = row["signature"]
        assert counter["last_signature"] == previous


def test_killed_while_a_file_is_made_or_migrated(tmp_path: Path) -> None:
    """A start killed halfway leaves a complete file that the next start can use."""
    text = (Path(__file__).parent / "data_files" / "version_2.sql").read_text(encoding="utf-8")
    chance = random.Random(SEED)  # noqa: S311 - it has to repeat
    source = str(Path(invoicexpress_emulator.__file__).parent.parent)
    for turn in range(ROUNDS):
        data = tmp_path / f"{turn}.db"
        if turn % 2:
            with closing(sqlite3.connect(data)) as db:
                db.executescript(text)
        # Dies at its n-th database statement.
        program = (
            "import os, sys, sqlite3\n"
            "from invoicexpress_emulator.storage.store import Store\n"
            "left = int(sys.argv[2])\n"
            "def traced(statement):\n"
            "    global left\n"
            "    left -= 1\n"
            "    if left <= 0: os.kill(os.getpid(), 9)\n"
            "real = sqlite3.connect\n"
            "def connect(*a, **k):\n"
            "    db = real(*a, **k)\n"
            "    db.set_trace_callback(traced)\n"
            "    return db\n"
            "sqlite3.connect = connect\n"
            "Store(sys.argv[1], 0).close()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, str(data), str(chance.randint(1, 90))],
            env={**os.environ, "PYTHONPATH": source}, timeout=30, check=False,
        )  # read by rows # fmt: skip
        assert done.returncode in {0, -9}
        with closing(Store(data, 0)) as store:
            assert store.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            (found,) = store.db.execute("SELECT count(*) FROM documents").fetchone()
            assert found == (58 if turn % 2 else 0)
