"""Arrays, objects and models. An error names the entry or key at fault."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeGuard, TypeVar

from .wire_error import WireError, kind_of, shown

T = TypeVar("T")


class Formattable(Protocol):
    """A generated model: anything with a `to_dict`."""

    def to_dict(self) -> dict[str, Any]:
        """The model as JSON."""
        ...


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether it is a JSON object, whose keys are strings by construction."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[Any]]:
    """Whether it is a JSON array."""
    return isinstance(value, list)


def parse_object(value: object) -> dict[str, Any]:
    """A JSON object."""
    if is_object(value):
        return value
    raise WireError(f"expected an object, got {kind_of(value)}")


def parse_array(value: object) -> list[Any]:
    """A JSON array, its entries unread."""
    if is_array(value):
        return list(value)
    raise WireError(f"expected an array, got {kind_of(value)}")


def parse_each(parse: Callable[[Any], T], value: object) -> list[T]:
    """A JSON array, each entry read by `parse`."""
    entries = value if is_array(value) else parse_array(value)
    parsed: list[T] = []
    try:
        for entry in entries:
            parsed.append(parse(entry))  # noqa: PERF401 the count says which entry was wrong
    except WireError as error:
        raise error.inside(len(parsed)) from None
    return parsed


def _is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)


def _sequence(value: object) -> Sequence[Any]:
    if _is_sequence(value):
        return value
    raise not_a_list(value)


def not_a_list(value: object) -> WireError:
    """The error for a value that is not a list. One entry instead of a list is a frequent slip."""
    text = f"expected a list, got {type(value).__name__} {shown(value)}"
    return WireError(
        f"{text}; put the one entry into a list: [{{...}}]" if isinstance(value, Mapping) else text
    )


def format_array(value: object) -> list[Any]:
    """A list, its entries unchanged."""
    return list(_sequence(value))


def format_each(format_one: Callable[[Any], Any], value: object) -> list[Any]:
    """A list, each entry written by `format_one`."""
    entries = _sequence(value)
    formatted: list[Any] = []
    try:
        for entry in entries:
            formatted.append(format_one(entry))  # noqa: PERF401 the count says which entry was wrong
    except WireError as error:
        raise error.inside(len(formatted)) from None
    return formatted


def format_model(model: type[Formattable], value: object) -> dict[str, Any]:
    """A model as JSON. Raises WireError for a value of another class."""
    if isinstance(value, model):
        return value.to_dict()
    raise WireError(
        f"expected {model.__name__}, got {type(value).__name__} {shown(value)}{_model_hint(model, value)}"
    )


def _model_hint(model: type[Formattable], value: object) -> str:
    """A mapping to pass instead: of a text, which is taken for the name, or of another class with a name."""
    known = getattr(model, "__annotations__", {})
    given = {"name": value} if isinstance(value, str) else _named(value)
    fields = {name: text for name, text in given.items() if name in known and isinstance(text, str)}
    if not any(letter.isalpha() for letter in fields.get("name", "")):
        return ""
    pairs = ", ".join(f'"{name}": {json.dumps(text, ensure_ascii=False)}' for name, text in fields.items())
    return f"; use {{{pairs}}}"


def _named(value: object) -> dict[str, object]:
    return {name: getattr(value, name, None) for name in ("name", "code")}
