"""Portuguese tax numbers, compared with a library that checks their check digit."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from invoicexpress import fiscal_ids
from stdnum.pt import nif

IN_USE = (
    "1",
    "2",
    "3",
    "45",
    "5",
    "6",
    "70",
    "71",
    "72",
    "74",
    "75",
    "77",
    "78",
    "79",
    "90",
    "91",
    "98",
    "99",
)


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
@example("999999990")
@example("501413197")
@example("599999993")
@example("999999999")
def test_the_check_digit_is_the_library_s(number: str) -> None:
    assert fiscal_ids.is_valid(number) is (nif.is_valid(number) and number.startswith(IN_USE))


@given(st.sampled_from(IN_USE), st.integers(0, 10**7 - 1))
def test_exactly_one_check_digit_fits(prefix: str, rest: int) -> None:
    body = (prefix + f"{rest:08d}")[:8]
    assert sum(fiscal_ids.is_valid(f"{body}{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "501 413 197",
        "PT501413197",
        "pt 501413197",
        "pt 508.025.338",
        "508.025.338",
        "PT-508025338",
        "508-025-338",
        "Pt\u00a0508\u2009025\u2009338",
        "508\u2013025\u2013338",
        " 508 025 338\n",
        "999999990",
    ],
)
def test_ways_of_writing_it(text: str) -> None:
    assert fiscal_ids.is_valid(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "50141319",
        "5014131970",
        "ES501413197",
        "50141319A",
        "pt 508.025.339",
        "PTPT508025338",
        "508,025,338",
        "٥٠١٤١٣١٩٧",
        "800000005",
    ],
)
def test_what_is_none(text: str) -> None:
    assert not fiscal_ids.is_valid(text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("pt 508.025.338", "508025338", True),
        ("508025338", "508025339", False),
        ("ESB12345678", "es b-12345678", True),
        ("ESB12345678", "B12345678", False),
        ("", "508025338", False),
    ],
)
def test_a_number_is_the_same_however_it_is_written(one: str, other: str, expected: bool) -> None:
    assert fiscal_ids.is_same(one, other) is fiscal_ids.is_same(other, one) is expected


def test_the_final_consumer_passes() -> None:
    assert fiscal_ids.is_valid(fiscal_ids.FINAL_CONSUMER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("501413197", True),
        ("PT 501 413 197", True),
        ("pt 508.025.338", True),
        ("600000001", True),
        ("980000009", True),
        ("241234565", False),
        ("450000001", False),
        # The final consumer, and invalid numbers.
        ("999999990", False),
        ("501413198", False),
        ("", False),
    ],
)
def test_numbers_of_companies_and_other_bodies(text: str, expected: bool) -> None:
    assert fiscal_ids.is_organization(text) is expected


def test_what_is_a_person_s_or_not_is_decided_for_each_prefix() -> None:
    persons = {"1", "2", "3", "45"}
    for prefix in IN_USE:
        numbers = [f"{prefix}{'0' * (8 - len(prefix))}{digit}" for digit in range(10)]
        (number,) = filter(fiscal_ids.is_valid, numbers)
        assert fiscal_ids.is_organization(number) is (prefix not in persons)
