"""What a client may be told about how it works: time, repeats, and how careful it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from .checks import Checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Settings of a client, or of the calls of one `with_options`."""

    retries: int = 2
    """How often a request that may be repeated is repeated, after the first attempt."""
    consistency_window: float = 5.0
    """Seconds of repeated reads after which something that is not found is not there: lists lag writes
    (square-bit 2026-04), and a write may be carried out late.
    """
    checks: Checks = field(default_factory=Checks)
    """What to do about changes that the service makes without a word."""
