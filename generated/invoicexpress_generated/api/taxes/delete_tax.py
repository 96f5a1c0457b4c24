# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...types import Request, Response, segment


def request(
    tax_id: int,
) -> Request:
    """Deletes a tax.

    Answers 200 with a body of one space.

    Args:
        tax_id: Id of the tax.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="deleteTax",
        method="DELETE",
        path=f"/taxes/{segment('tax-id', tax_id, format_integer)}.json",
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
