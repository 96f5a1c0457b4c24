"""Amounts in messages for people."""

from __future__ import annotations

from decimal import Decimal


def shown_amount(value: Decimal, currency: str = "EUR") -> str:
    """An amount with its currency: `9.80 EUR`. Two decimals; more where the value has more."""
    whole, _, decimals = format(value, "f").partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')} {currency}"
