"""Rows about refusals: the shape of each error, each 404, and the words.

Shapes and words come from the profiles and the catalogue, so the rows cannot disagree with the answers; this
module adds the evidence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from ...http.errors import Missing, Shape
from ...http.messages import CATALOGUE
from ...profiles import PROFILES
from ...profiles.error_body import Said
from .behaviour import (
    ASSUMED,
    DOCUMENTED,
    EMAIL,
    GET,
    LEGACY,
    OBSERVED,
    PAGE,
    STATE,
    UPDATE,
    Behaviour,
    Evidence,
    Subject,
)

if TYPE_CHECKING:
    from ...http.answer import Answer
    from ...profiles.profile import ProfileName

_PAGE: Final = (DOCUMENTED, PAGE)
_TREASURY: Final = (
    "createClientRegularization", "updateClientInitialBalance", "createClientTreasuryMovement",
)  # read by rows # fmt: skip


class _Known(NamedTuple):
    about: str
    operations: tuple[str, ...]
    observed: tuple[Evidence, str]
    documented: tuple[Evidence, str] = _PAGE


SHAPES: Final[Mapping[Shape, _Known]] = {
    Shape.GENERAL: _Known("Most refusals", ("*",), (OBSERVED, "recorded 2019; digitaldev 2026-07")),
    Shape.TRANSITION: _Known("A state that cannot follow", STATE, (OBSERVED, "tim-online 2023-11")),
    Shape.CLIENT: _Known("Clients", ("createClient", "updateClient"), (OBSERVED, "recorded 2019")),
    Shape.ITEM: _Known("Items", ("createItem", "updateItem"), (ASSUMED, "assumed: the usual shape")),
    Shape.TAX: _Known("Taxes", ("createTax", "updateTax", "deleteTax"), (OBSERVED, "recorded 2019")),
    Shape.PAYMENT_FIELD: _Known(
        "One field of a payment", ("generatePayment",), (ASSUMED, "assumed: as taxes, whose pair it has")
    ),
    Shape.SEQUENCE: _Known(
        "Series", ("createSequence", "registerSequence"), (OBSERVED, "vendor docs 2026-07; diogopms 2026-06")
    ),
    Shape.QR_CODE: _Known("QR codes", ("getQrCode",), _PAGE),
    Shape.SAFT: _Known("SAF-T", ("export_saft",), _PAGE),
    Shape.ACCOUNT_UPDATE: _Known("Updates of an account", ("updateAccount",), _PAGE),
    Shape.TREASURY: _Known("Treasury", _TREASURY, _PAGE),
    Shape.PLAN: _Known(
        "The limit of a plan",
        ("createInvoice", "createEstimate", "createGuide"),
        (OBSERVED, "tim-online 2023-11"),
        (ASSUMED, "assumed: as seen, the page does not say"),
    ),
    Shape.UID: _Known("A create that is still running", ("createInvoice",), _PAGE),
}

_UNSEEN: Final = (ASSUMED, "assumed: as the 404 of clients")
_PAGE_IS_SILENT: Final = (ASSUMED, "assumed: the page shows no body")

MISSING: Final[Mapping[Missing, _Known]] = {
    Missing.CLIENT: _Known(
        "No such client", ("getClient", "updateClient", "findClientByName", "findClientByCode"),
        (OBSERVED, "recorded 2019"), _PAGE_IS_SILENT,
    ),
    Missing.CLIENT_OF_INVOICES: _Known(
        "No such client, asked for its documents", ("listClientInvoices",), (OBSERVED, "recorded 2019"),
        _PAGE_IS_SILENT,
    ),
    Missing.CLIENT_OF_TREASURY: _Known("No such client in treasury", ("getClientBalance", *_TREASURY), _PAGE),
    Missing.REGULARIZATION: _Known("No such write-off", ("deleteClientRegularization",), _PAGE),
    Missing.MOVEMENT: _Known(
        "No such movement", ("deleteClientTreasuryMovement",),
        (OBSERVED, "vendor docs 2026-07; diogopms 2026-06"),
    ),
    Missing.ACCOUNT: _Known(
        "No such account within reach", ("getAccount", "updateAccount"),
        (ASSUMED, "assumed: the status was seen (diogopms 2026-06), the body was not"), _PAGE_IS_SILENT,
    ),
    Missing.ITEM: _Known("No such item", ("getItem", "updateItem", "deleteItem"), _UNSEEN, _PAGE_IS_SILENT),
    Missing.TAX: _Known(
        "No such tax", ("getTax", "updateTax", "deleteTax"), (OBSERVED, "recorded 2019"), _PAGE_IS_SILENT
    ),
    Missing.SEQUENCE: _Known(
        "No such series", ("getSequence", "setSequenceDefault"), _UNSEEN, _PAGE_IS_SILENT
    ),
    Missing.DOCUMENT_READ: _Known(
        "No such document, to be read", (*GET, *EMAIL, "relatedDocs", "generatePayment"), _UNSEEN,
        _PAGE_IS_SILENT
    ),
    Missing.DOCUMENT_WRITE: _Known(
        "No such document, to be changed", (*UPDATE, *STATE),
        (ASSUMED, "assumed: the page's words in the shape that was seen"),
    ),
    Missing.PDF: _Known(
        "No such document, for its PDF", ("generatePdf",), (LEGACY, "vendor docs 2017"), _PAGE_IS_SILENT
    ),
}  # read by rows # fmt: skip


def _body(answer: Answer) -> str:
    if not answer.body:
        return "no body"
    if answer.body == b" ":
        return "one space"
    return "a page" if "html" in answer.media_type else f"`{answer.body.decode()}`"


def _rows_of(name: str, known: _Known, profile: ProfileName, module: str, shown: str) -> Behaviour:
    evidence, source = known.observed if profile == "observed" else known.documented
    return Behaviour(name, f"{known.about}: {shown}.", evidence, source, known.operations, module, (profile,))


def _shapes(profile: ProfileName) -> list[Behaviour]:
    example = [Said("name", "...")]
    return [
        _rows_of(
            f"error_{shape.name.lower()}",
            SHAPES[shape],
            profile,
            "http.errors",
            f"`{json.dumps(body(example), ensure_ascii=False, separators=(',', ':'))}`",
        )
        for shape, body in PROFILES[profile].error_bodies.items()
    ]


def _missing(profile: ProfileName) -> list[Behaviour]:
    return [
        _rows_of(
            f"missing_{missing.name.lower()}", MISSING[missing], profile, "http.errors",
            f"{answer.status}, {_body(answer)}",
        )
        for missing, answer in PROFILES[profile].missing.items()
    ]  # read by rows # fmt: skip


REFUSALS: Final = Subject(
    "Shapes of refusals",
    tuple(row for profile in PROFILES for row in (*_shapes(profile), *_missing(profile))),
)


class Message(NamedTuple):
    """Words of the catalogue: the languages of the accounts that get them, and the evidence."""

    name: str
    told_in: tuple[str, ...]
    """`pt` and `en` are languages of accounts; `page` is the documented wire, whatever the language."""
    text: str
    evidence: Evidence
    source: str


def messages() -> list[Message]:
    """Return every message of the catalogue, in each of its wordings."""
    found: list[Message] = []
    for name, text in CATALOGUE.items():
        wordings = {"pt": text.pt, "en": text.en, **({"page": text.page} if text.page else {})}
        for words in dict.fromkeys(wordings.values()):
            told_in = tuple(where for where, each in wordings.items() if each == words)
            found.append(Message(name, told_in, words.text, words.evidence, words.source))
    return found
