"""Issuing: gapless numbers, dates that never go back, registered series, ATCUD, signatures."""

from __future__ import annotations

import asyncio
import base64
import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from invoicexpress_emulator import create_app
from invoicexpress_emulator.app import EmulatorApp
from invoicexpress_emulator.fiscal import signature
from invoicexpress_emulator.fiscal.signature import Signer, message_to_sign, printed_characters
from invoicexpress_emulator.http.clock import LISBON
from invoicexpress_emulator.storage.store import Store

SHA1 = hashes.SHA1()  # noqa: S303 - what the law prescribes


def numbers(documents: list[Any]) -> list[int]:
    return [int(document["sequence_number"].split("/")[0]) for document in documents]


def test_numbers_follow_each_other_per_type(any_api: Any) -> None:
    assert numbers([any_api.issue("invoices") for _ in range(3)]) == [1, 2, 3]
    assert numbers([any_api.issue("quotes") for _ in range(2)]) == [1, 2]
    assert numbers([any_api.issue("invoices")]) == [4]


def test_a_refused_finalize_takes_no_number(api: Any) -> None:
    api.issue(date="10/11/2026", due_date="10/11/2026")
    early = api.create(date="09/11/2026", due_date="09/11/2026")
    assert api.change(early, "finalized").status_code == 422
    assert numbers([api.issue(date="10/11/2026", due_date="11/11/2026")]) == [2]


def test_deleted_drafts_leave_no_gap_and_canceled_documents_keep_their_number(api: Any) -> None:
    api.changed(api.create(), "deleted")
    canceled = api.changed(api.issue(), "canceled", "engano")
    assert canceled["sequence_number"].startswith("1/")
    assert numbers([api.issue()]) == [2]


@pytest.mark.parametrize(
    ("segment", "words"),
    [("invoices", "invoice"), ("invoice_receipts", "invoice-receipt"), ("fees_notes", "fees-note")],
)
def test_a_date_behind_the_series_is_refused(api: Any, segment: str, words: str) -> None:
    api.issue(segment, date="02/08/2026", due_date="02/08/2026")
    early = api.create(segment, date="01/08/2026", due_date="01/08/2026")
    answer = api.change(early, "finalized")
    assert answer.status_code == 422
    assert answer.json() == {
        "errors": [{"error": f"Date cannot be earlier than the last {words} of this sequence[02 Aug 26]"}]
    }
    assert api.read(early)["status"] == "draft"


def test_the_same_date_and_other_series_are_not_held_back(api: Any) -> None:
    api.issue(date="02/08/2026", due_date="02/08/2026")
    assert numbers([api.issue(date="02/08/2026", due_date="02/08/2026")]) == [2]
    series = api.post("/sequences.json", {"sequence": {"serie": "B"}}).json()["sequence"]
    early = api.issue(date="01/01/2026", due_date="01/01/2026", sequence_id=series["id"])
    assert early["sequence_number"] == "1/B"
    assert early["inverted_sequence_number"] == "B/1"
    assert early["sequence_id"] == series["current_invoice_sequence_id"]


def test_a_due_date_before_the_date_is_refused_when_finalizing(api: Any) -> None:
    draft = api.create(date="10/11/2026", due_date="09/11/2026")
    answer = api.change(draft, "finalized")
    assert answer.status_code == 422
    assert answer.json() == {
        "errors": [{"error": "Vencimento deve ser igual ou posterior à data do documento"}]
    }


def test_a_series_must_be_registered(api: Any) -> None:
    api.control("config", at_registration="manual")
    series = api.post("/sequences.json", {"sequence": {"serie": "NOVA"}}).json()["sequence"]
    assert series["current_invoice_validation_code"] == "N/A"
    draft = api.create(sequence_id=series["id"])
    assert api.change(draft, "finalized").status_code == 422
    assert api.put(f"/sequences/{series['id']}/register.json").status_code == 200
    assert api.changed(draft, "finalized")["status"] == "final"


def test_types_that_need_no_registration_are_issued_without(api: Any) -> None:
    api.control("config", at_registration="manual")
    series = api.post("/sequences.json", {"sequence": {"serie": "NOVA"}}).json()["sequence"]
    issued = api.issue("fees_notes", sequence_id=series["current_fees_note_sequence_id"])
    assert issued["atcud"] == "N/A"


def test_the_atcud_is_the_validation_code_and_the_number(api: Any) -> None:
    series = api.get("/sequences.json").json()["sequences"][0]
    for number in (1, 2):
        assert api.issue()["atcud"] == f"{series['current_invoice_validation_code']}-{number}"
    receipt = api.only(api.pay(api.issue(), 1).json())
    assert receipt["atcud"] == f"{series['current_receipt_validation_code']}-1"
    assert len(series["current_invoice_validation_code"]) == 8
    assert api.get("/sequences.json").json()["sequences"][0]["current_invoice_number"] == 3


def test_many_callers_at_once_leave_no_gap_and_no_duplicate(api: Any) -> None:
    drafts = [api.create() for _ in range(48)]
    issued: list[Any] = []

    def finalize(mine: list[Any]) -> None:
        issued.extend([api.changed(draft, "finalized") for draft in mine])

    threads = [threading.Thread(target=finalize, args=(drafts[i::8],)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers(issued)) == list(range(1, 49))
    assert len({document["saft_hash"] for document in issued}) > 40


async def issue_invoices(app: EmulatorApp, count: int) -> None:
    """Issue invoices of 3.33 EUR + 23 % straight through the application, without a server."""
    body = {"invoice": {"client": {"name": "A"}, "items": [{"name": "i", "unit_price": "3.33"}]}}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for _ in range(count):
            made = await client.post("/invoices.json?api_key=demo-key", json=body)
            done = await client.put(
                f"/invoices/{made.json()['invoice']['id']}/change-state.json?api_key=demo-key",
                json={"invoice": {"state": "finalized"}},
            )
            assert done.status_code == 200


def test_the_signatures_are_a_chain_that_anyone_can_verify() -> None:
    app = create_app(seed=7)
    asyncio.run(issue_invoices(app, 4))
    store = app.emulation.store
    key: Any = load_pem_public_key(app.emulation.signer.public_key_pem().encode())
    assert key.key_size == 1024
    previous = ""
    rows = store.db.execute("SELECT * FROM documents WHERE number IS NOT NULL ORDER BY number").fetchall()
    assert len(rows) == 4
    for row in rows:
        entered = row["system_entry"][:19]
        message = f"{row['date']};{entered};FT DEMO/{row['number']};4.10;{previous}"
        signature = base64.b64decode(row["signature"])
        key.verify(signature, message.encode(), padding.PKCS1v15(), SHA1)
        with pytest.raises(InvalidSignature):
            key.verify(signature, b"x" + message.encode(), padding.PKCS1v15(), SHA1)
        assert len(row["signature"]) == 172
        previous = row["signature"]
    app.close()


def test_the_printed_characters_are_1_11_21_31() -> None:
    assert printed_characters("".join(chr(ord("A") + i % 26) for i in range(40))) == "AKUE"


def test_the_message_has_no_rounding_of_its_own() -> None:
    entered = datetime(2026, 1, 2, 3, 4, 5, tzinfo=LISBON)
    text = message_to_sign(date(2026, 1, 2), entered, "FT A/1", 123456, "")
    assert text == "2026-01-02;2026-01-02T03:04:05;FT A/1;1234.56;"


def test_the_key_is_the_test_key_whatever_the_seed() -> None:
    stores = [Store(None, seed) for seed in (1, 2)]
    keys = {Signer(store).public_key_pem() for store in stores}
    file = Path(signature.__file__).with_name("signing_key.pem")
    shipped = load_pem_private_key(file.read_bytes(), password=None)
    for store in stores:
        store.close()
    assert isinstance(shipped, RSAPrivateKey)
    assert shipped.key_size == 1024
    assert keys == {
        shipped.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    }


def test_receipts_are_not_signed(api: Any) -> None:
    receipt = api.only(api.pay(api.issue(), 10).json())
    assert receipt["saft_hash"] is None
    assert len(api.issue("quotes")["saft_hash"]) == 4
