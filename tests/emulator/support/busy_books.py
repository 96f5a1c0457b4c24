"""The books of a busy account, and the findings in them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import httpx
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.verify.books import check_account, warn_of
from invoicexpress_emulator.verify.finding import Finding

NAME = "atarefada"
ODD: list[dict[str, Any]] = [
    {"name": "Peça", "unit_price": "1.2345", "quantity": "2.5", "discount": "12.5", "tax": {"name": "IVA23"}},
    {"name": "Livro", "unit_price": "0.3333", "quantity": 3, "tax": {"name": "IVA6"}},
    {"name": "Curso", "unit_price": "9.99", "quantity": 1, "tax": {"name": "Isento"}},
]


def live_busily(api: Any) -> None:
    """Make some of everything: all types, three months, payments, notes, cancellations."""
    api.freeze("2026-09-30T10:00:00")
    api.control("config", at_doc_code="immediate")
    for region, value in (("PT-AC", "16.0"), ("PT-MA", "22.0")):
        tax = {"name": region, "value": value, "region": region, "code": "NOR"}
        assert api.post("/taxes.json", {"tax": tax}).status_code == 201
    islands = [{"name": "Ilha", "unit_price": "7.77", "quantity": 3, "tax": {"name": name}}
               for name in ("PT-AC", "PT-MA", "IVA13")]  # read by rows # fmt: skip
    series = {"sequence": {"serie": "LOJA2", "default_sequence": "0"}}
    second = api.only(api.post("/sequences.json", series).json())
    row = second["current_invoice_sequence_id"]
    for month in range(3):
        first = api.issue(items=ODD, tax_exemption="M07", retention="11.5", mb_reference="1")
        api.issue(items=islands, sequence_id=row)
        api.pay(first, "3.21", payment_mechanism="MB")
        assert api.pay(first, 0).status_code == 200
        api.changed(api.only(api.pay(first, 1).json()), "canceled", "engano")
        if month:
            api.changed(first, "settled")
        spread = {"value_type": "absolute", "value": "3.33"}
        api.issue("simplified_invoices", items=ODD, tax_exemption="M99", global_discount=spread,
                  currency_code="USD", rate="1.25")  # read by rows # fmt: skip
        third = {"value_type": "percentage", "value": "33.33"}
        body = api.plain(items=[*ODD, *islands], tax_exemption="M07", global_discount=third)
        sent = {"invoice_receipt": body, "proprietary_uid": f"uid-{month}"}
        draft = api.only(api.post("/invoice_receipts.json", sent).json())
        corrected = api.changed(draft, "finalized")
        api.issue("credit_notes", items=ODD[:1], owner_invoice_id=corrected["id"], observations="Devolvido")
        api.changed(
            api.issue("credit_notes", items=ODD[1:2], owner_invoice_id=corrected["id"]), "canceled", "engano"
        )
        debit = api.issue("debit_notes", items=ODD[:2], owner_invoice_id=corrected["id"])
        api.changed(debit, "settled")
        moss = api.issue("vat_moss_invoices", items=islands)
        api.pay(moss, 2)
        api.issue("vat_moss_credit_notes", items=ODD[:1], owner_invoice_id=moss["id"])
        guide = api.read(api.issue("transports", items=ODD[:2]))
        api.issue(items=ODD[:2], owner_invoice_id=guide["id"])
        api.changed(api.issue("shippings"), "canceled", "engano")
        api.issue("devolutions")
        api.changed(api.issue("quotes", items=ODD, tax_exemption="M07"), "accepted")
        api.changed(api.issue("proformas"), "refused")
        api.issue("fees_notes")
        api.changed(api.issue("purchase_orders"), "canceled", "engano")
        api.changed(api.issue(), "canceled", "engano")
        api.issue(items=[{"name": "Oferta", "unit_price": 0, "quantity": 1}])
        api.create(items=ODD, tax_exemption="M07")
        api.create("purchase_orders")
        api.changed(api.create("quotes"), "deleted")
        api.control("clock", advance=86_400 * 31)


def busy_books(path: Path, profile: Any, caller: Any) -> Path:
    """Return the data file of an emulator with a busy account, checked to have no findings."""
    with Emulator(data=path, profile=profile) as server:
        made = httpx.post(f"{server.base_url}/_emulator/accounts", json={"name": NAME}).json()
        api = caller(server.base_url, NAME, made["api_key"])
        with api.http:
            live_busily(api)
            for name in (NAME, "*"):
                assert api.get("/_emulator/verify", account=name).json() == {"findings": [], "warnings": []}
            assert api.get("/_emulator/verify", account="ninguem").status_code == 404
    return path


def found_in(db: sqlite3.Connection) -> list[Finding]:
    account = accounts.by_name(db, NAME)
    assert account is not None
    return list(check_account(db, account))


def one(db: sqlite3.Connection, where: str) -> sqlite3.Row:
    row = db.execute(f"SELECT * FROM documents WHERE {where} ORDER BY id LIMIT 1").fetchone()  # noqa: S608 - ours
    assert row is not None, where
    return row  # type: ignore[no-any-return] # sqlite3 has no type for it


def warned_of(db: sqlite3.Connection) -> list[Finding]:
    account = accounts.by_name(db, NAME)
    assert account is not None
    return list(warn_of(db, account))


def the(found: list[Finding]) -> list[tuple[str, str | None]]:
    return [(each.rule, each.document) for each in found]


ISSUED = "type = 'Invoice' AND status = 'final' AND owner_id > 0"
QUOTE = "type = 'Quote' AND status = 'accepted'"
