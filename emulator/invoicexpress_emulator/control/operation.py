"""One operation of the control plane, what it is sent, and how it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from .. import accounts
from ..account import DEFAULT_ACCOUNT, Account
from ..answer import FileAnswer
from ..emulation import Emulation
from ..wire_values import JsonValue, parse_id
from .json_schema import TEXT, Schema, said, with_default

ALL_ACCOUNTS: Final = "*"

ACCOUNT: Final = said(with_default(TEXT, DEFAULT_ACCOUNT), "The name of an account; * for all of them.")
_PATH_PARAMETER: Final = re.compile(r"\{(\w+)\}")

JsonObject = dict[str, JsonValue]
Run = Callable[[Emulation, JsonObject], tuple[int, JsonValue | FileAnswer]]
"""Takes what was sent: the query of a GET or DELETE, the body of a POST, and the path's parameters."""


class ControlOperation(NamedTuple):
    """One method of one path below `/_emulator`; it runs in a transaction of its own."""

    method: str
    path: str
    run: Run
    summary: str = ""
    """One sentence, for the control plane's own OpenAPI document."""
    sent: Mapping[str, Schema] = MappingProxyType({})
    """By name, the JSON Schema of what may be sent; `account` need not be told where all take it.
    Anything else is refused before `run` is called, and so is a request without what is `required`.
    """
    required: tuple[str, ...] = ()
    answer: Mapping[str, JsonValue] = MappingProxyType({})
    """JSON Schema of the answer, for one account."""
    media_type: str = "application/json"
    """Of the answer; what is not JSON is a file."""
    status: int = 200
    """What a request that is carried out is answered with."""
    per_account: bool = False
    """Whether `*` is answered with an object of such answers, by the accounts' names."""
    takes_account: bool = True
    """Whether `account` may be sent."""

    @property
    def in_path(self) -> list[str]:
        """The names of the path's parameters."""
        return _PATH_PARAMETER.findall(self.path)

    @property
    def fields(self) -> dict[str, Schema]:
        """By name, the JSON Schema of everything that may be sent, `account` included."""
        common = {"account": ACCOUNT} if self.takes_account else {}
        return {**common, **self.sent}


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


def check_names(operation: ControlOperation, sent: Mapping[str, JsonValue]) -> None:
    """Refuse a request that says what the operation does not know, or leaves out what it needs.

    Raises:
        ControlError: 422, with a sentence that names both.
    """
    known = operation.fields
    if unknown := [name for name in sent if name not in known]:
        there_are = ", ".join(known) or "nothing"
        raise ControlError(
            422, f"{operation.method} {operation.path} takes no {', '.join(unknown)}; it takes {there_are}."
        )
    if missing := [name for name in operation.required if name not in sent]:
        raise ControlError(422, f"{operation.method} {operation.path} wants {', '.join(missing)}.")


def count(sent: Mapping[str, JsonValue], name: str, smallest: int, largest: int, default: int) -> int:
    """Return a whole number of a query.

    Raises:
        ControlError: 422, it is none, or out of these bounds.
    """
    value = parse_id(sent[name]) if name in sent else default
    if value is None or not smallest <= value <= largest:
        raise ControlError(422, f'"{name}" must be a whole number from {smallest} to {largest}.')
    return value


def flag(sent: Mapping[str, JsonValue], name: str, *, default: bool) -> bool:
    """Return a field that is true or false.

    Raises:
        ControlError: 422, it is neither.
    """
    value = sent.get(name, default)
    if not isinstance(value, bool):
        raise ControlError(422, f'"{name}" must be true or false.')
    return value
