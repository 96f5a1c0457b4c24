"""Reads and changes the settings of accounts; `settings` defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...books.accounts import rows as accounts
from ...books.accounts import settings
from ...books.accounts.settings import BadSetting
from ...output.downloads import CANNOT_SEAL, can_seal
from ..json_schema import Schema, record
from .operation import ControlError, ControlOperation, JsonObject, per_account

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...http.wire_values import JsonValue


def _read(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return per_account(emulation, sent, lambda account: settings.as_json(account.settings))


def _set(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    wanted = {name: value for name, value in sent.items() if name != "account"}

    def changed(account: Account) -> JsonValue:
        try:
            chosen = settings.changed(account.settings, wanted)
        except BadSetting as error:
            raise ControlError(422, str(error)) from None
        if chosen.pdf_seal and not can_seal():
            raise ControlError(422, CANNOT_SEAL)
        accounts.set_settings(emulation.store, account, chosen)
        return settings.as_json(chosen)

    return per_account(emulation, sent, changed)


_KINDS: Final[dict[str, Schema]] = {name: dict(kind.schema) for name, kind in settings.KINDS.items()}
_SETTINGS: Final = record("Settings", _KINDS)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/config",
        _read,
        summary="Returns an account's settings.",
        answer=_SETTINGS,
        per_account=True,
    ),
    ControlOperation(
        "POST",
        "/config",
        _set,
        summary="Changes the given settings, and returns all of them.",
        sent=_KINDS,
        answer=_SETTINGS,
        per_account=True,
    ),
)
