"""Times, spans and addresses as a person types them."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from ...faults.effects import LONGEST_WAIT

_SECONDS: Final = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_SPAN: Final = re.compile(r"(?:\d+(?:\.\d+)?[wdhms])+|\d+(?:\.\d+)?")
_PART: Final = re.compile(r"(\d+(?:\.\d+)?)([wdhms]?)")


def span(text: str) -> timedelta:
    """Read a span of time: `90` (seconds), `5m`, `1d12h`, `0.5s`.

    Raises:
        ArgumentTypeError: it is none.
    """
    if _SPAN.fullmatch(text) is None:
        raise ArgumentTypeError(f"{text!r} is not a span of time: write 30s, 5m, 2h, 3d, 1w or 1d12h")
    total = sum(float(number) * _SECONDS[unit or "s"] for number, unit in _PART.findall(text))
    try:
        return timedelta(seconds=total)
    except OverflowError:
        raise ArgumentTypeError(f"{text!r} is too long") from None


def wait(text: str) -> timedelta:
    """Read a span of time that a request may wait.

    Raises:
        ArgumentTypeError: it is none, or too long.
    """
    if (read := span(text)).total_seconds() > LONGEST_WAIT:
        raise ArgumentTypeError(f"{text!r} is too long: a request waits {span_text(LONGEST_WAIT)} at most")
    return read


def moment(words: str) -> datetime:
    """Read a moment in ISO 8601, of Lisbon unless it has a zone; a day alone is its midnight.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(
            f"{words!r} is not a time: write 2026-11-21 09:30 (Lisbon), 2026-11-21, or 2026-11-21T09:30+00:00"
        ) from None


def whole(smallest: int, largest: int) -> Callable[[str], int]:
    """Return a reader of whole numbers within bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and smallest <= int(text[:20]) <= largest):
            raise ArgumentTypeError(f"{text!r} is not a whole number from {smallest} to {largest}")
        return int(text)

    return read


def chance(text: str) -> float:
    """Read a probability.

    Raises:
        ArgumentTypeError: it is not from 0 to 1.
    """
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ArgumentTypeError(f"{text!r} is not a probability: give a number from 0 to 1")
    return value


def header(text: str) -> tuple[str, str]:
    """Read a header field, `Retry-After: 5`.

    Raises:
        ArgumentTypeError: it has no colon, or no name.
    """
    name, colon, value = text.partition(":")
    if not (colon and name.strip()):
        raise ArgumentTypeError(f"{text!r} is not a header: write 'Retry-After: 5'")
    return name.strip(), value.strip()


def span_text(seconds: float) -> str:
    """Return a span as `span` reads it, in the largest unit that leaves no fraction."""
    for unit, length in _SECONDS.items():
        if seconds and seconds % length == 0:
            return f"{seconds // length:g}{unit}"
    return f"{seconds:g}s"
