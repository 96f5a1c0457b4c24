"""What a program may be told of each attempt: enough to measure and to count, and nothing secret.

Queries and bodies are left out: they hold names, fiscal numbers and passwords.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

from ..errors import ConfigurationError

LOGGER: Final = logging.getLogger("invoicexpress")


@dataclass(frozen=True, slots=True)
class Exchange:
    """One attempt at a request, before or after it."""

    operation: str
    """The operation's id in the contract; `fetchFile` for a file that is fetched by its link."""
    method: str
    path: str
    """The path without its query; no path for a file, since its link is a secret."""
    attempt: int
    """From 1."""
    status: int | None = None
    """HTTP status; None before the attempt, and where no answer came."""
    duration: float | None = None
    """Seconds; None before the attempt."""
    error: str | None = None
    """Name of the exception's type, where no answer came."""

    def __str__(self) -> str:
        text = f"{self.operation}: {self.method} {self.path}".rstrip()
        if self.duration is None:
            return f"{text}, attempt {self.attempt}"
        return f"{text} {self.status or self.error} in {self.duration:.3f} s, attempt {self.attempt}"

    def fields(self) -> dict[str, Any]:
        """The fields by name, as a log record's `extra`."""
        return asdict(self)


Hook: TypeAlias = Callable[[Exchange], object]
"""Is told of an attempt. On the async client it may be a coroutine function, which is awaited."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A step: tell a hook."""

    hook: Hook
    exchange: Exchange


def check_hook(name: str, hook: Hook | None, *, may_be_awaited: bool) -> None:
    """Raises ConfigurationError for what cannot be called, or would be awaited where nobody can."""
    if hook is None:
        return
    if not callable(hook):
        raise ConfigurationError(f"{name}: expected something to call")
    awaited = inspect.iscoroutinefunction(hook) or inspect.iscoroutinefunction(
        getattr(hook, "__call__", None)  # noqa: B004 the method itself is wanted
    )
    if awaited and not may_be_awaited:
        raise ConfigurationError(f"{name}: a coroutine function, which only the async client can await")


def notify(notice: Notice) -> None:
    """Calls a hook. What it raises is logged, and goes no further."""
    try:
        notice.hook(notice.exchange)
    except Exception:
        _log_failure(notice.exchange)


async def notify_async(notice: Notice) -> None:
    """Calls a hook, and awaits it if it can be."""
    try:
        answer = notice.hook(notice.exchange)
        if inspect.isawaitable(answer):
            await answer
    except Exception:
        _log_failure(notice.exchange)


def _log_failure(exchange: Exchange) -> None:
    LOGGER.exception("a hook failed on %s", exchange, extra=exchange.fields())
