"""The fiscal self-check: a busy account has no findings, and each rule that is broken has exactly its own."""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_emulator import Emulator, accounts, qr_code, saft_export
from invoicexpress_emulator.__main__ import main
from invoicexpress_emulator.document import Document
from invoicexpress_emulator.fiscal_check.books import check_account
from invoicexpress_emulator.fiscal_check.finding import RULES, Finding

from tests import saft_schema

PROFILES = ("observed", "documented")
COUNT = itertools.count(1)
NAME = "atarefada"
ODD: list[dict[str, Any]] = [
    {"name": "Peça", "unit_price": "1.2345", "quantity": "2.5", "discount": "12.5", "tax": {"name": "IVA23"}},
    {"name": "Livro", "unit_price": "0.3333", "quantity": 3, "tax": {"name": "IVA6"}},
    {"name": "Curso", "unit_price": "9.99", "quantity": 1, "tax": {"name": "Isento"}},
]


def live_busily(api: Any) -> None:
    """Make something of everything: all types, three months, payments, notes, cancellations."""
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
    """Return the data file of an emulator with a busy account; nothing was found while it ran."""
    with Emulator(data=path, profile=profile) as server:
        made = httpx.post(f"{server.base_url}/_emulator/accounts", json={"name": NAME}).json()
        api = caller(server.base_url, NAME, made["api_key"])
        with api.http:
            live_busily(api)
            for name in (NAME, "*"):
                assert api.get("/_emulator/verify", account=name).json() == {"findings": []}
            assert api.get("/_emulator/verify", account="ninguem").status_code == 404
    return path


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory, caller: Any) -> Path:
    """Those books under one profile: which wire was spoken does not show in them."""
    return busy_books(tmp_path_factory.mktemp("books") / "books.db", "observed", caller)


def test_a_busy_account_has_no_findings_under_the_other_profile(tmp_path: Path, caller: Any) -> None:
    busy_books(tmp_path / "books.db", "documented", caller)


@pytest.fixture
def db(books: Path) -> Iterator[sqlite3.Connection]:
    """A copy of those books in memory, to be spoilt."""
    with closing(sqlite3.connect(books)) as file, closing(sqlite3.connect(":memory:")) as copy:
        file.backup(copy)
        copy.row_factory = sqlite3.Row
        yield copy


def found_in(db: sqlite3.Connection) -> list[Finding]:
    account = accounts.by_name(db, NAME)
    assert account is not None
    return list(check_account(db, account))


def one(db: sqlite3.Connection, where: str) -> sqlite3.Row:
    row = db.execute(f"SELECT * FROM documents WHERE {where} ORDER BY id LIMIT 1").fetchone()  # noqa: S608 - ours
    assert row is not None, where
    return row  # type: ignore[no-any-return] # sqlite3 has no type for it


ISSUED = "type = 'Invoice' AND status = 'final' AND owner_id > 0"
QUOTE = "type = 'Quote' AND status = 'accepted'"

SPOILT: list[tuple[str, str, str, set[str]]] = [
    # what is spoilt; which document; how; the rules that are then broken, each once and for that document
    ("sum", ISSUED, "UPDATE documents SET sum = sum + 1 WHERE id = :id", {"totals"}),
    ("discount", QUOTE, "UPDATE documents SET discount = discount + 1 WHERE id = :id", {"totals"}),
    ("before taxes", QUOTE, "UPDATE documents SET before_taxes = before_taxes + 1 WHERE id = :id",
     {"totals", "saft"}),
    ("taxes", QUOTE, "UPDATE documents SET taxes = taxes + 1 WHERE id = :id", {"totals", "qr_code"}),
    ("total", QUOTE, "UPDATE documents SET total = total + 1 WHERE id = :id",
     {"totals", "qr_code", "signature"}),
    ("a line's price", QUOTE,
     "UPDATE document_lines SET unit_price = '2.5' WHERE document_id = :id AND position = 0",
     {"totals", "qr_code", "saft"}),
    ("a draft's price", "status = 'draft'",
     "UPDATE document_lines SET unit_price = '2.5' WHERE document_id = :id AND position = 0", {"totals"}),
    ("a price that is no number", "status = 'draft'",
     "UPDATE document_lines SET unit_price = 'dez' WHERE document_id = :id AND position = 0", {"totals"}),
    ("a discount above all", "status = 'draft'",
     "UPDATE document_lines SET discount = '101' WHERE document_id = :id", {"totals", "amounts"}),
    ("no reason", QUOTE, "UPDATE documents SET tax_exemption = NULL WHERE id = :id", {"exemption"}),
    ("the ATCUD", ISSUED, "UPDATE documents SET atcud = 'EMU00000-1' WHERE id = :id", {"atcud"}),
    ("an ATCUD where there is none", "type = 'FeesNote' AND number = 1",
     "UPDATE documents SET atcud = 'EMU00000-1' WHERE id = :id", {"atcud"}),
    ("a receipt is signed", "type = 'Receipt' AND number = 2",
     "UPDATE documents SET signature = (SELECT signature FROM documents WHERE type = 'Quote' "
     "AND signature IS NOT NULL) WHERE id = :id", {"signature"}),
    ("what a receipt pays", "type = 'Receipt' AND number = 1",
     "UPDATE documents SET sum = sum + 1, before_taxes = before_taxes + 1, total = total + 1 WHERE id = :id",
     {"totals", "saft"}),
    ("no signature", "type = 'Quote' AND number = 3",
     "UPDATE documents SET signature = NULL WHERE id = :id; "
     "UPDATE series_rows SET last_signature = '' WHERE id = :row", {"signature"}),
    ("a draft with a number", "type = 'PurchaseOrder' AND status = 'draft'",
     "UPDATE documents SET number = 9 WHERE id = :id", {"state", "qr_code"}),
    ("a draft with a hash", "status = 'draft'", "UPDATE documents SET signature = 'x' WHERE id = :id",
     {"state"}),
    ("a deleted draft with an ATCUD", "status = 'deleted'",
     "UPDATE documents SET atcud = 'EMU00000-1' WHERE id = :id", {"state"}),
    ("an issued order without its entry", "type = 'PurchaseOrder' AND status = 'canceled'",
     "UPDATE documents SET system_entry = NULL WHERE id = :id", {"state"}),
    ("a state of another type", ISSUED, "UPDATE documents SET status = 'accepted' WHERE id = :id", {"state"}),
    ("a receipt in draft", "type = 'Receipt' AND status = 'canceled'",
     "UPDATE documents SET status = 'draft' WHERE id = :id", {"state"}),
    ("a cancelled document without its reason", "type = 'Shipping' AND status = 'canceled'",
     "UPDATE documents SET cancel_message = NULL WHERE id = :id", {"state"}),
    ("an unknown type", "type = 'Quote' AND status = 'deleted'",
     "UPDATE documents SET type = 'Fatura' WHERE id = :id", {"state"}),
    ("another region", QUOTE,
     "UPDATE document_lines SET tax_region = 'LISBOA' WHERE document_id = :id", {"qr_code"}),
    ("settled with a debt", ISSUED, "UPDATE documents SET status = 'settled' WHERE id = :id", {"settlement"}),
    ("paid and not settled", "type = 'Invoice' AND status = 'settled'",
     "UPDATE documents SET status = 'final' WHERE id = :id", {"settlement"}),
    ("a negative payment", "type = 'Receipt' AND number = 2",
     "UPDATE payments SET amount = -1 WHERE receipt_id = :id", {"settlement", "totals", "saft"}),
    ("a payment of what takes none", "type = 'Receipt' AND number = 2",
     "UPDATE payments SET document_id = (SELECT id FROM documents WHERE type = 'Proforma') "
     "WHERE receipt_id = :id", {"settlement"}),
    ("a payment of another client", "type = 'Receipt' AND number = 2",
     "INSERT INTO clients (account_id, name) SELECT account_id, 'Outro' FROM documents WHERE id = :id; "
     "UPDATE documents SET client_id = (SELECT id FROM clients WHERE name = 'Outro') WHERE id = :id",
     {"settlement"}),
]  # read by rows # fmt: skip


@pytest.mark.parametrize(("where", "how", "rules"), [each[1:] for each in SPOILT], ids=[e[0] for e in SPOILT])
def test_what_is_spoilt_is_found_and_nothing_else(
    db: sqlite3.Connection, where: str, how: str, rules: set[str]
) -> None:
    row = one(db, where)
    for statement in how.split("; "):
        db.execute(statement, {"id": row["id"], "row": row["series_row_id"]})
    found = found_in(db)
    assert sorted(each.rule for each in found) == sorted(rules), found
    assert {each.document_id for each in found} == {row["id"]}
    clauses = {rule.name: rule.clause for rule in RULES}
    for each in found:
        assert each.account == NAME
        assert each.clause == clauses[each.rule]
        assert each.sentence.endswith(".")
        assert each.line().startswith(f"{NAME}: {each.rule} (")


def the(found: list[Finding]) -> list[tuple[str, str | None]]:
    return [(each.rule, each.document) for each in found]


class TestSeries:
    """What one document does to those after it."""

    @pytest.fixture
    def chain(self, db: sqlite3.Connection) -> list[sqlite3.Row]:
        """The invoice-receipts: three in a row."""
        found = db.execute("SELECT * FROM documents WHERE type = 'InvoiceReceipt' ORDER BY number").fetchall()
        assert [row["number"] for row in found] == [1, 2, 3]
        return found

    def test_a_gap(self, db: sqlite3.Connection, chain: list[sqlite3.Row]) -> None:
        row = chain[1]
        db.execute("DELETE FROM documents WHERE owner_id = ?", (row["id"],))
        db.execute("DELETE FROM documents WHERE id = ?", (row["id"],))
        found = [each for each in found_in(db) if each.document == f"FR {row['serie']}/3"]
        assert {each.rule for each in found} == {"numbers", "signature"}
        assert "Its number is 3 and follows 1; missing: 2." in [each.sentence for each in found]

    def test_a_number_twice(self, db: sqlite3.Connection, chain: list[sqlite3.Row]) -> None:
        db.execute("DROP INDEX documents_by_number")
        row = one(db, "type = 'FeesNote' AND number = 2")
        db.execute("UPDATE documents SET number = 1, signature = signature WHERE id = ?", (row["id"],))
        found = [each for each in found_in(db) if each.rule == "numbers"]
        assert [each.sentence for each in found] == [
            "Its number is 1 and follows 1: it is not the next.",
            "Its number is 3 and follows 1; missing: 2.",
        ]

    def test_a_date_that_goes_back(self, db: sqlite3.Connection, chain: list[sqlite3.Row]) -> None:
        receipts = "type = 'Receipt' AND number IS NOT NULL"
        last = db.execute(f"SELECT * FROM documents WHERE {receipts} ORDER BY number DESC").fetchone()  # noqa: S608 - ours
        db.execute("UPDATE documents SET date = '2026-09-29' WHERE id = ?", (last["id"],))
        db.execute("UPDATE series_rows SET last_date = '2026-09-29' WHERE id = ?", (last["series_row_id"],))
        assert the(found_in(db)) == [("dates", f"RG {last['serie']}/{last['number']}")]

    def test_an_entry_that_goes_back(self, db: sqlite3.Connection, chain: list[sqlite3.Row]) -> None:
        receipts = "type = 'Receipt' AND number IS NOT NULL"
        last = db.execute(f"SELECT * FROM documents WHERE {receipts} ORDER BY number DESC").fetchone()  # noqa: S608 - ours
        db.execute(
            "UPDATE documents SET system_entry = '2026-09-01T10:00:00+01:00' WHERE id = ?", (last["id"],)
        )
        assert the(found_in(db)) == [("entries", f"RG {last['serie']}/{last['number']}")]

    def test_a_signature_breaks_itself_and_the_next(
        self, db: sqlite3.Connection, chain: list[sqlite3.Row]
    ) -> None:
        first, second, _ = chain
        db.execute("UPDATE documents SET signature = ? WHERE id = ?", (second["signature"], first["id"]))
        assert the(found_in(db)) == [
            ("signature", f"FR {first['serie']}/1"),
            ("signature", f"FR {first['serie']}/2"),
        ]

    @pytest.mark.parametrize("signature", ["", "não", "AAAA", "A" * 172])
    def test_what_is_no_signature(
        self, db: sqlite3.Connection, chain: list[sqlite3.Row], signature: str
    ) -> None:
        last = chain[2]
        db.execute("UPDATE documents SET signature = ? WHERE id = ?", (signature, last["id"]))
        found = the(found_in(db))
        assert ("signature", f"FR {last['serie']}/3") in found
        assert ("counter", f"FR {last['serie']}/3") in found

    @pytest.mark.parametrize("key", ["61 53", "um", f"{2**521 - 1} {2**607 - 1}"])
    def test_another_key(self, db: sqlite3.Connection, key: str) -> None:
        signed = db.execute("SELECT count(*) FROM documents WHERE signature IS NOT NULL").fetchone()[0]
        db.execute("UPDATE meta SET value = ? WHERE key = 'signing_key'", (key,))
        found = found_in(db)
        assert {each.rule for each in found} == {"signature"}
        assert len(found) == signed

    @pytest.mark.parametrize(
        ("column", "value", "words"),
        [
            ("last_number", 7, "remembers 7 as its last number; it is 3"),
            ("last_number", 0, "remembers nothing as its last number; it is 3"),
            ("last_date", "2026-01-01", "remembers 2026-01-01 as its last date"),
            ("last_signature", "abc", "remembers abc as its last signature"),
        ],
    )
    def test_what_a_series_remembers(
        self, db: sqlite3.Connection, chain: list[sqlite3.Row], column: str, value: Any, words: str
    ) -> None:
        last = chain[2]
        db.execute(f"UPDATE series_rows SET {column} = ? WHERE id = ?", (value, last["series_row_id"]))  # noqa: S608 - ours
        (finding,) = found_in(db)
        assert (finding.rule, finding.document) == ("counter", f"FR {last['serie']}/3")
        assert words in finding.sentence

    def test_a_counter_without_documents(self, db: sqlite3.Connection) -> None:
        row = db.execute(
            "SELECT r.id FROM series_rows r JOIN series s ON s.id = r.series_id "
            "WHERE s.serie = 'LOJA2' AND document_root = 'quote'"
        ).fetchone()
        db.execute("UPDATE series_rows SET last_number = 1 WHERE id = ?", (row["id"],))
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("counter", None)
        assert "LOJA2 (quote) remembers 1" in finding.sentence
        assert finding.line().startswith(f"{NAME}: counter (Despacho 8632/2014, 1.6 and 7.1): no document:")

    def test_a_missing_validation_code(self, db: sqlite3.Connection, chain: list[sqlite3.Row]) -> None:
        row_id = chain[0]["series_row_id"]
        db.execute("UPDATE series_rows SET validation_code = NULL WHERE id = ?", (row_id,))
        assert the(found_in(db)) == [("atcud", f"FR {row['serie']}/{row['number']}") for row in chain]

    def test_a_series_of_another_name(self, db: sqlite3.Connection) -> None:
        row = one(db, "serie = 'LOJA2'")
        db.execute("UPDATE series SET serie = 'LOJA3' WHERE serie = 'LOJA2'")
        found = found_in(db)
        assert {each.rule for each in found} == {"series"}
        assert found[0].sentence == "It prints LOJA2, and its series is LOJA3."
        assert found[0].document_id == row["id"]

    def test_a_series_of_another_type(self, db: sqlite3.Connection) -> None:
        db.execute("UPDATE series_rows SET document_root = 'x' WHERE document_root = 'invoice'")
        db.execute("UPDATE series_rows SET document_root = 'invoice' WHERE document_root = 'cash_invoice'")
        found = [each for each in found_in(db) if each.rule == "series"]
        invoices = db.execute("SELECT count(*) FROM documents WHERE type = 'Invoice' AND number > 0")
        assert len(found) == invoices.fetchone()[0]


class TestBetweenDocuments:
    def test_payments_above_the_total(self, db: sqlite3.Connection) -> None:
        settled = one(db, "type = 'Invoice' AND status = 'settled'")
        receipt = db.execute(
            "SELECT r.* FROM payments p JOIN documents r ON r.id = p.receipt_id "
            "WHERE p.document_id = ? AND r.status = 'canceled'",
            (settled["id"],),
        ).fetchone()
        db.execute("UPDATE documents SET status = 'final', canceled_at = NULL WHERE id = ?", (receipt["id"],))
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("settlement", settled["id"])
        assert "Its receipts pay" in finding.sentence

    def test_credit_above_the_owner(self, db: sqlite3.Connection) -> None:
        note = one(db, "type = 'CreditNote' AND status = 'final'")
        small = one(db, "type = 'Invoice' AND total = 0 AND status = 'final'")
        db.execute("UPDATE documents SET owner_id = ? WHERE id = ?", (small["id"], note["id"]))
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("credit", small["id"])

    def test_a_note_under_a_cancelled_owner(self, db: sqlite3.Connection) -> None:
        note = one(db, "type = 'CreditNote' AND status = 'final'")
        canceled = one(db, "type = 'Invoice' AND status = 'canceled' AND total > 10000")
        db.execute("UPDATE documents SET owner_id = ? WHERE id = ?", (canceled["id"], note["id"]))
        assert [(each.rule, each.document_id) for each in found_in(db)] == [("canceled", note["id"])]

    def test_a_receipt_under_a_cancelled_document(self, db: sqlite3.Connection) -> None:
        receipt = one(db, "type = 'Receipt' AND status = 'final' AND total = 321")
        canceled = one(db, "type = 'Invoice' AND status = 'canceled' AND total > 10000")
        db.execute(
            "UPDATE payments SET document_id = ? WHERE receipt_id = ?", (canceled["id"], receipt["id"])
        )
        assert [(each.rule, each.document_id) for each in found_in(db)] == [("canceled", receipt["id"])]

    def test_a_uid_twice(self, db: sqlite3.Connection) -> None:
        db.execute("DROP INDEX documents_by_uid")
        first, second = (one(db, f"proprietary_uid = 'uid-{number}'") for number in (0, 1))
        db.execute("UPDATE documents SET proprietary_uid = 'uid-0' WHERE id = ?", (second["id"],))
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("proprietary_uid", second["id"])
        assert finding.sentence == f"It has the proprietary_uid uid-0 of the document {first['id']}."

    def test_another_account_is_not_looked_at(self, db: sqlite3.Connection) -> None:
        db.execute("UPDATE documents SET sum = sum + 1")
        demo = accounts.by_name(db, "demo")
        assert demo is not None
        assert list(check_account(db, demo)) == []


def spoil_text(pattern: str, replacement: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, replacement, text, count=1)


class TestQrCode:
    """The texts are not stored, so it is the code that makes them that is spoilt."""

    @pytest.mark.parametrize(
        ("pattern", "replacement", "words"),
        [
            (r"^A:\d+", "A:500000000", "A is 500000000 and should be 599999993"),
            (r"\*B:[^*]+", "*B:123", "B is 123"),
            (r"\*C:PT", "*C:ES", "C is ES and should be PT"),
            (r"\*D:OR", "*D:OU", "D is OU and should be OR"),
            (r"\*E:N", "*E:A", "E is A and should be N"),
            (r"\*F:\d+", "*F:20200101", "F is 20200101"),
            (r"\*G:OR ", "*G:OR X", "G is OR X"),
            (r"\*H:[^*]+", "*H:0", "H is 0 and should be EMU"),
            (r"\*I1:PT", "*I1:pt", "I1 is no region: pt"),
            (r"\*I1:PT\*", "*", "it lacks I1"),
            (r"\*I2:[^*]+", "", "its bases are"),
            (r"\*I2:", "*L:", "the fields are not in order"),
            (r"\*I7:[^*]+", "*I7:0.00", "its bases are"),
            (r"\*I8:[^*]+", "*I8:9.99", "its VAT is"),
            (r"\*N:[^*]+", "*N:0,00", "N is no amount"),
            (r"\*O:[^*]+", "*O:1.00", "O is 1.00"),
            (r"\*Q:[^*]+", "*Q:aaaa", "Q is aaaa"),
            (r"\*R:9999", "*R:1234", "R is 1234"),
            (r"$", "*S:x", "S is x, and the document has no payment reference"),
            (r"$", "*Z:x", "there is no field Z"),
            (r"^A:", "A:59999999", "A is empty or longer than 9"),
        ],
    )
    def test_a_field(
        self, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, pattern: str, replacement: str,
        words: str,
    ) -> None:  # read by rows # fmt: skip
        row = one(db, QUOTE)
        make = qr_code.qr_text

        def spoilt(document: Document, issuer: str) -> str:
            text = make(document, issuer)
            return spoil_text(pattern, replacement)(text) if document.id == row["id"] else text

        monkeypatch.setattr(qr_code, "qr_text", spoilt)
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("qr_code", row["id"])
        assert words in finding.sentence

    @pytest.mark.parametrize(
        ("pattern", "replacement", "words"),
        [
            (r";2(\d{8});", r";3\1;", "the check digits of the reference"),
            (r";[\d.]+$", ";1.00", "and should be a reference for"),
            (r"\*S:.*", "", "S is missing, and should be a reference"),
        ],
    )
    def test_a_payment_reference(
        self, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, pattern: str, replacement: str,
        words: str,
    ) -> None:  # read by rows # fmt: skip
        rows = db.execute("SELECT id FROM documents WHERE has_multibanco = 1").fetchall()
        make = qr_code.qr_text

        def spoilt(document: Document, issuer: str) -> str:
            text = make(document, issuer)
            return re.sub(pattern, replacement, text) if "*S:" in text else text

        monkeypatch.setattr(qr_code, "qr_text", spoilt)
        found = found_in(db)
        assert {each.document_id for each in found} == {row["id"] for row in rows}
        assert all(each.rule == "qr_code" and words in each.sentence for each in found)

    def test_a_code_that_cannot_be_made(self, db: sqlite3.Connection) -> None:
        row = one(db, "status = 'canceled' AND type = 'PurchaseOrder'")
        db.execute("UPDATE documents SET client = '[' WHERE id = ?", (row["id"],))
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("qr_code", row["id"])
        assert finding.sentence.startswith("Its QR code cannot be made: JSONDecodeError")


class TestSaft:
    """The files are not stored, so it is the code that makes them that is spoilt."""

    @pytest.mark.parametrize(
        ("pattern", "replacement", "words"),
        [
            (r"<CompanyID>\d+", "<CompanyID>500000000", "the header's CompanyID is 500000000"),
            (r"<StartDate>2026-10-31|<StartDate>[\d-]+", "<StartDate>2025-01-01", "the header's StartDate"),
            (r"<NumberOfEntries>\d+", "<NumberOfEntries>99", "SalesInvoices counts 99 documents"),
            (r"<TotalDebit>[\d.]+", "<TotalDebit>1.11", "the TotalDebit of SalesInvoices is 1.11"),
            (r"<TotalCredit>[\d.]+", "<TotalCredit>1.11", "the TotalCredit of SalesInvoices is 1.11"),
            (r"<NumberOfMovementLines>\d+", "<NumberOfMovementLines>99", "MovementOfGoods counts 99 lines"),
            (r"<TotalQuantityIssued>[\d.]+", "<TotalQuantityIssued>99", "has a quantity of 99"),
            (r"<CustomerID>(\d+)</CustomerID>(\s*<AccountID>)", r"<CustomerID>1</CustomerID>\2",
             "is not among the customers"),
            (r"<ProductCode>Peça</ProductCode>", "<ProductCode>Outra</ProductCode>",
             "is not among the products"),
            (r"<TaxTableEntry>.*?</TaxTableEntry>", "", "is not in the tax table"),
            (r"<Hash>[^<]+", "<Hash>x", "Hash of NC"),
            (r"<ATCUD>[^<]+", "<ATCUD>x", "ATCUD of"),
            (r"<InvoiceStatus>N", "<InvoiceStatus>A", "and the document is"),
            (r"<InvoiceDate>[\d-]+", "<InvoiceDate>2020-01-01", "InvoiceDate of"),
            (r"<SystemEntryDate>[^<]+", "<SystemEntryDate>x", "SystemEntryDate of"),
            (r"<TaxPayable>[\d.]+", "<TaxPayable>1.11", "TaxPayable of"),
            (r"<GrossTotal>[\d.]+", "<GrossTotal>1.11", "GrossTotal of"),
            (r"<CreditAmount>[\d.]+", "<CreditAmount>1.11", "for a net total of"),
            (r"<PaymentAmount>[\d.]+", "<PaymentAmount>1.11", "the payments of"),
            (r"<TaxExemptionReason>[^<]+</TaxExemptionReason>", "", "has a reason without need, or none"),
            (r"<InvoiceNo>FR [^<]+", "<InvoiceNo>FR X/9", "is not of that month"),
            (r"<Invoice>.*?</Invoice>", "", "is there 0 times"),
            (r"<Payments>.*</Payments>", "", "Payments is there 0 times"),
            (r"<Customer>.*?</Customer>", r"\g<0>\g<0>", "Customer is there twice"),
            (r"<AuditFile ", "<AuditFile", "it cannot be made: ParseError"),
        ],
    )  # read by rows # fmt: skip
    def test_a_value(
        self, db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, pattern: str, replacement: str,
        words: str,
    ) -> None:  # read by rows # fmt: skip
        make = saft_export.month_file

        def spoilt(db: sqlite3.Connection, account: Any, month: Any, created: Any) -> bytes:
            text = make(db, account, month, created).decode("windows-1252")
            if month.month == 10:
                found = re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)
                assert found != text
                text = found
            return text.encode("windows-1252")

        monkeypatch.setattr(saft_export, "month_file", spoilt)
        found = found_in(db)
        assert {each.rule for each in found} == {"saft"}
        assert all(each.sentence.startswith("In the SAF-T file of 2026-10, ") for each in found)
        assert [each for each in found if words in each.sentence], found

    def test_a_file_that_cannot_be_made(self, db: sqlite3.Connection) -> None:
        guide = one(db, "type = 'Devolution'")
        db.execute("DELETE FROM deliveries WHERE document_id = ?", (guide["id"],))
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("saft", None)
        assert finding.sentence.startswith("In the SAF-T file of 2026-09, it cannot be made: AssertionError")

    def test_the_official_schema(self, db: sqlite3.Connection) -> None:
        account = accounts.by_name(db, NAME)
        assert account is not None
        for month in (9, 10, 12):
            first = date(2026, month, 1)
            assert saft_schema.errors(saft_export.month_file(db, account, first, first)) == []


@pytest.mark.parametrize("profile", PROFILES)
def test_random_lives_have_no_findings(profile: str, caller: Any, servers: dict[str, Emulator]) -> None:
    """Whatever is asked of an account, in whatever order, its books stay right."""
    server = servers[profile]
    segments = st.sampled_from(
        ["invoices", "invoice_receipts", "simplified_invoices", "credit_notes", "debit_notes", "quotes",
         "shippings", "vat_moss_invoices", "purchase_orders"]
    )  # read by rows # fmt: skip
    line = st.fixed_dictionaries(
        {
            "name": st.sampled_from("abc"),
            "unit_price": st.decimals(0, 2000, places=4).map(str),
            "quantity": st.decimals(0, 9, places=2).map(str),
            "discount": st.sampled_from(["0", "12.5", "33.3333", "100"]),
            "tax": st.sampled_from([{"name": name} for name in ("IVA23", "IVA13", "IVA6", "Isento")]),
        }
    )
    discount = st.sampled_from([None, {"value_type": "percentage", "value": "7.77"}])
    step = st.one_of(
        st.tuples(st.just("create"), segments, st.lists(line, min_size=1, max_size=3), discount),
        st.tuples(st.just("state"), st.integers(0, 9), st.sampled_from(
            ["finalized", "finalized", "settled", "canceled", "deleted", "unsettled", "accepted"]
        )),
        st.tuples(st.just("pay"), st.integers(0, 9), st.one_of(
            st.just("0"), st.just("all"), st.decimals(0, 3000, places=2).map(str)
        )),
        st.tuples(st.just("wait"), st.integers(1, 40)),
    )  # read by rows # fmt: skip

    @given(steps=st.lists(step, min_size=5, max_size=25))
    @settings(max_examples=20, deadline=None)
    def live(steps: list[Any]) -> None:
        http = httpx.Client(base_url=server.base_url)
        name = f"vida-{profile}-{next(COUNT)}"
        made = http.post("/_emulator/accounts", json={"name": name}).json()
        http.close()
        api = caller(server.base_url, name, made["api_key"])
        with api.http:
            api.freeze("2026-01-31T12:00:00")
            known: list[Any] = []
            for kind, *rest in steps:
                carry_out(api, known, kind, rest)
            assert api.get("/_emulator/verify", account=name).json() == {"findings": []}

    live()


def carry_out(api: Any, known: list[Any], kind: str, rest: list[Any]) -> None:
    """Ask for one thing; being refused is right too, failing is not."""
    if kind == "create":
        segment, items, discount = rest
        body = api.plain(items=items, tax_exemption="M07", global_discount=discount)
        if known:
            body["owner_invoice_id"] = known[-1]["id"]
        answer = api.post(f"/{segment}.json", {api.root_of(segment): body})
        if answer.status_code == 422 and "owner_invoice_id" in body:
            del body["owner_invoice_id"]
            answer = api.post(f"/{segment}.json", {api.root_of(segment): body})
        assert answer.status_code == 201, answer.text
        known.append(api.only(answer.json()))
    elif kind == "wait":
        api.control("clock", advance=rest[0] * 86_400)
    elif known:
        document = known[rest[0] % len(known)]
        if kind == "pay":
            amount = api.read(document)["total"] if rest[1] == "all" else rest[1]
            answer = api.pay(document, amount)
            if answer.status_code == 200:
                known.append(api.only(answer.json()))
        else:
            answer = api.change(document, rest[1], "engano")
        assert answer.status_code in {200, 422, 404}, answer.text


def test_an_account_elsewhere_has_books_of_its_own_kind(caller: Any, servers: dict[str, Emulator]) -> None:
    """It has neither signatures nor ATCUD, QR code or SAF-T, and needs no reason for 0 %."""
    url = servers["observed"].base_url
    made = httpx.post(f"{url}/_emulator/accounts", json={"name": "eire", "country": "Ireland"}).json()
    api = caller(url, "eire", made["api_key"])
    with api.http:
        exempt = api.issue(items=[ODD[0], {**ODD[2], "tax": {"name": "Exempt"}}])
        assert exempt["saft_hash"] is None
        api.pay(exempt, 5)
        assert api.get("/_emulator/verify", account="eire").json() == {"findings": []}


def test_a_series_may_be_unregistered_where_that_is_set(api: Any) -> None:
    series = {"sequence": {"serie": "ANTES", "default_sequence": "1"}}
    api.control("config", at_registration="manual", series_registration="optional")
    api.only(api.post("/sequences.json", series).json())
    assert api.issue()["atcud"] == "N/D"
    assert api.get("/_emulator/verify", account=api.name).json() == {"findings": []}
    api.control("config", series_registration="required")
    (finding,) = api.get("/_emulator/verify", account=api.name).json()["findings"]
    assert (finding["rule"], finding["sentence"]) == (
        "atcud",
        "Its series ANTES has no validation code for invoice.",
    )


class TestCommand:
    def test_books_that_are_right(self, books: Path, capsys: pytest.CaptureFixture[str]) -> None:
        before = sorted(books.parent.iterdir()), books.read_bytes()
        assert main(["verify", str(books)]) == 0
        assert capsys.readouterr().out == "no findings\n"
        assert (sorted(books.parent.iterdir()), books.read_bytes()) == before

    def test_books_that_are_not(
        self, db: sqlite3.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        row = one(db, QUOTE)
        db.execute("UPDATE documents SET sum = sum + 1 WHERE id = ?", (row["id"],))
        db.commit()
        with closing(sqlite3.connect(tmp_path / "a%20b?.db")) as file:
            db.backup(file)
        assert main(["verify", str(tmp_path / "a%20b?.db")]) == 1
        assert capsys.readouterr().out == (
            f"{NAME}: totals (Despacho 8632/2014, 3.2.3): OR {row['serie']}/1: "
            f"sum is {(row['sum'] + 1) / 100:.2f} and should be {row['sum'] / 100:.2f}.\n"
        )

    def test_while_an_emulator_runs(
        self, tmp_path: Path, caller: Any, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "books.db"
        with Emulator(data=path) as server:
            api = caller(server.base_url, "demo", "demo-key")
            with api.http:
                api.issue()
                assert main(["verify", str(path)]) == 2
                assert "a running emulator has it: ask that one" in capsys.readouterr().err
        assert main(["verify", str(path)]) == 0
        assert capsys.readouterr().out == "no findings\n"

    def test_after_a_crash(self, tmp_path: Path, caller: Any, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "books.db"
        command = [sys.executable, "-m", "invoicexpress_emulator", "--port", "0", "--data", str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
            try:
                assert server.stdout is not None
                api = caller(json.loads(server.stdout.readline())["base_url"], "demo", "demo-key")
                with api.http:
                    api.issue()
            finally:
                server.kill()
        assert path.with_name("books.db-wal").exists()
        assert main(["verify", str(path)]) == 0
        assert capsys.readouterr().out == "no findings\n"

    def test_what_is_no_data_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        text, other = tmp_path / "a.txt", tmp_path / "other.db"
        text.write_text("olá " * 1000)
        with closing(sqlite3.connect(other)) as db:
            db.execute("CREATE TABLE t (x)")
        for path in (text, other, tmp_path / "nada.db"):
            assert main(["verify", str(path)]) == 2
            assert str(path) in capsys.readouterr().err
        assert not (tmp_path / "nada.db").exists()

    def test_another_version(
        self, db: sqlite3.Connection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        db.execute("PRAGMA user_version = 1")
        with closing(sqlite3.connect(tmp_path / "old.db")) as file:
            db.backup(file)
        assert main(["verify", str(tmp_path / "old.db")]) == 2
        assert "has schema version 1" in capsys.readouterr().err
