"""Reads the filters in the query of a list (vendor docs 2026-07; none is required, recorded 2019).

An unreadable value is ignored: the vendor's own examples send the word "string" for dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ...fiscal.document_types import DOCUMENT_TYPES
from ...fiscal.states import statuses_for_filter
from ...fiscal.totals import cents
from ...http.wire_values import JsonValue, parse_date, parse_decimal, parse_flag

if TYPE_CHECKING:
    from ...http.query import Query

SqlValue = str | int


@dataclass(slots=True)
class Condition:
    """A WHERE clause over `documents` and its bound values."""

    where: str
    values: list[SqlValue]
    is_tallied: bool = False
    """Whether it is about columns of `tallies` alone."""

    def both(self, clause: str, *values: SqlValue, tallied: bool = False) -> None:
        """Add a clause that must hold too; `tallied` if it is about columns of `tallies` alone."""
        self.where = f"{self.where} AND {clause}"
        self.values.extend(values)
        self.is_tallied = self.is_tallied and tallied

    def one_of(self, column: Literal["type", "status"], values: Collection[str]) -> None:
        """Require one of these values in a column."""
        self.both(f"{column} IN ({', '.join('?' * len(values))})", *values, tallied=True)


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
"""By name in the query: the column, and the parser of a bound."""


def list_filter(account_id: int, family: str, only_type: str | None, query: Query) -> Condition:
    """Return the filter of a list: a family, or one type of it, narrowed by the query."""
    wanted = _of_family(account_id, family)
    if only_type is not None:
        wanted.both("type = ?", only_type, tallied=True)
    if types := query.many("type"):
        wanted.one_of("type", types)
    _by_status(wanted, query.many("status"))
    _by_archive(wanted, query.one("non_archived"), query.one("archived"))
    if reference := query.one("reference"):
        wanted.both("reference = ?", reference)
    for name, column, read in _RANGES:
        for end, comparison in (("from", ">="), ("to", "<=")):
            bound = read(query.one(f"{name}[{end}]") or "")
            if bound is not None:
                wanted.both(f"{column} {comparison} ?", bound)
    _by_loading(wanted, query)
    if text := query.one("text"):
        pattern = f"%{_escaped(text.casefold())}%"
        wanted.both("(search LIKE ? ESCAPE '\\' OR client_search LIKE ? ESCAPE '\\')", pattern, pattern)
    return wanted


def client_filter(account_id: int, client_id: int, body: JsonValue) -> Condition:
    """Return the filter of a client's invoices: body `filter` with `status`, `by_type`, `archived`."""
    wanted = _of_family(account_id, "invoice")
    wanted.both("client_id = ?", client_id)
    sent = body.get("filter") if isinstance(body, dict) else None
    filters = sent if isinstance(sent, dict) else {}
    if types := _texts(filters.get("by_type")):
        wanted.one_of("type", types)
    _by_status(wanted, _texts(filters.get("status")))
    archived = _texts(filters.get("archived"))
    _by_archive(
        wanted,
        "true" if "non_archived" in archived else None,
        "true" if "archived" in archived else None,
    )
    return wanted


class Wanted(NamedTuple):
    """Which documents of an account to show, of any family and state; None leaves a part open. `text` is
    looked for in the number, ATCUD, id, client, reference, observations and lines; both dates are included.
    """

    text: str | None = None
    type: str | None = None
    status: str | None = None
    serie: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None


def of_account(account_id: int, wanted: Wanted) -> Condition:
    """Return the filter of all documents of an account."""
    found = Condition("account_id = ?", [account_id])
    for column, value in (("type", wanted.type), ("status", wanted.status), ("serie", wanted.serie)):
        if value is not None:
            found.both(f"{column} = ?", value)
    if wanted.date_from is not None:
        found.both("date >= ?", wanted.date_from.isoformat())
    if wanted.date_to is not None:
        found.both("date <= ?", wanted.date_to.isoformat())
    if wanted.text:
        folded, plain = (f"%{_escaped(text)}%" for text in (wanted.text.casefold(), wanted.text))
        places = {"search": folded, "client_search": folded, "atcud": plain, **dict.fromkeys(_NUMBERS, plain)}
        matches = " OR ".join(f"{place} LIKE ? ESCAPE '\\'" for place in places)
        found.both(f"({matches} OR CAST(id AS TEXT) = ?)", *places.values(), wanted.text)
    return found


_PREFIXES: Final = " ".join(f"WHEN '{row.name}' THEN '{row.prefix}'" for row in DOCUMENT_TYPES)
_NUMBERS: Final = (
    f"(CASE type {_PREFIXES} END || ' ' || serie || '/' || number)",
    "(number || '/' || serie)",
)
"""A number as it is printed, and as the API shows it."""


def _of_family(account_id: int, family: str) -> Condition:
    return Condition("account_id = ? AND family = ?", [account_id, family], is_tallied=True)


def _texts(value: JsonValue) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, str) and entry]


def _by_status(wanted: Condition, names: list[str]) -> None:
    """Deleted drafts show only if the filter names that status (assumed: no list with one has been seen)."""
    if names:
        wanted.one_of("status", sorted({s for name in names for s in statuses_for_filter(name)}))
    else:
        wanted.both("status <> 'deleted'", tallied=True)


def _by_archive(wanted: Condition, non_archived: str | None, archived: str | None) -> None:
    """Each flag adds one half of the documents; both flags, or neither, mean all (vendor docs 2026-07)."""
    halves = parse_flag(non_archived), parse_flag(archived)
    if halves[0] != halves[1]:
        wanted.both("archived = ?", int(halves[1]), tallied=True)


def _by_loading(wanted: Condition, query: Query) -> None:
    """Keep the documents whose goods are loaded on certain days (vendor docs 2026-07: list of guides)."""
    loading = Condition("loaded_at IS NOT NULL", [])
    if first := _iso(query.one("loaded_at[from]") or ""):
        loading.both("loaded_at >= ?", first)
    if last := _iso(query.one("loaded_at[to]") or ""):
        loading.both("loaded_at < ?", f"{last}T24")
    if loading.values:
        wanted.both(f"id IN (SELECT document_id FROM deliveries WHERE {loading.where})", *loading.values)  # noqa: S608 - own constants


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
