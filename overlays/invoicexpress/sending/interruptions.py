"""Writes of a call that ends before its answer: cancelled, or interrupted by Ctrl-C.

Such a call raises none of the client's own exceptions, so it says in a note and in the log what it had sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import Any, Final, cast

from invoicexpress_generated.types import Request, Response

from ..errors import ConfigurationError, TransportError, key_of
from .refusals import refuses
from .retries import Repeat, repeat_of

LOGGER: Final = logging.getLogger("invoicexpress")


class Writes:
    """The writes that one call has sent, except refused ones."""

    def __init__(self) -> None:
        self._sent: Final[list[Request]] = []

    @contextmanager
    def sending(self, request: Request) -> Generator[Callable[[Response], Response]]:
        """Around sending a request; yields a function that takes the answer, and returns it."""
        if repeat_of(request) is Repeat.READ:
            yield _unchanged
            return
        self._sent.append(request)

        def answered(response: Response) -> Response:
            if refuses(response):
                self._sent.remove(request)
            return response

        try:
            yield answered
        except (ConfigurationError, TransportError):
            # It never left.
            self._sent.remove(request)
            raise

    @property
    def are_in_doubt(self) -> bool:
        """Whether one may have been carried out."""
        return bool(self._sent)

    def tell(self, error: BaseException) -> None:
        """Adds a note to the exception that ends the call, and logs it, for each write."""
        told: list[str] = []
        for request in self._sent:
            text = _told(request, type(error).__name__)
            if text not in told:
                told.append(text)
                error.add_note(text)
                LOGGER.warning("%s", text, extra={"operation": request.operation, "path": request.path})


class Interrupted(BaseException):
    """Thrown into a flow whose call is cancelled or interrupted, to let it note a write in doubt."""

    def __init__(self, *, in_doubt: bool) -> None:
        super().__init__(in_doubt)
        self.in_doubt = in_doubt
        """Whether the call has sent a write that was not refused."""


def _unchanged(response: Response) -> Response:
    return response


def _reference_of(request: Request) -> str | None:
    """The `reference` of a document that a request creates or changes."""
    for fields in (request.body or {}).values():
        if isinstance(fields, Mapping):
            reference = cast("Mapping[str, Any]", fields).get("reference")
            if isinstance(reference, str) and reference:
                return reference
    return None


def _told(request: Request, cause: str) -> str:
    if (key := key_of(request)) is not None:
        remedy = f"repeat it with proprietary_uid={key!r}, which makes no second document"
    elif (reference := _reference_of(request)) is not None:
        remedy = f"before you repeat it, look for a document with reference={reference!r}"
    else:
        remedy = "before you repeat it, read what it changes"
    return (
        f"{request.operation}: {request.method} {request.path}: interrupted by {cause}; "
        f"it may have been carried out; {remedy}"
    )
