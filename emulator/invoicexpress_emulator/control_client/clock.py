"""The clock of an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .answers import ClockState, read

if TYPE_CHECKING:
    from .connection import Ask, Sent


class Clock:
    """The time of one account, in Europe/Lisbon; a moment without a zone is meant to be there."""

    def __init__(self, ask: Ask, account: str) -> None:
        self._ask = ask
        self._account = account

    def read(self) -> ClockState:
        """Return what time it is, and whether the clock stands still."""
        return read(ClockState, self._ask("GET", "/clock", {"account": self._account}))

    def now(self) -> datetime:
        """Return what time it is, with its zone."""
        return self.read().now

    def set(self, moment: datetime) -> datetime:
        """Set the clock and return the time; it runs on, or stands still if it did before.

        Raises:
            ControlRefused: 422, the clock cannot show that time.
        """
        return self._change({"set": moment.isoformat()})

    def advance(self, by: timedelta) -> datetime:
        """Move the clock, forth or back, and return the time.

        Raises:
            ControlRefused: 422, the clock cannot show that time.
        """
        return self._change({"advance": by.total_seconds()})

    def freeze(self, at: datetime | None = None) -> datetime:
        """Stop the clock where it is, or at a moment, and return the time.

        Raises:
            ControlRefused: 422, the clock cannot show that time.
        """
        return self._change({"freeze": True, **({} if at is None else {"set": at.isoformat()})})

    def thaw(self) -> datetime:
        """Let the clock run on from where it stands, and return the time."""
        return self._change({"freeze": False})

    def _change(self, change: Sent) -> datetime:
        return read(ClockState, self._ask("POST", "/clock", {"account": self._account, **change})).now
