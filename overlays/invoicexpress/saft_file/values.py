"""Parses the values of untidy files. Raises `Unreadable` with the reason.

The schema prescribes `1234.56`, `2026-11-21` and `2026-11-21T10:00:00`. Programs also write their country's
formats: decimal commas, separators of thousands, a time after a date, a time zone.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final

_MOST_DIGITS: Final = 40
_LONGEST_NUMBER: Final = 60
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
    """A text is not a value of the expected kind."""

    def __init__(self, text: str, expected: str) -> None:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
        super().__init__(f"expected {expected}, got {shown!r}")


def amount(text: str) -> Decimal:
    """A number. A single comma is a decimal comma: the schema has no separator of thousands."""
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
    """A whole number, also with zeros after a decimal point."""
    try:
        found = amount(text)
    except Unreadable:
        raise Unreadable(text, "a whole number") from None
    if found != found.to_integral_value():
        raise Unreadable(text, "a whole number")
    return int(found)


def day(text: str) -> dt.date:
    """A date; a time or a zone behind it is ignored."""
    match = _DATE.fullmatch(text)
    try:
        if match is not None:
            return dt.date.fromisoformat(match[1])
    except ValueError:
        pass
    raise Unreadable(text, "a date, YYYY-MM-DD")


def moment(text: str) -> dt.datetime:
    """Date and time, with its zone if it has one. A date alone is unreadable."""
    match = _MOMENT.fullmatch(text)
    try:
        if match is not None:
            # Fractions of any length, cut to microseconds.
            fraction = f".{match[3][1:7]:0<6}" if match[3] else ""
            return dt.datetime.fromisoformat(f"{match[1]}T{match[2]}{fraction}{match[4]}")
    except ValueError:
        pass
    raise Unreadable(text, "a date and a time, YYYY-MM-DDThh:mm:ss")


def series_and_place(number: str | None) -> tuple[str, str] | None:
    """The parts of a document's number around its last `/`; None if it has no series and place.

    The schema allows 60 characters; a longer place would be slow or impossible to read as a number.
    """
    series, _, place = (number or "").rpartition("/")
    if series and len(place) <= _LONGEST_NUMBER and place.isascii() and place.isdecimal():
        return series, place
    return None


def flag(text: str) -> bool:
    """`1` or `0`."""
    found = _FLAGS.get(text.lower())
    if found is None:
        raise Unreadable(text, "0 or 1")
    return found
