"""A corrupted document has exactly the findings of the rules that it breaks."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from invoicexpress_emulator.verify.finding import RULES

from tests.emulator.support.busy_books import ISSUED, NAME, QUOTE, busy_books, found_in, one


def test_a_busy_account_has_no_findings_under_the_other_profile(tmp_path: Path, caller: Any) -> None:
    busy_books(tmp_path / "books.db", "documented", caller)


SPOILT: list[tuple[str, str, str, set[str]]] = [
    # the corruption; the document; the SQL; the rules then broken, each once and for that document
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
     "UPDATE documents SET client_id = (SELECT id FROM clients WHERE name = 'Outro') WHERE id = :id; "
     "UPDATE documents SET client = json_set(client, '$.id', client_id) WHERE id = :id",
     {"settlement"}),
    ("a payment of what came later", "type = 'Receipt' AND number = 1",
     "UPDATE payments SET document_id = (SELECT max(id) FROM documents "
     "WHERE type = 'Invoice' AND status = 'final' AND owner_id > 0) WHERE receipt_id = :id", {"settlement"}),
    ("a payment in no way that there is", "type = 'Receipt' AND number = 2",
     "UPDATE payments SET mechanism = 'XX' WHERE receipt_id = :id", {"settlement"}),
    ("another family", QUOTE, "UPDATE documents SET family = 'invoice' WHERE id = :id", {"state"}),
    ("a live document that was cancelled", QUOTE,
     "UPDATE documents SET cancel_message = 'engano' WHERE id = :id", {"state"}),
    ("cancelled at no moment", "type = 'PurchaseOrder' AND status = 'canceled'",
     "UPDATE documents SET canceled_at = 'ontem' WHERE id = :id", {"state", "qr_code"}),
    ("cancelled before it was entered", "type = 'Shipping' AND status = 'canceled'",
     "UPDATE documents SET canceled_at = '2026-09-30T09:59:59+01:00' WHERE id = :id", {"entries"}),
    ("entered at no moment", "type = 'PurchaseOrder' AND status = 'canceled'",
     "UPDATE documents SET system_entry = 'ontem' WHERE id = :id", {"entries", "qr_code"}),
    ("due before its date", ISSUED, "UPDATE documents SET due_date = '2026-01-01' WHERE id = :id",
     {"due_date"}),
    ("due at no date", "status = 'canceled' AND type = 'PurchaseOrder'",
     "UPDATE documents SET due_date = 'ontem' WHERE id = :id", {"due_date", "qr_code"}),
    ("a receipt that is due later", "type = 'Receipt' AND number = 2",
     "UPDATE documents SET due_date = '2027-01-01' WHERE id = :id", {"due_date"}),
    ("no lines", "type = 'Invoice' AND total = 0 AND status = 'final'",
     "DELETE FROM document_lines WHERE document_id = :id", {"lines"}),
    ("a line is skipped", QUOTE,
     "UPDATE document_lines SET position = 9 WHERE document_id = :id AND position = 2", {"lines"}),
    ("a line of nothing", QUOTE,
     "UPDATE document_lines SET name = ' ' WHERE document_id = :id AND position = 0", {"lines"}),
    ("a unit that is none", QUOTE,
     "UPDATE document_lines SET unit = 'kg' WHERE document_id = :id AND position = 0", {"lines"}),
    ("a receipt with a line", "type = 'Receipt' AND number = 2",
     "INSERT INTO document_lines "
     "SELECT :id, 0, NULL, 'a', NULL, '0', '1', NULL, '0', 1, 'IVA23', '23', 'PT', 'NOR', NULL", {"lines"}),
    ("a reason that is none", QUOTE, "UPDATE documents SET tax_exemption = 'M98' WHERE id = :id",
     {"exemption"}),
    ("a line's reason that is none", QUOTE,
     "UPDATE document_lines SET tax_exemption = 'M98' WHERE document_id = :id AND position = 0",
     {"exemption"}),
    ("more tax withheld than all", "type = 'Quote' AND status = 'accepted'",
     "UPDATE documents SET retention = '100.01' WHERE id = :id", {"amounts"}),
    ("a discount of the document below nothing", "type = 'SimplifiedInvoice'",
     "UPDATE documents SET discount_value = '-3.33' WHERE id = :id",
     {"amounts", "totals", "qr_code", "saft"}),
    ("a discount of no kind", "type = 'Quote' AND status = 'accepted'",
     "UPDATE documents SET discount_value = '3' WHERE id = :id", {"amounts"}),
    ("no such currency", "type = 'SimplifiedInvoice'",
     "UPDATE documents SET currency_code = 'XXX' WHERE id = :id", {"currency"}),
    ("a currency without a rate", "type = 'SimplifiedInvoice'",
     "UPDATE documents SET rate = NULL WHERE id = :id", {"currency"}),
    ("a rate of nothing", "type = 'SimplifiedInvoice'",
     "UPDATE documents SET rate = '-1' WHERE id = :id", {"currency"}),
    ("a rate of EUR", QUOTE, "UPDATE documents SET rate = '1.5' WHERE id = :id", {"currency"}),
    ("a client without a name", QUOTE,
     "UPDATE documents SET client = json_set(client, '$.name', '') WHERE id = :id", {"client"}),
    ("another client's copy", QUOTE,
     "UPDATE documents SET client = json_set(client, '$.id', 1) WHERE id = :id", {"client"}),
    ("a reference that nobody asked for", "type = 'Invoice' AND has_multibanco = 1",
     "UPDATE documents SET wants_multibanco = 0 WHERE id = :id", {"multibanco"}),
    ("a reference that is missing", "type = 'Invoice' AND has_multibanco = 1",
     "UPDATE documents SET has_multibanco = 0 WHERE id = :id", {"multibanco"}),
    ("goods that left before", "type = 'Transport'",
     "UPDATE deliveries SET loaded_at = '2026-09-30T10:00:00' WHERE document_id = :id", {"goods"}),
    ("goods that leave at no moment", "type = 'Transport' AND status = 'final'",
     "UPDATE deliveries SET loaded_at = NULL WHERE document_id = :id", {"goods", "saft"}),
    ("goods from nowhere", "type = 'Transport'",
     "UPDATE deliveries SET address_from = NULL WHERE document_id = :id", {"goods"}),
    ("goods to no town", "type = 'Transport'",
     "UPDATE deliveries SET address_to = json_set(address_to, '$.city', '') WHERE document_id = :id",
     {"goods"}),
    ("goods to no country", "type = 'Transport'",
     "UPDATE deliveries SET address_to = json_set(address_to, '$.country', 'Lua') WHERE document_id = :id",
     {"goods"}),
    ("a real code of the tax authority", "type = 'Transport'",
     "UPDATE deliveries SET at_doc_code = '123456789' WHERE document_id = :id", {"goods"}),
    ("goods of a quote", QUOTE, "INSERT INTO deliveries (document_id) VALUES (:id)", {"goods"}),
    ("an order without goods", "type = 'PurchaseOrder' AND status = 'canceled'",
     "DELETE FROM deliveries WHERE document_id = :id", {"goods"}),
    ("a note of a quote", "type = 'CreditNote' AND status = 'canceled'",
     "UPDATE documents SET owner_id = (SELECT id FROM documents WHERE type = 'Quote' AND number = 1) "
     "WHERE id = :id", {"owner"}),
    ("a note of a draft", "type = 'CreditNote' AND status = 'canceled'",
     "UPDATE documents SET owner_id = (SELECT id FROM documents WHERE type = 'Invoice' AND number IS NULL) "
     "WHERE id = :id", {"owner"}),
    ("a note of what came later", "type = 'CreditNote' AND status = 'canceled' AND number = 2",
     "UPDATE documents SET owner_id = (SELECT max(id) FROM documents WHERE type = 'InvoiceReceipt' "
     "AND number = 3) WHERE id = :id", {"owner"}),
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
    # A month's file that cannot be generated at all is not tied to a single document.
    assert {each.document_id for each in found if "it cannot be made" not in each.sentence} == {row["id"]}
    clauses = {rule.name: rule.clause for rule in RULES}
    for each in found:
        assert each.account == NAME
        assert each.clause == clauses[each.rule]
        assert each.sentence.endswith(".")
        assert each.line().startswith(f"{NAME}: {each.rule} (")
