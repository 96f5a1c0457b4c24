"""What the query of a list selects (docs: list parameters; none of them is required, contradiction C18).

A value that cannot be read is no filter: the vendor's own examples send the word "string" for dates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from .query import Query
from .states import statuses_for_filter
from .totals import cents
from .wire_values import JsonValue, parse_date, parse_decimal, parse_flag

SqlValue = str | int


@dataclass(slots=True)
class Condition:
    """A WHERE clause and the values it binds."""

    where: str
    values: list[SqlValue] = field(default_factory=list[SqlValue])

    def both(self, clause: str, *values: SqlValue) -> None:
        """Narrow the selection."""
        self.where += f" AND {clause}"
        self.values.extend(values)

    def one_of(self, column: str, values: list[str]) -> None:
        """Narrow the selection to rows whose column has one of these values."""
        self.both(f"{column} IN ({', '.join('?' * len(values))})", *values)


def _iso(text: str) -> str | None:
    day = parse_date(text)
    return day.isoformat() if day else None


def _amount(text: str) -> int | None:
    value = parse_decimal(text)
    return cents(value) if value is not None and abs(value) < 10**12 else None


_RANGES: Final[tuple[tuple[str, Callable[[str], SqlValue | None]], ...]] = (
    ("date", _iso),
    ("due_date", _iso),
    ("total_before_taxes", _amount),
)
_RANGE_COLUMNS: Final = {"total_before_taxes": "before_taxes"}


def list_filter(account_id: int, column: str, value: str, query: Query) -> Condition:
    """Return the selection of a list: the rows whose `column` is `value`, narrowed by the query."""
    condition = Condition(f"account_id = ? AND {column} = ?", [account_id, value])
    if types := query.many("type"):
        condition.one_of("type", types)
    _by_status(condition, query.many("status"))
    _by_archive(condition, query.one("non_archived"), query.one("archived"))
    if reference := query.one("reference"):
        condition.both("reference = ?", reference)
    for name, read in _RANGES:
        for end, comparison in (("from", ">="), ("to", "<=")):
            bound = read(query.one(f"{name}[{end}]") or "")
            if bound is not None:
                condition.both(f"{_RANGE_COLUMNS.get(name, name)} {comparison} ?", bound)
    _by_loading(condition, query)
    if text := query.one("text"):
        pattern = f"%{_escaped(text.casefold())}%"
        condition.both("(search LIKE ? ESCAPE '\\' OR client_search LIKE ? ESCAPE '\\')", pattern, pattern)
    return condition


def client_filter(account_id: int, client_id: int, body: JsonValue) -> Condition:
    """Return the selection of a client's invoices: body `filter` with `status`, `by_type`, `archived`."""
    condition = Condition("account_id = ? AND client_id = ? AND family = 'invoice'", [account_id, client_id])
    sent = body.get("filter") if isinstance(body, dict) else None
    wanted = sent if isinstance(sent, dict) else {}
    if types := _texts(wanted.get("by_type")):
        condition.one_of("type", types)
    _by_status(condition, _texts(wanted.get("status")))
    archived = _texts(wanted.get("archived"))
    _by_archive(
        condition,
        "true" if "non_archived" in archived else None,
        "true" if "archived" in archived else None,
    )
    return condition


def _texts(value: JsonValue) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, str) and entry]


def _by_status(condition: Condition, names: list[str]) -> None:
    """Deleted drafts show only when asked for (assumed: nobody has shown one in a list)."""
    if names:
        condition.one_of("status", sorted({s for name in names for s in statuses_for_filter(name)}))
    else:
        condition.both("status <> 'deleted'")


def _by_archive(condition: Condition, non_archived: str | None, archived: str | None) -> None:
    """Two flags that each add a half; neither of them means everything (docs: archive filters)."""
    halves = parse_flag(non_archived), parse_flag(archived)
    if halves[0] != halves[1]:
        condition.both("archived = ?", int(halves[1]))


def _by_loading(condition: Condition, query: Query) -> None:
    """Narrow to documents whose goods are loaded on certain days (docs: list of guides)."""
    if first := _iso(query.one("loaded_at[from]") or ""):
        condition.both("id IN (SELECT document_id FROM deliveries WHERE loaded_at >= ?)", first)
    if last := _iso(query.one("loaded_at[to]") or ""):
        condition.both("id IN (SELECT document_id FROM deliveries WHERE loaded_at < ?)", f"{last}T24")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
