"""A shop whose books commands read and change, and what each form of their output has to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, cast

from invoicexpress import Invoice, lisbon
from invoicexpress_emulator.control_client import DocumentInfo

from .running import Account, Ended, Shell

LINE: Final = "Design;2;50.00;IVA23"
"""100.00 and 23.00 of VAT."""
TOTAL: Final = Decimal("123.00")

Arguments = Sequence[str]


@dataclass(frozen=True)
class Forms:
    """One command in each form of output: of the same thing, or of one made for each form."""

    json: Any
    csv: list[dict[str, str]]
    table: Ended


@dataclass
class Shop:
    """An account with a shell."""

    account: Account
    shell: Shell
    ran: set[tuple[str, ...]] = field(default_factory=set[tuple[str, ...]])
    keys: int = 0

    def run(self, *arguments: str, code: int = 0, given: str = "") -> Ended:
        """Runs a command that ends with a code."""
        ended = self.shell(*arguments, given=given)
        assert ended.code == code, (arguments, ended)
        assert "Traceback" not in ended.err
        self.ran.add(arguments)
        return ended

    def forms(
        self, arguments: Arguments | Callable[[], Arguments], headings: str, portuguese: str, code: int = 0
    ) -> Forms:
        """Runs a command as JSON, as CSV, and as a table: in English for one profile, else in Portuguese.

        A function gives new arguments for each form; otherwise the forms have to show the same.
        """
        repeats = not callable(arguments)

        def made() -> Arguments:
            return arguments() if callable(arguments) else arguments

        as_json = self.run(*made(), "--json", code=code).json
        as_csv = self.run(*made(), "--csv", code=code).rows
        is_english = self.account.profile == "observed"
        table = self.run(*made(), "--lang", "en" if is_english else "pt", code=code)
        _check_order(table.out, (headings if is_english else portuguese).split(";"))
        if repeats:
            _check_same(as_json, as_csv)
        return Forms(as_json, as_csv, table)

    # The books ---------------------------------------------------------------------------------------

    def books(self) -> dict[int, DocumentInfo]:
        """Every document in the emulator's store, by id."""
        return {each.id: each for each in self.account.control.documents(limit=1000)}

    def draft(self, *, name: str = "Ana", code: str = "C1", price: str = "50.00") -> Invoice:
        """A draft of 123.00, made without the command line."""
        with self.account.client() as ix:
            return ix.invoices.create(**self._fields(name, code, price))

    def issued(self, *, name: str = "Ana", code: str = "C1", price: str = "50.00") -> Invoice:
        """An invoice of 123.00, issued without the command line."""
        self.keys += 1
        total = Decimal(price) * 2 * Decimal("1.23")
        with self.account.client() as ix:
            fields = self._fields(name, code, price)
            return ix.invoices.issue(**fields, key=f"shop-{self.keys}", expect_total=total)

    def _fields(self, name: str, code: str, price: str) -> Any:
        line = {"name": "Design", "quantity": 2, "unit_price": Decimal(price), "tax": {"name": "IVA23"}}
        return {"date": lisbon.today(), "client": {"name": name, "code": code}, "items": [line]}

    def number(self, document: Invoice) -> str:
        """The number of a document, by the emulator's store: `FT A/1`."""
        number = self.books()[document.id].number
        assert number is not None
        return number


def _check_order(out: str, parts: Sequence[str]) -> None:
    at = 0
    for part in parts:
        found = out.find(part, at)
        assert found >= 0, f"{part!r} is not in its place in:\n{out}"
        at = found + len(part)


def _check_same(as_json: Any, as_csv: list[dict[str, str]]) -> None:
    rows = cast("list[dict[str, Any]]", as_json if isinstance(as_json, list) else [as_json])
    assert len(rows) == len(as_csv)
    for row, cells in zip(rows, as_csv, strict=True):
        for name, cell in cells.items():
            if name in row and not isinstance(row[name], dict | list):
                assert cell.removeprefix("'") == _text(row[name]) or _number(cell) == _number(row[name])


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def _number(value: object) -> object:
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return value
