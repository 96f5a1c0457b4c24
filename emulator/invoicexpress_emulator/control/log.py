"""What was asked and answered, and the e-mail that would have been sent."""

from __future__ import annotations

from typing import Final

from ..account import DEFAULT_ACCOUNT
from ..emulation import Emulation
from ..outbox import sent_messages
from ..wire_values import JsonValue
from .operation import ALL_ACCOUNTS, ControlOperation, JsonObject, chosen_accounts, per_account


def _requests(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    chosen_accounts(emulation, sent)
    name = sent.get("account", DEFAULT_ACCOUNT)
    shown: list[JsonValue] = list(emulation.log.of_account(None if name == ALL_ACCOUNTS else str(name)))
    return 200, {"requests": shown}


def _outbox(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    db = emulation.store.db
    return per_account(emulation, sent, lambda account: {"messages": sent_messages(db, account.id)})


OPERATIONS: Final = (
    ControlOperation("GET", "/requests", _requests),
    ControlOperation("GET", "/outbox", _outbox),
)
