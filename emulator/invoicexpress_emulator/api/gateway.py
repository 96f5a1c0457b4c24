"""From HTTP to a rule and back: body, key, rate, transaction, answer.

Rules run synchronously on the event loop, each inside one transaction, so no two requests ever
interleave; reading the body is the only part that waits.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NoReturn, cast
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from ..books.accounts import rows as accounts
from ..books.accounts.hosts import is_no_site
from ..books.accounts.settings import Settings
from ..books.call import Call
from ..books.documents.api import proprietary_uid
from ..faults.crashes import CRASH, Crashed
from ..faults.delivery import deliver
from ..faults.effects import FAULT_HEADER, HTML_TYPE, BadFault, Effect, effect_from, html_page
from ..faults.late_writes import LateWrite
from ..fiscal.document_types import FAMILIES
from ..http import control_token, messages
from ..http.answer import Answer, json_answer
from ..http.errors import Missing, NotFound, Refused, Shape, invalid
from ..http.query import Query
from ..http.request_log import LogEntry
from ..http.wire_values import JsonValue
from ..storage.store import StorageFailed
from . import unknown_fields
from .operation_ids import names_of

if TYPE_CHECKING:
    from ..books.accounts.account import Account
    from .emulation import Emulation
    from .routes import Operation

BODY_LIMIT: Final = 2 * 1024 * 1024
"""Bytes of a request body; the service's own limit is not known (assumed)."""

_JSON_TYPE: Final = re.compile(r"(application|text)/([\w.+-]+\+)?json", re.IGNORECASE)
_HOST: Final = re.compile(r"[A-Za-z0-9._-]+(:\d+)?|\[[0-9a-fA-F:.]+\](:\d+)?")
_ESCAPED_SURROGATE: Final = re.compile(rb"\\u[dD][89abABcCdDeEfF]")

_log: Final = logging.getLogger("invoicexpress_emulator")


class NoSite(Exception):
    """The Host is one of the vendor's under which there is nothing; its edge answers."""


class BodyTooLarge(Exception):
    """The client sends more than any request needs."""


async def read_body(receive: Receive, limit: int = BODY_LIMIT) -> bytes:
    """Return the request's body.

    Raises:
        BodyTooLarge: it has more than `limit` bytes.
    """
    chunks: list[bytes] = []
    size = 0
    while True:
        event = await receive()
        if event["type"] != "http.request":
            return b""
        chunk = cast(bytes, event.get("body", b""))
        size += len(chunk)
        if size > limit:
            raise BodyTooLarge
        chunks.append(chunk)
        if not event.get("more_body", False):
            return b"".join(chunks)


def parse_json(body: bytes) -> JsonValue:
    """Return what a JSON body says; numbers with a fraction become Decimal.

    Raises:
        ValueError: it is not JSON, is nested too deeply, or has text that is no Unicode.
    """
    try:
        text = body.decode("utf-8")
        value = json.loads(text, parse_float=_parse_float, parse_constant=_refuse_constant)
        if _ESCAPED_SURROGATE.search(body):
            json.dumps(value, ensure_ascii=False, default=str).encode("utf-8")
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    return cast(JsonValue, value)


def _parse_float(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("a number is out of range") from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def base_url_of(scope: Scope) -> str:
    """Return the address under which the caller reached the emulator, for links in answers."""
    host = Headers(scope=scope).get("host", "")
    if not _HOST.fullmatch(host):
        server = scope.get("server") or ("localhost", None)
        host = server[0] if server[1] is None else f"{server[0]}:{server[1]}"
    return f"{scope['scheme']}://{host}"


def carry_out_due(emulation: Emulation) -> None:
    """Carry out the late writes that an account's clock has been moved past."""

    def now_of(account_id: int) -> datetime:
        return accounts.by_id(emulation.store.db, account_id).clock.now(emulation.time_source)

    emulation.late.carry_out_due(now_of)


def log_entry_of(scope: Scope) -> LogEntry:
    """Return the log entry that the application opened for this request."""
    return cast(LogEntry, scope["emulator.log_entry"])


_IDEMPOTENT_CREATES: Final = frozenset(
    f"create{family.noun}" for family in FAMILIES if family.idempotent_create
)


class Gateway:
    """All operations of one path, as an ASGI application."""

    def __init__(self, emulation: Emulation, operations: Mapping[str, Operation]) -> None:
        self._emulation = emulation
        self._operations = operations
        self._names = {operation.id: names_of(operation) for operation in operations.values()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        entry = log_entry_of(scope)
        account: Account | None = None

        async def respond(answer: Answer, send: Send) -> None:
            if account is not None and account.settings.rate_limit_headers:
                left = self._emulation.window.headers(account.id)
                answer = replace(answer, headers={**left, **answer.headers})
            await _respond(answer, scope, receive, send)

        try:
            entry.body = await read_body(receive)
            carry_out_due(self._emulation)
            account = self._caller(scope, entry)
            operation, call = self._admit(account, scope, entry)
            effect = self._effect_on(Headers(scope=scope), operation, call)
        except Exception as error:
            await respond(self._refusal(error, entry, account), send)
            return
        if effect is None:
            await respond(self._carry_out(operation, call, entry), send)
            return

        def carry_out() -> Answer:
            account = accounts.by_id(call.db, call.account.id)
            now = account.clock.now(self._emulation.time_source)
            return self._carry_out(operation, replace(call, account=account, now=now), entry)

        def put_off(seconds: float, work: Callable[[], None], is_heard: bool) -> None:
            late = LateWrite(
                account_id=call.account.id,
                uid=proprietary_uid(call.body) if operation.id in _IDEMPOTENT_CREATES else None,
                # In UTC: hours of Lisbon are not all of one length.
                due=call.now.astimezone(UTC) + timedelta(seconds=seconds),
                is_heard=is_heard,
                carry_out=work,
            )
            self._emulation.late.put_off(late, seconds)

        await deliver(
            effect,
            carry_out=carry_out,
            put_off=put_off,
            respond=respond,
            scope=scope,
            receive=receive,
            send=send,
        )

    def _caller(self, scope: Scope, entry: LogEntry) -> Account:
        """Find out who calls: by the key in the query, whatever other header carries it too."""
        host = Headers(scope=scope).get("host", "")
        if is_no_site(host):
            raise NoSite
        key = _query(scope).one("api_key") or ""
        account = accounts.by_key(self._emulation.store.db, key, host)
        if account is None:
            raise Refused(401, Shape.GENERAL, messages.INVALID_API_KEY.about())
        entry.account = account.name
        return account

    def _admit(self, account: Account, scope: Scope, entry: LogEntry) -> tuple[Operation, Call]:
        """Find out what is wanted; count the request."""
        emulation = self._emulation
        operation = self._operation(scope["method"])
        entry.operation = operation.id
        self._pace(account)
        body: JsonValue = None
        if operation.method != "GET":
            body = _parsed(entry.body, Headers(scope=scope).get("content-type", ""))
            if emulation.profile.fails_on_double_encoding and _is_double_encoded(body):
                raise Crashed
            entry.unknown_fields = unknown_fields.of(operation.id, body)
            if entry.unknown_fields and account.settings.unknown_fields == "refuse":
                complaints = [messages.UNKNOWN_FIELD.about(field=name) for name in entry.unknown_fields]
                raise invalid(Shape.GENERAL, *complaints)
        return operation, Call(
            account=account,
            store=emulation.store,
            signer=emulation.signer,
            profile=emulation.profile,
            now=account.clock.now(emulation.time_source),
            base_url=base_url_of(scope),
            path=scope["path_params"],
            query=_query(scope),
            body=body,
        )

    def _effect_on(self, headers: Headers, operation: Operation, call: Call) -> Effect | None:
        """Return the fault that hits a request: the one that it asks for, or the first registered one."""
        emulation = self._emulation
        asked = headers.get(FAULT_HEADER)
        if asked is None or not emulation.allows_faults:
            return emulation.faults.effect_on(call.account.name, self._names[operation.id])
        if not control_token.is_shown(headers, emulation.fault_token):
            raise BadFault(f"{FAULT_HEADER} wants {control_token.TOKEN_HEADER} beside it.")
        try:
            return effect_from(parse_json(asked.encode("latin-1")))
        except ValueError as error:
            raise BadFault(f"{FAULT_HEADER}: {error}") from None

    def _carry_out(self, operation: Operation, call: Call, entry: LogEntry) -> Answer:
        """Run a rule in a transaction of its own."""
        emulation = self._emulation
        call.uids_in_progress = emulation.late.uids_in_progress(call.account.id)
        try:
            with (
                emulation.store.transaction(),
                emulation.written.during(call.now, call.account.settings.list_lag),
            ):
                return operation.rule(call)
        except Exception as error:
            return self._refusal(error, entry, call.account)

    def _refusal(self, error: Exception, entry: LogEntry, account: Account | None) -> Answer:
        """Return what an exception is answered with; nobody's language is the default."""
        profile = self._emulation.profile
        language = (account.settings if account else Settings()).language
        match error:
            case Refused():
                answer = profile.error(error.status, error.shape, error.complaints, language)
                return replace(answer, headers=error.headers)
            case NotFound():
                return profile.missing[error.missing]
            case BodyTooLarge():
                entry.body_size = BODY_LIMIT + 1
                complaint = messages.BODY_TOO_LARGE.about(limit=BODY_LIMIT)
                return profile.error(413, Shape.GENERAL, [complaint], language)
            case Crashed():
                return CRASH
            case NoSite():
                return Answer(530, html_page(530), HTML_TYPE)
            case BadFault():
                return json_answer({"error": str(error)}, 400)
            case StorageFailed():
                _log.error("%s %s: %s", entry.method, entry.path, error)
                return json_answer({"error": str(error)}, 500)
            case _:
                _log.error("%s %s failed", entry.method, entry.path, exc_info=error)
                return json_answer({"error": "The emulator failed; its log says why."}, 500)

    def _operation(self, method: str) -> Operation:
        operation = self._operations.get("GET" if method == "HEAD" else method)
        if operation is None and self._is_page_live(method):
            raise NotFound(Missing.CLIENT_OF_INVOICES)
        if operation is None:
            raise Refused(
                405,
                Shape.GENERAL,
                messages.METHOD_NOT_ALLOWED.about(method=method),
                headers={"Allow": ", ".join(sorted(self._operations))},
            )
        return operation

    def _is_page_live(self, method: str) -> bool:
        """Whether the live service has a page here: a client's documents, when they are asked for with GET
        (zoran759 2019).
        """
        ids = {operation.id for operation in self._operations.values()}
        is_read = method in {"GET", "HEAD"}
        return is_read and ids == {"listClientInvoices"} and self._emulation.profile.wrong_verb_is_page

    def _pace(self, account: Account) -> None:
        wait = self._emulation.window.wait_for(account.id)
        if wait is not None:
            headers = {"Retry-After": str(wait)} if account.settings.retry_after else {}
            raise Refused(429, Shape.GENERAL, messages.TOO_MANY_REQUESTS.about(), headers=headers)


def _query(scope: Scope) -> Query:
    return Query(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True))


def _is_double_encoded(body: JsonValue) -> bool:
    """Whether a body is a JSON text that holds JSON again."""
    if not isinstance(body, str):
        return False
    try:
        return isinstance(parse_json(body.encode()), dict | list)
    except ValueError:
        return False


def _parsed(body: bytes, content_type: str) -> JsonValue:
    if not body.strip():
        return None
    if not _JSON_TYPE.fullmatch(content_type.partition(";")[0].strip()):
        raise Refused(422, Shape.GENERAL, messages.NOT_JSON.about())
    try:
        return parse_json(body)
    except ValueError as error:
        raise Refused(400, Shape.GENERAL, messages.MALFORMED_JSON.about(reason=error)) from None


async def not_emulated(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 501: there is no such path here."""
    sentence = f"{scope['method']} {scope['path']} is not emulated."
    await JSONResponse({"error": sentence}, 501)(scope, receive, send)


async def _respond(answer: Answer, scope: Scope, receive: Receive, send: Send) -> None:
    """Send an answer with the headers of the live service (observed: transport)."""
    headers = {"Status": str(answer.status), **answer.headers}
    if scope["method"] in {"GET", "HEAD"} and answer.status == 200:
        headers["Cache-Control"] = "private, max-age=0, must-revalidate"
        headers["Etag"] = f'"{hashlib.md5(answer.body, usedforsecurity=False).hexdigest()}"'
    else:
        headers["Cache-Control"] = "no-cache"
    headers["Content-Type"] = answer.media_type
    await Response(answer.body, answer.status, headers)(scope, receive, send)
