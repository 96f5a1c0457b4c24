# Generated from openapi.yaml by `make generate`. Do not edit.

"""Errors about an answer. Each keeps the status, whatever the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .types import Response


class ResponseError(Exception):
    """An answer outside the operation's contract. `response` is the whole answer."""

    def __init__(self, response: Response, reason: str) -> None:
        super().__init__(response, reason)
        self.response = response
        self.reason = reason

    def __str__(self) -> str:
        return f"HTTP {self.response.status}: {self.reason}"


class UnexpectedStatus(ResponseError):
    """A status that is not a success of the operation: an error, or an undocumented status."""

    def __init__(self, response: Response, reason: str = "not a success") -> None:
        super().__init__(response, reason)


class UnreadableBody(ResponseError):
    """A success whose body is blank, not JSON, or not of the shape in the contract."""


__all__ = ["ResponseError", "UnexpectedStatus", "UnreadableBody"]
