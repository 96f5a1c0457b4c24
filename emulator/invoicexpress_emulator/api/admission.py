"""The steps between a request's arrival and its rule, in the order in which the gateway takes them.

Each step returns what it found, or raises; `refusals` has the answer to each exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..books.accounts import rows as accounts
from ..books.call import Call
from ..faults.crashes import Crashed
from ..faults.effects import FAULT_HEADER, BadFault, effect_from
from ..http import control_token, messages
from ..http.errors import Missing, NotFound, Refused, Shape, invalid
from . import remarks, unknown_fields
from .json_body import is_double_encoded, parse_body, parse_json
from .operation_ids import names_of
from .routes import STATE_PATH

if TYPE_CHECKING:
    from ..books.accounts.account import Account
    from ..faults.effects import Effect
    from ..http.wire_values import JsonValue
    from .emulation import Emulation
    from .exchange import Exchange
    from .routes import Operation


def find_account(exchange: Exchange) -> Account:
    """Return the account whose key is in the query; a key in a header counts for nothing."""
    host = exchange.headers.get("host", "")
    key = exchange.query.one("api_key") or ""
    emulation = exchange.emulation
    active = emulation.by_key.get(key, lambda: accounts.active_of_key(emulation.store.db, key))
    account = accounts.agreeing(active, host)
    if account is None:
        raise Refused(401, Shape.GENERAL, messages.INVALID_API_KEY.about())
    exchange.entry.account = account.name
    exchange.account = account
    return account


def find_operation(exchange: Exchange, operations: Mapping[str, Operation]) -> Operation:
    """Return the one of a path's operations, given by method, that the request is for."""
    method = exchange.method
    operation = operations.get("GET" if method == "HEAD" else method)
    if operation is None and method == "POST":
        operation = _posted_change(exchange, operations)
    if operation is not None:
        exchange.entry.operation = operation.id
        return operation
    if _is_page_live(exchange, operations):
        raise NotFound(Missing.CLIENT_OF_INVOICES)
    complaint = messages.METHOD_NOT_ALLOWED.about(method=method)
    raise Refused(405, Shape.GENERAL, complaint, headers={"Allow": ", ".join(sorted(operations))})


def _posted_change(exchange: Exchange, operations: Mapping[str, Operation]) -> Operation | None:
    """Return the change of state that a POST asks for, in accounts that accept it."""
    changed = operations.get("PUT")
    is_accepted = exchange.account is not None and exchange.account.settings.post_change_state == "accept"
    return changed if is_accepted and changed is not None and changed.path.endswith(STATE_PATH) else None


def _is_page_live(exchange: Exchange, operations: Mapping[str, Operation]) -> bool:
    """Whether the live service answers an HTML page here: a GET for a client's documents
    (recorded 2019).
    """
    is_read = exchange.method in {"GET", "HEAD"}
    ids = {operation.id for operation in operations.values()}
    return is_read and ids == {"listClientInvoices"} and exchange.emulation.profile.wrong_verb_is_page


def keep_pace(emulation: Emulation, account: Account) -> None:
    """Count the request; refuse it with 429 when the account has used up its rate."""
    wait = emulation.window.wait_for(account.id)
    if wait is not None:
        headers = {"Retry-After": str(wait)} if account.settings.retry_after else {}
        raise Refused(429, Shape.GENERAL, messages.TOO_MANY_REQUESTS.about(), headers=headers)


def read_json(exchange: Exchange, operation: Operation) -> JsonValue:
    """Return the JSON of the body; None for a GET, whose body is ignored."""
    if operation.method == "GET":
        return None
    body = parse_body(exchange.entry.body, exchange.headers.get("content-type", ""))
    if exchange.emulation.profile.fails_on_double_encoding and is_double_encoded(body):
        raise Crashed
    return body


def check_fields(exchange: Exchange, account: Account, operation: Operation, body: JsonValue) -> None:
    """Note unknown fields of a body, and remarks on it, in the log; refuse unknown fields with 422 where the
    account's settings do.
    """
    exchange.entry.remarks = remarks.of(operation.id, body)
    unknown = exchange.entry.unknown_fields = unknown_fields.of(operation.id, body)
    if unknown and account.settings.unknown_fields == "refuse":
        raise invalid(Shape.GENERAL, *(messages.UNKNOWN_FIELD.about(field=name) for name in unknown))


def open_call(exchange: Exchange, account: Account, body: JsonValue) -> Call:
    """Return the request in the form that rules take."""
    emulation = exchange.emulation
    return Call(
        account=account,
        store=emulation.store,
        signer=emulation.signer,
        profile=emulation.profile,
        now=account.clock.now(emulation.time_source),
        base_url=exchange.entry.base_url,
        path=exchange.path,
        query=exchange.query,
        body=body,
    )


def choose_fault(exchange: Exchange, account: Account, operation: Operation) -> Effect | None:
    """Return the fault that hits the request: the one in its header, else the first registered one."""
    emulation, headers = exchange.emulation, exchange.headers
    asked = headers.get(FAULT_HEADER)
    if asked is None or not emulation.allows_faults:
        return emulation.faults.effect_on(account.name, names_of(operation))
    if not control_token.is_shown(headers, emulation.fault_token):
        raise BadFault(f"{FAULT_HEADER} needs the header {control_token.TOKEN_HEADER} as well.")
    try:
        return effect_from(parse_json(asked.encode("latin-1")))
    except ValueError as error:
        raise BadFault(f"{FAULT_HEADER}: {error}") from None
