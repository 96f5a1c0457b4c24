"""The SQL of the outbox: e-mails with documents, which are kept and never sent."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import NamedTuple

from ...fiscal.document_types import BY_NAME
from ...storage import ids


class Message(NamedTuple):
    """An e-mail with a document."""

    recipient: str
    cc: str | None
    bcc: str | None
    subject: str | None
    body: str | None
    logo: bool


class SentMessage(NamedTuple):
    """A message in the outbox; `sent_at` is ISO text."""

    id: int
    document_id: int
    document_type: str
    document_number: str | None
    """As printed, `FT DEMO/1`; None for a draft."""
    sent_at: str
    message: Message


def insert_message(
    db: sqlite3.Connection, account_id: int, document_id: int, sent_at: dt.datetime, message: Message
) -> None:
    """Put a message into the account's outbox."""
    db.execute(
        "INSERT INTO outbox (id, account_id, document_id, sent_at, recipient, cc, bcc, subject, body, logo) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (ids.next_id(db, account_id, "outbox"), account_id, document_id, sent_at.isoformat(), *message),
    )


def document_of(db: sqlite3.Connection, account_id: int, message_id: int | None) -> int | None:
    """Return the id of the document that a message of the account sends, None if there is no such message."""
    row = db.execute(
        "SELECT document_id FROM outbox WHERE account_id = ? AND id = ?", (account_id, message_id)
    ).fetchone()
    return None if row is None else int(row[0])


def messages_of(db: sqlite3.Connection, account_id: int) -> list[SentMessage]:
    """Return the outbox of an account, oldest first."""
    rows = db.execute(
        "SELECT o.*, d.type, d.serie, d.number FROM outbox o JOIN documents d ON d.id = o.document_id "
        "WHERE o.account_id = ? ORDER BY o.id",
        (account_id,),
    )
    return [
        SentMessage(
            id=row["id"],
            document_id=row["document_id"],
            document_type=row["type"],
            document_number=None
            if row["number"] is None
            else f"{BY_NAME[row['type']].prefix} {row['serie']}/{row['number']}",
            sent_at=row["sent_at"],
            message=Message(
                recipient=row["recipient"],
                cc=row["cc"],
                bcc=row["bcc"],
                subject=row["subject"],
                body=row["body"],
                logo=bool(row["logo"]),
            ),
        )
        for row in rows
    ]
