"""Work in the child of a fork."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

SECONDS = 20.0


class Child:
    """A child that does some work and ends. Its parent goes on meanwhile."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._end, end = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            # Neither pytest nor any other code of the parent goes on here.
            try:
                os.write(end, pickle.dumps(_outcome(work)))
            finally:
                os._exit(0)
        os.close(end)

    def result(self) -> Any:
        """The result, which is small, or the exception as a text. Fails if the child hangs."""
        ready = wait([self._end], SECONDS)
        if not ready:
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        written = os.read(self._end, 65536)
        os.close(self._end)
        assert ready, "the child hangs"
        return pickle.loads(written)  # noqa: S301 our own


def _outcome(work: Callable[[], Any]) -> Any:
    # Standard output is pytest's.
    with contextlib.redirect_stdout(None):
        try:
            return work()
        except BaseException as error:
            return f"{type(error).__name__}: {error}"
