"""Values that the service writes as varying JSON types: counters, names, flags."""

from __future__ import annotations

import re
from typing import Final

from invoicexpress_loading import lazy_pattern

from .wire_error import WireError, did_you_mean, kind_of, shown

_INTEGER: Final = lazy_pattern(r"-?\d{1,19}", re.ASCII)
# Flags come as 1/0 (recorded 2019), as true/false and as "1"/"0" (vendor docs 2026-07).
_FLAGS: Final[dict[object, bool]] = {"1": True, "0": False, "true": True, "false": False}


def parse_integer(value: object) -> int:
    """`12345` or `"12345"`. Raises WireError for anything else."""
    if type(value) is int:
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    raise WireError(f"not an integer: {shown(value)}")


def parse_integer_or_none(value: object) -> int | None:
    """Like parse_integer; null and the empty string are None."""
    return None if value is None or value == "" else parse_integer(value)


def format_integer(value: object) -> int:
    """An int. Raises WireError for anything else, bool included."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    hint = f"; use {value.strip()}" if isinstance(value, str) and _INTEGER.fullmatch(value.strip()) else ""
    raise WireError(f"expected an int, got {type(value).__name__} {shown(value)}{hint}")


def format_integer_or_none(value: object) -> int | None:
    """Like format_integer; None is null."""
    return None if value is None else format_integer(value)


def parse_text(value: object) -> str:
    """A string, or an integer that stands for one: a série named 2026 may come back as a number."""
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    raise WireError(f"expected a text, got {kind_of(value)}")


def parse_text_or_none(value: object) -> str | None:
    """Like parse_text; null is None."""
    return None if value is None else parse_text(value)


def format_text(value: object) -> str:
    """A str. Raises WireError for anything else."""
    if isinstance(value, str):
        return value
    hint = f'; use "{value}"' if type(value) is int else ""
    raise WireError(f"expected a str, got {type(value).__name__} {shown(value)}{hint}")


def format_text_or_none(value: object) -> str | None:
    """Like format_text; None is null."""
    return None if value is None else format_text(value)


def format_choice(choices: frozenset[str], value: object) -> str:
    """A str among the known values. Raises WireError for any other.

    An answer may hold a new value, a request may not: the service silently ignores unknown filters.
    """
    text = format_text(value)
    if text in choices:
        return text
    raise WireError(
        f"expected one of {', '.join(sorted(choices))}; got {shown(value)}{did_you_mean(text, choices)}"
    )


def parse_flag(value: object) -> bool:
    """`true`, `1` or `"1"`, and their opposites. Raises WireError for anything else."""
    if isinstance(value, bool):
        return value
    if type(value) is int and value in (0, 1):
        return value == 1
    if isinstance(value, str) and value in _FLAGS:
        return _FLAGS[value]
    raise WireError(f"not a flag: {shown(value)}")


def parse_flag_or_none(value: object) -> bool | None:
    """Like parse_flag; null and the empty string are None."""
    return None if value is None or value == "" else parse_flag(value)


def format_boolean(value: object) -> bool:
    """A bool. Raises WireError for anything else."""
    if isinstance(value, bool):
        return value
    raise WireError(f"expected a bool, got {type(value).__name__} {shown(value)}")


def format_flag_string(value: object) -> str:
    """A bool as `"1"` or `"0"`: the integer 1 had no effect (recorded 2019)."""
    return "1" if format_boolean(value) else "0"


def format_flag_string_or_none(value: object) -> str | None:
    """Like format_flag_string; None is null."""
    return None if value is None else format_flag_string(value)


def format_flag_integer(value: object) -> int:
    """A bool as `1` or `0`, as the service answers it."""
    return int(format_boolean(value))


def format_flag_integer_or_none(value: object) -> int | None:
    """Like format_flag_integer; None is null."""
    return None if value is None else format_flag_integer(value)
