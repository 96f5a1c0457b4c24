"""The pace: 780 requests a minute for each account (vendor docs 2026-07), shared by all who ask for turns.

A pace is a plain setting. What it counts is kept by the process, for each address, so clients, threads and
tasks share it without knowing of each other; with the address of a Redis server, processes and hosts do too.
Nobody is made to wait here: who asks for a turn is told when to ask again, and waits in the way of its core.

Pacing is a courtesy, for an answer of 429 is repeated anyway. So a Redis server that does not answer holds up
nothing: until it is back the process paces itself.
"""

from __future__ import annotations

import importlib.util
import logging
import math
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from limits.errors import StorageError
    from limits.storage import MemoryStorage, RedisStorage

LOGGER: Final = logging.getLogger("invoicexpress")
_SCHEMES: Final = ("redis://", "rediss://", "redis+unix://")
_PREFIX: Final = "invoicexpress"
_UNDERWAY: Final = 1
"""Seconds by which turns are further apart than the service wants requests: those that open a connection
first arrive late, and those that follow them would arrive within the minute.
"""
_SOON: Final = 0.01
"""Seconds: the least that is waited, since clocks are not exact."""
_LONGEST_HOLD: Final = 600
"""Seconds. Who is still told to wait after them holds the others again."""
_REDIS_TIMEOUT: Final = 1.0
_REDIS_IS_LEFT_ALONE: Final = 5.0
"""Seconds after a failure in which a Redis server is not asked again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How many requests may reach the service within how many seconds.

    Clients with equal paces share one, each account for itself. With `redis`, the address of a server
    (`redis://HOST:PORT/DB`, `rediss://` for TLS, `redis+unix:///PATH`), processes and hosts share it too, as
    long as their clocks agree; the extra `redis` has to be installed. Raises ConfigurationError.
    """

    requests: int = 780
    seconds: int = 60
    redis: str | None = field(default=None, repr=False, kw_only=True)
    """May hold a password."""

    def __post_init__(self) -> None:
        for name, value in (("requests", self.requests), ("seconds", self.seconds)):
            if type(value) is not int or value < 1:
                raise ConfigurationError(f"pace: {name}: expected a whole number, 1 or more")
        if self.redis is None:
            return
        if not self.redis.startswith(_SCHEMES):
            raise ConfigurationError(f"pace: redis: expected an address with {', '.join(_SCHEMES)}")
        if importlib.util.find_spec("redis") is None:
            raise ConfigurationError("pace: redis: install invoicexpress[redis] for it")

    @property
    def blocks(self) -> bool:
        """Whether asking takes a round trip, which an event loop must not wait for."""
        return self.redis is not None

    def turn(self, place: str) -> float:
        """Takes a turn at a place, or says in how many seconds to ask again. 0 means that it is taken."""
        if self.redis is not None and (shared := _shared(self.redis)):
            try:
                return shared.counts.turn(self, place)
            except shared.failures as error:
                shared.failed(error)
        with _LOCK:
            return _local().turn(self, place)

    def hold(self, place: str, seconds: float) -> None:
        """Gives nobody a turn at a place for so many seconds, rounded up."""
        if self.redis is not None and (shared := _shared(self.redis)):
            try:
                shared.counts.hold(place, seconds)
            except shared.failures as error:
                shared.failed(error)
        # Here too, in case the server goes away.
        with _LOCK:
            _local().hold(place, seconds)


class _Counts:
    """What was sent where, in the storage of this process or of Redis."""

    def __init__(self, storage: MemoryStorage | RedisStorage) -> None:
        from limits.strategies import MovingWindowRateLimiter  # noqa: PLC0415 only who sends should load it

        self._storage = storage
        self._window = MovingWindowRateLimiter(storage)

    def turn(self, pace: Pace, place: str) -> float:
        """Seconds until to ask again; 0 when the turn is taken."""
        from limits import RateLimitItemPerSecond  # noqa: PLC0415 only who sends should load it

        held = self._held(place)
        if held > 0:
            return held
        window = pace.seconds + _UNDERWAY
        item = RateLimitItemPerSecond(pace.requests, window)
        if self._window.hit(item, place):
            return 0.0
        wait = self._window.get_window_stats(item, place).reset_time - time.time()
        if wait > 2 * window:
            # Nobody sends in the future: the clock was set back, and what was counted means nothing.
            self._window.clear(item, place)
            return _SOON
        # Clocks of two hosts differ a little.
        return min(max(wait, _SOON), float(window))

    def hold(self, place: str, seconds: float) -> None:
        """Gives nobody a turn for so many seconds."""
        wanted = min(math.ceil(seconds), _LONGEST_HOLD)
        if wanted > self._held(place):
            self._storage.clear(_hold_key(place))
            self._storage.incr(_hold_key(place), wanted)

    def _held(self, place: str) -> float:
        if not self._storage.get(_hold_key(place)):
            return 0.0
        held = self._storage.get_expiry(_hold_key(place)) - time.time()
        if held > _LONGEST_HOLD:
            # The clock was set back.
            self._storage.clear(_hold_key(place))
            return _SOON
        return max(held, _SOON)


def _hold_key(place: str) -> str:
    return f"HOLD/{place}"


class _Shared:
    """The counts of a Redis server, and whether it is there."""

    def __init__(self, address: str) -> None:
        from limits.errors import StorageError  # noqa: PLC0415 only who sends should load it
        from limits.storage import RedisStorage  # noqa: PLC0415 only who sends should load it

        storage = RedisStorage(
            address,
            key_prefix=_PREFIX,
            wrap_exceptions=True,
            socket_timeout=_REDIS_TIMEOUT,
            socket_connect_timeout=_REDIS_TIMEOUT,
        )
        self.counts = _Counts(storage)
        self.failures = StorageError
        self.left_alone_until = -math.inf

    def failed(self, error: StorageError) -> None:
        """Takes note that the server did not answer."""
        self.left_alone_until = time.monotonic() + _REDIS_IS_LEFT_ALONE
        # Not its text, which may repeat an address with a password in it.
        cause = type(error.storage_error).__name__
        LOGGER.warning("the pace is not shared: Redis does not answer (%s)", cause, extra={"error": cause})


_LOCK: Final = threading.Lock()
_LOCAL: Final[list[_Counts]] = []
_SHARED: Final[dict[str, _Shared]] = {}


def _local() -> _Counts:
    """The counts of this process, made when the first turn is asked for. They forget by themselves."""
    if not _LOCAL:
        from limits.storage import MemoryStorage  # noqa: PLC0415 only who sends should load it

        _LOCAL.append(_Counts(MemoryStorage()))
    return _LOCAL[0]


def _shared(address: str) -> _Shared | None:
    """The counts of a Redis server; None while it is left alone after a failure."""
    with _LOCK:
        shared = _SHARED.get(address)
        if shared is None:
            shared = _SHARED[address] = _Shared(address)
    return shared if time.monotonic() >= shared.left_alone_until else None
