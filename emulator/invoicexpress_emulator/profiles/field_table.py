"""Tables of fields: how a thing becomes a JSON object, key by key.

A field is a key and a function of the thing; a function that returns `ABSENT` leaves the key out, which the
live service does where its documentation promises a value (recorded 2019). The tables are in the
order in which the service emits the keys.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from operator import attrgetter
from typing import Any, Final, TypeVar

from ..http.wire_values import JsonValue

Thing = TypeVar("Thing")
Part = TypeVar("Part")


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = auto()


ABSENT: Final = Absent.ABSENT
"""In place of a value: the key is left out."""

Fields = tuple[tuple[str, Callable[[Thing], JsonValue | Absent]], ...]


def as_json(thing: Thing, fields: Fields[Thing]) -> dict[str, JsonValue]:
    """Return a thing as JSON, key by key."""
    result: dict[str, JsonValue] = {}
    for key, value_of in fields:
        value = value_of(thing)
        if value is not ABSENT:
            result[key] = value
    return result


def or_absent(value: JsonValue) -> JsonValue | Absent:
    """Leave a key without a value out."""
    return ABSENT if value is None else value


def or_blank(value: str | None) -> str:
    """Show no value as an empty text, as the documented types demand."""
    return value or ""


def of_part(part_of: Callable[[Thing], Part], fields: Fields[Part]) -> Fields[Thing]:
    """Return the fields of a part of a thing as fields of the thing."""

    def of_thing(value_of: Callable[[Part], JsonValue | Absent]) -> Callable[[Thing], JsonValue | Absent]:
        return lambda thing: value_of(part_of(thing))

    return tuple((key, of_thing(value_of)) for key, value_of in fields)


def without(fields: Fields[Thing], *keys: str) -> Fields[Thing]:
    """Return the table without these keys."""
    return tuple((key, value_of) for key, value_of in fields if key not in keys)


def stored(*keys: str) -> Fields[Any]:
    """Return fields that show attributes of the same names as they are."""
    return tuple((key, attrgetter(key)) for key in keys)


def stored_or_blank(*keys: str) -> Fields[Any]:
    """Return fields that show attributes of the same names, with empty texts in place of null."""
    return blanked(stored(*keys), *keys)


def blanked(fields: Fields[Thing], *keys: str) -> Fields[Thing]:
    """Return the table with empty texts in place of null for these keys."""

    def blank_for_null(
        value_of: Callable[[Thing], JsonValue | Absent],
    ) -> Callable[[Thing], JsonValue | Absent]:
        def filled(thing: Thing) -> JsonValue | Absent:
            value = value_of(thing)
            return "" if value is None else value

        return filled

    return tuple((key, blank_for_null(value_of) if key in keys else value_of) for key, value_of in fields)
