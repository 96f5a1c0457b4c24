"""How far the emulator can be believed: the fiscal self-check of its books, the ledger of its evidence."""

from __future__ import annotations

from typing import Final

from ..emulation import Emulation
from ..fiscal_check.finding import RULES
from ..ledger.behaviour import MEANINGS
from ..wire_values import JsonValue
from .operation import ControlOperation, JsonObject, chosen_accounts


def _verify(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ..fiscal_check.books import check_account  # noqa: PLC0415 - a start does not need it

    found: list[JsonValue] = [
        dict(finding._asdict())
        for account in chosen_accounts(emulation, sent)
        for finding in check_account(emulation.store.db, account)
    ]
    return 200, {"findings": found}


def _ledger(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ..ledger.book import as_json  # noqa: PLC0415 - a start does not need it

    return 200, as_json()


def _object(properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(**properties: JsonValue) -> JsonValue:
    """Return the schema of a list of objects that all have these properties."""
    return {"type": "array", "items": _object(properties)}


_TEXT: Final[JsonObject] = {"type": "string"}
_TEXTS: Final[JsonObject] = {"type": "array", "items": {"type": "string"}}
_EVIDENCE: Final[JsonObject] = {"enum": list(MEANINGS)}
_FINDINGS: Final = _list_of(
    account=_TEXT,
    rule={"enum": [rule.name for rule in RULES]},
    clause={"type": "string", "description": "Where the rule is written."},
    document_id={"type": ["integer", "null"]},
    document={"type": ["string", "null"], "description": "The printed number; drafts have none."},
    sentence=_TEXT,
)
_LEDGER: Final[JsonObject] = {
    "operations": _list_of(
        operation=_TEXT,
        method=_TEXT,
        path=_TEXT,
        emulated={"const": True},
        profiles=_TEXTS,
        evidence=_EVIDENCE,
        source=_TEXT,
    ),
    "behaviours": _list_of(
        behaviour=_TEXT,
        subject=_TEXT,
        says=_TEXT,
        operations={**_TEXTS, "description": "Ids of operations; `*` for all."},
        profiles=_TEXTS,
        evidence=_EVIDENCE,
        source=_TEXT,
        module={"type": "string", "description": "The module of the emulator that does it."},
    ),
    "messages": _list_of(
        message=_TEXT,
        told_in={**_TEXTS, "description": "Languages, or `page`: the documented wire, in any language."},
        text=_TEXT,
        evidence=_EVIDENCE,
        source=_TEXT,
    ),
    "not_emulated": _list_of(method=_TEXT, path=_TEXT, reason=_TEXT, source=_TEXT),
}


OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/verify",
        _verify,
        summary="Checks the books of an account against the law; finds nothing when all is well.",
        answer=_object({"findings": _FINDINGS}),
    ),
    ControlOperation(
        "GET",
        "/ledger",
        _ledger,
        summary="Says what is emulated, what each behaviour is, and on what evidence.",
        answer=_object(_LEDGER),
        takes_account=False,
    ),
)
