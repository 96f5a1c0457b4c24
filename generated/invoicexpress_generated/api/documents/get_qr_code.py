# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.qr_code_response import QrCodeResponse
from ...types import Request, Response, segment


def request(
    document_id: int,
) -> Request:
    """Gives the address of a document's QR code.

    For final, settled and cancelled documents. Answers 202 with a status until the image is ready.

    Args:
        document_id: Id of the document. Ids are unique across the types of an account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="getQrCode",
        method="GET",
        path=f"/api/qr_codes/{segment('document-id', document_id, format_integer)}.json",
    )


def parse(response: Response) -> QrCodeResponse:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(QrCodeResponse.from_dict)
    if response.status == 202:
        return response.read(QrCodeResponse.from_dict)
    raise UnexpectedStatus(response)
