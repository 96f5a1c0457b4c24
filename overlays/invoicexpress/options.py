"""Options of a client: time-outs and limits of an attempt, repeats and checks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any, Final, NamedTuple, Protocol, TypedDict, cast

from invoicexpress_loading.records import record
from invoicexpress_wire import did_you_mean, shown

from .checks import Checks
from .errors import ConfigurationError


class Timeouts(Protocol):
    """Seconds for each part of an attempt, such as an httpx.Timeout."""

    @property
    def connect(self) -> float | None: ...
    @property
    def read(self) -> float | None: ...
    @property
    def write(self) -> float | None: ...
    @property
    def pool(self) -> float | None: ...


TIMEOUT_PARTS: Final = ("connect", "read", "write", "pool")


class _Timeouts(NamedTuple):
    connect: float
    read: float
    write: float
    pool: float


TIMEOUT: Final = _Timeouts(connect=5.0, read=30.0, write=30.0, pool=30.0)
"""Finite: a create without an answer must be looked up, not waited for."""


class OptionChanges(TypedDict, total=False):
    """The fields of Options, all optional."""

    timeout: Timeouts | float
    deadline: float
    max_answer: int
    retries: int
    max_retry_after: float
    consistency_window: float
    checks: Checks


@record(frozen=True, kw_only=True)
class Options:
    """Settings of a client, or of the calls of one `with_options`.

    Raises ConfigurationError for an invalid value.
    """

    timeout: Timeouts | float = TIMEOUT
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
        checks = cast("object", self.checks)
        if not isinstance(checks, Checks):
            raise ConfigurationError(
                f'checks: expected Checks, such as Checks.each("raise"), got {shown(checks)}'
            )
        if not _is_number(self.deadline) or not 0 < self.deadline < math.inf:
            raise ConfigurationError(
                f"deadline: expected seconds, more than 0 and finite, got {shown(self.deadline)}"
            )
        if type(self.max_answer) is not int or self.max_answer < 1:
            raise ConfigurationError(
                f"max_answer: expected a number of bytes, 1 or more, got {shown(self.max_answer)}"
            )
        if type(self.retries) is not int or self.retries < 0:
            raise ConfigurationError(
                f"retries: expected a whole number, 0 or more, got {shown(self.retries)}"
            )
        for name, seconds in (
            ("max_retry_after", self.max_retry_after),
            ("consistency_window", self.consistency_window),
        ):
            if not _is_number(seconds) or not 0 <= seconds < math.inf:
                raise ConfigurationError(
                    f"{name}: expected seconds, 0 or more and finite, got {shown(seconds)}"
                )


_OF_A_CLIENT: Final = (
    "account",
    "api_key",
    "base_url",
    "http",
    "pace",
    "transport",
    "proxy",
    "verify",
    "on_request",
    "on_response",
    "allow_insecure_http",
)


def options_with(options: Options, changes: Mapping[str, Any], *, of_a_client: bool = False) -> Options:
    """The options with changes. Raises ConfigurationError for an unknown name, and the nearest one.

    `of_a_client`: whether the names are those of a new client, which takes further arguments.
    """
    known = [*OptionChanges.__annotations__]
    for name in changes:
        if name in known:
            continue
        if name in _OF_A_CLIENT:
            raise ConfigurationError(f"{name}: with_options cannot change it; make another client with it")
        nearest = did_you_mean(name, [*known, *(_OF_A_CLIENT if of_a_client else ())])
        remedy = nearest or f"; expected one of {', '.join(known)}"
        raise ConfigurationError(f"{name}: unknown option{remedy}")
    return replace(options, **changes)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)


def timeout_parts(timeout: object) -> dict[str, Any]:
    """Seconds by the part of an attempt."""
    return {part: getattr(timeout, part, timeout) for part in TIMEOUT_PARTS}


def check_timeout(timeout: object) -> None:
    """Raises ConfigurationError for an infinite time-out: a write without an answer has to be checked."""
    parts = timeout_parts(timeout).values()
    if not all(isinstance(part, int | float) and 0 < part < math.inf for part in parts):
        given = ", ".join(dict.fromkeys(map(shown, parts)))
        raise ConfigurationError(f"timeout: expected seconds, more than 0 and finite, got {given}")
