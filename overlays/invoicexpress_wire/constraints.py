"""Checks a value before it is sent against the limits of the contract: pattern, length, range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeVar

from .wire_error import WireError, shown

S = TypeVar("S", str, int, Decimal)
T = TypeVar("T")


def constrained(
    value: S,
    *,
    pattern: str | None = None,
    min_length: int = 0,
    max_length: int | None = None,
    minimum: str | None = None,
    maximum: str | None = None,
) -> S:
    """The value, unchanged. Raises WireError if it breaks a limit.

    `minimum` and `maximum` are decimals as text, so that amounts sent as strings are compared exactly.
    """
    if isinstance(value, str):
        if len(value.strip()) < min_length:
            raise WireError(f"expected a text, got {shown(value)}")
        if max_length is not None and len(value) > max_length:
            raise WireError(f"expected at most {max_length} characters, got {len(value)}")
        if pattern is not None and not _matches(pattern, value):
            raise WireError(f"expected a text that matches {pattern}, got {shown(value)}")
    if minimum is not None and Decimal(value) < Decimal(minimum):
        raise WireError(f"expected at least {minimum}, got {value}")
    if maximum is not None and Decimal(value) > Decimal(maximum):
        raise WireError(f"expected at most {maximum}, got {value}")
    return value


def _matches(pattern: str, text: str) -> bool:
    """Whether a text matches by the rules of JSON Schema: `$` is the very end, `\\d` is 0 to 9."""
    return re.search(re.sub(r"\$$", r"\\Z", pattern), text, re.ASCII) is not None


def with_entries(entries: list[T], *, min_items: int) -> list[T]:
    """The list, unchanged. Raises WireError if it has too few entries."""
    if len(entries) < min_items:
        raise WireError(
            f"expected at least {min_items} {'entry' if min_items == 1 else 'entries'}, got {len(entries)}"
        )
    return entries
