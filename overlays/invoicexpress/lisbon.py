"""The time it is in Portugal, which is what "today" means for a document, and what times on the wire mean."""

from __future__ import annotations

import datetime
from typing import Final

from dateutil import tz
from invoicexpress_wire import WireError

from .errors import ConfigurationError

ZONE_NAME: Final = "Europe/Lisbon"


def zone() -> datetime.tzinfo:
    """The time zone of mainland Portugal. Raises ConfigurationError on a machine that does not know it."""
    found = tz.gettz(ZONE_NAME)
    if found is None:
        raise ConfigurationError(f"this machine has no time zone data for {ZONE_NAME}")
    return found


def now() -> datetime.datetime:
    """The time it is, in Europe/Lisbon."""
    return datetime.datetime.now(zone())


def meant(given: datetime.datetime) -> datetime.datetime:
    """A time in Europe/Lisbon: one with a zone is converted, one without is taken for Lisbon's.

    Raises WireError for a time without a zone that no clock in Lisbon shows, since they are put forward then.
    """
    there = zone()
    if given.tzinfo is not None:
        return given.astimezone(there)
    if not tz.datetime_exists(given, there):
        raise WireError(f"{given} is no time in Lisbon, where clocks are put forward then")
    return given.replace(tzinfo=there)


def today() -> datetime.date:
    """The day it is in Europe/Lisbon."""
    return now().date()
