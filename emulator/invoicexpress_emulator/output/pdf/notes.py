"""The foot of the last page: how to pay, remarks, and the QR code."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from ...books.documents.issuer import issuer_of
from ..qr_code import qr_png, qr_text
from .paper import BOTTOM, GREY, INK, MARGIN, RULE, WIDTH

if TYPE_CHECKING:
    from ...books.accounts.account import Account
    from ...books.documents.document import Document
    from .frame import Page

_QR_SIZE: Final = 38.0
"""Millimetres, quiet zone included: the symbol itself has 30, and 2.5 around it (AT, Código QR v1.0)."""
_DOTS: Final = 6
"""A module's side in the picture: at least two (AT, Código QR v1.0)."""
_QR_LEFT: Final = MARGIN + WIDTH - _QR_SIZE
_QR_ATCUD: Final = 4.5
_QR_GAP: Final = 0.5
QR_HEIGHT: Final = _QR_SIZE + _QR_ATCUD + _QR_GAP
_NOTES_WIDTH: Final = WIDTH - _QR_SIZE - 8
_ROW: Final = 4.4
_BOX: Final = 13.0


def qr_picture(document: Document, account: Account) -> bytes | None:
    """Return the code as a picture; drafts and accounts outside Portugal have none."""
    issuer = issuer_of(document, account)
    if not document.is_issued or not issuer.is_portuguese:
        return None
    return qr_png(qr_text(document, issuer.fiscal_id), scale=_DOTS)


def draw_qr_code(page: Page, *, below: float) -> None:
    """Put the QR code at the foot of the page, on the right, its ATCUD directly above it.

    `below` is the height up to which the right of the page is occupied.
    """
    if page.qr_picture is None:
        return
    if below + QR_HEIGHT > BOTTOM:
        page.add_page()
    here, top = page.get_y(), BOTTOM - QR_HEIGHT
    page.set_xy(_QR_LEFT, top)
    page.ink(INK, 8, "B")
    page.write_shrunk(page.atcud, _QR_SIZE, _QR_ATCUD, "C")
    page.image(io.BytesIO(page.qr_picture), _QR_LEFT, top + _QR_ATCUD, _QR_SIZE, _QR_SIZE)
    page.has_atcud_above_qr_code = True
    page.set_xy(MARGIN, here)


def draw(page: Page) -> None:
    """Write a Multibanco reference and remarks, as far as they go."""
    document, words = page.document, page.words
    _multibanco(page)
    observations = document.observations or ""
    remarks = (
        (words.correction_reason, observations if observations.strip() else words.no_reason)
        if document.type.corrects
        else (words.observations, observations)
    )
    for title, text in (
        remarks,
        (words.client_observations, document.client.get("observations")),
    ):
        if text:
            _note(page, title, str(text))


def _multibanco(page: Page) -> None:
    """Write how to pay with Multibanco, while something is owed: a box on a paper that is settled, as an
    invoice-receipt is from the start, or cancelled would make its reader pay once too often.
    """
    document, words = page.document, page.words
    reference = document.multibanco
    if reference is None or document.status != "final":
        return
    if not page.has_room(_BOX + 2):
        page.add_page()
    top = page.get_y()
    page.set_draw_color(*RULE)
    page.rect(MARGIN + 1, top, _NOTES_WIDTH - 1, _BOX)
    page.set_xy(MARGIN + 2, top + 1.5)
    page.ink(GREY, 8)
    page.write_line(words.multibanco, _NOTES_WIDTH - 4)
    for title, value, width in (
        (words.entity, reference.entity, 32.0),
        (words.multibanco_reference, _grouped(reference.reference), 50.0),
        (words.multibanco_amount, words.figures.amount(reference.amount), 46.0),
    ):
        here = page.get_x()
        page.ink(GREY, 8)
        page.cell(page.get_string_width(title + ":") + 3, 6, title + ":")
        page.ink(INK, 10, "B")
        page.write_shrunk(value, here + width - page.get_x(), 6)
    page.set_xy(MARGIN, top + _BOX + 3)


def _grouped(digits: str) -> str:
    return " ".join(digits[i : i + 3] for i in range(0, len(digits), 3))


def _note(page: Page, title: str, text: str) -> None:
    if not page.has_room(12):
        page.add_page()
    page.ink(GREY, 8)
    page.write_line(title)
    page.ink()
    for line in page.wrapped(text, _NOTES_WIDTH):
        if not page.has_room(_ROW):
            page.add_page()
            page.ink()
        page.write_line(line, _NOTES_WIDTH, _ROW)
    page.ln(2.5)
