"""Accounts: made, listed, emptied."""

from __future__ import annotations

from typing import Final

from .. import accounts, settings
from ..emulation import Emulation
from ..settings import BadSetting, Settings
from ..wire_values import JsonValue
from .operation import ALL_ACCOUNTS, ControlError, ControlOperation, JsonObject, chosen_accounts, flag

_AT_BIRTH: Final = ("country", "language")
"""Settings that an account is made with: they decide its taxes, and a reset returns to them."""


def _list(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    shown: list[JsonValue] = [
        {
            "id": account.id,
            "name": account.name,
            "state": account.state,
            "trial": account.trial,
            "partner": account.partner,
        }
        for account in accounts.every(emulation.store.db)
    ]
    return 200, {"accounts": shown}


def _create(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    name, key = sent.get("name"), sent.get("api_key")
    if not isinstance(name, str) or not isinstance(key, str | None):
        raise ControlError(422, '"name" must be text, and so must "api_key" if it is there.')
    trial, partner = flag(sent, "trial", default=False), flag(sent, "partner", default=True)
    try:
        born = settings.changed(Settings(), {each: sent[each] for each in _AT_BIRTH if each in sent})
        account = accounts.create(
            emulation.store,
            name,
            key,
            trial=trial,
            partner=partner,
            country=born.country,
            language=born.language,
        )
    except BadSetting as error:
        raise ControlError(422, str(error)) from None
    except ValueError as error:
        raise ControlError(422, f"{error}.") from None
    return 201, {"id": account.id, "name": account.name, "api_key": account.api_key}


def _reset(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    found = chosen_accounts(emulation, sent)
    for account in found:
        accounts.reset(emulation.store, account)
        emulation.forget(account)
    if sent.get("account") == ALL_ACCOUNTS:
        emulation.faults.clear(None)
    return 200, {"reset": [account.name for account in found]}


OPERATIONS: Final = (
    ControlOperation("GET", "/accounts", _list),
    ControlOperation("POST", "/accounts", _create),
    ControlOperation("POST", "/reset", _reset),
)
