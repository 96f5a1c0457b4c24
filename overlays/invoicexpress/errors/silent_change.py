"""A silent change by the service: its kind, its field, and a message for people.

A leaf module: the rules that find changes, their settings and their errors import it.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from invoicexpress_loading.records import record

Kind: TypeAlias = Literal[
    "exemption_missing",
    "exemption_unknown",
    "exemption_outdated",
    "tax_outdated",
    "fiscal_id",
    "country",
    "discount",
    "decimals",
    "price_rounded",
    "dated_ahead",
    "tax_unknown",
    "client_ignored",
    "item_overwritten",
    "credit_exceeded",
    "tax_changed",
    "total_changed",
    "client_changed",
    "lines_lost",
    "simplified_limit",
]
"""What the change is about."""


@record(frozen=True)
class SilentChange:
    """A value that the service changes, has changed, or accepts against the law, without a message."""

    kind: Kind
    """What it is about: code checks this, and people read the message."""
    field: str
    """Path in the JSON: `invoice.items[2].tax`."""
    message: str
    """What the service does with the value, and the remedy."""

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"
