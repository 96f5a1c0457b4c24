"""One request as the rules see it, and the answer they give. No HTTP library below this line."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from .wire_values import JsonValue, parse_id

if TYPE_CHECKING:
    from .accounts import Account
    from .profiles import Profile
    from .signature import Signer
    from .store import Store

JSON_TYPE: Final = "application/json; charset=utf-8"

_encode: Final = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and media type of a response."""

    status: int = 200
    body: bytes = b""
    media_type: str = JSON_TYPE
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def json_answer(value: JsonValue, status: int = 200) -> Answer:
    """Answer with JSON; accents travel as escapes (observed: transport)."""
    return Answer(status, _encode(value).encode())


EMPTY: Final = Answer()


@dataclass(frozen=True, slots=True)
class Query:
    """Query parameters in Rails' style: `name`, `name[]`, `name[from]`."""

    pairs: Sequence[tuple[str, str]]

    def one(self, name: str) -> str | None:
        """Return the last value of `name`, None when absent."""
        values = [value for key, value in self.pairs if key == name]
        return values[-1] if values else None

    def many(self, name: str) -> list[str]:
        """Return all values of `name[]` (or of plain `name`), blanks left out."""
        return [value for key, value in self.pairs if key in {name, f"{name}[]"} and value]


@dataclass(slots=True)
class Call:
    """An authenticated request inside its transaction."""

    account: Account
    store: Store
    signer: Signer
    profile: Profile
    now: datetime
    base_url: str
    path: Mapping[str, str]
    query: Query
    body: JsonValue = None
    """The parsed body; None when there is none."""
    uids_in_progress: AbstractSet[str] = frozenset()
    """The `proprietary_uid`s of creates that are still running."""

    @property
    def db(self) -> sqlite3.Connection:
        """The connection, inside the request's transaction."""
        return self.store.db

    @property
    def today(self) -> date:
        """Today in Portugal by the account's clock."""
        return self.now.date()

    def path_id(self, name: str) -> int:
        """Return an id of the path; -1, which nothing has, if it is not a number."""
        value = parse_id(self.path[name])
        return -1 if value is None else value
