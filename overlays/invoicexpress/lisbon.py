"""Time in Portugal: the meaning of "today" for a document, and of times on the wire."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, Final

from invoicexpress_loading import loading
from invoicexpress_wire import WireError

from .errors import ConfigurationError

ZONE_NAME: Final = "Europe/Lisbon"
"""The time zone of the service and of its documents."""


def _tz() -> Any:
    """The time zones of dateutil. They load at their first use, since reading needs none."""
    with loading():
        from dateutil import tz  # noqa: PLC0415 - see the docstring

    return tz


def zone() -> datetime.tzinfo:
    """The time zone of mainland Portugal. Raises ConfigurationError on a machine without its data."""
    found: datetime.tzinfo | None = _tz().gettz(ZONE_NAME)
    if found is None:
        raise ConfigurationError(f"this machine has no time zone data for {ZONE_NAME}; install tzdata")
    return found


_source: Callable[[], datetime.datetime] | None = None
"""Tells the time in place of the machine."""


@contextmanager
def clock(source: Callable[[], datetime.datetime]) -> Generator[None]:
    """For tests: within the block, `now` and `today` take the time from `source`, in all threads and tasks.

    So does all of this package that asks for the day: default dates, checks of dates, terms of payment,
    reports. Waits, timeouts and the pace keep to the machine's clock. `source` is called each time, and
    returns a time with a zone, or one without, which is Lisbon's. In nested blocks the inner clock counts.

        with lisbon.clock(lambda: datetime(2026, 12, 31, 23, 59)):
            assert lisbon.today() == date(2026, 12, 31)
    """
    global _source  # noqa: PLW0603 - a test's threads and tasks share one clock
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before


def now() -> datetime.datetime:
    """The current time in Europe/Lisbon: the machine's, or that of `clock`."""
    source = _source
    return datetime.datetime.now(zone()) if source is None else meant(source())


def meant(given: datetime.datetime) -> datetime.datetime:
    """A time in Europe/Lisbon: converted if it has a zone, otherwise taken as Lisbon's.

    Raises WireError for a time without a zone that Lisbon's clocks skip when they are put forward.
    """
    there = zone()
    if given.tzinfo is not None:
        return given.astimezone(there)
    if not _tz().datetime_exists(given, there):
        raise WireError(f"{given} does not exist in Lisbon: the clocks skip it; use another time")
    return given.replace(tzinfo=there)


def today() -> datetime.date:
    """The current day in Europe/Lisbon."""
    return now().date()
