"""Files as rows: encodings, delimiters, row numbers, typed cells, and files that cannot be read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress_billing.faults import FileFaultError, InputFault, Understood
from invoicexpress_billing.tables import Cell, read_table

from ..folded import folded
from .files import Broken, Formula, Written, write_ods, write_xlsx

EXCEL: Final = "Chave;Descrição;Preço\r\nA-1;Manutenção – ação;1.234,50 €\r\nA-2;Café;0,50 €\r\n"
"""As Excel in Portugal saves a sheet."""
ROWS: Final = (("A-1", "Manutenção – ação", "1.234,50 €"), ("A-2", "Café", "0,50 €"))


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def cells(path: Path) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of all rows."""
    return tuple(row.cells for row in read_table(path).rows)


class TestCsv:
    @pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
    def test_encodings_of_excel(self, file: Callable[[str, bytes], Path], encoding: str) -> None:
        table = read_table(file("a.csv", EXCEL.encode(encoding)))

        assert tuple(row.cells for row in table.rows) == ROWS
        assert table.headers == ("Chave", "Descrição", "Preço")
        assert (table.encoding, table.delimiter) == (encoding, ";")
        assert Understood("encoding", None, encoding, "Descrição") in table.understood
        assert Understood("delimiter", None, "semicolon") in table.understood

    @folded("delimiter", [";", ",", "\t"])
    def test_the_header_tells_the_delimiter(self, tmp_path: Path, delimiter: str) -> None:
        path = tmp_path / "a.csv"
        path.write_text(
            delimiter.join(['"key; or, chave"', '"b"', "c"]) + f'\n"x;,\t"{delimiter}2{delimiter}3'
        )

        table = read_table(path)

        assert (table.delimiter, table.headers) == (delimiter, ("key; or, chave", "b", "c"))
        assert table.rows[0].cells == ("x;,", "2", "3")

    def test_excel_names_the_delimiter(self, file: Callable[[str, str], Path]) -> None:
        table = read_table(file("a.csv", "sep=,\r\nkey,a;b;c\r\n1,2\r\n"))

        assert (table.delimiter, table.headers, table.rows[0].number) == (",", ("key", "a;b;c"), 3)

    def test_rows_have_the_line_on_which_they_begin(self, file: Callable[[str, str], Path]) -> None:
        table = read_table(file("a.csv", '\r\nkey;text\r\n1;"two\r\nlines"\r\n;\r\n\r\n2;x\r\n'))

        assert [(row.number, row.cells) for row in table.rows] == [(3, ("1", "two\nlines")), (7, ("2", "x"))]

    def test_blank_columns_are_left_out_and_short_rows_are_blank(
        self, file: Callable[[str, str], Path]
    ) -> None:
        table = read_table(file("a.csv", "key;;b;;\n1;;2;;\n3\n"))

        assert (table.headers, table.faults) == (("key", "b"), ())
        assert [row.cells for row in table.rows] == [("1", "2"), ("3", None)]

    def test_more_cells_than_headers_are_a_fault_of_their_row(self, file: Callable[[str, str], Path]) -> None:
        faults = read_table(file("a.csv", "key,price\n1,2\n2,1,50\n")).faults

        assert [(fault.row, fault.column) for fault in faults] == [(3, None)]
        assert "needs quotes" in faults[0].message

    def test_a_value_below_no_header_is_a_fault(self, file: Callable[[str, str], Path]) -> None:
        faults = read_table(file("a.csv", "key;;b\n1;x;2\n")).faults

        assert [str(fault) for fault in faults] == [
            "row 2: column B has a value and no header; give it a name in the first row, or clear it"
        ]


class TestJsonLines:
    def test_numbers_are_exact_and_keys_may_be_missing(self, file: Callable[[str, str], Path]) -> None:
        path = file(
            "a.jsonl", '{"key": "A", "n": 0.1}\n\n{"m": 12345678901234567.89, "key": "B", "x": null}\r\n'
        )

        table = read_table(path)

        assert table.headers == ("key", "n", "m", "x")
        assert [(row.number, row.cells) for row in table.rows] == [
            (1, ("A", Decimal("0.1"), None, None)),
            (3, ("B", None, Decimal("12345678901234567.89"), None)),
        ]

    def test_a_nested_value_is_a_fault(self, file: Callable[[str, str], Path]) -> None:
        (fault,) = read_table(file("a.jsonl", '{"key": "A", "items": [1]}\n')).faults

        assert (fault.row, fault.column) == (1, "items")


class TestSpreadsheets:
    def test_typed_cells(self, tmp_path: Path) -> None:
        path = write_xlsx(
            tmp_path / "a.xlsx",
            {
                "Folha1": [
                    [],
                    [None, "Chave", "Data", "Preço", "Nota"],
                    [None, 1001, datetime.date(2026, 11, 30), 0.1 + 0.2, Formula(1.1 * 3)],
                    [],
                    [None, "001", datetime.date(2026, 2, 28), 12.5, True],
                ]
            },
        )

        table = read_table(path)

        assert [(row.number, row.cells) for row in table.rows] == [
            (3, (Decimal(1001), datetime.date(2026, 11, 30), Decimal("0.3"), Decimal("3.3"))),
            (5, ("001", datetime.date(2026, 2, 28), Decimal("12.5"), True)),
        ]
        assert str(table.rows[0].cells[0]) == "1001"
        assert (table.sheet, table.encoding, table.faults) == ("Folha1", None, ())

    def test_libreoffice(self, tmp_path: Path) -> None:
        path = write_ods(
            tmp_path / "a.ods", [["chave", "data", "n"], ["A", datetime.date(2026, 11, 30), 0.1]]
        )

        assert cells(path) == (("A", datetime.date(2026, 11, 30), Decimal("0.1")),)

    def test_lost_cells_are_faults(self, tmp_path: Path) -> None:
        """python-calamine shows all three as blank: a discount would be gone."""
        rows: list[list[Written]] = [
            ["key", "discount"],
            ["A", Broken("#DIV/0!")],
            ["B", Formula(None)],
            ["C", Formula("")],
        ]
        path = write_xlsx(tmp_path / "a.xlsx", {"Folha1": rows})

        faults = read_table(path).faults

        assert [(fault.row, fault.column) for fault in faults] == [(2, "discount"), (3, "discount")]
        assert "#DIV/0!" in faults[0].message
        assert "no result" in faults[1].message

    def test_the_one_visible_sheet_with_rows(self, tmp_path: Path) -> None:
        book: dict[str, Sequence[Sequence[Written]]] = {
            "Notas": [["old"], [1]],
            "Vazia": [],
            "Novembro": [["key"], ["A"]],
        }
        path = write_xlsx(tmp_path / "a.xlsx", book, hidden="Notas")

        assert read_table(path).sheet == "Novembro"
        assert read_table(path, sheet="Notas").headers == ("old",)

    def test_several_sheets_need_a_name(self, tmp_path: Path) -> None:
        path = write_xlsx(tmp_path / "a.xlsx", {"Out": [["key"], ["A"]], "Nov": [["key"], ["B"]]})

        with pytest.raises(FileFaultError, match=r"several sheets have rows; name one of 'Out', 'Nov'"):
            read_table(path)
        with pytest.raises(FileFaultError, match="no sheet 'Dez'"):
            read_table(path, sheet="Dez")


BROKEN: Final[dict[str, tuple[str, bytes, str]]] = {
    "unknown ending": ("a.pdf", b"x", "expected a name that ends in"),
    "empty": ("a.csv", b"", "the file is empty"),
    "blank": ("a.csv", b"\r\n;;\r\n", "the file is empty"),
    "header alone": ("a.csv", b"key;date\r\n", "no row below the header"),
    "equal headers": ("a.csv", b"key;Date;date\r\n1;2;3", "two columns are called 'date'"),
    "unclosed quote": ("a.csv", b'key;b\r\n1;2\r\n"3;4\r\n', "row 3: not CSV"),
    "text after a quote": ("a.csv", b'key;b\r\n"1"x;2\r\n', "row 2: not CSV"),
    "binary": ("a.csv", b"key;b\r\n\x00;2\r\n", "not a text"),
    "no encoding": ("a.csv", b"key;b\r\n\x81;2\r\n", "not a text"),
    "not JSON": ("a.jsonl", b'{"key": 1}\n{"key": \n', "row 2: not JSON"),
    "no object": ("a.jsonl", b"[1]\n", "row 1: expected an object"),
    "a name twice": ("a.jsonl", b'{"key": 1, "key": 2}\n', "'key' stands twice"),
    "no number": ("a.jsonl", b'{"key": NaN}\n', "NaN is no amount"),
    "huge number": ("a.jsonl", b'{"key": 1e999999999}\n', "too long for an amount"),
    "deeply nested": ("a.jsonl", b'{"key": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "nested too deeply"),
    "empty JSON Lines": ("a.jsonl", b"\n", "the file is empty"),
    "no workbook": ("a.xlsx", b"PK junk", "not a spreadsheet"),
    "no old workbook": ("a.xls", b"junk", "not a spreadsheet"),
}


class TestBrokenFiles:
    @folded("name", BROKEN)
    def test_one_sentence_says_what_to_do(self, tmp_path: Path, name: str) -> None:
        ending, content, message = BROKEN[name]
        path = tmp_path / ending
        path.write_bytes(content)

        with pytest.raises(FileFaultError) as caught:
            read_table(path)

        assert str(caught.value).startswith(f"{ending}: ")
        assert message in str(caught.value)

    def test_a_text_file_has_no_sheets(self, file: Callable[[str, str], Path]) -> None:
        with pytest.raises(FileFaultError, match="only a spreadsheet has sheets"):
            read_table(file("a.csv", "key\n1\n"), sheet="Folha1")

    def test_a_missing_file_is_an_os_error(self, tmp_path: Path) -> None:
        for name in ("a.csv", "a.jsonl", "a.xlsx"):
            with pytest.raises(OSError, match=r"."):
                read_table(tmp_path / name)


class TestNumbers:
    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.decimals("0", "99999999999", places=4), min_size=1, max_size=8))
    def test_decimals_survive_a_spreadsheet_and_json(
        self, tmp_path_factory: pytest.TempPathFactory, numbers: list[Decimal]
    ) -> None:
        folder = tmp_path_factory.mktemp("numbers")
        book = write_xlsx(folder / "a.xlsx", {"S": [["n"], *([float(number)] for number in numbers)]})
        lines = folder / "a.jsonl"
        lines.write_text("".join(f'{{"n": {number:f}}}\n' for number in numbers))

        expected = tuple((number,) for number in numbers)
        assert cells(book) == expected
        assert cells(lines) == expected
        assert json.loads(lines.read_text().splitlines()[0])["n"] == float(numbers[0])


def test_a_fault_names_its_place() -> None:
    assert str(InputFault(12, "preço", "no amount")) == "row 12, column preço: no amount"
    assert str(InputFault(None, "preço", "unknown")) == "column preço: unknown"
    assert str(InputFault(None, None, "nothing")) == "nothing"
