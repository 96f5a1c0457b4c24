"""The log of requests and answers, without keys, for the access log and the control plane."""

from __future__ import annotations

import logging
import re
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus, unquote_plus

from . import curl

if TYPE_CHECKING:
    from datetime import datetime

    from .wire_values import JsonValue

LONGEST_LOG: Final = 1000
LONGEST_BODY: Final = 64 * 1024
"""Bytes of a body that are kept, of a request and of an answer."""
MOST_ANSWERS: Final = 16 * 1024 * 1024
"""Bytes of answers that are kept in all; the bodies of the oldest go first."""

_SECRET_PARAMETER: Final = "api_key"  # noqa: S105 - the name of the parameter, not a key
_LEGAL_IN_QUERY: Final = "%!$'()*+,-./:;=?@_~[]"
_MASK: Final = "..."

_SECRET_NAME: Final = re.compile(r"api[^a-z0-9]*key|token|password", re.IGNORECASE)
"""Names whose values are never shown, however misspelt: there may be a real key behind one."""

_SECRET_IN_TEXT: Final = re.compile(r"((?:api[^a-z0-9]*key|token|password)[^=&?/]*=)[^&#\s]+", re.IGNORECASE)
"""The same where an address stands inside a path or a value."""

_SECRET_IN_BODY: Final = re.compile(
    rb'("[^"\\]*(?:api[^a-z0-9"]*key|token|password)[^"\\]*"\s*:\s*)"(?:[^"\\]|\\.)*"?', re.IGNORECASE
)
"""A member of a JSON object; its end may have been cut off."""

_PARTS_OF_NAMES: Final = (b"api", b"token", b"password")
"""One of them is in each secret name; looking for them is quicker than for whole members."""

_BEARER_TOKEN: Final = re.compile(r"[0-9a-f]{40,}")
"""An address of a file needs no key: anyone who has it can fetch the file."""

_HEXADECIMAL: Final = "0123456789abcdef"
_COOKIE: Final = re.compile(r"(?<==)[^;]*")
_SHORTEST_KEY: Final = 8
"""Characters of a key that is looked for in answers: a shorter one would mask ordinary words."""

access_log: Final = logging.getLogger("invoicexpress_emulator.access")


def _with_mask(found: re.Match[str]) -> str:
    return f"{found[1]}{_MASK}"


def without_secrets(text: str, known: Sequence[str] = ()) -> str:
    """Return a text with bearer links, values of secret names, and the secrets that are `known`, masked."""
    for secret in known:
        text = text.replace(secret, _MASK)
    if "=" in text:
        text = _SECRET_IN_TEXT.sub(_with_mask, text)
    return _BEARER_TOKEN.sub(_MASK, text)


def without_passwords(body: bytes) -> bytes:
    """Return a body with the texts under secret names masked."""
    folded = body.lower()
    if not (folded and any(part in folded for part in _PARTS_OF_NAMES)):
        return body
    return _SECRET_IN_BODY.sub(rb'\1"' + _MASK.encode() + b'"', body)


def _is_key(part: str) -> bool:
    return unquote_plus(part.partition("=")[0]) == _SECRET_PARAMETER


@lru_cache(maxsize=64)
def without_key(query_string: bytes, known: tuple[str, ...] = ()) -> str:
    """Return a query string as it was sent, with the key left out, whatever its name and place."""
    return "&".join(
        _masked(part, known)
        for part in query_string.decode("latin-1").split("&")
        if part and not _SECRET_NAME.search(unquote_plus(part.partition("=")[0]))
    )


def _masked(part: str, known: Sequence[str]) -> str:
    pieces = [unquote_plus(piece) for piece in part.split("=", 1)]
    shown = [without_secrets(piece, known) for piece in pieces]
    if shown == pieces:
        return quote(part, safe=_LEGAL_IN_QUERY, encoding="latin-1")
    return "=".join(map(quote_plus, shown))


@lru_cache(maxsize=64)
def has_key(query_string: bytes) -> bool:
    """Whether a query string has a key."""
    return any(_is_key(part) for part in query_string.decode("latin-1").split("&"))


@dataclass(slots=True)
class LogEntry:
    """One request; handling it fills in the fields."""

    method: str
    path: str
    query: str
    base_url: str = ""
    has_key: bool = False
    content_type: str | None = None
    account: str | None = None
    operation: str | None = None
    body: bytes = b""
    unknown_fields: tuple[str, ...] = ()
    """Fields of the body that are not known here; live, some are ignored and some refused."""
    remarks: tuple[str, ...] = ()
    """Sentences about a request that may not do what its sender means."""
    body_size: int = 0
    """Bytes of the body; of one too large to be read, at least so many."""
    status: int = 0
    milliseconds: float = 0.0
    at: datetime | None = None
    """When it was answered; None before."""
    answer_headers: Sequence[tuple[bytes, bytes]] = ()
    answer: bytes = b""
    """The beginning of the answer's body, as it was sent: secrets are masked where it is shown."""
    answer_size: int = 0
    """Bytes of the answer's body."""

    def keep(self, part: bytes) -> None:
        """Add a part of the answer's body."""
        if not self.answer_size:
            self.answer = part[:LONGEST_BODY]  # one that is short enough is no copy
        elif len(self.answer) < LONGEST_BODY:
            self.answer += part[: LONGEST_BODY - len(self.answer)]
        self.answer_size += len(part)

    @property
    def is_truncated(self) -> bool:
        """Whether only the beginning of the body was kept."""
        return self.body_size > LONGEST_BODY

    def shown(self, number: int, secrets: Sequence[str] = ()) -> dict[str, JsonValue]:
        """Return the entry as the control plane shows it, with `secrets` masked in the answer."""
        return {
            "number": number,
            "at": self.at.isoformat() if self.at else "",
            "account": self.account,
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "body": self.body.decode("utf-8", "replace"),
            "unknown_fields": list(self.unknown_fields),
            "remarks": list(self.remarks),
            "body_size": self.body_size,
            "body_truncated": self.is_truncated,
            "body_binary": _is_binary(self.body, is_cut=self.is_truncated),
            "status": self.status,
            "milliseconds": round(self.milliseconds, 3),
            "answer": self._answer_shown(secrets) if self.status else None,
            "curl": None if self.is_truncated else self._curl(),
        }

    def _answer_shown(self, secrets: Sequence[str]) -> dict[str, JsonValue]:
        is_cut = len(self.answer) < self.answer_size
        is_binary = _is_binary(self.answer, is_cut=is_cut)
        text = "" if is_binary else without_passwords(self.answer).decode("utf-8", "replace")
        if is_cut:  # perhaps inside such an address
            text = text.rstrip(_HEXADECIMAL)
        for secret in secrets:
            if len(secret) >= _SHORTEST_KEY:
                text = text.replace(secret, _MASK)
        headers: dict[str, JsonValue] = {
            name.decode("latin-1"): _header_shown(name, value.decode("latin-1"), secrets)
            for name, value in self.answer_headers
        }
        return {
            "headers": headers,
            "body": _BEARER_TOKEN.sub(_MASK, text),
            "body_size": self.answer_size,
            "body_truncated": is_cut,
            "body_binary": is_binary,
        }

    def _curl(self) -> str:
        url = f"{self.base_url}{self.path}" + (f"?{self.query}" if self.query else "")
        headers = {"Content-Type": self.content_type} if self.body or self.content_type else {}
        return curl.command(
            method=self.method, url=url, needs_key=self.has_key, headers=headers, body=self.body
        )


def _is_binary(body: bytes, *, is_cut: bool) -> bool:
    try:
        # A text that was cut may end inside a character.
        (body[:-3] if is_cut else body).decode("utf-8")
    except UnicodeDecodeError as error:
        return not is_cut or error.reason != "unexpected end of data"
    return False


def _header_shown(name: bytes, value: str, secrets: Sequence[str]) -> str:
    if name == b"set-cookie":
        return _COOKIE.sub(_MASK, value, count=1)
    return without_secrets(value, secrets)


class LineFormatter(logging.Formatter):
    """Writes the time of a line as the library does, but makes the text of each second once."""

    _second = -1
    _text = ""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """Return the time of a record, with milliseconds."""
        second = int(record.created)
        if second != self._second:
            self._text = time.strftime(self.default_time_format, self.converter(record.created))
            self._second = second
        return f"{self._text},{int(record.msecs):03d}"


_LINE: Final = "%s %s%s %d %.1fms %s"


def _write(level: int, entry: LogEntry) -> None:
    """Write the line of a request. It names no place in the code, whose search took longer than the rest."""
    query = f"?{entry.query}" if entry.query else ""
    values = entry.method, entry.path, query, entry.status, entry.milliseconds, entry.account or "-"
    access_log.handle(access_log.makeRecord(access_log.name, level, __file__, 0, _LINE, values, None))


@dataclass(slots=True)
class RequestLog:
    """The last thousand requests, in memory."""

    _entries: deque[tuple[int, LogEntry]] = field(
        default_factory=lambda: deque[tuple[int, LogEntry]](maxlen=LONGEST_LOG)
    )
    _answers: deque[LogEntry] = field(default_factory=lambda: deque[LogEntry](maxlen=LONGEST_LOG))
    """The entries whose answers are kept, oldest first."""
    _answer_bytes: int = 0
    _count: int = 0
    _warned: set[tuple[str | None, str]] = field(default_factory=set[tuple[str | None, str]])
    """Accounts and remarks that the access log has had; it has each once."""

    def add(self, entry: LogEntry, *, level: int = logging.INFO, is_kept: bool = True) -> None:
        """Write the line of a finished request to the access log, and keep it for the control plane.

        Args:
            entry: the request.
            level: of the line in the access log.
            is_kept: false for requests to the control plane: watching the log must not push entries
                out of it.
        """
        entry.body_size = max(entry.body_size, len(entry.body))
        entry.body = without_passwords(entry.body[:LONGEST_BODY])
        if is_kept:
            self._count += 1
            self._entries.append((self._count, entry))
            if entry.answer:
                self._keep_answer(entry)
        if access_log.isEnabledFor(level):
            _write(level, entry)
        for remark in entry.remarks:
            if (entry.account, remark) not in self._warned:
                self._warned.add((entry.account, remark))
                access_log.warning("%s %s: %s", entry.method, entry.path, remark)

    def _keep_answer(self, entry: LogEntry) -> None:
        if len(self._answers) == LONGEST_LOG:
            self._answer_bytes -= len(self._answers.popleft().answer)
        self._answers.append(entry)
        self._answer_bytes += len(entry.answer)
        while self._answer_bytes > MOST_ANSWERS:
            oldest = self._answers.popleft()
            self._answer_bytes -= len(oldest.answer)
            oldest.answer = b""

    def of_account(
        self,
        account: str | None,
        *,
        operations: Collection[str] | None = None,
        status: int | None = None,
        since: int = 0,
        limit: int = LONGEST_LOG,
        also: Callable[[LogEntry], bool] = lambda entry: True,
    ) -> list[tuple[int, LogEntry]]:
        """Return the newest entries with their numbers, oldest first.

        Args:
            account: name of an account; None for all entries, those without an account included.
            operations: only requests for one of these.
            status: only requests that were answered with it.
            since: only entries with a greater number.
            limit: how many at most.
            also: whether an entry that fits all else is one.
        """
        found: list[tuple[int, LogEntry]] = []
        for number, entry in reversed(self._entries):
            if number <= since or len(found) == limit:
                break
            if (
                account in {None, entry.account}
                and (operations is None or entry.operation in operations)
                and status in {None, entry.status}
                and also(entry)
            ):
                found.append((number, entry))
        return found[::-1]

    def clear(self, account: str | None) -> None:
        """Forget the entries of an account, or all of them."""
        kept = [(n, entry) for n, entry in self._entries if account is not None and entry.account != account]
        self._entries.clear()
        self._entries.extend(kept)
        self._answers.clear()
        self._answers.extend(entry for _, entry in kept if entry.answer)
        self._answer_bytes = sum(len(entry.answer) for entry in self._answers)
