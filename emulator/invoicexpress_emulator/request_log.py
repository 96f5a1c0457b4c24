"""What was asked and answered, without keys: for the access log and for the control plane."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlencode

from .wire_values import JsonValue

_KEPT: Final = 1000
_LONGEST_BODY: Final = 64 * 1024
_MASK: Final = "..."

_SECRET_NAME: Final = re.compile(r"api[^a-z0-9]*key|token|password", re.IGNORECASE)
"""Names whose values are never shown, however somebody has misspelt them: a real key may be behind one."""

_SECRET_IN_TEXT: Final = re.compile(r"((?:api[^a-z0-9]*key|token|password)[^=&?/]*=)[^&#\s]+", re.IGNORECASE)
"""The same where an address stands inside a path or a value."""

_BEARER_TOKEN: Final = re.compile(r"[0-9a-f]{40,}")
"""Addresses of files need no key: who has one can fetch the file."""

access_log: Final = logging.getLogger("invoicexpress_emulator.access")


def without_secrets(text: str, known: Sequence[str] = ()) -> str:
    """Return a text with bearer links, values of secret names, and the secrets that are `known`, masked."""
    for secret in known:
        text = text.replace(secret, _MASK)
    return _BEARER_TOKEN.sub(_MASK, _SECRET_IN_TEXT.sub(rf"\1{_MASK}", text))


def without_key(query_string: bytes, known: Sequence[str] = ()) -> str:
    """Return a query string with the key left out, under whatever name or place it came."""
    pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
    return urlencode(
        [
            (without_secrets(name, known), without_secrets(value, known))
            for name, value in pairs
            if not _SECRET_NAME.search(name)
        ]
    )


@dataclass(slots=True)
class LogEntry:
    """One request; what is known about it is filled in as it is handled."""

    method: str
    path: str
    query: str
    account: str | None = None
    operation: str | None = None
    body: bytes = b""
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
            entry.path,
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
