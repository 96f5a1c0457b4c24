"""A year of the made-up company: how many documents of each type, what becomes of them, and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

Course = tuple[str, ...]
"""What happens to a document after it was drafted: verbs of change-state, and words of `company`."""


class Plan(NamedTuple):
    """How many documents of a type are begun in the year, and what becomes of them, in turn."""

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

PLANS: Final = (
    Plan(
        "invoices",
        84,
        (
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
        ),
    ),
    Plan(
        "simplified_invoices",
        55,
        (
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
        ),
    ),
    Plan(
        "invoice_receipts",
        36,
        (
            ("finalized", "mailed"),
            ("finalized",),
            ("finalized", "mailed"),
            ("finalized", "credited"),
            ("finalized", "canceled"),
            ("deleted",),
            (),
        ),
    ),
    Plan(
        "vat_moss_invoices",
        28,
        (
            ("finalized", "mailed", "paid"),
            ("finalized", "credited"),
            ("finalized", "mailed"),
            ("finalized", "paid", "unpaid"),
            ("finalized", "canceled"),
            ("finalized", "credited"),
            ("deleted",),
            (),
        ),
    ),
    Plan("quotes", 24, _ESTIMATE),
    Plan("proformas", 16, _ESTIMATE),
    Plan("fees_notes", 16, _ESTIMATE),
    Plan("shippings", 21, _GUIDE),
    Plan("transports", 14, _GUIDE),
    Plan("devolutions", 14, _GUIDE),
    Plan(
        "purchase_orders",
        18,
        (
            ("finalized", "mailed", "accepted", "completed"),
            ("finalized", "mailed"),
            ("finalized", "second_copy"),
            ("finalized", "mailed", "accepted"),
            ("finalized", "refused"),
            ("finalized", "canceled"),
            ("deleted",),
            (),
        ),
    ),
)

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
"""Days from the step before; what is not here happens at the same moment."""
