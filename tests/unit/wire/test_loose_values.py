"""Integers, texts and flags that arrive in more than one JSON type."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_wire import (
    WireError,
    format_boolean,
    format_choice,
    format_flag_integer,
    format_flag_integer_or_none,
    format_flag_string,
    format_flag_string_or_none,
    format_integer,
    format_integer_or_none,
    format_text,
    format_text_or_none,
    parse_flag,
    parse_flag_or_none,
    parse_integer,
    parse_integer_or_none,
    parse_text,
    parse_text_or_none,
)

Wire = Callable[[object], object]


@given(st.booleans())
def test_a_flag_survives_in_both_forms(flag: bool) -> None:
    assert parse_flag(format_flag_string(flag)) is flag
    assert parse_flag(format_flag_integer(flag)) is flag
    assert parse_flag(format_boolean(flag)) is flag
    assert parse_flag_or_none(format_flag_string_or_none(flag)) is flag
    assert parse_flag_or_none(format_flag_integer_or_none(flag)) is flag


def test_a_flag_is_written_as_the_field_wants_it() -> None:
    """Not `==` alone, since `1 == True`: the service goes by the JSON type."""
    assert format_flag_string(True) == "1"
    assert format_flag_string(False) == "0"
    assert type(format_flag_integer(True)) is int
    assert type(format_boolean(True)) is bool


@pytest.mark.parametrize("yes", [True, 1, "1", "true"])
def test_every_observed_yes_is_read(yes: object) -> None:
    assert parse_flag(yes) is True


@pytest.mark.parametrize("no", [False, 0, "0", "false"])
def test_every_observed_no_is_read(no: object) -> None:
    assert parse_flag(no) is False


@pytest.mark.parametrize("value", [2, -1, "yes", "True", " 1", 1.0, Decimal(1), [], {}, "01"])
@pytest.mark.parametrize("parse", [parse_flag, parse_flag_or_none])
def test_no_other_value_is_a_flag(parse: Wire, value: object) -> None:
    with pytest.raises(WireError, match="not a flag"):
        parse(value)


@pytest.mark.parametrize("value", [1, 0, "1", "", None, [], 1.0])
@pytest.mark.parametrize("format_value", [format_boolean, format_flag_string, format_flag_integer])
def test_only_a_bool_is_written_as_a_flag(format_value: Wire, value: object) -> None:
    with pytest.raises(WireError, match="expected a bool"):
        format_value(value)


@given(st.integers(-(10**18), 10**18))
def test_an_integer_is_read_in_both_json_types(number: int) -> None:
    assert parse_integer(number) == number
    assert parse_integer(str(number)) == number
    assert parse_integer_or_none(str(number)) == number
    assert parse_integer(format_integer(number)) == number


@pytest.mark.parametrize("value", [True, 1.0, Decimal(1), "1.0", "", " 1", "1\n", "+1", "٣", "1e3", None, []])
def test_no_other_value_is_an_integer(value: object) -> None:
    with pytest.raises(WireError, match="not an integer"):
        parse_integer(value)


@pytest.mark.parametrize("value", [True, False, 1.0, "1", Decimal(1), None])
def test_only_an_int_is_written_as_an_integer(value: object) -> None:
    with pytest.raises(WireError, match="expected an int"):
        format_integer(value)


@given(st.text())
def test_a_text_survives_as_it_is(text: str) -> None:
    assert parse_text(format_text(text)) == text


@given(st.integers())
def test_a_number_is_read_as_the_text_that_it_stands_for(number: int) -> None:
    """A série created as the number `2026` comes back as the number `2026` (recorded 2019)."""
    assert parse_text(number) == str(number)


@pytest.mark.parametrize("value", [True, Decimal("1.0"), None, [], {}])
def test_no_other_value_is_a_text(value: object) -> None:
    with pytest.raises(WireError, match="expected a text"):
        parse_text(value)


@pytest.mark.parametrize("value", [2026, b"text", None, True, ["text"]])
def test_only_a_str_is_written_as_a_text(value: object) -> None:
    with pytest.raises(WireError, match="expected a str"):
        format_text(value)


def test_only_what_the_contract_knows_is_chosen() -> None:
    assert format_choice(frozenset({"TB", "MB"}), "MB") == "MB"
    with pytest.raises(WireError, match="expected one of MB, TB; got 'mb'"):
        format_choice(frozenset({"TB", "MB"}), "mb")
    with pytest.raises(WireError, match="expected a str"):
        format_choice(frozenset({"1"}), 1)


@pytest.mark.parametrize("parse", [parse_integer_or_none, parse_flag_or_none])
@pytest.mark.parametrize("nothing", [None, ""])
def test_null_and_the_empty_text_are_nothing(parse: Wire, nothing: object) -> None:
    assert parse(nothing) is None


def test_the_empty_text_is_a_text_and_null_is_none() -> None:
    assert parse_text_or_none("") == ""
    assert parse_text_or_none(None) is None


@pytest.mark.parametrize(
    "format_value",
    [format_flag_string_or_none, format_flag_integer_or_none, format_integer_or_none, format_text_or_none],
)
def test_none_is_null_and_anything_wrong_is_still_refused(format_value: Wire) -> None:
    assert format_value(None) is None
    with pytest.raises(WireError):
        format_value([])
