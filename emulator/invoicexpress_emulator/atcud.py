"""ATCUD: the unique code of a document, `validation code`-`number` (Portaria 195/2020, art. 3)."""

from __future__ import annotations

from typing import Final

from .seeded import seeded_code

NOT_RELEVANT: Final = "N/A"
"""What types that need no registration say (docs: validation codes)."""

NOT_REGISTERED: Final = "N/D"
"""What types that need one and have none say (docs: validation codes)."""


def atcud_to_print(code: str | None) -> str | None:
    """Return the ATCUD that a document prints: none for drafts, and for types that have none."""
    return None if code in {NOT_RELEVANT, NOT_REGISTERED} else code


def validation_code(seed: int, series_row_id: int) -> str:
    """Return the validation code that the simulated tax authority gives a series of one document type.

    Eight characters, as real ones; `EMU` in front tells that this one is not.
    """
    return "EMU" + seeded_code(seed, "atcud", series_row_id, length=5)


def atcud(code: str | None, number: int, *, needs_registration: bool) -> str:
    """Return the ATCUD of a document; without a validation code, the word for types that need none or lack
    one.
    """
    if code:
        return f"{code}-{number}"
    return NOT_REGISTERED if needs_registration else NOT_RELEVANT
