"""Creates, lists and resets accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, get_args

from ...books.accounts import rows as accounts
from ...books.accounts import settings
from ...books.accounts.account import ACCOUNT_NAME, AccountState
from ...books.accounts.settings import BadSetting, Settings
from ..json_schema import FLAG, TEXT, WHOLE, list_of, one_of, record, said, with_default
from .operation import (
    ALL_ACCOUNTS,
    ControlError,
    ControlOperation,
    JsonObject,
    chosen_accounts,
    flag,
    per_account,
)

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...http.wire_values import JsonValue

_AT_BIRTH: Final = ("country", "language")
"""Settings chosen when an account is created: they determine its taxes, and a reset restores them."""


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


def _key(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return per_account(emulation, sent, lambda account: {"api_key": account.api_key})


def _create(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    name, key = sent.get("name"), sent.get("api_key")
    if not isinstance(name, str) or not isinstance(key, str | None):
        raise ControlError(422, '"name" must be text, and so must "api_key" if it is given.')
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


_NAME: Final = {**TEXT, "pattern": f"^{ACCOUNT_NAME.pattern}$"}
_TRIAL: Final = said(FLAG, "A trial account cannot send e-mail, export SAF-T or reach the tax authority.")
_PARTNER: Final = said(FLAG, "Whether its key may create accounts.")

_ACCOUNT: Final = record(
    "Account",
    {
        "id": WHOLE,
        "name": _NAME,
        "state": one_of(*get_args(AccountState)),
        "trial": _TRIAL,
        "partner": _PARTNER,
    },
)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/accounts",
        _list,
        summary="Lists the accounts, oldest first, without their keys.",
        answer=record("Accounts", {"accounts": list_of(_ACCOUNT)}),
        takes_account=False,
    ),
    ControlOperation(
        "POST",
        "/accounts",
        _create,
        summary="Creates an account with the default taxes and one registered series.",
        sent={
            "name": _NAME,
            "api_key": {
                "type": ["string", "null"],
                "pattern": r"\S",
                "description": "Derived from the seed and the name if left out.",
            },
            "trial": with_default(_TRIAL, False),
            "partner": with_default(_PARTNER, True),
            **{name: dict(settings.KINDS[name].schema) for name in _AT_BIRTH},
        },
        required=("name",),
        answer=record("NewAccount", {"id": WHOLE, "name": _NAME, "api_key": TEXT}),
        status=201,
        takes_account=False,
    ),
    ControlOperation(
        "GET",
        "/key",
        _key,
        summary="Returns an account's API key.",
        answer=record("Key", {"api_key": TEXT}),
        per_account=True,
    ),
    ControlOperation(
        "POST",
        "/reset",
        _reset,
        summary="Empties an account. It keeps its name, key and kind.",
        answer=record("Reset", {"reset": said(list_of(_NAME), "The names of the emptied accounts.")}),
    ),
)
