"""The lines of a document, over as many pages as they need."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ...fiscal.exemption_codes import printed_reason
from ...fiscal.totals import EXACT, ZERO, apportion, cents, euros
from . import table
from .paper import GREY, INK, WIDTH, Colour
from .table import CARRY, Column

if TYPE_CHECKING:
    from ...books.documents.document import Document, Line
    from ...fiscal.totals import TaxKey
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
        self._printed = 0

    def draw(self) -> None:
        """Write all lines."""
        table.head(self._page, self._columns)
        document = self._page.document
        for line, net in zip(document.lines, net_of_lines(document), strict=True):
            self._line(line, net)
        self._page.ln(3)

    def _line(self, line: Line, net: int) -> None:
        """Write a line of the document, `net` cents of it. Long names and descriptions wrap, over pages if
        they must; a description stands below the figures, so it has the whole width.
        """
        page, width = self._page, self._columns[0].width - 2
        page.ink(INK, 9)
        texts: list[tuple[str, Colour, float]] = [(text, INK, 9.0) for text in page.wrapped(line.name, width)]
        page.ink(GREY, 8)
        texts += [(text, GREY, 8.0) for text in page.wrapped(line.description or "", WIDTH - 2) if text]
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
                for column, value in zip(self._columns[1:], self._values(line, net), strict=True):
                    page.write_shrunk(value, column.width, _ROW, column.align)
                self._printed += net
                self.carried = euros(self._printed)
            page.ln(_ROW)
        page.rule(page.get_y() + 0.6)
        page.ln(1.6)

    def _values(self, line: Line, net: int) -> tuple[str, ...]:
        figures = self._page.words.figures
        return (
            figures.plain(line.quantity),
            self._page.words.units.get(line.unit or "", ""),
            figures.price(line.unit_price),
            f"{figures.plain(line.discount)}%" if line.discount else "-",
            self._tax(line),
            figures.money(euros(net)),
        )

    def _tax(self, line: Line) -> str:
        """Return the rate, and for an exempt line the code whose reason stands in the VAT summary."""
        key = self._page.document.tax_key(line)
        rate = f"{self._page.words.figures.plain(key.rate)}%"
        return f"{rate} {key.exemption}" if printed_reason(key.exemption) else rate

    def _next_page(self) -> None:
        table.next_page(self._page, self._columns, self.carried)


def net_of_lines(document: Document) -> list[int]:
    """Return the printed amount of each line before VAT and global discount, in cents.

    They add up to the document's total before VAT and, without a global discount, those of a rate to its base
    in the summary: each line is rounded down, and the missing cents go to the lines that lost most by it
    (assumed, as for the rates: see `totals`). So no line is above the total.
    """
    printed = [0] * len(document.lines)
    for places, amount in _groups(document):
        shares = apportion(amount, [document.lines[place].amounts.subtotal for place in places])
        for place, share in zip(places, shares, strict=True):
            printed[place] = share
    return printed


def _groups(document: Document) -> list[tuple[list[int], int]]:
    """Return the places of lines that are printed with a sum, and that sum in cents."""
    if document.global_discount is not None:
        return [([*range(len(document.lines))], document.totals.sum - discount_of_lines(document))]
    by_key: dict[TaxKey, list[int]] = {}
    for place, line in enumerate(document.lines):
        by_key.setdefault(document.tax_key(line), []).append(place)
    return [(by_key[part.key], part.base) for part in document.tax_parts]


def discount_of_lines(document: Document) -> int:
    """Return the discounts of the lines alone, in cents."""
    if document.global_discount is None:
        return document.totals.discount
    exact = ZERO
    for line in document.lines:
        exact = EXACT.add(exact, line.amounts.discount)
    return cents(exact)
