"""Time in Portugal: the meaning of "today" for a document, and of times on the wire."""

from __future__ import annotations

import datetime
from typing import Any, Final

from invoicexpress_loading import loading
from invoicexpress_wire import WireError

from .errors import ConfigurationError

ZONE_NAME: Final = "Europe/Lisbon"


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


def now() -> datetime.datetime:
    """The current time in Europe/Lisbon."""
    return datetime.datetime.now(zone())


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
