"""The pace: 780 requests a minute for each account (vendor docs 2026-07).

A Pace is a plain setting. The process keeps the counts, per address, so clients, threads and tasks share
them; with a Redis server, processes and hosts do too. Nothing blocks here: `turn` returns the seconds until
the next try, and each core waits in its own way.

Pacing is a courtesy, since a 429 is repeated anyway. So a failing Redis server delays no request: until it
answers again the process paces itself.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any, Final

from invoicexpress_loading.records import record

from ..errors import ConfigurationError
from ..redaction import hides_arguments
from .forks import loading, renewed_in_children

if TYPE_CHECKING:
    from limits.errors import StorageError
    from limits.storage import RedisStorage

LOGGER: Final = logging.getLogger("invoicexpress")
_SCHEMES: Final = ("redis://", "rediss://", "redis+unix://")
_PREFIX: Final = "invoicexpress"
_UNDERWAY: Final = 1
"""Seconds added to the window: a request that opens a connection arrives late, and later ones on open
connections would then fall into the service's minute.
"""
_SOON: Final = 0.01
"""Shortest wait in seconds, since clocks are inexact."""
_LONGEST_HOLD: Final = 600
"""Seconds. A request that is answered 429 after them renews the hold."""
_REDIS_TIMEOUT: Final = 1.0
_REDIS_PAUSE: Final = 5.0
"""Seconds after a failure during which a Redis server gets no request."""


@record(frozen=True)
class Pace:
    """A limit of requests per span of seconds.

    Clients with equal paces share the limit, each account separately. With `redis`, the address of a server
    (`redis://HOST:PORT/DB`, `rediss://` for TLS, `redis+unix:///PATH`), processes and hosts share it too, as
    long as their clocks agree; this needs the extra `redis`. Raises ConfigurationError.
    """

    requests: int = 780
    """The most requests within a span."""
    seconds: int = 60
    """Length of the span."""
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
        with loading():
            from importlib.util import find_spec  # noqa: PLC0415 - few programs need it

        if not all(map(find_spec, ("limits", "redis"))):
            raise ConfigurationError("pace: redis: needs the extra: pip install 'invoicexpress[redis]'")

    def __reduce__(self) -> Any:
        if self.redis is not None:
            raise TypeError(
                "a Pace with `redis` may hold a password, and cannot be pickled or copied; "
                "make one in each process"
            )
        return type(self), (self.requests, self.seconds)

    @property
    def blocks(self) -> bool:
        """Whether `turn` takes a round trip, which would block an event loop."""
        return self.redis is not None

    def turn(self, place: str) -> float:
        """Takes a turn at a place. Returns 0, or the seconds until the next try."""
        if self.redis is not None and (shared := _PROCESS.shared(self.redis)):
            try:
                return shared.counts.turn(self, place)
            except shared.failures as error:
                shared.failed(error)
        with _PROCESS.lock:
            return _PROCESS.local.turn(self, place)

    def hold(self, place: str, seconds: float) -> None:
        """Grants no turn at a place for so many seconds, rounded up."""
        if self.redis is not None and (shared := _PROCESS.shared(self.redis)):
            try:
                shared.counts.hold(place, seconds)
            except shared.failures as error:
                shared.failed(error)
        # Here too, in case the server fails later.
        with _PROCESS.lock:
            _PROCESS.local.hold(place, seconds)


# The generated constructor holds the address while the checks run.
Pace.__init__ = hides_arguments(Pace.__init__)  # type: ignore[method-assign]


class LocalCounts:
    """The requests of this process by place. Its clock never goes back. A caller holds a lock."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic: Final = monotonic
        self._sent: Final[dict[tuple[Pace, str], deque[float]]] = {}
        """Times of the turns within the window of a pace at a place, oldest first."""
        self._held_until: Final[dict[str, float]] = {}

    def turn(self, pace: Pace, place: str) -> float:
        """Takes a turn. Returns 0, or the seconds until the next try."""
        now = self._monotonic()
        held = self._held_until.get(place, now) - now
        if held > 0:
            return max(held, _SOON)
        sent = self._sent.get((pace, place))
        if sent is None:
            self._forget(now)
            sent = self._sent[pace, place] = deque()
        window = pace.seconds + _UNDERWAY
        while sent and sent[0] <= now - window:
            sent.popleft()
        if len(sent) < pace.requests:
            sent.append(now)
            return 0.0
        return max(sent[0] + window - now, _SOON)

    def hold(self, place: str, seconds: float) -> None:
        """Grants no turn for so many seconds."""
        until = self._monotonic() + min(math.ceil(seconds), _LONGEST_HOLD)
        self._held_until[place] = max(until, self._held_until.get(place, until))

    def _forget(self, now: float) -> None:
        """Drops what is over, before there is something new to remember."""
        for key, sent in [*self._sent.items()]:
            if not sent or sent[-1] <= now - key[0].seconds - _UNDERWAY:
                del self._sent[key]
        for place, until in [*self._held_until.items()]:
            if until <= now:
                del self._held_until[place]


class _SharedCounts:
    """The requests of all processes by place, in Redis."""

    def __init__(self, storage: RedisStorage) -> None:
        from limits import RateLimitItemPerSecond  # noqa: PLC0415 loaded at the first request
        from limits.strategies import MovingWindowRateLimiter  # noqa: PLC0415 loaded at the first request

        self._item = RateLimitItemPerSecond
        self._storage = storage
        self._window = MovingWindowRateLimiter(storage)

    def turn(self, pace: Pace, place: str) -> float:
        """Takes a turn. Returns 0, or the seconds until the next try."""
        held = self._held(place)
        if held > 0:
            return held
        window = pace.seconds + _UNDERWAY
        item = self._item(pace.requests, window)
        if self._window.hit(item, place):
            return 0.0
        wait = self._window.get_window_stats(item, place).reset_time - time.time()
        if wait > 2 * window:
            # A count in the future: the clock was set back, and the counts mean nothing.
            self._window.clear(item, place)
            return _SOON
        # Clocks of two hosts differ a little.
        return min(max(wait, _SOON), float(window))

    def hold(self, place: str, seconds: float) -> None:
        """Grants no turn for so many seconds."""
        span = min(math.ceil(seconds), _LONGEST_HOLD)
        if span > self._held(place):
            self._storage.clear(_hold_key(place))
            self._storage.incr(_hold_key(place), span)

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
    """The counts in a Redis server, and the time of its last failure."""

    def __init__(self, address: str) -> None:
        from limits.errors import StorageError  # noqa: PLC0415 loaded at the first request
        from limits.storage import RedisStorage  # noqa: PLC0415 loaded at the first request

        storage = RedisStorage(
            address,
            key_prefix=_PREFIX,
            wrap_exceptions=True,
            socket_timeout=_REDIS_TIMEOUT,
            socket_connect_timeout=_REDIS_TIMEOUT,
        )
        self.counts = _SharedCounts(storage)
        self.failures = StorageError
        self.paused_until = -math.inf

    def failed(self, error: StorageError) -> None:
        """Records that the server did not answer."""
        self.paused_until = time.monotonic() + _REDIS_PAUSE
        # Not the text of the error, which may repeat an address with a password.
        cause = type(error.storage_error).__name__
        LOGGER.warning("the pace is not shared: Redis does not answer (%s)", cause, extra={"error": cause})


class _Process:
    """The counts of this process: in its memory, and in each Redis server that it shares them with."""

    def __init__(self) -> None:
        self.renew()
        renewed_in_children(self)

    def renew(self) -> None:
        """Begins anew, in the child of a fork, whose requests the service counts with the parent's."""
        self.lock = threading.Lock()
        self.local = LocalCounts()
        self._shared: dict[str, _Shared] = {}

    def shared(self, address: str) -> _Shared | None:
        """The counts in a Redis server; None for a few seconds after a failure."""
        with self.lock:
            shared = self._shared.get(address)
            if shared is None:
                with loading():
                    shared = self._shared[address] = _Shared(address)
        return shared if time.monotonic() >= shared.paused_until else None


_PROCESS: Final = _Process()
