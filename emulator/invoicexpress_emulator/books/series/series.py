"""A series and its counters, one per document type."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from ...fiscal.document_types import SERIES_ROWS

NEEDS_REGISTRATION: Final = {row.root: row.needs_registration for row in SERIES_ROWS}


class SeriesRow(NamedTuple):
    """The counter of one document type in a series.

    `validation_code` is None until the type is registered, and stays None for exempt types.
    """

    id: int
    series_id: int
    serie: str
    root: str
    validation_code: str | None
    last_number: int
    last_date: date | None
    last_signature: str

    @property
    def needs_registration(self) -> bool:
        """Whether documents of this type must not be finalised before registration (Portaria 195/2020)."""
        return NEEDS_REGISTRATION[self.root]


class Series(NamedTuple):
    """A series with its rows by document root, in the order of their ids."""

    id: int
    serie: str
    sent_as_integer: bool
    is_default: bool
    rows: dict[str, SeriesRow]


def default_series_name(account_name: str) -> str:
    """Return the name of a new account's first series: upper-case letters and digits (weareswat 2020)."""
    return re.sub(r"[^A-Z0-9]", "", account_name.upper())
