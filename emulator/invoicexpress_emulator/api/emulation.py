"""The parts of one running emulator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..books.accounts import rows as accounts
from ..faults.effects import Faults
from ..faults.late_writes import LateWrites
from ..faults.list_lag import WriteWatch
from ..faults.list_lag import forget as forget_writes
from ..http.request_log import RequestLog
from ..storage.unchanged import Unchanged

if TYPE_CHECKING:
    from datetime import datetime

    from ..books.accounts.account import Account
    from ..fiscal.signature import Signer
    from ..http.clock import TimeSource
    from ..http.rate_limit import SlidingWindow
    from ..profiles.profile import Profile
    from ..storage.store import Store


@dataclass(slots=True)
class Emulation:
    """The database and the state kept beside it, in memory."""

    store: Store
    signer: Signer
    profile: Profile
    time_source: TimeSource
    window: SlidingWindow
    written: WriteWatch
    allows_faults: bool = True
    """Whether a request may ask for a fault in a header: only where there is a control plane."""
    fault_token: str | None = None
    """The token that a request needs to ask for a fault; None if it needs none."""
    faults: Faults = field(default_factory=Faults)
    late: LateWrites = field(default_factory=LateWrites)
    log: RequestLog = field(default_factory=RequestLog)
    by_key: Unchanged[Account | None] = field(init=False)
    """Active accounts by their keys."""

    def __post_init__(self) -> None:
        self.by_key = Unchanged(self.store.db)

    def carry_out_due(self) -> None:
        """Carry out the late writes that their accounts' clocks have been moved past."""
        self.late.carry_out_due(self._now_of)

    def _now_of(self, account_id: int) -> datetime:
        return accounts.by_id(self.store.db, account_id).clock.now(self.time_source)

    def forget(self, account: Account) -> None:
        """Forget the state of an account beside the database: its rate, log, faults, late writes, and when
        rows were written. Its books have been replaced, so files being made of them are not finished.
        """
        self.store.renewals[account.id] += 1
        self.window.forget(account.id)
        self.log.clear(account.name)
        self.faults.clear(account.name)
        self.late.forget(account.id)
        forget_writes(self.store.db, account.id)
