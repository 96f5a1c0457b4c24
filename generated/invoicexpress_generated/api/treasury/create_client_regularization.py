# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.regularization_created import RegularizationCreated
from ...models.regularization_request import RegularizationRequest
from ...types import Request, Response, segment


def request(
    client_id: int,
    *,
    body: RegularizationRequest,
) -> Request:
    """Writes off part of a client's debt.

    At most what remains to be regularized (422 otherwise).

    Args:
        client_id: Id of the client.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="createClientRegularization",
        method="POST",
        path=f"/api/v3/clients/{segment('client-id', client_id, format_integer)}/regularization.json",
        body=format_model(RegularizationRequest, body),
    )


def parse(response: Response) -> RegularizationCreated:
    """Reads the answer.

    Raises:
        UnexpectedStatus: The status is not a success of this operation.
        UnreadableBody: The body does not fit the contract.
    """
    if response.status == 201:
        return response.read(RegularizationCreated.from_dict)
    raise UnexpectedStatus(response)
