"""Values as they travel: decimals, dates, booleans and text, read leniently and printed as the service
prints them.

Nothing here knows the name of a field; `fields` adds names and complaints.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Final

JsonValue = None | bool | int | float | Decimal | str | list["JsonValue"] | dict[str, "JsonValue"]
"""A value of JSON; numbers with a fraction are read as Decimal and printed from float."""

_NUMBER: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_PORTUGUESE_DATE: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CLOCK_TIME: Final = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_MAX_DIGITS: Final = 40
LARGEST_ID: Final = 2**63 - 1


def parse_decimal(value: object) -> Decimal | None:
    """Return a number given as JSON number or as text; None when it is neither (a boolean is no number)."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < 10**_MAX_DIGITS else None
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value.adjusted()) < _MAX_DIGITS else None
    if isinstance(value, str):
        text = value.strip()
        if len(text) <= _MAX_DIGITS and _NUMBER.fullmatch(text):
            return Decimal(text)
    return None


def parse_date(text: str) -> date | None:
    """Return a date from dd/mm/yyyy (day and month may have one digit) or yyyy-mm-dd; None if it is no date.

    The vendor's examples have `3/12/2017` (vendor docs 2017), its load test sends ISO dates (weareswat 2020).
    """
    stripped = text.strip()
    try:
        if match := _PORTUGUESE_DATE.fullmatch(stripped):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        if match := _ISO_DATE.fullmatch(stripped):
            year, month, day = map(int, match.groups())
            return date(year, month, day)
    except ValueError:
        return None
    return None


def parse_moment(text: str) -> datetime | None:
    """Return a moment from dd/mm/yyyy HH:MM:SS, without a zone; None if the text is not one.

    The seconds may be missing, and the whole time, which is midnight then: purchase orders send a date
    (vendor docs 2017).
    """
    day_text, _, time_text = text.strip().partition(" ")
    day = parse_date(day_text)
    if day is None:
        return None
    if not time_text:
        return datetime.combine(day, time())
    match = _CLOCK_TIME.fullmatch(time_text.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    try:
        return datetime.combine(day, time(hours, minutes, seconds))
    except ValueError:
        return None


def parse_id(value: object) -> int | None:
    """Return an identifier given as a number or as decimal digits, if a database could hold it."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        text = value.strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 19):
            return None
        value = int(text)
    return value if isinstance(value, int) and 0 <= value <= LARGEST_ID else None


def parse_flag(value: object) -> bool:
    """Return whether a flag is set: `1`, `"1"`, `true` and `"true"` are (vendor docs 2026-07)."""
    return value is True or value == 1 or (isinstance(value, str) and value.strip().lower() in {"1", "true"})


@lru_cache(maxsize=1024)
def portuguese_date(day: date) -> str:
    """Print a date as dd/mm/yyyy. The documents of an account have few dates."""
    text = day.isoformat()
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}"


def portuguese_moment(moment: datetime) -> str:
    """Print a moment as dd/mm/yyyy HH:MM:SS."""
    return f"{portuguese_date(moment.date())} {moment:%H:%M:%S}"


def decimal_text(value: Decimal) -> str:
    """Print a decimal as the service prints those that are strings: `10.0`, `24.3902`
    (recorded 2019).
    """
    text = format(value, "f")
    if "." not in text:
        return text + ".0"
    text = text.rstrip("0")
    return text + "0" if text.endswith(".") else text


def number(value: Decimal) -> float:
    """Print a decimal as a JSON number: `10.0`, never `10` (recorded 2019)."""
    return float(value)


def iso_seconds(moment: datetime) -> str:
    """Print a moment for the signature and SAF-T: local time, no zone (Despacho 8632/2014, 2.1.5)."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
