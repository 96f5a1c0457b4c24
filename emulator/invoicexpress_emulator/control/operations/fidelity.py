"""How far the emulator can be believed: the fiscal self-check of its books, the key of its signatures, the
ledger of its evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ...fiscal.signature import KEY_VERSION
from ...verify.finding import RULES, WARNINGS, Rule
from ..ledger.behaviour import MEANINGS
from .operation import ControlOperation, JsonObject, chosen_accounts

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...http.wire_values import JsonValue


def _verify(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ...verify.books import check_account, warn_of  # noqa: PLC0415 - a start does not need it

    db, chosen = emulation.store.db, chosen_accounts(emulation, sent)
    found: list[JsonValue] = [
        dict(each._asdict()) for account in chosen for each in check_account(db, account)
    ]
    warned: list[JsonValue] = [dict(each._asdict()) for account in chosen for each in warn_of(db, account)]
    return 200, {"findings": found, "warnings": warned}


def _public_key(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return 200, {"public_key": emulation.signer.public_key_pem(), "key_version": KEY_VERSION}


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


def _findings(rules: Sequence[Rule]) -> JsonValue:
    return _list_of(
        account=_TEXT,
        rule={"enum": [rule.name for rule in rules]},
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
        summary="Checks the books of an account against the law; finds nothing when all is well, and warns "
        "of what is taken and should be looked at.",
        answer=_object({"findings": _findings(RULES), "warnings": _findings(WARNINGS)}),
    ),
    ControlOperation(
        "GET",
        "/public_key",
        _public_key,
        summary="Gives the key that the signatures of all accounts verify with: RSA, SHA-1, PKCS#1 v1.5.",
        answer=_object(
            {
                "public_key": {"type": "string", "description": "PEM."},
                "key_version": {"type": "integer", "description": "What SAF-T calls HashControl."},
            }
        ),
        takes_account=False,
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
