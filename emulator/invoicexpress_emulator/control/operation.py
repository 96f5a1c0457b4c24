"""One operation of the control plane, what it is sent, and how it refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from .. import accounts
from ..account import DEFAULT_ACCOUNT, Account
from ..emulation import Emulation
from ..wire_values import JsonValue

ALL_ACCOUNTS: Final = "*"

JsonObject = dict[str, JsonValue]
Run = Callable[[Emulation, JsonObject], tuple[int, JsonValue]]
"""Takes what was sent: the query of a GET or DELETE, the body of a POST, and the path's parameters."""


class ControlOperation(NamedTuple):
    """One method of one path below `/_emulator`; it runs in a transaction of its own."""

    method: str
    path: str
    run: Run
    summary: str = ""
    """One sentence, for the control plane's own OpenAPI document."""
    sent: Mapping[str, JsonValue] = MappingProxyType({})
    """By name, the JSON Schema of what may be sent; `account` need not be told where all take it."""
    required: tuple[str, ...] = ()
    answer: Mapping[str, JsonValue] = MappingProxyType({})
    """JSON Schema of the answer."""


class ControlError(Exception):
    """The request to the control plane is refused."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def chosen_accounts(emulation: Emulation, sent: Mapping[str, JsonValue]) -> list[Account]:
    """Return the accounts that a request is about: one by name, the default one, or all.

    Raises:
        ControlError: 404, there is no such account.
    """
    name = sent.get("account", DEFAULT_ACCOUNT)
    db = emulation.store.db
    if name == ALL_ACCOUNTS:
        return accounts.every(db)
    found = accounts.by_name(db, name) if isinstance(name, str) else None
    if found is None:
        raise ControlError(404, f"There is no account {name!r}.")
    return [found]


def per_account(
    emulation: Emulation, sent: Mapping[str, JsonValue], shown: Callable[[Account], JsonValue]
) -> tuple[int, JsonValue]:
    """Answer with one account's object, or with all of them by name for `*`."""
    found = chosen_accounts(emulation, sent)
    if sent.get("account") == ALL_ACCOUNTS:
        return 200, {account.name: shown(account) for account in found}
    return 200, shown(found[0])


def flag(sent: Mapping[str, JsonValue], name: str, *, default: bool) -> bool:
    """Return a field that is true or false.

    Raises:
        ControlError: 422, it is neither.
    """
    value = sent.get(name, default)
    if not isinstance(value, bool):
        raise ControlError(422, f'"{name}" must be true or false.')
    return value
