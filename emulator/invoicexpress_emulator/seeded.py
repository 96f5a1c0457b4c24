"""Values that look random and repeat: everything arbitrary is derived from the seed and its purpose.

Two emulators with the same seed and the same requests give the same answers, in whatever order unrelated
values are computed.
"""

from __future__ import annotations

import hashlib
from typing import Final

_CODE_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ23456789"
LETTERS: Final = len(_CODE_LETTERS)


def seeded_hex(seed: int, *purpose: object, length: int = 40) -> str:
    """Return `length` hexadecimal digits (at most 64) for a purpose."""
    text = "/".join(map(str, (seed, *purpose)))
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def seeded_code(seed: int, *purpose: object, length: int = 5) -> str:
    """Return `length` letters and digits that are easy to read aloud, for a purpose."""
    return in_letters(int(seeded_hex(seed, *purpose, length=64), 16), length)


def in_letters(value: int, length: int) -> str:
    """Return the last `length` digits of a number, where `LETTERS` letters and digits are the digits."""
    letters: list[str] = []
    for _ in range(length):
        value, index = divmod(value, len(_CODE_LETTERS))
        letters.append(_CODE_LETTERS[index])
    return "".join(letters)
