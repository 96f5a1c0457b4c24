# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
)

from ...errors import UnexpectedStatus
from ...types import Request, Response, segment


def request(
    client_id: int,
    movement_id: int,
) -> Request:
    """Deletes a treasury movement.

    Has answered 500 although the movement was gone. The documents it paid stay paid.

    Args:
        client_id: Id of the client.
        movement_id: Id of the movement.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="deleteClientTreasuryMovement",
        method="DELETE",
        path=f"/api/v3/clients/{segment('client-id', client_id, format_integer)}/treasury_movements/{segment('movement-id', movement_id, format_integer)}.json",
    )


def parse(response: Response) -> None:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 204:
        response.read_nothing()
        return None
    raise UnexpectedStatus(response)
