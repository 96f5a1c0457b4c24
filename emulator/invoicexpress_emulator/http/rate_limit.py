"""Requests per account and time: a sliding window (vendor docs 2026-07: 780 a minute; the answer is 429).

No live 429 was ever published: `Retry-After` is friendlier than the evidence proves, and can be switched
off, so that a client can be tried without it. No answer shows the remaining rate (recorded 2019)
unless a setting turns that on.
"""

from __future__ import annotations

import math
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_WRITTEN: Final = re.compile(r"(\d+)(?:/(\d+(?:\.\d+)?))?")
_MINUTE: Final = 60.0


class RateLimit(NamedTuple):
    """At most `requests` in any `seconds` seconds."""

    requests: int
    seconds: float = _MINUTE


def parse_rate_limit(text: str) -> RateLimit | None:
    """Read `N` or `N/SECONDS`; zero means no limit, which is None.

    Raises:
        ValueError: the text is neither.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None or (match[2] is not None and float(match[2]) <= 0):
        raise ValueError(f"{text!r} is not a rate limit: write N or N/SECONDS, for example 780/60")
    requests = int(match[1])
    return RateLimit(requests, float(match[2] or _MINUTE)) if requests else None


@dataclass(slots=True)
class SlidingWindow:
    """Counts requests per account; kept in memory only."""

    limit: RateLimit | None
    monotonic: Callable[[], float] = time.monotonic
    _taken: dict[int, deque[float]] = field(default_factory=dict[int, "deque[float]"])

    def wait_for(self, account_id: int) -> int | None:
        """Count a request of an account; return after how many whole seconds to ask again, None if it
        may run.
        """
        if self.limit is None:
            return None
        now = self.monotonic()
        taken = self._taken.setdefault(account_id, deque())
        while taken and now - taken[0] >= self.limit.seconds:
            taken.popleft()
        if len(taken) < self.limit.requests:
            taken.append(now)
            return None
        return max(1, math.ceil(taken[0] + self.limit.seconds - now))

    def headers(self, account_id: int) -> dict[str, str]:
        """Return an account's remaining rate in the headers of other services; none without a limit."""
        if self.limit is None:
            return {}
        now = self.monotonic()
        taken = self._taken.get(account_id) or deque((now,))
        return {
            "X-RateLimit-Limit": str(self.limit.requests),
            "X-RateLimit-Remaining": str(max(0, self.limit.requests - len(taken))),
            "X-RateLimit-Reset": str(max(0, math.ceil(taken[0] + self.limit.seconds - now))),
        }

    def forget(self, account_id: int) -> None:
        """Start an account's window anew."""
        self._taken.pop(account_id, None)
