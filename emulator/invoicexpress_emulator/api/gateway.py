"""From HTTP to a rule and back.

Rules run synchronously on the event loop, each inside one transaction, so no two requests ever
interleave; reading the body is the only part that waits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.responses import JSONResponse

from ..books.accounts import rows as accounts
from ..books.documents.api import proprietary_uid
from ..faults.delivery import deliver
from ..faults.late_writes import LateWrite
from ..fiscal.document_types import FAMILIES
from .admission import (
    check_fields,
    choose_fault,
    find_account,
    find_operation,
    keep_pace,
    open_call,
    read_json,
)
from .json_body import read_body
from .refusals import answer_to

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from ..books.call import Call
    from ..http.answer import Answer
    from .emulation import Emulation
    from .exchange import Exchange
    from .routes import Operation

_IDEMPOTENT_CREATES: Final = frozenset(
    f"create{family.noun}" for family in FAMILIES if family.idempotent_create
)


class Gateway:
    """All operations of one path."""

    def __init__(self, emulation: Emulation, operations: Mapping[str, Operation]) -> None:
        self._emulation = emulation
        self._operations = operations

    async def answer(self, exchange: Exchange) -> None:
        """Answer one request."""
        try:
            exchange.entry.body = await read_body(exchange.receive, exchange.headers)
            self._emulation.carry_out_due()
            account = find_account(exchange)
            operation = find_operation(exchange, self._operations)
            keep_pace(self._emulation, account)
            body = read_json(exchange, operation)
            check_fields(exchange, account, operation, body)
            call = open_call(exchange, account, body)
            effect = choose_fault(exchange, account, operation)
        except Exception as error:
            await exchange.respond(answer_to(error, exchange, exchange.account))
            return
        if effect is None:
            await exchange.respond(carry_out(exchange, operation, call))
        else:
            faulty = FaultyExchange(exchange, operation, call)
            await deliver(effect, faulty, exchange.scope, exchange.receive, exchange.send)


def carry_out(exchange: Exchange, operation: Operation, call: Call) -> Answer:
    """Run the rule in a transaction of its own; an exception undoes it, and has an answer too."""
    emulation = exchange.emulation
    call.uids_in_progress = emulation.late.uids_in_progress(call.account.id)
    try:
        with (
            emulation.store.transaction(),
            emulation.written.during(call.now, call.account.settings.list_lag),
        ):
            return operation.rule(call)
    except Exception as error:
        return answer_to(error, exchange, call.account)


class FaultyExchange(NamedTuple):
    """An admitted request that a fault hits; `faults.delivery` decides when it is carried out."""

    exchange: Exchange
    operation: Operation
    call: Call

    async def respond(self, answer: Answer, send: Send | None = None) -> None:
        """Send an answer."""
        await self.exchange.respond(answer, send)

    def carry_out(self) -> Answer:
        """Run the rule with the account and the time of this moment, which may be later than its arrival."""
        account = accounts.by_id(self.call.db, self.call.account.id)
        now = account.clock.now(self.exchange.emulation.time_source)
        return carry_out(self.exchange, self.operation, replace(self.call, account=account, now=now))

    def put_off(self, seconds: float, work: Callable[[], None], *, caller_waits: bool) -> None:
        """Do `work` in `seconds` of real time, or as soon as the account's clock is moved past them."""
        late = LateWrite(
            account_id=self.call.account.id,
            uid=proprietary_uid(self.call.body) if self.operation.id in _IDEMPOTENT_CREATES else None,
            # In UTC: the hours of Lisbon are not all of one length.
            due=self.call.now.astimezone(UTC) + timedelta(seconds=seconds),
            caller_waits=caller_waits,
            carry_out=work,
        )
        self.exchange.emulation.late.put_off(late, seconds)


async def not_emulated(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer 501: the emulator does not have this path."""
    sentence = f"{scope['method']} {scope['path']} is not emulated."
    await JSONResponse({"error": sentence}, 501)(scope, receive, send)
