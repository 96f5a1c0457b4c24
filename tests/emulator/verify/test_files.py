"""QR codes and SAF-T files are generated, not stored, so these tests corrupt the code that generates them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from invoicexpress_emulator.books.accounts import rows as accounts
from invoicexpress_emulator.books.documents.document import Document
from invoicexpress_emulator.output import qr_code
from invoicexpress_emulator.output.saft import export

from tests import saft_schema
from tests.emulator.support.busy_books import NAME, QUOTE, found_in, one


def spoil_text(pattern: str, replacement: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, replacement, text, count=1)


class TestQrCode:
    """The texts are not stored, so the code that writes them is corrupted."""

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
            (r"\*I1:PT", "*I1:pt", "I1 is not a region: pt"),
            (r"\*I1:PT\*", "*", "it lacks I1"),
            (r"\*I2:[^*]+", "", "its bases are"),
            (r"\*I2:", "*L:", "the fields are out of order"),
            (r"\*I7:[^*]+", "*I7:0.00", "its bases are"),
            (r"\*I8:[^*]+", "*I8:9.99", "its VAT is"),
            (r"\*N:[^*]+", "*N:0,00", "N is not an amount"),
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
            (r"MB;00000;", "MB;11604;", "and should be a reference for"),
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
        client, finding = found_in(db)
        assert (client.rule, client.document_id) == ("client", row["id"])
        assert (finding.rule, finding.document_id) == ("qr_code", row["id"])
        assert finding.sentence.startswith("Its QR code cannot be made: JSONDecodeError")


class TestSaft:
    """The files are not stored, so the code that writes them is corrupted."""

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
            (r"<CustomerTaxID>[^<]+", "<CustomerTaxID>PT 599999993", "the tax number of the customer"),
            (r"<UnitOfMeasure>UN<", "<UnitOfMeasure>unit<", "and others spell it"),
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
            (r"<UnitPrice>[\d.]+", "<UnitPrice>1.111111", "and its quantity times its price is"),
            (r"<PaymentAmount>[\d.]+", "<PaymentAmount>1.11", "the payments of"),
            (r"<TaxExemptionReason>[^<]+</TaxExemptionReason>", "", "or lacks one without VAT"),
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
        make = export.month_file

        def spoilt(db: sqlite3.Connection, account: Any, month: Any, created: Any) -> bytes:
            text = make(db, account, month, created).decode("windows-1252")
            if month.month == 10:
                found = re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)
                assert found != text
                text = found
            return text.encode("windows-1252")

        monkeypatch.setattr(export, "month_file", spoilt)
        found = found_in(db)
        assert {each.rule for each in found} == {"saft"}
        assert all(each.sentence.startswith("In the SAF-T file of 2026-10, ") for each in found)
        assert [each for each in found if words in each.sentence], found

    def test_a_file_that_cannot_be_made(self, db: sqlite3.Connection) -> None:
        guide = one(db, "type = 'Devolution'")
        db.execute("DELETE FROM deliveries WHERE document_id = ?", (guide["id"],))
        goods, finding = found_in(db)
        assert (goods.rule, goods.document_id) == ("goods", guide["id"])
        assert (finding.rule, finding.document_id) == ("saft", None)
        assert finding.sentence.startswith("In the SAF-T file of 2026-09, it cannot be made: AssertionError")

    def test_the_official_schema(self, db: sqlite3.Connection) -> None:
        account = accounts.by_name(db, NAME)
        assert account is not None
        for month in (9, 10, 12):
            first = date(2026, month, 1)
            assert saft_schema.errors(export.month_file(db, account, first, first)) == []
