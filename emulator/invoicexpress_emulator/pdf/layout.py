"""The parts of a document, one below the other, for each of its copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..account import Account
from ..document import Document
from ..printed_context import PrintedContext
from . import goods, notes, parties, receipt, summary
from .copies import Copy, copies_of
from .frame import Page
from .language import words_for
from .lines import Lines

_NOTHING: Final = PrintedContext()
_UNKNOWN: Final = 1_000_000
"""Pages of a copy, until they have been counted."""


def document_pdf(
    document: Document,
    account: Account,
    context: PrintedContext = _NOTHING,
    *,
    second_copy: bool = False,
) -> bytes:
    """Return the PDF of a document, in its client's language, as often as its client wants it.

    Args:
        document: of any type and state; drafts and cancelled ones are marked across the page.
        account: the issuer.
        context: the documents that it names.
        second_copy: whether it is one second copy instead.
    """
    marks = copies_of(document, second_copy=second_copy)
    # Every copy has its own "1 of 2", so the pages of one are counted before any is written.
    counted = _laid_out(document, account, context, marks[:1], _UNKNOWN).pages_count
    return bytes(_laid_out(document, account, context, marks, counted).output())


def _laid_out(
    document: Document,
    account: Account,
    context: PrintedContext,
    marks: Sequence[Copy | None],
    pages_each: int,
) -> Page:
    page = Page(document, account, context, words_for(document, account), marks=marks, pages_each=pages_each)
    for _ in marks:
        page.add_page()
        _draw(page)
    return page


def _draw(page: Page) -> None:
    parties.draw(page)
    goods.draw(page)
    carried = None
    if page.document.type.is_receipt:
        receipt.draw(page)
    else:
        lines = Lines(page)
        lines.draw()
        carried = lines.carried
    room = notes.QR_HEIGHT if notes.has_qr_code(page) else 0
    notes.draw_qr_code(page, below=summary.draw(page, carried, room_below_totals=room))
    notes.draw(page)
