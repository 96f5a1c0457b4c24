"""Warnings: books that break no rule, but would make a tax inspector ask."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from invoicexpress_emulator import Emulator
from invoicexpress_emulator.__main__ import main
from invoicexpress_emulator.control_client import Control
from invoicexpress_emulator.verify.finding import RULES, WARNINGS

from tests.emulator.support.busy_books import ISSUED, QUOTE, found_in, one, warned_of

NOTE = "type = 'CreditNote' AND status = 'final'"
LATER_NOTE = "type = 'CreditNote' AND status = 'final' AND number > 1"

SUSPECT: list[tuple[str, str, str, set[str]]] = [
    # the oddity; the document; the SQL; the warnings, each once and for that document
    ("the rate of another region", ISSUED,
     "UPDATE document_lines SET tax_region = 'PT-MA' WHERE document_id = :id AND position = 0",
     {"vat_rate"}),
    ("a rate by another name", ISSUED,
     "UPDATE document_lines SET tax_code = 'RED' WHERE document_id = :id AND position = 0",
     {"vat_rate"}),
    ("a rate that claims to be exempt", ISSUED,
     "UPDATE document_lines SET tax_code = 'ISE' WHERE document_id = :id AND position = 0",
     {"vat_rate"}),
    ("a reason that is not there yet", QUOTE,
     "UPDATE documents SET tax_exemption = 'M35', date = '2026-06-30' WHERE id = :id", {"exemption_date"}),
    ("a reason of a younger law", QUOTE,
     "UPDATE documents SET tax_exemption = 'M34', date = '2022-12-31' WHERE id = :id", {"exemption_date"}),
    ("a reason that is there no longer", QUOTE,
     "UPDATE documents SET tax_exemption = 'M26', date = '2024-01-01' WHERE id = :id", {"exemption_date"}),
    ("a line's reason that is not there yet", QUOTE,
     "UPDATE documents SET date = '2026-06-30' WHERE id = :id; "
     "UPDATE document_lines SET tax_exemption = 'M35' WHERE document_id = :id AND position = 0",
     {"exemption_date"}),
    ("works that their reason left to another", QUOTE,
     "UPDATE documents SET tax_exemption = 'M31', date = '2026-07-01' WHERE id = :id; "
     "UPDATE document_lines SET tax_value = '0', tax_code = 'ISE', description = 'Verba 2.42' "
     "WHERE document_id = :id AND position = 0", {"exemption_date"}),
    ("works named in the observations", QUOTE,
     "UPDATE documents SET tax_exemption = 'M31', date = '2026-07-01', observations = 'verba n.º 2.42' "
     "WHERE id = :id", {"exemption_date"}),
    ("a wrong tax number", QUOTE,
     "UPDATE documents SET client = json_set(client, '$.fiscal_id', '599999994') WHERE id = :id",
     {"fiscal_id"}),
    ("a short tax number", QUOTE,
     "UPDATE documents SET client = json_set(client, '$.fiscal_id', '123') WHERE id = :id", {"fiscal_id"}),
    ("a wrong tax number behind a prefix", QUOTE,
     "UPDATE documents SET client = json_set(client, '$.fiscal_id', 'PT 599 999 994') WHERE id = :id",
     {"fiscal_id"}),
    ("a note of nothing", NOTE, "UPDATE documents SET owner_id = NULL WHERE id = :id",
     {"note_without_owner"}),
    ("a note for somebody else", LATER_NOTE, "UPDATE documents SET client_id = client_id + 1 WHERE id = :id",
     {"note_client"}),
]  # read by rows # fmt: skip

OF_THEIR_OWN = {"exemption_date", "vat_rate"}
"""Warnings that cite the law of the code or of the region."""


@pytest.mark.parametrize(("where", "how", "rules"), [e[1:] for e in SUSPECT], ids=[e[0] for e in SUSPECT])
def test_what_is_odd_is_warned_of_and_nothing_else(
    db: sqlite3.Connection, where: str, how: str, rules: set[str]
) -> None:
    row = one(db, where)
    for statement in how.split("; "):
        db.execute(statement, {"id": row["id"]})
    warned = warned_of(db)
    assert sorted(each.rule for each in warned) == sorted(rules), warned
    assert {each.document_id for each in warned} == {row["id"]}
    clauses = {rule.name: rule.clause for rule in WARNINGS}
    for each in warned:
        assert each.is_warning
        assert each.clause == clauses[each.rule] or each.rule in OF_THEIR_OWN
        assert each.sentence.endswith(".")
        assert each.line().split(": ")[1].startswith(f"warning, {each.rule} (")


LAWS = [
    ("tax_exemption = 'M35', date = '2026-06-30'", "Decreto-Lei 97/2026; AT table V4.0"),
    ("tax_exemption = 'M34', date = '2022-12-31'", "Decreto-Lei 85/2022"),
    ("tax_exemption = 'M31', observations = 'verba 2.42'", "Decreto-Lei 97/2026; AT table V4.0"),
    ("tax_exemption = 'M26', date = '2023-04-17'", "Lei 17/2023; Lei 60-A/2023"),
    ("tax_exemption = 'M26', date = '2024-01-01'", "Lei 17/2023; Lei 60-A/2023"),
]


@pytest.mark.parametrize(("change", "law"), LAWS)
def test_a_reason_is_judged_by_its_own_law(db: sqlite3.Connection, change: str, law: str) -> None:
    row = one(db, QUOTE)
    db.execute(f"UPDATE documents SET {change} WHERE id = ?", (row["id"],))  # noqa: S608 - own constants
    assert [each.clause for each in warned_of(db) if each.rule == "exemption_date"] == [law]


@pytest.mark.parametrize(
    ("code", "on", "text"),
    [
        ("M31", "2026-07-01", "Remodelação"),  # other construction, as far as anyone can tell
        ("M31", "2026-06-30", "verba 2.42"),
        ("M35", "2026-07-01", "verba 2.42"),
        ("M31", "2026-07-01", "verba 2.4 e 2.425, sala 2.42"),
    ],
)
def test_works_that_a_text_does_not_name_pass(db: sqlite3.Connection, code: str, on: str, text: str) -> None:
    row = one(db, QUOTE)
    how = "UPDATE documents SET tax_exemption = ?, date = ?, observations = ? WHERE id = ?"
    db.execute(how, (code, on, text, row["id"]))
    assert warned_of(db) == []


def test_a_line_with_vat_needs_no_reason(db: sqlite3.Connection) -> None:
    row = one(db, QUOTE)
    db.execute("UPDATE documents SET tax_exemption = 'M31', date = '2026-07-01' WHERE id = ?", (row["id"],))
    taxed = "document_id = ? AND CAST(tax_value AS REAL) > 0"
    how = f"UPDATE document_lines SET description = 'verba 2.42' WHERE {taxed}"  # noqa: S608 - own constants
    assert db.execute(how, (row["id"],)).rowcount
    assert warned_of(db) == []


@pytest.mark.parametrize(
    ("region", "on", "law"),
    [
        ("PT-MA", "2024-09-30", "Lei 14-A/2012"),
        ("PT-MA", "2024-10-01", "DLR 6/2024/M; Ofício Circulado 25045/2024"),
        ("PT-AC", "2013-12-31", "Lei 55-A/2010"),
        ("PT", "2010-06-30", "Lei 26-A/2008"),
    ],
)
def test_a_rate_is_judged_by_the_law_of_its_region_and_day(
    db: sqlite3.Connection, region: str, on: str, law: str
) -> None:
    row = one(db, QUOTE)
    db.execute("UPDATE documents SET date = ? WHERE id = ?", (on, row["id"]))
    how = "UPDATE document_lines SET tax_region = ?, tax_value = '7', tax_code = NULL WHERE document_id = ?"
    db.execute(how, (region, row["id"]))
    assert {each.clause for each in warned_of(db) if each.rule == "vat_rate"} == {law}


def test_the_names_of_rules_and_warnings_are_all_different() -> None:
    names = [rule.name for rule in (*RULES, *WARNINGS)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "number",
    [
        "599999993",
        "999999990",
        "501442600",
        "600084779",
        "123456789",
        "245123450",
        "PT501442600",
        "PT 501 442 600",
    ],
)
def test_tax_numbers_that_are_right(db: sqlite3.Connection, number: str) -> None:
    row = one(db, QUOTE)
    how = "UPDATE documents SET client = json_set(client, '$.fiscal_id', ?) WHERE id = ?"
    db.execute(how, (number, row["id"]))
    from stdnum.pt import nif  # noqa: PLC0415 - another's opinion, for this test alone

    assert [each.rule for each in warned_of(db)] == ([] if nif.is_valid(number) else ["fiscal_id"])


def test_what_was_cancelled_is_not_warned_of(db: sqlite3.Connection) -> None:
    row = one(db, "status = 'canceled' AND type = 'Invoice'")
    db.execute("UPDATE document_lines SET tax_region = 'PT-MA' WHERE document_id = ?", (row["id"],))
    assert warned_of(db) == []


def test_a_document_that_cannot_be_read_is_a_finding(db: sqlite3.Connection) -> None:
    row = one(db, QUOTE)
    db.execute("UPDATE documents SET client = '[', date = 'ontem' WHERE id = ?", (row["id"],))
    db.execute("UPDATE document_lines SET quantity = 'dez' WHERE document_id = ?", (row["id"],))
    assert warned_of(db) == []
    assert {"client", "totals"} <= {each.rule for each in found_in(db)}


class TestThroughTheService:
    """Requests that the emulator accepts in both profiles, and then warns about."""

    def warnings(self, api: Any) -> list[tuple[str, str | None, str]]:
        answer = api.get("/_emulator/verify", account=api.name).json()
        assert answer["findings"] == []
        return [(each["rule"], each["document"], each["sentence"]) for each in answer["warnings"]]

    @pytest.mark.parametrize(
        ("unit", "price", "warned"),
        [
            (None, "813.00", None),  # 999.99 with VAT
            ("unit", "813.01", "It is of 1000.00; "),
            ("unit", "813.02", "It is of 1000.01; a simplified invoice of goods is of at most 1000.00."),
            ("hour", "81.30", None),
            ("service", "81.31", "It is of 100.01; a simplified invoice of services is of at most 100.00."),
            ("month", "813.02", "It is of 1000.01; a simplified invoice of services is of at most 100.00."),
        ],
    )
    def test_simplified_invoices(
        self, any_api: Any, unit: str | None, price: str, warned: str | None
    ) -> None:
        line = {"name": "Coisa", "unit_price": price, "quantity": 1, **({"unit": unit} if unit else {})}
        issued = any_api.issue("simplified_invoices", items=[line])
        found = self.warnings(any_api)
        if warned is None or issued["total"] == 1000:
            assert found == []
        else:
            number = f"FS {issued['inverted_sequence_number']}"
            assert found == [("simplified_limit", number, warned)]

    def test_other_invoices_have_no_limit(self, any_api: Any) -> None:
        any_api.issue(items=[{"name": "Coisa", "unit_price": "9000", "quantity": 1, "unit": "hour"}])
        assert self.warnings(any_api) == []

    def test_the_reduced_rate_of_madeira_changed(self, any_api: Any) -> None:
        tax = {"name": "Madeira", "value": "5.0", "region": "PT-MA", "code": "RED"}
        assert any_api.post("/taxes.json", {"tax": tax}).status_code == 201
        line = {"name": "Pão", "unit_price": "1", "quantity": 1, "tax": {"name": "Madeira"}}
        for day in ("30/09/2024", "01/10/2024"):
            last = any_api.issue(items=[line], date=day, due_date=day)
        number = f"FT {last['inverted_sequence_number']}"
        sentence = "On line 1, 5 % is not a rate of PT-MA on 2024-10-01."
        assert self.warnings(any_api) == [("vat_rate", number, sentence)]

    def test_a_tax_number_that_is_taken_though_it_is_wrong(self, any_api: Any) -> None:
        any_api.control("config", fiscal_id="accept")
        any_api.issue(client={"name": "Rui", "fiscal_id": "599999994"})
        any_api.issue(client={"name": "Rui 2", "fiscal_id": "599999994", "country": "Spain"})
        assert [each[0] for each in self.warnings(any_api)] == ["fiscal_id"]

    def test_a_note_that_corrects_nothing(self, any_api: Any) -> None:
        any_api.issue("credit_notes")
        any_api.issue("debit_notes")
        assert [each[0] for each in self.warnings(any_api)] == ["note_without_owner"] * 2

    def test_a_note_of_more_than_was_sold(self, any_api: Any) -> None:
        """The value is within the invoice's, but not the quantity (Despacho 8632/2014, 3.2.7)."""
        lines = [{"name": "Cadeira", "unit_price": "10", "quantity": 2},
                 {"name": "Cadeira", "unit_price": "12", "quantity": 1}]  # read by rows # fmt: skip
        invoice = any_api.issue(items=lines)
        for quantity in ("3", "0.5"):
            line = {"name": "Cadeira", "unit_price": "5", "quantity": quantity}
            note = any_api.issue("credit_notes", items=[line], owner_invoice_id=invoice["id"])
        number = f"FT {invoice['inverted_sequence_number']}"
        assert self.warnings(any_api) == [
            ("credited_quantity", number, "Its credit notes take 3.5 of Cadeira, and it has 3.")
        ]
        any_api.changed(note, "canceled", "engano")
        assert self.warnings(any_api) == []

    def test_an_account_elsewhere_is_not_warned(self, servers: Any, caller: Any) -> None:
        control = Control(servers["observed"].base_url)
        made = control.create_account("aviso-eire", country="Ireland")
        api = caller(servers["observed"].base_url, "aviso-eire", made.api_key)
        with api.http:
            api.issue("credit_notes")
        assert control.of("aviso-eire").warnings() == []


def test_the_client_and_the_command_tell_warnings_from_findings(
    tmp_path: Path, caller: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "books.db"
    with Emulator(data=path) as server:
        api = caller(server.base_url, "demo", "demo-key")
        with api.http:
            api.issue("credit_notes")
        control = Control(server.base_url)
        assert control.verify() == []
        (warned,) = control.warnings()
        assert control.warnings(all_accounts=True) == [warned]
        assert (warned.account, warned.rule, warned.document) == ("demo", "note_without_owner", "NC DEMO/1")
    assert main(["verify", str(path)]) == 0
    assert capsys.readouterr().out == (
        "demo: warning, note_without_owner (Despacho 8632/2014, 1.4): NC DEMO/1: "
        "It is a credit_note, and corrects nothing.\nno findings\n"
    )
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE documents SET sum = sum + 1")
    assert main(["verify", str(path)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("demo: totals (")
    assert second.startswith("demo: warning, note_without_owner (")
