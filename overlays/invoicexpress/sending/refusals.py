"""Which answers prove that the service refused a request.

A status alone does not: a proxy may answer for the service after the service has done its work. The service
states its refusals in at least eight shapes of JSON, or with a blank body (vendor docs 2026-07, recorded
2019, tim-online 2023-11, digitaldev 2026-07); a page, a text or `{"message": ...}` is someone else's.
"""

from __future__ import annotations

from typing import Any, Final

from invoicexpress_generated.types import Response
from invoicexpress_wire import WireError, is_array, is_object, loads

TOO_MANY_REQUESTS: Final = 429
_GAVE_UP: Final = frozenset({408, 499})
"""Statuses of a server or proxy that stopped waiting for a request or its answer."""
_ROOTS: Final = ("errors", "error", "reason")


def proves_refusal(status: int, content: bytes, *, retry_after: str | None = None) -> bool:
    """Whether an answer proves that the request was not carried out.

    A 429 comes from the door, before any work (digitaldev 2026-07). Its body was never published, so a text
    or a `Retry-After` suffices there.
    """
    if not 400 <= status < 500 or status in _GAVE_UP:
        return False
    body = content.strip()
    if not body:
        return True
    try:
        value = loads(body)
    except (WireError, RecursionError):
        return status == TOO_MANY_REQUESTS and (retry_after is not None or not body.startswith(b"<"))
    return _states_errors(value) or (status == TOO_MANY_REQUESTS and retry_after is not None)


def refuses(response: Response) -> bool:
    """Whether an answer proves that the request was not carried out."""
    return proves_refusal(response.status, response.content, retry_after=response.headers.get("retry-after"))


def _states_errors(value: Any) -> bool:
    if is_object(value):
        return any(value.get(root) for root in _ROOTS) or (
            bool(value) and all(is_array(each) and each and _are_texts(each) for each in value.values())
        )
    return is_array(value) and bool(value) and (_are_texts(value) or all(map(is_array, value)))


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(each, str) for each in values)
