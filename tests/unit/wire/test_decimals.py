"""Amounts on the wire: exact in either JSON type, and never a float."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoicexpress_wire import (
    WireError,
    dumps,
    format_decimal_number,
    format_decimal_number_or_none,
    format_decimal_string,
    format_decimal_string_or_none,
    loads,
    parse_decimal,
    parse_decimal_or_none,
)

amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=10)
# Either sign, up to fifty places on both sides: more than the service stores (24,10).
exact = st.tuples(st.integers(-(10**20), 10**20), st.integers(-50, 50)).map(
    lambda pair: Decimal(f"{pair[0]}E{pair[1]}")
)


@given(amounts | exact)
@example(Decimal("-0.00"))
@example(Decimal("1E+20"))
@example(Decimal("0.0000000001"))
def test_a_decimal_survives_as_a_string(amount: Decimal) -> None:
    assert parse_decimal(format_decimal_string(amount)) == amount


@given(amounts | exact)
@example(Decimal("1E+20"))
@example(Decimal("123456789012345678901234567890.12"))
def test_a_decimal_survives_as_a_number(amount: Decimal) -> None:
    text = dumps(format_decimal_number(amount))
    assert parse_decimal(loads(text)) == amount


@given(amounts)
def test_trailing_zeros_survive_both_ways(amount: Decimal) -> None:
    """10 decimals in, 10 decimals out: `1.50` is not `1.5` to a golden file."""
    assert parse_decimal(format_decimal_string(amount)).as_tuple() == amount.as_tuple()
    assert dumps(format_decimal_number(amount)) == f"{amount:f}".encode()


@given(exact)
def test_no_exponent_is_written(amount: Decimal) -> None:
    assert set(format_decimal_string(amount)) <= set("-0123456789.")
    assert set(dumps(amount).decode()) <= set("-0123456789.")


@given(st.integers(-(10**30), 10**30))
def test_an_int_is_an_exact_amount(number: int) -> None:
    assert parse_decimal(number) == number
    assert format_decimal_string(number) == str(number)
    assert format_decimal_number(number) == Decimal(number)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10.0", "10.0"),
        ("-1", "-1"),
        ("+1.50", "1.50"),
        ("007", "7"),
        ("1e2", "100"),
        ("1.5E-3", "0.0015"),
        (23, "23"),
        (Decimal("2.0244"), "2.0244"),
    ],
)
def test_numbers_are_read_in_both_json_types(written: object, meant: str) -> None:
    assert parse_decimal(written) == Decimal(meant)
    assert parse_decimal_or_none(written) == Decimal(meant)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        True,
        False,
        "1,50",
        "1 000",
        " 1",
        "1 ",
        "1\n",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "-",
        "1e9999",
        "0x10",
        "1_000",
        "١",
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("sNaN"),
        [],
        {},
    ],
)
@pytest.mark.parametrize("parse", [parse_decimal, parse_decimal_or_none])
def test_what_is_not_an_exact_number_is_not_read(parse: Callable[[object], object], value: object) -> None:
    with pytest.raises(WireError, match="not a decimal number"):
        parse(value)


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_is_read_only_where_nothing_may_stand(nothing: object) -> None:
    assert parse_decimal_or_none(nothing) is None
    with pytest.raises(WireError):
        parse_decimal(nothing)


@pytest.mark.parametrize(
    "value", [1.5, 0.1, "1.50", True, Decimal("NaN"), Decimal("-Infinity"), Decimal("sNaN"), None, [], b"1"]
)
@pytest.mark.parametrize("format_value", [format_decimal_string, format_decimal_number])
def test_only_an_exact_number_is_written(format_value: Callable[[object], object], value: object) -> None:
    """A float never passes: 0.1 is not exactly the intended amount."""
    with pytest.raises(WireError, match=r"expected a decimal\.Decimal"):
        format_value(value)


def test_none_is_written_as_null_where_null_may_stand() -> None:
    assert format_decimal_string_or_none(None) is None
    assert format_decimal_number_or_none(None) is None
    assert format_decimal_string_or_none(Decimal("1.50")) == "1.50"
    assert format_decimal_number_or_none(Decimal("1.50")) == Decimal("1.50")
    with pytest.raises(WireError):
        format_decimal_string_or_none(1.5)
    with pytest.raises(WireError):
        format_decimal_number_or_none(1.5)
