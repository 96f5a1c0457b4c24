"""Reads the filters in the query of a list (docs: list parameters; none is required, recorded 2019).

An unreadable value is ignored: the vendor's own examples send the word "string" for dates.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ...fiscal.states import statuses_for_filter
from ...fiscal.totals import cents
from ...http.wire_values import JsonValue, parse_date, parse_decimal, parse_flag
from .tally import Span, SqlValue

if TYPE_CHECKING:
    from ...http.query import Query


@dataclass(slots=True)
class Condition:
    """A WHERE clause and the values it binds."""

    where: str = "1"
    values: list[SqlValue] = field(default_factory=list[SqlValue])

    def both(self, clause: str, *values: SqlValue) -> None:
        """Narrow the selection."""
        self.where = clause if self.where == "1" else f"{self.where} AND {clause}"
        self.values.extend(values)

    def one_of(self, column: str, values: Collection[str]) -> None:
        """Narrow the selection to rows whose column has one of these values."""
        self.both(f"{column} IN ({', '.join('?' * len(values))})", *values)


@dataclass(slots=True)
class Selection:
    """Documents of one family of an account, sorted by what finding them costs (see `lists`)."""

    account_id: int
    family: str
    facets: Condition = field(default_factory=Condition)
    """What is wanted of type, status and archived, of which every combination is tallied."""
    spans: dict[str, Span] = field(default_factory=dict[str, Span])
    """By column, what is wanted of an axis of the tally."""
    reference: str | None = None
    text: Condition = field(default_factory=Condition)
    loading: Condition = field(default_factory=Condition)
    """Which deliveries, of documents that transport goods."""


def _iso(text: str) -> str | None:
    day = parse_date(text)
    return day.isoformat() if day else None


def _amount(text: str) -> int | None:
    value = parse_decimal(text)
    return cents(value) if value is not None and abs(value) < 10**12 else None


_RANGES: Final[tuple[tuple[str, str, Callable[[str], SqlValue | None]], ...]] = (
    ("date", "date", _iso),
    ("due_date", "due_date", _iso),
    ("total_before_taxes", "before_taxes", _amount),
)
"""By name in the query, the column, and how a bound is read."""


def list_filter(account_id: int, family: str, only_type: str | None, query: Query) -> Selection:
    """Return the selection of a list: a family, or one type of it, narrowed by the query."""
    selection = Selection(account_id, family)
    facets = selection.facets
    if only_type is not None:
        facets.one_of("type", [only_type])
    if types := query.many("type"):
        facets.one_of("type", types)
    _by_status(facets, query.many("status"))
    _by_archive(facets, query.one("non_archived"), query.one("archived"))
    selection.reference = query.one("reference") or None
    for name, column, read in _RANGES:
        span = Span(read(query.one(f"{name}[from]") or ""), read(query.one(f"{name}[to]") or ""))
        if span != (None, None):
            selection.spans[column] = span
    _by_loading(selection.loading, query)
    if text := query.one("text"):
        pattern = f"%{_escaped(text.casefold())}%"
        selection.text.both(
            "(search LIKE ? ESCAPE '\\' OR client_search LIKE ? ESCAPE '\\')", pattern, pattern
        )
    return selection


def client_filter(account_id: int, client_id: int, body: JsonValue) -> Selection:
    """Return the selection of a client's invoices: body `filter` with `status`, `by_type`, `archived`."""
    selection = Selection(account_id, "invoice", spans={"client_id": Span(client_id, client_id)})
    sent = body.get("filter") if isinstance(body, dict) else None
    wanted = sent if isinstance(sent, dict) else {}
    if types := _texts(wanted.get("by_type")):
        selection.facets.one_of("type", types)
    _by_status(selection.facets, _texts(wanted.get("status")))
    archived = _texts(wanted.get("archived"))
    _by_archive(
        selection.facets,
        "true" if "non_archived" in archived else None,
        "true" if "archived" in archived else None,
    )
    return selection


def _texts(value: JsonValue) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, str) and entry]


def _by_status(facets: Condition, names: list[str]) -> None:
    """Deleted drafts show only when asked for (assumed: nobody has shown one in a list)."""
    if names:
        facets.one_of("status", sorted({s for name in names for s in statuses_for_filter(name)}))
    else:
        facets.both("status <> 'deleted'")


def _by_archive(facets: Condition, non_archived: str | None, archived: str | None) -> None:
    """Two flags that each add a half; neither of them means everything (docs: archive filters)."""
    halves = parse_flag(non_archived), parse_flag(archived)
    if halves[0] != halves[1]:
        facets.both("archived = ?", int(halves[1]))


def _by_loading(loading: Condition, query: Query) -> None:
    """Narrow to documents whose goods are loaded on certain days (docs: list of guides)."""
    if first := _iso(query.one("loaded_at[from]") or ""):
        loading.both("loaded_at >= ?", first)
    if last := _iso(query.one("loaded_at[to]") or ""):
        loading.both("loaded_at < ?", f"{last}T24")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
