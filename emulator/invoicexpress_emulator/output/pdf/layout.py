"""The parts of a document, one below the other, for each of its copies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from . import goods, notes, parties, receipt, summary
from .copies import copies_of
from .frame import Page
from .language import words_for
from .lines import Lines
from .related_documents import RelatedDocuments

if TYPE_CHECKING:
    from ...books.accounts.account import Account
    from ...books.documents.document import Document

_NOTHING: Final = RelatedDocuments()


def document_pdf(
    document: Document,
    account: Account,
    related: RelatedDocuments = _NOTHING,
    *,
    second_copy: bool = False,
) -> bytes:
    """Return the PDF of a document, in its client's language, in the copies of the client's options.

    Args:
        document: of any type and state; drafts and cancelled ones are marked across the page.
        account: the issuer.
        related: the documents that it names.
        second_copy: print one second copy instead.
    """
    marks = copies_of(document, second_copy=second_copy)
    paged = partial(
        Page,
        document,
        account,
        related,
        words_for(document, account),
        qr_picture=notes.qr_picture(document, account),
    )
    # Every copy has its own "1 of 2". Most have one page; of others one is drawn to count its pages.
    page = paged(marks=marks, pages_each=1)
    _draw(page)
    if page.pages_count > 1:
        page = paged(marks=marks, pages_each=page.pages_count)
        _draw(page)
    for _ in marks[1:]:
        _draw(page)
    return bytes(page.output())


def _draw(page: Page) -> None:
    """Write one copy, beginning on a new page."""
    page.add_page()
    parties.draw(page)
    goods.draw(page)
    carried = None
    if page.document.type.is_receipt:
        receipt.draw(page)
    else:
        lines = Lines(page)
        lines.draw()
        carried = lines.carried
    room = notes.QR_HEIGHT if page.qr_picture else 0
    notes.draw_qr_code(page, below=summary.draw(page, carried, room_below_totals=room))
    notes.draw(page)
