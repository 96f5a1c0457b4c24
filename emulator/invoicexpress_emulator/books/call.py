"""One request in the form that the rules use, without an HTTP library."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..faults import list_lag
from ..http.wire_values import JsonValue, parse_id

if TYPE_CHECKING:
    from ..faults.list_lag import Listed
    from ..fiscal.signature import Signer
    from ..http.query import Query
    from ..profiles.profile import Profile
    from ..storage.store import Store
    from .accounts.account import Account


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
    """The parsed body; None without one."""
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

    def visible(self, table: Listed) -> str | None:
        """Return the SQL condition under which a row of `table` shows in a list; None if all rows show."""
        return list_lag.visible(table, self.now, self.account.settings.list_lag)

    def path_id(self, name: str) -> int:
        """Return an id from the path; -1, which matches no row, for anything but a number."""
        value = parse_id(self.path[name])
        return -1 if value is None else value
