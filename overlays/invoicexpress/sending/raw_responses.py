"""The answers behind a result, for who needs a status, a header or the bytes."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from invoicexpress_generated.types import Response

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class RawResult(Generic[T]):
    """What a method of `with_raw_response` gives. The answers may hold secret links; their repr does not."""

    value: T
    """What the method gives without it."""
    responses: tuple[Response, ...]
    """The answer to each request, and each file that was fetched, in their order; of repeated attempts the
    last.
    """

    @property
    def response(self) -> Response:
        """The last answer. Raises IndexError where the method asked nothing."""
        return self.responses[-1]


def recorded(flow: Generator[S, Any, T]) -> Generator[S, Any, RawResult[T]]:
    """The same flow, with the answers that it got along the way."""
    responses: list[Response] = []
    try:
        step = next(flow)
        while True:
            try:
                outcome: object = yield step
            except Exception as error:
                step = flow.throw(error)
            else:
                if isinstance(outcome, Response):
                    responses.append(outcome)
                step = flow.send(outcome)
    except StopIteration as done:
        value: T = done.value
        return RawResult(value, tuple(responses))
    finally:
        flow.close()
