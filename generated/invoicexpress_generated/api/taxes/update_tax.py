# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.tax_request import TaxRequest
from ...types import Request, Response, segment


def request(
    tax_id: int,
    *,
    body: TaxRequest,
) -> Request:
    """Changes a tax.

    Wants the same fields as creating one.

    Args:
        tax_id: Id of the tax.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="updateTax",
        method="PUT",
        path=f"/taxes/{segment('tax-id', tax_id, format_integer)}.json",
        body=format_model(TaxRequest, body),
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
