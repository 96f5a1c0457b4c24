"""Days that follow from others: when something is due by its terms, and where a month begins and ends.

    due_date(date, days=30)
    due_date(date, months=1, end_of_month=True)             # end of the next month
    due_date(date, end_of_month=True, days=15)              # the 15th day after the end of this month
    ix.invoices.list(**month_range(2026, 11).as_filter())

Months are those of the calendar: one month after 31 January is the last day of February.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple, TypedDict

from dateutil.relativedelta import relativedelta

from . import lisbon
from .errors import InputError

_LAST_DAY = relativedelta(day=31)


class DateFilter(TypedDict):
    """The keyword arguments of a list that take a range of dates."""

    date_from: datetime.date
    date_to: datetime.date


class MonthRange(NamedTuple):
    """The first and the last day of a month."""

    first: datetime.date
    last: datetime.date

    def as_filter(self) -> DateFilter:
        """As keyword arguments of `list`."""
        return {"date_from": self.first, "date_to": self.last}


def due_date(
    date: datetime.date | None = None, *, days: int = 0, months: int = 0, end_of_month: bool = False
) -> datetime.date:
    """The day on which something of `date` is due; `date` is today in Lisbon if not given.

    The months are counted first, then it goes on to the end of that month if so wanted, then the days are
    counted: "end of month + 15 days" is `end_of_month=True, days=15`. Raises InputError for terms that lead
    back, which the service refuses (`due_date` before `date`), and beyond the calendar.
    """
    if days < 0 or months < 0:
        raise InputError("due_date", f"terms lead forward, got {days} days and {months} months")
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

    Raises InputError for a month that there is not.
    """
    try:
        first = datetime.date(year, month, 1)
    except ValueError as error:
        raise InputError("month", f"{year}-{month}: {error}") from None
    return MonthRange(first, first + _LAST_DAY)


def month_of(date: datetime.date | None = None, *, months_back: int = 0) -> MonthRange:
    """The month of a day, which is today in Lisbon if not given, or one before it.

    `month_of(months_back=1)` is the month that SAF-T is due for.
    """
    day = _day(lisbon.today() if date is None else date) - relativedelta(months=months_back)
    return month_range(day.year, day.month)


def _day(date: datetime.date) -> datetime.date:
    # A datetime is a date to Python. Its time of day, and what zone that is in, would go on into the result.
    if isinstance(date, datetime.datetime):
        raise InputError("date", f"expected a day without a time, got {date}")
    return date
