"""JSON with exact decimals: it accepts what the standard library does, without its extensions to JSON."""

from __future__ import annotations

import contextlib
import importlib.util
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_wire import WireError, dumps, is_array, is_object, json_text, loads

leaves = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text()
values: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_ordinary_values_mean_what_the_standard_library_means(value: Any) -> None:
    assert json.loads(dumps(value)) == value
    assert loads(dumps(value)) == value


@given(values)
def test_what_is_written_is_ascii_and_byte_for_byte_the_standard_form(value: Any) -> None:
    assert dumps(value) == json.dumps(value).encode("ascii")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**9), max_value=10**9))
def test_a_decimal_is_an_exact_number_anywhere(amount: Decimal) -> None:
    body = {"a": [amount, {"b": amount}]}
    assert dumps(body) == f'{{"a": [{amount:f}, {{"b": {amount:f}}}]}}'.encode()
    assert loads(dumps(body)) == body


def test_fractions_are_read_as_decimals_and_whole_numbers_as_integers() -> None:
    read = loads(b'[2.30, 1e2, 5, "2.30"]')
    assert read == [Decimal("2.30"), Decimal(100), 5, "2.30"]
    assert [type(entry) for entry in read] == [Decimal, Decimal, int, str]
    assert str(read[0]) == "2.30"


def test_escaped_accents_are_read() -> None:
    """The service writes accents as escapes (recorded 2019)."""
    assert loads(b'"n\\u00e3o"') == "não"


def test_a_tuple_is_an_array() -> None:
    assert dumps((1, (2,))) == b"[1, [2]]"


@pytest.mark.parametrize("key", ["%", "%s", "100 %d", "%%", '"', "\\", "{0}", ""])
def test_a_key_is_written_as_it_is_in_each_object_that_has_it(key: str) -> None:
    objects = [{key: Decimal("1.50"), "b": key}, {"b": 1, key: 2}, {key: Decimal("2.50"), "b": "%s"}]
    written = b'[{%b: 1.50, "b": %b}, {"b": 1, %b: 2}, {%b: 2.50, "b": "%%s"}]'
    assert dumps(objects) == written % ((json.dumps(key).encode(),) * 4)


@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity", b"[1, NaN]"])
def test_what_python_reads_and_json_does_not_have_is_refused(constant: bytes) -> None:
    with pytest.raises(WireError, match=r"not JSON: -?(NaN|Infinity)"):
        loads(constant)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{'a': 1}",
        b"[1,]",
        b"1 2",
        b"<html></html>",
        b"\xff\xfe\xfa",
        b'"\xe3"',
        b"9" * 5000,
        b'{"a": 1',
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
    ids=lambda body: f"{body[:8]!r}-{len(body)}",
)
def test_what_is_not_json_is_one_kind_of_error(body: bytes) -> None:
    with pytest.raises(WireError, match="not JSON"):
        loads(body)


@pytest.mark.parametrize("body", [b"1e99999999999999999999", b"[1E-99999999999999999999]"])
def test_a_number_beyond_any_decimal_is_one_kind_of_error(body: bytes) -> None:
    with pytest.raises(WireError, match="not JSON"):
        loads(body)


@given(st.binary())
def test_reading_never_raises_anything_but_a_wire_error(body: bytes) -> None:
    with contextlib.suppress(WireError):
        loads(body)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), Decimal("NaN"), Decimal("Infinity"), b"bytes", {1}, object(), {1: "a"}, {None: 1}],
)
def test_what_json_cannot_say_exactly_is_not_written(value: object) -> None:
    with pytest.raises(WireError):
        dumps(value)
    with pytest.raises(WireError):
        dumps({"items": [value]})


def test_a_structure_too_deep_to_write_is_one_kind_of_error() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(WireError):
        dumps(deep)


def test_an_integer_too_long_to_write_is_one_kind_of_error() -> None:
    with pytest.raises(WireError):
        dumps(10**5000)


STANDARD: Callable[[bytes], Any] = vars(json_text)["_standard"]
FAST: Callable[[bytes], Any] = vars(json_text)["_reader"]()
BROKEN = [
    b"NaN", b"[1,]", b"01", b"1.", b"-", b"", b"  ", b"[1 2]", b'{"a" 1}', b"tru", b"{}x", b"\x00",
    b'"\x01"', b'["\xff"]', b'"\\ud800"', b'"\xed\xa0\x80"', b"\xef\xbb\xbf{}", "{}".encode("utf-16"),
    b"[" * 100_000, b"1e99999999999999999999",
]  # fmt: skip


def what(read: Callable[[bytes], Any], body: bytes) -> str:
    """What a reader makes of a body, its types too; of all refusals the same."""
    try:
        return repr(read(body))
    except (ValueError, ArithmeticError, RecursionError):
        return "refused"


numbers = st.one_of(
    st.integers(), st.decimals(allow_nan=False, allow_infinity=False).map(lambda number: Exactly(str(number)))
)


class Exactly(str):
    """A number as it is spelt."""


def spelt(value: Any) -> str:
    """A tree as JSON, each number as it is spelt."""
    if isinstance(value, Exactly):
        return value.lower() if value[:1] in "-0123456789" else "0"
    if is_array(value):
        return f"[{','.join(map(spelt, value))}]"
    if is_object(value):
        return "{" + ",".join(f"{json.dumps(key)}:{spelt(entry)}" for key, entry in value.items()) + "}"
    return json.dumps(value)


TREES: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


@given(TREES, st.data())
def test_msgspec_reads_as_the_standard_library(tree: Any, data: st.DataObject) -> None:
    """Also what is cut off or changed in one byte."""
    whole = spelt(tree).encode("utf-8", "surrogatepass")
    at = data.draw(st.integers(0, len(whole)))
    other = bytes([data.draw(st.integers(0, 255))])
    for body in (whole, whole[:at], whole[:at] + other + whole[at + 1 :]):
        assert what(FAST, body) == what(STANDARD, body)


@pytest.mark.parametrize("body", BROKEN)
def test_msgspec_refuses_no_more_and_no_less(body: bytes) -> None:
    assert what(FAST, body) == what(STANDARD, body)


def test_msgspec_reads_where_it_is_installed() -> None:
    assert importlib.util.find_spec("msgspec")
    assert FAST is not STANDARD
