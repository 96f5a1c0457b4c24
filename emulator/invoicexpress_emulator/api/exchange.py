"""One request from outside and its answer."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from ..http.loopback import is_loopback
from ..http.query import parse_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    from ..books.accounts.account import Account
    from ..http.answer import Answer
    from ..http.header_fields import HeaderFields
    from ..http.query import Query
    from ..http.request_log import LogEntry
    from .emulation import Emulation

_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?")


def base_url_of(scope: Scope, headers: HeaderFields) -> str:
    """Return the address under which the caller reached the emulator, for links in answers."""
    host = headers.get("host", "")
    if not _HOST.fullmatch(host):
        server = scope.get("server") or ("localhost", None)
        host = server[0] if server[1] is None else f"{server[0]}:{server[1]}"
    return f"{_scheme_of(scope, headers)}://{host}"


def _scheme_of(scope: Scope, headers: HeaderFields) -> str:
    """Return the scheme that the caller used: a proxy on this machine may name it in X-Forwarded-Proto."""
    scheme = cast(str, scope["scheme"])
    said = headers.every("x-forwarded-proto")
    peer = scope.get("client")
    if not said or peer is None or not is_loopback(peer[0]):
        return scheme
    # Each proxy of a chain adds its own word at the end: the first is the caller's.
    first = said[0].partition(",")[0].strip().lower() if len(said) == 1 else ""
    return first if first in {"http", "https"} else scheme


@dataclass(slots=True)
class Exchange:
    """A request for a path of the API, and the account of its key."""

    emulation: Emulation
    scope: Scope
    receive: Receive
    send: Send
    headers: HeaderFields
    """Of the request."""
    entry: LogEntry
    """The log entry that the application opened for it."""
    path: Mapping[str, str]
    """The texts in place of the parameters of the path."""
    account: Account | None = None
    """None until the key is known to belong to an account."""
    query: Query = field(init=False)
    """The parameters of the query."""

    def __post_init__(self) -> None:
        self.query = parse_query(self.scope["query_string"])

    @property
    def method(self) -> str:
        """The HTTP method."""
        return cast(str, self.scope["method"])

    async def respond(self, answer: Answer, send: Send | None = None) -> None:
        """Send the answer with its headers, through `send` instead of the server's own if one is given."""
        headers = {"Status": str(answer.status), **self._rate_headers(), **answer.headers}
        headers |= self._cache_headers(answer)
        headers["Content-Type"] = answer.media_type
        await respond(send or self.send, answer.status, headers, answer.body)

    def _rate_headers(self) -> dict[str, str]:
        """Return the account's remaining rate, if its settings show it."""
        if self.account is None or not self.account.settings.rate_limit_headers:
            return {}
        return self.emulation.window.headers(self.account.id)

    def _cache_headers(self, answer: Answer) -> dict[str, str]:
        """Return the headers for caches, as the live service sends them (recorded 2019)."""
        if self.method not in {"GET", "HEAD"} or answer.status != 200:
            return {"Cache-Control": "no-cache"}
        digest = hashlib.md5(answer.body, usedforsecurity=False).hexdigest()
        return {"Cache-Control": "private, max-age=0, must-revalidate", "Etag": f'"{digest}"'}


_WITHOUT_LENGTH: Final = frozenset({*range(100, 200), 204, 304})
"""Statuses of answers without a body (RFC 9110, 8.6)."""


@lru_cache(maxsize=64)
def _raw_name(name: str) -> bytes:
    return name.lower().encode("latin-1")


async def respond(send: Send, status: int, headers: Mapping[str, str], body: bytes) -> None:
    """Send an answer as ASGI has it, with the length of its body."""
    fields = [(_raw_name(name), value.encode("latin-1")) for name, value in headers.items()]
    if status not in _WITHOUT_LENGTH and b"content-length" not in [name for name, _ in fields]:
        fields.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})
