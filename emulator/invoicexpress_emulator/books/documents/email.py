"""E-mail that the service would send: it stays here, for the control plane to show."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from ...http import messages
from ...http.answer import EMPTY, Answer
from ...http.errors import Missing, NotFound, Shape, refuse_if_any
from ...http.fields import Fields
from ...http.root_object import root_object
from ...storage import ids
from ..clients.api import EMAIL, store_email
from ..trial import refuse_on_trial
from .api import find

if TYPE_CHECKING:
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
        copies[key] = fields.text(key)
        if copies[key] is not None and not EMAIL.fullmatch((copies[key] or "").strip()):
            fields.complain(messages.MESSAGE_EMAIL_INVALID, label=label)
    subject, body = fields.text("subject"), fields.text("body")
    refuse_if_any(Shape.GENERAL, fields.complaints)
    assert recipient is not None  # noqa: S101 - without one there is a complaint
    call.db.execute(
        "INSERT INTO outbox (id, account_id, document_id, sent_at, recipient, cc, bcc, subject, body, logo) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            ids.next_id(call.db, call.account.id, "outbox"),
            call.account.id,
            found.id,
            call.now.isoformat(),
            recipient.strip(),
            copies["cc"],
            copies["bcc"],
            subject,
            body,
            int(fields.flag("logo")),
        ),
    )
    if client.flag("save"):
        store_email(call, found.client_id, recipient.strip())
    return EMPTY


def sent_messages(db: sqlite3.Connection, account_id: int) -> list[JsonValue]:
    """Return the messages of an account, oldest first."""
    rows = db.execute(
        "SELECT o.*, d.type, d.number, d.serie FROM outbox o JOIN documents d ON d.id = o.document_id "
        "WHERE o.account_id = ? ORDER BY o.id",
        (account_id,),
    )
    return [
        {
            "id": row["id"],
            "document_id": row["document_id"],
            "document_type": row["type"],
            "sent_at": row["sent_at"],
            "to": row["recipient"],
            "cc": row["cc"],
            "bcc": row["bcc"],
            "subject": row["subject"],
            "body": row["body"],
            "logo": bool(row["logo"]),
        }
        for row in rows
    ]
