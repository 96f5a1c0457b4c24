# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_boolean,
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.pdf_response import PdfResponse
from ...types import UNSET, Request, Response, Unset, query, segment


def request(
    document_id: int,
    *,
    second_copy: bool | Unset = UNSET,
) -> Request:
    """Gives the address of a document's PDF.

    Answers 202 without a body until the PDF is ready; repeat the request until 200. Drafts are allowed.

    Args:
        document_id: Id of the document. Ids are unique across the types of an account.
        second_copy: Marks the PDF as a second copy.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="generatePdf",
        method="GET",
        path=f"/api/pdf/{segment('document-id', document_id, format_integer)}.json",
        query=query(
            ("second_copy", second_copy, format_boolean),
        ),
    )


def parse(response: Response) -> PdfResponse | None:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(PdfResponse.from_dict)
    if response.status == 202:
        response.read_nothing()
        return None
    raise UnexpectedStatus(response)
