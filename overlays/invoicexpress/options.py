"""What a client may be told about how it works: time, repeats, and how careful it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypedDict

from invoicexpress_generated.client import TIMEOUT, httpx

from .checks import Checks
from .errors import ConfigurationError


class OptionChanges(TypedDict, total=False):
    """The fields of Options, each of which may be left out."""

    timeout: httpx.Timeout | float
    retries: int
    max_retry_after: float
    consistency_window: float
    checks: Checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Settings of a client, or of the calls of one `with_options`.

    Raises ConfigurationError for a value that cannot be meant.
    """

    timeout: httpx.Timeout | float = field(default_factory=lambda: TIMEOUT)
    """Seconds that one attempt may take to connect, to write, and between two reads; or an httpx.Timeout."""
    retries: int = 2
    """How often a request that may be repeated is repeated, after the first attempt."""
    max_retry_after: float = 60.0
    """Longest Retry-After that is waited for, in seconds. Above it the error is raised at once."""
    consistency_window: float = 5.0
    """Seconds of repeated reads after which something that is not found is not there: lists lag writes
    (square-bit 2026-04), and a write may be carried out late.
    """
    checks: Checks = field(default_factory=Checks)
    """What to do about changes that the service makes without a word."""

    def __post_init__(self) -> None:
        check_timeout(self.timeout)
        if type(self.retries) is not int or self.retries < 0:
            raise ConfigurationError("retries: expected how often to repeat, 0 or more")
        for name, seconds in (
            ("max_retry_after", self.max_retry_after),
            ("consistency_window", self.consistency_window),
        ):
            if not _is_number(seconds) or not 0 <= seconds < math.inf:
                raise ConfigurationError(f"{name}: expected seconds, none or more and not for ever")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def check_timeout(timeout: object) -> None:
    """A write that never answers still has to be looked into, so waiting for ever is not on offer."""
    parts = timeout.as_dict().values() if isinstance(timeout, httpx.Timeout) else [timeout]
    if not all(isinstance(part, int | float) and 0 < part < math.inf for part in parts):
        raise ConfigurationError("timeout: expected seconds, more than none and not for ever")
