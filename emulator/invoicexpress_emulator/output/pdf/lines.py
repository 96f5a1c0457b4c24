"""The lines of a document, over as many pages as they need."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ...fiscal.exemption_codes import printed_reason
from ...fiscal.totals import EXACT, ZERO, rounded
from . import table
from .paper import GREY, INK, Colour
from .table import CARRY, Column

if TYPE_CHECKING:
    from ...books.documents.document import Line
    from .frame import Page

_ROW: Final = 4.4
_WHOLE_LINE: Final = 120.0
"""A line of the document lower than this is never split between two pages."""


class Lines:
    """The table of lines, with the sum so far."""

    def __init__(self, page: Page) -> None:
        words = page.words
        self._page = page
        self._columns = (
            Column(words.item, 66, "L"),
            Column(words.quantity, 17, "R"),
            Column(words.unit, 13, "C"),
            Column(words.price, 25, "R"),
            Column(words.discount, 14, "R"),
            Column(words.tax, 19, "R"),
            Column(words.net, 26, "R"),
        )
        self.carried: Decimal | None = None
        """The sum of the lines so far, in EUR before VAT; None before the first one."""

    def draw(self) -> None:
        """Write all lines."""
        table.head(self._page, self._columns)
        for line in self._page.document.lines:
            self._line(line)
        self._page.ln(3)

    def _line(self, line: Line) -> None:
        """Write a line of the document; long names and descriptions wrap, over pages if they must."""
        page, width = self._page, self._columns[0].width - 2
        page.ink(INK, 9)
        texts: list[tuple[str, Colour, float]] = [(text, INK, 9.0) for text in page.wrapped(line.name, width)]
        page.ink(GREY, 8)
        texts += [(text, GREY, 8.0) for text in page.wrapped(line.description or "", width) if text]
        height = _ROW * len(texts)
        if not page.has_room(height + CARRY) and height < _WHOLE_LINE:
            self._next_page()
        for position, (text, colour, size) in enumerate(texts):
            if not page.has_room(_ROW + CARRY):
                self._next_page()
            page.ink(colour, size)
            page.cell(self._columns[0].width, _ROW, text)
            if position == 0:
                page.ink(INK, 9)
                for column, value in zip(self._columns[1:], self._values(line), strict=True):
                    page.write_shrunk(value, column.width, _ROW, column.align)
                self.carried = EXACT.add(self.carried or ZERO, line.amounts.subtotal)
            page.ln(_ROW)
        page.rule(page.get_y() + 0.6)
        page.ln(1.6)

    def _values(self, line: Line) -> tuple[str, ...]:
        figures = self._page.words.figures
        return (
            figures.plain(line.quantity),
            self._page.words.units.get(line.unit or "", ""),
            figures.price(line.unit_price),
            f"{figures.plain(line.discount)}%" if line.discount else "-",
            self._tax(line),
            figures.money(rounded(line.amounts.subtotal, 2)),
        )

    def _tax(self, line: Line) -> str:
        """Return the rate, and for an exempt line the code whose reason stands in the VAT summary."""
        key = self._page.document.tax_key(line)
        rate = f"{self._page.words.figures.plain(key.rate)}%"
        return f"{rate} {key.exemption}" if printed_reason(key.exemption) else rate

    def _next_page(self) -> None:
        carried = None if self.carried is None else rounded(self.carried, 2)
        table.next_page(self._page, self._columns, carried)
