"""Observed facts about the live service, one row each: subject, fact, source, and the requests that prove
the emulator's agreement.

`live` is played under the observed profile, `page` under the documented one: other steps, `SAME` where both
agree, None where the fact concerns only the live service. A fact that cannot be played is also a row, with
the reason (`Unplayed`).
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
