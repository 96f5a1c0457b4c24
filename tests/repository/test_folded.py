"""A folded test fails when any row does, and names every failing row."""

from __future__ import annotations

import inspect

import pytest

from tests.folded import folded


def test_every_wrong_row_is_named() -> None:
    seen: list[int] = []

    @folded("number", [1, 2, 3, 4])
    def odd(number: int) -> None:
        seen.append(number)
        assert number % 2

    with pytest.raises(BaseExceptionGroup, match="2 of 4 rows are wrong") as caught:
        odd()
    assert seen == [1, 2, 3, 4]
    assert [error.__notes__ for error in caught.value.exceptions] == [["This was 2."], ["This was 4."]]


def test_an_error_that_was_expected_and_did_not_come_is_a_failure() -> None:
    @folded("text", ["1", "x"], ids=["a digit", "a letter"])
    def refused(text: str) -> None:
        with pytest.raises(ValueError, match="invalid literal"):
            int(text)

    with pytest.raises(BaseExceptionGroup) as caught:
        refused()
    assert [error.__notes__ for error in caught.value.exceptions] == [["This was a digit."]]


def test_a_table_without_rows_is_no_test() -> None:
    with pytest.raises(ValueError, match="no rows for number"):
        folded("number", [])


@folded("one, other", [(1, 2), (2, 3)])
def test_fixtures_are_given_beside_the_row(one: int, other: int, request: pytest.FixtureRequest) -> None:
    assert other == one + 1
    assert list(inspect.signature(request.function).parameters) == ["request"]
