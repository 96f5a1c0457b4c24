"""The effect of one document on later ones, and the stored state of a series."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.verify.books import check_account

from tests.emulator.support.busy_books import NAME, found_in, one, the


def as_pem(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


class TestSeries:
    """The effect of one document on later ones."""

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
        back = "UPDATE documents SET date = '2026-09-29', due_date = '2026-09-29' WHERE id = ?"
        db.execute(back, (last["id"],))
        db.execute("UPDATE series_rows SET last_date = '2026-09-29' WHERE id = ?", (last["series_row_id"],))
        assert the(found_in(db)) == [("dates", f"RG {last['serie']}/{last['number']}")]

    @pytest.mark.parametrize(
        ("before", "entry"),
        [
            ("2026-09-30T10:00:00+01:00", "2026-09-01T10:00:00+01:00"),
            # Later in UTC but not in local time: the hour that occurs twice.
            ("2026-10-25T01:50:00+01:00", "2026-10-25T01:10:00+00:00"),
            # Later in local time but not in UTC.
            ("2026-10-25T01:10:00+00:00", "2026-10-25T01:50:00+01:00"),
        ],
    )
    def test_an_entry_that_goes_back(self, db: sqlite3.Connection, before: str, entry: str) -> None:
        first, last = db.execute(
            "SELECT * FROM documents WHERE type = 'PurchaseOrder' AND number IN (1, 2) ORDER BY number"
        ).fetchall()
        for row, moment in ((first, before), (last, entry)):
            moments = {"id": row["id"], "entry": moment, "canceled": "2026-12-31T10:00:00+00:00"}
            db.execute(
                "UPDATE documents SET system_entry = :entry, canceled_at = :canceled WHERE id = :id", moments
            )
        found = found_in(db)
        assert the(found) == [("entries", f"NE {last['serie']}/2")]

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

    @pytest.mark.parametrize("kind", ["no key", "another kind of key", "another RSA key"])
    def test_another_key(self, db: sqlite3.Connection, kind: str) -> None:
        if kind == "no key":
            key = "um"
        elif kind == "another kind of key":
            key = as_pem(ec.generate_private_key(ec.SECP256R1()))
        else:
            key = as_pem(rsa.generate_private_key(65_537, 1024))  # noqa: S505 - the law
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

    @pytest.mark.parametrize(
        ("root", "code", "words"),
        [
            ("quote", "emu-1", "has the validation code emu-1, which is malformed."),
            ("fees_note", "EMU00000", "has the validation code EMU00000, and its type has none."),
        ],
    )
    def test_a_validation_code_that_is_none(
        self, db: sqlite3.Connection, root: str, code: str, words: str
    ) -> None:
        db.execute(
            "UPDATE series_rows SET validation_code = ? WHERE document_root = ? "
            "AND series_id = (SELECT id FROM series WHERE serie = 'LOJA2')",
            (code, root),
        )
        (finding,) = found_in(db)
        assert (finding.rule, finding.document_id) == ("atcud", None)
        assert finding.sentence == f"The series LOJA2 ({root}) {words}"

    def test_a_validation_code_of_another_account(self, db: sqlite3.Connection) -> None:
        db.execute(
            "UPDATE series_rows SET validation_code = (SELECT validation_code FROM series_rows r "
            "JOIN series s ON s.id = r.series_id WHERE s.serie = 'DEMO' AND document_root = 'invoice') "
            "WHERE document_root = 'quote' AND series_id = (SELECT id FROM series WHERE serie = 'LOJA2')"
        )
        (finding,) = found_in(db)
        assert (finding.rule, finding.sentence) == (
            "atcud",
            "The series LOJA2 (quote) has the validation code of DEMO (invoice).",
        )

    def test_a_series_of_another_account(self, db: sqlite3.Connection) -> None:
        demo = accounts.by_name(db, "demo")
        assert demo is not None
        row = one(db, "serie = 'LOJA2'")
        db.execute("UPDATE series SET account_id = ? WHERE serie = 'LOJA2'", (demo.id,))
        documents = db.execute("SELECT count(*) FROM documents WHERE serie = 'LOJA2'").fetchone()[0]
        found = found_in(db)
        assert {each.rule for each in found} == {"series"}
        assert len(found) == documents
        row_id = row["series_row_id"]
        assert found[0].sentence == f"Its series row {row_id} belongs to no series of this account."
        assert {"series"} <= {each.rule for each in check_account(db, demo)}

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
