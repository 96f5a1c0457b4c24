"""One thing that the service does without a word: of which kind, where, and in words for people.

A leaf: the rules that find it, the settings for it and the errors that carry it all stand on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "exemption_missing",
    "exemption_unknown",
    "exemption_outdated",
    "tax_outdated",
    "fiscal_id",
    "country",
    "discount",
    "decimals",
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


@dataclass(frozen=True, slots=True)
class SilentChange:
    """Something that the service does or has done to a value, or lets pass, without saying so."""

    kind: Kind
    field: str
    """Path as the JSON has it: `invoice.items[2].tax`."""
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"
