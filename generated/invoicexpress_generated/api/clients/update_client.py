# Generated from openapi.yaml by `make generate`. Do not edit.

from __future__ import annotations

from invoicexpress_wire import (
    format_integer,
    format_model,
)

from ...errors import UnexpectedStatus
from ...models.client_request import ClientRequest
from ...types import Request, Response, segment


def request(
    client_id: int,
    *,
    body: ClientRequest,
) -> Request:
    """Changes a client.

    The name has to be sent again. What is not sent stays.

    Args:
        client_id: Id of the client.

    Raises:
        WireError: A value does not fit the contract.
    """
    return Request(
        operation="updateClient",
        method="PUT",
        path=f"/clients/{segment('client-id', client_id, format_integer)}.json",
        body=format_model(ClientRequest, body),
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
