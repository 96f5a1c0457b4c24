"""The answers behind a result, for access to status, headers and bytes."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Generic, TypeVar

from invoicexpress_generated.types import Response
from invoicexpress_loading.records import record

T = TypeVar("T")
S = TypeVar("S")


@record(frozen=True)
class RawResult(Generic[T]):
    """Result of a method under `with_raw_response`. Answers may hold secret links; their repr does not."""

    value: T
    """The result of the plain method."""
    responses: tuple[Response, ...]
    """The answer to each request, and each fetched file, in order; of repeated attempts the last."""

    @property
    def response(self) -> Response:
        """The last answer. Raises IndexError if the method sent no request."""
        return self.responses[-1]


def recorded(flow: Generator[S, Any, T]) -> Generator[S, Any, RawResult[T]]:
    """Runs a flow and records its answers."""
    responses: list[Response] = []
    try:
        step = next(flow)
        while True:
            try:
                outcome: object = yield step
            except GeneratorExit:
                raise
            except BaseException as error:
                # An interruption too: the flow notes the write in doubt.
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
