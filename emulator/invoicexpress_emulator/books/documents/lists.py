"""One page of a list of documents, oldest first, and the number of documents in the whole list.

The index `documents_listed` holds every filtered column, so neither query reads documents beyond the page.
Both walk the account's part of it: about 0.1 microseconds a document, 0.2 for a search in texts
(`benchmarks/workers/stored.py`). A list by type, status and archive alone takes its total from `tallies`.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from . import tallies

if TYPE_CHECKING:
    from ..pages import Page
    from .filters import Condition


class Found(NamedTuple):
    """The rows of one page, and the number of documents on all pages."""

    rows: list[sqlite3.Row]
    total: int


def find_page(db: sqlite3.Connection, wanted: Condition, page: Page, visible: str | None = None) -> Found:
    """Return a page of the matching documents; `visible` is a further condition, as SQL without values."""
    where = wanted.where if visible is None else f"{wanted.where} AND {visible}"
    rows = db.execute(
        "SELECT * FROM documents WHERE id IN "  # noqa: S608 - own constants
        f"(SELECT id FROM documents WHERE {where} ORDER BY id LIMIT ? OFFSET ?) ORDER BY id",
        (*wanted.values, page.size, page.offset),
    ).fetchall()
    if len(rows) < page.size and (rows or page.number == 1):
        return Found(rows, page.offset + len(rows))  # the last page: a rare text is searched for only once
    if wanted.is_tallied and visible is None:
        return Found(rows, tallies.total(db, wanted))
    total = db.execute(f"SELECT count(*) FROM documents WHERE {where}", wanted.values).fetchone()[0]  # noqa: S608 - own constants
    return Found(rows, int(total))


def newest(db: sqlite3.Connection, wanted: Condition, *, before: int, page: Page) -> Found:
    """Return a page of the matching documents with an id below `before`, newest first, and the number of all
    matching ones, whatever their id.
    """
    rows = db.execute(
        "SELECT * FROM documents WHERE id IN "  # noqa: S608 - own constants
        f"(SELECT id FROM documents WHERE {wanted.where} AND id < ? ORDER BY id DESC LIMIT ? OFFSET ?) "
        "ORDER BY id DESC",
        (*wanted.values, before, page.size, page.offset),
    ).fetchall()
    total = db.execute(f"SELECT count(*) FROM documents WHERE {wanted.where}", wanted.values).fetchone()[0]  # noqa: S608 - own constants
    return Found(rows, int(total))
