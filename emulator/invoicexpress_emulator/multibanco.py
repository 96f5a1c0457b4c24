"""Multibanco payment references, which nobody can pay: the entity is 00000.

The two check digits are ISO 7064 MOD 97-10 over entity, subentity, id and amount, so that programs
that check them are satisfied.
"""

from __future__ import annotations

from typing import Final, NamedTuple

ENTITY: Final = "00000"
SUBENTITY: Final = "999"
LARGEST_AMOUNT: Final = 99_999_999
"""Cents: eight digits of the reference's check carry the amount."""


class Reference(NamedTuple):
    """Where and how much to pay; `amount` in cents."""

    entity: str
    reference: str
    amount: int


def reference_for(document_id: int, amount: int) -> Reference | None:
    """Return the reference for a document's total (cents); None for amounts that no reference can carry."""
    if not 0 < amount <= LARGEST_AMOUNT:
        return None
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415 - not needed to start

    key = f"{SUBENTITY}{document_id % 10_000:04d}"
    check = mod_97_10.calc_check_digits(f"{ENTITY}{key}{amount:08d}")
    return Reference(ENTITY, key + check, amount)
