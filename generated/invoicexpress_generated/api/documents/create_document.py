# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_model,
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.creatable_document_segment import CreatableDocumentSegment
from ...models.document_create_request import DocumentCreateRequest
from ...models.document_envelope import DocumentEnvelope
from ...types import Request, Response, segment


def request(
    document_type: CreatableDocumentSegment,
    *,
    body: DocumentCreateRequest,
) -> Request:
    """Creates a draft.

    Creates a draft of the type. An unknown client or item name creates that client or item; a known
    client's other fields are ignored; a known item is overwritten. An unknown tax name falls back to
    the account's default tax. The service silently replaces an unreadable date with today. With a
    `proprietary_uid` (invoice family) a replay answers with the same document.

    Args:
        document_type: Path segment of the type.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createDocument",
        method="POST",
        path=f"/{segment('document-type', document_type, format_text)}.json",
        body=format_model(DocumentCreateRequest, body),
    )


def parse(response: Response) -> DocumentEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(DocumentEnvelope.from_dict)
    raise UnexpectedStatus(response)
