"""Hooks: a program's own functions, called with each attempt, to measure and to count.

An Exchange holds no query and no body, since those hold names, fiscal numbers and passwords.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final, NamedTuple, TypeAlias

from invoicexpress_loading.records import record

from ..errors import ConfigurationError

LOGGER: Final = logging.getLogger("invoicexpress")


@record(frozen=True)
class Exchange:
    """One attempt at a request, before or after it."""

    operation: str
    """The operation's id in the contract; `fetchFile` for a file fetched by its link."""
    method: str
    """HTTP method: `GET`, `POST`, `PUT`, `DELETE`."""
    path: str
    """The path without its query; no path for a file, since its link is a secret."""
    attempt: int
    """From 1."""
    status: int | None = None
    """HTTP status; None before the attempt, and without an answer."""
    duration: float | None = None
    """Seconds; None before the attempt."""
    error: str | None = None
    """Name of the exception's type, if no answer came."""

    def __str__(self) -> str:
        text = f"{self.operation}: {self.method} {self.path}".rstrip()
        if self.duration is None:
            return f"{text}, attempt {self.attempt}"
        return f"{text} {self.status or self.error} in {self.duration:.3f} s, attempt {self.attempt}"

    def fields(self) -> dict[str, Any]:
        """The fields by name, as a log record's `extra`."""
        return asdict(self)


Hook: TypeAlias = Callable[[Exchange], object]
"""Called with an attempt. The async client also accepts a coroutine function and awaits it."""


class Notice(NamedTuple):
    """A step: notify a hook."""

    hook: Hook
    exchange: Exchange


def check_hook(name: str, hook: Hook | None, *, may_be_awaited: bool) -> None:
    """Raises ConfigurationError for a hook that cannot be called, or not awaited by the sync client."""
    if hook is None:
        return
    if not callable(hook):
        raise ConfigurationError(f"{name}: expected a callable, got {type(hook).__name__}")
    awaited = inspect.iscoroutinefunction(hook) or inspect.iscoroutinefunction(
        getattr(hook, "__call__", None)  # noqa: B004 the method itself is inspected
    )
    if awaited and not may_be_awaited:
        raise ConfigurationError(f"{name}: a coroutine function; only AsyncInvoiceXpress awaits hooks")


def notify(notice: Notice) -> None:
    """Notifies a hook. Logs its exceptions."""
    try:
        notice.hook(notice.exchange)
    except Exception:
        _log_failure(notice.exchange)


async def notify_async(notice: Notice) -> None:
    """Notifies a hook and awaits its result if it is awaitable. Logs its exceptions."""
    try:
        answer = notice.hook(notice.exchange)
        if inspect.isawaitable(answer):
            await answer
    except Exception:
        _log_failure(notice.exchange)


def _log_failure(exchange: Exchange) -> None:
    LOGGER.exception("a hook failed on %s", exchange, extra=exchange.fields())
