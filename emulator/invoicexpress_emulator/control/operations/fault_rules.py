"""Registers, lists and clears faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...api.operation_ids import every_name
from ...api.routes import OPERATIONS as SERVICE_OPERATIONS
from ...books.accounts.account import DEFAULT_ACCOUNT
from ...faults.effects import EVERY_OPERATION, LARGEST_COUNT, LONGEST_WAIT, BadFault
from ...http.wire_values import JsonValue, parse_id
from ..json_schema import (
    FLAG,
    TEXT,
    WHOLE,
    Schema,
    at_least,
    list_of,
    one_of,
    or_null,
    record,
    said,
    whole,
    with_default,
)
from .operation import ACCOUNT, ALL_ACCOUNTS, ControlError, ControlOperation, JsonObject, chosen_accounts

if TYPE_CHECKING:
    from ...api.emulation import Emulation

OPERATION_NAMES: Final = every_name(SERVICE_OPERATIONS)


def _create(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    chosen_accounts(emulation, sent)
    check_operation(sent.get("operation"))
    try:
        fault = emulation.faults.add(str(sent.get("account", DEFAULT_ACCOUNT)), sent)
    except BadFault as error:
        raise ControlError(422, str(error)) from None
    return 201, {"id": fault.id}


def check_operation(name: JsonValue) -> None:
    """Refuse a name that is neither `*` nor an operation of the service.

    Raises:
        ControlError: 400, with the valid name that is most like it.
    """
    if name == EVERY_OPERATION or name in OPERATION_NAMES:
        return
    from difflib import get_close_matches  # noqa: PLC0415 - startup does not need it

    in_lower_case = {each.lower(): each for each in OPERATION_NAMES}
    like = get_close_matches(str(name).lower(), in_lower_case, n=1)
    hint = f" Did you mean {in_lower_case[like[0]]}?" if like else ""
    raise ControlError(
        400, f"There is no operation {name!r}.{hint} /_emulator/openapi.json lists all, and * is any."
    )


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
    """Return the account's name, or None for all. Here the default is all, so that no fault stays hidden."""
    if sent.get("account", ALL_ACCOUNTS) == ALL_ACCOUNTS:
        return None
    return chosen_accounts(emulation, sent)[0].name


_SECONDS: Final[Schema] = {"type": "number", "minimum": 0, "maximum": LONGEST_WAIT}
_STATUS: Final = whole(200, 599)
_APPLIED: Final = said(FLAG, "Whether the emulator still carries out the request.")
_HEADERS: Final[Schema] = {
    "type": "object",
    "description": "Headers of the answer. The server sets those that frame the body itself.",
    "propertyNames": {
        "pattern": "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
        "not": {"pattern": "^([Cc]ontent-[Ll]ength|[Tt]ransfer-[Ee]ncoding|[Cc]onnection)$"},
    },
    "additionalProperties": {"type": "string", "pattern": "^[ -~]*$"},
}

_EFFECTS: Final[list[JsonValue]] = [
    record(
        "AnswerEffect",
        {
            "status": _STATUS,
            "headers": _HEADERS,
            "body": {
                "description": "Text is sent as it is, other values as JSON. The default is an empty text."
            },
            "applied": with_default(_APPLIED, False),
        },
        optional=("headers", "body", "applied"),
    ),
    record(
        "HtmlEffect",
        {
            "html": {"const": True, "description": "An HTML page instead of JSON, as a proxy would send."},
            "status": said(_STATUS, "The default is the status of the answer that the page replaces."),
            "headers": _HEADERS,
            "applied": with_default(_APPLIED, True),
        },
        optional=("status", "headers", "applied"),
    ),
    record("DelayEffect", {"delay": said(_SECONDS, "Seconds before the emulator carries out the request.")}),
    record(
        "ResetEffect",
        {
            "reset": said(
                one_of("before", "after"), "Reset the connection before or after carrying out the request."
            )
        },
    ),
    record(
        "LateEffect",
        {
            "commit": {"const": "late", "description": "Reset the connection at once."},
            "seconds": said(
                with_default(_SECONDS, 2), "Seconds before the emulator carries out the request."
            ),
        },
        optional=("seconds",),
    ),
    record(
        "TruncateEffect",
        {
            "truncate": whole(
                0, LARGEST_COUNT, description="Close the connection after this many bytes of the body."
            )
        },
    ),
]
_EFFECT: Final[Schema] = {"title": "Effect", "oneOf": _EFFECTS}

_WHEN: Final[Schema] = {
    "title": "When",
    "oneOf": [
        record(
            "FromNth",
            {"nth": whole(1, LARGEST_COUNT, description="The first request to hit, counted from 1.")},
        ),
        record(
            "ByChance",
            {
                "probability": {"type": "number", "minimum": 0, "maximum": 1},
                "seed": whole(0, LARGEST_COUNT, default=0),
            },
            optional=("seed",),
        ),
    ],
}
_TIMES: Final = or_null(
    whole(1, LARGEST_COUNT, description="The most times that it fires; null for no limit.")
)
_OPERATION: Final = said(
    one_of(EVERY_OPERATION, *OPERATION_NAMES), "An operation of the service, or * for all."
)
_OF_ACCOUNT: Final = said(with_default(TEXT, ALL_ACCOUNTS), "The account's name, or * for every fault.")
_ID: Final = said(at_least(0), "The fault's number.")
_CLEARED: Final = record("Cleared", {"cleared": said(WHOLE, "How many faults were removed.")})

_FAULT: Final = record(
    "Fault",
    {
        "id": WHOLE,
        "account": said(TEXT, "The account that it affects, or * for all."),
        "operation": TEXT,
        "when": _WHEN,
        "times": _TIMES,
        "effect": _EFFECT,
        "seen": said(WHOLE, "Requests that it could have hit."),
        "fired": said(WHOLE, "Requests that it hit."),
    },
)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/faults",
        _list,
        summary="Lists the faults that affect an account, and how often each has fired.",
        sent={"account": _OF_ACCOUNT},
        answer=record("Faults", {"faults": list_of(_FAULT)}),
    ),
    ControlOperation(
        "POST",
        "/faults",
        _create,
        summary="Registers a fault. If several are due, the oldest fires.",
        sent={
            "account": said(ACCOUNT, "The account that it affects, or * for all, including new ones."),
            "operation": _OPERATION,
            "when": _WHEN,
            "times": with_default(_TIMES, 1),
            "effect": _EFFECT,
        },
        required=("operation", "effect"),
        answer=record("NewFault", {"id": WHOLE}),
        status=201,
    ),
    ControlOperation(
        "DELETE",
        "/faults",
        _clear,
        summary="Removes one fault, an account's faults (but not those for all accounts), or every fault.",
        sent={"account": _OF_ACCOUNT, "id": _ID},
        answer=_CLEARED,
    ),
    ControlOperation(
        "DELETE",
        "/faults/{id}",
        _clear,
        summary="Removes one fault.",
        sent={"id": _ID},
        answer=_CLEARED,
        takes_account=False,
    ),
)
