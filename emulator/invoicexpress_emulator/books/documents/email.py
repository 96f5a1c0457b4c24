"""E-mails with documents: they stay in the outbox, which the control plane shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...http import messages
from ...http.answer import EMPTY, Answer
from ...http.errors import Missing, NotFound, Shape, refuse_if_any
from ...http.fields import Fields
from ...http.root_object import root_object
from ..clients import rows as clients
from ..clients.values import EMAIL
from ..trial import refuse_on_trial
from . import outbox
from .api import find

if TYPE_CHECKING:
    import sqlite3

    from ...fiscal.document_types import DocumentType
    from ...http.wire_values import JsonValue
    from ..call import Call

_COPIES: Final = (("cc", "Cc"), ("bcc", "Bcc"))


def email_document(call: Call, document_type: DocumentType) -> Answer:
    """PUT /{type}/{id}/email-document.json: an empty 200 (vendor docs 2026-07: send by email)."""
    refuse_on_trial(call.account, 401, Shape.GENERAL)
    found = find(call, document_type, Missing.DOCUMENT_READ)
    if found.status == "deleted":
        raise NotFound(Missing.DOCUMENT_READ)
    fields = Fields(root_object(call.body, "message"), [])
    client = fields.child("client") or Fields({}, fields.complaints)
    recipient = client.text("email")
    if recipient is None:
        fields.complain(messages.EMAIL_REQUIRED)
    elif not EMAIL.fullmatch(recipient.strip()):
        fields.complain(messages.MESSAGE_EMAIL_INVALID, label="Email")
    copies: dict[str, str | None] = {}
    for key, label in _COPIES:
        # A client without a copy sends false (assumed: it counts as none).
        copies[key] = None if fields.data.get(key) is False else fields.text(key)
        if copies[key] is not None and not EMAIL.fullmatch((copies[key] or "").strip()):
            fields.complain(messages.MESSAGE_EMAIL_INVALID, label=label)
    subject, body = fields.text("subject"), fields.text("body")
    refuse_if_any(Shape.GENERAL, fields.complaints)
    assert recipient is not None  # noqa: S101 - without one there is a complaint
    message = outbox.Message(
        recipient.strip(), copies["cc"], copies["bcc"], subject, body, fields.flag("logo")
    )
    outbox.insert_message(call.db, call.account.id, found.id, call.now, message)
    if client.flag("save"):
        clients.set_email(call.db, call.account.id, found.client_id, recipient.strip())
    return EMPTY


def sent_messages(db: sqlite3.Connection, account_id: int) -> list[JsonValue]:
    """Return the messages of an account, oldest first."""
    return [
        {
            "id": sent.id,
            "document_id": sent.document_id,
            "document_type": sent.document_type,
            "document_number": sent.document_number,
            "sent_at": sent.sent_at,
            "to": sent.message.recipient,
            "cc": sent.message.cc,
            "bcc": sent.message.bcc,
            "subject": sent.message.subject,
            "body": sent.message.body,
            "logo": sent.message.logo,
        }
        for sent in outbox.messages_of(db, account_id)
    ]
