# Generated from openapi.yaml by `make generate`. Do not edit.

from typing import Final, Literal

PaymentMechanism = (
    Literal["CC", "CD", "CH", "CI", "CO", "CS", "DE", "LC", "MB", "NU", "OU", "PR", "TB", "TR"] | str
)
"""How a payment was made. CC credit card, CD debit card, CH cheque, CO voucher, CS current account, DE
electronic money, LC commercial paper, MB Multibanco, NU cash, OU other, PR exchange, TB bank
transfer, TR restaurant ticket, CI documentary credit. Other values are kept when read and never
sent."""

PAYMENT_MECHANISM_VALUES: Final[frozenset[str]] = frozenset(
    {
        "CC",
        "CD",
        "CH",
        "CI",
        "CO",
        "CS",
        "DE",
        "LC",
        "MB",
        "NU",
        "OU",
        "PR",
        "TB",
        "TR",
    }
)
