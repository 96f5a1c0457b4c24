"""The day it is in Portugal, which is what "today" means for a document."""

from __future__ import annotations

import datetime
from typing import Final

from dateutil import tz

from .errors import ConfigurationError

ZONE_NAME: Final = "Europe/Lisbon"


def zone() -> datetime.tzinfo:
    """The time zone of mainland Portugal. Raises ConfigurationError on a machine that does not know it."""
    found = tz.gettz(ZONE_NAME)
    if found is None:
        raise ConfigurationError(f"this machine has no time zone data for {ZONE_NAME}")
    return found


def now() -> datetime.datetime:
    """The time it is in Europe/Lisbon, without a zone, as the wire has it."""
    return datetime.datetime.now(zone()).replace(tzinfo=None)


def today() -> datetime.date:
    """The day it is in Europe/Lisbon."""
    return now().date()
