"""The log of requests, and the outbox: e-mail that the service would have sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...api.operation_ids import names_of
from ...api.routes import OPERATIONS as SERVICE_OPERATIONS
from ...books.accounts import rows as accounts
from ...books.accounts.account import DEFAULT_ACCOUNT
from ...books.documents import outbox
from ...books.documents.email import sent_messages
from ...faults.effects import EVERY_OPERATION
from ...fiscal.document_types import DOCUMENT_TYPES
from ...http.answer import FileAnswer
from ...http.request_log import LONGEST_BODY, LONGEST_LOG, MOST_ANSWERS
from ...http.wire_values import LARGEST_ID, JsonValue, parse_id
from ...output import downloads
from ..json_schema import (
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    at_least,
    by_name,
    list_of,
    one_of,
    or_null,
    record,
    said,
    whole,
    with_default,
)
from .fault_rules import OPERATION_NAMES, check_operation
from .operation import (
    ALL_ACCOUNTS,
    ControlError,
    ControlOperation,
    JsonObject,
    chosen_accounts,
    count,
    per_account,
)

if TYPE_CHECKING:
    from ...api.emulation import Emulation


def _requests(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    from ..documents_of import documents_of  # noqa: PLC0415 - startup does not need it
    from ..python_code import python_of  # noqa: PLC0415 - startup does not need it

    chosen_accounts(emulation, sent)
    name, operation = sent.get("account", DEFAULT_ACCOUNT), sent.get("operation", EVERY_OPERATION)
    check_operation(operation)
    document = count(sent, "document", 0, LARGEST_ID, 0) if "document" in sent else None
    found = emulation.log.of_account(
        None if name == ALL_ACCOUNTS else str(name),
        operations=None if operation == EVERY_OPERATION else _ids_of(str(operation)),
        status=count(sent, "status", 100, 599, 100) if "status" in sent else None,
        since=count(sent, "since", 0, LARGEST_ID, 0),
        limit=count(sent, "limit", 1, LONGEST_LOG, LONGEST_LOG),
        also=lambda entry: document is None or document in documents_of(entry),
    )
    secrets = _secrets(emulation)
    shown: list[JsonValue] = [
        {
            **entry.shown(number, secrets),
            "document_ids": [*documents_of(entry)],
            "python": python_of(entry),
        }
        for number, entry in found
    ]
    return 200, {"requests": shown}


def _secrets(emulation: Emulation) -> list[str]:
    """Return the keys of all accounts, and the control token: no answer is shown with one of them."""
    token = emulation.fault_token
    return [*accounts.keys(emulation.store.db), *([] if token is None else [token])]


def _ids_of(name: str) -> set[str]:
    return {operation.id for operation in SERVICE_OPERATIONS if name in names_of(operation)}


def _outbox(emulation: Emulation, sent: JsonObject) -> tuple[int, JsonValue]:
    db = emulation.store.db
    return per_account(emulation, sent, lambda account: {"messages": sent_messages(db, account.id)})


def _pdf(emulation: Emulation, sent: JsonObject) -> tuple[int, FileAnswer]:
    if sent.get("account") == ALL_ACCOUNTS:
        raise ControlError(422, "A message belongs to one account: name it.")
    (account,) = chosen_accounts(emulation, sent)
    message_id = parse_id(sent["id"])
    document_id = outbox.document_of(emulation.store.db, account.id, message_id)
    if document_id is None:
        raise ControlError(404, f"There is no message {sent['id']!r} of {account.name!r}.")
    answer = downloads.pdf(emulation.store, document_id)
    if answer is None:
        raise ControlError(404, f"The document of message {message_id} is deleted, so it has no PDF.")
    if answer.status != 200:
        raise ControlError(answer.status, answer.body.decode())
    return 200, FileAnswer(iter([answer.body]), answer.media_type, answer.headers)


_ANSWER: Final = record(
    "LoggedAnswer",
    {
        "headers": said(by_name(TEXT), "Names in lower case; the value of a cookie is masked."),
        "body": said(TEXT, "With keys, passwords and the tokens of links masked; empty if binary."),
        "body_size": said(WHOLE, "Size of the whole body in bytes."),
        "body_truncated": said(
            FLAG,
            f"Whether the log lacks the end: it keeps the first {LONGEST_BODY} bytes of each answer, and "
            f"{MOST_ANSWERS // 2**20} MiB of all.",
        ),
        "body_binary": FLAG,
    },
)
_REQUEST: Final = record(
    "LoggedRequest",
    {
        "number": said(WHOLE, "Counts all requests since the emulator started."),
        "at": said(MOMENT, "In real time, not by the account's clock."),
        "account": or_null(said(TEXT, "Null if the request has no valid key or needs none.")),
        "operation": or_null(said(TEXT, "The vendor's id of the operation; null if the path matches none.")),
        "method": TEXT,
        "path": TEXT,
        "query": said(TEXT, "Without the API key."),
        "body": said(TEXT, "Bytes that are not UTF-8 are replaced."),
        "unknown_fields": said(list_of(TEXT), "Fields of the body that the emulator does not know."),
        "remarks": said(list_of(TEXT), "Sentences about a request that may not do what its sender means."),
        "body_size": said(WHOLE, "Size of the whole body in bytes."),
        "body_truncated": said(FLAG, f"Whether the log kept only the first {LONGEST_BODY} bytes."),
        "body_binary": said(FLAG, "Whether the body is binary."),
        "status": said(WHOLE, "HTTP status of the answer; 0 if the connection was reset."),
        "milliseconds": NUMBER,
        "answer": or_null(said(_ANSWER, "Null if the connection was reset before it.")),
        "document_ids": said(list_of(WHOLE), "The documents in its path and at the head of its answer."),
        "curl": or_null(
            said(
                TEXT,
                "A command that repeats the request, with the key in a variable; null if the body was cut.",
            )
        ),
        "python": or_null(
            said(TEXT, "Code for the client `invoicexpress` that says the same; null if it has no such call.")
        ),
    },
)
_MESSAGE: Final = record(
    "Message",
    {
        "id": WHOLE,
        "document_id": WHOLE,
        "document_type": one_of(*(row.name for row in DOCUMENT_TYPES)),
        "document_number": or_null(said(TEXT, "As printed now, such as FT DEMO/1; null for a draft.")),
        "sent_at": said(MOMENT, "By the account's clock."),
        "to": TEXT,
        "cc": or_null(TEXT),
        "bcc": or_null(TEXT),
        "subject": or_null(TEXT),
        "body": or_null(TEXT),
        "logo": said(FLAG, "Whether the message shows the account's logo."),
    },
)

OPERATIONS: Final = (
    ControlOperation(
        "GET",
        "/requests",
        _requests,
        summary="Lists an account's latest requests, oldest first. * includes requests without an account.",
        sent={
            "operation": with_default(one_of(EVERY_OPERATION, *OPERATION_NAMES), EVERY_OPERATION),
            "status": whole(100, 599, description="Only requests with this HTTP status."),
            "document": said(whole(0, LARGEST_ID), "Only requests about the document with this id."),
            "since": whole(0, LARGEST_ID, default=0, description="Only requests with a greater number."),
            "limit": whole(
                1, LONGEST_LOG, default=LONGEST_LOG, description="Only this many of the newest requests."
            ),
        },
        answer=record("Requests", {"requests": list_of(_REQUEST)}),
    ),
    ControlOperation(
        "GET",
        "/outbox",
        _outbox,
        summary="Lists the e-mail that the service would have sent for an account, oldest first.",
        answer=record("Outbox", {"messages": list_of(_MESSAGE)}),
        per_account=True,
    ),
    ControlOperation(
        "GET",
        "/outbox/{id}/pdf",
        _pdf,
        summary="Returns the PDF that a message sends, as the document is printed now.",
        sent={
            "account": said(with_default(TEXT, DEFAULT_ACCOUNT), "The account's name."),
            "id": said(at_least(0), "The message's number."),
        },
        answer=said(TEXT, "PDF."),
        media_type="application/pdf",
    ),
)
