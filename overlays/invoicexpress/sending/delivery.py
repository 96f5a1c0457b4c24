"""Delivers a request: at the account's pace, with repeats where they are safe, log lines and hooks.

A flow yields a request; `deliver`, another flow, turns it into attempts. So repeats, waits, log lines and
hooks are plain code, the same for both clients, tested without HTTP.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Generator
from dataclasses import field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from invoicexpress_generated.types import Request, Response
from invoicexpress_loading.records import record

from ..errors import AmbiguousResultError, DownloadError, InvoiceXpressError, TransportError
from ..options import Options
from .hooks import Exchange, Hook, Notice
from .in_flight import InFlight
from .refusals import TOO_MANY_REQUESTS
from .retries import (
    Outcome,
    Repeat,
    delay,
    may_repeat,
    repeat_of,
)
from .steps import Hold, Link, Pause, Turn

if TYPE_CHECKING:
    from .pacing import Pace

LOGGER: Final = logging.getLogger("invoicexpress")

Outgoing: TypeAlias = Request | Link
Primitive: TypeAlias = Request | Link | Pause | Turn | Hold | Notice
Delivery: TypeAlias = Generator[Primitive, Any, Response]


@record(frozen=True, kw_only=True)
class Terms:
    """A client's settings and shared state for delivering requests."""

    options: Options = field(default_factory=Options)
    place: str = ""
    """Key of the pace: the account's address."""
    pace: Pace | None = None
    in_flight: InFlight = field(default_factory=InFlight)
    on_request: Hook | None = None
    on_response: Hook | None = None
    random: Callable[[], float] = random.random
    """From 0 to 1."""
    monotonic: Callable[[], float] = time.monotonic
    time: Callable[[], float] = time.time


def deliver(outgoing: Outgoing, terms: Terms) -> Delivery:
    """Delivers a request, or fetches a file, which is a read.

    Returns the last answer, whatever its status. Without an answer it raises TransportError,
    AmbiguousResultError or, for a file, DownloadError.
    """
    repeat = Repeat.READ if isinstance(outgoing, Link) else repeat_of(outgoing)
    attempt = 1
    while True:
        if isinstance(outgoing, Request):
            yield from _at_the_pace(terms)
        made = _exchange_of(outgoing, attempt)
        outcome = yield from _attempt(outgoing, made, terms)
        if isinstance(outcome, Response) and outcome.status < HTTPStatus.BAD_REQUEST:
            return outcome
        wait = delay(attempt, outcome, random=terms.random(), now=terms.time())
        is_short = wait <= terms.options.max_retry_after
        if (
            terms.pace
            and is_short
            and isinstance(outgoing, Request)
            and _status(outcome) == TOO_MANY_REQUESTS
        ):
            yield Hold(terms.pace, terms.place, wait)
        if attempt > terms.options.retries or not is_short or not may_repeat(repeat, outcome):
            return _final_answer(outgoing, outcome)
        LOGGER.info("%s: next attempt in %.3f s", made, wait, extra={**made.fields(), "wait": wait})
        yield Pause(wait)
        attempt += 1


def attempt_once(outgoing: Outgoing) -> Delivery:
    """Makes one attempt, without a pace."""
    return deliver(outgoing, _ONCE)


_LONG_WAIT: Final = 1.0
"""Seconds from which a person notices a wait, so the log shows it at INFO."""
_ONCE: Final = Terms(options=Options(retries=0))


def _at_the_pace(terms: Terms) -> Generator[Primitive, Any, None]:
    """Waits for a turn."""
    if terms.pace is None:
        return
    waited = 0.0
    while (wait := (yield Turn(terms.pace, terms.place))) > 0:
        # Others may take the turn again and again; the log tells when their waits add up to a long one.
        is_long = wait > _LONG_WAIT or waited <= _LONG_WAIT < waited + wait
        level = logging.INFO if is_long else logging.DEBUG
        LOGGER.log(level, "waiting %.3f s for a turn at the pace", wait, extra={"wait": wait})
        yield Pause(wait)
        waited += wait


def _attempt(outgoing: Outgoing, made: Exchange, terms: Terms) -> Generator[Primitive, Any, Outcome]:
    """Makes one attempt and reports it. Raises errors that do not come from the network."""
    if terms.on_request:
        yield Notice(terms.on_request, made)
    began = terms.monotonic()
    try:
        response: Response = yield outgoing
    except InvoiceXpressError as error:
        if _is_reported(terms):
            seconds = terms.monotonic() - began
            yield from _report(replace(made, duration=seconds, error=type(error).__name__), terms)
        if not isinstance(error, TransportError | AmbiguousResultError):
            raise
        return error
    if _is_reported(terms):
        yield from _report(replace(made, duration=terms.monotonic() - began, status=response.status), terms)
    return response


def _is_reported(terms: Terms) -> bool:
    return terms.on_response is not None or LOGGER.isEnabledFor(logging.DEBUG)


def _report(made: Exchange, terms: Terms) -> Generator[Primitive, Any, None]:
    LOGGER.debug("%s", made, extra=made.fields())
    if terms.on_response:
        yield Notice(terms.on_response, made)


def _exchange_of(outgoing: Outgoing, attempt: int) -> Exchange:
    if isinstance(outgoing, Link):
        return Exchange("fetchFile", "GET", "", attempt)
    return Exchange(outgoing.operation, outgoing.method, outgoing.path, attempt)


def _status(outcome: Outcome) -> int | None:
    return outcome.status if isinstance(outcome, Response) else None


def _final_answer(outgoing: Outgoing, outcome: Outcome) -> Response:
    """Return the last answer. Raises the exception that stands for a missing one."""
    if isinstance(outcome, Response):
        return outcome
    raise DownloadError(outcome.reason) if isinstance(outgoing, Link) else outcome
