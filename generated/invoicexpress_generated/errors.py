# Generated from openapi.yaml by `make generate`. Do not edit.

"""What can be wrong with an answer. The status is always kept, whatever the body looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .types import Response


class ResponseError(Exception):
    """An answer that is not what the operation promises. `response` is the whole of it."""

    def __init__(self, response: Response, reason: str) -> None:
        super().__init__(response, reason)
        self.response = response
        self.reason = reason

    def __str__(self) -> str:
        return f"HTTP {self.response.status}: {self.reason}"


class UnexpectedStatus(ResponseError):
    """A status that is not one of the operation's successes: an error, or something undocumented."""

    def __init__(self, response: Response, reason: str = "not a success") -> None:
        super().__init__(response, reason)


class UnreadableBody(ResponseError):
    """A success whose body is blank, not JSON, or not of the shape that the contract promises."""


__all__ = ["ResponseError", "UnexpectedStatus", "UnreadableBody"]
