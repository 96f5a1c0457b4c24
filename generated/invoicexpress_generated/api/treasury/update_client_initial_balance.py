# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.initial_balance_envelope import InitialBalanceEnvelope
from ...models.initial_balance_request import InitialBalanceRequest
from ...types import Request, Response, segment


def request(
    client_id: int,
    *,
    body: InitialBalanceRequest,
) -> Request:
    """Sets the balance of a client before the first document.

    From then on, documents with an earlier date are refused. A body without its root key got 500.

    Args:
        client_id: Id of the client.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="updateClientInitialBalance",
        method="PUT",
        path=f"/api/v3/clients/{segment('client-id', client_id, format_integer)}/initial_balance.json",
        body=format_model(InitialBalanceRequest, body),
    )


def parse(response: Response) -> InitialBalanceEnvelope:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 200:
        return response.read(InitialBalanceEnvelope.from_dict)
    raise UnexpectedStatus(response)
