"""Pages of a list (vendor docs 2026-07: pagination)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ..http.wire_values import JsonValue, parse_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..http.query import Query

DEFAULT_SIZE: Final = 10
LARGEST_SIZE: Final = 100
"""The largest page in known clients; the service's own limit is unknown (assumed)."""


PAGINATION: Final = ("total_entries", "total_pages", "current_page", "per_page")
"""Keys of `pagination` beside documents, in their order (recorded 2019)."""


class Page(NamedTuple):
    """A page by number, from 1, and its size."""

    number: int
    size: int

    @property
    def offset(self) -> int:
        """Number of entries before it."""
        return (self.number - 1) * self.size

    def described(self, total: int, keys: Sequence[str] = PAGINATION) -> dict[str, JsonValue]:
        """Return the `pagination` object for a list of `total` entries, with its keys in this order; an empty
        list has one page.
        """
        values: dict[str, JsonValue] = {
            "total_entries": total,
            "total_pages": max(1, -(-total // self.size)),
            "current_page": self.number,
            "per_page": self.size,
        }
        return {key: values[key] for key in keys}


def page_of(query: Query) -> Page:
    """Return the page in a query; unreadable values and zero mean the defaults, as in the vendor's
    examples.
    """
    number = parse_id(query.one("page") or "") or 1
    size = parse_id(query.one("per_page") or "") or DEFAULT_SIZE
    return Page(min(number, 10**12), min(size, LARGEST_SIZE))
