"""One attempt of a write, and what its answer proves."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from itertools import count
from typing import Any, Generic, TypeVar

from invoicexpress_generated.errors import UnreadableBody
from invoicexpress_generated.types import Request, Response
from invoicexpress_loading.records import record

from ..errors import (
    AmbiguousResultError,
    ApiError,
    InvoiceXpressError,
    NotFoundError,
    RateLimitError,
    TransportError,
    UnexpectedResponseError,
    key_of,
)
from ..options import Options
from ..sending.flows import Flow, exchange, pause
from ..sending.refusals import proves_refusal
from ..sending.retries import seconds_to_wait

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@record(frozen=True)
class Unknown:
    """The unknown result of a write."""

    error: InvoiceXpressError


@record(frozen=True)
class Write(Generic[T_co]):
    """A write, the parser of its answer, and the thing to read without an answer."""

    request: Request
    parse: Callable[[Response], T_co]
    look_at: str
    """The thing to read to find out whether the write was carried out: follows "read" in the message."""

    def in_doubt(self, cause: Exception, found: str = "") -> AmbiguousResultError:
        """The exception for a result that stays unknown. `found` describes the findings of a read."""
        reason = f"{reason_of(cause)}; {found}" if found else reason_of(cause)
        request = self.request
        return AmbiguousResultError(
            request.method, request.path, reason, key_of(request), look_at=self.look_at
        )


def reason_of(error: Exception) -> str:
    """What happened, for the message of a result that stays unknown."""
    if isinstance(error, AmbiguousResultError | TransportError):
        return error.reason
    if isinstance(error, ApiError):
        # The only failure of a server whose cause the caller can remove.
        hints = f" ({'; '.join(error.hints)})" if error.status == HTTPStatus.NOT_IMPLEMENTED else ""
        return f"answered {error.status}: {'; '.join(error.messages) or 'no message'}{hints}"
    return str(error)


def is_unknown(error: InvoiceXpressError) -> bool:
    """Whether the write of this exception may have been carried out."""
    if isinstance(error, ApiError):
        return not proves_refusal(error.status, error.body, retry_after=error.retry_after)
    return isinstance(error, AmbiguousResultError)


def proves_absence(error: InvoiceXpressError) -> bool:
    """Whether an answer to a request by id proves that the thing is gone: a 404 of the service itself."""
    return isinstance(error, NotFoundError) and not is_unknown(error)


def attempt(write: Write[T]) -> Flow[T | Unknown]:
    """Sends a write. Returns its result or Unknown; raises if it was certainly not carried out."""
    try:
        return (yield from exchange(write.request, write.parse))
    except InvoiceXpressError as error:
        if is_unknown(error):
            return Unknown(error)
        raise


def attempt_until_admitted(
    write: Write[T], look: Callable[[], Flow[None]], options: Options
) -> Flow[T | Unknown]:
    """`attempt`, repeated after a 429, which comes before any work.

    Its wait may be long, and another caller may change the document meanwhile: so `look` reads it before each
    repeat, and raises the reason against one.
    """
    for number in count(1):
        try:
            return (yield from attempt(write))
        except RateLimitError as error:
            seconds = seconds_to_wait(error.retry_after, number)
            if number > options.retries or seconds > options.max_retry_after:
                raise
        yield from pause(seconds)
        yield from look()
    raise AssertionError("unreachable: the count never ends")


def blank(parse: Callable[[Response], None]) -> Callable[[Response], None]:
    """Accepts only the blank answer that is due: nothing else can show that the write was carried out."""

    def read(response: Response) -> None:
        parse(response)
        if not response.is_blank:
            raise UnreadableBody(response, "expected a blank answer")

    return read


def without_proof(write: Write[Any], finding: str) -> UnexpectedResponseError:
    """The error that stands for an answer of success without proof of it."""
    request = write.request
    return UnexpectedResponseError(request.method, request.path, 200, (finding,))
