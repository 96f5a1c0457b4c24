# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.tax_envelope import TaxEnvelope
from ...models.tax_request import TaxRequest
from ...types import Request, Response


def request(
    *,
    body: TaxRequest,
) -> Request:
    """Creates a tax.

    The region is required in practice, and the value must be a string; a number got 500.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createTax",
        method="POST",
        path="/taxes.json",
        body=format_model(TaxRequest, body),
    )


def parse(response: Response) -> TaxEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(TaxEnvelope.from_dict)
    raise UnexpectedStatus(response)
