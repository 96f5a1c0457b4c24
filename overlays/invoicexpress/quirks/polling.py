"""What is not there yet: the service is still at it, and the same question is asked again until it is.

PDFs, QR codes and SAF-T files are made in the background (202); the tax authority's code of a guide appears
on the guide itself, later. Integrators wait two seconds five times, or six times 50 ms (Webdados 2025,
bitmario), or a minute for the code (Webdados 2025); how long it takes is not documented. Here the pauses
grow, and the time is bounded.

A wait that was given up, by its time or by its caller, loses nothing: the service goes on, and the next call
of the same method finds what it has got to by then.
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
    """How a wait stands, told before each of its pauses."""

    what: str
    """What is not ready yet: `the PDF of document 7`."""
    waited: float
    """Seconds since the wait began."""
    polls: int
    """How often the service was asked, at least 1."""
    pause: float
    """Seconds until it is asked again."""


OnWait: TypeAlias = Callable[[Waiting], object]
"""Hears of each pause before it begins, for example to show progress. On the async client it is called on
the event loop, so it must not block. What it raises ends the wait and reaches the caller: that is how to give
up.
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
    """Repeats a request until `parse` finds something.

    Raises NotReadyError when `timeout` seconds are over, and what `on_wait` raises.
    """
    return until_present(what, lambda: exchange(request, parse), lambda found: found, timeout, on_wait)


def until_present(
    what: str,
    read: Callable[[], Flow[T]],
    pick: Callable[[T], V | Unset | None],
    timeout: float,
    on_wait: OnWait | None = None,
) -> Flow[V]:
    """Reads again and again, each time with a new flow of `read`, until `pick` finds its value in it.

    None and UNSET are not there yet. It is asked once more when the last pause ends, at the deadline, so all
    of it takes `timeout` seconds and the read that is under way then. Raises NotReadyError when that is over,
    what `read` raises, and what `on_wait` raises.
    """
    began = yield from pause(0)
    is_last = False
    for polls, seconds in enumerate(pauses(), start=1):
        picked = pick((yield from read()))
        if picked is not None and not isinstance(picked, Unset):
            return picked
        # Reading takes its time as well, so the clock is looked at afterwards.
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
