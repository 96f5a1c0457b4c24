"""Filters of document lists, for callers, and their translation into the service's query.

Statuses are sent under their filter names (`final` becomes `sent`); absent filters are left out, which
selects all documents.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Final, TypedDict, cast, get_type_hints

from invoicexpress_generated import models
from invoicexpress_generated.models.document_status import DOCUMENT_STATUS_VALUES
from invoicexpress_generated.types import UNSET, Unset
from invoicexpress_wire import did_you_mean, shown

from ..errors import InputError
from .absent_values import or_unset
from .document_types import filter_names


class ArchiveFilters(TypedDict, total=False):
    """Filters of every list of documents. None leaves a filter out."""

    text: str | None
    """Searches the details of document, client and items."""
    status: Sequence[models.DocumentStatus] | None
    """Statuses as documents show them: `draft`, `final`, `settled`, `canceled`, ..."""
    archived: bool | None
    """Includes archived documents."""
    non_archived: bool | None
    """Includes documents that are not archived."""


class DocumentFilters(ArchiveFilters, total=False):
    """Filters of lists of invoices, estimates and purchase orders."""

    reference: str | None
    """Exactly this reference."""
    date_from: datetime.date | None
    """First date of the documents."""
    date_to: datetime.date | None
    """Last date of the documents."""
    due_date_from: datetime.date | None
    """First due date."""
    due_date_to: datetime.date | None
    """Last due date."""
    total_before_taxes_from: Decimal | None
    """Least total before taxes, in the account's currency."""
    total_before_taxes_to: Decimal | None
    """Largest total before taxes, in the account's currency."""


class GuideFilters(ArchiveFilters, total=False):
    """Filters of lists of guides."""

    loaded_at_from: datetime.date | None
    """First day of loading."""
    loaded_at_to: datetime.date | None
    """Last day of loading."""


class ArchiveQuery(TypedDict):
    """ArchiveFilters as the generated endpoints take them."""

    text: str | Unset
    status: list[str] | Unset
    archived: bool | Unset
    non_archived: bool | Unset


class DocumentQuery(ArchiveQuery):
    """DocumentFilters as the generated endpoints take them."""

    reference: str | Unset
    date_from: datetime.date | Unset
    date_to: datetime.date | Unset
    due_date_from: datetime.date | Unset
    due_date_to: datetime.date | Unset
    total_before_taxes_from: Decimal | Unset
    total_before_taxes_to: Decimal | Unset


class GuideQuery(ArchiveQuery):
    """GuideFilters as the generated endpoints take them."""

    loaded_at_from: datetime.date | Unset
    loaded_at_to: datetime.date | Unset


def document_query(filters: DocumentFilters) -> DocumentQuery:
    """The query of a list of invoices, estimates or purchase orders. Raises InputError."""
    _only_known(filters, DocumentFilters)
    return {
        **_archive_query(filters),
        "reference": or_unset(filters.get("reference")),
        "date_from": or_unset(filters.get("date_from")),
        "date_to": or_unset(filters.get("date_to")),
        "due_date_from": or_unset(filters.get("due_date_from")),
        "due_date_to": or_unset(filters.get("due_date_to")),
        "total_before_taxes_from": or_unset(filters.get("total_before_taxes_from")),
        "total_before_taxes_to": or_unset(filters.get("total_before_taxes_to")),
    }


def guide_query(filters: GuideFilters) -> GuideQuery:
    """The query of a list of guides. Raises InputError."""
    _only_known(filters, GuideFilters)
    return {
        **_archive_query(filters),
        "loaded_at_from": or_unset(filters.get("loaded_at_from")),
        "loaded_at_to": or_unset(filters.get("loaded_at_to")),
    }


def archive_query(filters: ArchiveFilters) -> ArchiveQuery:
    """The query of every list of documents. Raises InputError."""
    _only_known(filters, ArchiveFilters)
    return _archive_query(filters)


_STATUSES: Final = frozenset({*DOCUMENT_STATUS_VALUES, *filter_names(DOCUMENT_STATUS_VALUES)})
"""Under both names."""


def _archive_query(filters: ArchiveFilters) -> ArchiveQuery:
    status = filters.get("status")
    return {
        "text": or_unset(filters.get("text")),
        "status": UNSET if status is None else filter_names(listed("status", status, _STATUSES)),
        "archived": or_unset(filters.get("archived")),
        "non_archived": or_unset(filters.get("non_archived")),
    }


def _only_known(
    filters: ArchiveFilters, known: type[ArchiveFilters | DocumentFilters | GuideFilters]
) -> None:
    names = get_type_hints(known)
    for name in filters:
        if name not in names:
            all_known = f"known are {', '.join(sorted(names))}"
            raise InputError(name, f"unknown filter{did_you_mean(name, names, all_known)}")


def listed(name: str, values: Sequence[str], known: Collection[str] = ()) -> Sequence[str]:
    """Return a filter's list of values. Raises InputError for a bare text, and for an empty list.

    `known` are the values that the filter takes; without them it takes any.
    """
    if isinstance(values, str):
        if known and values not in known:
            known_values = ", ".join(sorted(known))
            raise InputError(
                name,
                f"expected a list such as {sorted(known)[:2]}, got the text {values!r}"
                f"{did_you_mean(values, known) or f'; known are {known_values}'}",
            )
        raise InputError(name, f"expected a list of texts, got the text {values!r}; use [{values!r}]")
    if not isinstance(cast("object", values), Iterable):
        raise InputError(name, f"expected a list of texts, got {shown(values)}")
    if not values:
        # Left out, the filter would select every value: the opposite of an empty list.
        raise InputError(name, "expected one value or more, got an empty list")
    return values
