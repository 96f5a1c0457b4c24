# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.document_envelope import DocumentEnvelope
from ...models.document_segment import DocumentSegment
from ...models.state_change_request import StateChangeRequest
from ...types import Request, Response, segment


def request(
    document_type: DocumentSegment,
    document_id: int,
    *,
    body: StateChangeRequest,
) -> Request:
    """Moves a document to another state.

    Finalizing gives the document its number and cannot be undone. Cancelling needs a message. Settling
    an invoice issues a receipt; a receipt can only be cancelled, which opens the amount again.

    Args:
        document_type: Path segment of the type.
        document_id: Id of the document. Ids are unique across the types of an account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="changeDocumentState",
        method="PUT",
        path=f"/{segment('document-type', document_type, format_text)}/{segment('document-id', document_id, format_integer)}/change-state.json",
        body=format_model(StateChangeRequest, body),
    )


def parse(response: Response) -> DocumentEnvelope | None:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read_or_none(DocumentEnvelope.from_dict)
    raise UnexpectedStatus(response)
