"""Dates as dd/mm/yyyy, times as dd/mm/yyyy HH:MM:SS; the newer treasury API has dates as yyyy-mm-dd.

The service silently replaces an unreadable date with today (vendor docs 2017, vendor docs 2026-07), so only
real dates are written. Days and months without a leading zero are read too, since the vendor's own examples
have them.
"""

from __future__ import annotations

import contextlib
import datetime
import re
from functools import lru_cache
from typing import Final

from invoicexpress_loading import lazy_pattern

from .wire_error import WireError, shown

_LOOSE_DATE: Final = lazy_pattern(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_DATETIME: Final = lazy_pattern(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{2}):(\d{2})(?::(\d{2}))?", re.ASCII)
_NOT_A_DATE: Final = "not a date as dd/mm/yyyy: "
_ISO_DATE: Final = lazy_pattern(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_NOT_AN_ISO_DATE: Final = "not a date as yyyy-mm-dd: "
_YEAR_FIRST: Final = lazy_pattern(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
_YEAR_LAST: Final = lazy_pattern(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)", re.ASCII)
_READINGS: Final = (
    (_YEAR_FIRST, (1, 2, 3)),
    (_YEAR_LAST, (3, 2, 1)),
    (_YEAR_FIRST, (1, 3, 2)),
    (_YEAR_LAST, (3, 1, 2)),
)
"""Patterns with the groups of year, month and day, in order of preference."""
_DATE_HINT: Final = "; use date(YEAR, MONTH, DAY), or lisbon.today()"
_NOT_A_TIME: Final = "not a time as dd/mm/yyyy HH:MM:SS: "


@lru_cache(maxsize=4096)
def _date(text: str) -> datetime.date:
    if match := _LOOSE_DATE.fullmatch(text):
        day, month, year = map(int, match.groups())
        return datetime.date(year, month, day)
    raise ValueError


def parse_date(value: object) -> datetime.date:
    """`"21/11/2026"` as a date. Raises WireError for anything else."""
    if isinstance(value, str):
        try:
            return _date(value)
        except ValueError:
            pass
    raise WireError(_NOT_A_DATE + shown(value))


def parse_date_or_none(value: object) -> datetime.date | None:
    """Like parse_date; null and the empty string are None."""
    return None if value is None or value == "" else parse_date(value)


def format_date(value: object) -> str:
    """A date as dd/mm/yyyy. Raises WireError for a datetime, whose day depends on a time zone."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    raise _not_a_date(value)


def _not_a_date(value: object) -> WireError:
    return WireError(
        f"expected a datetime.date, got {type(value).__name__} {shown(value)}{_date_hint(value)}"
    )


def _date_hint(value: object) -> str:
    """The date that a value stands for. A datetime has a day only in a time zone."""
    if isinstance(value, datetime.datetime):
        return "; use its date() in Lisbon, for today lisbon.today()"
    found = _meant(value)
    return f"; use date({found.year}, {found.month}, {found.day}), or lisbon.today()" if found else _DATE_HINT


def _meant(value: object) -> datetime.date | None:
    """The day in a text, with or without a time after it. Day first unless only month first is a date."""
    if isinstance(value, str):
        for pattern, order in _READINGS:
            if match := pattern.match(value.strip()):
                with contextlib.suppress(ValueError):
                    return datetime.date(*(int(match[group]) for group in order))
    return None


def format_date_or_none(value: object) -> str | None:
    """Like format_date; None is null."""
    return None if value is None else format_date(value)


def parse_iso_date(value: object) -> datetime.date:
    """`"2026-11-21"` as a date. Raises WireError for anything else."""
    if isinstance(value, str) and (match := _ISO_DATE.fullmatch(value)):
        try:
            return datetime.date(*map(int, match.groups()))
        except ValueError:
            pass
    raise WireError(_NOT_AN_ISO_DATE + shown(value))


def parse_iso_date_or_none(value: object) -> datetime.date | None:
    """Like parse_iso_date; null and the empty string are None."""
    return None if value is None or value == "" else parse_iso_date(value)


def format_iso_date(value: object) -> str:
    """A date as yyyy-mm-dd. Raises WireError for a datetime, whose day depends on a time zone."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    raise _not_a_date(value)


def format_iso_date_or_none(value: object) -> str | None:
    """Like format_iso_date; None is null."""
    return None if value is None else format_iso_date(value)


def parse_datetime(value: object) -> datetime.datetime:
    """`"21/11/2026 09:30:00"` as a naive datetime, which means Europe/Lisbon.

    Raises WireError for anything else.
    """
    if isinstance(value, str) and (match := _DATETIME.fullmatch(value)):
        day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            return datetime.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 no zone there
        except ValueError:
            pass
    raise WireError(_NOT_A_TIME + shown(value))


def parse_datetime_or_none(value: object) -> datetime.datetime | None:
    """Like parse_datetime; null and the empty string are None."""
    return None if value is None or value == "" else parse_datetime(value)


def format_datetime(value: object) -> str:
    """A naive datetime (Europe/Lisbon) as dd/mm/yyyy HH:MM:SS.

    Raises WireError for a datetime with a zone: convert it first.
    """
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        return f"{format_date(value.date())} {value.hour:02}:{value.minute:02}:{value.second:02}"
    raise WireError(
        f"expected a datetime.datetime without a zone, got {type(value).__name__} {shown(value)}"
        f"{_datetime_hint(value)}"
    )


def _datetime_hint(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return "; convert it to Lisbon's time, and drop the zone with replace(tzinfo=None)"
    found = value if isinstance(value, datetime.date) else _meant(value)
    return f"; use datetime({found.year}, {found.month}, {found.day}, HOUR, MINUTE)" if found else ""


def format_datetime_or_none(value: object) -> str | None:
    """Like format_datetime; None is null."""
    return None if value is None else format_datetime(value)
