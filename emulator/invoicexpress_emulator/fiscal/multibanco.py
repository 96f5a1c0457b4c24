"""Multibanco payment references that cannot be paid: the entity is 00000.

A reference has nine digits: seven identify the payment (in real ones, three for a subentity and four for the
payment), two are check digits. These are ISO 7064 MOD 97-10 over entity, the seven digits and the amount, so
programs that check them accept the reference.
"""

from __future__ import annotations

from typing import Final, NamedTuple

ENTITY: Final = "00000"
LARGEST_AMOUNT: Final = 99_999_999
"""Cents: eight digits of the reference's check carry the amount."""
_KEY_DIGITS: Final = 7


class Reference(NamedTuple):
    """Entity and reference to pay to, and `amount` in cents."""

    entity: str
    reference: str
    amount: int


def reference_for(document_id: int, amount: int) -> Reference | None:
    """Return the reference for a document's total (cents); None for 0, and for an amount too large for it.

    The seven digits are the last of the document's id. No two documents of an account share them, paid or
    not: an account has no more ids than that.
    """
    if not 0 < amount <= LARGEST_AMOUNT:
        return None
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415 - not needed to start

    key = f"{document_id % 10**_KEY_DIGITS:0{_KEY_DIGITS}d}"
    check = mod_97_10.calc_check_digits(f"{ENTITY}{key}{amount:08d}")
    return Reference(ENTITY, key + check, amount)
