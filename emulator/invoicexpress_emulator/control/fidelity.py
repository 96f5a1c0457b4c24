"""How far the emulator can be believed: the fiscal self-check of its books, the key of its signatures, the
ledger of its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..emulation import Emulation
from ..fiscal_check.finding import RULES, WARNINGS, Rule
from ..ledger.behaviour import MEANINGS
from ..signature import KEY_VERSION
from ..wire_values import JsonValue
from .json_schema import TEXT, WHOLE, Schema, list_of, one_of, or_null, record, said
from .operation import ControlOperation, JsonObject, chosen_accounts


def _verify(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ..fiscal_check.books import check_account, warn_of  # noqa: PLC0415 - a start does not need it

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


_TEXTS: Final = list_of(TEXT)
_EVIDENCE: Final = one_of(*MEANINGS)


def _rows(**properties: Schema) -> Schema:
    """Return the schema of a list of objects that all have these properties."""
    return list_of(record(None, properties))


def _findings(rules: Iterable[Rule]) -> Schema:
    return _rows(
        account=TEXT,
        rule=one_of(*(rule.name for rule in rules)),
        clause=said(TEXT, "Where the rule is written."),
        document_id=or_null(WHOLE),
        document=or_null(said(TEXT, "The printed number; drafts have none.")),
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
        operations=said(_TEXTS, "Ids of operations; `*` for all."),
        profiles=_TEXTS,
        evidence=_EVIDENCE,
        source=TEXT,
        module=said(TEXT, "The module of the emulator that does it."),
    ),
    "messages": _rows(
        message=TEXT,
        told_in=said(_TEXTS, "Languages, or `page`: the documented wire, in any language."),
        text=TEXT,
        evidence=_EVIDENCE,
        source=TEXT,
    ),
    "not_emulated": _rows(method=TEXT, path=TEXT, reason=TEXT, source=TEXT),
}


OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/verify",
        _verify,
        summary="Checks the books of an account against the law; finds nothing when all is well, and warns "
        "of what is taken and should be looked at.",
        answer=record(None, {"findings": _findings(RULES), "warnings": _findings(WARNINGS)}),
    ),
    ControlOperation(
        "GET",
        "/public_key",
        _public_key,
        summary="Gives the key that the signatures of all accounts verify with: RSA, SHA-1, PKCS#1 v1.5.",
        answer=record(
            None,
            {
                "public_key": said(TEXT, "PEM."),
                "key_version": said(WHOLE, "What SAF-T calls HashControl."),
            },
        ),
        takes_account=False,
    ),
    ControlOperation(
        "GET",
        "/ledger",
        _ledger,
        summary="Says what is emulated, what each behaviour is, and on what evidence.",
        answer=record(None, _LEDGER),
        takes_account=False,
    ),
)
