"""Lists documents, with the state of their hash chain, and the series that number them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, get_args

from ...books.documents import counting
from ...books.documents import rows as documents
from ...books.documents.filters import Wanted, of_account
from ...books.documents.lists import newest
from ...books.pages import Page
from ...books.series import rows as series_rows
from ...fiscal.document_types import DOCUMENT_TYPES, SERIES_ROWS
from ...fiscal.signature import message_to_sign, printed_characters
from ...fiscal.states import Status
from ...fiscal.totals import euros
from ...http.wire_values import LARGEST_ID, JsonValue
from ...profiles.document import permalink
from ..json_schema import AMOUNT, DAY, FLAG, TEXT, WHOLE, list_of, one_of, or_null, record, said, whole
from .operation import ControlError, ControlOperation, JsonObject, count, per_account

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ...api.emulation import Emulation
    from ...books.accounts.account import Account
    from ...books.documents.document import Document
    from ...books.series.series import Series

_TYPES: Final = tuple(row.name for row in DOCUMENT_TYPES)
_STATUSES: Final[tuple[str, ...]] = get_args(Status)
_MOST: Final = 1000
_USUAL: Final = 100


def _documents(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    page = Page(count(sent, "page", 1, LARGEST_ID, 1), count(sent, "limit", 1, _MOST, _USUAL))
    before = count(sent, "before", 1, LARGEST_ID, LARGEST_ID)
    wanted = Wanted(
        text=(_text(sent, "text") or "").strip() or None,
        type=_one_of(sent, "type", _TYPES),
        status=_one_of(sent, "status", _STATUSES),
        serie=_text(sent, "serie"),
        date_from=_day(sent, "date_from"),
        date_to=_day(sent, "date_to"),
    )
    db = emulation.store.db

    def shown(account: Account) -> JsonValue:
        found = newest(db, of_account(account.id, wanted), before=before, page=page)
        return {
            "total": counting.count(db, account.id),
            "found": found.total,
            "documents": at_a_glance(emulation, documents.from_rows(db, found.rows)),
        }

    return per_account(emulation, sent, shown)


def _text(sent: JsonObject, name: str) -> str | None:
    return None if name not in sent else str(sent[name])


def _one_of(sent: JsonObject, name: str, values: Collection[str]) -> str | None:
    value = _text(sent, name)
    if value is not None and value not in values:
        raise ControlError(422, f'"{name}" must be one of {", ".join(values)}.')
    return value


def _day(sent: JsonObject, name: str) -> date | None:
    value = _text(sent, name)
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise ControlError(422, f'"{name}" must be a date such as 2026-11-21.')
    return day


def at_a_glance(emulation: Emulation, found: Sequence[Document]) -> list[JsonValue]:
    """Return documents in a few fields each, as `DOCUMENT` describes them."""
    signed = [each.id for each in found if each.signature is not None]
    before_each = documents.signatures_before(emulation.store.db, signed)
    return [_document(emulation, each, before_each.get(each.id, "")) for each in found]


def _document(emulation: Emulation, found: Document, signature_before: str) -> JsonValue:
    name = found.client.get("name")
    return {
        "id": found.id,
        "type": found.type.name,
        "status": found.status,
        "archived": found.archived,
        "number": found.printed_number,
        "serie": found.serie,
        "date": found.date.isoformat(),
        "due_date": found.due_date.isoformat(),
        "client": str(name),
        "reference": found.reference,
        "total": f"{euros(found.totals.total):.2f}",
        "atcud": found.atcud,
        "hash": printed_characters(found.signature) if found.signature else None,
        "chain_is_valid": _is_chained(emulation, found, signature_before),
        "pdf": None if found.status == "deleted" else permalink(found, emulation.store.seed, ""),
    }


def _is_chained(emulation: Emulation, found: Document, signature_before: str) -> bool | None:
    """Whether the signature matches the document's content and the previous signature; None if unsigned."""
    if found.signature is None or found.system_entry is None or found.printed_number is None:
        return None
    message = message_to_sign(
        found.date, found.system_entry, found.printed_number, found.totals.total, signature_before
    )
    return emulation.signer.is_signed(message, found.signature)


def _series(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    db = emulation.store.db

    def shown(account: Account) -> JsonValue:
        return {"series": [_one_series(each) for each in series_rows.of_account(db, account.id)]}

    return per_account(emulation, sent, shown)


def _one_series(series: Series) -> JsonValue:
    return {
        "id": series.id,
        "serie": series.serie,
        "is_default": series.is_default,
        "counters": [
            {
                "id": row.id,
                "type": row.root,
                "needs_registration": row.needs_registration,
                "validation_code": row.validation_code,
                "last_number": row.last_number,
                "last_date": row.last_date.isoformat() if row.last_date else None,
            }
            for row in series.rows.values()
        ],
    }


DOCUMENT: Final = record(
    "Document",
    {
        "id": WHOLE,
        "type": one_of(*_TYPES),
        "status": one_of(*_STATUSES),
        "archived": FLAG,
        "number": or_null(said(TEXT, "As printed, such as FT DEMO/1; null for a draft.")),
        "serie": or_null(said(TEXT, "The series that numbered it, if any.")),
        "date": DAY,
        "due_date": DAY,
        "client": said(TEXT, "The client's name."),
        "reference": or_null(TEXT),
        "total": AMOUNT,
        "atcud": or_null(TEXT),
        "hash": or_null(said(TEXT, "The four printed characters of the signature.")),
        "chain_is_valid": or_null(
            said(
                FLAG,
                "Whether the signature matches the document and the previous signature; null if unsigned.",
            )
        ),
        "pdf": or_null(said(TEXT, "The path of its PDF; null for a deleted document.")),
    },
)
_COUNTER: Final = record(
    "Counter",
    {
        "id": said(WHOLE, "The sequence_id of documents of this type and series."),
        "type": one_of(*(row.root for row in SERIES_ROWS)),
        "needs_registration": FLAG,
        "validation_code": or_null(TEXT),
        "last_number": said(WHOLE, "0 before the first document."),
        "last_date": or_null(DAY),
    },
)
_ONE_SERIES: Final = record(
    "Series", {"id": WHOLE, "serie": TEXT, "is_default": FLAG, "counters": list_of(_COUNTER)}
)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/documents",
        _documents,
        summary="Lists an account's documents of every type and state, newest first.",
        sent={
            "text": said(
                TEXT,
                "Only documents with this text in their number, ATCUD, client, reference, observations or "
                "lines, or with this id.",
            ),
            "type": said(one_of(*_TYPES), "Only documents of this type."),
            "status": said(one_of(*_STATUSES), "Only documents in this state."),
            "serie": said(TEXT, "Only documents numbered by the series of this name."),
            "date_from": said(DAY, "Only documents of this day or later."),
            "date_to": said(DAY, "Only documents of this day or earlier."),
            "page": whole(1, LARGEST_ID, default=1, description="Which page of `limit` documents."),
            "limit": whole(1, _MOST, default=_USUAL, description="The most documents on a page."),
            "before": said(
                whole(1, LARGEST_ID),
                "Only documents with a smaller id, so that new ones move no page.",
            ),
        },
        answer=record(
            "Documents",
            {
                "total": said(WHOLE, "How many documents the account has."),
                "found": said(WHOLE, "How many of them match, on all pages."),
                "documents": list_of(DOCUMENT),
            },
        ),
        per_account=True,
    ),
    ControlOperation(
        "GET",
        "/series",
        _series,
        summary="Lists an account's series, with a counter and a validation code per document type.",
        answer=record("AllSeries", {"series": list_of(_ONE_SERIES)}),
        per_account=True,
    ),
)
