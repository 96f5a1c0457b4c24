"""The application: the API, files, the control plane, and the headers and log entry of every answer."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_plus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Message, Receive, Scope, Send

from ._version import VERSION
from .api import dead_paths
from .api.emulation import Emulation
from .api.exchange import Exchange, base_url_of, respond
from .api.gateway import Gateway, not_emulated
from .api.host_check import ANY_HOST, Hosts
from .api.refusals import NO_SITE
from .api.routes import Operation, by_path
from .api.table import Table
from .books.accounts import rows as accounts
from .books.accounts.account import DEFAULT_ACCOUNT, DEFAULT_KEY
from .books.accounts.hosts import is_vendors
from .books.clients.api import delete_client
from .books.documents import tallies
from .control.plane import ControlPlane
from .faults import list_lag
from .fiscal.signature import Signer
from .http import session_cookie
from .http.answer import EMULATOR_HEADER, Answer, FileAnswer
from .http.clock import TimeSource, system_time
from .http.connections import has_timed_out
from .http.file_sending import file_response
from .http.header_fields import HeaderFields, RawFields, put
from .http.rate_limit import RateLimit, SlidingWindow, parse_rate_limit
from .http.request_log import LogEntry, has_key, without_key, without_secrets
from .output import downloads
from .profiles import PROFILES
from .storage.store import StorageFailed, Store, UnusableDataFile

if TYPE_CHECKING:
    from .profiles.profile import Profile, ProfileName

_CONTROL = "/_emulator"
_EMULATOR: Final = EMULATOR_HEADER.lower().encode("ascii")
_VERSION: Final = VERSION.encode("ascii")


class EmulatorApp(Starlette):
    """The ASGI application of one emulator."""

    def __init__(
        self, emulation: Emulation, *, hosts: Hosts, control_plane: bool, control_token: str | None = None
    ) -> None:
        self.emulation = emulation
        self._hosts = hosts
        self._api = Table(
            (path, Gateway(emulation, _of_wire(operations, emulation.profile)))
            for path, operations in by_path().items()
        )
        routes: list[BaseRoute] = [
            Route("/downloads/{kind}/{name}", self._download, methods=["GET"]),
            Route("/documents/{name}", self._permalink, methods=["GET"]),
        ]
        if control_plane:
            routes.append(Mount(_CONTROL, ControlPlane(emulation, control_token).router))
            routes.append(Route(_CONTROL, RedirectResponse(f"{_CONTROL}/"), methods=["GET"]))
        super().__init__(
            routes=routes,
            lifespan=self._lifespan,
            exception_handlers={HTTPException: _http_error, StorageFailed: _storage_failed},
        )
        self.router.redirect_slashes = False
        self.router.default = _to_the_dashboard if control_plane else not_emulated

    def close(self) -> None:
        """Close the database; the application cannot be used afterwards."""
        self.emulation.store.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request whose Host is accepted, refuse any other; mark the answer and log it."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        started = time.perf_counter()
        known, sent = self._secrets_in(scope), HeaderFields(scope["headers"])
        entry = LogEntry(
            scope["method"],
            quote(without_secrets(scope["path"], known)),
            without_key(scope["query_string"], known),
            base_url=base_url_of(scope, sent),
            has_key=has_key(scope["query_string"]),
            content_type=sent.get("content-type"),
        )

        host = sent.get("host", "")
        is_control = scope["path"] == _CONTROL or scope["path"].startswith(f"{_CONTROL}/")
        is_service = not is_control and accounts.is_behind(self.emulation.store.db, host)

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry.status = message["status"]
                entry.milliseconds = (time.perf_counter() - started) * 1000
                message["headers"] = self._marked(message["headers"], entry, host, is_service=is_service)
                entry.answer_headers = message["headers"]
            elif not is_control and entry.method != "HEAD":
                entry.keep(message.get("body", b""))
            await send(message)

        try:
            refusal = self._refusal(scope, sent, has_site=is_control or is_service)
            if refusal is not None:
                await _response(refusal)(scope, receive, send_marked)
            elif (found := self._api.find(scope["path"])) is not None:
                exchange = Exchange(
                    self.emulation, scope, receive, send_marked, sent, entry, found.parameters
                )
                await _answer_of_api(found.gateway, exchange)
            else:
                await super().__call__(scope, receive, send_marked)
        finally:
            if has_timed_out(scope):
                entry.status = 408
            entry.at = self.emulation.time_source()
            if is_control:
                # A dashboard polls every second; requests that change something stay visible.
                level = logging.DEBUG if scope["method"] == "GET" else logging.INFO
                self.emulation.log.add(entry, level=level, is_kept=False)
            else:
                if entry.has_key and session_cookie.is_among(sent.every("cookie")):
                    entry.remarks = (*entry.remarks, session_cookie.REMARK)
                self.emulation.log.add(entry)

    def _refusal(self, scope: Scope, sent: HeaderFields, *, has_site: bool) -> Answer | None:
        """Return the answer to a Host that is not accepted or has no account, or to a dead path."""
        refusal = self._hosts.refusal(sent.every("host"))
        if refusal is None and not has_site:
            return NO_SITE
        return refusal or dead_paths.answer_at(scope["method"], scope["path"])

    def _marked(
        self, fields: Iterable[tuple[bytes, bytes]], entry: LogEntry, host: str, *, is_service: bool
    ) -> RawFields:
        """Return header fields with those of every answer. Answers of the service set a cookie, and its pages
        have no X-Runtime.
        """
        marked = list(fields)
        put(marked, _EMULATOR, _VERSION)
        if not dict(marked).get(b"content-type", b"").startswith(b"text/html"):
            put(marked, b"x-runtime", b"%d" % round(entry.milliseconds))
        if is_service:
            seed, is_for_all = self.emulation.store.seed, is_vendors(host)
            cookie = session_cookie.set_cookie(seed, entry.account, for_vendors_hosts=is_for_all)
            marked.append((b"set-cookie", cookie.encode("latin-1")))
        return marked

    def _secrets_in(self, scope: Scope) -> tuple[str, ...]:
        """Return the keys of accounts, and the control token, that stand anywhere in the address."""
        address = f"{scope['path']}?{unquote_plus(scope['query_string'].decode('latin-1'))}"
        rows = self.emulation.store.db.execute(
            "SELECT api_key FROM accounts WHERE instr(?, api_key)", (address,)
        )
        token = self.emulation.fault_token
        return (*(str(row[0]) for row in rows), *((token,) if token else ()))

    async def _download(self, request: Request) -> Response:
        return _file_response(
            downloads.download(
                self.emulation.store,
                request.path_params["kind"],
                request.path_params["name"],
                base_url_of(request.scope, HeaderFields(request.scope["headers"])),
            )
        )

    async def _permalink(self, request: Request) -> Response:
        return _file_response(
            downloads.by_permalink(
                self.emulation.store,
                request.path_params["name"],
                base_url_of(request.scope, HeaderFields(request.scope["headers"])),
            )
        )

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncGenerator[None, None]:
        yield
        self.emulation.late.stop()
        self.close()


async def _to_the_dashboard(scope: Scope, receive: Receive, send: Send) -> None:
    """Send a browser at `/` to the dashboard. No other request, and no other client, is emulated there."""
    accepted = HeaderFields(scope["headers"]).get("accept", "")
    if scope["path"] == "/" and scope["method"] in {"GET", "HEAD"} and "text/html" in accepted:
        answer = RedirectResponse(f"{_CONTROL}/", headers={"Vary": "Accept", "Cache-Control": "no-store"})
        await answer(scope, receive, send)
        return
    await not_emulated(scope, receive, send)


async def _answer_of_api(gateway: Gateway, exchange: Exchange) -> None:
    """Let a gateway answer. An error that it has no answer to is answered 500, and raised for the server."""
    try:
        await gateway.answer(exchange)
    except Exception:
        if not exchange.entry.status:
            plain = {"Content-Type": "text/plain; charset=utf-8"}
            await respond(exchange.send, 500, plain, b"Internal Server Error")
        raise


def _of_wire(operations: Mapping[str, Operation], profile: Profile) -> dict[str, Operation]:
    """Leave out the operations that the wire lacks: the documented one cannot delete clients."""
    return {
        method: operation
        for method, operation in operations.items()
        if operation.rule is not delete_client or profile.client_deleted is not None
    }


def _file_response(answer: Answer | FileAnswer | None) -> Response:
    if answer is None:
        return JSONResponse({"error": "There is no file at this address."}, 404)
    if isinstance(answer, FileAnswer):
        return file_response(answer)
    return _response(answer)


def _response(answer: Answer) -> Response:
    return Response(answer.body, answer.status, dict(answer.headers), answer.media_type)


def _http_error(request: Request, error: Exception) -> Response:
    """Answer in JSON what Starlette refuses by itself: another method of a known path."""
    assert isinstance(error, HTTPException)  # noqa: S101 - it is registered for these only
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


def _storage_failed(request: Request, error: Exception) -> Response:
    """Answer 500 where the control plane or a download meets a failure of this machine."""
    return JSONResponse({"error": str(error)}, 500)


def build_app(
    *,
    data: str | Path | None,
    profile: ProfileName,
    rate_limit: RateLimit | None,
    seed: int,
    control_plane: bool,
    clock: TimeSource | None,
    api_key: str | None = None,
    control_token: str | None = None,
    hosts: Hosts | None = None,
) -> EmulatorApp:
    """Return an application.

    Args:
        data: as for `create_app`, like the other keywords that are not listed here.
        api_key: replaces the key of the default account.
        control_token: guards the control plane.
        hosts: the accepted Host headers; None for the emulator's own, and any where there is a token.
    """
    if profile not in PROFILES:
        raise ValueError(f"{profile!r} is not a profile; choose {' or '.join(sorted(PROFILES))}.")
    store = Store(data, seed)
    try:
        with store.transaction():
            account = accounts.by_name(store.db, DEFAULT_ACCOUNT) or accounts.create(
                store, DEFAULT_ACCOUNT, DEFAULT_KEY
            )
            accounts.set_key(store, account, api_key or DEFAULT_KEY)
    except StorageFailed as error:
        store.close()
        raise UnusableDataFile(str(error)) from error
    except BaseException:
        store.close()
        raise
    tallies.keep(store.db)
    emulation = Emulation(
        store=store,
        signer=Signer(store),
        profile=PROFILES[profile],
        time_source=clock or system_time,
        window=SlidingWindow(rate_limit),
        written=list_lag.watch(store.db),
        allows_faults=control_plane,
        fault_token=control_token,
    )
    if hosts is None:
        hosts = Hosts() if control_token is None else ANY_HOST
    return EmulatorApp(emulation, hosts=hosts, control_plane=control_plane, control_token=control_token)


def create_app(
    *,
    data: str | Path | None = None,
    profile: ProfileName = "observed",
    rate_limit: RateLimit | str | None = None,
    seed: int = 0,
    control_plane: bool = True,
    clock: TimeSource | None = None,
    allow_hosts: Iterable[str] = (),
) -> EmulatorApp:
    """Return the emulator as an ASGI application.

    Call `close()` yourself under a server that sends no lifespan events.

    Args:
        data: a file that keeps everything; in memory if None.
        profile: `observed` answers as the live service did, `documented` as the vendor's page describes.
        rate_limit: requests per account and time, for example "780/60"; None for no limit.
        seed: decides everything arbitrary: API keys, codes, links. A data file keeps its first seed.
        control_plane: whether `/_emulator/` is there.
        clock: returns the present moment (aware); the system's if None.
        allow_hosts: names accepted in the Host header beside loopback names and the vendor's of accounts.

    Raises:
        ValueError: `rate_limit` is not of the form N or N/SECONDS, `profile` is unknown, or a name of
            `allow_hosts` is not a host name.
        UnusableDataFile: `data` is not a data file of this emulator, or has another version.
    """
    return build_app(
        data=data,
        profile=profile,
        rate_limit=parse_rate_limit(rate_limit) if isinstance(rate_limit, str) else rate_limit,
        seed=seed,
        control_plane=control_plane,
        clock=clock,
        hosts=Hosts.own_and(allow_hosts),
    )
