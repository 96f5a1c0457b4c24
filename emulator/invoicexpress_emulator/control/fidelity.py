"""How far the emulator can be believed: the fiscal self-check of its books, the ledger of its evidence."""

from __future__ import annotations

from typing import Final

from ..emulation import Emulation
from ..fiscal_check.books import check_account
from ..fiscal_check.finding import RULES
from ..wire_values import JsonValue
from .operation import ControlOperation, JsonObject, chosen_accounts


def _verify(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    found: list[JsonValue] = [
        dict(finding._asdict())
        for account in chosen_accounts(emulation, sent)
        for finding in check_account(emulation.store.db, account)
    ]
    return 200, {"findings": found}


_FINDING: Final[JsonObject] = {
    "type": "object",
    "properties": {
        "account": {"type": "string"},
        "rule": {"enum": [rule.name for rule in RULES]},
        "clause": {"type": "string", "description": "Where the rule is written."},
        "document_id": {"type": ["integer", "null"]},
        "document": {"type": ["string", "null"], "description": "The printed number; drafts have none."},
        "sentence": {"type": "string"},
    },
    "required": ["account", "rule", "clause", "document_id", "document", "sentence"],
    "additionalProperties": False,
}

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/verify",
        _verify,
        summary="Checks the books of an account against the law; finds nothing when all is well.",
        answer={
            "type": "object",
            "properties": {"findings": {"type": "array", "items": _FINDING}},
            "required": ["findings"],
            "additionalProperties": False,
        },
    ),
)
