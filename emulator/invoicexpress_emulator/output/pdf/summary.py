"""VAT per rate and region on the left, the totals on the right."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ...fiscal.exemption_codes import printed_reason
from ...fiscal.totals import EXACT, ZERO, TaxPart, cents, euros
from . import table
from .lines import discount_of_lines
from .paper import GREY, INK, MARGIN, SHADE, TOP, WIDTH
from .table import Column

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from .frame import Page

_TOTALS_LEFT: Final = MARGIN + 117.0
_TOTALS_NAME: Final = 31.0
_TOTALS_VALUE: Final = WIDTH - 117.0 - _TOTALS_NAME
_ROW: Final = 4.4


class _Total(NamedTuple):
    """A row of the totals; `look` decides its height and type."""

    name: str
    value: str
    look: Literal["plain", "strong", "grand"] = "plain"

    @property
    def height(self) -> float:
        """Millimetres that it takes."""
        return 9.0 if self.look == "grand" else 5.0


def draw(page: Page, carried: Decimal | None, *, room_below_totals: float) -> float:
    """Write VAT and totals, on the next page if the part that must stand below them would be torn off.

    Returns how far down the totals reach.

    Args:
        page: the pages of a document, after its lines.
        carried: the sum of the lines in EUR before VAT, None without lines.
        room_below_totals: millimetres that are needed underneath the totals.
    """
    taxes, totals = _Taxes(page), _total_rows(page)
    height = sum(row.height for row in totals)
    if not page.has_room(max(taxes.height, height + room_below_totals)):
        table.next_page(page, (), carried)
        page.ln(2)
    top, first_page = page.get_y(), page.page
    for row in totals:
        _total(page, row)
    page.set_xy(MARGIN, top)
    if not page.document.type.is_receipt:
        taxes.draw()
    if page.page != first_page:
        # The VAT table is longer than a page: the right side next to its rest is empty.
        page.set_xy(MARGIN, page.get_y() + 4)
        return TOP
    page.set_xy(MARGIN, max(page.get_y(), top + height) + 4)
    return top + height


class _Taxes:
    """The table of VAT: base, VAT and region of each rate, and reasons of exemption."""

    def __init__(self, page: Page) -> None:
        words = page.words
        self._page = page
        self._columns = (
            Column(words.rate, 11, "L"),
            Column(words.region, 17, "L"),
            Column(words.base, 22, "R"),
            Column(words.tax, 18, "R"),
            Column(f"   {words.exemption}", 46, "L"),
        )
        page.ink(INK, 8)
        self._rows = [(part, self._reason(part)) for part in page.document.tax_parts]
        self._shown = self._columns if any(reason for _, reason in self._rows) else self._columns[:4]

    @property
    def height(self) -> float:
        """How much of a page the whole table takes, with its last row of sums."""
        return 7 + _ROW * (1 + sum(max(1, len(reason)) for _, reason in self._rows))

    def _reason(self, part: TaxPart) -> list[str]:
        code = part.key.exemption
        reason = printed_reason(code)
        return self._page.wrapped(f"{code} - {reason}", self._columns[4].width - 3, 4) if reason else []

    def draw(self) -> None:
        """Write the table, over several pages if it is long."""
        page, figures = self._page, self._page.words.figures
        table.head(page, self._shown)
        for part, reason in self._rows:
            if not page.has_room(_ROW * max(1, len(reason))):
                table.next_page(page, self._shown, None)
            region = self._page.words.regions.get(part.key.region, part.key.region)
            rate = f"{figures.plain(part.key.rate)}%"
            base, tax = figures.money(euros(part.base)), figures.money(euros(part.tax))
            self._write((rate, region, base, tax), reason)
        if len(self._rows) > 1 and page.has_room(_ROW):
            totals = page.document.totals
            page.rule(page.get_y(), sum(column.width for column in self._columns[:4]))
            base, tax = figures.money(euros(totals.before_taxes)), figures.money(euros(totals.taxes))
            self._write((page.words.total, "", base, tax), [])

    def _write(self, values: tuple[str, ...], reason: list[str]) -> None:
        page = self._page
        page.ink(INK, 8)
        for column, value in zip(self._columns, values, strict=False):
            page.write_shrunk(value, column.width, _ROW, column.align)
        page.cell(2.2, _ROW)
        left = page.get_x()
        for line in reason or [""]:
            page.set_x(left)
            page.write_line(line, self._columns[4].width - 3, _ROW)
        page.set_x(MARGIN)


def discounts(document: Document) -> tuple[int, int]:
    """Return the discounts of lines and of the whole document: cents that add up to its discount."""
    of_lines = discount_of_lines(document)
    return of_lines, document.totals.discount - of_lines


def _total_rows(page: Page) -> list[_Total]:
    document, words, figures = page.document, page.words, page.words.figures
    totals = document.totals
    rows: list[_Total] = []
    if not document.type.is_receipt:
        of_lines, of_all = discounts(document)
        rows.append(_Total(words.sum, figures.amount(totals.sum)))
        if of_lines:
            rows.append(_Total(words.line_discounts, figures.amount(-of_lines)))
        if of_all:
            rows.append(_Total(_global_discount(page), figures.amount(-of_all)))
        rows.append(_Total(words.before_taxes, figures.amount(totals.before_taxes)))
        rows.append(_Total(words.tax, figures.amount(totals.taxes)))
    name = words.total_paid if document.type.is_receipt else words.total
    rows.append(_Total(name, figures.amount(totals.total), "grand"))
    if document.withheld:
        rate = figures.plain(document.retention or ZERO)
        rows.append(_Total(f"{words.withheld} ({rate}%)", figures.amount(-document.withheld)))
        rows.append(_Total(words.to_pay, figures.amount(totals.total - document.withheld), "strong"))
    if document.currency_code is not None and document.rate is not None:
        foreign = euros(cents(EXACT.multiply(euros(totals.total), document.rate)))
        name = words.foreign_total.format(document.currency_code)
        rows.append(_Total(name, figures.money(foreign), "strong"))
        per_euro = f"1 EUR = {figures.exchange_rate(document.rate)} {document.currency_code}"
        rows.append(_Total(words.exchange, per_euro))
    return rows


def _global_discount(page: Page) -> str:
    discount = page.document.global_discount
    if discount is None or discount.value_type == "absolute":
        return page.words.global_discount
    return f"{page.words.global_discount} ({page.words.figures.plain(discount.value)}%)"


def _total(page: Page, row: _Total) -> None:
    page.set_x(_TOTALS_LEFT)
    if row.look == "grand":
        page.set_fill_color(*SHADE)
        page.ink(INK, 11, "B")
        page.write_shrunk(row.name, _TOTALS_NAME, 8, fill=True)
        page.write_shrunk(row.value, _TOTALS_VALUE, 8, "R", fill=True)
    else:
        page.ink(GREY, 8.5)
        page.write_shrunk(row.name, _TOTALS_NAME, 5)
        page.ink(INK, 9, "B" if row.look == "strong" else "")
        page.write_shrunk(row.value, _TOTALS_VALUE, 5, "R")
    page.ln(row.height)
