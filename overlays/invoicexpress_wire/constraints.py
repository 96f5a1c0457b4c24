"""What the contract demands of a value beyond its type.

Checked before it is sent, so that nothing half-true leaves.
"""

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
    """The value as it is. Raises WireError when it is not what the contract demands.

    `minimum` and `maximum` are decimals as text, so that amounts which travel as strings are compared
    exactly.
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
    """Whether a text matches, as JSON Schema means it: `$` is the very end, and `\\d` is 0 to 9."""
    return re.search(re.sub(r"\$$", r"\\Z", pattern), text, re.ASCII) is not None


def with_entries(entries: list[T], *, min_items: int) -> list[T]:
    """The list as it is. Raises WireError when it has fewer entries than the contract demands."""
    if len(entries) < min_items:
        raise WireError(
            f"expected at least {min_items} {'entry' if min_items == 1 else 'entries'}, got {len(entries)}"
        )
    return entries
