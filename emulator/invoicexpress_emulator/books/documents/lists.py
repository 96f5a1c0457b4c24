"""One page of a list of documents, oldest first, and how many documents the whole list has.

The index `documents_listed` holds every column that lists filter by, so neither query reads the documents
that are not on the page. Both walk the account's part of it: about 0.1 microseconds a document, 0.2 where
texts are searched (`benchmarks/emulator_speed.py`).
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..pages import Page
    from .filters import Condition


class Found(NamedTuple):
    """The rows of one page, and the number of documents on all pages."""

    rows: list[sqlite3.Row]
    total: int


def find_page(db: sqlite3.Connection, wanted: Condition, page: Page, visible: str | None = None) -> Found:
    """Return a page of the documents that meet a condition; `visible` is one more, as SQL without values."""
    where = wanted.where if visible is None else f"{wanted.where} AND {visible}"
    rows = db.execute(
        "SELECT * FROM documents WHERE id IN "  # noqa: S608 - own constants
        f"(SELECT id FROM documents WHERE {where} ORDER BY id LIMIT ? OFFSET ?) ORDER BY id",
        (*wanted.values, page.size, page.offset),
    ).fetchall()
    if len(rows) < page.size and (rows or page.number == 1):
        return Found(rows, page.offset + len(rows))  # the last page: a rare text is searched for only once
    total = db.execute(f"SELECT count(*) FROM documents WHERE {where}", wanted.values).fetchone()[0]  # noqa: S608 - own constants
    return Found(rows, int(total))
