"""The PDF of a document: an A4 page that a Portuguese accountant recognises, and that nobody can take
for real.

What must be on it: the four characters of the signature before "Processado por programa certificado
n.º 9999/AT" (Despacho 8632/2014, 2.2.2; receipts 2.2.3), the ATCUD on every page and directly above
the QR code (Portaria 195/2020, art. 4), the QR code of at least 30 mm, the reason of an exemption, the
retention after the total (2.2.7), "Este documento não serve de fatura" on what is no invoice (1.2),
and the training mark with the software in the header (1.5). The certificate number does not exist.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final, Literal, NamedTuple, cast

from fpdf import FPDF
from fpdf.enums import MethodReturnValue, XPos, YPos

from .account import Account
from .atcud import atcud_to_print
from .delivery import Address
from .document import Document, Line
from .exemption_codes import printed_reason
from .issuer import ISSUER_ADDRESS
from .lisbon_clock import LISBON
from .payment_mechanisms import PAYMENT_MECHANISMS
from .portuguese_print import ENCODING, amount, day, decimal_comma, plain_number, price, printable
from .qr_code import qr_png, qr_text
from .signature import CERTIFICATE_NUMBER, printed_characters
from .totals import ZERO, cents, euros, rounded

_FONT: Final = "Helvetica"
_MARGIN: Final = 15.0
_WIDTH: Final = 210.0 - 2 * _MARGIN
_BOTTOM: Final = 297.0 - 26.0
"""Where content ends and the footer begins."""
_FOOT_RIGHT: Final = 36.0
_QR_SIZE: Final = 36.0
"""Millimetres, quiet zone included: the symbol itself keeps its 30 (AT, Código QR)."""
_NOTES_WIDTH: Final = _WIDTH - _QR_SIZE - 8
_ROW: Final = 4.4
_WHOLE_LINE: Final = 120.0
"""A line of the document lower than this is not parted by the end of a page."""
_INK: Final = (33, 37, 41)
_GREY: Final = (110, 116, 122)
_RULE: Final = (200, 204, 208)
_SHADE: Final = (240, 242, 244)
_WATERMARK: Final = (228, 228, 228)

TRAINING_MARK: Final = "Documento emitido para fins de Formação"
SOFTWARE: Final = "Emulador InvoiceXpress - software de testes, sem certificação"

_PAGES: Final = "\x01\x02\x03"
"""Stands for the number of pages until that is known. Nobody's text can have it: it is not printable."""

_UNITS: Final = {
    "hour": "h",
    "day": "dia",
    "month": "mês",
    "unit": "un.",
    "service": "serv.",
    "other": "outro",
}

_ISSUER: Final = (
    ISSUER_ADDRESS.detail,
    f"{ISSUER_ADDRESS.postal_code} {ISSUER_ADDRESS.city}, {ISSUER_ADDRESS.country}",
)

Align = Literal["L", "R", "C"]


class Column(NamedTuple):
    """A column of a table."""

    title: str
    width: float
    align: Align


_LINE_COLUMNS: Final = (
    Column("Código / Descrição", 73, "L"),
    Column("Qtd.", 16, "R"),
    Column("Un.", 13, "C"),
    Column("Preço unit.", 25, "R"),
    Column("Desc.", 14, "R"),
    Column("IVA", 13, "R"),
    Column("Total s/ IVA", 26, "R"),
)
_TAX_COLUMNS: Final = (
    Column("Taxa", 15, "L"),
    Column("Incidência", 25, "R"),
    Column("IVA", 20, "R"),
    Column("   Motivo de isenção", 46, "L"),
)
_PAYMENT_COLUMNS: Final = (
    Column("Documento", 80, "L"),
    Column("Meio de pagamento", 65, "L"),
    Column("Valor recebido", 35, "R"),
)


class _Page(FPDF):
    """The frame that every page has: issuer, title, marks above; certificate and page number below."""

    def __init__(self, document: Document, account: Account, *, second_copy: bool) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = ENCODING
        self.document = document
        self.account = account
        self.second_copy = second_copy
        self.alias_nb_pages(_PAGES)
        self.set_margins(_MARGIN, 12, _MARGIN)
        self.set_auto_page_break(False)
        self.set_title(printable(_heading(document)))
        self.set_creator(SOFTWARE)
        # A draft was never entered: its own date stands for the moment, or each copy would be another file.
        self.set_creation_date(document.system_entry or datetime.combine(document.date, time(), LISBON))

    def ink(self, colour: tuple[int, int, int] = _INK, size: float = 9, style: Literal["", "B"] = "") -> None:
        """Choose colour, size and weight of what is written next."""
        self.set_font(_FONT, style, size)
        self.set_text_color(*colour)

    def write_line(self, text: str, width: float = 0, height: float = 4.5, align: Align = "L") -> None:
        """Write one line and go below it, where it began."""
        left = self.get_x()
        self.cell(width, height, printable(text), align=align, new_x=XPos.LEFT, new_y=YPos.NEXT)
        self.set_x(left)

    def wrapped(self, text: str, width: float, height: float = 4.2) -> list[str]:
        """Return the lines that a text needs in this width, in the present font."""
        lines = cast(
            "list[str]",
            self.multi_cell(width, height, printable(text), dry_run=True, output=MethodReturnValue.LINES),
        )
        # The library hands back bytes of the font's encoding dressed up as Latin-1.
        return [line.encode("latin-1").decode(ENCODING) for line in lines]

    def fitted(self, text: str, width: float) -> str:
        """Return as much of a text as one line of this width holds."""
        shown = printable(text).replace("\n", " ")
        if self.get_string_width(shown) <= width:
            return shown
        while shown and self.get_string_width(shown + "...") > width:
            shown = shown[:-1]
        return shown + "..."

    def header(self) -> None:
        """Draw the top of a page (called by the library)."""
        self._watermark()
        self.set_xy(_MARGIN, 8)
        self.ink(_GREY, 7)
        self.cell(_WIDTH / 2, 4, printable(SOFTWARE))
        self.ink((176, 42, 55), 7, "B")
        self.cell(_WIDTH / 2, 4, printable(TRAINING_MARK.upper()), align="R")
        self.set_xy(_MARGIN, 15)
        self._issuer()
        self._title()
        self.set_draw_color(*_RULE)
        self.line(_MARGIN, 38, _MARGIN + _WIDTH, 38)
        self.set_xy(_MARGIN, 42)

    def _watermark(self) -> None:
        status = self.document.status
        text = "RASCUNHO" if not self.document.is_issued else "ANULADO" if status == "canceled" else None
        if text is None:
            return
        self.set_font(_FONT, "B", 92)
        self.set_text_color(*_WATERMARK)
        with self.rotation(52, 105, 150):
            self.text(105 - self.get_string_width(text) / 2, 162, text)

    def _issuer(self) -> None:
        self.ink(_INK, 13, "B")
        self.write_line(self.fitted(self.account.organization_name, 95), 95, 6.5)
        self.ink(_GREY, 8.5)
        for line in (*_ISSUER, f"NIF: {self.account.fiscal_id}"):
            self.write_line(line, 95, 4)

    def _title(self) -> None:
        document = self.document
        self.set_xy(_MARGIN + 95, 15)
        self.ink(_INK, 15, "B")
        self.write_line(document.type.title, _WIDTH - 95, 6.5, "R")
        self.ink(_INK, 11, "B")
        self.write_line(document.printed_number or "Rascunho", _WIDTH - 95, 5.5, "R")
        self.ink(_GREY, 8.5)
        self.write_line("2.ª via" if self.second_copy else "Original", _WIDTH - 95, 4, "R")
        if not document.type.fiscal:
            self.ink(_INK, 8.5, "B")
            self.write_line("Este documento não serve de fatura", _WIDTH - 95, 4, "R")

    def footer(self) -> None:
        """Draw the bottom of a page (called by the library)."""
        self.set_draw_color(*_RULE)
        self.line(_MARGIN, _BOTTOM + 4, _MARGIN + _WIDTH, _BOTTOM + 4)
        self.ink(_GREY, 7.5)
        rows = (
            (_certificate(self.document, self.account), f"Página {self.page_no()} de "),
            (TRAINING_MARK, _atcud(self.document)),
        )
        for row, (left, right) in enumerate(rows):
            self.set_xy(_MARGIN, _BOTTOM + 6 + 4 * row)
            self.cell(_WIDTH - _FOOT_RIGHT, 4, printable(left))
            self.cell(_FOOT_RIGHT, 4, printable(right) + (_PAGES if row == 0 else ""))


def _heading(document: Document) -> str:
    return f"{document.type.title} {document.printed_number or 'rascunho'}"


def _atcud(document: Document) -> str:
    code = atcud_to_print(document.atcud)
    return f"ATCUD:{code}" if code else ""


def _certificate(document: Document, account: Account) -> str:
    if not document.is_issued:
        return "Rascunho: sem valor fiscal"
    if not account.is_portuguese:
        return ""
    if document.signature is None:
        return f"Emitido por programa certificado n.º {CERTIFICATE_NUMBER}/AT"
    four = printed_characters(document.signature)
    return f"{four}-Processado por programa certificado n.º {CERTIFICATE_NUMBER}/AT"


def document_pdf(
    document: Document,
    account: Account,
    payments: Sequence[tuple[str, int, str]] = (),
    *,
    second_copy: bool = False,
) -> bytes:
    """Return the PDF of a document.

    Args:
        document: of any type and state; drafts and cancelled ones are marked across the page.
        account: the issuer.
        payments: what a receipt pays: number of the document, cents, payment mechanism.
        second_copy: whether it is marked as second copy.
    """
    page = _Page(document, account, second_copy=second_copy)
    page.add_page()
    _parties(page)
    _transport(page)
    if document.type.is_receipt:
        _payments(page, payments)
    else:
        _lines(page)
    _summary(page)
    _qr_code(page)
    _notes(page)
    return bytes(page.output())


def _parties(page: _Page) -> None:
    """Write dates on the left, the customer on the right."""
    document, top = page.document, page.get_y()
    facts = [("Data de emissão", day(document.date))]
    if not document.type.is_receipt:
        facts.append(("Data de vencimento", day(document.due_date)))
    if document.reference:
        facts.append(("V/ referência", document.reference))
    facts.append(("Moeda", "Euro (EUR)"))
    for name, value in facts:
        page.set_x(_MARGIN)
        page.ink(_GREY, 8)
        page.cell(32, 5, printable(name))
        page.ink(_INK, 9, "B")
        page.write_line(page.fitted(value, 52), 52, 5)
    below = page.get_y()
    page.set_xy(_MARGIN + 95, top)
    _customer(page)
    page.set_xy(_MARGIN, max(below, page.get_y()) + 6)


def _customer(page: _Page) -> None:
    client, width = page.document.client, _WIDTH - 95
    page.ink(_GREY, 8)
    page.write_line("Exmo.(s) Sr.(s)", width)
    page.ink(_INK, 10, "B")
    for line in page.wrapped(str(client["name"]), width, 4.8):
        page.write_line(line, width, 4.8)
    page.ink(_INK, 9)
    town = " ".join(str(client[key]) for key in ("postal_code", "city") if client.get(key))
    for text in (client.get("address"), town, client.get("country")):
        for line in page.wrapped(str(text), width) if text else ():
            page.write_line(line, width, 4.2)
    page.write_line(f"NIF: {client.get('fiscal_id') or 'Consumidor final'}", width)
    if client.get("code"):
        page.ink(_GREY, 8)
        page.write_line(page.fitted(f"Código de cliente: {client['code']}", width), width)


def _transport(page: _Page) -> None:
    """Write where and when goods are loaded, where they go, and in what (Decreto-Lei 147/2003, art. 4)."""
    document, goods = page.document, page.document.delivery
    if goods is None:
        return
    facts: list[tuple[str, str | None]] = [
        ("Local de carga", _place(goods.address_from, goods.load_site)),
        ("Local de descarga", _place(goods.address_to, goods.delivery_site)),
    ]
    if goods.loaded_at is not None:
        moment = day(goods.loaded_at.date())
        if document.type.goods == "transported":
            moment += f" às {goods.loaded_at:%H:%M:%S}"
        facts.append(("Data de carga", moment))
    facts += [("Matrícula", goods.license_plate), ("Código AT", goods.at_doc_code)]
    for name, value in facts:
        if value:
            page.set_x(_MARGIN)
            page.ink(_GREY, 8)
            page.cell(32, 4.6, printable(name))
            page.ink(_INK, 9)
            page.write_line(page.fitted(value, _WIDTH - 34), _WIDTH - 34, 4.6)
    page.set_xy(_MARGIN, page.get_y() + 4)


def _place(address: Address | None, site: str | None) -> str:
    parts = [site]
    if address is not None:
        parts += [address.detail, f"{address.postal_code} {address.city}", address.country]
    return ", ".join(part for part in parts if part)


def _table_head(page: _Page, columns: Sequence[Column]) -> None:
    page.ink(_INK, 8, "B")
    page.set_fill_color(*_SHADE)
    for column in columns:
        page.cell(column.width, 6, printable(column.title), align=column.align, fill=True)
    page.ln(7)


def _room(page: _Page, height: float) -> bool:
    """Whether this much more fits above the footer."""
    return page.get_y() + height <= _BOTTOM


def _lines(page: _Page) -> None:
    _table_head(page, _LINE_COLUMNS)
    for line in page.document.lines:
        _line(page, line)
    page.ln(3)


def _line(page: _Page, line: Line) -> None:
    """Write a line of the document; long names and descriptions wrap, over pages if they must."""
    width = _LINE_COLUMNS[0].width - 2
    page.ink(_INK, 9)
    texts = [(text, _INK, 9.0) for text in page.wrapped(line.name, width)]
    page.ink(_GREY, 8)
    texts += [(text, _GREY, 8.0) for text in page.wrapped(line.description or "", width) if text]
    values = (
        plain_number(line.quantity),
        _UNITS.get(line.unit or "", ""),
        price(line.unit_price),
        f"{plain_number(line.discount)}%" if line.discount else "-",
        f"{plain_number(line.tax_value)}%",
        decimal_comma(rounded(line.amounts.subtotal, 2), 2),
    )
    if not _room(page, _ROW * len(texts)) and _ROW * len(texts) < _WHOLE_LINE:
        page.add_page()
        _table_head(page, _LINE_COLUMNS)
    for position, (text, colour, size) in enumerate(texts):
        if not _room(page, _ROW):
            page.add_page()
            _table_head(page, _LINE_COLUMNS)
        page.ink(colour, size)
        page.cell(_LINE_COLUMNS[0].width, _ROW, text)
        if position == 0:
            page.ink(_INK, 9)
            for column, value in zip(_LINE_COLUMNS[1:], values, strict=True):
                page.cell(column.width, _ROW, printable(value), align=column.align)
        page.ln(_ROW)
    page.set_draw_color(*_RULE)
    page.line(_MARGIN, page.get_y() + 0.6, _MARGIN + _WIDTH, page.get_y() + 0.6)
    page.ln(1.6)


def _payments(page: _Page, payments: Sequence[tuple[str, int, str]]) -> None:
    _table_head(page, _PAYMENT_COLUMNS)
    for number, received, mechanism in payments:
        page.ink()
        values = (number, PAYMENT_MECHANISMS.get(mechanism, mechanism), amount(received))
        for column, value in zip(_PAYMENT_COLUMNS, values, strict=True):
            page.cell(column.width, 6, printable(value), align=column.align)
        page.ln(6)
    page.ln(3)


def _summary(page: _Page) -> None:
    """Write VAT per rate on the left and the totals on the right, never parted by the end of a page."""
    document = page.document
    page.ink(_INK, 8)
    reasons = [_reason_lines(page, part.key.exemption) for part in document.tax_parts]
    rows = sum(max(1, len(lines)) for lines in reasons)
    if not _room(page, max(12 + rows * 4.4, 44)):
        page.add_page()
    top = page.get_y()
    if not document.type.is_receipt:
        _tax_table(page, reasons)
    below = page.get_y()
    page.set_xy(_MARGIN + 115, top)
    _totals(page)
    page.set_xy(_MARGIN, max(below, page.get_y()) + 4)


def _reason_lines(page: _Page, exemption: str | None) -> list[str]:
    reason = printed_reason(exemption)
    return page.wrapped(f"{exemption} - {reason}", _TAX_COLUMNS[3].width - 3, 4) if reason else []


def _tax_table(page: _Page, reasons: Sequence[list[str]]) -> None:
    _table_head(page, _TAX_COLUMNS)
    regions = len({part.key.region for part in page.document.tax_parts})
    for part, reason in zip(page.document.tax_parts, reasons, strict=True):
        rate = f"{plain_number(part.key.rate)}%" + (f" {part.key.region}" if regions > 1 else "")
        values = (rate, amount(part.base), amount(part.tax))
        page.ink(_INK, 8)
        for column, value in zip(_TAX_COLUMNS[:3], values, strict=True):
            page.cell(column.width, 4.4, printable(value), align=column.align)
        page.cell(2.2, 4.4)
        left = page.get_x()
        for line in reason or [""]:
            page.set_x(left)
            page.write_line(line, _TAX_COLUMNS[3].width - 3, 4.4)
        page.set_x(_MARGIN)


def _totals(page: _Page) -> None:
    document = page.document
    totals = document.totals
    rows: list[tuple[str, str]] = []
    if not document.type.is_receipt:
        rows += [("Total ilíquido", amount(totals.sum))]
        if totals.discount:
            rows.append(("Descontos", amount(-totals.discount)))
        rows += [("Total sem IVA", amount(totals.before_taxes)), ("IVA", amount(totals.taxes))]
    for name, value in rows:
        _total_row(page, name, value)
    page.set_x(_MARGIN + 115)
    page.set_fill_color(*_SHADE)
    page.ink(_INK, 11, "B")
    page.cell(30, 8, "Total", fill=True)
    page.cell(
        35, 8, printable(amount(totals.total)), align="R", fill=True, new_x=XPos.LMARGIN, new_y=YPos.NEXT
    )
    if document.withheld:
        page.ln(1)
        _total_row(
            page, f"Retenção ({plain_number(document.retention or ZERO)}%)", amount(-document.withheld)
        )
        _total_row(page, "A pagar", amount(totals.total - document.withheld))
    if document.currency_code is not None and document.rate is not None:
        foreign = cents(euros(totals.total) * document.rate)
        page.ln(1)
        _total_row(page, f"Total {document.currency_code}", decimal_comma(euros(foreign), 2))
        _total_row(page, "Câmbio", f"1 EUR = {plain_number(document.rate)} {document.currency_code}")


def _total_row(page: _Page, name: str, value: str) -> None:
    page.set_x(_MARGIN + 115)
    page.ink(_GREY, 8.5)
    page.cell(30, 5, printable(name))
    page.ink(_INK, 9)
    page.cell(35, 5, printable(value), align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _notes(page: _Page) -> None:
    document = page.document
    if reference := document.multibanco:
        _boxed(
            page,
            "Pagamento por Multibanco",
            f"Entidade: {reference.entity}    Referência: {_grouped(reference.reference)}    "
            f"Montante: {amount(reference.amount)}",
        )
    for title, text in (
        ("Observações", document.observations),
        ("Informação para o cliente", document.client.get("observations")),
    ):
        if text:
            _boxed(page, title, str(text))


def _grouped(digits: str) -> str:
    return " ".join(digits[i : i + 3] for i in range(0, len(digits), 3))


def _boxed(page: _Page, title: str, text: str) -> None:
    if not _room(page, 12):
        page.add_page()
    page.ink(_GREY, 8)
    page.write_line(title)
    page.ink()
    for line in page.wrapped(text, _NOTES_WIDTH):
        if not _room(page, 4.4):
            page.add_page()
            page.ink()
        page.write_line(line, _NOTES_WIDTH, 4.4)
    page.ln(2.5)


def _qr_code(page: _Page) -> None:
    """Put the QR code at the foot of the page with the totals, its ATCUD directly above it."""
    document = page.document
    if not document.is_issued or not page.account.is_portuguese:
        return
    if not _room(page, _QR_SIZE + 6):
        page.add_page()
    here = page.get_y()
    left, top = _MARGIN + _WIDTH - _QR_SIZE, _BOTTOM - _QR_SIZE - 3
    page.set_xy(left, top)
    page.ink(_INK, 8, "B")
    page.write_line(_atcud(document), _QR_SIZE, 4.5, "C")
    picture = io.BytesIO(qr_png(qr_text(document, page.account.fiscal_id), scale=6))
    page.image(picture, left, top + 4.5, _QR_SIZE, _QR_SIZE)
    page.set_xy(_MARGIN, here)
