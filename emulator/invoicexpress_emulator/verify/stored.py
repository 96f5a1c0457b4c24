"""Documents as they are stored: raw rows, read in batches, with nothing derived that the rules derive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ..fiscal.document_types import BY_NAME, DocumentType
from ..http.clock import LISBON

_BATCH: Final = 100

LIVE: Final = ("final", "settled", "second_copy", "accepted", "refused", "completed")
"""States of a document that was issued and not cancelled."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A row of `documents` with its rows of `document_lines`."""

    row: sqlite3.Row
    type: DocumentType
    lines: Sequence[sqlite3.Row]

    @property
    def id(self) -> int:
        """The document's id."""
        return int(self.row["id"])

    @property
    def printed(self) -> str | None:
        """The printed number, None for a document without one."""
        return printed_number(self.row)

    @property
    def is_canceled(self) -> bool:
        """Whether it was cancelled."""
        return bool(self.row["status"] == "canceled")


def moment(text: str | None) -> datetime | None:
    """Return a stored moment, aware: one without a zone is Lisbon's. None if it is malformed."""
    try:
        found = None if text is None else datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.replace(tzinfo=LISBON).astimezone(UTC) if found and found.tzinfo is None else found


def printed_number(row: sqlite3.Row) -> str | None:
    """Return the printed number of a row of `documents`: prefix, series, number; None if it has none."""
    if row["number"] is None or row["type"] not in BY_NAME:
        return None
    return f"{BY_NAME[row['type']].prefix} {row['serie']}/{row['number']}"


def every(db: sqlite3.Connection, where: str, values: Sequence[object]) -> Iterator[list[Stored]]:
    """Yield the documents that a condition (our own text) selects, in batches, in its order; without those of
    an unknown type, which `balances` reports.
    """
    cursor = db.execute(f"SELECT * FROM documents WHERE {where}", values)  # noqa: S608 - own constants
    while rows := cursor.fetchmany(_BATCH):
        lines: dict[int, list[sqlite3.Row]] = {}
        for line in db.execute(
            "SELECT * FROM document_lines WHERE document_id IN (SELECT value FROM json_each(?)) "
            "ORDER BY document_id, position",
            (json.dumps([row["id"] for row in rows]),),
        ):
            lines.setdefault(line["document_id"], []).append(line)
        yield [
            Stored(row, BY_NAME[row["type"]], lines.get(row["id"], ()))
            for row in rows
            if row["type"] in BY_NAME
        ]
