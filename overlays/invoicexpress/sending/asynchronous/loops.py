"""The running event loop, of asyncio or of trio, and a coroutine beside the running task."""

from __future__ import annotations

import asyncio
import contextvars
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Final, Generic, TypeVar

import anyio

from ..forks import loading

T = TypeVar("T")


def _trio() -> Any:
    """The package trio if its loop runs here, otherwise None. Without trio loaded its loop cannot run."""
    trio: Any = sys.modules.get("trio")
    return trio if trio is not None and trio.lowlevel.in_trio_run() else None


def load_backend() -> None:
    """Loads the part of anyio for the running event loop, unless it is loaded. A fork waits for that."""
    with loading():
        anyio.get_cancelled_exc_class()


def running_loop() -> object:
    """The running event loop; the same object each time."""
    trio = _trio()
    return asyncio.get_running_loop() if trio is None else trio.lowlevel.current_trio_token()


class Beside(Generic[T]):
    """A coroutine that runs beside the task which started it, and ends at the latest with `stop`.

    An asynchronous generator cannot hold a task group open across a `yield`: cancellation would then reach
    whatever task happens to read it (https://peps.python.org/pep-0789/). So this is a task of the event loop
    itself, with a cancel scope that is entered and left inside of it.
    """

    def __init__(self, call: Callable[[], Awaitable[T]]) -> None:
        """Starts it."""
        self._call: Final = call
        self._scope: Final = anyio.CancelScope()
        self._ended: Final = anyio.Event()
        self._results: Final[list[T]] = []
        self._error: BaseException | None = None
        trio = _trio()
        if trio is None:
            # Kept, since the loop knows its tasks by weak references.
            self._task: Final = asyncio.get_running_loop().create_task(self._run())
            # A task that is cancelled before its first step runs no `finally`.
            self._task.add_done_callback(lambda _: self._ended.set())
        else:
            # An exception of a system task would end all of trio; `_run` lets none out.
            trio.lowlevel.spawn_system_task(self._run, context=contextvars.copy_context())

    async def _run(self) -> None:
        try:
            with self._scope:
                self._results.append(await self._call())
        except Exception as error:
            self._error = error
        finally:
            self._ended.set()

    async def result(self) -> T:
        """Waits for its end. Raises its exception."""
        await self._ended.wait()
        if self._error is not None:
            raise self._error
        if not self._results:
            # asyncio ends, and cancels all tasks.
            raise asyncio.CancelledError
        return self._results[0]

    async def stop(self) -> None:
        """Cancels it, unless it has ended, and waits for its end."""
        self._scope.cancel()
        with anyio.CancelScope(shield=True):
            await self._ended.wait()
