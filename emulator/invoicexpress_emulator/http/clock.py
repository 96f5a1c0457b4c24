"""The time in an account: Europe/Lisbon, and movable.

"Today" of the service is Portugal's, wherever the caller is. Each account has a clock of its own, so
that one test can travel in time without moving its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

LISBON: Final = ZoneInfo("Europe/Lisbon")

TimeSource = Callable[[], datetime]
"""Returns an aware moment: the world's clock below the accounts' own."""


def system_time() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def never_behind(moment: datetime, others: Iterable[datetime]) -> datetime:
    """Return an aware moment, or a later one that is behind none of the others: neither by the sun, nor as
    they are written without a zone, where the hour that comes twice in autumn would go back.
    """
    known = [moment, *others]
    offset = max(known, key=datetime.timestamp).utcoffset()
    written = max(each.replace(tzinfo=None, fold=0) for each in known)
    return written.replace(tzinfo=timezone(offset or timedelta()))


class AccountClock(NamedTuple):
    """How an account's time differs from the world's: moved by `offset`, or stopped at `frozen_at`."""

    offset: timedelta = timedelta()
    frozen_at: datetime | None = None

    def now(self, source: TimeSource) -> datetime:
        """Return the account's present moment, in Lisbon time."""
        return (self.frozen_at or source().astimezone(UTC) + self.offset).astimezone(LISBON)

    def moved_to(self, moment: datetime, source: TimeSource) -> AccountClock:
        """Return the clock set to `moment` (Lisbon time if it has no zone); it stays frozen if it was."""
        # In UTC at once: in Lisbon there are hours that no clock shows, and hours that it shows twice.
        aware = (moment if moment.tzinfo else moment.replace(tzinfo=LISBON)).astimezone(UTC)
        if self.frozen_at:
            return self._replace(frozen_at=aware)
        return self._replace(offset=aware - source().astimezone(UTC))

    def advanced(self, by: timedelta) -> AccountClock:
        """Return the clock moved by `by`, which may be negative."""
        if self.frozen_at:
            return self._replace(frozen_at=self.frozen_at.astimezone(UTC) + by)
        return self._replace(offset=self.offset + by)

    def frozen(self, frozen: bool, source: TimeSource) -> AccountClock:
        """Return the clock stopped where it is, or running on from there."""
        if frozen:
            return self if self.frozen_at else self._replace(frozen_at=self.now(source))
        if self.frozen_at is None:
            return self
        return AccountClock(offset=self.frozen_at.astimezone(UTC) - source().astimezone(UTC))


REAL_TIME: Final = AccountClock()
"""The clock that shows the world's time, and runs."""
