# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_text,
)

from ...errors import UnexpectedStatus
from ...models.document_segment import DocumentSegment
from ...types import Request, Response, segment


def request(
    document_type: DocumentSegment,
    document_id: int,
) -> Request:
    """Takes a document out of the archive.

    The opposite of archiving. Known from the XML API alone, so the form is a guess.

    Args:
        document_type: Path segment of the type.
        document_id: Id of the document. Ids are unique across the types of an account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="unarchiveDocument",
        method="PUT",
        path=f"/{segment('document-type', document_type, format_text)}/{segment('document-id', document_id, format_integer)}/unarchive.json",
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
