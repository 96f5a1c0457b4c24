"""A record behaves like the frozen data class that type checkers take it for."""

from __future__ import annotations

import copy
import dataclasses
import inspect
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invoicexpress_loading.records import record


@record(frozen=True)
class Pair:
    left: int
    right: list[int] | int = 2
    secret: str = field(default="s", repr=False)
    made: tuple[int, ...] = field(default_factory=lambda: (1,))
    last: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        if self.left < 0:
            raise ValueError("left")


@dataclass(frozen=True)
class Twin:
    left: int
    right: list[int] | int = 2
    secret: str = field(default="s", repr=False)
    made: tuple[int, ...] = field(default_factory=lambda: (1,))
    last: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        if self.left < 0:
            raise ValueError("left")


@record(frozen=True, kw_only=True)
class Named:
    one: int
    two: int = 2


NAMES = ["left", "right", "secret", "made", "last", "other"]
ARGUMENTS = st.lists(st.integers(-1, 2), max_size=6)
KEYWORDS = st.dictionaries(st.sampled_from(NAMES), st.integers(-1, 2), max_size=6)


def outcome(kind: Any, args: list[int], keywords: dict[str, int]) -> object:
    """The fields of an instance and its texts, or the type of the error."""
    try:
        made = kind(*args, **keywords)
    except (TypeError, ValueError) as error:
        return type(error)
    return dataclasses.astuple(made), hash(made), repr(made).partition("(")[2]


@given(ARGUMENTS, KEYWORDS)
def test_it_is_made_and_shown_like_a_data_class(args: list[int], keywords: dict[str, int]) -> None:
    assert outcome(Pair, args, keywords) == outcome(Twin, args, keywords)


@given(st.integers(0, 1), st.integers(0, 1), st.integers(0, 1), st.integers(0, 1))
def test_equal_fields_make_it_equal(left: int, right: int, left2: int, right2: int) -> None:
    assert (Pair(left, right) == Pair(left2, right2)) == ((left, right) == (left2, right2))
    assert Pair(left, right) != Twin(left, right)  # type: ignore[comparison-overlap]  # as it says


def test_it_is_frozen() -> None:
    pair = Pair(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        pair.left = 2  # type: ignore[misc]  # as the test says
    with pytest.raises(dataclasses.FrozenInstanceError):
        pair.new = 2  # type: ignore[attr-defined]  # as the test says
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(pair, NAMES[0])
    with pytest.raises(TypeError):
        record(frozen=False)


def test_dataclasses_knows_it() -> None:
    pair = Pair(1, 3)
    assert dataclasses.is_dataclass(pair)
    assert [each.name for each in dataclasses.fields(pair)] == NAMES[:-1]
    assert dataclasses.replace(pair, left=5) == Pair(5, 3)
    with pytest.raises(ValueError, match="left"):
        dataclasses.replace(pair, left=-1)


def test_it_can_be_copied() -> None:
    pair = Pair(1, [3])
    assert copy.copy(pair) == copy.deepcopy(pair) == pair
    with pytest.raises(TypeError, match="unhashable"):
        hash(pair)


def test_its_signature_and_its_errors_name_the_fields() -> None:
    assert str(inspect.signature(Named)) == "(*, one: 'int', two: 'int' = 2)"
    assert [*inspect.signature(Pair).parameters] == [*inspect.signature(Twin).parameters]
    with pytest.raises(TypeError, match="missing a required argument: 'one'"):
        Named()  # type: ignore[call-arg]  # as the test says
    with pytest.raises(TypeError, match="unexpected keyword argument 'three'"):
        Named(one=1, three=3)  # type: ignore[call-arg]  # as the test says
