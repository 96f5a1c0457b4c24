# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...types import Request, Response, segment


def request(
    client_id: int,
    regularization_id: int,
) -> Request:
    """Deletes a regularization.

    The amount is owed again.

    Args:
        client_id: Id of the client.
        regularization_id: Id of the regularization.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="deleteClientRegularization",
        method="DELETE",
        path=f"/api/v3/clients/{segment('client-id', client_id, format_integer)}/regularization/{segment('regularization-id', regularization_id, format_integer)}.json",
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
