# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.creatable_document_segment import CreatableDocumentSegment
from ...models.email_request import EmailRequest
from ...types import Request, Response, segment


def request(
    document_type: CreatableDocumentSegment,
    document_id: int,
    *,
    body: EmailRequest,
) -> Request:
    """Sends a document by e-mail.

    Sends the document to an address. Nothing tells afterwards whether it was sent. Trial accounts get
    401.

    Args:
        document_type: Path segment of the type.
        document_id: Id of the document. Ids are unique across the types of an account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="sendDocumentEmail",
        method="PUT",
        path=f"/{segment('document-type', document_type, format_text)}/{segment('document-id', document_id, format_integer)}/email-document.json",
        body=format_model(EmailRequest, body),
    )


def parse(response: Response) -> None:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        response.read_nothing()
        return None
    raise UnexpectedStatus(response)
