"""Portuguese tax numbers (NIF): nine digits. The first show the kind of holder, the last is a check digit."""

from __future__ import annotations

import re
from typing import Final

FINAL_CONSUMER: Final = "999999990"
"""Number of a customer without one, in the QR code and in SAF-T (PT)."""

_PREFIXES: Final = (
    *("1", "2", "3", "45"),  # people; 45 non-residents
    *("5", "6"),  # companies, public bodies
    *("70", "71", "72", "74", "75", "77", "78", "79"),  # estates, funds, non-residents, given ex officio
    *("90", "91", "98", "99"),  # condominiums, entities without legal personality
)
"""First digits in use (Wikipedia PT, "Número de identificação fiscal", 2026). Numbers with 8, once of sole
traders, are not valid any more.
"""

_PERSONS: Final = ("1", "2", "3", "45")

_NINE_DIGITS: Final = re.compile(r"[0-9]{9}")


def is_organization(fiscal_id: str) -> bool:
    """Whether a text is a valid tax number of a company or another body, not of a person.

    False for the final consumer. Read like `is_valid`. A person may also run a business.
    """
    digits = _digits(fiscal_id)
    return is_valid(digits) and digits != FINAL_CONSUMER and not digits.startswith(_PERSONS)


_SEPARATORS: Final = re.compile(r"[\s.\-\u2010-\u2015/]+")
"""What people write between the digits: `508.025.338`, `508 025 338`, `PT-508025338`."""


def is_same(one: str, other: str) -> bool:
    """Whether two texts are one tax number: separators, case and the prefix `PT` make no difference."""
    return _digits(one) == _digits(other)


def is_none(fiscal_id: str | None) -> bool:
    """Whether a document with this tax number goes to the final consumer."""
    return not fiscal_id or _digits(fiscal_id) in ("", FINAL_CONSUMER)


def plain(fiscal_id: str) -> str:
    """A Portuguese tax number as files and codes have it: without separators and the prefix `PT`."""
    return _digits(fiscal_id)


def _digits(fiscal_id: str) -> str:
    return _SEPARATORS.sub("", fiscal_id).upper().removeprefix("PT")


def is_valid(fiscal_id: str) -> bool:
    """Whether a text can be a Portuguese tax number, with or without separators and the prefix `PT`, in
    either case: `pt 508.025.338`.
    """
    digits = _digits(fiscal_id)
    if not _NINE_DIGITS.fullmatch(digits) or not digits.startswith(_PREFIXES):
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=False)) % 11
    return int(digits[8]) == (0 if remainder < 2 else 11 - remainder)
