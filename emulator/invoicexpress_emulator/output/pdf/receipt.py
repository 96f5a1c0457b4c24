"""The documents that a receipt pays: a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import table
from .paper import INK
from .table import Column

if TYPE_CHECKING:
    from .frame import Page

_ROW: Final = 6.0


def draw(page: Page) -> None:
    """Write the documents that a receipt pays, and how."""
    words, figures = page.words, page.words.figures
    columns = (
        Column(words.paid_document, 46, "L"),
        Column(words.paid_date, 24, "L"),
        Column(words.paid_total, 32, "R"),
        Column(f"   {words.mechanism}", 46, "L"),
        Column(words.received, 32, "R"),
    )
    table.head(page, columns)
    for paid, received, mechanism in page.related.settled:
        if not page.has_room(_ROW):
            table.next_page(page, columns, None)
        values = (
            paid.printed_number or "",
            figures.day(paid.date),
            figures.amount(paid.totals.total),
            "   " + words.mechanisms[mechanism],
            figures.amount(received),
        )
        page.ink(INK)
        for column, value in zip(columns, values, strict=True):
            page.write_shrunk(value, column.width, _ROW, column.align)
        page.ln(_ROW)
    page.rule(page.get_y() + 0.6)
    page.ln(4)
