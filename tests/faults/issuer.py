"""A program that issues a document with a key until it knows the result, and may be killed at any point."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from invoicexpress import (
    AmbiguousResultError,
    AsyncInvoiceXpress,
    InvoiceXpress,
    ServerError,
    TransportError,
)

from .faults import TIMEOUT, WINDOW
from .writes import KEY, TOTAL, fields

CALLS: Final = 20
"""How often a program calls again before it gives up; each call sends a request at least."""
AGAIN: Final = (AmbiguousResultError, ServerError, TransportError)
"""After these it calls again. The last two mean that nothing was done: the invoice that a note corrects could
not be read, however often the client tried.
"""


@dataclass(frozen=True)
class Job:
    """What a program needs to know."""

    space: str
    account: str
    api_key: str
    base_url: str
    owner: Any
    """The invoice that a credit note corrects."""
    is_async: bool


def issue(job: Job, answer: Connection) -> None:
    """Issue the document, and answer with its id, or with the text of the error."""
    try:
        answer.send(asyncio.run(_called(job)) if job.is_async else _call(job))
    except Exception as error:  # the test reports it
        answer.send(f"{type(error).__name__}: {error}")


def _options(job: Job) -> dict[str, Any]:
    return {
        "account": job.account,
        "api_key": job.api_key,
        "base_url": job.base_url,
        "pace": None,
        "timeout": TIMEOUT,
        "consistency_window": WINDOW,
    }


def _issue(ix: Any, job: Job) -> Any:
    if job.space == "credit_notes":
        return ix.credit_notes.issue(job.owner, key=KEY, expect_total=TOTAL)
    return getattr(ix, job.space).issue(key=KEY, expect_total=TOTAL, **fields(job.space))


def _call(job: Job) -> int:
    with InvoiceXpress(**_options(job)) as ix:
        for _ in range(CALLS - 1):
            try:
                return int(_issue(ix, job).id)
            except AGAIN:
                continue
        return int(_issue(ix, job).id)


async def _called(job: Job) -> int:
    async with AsyncInvoiceXpress(**_options(job)) as ix:
        for _ in range(CALLS - 1):
            try:
                return int((await _issue(ix, job)).id)
            except AGAIN:
                continue
        return int((await _issue(ix, job)).id)
