# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.creatable_document_segment import CreatableDocumentSegment
from ...models.document_envelope import DocumentEnvelope
from ...models.document_update_request import DocumentUpdateRequest
from ...types import Request, Response, segment


def request(
    document_type: CreatableDocumentSegment,
    document_id: int,
    *,
    body: DocumentUpdateRequest,
) -> Request:
    """Replaces a draft.

    Replaces the whole draft: an item missing from the request is deleted, and an exempt document
    without its exemption gets M99. Only drafts can be changed.

    Args:
        document_type: Path segment of the type.
        document_id: Id of the document. Ids are unique across the types of an account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="updateDocument",
        method="PUT",
        path=f"/{segment('document-type', document_type, format_text)}/{segment('document-id', document_id, format_integer)}.json",
        body=format_model(DocumentUpdateRequest, body),
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
