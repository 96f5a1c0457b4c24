"""From rows to checked documents: what a file means, and each of its faults with row and column."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import InvoiceWrite, Tax, Totals, errors, totals
from invoicexpress_billing.faults import InputFault
from invoicexpress_billing.planned import Payment, PlannedDocument
from invoicexpress_billing.plans import Plan, VatRow, plan
from invoicexpress_billing.tables import Cell, Kind, Row, Table, read_table

from ..folded import folded
from .files import TAXES, TODAY, write_xlsx

GOOD: Final[Mapping[str, Cell]] = {
    "key": "A-1",
    "date": "30/11/2026",
    "client_name": "Ana",
    "item": "Horas",
    "quantity": "2",
    "unit_price": "10,50",
    "tax": "23",
}
"""A row without a fault: 25,83 EUR."""


def table_of(*rows: Mapping[str, Cell], kind: Kind = "csv") -> Table:
    """Make a table of rows, numbered from 2 on; what a row leaves out is as in GOOD."""
    headers = tuple(dict.fromkeys(name for row in (GOOD, *rows) for name in row))
    merged = [{**GOOD, **row} for row in rows]
    cells = [tuple(row.get(name) for name in headers) for row in merged]
    return Table("a", kind, headers, tuple(Row(number, each) for number, each in enumerate(cells, start=2)))


def planned(*rows: Mapping[str, Cell], kind: Kind = "csv", **options: Any) -> Plan:
    """Plan rows that are like GOOD but for some cells."""
    chosen: dict[str, Any] = {"taxes": TAXES, "today": TODAY, **options}
    return plan(table_of(*rows, kind=kind), **chosen)


def faults_of(*rows: Mapping[str, Cell], kind: Kind = "csv", **options: Any) -> list[str]:
    """Return the faults as a person reads them."""
    return [str(fault) for fault in planned(*rows, kind=kind, **options).faults]


def the_one(found: Plan) -> PlannedDocument:
    """Return the only document of a plan without faults."""
    assert found.faults == ()
    (document,) = found.documents
    return document


def amounts_of(document: PlannedDocument) -> Totals:
    """Return all amounts of a document."""
    assert document.amounts is not None
    return document.amounts


HEADERS: Final = (
    "Chave;Tipo;Data;Vencimento;Série;Cliente;NIF;E-mail;Artigo;Descrição;Qtd;Unidade;Preço unitário (€);"
    "Desconto %;IVA;Motivo de isenção;Total c/ IVA;Pago;Meio de pagamento"
)
OF_EXCEL: Final = "\r\n".join(
    (
        HEADERS,
        " A-1 ;FT;30/11/2026;30/12/2026;2026;Conceição & Irmãos, Lda.;508 025 338;ana@example.com;"
        "Avença;Mês de novembro;1;mês;1.234,50 €;10%;23%;;1.385,67;1.000,00;Transferência",
        "A-1;;;;;;;;Livros;;1,50;un;12,00;;6,00;;;;",
        "A-2;Fatura-recibo;29/11/2026;;;João;;;Curso;;1;;100,00;;0;M07 - Isento artigo 9.º;100,00;;",
        "",
    )
)


class TestFilesOfExcel:
    @pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig"])
    def test_golden(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "novembro.csv"
        path.write_bytes(OF_EXCEL.encode(encoding))

        found = plan(read_table(path), taxes=TAXES, today=TODAY)

        assert [str(fault) for fault in found.faults] == []
        first, second = found.documents
        assert first.fields == {
            "date": datetime.date(2026, 11, 30),
            "due_date": datetime.date(2026, 12, 30),
            "client": {
                "name": "Conceição & Irmãos, Lda.",
                "fiscal_id": "508025338",
                "email": "ana@example.com",
            },
            "items": [
                {
                    "name": "Avença",
                    "description": "Mês de novembro",
                    "quantity": Decimal(1),
                    "unit": "month",
                    "unit_price": Decimal("1234.50"),
                    "discount": Decimal(10),
                    "tax": {"name": "IVA23"},
                },
                {
                    "name": "Livros",
                    "quantity": Decimal("1.50"),
                    "unit": "unit",
                    "unit_price": Decimal("12.00"),
                    "tax": {"name": "IVA6"},
                },
            ],
        }
        assert (first.key, first.type, first.serie, first.rows) == ("A-1", "invoice", "2026", (2, 3))
        assert (first.total, first.email) == (Decimal("1385.67"), "ana@example.com")
        assert first.payment == Payment(Decimal("1000.00"), "TB", None)
        assert (second.type, second.payment, second.serie) == ("invoice_receipt", None, None)
        assert second.fields.get("tax_exemption") == "M07"
        assert [(part.rate, part.base) for part in amounts_of(second).parts] == [(Decimal(0), Decimal(100))]
        assert [str(each) for each in found.understood if each.what in ("encoding", "amounts", "tax")] == [
            f"encoding: {encoding} (Série)",
            "column Qtd: decimal comma (1,50 is 1.50)",
            "column Preço unitário (€): decimal comma (1.234,50 € is 1234.50)",
            "column IVA: by its rate (23% is IVA23, 23 %)",
            "column IVA: by its rate (6,00 is IVA6, 6 %)",
            "column IVA: by its rate (0 is Isento, 0 %)",
            "column Total c/ IVA: decimal comma (1.385,67 is 1385.67)",
            "column Pago: decimal comma (1.000,00 is 1000.00)",
        ]

    def test_a_workbook(self, tmp_path: Path) -> None:
        path = write_xlsx(
            tmp_path / "a.xlsx",
            {
                "Folha1": [
                    ["Chave", "Data", "Cliente", "NIF", "Artigo", "Qtd", "Preço", "IVA", "Total"],
                    [
                        1001,
                        datetime.date(2026, 11, 30),
                        "Ana",
                        508025338,
                        "Horas",
                        3,
                        0.1,
                        0.23,
                        0.1 * 3 * 1.23,
                    ],
                ]
            },
        )

        document = the_one(plan(read_table(path), taxes=TAXES, today=TODAY))

        assert (document.key, document.total) == ("1001", Decimal("0.37"))
        assert document.fields["items"] == [
            {
                "name": "Horas",
                "quantity": Decimal(3),
                "unit_price": Decimal("0.1"),
                "tax": {"name": "IVA23"},
            }
        ]
        assert document.fields.get("client") == {"name": "Ana", "fiscal_id": "508025338"}

    def test_the_totals_of_a_plan(self) -> None:
        found = planned({}, {"key": "A-2", "tax": "6", "paid": "1"}, {"key": "A-3", "item": "Mais"}).totals()

        assert (found.documents, found.lines, found.paid) == (3, 3, Decimal(1))
        assert (found.before_taxes, found.taxes, found.total) == (
            Decimal("63.00"),
            Decimal("10.92"),
            Decimal("73.92"),
        )
        assert found.vat == (
            VatRow("PT", Decimal(23), Decimal("42.00"), Decimal("9.66")),
            VatRow("PT", Decimal(6), Decimal("21.00"), Decimal("1.26")),
        )


WRONG_CELLS: Final[Sequence[tuple[str, Cell, Kind, str]]] = (
    ("date", "31/02/2026", "csv", "there is no day '31/02/2026'"),
    ("date", "11/30/2026", "csv", "has no month 30"),
    ("date", "05/06/26", "csv", "is ambiguous; write the year with four digits"),
    ("date", "ontem", "csv", "is no date; expected dd/mm/yyyy or yyyy-mm-dd"),
    ("date", "30/11/1926", "csv", "expected a year from 2000 on"),
    ("date", "2026-11-30 14:05", "csv", "is no date"),
    ("date", Decimal(46356), "spreadsheet", "got the number 46356; format the cell as a date"),
    ("date", datetime.datetime(2026, 11, 30, 14, 5), "spreadsheet", "leave out the time of day"),  # noqa: DTZ001
    ("date", "01/12/2026", "csv", "is after today, 2026-11-30"),
    ("date", None, "csv", "there is no date"),
    ("due_date", "29/11/2026", "csv", "2026-11-29 is before the date, 2026-11-30"),
    ("unit_price", "1.234", "csv", "may be 1234.00 or 1.234"),
    ("unit_price", "1,234", "csv", "may be 1234.00 or 1.234"),
    ("unit_price", "dez", "csv", "is no amount"),
    ("unit_price", "12.34.5", "csv", "is no amount"),
    ("unit_price", "1,23E+5", "csv", "is no amount"),
    ("unit_price", "(10,00)", "csv", "is no amount"),
    ("unit_price", "-10,00", "csv", "expected 0 or more, got -10.00"),
    ("unit_price", "10,12345", "csv", "more than 4 decimals"),
    ("unit_price", "12345678901234,00", "csv", "too large"),
    ("unit_price", "#DIV/0!", "csv", "is an error of the spreadsheet"),
    ("unit_price", True, "spreadsheet", "true is neither a text nor a number"),
    ("unit_price", datetime.date(2026, 5, 12), "spreadsheet", "expected an amount, got the date 2026-05-12"),
    ("unit_price", None, "csv", "the cell is blank"),
    ("unit_price", "10%", "csv", "expected an amount, got the percentage '10%'"),
    ("unit_price", "Err:502", "spreadsheet", "is an error of the spreadsheet"),
    ("discount", "10 €", "csv", "expected a percentage, got the amount '10 €'"),
    ("tax", "23 €", "csv", "the account has no tax '23 €'"),
    ("quantity", "0", "csv", "expected more than 0"),
    ("quantity", "-1", "csv", "expected 0 or more"),
    ("quantity", "1,125", "csv", "may be 1125.00 or 1.125"),
    ("quantity", "0,125", "csv", "more than 2 decimals"),
    ("quantity", None, "csv", "the cell is blank"),
    ("discount", "101", "csv", "expected 0 to 100 percent"),
    ("discount", "-5%", "csv", "expected 0 to 100 percent"),
    ("discount", Decimal("0.1"), "spreadsheet", "may be 0.1 % or, in a cell formatted as a percentage"),
    ("retention", "100", "csv", "expected 0 to 99.99 percent"),
    ("tax", "13", "csv", "the account has no tax of 13 %; it has IVA23, IVA6, Isento"),
    ("tax", "IVA 32", "csv", "the account has no tax 'IVA 32' (did you mean IVA23?)"),
    ("tax", "4", "csv", "several taxes of the account are 4 %; write the name: one of IVA4 Açores"),
    ("tax", "IVA5 Madeira", "csv", "PT-MA has no rate of 5 % on 2026-11-30"),
    ("tax", Decimal("0.13"), "spreadsheet", "the account has no tax of 0.13 %"),
    ("tax", None, "csv", "the cell is blank"),
    ("tax_exemption", "M07", "csv", "the line has the exemption M07 and a tax of 23 %"),
    ("tax_exemption", "isento", "csv", "is no exemption code"),
    ("tax_exemption", "M00", "csv", "M00 is no reason"),
    ("tax_exemption", "M97", "csv", "unknown exemption code M97"),
    ("client_fiscal_id", "508025339", "csv", "not a Portuguese tax number"),
    ("client_fiscal_id", "5,08E+08", "csv", "was shortened by the spreadsheet"),
    ("client_name", None, "csv", "there is no name"),
    ("client_name", "JoÃ£o", "csv", "was saved in a wrong encoding"),
    ("client_name", "a\x07", "csv", "control character"),
    ("client_email", "ana@example", "csv", "is no e-mail address"),
    ("email_to", "a@example.com; b@example.com", "csv", "is no e-mail address; expected one"),
    ("client_country", "Atlantis", "csv", "the service has no country 'Atlantis'"),
    ("unit", "caixa", "csv", "unknown unit 'caixa'"),
    ("item", None, "csv", "the cell is blank"),
    ("item", "#REF!", "csv", "is an error of the spreadsheet"),
    ("type", "nota de crédito", "csv", "a run does not make a nota de crédito: a note corrects one"),
    ("type", "NC", "csv", "a run does not make a NC"),
    ("type", "ND", "csv", "a run does not make a ND"),
    ("type", "Orçamento", "csv", "its documents take no key"),
    ("type", "invoyce", "csv", "unknown type 'invoyce' (did you mean invoice?)"),
    ("key", None, "csv", "there is no key"),
    ("key", "k" * 201, "csv", "expected at most 200 characters, got 201"),
    ("key", "a\nb", "csv", "there is a line break"),
    ("key", "1,23457E+15", "csv", "was shortened by the spreadsheet"),
    ("key", Decimal(10) ** 15, "spreadsheet", "keeps 15 digits"),
    ("key", datetime.date(2026, 1, 2), "spreadsheet", "expected a text, got the date 2026-01-02"),
    ("total", "25,82", "csv", "expects 25.82 EUR, and its lines come to 25.83 EUR: 21.00 and 4.83 of VAT"),
    ("paid", "25,84", "csv", "25.84 EUR is more than the total, 25.83 EUR"),
    ("paid", "-1", "csv", "expected 0 or more"),
    ("paid", "0,125", "csv", "more than 2 decimals"),
    ("paid_by", "MB", "csv", "there is no amount; fill in paid"),
    ("paid_by", "bitcoin", "csv", "unknown means of payment 'bitcoin'"),
    ("paid_on", "01/12/2026", "csv", "2026-12-01 is after today"),
    ("paid_on", "29/11/2026", "csv", "2026-11-29 is before the document's date"),
)  # fmt: skip


class TestFaultsOfACell:
    @folded("field, cell, kind, message", WRONG_CELLS, ids=lambda row: f"{row[0]} {row[1]!r}")
    def test_row_column_and_reason(self, field: str, cell: Cell, kind: Kind, message: str) -> None:
        # Row 2 is right, and has no value that settles the style of row 3.
        alike: dict[str, Cell] = {"date": TODAY} if kind == "spreadsheet" else {}
        row: dict[str, Cell] = {
            **alike,
            "key": "A",
            "client_name": "Bela",
            "unit_price": "10.50",
            field: cell,
        }
        plain: Cell = "10" if field == "unit_price" else "10.50"

        found = planned({**alike, "key": "B", "unit_price": plain}, row, kind=kind)

        matching = [each for each in found.faults if message in each.message]
        assert [(each.row, each.column) for each in matching] == [(3, field)], found.faults
        assert [document.key for document in found.documents] == ["B"]

    def test_a_tax_number_is_not_repeated(self) -> None:
        (fault,) = faults_of({"client_fiscal_id": "508025339"})

        assert "508025339" not in fault

    def test_all_faults_are_found(self) -> None:
        found = planned(
            {"date": "x", "unit_price": "y", "client_fiscal_id": "1"},
            {"key": "B", "tax": "99", "discount": "200"},
            {"key": "C", "paid_on": "01/12/2026", "paid": "1", "item": None},
        )

        assert {(fault.row, fault.column) for fault in found.faults} == {
            (2, "date"),
            (2, "unit_price"),
            (2, "client_fiscal_id"),
            (3, "tax"),
            (3, "discount"),
            (4, "paid_on"),
            (4, "item"),
        }
        assert found.documents == ()


class TestColumnsAsAWhole:
    @folded(
        "prices, meant",
        [
            (("1.234", "0,50"), ("1234", "0.50")),
            (("1,234", "0,50"), ("1.234", "0.50")),
            (("1.234", "0.50"), ("1.234", "0.50")),
            (("1,234", "0.50"), ("1234", "0.50")),
            (("1.234.567", "1.234"), ("1234567", "1234")),
            (("1.234,56", "12"), ("1234.56", "12")),
            (("1,234.56", "12"), ("1234.56", "12")),
            (("1 234,5 €", "EUR 3"), ("1234.5", "3")),
            (("1\u00a0234\u00a0567", "0,125"), ("1234567", "0.125")),
            (("1234,567", "12"), ("1234.567", "12")),
        ],
    )
    def test_a_column_settles_its_separators(self, prices: tuple[str, str], meant: tuple[str, str]) -> None:
        rows = [{"key": str(place), "unit_price": price} for place, price in enumerate(prices)]

        found = planned(*rows)

        assert found.faults == ()
        lines = [amounts_of(document).lines[0].unit_price for document in found.documents]
        assert lines == [Decimal(price) for price in meant]

    def test_two_styles_in_one_column(self) -> None:
        (fault,) = planned({"unit_price": "1,50"}, {"key": "B", "unit_price": "1.50"}).faults

        assert (fault.row, fault.column) == (3, "unit_price")
        assert "has a decimal point, but row 2 has '1,50' with a decimal comma" in fault.message

    def test_texts_beside_dates_in_a_spreadsheet(self) -> None:
        """An English Excel has turned 05/11 into 11 May, and left 13/11 a text."""
        rows = ({"date": datetime.date(2026, 5, 11)}, {"key": "B", "date": "13/11/2026"})

        (fault,) = planned(*rows, kind="spreadsheet").faults

        assert (fault.row, fault.column) == (3, "date")
        assert "may have been exchanged" in fault.message

    def test_the_order_of_day_and_month_is_shown(self) -> None:
        found = planned({"date": "05/06/2026"}).understood

        assert "column date: day before month (05/06/2026 is 2026-06-05)" in map(str, found)

    @folded(
        "given", ["30/11/2026", "30-11-2026", "30.11.2026", "2026-11-30", "2026/11/30", "2026-11-30T00:00:00"]
    )
    def test_forms_of_a_date(self, given: str) -> None:
        assert the_one(planned({"date": given})).date == TODAY


class TestRowsOfADocument:
    def test_what_applies_to_the_document_may_stand_once(self) -> None:
        blank: dict[str, Cell] = {"date": None, "client_name": None, "total": None}

        document = the_one(
            planned({**blank, "total": "51,66"}, {**blank, **{"date": "30/11/2026"}, "client_name": "Ana"})
        )

        assert (document.rows, document.total) == ((2, 3), Decimal("51.66"))

    @folded(
        "field, one, other",
        [
            ("date", "30/11/2026", "2026-11-29"),
            ("client_name", "Ana", "Bela"),
            ("client_fiscal_id", "508025338", "503504564"),
            ("type", "FT", "FR"),
            ("serie", "A", "B"),
            ("retention", "25", "23"),
            ("total", "51,66", "25,83"),
            ("paid", "1", "2"),
            ("email_to", "a@example.com", "b@example.com"),
        ],
    )
    def test_rows_that_disagree(self, field: str, one: str, other: str) -> None:
        found = planned({field: one}, {field: other}).faults

        matching = [each for each in found if "both are rows of one document" in each.message]
        assert [(each.row, each.column) for each in matching] == [(3, field)]
        assert "row 2" in matching[0].message

    def test_equal_values_in_other_words_agree(self) -> None:
        the_one(
            planned(
                {"type": "FT", "retention": "25"},
                {"date": "2026-11-30", "type": "fatura", "retention": "25,00"},
            )
        )

    def test_a_key_in_two_places(self) -> None:
        (fault,) = planned({}, {"key": "B"}, {}).faults

        assert (fault.row, fault.column) == (4, "key")
        assert "is that of row 2 too" in fault.message

    def test_keys_that_differ_by_case(self) -> None:
        (fault,) = planned({"key": "a"}, {"key": "A"}).faults

        assert (fault.row, fault.column) == (3, "key")

    def test_one_name_with_two_tax_numbers(self) -> None:
        one, other = {"client_fiscal_id": "508025338"}, {"key": "B", "client_fiscal_id": "503504564"}

        (fault,) = planned(one, other).faults

        assert (fault.row, fault.column) == (3, "client_fiscal_id")
        assert "503504564" not in fault.message
        assert planned({**one, "client_code": "1"}, {**other, "client_code": "2"}).faults == ()


class TestRules:
    def test_a_line_without_vat_needs_an_exemption(self) -> None:
        (fault,) = planned({"tax": "Isento"}).faults

        assert (fault.row, fault.column) == (2, "tax_exemption")

    @folded(
        "code, message",
        [("M26", "M26 is valid until 2023-12-31"), ("M08", "M08 is valid until 2022-12-31"), ("M07", "")],
    )
    def test_an_exemption_holds_on_the_document_s_date(self, code: str, message: str) -> None:
        found = faults_of({"tax": "0", "tax_exemption": code})

        assert [message in fault for fault in found] == ([True] if message else [])

    def test_several_exemptions_stay_with_their_lines(self) -> None:
        document = the_one(
            planned({"tax": "0", "tax_exemption": "M07"}, {"tax": "0", "tax_exemption": "m06"})
        )

        assert [item.get("tax_exemption") for item in document.fields["items"]] == ["M07", "M06"]
        assert "tax_exemption" not in document.fields

    @folded(
        "cells, fiscal_id",
        [
            ({"client_fiscal_id": "PT 508.025.338"}, "508025338"),
            ({"client_fiscal_id": "B-12345678", "client_country": "Espanha"}, "B-12345678"),
            ({"client_fiscal_id": "12", "client_country": "gb"}, "12"),
        ],
    )
    def test_tax_numbers(self, cells: dict[str, Cell], fiscal_id: str) -> None:
        assert the_one(planned(cells)).fields["client"]["fiscal_id"] == fiscal_id

    def test_a_simplified_invoice_needs_no_client(self) -> None:
        document = the_one(planned({"type": "FS", "client_name": None}))

        assert "client" not in document.fields

    @folded(
        "word, code",
        [("Multibanco", "MB"), ("numerário", "NU"), ("Transferência Bancária", "TB"), ("cc", "CC")],
    )
    def test_means_of_payment(self, word: str, code: str) -> None:
        document = the_one(planned({"paid": "1", "paid_by": word, "paid_on": "30/11/2026"}))

        assert document.payment == Payment(Decimal(1), code, TODAY)

    @folded(
        "cells, column",
        [
            ({"paid": "25,83"}, None),
            ({"paid": "25,82"}, "paid"),
            ({"paid": "30"}, "paid"),
            ({"paid_by": "MB"}, "paid_by"),
        ],
    )
    def test_an_invoice_receipt_is_paid_as_it_is_issued(
        self, cells: dict[str, Cell], column: str | None
    ) -> None:
        found = planned({"type": "FR", **cells})

        assert [fault.column for fault in found.faults] == ([column] if column else [])
        assert [document.payment for document in found.documents] == ([] if column else [None])

    def test_the_e_mail_goes_to_its_own_address_or_the_client_s(self) -> None:
        cells = {"client_email": "ana@example.com"}

        assert the_one(planned(cells)).email == "ana@example.com"
        assert the_one(planned({**cells, "email_to": "b@example.com"})).email == "b@example.com"
        assert the_one(planned({})).email is None


class TestDefaults:
    def test_they_apply_without_a_column_and_are_shown(self) -> None:
        headers = ("key", "date", "client_name", "item", "unit_price")
        table = Table("a", "csv", headers, (Row(2, ("A", "30/11/2026", "Ana", "Horas", "10")),))

        found = plan(table, taxes=TAXES, today=TODAY, default_serie="2026", default_type="simplified_invoice")

        document = the_one(found)
        assert (document.type, document.serie, document.total) == (
            "simplified_invoice",
            "2026",
            Decimal("12.30"),
        )
        assert [each.meaning for each in found.understood if each.what == "default"] == [
            "no column quantity: 1 in each line",
            "no column tax: IVA23, 23 %, in each line",
            "no type in a row: simplified_invoice",
            "no série in a row: 2026",
        ]

    def test_without_a_default_tax_the_column_is_needed(self) -> None:
        headers = ("key", "date", "client_name", "item", "unit_price")
        table = Table("a", "csv", headers, (Row(2, ("A", "30/11/2026", "Ana", "Horas", "10")),))

        found = plan(table, taxes=[Tax(2, "IVA6", Decimal(6))], today=TODAY)

        assert [(fault.row, fault.column) for fault in found.faults] == [(None, "tax")]
        assert found.documents == ()

    def test_an_unknown_default_type_is_a_mistake_of_the_caller(self) -> None:
        with pytest.raises(errors.InputError, match="default_type: a run does not make a credit_note"):
            planned({}, default_type="credit_note")

    def test_unknown_columns_are_faults_and_the_rest_is_checked(self) -> None:
        found = planned({"Foo": "1", "date": "x"})

        assert [(fault.row, fault.column) for fault in found.faults] == [(None, "Foo"), (2, "date")]
        assert planned({"Foo": "1"}, columns={"Foo": "ignore"}).faults == ()

    def test_faults_of_the_file_s_reader_come_once(self) -> None:
        table = table_of({"discount": None})
        lost = Table(
            table.name,
            "spreadsheet",
            table.headers,
            table.rows,
            faults=(InputFault(2, "discount", "the cell has the error #N/A"),),
        )

        found = plan(lost, taxes=TAXES, today=TODAY)

        assert [str(fault) for fault in found.faults] == [
            "row 2, column discount: the cell has the error #N/A"
        ]
        assert found.documents == ()


# Laws

LINES: Final = st.fixed_dictionaries(
    {
        "item": st.sampled_from(["Horas", 'Com "aspas"', "Duas\nlinhas", "a;b,c\td", "Açaí – €"]),
        "quantity": st.decimals("0.01", "9999", places=2),
        "unit_price": st.decimals("0", "99999", places=4),
        "discount": st.one_of(st.none(), st.decimals("1.0001", "100", places=4)),
        "tax": st.sampled_from(["IVA23", "IVA6"]),
    }
)
NAMES: Final = ("item", "quantity", "unit_price", "discount", "tax")
DOCUMENTS: Final = st.lists(st.lists(LINES, min_size=1, max_size=3), min_size=1, max_size=4)


def rows_of(documents: Sequence[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """Return the rows of documents, keyed by their place."""
    return [
        {"key": f"K-{place}", "date": "30/11/2026", "client_name": "Ana"}
        | {name: line[name] for name in NAMES}
        for place, lines in enumerate(documents)
        for line in lines
    ]


def as_csv(rows: Sequence[Mapping[str, Any]], delimiter: str, mark: str, encoding: str) -> bytes:
    """Write rows as CSV with a decimal comma or point. Every amount has its decimals: none is ambiguous."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(
            f"{cell:f}".replace(".", mark) if isinstance(cell, Decimal) else cell for cell in row.values()
        )
    return out.getvalue().encode(encoding)


def as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows as JSON Lines, with amounts as numbers."""
    lines: list[str] = []
    for row in rows:
        body = ", ".join(
            f"{json.dumps(name)}: {cell:f}"
            if isinstance(cell, Decimal)
            else f"{json.dumps(name)}: {json.dumps(cell)}"
            for name, cell in row.items()
        )
        lines.append(f"{{{body}}}\n")
    return "".join(lines)


class TestLaws:
    @settings(max_examples=25, deadline=None)
    @given(DOCUMENTS)
    def test_every_form_of_a_file_is_the_same_plan(
        self, tmp_path_factory: pytest.TempPathFactory, documents: list[list[dict[str, Any]]]
    ) -> None:
        rows, folder = rows_of(documents), tmp_path_factory.mktemp("forms")
        plans: list[Plan] = []
        for name, delimiter, mark, encoding in (
            ("excel.csv", ";", ",", "cp1252"),
            ("mark.csv", ";", ",", "utf-8-sig"),
            ("english.csv", ",", ".", "utf-8"),
            ("tab.tsv", "\t", ",", "utf-16"),
        ):
            (folder / name).write_bytes(as_csv(rows, delimiter, mark, encoding))
            plans.append(plan(read_table(folder / name), taxes=TAXES, today=TODAY))
        (folder / "a.jsonl").write_text(as_json(rows), encoding="utf-8")
        plans.append(plan(read_table(folder / "a.jsonl"), taxes=TAXES, today=TODAY))

        assert [each.faults for each in plans] == [()] * len(plans)
        first, *others = ([(it.key, it.fields, it.total) for it in each.documents] for each in plans)
        assert all(other == first for other in others)
        assert [len(document.rows) for document in plans[0].documents] == [len(lines) for lines in documents]
        for document, lines in zip(plans[0].documents, documents, strict=True):
            items = document.fields["items"]
            assert [item["name"] for item in items] == [line["item"] for line in lines]
            assert [item["unit_price"] for item in items] == [line["unit_price"] for line in lines]
            assert [item.get("discount") for item in items] == [line["discount"] for line in lines]

    @settings(max_examples=40, deadline=None)
    @given(DOCUMENTS)
    def test_totals_add_up(self, documents: list[list[dict[str, Any]]]) -> None:
        rates = totals.TaxRates.of(TAXES)

        found = planned(*rows_of(documents), kind="jsonl")
        summed = found.totals()

        expected = [
            totals.of_document(InvoiceWrite.of(**each.fields), rates).total for each in found.documents
        ]
        assert len(found.documents) == len(documents)
        assert summed.total == sum(expected)
        assert summed.total == summed.before_taxes + summed.taxes
        assert (sum(row.base for row in summed.vat), sum(row.tax for row in summed.vat)) == (
            summed.before_taxes,
            summed.taxes,
        )
        assert all(row.base == round(row.base, 2) and row.tax == round(row.tax, 2) for row in summed.vat)
