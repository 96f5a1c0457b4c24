"""One page of a list of documents, and how many entries the list has, at a cost that does not grow with
the account.

Lists are in the order of ids. Which index is walked depends on how many entries there are, which the
tally knows beforehand: few are looked up along what narrows the list and sorted; many are met soon when
all are walked in the list's order, from where the first can be. What the tally cannot say is counted:
lists by reference, text, loading, or several spans at once.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Final, NamedTuple

from .filters import Condition, Selection
from .tally import AXES, ORDER, Axis, Span, Tally

if TYPE_CHECKING:
    from ..pages import Page

FEW: Final = 2000
"""Up to so many entries are sorted, which takes a quarter of a millisecond."""

_BY_REFERENCE: Final = "INDEXED BY documents_by_reference"
_BY_TEXT: Final = "INDEXED BY documents_along_id_with_text"
_BY_KIND: Final = "INDEXED BY documents_by_kind"
_BY_ID: Final = "NOT INDEXED"  # which leaves ids themselves


class Found(NamedTuple):
    """A page's rows, and the entries of the whole list."""

    rows: list[sqlite3.Row]
    total: int


def find_page(db: sqlite3.Connection, selection: Selection, page: Page, visible: str | None = None) -> Found:
    """Return a page of what is selected, oldest first; `visible` narrows it further, as SQL."""
    tally = Tally(db, selection.account_id, selection.family, selection.facets.where, selection.facets.values)
    plan = _Plan(db, selection, page, tally)
    if visible is not None or selection.reference or selection.text.values or selection.loading.values:
        ids, total = plan.by_counting(visible)
    elif not selection.spans:
        ids, total = plan.by_tally()
    elif len(selection.spans) == 1:
        ids, total = plan.by_span()
    else:
        ids, total = plan.by_counting(None)
    rows = db.execute(
        "SELECT * FROM documents WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (json.dumps(ids),)
    )
    return Found(rows.fetchall(), total)


class _Plan:
    """The ways to find a page."""

    def __init__(self, db: sqlite3.Connection, selection: Selection, page: Page, tally: Tally) -> None:
        self._db = db
        self._selection = selection
        self._page = page
        self._tally = tally

    def by_tally(self) -> tuple[list[int], int]:
        """A list that is narrowed by type, status and archived at most."""
        buckets = self._tally.along(ORDER)
        total = sum(n for _, n in buckets)
        skipped, first = 0, 0
        for bucket, n in buckets:
            if skipped + n > self._page.offset:
                first = int(bucket) << ORDER.shift
                break
            skipped += n
        else:
            return [], total
        if total <= FEW:
            kinds = self._tally.kinds()
            marks = ", ".join(["(?, ?, ?)"] * len(kinds))
            narrowed = Condition(
                f"(type, status, archived) IN (VALUES {marks})", [value for kind in kinds for value in kind]
            )
            return self._ids(_BY_KIND, narrowed, self._page.offset), total
        narrowed = Condition("id >= ?", [first])
        narrowed.both(self._selection.facets.where, *self._selection.facets.values)
        return self._ids(_along(ORDER), narrowed, self._page.offset - skipped), total

    def by_span(self) -> tuple[list[int], int]:
        """A list that is narrowed to a span of one axis, and by type, status and archived."""
        ((column, span),) = self._selection.spans.items()
        axis, total = AXES[column], self._total_of(column)
        if self._page.offset >= total:
            return [], total
        narrowed = self._narrowed()
        if total <= FEW or span.first == span.last:
            return self._ids(_along(axis), narrowed, self._page.offset), total
        if not axis.shift:
            narrowed.both("id >= ?", self._first_id(axis, span))
        return self._ids(_along(ORDER), narrowed, self._page.offset), total

    def by_counting(self, visible: str | None) -> tuple[list[int], int]:
        """Any other list. One whose page is not full has been counted by reading the page."""
        narrowed = self._narrowed()
        if visible is not None:
            narrowed.both(visible)
        through = self._most_selective(narrowed)
        ids = self._ids(through, narrowed, self._page.offset)
        if len(ids) < self._page.size and (ids or not self._page.offset):
            return ids, self._page.offset + len(ids)
        return ids, self._count(through, narrowed)

    def _most_selective(self, narrowed: Condition) -> str:
        """Return through which index to go; adds the clauses that those of the selection do not have yet."""
        chosen = self._selection
        if chosen.loading.values:
            narrowed.both(
                f"id IN (SELECT document_id FROM deliveries WHERE {chosen.loading.where})",  # noqa: S608 - own constants
                *chosen.loading.values,
            )
        if chosen.text.values:
            narrowed.both(chosen.text.where, *chosen.text.values)
        if chosen.reference:
            narrowed.both("reference = ?", chosen.reference)
            return _BY_REFERENCE
        if chosen.loading.values:
            return _BY_ID
        totals = {column: self._total_of(column) for column in chosen.spans}
        if totals and min(totals.values()) <= FEW:
            return _along(AXES[min(totals, key=totals.__getitem__)])
        return _BY_TEXT if chosen.text.values else _along(ORDER)

    def _narrowed(self) -> Condition:
        """Return the clauses of facets and spans."""
        facets = self._selection.facets
        narrowed = Condition(facets.where, [*facets.values])
        for column, span in self._selection.spans.items():
            _within(narrowed, column, span)
        return narrowed

    def _total_of(self, column: str) -> int:
        """Return how many documents one span selects: whole buckets are added up, the ends are counted."""
        axis, span = AXES[column], self._selection.spans[column]
        if not axis.shift:
            return self._tally.between(axis, span.first, span.last)
        first = None if span.first is None else int(span.first) >> axis.shift
        last = None if span.last is None else int(span.last) >> axis.shift
        if first is not None and last is not None and first >= last:
            return self._count_between(axis, span)
        inner = self._tally.between(
            axis, None if first is None else first + 1, None if last is None else last - 1
        )
        ends = 0
        if first is not None:
            ends += self._count_between(axis, Span(span.first, ((first + 1) << axis.shift) - 1))
        if last is not None:
            ends += self._count_between(axis, Span(last << axis.shift, span.last))
        return inner + ends

    def _count_between(self, axis: Axis, span: Span) -> int:
        facets = self._selection.facets
        narrowed = Condition(facets.where, [*facets.values])
        _within(narrowed, axis.column, span)
        return self._count(_along(axis), narrowed)

    def _first_id(self, axis: Axis, span: Span) -> int:
        """Return an id before which nothing is in a span: where documents were made in the order of their
        dates, most of a walk can be left out.
        """
        days = Condition("account_id = ? AND family = ? AND axis = ?", [*self._owner, axis.column])
        _within(days, "bucket", span)
        row = self._db.execute(
            f"SELECT min((SELECT id FROM documents {_along(axis)} WHERE account_id = ? AND family = ? "  # noqa: S608 - own constants
            f"AND {axis.column} = bucket ORDER BY id LIMIT 1)) "
            f"FROM (SELECT DISTINCT bucket FROM document_tally WHERE {days.where})",
            (*self._owner, *days.values),
        ).fetchone()
        return int(row[0])

    @property
    def _owner(self) -> tuple[int, str]:
        return self._selection.account_id, self._selection.family

    def _ids(self, through: str, narrowed: Condition, offset: int) -> list[int]:
        rows = self._db.execute(
            f"SELECT id FROM documents {through} WHERE account_id = ? AND family = ? "  # noqa: S608 - own constants
            f"AND {narrowed.where} ORDER BY id LIMIT ? OFFSET ?",
            (*self._owner, *narrowed.values, self._page.size, offset),
        )
        return [row[0] for row in rows]

    def _count(self, through: str, narrowed: Condition) -> int:
        row = self._db.execute(
            f"SELECT count(*) FROM documents {through} WHERE account_id = ? AND family = ? "  # noqa: S608 - own constants
            f"AND {narrowed.where}",
            (*self._owner, *narrowed.values),
        ).fetchone()
        return int(row[0])


def _along(axis: Axis) -> str:
    return f"INDEXED BY {axis.index_name}"


def _within(narrowed: Condition, column: str, span: Span) -> None:
    if span.first is not None and span.first == span.last:
        narrowed.both(f"{column} = ?", span.first)
        return
    for bound, comparison in ((span.first, ">="), (span.last, "<=")):
        if bound is not None:
            narrowed.both(f"{column} {comparison} ?", bound)
