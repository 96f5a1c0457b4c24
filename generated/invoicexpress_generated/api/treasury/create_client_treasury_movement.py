# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.treasury_movement_envelope import TreasuryMovementEnvelope
from ...models.treasury_movement_request import TreasuryMovementRequest
from ...types import Request, Response, segment


def request(
    client_id: int,
    *,
    body: TreasuryMovementRequest,
) -> Request:
    """Takes a payment of a client, or pays one back.

    A payment needs open documents and issues a receipt. The movement cannot be read back.

    Args:
        client_id: Id of the client.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createClientTreasuryMovement",
        method="POST",
        path=f"/api/v3/clients/{segment('client-id', client_id, format_integer)}/treasury_movements.json",
        body=format_model(TreasuryMovementRequest, body),
    )


def parse(response: Response) -> TreasuryMovementEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(TreasuryMovementEnvelope.from_dict)
    raise UnexpectedStatus(response)
