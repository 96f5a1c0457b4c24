"""Evidence that the emulator is right: the fiscal self-check, the public key for signatures, the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from ...fiscal.signature import KEY_VERSION
from ...verify.finding import RULES, WARNINGS, Rule
from ..json_schema import TEXT, WHOLE, Schema, list_of, one_of, or_null, record, said
from ..ledger.behaviour import MEANINGS
from .operation import ControlOperation, JsonObject, chosen_accounts

if TYPE_CHECKING:
    from ...api.emulation import Emulation
    from ...http.wire_values import JsonValue


def _verify(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ...verify.books import check_account, warn_of  # noqa: PLC0415 - startup does not need it

    db, chosen = emulation.store.db, chosen_accounts(emulation, sent)
    found: list[JsonValue] = [
        dict(each._asdict()) for account in chosen for each in check_account(db, account)
    ]
    warned: list[JsonValue] = [dict(each._asdict()) for account in chosen for each in warn_of(db, account)]
    return 200, {"findings": found, "warnings": warned}


def _public_key(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    return 200, {"public_key": emulation.signer.public_key_pem(), "key_version": KEY_VERSION}


def _ledger(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ..ledger.book import as_json  # noqa: PLC0415 - startup does not need it

    return 200, as_json()


_TEXTS: Final = list_of(TEXT)
_EVIDENCE: Final = one_of(*MEANINGS)


def _rows(**properties: Schema) -> Schema:
    """Return the schema of a list of objects that all have these properties."""
    return list_of(record(None, properties))


def _findings(rules: Iterable[Rule]) -> Schema:
    return _rows(
        account=TEXT,
        rule=one_of(*(rule.name for rule in rules)),
        clause=said(TEXT, "The source of the rule."),
        document_id=or_null(WHOLE),
        document=or_null(said(TEXT, "The printed number; null for a draft.")),
        sentence=TEXT,
    )


_LEDGER: Final = {
    "operations": _rows(
        operation=TEXT,
        method=TEXT,
        path=TEXT,
        emulated={"const": True},
        profiles=_TEXTS,
        evidence=_EVIDENCE,
        source=TEXT,
    ),
    "behaviours": _rows(
        behaviour=TEXT,
        subject=TEXT,
        says=TEXT,
        operations=said(_TEXTS, "Operation ids; `*` means all."),
        profiles=_TEXTS,
        evidence=_EVIDENCE,
        source=TEXT,
        module=said(TEXT, "The emulator module that implements it."),
    ),
    "messages": _rows(
        message=TEXT,
        told_in=said(_TEXTS, "Languages, or `page` for the documented wire, whatever the language."),
        text=TEXT,
        evidence=_EVIDENCE,
        source=TEXT,
    ),
    "options": _rows(
        setting=TEXT,
        option=said(TEXT, "A value; the name of its number; `text` or `none` for text or null."),
        says=TEXT,
        source=TEXT,
    ),
    "not_emulated": _rows(method=TEXT, path=TEXT, reason=TEXT, source=TEXT),
}


OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/verify",
        _verify,
        summary="Checks an account's books against the law: lists broken rules as findings, and entries "
        "that may be wrong as warnings.",
        answer=record(None, {"findings": _findings(RULES), "warnings": _findings(WARNINGS)}),
    ),
    ControlOperation(
        "GET",
        "/public_key",
        _public_key,
        summary="Returns the public key that verifies every account's signatures: RSA, SHA-1, PKCS#1 v1.5.",
        answer=record(
            None,
            {
                "public_key": said(TEXT, "PEM."),
                "key_version": said(WHOLE, "HashControl in SAF-T."),
            },
        ),
        takes_account=False,
    ),
    ControlOperation(
        "GET",
        "/ledger",
        _ledger,
        summary="Lists what the emulator does, and the evidence for each behaviour.",
        answer=record(None, _LEDGER),
        takes_account=False,
    ),
)
