"""Polling: repeats a request until the service has finished a result.

PDFs, QR codes and SAF-T files are made in the background (202); the tax authority's code of a guide appears
on the guide itself, later. Integrators wait two seconds five times, or six times 50 ms (Webdados 2025,
bitmario), or a minute for the code (Webdados 2025); the duration is not documented. Here the pauses grow, and
the time is bounded.

Giving up loses nothing: the service continues, and the next call of the same method finds the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from invoicexpress_generated.types import Request, Response, Unset

from ..errors import NotReadyError
from ..sending.flows import Flow, exchange, pause

T = TypeVar("T")
V = TypeVar("V")

TIMEOUT: Final = 60.0
"""Seconds."""
_FIRST_PAUSE: Final = 0.25
_LONGEST_PAUSE: Final = 4.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """State of a wait before a pause."""

    what: str
    """The awaited result: `the PDF of document 7`."""
    waited: float
    """Seconds since the wait began."""
    polls: int
    """Number of polls so far, at least 1."""
    pause: float
    """Seconds until the next poll."""


OnWait: TypeAlias = Callable[[Waiting], object]
"""Called before each pause, for example to show progress. The async client calls it on the event loop, so it
must not block. An exception from it ends the wait and reaches the caller: raise one to give up.
"""


def pauses() -> Iterator[float]:
    """Seconds between polls: doubling, then steady."""
    seconds = _FIRST_PAUSE
    while True:
        yield seconds
        seconds = min(2 * seconds, _LONGEST_PAUSE)


def until_ready(
    what: str,
    request: Request,
    parse: Callable[[Response], T | None],
    timeout: float,
    on_wait: OnWait | None = None,
) -> Flow[T]:
    """Repeats a request until `parse` returns a value.

    Raises NotReadyError after `timeout` seconds, and exceptions of `on_wait`.
    """
    return until_present(what, lambda: exchange(request, parse), lambda found: found, timeout, on_wait)


def until_present(
    what: str,
    read: Callable[[], Flow[T]],
    pick: Callable[[T], V | Unset | None],
    timeout: float,
    on_wait: OnWait | None = None,
) -> Flow[V]:
    """Repeats flows of `read` until `pick` finds a value in the result.

    None and UNSET mean not ready. The last read starts at the deadline, so the whole wait takes `timeout`
    seconds and that read. Raises NotReadyError afterwards, and exceptions of `read` and `on_wait`.
    """
    began = yield from pause(0)
    is_last = False
    for polls, seconds in enumerate(pauses(), start=1):
        picked = pick((yield from read()))
        if picked is not None and not isinstance(picked, Unset):
            return picked
        # After the read, which takes time as well.
        waited = (yield from pause(0)) - began
        left = timeout - waited
        if is_last or left <= 0:
            raise NotReadyError(what, waited, polls)
        is_last = seconds >= left
        pausing = min(seconds, left)
        if on_wait is not None:
            on_wait(Waiting(what, waited, polls, pausing))
        yield from pause(pausing)
    raise AssertionError("pauses do not end")
