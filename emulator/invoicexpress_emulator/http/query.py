"""Query parameters, as Rails reads them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl


class Query(NamedTuple):
    """Query parameters in Rails' style: `name`, `name[]`, `name[from]`."""

    pairs: Sequence[tuple[str, str]]

    def one(self, name: str) -> str | None:
        """Return the last value of `name`, None when absent."""
        values = [value for key, value in self.pairs if key == name]
        return values[-1] if values else None

    def many(self, name: str) -> list[str]:
        """Return all values of `name[]` (or of plain `name`), blanks left out."""
        return [value for key, value in self.pairs if key in {name, f"{name}[]"} and value]


@lru_cache(maxsize=64)
def parse_query(query_string: bytes) -> Query:
    """Return the parameters of a query string, blank ones included."""
    return Query(tuple(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)))
