"""ATCUD: the unique code of a document, `validation code`-`number` (Portaria 195/2020, art. 3)."""

from __future__ import annotations

from typing import Final

from ..seeded import LETTERS, in_letters, seeded_hex

NOT_RELEVANT: Final = "N/A"
"""The value for types that need no registration (vendor docs 2026-07: validation codes)."""

NOT_REGISTERED: Final = "N/D"
"""The value for types that need a registration and lack it (vendor docs 2026-07: validation codes)."""


def atcud_to_print(code: str | None) -> str | None:
    """Return the ATCUD that a document prints: None for drafts, and for types without one."""
    return None if code in {NOT_RELEVANT, NOT_REGISTERED} else code


_FAKE: Final = "EMU"
_SHORTEST: Final = 5
_STRIDE: Final = 1_000_003
"""Spreads neighbouring numbers. It shares no divisor with the number of letters, so codes differ."""


def validation_code(seed: int, account: int, place: int) -> str:
    """Return the simulated tax authority's validation code for a series of one document type.

    Eight characters, like real ones, and more only after millions of series; the prefix `EMU` marks it as
    invented. The code is unique on a server (Portaria 195/2020, art. 3, 2): it encodes account and place
    (each account's rows from 0), so no two rows share one, whatever was reset, restored or created
    elsewhere.
    """
    # Cantor's pairing: a unique number for each account and place, small for small ones.
    number = (account + place) * (account + place + 1) // 2 + place
    length = _SHORTEST
    while number >= LETTERS**length:
        length += 1
    start = int(seeded_hex(seed, "atcud"), 16)
    return _FAKE + in_letters((number * _STRIDE + start) % LETTERS**length, length)


def atcud(code: str | None, number: int, *, needs_registration: bool) -> str:
    """Return the ATCUD of a document; without a validation code, `N/A` or `N/D`."""
    if code:
        return f"{code}-{number}"
    return NOT_REGISTERED if needs_registration else NOT_RELEVANT
