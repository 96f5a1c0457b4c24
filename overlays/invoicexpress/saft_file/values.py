"""The texts of untidy files as values: a value, nothing at all, or an `Unreadable` that says why.

The schema wants `1234.56`, `2026-11-21` and `2026-11-21T10:00:00`. Programs also write what their country's
settings make of that: decimal commas, separators of thousands, a time after a date, a time zone.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final

_MOST_DIGITS: Final = 40
_PLAIN: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
_COMMA: Final = re.compile(r"[+-]?[0-9]*,[0-9]+")
_POINTS_THEN_COMMA: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[.][0-9]{3})+,[0-9]+")
_COMMAS_THEN_POINT: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+")
_BLANK_BETWEEN_DIGITS: Final = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?:[^0-9]|$))")
_ZONE: Final = r"(?:Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE: Final = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:[T ][0-9:.]+)?{_ZONE}")
_MOMENT: Final = re.compile(
    rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})[T ]([0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}})([.,][0-9]+)?({_ZONE})"
)
_FLAGS: Final = {"0": False, "false": False, "1": True, "true": True}
_SHOWN: Final = 60


class Unreadable(ValueError):
    """A text is not the value that it should be."""

    def __init__(self, text: str, wanted: str) -> None:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
        super().__init__(f"expected {wanted}, got {shown!r}")


def amount(text: str) -> Decimal:
    """A number. A single comma is the decimal one: the schema has no separator of thousands."""
    if len(text) <= _MOST_DIGITS:
        if _PLAIN.fullmatch(text):
            return Decimal(text)
        bare = _BLANK_BETWEEN_DIGITS.sub("", text)
        if _PLAIN.fullmatch(bare):
            return Decimal(bare)
        if _COMMA.fullmatch(bare):
            return Decimal(bare.replace(",", "."))
        if _POINTS_THEN_COMMA.fullmatch(bare):
            return Decimal(bare.replace(".", "").replace(",", "."))
        if _COMMAS_THEN_POINT.fullmatch(bare):
            return Decimal(bare.replace(",", ""))
    raise Unreadable(text, "a number")


def whole(text: str) -> int:
    """A whole number, however many zeros follow its decimal point."""
    try:
        found = amount(text)
    except Unreadable:
        raise Unreadable(text, "a whole number") from None
    if found != found.to_integral_value():
        raise Unreadable(text, "a whole number")
    return int(found)


def day(text: str) -> dt.date:
    """The day as it is written; a time or a zone behind it moves nothing."""
    match = _DATE.fullmatch(text)
    try:
        if match is not None:
            return dt.date.fromisoformat(match[1])
    except ValueError:
        pass
    raise Unreadable(text, "a date, YYYY-MM-DD")


def moment(text: str) -> dt.datetime:
    """Date and time as written, with the zone where there is one. A day alone is not a time."""
    match = _MOMENT.fullmatch(text)
    try:
        if match is not None:
            # Fractions of any length; what is finer than a microsecond is cut.
            fraction = f".{match[3][1:7]:0<6}" if match[3] else ""
            return dt.datetime.fromisoformat(f"{match[1]}T{match[2]}{fraction}{match[4]}")
    except ValueError:
        pass
    raise Unreadable(text, "a date and a time, YYYY-MM-DDThh:mm:ss")


def flag(text: str) -> bool:
    """`1` or `0`."""
    found = _FLAGS.get(text.lower())
    if found is None:
        raise Unreadable(text, "0 or 1")
    return found
