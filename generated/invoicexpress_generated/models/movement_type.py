# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

MovementType = Literal["Payment", "Reimbursement"] | str
"""Which way the money went. Other values are kept when read and never sent."""

MOVEMENT_TYPE_VALUES: Final[frozenset[str]] = frozenset(
    {
        "Payment",
        "Reimbursement",
    }
)
