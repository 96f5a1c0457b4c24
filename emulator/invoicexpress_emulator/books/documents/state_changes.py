"""PUT /{type}/{id}/change-state.json: the verb, whether the type allows it now, and its effects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ...fiscal.states import next_status
from ...http import messages
from ...http.clock import never_behind
from ...http.errors import Missing, Shape, invalid
from ...http.fields import Fields
from ...http.root_object import root_object
from . import payment_rows, rows
from .api import answer_with, find
from .issuing import issue
from .payments import reopen_documents_of, settle

if TYPE_CHECKING:
    from ...fiscal.document_types import DocumentType
    from ...http.answer import Answer
    from ..call import Call
    from .document import Document


def change_state(call: Call, document_type: DocumentType) -> Answer:
    """Move a document to another state, and answer with it.

    Raises:
        NotFound: no such document of this type.
        Refused: 422, no such transition, or a rule of the transition is not met.
    """
    found = find(call, document_type, Missing.DOCUMENT_WRITE)
    fields = Fields(root_object(call.body, document_type.root, document_type.family.root), [])
    verb, message = fields.text("state"), fields.text("message")
    if verb is None:
        raise invalid(Shape.GENERAL, messages.STATE_INVALID.about())
    status = next_status(document_type.states, found.status, verb)
    if status is None:
        raise invalid(Shape.TRANSITION, messages.CANT_HANDLE.about(verb=verb, type=document_type.name))
    if verb in _BEFORE:
        _BEFORE[verb](call, found, message)
    rows.set_status(call.db, found.id, status)
    if verb in _AFTER:
        _AFTER[verb](call, found)
    return answer_with(call, found.id, under=document_type)


def _finalize(call: Call, draft: Document, message: str | None) -> None:
    issue(call, draft)


def _settle(call: Call, invoice: Document, message: str | None) -> None:
    settle(call, invoice)


def _cancel(call: Call, found: Document, message: str | None) -> None:
    """Needs a reason (vendor docs 2026-07), and no live receipt or note (Despacho 8632/2014, 3.3.8)."""
    if message is None:
        raise invalid(Shape.GENERAL, messages.CANCEL_MESSAGE_REQUIRED.about())
    if payment_rows.has_live_payments(call.db, found.id):
        raise invalid(Shape.GENERAL, messages.HAS_PAYMENTS.about())
    if payment_rows.has_live_corrections(call.db, found.id):
        raise invalid(Shape.GENERAL, messages.HAS_CREDIT_NOTES.about())
    rows.set_cancellation(call.db, found.id, message, _cancel_moment(call, found))


def _cancel_moment(call: Call, found: Document) -> datetime:
    """Return the time of cancellation, to the second: never before the document was entered, nor before its
    receipts and notes were cancelled, whatever the clock says (assumed, as for entries).
    """
    before = payment_rows.cancellations_of_dependants(call.db, found.id)
    entered = [found.system_entry] if found.system_entry else []
    return never_behind(call.now.replace(microsecond=0), [*entered, *before])


_BEFORE: Final[Mapping[str, Callable[[Call, Document, str | None], None]]] = {
    "finalized": _finalize,
    "settled": _settle,
    "canceled": _cancel,
}
"""The checks and effects of a verb before the state changes; they get the request's message."""

_AFTER: Final[Mapping[str, Callable[[Call, Document], None]]] = {
    "canceled": reopen_documents_of,
}
"""The effects of a verb after the state has changed."""
