"""Laws of output: nothing is rounded or lost, and nothing steers a terminal."""

from __future__ import annotations

import csv
import datetime
import inspect
import io
import json
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import invoicexpress_cli.commands
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_cli.output import Column, Format, Output, cell, in_cents, plain, shown, visible
from invoicexpress_cli.texts import Language, language, text

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12)
VALUES = st.none() | st.booleans() | st.integers() | AMOUNTS | st.dates() | st.text()


@given(st.text())
def test_json_keeps_every_text_and_steers_nothing(name: str) -> None:
    out = io.StringIO()
    Output(Format.JSON, Language.EN, out).rows([{"name": name}], [Column("name", "Name")])
    assert json.loads(out.getvalue()) == [{"name": name}]
    assert out.getvalue().replace("\n", "").isprintable()


@given(st.lists(st.fixed_dictionaries({"a": VALUES, "b": VALUES}), min_size=1))
def test_csv_is_read_back(rows: list[dict[str, Any]]) -> None:
    out = io.StringIO()
    Output(Format.CSV, Language.EN, out).rows(rows, [Column("a", "A"), Column("b", "B")])
    found = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert found == [["a", "b"], *([cell(row["a"]), cell(row["b"])] for row in rows)]


def test_a_carriage_return_begins_no_row() -> None:
    out = io.StringIO()
    Output(Format.CSV, Language.EN, out).rows([{"a": "Ana\r=1+1"}], [Column("a", "A")])
    assert list(csv.reader(io.StringIO(out.getvalue(), newline=""))) == [["a"], ["Ana\n=1+1"]]


@given(AMOUNTS)
def test_amounts_are_exact_in_every_form(amount: Decimal) -> None:
    assert Decimal(plain(amount)) == Decimal(cell(amount)) == in_cents(amount) == amount
    assert Decimal(shown(amount, Language.EN).replace(",", "")) == amount
    portuguese = shown(amount, Language.PT).replace("\N{NARROW NO-BREAK SPACE}", "").replace(",", ".")
    assert Decimal(portuguese) == amount
    exponent = in_cents(amount).as_tuple().exponent
    assert isinstance(exponent, int)
    assert exponent <= -2


@given(AMOUNTS, st.integers(0, 9))
def test_a_number_has_one_form_whatever_the_digits_of_the_answer(amount: Decimal, zeros: int) -> None:
    written = Decimal(f"{amount:f}{'0' * zeros}")
    assert plain(written) == cell(written) == plain(amount)
    _, _, decimals = plain(amount).partition(".")
    assert len(decimals) == 2 or (len(decimals) > 2 and not decimals.endswith("0"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("123", "123.00"),
        ("123.0", "123.00"),
        ("8.1301", "8.1301"),
        ("8.1300", "8.13"),
        ("-0.5", "-0.50"),
        ("1E+3", "1000.00"),
        ("0." + "1" * 40, "0." + "1" * 40),
    ],
)
def test_numbers_for_programs(written: str, expected: str) -> None:
    """Also more digits than Python computes with."""
    assert plain({"whole": [Decimal(written)]}) == {"whole": [expected]}
    assert cell(Decimal(written)) == expected


@given(st.text())
def test_a_cell_is_no_formula_and_otherwise_the_text(given_text: str) -> None:
    found = cell(given_text)
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    clean = "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(each) in {"Cc", "Cs"} and each not in "\t\n"
        else each
        for each in given_text.replace("\r\n", "\n").replace("\r", "\n")
    )
    assert found in {clean, f"'{clean}"}
    found.encode()


@given(st.text())
def test_a_text_on_a_terminal_has_no_controls(given_text: str) -> None:
    found = visible(given_text)
    assert found.isprintable()
    assert len(found) == len(given_text)
    assert given_text.isprintable() <= (found == given_text)


@given(
    st.lists(st.fixed_dictionaries({"name": st.text(min_size=1), "total": AMOUNTS}), min_size=1, max_size=5)
)
def test_a_table_shows_every_row(rows: list[dict[str, Any]]) -> None:
    out = io.StringIO()
    columns = [Column("name", "Name"), Column("total", "Total", is_money=True)]
    Output(Format.TABLE, Language.EN, out).rows(rows, columns)
    assert out.getvalue().replace("\n", "").isprintable()
    lines = [line for line in out.getvalue().split("\n") if line.strip(" ─")][1:]
    assert len(lines) == len(rows)
    assert [line.split()[-1].replace(",", "") for line in lines] == [
        f"{in_cents(row['total']):f}" for row in rows
    ]


def test_amounts_and_counts_stand_on_the_right() -> None:
    out = io.StringIO()
    rows: list[dict[str, Any]] = [
        {"name": "Ana", "documents": 7, "total": Decimal("1.50"), "is_default": True},
        {"name": "Berta Sousa", "documents": 1234, "total": Decimal("1234.5"), "is_default": False},
        {"name": "Zé", "documents": None, "total": None, "is_default": None},
    ]
    names = ("name", "documents", "total", "is_default")
    Output(Format.TABLE, Language.EN, out).rows(rows, [Column(each, each) for each in names])
    head, _, ana, berta, _ = (line for line in out.getvalue().splitlines() if line.strip())
    for name, values in (("documents", ("7", "1234")), ("total", ("1.50", "1,234.5"))):
        ends = {line.index(value) + len(value) for line, value in zip((ana, berta), values, strict=True)}
        assert ends == {head.index(name) + len(name)}
    for name, values in (("name", ("Ana", "Berta")), ("is_default", ("yes", "no"))):
        assert {line.index(value) for line, value in zip((ana, berta), values, strict=True)} == {
            head.index(name)
        }


@pytest.mark.parametrize(
    ("value", "english", "portuguese"),
    [
        (Decimal("1234567.5"), "1,234,567.5", "1\u202f234\u202f567,5"),
        (Decimal("23.0"), "23", "23"),
        (True, "yes", "sim"),
        (False, "no", "não"),
        (None, "", ""),
        (datetime.date(2026, 11, 30), "2026-11-30", "2026-11-30"),
    ],
)
def test_values_for_people(value: object, english: str, portuguese: str) -> None:
    assert (shown(value, Language.EN), shown(value, Language.PT)) == (english, portuguese)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "pt_PT.UTF-8"}, "pt"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "pt_PT", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "pt_BR"}, "pt"),
        ({"LANG": "pt_PT", "LC_ALL": ""}, "pt"),
    ],
)
def test_the_language_is_that_of_the_locale(environment: dict[str, str], expected: str) -> None:
    assert language(environment) == expected


def headings() -> Iterator[str]:
    """The heading of every column of every command."""
    for module in iter_modules(invoicexpress_cli.commands.__path__):
        loaded = import_module(f"{invoicexpress_cli.commands.__name__}.{module.name}")
        for _, columns in inspect.getmembers(loaded, lambda each: isinstance(each, tuple)):
            yield from (each.heading for each in columns if isinstance(each, Column))


def test_every_heading_is_in_portuguese() -> None:
    same = {"ATCUD", "E-mail", "ID", "Proxy", "Série", "Total"}
    assert {each for each in headings() if text(each, Language.PT) == each} - same == set()
