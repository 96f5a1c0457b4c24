"""What was seen of the live service, fact by fact, as rows: what it is about, what it
says, where it is known from, and how the emulator is asked and has to answer.

`live` is played under the observed profile. `page` is what the documented wire does with the same: other
steps, `SAME` where the two agree, None where the fact is of the live service alone. A fact that cannot be
played is a row too, and says why (`Unplayed`).
"""

from __future__ import annotations

from typing import Final

from . import (
    books,
    catalogue,
    clients,
    documents,
    error_bodies,
    error_messages,
    guides,
    idempotency,
    transport,
    values,
)
from .rows import Fact, Steps, Unplayed

__all__ = ["FACTS", "TOPICS", "Fact", "Steps", "Unplayed"]

TOPICS: Final = (
    "transport", "rate limit", "error bodies", "messages", "values", "input", "precision", "create",
    "finalised", "status names", "change state", "update", "exemption", "tax", "credit notes",
    "dates", "lists", "related", "payments", "PDF", "QR", "e-mail", "archived",
    "idempotency", "clients", "items, taxes, series", "guides and estimates", "SAF-T, accounts, treasury",
)  # read by rows # fmt: skip
"""Every topic has at least one row."""

FACTS: Final[tuple[Fact | Unplayed, ...]] = (
    *transport.FACTS,
    *error_bodies.FACTS,
    *error_messages.FACTS,
    *values.FACTS,
    *documents.FACTS,
    *idempotency.FACTS,
    *clients.FACTS,
    *catalogue.FACTS,
    *guides.FACTS,
    *books.FACTS,
)
"""Every row, in the order of the topics."""
