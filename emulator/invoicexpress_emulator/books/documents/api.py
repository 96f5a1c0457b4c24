"""The endpoints of documents: create, read, update, archive, lists. Types differ by `document_types`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...fiscal.document_types import GUIDES, RECEIPT_TYPE, DocumentType, Family
from ...http import messages
from ...http.answer import EMPTY, Answer, json_answer
from ...http.errors import Missing, NotFound, Refused, Shape, invalid
from ...http.root_object import root_object
from ..clients import rows as clients
from ..pages import page_of
from . import plan_limit, rows
from .drafting import DATES, read_draft, redated
from .filters import Condition, client_filter, list_filter
from .goods import simulated_at_doc_code
from .lists import find_page
from .readiness import AT_DOC_CODE, is_ready, of_document

if TYPE_CHECKING:
    from ...http.wire_values import JsonValue
    from ..call import Call
    from .document import Document

_LONGEST_UID: Final = 255


def find(call: Call, document_type: DocumentType, missing: Missing) -> Document:
    """Return the document of the path; a document of another type is a 404 there (suestecreative 2026).

    The path of receipts has VAT MOSS receipts too: the documentation knows no other way to cancel
    a payment, and VAT MOSS invoices take payments.
    """
    found = rows.by_id(call.db, call.account.id, call.path_id("document_id"))
    if found is None or not (
        found.type is document_type or (document_type is RECEIPT_TYPE and found.type.is_receipt)
    ):
        raise NotFound(missing)
    return found


def answer_with(call: Call, document_id: int, status: int = 200, under: DocumentType | None = None) -> Answer:
    """Answer with the current state of a document, under the key of its type or of the path's type."""
    found = rows.by_id(call.db, call.account.id, document_id)
    assert found is not None  # noqa: S101 - the caller has just read or written it
    return _shown(call, found, under, status)


def _shown(call: Call, found: Document, under: DocumentType | None, status: int = 200) -> Answer:
    settings = call.account.settings
    return json_answer(call.profile.document(found, call.store.seed, call.base_url, settings, under), status)


def create_document(call: Call, document_type: DocumentType) -> Answer:
    """POST /{type}.json: make a draft, or return the existing document of the same `proprietary_uid`.

    While the first create with a uid is still running, a second one gets 409 (vendor docs 2026-07). Once the
    document of a uid is cancelled or deleted, a replay makes a second one (clients 2026; a setting).
    """
    uid = _proprietary_uid(call, document_type)
    if uid in call.uids_in_progress:
        raise Refused(409, Shape.UID, messages.UID_IN_PROGRESS.about(uid=uid))
    canceled_too = call.account.settings.key_of_canceled == "old"
    if uid is not None and (made := rows.by_uid(call.db, call.account.id, uid, canceled_too=canceled_too)):
        return answer_with(call, made.id, 201)
    data = root_object(call.body, document_type.root, document_type.family.root)
    plan_limit.refuse_if_reached(call)
    draft = read_draft(call, document_type, data, None)
    document_id = rows.insert_draft(call.db, call.account.id, document_type, draft, uid)
    return answer_with(call, document_id, 201)


def get_document(call: Call, document_type: DocumentType) -> Answer:
    """GET /{type}/{id}.json. For an issued guide, each read also polls for the tax authority's code."""
    found = find(call, document_type, Missing.DOCUMENT_READ)
    if (
        call.account.is_portuguese
        and _awaits_at_doc_code(found)
        and not call.account.settings.at_doc_code.fails
        and is_ready(call, of_document(found, AT_DOC_CODE), call.account.settings.at_doc_code)
    ):
        rows.set_at_doc_code(call.db, found.id, simulated_at_doc_code(call.store.seed, found.id))
        return answer_with(call, found.id)
    return _shown(call, found, document_type)


def _awaits_at_doc_code(found: Document) -> bool:
    return (
        found.type.goods == "transported"
        and found.status == "final"
        and found.delivery is not None
        and found.delivery.at_doc_code is None
    )


def update_document(call: Call, document_type: DocumentType) -> Answer:
    """PUT /{type}/{id}.json: replace a draft's whole content; client and items must be sent again, unless
    the account's settings accept dates alone.

    The live service fails for every guide, whatever the body.
    """
    old = find(call, document_type, Missing.DOCUMENT_WRITE)
    if document_type.family is GUIDES and call.profile.guide_update is not None:
        return call.profile.guide_update
    data = root_object(call.body, document_type.root, document_type.family.root)
    if old.status != "draft":
        raise invalid(Shape.GENERAL, messages.ALREADY_FINAL.about(status=old.status))
    if call.account.settings.dates_alone == "accept" and data and data.keys() <= DATES:
        draft = redated(call, data, old)
    else:
        draft = read_draft(call, document_type, data, old)
    rows.replace_draft(call.db, old.id, draft)
    return answer_with(call, old.id)


def archive_document(call: Call, document_type: DocumentType) -> Answer:
    """PUT /{type}/{id}/archive.json: an empty 200 (assumed: the first version's route, as JSON)."""
    return _archived(call, document_type, archived=True)


def unarchive_document(call: Call, document_type: DocumentType) -> Answer:
    """PUT /{type}/{id}/unarchive.json: an empty 200 (assumed, as archiving)."""
    return _archived(call, document_type, archived=False)


def _archived(call: Call, document_type: DocumentType, *, archived: bool) -> Answer:
    """Set or clear the archive flag. Printed pages do not show it, so renderings stay valid."""
    found = find(call, document_type, Missing.DOCUMENT_WRITE)
    rows.set_archived(call.db, found.id, archived=archived)
    return EMPTY


def proprietary_uid(body: JsonValue) -> str | None:
    """Return the idempotency key of a create, None without a usable one."""
    sent = body.get("proprietary_uid") if isinstance(body, dict) else None
    return sent if isinstance(sent, str) and 0 < len(sent) <= _LONGEST_UID else None


def _proprietary_uid(call: Call, document_type: DocumentType) -> str | None:
    """Return the idempotency key, which stands beside the root key (weareswat 2020)."""
    sent = call.body.get("proprietary_uid") if isinstance(call.body, dict) else None
    if sent is None or sent == "" or not document_type.family.idempotent_create:
        return None
    uid = proprietary_uid(call.body)
    if uid is None:
        raise invalid(Shape.GENERAL, messages.UID_INVALID.about())
    return uid


def list_family(call: Call, family: Family) -> Answer:
    """GET /invoices.json, /estimates.json, /guides.json, /purchase_orders.json: all types of a family,
    filtered, one page at a time.
    """
    return _listed(call, family.list_root, list_filter(call.account.id, family.name, None, call.query))


def list_type(call: Call, document_type: DocumentType) -> Answer:
    """GET /{type}.json: one type under its own plural root, with the same filters (suestecreative 2026)."""
    wanted = list_filter(call.account.id, document_type.family.name, document_type.name, call.query)
    return _listed(call, document_type.segment, wanted)


def list_client_invoices(call: Call) -> Answer:
    """POST /clients/{id}/invoices.json: a read, although a POST (vendor docs 2026-07; recorded 2019)."""
    client = clients.by_id(call.db, call.account.id, call.path_id("client_id"))
    if client is None:
        raise NotFound(Missing.CLIENT_OF_INVOICES)
    return _listed(call, "invoices", client_filter(call.account.id, client.id, call.body))


def _listed(call: Call, root: str, wanted: Condition) -> Answer:
    page = page_of(call.query)
    found = find_page(call.db, wanted, page, call.visible("documents"))
    return json_answer(
        {
            root: _shown_rows(call, rows.from_rows(call.db, found.rows)),
            "pagination": page.described(found.total),
        }
    )


def _shown_rows(call: Call, found: list[Document]) -> list[JsonValue]:
    settings = call.account.settings
    return [call.profile.document_row(each, call.store.seed, call.base_url, settings) for each in found]


def related_documents(call: Call) -> Answer:
    """GET /document/{id}/related_documents.json: a document's receipts, credit and debit notes; for a
    receipt or note, the document to which it belongs.

    Cancelled receipts stay listed, deleted drafts do not (square-bit 2026-04, weareswat 2020).
    """
    document_id = call.path_id("document_id")
    if rows.by_id(call.db, call.account.id, document_id) is None:
        raise NotFound(Missing.DOCUMENT_READ)
    found = rows.related(call.db, call.account.id, document_id, call.visible("documents"))
    return json_answer({"documents": _shown_rows(call, found)})
