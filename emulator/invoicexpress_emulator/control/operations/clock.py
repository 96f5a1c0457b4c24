"""Reads, sets, moves and freezes the clocks of accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ...books.accounts import rows as accounts
from ...books.accounts.settings import BadSetting, seconds_from
from ...http.clock import REAL_TIME
from ..json_schema import FLAG, MOMENT, NUMBER, TEXT, record, said
from .operation import ControlError, ControlOperation, JsonObject, flag, per_account

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...http.clock import AccountClock, TimeSource
    from ...http.wire_values import JsonValue


def _shown(clock: AccountClock, source: TimeSource) -> JsonValue:
    return {"now": clock.now(source).isoformat(), "frozen": clock.frozen_at is not None}


def _read(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return per_account(emulation, sent, lambda account: _shown(account.clock, emulation.time_source))


def _set(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    if not {"reset", "set", "advance", "freeze"} & sent.keys():
        raise ControlError(
            422,
            'Send "set" (ISO time), "advance" (seconds), "freeze" or "reset" (true or false).',
        )

    def changed(account: Account) -> JsonValue:
        clock = _moved(account.clock, sent, emulation.time_source)
        return _shown(accounts.set_clock(emulation.store, account, clock).clock, emulation.time_source)

    return per_account(emulation, sent, changed)


def _moved(clock: AccountClock, sent: JsonObject, source: TimeSource) -> AccountClock:
    try:
        if flag(sent, "reset", default=False):
            clock = REAL_TIME
        if "freeze" in sent:
            clock = clock.frozen(flag(sent, "freeze", default=False), source)
        if "set" in sent:
            clock = clock.moved_to(_moment(sent["set"]), source)
        if "advance" in sent:
            clock = clock.advanced(timedelta(seconds=seconds_from(sent["advance"], "advance")))
        clock.now(source)
    except BadSetting as error:
        raise ControlError(422, str(error)) from None
    except (ValueError, OverflowError) as error:
        raise ControlError(422, f"The clock cannot show that time: {error}.") from None
    return clock


def _moment(sent: JsonValue) -> datetime:
    if not isinstance(sent, str):
        raise ValueError("it must be text")
    return datetime.fromisoformat(sent)


_CLOCK: Final = record(
    "Clock", {"now": said(MOMENT, "Europe/Lisbon."), "frozen": said(FLAG, "Whether the clock is frozen.")}
)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/clock",
        _read,
        summary="Returns an account's time.",
        answer=_CLOCK,
        per_account=True,
    ),
    ControlOperation(
        "POST",
        "/clock",
        _set,
        summary="Resets an account's clock, then freezes it or lets it run, then sets it, then advances it.",
        sent={
            "reset": said(FLAG, "Show the real time again, and run."),
            "freeze": FLAG,
            "set": said(TEXT, "ISO 8601; Europe/Lisbon if it has no zone. A frozen clock stays frozen."),
            "advance": said(NUMBER, "Seconds; a negative number goes back."),
        },
        answer=_CLOCK,
        per_account=True,
    ),
)
