"""One request from outside and its answer."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from starlette.datastructures import Headers
from starlette.responses import Response

from ..http.loopback import is_loopback
from ..http.query import parse_query

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from ..books.accounts.account import Account
    from ..http.answer import Answer
    from ..http.query import Query
    from ..http.request_log import LogEntry
    from .emulation import Emulation

_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?")


def base_url_of(scope: Scope) -> str:
    """Return the address under which the caller reached the emulator, for links in answers."""
    host = Headers(scope=scope).get("host", "")
    if not _HOST.fullmatch(host):
        server = scope.get("server") or ("localhost", None)
        host = server[0] if server[1] is None else f"{server[0]}:{server[1]}"
    return f"{_scheme_of(scope)}://{host}"


def _scheme_of(scope: Scope) -> str:
    """Return the scheme that the caller used: a proxy on this machine may name it in X-Forwarded-Proto."""
    scheme = cast(str, scope["scheme"])
    peer = scope.get("client")
    if peer is None or not is_loopback(peer[0]):
        return scheme
    said = Headers(scope=scope).getlist("x-forwarded-proto")
    # Each proxy of a chain adds its own word at the end: the first is the caller's.
    first = said[0].partition(",")[0].strip().lower() if len(said) == 1 else ""
    return first if first in {"http", "https"} else scheme


@dataclass(slots=True)
class Exchange:
    """A request as ASGI hands it over, and the account of its key."""

    emulation: Emulation
    scope: Scope
    receive: Receive
    send: Send
    account: Account | None = None
    """None until the key is known to belong to an account."""

    @property
    def entry(self) -> LogEntry:
        """The log entry that the application opened for this request."""
        return cast("LogEntry", self.scope["emulator.log_entry"])

    @property
    def method(self) -> str:
        """The HTTP method."""
        return cast(str, self.scope["method"])

    @property
    def headers(self) -> Headers:
        """The headers of the request."""
        return Headers(scope=self.scope)

    @property
    def query(self) -> Query:
        """The parameters of the query."""
        return parse_query(self.scope["query_string"])

    async def respond(self, answer: Answer, send: Send | None = None) -> None:
        """Send the answer with its headers, through `send` instead of the server's own if one is given."""
        headers = {"Status": str(answer.status), **self._rate_headers(), **answer.headers}
        headers |= self._cache_headers(answer)
        headers["Content-Type"] = answer.media_type
        response = Response(answer.body, answer.status, headers)
        await response(self.scope, self.receive, send or self.send)

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
