"""202: the service is still at it, and the same request is repeated until it is done.

PDFs and QR codes are made in the background. Integrators wait two seconds five times, or six times 50 ms
(Webdados, bitmario); how long it takes is not documented. Here the pauses grow, and the time is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from invoicexpress_generated.types import Request, Response

from .errors import NotReadyError
from .flows import Flow, exchange, pause

T = TypeVar("T")

TIMEOUT: Final = 60.0
"""Seconds."""
_FIRST_PAUSE: Final = 0.25
_LONGEST_PAUSE: Final = 4.0


def pauses() -> Iterator[float]:
    """Seconds between polls: doubling, then steady."""
    seconds = _FIRST_PAUSE
    while True:
        yield seconds
        seconds = min(2 * seconds, _LONGEST_PAUSE)


def until_ready(
    what: str, request: Request, parse: Callable[[Response], T | None], timeout: float
) -> Flow[T]:
    """Repeats a request until `parse` finds something.

    Raises NotReadyError when `timeout` seconds are over.
    """
    began = yield from pause(0)
    now = began
    for seconds in pauses():
        found = yield from exchange(request, parse)
        if found is not None:
            return found
        left = began + timeout - now
        if left <= 0:
            break
        now = yield from pause(min(seconds, left))
    raise NotReadyError(what, now - began)
