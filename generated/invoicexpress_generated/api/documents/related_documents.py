# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.related_documents import RelatedDocuments
from ...types import Request, Response, segment


def request(
    document_id: int,
) -> Request:
    """Lists what belongs to a document.

    Receipts, credit notes and debit notes of a document, cancelled ones included. Not paged.

    Args:
        document_id: Id of the document. Ids are unique across the types of an account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="relatedDocuments",
        method="GET",
        path=f"/document/{segment('document-id', document_id, format_integer)}/related_documents.json",
    )


def parse(response: Response) -> RelatedDocuments:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(RelatedDocuments.from_dict)
    raise UnexpectedStatus(response)
