"""A year of the made-up company: how many documents of each type, their steps, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from ...fiscal.document_types import DOCUMENT_TYPES, DocumentType
from ...fiscal.states import ESTIMATE, GUIDE, INVOICE, INVOICE_RECEIPT, PURCHASE_ORDER

Course = tuple[str, ...]
"""The steps of a document after its draft: verbs of change-state, and words of `company`."""


class Plan(NamedTuple):
    """How many documents of a type are begun in the year, and the courses that they take in turn."""

    segment: str
    number: int
    courses: tuple[Course, ...]


_ESTIMATE: Final[tuple[Course, ...]] = (
    ("finalized", "mailed", "accepted", "billed"),
    ("finalized", "mailed", "refused"),
    ("finalized", "mailed"),
    ("finalized", "mailed", "accepted", "billed"),
    ("finalized", "canceled"),
    ("finalized", "mailed", "refused", "accepted"),
    ("deleted",),
    (),
)
_GUIDE: Final[tuple[Course, ...]] = (
    ("finalized", "billed"),
    ("finalized",),
    ("finalized", "mailed"),
    ("finalized", "billed"),
    ("finalized", "canceled"),
    ("deleted",),
    (),
)

_INVOICE: Final[tuple[Course, ...]] = (
    ("finalized", "mailed", "paid"),
    ("finalized", "mailed", "paid", "debited"),
    ("finalized", "mailed", "part", "paid"),
    ("finalized", "mailed", "settled"),
    ("finalized", "mailed", "part"),
    ("finalized", "mailed"),
    ("finalized", "mailed", "credited"),
    ("finalized", "mailed", "paid", "unpaid", "paid"),
    ("finalized", "canceled"),
    ("finalized", "mailed", "debited"),
    ("changed", "finalized", "mailed", "paid", "archived"),
    ("deleted",),
    ("finalized", "mailed", "paid", "unpaid"),
    (),
)
_SIMPLIFIED_INVOICE: Final[tuple[Course, ...]] = (
    ("finalized", "settled"),
    ("finalized", "settled"),
    ("finalized", "settled"),
    ("finalized", "canceled"),
    ("finalized", "settled"),
    ("finalized", "settled"),
    ("finalized", "credited"),
    ("finalized",),
    ("deleted",),
    ("finalized", "settled"),
    (),
)
_INVOICE_RECEIPT: Final[tuple[Course, ...]] = (
    ("finalized", "mailed"),
    ("finalized",),
    ("finalized", "mailed"),
    ("finalized", "credited"),
    ("finalized", "canceled"),
    ("deleted",),
    (),
)
_VAT_MOSS_INVOICE: Final[tuple[Course, ...]] = (
    ("finalized", "mailed", "paid"),
    ("finalized", "credited"),
    ("finalized", "mailed"),
    ("finalized", "paid", "unpaid"),
    ("finalized", "canceled"),
    ("finalized", "credited"),
    ("deleted",),
    (),
)
_PURCHASE_ORDER: Final[tuple[Course, ...]] = (
    ("finalized", "mailed", "accepted", "completed"),
    ("finalized", "mailed"),
    ("finalized", "second_copy"),
    ("finalized", "mailed", "accepted"),
    ("finalized", "refused"),
    ("finalized", "canceled"),
    ("deleted",),
    (),
)

_COURSES: Final[Mapping[str, tuple[Course, ...]]] = {
    "SimplifiedInvoice": _SIMPLIFIED_INVOICE,
    "VatMossInvoice": _VAT_MOSS_INVOICE,
}
"""Types with courses of their own; all others take those of their state machine."""

_COURSES_BY_STATES: Final = (
    (INVOICE, _INVOICE),
    (INVOICE_RECEIPT, _INVOICE_RECEIPT),
    (ESTIMATE, _ESTIMATE),
    (GUIDE, _GUIDE),
    (PURCHASE_ORDER, _PURCHASE_ORDER),
)
_NUMBERS: Final[Mapping[str, int]] = {
    "Invoice": 84,
    "SimplifiedInvoice": 55,
    "InvoiceReceipt": 36,
    "VatMossInvoice": 28,
    "Quote": 24,
    "Shipping": 21,
    "Transport": 14,
    "Devolution": 14,
    "PurchaseOrder": 18,
}
_USUAL_NUMBER: Final = 16


def _courses_of(row: DocumentType) -> tuple[Course, ...]:
    return _COURSES.get(row.name) or next(
        courses for states, courses in _COURSES_BY_STATES if states is row.states
    )


PLANS: Final = tuple(
    Plan(row.segment, _NUMBERS.get(row.name, _USUAL_NUMBER), _courses_of(row))
    for row in DOCUMENT_TYPES
    if row.creatable and not row.corrects
)
"""One for every type that is begun on its own: notes follow their owners, receipts their payments."""

NOTE: Final[tuple[Course, ...]] = (
    ("finalized", "mailed"),
    ("finalized", "settled"),
    ("finalized", "canceled"),
    (),
    ("deleted",),
    ("finalized", "settled"),
)
DEBIT_NOTE: Final[tuple[Course, ...]] = (
    ("finalized", "mailed"),
    ("finalized", "settled"),
    ("finalized", "canceled"),
    ("finalized", "settled", "unsettled"),
    (),
    ("deleted",),
)
BILLED: Final[tuple[Course, ...]] = (
    ("finalized", "mailed", "paid"),
    ("finalized", "mailed"),
    ("finalized", "mailed", "part"),
    ("finalized", "mailed", "paid"),
)
RENTED: Final[Course] = ("finalized", "mailed", "paid")
WAITS: Final[Mapping[str, tuple[int, int]]] = {
    "changed": (1, 2),
    "accepted": (2, 9),
    "refused": (3, 12),
    "completed": (4, 15),
    "second_copy": (1, 5),
    "paid": (4, 50),
    "part": (10, 40),
    "unpaid": (1, 4),
    "settled": (6, 30),
    "unsettled": (1, 6),
    "canceled": (1, 2),
    "credited": (3, 20),
    "debited": (20, 40),
    "billed": (1, 6),
    "archived": (20, 40),
}
"""Days since the previous step; steps that are not here happen at the same moment."""
