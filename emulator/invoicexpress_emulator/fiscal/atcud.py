"""ATCUD: the unique code of a document, `validation code`-`number` (Portaria 195/2020, art. 3)."""

from __future__ import annotations

from typing import Final

from ..seeded import LETTERS, in_letters, seeded_hex

NOT_RELEVANT: Final = "N/A"
"""What types that need no registration say (vendor docs 2026-07: validation codes)."""

NOT_REGISTERED: Final = "N/D"
"""What types that need one and have none say (vendor docs 2026-07: validation codes)."""


def atcud_to_print(code: str | None) -> str | None:
    """Return the ATCUD that a document prints: none for drafts, and for types that have none."""
    return None if code in {NOT_RELEVANT, NOT_REGISTERED} else code


_FAKE: Final = "EMU"
_SHORTEST: Final = 5
_STRIDE: Final = 1_000_003
"""Spreads neighbours. It has no divisor in common with the number of letters, so none fall together."""


def validation_code(seed: int, account: int, place: int) -> str:
    """Return the validation code that the simulated tax authority gives a series of one document type.

    Eight characters, as real ones, and more only after millions of series; `EMU` in front tells that it is
    none. The code is unique on a server (Portaria 195/2020, art. 3, 2): it says account and place (each
    account's rows from 0), so no two rows share one, whatever was reset, restored or created elsewhere.
    """
    # Cantor's pairing: every account and place has a number of its own, small ones a small one.
    number = (account + place) * (account + place + 1) // 2 + place
    length = _SHORTEST
    while number >= LETTERS**length:
        length += 1
    start = int(seeded_hex(seed, "atcud"), 16)
    return _FAKE + in_letters((number * _STRIDE + start) % LETTERS**length, length)


def atcud(code: str | None, number: int, *, needs_registration: bool) -> str:
    """Return the ATCUD of a document; without a validation code, the word for types that need none or lack
    one.
    """
    if code:
        return f"{code}-{number}"
    return NOT_REGISTERED if needs_registration else NOT_RELEVANT
