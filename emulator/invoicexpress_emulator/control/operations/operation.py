"""Operations of the control plane: their description, their fields and their refusals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from ...api.emulation import Emulation
from ...books.accounts import rows as accounts
from ...books.accounts.account import DEFAULT_ACCOUNT, Account
from ...http.answer import FileAnswer
from ...http.wire_values import JsonValue, parse_id
from ..json_schema import TEXT, Schema, said, with_default

ALL_ACCOUNTS: Final = "*"

ACCOUNT: Final = said(with_default(TEXT, DEFAULT_ACCOUNT), "The account's name, or * for all accounts.")
_PATH_PARAMETER: Final = re.compile(r"\{(\w+)\}")

JsonObject = dict[str, JsonValue]
Run = Callable[[Emulation, JsonObject], tuple[int, JsonValue | FileAnswer]]
"""Takes the fields of a request: its query (GET, DELETE) or body (POST), and its path parameters."""


class ControlOperation(NamedTuple):
    """One method of one path below `/_emulator`. It runs in its own transaction."""

    method: str
    path: str
    run: Run
    summary: str = ""
    """One sentence, for the control plane's own OpenAPI document."""
    sent: Mapping[str, Schema] = MappingProxyType({})
    """JSON Schemas of the fields, by name; `takes_account` adds `account`. A request with any other field, or
    without a `required` one, is refused before `run` is called.
    """
    required: tuple[str, ...] = ()
    answer: Mapping[str, JsonValue] = MappingProxyType({})
    """JSON Schema of the answer about one account."""
    media_type: str = "application/json"
    """Media type of the answer. Anything but JSON is a file."""
    status: int = 200
    """HTTP status of a successful answer."""
    per_account: bool = False
    """Whether the answer to `*` is an object of answers by account name."""
    takes_account: bool = True
    """Whether the operation takes the field `account`."""

    @property
    def in_path(self) -> list[str]:
        """The names of the path's parameters."""
        return _PATH_PARAMETER.findall(self.path)

    @property
    def fields(self) -> dict[str, Schema]:
        """The JSON Schemas of all fields by name, `account` included."""
        common = {"account": ACCOUNT} if self.takes_account else {}
        return {**common, **self.sent}


class ControlError(Exception):
    """The control plane refuses a request, with an HTTP status and a sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def chosen_accounts(emulation: Emulation, sent: Mapping[str, JsonValue]) -> list[Account]:
    """Return the accounts that a request names: one, all (`*`), or the default account.

    Raises:
        ControlError: 404, if the account does not exist.
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
    """Answer with one account's object or, for `*`, with every account's object by name."""
    found = chosen_accounts(emulation, sent)
    if sent.get("account") == ALL_ACCOUNTS:
        return 200, {account.name: shown(account) for account in found}
    return 200, shown(found[0])


def check_names(operation: ControlOperation, sent: Mapping[str, JsonValue]) -> None:
    """Refuse unknown fields and missing required ones.

    Raises:
        ControlError: 422, naming those fields.
    """
    known = operation.fields
    if unknown := [name for name in sent if name not in known]:
        there_are = ", ".join(known) or "nothing"
        raise ControlError(
            422,
            f"{operation.method} {operation.path} does not take {', '.join(unknown)}; it takes {there_are}.",
        )
    if missing := [name for name in operation.required if name not in sent]:
        raise ControlError(422, f"{operation.method} {operation.path} requires {', '.join(missing)}.")


def count(sent: Mapping[str, JsonValue], name: str, smallest: int, largest: int, default: int) -> int:
    """Return a field of a query that is a whole number.

    Raises:
        ControlError: 422, if it is not a whole number from `smallest` to `largest`.
    """
    value = parse_id(sent[name]) if name in sent else default
    if value is None or not smallest <= value <= largest:
        raise ControlError(422, f'"{name}" must be a whole number from {smallest} to {largest}.')
    return value


def flag(sent: Mapping[str, JsonValue], name: str, *, default: bool) -> bool:
    """Return a field that is true or false.

    Raises:
        ControlError: 422, if it is anything else.
    """
    value = sent.get(name, default)
    if not isinstance(value, bool):
        raise ControlError(422, f'"{name}" must be true or false.')
    return value
