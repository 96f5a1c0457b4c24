"""Tables: columns, their head, and the amount carried over to the next page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from .characters import printable
from .paper import GREY, INK, MARGIN, SHADE, WIDTH, Align

if TYPE_CHECKING:
    from .frame import Page

CARRY: Final = 6.0
"""The height of a carried amount."""
_AMOUNT: Final = 30.0


class Column(NamedTuple):
    """A column of a table."""

    title: str
    width: float
    align: Align


def head(page: Page, columns: Sequence[Column]) -> None:
    """Write the titles of a table's columns."""
    page.ink(INK, 8, "B")
    page.set_fill_color(*SHADE)
    for column in columns:
        page.cell(column.width, 6, printable(column.title), align=column.align, fill=True)
    page.ln(7)


def next_page(page: Page, columns: Sequence[Column], carried: Decimal | None) -> None:
    """Go on with a table on the next page. The sum of its lines so far, in EUR before VAT, stands at the
    foot of the one and at the head of the other; None before the first line.
    """
    if carried is not None:
        _carried(page, page.words.carried_forward, carried)
    page.add_page()
    if columns:
        head(page, columns)
    if carried is not None:
        _carried(page, page.words.brought_forward, carried)
        page.rule(page.get_y() - 0.4)
        page.ln(1)


def _carried(page: Page, title: str, amount: Decimal) -> None:
    page.set_x(MARGIN)
    page.ink(GREY, 8)
    page.cell(WIDTH - _AMOUNT, CARRY - 1, printable(title), align="R")
    page.ink(INK, 8, "B")
    page.write_shrunk(page.words.figures.money(amount), _AMOUNT, CARRY - 1, "R")
    page.ln(CARRY)
