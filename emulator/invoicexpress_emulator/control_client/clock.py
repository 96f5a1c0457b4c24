"""The clock of an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .answers import ClockState, read
from .effects import seconds

if TYPE_CHECKING:
    from .connection import Ask, Sent


class Clock:
    """The clock of one account, in Europe/Lisbon; a naive moment is taken as Lisbon time."""

    def __init__(self, ask: Ask, account: str) -> None:
        self._ask = ask
        self._account = account

    def read(self) -> ClockState:
        """Return the time, and whether the clock is frozen."""
        return read(ClockState, self._ask("GET", "/clock", {"account": self._account}))

    def now(self) -> datetime:
        """Return the time, with its zone."""
        return self.read().now

    def set(self, moment: datetime) -> datetime:
        """Set the clock and return the time. A running clock runs on; a frozen one stays frozen.

        Raises:
            ControlRefused: 422, the clock cannot show that time.
        """
        return self._change({"set": moment.isoformat()})

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forwards or backwards, and return the time.

        Raises:
            ControlRefused: 422, the clock cannot show that time.
        """
        return self._change({"advance": seconds("by", by)})

    def freeze(self, at: datetime | None = None) -> datetime:
        """Freeze the clock, now or at a moment, and return the time.

        Raises:
            ControlRefused: 422, the clock cannot show that time.
        """
        return self._change({"freeze": True, **({} if at is None else {"set": at.isoformat()})})

    def thaw(self) -> datetime:
        """Let the clock run on, and return the time."""
        return self._change({"freeze": False})

    def reset(self) -> datetime:
        """Let the clock show the real time again, running, and return the time."""
        return self._change({"reset": True})

    def _change(self, change: Sent) -> datetime:
        return read(ClockState, self._ask("POST", "/clock", {"account": self._account, **change})).now
