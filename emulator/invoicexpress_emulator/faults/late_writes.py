"""Requests that are carried out late: the service was slow, and the caller may have hung up.

A create that waits holds its `proprietary_uid`: a second one with the same uid is refused while the first
is still running (vendor docs 2026-07: 409 of document create).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True, eq=False)
class LateWrite:
    """One request that waits; `due` is a moment of its account's clock.

    One whose `caller_waits` for the answer outlives a reset of the account.
    """

    account_id: int
    uid: str | None
    due: datetime
    caller_waits: bool
    carry_out: Callable[[], None]
    timer: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class LateWrites:
    """The requests that wait, in the order in which they were put off; kept in memory only."""

    _waiting: list[LateWrite] = field(default_factory=list[LateWrite])

    def put_off(self, late: LateWrite, seconds: float) -> None:
        """Carry a request out `seconds` of real time from now, or once its account's clock is past it."""
        late.timer = asyncio.get_running_loop().call_later(seconds, self._run, late)
        self._waiting.append(late)

    def uids_in_progress(self, account_id: int) -> frozenset[str]:
        """Return the `proprietary_uid`s of an account's creates that wait."""
        return frozenset(
            late.uid for late in self._waiting if late.account_id == account_id and late.uid is not None
        )

    def carry_out_due(self, now_of: Callable[[int], datetime]) -> None:
        """Carry out the requests that are due by their accounts' clocks; `now_of` takes an account's id."""
        for late in sorted(self._waiting, key=lambda late: late.due):
            if now_of(late.account_id) >= late.due:
                self._run(late)

    def forget(self, account_id: int) -> None:
        """Give up an account's writes whose callers are gone: they never happen."""
        for late in [
            late for late in self._waiting if late.account_id == account_id and not late.caller_waits
        ]:
            self._take(late)

    def stop(self) -> None:
        """Give up everything: the server stops."""
        for late in [*self._waiting]:
            self._take(late)

    def _run(self, late: LateWrite) -> None:
        if self._take(late):
            late.carry_out()

    def _take(self, late: LateWrite) -> bool:
        if late not in self._waiting:
            return False
        self._waiting.remove(late)
        if late.timer is not None:
            late.timer.cancel()
        return True
