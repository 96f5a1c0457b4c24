"""What one running emulator consists of."""

from __future__ import annotations

from dataclasses import dataclass, field

from .lisbon_clock import TimeSource
from .profiles import Profile
from .rate_limit import SlidingWindow
from .request_log import RequestLog
from .signature import Signer
from .store import Store


@dataclass(slots=True)
class Emulation:
    """The database and everything that is kept beside it, in memory."""

    store: Store
    signer: Signer
    profile: Profile
    time_source: TimeSource
    window: SlidingWindow
    log: RequestLog = field(default_factory=RequestLog)
