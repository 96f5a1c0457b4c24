"""Polls for files and codes made in the background.

Each request for a file or code is a poll. A change of the books restarts its count.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ...faults.crashes import Crashed

if TYPE_CHECKING:
    from ..accounts.settings import Readiness
    from ..call import Call
    from .document import Document

AT_DOC_CODE: Final = "at_doc_code"
"""The tax authority's code for an issued guide, polled by reading the guide."""


class Awaited(NamedTuple):
    """A background job: the table that counts its polls, its row there, and the state of the books."""

    table: Literal["renderings", "saft_exports"]
    key: tuple[tuple[str, int | str], ...]
    revision: int


def of_document(document: Document, kind: str) -> Awaited:
    """Return the job for this revision of a document."""
    return Awaited("renderings", (("document_id", document.id), ("kind", kind)), document.revision)


def of_month(account_id: int, month: date, revision: int) -> Awaited:
    """Return the job for the SAF-T file of a month, given by its first day."""
    return Awaited("saft_exports", (("account_id", account_id), ("month", month.isoformat())), revision)


def is_ready(call: Call, awaited: Awaited, readiness: Readiness) -> bool:
    """Count this poll, and return whether the job is ready.

    Raises:
        Crashed: the account's settings make it fail.
    """
    names, values = zip(*awaited.key, strict=True)
    row = call.db.execute(
        f"SELECT revision, polls, first_asked FROM {awaited.table} "  # noqa: S608 - own constants
        f"WHERE {' AND '.join(f'{name} = ?' for name in names)}",
        values,
    ).fetchone()
    polls, first_asked = 1, call.now
    if row is not None and row["revision"] == awaited.revision:
        polls, first_asked = int(row["polls"]) + 1, datetime.fromisoformat(row["first_asked"])
    call.db.execute(
        f"INSERT OR REPLACE INTO {awaited.table} "  # noqa: S608 - own constants
        f"({', '.join(names)}, revision, polls, first_asked) "
        f"VALUES ({', '.join('?' * (len(names) + 3))})",
        (*values, awaited.revision, polls, first_asked.isoformat()),
    )
    if readiness.has_failed(polls):
        raise Crashed
    return readiness.is_reached(polls, call.now - first_asked)
