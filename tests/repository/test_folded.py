"""A folded test fails when any row does, and names every failing row."""

from __future__ import annotations

import inspect
from collections.abc import Generator
from typing import Any

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


def test_a_skip_hides_no_wrong_row() -> None:
    @folded("number", [1, 2, 3])
    def odd(number: int) -> None:
        if number == 3:
            pytest.skip("needs luck")
        assert number % 2

    with pytest.raises(BaseException, match="2 of 3 rows are wrong") as caught:  # a skip is caught as well
        odd()
    wrong: Any = caught.value
    assert [error.__notes__ for error in wrong.exceptions] == [["This was 2."], ["This was 3."]]


def test_what_a_call_does_not_run_is_not_folded() -> None:
    async def later(number: int) -> None:
        assert number == 0

    def stepwise(number: int) -> Generator[None]:
        yield
        assert number == 0

    for test in (later, stepwise):
        with pytest.raises(TypeError, match=f"{test.__name__} would not run"):
            folded("number", [1])(test)  # type: ignore[arg-type]  # it returns no None


def test_a_table_without_rows_is_no_test() -> None:
    with pytest.raises(ValueError, match="no rows for number"):
        folded("number", [])


@folded("one, other", [(1, 2), (2, 3)])
def test_fixtures_are_given_beside_the_row(one: int, other: int, request: pytest.FixtureRequest) -> None:
    assert other == one + 1
    assert list(inspect.signature(request.function).parameters) == ["request"]
