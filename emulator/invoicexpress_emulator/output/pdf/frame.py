"""The frame of every page: issuer, title, number and marks above; certificate, page number, ATCUD below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from ...books.documents.issuer import issuer_of
from ...fiscal.atcud import atcud_to_print
from ...fiscal.totals import cents
from ...http.clock import LISBON
from . import law
from .characters import printable
from .paper import (
    BOTTOM,
    FONT,
    GREY,
    HALF_WIDTH,
    INK,
    MARGIN,
    RED,
    RIGHT_HALF,
    TOP,
    WATERMARK,
    WIDTH,
    Paper,
)

if TYPE_CHECKING:
    from ...books.accounts.account import Account
    from ...books.documents.document import Document
    from .copies import Copy
    from .related_documents import RelatedDocuments
    from .words import Words

_FOOT_RIGHT: Final = 60.0
_ISSUER_TOP: Final = 13.0
_ISSUER_ROW: Final = 3.6
_NAME_ON_ONE_LINE: Final = tuple(13 - 0.5 * step for step in range(9))
"""Sizes of type, from 13 to 9."""
_NAME_ON_TWO_LINES: Final = tuple(9 - 0.5 * step for step in range(5))
"""From 9 to 7; the two lines end above the document's number."""
_TITLE_SIZE: Final = 15.0
_NAME_TO_TITLE: Final = 6.0


class Page(Paper):
    """The pages of a document: all of them, copy after copy."""

    def __init__(
        self,
        document: Document,
        account: Account,
        related: RelatedDocuments,
        words: Words,
        *,
        marks: Sequence[Copy | None],
        pages_each: int,
        qr_picture: bytes | None,
    ) -> None:
        """Open the file; every one of the copies `marks` has `pages_each` pages."""
        super().__init__()
        self.document = document
        self.issuer = issuer_of(document, account)
        self.related = related
        self.words = words
        self.qr_picture = qr_picture
        self.has_atcud_above_qr_code = False
        """Of the page that is being written: the ATCUD stands directly above the QR code there, so not in the
        footer too (Portaria 195/2020, art. 4).
        """
        self._marks = marks
        self._pages_each = pages_each
        self.set_lang("pt-PT" if words.language == "pt" else "en")
        self.set_title(printable(f"{self.title_of_type} {document.printed_number or words.draft}"))
        self.set_author(printable(self.issuer.name))
        self.set_creator(law.SOFTWARE)
        # A draft was never entered: its own date stands for the moment, or each copy would be another file.
        self.set_creation_date(document.system_entry or datetime.combine(document.date, time(), LISBON))

    @property
    def title_of_type(self) -> str:
        """The title of the document's type in the page's language."""
        return self.words.titles[self.document.type.name]

    @property
    def atcud(self) -> str:
        """The ATCUD as it is printed, empty for documents that have none (Portaria 195/2020, art. 4)."""
        code = atcud_to_print(self.document.atcud)
        return f"ATCUD:{code}" if code else ""

    def header(self) -> None:
        """Draw the top of a page (called by the library)."""
        self.has_atcud_above_qr_code = False
        self._watermark()
        self.set_xy(MARGIN, 8)
        self.ink(GREY, 7)
        self.cell(WIDTH / 2, 4, printable(law.SOFTWARE))
        self.ink(RED, 7, "B")
        self.cell(WIDTH / 2, 4, printable(law.TRAINING_MARK.upper()), align="R")
        self.set_xy(MARGIN, _ISSUER_TOP)
        self._issuer()
        self._title()
        self.rule(TOP - 4)
        self.set_xy(MARGIN, TOP)

    def _watermark(self) -> None:
        if not self.document.is_issued:
            text = self.words.draft_mark
        elif self.document.status == "canceled":
            text = self.words.canceled_mark
        else:
            return
        self.set_font(FONT, "B", 92)
        self.set_text_color(*WATERMARK)
        with self.rotation(52, 105, 150):
            self.text(105 - self.get_string_width(text) / 2, 162, text)

    def _issuer(self) -> None:
        self._issuer_name()
        width = RIGHT_HALF - MARGIN
        self.ink(GREY, 8)
        for line in self._facts_of_issuer():
            if line:
                self.write_shrunk(line, width, _ISSUER_ROW)
                self.ln(_ISSUER_ROW)

    def _issuer_name(self) -> None:
        """Write the name, on one line if it can, as far as the title of the document, which is beside it."""
        self.ink(INK, _TITLE_SIZE, "B")
        title = self.get_string_width(printable(self.title_of_type)) + self.c_margin
        width, name = WIDTH - title - _NAME_TO_TITLE, self.issuer.name
        lines = self.wrapped_in(_NAME_ON_ONE_LINE, name, width)
        height = self.font_size_pt / 2
        if len(lines) > 1:
            height = 4.0
            self.wrapped_in(_NAME_ON_TWO_LINES, name, width)
            lines = self.wrapped_to(2, name, width)
        for line in lines:
            self.write_line(line, width, height)

    def _facts_of_issuer(self) -> tuple[str, ...]:
        """Return the lines below its name; blank ones are left out."""
        issuer, words = self.issuer, self.words
        address = issuer.address
        town = " ".join(part for part in (address.postal_code, address.city) if part)
        place = ", ".join(part for part in (town, address.country) if part)
        capital = issuer.share_capital
        figures = (
            f"{words.tax_number}: {issuer.fiscal_id}",
            "" if capital is None else words.share_capital.format(words.figures.amount(cents(capital))),
        )
        contacts = (words.phone.format(issuer.phone) if issuer.phone else "", issuer.email, issuer.website)
        return (
            address.detail,
            place if address.detail or town else "",
            _joined(figures),
            _joined(contacts),
            f"IBAN: {_in_fours(issuer.iban)}" if issuer.iban else "",
        )

    def _title(self) -> None:
        document = self.document
        # A copy that is drawn to count its pages may go on past the last.
        place = min((self.page_no() - 1) // self._pages_each, len(self._marks) - 1)
        mark = self._marks[place]
        self.set_xy(RIGHT_HALF, 15)
        self.ink(INK, _TITLE_SIZE, "B")
        self.write_line(self.title_of_type, HALF_WIDTH, 6.5, "R")
        self.ink(INK, 11, "B")
        self.write_shrunk(document.printed_number or self.words.draft, HALF_WIDTH, 5.5, "R")
        self.set_xy(RIGHT_HALF, self.get_y() + 5.5)
        if mark is not None:
            self.ink(INK, 9)
            self.write_line(self.words.copies[mark], HALF_WIDTH, 4, "R")
        if not document.type.fiscal:
            self.ink(INK, 8.5, "B")
            own = self.words.not_an_invoice
            self.write_shrunk(law.NOT_AN_INVOICE + (f" ({own})" if own else ""), HALF_WIDTH, 4, "R")

    def footer(self) -> None:
        """Draw the bottom of a page (called by the library)."""
        self.rule(BOTTOM + 4)
        self.ink(GREY, 7.5)
        here = (self.page_no() - 1) % self._pages_each + 1
        rows = (
            (self._certificate(), self.words.page.format(here, self._pages_each)),
            (law.TRAINING_MARK, "" if self.has_atcud_above_qr_code else self.atcud),
        )
        for row, (left, right) in enumerate(rows):
            self.set_xy(MARGIN, BOTTOM + 6 + 4 * row)
            self.cell(WIDTH - _FOOT_RIGHT, 4, printable(left))
            self.write_shrunk(right, _FOOT_RIGHT, 4, "R")

    def _certificate(self) -> str:
        if not self.document.is_issued:
            return self.words.draft_has_no_value
        return law.certificate(self.document) if self.issuer.is_portuguese else ""


def _joined(parts: Iterable[str | None]) -> str:
    return "  ·  ".join(part for part in parts if part)


def _in_fours(text: str) -> str:
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))
