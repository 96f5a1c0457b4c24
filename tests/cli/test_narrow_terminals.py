"""Tables on terminals of several widths: nothing that is copied is broken, and what is left out is named."""

from __future__ import annotations

import datetime
import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, cast
from unittest import mock

import invoicexpress_cli.commands
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invoicexpress import lisbon
from invoicexpress_cli.layout import GAP, Need, fitted
from invoicexpress_cli.output import Column, Format, Output, shown
from invoicexpress_cli.texts import Language, text
from rich.cells import cell_len

from .shop import Shop
from .terminals import on_terminal

STYLE = re.compile(r"\x1b\[[0-9;]*m")
WIDTHS = (60, 80, 100, 120)
MONTH = f"{lisbon.today():%Y-%m}"
LONG = "Agência de Viagens Lugar Nenhum, Unipessoal Lda."


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def tables() -> Iterator[tuple[str, tuple[Column, ...]]]:
    """Every tuple of columns of every command."""
    for module in iter_modules(invoicexpress_cli.commands.__path__):
        loaded = import_module(f"{invoicexpress_cli.commands.__name__}.{module.name}")
        for name, each in vars(loaded).items():
            columns = cast("tuple[object, ...]", each) if type(each) is tuple else ()
            found = [column for column in columns if isinstance(column, Column)]
            if found:
                yield f"{module.name}.{name}", tuple(found)


def value_of(column: Column) -> Any:
    """A long value of such a column."""
    if column.is_money:
        return Decimal("12345.67")
    if "date" in column.field:
        return datetime.date(2026, 11, 29)
    if column.field == "id":
        return 2000594
    if column.field == "atcud":
        return "EMUJ2F8M-150"
    if column.field in {"number", "document"}:
        return "FT DEMO/150"
    return LONG if column.wraps else "IVA23"


def drawn(
    rows: Sequence[dict[str, Any]], columns: Sequence[Column], width: int, language: Language = Language.EN
) -> tuple[list[str], str]:
    """The lines of a table on a terminal of that width, and the remark beside it."""
    out, err = Terminal(), io.StringIO()
    with mock.patch.dict(os.environ, {"COLUMNS": str(width), "TERM": "xterm"}), redirect_stderr(err):
        Output(Format.TABLE, language, out).rows(rows, columns)
    return STYLE.sub("", out.getvalue()).splitlines(), err.getvalue()


@pytest.mark.parametrize(("name", "columns"), [pytest.param(*each, id=each[0]) for each in tables()])
def test_every_table(name: str, columns: tuple[Column, ...]) -> None:
    for width in (20, *WIDTHS):
        for language in Language:
            check(name, columns, width, language)


def check(name: str, columns: tuple[Column, ...], width: int, language: Language) -> None:
    row = {column.field: value_of(column) for column in columns}
    lines, remark = drawn([row, row], columns, width, language)
    if width >= 60:
        assert max(map(cell_len, lines)) <= width
    named = set(re.split(", |: |; ", remark))
    left = [column for column in columns if text(column.heading, language) in named]
    assert all(column.spare for column in left)
    for column in columns:
        value = shown(row[column.field], language)
        if column not in left:
            if not column.wraps:
                assert sum(value in line for line in lines) >= 2, (name, column)
            else:
                assert all(word in " ".join(lines) for word in value.split())


def test_the_list_of_documents() -> None:
    """What is left out at which width, for numbers of usual length."""
    columns = dict(tables())["documents.COLUMNS"]
    row = {column.field: value_of(column) for column in columns} | {"type": "Invoice", "status": "settled"}
    left = {
        width: re.findall(r"narrow: (.*);", drawn([row], columns, width)[1]) for width in (60, 80, 100, 140)
    }
    assert left == {
        60: ["ID, Type, Due, Base, Taxes"],
        80: ["Type, Base, Taxes"],
        100: ["Base"],
        140: [],
    }


def need(least: int, more: int, most: int, spare: int) -> Need:
    return Need(least, least + more, least + more + most, spare)


needs = st.builds(need, st.integers(1, 30), st.integers(0, 30), st.integers(0, 10), st.integers(0, 3))


@settings(max_examples=50)
@given(st.lists(needs, min_size=1, max_size=10), st.integers(10, 200))
def test_laws_of_widths(columns: list[Need], room: int) -> None:
    widths = fitted(columns, room)
    stay = [each.least for each in columns if each.spare == 0]
    assert (widths is None) == (sum(stay) + GAP * (len(stay) - 1) > room)
    assert fitted(columns, None) == [each.full for each in columns]
    if widths is None:
        return
    kept = [width for width in widths if width is not None]
    assert sum(kept) + GAP * (len(kept) - 1) <= room
    for each, width in zip(columns, widths, strict=True):
        assert width is None or each.least <= width <= each.full
    left = [each.spare for each, width in zip(columns, widths, strict=True) if width is None]
    stayed = [each.spare for each, width in zip(columns, widths, strict=True) if width is not None]
    assert not left or min(left) >= max(stayed, default=0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("related", "{number}"),
        ("show", "{number}"),
        ("pdf", "{number}"),
        ("clients", "list"),
        ("taxes", "list"),
        ("sequences", "list"),
        ("treasury", "balances"),
        ("report", "clients"),
        ("report", "ages"),
        ("report", "debtors"),
        ("report", "vat", "--month", MONTH),
        ("codes", "exemptions"),
        ("config", "list"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_commands(arguments: tuple[str, ...], one_shop: Shop) -> None:
    issued = one_shop.issued(name=LONG)
    number = one_shop.number(issued)
    one_shop.run("pay", number, "23", "--yes")
    given_words = [word.format(number=number) for word in arguments]
    for width in (60, 80):
        ended = one_shop.shell(*given_words, width=width)
        assert ended.code == 0
        # Remedies of doctor do not wrap: commands in them are copied.
        assert max(map(cell_len, ended.out.partition("Remedy")[0].splitlines())) <= width, ended.out
        copied = {"list": {number, "123.00"}, "related": {"23.00"}, "show": {number, str(issued.id)}}
        assert all(each in ended.out for each in copied.get(arguments[0], ()))


def test_a_question_on_a_terminal(one_shop: Shop) -> None:
    """It shows everything about the document, each field on a line."""
    issued = one_shop.issued(name=LONG)
    one_shop.shell.environment["COLUMNS"] = "60"
    with on_terminal(one_shop.shell, "pay", str(issued.id), "23") as terminal:
        terminal.wait_for(r"y/N")
        terminal.type("n\n")
        assert terminal.end() == 4
    lines = [STYLE.sub("", line).strip() for line in terminal.shown.splitlines()]
    assert max(map(len, lines[1:12])) <= 60
    for heading, value in (
        ("Number", one_shop.number(issued)),
        ("ID", str(issued.id)),
        ("Date", str(lisbon.today())),
        ("Base", "100.00"),
        ("Total", "123.00"),
    ):
        assert any(re.fullmatch(rf"{heading} +{re.escape(value)}", line) for line in lines), terminal.shown


def test_a_remedy_is_copied(one_shop: Shop) -> None:
    """The command in it stands on one line, which the terminal itself may wrap."""
    ended = one_shop.shell("doctor", width=60)
    rows = one_shop.run("doctor", "--json").json
    remedies = [each["remedy"] for each in rows if each["remedy"]]
    assert any("`invoicexpress config add " in each for each in remedies)
    assert all(each in ended.out for each in remedies)
