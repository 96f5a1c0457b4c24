"""Rules between documents: payments, notes, cancellations."""

from __future__ import annotations

import sqlite3

from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.verify.books import check_account

from tests.emulator.support.busy_books import found_in, one


class TestBetweenDocuments:
    def test_payments_above_the_total(self, db: sqlite3.Connection) -> None:
        settled = one(db, "type = 'Invoice' AND status = 'settled'")
        receipt = db.execute(
            "SELECT r.* FROM payments p JOIN documents r ON r.id = p.receipt_id "
            "WHERE p.document_id = ? AND r.status = 'canceled'",
            (settled["id"],),
        ).fetchone()
        db.execute(
            "UPDATE documents SET status = 'final', canceled_at = NULL, cancel_message = NULL WHERE id = ?",
            (receipt["id"],),
        )
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

    def test_cancelled_before_what_rests_on_it(self, db: sqlite3.Connection) -> None:
        receipt = one(db, "type = 'Receipt' AND status = 'canceled' AND number < 4")
        note = one(db, "type = 'CreditNote' AND status = 'canceled'")
        owner = one(db, "type = 'Invoice' AND status = 'canceled' AND total > 10000")
        late = "2030-01-01T10:00:00+00:00"
        for row in (receipt, note):
            db.execute("UPDATE documents SET canceled_at = ? WHERE id = ?", (late, row["id"]))
        db.execute("UPDATE documents SET owner_id = ?, canceled_at = ?, system_entry = system_entry "
                   "WHERE id = ?", (owner["id"], late, note["id"]))  # read by rows # fmt: skip
        db.execute("UPDATE documents SET canceled_at = ? WHERE id = ?", (owner["system_entry"], owner["id"]))
        found = [each for each in found_in(db) if each.rule == "canceled"]
        assert [(each.rule, each.document_id) for each in found] == [("canceled", owner["id"])]
        assert found[0].sentence.startswith("It was cancelled before the document ")

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
