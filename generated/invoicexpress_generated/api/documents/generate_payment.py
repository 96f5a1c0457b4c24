# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.document_envelope import DocumentEnvelope
from ...models.partial_payment_request import PartialPaymentRequest
from ...types import Request, Response, segment


def request(
    document_id: int,
    *,
    body: PartialPaymentRequest,
) -> Request:
    """Takes a payment and issues its receipt.

    For invoices, simplified invoices and VAT MOSS invoices. The amount may not exceed the open balance.

    Args:
        document_id: Id of the document. Ids are unique across the types of an account.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="generatePayment",
        method="POST",
        path=f"/documents/{segment('document-id', document_id, format_integer)}/partial_payments.json",
        body=format_model(PartialPaymentRequest, body),
    )


def parse(response: Response) -> DocumentEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(DocumentEnvelope.from_dict)
    if response.status == 201:
        return response.read(DocumentEnvelope.from_dict)
    raise UnexpectedStatus(response)
