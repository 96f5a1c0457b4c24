# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...models.tax_envelope import TaxEnvelope
from ...types import Request, Response, segment


def request(
    tax_id: int,
) -> Request:
    """Reads a tax.

    One tax by id.

    Args:
        tax_id: Id of the tax.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="getTax",
        method="GET",
        path=f"/taxes/{segment('tax-id', tax_id, format_integer)}.json",
    )


def parse(response: Response) -> TaxEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(TaxEnvelope.from_dict)
    raise UnexpectedStatus(response)
