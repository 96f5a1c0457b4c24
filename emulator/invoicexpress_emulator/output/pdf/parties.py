"""Dates and references on the left, the customer on the right; above them, the cancellation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...fiscal.document_types import ESTIMATES
from ...fiscal.payment_mechanisms import DEFAULT_MECHANISM
from .characters import printable
from .paper import GREY, HALF_WIDTH, INK, MARGIN, RED, RIGHT_HALF, WIDTH

if TYPE_CHECKING:
    from ...books.documents.document import Document
    from .frame import Page

_LABEL: Final = 33.0
_VALUE: Final = 58.0
_NAME_SIZES: Final = (10.0, 9.5, 9.0)
_LONGEST_ADDRESS: Final = 5
"""Lines; the rest of a longer address is left out, or the page would hold nothing else."""


def draw(page: Page) -> None:
    """Write the facts of a document and its customer."""
    _canceled(page)
    top = page.get_y()
    for name, value in _facts(page):
        page.set_x(MARGIN)
        page.ink(GREY, 8)
        page.cell(_LABEL, 5, printable(name))
        page.ink(INK, 9, "B")
        if name == page.words.reference:
            page.write_line(page.fitted(value, _VALUE), _VALUE, 5)
        else:
            page.write_shrunk(value, _VALUE, 5)
            page.ln(5)
    below = page.get_y()
    page.set_xy(RIGHT_HALF, top)
    _customer(page)
    page.set_xy(MARGIN, max(below, page.get_y()) + 6)


def _canceled(page: Page) -> None:
    document, words = page.document, page.words
    if document.status != "canceled" or document.canceled_at is None:
        return
    said = words.canceled_at.format(words.figures.moment(document.canceled_at))
    if document.cancel_message:
        said += f". {words.cancel_reason.format(document.cancel_message)}"
    page.ink(RED, 9, "B")
    for line in page.wrapped_to(3, said, WIDTH):
        page.write_line(line, WIDTH)
    page.ln(2)


def _facts(page: Page) -> list[tuple[str, str]]:
    document, words = page.document, page.words
    figures, owner = words.figures, page.related.owner
    facts = [(words.date, figures.day(document.date))]
    if document.type.family is ESTIMATES:
        facts.append((words.valid_until, figures.day(document.due_date)))
    elif not (document.type.is_receipt or document.type.reduces_owner or document.type.goods):
        facts.append((words.due_date, figures.day(document.due_date)))
    if document.system_entry is not None:
        facts.append((words.entered, figures.moment(document.system_entry)))
    if owner is not None:
        label = words.corrects if document.type.corrects else words.follows
        facts.append((label, words.dated.format(owner.printed_number or "", figures.day(owner.date))))
    if document.type.paid_on_issue:
        facts.append((words.mechanism, words.mechanisms[_mechanism(document)]))
    if document.reference:
        facts.append((words.reference, document.reference))
    return [*facts, (words.currency, words.euro)]


def _mechanism(document: Document) -> str:
    """Return how a document that is its own receipt was paid. The API has no field for it: by its Multibanco
    reference if it has one, else as a payment that names no mechanism (assumed).
    """
    return "MB" if document.wants_multibanco else DEFAULT_MECHANISM


def _customer(page: Page) -> None:
    client, words = page.document.client, page.words
    page.ink(GREY, 8)
    page.write_line(
        words.supplier if "supplier" in page.document.type.client_keys else words.customer, HALF_WIDTH
    )
    page.ink(INK, style="B")
    for line in page.wrapped_in(_NAME_SIZES, str(client["name"]), HALF_WIDTH):
        page.write_line(line, HALF_WIDTH, 4.8)
    page.ink(INK, 9)
    town = " ".join(str(client[key]) for key in ("postal_code", "city") if client.get(key))
    for text, most in ((client.get("address"), _LONGEST_ADDRESS), (town, 2), (client.get("country"), 2)):
        for line in page.wrapped_to(most, str(text), HALF_WIDTH) if text else ():
            page.write_line(line, HALF_WIDTH, 4.2)
    if client.get("fiscal_id") or page.issuer.is_portuguese:
        number = str(client.get("fiscal_id") or words.final_consumer)
        page.write_shrunk(f"{words.tax_number}: {number}", HALF_WIDTH, 4.5)
        page.set_xy(RIGHT_HALF, page.get_y() + 4.5)
    if client.get("code"):
        page.ink(GREY, 8)
        page.write_line(page.fitted(words.client_code.format(client["code"]), HALF_WIDTH), HALF_WIDTH)
