"""The counts and sums that stand before the documents of a section."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from ...fiscal.totals import EXACT, ZERO
from .values import decimal, money

if TYPE_CHECKING:
    from ...books.documents.document import Document


@dataclass(slots=True)
class ControlTotals:
    """Counts and sums of a section: cancelled documents count, and are left out of the sums (4.1.1 to 4.1.3,
    4.2.1 and 4.2.2, 4.3.1 to 4.3.3, 4.4.1 to 4.4.3). Guides that are invoiced are in both.
    """

    documents: int = 0
    debits: int = 0
    credits: int = 0
    lines: int = 0
    quantity: Decimal = ZERO

    def add(self, document: Document) -> None:
        """Take one more document into account."""
        self.documents += 1
        self.lines += len(document.lines)
        if document.status == "canceled":
            return
        if document.type.reduces_owner:
            self.debits += document.totals.before_taxes
        else:
            self.credits += document.totals.before_taxes
        for line in document.lines:
            self.quantity = EXACT.add(self.quantity, line.quantity)

    def of_amounts(self) -> dict[str, str]:
        """Return the totals of a section of amounts, by element."""
        return {
            "NumberOfEntries": str(self.documents),
            "TotalDebit": money(self.debits),
            "TotalCredit": money(self.credits),
        }

    def of_goods(self) -> dict[str, str]:
        """Return the totals of goods that move, by element."""
        return {
            "NumberOfMovementLines": str(self.lines),
            "TotalQuantityIssued": decimal(self.quantity),
        }
