"""Faults: registered, listed with what they did, cleared."""

from __future__ import annotations

from typing import Final

from ..account import DEFAULT_ACCOUNT
from ..emulation import Emulation
from ..faults import EVERY_OPERATION, BadFault
from ..operation_ids import every_name
from ..routes import OPERATIONS as SERVICE_OPERATIONS
from ..wire_values import JsonValue, parse_id
from .operation import ALL_ACCOUNTS, ControlError, ControlOperation, JsonObject, chosen_accounts


def _create(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    chosen_accounts(emulation, sent)
    operation, known = sent.get("operation"), every_name(SERVICE_OPERATIONS)
    if operation != EVERY_OPERATION and operation not in known:
        raise ControlError(400, f"There is no operation {operation!r}; there are: *, {', '.join(known)}.")
    try:
        fault = emulation.faults.add(str(sent.get("account", DEFAULT_ACCOUNT)), sent)
    except BadFault as error:
        raise ControlError(422, str(error)) from None
    return 201, {"id": fault.id}


def _list(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    shown: list[JsonValue] = [
        fault.shown() for fault in emulation.faults.of_account(_named_account(emulation, sent))
    ]
    return 200, {"faults": shown}


def _clear(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    if "id" not in sent:
        return 200, {"cleared": emulation.faults.clear(_named_account(emulation, sent))}
    fault_id = parse_id(sent["id"])
    if fault_id is None or not emulation.faults.remove(fault_id):
        raise ControlError(404, f"There is no fault {sent['id']!r}.")
    return 200, {"cleared": 1}


def _named_account(emulation: Emulation, sent: JsonObject) -> str | None:
    """Return the account that is named; unlike elsewhere, none means all: no fault may hide."""
    if sent.get("account", ALL_ACCOUNTS) == ALL_ACCOUNTS:
        return None
    return chosen_accounts(emulation, sent)[0].name


OPERATIONS: Final = (
    ControlOperation("GET", "/faults", _list),
    ControlOperation("POST", "/faults", _create),
    ControlOperation("DELETE", "/faults", _clear),
    ControlOperation("DELETE", "/faults/{id}", _clear),
)
