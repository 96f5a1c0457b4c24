"""The columns of a table, read cell by cell: typed values by row, and the faults of unreadable cells."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from invoicexpress import Tax, totals

from . import amounts, cells
from .cells import NotReadableError
from .columns import BilledType, Resolution
from .faults import InputFault, Understood
from .tables import Cell, Row, Table

T = TypeVar("T")


class Values(Generic[T]):
    """The readable cells of a field, by row."""

    def __init__(self, field: str, header: str, *, is_present: bool) -> None:
        self.field = field
        self.header = header
        """For messages."""
        self.is_present = is_present
        self.good: dict[int, T] = {}
        self.bad: set[int] = set()
        """Rows with a fault in this column, which need no other."""

    def stated(self, rows: Sequence[Row]) -> list[tuple[int, T]]:
        """The values of some rows that have one."""
        return [(row.number, self.good[row.number]) for row in rows if row.number in self.good]

    def is_bad(self, rows: Sequence[Row]) -> bool:
        """Whether some row has a fault in this column."""
        return any(row.number in self.bad for row in rows)


class Columns:
    """All fields of a table, read cell by cell."""

    def __init__(self, table: Table, taxes: Sequence[Tax], resolution: Resolution) -> None:
        self._table = table
        self._resolution = resolution
        self.faults: list[InputFault] = []
        """Of cells that cannot be read."""
        self.understood: list[Understood] = []
        kind = table.kind
        self.key = self._read("key", lambda cell: cells.key(cell, kind))
        self.type: Values[BilledType] = self._read("type", cells.billed_type)
        self.date = self._dates("date")
        self.due_date = self._dates("due_date")
        self.serie = self._read("serie", cells.text)
        self.client_name = self._read("client_name", cells.text)
        self.client_code = self._read("client_code", lambda cell: cells.identifier(cell, kind))
        self.client_fiscal_id = self._read("client_fiscal_id", lambda cell: cells.identifier(cell, kind))
        self.client_email = self._read("client_email", cells.email)
        self.client_address = self._read("client_address", cells.text)
        self.client_city = self._read("client_city", cells.text)
        self.client_postal_code = self._read("client_postal_code", cells.text)
        self.client_country = self._read("client_country", cells.country)
        self.reference = self._read("reference", lambda cell: cells.identifier(cell, kind))
        self.observations = self._read("observations", cells.text)
        self.retention = self._percents("retention", totals.RETENTION_DECIMALS, Decimal("99.99"))
        self.item = self._read("item", cells.text)
        self.description = self._read("description", cells.text)
        self.quantity = self._amounts("quantity", totals.QUANTITY_DECIMALS, is_zero_refused=True)
        self.unit = self._read("unit", cells.unit)
        self.unit_price = self._amounts("unit_price", totals.UNIT_PRICE_DECIMALS)
        self.discount = self._percents("discount", totals.DISCOUNT_DECIMALS, Decimal(100))
        self.tax = self._taxes(taxes)
        self.tax_exemption = self._read("tax_exemption", cells.exemption)
        self.total = self._amounts("total", None)
        self.paid = self._amounts("paid", totals.AMOUNT_DECIMALS)
        self.paid_by = self._read("paid_by", cells.mechanism)
        self.paid_on = self._dates("paid_on")
        self.email_to = self._read("email_to", cells.email)

    def _cells(self, field: str) -> list[tuple[int, Cell]]:
        """The cells of a field that are not blank, each with its row."""
        place = self._resolution.places.get(field)
        if place is None:
            return []
        found = ((row.number, row.cells[place]) for row in self._table.rows)
        return [(number, cell) for number, cell in found if cell is not None]

    def _read(self, field: str, read: Callable[[Cell], T]) -> Values[T]:
        header = self._resolution.header(field)
        values = Values[T](field, header, is_present=field in self._resolution.places)
        # A fault of the file's reader leaves the cell blank, and is a fault of this column.
        values.bad = {fault.row for fault in self._table.faults if fault.row and fault.column == header}
        for number, cell in self._cells(field):
            try:
                values.good[number] = read(cell)
            except NotReadableError as error:
                values.bad.add(number)
                self.faults.append(InputFault(number, header, str(error)))
        return values

    def _style(self, field: str) -> amounts.Style:
        """How a column writes its decimals, to be shown."""
        found = self._cells(field)
        style = cells.style(found)
        if shown := cells.example(found, style):
            self.understood.append(Understood("amounts", self._resolution.header(field), *shown))
        return style

    def _amounts(self, field: str, decimals: int | None, *, is_zero_refused: bool = False) -> Values[Decimal]:
        style = self._style(field)

        def read(cell: Cell) -> Decimal:
            found = cells.amount(cell, style, decimals=decimals)
            if is_zero_refused and not found:
                raise NotReadableError("expected more than 0, got 0; leave out the row, or correct it")
            return found

        return self._read(field, read)

    def _percents(self, field: str, decimals: int, most: Decimal) -> Values[Decimal]:
        style, kind = self._style(field), self._table.kind
        return self._read(field, lambda cell: cells.percent(cell, style, kind, decimals=decimals, most=most))

    def _taxes(self, taxes: Sequence[Tax]) -> Values[Tax]:
        style, kind = cells.style(self._cells("tax")), self._table.kind
        values = self._read("tax", lambda cell: cells.tax(cell, style, kind, taxes))
        shown = {str(cell): values.good[row] for row, cell in self._cells("tax") if row in values.good}
        self.understood += (
            Understood("tax", values.header, "by its rate", f"{given} is {tax.name}, {tax.value:f} %")
            for given, tax in shown.items()
            if given != tax.name
        )
        return values

    def _dates(self, field: str) -> Values[datetime.date]:
        values = self._read(field, cells.date)
        found = self._cells(field)
        texts = {number: cell for number, cell in found if cells.is_day_first(cell)}
        if self._table.kind == "spreadsheet":
            self._refuse_mixed(values, found, texts)
        telling = next((row for row in texts if row in values.good and values.good[row].day <= 12), None)
        if telling is not None:
            example = f"{texts[telling]} is {values.good[telling]}"
            self.understood.append(Understood("dates", values.header, "day before month", example))
        return values

    def _refuse_mixed(
        self, values: Values[datetime.date], found: Sequence[tuple[int, Cell]], texts: Mapping[int, Cell]
    ) -> None:
        """Faults for texts beside dates: an English Excel makes 6 May of 05/06, and leaves 13/06 a text."""
        real = next((number for number, cell in found if isinstance(cell, datetime.date)), None)
        if real is None:
            return
        for number, cell in texts.items():
            values.good.pop(number, None)
            if number not in values.bad:
                values.bad.add(number)
                message = (
                    f"{str(cell)!r} is a text, and row {real} is a date: day and month of one may have been "
                    "exchanged; check the column, and make it all dates or all texts"
                )
                self.faults.append(InputFault(number, values.header, message))
