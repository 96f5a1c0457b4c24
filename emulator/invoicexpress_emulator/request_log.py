"""What was asked and answered, without keys: for the access log and for the control plane."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode

from .wire_values import JsonValue

_KEPT: Final = 1000
_LONGEST_BODY: Final = 64 * 1024
_SECRET_PARAMETER: Final = "api_key"  # noqa: S105 - the name of the parameter, not a key

_BEARER_TOKEN: Final = re.compile(r"[0-9a-f]{40}")
"""Addresses of files need no key: who has one can fetch the file."""

access_log: Final = logging.getLogger("invoicexpress_emulator.access")


def without_key(query_string: bytes) -> str:
    """Return a query string with the key left out."""
    pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if name != _SECRET_PARAMETER])


@dataclass(slots=True)
class LogEntry:
    """One request; what is known about it is filled in as it is handled."""

    method: str
    path: str
    query: str
    account: str | None = None
    operation: str | None = None
    body: bytes = b""
    unknown_fields: tuple[str, ...] = ()
    """Fields of the body that are not known here; live, some are ignored and some refused."""
    status: int = 0
    milliseconds: float = 0.0
    at: str = ""

    def shown(self, number: int) -> dict[str, JsonValue]:
        """Return the entry as the control plane shows it."""
        return {
            "number": number,
            "at": self.at,
            "account": self.account,
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "body": self.body.decode("utf-8", "replace"),
            "unknown_fields": list(self.unknown_fields),
            "status": self.status,
            "milliseconds": round(self.milliseconds, 3),
        }


@dataclass(slots=True)
class RequestLog:
    """The last thousand requests, in memory."""

    _entries: deque[tuple[int, LogEntry]] = field(
        default_factory=lambda: deque[tuple[int, LogEntry]](maxlen=_KEPT)
    )
    _count: int = 0

    def add(self, entry: LogEntry) -> None:
        """Keep a finished request and write its line to the access log."""
        self._count += 1
        entry.body = entry.body[:_LONGEST_BODY]
        self._entries.append((self._count, entry))
        access_log.info(
            "%s %s%s %d %.1fms %s",
            entry.method,
            _BEARER_TOKEN.sub("...", entry.path),
            f"?{entry.query}" if entry.query else "",
            entry.status,
            entry.milliseconds,
            entry.account or "-",
        )

    def of_account(self, account: str | None) -> Iterator[dict[str, JsonValue]]:
        """Yield the entries of an account, or all of them."""
        for number, entry in self._entries:
            if account is None or entry.account == account:
                yield entry.shown(number)

    def clear(self, account: str | None) -> None:
        """Forget the entries of an account, or all of them."""
        kept = [(n, entry) for n, entry in self._entries if account is not None and entry.account != account]
        self._entries.clear()
        self._entries.extend(kept)
