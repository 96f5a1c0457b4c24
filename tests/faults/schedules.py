"""Schedules: each request of an account meets the next fault of a list, whatever the request is."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Final

from invoicexpress_emulator.faults.effects import Effect

from .faults import FAULTS, Fault
from .plan import Hit, Refused

# A slow answer costs seconds; a late write has the same effect at once.
QUICK: Final = tuple(fault for fault in FAULTS if not fault.name.startswith("slow"))
Schedule = Sequence[Fault | None]


class SchedulePlan:
    """Gives each request the next fault of a schedule, and none after its end."""

    def __init__(self, schedule: Schedule, bodies: Mapping[str, bytes]) -> None:
        self._left = list(schedule)
        self._bodies = bodies
        self._lock = threading.Lock()

    def is_refused(self, names: frozenset[str]) -> bool:
        """Whether the next fault refuses the connection of this request."""
        with self._lock:
            if not isinstance(self._next(names), Refused):
                return False
            self._left.pop(0)
            return True

    def effect_on(self, names: frozenset[str]) -> Effect | None:
        """Return the effect on a request that arrived."""
        with self._lock:
            hit = self._next(names)
            # Another caller's request may arrive before the one whose connection is to be refused.
            if isinstance(hit, Refused):
                return None
            if self._left:
                self._left.pop(0)
            return hit

    def _next(self, names: frozenset[str]) -> Hit | None:
        fault = self._left[0] if self._left else None
        if fault is None:
            return None
        return fault.make(next((self._bodies[name] for name in sorted(names) if name in self._bodies), b""))
