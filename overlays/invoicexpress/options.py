"""Options of a client: time-outs and limits of an attempt, repeats and checks."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypedDict

from invoicexpress_generated.client import TIMEOUT, httpx

from .checks import Checks
from .errors import ConfigurationError


class OptionChanges(TypedDict, total=False):
    """The fields of Options, all optional."""

    timeout: httpx.Timeout | float
    deadline: float
    max_answer: int
    retries: int
    max_retry_after: float
    consistency_window: float
    checks: Checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Settings of a client, or of the calls of one `with_options`.

    Raises ConfigurationError for an invalid value.
    """

    timeout: httpx.Timeout | float = field(default_factory=lambda: TIMEOUT)
    """Seconds for connecting, for writing, and between two reads of an attempt; or an httpx.Timeout. A
    longer one than `deadline` has no effect.
    """
    deadline: float = 120.0
    """Seconds for one attempt as a whole: connection, TLS, headers and body, of an answer or a file. In the
    sync client, resolving a name is not cut short, and with a `transport` of your own the deadline is checked
    between the pieces of a body only.
    """
    max_answer: int = 32 * 1024 * 1024
    """Largest answer to accept, in bytes after decompression. Files have a limit of their own."""
    retries: int = 2
    """Most repeats of a request after the first attempt, where a repeat is safe."""
    max_retry_after: float = 60.0
    """Longest Retry-After to wait for, in seconds. Above it the error is raised at once."""
    consistency_window: float = 5.0
    """Seconds of repeated reads after which a thing counts as missing: lists lag writes (square-bit
    2026-04), and a write may be carried out late.
    """
    checks: Checks = field(default_factory=Checks)
    """Reactions to silent changes by the service."""

    def __post_init__(self) -> None:
        check_timeout(self.timeout)
        if not _is_number(self.deadline) or not 0 < self.deadline < math.inf:
            raise ConfigurationError("deadline: expected seconds, more than 0 and finite")
        if type(self.max_answer) is not int or self.max_answer < 1:
            raise ConfigurationError("max_answer: expected a number of bytes, 1 or more")
        if type(self.retries) is not int or self.retries < 0:
            raise ConfigurationError("retries: expected a whole number, 0 or more")
        for name, seconds in (
            ("max_retry_after", self.max_retry_after),
            ("consistency_window", self.consistency_window),
        ):
            if not _is_number(seconds) or not 0 <= seconds < math.inf:
                raise ConfigurationError(f"{name}: expected seconds, 0 or more and finite")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def check_timeout(timeout: object) -> None:
    """Raises ConfigurationError for an infinite time-out: a write without an answer has to be checked."""
    parts = timeout.as_dict().values() if isinstance(timeout, httpx.Timeout) else [timeout]
    if not all(isinstance(part, int | float) and 0 < part < math.inf for part in parts):
        raise ConfigurationError("timeout: expected seconds, more than 0 and finite")
