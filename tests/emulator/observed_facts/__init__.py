"""What was seen of the live service, fact by fact, as rows: in which section of the survey of observed
behaviour it stands, what it says, who saw it, and how the emulator is asked and has to answer.

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

__all__ = ["FACTS", "SECTIONS", "Fact", "Steps", "Unplayed"]

SECTIONS: Final = (
    "A1", "A1 rate limit", "A2", "A2 messages", "A3", "A3 input", "A3 precision", "A4 create", "A4 finalised",
    "A4 status names", "A4 change state", "A4 update", "A4 exemption", "A4 tax", "A4 credit notes",
    "A4 dates", "A4 lists", "A4 related", "A4 payments", "A4 PDF", "A4 QR", "A4 e-mail", "A4 archived",
    "A5", "A6", "A7", "A8", "A9",
)  # read by rows # fmt: skip
"""Every section has at least one row."""

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
"""Every row, in the order of the sections."""
