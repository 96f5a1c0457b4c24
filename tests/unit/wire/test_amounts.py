"""Messages show amounts with two decimals or more, and a currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_wire import shown_amount


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("9.8", "9.80 EUR"),
        ("12", "12.00 EUR"),
        ("0", "0.00 EUR"),
        ("-0.5", "-0.50 EUR"),
        ("8.1301", "8.1301 EUR"),
        ("8.1300", "8.13 EUR"),
        ("1E+3", "1000.00 EUR"),
        ("12345678901234567890123456789012.345", "12345678901234567890123456789012.345 EUR"),
    ],
)
def test_amounts(value: str, shown: str) -> None:
    assert shown_amount(Decimal(value)) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4), st.sampled_from(["EUR", "USD"]))
def test_no_digit_is_lost(value: Decimal, currency: str) -> None:
    number, shown = shown_amount(value, currency).split(" ")
    assert Decimal(number) == value
    assert len(number.partition(".")[2]) >= 2
    assert shown == currency
