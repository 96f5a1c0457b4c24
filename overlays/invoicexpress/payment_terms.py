"""Due dates by payment terms, and the first and last day of a month.

    due_date(date, days=30)
    due_date(date, months=1, end_of_month=True)             # end of the next month
    due_date(date, end_of_month=True, days=15)              # the 15th day after the end of this month
    ix.invoices.list(**month_range(2026, 11).as_filter())

Months are calendar months: one month after 31 January is the last day of February.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple, TypedDict, cast

from dateutil.relativedelta import relativedelta
from invoicexpress_wire import shown

from . import lisbon
from .errors import InputError

_LAST_DAY = relativedelta(day=31)


class DateFilter(TypedDict):
    """Keyword arguments of a list for a range of dates."""

    date_from: datetime.date
    """The first day of documents."""
    date_to: datetime.date
    """The last day of documents."""


class MonthRange(NamedTuple):
    """The first and the last day of a month."""

    first: datetime.date
    """The first day."""
    last: datetime.date
    """The last day."""

    def as_filter(self) -> DateFilter:
        """As keyword arguments of `list`."""
        return {"date_from": self.first, "date_to": self.last}


def due_date(
    date: datetime.date | None = None, *, days: int = 0, months: int = 0, end_of_month: bool = False
) -> datetime.date:
    """The due date of a document of `date`, by default today in Lisbon.

    Adds the months first, then goes to the end of that month if `end_of_month` is set, then adds the days:
    "end of month + 15 days" is `end_of_month=True, days=15`. Raises InputError for negative terms, since the
    service refuses a `due_date` before `date`, and for a day beyond the calendar.
    """
    for name, value in (("days", days), ("months", months)):
        _check_whole(name, value)
    if days < 0 or months < 0:
        raise InputError(
            "due_date", f"expected 0 or more days and months, got {days} days and {months} months"
        )
    start = _day(lisbon.today() if date is None else date)
    try:
        reached = start + relativedelta(months=months)
        if end_of_month:
            reached += _LAST_DAY
        return reached + relativedelta(days=days)
    except (OverflowError, ValueError):
        raise InputError("due_date", f"{start} has no day {months} months and {days} days later") from None


def month_range(year: int, month: int) -> MonthRange:
    """The first and the last day of a month, for the filters of lists and for SAF-T.

    Raises InputError for an invalid month.
    """
    _check_whole("year", year)
    _check_whole("month", month)
    try:
        first = datetime.date(year, month, 1)
    except ValueError as error:
        raise InputError("month", f"{year}-{month}: {error}") from None
    return MonthRange(first, first + _LAST_DAY)


def month_of(date: datetime.date | None = None, *, months_back: int = 0) -> MonthRange:
    """The month of a day, by default today in Lisbon, or a month before it.

    `month_of(months_back=1)` is the month of the SAF-T file that is due.
    """
    _check_whole("months_back", months_back)
    day = _day(lisbon.today() if date is None else date) - relativedelta(months=months_back)
    return month_range(day.year, day.month)


def _day(date: datetime.date) -> datetime.date:
    # A datetime is a date to Python. Its time and zone would end up in the result.
    if isinstance(date, datetime.datetime):
        raise InputError("date", f"expected a day without a time, got {date}")
    given = cast("object", date)
    if not isinstance(given, datetime.date):
        raise InputError("date", f"expected a datetime.date, got {shown(given)}")
    return date


def _check_whole(name: str, value: object) -> None:
    if not isinstance(value, int):
        raise InputError(name, f"expected a whole number, got {shown(value)}")
